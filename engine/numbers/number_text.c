/* number_text.c - a double as the shortest text that reads back to it, without locale.
 *
 * Digits by Schubfach (R. Giulietti, The Schubfach way to render doubles, 2020), with 128-bit powers of ten.
 * The form is decimal for 1e-4 <= |x| < 1e21 and d.ddde-07 (a sign, two digits at least) beyond: valid JSON,
 * and read back by every CSV reader. */
#include "number.h"
#include <math.h>
#include <string.h>

typedef unsigned __int128 u128;
enum { FRACTION_BITS = 52, EXPONENT_BIAS = 1075 };   /* x = c * 2^(biased - 1075) */
static const uint64_t HIDDEN = (uint64_t)1 << FRACTION_BITS;

/* The product g * c / 2^128, rounded to odd: the lost part survives as the lowest bit. */
static uint64_t scale_to_odd(nf_pow10 g, uint64_t c)
{
    u128 low = (u128)g.lo * c, high = (u128)g.hi * c + (uint64_t)(low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* Four times the number and its two rounding limits, in units of 10^k; then the shortest inside. */
static nf_decimal schubfach(uint64_t c, int q, bool lower_is_closer)
{
    bool odd = c & 1;
    int k = (q * 1262611 - (lower_is_closer ? 524031 : 0)) >> 22;      /* floor(log10 of the interval's width) */
    int h = q + nf_log2_of_pow10(-k) + 1;
    nf_pow10 g = nf_powers_of_ten[-k - NF_POW10_MIN];
    uint64_t lower = scale_to_odd(g, (4 * c - 2 + lower_is_closer) << h) + odd;
    uint64_t v     = scale_to_odd(g, (4 * c) << h);
    uint64_t upper = scale_to_odd(g, (4 * c + 2) << h) - odd;
    uint64_t s = v / 4;
    if (s >= 10) {                                 /* one digit fewer, if exactly one such number is inside */
        uint64_t tens = s / 10;
        bool below = lower <= 40 * tens, above = 40 * tens + 40 <= upper;
        if (below != above) return (nf_decimal){ tens + above, k + 1 };
    }
    bool below = lower <= 4 * s, above = 4 * s + 4 <= upper;
    if (below != above) return (nf_decimal){ s + above, k };
    uint64_t middle = 4 * s + 2;
    return (nf_decimal){ s + (v > middle || (v == middle && (s & 1))), k };
}

static nf_decimal without_trailing_zeros(nf_decimal d)
{
    while (d.digits % 100000000 == 0) d.digits /= 100000000, d.exponent += 8;
    if (d.digits % 10000 == 0) d.digits /= 10000, d.exponent += 4;
    if (d.digits % 100 == 0) d.digits /= 100, d.exponent += 2;
    if (d.digits % 10 == 0) d.digits /= 10, d.exponent += 1;
    return d;
}

/* Numbers of at most 15 digits and three decimals, most of what is measured: a decimal that short which
 * reads back is the only one. */
static bool short_decimal(double x, nf_decimal *out)
{
    if (!(x < 1e12)) return false;
    double thousands = x * 1000;
    int64_t n = (int64_t)(thousands + 0.5);
    if (fabs(thousands - (double)n) > thousands * 0x1p-51 || (double)n / 1000 != x || !n) return false;
    *out = without_trailing_zeros((nf_decimal){ (uint64_t)n, -3 });
    return true;
}

nf_decimal nf_decimal_of(double x)
{
    uint64_t bits;
    nf_decimal d;
    x = fabs(x);
    if (x == 0) return (nf_decimal){ 0, 0 };
    if (short_decimal(x, &d)) return d;
    memcpy(&bits, &x, sizeof bits);
    uint64_t fraction = bits & (HIDDEN - 1);
    int biased = (int)(bits >> FRACTION_BITS);
    if (!biased) return without_trailing_zeros(schubfach(fraction, 1 - EXPONENT_BIAS, false));
    return without_trailing_zeros(schubfach(fraction | HIDDEN, biased - EXPONENT_BIAS, !fraction && biased > 1));
}

/* ---- digits to text ---- */

static const char PAIRS[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static const uint64_t TENS[] = { 1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u,
    10000000000u, 100000000000u, 1000000000000u, 10000000000000u, 100000000000000u, 1000000000000000u,
    10000000000000000u, 100000000000000000u, 1000000000000000000u, 10000000000000000000u };

uint64_t nf_power_of_ten(int e) { return TENS[e]; }

int nf_digit_count(uint64_t n)
{
    if (!n) return 1;
    int guess = ((64 - __builtin_clzll(n)) * 1233) >> 12;              /* bits * log10(2) */
    return guess + (n >= TENS[guess]);
}

static void put_pair(char *p, uint32_t n) { memcpy(p, PAIRS + 2 * n, 2); }

static void put_eight(char *p, uint32_t n)
{
    uint32_t high = n / 10000, low = n % 10000;
    put_pair(p, high / 100);
    put_pair(p + 2, high % 100);
    put_pair(p + 4, low / 100);
    put_pair(p + 6, low % 100);
}

char *nf_put_digits(char *out, uint64_t n, int count)
{
    char *p = out + count;
    for (; p - out >= 8; n /= 100000000) put_eight(p -= 8, (uint32_t)(n % 100000000));
    uint32_t rest = (uint32_t)n;                   /* fewer than eight digits to go */
    for (; p - out >= 2; rest /= 100) put_pair(p -= 2, rest % 100);
    if (p > out) *--p = (char)('0' + rest % 10);
    return out + count;
}

static char *put_exponent(char *p, int e)
{
    *p++ = 'e';
    *p++ = e < 0 ? '-' : '+';
    e = e < 0 ? -e : e;
    return nf_put_digits(p, (uint64_t)e, e < 100 ? 2 : 3);
}

/* The digits, then a point moved in: d.ddd */
static char *put_with_point(char *p, uint64_t digits, int count, int before_point)
{
    char *end = nf_put_digits(p + 1, digits, count);
    if (before_point == count) {
        memmove(p, p + 1, (size_t)count);
        return end - 1;
    }
    memmove(p, p + 1, (size_t)before_point);
    p[before_point] = '.';
    return end;
}

static char *put_decimal(char *p, nf_decimal d)
{
    int count = nf_digit_count(d.digits), point = count + d.exponent;  /* digits before the point */
    if (point < -3 || point > 21) return put_exponent(put_with_point(p, d.digits, count, 1), point - 1);
    if (point <= 0) {
        memcpy(p, "0.000", 5);
        return nf_put_digits(p + 2 - point, d.digits, count);
    }
    if (d.exponent < 0) return put_with_point(p, d.digits, count, point);
    p = nf_put_digits(p, d.digits, count);
    memset(p, '0', (size_t)d.exponent);
    return p + d.exponent;
}

size_t nf_double_text(char out[32], double x)
{
    char *p = out;
    if (isfinite(x)) {
        if (signbit(x)) *p++ = '-';
        p = put_decimal(p, nf_decimal_of(x));
    }
    *p = 0;
    return (size_t)(p - out);
}

size_t nf_i64_text(char out[24], int64_t n)
{
    char *p = out;
    uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
    if (n < 0) *p++ = '-';
    p = nf_put_digits(p, size, nf_digit_count(size));
    *p = 0;
    return (size_t)(p - out);
}
