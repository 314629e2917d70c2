/* scheme_opensdg.c - progress as Open SDG and Statistics Canada measure it (sdg-build 2.4), defects and all. */
#include "judging/judge.h"
#include <math.h>

static const nf_grade grade[] = {
    { "target_achieved", NF_MET, { "target achieved", "目标已实现" } },
    { "substantial_progress", NF_ON, { "substantial progress", "进展显著" } },
    { "moderate_progress", NF_RISK, { "moderate progress", "进展适中" } },
    { "limited_progress", NF_OFF, { "limited progress", "进展有限" } },
    { "deterioration", NF_OFF, { "deterioration", "出现倒退" } },
    { "not_available", NF_UNKNOWN, { "not available", "无法评估" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { ACHIEVED, SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION, NOT_AVAILABLE };

/* Thresholds, and the coefficient that lowers them near a limit. */
typedef struct { double high, med, low, coefficient; } cuts;

static cuts cuts_of(const nf_ends *e, double limit, const nf_value *opt)
{
    cuts c = e->aim ? (cuts){ .95, .6, 0, 1 } : (cuts){ .015, .005, 0, nf_limit_coefficient(e->v0, limit) };
    if (isfinite(opt[0].f)) c.high = opt[0].f;
    if (isfinite(opt[1].f)) c.med = opt[1].f;
    if (isfinite(opt[2].f)) c.low = opt[2].f;
    c.high *= c.coefficient;
    c.med *= c.coefficient;
    c.low *= c.coefficient;
    return c;
}

/* NaN where it cannot be calculated. The published 0.001 stands in for a zero base or target. */
static double progress(const nf_ends *e, double due)
{
    double v0 = e->v0 == 0 ? .001 : e->v0, sign = e->v0 < 0 ? -1 : 1;
    if (!e->found || !(e->t - e->t0 >= 1) || v0 * e->v < 0) return NAN;
    double actual = sign * e->d * nf_growth(v0, e->v, e->t - e->t0);
    return e->aim ? actual / fabs(nf_growth(v0, e->goal, due - e->t0)) : actual;
}

/* The literal constants of the source, needed to agree with what is published. */
static double score_of(double p, const nf_ends *e, const cuts *c)
{
    if (e->aim) return p >= c->med ? fmin(7.1429 * p - 4.2857, 5) : fmax(4.1667 * p - 2.5, -5);
    if (p < c->low) return fmax(125 * p - 2.5, -5);
    if (c->coefficient == 0) return 5;
    if (p >= c->high) return fmin(500 * p / c->coefficient - 5, 5);
    return p >= c->med ? 250 * p / c->coefficient - 1.25 : 500 * p / c->coefficient - 2.5;
}

static const nf_field opt[] = {
    { .name = "high", .type = NF_F64, .title = { "threshold of substantial progress", "显著进展阈值" }, .def = NAN,
      .lo = -1e9, .hi = 1e9 },
    { .name = "med", .type = NF_F64, .title = { "threshold of moderate progress", "适中进展阈值" }, .def = NAN, .lo = -1e9,
      .hi = 1e9 },
    { .name = "low", .type = NF_F64, .title = { "threshold of limited progress", "有限进展阈值" }, .def = NAN, .lo = -1e9,
      .hi = 1e9 },
    { .type = NF_END }
};
enum { VALUE, SCORE };
static const nf_field out[] = {
    { .name = "progress_value", .type = NF_F64, .title = { "growth, or its ratio to the growth needed", "增速或增速比" } },
    { .name = "score", .type = NF_F64, .title = { "progress score, -5 to 5", "进展得分（-5至5）" } },
    { .type = NF_END }
};

static double rule(nf_finding *f, const nf_facts *x, const nf_value *o)
{
    nf_ends e = nf_ends_of(x, NF_BASE_AFTER, 2015);
    if (e.aim && e.goal == 0) e.goal = .001;
    double p = progress(&e, isfinite(e.due) ? e.due : 2030);
    cuts t = cuts_of(&e, f->of->target->limit, o);
    bool achieved = nf_ends_met(&e);
    int g = achieved ? ACHIEVED : isnan(p) ? NOT_AVAILABLE : p >= t.high ? SUBSTANTIAL : p >= t.med ? MODERATE
          : p >= t.low ? LIMITED : DETERIORATION;
    f->grade = &grade[g];
    f->r.v[VALUE].f = isfinite(p) ? p : NAN;
    f->r.v[SCORE].f = achieved ? 5 : isnan(p) ? NAN : score_of(p, &e, &t);
    return p;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *o)
{
    return nf_judge_ratio(c, f, k, o, rule);
}

const nf_scheme nf_scheme_opensdg = {
    .row = { .name = "opensdg", .title = { "Open SDG progress measure", "Open SDG 进展度量" },
             .formula = "with a target: p = d CAGR(base, latest) / |CAGR(base, target)|, cuts .95 .60 0; without: p = "
                        "d CAGR, cuts 1.5 % 0.5 % 0, lowered near a limit by 1 - (base/limit)^4.44. Base year absent: "
                        "the next later one",
             .cite = "Statistics Canada / Open SDG, sdg-build 2.4, sdg/ProgressMeasure.py",
             .use = "to agree with an Open SDG site", .opt = opt,
             .peers = "165 of 165 results published by Statistics Canada: value and score to 1e-9, status",
             .avoid = "a zero or small base (the verdict then depends on the unit), growth rates, passed deadlines" },
    .grade = grade, .out = out, .judge = judge
};
