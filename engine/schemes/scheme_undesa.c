/* scheme_undesa.c - the United Nations' Progress Chart: where the present growth leads by the target year. */
#include "judging/judge.h"
#include "real.h"
#include "unit.h"
#include <math.h>

static const nf_grade grade[] = {
    { "met_or_on_track", NF_ON, { "target met or on track", "已达标或进度正常" } },
    { "fair_progress", NF_RISK, { "fair progress, acceleration needed", "有进展，需加快" } },
    { "stagnation_or_regression", NF_OFF, { "stagnation or regression", "停滞或倒退" } },
    { "not_available", NF_UNKNOWN, { "not available", "无法评估" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { ON_TRACK, FAIR, STAGNATION, NOT_AVAILABLE };

/* A target of 0 or 100 % counts as met within one percentage point. */
static bool nearly_met(const nf_ends *e, const char *unit)
{
    double in_percent[2] = { e->v, e->goal };
    nf_unit u, percent;
    if (!unit || !nf_unit_same(unit, "%") || !nf_unit_parse(&u, unit) || !nf_unit_parse(&percent, "%")) return false;
    for (int i = 0; i < 2; i++) in_percent[i] *= u.scale / percent.scale;
    return (in_percent[1] == 0 || in_percent[1] == 100) && fabs(in_percent[0] - in_percent[1]) <= 1;
}

/* The part of the way from base to target that the present growth will have gone by the target year. */
static double expected(const nf_ends *e)
{
    double growth = nf_growth(e->v0, e->v, e->t - e->t0);
    if (!e->found || e->v0 * e->v <= 0 || !isfinite(growth) || !isfinite(e->due) || e->goal == e->v0) return NAN;
    return (e->v * nf_pow(1 + growth, e->due - e->t) - e->v0) / (e->goal - e->v0);
}

static int grade_at(double p, double on_track, double fair)
{
    return isnan(p) ? NOT_AVAILABLE : p >= on_track ? ON_TRACK : p >= fair ? FAIR : STAGNATION;
}

/* No figure in 2015: the first after it, or before it where only that leaves two points. */
static nf_ends ends(const nf_facts *x)
{
    nf_ends e = nf_ends_of(x, NF_BASE_AFTER, 2015);
    const nf_figures *f = &x->figures;
    if (f->n < 2 || (e.found && e.t0 < e.t)) return e;
    e.found = true;
    e.v0 = f->y[f->n - 2];
    e.t0 = f->year[f->n - 2];
    return e;
}

enum { VALUE, SCORE };
static const nf_field out[] = {
    { .name = "expected", .type = NF_F64, .title = { "part of the way gone by the target year, or growth",
                                                     "预计完成比例或增速" } },
    { .name = "score", .type = NF_I64, .title = { "score, 1 to 3", "得分（1至3）" } },
    { .type = NF_END }
};

static double rule(nf_finding *f, const nf_facts *x, const nf_value *opt)
{
    (void)opt;
    nf_ends e = ends(x);
    bool met = nf_ends_met(&e) || (e.aim && nearly_met(&e, nf_case_unit(f->of)));
    double p = met ? NAN : e.aim ? expected(&e) : e.d * nf_growth(e.v0, e.v, e.t - e.t0);
    int g = met ? ON_TRACK : grade_at(p, e.aim ? .95 : .02, e.aim ? .1 : .005);
    f->grade = &grade[g];
    f->r.v[VALUE].f = isfinite(p) ? p : NAN;
    if (g != NOT_AVAILABLE) f->r.v[SCORE].i = 3 - g;
    return e.aim ? p : NAN;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    return nf_judge_part(c, f, k, opt, rule);
}

const nf_scheme nf_scheme_undesa = {
    .row = { .name = "undesa", .title = { "UN Progress Chart", "联合国进展图" },
             .formula = "p = (latest (1 + CAGR)^(T - t) - base) / (target - base), cuts .95 and .10; without a "
                        "target: d CAGR, cuts 2 % and 0.5 %; met now: 3 whatever the trend; a 0 or 100 % target is "
                        "met within 1 point",
             .cite = "United Nations (2023) SDG Progress Chart, technical note",
             .use = "to agree with the United Nations' chart", .avoid = "growth rates, zero or negative bases" },
    .grade = grade, .out = out, .judge = judge
};
