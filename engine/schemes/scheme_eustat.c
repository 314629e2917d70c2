/* scheme_eustat.c - the Basque statistics office's variant: a neutral band, and a score from -5 to 5. */
#include "judging/judge.h"
#include <math.h>

static const nf_grade grade[] = {
    { "target_met", NF_MET, { "target met", "目标已实现" } },
    { "significant_progress", NF_ON, { "significant progress", "进展显著" } },
    { "moderate_progress", NF_RISK, { "moderate progress", "进展适中" } },
    { "insufficient_progress", NF_OFF, { "insufficient progress", "进展不足" } },
    { "no_progress", NF_RISK, { "no progress", "无进展" } },
    { "moderate_deterioration", NF_OFF, { "moderate deterioration", "适度恶化" } },
    { "significant_deterioration", NF_OFF, { "significant deterioration", "显著恶化" } },
    { "movement_away", NF_OFF, { "movement away from the target", "背离目标" } },
    { "not_calculable", NF_UNKNOWN, { "not calculable", "无法计算" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};

/* The neutral band is -0.1 % to 0.1 %, both ends included. */
static const char *without_target(double g)
{
    if (isnan(g)) return "not_calculable";
    if (g > .001) return g > .01 ? "significant_progress" : "moderate_progress";
    return g >= -.001 ? "no_progress" : g >= -.01 ? "moderate_deterioration" : "significant_deterioration";
}

static double clamp5(double x) { return x < -5 ? -5 : x > 5 ? 5 : x; }

static double score_of(const nf_ends *e, double r, double limit)
{
    if (isnan(r)) return NAN;
    if (!e->aim && r > 0) {
        double c = nf_limit_coefficient(e->v0, limit);
        return c > 0 ? clamp5(250 * r / c) : 5;
    }
    if (!e->aim) return clamp5(250 * r);
    if (r > 1.3) return 5;
    return r >= .6 ? 5 / .7 * (r - .6) : r >= -.6 ? 5 / 1.2 * (r + .6) - 5 : -5;
}

enum { RATIO, SCORE };
static const nf_field out[] = {
    { .name = "ratio", .type = NF_F64, .title = { "actual growth, or its ratio to the growth needed", "增速或增速比" } },
    { .name = "score", .type = NF_F64, .title = { "score, -5 to 5", "得分（-5至5）" } },
    { .type = NF_END }
};

static double rule(nf_finding *f, const nf_facts *x, const nf_value *opt)
{
    (void)opt;
    nf_ends e = nf_ends_of(x, NF_BASE_NEAREST, 2015);
    bool met = nf_ends_met(&e);
    double r = met ? NAN : nf_growth_ratio(&e);
    f->grade = nf_grade_of(grade, met ? "target_met" : e.aim ? nf_progress_word(r) : without_target(r));
    f->r.v[SCORE].f = met ? 5 : score_of(&e, r, f->of->target->limit);
    return f->r.v[RATIO].f = r;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    return nf_judge_ratio(c, f, k, opt, rule);
}

const nf_scheme nf_scheme_eustat = {
    .row = { .name = "eustat", .title = { "EUSTAT progress measure", "巴斯克统计局进展度量" },
             .formula = "as eurostat, with a neutral band of +-0.1 % where there is no target; score: 250 g, or "
                        "piecewise linear in R",
             .cite = "EUSTAT, methodology of the 2030 Agenda indicators of the Basque Country",
             .use = "to agree with the Basque 2030 Agenda site", .avoid = "as eurostat" },
    .grade = grade, .out = out, .judge = judge
};
