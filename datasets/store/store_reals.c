/* store_reals.c - doubles of a chunk as few bytes, exactly.
 *
 * Decimals v = k / 10^e, with the few that are not kept aside, as integers k; where that fails their bit patterns
 * without the common trailing zeros. Missing ones are a list or a bitmap. */
#include "store_varint.h"
#include <math.h>
#include <string.h>

enum { DECIMAL, BITS };
enum { DIGITS_MAX = 18,
       STEP = 16 };                              /* so many at a time: compilers make vectors of such a loop */

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

/* full: the values, a missing one as its neighbour, zeros up to a whole step */
typedef struct { int64_t k[NF_PLANE]; double full[NF_PLANE]; uint16_t odd[NF_PLANE]; size_t odds; } decimals;

/* As as_decimal, of every one or none. Adding a number so large that it has no fraction rounds like llrint. */
static bool all_decimals(int64_t *restrict k, const double *restrict v, size_t n, double scale)
{
    const double large = 0x1.8p52;
    const uint64_t exponent = 0x433;             /* of 2^52 */
    for (size_t at = 0; at < n; at += STEP) {
        uint64_t differs = 0;
        for (size_t i = at; i < at + STEP; i++) {
            double sum = v[i] * scale + large;
            differs |= (bits_of(sum) >> 52 ^ exponent) | (bits_of((sum - large) / scale) ^ bits_of(v[i]));
            k[i] = (int64_t)(bits_of(sum) - bits_of(large));
        }
        if (differs) return false;
    }
    return true;
}

/* All of them with `digits` decimals, the few that are not aside and in the plane as their neighbour. */
static bool decimals_of(decimals *d, const double *v, size_t n, int digits)
{
    size_t allowed = n / 32;
    int64_t last = 0, k;
    d->odds = 0;
    if (all_decimals(d->k, d->full, n, power10[digits])) return true;
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
    size_t count = missing[0] = 0;
    for (size_t i = 0; i < n; i++) {
        missing[count] = (uint16_t)i;
        count += isnan(v[i]) != 0;
    }
    uint8_t *o = positions_encode(out, missing, count, n);
    memcpy(d.full, v, n * sizeof *v);
    for (size_t i = 0; i < count; i++) d.full[missing[i]] = missing[i] ? d.full[missing[i] - 1] : 0;
    for (size_t i = n; i % STEP; i++) d.full[i] = 0;
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
