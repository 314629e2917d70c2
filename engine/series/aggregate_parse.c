/* aggregate_parse.c - "month:mean:75%" and "wet=5-11,dry=12-4", understood or refused with the nearest word. */
#include "aggregate.h"
#include "registry.h"
#include <string.h>

static const char *const stats[] = {
    [NF_MEAN] = "mean", [NF_SUM] = "sum", [NF_MIN] = "min", [NF_MAX] = "max", [NF_MEDIAN] = "median",
    [NF_FIRST] = "first", [NF_LAST] = "last", [NF_COUNT] = "count",
};
enum { STATS = sizeof stats / sizeof *stats };

bool nf_stat_find(const char *name, nf_stat *out)
{
    for (int i = 0; i < STATS; i++)
        if (!strcmp(stats[i], name)) return *out = (nf_stat)i, true;
    return false;
}

static int unknown(nf_ctx *c, const char *what, const char *word, const char *const *list, size_t n, const char *all)
{
    const char *near = nf_nearest(word, list, n);
    nf_fail(c, NF_EINVAL, "'%s' is no %s to aggregate by", word, what);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "%s", all);
}

/* "75%" or "0.75": the share of the calendar's units that must be there. */
static int parse_capture(nf_ctx *c, double *out, const char *text)
{
    size_t n = strlen(text);
    bool percent = n && text[n - 1] == '%';
    if (nf_double_scan(text, n - percent, out)) {
        if (percent) *out /= 100;
        if (*out >= 0 && *out <= 1) return NF_OK;
    }
    nf_fail(c, NF_EINVAL, "'%s' is no capture", text);
    return nf_hint(c, "a share of the calendar, as 75%%");
}

int nf_aggregate_parse(nf_ctx *c, nf_aggregate *out, const char *text)
{
    static const char *const freqs[] = { "year", "half", "third", "quarter", "month", "week", "day", "hour", "minute" };
    char *part[3] = { nf_strdup(c, text) };
    nf_aggregate a = { .stat = NF_MEAN, .rule = nf_strdup(c, text) };
    if (!part[0] || !a.rule) return NF_ENOMEM;
    for (int i = 1; i < 3 && part[i - 1]; i++)
        if ((part[i] = strchr(part[i - 1], ':'))) *part[i]++ = '\0';
    if (!nf_freq_find(part[0], &a.freq) || a.freq == NF_NUMBER)
        return unknown(c, "frequency", part[0], freqs, 9, "year quarter month week day hour");
    if (part[1] && !nf_stat_find(part[1], &a.stat))
        return unknown(c, "statistic", part[1], stats, STATS, "mean sum min max median first last count");
    a.capture = a.stat == NF_SUM ? 1 : 0.75;
    int rc = part[2] ? parse_capture(c, &a.capture, part[2]) : NF_OK;
    if (!rc) *out = a;
    return rc;
}

/* ---- seasons ---- */

static bool month(const char **s, int *m)
{
    *m = 0;
    for (int n = 0; n < 2 && **s >= '0' && **s <= '9'; n++) *m = *m * 10 + *(*s)++ - '0';
    return *m >= 1 && *m <= 12;
}

static bool one_season(nf_ctx *c, nf_season *out, const char **s)
{
    size_t n = strcspn(*s, "=,");
    const char *from = *s;
    if (!n || from[n] != '=') return false;
    *s += n + 1;
    if (!month(s, &out->from) || *(*s)++ != '-' || !month(s, &out->to) || (**s && **s != ',')) return false;
    return (out->name = nf_strndup(c, from, n)) != NULL;
}

int nf_seasons_parse(nf_ctx *c, const nf_season **out, size_t *n, const char *text)
{
    size_t k = 0, room = 1;
    for (const char *s = text; *s; s++) room += *s == ',';
    nf_season *season = nf_alloc(c, room * sizeof *season);
    if (!season) return NF_ENOMEM;
    for (const char *s = text; k < room; k++, s += *s == ',') {
        if (one_season(c, &season[k], &s)) continue;
        nf_fail(c, NF_EINVAL, "'%s' are no seasons", text);
        return nf_hint(c, "NAME=FROM-TO in months, as wet=5-11,dry=12-4");
    }
    *out = season;
    *n = k;
    return NF_OK;
}
