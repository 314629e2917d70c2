/* standing.c - where a target stands: baseline, latest figure, completion, elapsed time and paces. */
#include "judge.h"
#include "real.h"
#include <math.h>

/* The figure of the base period; without one the last before it, else the first after. Without a base period the
 * first figure of the series. */
static size_t baseline_at(const nf_figures *f, nf_period base)
{
    size_t at = 0;
    if (nf_figure_find(f, base, &at) || nf_period_is_empty(base)) return at;
    double year = nf_figure_year(f, base);
    for (size_t i = 1; i < f->n && f->year[i] <= year; i++) at = i;
    return at;
}

/* A declared baseline value stands by itself; its period may be unknown. */
static void baseline(nf_ctx *c, nf_facts *x, nf_standing *at, const nf_case *k)
{
    const nf_target *t = k->target;
    x->base_year = x->asked_base_year = nf_figure_year(&x->figures, t->base);
    at->baseline_period = t->base;
    at->baseline = t->base_value;
    if (isfinite(t->base_value)) {
        nf_in_unit_of_series(c, &at->baseline, 1, k);                  /* a mismatch is the demand's fault to tell */
        return;
    }
    if (!x->figures.n) return;
    size_t i = baseline_at(&x->figures, t->base);
    at->baseline = x->figures.y[i];
    at->baseline_period = nf_figure_period(&x->figures, i);
    x->base_year = x->figures.year[i];
}

/* A pace may be counted from a neighbour of the base period; what is asked for may not. */
static double base_of_demand(const nf_figures *f, const nf_target *t, double baseline)
{
    size_t at;
    bool known = isfinite(t->base_value) || nf_period_is_empty(t->base) || nf_figure_find(f, t->base, &at);
    return known ? baseline : NAN;
}

static void pace_from(nf_facts *x, const nf_standing *at)
{
    const nf_figures *f = &x->figures;
    x->from = at->baseline;
    x->from_year = x->base_year;
    x->from_period = at->baseline_period;
    if (x->from_year < x->latest_year || f->n < 2) return;
    x->from = f->y[0];
    x->from_year = f->year[0];
    x->from_period = nf_figure_period(f, 0);
}

static double per_year(nf_freq f)
{
    static const double n[] = { [NF_YEAR] = 1, [NF_HALF] = 2, [NF_THIRD] = 3, [NF_QUARTER] = 4, [NF_MONTH] = 12,
                                [NF_WEEK] = 365.2425 / 7, [NF_DAY] = 365.2425, [NF_HOUR] = 8765.82,
                                    [NF_MINUTE] = 525949.2 };
    return n[f];
}

/* When the present pace arrives, within a century; empty where it leads away. */
static nf_period catch_up(const nf_facts *x, const nf_standing *at)
{
    double a = nf_ruler_on(x->ruler, x->from), b = nf_ruler_on(x->ruler, at->latest);
    double goal = nf_ruler_on(x->ruler, at->target), speed = (b - a) / (x->latest_year - x->from_year);
    double years = (goal - b) / speed;
    nf_period p = at->latest_period;
    if (!(years >= 0 && years <= 100)) return (nf_period){ 0, 0, 0 };
    int64_t step = x->figures.step;
    p.ord += step * (int64_t)ceil(years * per_year((nf_freq)p.freq) / (double)step - 1e-9);
    return p;
}

/* Completion means nothing where the baseline was at or beyond the goal. */
static double completion(const nf_demand *d, double base, double latest)
{
    return d->sense * (d->goal - base) > 0 ? (latest - base) / (d->goal - base) : NAN;
}

static void paces(nf_facts *x, nf_standing *at)
{
    const nf_demand *d = &x->demand;
    at->scale = x->ruler.scale;
    at->target = d->goal;
    at->completion = completion(d, at->baseline, at->latest);
    at->elapsed = (x->latest_year - x->base_year) / (x->due_year - x->base_year);
    if (!isfinite(at->elapsed)) at->elapsed = NAN;
    at->pace_actual = nf_pace(at->scale, x->from, at->latest, x->latest_year - x->from_year);
    at->pace_required = nf_pace(at->scale, at->latest, d->goal, x->due_year - x->latest_year);
    if (isfinite(at->pace_actual) && isfinite(d->goal)) at->catch_up = catch_up(x, at);
}

int nf_facts_of(nf_ctx *c, nf_facts *x, nf_standing *at, const nf_case *k)
{
    const nf_period none = { 0, 0, 0 };
    *at = (nf_standing){ none, none, NAN, NAN, NAN, NF_SCALE_LINEAR, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
                         NAN, NAN, none };
    int rc = nf_figures_of(c, &x->figures, k->series, k->target->due);
    if (rc < 0) return rc;
    const nf_figures *f = &x->figures;
    at->n = f->n;
    at->latest = f->n ? f->y[f->n - 1] : NAN;
    if (f->n) at->latest_period = nf_figure_period(f, f->n - 1);
    x->latest_year = f->n ? f->year[f->n - 1] : NAN;
    x->due_year = nf_figure_year(f, k->target->due);
    baseline(c, x, at, k);
    x->demand = nf_demand_of(c, k, base_of_demand(f, k->target, at->baseline), at->latest);
    x->ruler = nf_ruler_of(k->target, nf_case_unit(k), f, &x->demand, at->baseline);
    pace_from(x, at);
    paces(x, at);
    return NF_OK;
}

int nf_standing_of(nf_ctx *c, nf_standing *at, const nf_case *k)
{
    nf_facts x;
    size_t work = nf_scratch_mark(c);
    int rc = nf_facts_of(c, &x, at, k);
    nf_scratch_rewind(c, work);
    return rc;
}

bool nf_under_way(const nf_target *t, const nf_standing *at)
{
    return !nf_period_is_empty(t->base) && !nf_period_is_empty(at->latest_period)
        && nf_period_order(at->baseline_period, at->latest_period) < 0;
}
