/* year_parts.c - cells that say a part of a year or of a day, beside columns that say the rest: 3月, 1-2月, 一季度, Q1,
 * Mar, 13:00. */
#include "mapping.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool nf_part_of_year(nf_ctx *c, nf_period *out, int64_t year, const char *cell)
{
    char text[64];
    int n = snprintf(text, sizeof text, isalpha((unsigned char)*cell) ? "%04d %s" : "%04d年%s", (int)year, cell);
    return *cell && n < (int)sizeof text && !nf_period_parse(c, out, text, NF_ANY, NF_ORDER_YMD)
        && out->freq <= NF_WEEK;
}

bool nf_clock_text(char out[64], int64_t day, const char *cell)
{
    int64_t year;
    int month, dom;
    nf_civil_of_day(day, &year, &month, &dom);
    bool words = strstr(cell, "时") || strstr(cell, "点");
    return snprintf(out, 64, words ? "%04d年%d月%d日%s" : "%04d-%02d-%02d %s", (int)year, month, dom, cell) < 64;
}

bool nf_says_since_january(const char *name)
{
    static const char *const words[] = { "累计值", "累计增长", "累计同比", "累计增速", "本年累计", "年累计", "ear to date",
                                         "ear-to-date" };
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(name, words[i])) return true;
    return n > 3 && !strcasecmp(name + n - 3, "ytd") && !isalnum((unsigned char)name[n - 4]);
}

bool nf_part_number(nf_role role, const char *cell, size_t len, int64_t *v)
{
    static const struct { nf_role role; const char *sign; double lo, hi; } parts[] = {
        { NF_ROLE_YEAR, "年", 1, 9999 }, { NF_ROLE_QUARTER, "季", 1, 4 }, { NF_ROLE_MONTH, "月", 1, 12 },
        { NF_ROLE_DAY, "日", 1, 31 }, { NF_ROLE_HOUR, "时", 0, 24 }, { NF_ROLE_MINUTE, "分", 0, 59 }
    };
    size_t i = 0;
    double x;
    while (parts[i].role != role) i++;
    if (len > 3 && !memcmp(cell + len - 3, parts[i].sign, 3)) len -= 3;
    if (!nf_double_scan(cell, len, &x) || x != floor(x) || x < parts[i].lo || x > parts[i].hi) return false;
    *v = (int64_t)x;
    return true;
}
