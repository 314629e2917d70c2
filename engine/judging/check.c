/* check.c - the columns of `check`: one row per target and scheme. */
#include "judge.h"
#include <math.h>
#include <string.h>

#define WORD(id, en, zh) { .name = (id), .type = NF_WORD, .title = { (en), (zh) } }
#define NUMBER(id, d, en, zh) { .name = (id), .type = NF_F64, .dim = (d), .title = { (en), (zh) } }
#define TIME(id, en, zh) { .name = (id), .type = NF_TIME, .title = { (en), (zh) } }
const nf_field nf_check_fields[] = {
    WORD("improvement", "improvement", "提升行动"),
    WORD("indicator", "indicator", "指标"),
    WORD("series", "series", "数据序列"),
    WORD("unit", "unit", "单位"),
    WORD("direction", "direction", "方向"),
    TIME("baseline_period", "baseline period", "基期"),
    NUMBER("baseline", NF_OF_Y, "baseline", "基期值"),
    TIME("latest_period", "latest period", "最新时期"),
    NUMBER("latest", NF_OF_Y, "latest", "最新值"),
    TIME("target_period", "by when", "目标期"),
    NUMBER("target", NF_OF_Y, "target", "目标值"),
    NUMBER("completion", NF_ONE, "part of the way done", "完成进度"),
    NUMBER("elapsed", NF_ONE, "part of the time gone", "时间进度"),
    NUMBER("pace_actual", NF_FREE, "actual pace a year", "实际年均速度"),
    NUMBER("pace_required", NF_FREE, "required pace a year", "所需年均速度"),
    NUMBER("projected", NF_OF_Y, "projected", "预计值"),
    NUMBER("projected_lo", NF_OF_Y, "projected, lower 80 %", "预计值80%下限"),
    NUMBER("projected_hi", NF_OF_Y, "projected, upper 80 %", "预计值80%上限"),
    NUMBER("chance", NF_ONE, "chance", "达标概率"),
    WORD("verdict", "verdict", "结论"),
    WORD("basis", "basis", "依据"),
    WORD("scheme", "scheme", "方法"),
    WORD("judgement", "a person's judgement", "人工判断"),
    { .name = "owner", .type = NF_PROSE, .title = { "owner", "责任单位" } },
    { .name = "reason", .type = NF_PROSE, .title = { "reason", "说明" } },
    { .type = NF_END }
};
enum { IMPROVEMENT, INDICATOR, SERIES, UNIT, DIRECTION, BASELINE_PERIOD, BASELINE, LATEST_PERIOD, LATEST, TARGET_PERIOD,
       TARGET, COMPLETION, ELAPSED, PACE_ACTUAL, PACE_REQUIRED, PROJECTED, PROJECTED_LO, PROJECTED_HI, CHANCE, VERDICT,
       BASIS, SCHEME, JUDGEMENT, OWNER, REASON, COLUMNS };
_Static_assert(sizeof nf_check_fields / sizeof *nf_check_fields == COLUMNS + 1, "a column without its place");

static const char *word_or_empty(const char *s) { return s && *s ? s : NULL; }

static bool same(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/* The last word a person had on the indicator by now. */
static const nf_judgement *judgement_of(const nf_case *k)
{
    const nf_judgement *last = NULL;
    for (size_t i = 0; k->plan && i < k->plan->n_judgement; i++) {
        const nf_judgement *j = &k->plan->judgement[i];
        if (j->at <= k->now && same(j->indicator, k->target->indicator) && (!last || j->at >= last->at)) last = j;
    }
    return last;
}

static void standing_cells(nf_value *row, const nf_standing *at)
{
    row[BASELINE_PERIOD].t = at->baseline_period;
    row[BASELINE].f = at->baseline;
    row[LATEST_PERIOD].t = at->latest_period;
    row[LATEST].f = at->latest;
    row[TARGET].f = at->target;
    row[COMPLETION].f = at->completion;
    row[ELAPSED].f = at->elapsed;
    row[PACE_ACTUAL].f = at->pace_actual;
    row[PACE_REQUIRED].f = at->pace_required;
    row[PROJECTED].f = at->projected;
    row[PROJECTED_LO].f = at->projected_lo80;
    row[PROJECTED_HI].f = at->projected_hi80;
    row[CHANCE].f = at->chance;
}

int nf_check_row(nf_ctx *c, nf_value *row, const nf_finding *f, const nf_scheme *s)
{
    const nf_case *k = f->of;
    const nf_target *t = k->target;
    if (!t) return nf_fail(c, NF_EINVAL, "scheme '%s' judges tasks: they have no row among targets", s->row.name);
    const nf_indicator *indicator = k->plan && t->indicator ? nf_plan_indicator(k->plan, t->indicator) : NULL;
    const nf_judgement *judgement = judgement_of(k);
    const char *unit = word_or_empty(nf_case_unit(k));
    for (size_t i = 0; i < COLUMNS; i++) row[i] = nf_value_empty(nf_check_fields[i].type);
    standing_cells(row, &f->at);
    row[IMPROVEMENT].s = word_or_empty(t->improvement);
    row[INDICATOR].s = word_or_empty(t->indicator);
    row[SERIES].s = word_or_empty(t->series);
    row[UNIT].s = unit ? unit : word_or_empty(t->unit);
    row[DIRECTION].s = t->sense > 0 ? "up" : t->sense < 0 ? "down" : NULL;
    row[TARGET_PERIOD].t = t->due;
    row[VERDICT].s = f->grade ? f->grade->word : NULL;
    row[BASIS].s = judgement && !*f->basis ? "judgement" : word_or_empty(f->basis);
    row[SCHEME].s = s->row.name;
    row[JUDGEMENT].s = judgement ? judgement->verdict : NULL;
    if (indicator) row[OWNER].p = indicator->owner;
    row[REASON].p = f->reason;
    return NF_OK;
}
