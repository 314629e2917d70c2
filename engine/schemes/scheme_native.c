/* scheme_native.c - ninefold's own verdict: reached, or else the chance that it will be; pace where figures are few. */
#include "native.h"

enum { MODEL, WALK, CATCH_UP, WITHOUT_LAST, OTHER_BASE, FRAGILE, CHANCE_WORDS, PATH_PERIOD, PATH,
       ON_PATH };
static const nf_field out[] = {
    { .name = "chance_model", .type = NF_F64, .title = { "chance by the trend model alone", "趋势模型给出的概率" } },
    { .name = "chance_walk", .type = NF_F64, .title = { "chance by a random walk, as a cross-check",
                                                        "随机游走给出的概率（对照）" } },
    { .name = "catch_up", .type = NF_TIME, .title = { "reached at the present pace", "按目前速度达标的时间" } },
    { .name = "without_last", .type = NF_WORD, .title = { "verdict without the last figure", "去掉最新数据后的结论" } },
    { .name = "other_base", .type = NF_WORD, .title = { "verdict with the base moved by one figure", "基期移动一期后的结论" } },
    { .name = "fragile", .type = NF_FLAG, .title = { "the verdict changes with one of them", "结论是否易变" } },
    { .name = "chance_words", .type = NF_PROSE, .title = { "chance in words", "概率的说法" } },
    { .name = "path_period", .type = NF_TIME, .title = { "last milestone of the path with a figure", "最近有数据的年度节点" } },
    { .name = "path", .type = NF_F64, .dim = NF_OF_Y, .title = { "what the path asked for then", "该节点目标值" } },
    { .name = "on_path", .type = NF_FLAG, .title = { "the milestone was reached", "节点是否达到" } },
    { .type = NF_END }
};

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    nf_native v;
    const char *without = NULL, *other = NULL;
    (void)opt;
    int rc = nf_native_decide(c, &v, k);
    if (rc < 0) return rc;
    f->grade = v.grade;
    f->basis = v.basis;
    f->at = v.at;
    f->r.v[MODEL].f = v.model;
    f->r.v[WALK].f = v.at.chance_walk;
    f->r.v[CATCH_UP].t = v.at.catch_up;
    if (v.path) {
        f->r.v[PATH_PERIOD].t = v.path->period;
        f->r.v[PATH].f = v.path_asked;
        f->r.v[ON_PATH].i = nf_native_on_path(&v);
    }
    if (k->hypothetical) return nf_native_reason(c, &f->reason, &v, k);
    if ((rc = nf_native_fragility(c, &v, k, &without, &other)) < 0) return rc;
    f->r.v[WITHOUT_LAST].s = without;
    f->r.v[OTHER_BASE].s = other;
    if (without || other)
        f->r.v[FRAGILE].i = (without && without != v.grade->word) || (other && other != v.grade->word);
    f->r.v[CHANCE_WORDS].p = nf_say_chance(c, v.at.chance);
    return nf_native_reason(c, &f->reason, &v, k);
}

const nf_scheme nf_scheme_native = {
    .row = { .name = "native", .title = { "chance of reaching the target", "达标概率" },
             .formula = "P(figure at the deadline meets the target) by the damped local linear trend averaged over a "
                        "grid of 75 settings with Student tails; once a plan with a baseline is under way, over 120 "
                        "settings, and logit P = 0.811 logit P(trend) + 0.248 logit P(random walk with the drift "
                        "since the baseline). on-track from 0.8, at-risk from 0.2. With 2-5 figures: actual against "
                        "required pace, on-track from 1, at-risk from 0.6",
             .cite = "Harvey (1989) Forecasting, Structural Time Series Models and the Kalman Filter; Gardner and "
                     "McKenzie (1985) Management Science 31, 1237-1246",
             .peers = "Brier score of hindcasts: .1710 five years ahead (random walk .1769), .1001 for undecided "
                      "targets in "
                      "the middle of a plan (Eurostat's ratio .1661); see ./bootstrap bench chance",
             .use = "every target; the default", .avoid = "fewer than two figures: it says no-data" },
    .grade = nf_native_grade, .out = out, .judge = judge
};
