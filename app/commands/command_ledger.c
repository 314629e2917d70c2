/* command_ledger.c - ledger: key tasks with their light; an entry made, as a line that is never taken back. */
#include "ledger_collect.h"
#include <string.h>

enum { SINCE, FIELD, VALUE, BY, NOTE, EVIDENCE, PERIOD, OUTPUT, UNTIL };
static const nf_field options[] = {
    NF_WORD_OPTION("since", "the bulletin: entries made after DATE", "简报：DATE 之后的登记"),
    NF_WORD_OPTION("field", "update: NAME of what is said: started progress finished status",
                   "update：登记项 NAME：started progress finished status"),
    NF_WORD_OPTION("value", "update: its VALUE", "update：内容 VALUE"),
    NF_WORD_OPTION("by", "update: NAME of the author", "update：登记人 NAME"),
    NF_WORD_OPTION("note", "update: TEXT", "update：说明 TEXT"),
    NF_WORD_OPTION("evidence", "update: FILE or address that shows it", "update：佐证文件或网址 FILE"),
    NF_WORD_OPTION("period", "collect: the PERIOD reported", "collect：报告期 PERIOD"),
    NF_WORD_OPTION("output", "collect: the folder DIR for a prefilled workbook to each unit",
                   "collect：各单位预填表的输出文件夹 DIR"),
    NF_WORD_OPTION("until", "collect: sheets that come back after DATE are late (ten days after the period)",
                   "collect：DATE 之后交回为迟交（默认报告期后十天）"),
    { 0 }
};

/* ---- the ledger as it stands ---- */

static const nf_field task_fields[] = {
    { .name = "task", .type = NF_WORD, .title = { "task", "任务" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "内容" } },
    { .name = "project", .type = NF_WORD, .title = { "project", "工程" } },
    { .name = "owner", .type = NF_PROSE, .title = { "unit", "责任单位" } },
    { .name = "start", .type = NF_TIME, .title = { "start", "开始" } },
    { .name = "due", .type = NF_TIME, .title = { "due", "期限" } },
    { .name = "milestones", .type = NF_I64, .title = { "milestones", "节点" } },
    { .name = "milestones_done", .type = NF_I64, .title = { "done", "已完成节点" } },
    { .name = "light", .type = NF_WORD, .title = { "light", "亮灯" } },
    { .name = "reading", .type = NF_PROSE, .title = { "reading", "状态" } },
    { .name = "after", .type = NF_WORD, .title = { "waits for", "前置任务" } },
    { .name = "reason", .type = NF_PROSE, .title = { "why", "依据" } },
    { 0 }
};

static int task_row(nf_ctx *c, nf_sink to, const nf_finding *f)
{
    const nf_task *t = f->of->task;
    const nf_plan *p = f->of->plan;
    int64_t n = 0, done = 0;
    for (const nf_milestone *m = p->milestone; m < p->milestone + p->n_milestone; m++) {
        if (!m->task || strcmp(m->task, t->code)) continue;
        n++;
        done += !nf_period_is_empty(m->done) && nf_period_end(m->done) <= f->of->now;
    }
    return to.row(to.self, c, (nf_value[]){ { .s = t->code }, { .p = t->title }, { .s = t->project }, { .p = t->owner },
        { .t = t->start }, { .t = t->due }, { .i = n }, { .i = done }, { .s = f->grade->word },
        { .p = f->grade->title },
        { .s = t->after }, { .p = f->reason } });
}

static int show(nf_ctx *c, nf_workspace *w)
{
    static const char *const few[] = { "task", "title", "owner", "start", "due", "reading", "after", "reason", NULL };
    nf_finding *f;
    size_t n;
    nf_sink to;
    int rc = nf_workspace_tasks(c, w, &f, &n);
    if (!rc) rc = nf_workspace_date(c, w);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (!rc && nf_workspace_for_people(w)) rc = nf_sink_columns(c, &to, to, few);
    if (rc || (rc = to.begin(to.self, c, "ledger", task_fields))) return rc;
    for (size_t i = 0; i < n && !rc; i++) rc = task_row(c, to, &f[i]);
    return to.end(to.self, c, rc);
}

/* ---- the bulletin ---- */

static const nf_field entry_fields[] = {
    { .name = "at", .type = NF_WORD, .title = { "at", "时间" } },
    { .name = "task", .type = NF_WORD, .title = { "task", "任务" } },
    { .name = "author", .type = NF_WORD, .title = { "author", "登记人" } },
    { .name = "field", .type = NF_WORD, .title = { "field", "登记项" } },
    { .name = "value", .type = NF_WORD, .title = { "value", "内容" } },
    { .name = "note", .type = NF_WORD, .title = { "note", "说明" } },
    { .name = "evidence", .type = NF_WORD, .title = { "evidence", "佐证" } },
    { 0 }
};

static int bulletin(nf_ctx *c, nf_workspace *w, const char *since)
{
    const nf_plan *p;
    nf_sink to;
    int64_t after;
    int rc = nf_known_parse(c, &after, since);
    if (!rc) rc = nf_workspace_plan(c, w, &p);
    if (!rc) rc = nf_workspace_date(c, w);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "entries", entry_fields))) return rc;
    for (const nf_entry *e = p->entry; e < p->entry + p->n_entry && !rc; e++) {
        char at[32];
        if (e->at <= after || e->at > w->as_of) continue;
        nf_instant_text(at, e->at);
        rc = to.row(to.self, c, (nf_value[]){ { .s = at }, { .s = e->task }, { .s = e->author }, { .s = e->field },
                    { .s = e->value }, { .s = e->note }, { .s = e->evidence } });
    }
    return to.end(to.self, c, rc);
}

/* ---- an entry ---- */

static int known_task(nf_ctx *c, nf_workspace *w, const char *code)
{
    const nf_plan *p;
    int rc = nf_workspace_plan(c, w, &p);
    const char **list = rc ? NULL : nf_alloc(c, (p->n_task + 1) * sizeof *list);
    if (rc || !list) return rc ? rc : NF_ENOMEM;
    for (size_t i = 0; i < p->n_task; i++)
        if (!strcmp(list[i] = p->task[i].code, code)) return NF_OK;
    const char *near = nf_nearest(code, list, p->n_task);
    nf_fail(c, NF_ENOTFOUND, "the plan has no key task '%s'", code);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "see 'ninefold list tasks'");
}

static int update(nf_ctx *c, nf_workspace *w, const char *task, const nf_value *opt)
{
    nf_store *store;
    if (!task || !opt[FIELD].s || !opt[VALUE].s || !opt[BY].s) {
        nf_fail(c, NF_EINVAL, "an entry needs a key task, --field, --value and --by");
        return nf_hint(c, "see 'ninefold ledger --help'");
    }
    nf_entry e = { task, w->now, opt[BY].s, opt[FIELD].s, opt[VALUE].s, opt[NOTE].s, opt[EVIDENCE].s };
    int rc = nf_workspace_store(c, w, &store, NF_STORE_WRITE);
    if (!rc) rc = known_task(c, w, task);
    return rc ? rc : nf_store_enter(c, store, &e, 1);
}

/* Without files the sheets go out, with files they come back. */
static int collect(nf_ctx *c, nf_workspace *w, char **file, const nf_value *opt)
{
    if (*file) return nf_ledger_take(c, w, file, opt[PERIOD].s, opt[UNTIL].s);
    if (opt[PERIOD].s && opt[OUTPUT].s) return nf_ledger_give(c, w, opt[PERIOD].s, opt[OUTPUT].s);
    nf_fail(c, NF_EINVAL, "collect needs a period and a folder, or the sheets that came back");
    return nf_hint(c, "ledger collect --period 2026Q2 -o sheets/, then ledger collect sheets/*.xlsx");
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    static const char *const actions[] = { "update", "collect" };
    if (!argument[0]) return opt[SINCE].s ? bulletin(c, w, opt[SINCE].s) : show(c, w);
    if (!strcmp(argument[0], "update")) return update(c, w, argument[1], opt);
    if (!strcmp(argument[0], "collect")) return collect(c, w, argument + 1, opt);
    const char *near = nf_nearest(argument[0], actions, 2);
    int rc = nf_fail(c, NF_EINVAL, "ledger knows no '%s'", argument[0]);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc;
}

extern const nf_command nf_command_ledger;
const nf_command nf_command_ledger = {
    .row = { .name = "ledger", .title = { "key tasks: unit, timetable, light, what waits for what",
                                          "重点任务台账：单位、时间表、亮灯、前置" },
             .opt = options },
    .wish = { "follow the key tasks", "跟踪重点任务" },
    .arguments = "[update TASK | collect [FILE...]]",
    .examples = "ninefold ledger\nninefold ledger --since 2026-10-01\n"
                "ninefold ledger update T2.1 --field progress --value 60 --by 'Housing bureau'\n"
                "ninefold ledger collect --period 2026Q2 -o sheets/\nninefold ledger collect sheets/*.xlsx",
    .run = run };
