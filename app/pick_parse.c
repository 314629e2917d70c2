/* pick_parse.c - the texts of --where --from --to --aggregate --seasons, understood or refused. */
#include "pick.h"
#include <math.h>
#include <string.h>

static int where(nf_ctx *c, nf_pick *p, const char *text)
{
    static const char *const keys[] = { "place", "quantity", "dataset", "unit" };
    const char *equals = strchr(text, '=');
    if (!equals) {
        nf_fail(c, NF_EINVAL, "--where needs KEY=VALUE, not '%s'", text);
        return nf_hint(c, "place=Shijiazhuang");
    }
    p->where_key = nf_strndup(c, text, (size_t)(equals - text));
    p->where_value = equals + 1;
    if (!p->where_key) return NF_ENOMEM;
    for (size_t i = 0; i < 4; i++)
        if (!strcmp(keys[i], p->where_key)) return NF_OK;
    const char *near = nf_nearest(p->where_key, keys, 4);
    int rc = nf_fail(c, NF_EINVAL, "--where knows no '%s'", p->where_key);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "place, quantity, dataset or unit") : rc;
}

/* A period, and the number it may be where the axis is plain numbers. */
static int bound(nf_ctx *c, nf_period *period, double *number, const char *text, const char *option)
{
    bool is_number = nf_double_scan(text, strlen(text), number);
    if (nf_period_scan(period, text, strlen(text), NF_ORDER_UNKNOWN)) return NF_OK;
    if (is_number) return *period = (nf_period){ 0 }, NF_OK;
    int rc = nf_period_parse(c, period, text, NF_ANY, NF_ORDER_UNKNOWN);
    return rc ? nf_at(c, option, 0, 0) : NF_OK;
}

static int frequency(nf_ctx *c, nf_pick *p, const char *name)
{
    static const char *const names[] = { "year", "half", "third", "quarter", "month", "week", "day", "hour" };
    if (nf_freq_find(name, &p->freq) && p->freq != NF_NUMBER) return NF_OK;
    const char *near = nf_nearest(name, names, 8);
    int rc = nf_fail(c, NF_EINVAL, "--aggregate knows no frequency '%s'", name);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "year quarter month week day hour") : rc;
}

static int statistic(nf_ctx *c, nf_pick *p, const char *name)
{
    static const char *const names[] = { "mean", "sum", "min", "max", "median", "first", "last", "count" };
    for (size_t i = 0; i < 8; i++)
        if (!strcmp(names[i], name)) return p->stat = names[i], NF_OK;
    const char *near = nf_nearest(name, names, 8);
    int rc = nf_fail(c, NF_EINVAL, "--aggregate knows no statistic '%s'", name);
    return near ? nf_hint(c, "did you mean '%s'?", near)
                : rc ? nf_hint(c, "mean sum min max median first last count") : rc;
}

/* "75%" or "0.75": the share of the calendar's units that must be there. */
static int capture(nf_ctx *c, nf_pick *p, const char *text)
{
    size_t n = strlen(text);
    bool percent = n && text[n - 1] == '%';
    if (nf_double_scan(text, n - percent, &p->capture)) {
        if (percent) p->capture /= 100;
        if (p->capture >= 0 && p->capture <= 1) return NF_OK;
    }
    nf_fail(c, NF_EINVAL, "--aggregate: '%s' is no capture", text);
    return nf_hint(c, "a share of the calendar, as 75%%");
}

static int aggregate(nf_ctx *c, nf_pick *p, const char *text)
{
    char *part[3] = { nf_strdup(c, text), NULL, NULL };
    for (int i = 1; i < 3 && part[i - 1]; i++)
        if ((part[i] = strchr(part[i - 1], ':'))) *part[i]++ = 0;
    if (!part[0]) return NF_ENOMEM;
    p->aggregate = true;
    p->rule = text;
    p->capture = 0.75;
    int rc = frequency(c, p, part[0]);
    if (!rc) rc = statistic(c, p, part[1] ? part[1] : "mean");
    return rc || !part[2] ? rc : capture(c, p, part[2]);
}

static int one_season(nf_ctx *c, nf_season *s, const char *text)
{
    const char *equals = strchr(text, '='), *dash = equals ? strchr(equals, '-') : NULL;
    double from, to;
    size_t n = strlen(text);
    if (equals && equals > text && dash && nf_double_scan(equals + 1, (size_t)(dash - equals - 1), &from)
        && nf_double_scan(dash + 1, n - (size_t)(dash + 1 - text), &to)
        && from >= 1 && from <= 12 && to >= 1 && to <= 12 && from == floor(from) && to == floor(to)) {
        *s = (nf_season){ nf_strndup(c, text, (size_t)(equals - text)), (int)from, (int)to };
        return s->name ? NF_OK : NF_ENOMEM;
    }
    nf_fail(c, NF_EINVAL, "--seasons: '%s' is no season", text);
    return nf_hint(c, "NAME=FROM-TO in months, as wet=5-11,dry=12-4");
}

static int seasons(nf_ctx *c, nf_pick *p, const char *text)
{
    const char **part;
    int rc = nf_names_split(c, text, &part, &p->n_season);
    nf_season *s = rc ? NULL : nf_alloc(c, p->n_season * sizeof *s);
    if (!rc && !s) rc = NF_ENOMEM;
    for (size_t i = 0; i < p->n_season && !rc; i++) rc = one_season(c, &s[i], part[i]);
    p->season = s;
    return rc;
}

int nf_pick_parse(nf_ctx *c, nf_pick *p, const struct nf_selection *s)
{
    *p = (nf_pick){ .from_number = -INFINITY, .to_number = INFINITY };
    int rc = s->where ? where(c, p, s->where) : NF_OK;
    if (!rc && s->from) rc = bound(c, &p->from, &p->from_number, s->from, "--from");
    if (!rc && s->to) rc = bound(c, &p->to, &p->to_number, s->to, "--to");
    if (!rc && s->aggregate) rc = aggregate(c, p, s->aggregate);
    if (!rc && s->seasons) rc = seasons(c, p, s->seasons);
    return rc;
}
