/* demand.c - what a target asks for, as an interval of values in the unit of the series. */
#include "judge.h"
#include "unit.h"
#include <math.h>
#include <string.h>

static double or_zero(double x) { return isfinite(x) ? x : 0; }
static bool   given(const char *s) { return s && *s; }

/* A percentage of change is no value of the series: it keeps its unit. */
int nf_in_unit_of_series(nf_ctx *c, double *v, size_t n, const nf_case *k)
{
    const char *from = k->target->unit, *to = nf_case_unit(k);
    if (!given(from) || !given(to) || strcmp(from, to) == 0 || k->target->kind == NF_CHANGE_PCT) return NF_OK;
    return nf_unit_convert(c, v, n, from, to);
}

static int sense_of(const nf_target *t, double goal, double base)
{
    if (t->kind == NF_AT_LEAST) return 1;
    if (t->kind == NF_AT_MOST) return -1;
    if (t->sense) return t->sense > 0 ? 1 : -1;
    return goal < base ? -1 : 1;
}

static void half_line(nf_demand *d, double tolerance)
{
    if (d->sense > 0) d->lo = d->goal - tolerance;
    else d->hi = d->goal + tolerance;
}

/* A range is gone for at the bound nearest to the latest figure; inside it, at that figure. */
static void range(nf_demand *d, double lo, double hi, double tolerance, double latest)
{
    d->lo = lo - tolerance;
    d->hi = hi + tolerance;
    d->sense = latest > hi ? -1 : 1;
    d->goal = latest > hi ? hi : latest >= lo ? latest : lo;
}

nf_demand nf_demand_of(nf_ctx *c, const nf_case *k, double base, double latest)
{
    const nf_target *t = k->target;
    nf_demand d = { .goal = NAN, .lo = -INFINITY, .hi = INFINITY, .sense = sense_of(t, t->value, base) };
    double v[4] = { t->value, t->lo, t->hi, or_zero(t->tolerance) };
    if (nf_in_unit_of_series(c, v, 4, k) < 0) {
        d.fault = (nf_text){ nf_format(c, "the target is in %s, the figures are in %s", t->unit, nf_case_unit(k)),
                             nf_format(c, "目标单位为%s，数据单位为%s，无法换算", t->unit, nf_case_unit(k)) };
        return d;
    }
    switch (t->kind) {
    case NF_REACH: case NF_AT_LEAST: case NF_AT_MOST: d.goal = v[0]; break;
    case NF_CHANGE_PCT: d.goal = base * (1 + v[0] / 100); break;
    case NF_KEEP: d.goal = isfinite(v[0]) ? v[0] : base; break;
    case NF_RANGE:
        if (isfinite(v[1]) && isfinite(v[2])) range(&d, v[1], v[2], v[3], latest);
        return d;
    }
    bool from_base = t->kind == NF_CHANGE_PCT ? isfinite(v[0]) : t->kind == NF_KEEP && !isfinite(v[0]);
    if (from_base && !isfinite(base))
        d.fault = (nf_text){ "the target is counted from a base whose figure is not known",
                             "目标按基期计算，但基期数据未知" };
    if (isfinite(d.goal)) half_line(&d, v[3]);
    return d;
}

bool nf_demand_met(const nf_demand *d, double v) { return isfinite(d->goal) && v >= d->lo && v <= d->hi; }
