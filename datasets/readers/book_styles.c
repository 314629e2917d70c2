/* book_styles.c - what a number in a workbook is: a date, a percentage or itself, by its format. */
#include "book.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

nf_cell_style nf_style_of_builtin(long id)
{
    static const uint8_t months[] = { 17, 27, 36, 50, 52, 57 };
    for (size_t i = 0; i < sizeof months; i++)
        if (id == months[i]) return NF_STYLE_MONTH;
    if (id == 9 || id == 10) return NF_STYLE_PERCENT;
    if (id == 22) return NF_STYLE_TIME;
    if (id >= 18 && id <= 21) return NF_STYLE_CLOCK;
    return (id >= 14 && id <= 16) || (id >= 28 && id <= 31) || (id >= 51 && id <= 58) ? NF_STYLE_DATE : NF_STYLE_PLAIN;
}

/* Letters outside "quotes", [brackets] and escapes; only the first section, which is for positive numbers. */
nf_cell_style nf_style_of_format(const char *code)
{
    bool year = false, month = false, day = false, hour = false, second = false, percent = false;
    for (const char *s = code; *s && *s != ';'; s++) {
        if (*s == '"' || *s == '[') {
            const char *end = strchr(s + 1, *s == '"' ? '"' : ']');
            if (!end) break;
            s = end;
        } else if (*s == '\\' || *s == '_' || *s == '*') {
            if (s[1]) s++;
        } else {
            int letter = tolower((unsigned char)*s);
            year |= letter == 'y';
            month |= letter == 'm';
            day |= letter == 'd';
            hour |= letter == 'h';
            second |= letter == 's';
            percent |= letter == '%';
        }
    }
    if (percent) return NF_STYLE_PERCENT;
    if (hour || second) return year || day ? NF_STYLE_TIME : hour ? NF_STYLE_CLOCK : NF_STYLE_PLAIN;
    return day ? NF_STYLE_DATE : year && month ? NF_STYLE_MONTH : year ? NF_STYLE_YEAR : NF_STYLE_PLAIN;
}

/* Day 60 of the 1900 calendar is a 29 February that never was: it stays a number. */
static bool day_of_serial(const nf_book *b, double serial, int64_t *day)
{
    double whole = floor(serial);
    if (!(whole >= 0 && whole < 2958466) || (!b->from_1904 && whole == 60)) return false;
    *day = (int64_t)whole - (b->from_1904 ? 24107 : whole < 60 ? 25568 : 25569);
    return true;
}

static bool date_text(const nf_book *b, double serial, int style, char out[64])
{
    int64_t year, day, second = llround((serial - floor(serial)) * 86400);
    int month, dom;
    if (!day_of_serial(b, serial, &day)) return false;
    if (second == 86400) day++, second = 0;
    nf_civil_of_day(day, &year, &month, &dom);
    int n = snprintf(out, 64,
                     style == NF_STYLE_YEAR    ? "%04d"
                     : style == NF_STYLE_MONTH ? "%04d-%02d"
                                               : "%04d-%02d-%02d",
                     (int)year, month, dom);
    if (second && style != NF_STYLE_YEAR && style != NF_STYLE_MONTH)
        n += snprintf(out + n, 64 - (size_t)n, "T%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    else if (style == NF_STYLE_TIME)
        n += snprintf(out + n, 64 - (size_t)n, "T00:00");
    if (second % 60 && style != NF_STYLE_YEAR && style != NF_STYLE_MONTH)
        snprintf(out + n, 64 - (size_t)n, ":%02d", (int)(second % 60));
    return true;
}

/* 0.756 under "0.0%" is shown as 75.6 %: the decimal point moves in the text, so no digit is lost. */
static bool percent_text(double v, char out[64])
{
    double hundred = nf_shifted(v, 2);
    if (!isfinite(hundred)) return false;
    size_t n = nf_double_text(out, hundred);
    memcpy(out + n, "%", 2);
    return true;
}

/* A part of a day: 0.5 is 12:00, 1 is 24:00. */
static bool clock_text(double v, char out[64])
{
    long second = lround(v * 86400);
    if (!(v >= 0 && v <= 1)) return false;
    int n = snprintf(out, 64, "%02ld:%02ld", second / 3600, second / 60 % 60);
    if (second % 60) snprintf(out + n, 64 - (size_t)n, ":%02ld", second % 60);
    return true;
}

void nf_styled_number(const nf_book *b, const char *digits, int style, char out[64])
{
    double v;
    bool number = nf_double_scan(digits, strlen(digits), &v) && isfinite(v);
    if (number && style == NF_STYLE_PERCENT && percent_text(v, out)) return;
    if (number && style == NF_STYLE_CLOCK && clock_text(v, out)) return;
    if (number && style >= NF_STYLE_DATE && date_text(b, v, style, out)) return;
    snprintf(out, 64, "%s", digits);
}
