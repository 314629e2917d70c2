/* period_parse.c - a period from any text that says exactly one: tidied, read, fitted to what is wanted. */
#include "period_scan.h"
#include <string.h>

enum { ROOM = 96 };

/* ---- tidying: full-width signs to half-width, every dash to '-', blanks off both ends ---- */

/* The ASCII sign that a character of three bytes stands for, or 0. */
static char half_width(const unsigned char *s)
{
    static const struct { const char *wide; char sign; } others[] = {
        { "\u3000", ' ' }, { "\u2010", '-' }, { "\u2011", '-' }, { "\u2012", '-' }, { "\u2013", '-' },
        { "\u2014", '-' }, { "\u2015", '-' }, { "\u301c", '-' }, { "\u2212", '-' }, { "至", '-' }, { "到", '-' },
    };
    unsigned u = (unsigned)((s[0] & 15) << 12 | (s[1] & 63) << 6 | (s[2] & 63));
    if (u >= 0xff01 && u <= 0xff5e) return u == 0xff5e ? '-' : (char)(u - 0xfee0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!memcmp(s, others[i].wide, 3)) return others[i].sign;
    return 0;
}

static bool tidy(char out[ROOM], const char *text)
{
    size_t n = 0;
    for (const unsigned char *s = (const unsigned char *)text; *s; n++) {
        if (n + 4 > ROOM) return false;
        char sign = 0;
        size_t taken = 1;
        if (s[0] == 0xc2 && s[1] == 0xa0) sign = ' ', taken = 2;
        else if (s[0] >> 4 == 14 && s[1] >> 6 == 2 && s[2] >> 6 == 2 && (sign = half_width(s))) taken = 3;
        else sign = *s == '~' ? '-' : (char)*s;
        out[n] = sign;
        s += taken;
    }
    while (n && (out[n - 1] == ' ' || out[n - 1] == '\t')) n--;
    out[n] = '\0';
    size_t blanks = strspn(out, " \t");
    memmove(out, out + blanks, n - blanks + 1);
    return true;
}

/* ---- fitting ---- */

/* A month, a date or a time that opens or closes a unit of the wanted frequency is taken for it: 2024-03-01
 * where a month is wanted, 00:00 where a day is. Anything else would be guessing. */
static bool fit(nf_period *p, nf_freq want)
{
    if (p->freq == (int)want) return true;
    if (p->freq < (int)want || p->freq < NF_MONTH || p->freq == NF_WEEK) return false;
    nf_period unit = nf_period_convert(*p, want);
    if (nf_period_begin(unit) != nf_period_begin(*p) && nf_period_end(unit) != nf_period_end(*p)) return false;
    if (nf_period_begin(unit) > nf_period_begin(*p)) return false;
    *p = unit;
    return true;
}

/* 2010/11 and 2015-16 are fiscal years or months: only what is wanted can tell. */
static bool two_years(nf_period *out, const char *s, int want)
{
    int64_t v = 0;
    if (strlen(s) != 7 || (s[4] != '/' && s[4] != '-') || (want != NF_YEAR && want != NF_MONTH)) return false;
    for (int i = 0; i < 7; i++) {
        if (i == 4) continue;
        if (s[i] < '0' || s[i] > '9') return false;
        v = v * 10 + (s[i] - '0');
    }
    int64_t year = v / 100, k = v % 100;
    if (want == NF_YEAR) return k == (year + 1) % 100 && !nf_period_in_year(out, year, NF_YEAR, 1);
    return !nf_period_in_year(out, year, NF_MONTH, k);
}

static int row_number(nf_ctx *c, nf_period *out, const char *s)
{
    uint64_t v = 0;
    bool minus = *s == '-';
    const char *p = s + minus;
    for (; *p >= '0' && *p <= '9'; p++) {
        if (v > ((uint64_t)INT64_MAX - 9) / 10) return nf_fail(c, NF_EDATA, "'%s' is too large", s);
        v = v * 10 + (uint64_t)(*p - '0');
    }
    if (*p || p == s + minus) return nf_fail(c, NF_EDATA, "'%s' is not a whole number", s);
    *out = (nf_period){ minus ? -(int64_t)v : (int64_t)v, NF_NUMBER, 1 };
    return NF_OK;
}

static int refuse(nf_ctx *c, const char *text, const char *why)
{
    if (*why) return nf_fail(c, NF_EDATA, "'%s' is not a period: %s", text, why);
    nf_fail(c, NF_EDATA, "'%s' is not a period", text);
    return nf_hint(c, "write 2024, 2024-Q1, 2024-03, 2024-03-01 or 2024-03-01T13:00");
}

int nf_period_parse(nf_ctx *c, nf_period *out, const char *text, int want, nf_date_order order)
{
    char s[ROOM];
    nf_period p;
    if (!tidy(s, text)) return refuse(c, "a text of over 90 bytes", "");
    if (want == NF_NUMBER) return row_number(c, out, s);
    if (two_years(out, s, want)) return NF_OK;
    const char *why = nf_period_scan_why(&p, s, strlen(s), order);
    if (why && !*why) why = nf_period_words(&p, s);
    if (why) return refuse(c, text, why);
    if (want != NF_ANY && !fit(&p, (nf_freq)want))
        return nf_fail(c, NF_EDATA, "'%s' is a %s, where a %s is needed", text, nf_freq_name((nf_freq)p.freq),
                       nf_freq_name((nf_freq)want));
    *out = p;
    return NF_OK;
}

bool nf_period_ends_day(const char *text)
{
    char s[ROOM];
    nf_period day;
    if (!tidy(s, text)) return false;
    size_t date = strcspn(s, "T ");
    const char *time = s + date + strspn(s + date, "T ");
    if (strncmp(time, "24", 2) || (time[2] && time[2] != ':')) return false;
    return nf_period_scan(&day, s, date, NF_ORDER_DMY) || nf_period_scan(&day, s, date, NF_ORDER_MDY);
}

int nf_known_parse(nf_ctx *c, int64_t *out, const char *text)
{
    char s[ROOM];
    nf_period p = { 0 };
    if (tidy(s, text) && nf_instant_scan(out, s, strlen(s))) return NF_OK;
    int rc = nf_period_parse(c, &p, text, NF_ANY, NF_ORDER_UNKNOWN);
    if (rc) return rc;
    *out = p.freq == NF_MINUTE && p.span == 1 ? nf_period_begin(p) : nf_period_end(p);
    return NF_OK;
}

/* ---- the order of day and month, decided by a column ---- */

/* "25/12/2024..." says day first, "12/25/2024" month first, "05/06/2024" nothing. */
nf_date_order nf_date_order_vote(nf_date_order so_far, const char *text)
{
    int part[3] = { 0 }, width[3] = { 0 }, k = 0;
    const char *s = text + strspn(text, " \t");
    for (char sep = 0; *s && k < 3; s++) {
        if (*s >= '0' && *s <= '9' && width[k] < 4) part[k] = part[k] * 10 + (*s - '0'), width[k]++;
        else if (width[k] && k < 2 && (*s == '/' || *s == '-' || *s == '.') && (!sep || *s == sep)) sep = *s, k++;
        else break;
    }
    if (so_far == NF_ORDER_CONFLICT || !width[0]) return so_far;
    if (width[0] == 4) return so_far == NF_ORDER_UNKNOWN ? NF_ORDER_YMD : so_far;
    if (k < 2 || width[0] > 2 || width[1] > 2 || width[2] != 4) return so_far;
    bool day_first = part[0] > 12 && part[1] <= 12, month_first = part[1] > 12 && part[0] <= 12;
    if (!day_first && !month_first) return so_far;
    nf_date_order says = day_first ? NF_ORDER_DMY : NF_ORDER_MDY;
    return so_far == NF_ORDER_DMY + NF_ORDER_MDY - says ? NF_ORDER_CONFLICT : says;
}
