/* store_codec.c - integers of a chunk as few bytes, exactly.
 *
 * Zeros, a constant, a straight line (regular time), or the shortest of straight runs (rare flags), frame of
 * reference and deltas, both bit-packed, a dictionary, or the plain bytes. All arithmetic is modulo 2^64, so every
 * int64 is fine. Little-endian throughout. */
#include "store_varint.h"
#include <string.h>

enum { RUNS, FRAME, DELTA, DICTIONARY, PLAIN, ZEROS, CONSTANT, LINE };
enum { WORDS_MAX = 16, WIDTH_MAX = 56 };

/* ---- varints and bit packing ---- */

static uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static int64_t  unzigzag(uint64_t u) { return (int64_t)(u >> 1 ^ (0 - (u & 1))); }
static uint64_t load64(const uint8_t *p) { uint64_t x; memcpy(&x, p, 8); return x; }
static int      width_of(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }
static size_t   packed_size(size_t n, int width) { return (n * (size_t)width + 7) / 8; }

static uint8_t *put_signed(uint8_t *o, int64_t v) { return put_unsigned(o, zigzag(v)); }

static size_t signed_size(int64_t v)
{
    size_t n = 1;
    for (uint64_t u = zigzag(v); u >= 0x80; u >>= 7) n++;
    return n;
}

static bool get_signed(nf_encoded *in, int64_t *v)
{
    uint64_t u;
    if (!get_unsigned(in, &u)) return false;
    *v = unzigzag(u);
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

/* How often the step changes. A run ends at one and begins before the next, so two of them make one run at least. */
static size_t bends_of(const int64_t *v, size_t n)
{
    size_t bends = 0;
    uint64_t step = (uint64_t)v[1] - (uint64_t)v[0], next;
    for (size_t i = 2; i < n; i++, step = next) {
        next = (uint64_t)v[i] - (uint64_t)v[i - 1];
        bends += next != step;
    }
    return bends;
}

/* Straight runs, each (length, jump from where the last one pointed, step). NULL when they pass the limit, or will by
 * their number or the looks of their beginning. */
static uint8_t *runs_encode(uint8_t *o, const int64_t *v, size_t n, size_t bends, const uint8_t *limit)
{
    enum { BEGINNING = 64, RUN_LEAST = 3 };
    if (o + 1 + RUN_LEAST * (bends / 2) >= limit) return NULL;
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
    size_t bends = bends_of(v, n);
    /* a bit for each would be no shorter */
    if ((end = runs_encode(out, v, n, bends, out + n / 8))) return (size_t)(end - out);
    extent e = extent_of(v, n);
    int frame = width_of((uint64_t)e.most - (uint64_t)e.least),
        delta = width_of((uint64_t)e.most_step - (uint64_t)e.least_step);
    size_t framed = 2 + packed_size(n, frame) + signed_size(e.least);
    size_t as_steps = 2 + packed_size(n - 1, delta) + signed_size(v[0]) + signed_size(e.least_step);
    bool by_delta = as_steps < framed;
    bool plain = (by_delta ? delta : frame) > WIDTH_MAX;
    const uint8_t *limit = out + (plain ? 1 + 8 * n : by_delta ? as_steps : framed);
    if ((end = runs_encode(out, v, n, bends, limit)) || (end = dictionary_encode(out, v, n, limit)))
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

/* What is the same throughout is copied, twice as much each time. */
static void line_fill(int64_t *v, size_t n, uint64_t base, uint64_t step)
{
    v[0] = (int64_t)base;
    for (size_t i = 1, more; !step && i < n; i += more) {
        more = i < n - i ? i : n - i;
        memcpy(v + i, v, more * sizeof *v);
    }
    for (size_t i = 1; step && i < n; i++) v[i] = (int64_t)(base += step);
}

static bool line_decode(nf_encoded *in, int64_t *v, size_t n, int mode)
{
    int64_t base = 0, step = 0;
    if ((mode != ZEROS && !get_signed(in, &base)) || (mode == LINE && !get_signed(in, &step))) return false;
    if (v && n) line_fill(v, n, (uint64_t)base, (uint64_t)step);
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
