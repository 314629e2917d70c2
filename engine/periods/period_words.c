/* period_words.c - periods in words: 2024年第1季度, 上半年, 1-2月, March 2024, Q1 2024. */
#include "period_scan.h"
#include <stdio.h>
#include <string.h>

typedef const char *reason;                        /* as nf_period_scan_why */
static const char UNKNOWN[] = "", BACKWARD[] = "it ends before it begins";

static bool eat(const char **s, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*s, word, n)) return false;
    *s += n;
    while (**s == ' ') ++*s;
    return true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits, at most `most` of them. */
static bool eat_number(const char **s, int most, int64_t *v)
{
    int n = 0;
    for (*v = 0; n < most && is_digit((*s)[n]); n++) *v = *v * 10 + ((*s)[n] - '0');
    if (n == 0 || is_digit((*s)[n])) return false;
    *s += n;
    while (**s == ' ') ++*s;
    return true;
}

/* 7, 七, 十, 十二: 1 to 99 in digits or up to 十九 in characters. */
static bool eat_count(const char **s, int64_t *v)
{
    static const char *const ten[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    if (eat_number(s, 2, v)) return true;
    *v = eat(s, "十") ? 10 : 0;
    for (int i = 0; i < 9; i++)
        if (eat(s, ten[i])) {
            *v += i + 1;
            return true;
        }
    return *v != 0;
}

/* ---- Chinese ---- */

/* Units from a to b of the year, as one period. */
static reason stretch(nf_period *out, int64_t year, nf_freq freq, int64_t a, int64_t b)
{
    nf_period first;
    reason why = nf_period_in_year(&first, year, freq, a);
    if (!why) why = nf_period_in_year(out, year, freq, b);
    if (why) return why;
    if (b < a) return BACKWARD;
    out->span = (int32_t)(b - a + 1);
    return NULL;
}

static reason iso(nf_period *out, int64_t year, int64_t month, int64_t day, const char *time)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d%s%s", (int)year, (int)month, (int)day, *time ? " " : "", time);
    return n < (int)sizeof text ? nf_period_scan_why(out, text, (size_t)n, NF_ORDER_YMD) : UNKNOWN;
}

/* After 日: 13时, 13时05分, 13:05 */
static reason date_and_time(nf_period *out, int64_t year, int64_t month, int64_t day, const char *s)
{
    const char *from = s;
    char time[16];
    int64_t hour, minute;
    if (!eat_number(&s, 2, &hour) || !(eat(&s, "时") || eat(&s, "点"))) return iso(out, year, month, day, from);
    if (!*s) snprintf(time, sizeof time, "%02d", (int)hour);
    else if (!eat_number(&s, 2, &minute) || !eat(&s, "分") || *s) return UNKNOWN;
    else snprintf(time, sizeof time, "%02d:%02d", (int)hour, (int)minute);
    return iso(out, year, month, day, time);
}

/* 3月 3月份 1-2月 1月-2月 3月1日 */
static reason months(nf_period *out, int64_t year, int64_t a, const char *s)
{
    int64_t b = a, day;
    const char *from = s;
    if (eat(&s, "月") && *s != '-') s = from;
    if (eat(&s, "-") && !eat_count(&s, &b)) return UNKNOWN;
    if (!eat(&s, "月")) return UNKNOWN;
    if (eat(&s, "份") || !*s || eat(&s, "末") || eat(&s, "底")) return *s ? UNKNOWN : stretch(out, year, NF_MONTH, a, b);
    if (a != b || !eat_count(&s, &day) || !(eat(&s, "日") || eat(&s, "号"))) return UNKNOWN;
    return date_and_time(out, year, a, day, s);
}

/* 第1季度 一季度 1-3季度 前三季度 前5个月 第5周 */
static reason part_of_year(nf_period *out, int64_t year, const char *s)
{
    static const struct { const char *word; nf_freq freq; int64_t k; } whole[] = {
        { "上半年", NF_HALF, 1 }, { "下半年", NF_HALF, 2 }, { "全年", NF_YEAR, 1 }, { "度", NF_YEAR, 1 },
        { "末", NF_YEAR, 1 }, { "底", NF_YEAR, 1 },
    };
    int64_t a, b;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (!strcmp(s, whole[i].word)) return nf_period_in_year(out, year, whole[i].freq, whole[i].k);
    bool from_first = eat(&s, "前"), nth = !from_first && eat(&s, "第");
    if (!eat_count(&s, &a)) return UNKNOWN;
    const char *after = s;
    b = a;
    if (from_first) a = 1;
    else if (eat(&s, "-") && !eat_count(&s, &b)) return UNKNOWN;
    if (!strcmp(s, "季度") || !strcmp(s, "季")) return stretch(out, year, NF_QUARTER, a, b);
    if (nth) return strcmp(s, "周") ? UNKNOWN : stretch(out, year, NF_WEEK, a, b);
    if (from_first) return strcmp(s, "个月") && strcmp(s, "月") ? UNKNOWN : stretch(out, year, NF_MONTH, a, b);
    return months(out, year, a, after);
}

static reason chinese(nf_period *out, const char *s)
{
    int64_t year;
    if (!eat_number(&s, 4, &year) || !eat(&s, "年")) return UNKNOWN;
    return *s ? part_of_year(out, year, s) : nf_period_in_year(out, year, NF_YEAR, 1);
}

/* ---- English ---- */

static bool same_letters(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((a[i] | 32) != (b[i] | 32)) return false;
    return true;
}

/* Mar, Sept or March, 3 to 9 letters; 0: no month's name. */
static int64_t month_named(const char *s, size_t n)
{
    static const char *const name[] = { "january", "february", "march", "april", "may", "june", "july", "august",
                                        "september", "october", "november", "december" };
    for (int i = 0; i < 12; i++) {
        bool shortened = n == 3 || (i == 8 && n == 4);
        if ((shortened || n == strlen(name[i])) && same_letters(s, name[i], n)) return i + 1;
    }
    return 0;
}

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* March 2024, 1 March 2024, March 1, 2024, 2024-Mar-01: the name tells the order. */
static reason english(nf_period *out, const char *s)
{
    int64_t month = 0, year = 0, day = 0;
    while (*s) {
        size_t n = 0;
        while (is_letter(s[n])) n++;
        if (n) {
            if (month || !(month = month_named(s, n))) return UNKNOWN;
        } else {
            int64_t v = 0;
            for (; is_digit(s[n]) && n < 5; n++) v = v * 10 + (s[n] - '0');
            if (n == 4 && !year) year = v;
            else if ((n == 1 || n == 2) && !day && v) day = v;
            else return UNKNOWN;
        }
        s += n;
        s += *s == ',' || *s == '.';
        s += *s == ' ' || *s == '-' || *s == '/';
    }
    if (!month || !year) return UNKNOWN;
    return day ? nf_period_of_civil(out, year, (int)month, (int)day) : nf_period_in_year(out, year, NF_MONTH, month);
}

/* Q1 2024, 1Q2024, Q1/2024, H2 2024 */
static reason part_first(nf_period *out, const char *s)
{
    char letter = 0, digit = 0;
    if (is_digit(s[0]) && is_letter(s[1])) digit = s[0], letter = s[1];
    else if (is_letter(s[0]) && is_digit(s[1])) letter = s[0], digit = s[1];
    letter &= ~32;
    if (letter != 'Q' && letter != 'H') return UNKNOWN;
    int64_t year;
    s += 2;
    s += *s == ' ' || *s == '/' || *s == '-';
    if (!eat_number(&s, 4, &year) || *s || year < 1000) return UNKNOWN;
    return nf_period_in_year(out, year, letter == 'Q' ? NF_QUARTER : NF_HALF, digit - '0');
}

reason nf_period_words(nf_period *out, const char *text)
{
    reason (*const reader[])(nf_period *, const char *) = { chinese, part_first, english };
    reason why = UNKNOWN;
    for (size_t i = 0; i < sizeof reader / sizeof *reader && why && !*why; i++) why = reader[i](out, text);
    return why;
}
