/* scheme_escap.c - UN ESCAP's two indices: the current status, and the progress to be expected. */
#include "judging/judge.h"
#include <math.h>

static const nf_grade grade[] = {
    { "maintain", NF_ON, { "maintain progress", "保持进展" } },
    { "accelerate", NF_RISK, { "accelerate progress", "加快进展" } },
    { "reverse", NF_OFF, { "reverse the trend", "扭转趋势" } },
    { "not_available", NF_UNKNOWN, { "not available", "无法评估" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { MAINTAIN, ACCELERATE, REVERSE, NOT_AVAILABLE };

/* 0 at the base, 10 at the target. */
static double status_index(const nf_ends *e)
{
    double way = fabs(e->goal - e->v0);
    return e->found && way > 0 ? 10 * e->d * (e->v - e->v0) / way : NAN;
}

/* Weighted least squares of value on year from the base on; the later a figure, the heavier. */
static double predicted(const nf_figures *f, const nf_ends *e)
{
    double w0 = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
    int points = 0;
    for (size_t i = 0; i < f->n; i++) {
        double x = f->year[i] - e->t0, w = (x + 1) / (e->t - e->t0 + 1);
        if (x < 0) continue;
        points++;
        w0 += w;
        wx += w * x;
        wy += w * f->y[i];
        wxx += w * x * x;
        wxy += w * x * f->y[i];
    }
    double spread = wxx - wx * wx / w0;
    if (points < 2 || !(spread > 0)) return NAN;
    double slope = (wxy - wx * wy / w0) / spread;
    return wy / w0 + slope * (e->due - e->t0 - wx / w0);
}

/* 0: the trend reaches the target; else the part of the way that will be missing, in percent. */
static double anticipated_index(const nf_ends *e, double at_due)
{
    if (!isfinite(at_due)) return NAN;
    if (e->d * (at_due - e->goal) >= 0) return 0;
    double way = fabs(e->goal - e->v0);
    return way > 0 ? 100 * fabs(e->goal - at_due) / way : NAN;
}

enum { CSI, API, PREDICTED };
static const nf_field out[] = {
    { .name = "csi", .type = NF_F64, .title = { "current status index, 0 at the base, 10 at the target",
                                                "现状指数（基期0，目标10）" } },
    { .name = "api", .type = NF_F64, .title = { "anticipated progress index, percent of the way missing",
                                                "预期进展指数（缺口百分比）" } },
    { .name = "predicted", .type = NF_F64, .title = { "weighted trend at the deadline", "加权趋势预测值" } },
    { .type = NF_END }
};

static double rule(nf_finding *f, const nf_facts *x, const nf_value *opt)
{
    nf_ends e = nf_ends_of(x, NF_BASE_AFTER, 2000);
    double at_due = e.aim && e.found && isfinite(e.due) ? predicted(&x->figures, &e) : NAN;
    double p = e.aim ? anticipated_index(&e, at_due) : NAN;
    (void)opt;
    f->grade = &grade[isnan(p) ? NOT_AVAILABLE : p <= 10 ? MAINTAIN : p <= 100 ? ACCELERATE : REVERSE];
    f->r.v[CSI].f = e.aim ? status_index(&e) : NAN;
    f->r.v[API].f = p;
    f->r.v[PREDICTED].f = at_due;
    return 1 - p / 100;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    return nf_judge_part(c, f, k, opt, rule);
}

const nf_scheme nf_scheme_escap = {
    .row = { .name = "escap", .title = { "ESCAP progress indices", "亚太经社会进展指数" },
             .formula = "CSI = 10 d (latest - base) / |target - base|; API = 0 where the weighted trend (w = (t - t0 "
                        "+ 1)/(tn - t0 + 1)) reaches the target, else 100 |target - predicted| / |target - base|; "
                        "cuts 10 and 100",
             .cite = "UN ESCAP, Asia and the Pacific SDG Progress Report, technical annex",
             .use = "to agree with the five UN regional commissions; the weights and cuts are those commonly reported",
             .avoid = "a target equal to its base" },
    .grade = grade, .out = out, .judge = judge
};
