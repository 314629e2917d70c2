/* ruler.c - the scale on which a series moves in even steps: log, logit or linear; and paces along it. */
#include "judge.h"
#include "real.h"
#include "unit.h"
#include <math.h>

/* By what a value is multiplied to be a share of one: .01 for %, 1 for shares; 0 for other units. */
static double share_factor(const char *unit)
{
    nf_unit u, percent;
    if (!unit || !*unit || !nf_unit_parse(&u, unit) || !nf_unit_parse(&percent, "%")) return 0;
    return nf_unit_same(unit, "%") && percent.scale != 0 ? .01 * u.scale / percent.scale : 0;
}

static bool all_inside(const nf_figures *f, const double *more, size_t n, double lo, double hi)
{
    for (size_t i = 0; i < f->n; i++)
        if (!(f->y[i] > lo && f->y[i] < hi)) return false;
    for (size_t i = 0; i < n; i++)
        if (isfinite(more[i]) && !(more[i] > lo && more[i] < hi)) return false;
    return true;
}

/* Shares and percentages move on the logit scale, other positive quantities on the log scale. A zero or a negative
 * value among the figures or the ends of the way has no place on either: then the scale is linear, also against
 * what the target says. */
nf_ruler nf_ruler_of(const nf_target *t, const char *unit, const nf_figures *f, const nf_demand *d, double base)
{
    double ends[] = { d->goal, base }, factor = share_factor(unit);
    nf_scale asked = t->scale;
    if (asked == NF_SCALE_AUTO || asked == NF_SCALE_LOGIT) {
        double share = factor > 0 ? factor : 1;
        bool fits = all_inside(f, ends, 2, 0, 1 / share);
        if (fits && (factor > 0 || asked == NF_SCALE_LOGIT)) return (nf_ruler){ NF_SCALE_LOGIT, share };
    }
    if (asked != NF_SCALE_LINEAR && all_inside(f, ends, 2, 0, INFINITY)) return (nf_ruler){ NF_SCALE_LOG, 1 };
    return (nf_ruler){ NF_SCALE_LINEAR, 1 };
}

/* Bounds may lie off the scale: then they are at its end. */
double nf_ruler_on(nf_ruler r, double v)
{
    double share = v * r.factor;
    if (r.scale == NF_SCALE_LINEAR || !isfinite(v)) return v;
    if (share <= 0) return -INFINITY;
    if (r.scale == NF_SCALE_LOG) return nf_log(v);
    return share < 1 ? nf_log(share / (1 - share)) : INFINITY;
}

double nf_ruler_off(nf_ruler r, double x)
{
    if (r.scale == NF_SCALE_LINEAR) return x;
    if (r.scale == NF_SCALE_LOG) return nf_exp(x);
    return (x >= 0 ? 1 / (1 + nf_exp(-x)) : nf_exp(x) / (1 + nf_exp(x))) / r.factor;
}

double nf_pace(nf_scale scale, double a, double b, double years)
{
    if (!(years > 0)) return NAN;
    if (scale != NF_SCALE_LOG) return (b - a) / years;
    return a > 0 && b > 0 ? nf_pow(b / a, 1 / years) - 1 : NAN;
}
