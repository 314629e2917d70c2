/* aggregate.c - one series cut to a season, or drawn together to longer periods with a rule for gaps.
 *
 * Capture counts against the calendar: the units of the series' own frequency that are there, over those that the
 * longer period (and the season) has. What falls short is missing, never a mean of what happened to be there. */
#include "pick.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static nf_period at_last(nf_freq f, int64_t ord) { return (nf_period){ ord, (int32_t)f, 1 }; }

bool nf_season_has(const nf_season *s, nf_period p)
{
    if (!s) return true;
    int month = (int)(nf_period_convert(p, NF_MONTH).ord % 12) + 1;
    return s->from <= s->to ? month >= s->from && month <= s->to : month >= s->from || month <= s->to;
}

static int refuse(nf_ctx *c, const nf_series *s, const char *why)
{
    return nf_fail(c, NF_EINVAL, "series '%s' %s", s->meta->key, why);
}

/* An explicit axis of the same frequency with room for n periods. */
typedef struct { int64_t *ord; int32_t *span; double *y; uint8_t *status; } room;

static bool room_of(nf_ctx *c, room *r, size_t n)
{
    *r = (room){ nf_alloc(c, n * sizeof *r->ord), nf_alloc(c, n * sizeof *r->span), nf_alloc(c, n * sizeof *r->y),
                 nf_alloc(c, n) };
    return r->ord && r->span && r->y && r->status;
}

static void settle(nf_series *s, const nf_meta *meta, const room *r, size_t n, int32_t freq)
{
    nf_axis t = { .start = { n ? r->ord[0] : 0, freq, 1 }, .step = 1, .n = n, .ord = r->ord, .span = r->span };
    *s = (nf_series){ meta, t, r->y, r->status };
}

static nf_meta *meta_like(nf_ctx *c, const nf_meta *m)
{
    nf_meta *copy = nf_alloc(c, sizeof *copy);
    if (copy) *copy = *m;
    return copy;
}

int nf_pick_season(nf_ctx *c, nf_series *s, const nf_season *season)
{
    room r;
    size_t n = 0;
    nf_meta *meta = meta_like(c, s->meta);
    if (s->t.start.freq < NF_MONTH) return refuse(c, s, "has no months to make seasons of");
    if (!meta || !room_of(c, &r, s->t.n) || !(meta->key = nf_format(c, "%s:%s", s->meta->key, season->name)))
        return NF_ENOMEM;
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (!nf_season_has(season, p)) continue;
        r.ord[n] = p.ord;
        r.span[n] = p.span;
        r.y[n] = s->y[i];
        r.status[n++] = s->status ? s->status[i] : 0;
    }
    settle(s, meta, &r, n, s->t.start.freq);
    return NF_OK;
}

/* Units of freq between two instants. */
static int64_t units(int64_t begin, int64_t end, nf_freq freq)
{
    nf_period last = { (end - 60) / 60, NF_MINUTE, 1 }, before = { (begin - 60) / 60, NF_MINUTE, 1 };
    return nf_period_convert(last, freq).ord - nf_period_convert(before, freq).ord;
}

static int64_t expected(nf_period whole, nf_freq unit, const nf_season *season)
{
    int64_t n = 0, begin = nf_period_begin(whole), end = nf_period_end(whole);
    if (!season || whole.freq > NF_MONTH) return units(begin, end, unit);
    int64_t first = nf_period_convert(at_last(NF_MINUTE, begin / 60), NF_MONTH).ord;
    for (nf_period m = at_last(NF_MONTH, first); nf_period_begin(m) < end; m.ord++)
        if (nf_season_has(season, m)) n += units(nf_period_begin(m), nf_period_end(m), unit);
    return n;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double statistic(const char *stat, double *v, size_t n)
{
    double sum = 0;
    if (!strcmp(stat, "count")) return (double)n;
    if (!n) return NAN;
    if (!strcmp(stat, "first")) return v[0];
    if (!strcmp(stat, "last")) return v[n - 1];
    for (size_t i = 0; i < n; i++) sum += v[i];
    if (!strcmp(stat, "sum")) return sum;
    if (!strcmp(stat, "mean")) return sum / (double)n;
    qsort(v, n, sizeof *v, ascending);
    if (!strcmp(stat, "min")) return v[0];
    if (!strcmp(stat, "max")) return v[n - 1];
    return n % 2 ? v[n / 2] : v[n / 2 - 1] / 2 + v[n / 2] / 2;
}

typedef struct { double *v; size_t n; int64_t there; uint8_t status; } group;

static double conclude(const group *g, nf_period whole, nf_freq unit, const nf_pick *p, const nf_season *season)
{
    int64_t wanted = expected(whole, unit, season);
    if ((double)g->there < p->capture * (double)wanted && strcmp(p->stat, "count")) return NAN;
    double y = statistic(p->stat, g->v, g->n);
    return isfinite(y) ? y : NAN;
}

int nf_pick_aggregate(nf_ctx *c, nf_series *s, const nf_pick *p, const nf_season *season)
{
    room r;
    size_t n = 0;
    nf_freq unit = (nf_freq)s->t.start.freq;
    nf_meta *meta = meta_like(c, s->meta);
    group g = { nf_alloc(c, s->t.n * sizeof *g.v), 0, 0, 0 };
    if (unit == NF_NUMBER) return refuse(c, s, "has plain numbers for times: no calendar to aggregate by");
    if (p->freq > unit) return refuse(c, s, "is coarser than --aggregate asks for");
    if (!meta || !g.v || !room_of(c, &r, s->t.n)) return NF_ENOMEM;
    meta->formula = p->rule;
    if (!strcmp(p->stat, "count")) meta->unit = "1";
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period one = nf_axis_at(&s->t, i), whole = nf_period_convert(one, p->freq);
        if (isfinite(s->y[i])) {
            g.v[g.n++] = s->y[i];
            g.there += one.span;
        }
        g.status |= s->status ? s->status[i] : 0;
        if (i + 1 < s->t.n && nf_period_convert(nf_axis_at(&s->t, i + 1), p->freq).ord == whole.ord) continue;
        r.ord[n] = whole.ord;
        r.span[n] = 1;
        r.y[n] = conclude(&g, whole, unit, p, season);
        r.status[n++] = g.status;
        g.n = 0;
        g.there = 0;
        g.status = 0;
    }
    settle(s, meta, &r, n, (int32_t)p->freq);
    return NF_OK;
}
