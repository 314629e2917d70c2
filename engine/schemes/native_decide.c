/* native_decide.c - which of the native words it is: the deadline's figure, else the chance, else the pace. */
#include "native.h"
#include <math.h>

const nf_grade nf_native_grade[] = {
    { "achieved", NF_MET, { "achieved", "已达标" } },
    { "met-so-far", NF_MET, { "met so far", "已达标（未到期）" } },
    { "on-track", NF_ON, { "on track", "进度正常" } },
    { "at-risk", NF_RISK, { "at risk", "有风险" } },
    { "off-track", NF_OFF, { "off track", "难以完成" } },
    { "missed", NF_MISSED, { "missed", "未完成" } },
    { "awaiting", NF_UNKNOWN, { "awaiting the figure", "待公布" } },
    { "open", NF_UNKNOWN, { "no deadline", "无期限" } },
    { "no-data", NF_UNKNOWN, { "no data", "无数据" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};

enum { CHANCE_FROM = 6, MODEL_FROM = 3 };             /* figures */
static const double likely = .8, possible = .2, near_pace = .6;

static void conclude(nf_native *v, const char *word, const char *basis, nf_cause cause)
{
    v->grade = nf_grade_of(nf_native_grade, word);
    v->basis = basis;
    v->cause = cause;
}

/* The deadline's figure decides; within a range of deadlines the first figure that meets the target does. */
static bool final_figure(nf_native *v, const nf_case *k)
{
    const nf_figures *f = &v->facts.figures;
    const nf_target *t = k->target;
    size_t first, last;
    bool due = nf_figure_find(f, t->due, &last);
    if (!nf_period_is_empty(t->due_from)) {
        double from = nf_figure_year(f, t->due_from), to = v->facts.due_year;
        for (first = 0; first < f->n; first++)
            if (f->year[first] >= from && f->year[first] <= to && nf_demand_met(&v->facts.demand, f->y[first])) {
                v->decisive = first;
                return true;
            }
    }
    v->decisive = due ? last : 0;
    return due;
}

static void by_chance(nf_native *v)
{
    double p = v->at.chance;
    conclude(v, p >= likely ? "on-track" : p >= possible ? "at-risk" : "off-track", "chance", NF_BY_CHANCE);
}

static void by_pace(nf_native *v)
{
    double need = v->facts.demand.sense * v->at.pace_required, had = v->facts.demand.sense * v->at.pace_actual;
    if (!isfinite(had) || !isfinite(need)) {
        conclude(v, "no-data", "", NF_ONE_FIGURE);
        return;
    }
    bool on = had > 0 && had >= need, near = had > 0 && had >= near_pace * need;
    conclude(v, on ? "on-track" : near ? "at-risk" : "off-track", "pace", NF_BY_PACE);
}

/* The model's chance and projection, where there is a deadline ahead of the last figure. */
static int look_ahead(nf_ctx *c, nf_native *v, const nf_case *k)
{
    const nf_figures *f = &v->facts.figures;
    const nf_demand *d = &v->facts.demand;
    nf_standing *at = &v->at;
    nf_forecast o;
    if (nf_period_is_empty(k->target->due) || f->n < (k->hypothetical ? MODEL_FROM : CHANCE_FROM)) return NF_OK;
    int64_t steps = nf_figure_steps(f, k->target->due);
    bool under_way = nf_under_way(k->target, at);
    int rc = nf_forecast_of(c, &o, f, v->facts.ruler, steps, under_way);
    if (rc < 0 || (o.status != NF_FINE && o.status != NF_CONSTANT)) return rc;
    at->projected = nf_forecast_at(&o, .5);
    at->projected_lo80 = nf_forecast_at(&o, .1);
    at->projected_hi80 = nf_forecast_at(&o, .9);
    at->projected_lo95 = nf_forecast_at(&o, .025);
    at->projected_hi95 = nf_forecast_at(&o, .975);
    if (!isfinite(d->goal)) return NF_OK;
    v->model = at->chance = nf_forecast_within(&o, d->lo, d->hi);
    if (!under_way || o.status == NF_CONSTANT) return NF_OK;
    int64_t since = -nf_figure_steps(f, at->baseline_period);
    at->chance_walk = nf_walk_within(f, v->facts.ruler, steps, at->baseline, since, d->lo, d->hi);
    at->chance = nf_chance_combined(v->model, at->chance_walk);
    return NF_OK;
}

/* The milestones of a target's path, as far as figures have come. */
static void follow_path(nf_ctx *c, nf_native *v, const nf_case *k)
{
    const nf_target *t = k->target;
    size_t at;
    for (size_t i = 0; i < t->n_path; i++)
        if (isfinite(t->path[i].value) && nf_figure_find(&v->facts.figures, t->path[i].period, &at)) {
            v->path = &t->path[i];
            v->path_asked = v->path->value;
            v->path_figure = v->facts.figures.y[at];
        }
    if (!v->path) return;
    if (t->kind == NF_CHANGE_PCT) v->path_asked = v->at.baseline * (1 + v->path_asked / 100);
    else if (nf_in_unit_of_series(c, &v->path_asked, 1, k) < 0) v->path = NULL;
}

/* Too few figures for the model: the present pace, drawn on. */
static void draw_on(nf_native *v)
{
    const nf_facts *x = &v->facts;
    double last = nf_ruler_on(x->ruler, v->at.latest), years = x->due_year - x->latest_year;
    double speed = (last - nf_ruler_on(x->ruler, x->from)) / (x->latest_year - x->from_year);
    if (isfinite(v->at.projected) || !(years > 0) || !isfinite(speed)) return;
    v->at.projected = nf_ruler_off(x->ruler, last + speed * years);
}

bool nf_native_on_path(const nf_native *v) { return v->facts.demand.sense * (v->path_figure - v->path_asked) >= 0; }

static void decide(nf_native *v, const nf_case *k)
{
    const nf_demand *d = &v->facts.demand;
    bool deadline = !nf_period_is_empty(k->target->due), met = v->at.n && nf_demand_met(d, v->at.latest);
    if (!v->at.n) conclude(v, "no-data", "", NF_NO_FIGURE);
    else if (d->fault.en) conclude(v, "no-data", "", NF_FAULT);
    else if (!isfinite(d->goal)) conclude(v, "open", isfinite(v->at.pace_actual) ? "pace" : "", NF_DIRECTION_ONLY);
    else if (!deadline) conclude(v, met ? "met-so-far" : "open", isfinite(v->at.pace_actual) ? "pace" : "",
                                 NF_NO_DEADLINE);
    else if (final_figure(v, k))
        conclude(v, nf_demand_met(d, v->facts.figures.y[v->decisive]) ? "achieved" : "missed", "final", NF_FINAL);
    else if (k->now >= nf_period_end(k->target->due)) conclude(v, "awaiting", "", NF_DEADLINE_PASSED);
    else if (met) conclude(v, "met-so-far", v->at.n >= CHANCE_FROM ? "chance" : "", NF_MET_ALREADY);
    else if (v->at.n >= CHANCE_FROM && isfinite(v->at.chance)) by_chance(v);
    else by_pace(v);
}

/* The chance is the model's own wherever the deadline's figure is absent, but nobody is told one that the rules
 * keep back: not after the deadline, unless no one is accused. */
static void hold_back(nf_native *v, const nf_case *k)
{
    bool told = v->cause == NF_BY_CHANCE || v->cause == NF_MET_ALREADY;
    if (v->cause != NF_FINAL && v->cause != NF_FAULT && (told || k->hypothetical)) return;
    v->at.chance = v->at.chance_walk = v->model = NAN;
}

int nf_native_decide(nf_ctx *c, nf_native *v, const nf_case *k)
{
    *v = (nf_native){ .basis = "", .model = NAN };
    int rc = nf_facts_of(c, &v->facts, &v->at, k);
    if (rc >= 0 && !v->facts.demand.fault.en) rc = look_ahead(c, v, k);
    if (rc < 0) return rc;
    draw_on(v);
    follow_path(c, v, k);
    decide(v, k);
    hold_back(v, k);
    return NF_OK;
}
