/* number_people.c - numbers for people: rounded, thousands apart, a true minus sign.
 *
 * What is rounded is the shortest decimal that reads back, half away from zero, so 2.675 with two decimals is
 * 2.68, as a reader of 2.675 expects. */
#include "number.h"
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define EMPTY "\xe2\x80\x93"

enum { PLAIN_MAX = 15, PLAIN_MIN = -3, DECIMALS_MAX = 15 };   /* digits before the point; leading zeros after it */

static char *put(char *p, const char *s)
{
    size_t n = strlen(s);
    memcpy(p, s, n);
    return p + n;
}

/* The number rounded to a multiple of 10^exponent; untouched when it is one already. */
static nf_decimal rounded(nf_decimal d, int exponent)
{
    int drop = exponent - d.exponent;
    if (drop <= 0 || !d.digits) return d;
    if (drop > 19) return (nf_decimal){ 0, 0 };
    uint64_t unit = nf_power_of_ten(drop), kept = d.digits / unit, rest = d.digits % unit;
    return (nf_decimal){ kept + (rest >= unit - rest), exponent };
}

static int digits_before_point(nf_decimal d) { return nf_digit_count(d.digits) + d.exponent; }

static char *put_grouped(char *p, uint64_t n)
{
    int count = nf_digit_count(n);
    char digits[24];
    nf_put_digits(digits, n, count);
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0) *p++ = ',';
        *p++ = digits[i];
    }
    return p;
}

/* A decimal of at most 15 digits before the point, with exactly that many after it. */
static char *put_plain(char *p, nf_decimal d, int decimals)
{
    while (d.exponent > 0) d.digits *= 10, d.exponent--;
    int have = -d.exponent;
    uint64_t unit = have > 19 ? 0 : nf_power_of_ten(have), whole = unit ? d.digits / unit : 0;
    p = put_grouped(p, whole);
    if (decimals == 0) return p;
    *p++ = '.';
    p = nf_put_digits(p, d.digits - whole * unit, have);
    memset(p, '0', (size_t)(decimals - have));
    return p + decimals - have;
}

/* 6.75×10⁻⁴⁷ */
static char *put_scientific(char *p, nf_decimal d)
{
    static const char *const high[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
    int count = nf_digit_count(d.digits), power = count + d.exponent - 1;
    p = put_plain(p, (nf_decimal){ d.digits, 1 - count }, count - 1);
    p = put(p, "×10");
    if (power < 0) p = put(p, "⁻");
    char digits[4];
    int n = nf_digit_count((uint64_t)(power < 0 ? -power : power));
    nf_put_digits(digits, (uint64_t)(power < 0 ? -power : power), n);
    for (int i = 0; i < n; i++) p = put(p, high[digits[i] - '0']);
    return p;
}

static nf_decimal without_zeros(nf_decimal d)
{
    while (d.digits && d.digits % 10 == 0) d.digits /= 10, d.exponent++;
    return d;
}

static size_t finish(char *out, char *end)
{
    *end = 0;
    return (size_t)(end - out);
}

size_t nf_double_for_people(char out[48], double x, int digits)
{
    char *p = out;
    if (!isfinite(x)) return finish(out, put(p, EMPTY));
    nf_decimal exact = nf_decimal_of(x);
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    int before = digits_before_point(exact);
    bool plain = !exact.digits || (before <= PLAIN_MAX && before >= PLAIN_MIN);
    int last = before - digits;                    /* the exponent of the last digit asked for */
    nf_decimal d = without_zeros(rounded(exact, plain && last > 0 ? 0 : last));
    if (x < 0 && d.digits) p = put(p, MINUS);
    if (!plain || digits_before_point(d) > PLAIN_MAX) return finish(out, put_scientific(p, d));
    return finish(out, put_plain(p, d, d.exponent < 0 ? -d.exponent : 0));
}

size_t nf_double_fixed(char out[48], double x, int decimals)
{
    char *p = out;
    if (!isfinite(x)) return finish(out, put(p, EMPTY));
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
    nf_decimal d = rounded(nf_decimal_of(x), -decimals);
    if (digits_before_point(d) > PLAIN_MAX) return nf_double_for_people(out, x, 6);
    if (x < 0 && d.digits) p = put(p, MINUS);
    return finish(out, put_plain(p, d, decimals));
}

size_t nf_i64_for_people(char out[48], int64_t n)
{
    char *p = out;
    if (n == NF_NO_I64) return finish(out, put(p, EMPTY));
    if (n < 0) p = put(p, MINUS);
    return finish(out, put_grouped(p, n < 0 ? -(uint64_t)n : (uint64_t)n));
}
