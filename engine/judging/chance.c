/* chance.c - the chance of reaching a target: the damped local linear trend, and a random walk beside it. */
#include "judge.h"
#include "real.h"
#include <math.h>

/* Beyond this many steps, in gaps and ahead together, nothing sensible can be said (and time would run away). */
enum { STEPS_MAX = 1000000 };

static int64_t steps_between(const nf_figures *f, size_t a, size_t b) { return (f->ord[b] - f->ord[a]) / f->step; }

static bool constant(const nf_figures *f)
{
    for (size_t i = 1; i < f->n; i++)
        if (f->y[i] != f->y[0]) return false;
    return true;
}

static nf_status status_of(const nf_figures *f, int64_t steps)
{
    if (f->n < 3) return f->n ? NF_TOO_FEW : NF_ALL_MISSING;
    if (f->of->t.start.freq == NF_NUMBER || steps < 1) return NF_NOT_APPLICABLE;
    return steps + steps_between(f, 0, f->n - 1) > STEPS_MAX ? NF_NOT_APPLICABLE : NF_FINE;
}

int nf_forecast_of(nf_ctx *c, nf_forecast *o, const nf_figures *f, nf_ruler ruler, int64_t steps, bool under_way)
{
    o->ruler = ruler;
    o->spread = false;
    o->status = status_of(f, steps);
    if (o->status != NF_FINE) return NF_OK;
    double *y = nf_scratch(c, f->n * sizeof *y);
    int64_t *gap = nf_scratch(c, f->n * sizeof *gap);
    if (!y || !gap) return NF_ENOMEM;
    for (size_t i = 0; i < f->n; i++) {
        y[i] = nf_ruler_on(ruler, f->y[i]);
        gap[i] = i ? steps_between(f, i - 1, i) : 1;
    }
    o->constant = f->y[f->n - 1];
    o->spread = !constant(f) && nf_lattice_predict(&o->mixture, under_way, y, gap, f->n, steps);
    if (!o->spread) o->status = NF_CONSTANT;
    return NF_OK;
}

static double above(const nf_forecast *o, double bound)
{
    double z = nf_ruler_on(o->ruler, bound);
    return z == -INFINITY ? 1 : z == INFINITY ? 0 : nf_mixture_upper(&o->mixture, z);
}

double nf_forecast_within(const nf_forecast *o, double lo, double hi)
{
    if (o->status == NF_CONSTANT) return o->constant >= lo && o->constant <= hi;
    if (o->status != NF_FINE) return NAN;
    double p = above(o, lo) - above(o, hi);
    return p > 0 ? p : 0;
}

double nf_forecast_at(const nf_forecast *o, double p)
{
    if (o->status == NF_CONSTANT) return o->constant;
    return o->status == NF_FINE ? nf_ruler_off(o->ruler, nf_mixture_quantile(&o->mixture, p)) : NAN;
}

/* Drift since the baseline, spread of the steps about the whole series' drift:
 * y_H ~ t_{n-2}(y + H m, s2 (H + H^2 / k)), m = (y - base) / k, s2 = sum((dy - m' g)^2 / g) / (n - 2). */
double nf_walk_within(const nf_figures *f, nf_ruler r, int64_t steps, double base, int64_t k, double lo, double hi)
{
    if (f->n < 3 || k < 1 || steps < 1 || !isfinite(base)) return NAN;
    double first = nf_ruler_on(r, f->y[0]), last = nf_ruler_on(r, f->y[f->n - 1]), before = first, s2 = 0;
    double drift = (last - first) / (double)steps_between(f, 0, f->n - 1);
    for (size_t i = 1; i < f->n; i++) {
        double y = nf_ruler_on(r, f->y[i]), g = (double)steps_between(f, i - 1, i);
        double e = y - before - drift * g;
        s2 += e * e / g;
        before = y;
    }
    double h = (double)steps, centre = last + h * (last - nf_ruler_on(r, base)) / (double)k;
    double sd = sqrt(s2 / (double)(f->n - 2) * (h + h * h / (double)k)), dof = (double)(f->n - 2);
    double from = nf_ruler_on(r, lo), to = nf_ruler_on(r, hi);
    if (!(sd > 0) || !isfinite(centre)) return NAN;
    double p = (from == -INFINITY ? 1 : from == INFINITY ? 0 : nf_t_upper((from - centre) / sd, dof))
             - (to == INFINITY ? 0 : to == -INFINITY ? 1 : nf_t_upper((to - centre) / sd, dof));
    return p > 0 ? p : 0;
}

/* Weights fitted once on mid-term verdicts of 62 indicators; p is kept off 0 and 1, where a logit has no end. */
static double logit(double p)
{
    p = p < 1e-4 ? 1e-4 : p > 1 - 1e-4 ? 1 - 1e-4 : p;
    return nf_log(p / (1 - p));
}

double nf_chance_combined(double model, double walk)
{
    if (!isfinite(model) || !isfinite(walk)) return model;
    return 1 / (1 + nf_exp(-(.811 * logit(model) + .248 * logit(walk))));
}

int nf_outlook_of(nf_ctx *c, nf_outlook *out, nf_status *status, const nf_series *s, nf_period due, double goal,
                  int sense, nf_scale scale, bool under_way)
{
    const nf_target asked = { .scale = scale };
    const nf_demand free = { .goal = NAN, .lo = -INFINITY, .hi = INFINITY };
    nf_figures f;
    nf_forecast o;
    size_t work = nf_scratch_mark(c);
    int rc = nf_figures_of(c, &f, s, due);
    int64_t steps = rc >= 0 && f.n ? nf_figure_steps(&f, due) : 0;
    if (rc >= 0)
        rc = nf_forecast_of(c, &o, &f, nf_ruler_of(&asked, s->meta ? s->meta->unit : NULL, &f, &free, NAN), steps,
                            under_way);
    nf_scratch_rewind(c, work);
    if (rc < 0) return rc;
    *status = o.status;
    *out = (nf_outlook){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    if (o.status != NF_FINE && o.status != NF_CONSTANT) return NF_OK;
    if (isfinite(goal)) out->chance = nf_forecast_within(&o, sense < 0 ? -INFINITY : goal, sense < 0 ? goal : INFINITY);
    out->median = nf_forecast_at(&o, .5);
    out->lo50 = nf_forecast_at(&o, .25);
    out->hi50 = nf_forecast_at(&o, .75);
    out->lo80 = nf_forecast_at(&o, .1);
    out->hi80 = nf_forecast_at(&o, .9);
    out->lo95 = nf_forecast_at(&o, .025);
    out->hi95 = nf_forecast_at(&o, .975);
    return NF_OK;
}
