/* scheme_eurostat.c - Eurostat's SDG monitoring: actual growth against the growth needed. */
#include "judge.h"
#include <math.h>

static const nf_grade grade[] = {
    { "target_met", NF_MET, { "target met", "目标已实现" } },
    { "significant_progress", NF_ON, { "significant progress", "进展显著" } },
    { "moderate_progress", NF_RISK, { "moderate progress", "进展适中" } },
    { "insufficient_progress", NF_OFF, { "insufficient progress", "进展不足" } },
    { "movement_away", NF_OFF, { "movement away from the target", "背离目标" } },
    { "moderate_movement_away", NF_OFF, { "moderate movement away", "适度背离" } },
    { "significant_movement_away", NF_OFF, { "significant movement away", "显著背离" } },
    { "not_calculable", NF_UNKNOWN, { "not calculable", "无法计算" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { MET, SIGNIFICANT, MODERATE, INSUFFICIENT, AWAY, MODERATE_AWAY, SIGNIFICANT_AWAY, NOT_CALCULABLE };

static int with_target(double r)
{
    return isnan(r) ? NOT_CALCULABLE : r >= .95 ? SIGNIFICANT : r >= .6 ? MODERATE : r >= 0 ? INSUFFICIENT : AWAY;
}

static int without_target(double g)
{
    if (isnan(g)) return NOT_CALCULABLE;
    return g >= .01 ? SIGNIFICANT : g >= 0 ? MODERATE : g >= -.01 ? MODERATE_AWAY : SIGNIFICANT_AWAY;
}

static const nf_field out[] = {
    { .name = "ratio", .type = NF_F64, .title = { "actual growth, or its ratio to the growth needed", "增速或增速比" } },
    { .type = NF_END }
};

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    nf_facts x;
    int rc = nf_facts_of(c, &x, &f->at, k);
    (void)opt;
    if (rc < 0) return rc;
    nf_ends e = nf_ends_of(&x, NF_BASE_AFTER, 2015);
    bool met = e.aim && x.figures.n && e.d * (e.v - e.goal) >= 0;
    double r = met ? NAN : nf_growth_ratio(&e);
    f->grade = &grade[met ? MET : e.aim ? with_target(r) : without_target(r)];
    f->basis = met || !isnan(r) ? "pace" : "";
    f->r.v[0].f = r;
    return nf_say_ratio(c, &f->reason, f->grade, e.aim, r);
}

const nf_scheme nf_scheme_eurostat = {
    .row = { .name = "eurostat", .title = { "Eurostat SDG monitoring", "欧盟统计局可持续发展监测" },
             .formula = "with a target: R = CAGR(base, latest) / CAGR(base, target), cuts .95 .60 0; without: d CAGR, "
                        "cuts 1 % 0 -1 %",
             .cite = "Eurostat, Sustainable development in the European Union, monitoring report; annex on methods",
             .use = "to agree with European reports",
             .avoid = "a zero base or target, a change of sign, a baseline beyond the target: the ratio misleads" },
    .grade = grade, .out = out, .judge = judge
};
