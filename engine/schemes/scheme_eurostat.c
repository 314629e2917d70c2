/* scheme_eurostat.c - Eurostat's SDG monitoring: actual growth against the growth needed. */
#include "judging/judge.h"
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

static const char *without_target(double g)
{
    if (isnan(g)) return "not_calculable";
    return g >= .01 ? "significant_progress" : g >= 0 ? "moderate_progress"
         : g >= -.01 ? "moderate_movement_away" : "significant_movement_away";
}

static const nf_field out[] = {
    { .name = "ratio", .type = NF_F64, .title = { "actual growth, or its ratio to the growth needed", "增速或增速比" } },
    { .type = NF_END }
};

static double rule(nf_finding *f, const nf_facts *x, const nf_value *opt)
{
    nf_ends e = nf_ends_of(x, NF_BASE_AFTER, 2015);
    bool met = nf_ends_met(&e);
    double r = met ? NAN : nf_growth_ratio(&e);
    (void)opt;
    f->grade = nf_grade_of(grade, met ? "target_met" : e.aim ? nf_progress_word(r) : without_target(r));
    return f->r.v[0].f = r;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    return nf_judge_ratio(c, f, k, opt, rule);
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
