/* scheme_china.c - progress against schedule: completion against elapsed time, and a light, as Chinese plans do. */
#include "judging/judge.h"
#include <math.h>

/* The word says on which side of the schedule; where it is behind, the level says how far. */
static const nf_grade grade[] = {
    { "achieved", NF_MET, { "achieved", "已完成" } },
    { "maintained", NF_MET, { "maintained", "保持达标" } },
    { "ahead", NF_ON, { "on or ahead of schedule", "达到序时进度" } },
    { "behind", NF_ON, { "behind schedule by less than 10 points", "略滞后于序时进度" } },
    { "behind", NF_RISK, { "behind schedule by 10 to 30 points", "滞后于序时进度" } },
    { "behind", NF_OFF, { "behind schedule by more than 30 points", "严重滞后于序时进度" } },
    { "regressing", NF_OFF, { "behind where it began", "较基期倒退" } },
    { "slipped", NF_OFF, { "slipped below what was to be kept", "未能保持" } },
    { "fell_below_met_target", NF_OFF, { "fell below a target that was met", "已达标后回落" } },
    { "not_available", NF_UNKNOWN, { "not available", "无法评估" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { ACHIEVED, MAINTAINED, AHEAD, SLIGHTLY, BEHIND, FAR_BEHIND, REGRESSING, SLIPPED, FELL, NOT_AVAILABLE };

/* ---- figures that add up within the year ----
 * What is expected by a month is the median part of the year's total that past years had reached by it; without a
 * past year, the part of the year that has gone. */
typedef struct { bool is; double done, expected; nf_period latest; size_t past; } flow;

static bool total_of_year(const nf_series *s, int64_t year, int places, double *total)
{
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (p.ord != year * places + places - 1 || !(s->y[i] > 0)) continue;
        *total = s->y[i];
        return true;
    }
    return false;
}

static double median(double *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k && v[k - 1] > v[k]; k--) {
            double t = v[k];
            v[k] = v[k - 1];
            v[k - 1] = t;
        }
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Only in the year of the deadline itself, from its first figure to the last but one. */
static int flow_of(nf_ctx *c, flow *out, const nf_case *k, double goal)
{
    const nf_series *s = k->series;
    int places = nf_year_to_date(s);
    size_t last = s ? s->t.n : 0;
    *out = (flow){ .is = false };
    while (last && !isfinite(s->y[last - 1])) last--;
    if (!places || !last || !(goal > 0) || nf_period_is_empty(k->target->due)) return NF_OK;
    nf_period now = nf_axis_at(&s->t, last - 1), due = nf_period_convert(k->target->due, (nf_freq)now.freq);
    if (due.ord % places != places - 1 || now.ord >= due.ord || now.ord / places != due.ord / places) return NF_OK;
    double *part = nf_scratch(c, last * sizeof *part), total;
    if (!part) return NF_ENOMEM;
    for (size_t i = 0; i + 1 < last; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (p.ord % places == now.ord % places && isfinite(s->y[i]) && total_of_year(s, p.ord / places, places, &total))
            part[out->past++] = s->y[i] / total;
    }
    out->is = true;
    out->latest = now;
    out->done = s->y[last - 1] / goal;
    out->expected = out->past ? median(part, out->past) : (double)now.span / places;
    return NF_OK;
}

static int behind(double lag) { return lag <= 0 ? AHEAD : lag < 10 ? SLIGHTLY : lag <= 30 ? BEHIND : FAR_BEHIND; }

/* Points behind schedule, rounded where binary fractions would cross the published 10 and 30. */
static double lag_of(double completion, double elapsed)
{
    return rint(100 * (elapsed - completion) * 1e9) / 1e9;
}

/* The ratio means nothing where the base was at or beyond the target: then it is kept, or lost. */
static int state(const nf_standing *at, const nf_demand *d)
{
    double to_go = d->sense * (d->goal - at->baseline), now = d->sense * (d->goal - at->latest);
    if (!isfinite(d->goal) || !isfinite(at->baseline) || !isfinite(at->latest)) return NOT_AVAILABLE;
    if (to_go <= 0) return now <= 0 ? MAINTAINED : to_go == 0 ? SLIPPED : FELL;
    if (now <= 0) return ACHIEVED;
    if (at->completion < 0) return REGRESSING;
    return isfinite(at->elapsed) ? behind(lag_of(at->completion, at->elapsed)) : NOT_AVAILABLE;
}

static const char *light_of(int g, const nf_standing *at)
{
    if (g == REGRESSING) g = isfinite(at->elapsed) ? behind(lag_of(at->completion, at->elapsed)) : FAR_BEHIND;
    if (g == ACHIEVED || g == AHEAD || g == SLIGHTLY) return "green";
    return g == BEHIND ? "yellow" : g == FAR_BEHIND ? "red" : NULL;
}

enum { COMPLETION, ELAPSED, LAG, LIGHT };
static const nf_field out[] = {
    { .name = "completion", .type = NF_F64, .title = { "part of the way done", "完成进度" } },
    { .name = "elapsed", .type = NF_F64, .title = { "part of the time gone", "时间进度" } },
    { .name = "lag", .type = NF_F64, .title = { "points behind schedule", "滞后百分点" } },
    { .name = "light", .type = NF_WORD, .title = { "light", "亮灯" } },
    { .type = NF_END }
};

static int say(nf_ctx *c, nf_text *text, const nf_grade *g, const nf_standing *at)
{
    char done[48], gone[48];
    *text = g->title;
    if (!isfinite(at->completion) || !isfinite(at->elapsed)) return NF_OK;
    nf_double_fixed(done, 100 * at->completion, 1);
    nf_double_fixed(gone, 100 * at->elapsed, 1);
    *text = (nf_text){ nf_format(c, "%s: %s %% of the way in %s %% of the time", g->title.en, done, gone),
                       nf_format(c, "%s：完成进度%s%%，时间进度%s%%", g->title.zh, done, gone) };
    return text->en && text->zh ? NF_OK : NF_ENOMEM;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt)
{
    nf_facts x;
    int rc = nf_facts_of(c, &x, &f->at, k);
    (void)opt;
    if (rc < 0) return rc;
    flow year;
    if ((rc = flow_of(c, &year, k, x.demand.goal)) < 0) return rc;
    if (year.is) {
        f->at.completion = year.done;
        f->at.elapsed = year.expected;
        f->at.latest_period = year.latest;
        f->at.latest = year.done * x.demand.goal;
    }
    int g = year.is ? year.done >= 1 ? ACHIEVED : behind(lag_of(year.done, year.expected)) : state(&f->at, &x.demand);
    f->grade = &grade[g];
    f->basis = g == NOT_AVAILABLE ? "" : "pace";
    f->r.v[COMPLETION].f = f->at.completion;
    f->r.v[ELAPSED].f = f->at.elapsed;
    f->r.v[LAG].f = lag_of(f->at.completion, f->at.elapsed);
    f->r.v[LIGHT].s = light_of(g, &f->at);
    return say(c, &f->reason, f->grade, &f->at);
}

const nf_scheme nf_scheme_china = {
    .row = { .name = "china", .title = { "progress against schedule", "序时进度" },
             .formula = "completion (latest - base)/(target - base) against elapsed (t - t0)/(T - t0): on schedule "
                        "when not less; light green on schedule, yellow 10 to 30 points behind, inclusive, red more. "
                        "Behind by less than 10 points is not defined where this was published: here it is green, and "
                        "the word says behind",
             .cite = "Yinchuan municipal government (2025), rules for lights on key tasks; practice of five-year plan "
                     "evaluations",
             .use = "stocks and shares that should move evenly",
             .avoid = "single months with a season; what adds up within the year is held against past years' shares" },
    .grade = grade, .out = out, .judge = judge
};
