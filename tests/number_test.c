/* number_test.c - the shortest text of a double reads back to it; what is no number is refused. */
#include "numbers/number.h"
#include "test.h"
#include <locale.h>

static void prints(double x, const char *want)
{
    char s[32];
    ok(nf_double_text(s, x) == strlen(want));
    same(s, want);
}

TEST(the_form_is_decimal_in_the_middle_and_scientific_beyond)
{
    prints(8651.7, "8651.7");
    prints(1e-7, "1e-07");
    prints(6.75e-47, "6.75e-47");
    prints(100000, "100000");
    prints(1e21, "1e+21");
    prints(123456789012345680000.0, "123456789012345680000");
    prints(0.0001, "0.0001");
    prints(0.00012345678901234567, "0.00012345678901234567");
    prints(0.00001, "1e-05");
    prints(-0.0, "-0");
    prints(0, "0");
    prints(0.1 + 0.2, "0.30000000000000004");
    prints(5e-324, "5e-324");
    prints(2.2250738585072014e-308, "2.2250738585072014e-308");
    prints(1.7976931348623157e308, "1.7976931348623157e+308");
    prints(-1.7976931348623157e308, "-1.7976931348623157e+308");
    prints(9007199254740992.0, "9007199254740992");
    prints(9007199254740994.0, "9007199254740994");
    prints(2e-44, "2e-44");
    prints(9.5367431640625e-07, "9.5367431640625e-07");
    prints(NAN, "");
    prints(INFINITY, "");
}

/* ---- the powers of ten, by long division and multiplication ---- */

enum { LIMBS = 80 };                               /* 32 bits each, the lowest first */
typedef struct { uint32_t limb[LIMBS]; } big;

static void times_ten(big *b)
{
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++, carry >>= 32) b->limb[i] = (uint32_t)(carry += (uint64_t)b->limb[i] * 10);
}

static void over_ten(big *b)
{
    uint64_t rest = 0;
    for (int i = LIMBS; i-- > 0; rest %= 10) b->limb[i] = (uint32_t)((rest = rest << 32 | b->limb[i]) / 10);
}

static bool bit(const big *b, int i) { return i >= 0 && (b->limb[i / 32] >> (i % 32) & 1); }

/* The first 128 bits, rounded up where anything follows. */
static nf_pow10 first_bits(const big *b, bool more)
{
    nf_pow10 g = { 0, 0 };
    int top = LIMBS * 32 - 1;
    while (!bit(b, top)) top--;
    for (int i = top; i > top - 128; i--) g = (nf_pow10){ g.hi << 1 | g.lo >> 63, g.lo << 1 | bit(b, i) };
    for (int i = top - 128; i >= 0 && !more; i--) more = bit(b, i);
    g.lo += more;
    g.hi += more && !g.lo;
    return g;
}

TEST(the_powers_of_ten_are_what_they_say)
{
    big up = { .limb = { 1 } }, down = { .limb = { [LIMBS - 1] = 1 } };
    for (int k = 0; k <= NF_POW10_MAX; k++, times_ten(&up)) {
        nf_pow10 g = first_bits(&up, false), have = nf_powers_of_ten[k - NF_POW10_MIN];
        ok(g.hi == have.hi && g.lo == have.lo);
    }
    for (int k = -1; k >= NF_POW10_MIN; k--) {
        over_ten(&down);
        nf_pow10 g = first_bits(&down, true), have = nf_powers_of_ten[k - NF_POW10_MIN];
        ok(g.hi == have.hi && g.lo == have.lo);
    }
}

static double random_double(uint64_t *s)
{
    double x;
    do {
        uint64_t bits = rnd(s);
        memcpy(&x, &bits, sizeof x);
    } while (!isfinite(x));
    return x;
}

static void round_trip(double x)
{
    char s[32];
    double y = 0;
    size_t n = nf_double_text(s, x);
    if (n >= sizeof s || strlen(s) != n || strtod(s, NULL) != x) fail_msg("%.17g printed as %s", x, s);
    if (!nf_double_scan(s, n, &y) || memcmp(&x, &y, sizeof x)) fail_msg("%s read as %.17g", s, y);
}

TEST(random_bit_patterns_read_back)
{
    uint64_t s = 1;
    for (int i = 0; i < 1000000; i++) round_trip(random_double(&s));
}

TEST(measured_looking_numbers_read_back)
{
    uint64_t s = 2;
    for (int i = 0; i < 200000; i++) {
        double n = (double)(int64_t)(rnd(&s) % 20000000) - 1e7;
        round_trip(n / 10);
        round_trip(n / 1000);
        round_trip(n * 1e5);
        round_trip(n / 1e7);
    }
    for (int e = -1074; e < 1024; e++)
        for (int d = -2; d <= 2; d++) {
            double x = ldexp(1, e);
            for (int i = 0; i < abs(d); i++) x = nextafter(x, d < 0 ? 0 : INFINITY);
            if (isfinite(x)) round_trip(x);
        }
    for (int e = -323; e < 309; e++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", e);
        round_trip(strtod(text, NULL));
    }
}

/* The significant digits of a printed number, without zeros at either end, and how many they are. */
static size_t significant(const char *s, char digits[40])
{
    size_t n = 0;
    for (; *s && *s != 'e'; s++)
        if (*s >= '0' && *s <= '9' && (n || *s != '0')) digits[n++] = *s;
    while (n && digits[n - 1] == '0') n--;
    digits[n] = 0;
    return n;
}

/* The C library's rounding to so many digits is the closest there is: when it reads back at all, it is ours. */
TEST(no_shorter_text_reads_back_and_of_the_shortest_ours_is_the_closest)
{
    uint64_t s = 3;
    for (int i = 0; i < 20000; i++) {
        double x = i % 2 ? random_double(&s) : (double)(int64_t)(rnd(&s) % 2000000000) / 1e4;
        char ours[32], theirs[40], d[40], e[40];
        nf_double_text(ours, x);
        size_t n = significant(ours, d);
        if (n > 1) {
            snprintf(theirs, sizeof theirs, "%.*e", (int)n - 2, x);
            if (strtod(theirs, NULL) == x) fail_msg("%s, but %s is shorter", ours, theirs);
        }
        snprintf(theirs, sizeof theirs, "%.*e", n ? (int)n - 1 : 0, x);
        significant(theirs, e);
        if (strtod(theirs, NULL) == x && strcmp(d, e)) fail_msg("%s, but %s is closer", ours, theirs);
    }
}

static void reads(const char *text, double want)
{
    double x = -1;
    if (!nf_double_scan(text, strlen(text), &x)) fail_msg("'%s' refused", text);
    if (memcmp(&x, &want, sizeof x)) fail_msg("'%s' read as %.17g", text, x);
}

static void refuses(const char *text)
{
    double x = 7;
    if (nf_double_scan(text, strlen(text), &x) || x != 7) fail_msg("'%s' accepted", text);
}

TEST(numbers_are_read)
{
    reads("0", 0);
    reads("-0", -0.0);
    reads("+5", 5);
    reads("5.", 5);
    reads(".5", 0.5);
    reads("007", 7);
    reads("8651.7", 8651.7);
    reads("1E3", 1000);
    reads("1e-400", 0);
    reads("1e-99999999999999999999", 0);
    reads("0e400", 0);
    reads("5e-324", 5e-324);
    reads("2.4703282292062327208e-324", 0);
    reads("2.4703282292062328e-324", 5e-324);
    reads("1.7976931348623157e308", 1.7976931348623157e308);
    reads("1.7976931348623158e308", 1.7976931348623157e308);
    reads("9007199254740993", 9007199254740992.0);
    reads("9007199254740993.0000000000000000000000000000000000001", 9007199254740994.0);
    reads("0.1000000000000000055511151231257827021181583404541015625", 0.1);
    reads("123456789012345678901234567890", 123456789012345678901234567890.0);
}

static void reads_as_libc(const char *text)
{
    double x = 0, want = strtod(text, NULL);
    bool taken = nf_double_scan(text, strlen(text), &x);
    if (taken != !isinf(want) || (taken && memcmp(&x, &want, sizeof x)))
        fail_msg("'%s' read as %.17g, not %.17g", text, x, want);
}

TEST(digits_of_any_number_are_read_as_the_c_library_reads_them)
{
    uint64_t s = 4;
    for (int i = 0; i < 300000; i++) {
        char text[64];
        int n = 1 + (int)(rnd(&s) % 25), point = (int)(rnd(&s) % (uint64_t)(n + 1)), at = 0;
        for (int d = 0; d < n; d++) {
            if (d == point) text[at++] = '.';
            text[at++] = (char)('0' + (rnd(&s) % 4 ? rnd(&s) % 10 : rnd(&s) % 2 * 9));
        }
        if (i % 3) snprintf(text + at, sizeof text - (size_t)at, "e%d", (int)(rnd(&s) % 700) - 350);
        else text[at] = 0;
        reads_as_libc(text);
    }
}

/* Halfway between two doubles, cut at any digit and written out in full. */
TEST(halves_are_read_as_the_c_library_reads_them)
{
    uint64_t s = 6;
    for (int i = 0; i < 100000; i++) {
        char text[1200];
        double x = fabs(random_double(&s));
        long double half = ((long double)x + (long double)nextafter(x, INFINITY)) / 2;
        snprintf(text, sizeof text, "%.*Le", i % 20 ? 10 + i % 30 : 900, half);
        reads_as_libc(text);
    }
}

TEST(two_thousand_digits_are_read)
{
    char text[2100] = "0.";
    memset(text + 2, '3', 2000);
    text[2002] = 0;
    reads(text, 1.0 / 3);
    memset(text, '0', 2000);
    strcpy(text + 2000, "12.5");
    reads(text, 12.5);
    /* halfway between two doubles, decided by the 1,500th digit */
    memset(text, '0', 1500);
    memcpy(text, "9007199254740993.", 17);
    strcpy(text + 1500, "1");
    reads(text, 9007199254740994.0);
    text[1500] = '0';
    reads(text, 9007199254740992.0);
}

TEST(what_is_no_number_is_refused)
{
    static const char *const bad[] = {
        "", " ", "-", "+", ".", "e5", ".e5", "1e", "1e+", "1 ", " 1", "1,5", "1'000", "1_000", "0x10", "inf",
        "Infinity", "nan", "NaN", "1e400", "-1e400", "1.7976931348623159e308", "１２", "٣", "−5", "#N/A", "=1+1", "1.2.3",
        "1e5.5", "--1", "+-1", "1f", "1L", "1d5", "\t1", "1\n", "约75", "75%" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) refuses(bad[i]);
    double x = 7;
    ok(!nf_double_scan("1\0", 2, &x) && !nf_double_scan("", 0, &x));
    ok(nf_double_scan("12345", 3, &x) && x == 123);
}

/* ---- for people ---- */

static void shows(double x, int digits, const char *want)
{
    char s[48];
    ok(nf_double_for_people(s, x, digits) == strlen(want));
    same(s, want);
}

static void shows_fixed(double x, int decimals, const char *want)
{
    char s[48];
    ok(nf_double_fixed(s, x, decimals) == strlen(want));
    same(s, want);
}

TEST(people_see_few_digits_and_separated_thousands)
{
    shows(8651.7, 6, "8,651.7");
    shows(-8651.74999, 6, "−8,651.75");
    shows(123456789, 3, "123,456,789");
    shows(1234.5, 3, "1,235");
    shows(999.96, 4, "1,000");
    shows(0.000123456, 3, "0.000123");
    shows(0.0000123456, 3, "1.23×10⁻⁵");
    shows(6.75e-47, 6, "6.75×10⁻⁴⁷");
    shows(1e15, 6, "1×10¹⁵");
    shows(123456789012345, 6, "123,456,789,012,345");
    shows(999999999999999.9, 6, "1×10¹⁵");
    shows(1.7976931348623157e308, 17, "1.7976931348623157×10³⁰⁸");
    shows(5e-324, 6, "5×10⁻³²⁴");
    shows(0, 6, "0");
    shows(-0.0, 6, "0");
    shows(100, 6, "100");
    shows(2.5, 1, "3");
    shows(0.1 + 0.2, 6, "0.3");
    shows(0.00010000000000000005, 17, "0.00010000000000000005");
    shows(NAN, 6, "–");
}

TEST(people_see_fixed_decimals)
{
    shows_fixed(2.675, 2, "2.68");
    shows_fixed(-0.004, 2, "0.00");
    shows_fixed(-0.006, 2, "−0.01");
    shows_fixed(1234567.891, 1, "1,234,567.9");
    shows_fixed(100, 2, "100.00");
    shows_fixed(0.05, 0, "0");
    shows_fixed(0.5, 0, "1");
    shows_fixed(999999999999999.0, 15, "999,999,999,999,999.000000000000000");
    shows_fixed(1e300, 2, "1×10³⁰⁰");
    shows_fixed(5e-324, 2, "0.00");
    shows_fixed(INFINITY, 2, "–");
}

TEST(people_numbers_fit_their_room_whatever_the_value)
{
    uint64_t s = 5;
    for (int i = 0; i < 200000; i++) {
        char room[48];
        double x = i % 2 ? random_double(&s) : (rnd_unit(&s) - 0.5) * pow(10, (double)(rnd(&s) % 40) - 20);
        ok(nf_double_for_people(room, x, (int)(rnd(&s) % 20)) < sizeof room);
        ok(nf_double_fixed(room, x, (int)(rnd(&s) % 20)) < sizeof room);
    }
}

TEST(whole_numbers)
{
    char s[48];
    nf_i64_text(s, INT64_MAX);
    same(s, "9223372036854775807");
    nf_i64_text(s, -42);
    same(s, "-42");
    nf_i64_text(s, 0);
    same(s, "0");
    ok(nf_i64_for_people(s, -INT64_MAX) < sizeof s);
    same(s, "−9,223,372,036,854,775,807");
    nf_i64_for_people(s, 999);
    same(s, "999");
    nf_i64_for_people(s, NF_NO_I64);
    same(s, "–");
}

/* A locale with a decimal comma changes nothing. */
TEST(the_locale_does_not_matter)
{
    char s[48];
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) skip();
    prints(8651.7, "8651.7");
    reads("8651.7", 8651.7);
    reads("0.1000000000000000055511151231257827021181583404541015625", 0.1);
    refuses("1,5");
    nf_double_for_people(s, 1234.5, 6);
    same(s, "1,234.5");
    setlocale(LC_ALL, "C");
}
