/* store_codec.c - integers and doubles of a chunk as few bytes, exactly.
 *
 * Integers: zeros, a constant, a straight line (regular time), or the shortest of straight runs (rare flags), frame of
 * reference and deltas, both bit-packed, a dictionary, or the plain bytes. All arithmetic is modulo 2^64, so every
 * int64 is fine. Doubles: decimals v = k / 10^e, with the few that are not kept aside, as integers k; where that
 * fails their bit patterns without the common trailing zeros. Missing ones are a list or a bitmap. Little-endian
 * throughout. */
#include "store_codec.h"
#include <math.h>
#include <string.h>

enum { RUNS, FRAME, DELTA, DICTIONARY, PLAIN, ZEROS, CONSTANT, LINE };
enum { DECIMAL, BITS };
enum { WORDS_MAX = 16, WIDTH_MAX = 56, DIGITS_MAX = 18 };

/* ---- varints and bit packing ---- */

static uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static int64_t  unzigzag(uint64_t u) { return (int64_t)(u >> 1 ^ (0 - (u & 1))); }
static uint64_t load64(const uint8_t *p) { uint64_t x; memcpy(&x, p, 8); return x; }
static int      width_of(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }
static size_t   packed_size(size_t n, int width) { return (n * (size_t)width + 7) / 8; }

static uint8_t *put_unsigned(uint8_t *o, uint64_t u)
{
    for (; u >= 0x80; u >>= 7) *o++ = (uint8_t)(u | 0x80);
    *o++ = (uint8_t)u;
    return o;
}

static uint8_t *put_signed(uint8_t *o, int64_t v) { return put_unsigned(o, zigzag(v)); }

static size_t signed_size(int64_t v)
{
    size_t n = 1;
    for (uint64_t u = zigzag(v); u >= 0x80; u >>= 7) n++;
    return n;
}

static bool get_unsigned(nf_encoded *in, uint64_t *u)
{
    *u = 0;
    for (int shift = 0; shift < 64 && in->p < in->end; shift += 7) {
        uint8_t byte = *in->p++;
        *u |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

static bool get_signed(nf_encoded *in, int64_t *v)
{
    uint64_t u;
    if (!get_unsigned(in, &u)) return false;
    *v = unzigzag(u);
    return true;
}

static bool get_byte(nf_encoded *in, int *byte)
{
    if (in->p >= in->end) return false;
    *byte = *in->p++;
    return true;
}

static bool take(nf_encoded *in, size_t size, const uint8_t **at)
{
    if ((size_t)(in->end - in->p) < size) return false;
    *at = in->p;
    in->p += size;
    return true;
}

static uint8_t *pack(uint8_t *o, const uint64_t *x, size_t n, int width)
{
    uint64_t acc = 0;
    int bits = 0;
    uint8_t *end = o + packed_size(n, width);
    for (size_t i = 0; i < n; i++) {
        acc |= x[i] << bits;
        bits += width;
        if (bits < 64) continue;
        memcpy(o, &acc, 8);
        o += 8;
        bits -= 64;
        acc = bits ? x[i] >> (width - bits) : 0;
    }
    memcpy(o, &acc, (size_t)(end - o));
    return end;
}

static void unpack(const uint8_t *p, uint64_t *x, size_t n, int width)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;                 /* width <= WIDTH_MAX: one load holds any of them */
    size_t w = (size_t)width, bit = 0;
    for (size_t i = 0; i < n; i++, bit += w) x[i] = load64(p + (bit >> 3)) >> (bit & 7) & mask;
}

/* ---- integers: encode ---- */

typedef struct { int64_t least, most, least_step, most_step; } extent;

static extent extent_of(const int64_t *v, size_t n)
{
    extent e = { v[0], v[0], INT64_MAX, INT64_MIN };
    for (size_t i = 1; i < n; i++) {
        int64_t step = (int64_t)((uint64_t)v[i] - (uint64_t)v[i - 1]);
        e.least = v[i] < e.least ? v[i] : e.least;
        e.most = v[i] > e.most ? v[i] : e.most;
        e.least_step = step < e.least_step ? step : e.least_step;
        e.most_step = step > e.most_step ? step : e.most_step;
    }
    return e;
}

/* Straight runs, each (length, jump from where the last one pointed, step). NULL when they pass the limit, or will by
 * the looks of their beginning. */
static uint8_t *runs_encode(uint8_t *o, const int64_t *v, size_t n, const uint8_t *limit)
{
    enum { BEGINNING = 64 };
    const uint8_t *start = o;
    *o++ = RUNS;
    uint64_t expected = 0;
    for (size_t i = 0, j; i < n; i = j) {
        uint64_t at = (uint64_t)v[i], step = i + 1 < n ? (uint64_t)v[i + 1] - at : 0;
        for (j = i + 1; j < n && (uint64_t)v[j] - (uint64_t)v[j - 1] == step; j++) { }
        o = put_unsigned(o, j - i);
        o = put_signed(o, (int64_t)(at - expected));
        o = put_signed(o, (int64_t)step);
        expected = (uint64_t)v[j - 1] + step;
        if (o >= limit || (j > BEGINNING && (size_t)(o - start) * n > 2 * (size_t)(limit - start) * j)) return NULL;
    }
    return o;
}

size_t nf_ints_constant(uint8_t *out, int64_t v)
{
    *out = v ? CONSTANT : ZEROS;
    return v ? (size_t)(put_signed(out + 1, v) - out) : 1;
}

static bool is_line(const int64_t *v, size_t n)
{
    uint64_t step = (uint64_t)v[1] - (uint64_t)v[0];
    for (size_t i = 2; i < n; i++)
        if ((uint64_t)v[i] - (uint64_t)v[i - 1] != step) return false;
    return true;
}

static size_t line_encode(uint8_t *out, int64_t base, int64_t step)
{
    *out = LINE;
    return (size_t)(put_signed(put_signed(out + 1, base), step) - out);
}

static uint8_t *dictionary_encode(uint8_t *o, const int64_t *v, size_t n, const uint8_t *limit)
{
    int64_t word[WORDS_MAX];
    uint64_t index[NF_PLANE];
    size_t words = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && v[i] == word[last]) { index[i] = last; continue; }
        for (last = 0; last < words && word[last] != v[i]; last++) { }
        if (last == WORDS_MAX) return NULL;
        if (last == words) word[words++] = v[i];
        index[i] = last;
    }
    int width = width_of(words - 1);
    size_t size = 2 + packed_size(n, width);
    for (size_t i = 0; i < words; i++) size += signed_size(word[i]);
    if (o + size >= limit) return NULL;
    *o++ = DICTIONARY;
    *o++ = (uint8_t)words;
    for (size_t i = 0; i < words; i++) o = put_signed(o, word[i]);
    return pack(o, index, n, width);
}

static uint8_t *frame_encode(uint8_t *o, const int64_t *v, size_t n, int64_t base, int width)
{
    uint64_t x[NF_PLANE];
    for (size_t i = 0; i < n; i++) x[i] = (uint64_t)v[i] - (uint64_t)base;
    *o++ = FRAME;
    *o++ = (uint8_t)width;
    return pack(put_signed(o, base), x, n, width);
}

static uint8_t *delta_encode(uint8_t *o, const int64_t *v, size_t n, int64_t base, int width)
{
    uint64_t x[NF_PLANE];
    for (size_t i = 0, steps = n - 1; i < steps; i++) x[i] = (uint64_t)v[i + 1] - (uint64_t)v[i] - (uint64_t)base;
    *o++ = DELTA;
    *o++ = (uint8_t)width;
    return pack(put_signed(put_signed(o, v[0]), base), x, n - 1, width);
}

/* A plane that is shorter as runs or with a dictionary is within its limit, so it cannot be the worse choice. */
size_t nf_ints_encode(uint8_t *out, const int64_t *v, size_t n)
{
    uint8_t *end;
    if (!n) return 0;
    if (!memcmp(v, v + 1, 8 * (n - 1))) return nf_ints_constant(out, v[0]);
    if (is_line(v, n)) return line_encode(out, v[0], (int64_t)((uint64_t)v[1] - (uint64_t)v[0]));
    /* a bit for each would be no shorter */
    if ((end = runs_encode(out, v, n, out + n / 8))) return (size_t)(end - out);
    extent e = extent_of(v, n);
    int frame = width_of((uint64_t)e.most - (uint64_t)e.least),
        delta = width_of((uint64_t)e.most_step - (uint64_t)e.least_step);
    size_t framed = 2 + packed_size(n, frame) + signed_size(e.least);
    size_t as_steps = 2 + packed_size(n - 1, delta) + signed_size(v[0]) + signed_size(e.least_step);
    bool by_delta = as_steps < framed;
    bool plain = (by_delta ? delta : frame) > WIDTH_MAX;
    const uint8_t *limit = out + (plain ? 1 + 8 * n : by_delta ? as_steps : framed);
    if ((end = runs_encode(out, v, n, limit)) || (end = dictionary_encode(out, v, n, limit)))
        return (size_t)(end - out);
    if (!plain)
        return (size_t)((by_delta ? delta_encode(out, v, n, e.least_step, delta)
                                  : frame_encode(out, v, n, e.least, frame)) - out);
    *out = PLAIN;
    memcpy(out + 1, v, 8 * n);
    return 1 + 8 * n;
}

/* ---- integers: decode ---- */

static bool runs_decode(nf_encoded *in, int64_t *v, size_t n)
{
    uint64_t at = 0, length;
    for (size_t i = 0; i < n; i += length) {
        int64_t jump, step;
        if (!get_unsigned(in, &length) || !get_signed(in, &jump) || !get_signed(in, &step)) return false;
        if (!length || length > n - i) return false;
        at += (uint64_t)jump;
        if (v) for (size_t k = 0; k < length; k++) v[i + k] = (int64_t)(at + (uint64_t)step * k);
        at += (uint64_t)step * length;
    }
    return true;
}

static bool line_decode(nf_encoded *in, int64_t *v, size_t n, int mode)
{
    int64_t base = 0, step = 0;
    if ((mode != ZEROS && !get_signed(in, &base)) || (mode == LINE && !get_signed(in, &step))) return false;
    if (v) for (size_t i = 0; i < n; i++) v[i] = (int64_t)((uint64_t)base + (uint64_t)step * i);
    return true;
}

static bool packed_take(nf_encoded *in, size_t n, int width, const uint8_t **at)
{
    return width <= WIDTH_MAX && take(in, packed_size(n, width), at);
}

static bool frame_decode(nf_encoded *in, int64_t *v, size_t n)
{
    int width;
    int64_t base;
    const uint8_t *at;
    if (!get_byte(in, &width) || !get_signed(in, &base) || !packed_take(in, n, width, &at)) return false;
    if (!v) return true;
    uint64_t mask = ((uint64_t)1 << width) - 1;
    size_t w = (size_t)width, bit = 0;
    for (size_t i = 0; i < n; i++, bit += w)
        v[i] = (int64_t)((uint64_t)base + (load64(at + (bit >> 3)) >> (bit & 7) & mask));
    return true;
}

static bool delta_decode(nf_encoded *in, int64_t *v, size_t n)
{
    int width;
    int64_t first, base;
    const uint8_t *at;
    if (!get_byte(in, &width) || !get_signed(in, &first) || !get_signed(in, &base)) return false;
    if (!n || !packed_take(in, n - 1, width, &at)) return false;
    if (!v) return true;
    uint64_t mask = ((uint64_t)1 << width) - 1, last = (uint64_t)first;
    size_t w = (size_t)width, bit = 0;
    v[0] = first;
    for (size_t i = 1; i < n; i++, bit += w)
        v[i] = (int64_t)(last += (uint64_t)base + (load64(at + (bit >> 3)) >> (bit & 7) & mask));
    return true;
}

static bool dictionary_decode(nf_encoded *in, int64_t *v, size_t n)
{
    int words;
    int64_t word[WORDS_MAX];
    uint64_t index[NF_PLANE];
    const uint8_t *at;
    if (!get_byte(in, &words) || words < 1 || words > WORDS_MAX) return false;
    for (int i = 0; i < words; i++)
        if (!get_signed(in, &word[i])) return false;
    int width = width_of((uint64_t)words - 1);
    if (!packed_take(in, n, width, &at)) return false;
    if (!v) return true;
    unpack(at, index, n, width);
    for (size_t i = 0; i < n; i++) {
        if (index[i] >= (uint64_t)words) return false;
        v[i] = word[index[i]];
    }
    return true;
}

static bool plain_decode(nf_encoded *in, int64_t *v, size_t n)
{
    const uint8_t *at;
    if (!take(in, 8 * n, &at)) return false;
    if (v) memcpy(v, at, 8 * n);
    return true;
}

bool nf_ints_decode(nf_encoded *in, int64_t *v, size_t n)
{
    int mode;
    if (n > NF_PLANE || !get_byte(in, &mode)) return false;
    switch (mode) {
    case RUNS:       return runs_decode(in, v, n);
    case FRAME:      return frame_decode(in, v, n);
    case DELTA:      return delta_decode(in, v, n);
    case DICTIONARY: return dictionary_decode(in, v, n);
    case PLAIN:      return plain_decode(in, v, n);
    case ZEROS: case CONSTANT: case LINE: return line_decode(in, v, n, mode);
    default:         return false;
    }
}

bool nf_ints_line(nf_encoded in, size_t n, int64_t *base, int64_t *step)
{
    int mode;
    uint64_t length;
    *base = *step = 0;
    if (!get_byte(&in, &mode)) return false;
    if (mode == ZEROS || mode == CONSTANT) return mode == ZEROS || get_signed(&in, base);
    if (mode != LINE && (mode != RUNS || !get_unsigned(&in, &length) || length != n)) return false;
    return get_signed(&in, base) && get_signed(&in, step);
}

/* ---- positions: missing values, and values that are not decimals of the common precision ---- */

static uint8_t *positions_encode(uint8_t *o, const uint16_t *at, size_t count, size_t n)
{
    o = put_unsigned(o, count);
    if (!count) return o;
    uint8_t *mode = o++, *list = o, *limit = o + (n + 7) / 8;
    size_t last = 0;
    for (size_t i = 0; i < count && o < limit; i++) {
        o = put_unsigned(o, at[i] - last);
        last = at[i];
    }
    *mode = o >= limit;
    if (!*mode) return o;
    memset(list, 0, (n + 7) / 8);
    for (size_t i = 0; i < count; i++) list[at[i] >> 3] |= (uint8_t)(1 << (at[i] & 7));
    return limit;
}

static bool bitmap_decode(const uint8_t *bit, uint16_t *at, size_t count, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (bit[i >> 3] >> (i & 7) & 1) {
            if (found == count) return false;
            at[found++] = (uint16_t)i;
        }
    return found == count;
}

static bool positions_decode(nf_encoded *in, uint16_t *at, size_t *count, size_t n)
{
    uint64_t many, gap, place = 0;
    int mode;
    const uint8_t *bit;
    if (!get_unsigned(in, &many) || many > n) return false;
    *count = (size_t)many;
    if (!many) return true;
    if (!get_byte(in, &mode)) return false;
    if (mode) return take(in, (n + 7) / 8, &bit) && bitmap_decode(bit, at, *count, n);
    for (size_t i = 0; i < many; i++) {
        if (!get_unsigned(in, &gap) || gap >= n || (i && !gap) || (place += gap) >= n) return false;
        at[i] = (uint16_t)place;
    }
    return true;
}

/* ---- doubles ---- */

static const double power10[DIGITS_MAX + 1] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
                                                1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };

static uint64_t bits_of(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

/* v as k / scale with exactly v's bits (so -0, denormals and long fractions are not). */
static bool as_decimal(double v, double scale, int64_t *k)
{
    double x = v * scale;
    if (!(fabs(x) < 0x1p52)) return false;
    *k = llrint(x);
    return bits_of((double)*k / scale) == bits_of(v);
}

typedef struct { int64_t k[NF_PLANE]; uint16_t odd[NF_PLANE]; size_t odds; } decimals;

/* All of them with `digits` decimals, the few that are not aside and in the plane as their neighbour. */
static bool decimals_of(decimals *d, const double *v, size_t n, int digits)
{
    size_t allowed = n / 32;
    int64_t last = 0, k;
    d->odds = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i])) d->k[i] = last;
        else if (as_decimal(v[i], power10[digits], &k)) d->k[i] = last = k;
        else if (d->odds == allowed) return false;
        else d->odd[d->odds++] = (uint16_t)i, d->k[i] = last;
    }
    return true;
}

static uint8_t *bits_encode(uint8_t *o, int64_t *work, const double *v, size_t n)
{
    uint64_t any = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i])) last = bits_of(v[i]);
        work[i] = (int64_t)last;
        any |= last;
    }
    int zeros = any ? __builtin_ctzll(any) : 0;
    for (size_t i = 0; i < n; i++) work[i] >>= zeros;
    *o++ = BITS;
    *o++ = (uint8_t)zeros;
    return o + nf_ints_encode(o, work, n);
}

static uint8_t *decimals_encode(uint8_t *o, const decimals *d, const double *v, size_t n, int digits)
{
    *o++ = DECIMAL;
    *o++ = (uint8_t)digits;
    o = positions_encode(o, d->odd, d->odds, n);
    for (size_t i = 0; i < d->odds; i++, o += 8) memcpy(o, &v[d->odd[i]], 8);
    return o + nf_ints_encode(o, d->k, n);
}

size_t nf_reals_encode(uint8_t *out, const double *v, size_t n)
{
    decimals d;
    uint16_t missing[NF_PLANE];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        missing[count] = (uint16_t)i;
        count += isnan(v[i]) != 0;
    }
    uint8_t *o = positions_encode(out, missing, count, n);
    for (int digits = 0; digits <= DIGITS_MAX; digits++)
        if (decimals_of(&d, v, n, digits)) return (size_t)(decimals_encode(o, &d, v, n, digits) - out);
    return (size_t)(bits_encode(o, d.k, v, n) - out);
}

static bool decimals_decode(nf_encoded *in, int64_t *k, double *v, size_t n)
{
    int digits;
    uint16_t odd[NF_PLANE];
    size_t odds;
    const uint8_t *raw;
    if (!get_byte(in, &digits) || digits > DIGITS_MAX || !positions_decode(in, odd, &odds, n)) return false;
    if (!take(in, 8 * odds, &raw) || !nf_ints_decode(in, k, n)) return false;
    double scale = power10[digits];
    if (digits) for (size_t i = 0; i < n; i++) v[i] = (double)k[i] / scale;
    else for (size_t i = 0; i < n; i++) v[i] = (double)k[i];
    for (size_t i = 0; i < odds; i++) {
        memcpy(&v[odd[i]], raw + 8 * i, 8);
        if (!isfinite(v[odd[i]])) return false;
    }
    return true;
}

static bool bits_decode(nf_encoded *in, int64_t *k, double *v, size_t n)
{
    int zeros;
    if (!get_byte(in, &zeros) || zeros > 63 || !nf_ints_decode(in, k, n)) return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = (uint64_t)k[i] << zeros;
        memcpy(&v[i], &bits, 8);
        if (!isfinite(v[i])) return false;
    }
    return true;
}

bool nf_reals_decode(nf_encoded *in, double *v, size_t n)
{
    int mode;
    int64_t k[NF_PLANE];
    uint16_t missing[NF_PLANE];
    size_t count;
    if (n > NF_PLANE || !positions_decode(in, missing, &count, n) || !get_byte(in, &mode)) return false;
    bool good = mode == DECIMAL ? decimals_decode(in, k, v, n) : mode == BITS && bits_decode(in, k, v, n);
    if (good) for (size_t i = 0; i < count; i++) v[missing[i]] = NAN;
    return good;
}
