/* number_scan.c - one decimal number, whole text, without locale: the only number reader in the tree.
 *
 * Grammar: [+-] digits [. digits] [e [+-] digits], ASCII, at least one digit before the exponent. Refused are
 * hex, inf, nan, blanks, separators, other scripts' digits, and what overflows (1e400). What underflows is
 * the nearest double, 0 at last (1e-400). Ways, by cost: Clinger's exact product (W. Clinger, How to read
 * floating point numbers accurately, 1990), else strtod on digits without a point, which no locale changes. */
#include "number.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 17 + 750 digits decide every double; one more that is not zero stands for all that follow. */
enum { DIGITS_MAX = 780, EXPONENT_MAX = 100000 };

/* digits * 10^exponent, and where the significant digits stand in the text. */
typedef struct {
    bool negative;
    const char *first, *last;                      /* significant digits: [first, last), a point may be among them */
    uint64_t digits; int count;                    /* the first 19 of them, and how many there are */
    int64_t exponent;                              /* of the whole digit string */
} number;

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static bool scan_exponent(const char *p, const char *end, int64_t *e)
{
    bool negative = false;
    if (p < end && (*p == '-' || *p == '+')) negative = *p++ == '-';
    if (p == end) return false;
    int64_t n = 0;
    for (; p < end; p++) {
        if (!is_digit(*p)) return false;
        if (n < EXPONENT_MAX) n = 10 * n + (*p - '0');
    }
    *e += negative ? -n : n;
    return true;
}

static void take_digit(number *n, const char *p)
{
    if (!n->count && *p == '0') return;
    if (!n->count) n->first = p;
    if (n->count < 19) n->digits = 10 * n->digits + (uint64_t)(*p - '0');
    n->count++;
    n->last = p + 1;
}

static bool scan(const char *p, size_t len, number *n)
{
    const char *end = p + len;
    bool any = false;
    *n = (number){ .negative = false };
    if (p < end && (*p == '-' || *p == '+')) n->negative = *p++ == '-';
    for (; p < end && is_digit(*p); p++, any = true) take_digit(n, p);
    if (p < end && *p == '.')
        for (p++; p < end && is_digit(*p); p++, any = true) {
            take_digit(n, p);
            n->exponent--;
        }
    if (!any) return false;
    if (p == end) return true;
    return (*p == 'e' || *p == 'E') && scan_exponent(p + 1, end, &n->exponent);
}

static bool clinger(const number *n, double *out)
{
    static const double TENS[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
                                   1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (n->count > 19 || n->digits > (uint64_t)1 << 53 || n->exponent < -22 || n->exponent > 22) return false;
    double d = (double)n->digits;
    *out = n->exponent < 0 ? d / TENS[-n->exponent] : d * TENS[n->exponent];
    return true;
}

static double by_strtod(const number *n)
{
    char text[DIGITS_MAX + 32];
    int kept = 0;
    bool lost = false;
    for (const char *p = n->first; p < n->last; p++) {
        if (*p == '.') continue;
        if (kept < DIGITS_MAX) text[kept++] = *p;
        else lost |= *p != '0';
    }
    int64_t exponent = n->exponent + (n->count - kept);
    if (lost) {
        text[kept++] = '1';
        exponent--;
    }
    snprintf(text + kept, sizeof text - (size_t)kept, "e%lld", (long long)exponent);
    return strtod(text, NULL);
}

bool nf_double_scan(const char *text, size_t len, double *out)
{
    number n;
    double x = 0;
    if (len > INT32_MAX || !scan(text, len, &n)) return false;
    if (n.count && !clinger(&n, &x)) x = by_strtod(&n);
    if (isinf(x)) return false;
    *out = n.negative ? -x : x;
    return true;
}
