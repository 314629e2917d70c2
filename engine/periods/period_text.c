/* period_text.c - periods and instants as canonical text, the names of frequencies. */
#include "calendar.h"
#include <string.h>

static char *digits(char *p, int64_t v, int width)
{
    for (uint32_t u = (uint32_t)v; width-- > 0; u /= 10) p[width] = (char)('0' + u % 10);
    return p;
}

static char *two(char *p, int64_t v) { return digits(p, v, 2) + 2; }
static char *four(char *p, int64_t v) { return digits(p, v, 4) + 4; }

static char *plain(char *p, int64_t v)
{
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    char back[20];
    int n = 0;
    if (v < 0) *p++ = '-';
    do back[n++] = (char)('0' + u % 10); while (u /= 10);
    while (n) *p++ = back[--n];
    return p;
}

static char *date(char *p, int64_t day)
{
    int64_t year;
    int month, of_month;
    nf_civil_of_day(day, &year, &month, &of_month);
    p = four(p, year);
    *p++ = '-';
    p = two(p, month);
    *p++ = '-';
    return two(p, of_month);
}

static char *part(char *p, int64_t ord, int per_year, const char *letter, int width)
{
    p = four(p, ord / per_year);
    while (*letter) *p++ = *letter++;
    return digits(p, ord % per_year + 1, width) + width;
}

/* The ISO year is the year of the week's Thursday. */
static char *week(char *p, int64_t monday)
{
    int64_t year;
    int month, day;
    nf_civil_of_day(monday + 3, &year, &month, &day);
    p = four(p, year);
    *p++ = '-';
    *p++ = 'W';
    return two(p, (monday + 3 - nf_day_of_civil(year, 1, 1)) / 7 + 1);
}

static char *first_unit(char *p, nf_period u)
{
    int64_t begin = u.freq == NF_NUMBER ? 0 : nf_period_begin(u), of_day = (begin % 86400 + 86400) % 86400;
    int64_t day = (begin - of_day) / 86400;
    switch (u.freq) {
    case NF_YEAR:    return four(p, u.ord);
    case NF_HALF:    return part(p, u.ord, 2, "-S", 1);
    case NF_THIRD:   return part(p, u.ord, 3, "-T", 1);
    case NF_QUARTER: return part(p, u.ord, 4, "-Q", 1);
    case NF_MONTH:   return part(p, u.ord, 12, "-", 2);
    case NF_WEEK:    return week(p, day);
    case NF_NUMBER:  return plain(p, u.ord);
    default:         break;
    }
    p = date(p, day);
    if (u.freq == NF_DAY) return p;
    *p++ = 'T';
    p = two(p, of_day / 3600);
    if (u.freq == NF_HOUR) return p;
    *p++ = ':';
    return two(p, of_day / 60 % 60);
}

/* The length as ISO 8601 has it; the form of the first unit tells the frequency. */
static char *length(char *p, nf_period t)
{
    static const struct { const char *before; int64_t each; char letter; } unit[] = {
        [NF_NUMBER] = { "", 1, 0 }, [NF_YEAR] = { "/P", 1, 'Y' }, [NF_HALF] = { "/P", 6, 'M' },
        [NF_THIRD] = { "/P", 4, 'M' },
        [NF_QUARTER] = { "/P", 3, 'M' }, [NF_MONTH] = { "/P", 1, 'M' }, [NF_WEEK] = { "/P", 1, 'W' },
        [NF_DAY] = { "/P", 1, 'D' }, [NF_HOUR] = { "/PT", 1, 'H' }, [NF_MINUTE] = { "/PT", 1, 'M' },
    };
    for (const char *s = unit[t.freq].before; *s; s++) *p++ = *s;
    p = plain(p, t.span * unit[t.freq].each);
    *p++ = unit[t.freq].letter;
    return p;
}

size_t nf_period_text(char out[48], nf_period t)
{
    char *p = out;
    if (nf_period_exists(t)) {
        p = first_unit(p, (nf_period){ t.freq == NF_NUMBER ? t.ord : t.ord - t.span + 1, t.freq, 1 });
        if (t.span > 1 && t.freq != NF_NUMBER) p = length(p, t);
    }
    *p = '\0';
    return (size_t)(p - out);
}

size_t nf_instant_text(char out[32], int64_t seconds)
{
    char *p = out;
    int64_t of_day = (seconds % 86400 + 86400) % 86400, day = (seconds - of_day) / 86400;
    if (seconds >= -62135596800 && seconds < 253402300800) {      /* the years 1 to 9999 */
        p = date(p, day);
        *p++ = 'T';
        p = two(p, of_day / 3600);
        *p++ = ':';
        p = two(p, of_day / 60 % 60);
        *p++ = ':';
        p = two(p, of_day % 60);
        *p++ = 'Z';
    }
    *p = '\0';
    return (size_t)(p - out);
}

/* ---- frequencies ---- */

/* The name, its adverb, and the code that statistical offices give it (SDMX CL_FREQ). */
static const struct { const char *name, *adverb, *code; } freqs[] = {
    [NF_NUMBER] = { "number", "plain", "" }, [NF_YEAR] = { "year", "annual", "A" },
    [NF_HALF] = { "half", "half-yearly", "S" },
    [NF_THIRD] = { "third", "four-monthly", "T" }, [NF_QUARTER] = { "quarter", "quarterly", "Q" },
    [NF_MONTH] = { "month", "monthly", "M" }, [NF_WEEK] = { "week", "weekly", "W" }, [NF_DAY] = { "day", "daily", "D" },
    [NF_HOUR] = { "hour", "hourly", "H" }, [NF_MINUTE] = { "minute", "minutely", "N" },
};

const char *nf_freq_name(nf_freq f) { return f >= NF_NUMBER && f <= NF_MINUTE ? freqs[f].name : ""; }

bool nf_freq_find(const char *name, nf_freq *out)
{
    for (int f = *name ? NF_NUMBER : NF_MINUTE + 1; f <= NF_MINUTE; f++)
        if (!strcmp(name, freqs[f].name) || !strcmp(name, freqs[f].adverb) || !strcmp(name, freqs[f].code)) {
            *out = (nf_freq)f;
            return true;
        }
    return false;
}
