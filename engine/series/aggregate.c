/* aggregate.c - series drawn together to longer periods, and cut down to seasons. */
#include "aggregate.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PERIODS = 1 << 24 };

static int refuse(nf_ctx *c, const nf_series *s, const char *why)
{
    return nf_fail(c, NF_EINVAL, "series '%s' %s", s->meta->key, why);
}

/* ---- seasons ---- */

static bool in_season(const nf_season *s, int64_t month)         /* month: 12 y + m */
{
    int m = (int)(month % 12) + 1;
    return !s || (s->from <= s->to ? m >= s->from && m <= s->to : m >= s->from || m <= s->to);
}

static int64_t month_of(nf_period p) { return nf_period_convert(p, NF_MONTH).ord; }

bool nf_season_has(const nf_season *s, nf_period p) { return in_season(s, month_of(p)); }

int nf_series_season(nf_ctx *c, nf_series *s, const nf_season *season)
{
    size_t n = s->t.n, k = 0;
    if (s->t.start.freq < NF_MONTH) return refuse(c, s, "has no months to make seasons of");
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    int64_t *ord = nf_alloc(c, n * sizeof *ord);
    int32_t *span = nf_alloc(c, n * sizeof *span);
    double *y = nf_alloc(c, n * sizeof *y);
    uint16_t *status = s->status ? nf_alloc(c, n * sizeof *status) : NULL;
    if (!meta || !ord || !span || !y || (s->status && !status)) return NF_ENOMEM;
    *meta = *s->meta;
    if (!(meta->key = nf_format(c, "%s:%s", s->meta->key, season->name))) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (!nf_season_has(season, p)) continue;
        ord[k] = p.ord;
        span[k] = p.span;
        y[k] = s->y[i];
        if (status) status[k] = s->status[i];
        k++;
    }
    nf_axis t = { .start = { k ? ord[0] : 0, s->t.start.freq, 1 }, .step = 1, .n = k, .ord = ord, .span = span };
    *s = (nf_series){ meta, t, y, status };
    return NF_OK;
}

/* ---- which longer period a month or day belongs to ---- */

typedef struct { nf_freq freq; const nf_season *season; } frame;

/* A season over the new year belongs to the year in which it ends: its months before then count a year on. */
static bool wraps(const frame *f) { return f->season && f->season->from > f->season->to && f->freq == NF_YEAR; }

static int64_t whole_of(const frame *f, nf_period p)
{
    int64_t month = wraps(f) ? month_of(p) : 0;
    return nf_period_convert(p, f->freq).ord + (wraps(f) && month % 12 + 1 >= f->season->from);
}

/* How many units of freq end in the seconds from begin to end. Both are whole minutes. */
static int64_t units_between(int64_t begin, int64_t end, nf_freq freq)
{
    nf_period before = { begin / 60 - 1, NF_MINUTE, 1 }, last = { end / 60 - 1, NF_MINUTE, 1 };
    last = nf_period_convert(last, freq);
    before = nf_period_convert(before, freq);
    return last.ord - (nf_period_end(last) > end) - before.ord + (nf_period_end(before) > begin);
}

/* How many units of the series the longer period holds in its season. */
static int64_t expected(const frame *f, int64_t whole, nf_freq unit)
{
    nf_period p = { whole, (int32_t)f->freq, 1 };
    int months = nf_freq_months(f->freq);
    if (!months && !nf_season_has(f->season, p)) return 0;
    if (!months || !f->season) return units_between(nf_period_begin(p), nf_period_end(p), unit);
    int64_t n = 0, first = whole * months - (wraps(f) ? 13 - f->season->from : 0);
    for (int64_t m = first; m < first + months; m++) {
        nf_period month = { m, NF_MONTH, 1 };
        if (in_season(f->season, m)) n += units_between(nf_period_begin(month), nf_period_end(month), unit);
    }
    return n;
}

/* ---- the series' own grid ---- */

/* The step of the grid that the series was sampled on. Where times are listed it is their common divisor, if at
 * least half of the steps are that; otherwise every unit was to be there. */
static int64_t grid(const nf_axis *t)
{
    int64_t step = nf_axis_grid(t);
    size_t single = 0;
    for (size_t i = 1; t->ord && i < t->n; i++) single += t->ord[i] - t->ord[i - 1] == step;
    return !t->ord || (t->n > 2 && 2 * single >= t->n - 1) ? step : 1;
}

/* How many units value i stands for: its span, or the grid's step if that is longer, but none counted twice. */
static int64_t covered(const nf_axis *t, size_t i, int64_t step)
{
    nf_period p = nf_axis_at(t, i);
    int64_t units = p.span > step ? p.span : step, gap = i ? p.ord - nf_axis_at(t, i - 1).ord : units;
    return units < gap ? units : gap;
}

/* ---- statistics ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, ascending);
    return n % 2 ? v[n / 2] : v[n / 2 - 1] / 2 + v[n / 2] / 2;
}

static double extreme(const double *v, size_t n, bool largest)
{
    double at = v[0];
    for (size_t i = 1; i < n; i++)
        if (largest ? v[i] > at : v[i] < at) at = v[i];
    return at;
}

static double statistic(nf_stat stat, double *v, size_t n)
{
    long double sum = 0;
    switch (stat) {
    case NF_COUNT:  return (double)n;
    case NF_FIRST:  return v[0];
    case NF_LAST:   return v[n - 1];
    case NF_MIN:    return extreme(v, n, false);
    case NF_MAX:    return extreme(v, n, true);
    case NF_MEDIAN: return median(v, n);
    case NF_SUM: case NF_MEAN: break;
    }
    for (size_t i = 0; i < n; i++) sum += v[i];
    return (double)(stat == NF_MEAN ? sum / (long double)n : sum);
}

/* ---- drawing together ---- */

typedef struct { double *v; size_t n; int64_t units; uint16_t status; } group;     /* values of one longer period */

static double conclude(const group *g, int64_t wanted, const nf_aggregate *a)
{
    if (a->stat == NF_COUNT) return (double)g->n;
    if (!g->n || (double)g->units < a->capture * (double)wanted) return NAN;
    double y = statistic(a->stat, g->v, g->n);
    return isfinite(y) ? y : NAN;
}

/* The group of longer period `whole`, its values from *i on. */
static void gather(group *g, const nf_series *s, const frame *f, int64_t whole, int64_t step, size_t *i)
{
    g->n = 0;
    g->units = 0;
    g->status = 0;
    for (; *i < s->t.n; ++*i) {
        nf_period p = nf_axis_at(&s->t, *i);
        if (whole_of(f, p) != whole) return;
        if (!nf_season_has(f->season, p) || !isfinite(s->y[*i])) continue;
        g->v[g->n++] = s->y[*i];
        g->units += covered(&s->t, *i, step);
        g->status |= s->status ? s->status[*i] : 0;
    }
}

static bool made_of(nf_freq whole, nf_freq part)
{
    int months = nf_freq_months(whole), of = nf_freq_months(part);
    if (months && of) return months % of == 0;
    return whole <= part;
}

static int check(nf_ctx *c, const nf_series *s, const nf_aggregate *a)
{
    nf_freq own = (nf_freq)s->t.start.freq;
    if (own == NF_NUMBER) return refuse(c, s, "has plain numbers for times: there is no calendar to aggregate by");
    if (made_of(a->freq, own)) return NF_OK;
    return nf_fail(c, NF_EINVAL, "series '%s' comes by %s: that does not make up a %s", s->meta->key, nf_freq_name(own),
                   nf_freq_name(a->freq));
}

static nf_meta *meta_of(nf_ctx *c, const nf_series *s, const nf_aggregate *a)
{
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    if (!meta) return NULL;
    *meta = *s->meta;
    meta->formula = a->rule;
    if (a->stat == NF_COUNT) meta->unit = "1";
    return meta;
}

int nf_series_aggregate(nf_ctx *c, nf_series *s, const nf_aggregate *a, const nf_season *season)
{
    frame f = { a->freq, season };
    int rc = check(c, s, a);
    if (rc) return rc;
    size_t n = s->t.n, k = 0, i = 0, mark = nf_scratch_mark(c);
    int64_t first = n ? whole_of(&f, nf_axis_at(&s->t, 0)) : 0, last = n ? whole_of(&f, nf_axis_at(&s->t, n - 1)) : -1;
    if (last - first >= MOST_PERIODS) return refuse(c, s, "is too long to be aggregated by so short a period");
    size_t room = (size_t)(last - first + 1);
    group g = { .v = nf_scratch(c, n * sizeof *g.v) };
    nf_meta *meta = meta_of(c, s, a);
    int64_t *ord = nf_alloc(c, room * sizeof *ord), step = grid(&s->t);
    double *y = nf_alloc(c, room * sizeof *y);
    uint16_t *status = s->status ? nf_alloc(c, room * sizeof *status) : NULL;
    if (!g.v || !meta || !ord || !y || (s->status && !status)) return NF_ENOMEM;
    for (int64_t whole = first; whole <= last; whole++) {
        gather(&g, s, &f, whole, step, &i);
        int64_t wanted = expected(&f, whole, (nf_freq)s->t.start.freq);
        if (!wanted) continue;
        ord[k] = whole;
        y[k] = conclude(&g, wanted, a);
        if (status)
            status[k] = a->stat == NF_COUNT ? (uint16_t)(g.status & (NF_STATUS_BITS - NF_BELOW_LIMIT)) : g.status;
        k++;
    }
    nf_scratch_rewind(c, mark);
    nf_axis t = { .start = { k ? ord[0] : 0, (int32_t)a->freq, 1 }, .step = 1, .n = k, .ord = k == room ? NULL : ord };
    *s = (nf_series){ meta, t, y, status };
    return NF_OK;
}
