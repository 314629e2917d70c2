/* native_reason.c - why the native verdict is what it is, in a sentence with the numbers, and how fragile it is. */
#include "native.h"
#include "unit.h"
#include <math.h>

static nf_text none(void) { return (nf_text){ "", "" }; }

/* "; 710.06 billion yuan in 2022" */
static nf_text latest(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    if (!v->at.n) return none();
    nf_text value = nf_say_value(c, v->at.latest, nf_case_unit(k)), when = nf_say_period(c, v->at.latest_period);
    return (nf_text){ nf_format(c, "; %s in %s", value.en, when.en), nf_format(c, "；%s为%s", when.zh, value.zh) };
}

static nf_text had(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    if (!isfinite(v->at.pace_actual)) return none();
    nf_text pace = nf_say_pace(c, v->at.pace_actual, v->at.scale, nf_case_unit(k));
    nf_text since = nf_say_period(c, v->facts.from_period);
    return (nf_text){ nf_format(c, "had %s a year since %s", pace.en, since.en),
                      nf_format(c, "%s以来年均%s", since.zh, pace.zh) };
}

/* "needs 12.1 % a year to 2025, had 9.4 % a year since 2020" */
static nf_text paces(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    nf_text was = had(c, v, k), due = nf_say_period(c, k->target->due);
    if (!isfinite(v->at.pace_required)) return was;
    nf_text need = nf_say_pace(c, v->at.pace_required, v->at.scale, nf_case_unit(k));
    return (nf_text){ nf_format(c, "needs %s a year to %s%s%s", need.en, due.en, *was.en ? ", " : "", was.en),
                      nf_format(c, "到%s年均需%s%s%s", due.zh, need.zh, *was.zh ? "，" : "", was.zh) };
}

static nf_text final(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    const nf_figures *f = &v->facts.figures;
    double value = f->y[v->decisive], goal = v->at.target;
    const char *unit = nf_case_unit(k);
    bool computed = k->target->kind == NF_CHANGE_PCT;            /* from a base: its later digits mean nothing */
    nf_text is = nf_say_value(c, value, unit), when = nf_say_period(c, nf_figure_period(f, v->decisive)),
            asked = computed ? nf_amount_for_people(c, goal, unit, 3) : nf_say_value(c, goal, unit),
            by = nf_say_distance(c, fabs(goal - value), unit, computed ? 3 : 6);
    if (nf_demand_met(&v->facts.demand, value))
        return (nf_text){ nf_format(c, "%s in %s meets the target of %s", is.en, when.en, asked.en),
                          nf_format(c, "%s为%s，达到目标%s", when.zh, is.zh, asked.zh) };
    return (nf_text){ nf_format(c, "%s in %s misses the target of %s by %s", is.en, when.en, asked.en, by.en),
                      nf_format(c, "%s为%s，距目标%s差%s", when.zh, is.zh, asked.zh, by.zh) };
}

/* "; the path asked for 45 % in 2023, it was 43 %" */
static nf_text path(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    if (!v->path || nf_native_on_path(v)) return none();
    nf_text asked = nf_say_value(c, v->path_asked, nf_case_unit(k)), is = nf_say_value(c, v->path_figure,
        nf_case_unit(k));
    nf_text when = nf_say_period(c, v->path->period);
    return (nf_text){ nf_format(c, "; the path asked for %s in %s, it was %s", asked.en, when.en, is.en),
                      nf_format(c, "；%s节点目标为%s，实际为%s", when.zh, asked.zh, is.zh) };
}

static nf_text with_latest(nf_ctx *c, const nf_native *v, const nf_case *k, nf_text head)
{
    nf_text tail = latest(c, v, k), way = path(c, v, k);
    return (nf_text){ nf_format(c, "%s%s%s", head.en, tail.en, way.en), nf_format(c, "%s%s%s", head.zh, tail.zh,
        way.zh) };
}

static nf_text by_chance(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    nf_text chance = nf_say_chance(c, v->at.chance), goal = nf_say_value(c, v->at.target, nf_case_unit(k));
    nf_text pace = paces(c, v, k), due = nf_say_period(c, k->target->due);
    return (nf_text){ nf_format(c, "chance of %s in %s: %s; %s", goal.en, due.en, chance.en, pace.en),
                      nf_format(c, "%s达到%s的把握为%s；%s", due.zh, goal.zh, chance.zh, pace.zh) };
}

static nf_text passed(nf_ctx *c, const nf_case *k)
{
    nf_text due = nf_say_period(c, k->target->due);
    return (nf_text){ nf_format(c, "the deadline %s has passed, its figure is not there yet", due.en),
                      nf_format(c, "期限%s已过，当期数据尚未公布", due.zh) };
}

static nf_text met(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    nf_text is = nf_say_value(c, v->at.latest, nf_case_unit(k)), when = nf_say_period(c, v->at.latest_period);
    nf_text goal = nf_say_value(c, v->at.target, nf_case_unit(k)), due = nf_say_period(c, k->target->due);
    return (nf_text){ nf_format(c, "%s in %s already meets the target of %s for %s", is.en, when.en, goal.en, due.en),
                      nf_format(c, "%s为%s，已达到%s的目标%s", when.zh, is.zh, due.zh, goal.zh) };
}

static nf_text open_ended(nf_ctx *c, const nf_native *v, const nf_case *k, nf_text head)
{
    nf_text pace = had(c, v, k);
    nf_text text = { nf_format(c, "%s%s%s", head.en, *pace.en ? ": " : "", pace.en),
                     nf_format(c, "%s%s%s", head.zh, *pace.zh ? "：" : "", pace.zh) };
    return with_latest(c, v, k, text);
}

static nf_text no_deadline(nf_ctx *c, const nf_native *v, const nf_case *k)
{
    nf_text goal = nf_say_value(c, v->at.target, nf_case_unit(k));
    bool reached = nf_demand_met(&v->facts.demand, v->at.latest);
    return open_ended(c, v, k, (nf_text){
        nf_format(c, "the target of %s has no deadline%s", goal.en, reached ? " and is met" : ""),
        nf_format(c, "目标%s未设期限%s", goal.zh, reached ? "，目前已达到" : "") });
}

int nf_native_reason(nf_ctx *c, nf_text *out, const nf_native *v, const nf_case *k)
{
    switch (v->cause) {
    case NF_FAULT: *out = v->facts.demand.fault; break;
    case NF_NO_FIGURE: *out = (nf_text){ "there are no figures", "没有数据" }; break;
    case NF_ONE_FIGURE:
        *out = with_latest(c, v, k, (nf_text){ "there is only one figure, and a pace needs two", "只有一期数据，无法计算速度" });
        break;
    case NF_DIRECTION_ONLY:
        *out = open_ended(c, v, k, (nf_text){ "only a direction is asked for", "目标只规定了方向" });
        break;
    case NF_NO_DEADLINE: *out = no_deadline(c, v, k); break;
    case NF_FINAL: *out = final(c, v, k); break;
    case NF_DEADLINE_PASSED: *out = with_latest(c, v, k, passed(c, k)); break;
    case NF_MET_ALREADY: *out = met(c, v, k); break;
    case NF_BY_CHANCE: *out = with_latest(c, v, k, by_chance(c, v, k)); break;
    case NF_BY_PACE: *out = with_latest(c, v, k, paces(c, v, k)); break;
    }
    return out->en && out->zh ? NF_OK : NF_ENOMEM;
}

/* ---- how fragile it is ---- */

static int word_of(nf_ctx *c, const char **word, const nf_case *k)
{
    nf_native v;
    int rc = nf_native_decide(c, &v, k);
    if (rc >= 0) *word = v.grade->word;
    return rc;
}

static int without_last(nf_ctx *c, const nf_native *v, const nf_case *k, const char **word)
{
    const nf_figures *f = &v->facts.figures;
    nf_series shorter = *k->series;
    nf_case other = *k;
    shorter.t.n = f->row[f->n - 1];
    other.series = &shorter;
    return word_of(c, word, &other);
}

/* Both neighbours of the base among the figures are tried; the first that changes the word is told. */
static int other_base(nf_ctx *c, const nf_native *v, const nf_case *k, const char **word)
{
    const nf_figures *f = &v->facts.figures;
    size_t base;
    if (!nf_figure_find(f, v->at.baseline_period, &base)) return NF_OK;
    for (size_t i = base ? base - 1 : base + 1; i <= base + 1 && i + 1 < f->n; i += 2) {
        const char *now;
        nf_target moved = *k->target;
        nf_case other = *k;
        moved.base = nf_figure_period(f, i);
        other.target = &moved;
        int rc = word_of(c, &now, &other);
        if (rc < 0) return rc;
        if (!*word || now != v->grade->word) *word = now;
        if (now != v->grade->word) return NF_OK;
    }
    return NF_OK;
}

int nf_native_fragility(nf_ctx *c, const nf_native *v, const nf_case *k, const char **without, const char **other)
{
    bool asks = v->cause == NF_BY_CHANCE || v->cause == NF_BY_PACE || v->cause == NF_MET_ALREADY;
    *without = *other = NULL;
    if (!asks) return NF_OK;
    int rc = v->at.n > 1 ? without_last(c, v, k, without) : NF_OK;
    bool moves = !isfinite(k->target->base_value) && k->target->kind != NF_CHANGE_PCT && k->target->kind != NF_KEEP;
    return rc >= 0 && moves ? other_base(c, v, k, other) : rc;
}
