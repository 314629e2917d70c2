/* check_people.c - verdicts as people read them: a line per target, its reason, and the improvements' sums. */
#include "check_people.h"
#include "judging/judge.h"
#include <math.h>
#include <string.h>

static const nf_field people_fields[] = {
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "indicator", .type = NF_PROSE, .title = { "indicator", "指标" } },
    { .name = "latest", .type = NF_F64, .title = { "latest", "最新值" } },
    { .name = "of", .type = NF_TIME, .title = { "of", "时期" } },
    { .name = "target", .type = NF_F64, .title = { "target", "目标" } },
    { .name = "by", .type = NF_TIME, .title = { "by", "期限" } },
    { .name = "unit", .type = NF_PROSE, .title = { "unit", "单位" } },
    { .name = "chance", .type = NF_PROSE, .title = { "chance", "达标可能" } },
    { .name = "verdict", .type = NF_PROSE, .title = { "verdict", "结论" } },
    { .name = "judged", .type = NF_PROSE, .title = { "judged", "人工判断" } },
    { .name = "owner", .type = NF_PROSE, .title = { "owner", "责任单位" } },
    { .name = "reason", .type = NF_PROSE, .title = { "why", "依据" } },
    { 0 }
};

static const nf_indicator *indicator_of(const nf_plan *p, const nf_target *t)
{
    return t->indicator ? nf_plan_indicator(p, t->indicator) : NULL;
}

static nf_text title_of(const nf_plan *p, const nf_target *t)
{
    const nf_indicator *i = indicator_of(p, t);
    if (t->title.en && *t->title.en) return t->title;
    if (i && i->title.en && *i->title.en) return i->title;
    return (nf_text){ t->indicator ? t->indicator : t->code, NULL };
}

static nf_text unit_of(nf_ctx *c, const nf_finding *f)
{
    const nf_target *t = f->of->target;
    const char *unit = t->unit && *t->unit ? t->unit : f->of->series ? f->of->series->meta->unit : NULL;
    return (nf_text){ nf_unit_for_people(c, unit, "en"), nf_unit_for_people(c, unit, "zh") };
}

/* The last judgement of a person, beside what was computed. */
static nf_text judged(nf_ctx *c, const nf_finding *f, const nf_scheme *scheme)
{
    const nf_plan *p = f->of->plan;
    const nf_judgement *last = NULL;
    for (const nf_judgement *j = p->judgement; j < p->judgement + p->n_judgement; j++)
        if (f->of->target->indicator && !strcmp(j->indicator, f->of->target->indicator) && j->at <= f->of->now)
            last = j;
    if (!last) return (nf_text){ NULL, NULL };
    nf_text word = { last->verdict, NULL };
    for (const nf_grade *g = scheme->grade; g->word; g++)
        if (!strcmp(g->word, last->verdict)) word = g->title;
    return (nf_text){ nf_format(c, "%s: %s (%s)", word.en, last->reason, last->by),
                      nf_format(c, "%s：%s（%s）", nf_text_in(word, "zh"), last->reason, last->by) };
}

static int one(nf_ctx *c, nf_sink to, const nf_finding *f, const nf_scheme *scheme)
{
    const nf_target *t = f->of->target;
    const nf_indicator *i = indicator_of(f->of->plan, t);
    return to.row(to.self, c, (nf_value[]){ { .s = t->improvement }, { .p = title_of(f->of->plan, t) },
        { .f = f->at.latest }, { .t = f->at.latest_period }, { .f = f->at.target }, { .t = t->due },
        { .p = unit_of(c, f) },
        { .p = nf_say_chance(c, f->at.chance) }, { .p = f->grade->title }, { .p = judged(c, f, scheme) },
        { .p = i ? i->owner : (nf_text){ 0 } },
        { .p = f->reason } });
}

int nf_check_people(nf_ctx *c, nf_workspace *w, const nf_scheme *scheme, const nf_finding *f, size_t n)
{
    nf_sink to;
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, scheme->row.name, people_fields))) return rc;
    for (size_t i = 0; i < n && !rc; i++) rc = one(c, to, &f[i], scheme);
    return to.end(to.self, c, rc);
}

/* ---- improvements ---- */

static const nf_field rollup_fields[] = {
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "名称" } },
    { .name = "targets", .type = NF_I64, .title = { "targets", "目标数" } },
    { .name = "met", .type = NF_I64, .title = { "met", "已达标" } },
    { .name = "on_track", .type = NF_I64, .title = { "on track", "正常" } },
    { .name = "at_risk", .type = NF_I64, .title = { "at risk", "有风险" } },
    { .name = "off_track", .type = NF_I64, .title = { "off track", "难完成" } },
    { .name = "missed", .type = NF_I64, .title = { "missed", "未完成" } },
    { .name = "unknown", .type = NF_I64, .title = { "cannot say", "无法判断" } },
    { .name = "veto", .type = NF_FLAG, .title = { "a binding target lags", "约束性指标滞后" } },
    { .name = "worst", .type = NF_PROSE, .title = { "worst", "最差" } },
    { 0 }
};

static nf_value count(const nf_rollup *r, nf_level l) { return (nf_value){ .i = (int64_t)r->count[l] }; }

static int rollup_row(nf_ctx *c, nf_sink to, const nf_rollup *r)
{
    nf_text worst = { NULL, NULL };
    if (r->worst) worst = title_of(r->worst->of->plan, r->worst->of->target);
    return to.row(to.self, c, (nf_value[]){ { .s = r->improvement->code }, { .p = r->improvement->title },
        { .i = (int64_t)r->n }, count(r, NF_MET), count(r, NF_ON), count(r, NF_RISK), count(r, NF_OFF),
        count(r, NF_MISSED), count(r, NF_UNKNOWN), { .i = r->veto }, { .p = worst } });
}

int nf_check_rollups(nf_ctx *c, nf_workspace *w, const nf_finding *f, size_t n)
{
    nf_rollup *r;
    size_t n_rollup;
    nf_sink to;
    int rc = nf_workspace_rollup(c, w, f, n, &r, &n_rollup);
    if (rc || !n_rollup) return rc;
    if (!w->format || !strcmp(w->format, "text")) rc = nf_put(w->out, "\n");
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "improvements", rollup_fields))) return rc;
    for (size_t i = 0; i < n_rollup && !rc; i++) rc = rollup_row(c, to, &r[i]);
    return to.end(to.self, c, rc);
}

/* ---- what changed ---- */

enum { BEFORE = 4, NOW };
static const nf_field change_fields[] = {
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "indicator", .type = NF_WORD, .title = { "indicator", "指标代码" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "指标" } },
    { .name = "target", .type = NF_WORD, .title = { "target", "目标代码" } },
    [BEFORE] = { .name = "before", .type = NF_WORD, .title = { "before", "此前" } },
    [NOW] = { .name = "now", .type = NF_WORD, .title = { "now", "现在" } },
    { .name = "chance_before", .type = NF_F64, .title = { "chance before", "此前可能性" } },
    { .name = "chance", .type = NF_F64, .title = { "chance now", "现在可能性" } },
    { .name = "reason", .type = NF_PROSE, .title = { "why", "依据" } },
    { 0 }
};

static const nf_finding *same_target(const nf_finding *f, size_t n, const nf_target *t)
{
    for (size_t i = 0; i < n; i++)
        if (f[i].of->target->code && t->code && !strcmp(f[i].of->target->code, t->code)) return &f[i];
    return NULL;
}

/* The scheme's word: a code, or for people what it is called. */
static nf_value word_of(const nf_finding *f, bool people)
{
    if (!f) return people ? (nf_value){ .p = { NULL, NULL } } : (nf_value){ .s = NULL };
    return people ? (nf_value){ .p = f->grade->title } : (nf_value){ .s = f->grade->word };
}

static int change_rows(nf_ctx *c, nf_sink to, const nf_finding *now, size_t n, const nf_finding *then, size_t n_then,
                       bool people)
{
    int rc = NF_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        const nf_target *t = now[i].of->target;
        const nf_finding *was = same_target(then, n_then, t);
        const char *word = was ? was->grade->word : "";
        if (strcmp(word, now[i].grade->word))
            rc = to.row(to.self, c, (nf_value[]){ { .s = t->improvement }, { .s = t->indicator },
                { .p = title_of(now[i].of->plan, t) }, { .s = t->code }, word_of(was, people),
                word_of(&now[i], people), { .f = was ? was->at.chance : NAN }, { .f = now[i].at.chance },
                { .p = now[i].reason } });
    }
    return rc;
}

/* The workspace as it was: the same options at another date. */
int nf_check_then(nf_ctx *c, nf_workspace *w, const nf_scheme *scheme, const char *since, nf_finding **was, size_t *n)
{
    nf_workspace then = *w;
    *was = NULL;
    *n = 0;
    then.cases = NULL;
    then.as_of_text = since;
    int rc = nf_known_parse(c, &then.as_of, since);
    if (!w->plan_path && !w->hypothetical && w->store) {
        then.has_plan = false;
        then.has_stored = false;
    }
    if (!rc) rc = nf_workspace_check(c, &then, scheme, was, n);
    return rc == NF_ENOTFOUND && w->store ? NF_OK : rc;          /* no plan then: everything is new */
}

int nf_check_changes(nf_ctx *c, nf_workspace *w, const nf_scheme *scheme, const nf_finding *now, size_t n,
                     const char *since)
{
    nf_field field[sizeof change_fields / sizeof *change_fields];
    bool people = nf_workspace_for_people(w);
    nf_finding *was;
    size_t n_was;
    nf_sink to;
    int rc = nf_check_then(c, w, scheme, since, &was, &n_was);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    memcpy(field, change_fields, sizeof field);
    field[BEFORE].type = field[NOW].type = people ? NF_PROSE : NF_WORD;
    if (rc || (rc = to.begin(to.self, c, "changes", field))) return rc;
    return to.end(to.self, c, change_rows(c, to, now, n, was, n_was, people));
}
