/* number_scan.c - one decimal number, whole text, without locale: the only number reader in the tree.
 *
 * Grammar: [+-] digits [. digits] [e [+-] digits], ASCII, at least one digit before the exponent. Refused are
 * hex, inf, nan, blanks, separators, other scripts' digits, and what overflows (1e400). What underflows is
 * the nearest double, 0 at last (1e-400). Ways, by cost: an exact product (W. Clinger, How to read floating
 * point numbers accurately, 1990); 128-bit powers of ten (D. Lemire, Number parsing at a gigabyte per second,
 * 2021); for the few cases left strtod, on digits without a point, which no locale changes. */
#include "number.h"
#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;
#define ZEROS 0x3030303030303030u                  /* "00000000" */
/* 770 digits decide every double; one more that is not zero stands for all that follow. */
enum { WORD_DIGITS = 19, DIGITS_MAX = 780, EXPONENT_MAX = 100000 };

/* word * 10^exponent, to be followed by the digits that word has no room for. */
typedef struct {
    bool negative, more;                           /* more: word holds the first 19 significant digits only */
    uint64_t word;
    int64_t exponent;                              /* of word */
    const char *first, *last;                      /* the digits, a point may be among them */
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

static const char *scan_digits(const char *p, const char *end, uint64_t *word)
{
    for (; p < end && is_digit(*p); p++) *word = 10 * *word + (uint64_t)(*p - '0');
    return p;
}

/* More than 19 digits went by and word ran over: take the first 19 that count. */
static void take_first_digits(number *n, int64_t count)
{
    int taken = 0;
    for (; n->first < n->last && (*n->first == '0' || *n->first == '.'); n->first++) count -= *n->first == '0';
    if (count > WORD_DIGITS) {
        n->more = true;
        n->exponent += count - WORD_DIGITS;
    }
    n->word = 0;
    for (const char *p = n->first; p < n->last && taken < WORD_DIGITS; p++) {
        if (*p == '.') continue;
        n->word = 10 * n->word + (uint64_t)(*p - '0');
        taken++;
    }
}

static bool scan(const char *p, size_t len, number *n)
{
    const char *end = p + len;
    *n = (number){ .negative = false };
    if (p < end && (*p == '-' || *p == '+')) n->negative = *p++ == '-';
    n->first = p;
    p = scan_digits(p, end, &n->word);
    int64_t count = p - n->first;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        p = scan_digits(p, end, &n->word);
        n->exponent = fraction - p;
        count += p - fraction;
    }
    n->last = p;
    if (!count) return false;
    if (count > WORD_DIGITS) take_first_digits(n, count);
    if (p == end) return true;
    return (*p == 'e' || *p == 'E') && scan_exponent(p + 1, end, &n->exponent);
}

static bool by_exact_product(const number *n, double *out)
{
    static const double TENS[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
                                   1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (n->more || n->word > (uint64_t)1 << 53 || n->exponent < -22 || n->exponent > 22) return false;
    double d = (double)n->word;
    *out = n->exponent < 0 ? d / TENS[-n->exponent] : d * TENS[n->exponent];
    return true;
}

/* The power as the proof wants it: cut off rather than rounded up, but for 10^-27 .. 10^-1. */
static nf_pow10 power_for_product(int e)
{
    nf_pow10 g = nf_powers_of_ten[e - NF_POW10_MIN];
    if (e >= -27 && e <= 55) return g;
    return (nf_pow10){ g.hi - (g.lo == 0), g.lo - 1 };
}

/* w * 10^e to the nearest double by one or two products; false where they cannot tell, or out of normal range. */
static bool by_long_product(uint64_t w, int64_t e, double *out)
{
    if (e < NF_POW10_MIN || e > 308 || !w) return false;
    int shift = __builtin_clzll(w);
    w <<= shift;
    nf_pow10 g = power_for_product((int)e);
    u128 x = (u128)w * g.hi;
    uint64_t low = (uint64_t)x, high = (uint64_t)(x >> 64);
    if ((high & 0x1ff) == 0x1ff && low + w < w) {  /* the low word of the power may carry into the result */
        u128 y = (u128)w * g.lo;
        uint64_t merged = low + (uint64_t)(y >> 64);
        high += merged < low;
        low = merged;
        if ((high & 0x1ff) == 0x1ff && low + 1 == 0 && (uint64_t)y + w < w) return false;
    }
    int top = (int)(high >> 63);
    uint64_t m = high >> (top + 9);                /* 54 bits: the result and one to round by */
    if (low == 0 && (high & 0x1ff) == 0 && (m & 3) == 1) return false;     /* halfway, or just beyond it? */
    int biased = nf_log2_of_pow10((int)e) + 64 + 1023 - shift - (1 - top);
    m = (m + (m & 1)) >> 1;
    if (m >> 53) m >>= 1, biased++;
    if (biased < 1 || biased > 2046) return false;
    uint64_t bits = (uint64_t)biased << 52 | (m & (((uint64_t)1 << 52) - 1));
    memcpy(out, &bits, sizeof *out);
    return true;
}

static bool by_product(const number *n, double *out)
{
    double above;
    if (!by_long_product(n->word, n->exponent, out)) return false;
    return !n->more || (by_long_product(n->word + 1, n->exponent, &above) && above == *out);
}

/* All digits count here, and the exponent is that of the last of them. */
static double by_strtod(const number *n)
{
    char text[DIGITS_MAX + 32];
    int64_t kept = 0, dropped = 0, exponent = n->exponent;
    bool lost = false;
    for (const char *p = n->first; p < n->last; p++) {
        if (*p == '.') continue;
        if (kept < DIGITS_MAX) text[kept++] = *p;
        else lost |= *p != '0', dropped++;
    }
    if (n->more) exponent -= kept + dropped - WORD_DIGITS;
    exponent += dropped;
    if (lost) {
        text[kept++] = '1';
        exponent--;
    }
    text[kept++] = 'e';
    nf_i64_text(text + kept, exponent);
    return strtod(text, NULL);
}

/* A function of its own, so that short numbers need not pay for its room. */
static __attribute__((noinline)) bool by_digits(const char *text, size_t len, double *out)
{
    number n;
    double x = 0;
    if (!scan(text, len, &n)) return false;
    if (n.word && !by_exact_product(&n, &x) && !by_product(&n, &x)) x = by_strtod(&n);
    if (isinf(x)) return false;
    *out = n.negative ? -x : x;
    return true;
}

/* ---- up to eight characters, all at once ---- */

/* The characters of a short text at the end of a word, as if zeros stood before them. */
static uint64_t word_of(const char *text, size_t len)
{
    uint64_t w = 0;
    uint32_t first = 0, last = 0;
    if (len >= 4) {
        memcpy(&first, text, 4);
        memcpy(&last, text + len - 4, 4);
        w = (uint64_t)le32toh(last) << 32 | (uint64_t)le32toh(first) << 8 * (8 - len);
    } else                                         /* one, two or three, some of them twice */
        w = (uint64_t)(unsigned char)text[0] << 8 * (8 - len)
          | (uint64_t)(unsigned char)text[len / 2] << 8 * (8 - len + len / 2)
          | (uint64_t)(unsigned char)text[len - 1] << 56;
    return len == 8 ? w : w | ZEROS >> 8 * len;
}

/* Eight digits, the first in the lowest byte (D. Lemire, Quickly parsing eight digits, 2018). */
static uint64_t value_of(uint64_t w)
{
    w = (w & 0x0f0f0f0f0f0f0f0fu) * 2561 >> 8;
    w = (w & 0x00ff00ff00ff00ffu) * 6553601 >> 16;
    return (w & 0x0000ffff0000ffffu) * 42949672960001u >> 32;
}

/* Digits with at most one point among them, as nearly all figures are; false: not such a text. */
static bool by_word(const char *text, size_t len, double *out)
{
    static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7 };
    if (!len || len > 8) return false;
    uint64_t w = word_of(text, len), other = w ^ 0x2e2e2e2e2e2e2e2eu;
    uint64_t point = (other - 0x0101010101010101u) & ~other & 0x8080808080808080u;
    int behind = 0;
    if (point) {                                   /* what stands before the point moves up over it */
        int at = __builtin_ctzll(point) - 7;
        uint64_t below = ((uint64_t)1 << at) - 1;
        behind = 7 - at / 8;
        w = (w & ~(below << 8 | 0xff)) | (w & below) << 8 | '0';
    }
    if (((w - ZEROS) | (w + 0x4646464646464646u)) & 0x8080808080808080u || (point && len == 1)) return false;
    *out = (double)value_of(w) / tens[behind];
    return true;
}

bool nf_double_scan(const char *text, size_t len, double *out)
{
    bool negative = len && *text == '-';
    if (!by_word(text + negative, len - negative, out)) return by_digits(text, len, out);
    if (negative) *out = -*out;
    return true;
}
