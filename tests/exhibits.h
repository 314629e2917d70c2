/* exhibits.h - invented series, targets and verdicts for the tests of charts and reports. Not measurements. */
#ifndef EXHIBITS_H
#define EXHIBITS_H
#include "engine.h"
#include "plots.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const nf_grade exhibit_grades[] = {
    { "achieved", NF_MET, { "Achieved", "已达标" } }, { "met-so-far", NF_MET, { "Met so far", "已达标（未到期）" } },
    { "on-track", NF_ON, { "On track", "进度正常" } }, { "at-risk", NF_RISK, { "At risk", "有风险" } },
    { "off-track", NF_OFF, { "Off track", "难以完成" } }, { "missed", NF_MISSED, { "Missed", "未完成" } },
    { "awaiting", NF_UNKNOWN, { "Awaiting data", "待公布" } }, { "open", NF_UNKNOWN, { "No deadline", "无期限" } },
    { "no-data", NF_UNKNOWN, { "No data", "无数据" } }, { NULL, NF_UNKNOWN, { NULL, NULL } }
};

static inline const nf_grade *exhibit_grade(const char *word)
{
    for (const nf_grade *g = exhibit_grades; g->word; g++)
        if (!strcmp(g->word, word)) return g;
    return NULL;
}

static inline nf_period exhibit_year(int year) { return (nf_period){ year, NF_YEAR, 1 }; }

/* A yearly series from `first`; values are kept, not copied. */
static inline nf_series *exhibit_series(nf_ctx *c, const char *key, nf_text title, const char *unit, int first, size_t n, const double *y)
{
    nf_meta *m = nf_alloc(c, sizeof *m);
    nf_series *s = nf_alloc(c, sizeof *s);
    *m = (nf_meta){ .key = key, .title = title, .unit = unit, .place = "example", .quantity = key, .dataset = "exhibits",
                    .source = "Bureau of Examples", .synthetic = true };
    *s = (nf_series){ .meta = m, .t = { .start = exhibit_year(first), .step = 1, .n = n }, .y = y };
    return s;
}

/* What a scheme would have said: the numbers are made up to look like one. */
static inline nf_finding *exhibit_finding(nf_ctx *c, const nf_plan *plan, const nf_target *t, const nf_series *s, const char *word,
                                          double baseline, double goal, double projected, double chance)
{
    nf_finding *f = nf_alloc(c, sizeof *f);
    nf_case *k = nf_alloc(c, sizeof *k);
    size_t n = s ? s->t.n : 0;
    double latest = n ? s->y[n - 1] : NAN, due = (double)t->due.ord, last = n ? (double)nf_axis_at(&s->t, n - 1).ord : NAN;
    double first = n ? (double)nf_axis_at(&s->t, 0).ord : NAN, spread = 0.25 * (fabs(projected - latest) + 0.05 * fabs(latest));
    *k = (nf_case){ .plan = plan, .target = t, .series = s };
    *f = (nf_finding){ .of = k, .grade = exhibit_grade(word), .basis = isnan(chance) ? n > 1 ? "pace" : "" : "chance",
        .reason = { "Needed and actual pace differ.", "需要的速度与实际速度不同。" },
        .at = { .baseline_period = n ? nf_axis_at(&s->t, 0) : (nf_period){ 0 }, .latest_period = n ? nf_axis_at(&s->t, n - 1) : (nf_period){ 0 },
                .baseline = baseline, .latest = latest, .target = goal, .scale = NF_SCALE_LINEAR, .n = n,
                .completion = (latest - baseline) / (goal - baseline), .elapsed = (last - first) / (due - first),
                .pace_actual = (latest - baseline) / (last - first), .pace_required = due > last ? (goal - latest) / (due - last) : NAN,
                .projected = projected, .projected_lo80 = projected - 1.28 * spread, .projected_hi80 = projected + 1.28 * spread,
                .projected_lo95 = projected - 1.96 * spread, .projected_hi95 = projected + 1.96 * spread, .chance = chance, .chance_walk = NAN } };
    if (!strcmp(word, "missed") || !strcmp(word, "achieved")) f->basis = "final";
    return f;
}
#endif
