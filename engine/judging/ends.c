/* ends.c - base and latest figure as the published schemes choose them. */
#include "judge.h"
#include "real.h"
#include <math.h>

static bool base_after(const nf_figures *f, double year, size_t *at)
{
    for (*at = 0; *at < f->n; ++*at)
        if (f->year[*at] >= year) return true;
    return false;
}

static bool base_nearest(const nf_figures *f, double year, size_t *at)
{
    for (size_t i = *at = 0; i < f->n; i++)
        if (fabs(f->year[i] - year) <= fabs(f->year[*at] - year)) *at = i;    /* of equals the later */
    return f->n > 0;
}

nf_ends nf_ends_of(const nf_facts *x, nf_base_rule rule, double default_base_year)
{
    const nf_figures *f = &x->figures;
    double year = isfinite(x->asked_base_year) ? x->asked_base_year : default_base_year;
    nf_ends e = { .aim = isfinite(x->demand.goal), .goal = x->demand.goal, .due = x->due_year, .d = x->demand.sense,
                  .v0 = NAN, .t0 = NAN, .v = NAN, .t = NAN };
    size_t at;
    if (!f->n) return e;
    e.v = f->y[f->n - 1];
    e.t = f->year[f->n - 1];
    e.found = rule == NF_BASE_AFTER ? base_after(f, year, &at) : base_nearest(f, year, &at);
    if (e.found) {
        e.v0 = f->y[at];
        e.t0 = f->year[at];
    }
    return e;
}

bool nf_ends_met(const nf_ends *e) { return e->aim && e->d * (e->v - e->goal) >= 0; }

double nf_growth(double a, double b, double years)
{
    double ratio = b / a;
    return years > 0 && isfinite(ratio) && ratio >= 0 ? (ratio > 0 ? nf_pow(ratio, 1 / years) : 0) - 1 : NAN;
}

double nf_growth_ratio(const nf_ends *e)
{
    if (!e->found || e->v0 == 0 || e->v0 * e->v < 0 || !(e->t > e->t0)) return NAN;
    double actual = nf_growth(e->v0, e->v, e->t - e->t0);
    if (!e->aim) return (e->v0 < 0 ? -e->d : e->d) * actual;
    double needed = e->v0 * e->goal > 0 ? nf_growth(e->v0, e->goal, e->due - e->t0) : NAN;
    double ratio = actual / needed;
    return isfinite(ratio) ? ratio : NAN;
}

double nf_limit_coefficient(double base, double limit)
{
    base = fabs(base);
    limit = fabs(limit);
    if (!isfinite(limit) || base >= 2 * limit) return 1;
    double room = base <= limit ? base / limit : (2 * limit - base) / limit;
    return 1 - (room > 0 ? nf_pow(room, 4.44) : 0);
}
