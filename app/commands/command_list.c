/* command_list.c - list: what there is, in the store, the plan and the program's own registries. */
#include "app.h"
#include <string.h>

/* ---- registries ---- */

static const nf_field registry_fields[] = {
    { .name = "name", .type = NF_WORD, .title = { "name", "名称" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "说明" } },
    { .name = "formula", .type = NF_WORD, .title = { "formula", "公式" } },
    { .name = "use", .type = NF_WORD, .title = { "when to use it", "适用" } },
    { .name = "avoid", .type = NF_WORD, .title = { "when not", "不适用" } },
    { .name = "peers", .type = NF_WORD, .title = { "agreement", "与其他程序的一致性" } },
    { .name = "cite", .type = NF_WORD, .title = { "citation", "出处" } },
    { .name = "options", .type = NF_WORD, .title = { "options", "选项" } },
    { 0 }
};

static const char *options_of(nf_ctx *c, const nf_row *r)
{
    char *all = NULL;
    for (const nf_field *f = r->opt; f && f->type != NF_END; f++)
        all = all ? nf_format(c, "%s %s", all, f->name) : nf_strdup(c, f->name);
    return all;
}

static int registry_rows(nf_ctx *c, nf_table table, nf_sink to)
{
    int rc = NF_OK;
    for (nf_table r = table; *r && !rc; r++) {
        const nf_row *k = *r;
        nf_value v[] = { { .s = k->name }, { .p = k->title }, { .s = k->formula }, { .s = k->use }, { .s = k->avoid },
                         { .s = k->peers }, { .s = k->cite }, { .s = options_of(c, k) } };
        rc = to.row(to.self, c, v);
    }
    return rc;
}

/* ---- the plan ---- */

static const nf_field indicator_fields[] = {
    { .name = "indicator", .type = NF_WORD, .title = { "indicator", "指标代码" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "指标" } },
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "owner", .type = NF_PROSE, .title = { "owner", "责任单位" } },
    { .name = "expression", .type = NF_WORD, .title = { "series or formula", "序列或公式" } },
    { .name = "note", .type = NF_PROSE, .title = { "note", "说明" } },
    { 0 }
};

static int indicator_rows(nf_ctx *c, const nf_plan *p, nf_sink to)
{
    int rc = NF_OK;
    for (const nf_indicator *i = p->indicator; i < p->indicator + p->n_indicator && !rc; i++)
        rc = to.row(to.self, c, (nf_value[]){ { .s = i->code }, { .p = i->title }, { .s = i->improvement },
                    { .s = i->unit }, { .p = i->owner }, { .s = i->expression }, { .p = i->note } });
    return rc;
}

static const nf_field target_fields[] = {
    { .name = "target", .type = NF_WORD, .title = { "target", "目标代码" } },
    { .name = "indicator", .type = NF_WORD, .title = { "indicator", "指标" } },
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "kind", .type = NF_WORD, .title = { "kind", "类型" } },
    { .name = "direction", .type = NF_WORD, .title = { "direction", "方向" } },
    { .name = "value", .type = NF_F64, .title = { "value", "目标值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "period", .type = NF_TIME, .title = { "by", "期限" } },
    { .name = "binding", .type = NF_FLAG, .title = { "binding", "约束性" } },
    { .name = "publisher", .type = NF_WORD, .title = { "publisher", "发布者" } },
    { .name = "document", .type = NF_WORD, .title = { "document", "文件" } },
    { .name = "note", .type = NF_PROSE, .title = { "note", "说明" } },
    { 0 }
};

static int target_rows(nf_ctx *c, const nf_plan *p, nf_sink to)
{
    int rc = NF_OK;
    for (const nf_target *t = p->target; t < p->target + p->n_target && !rc; t++)
        rc = to.row(to.self, c, (nf_value[]){ { .s = t->code }, { .s = t->indicator }, { .s = t->improvement },
                    { .s = nf_kind_name(t->kind) }, { .s = t->sense < 0 ? "down" : "up" }, { .f = t->value },
                    { .s = t->unit }, { .t = t->due }, { .i = t->binding }, { .s = t->publisher },
                    { .s = t->document }, { .p = t->note } });
    return rc;
}

static const nf_field task_fields[] = {
    { .name = "task", .type = NF_WORD, .title = { "task", "任务代码" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "任务" } },
    { .name = "project", .type = NF_WORD, .title = { "project", "工程" } },
    { .name = "improvement", .type = NF_WORD, .title = { "improvement", "提升" } },
    { .name = "owner", .type = NF_PROSE, .title = { "unit", "责任单位" } },
    { .name = "start", .type = NF_TIME, .title = { "start", "开始" } },
    { .name = "due", .type = NF_TIME, .title = { "due", "期限" } },
    { 0 }
};

static int task_rows(nf_ctx *c, const nf_plan *p, nf_sink to)
{
    int rc = NF_OK;
    for (const nf_task *t = p->task; t < p->task + p->n_task && !rc; t++)
        rc = to.row(to.self, c, (nf_value[]){ { .s = t->code }, { .p = t->title }, { .s = t->project },
                    { .s = t->improvement }, { .p = t->owner }, { .t = t->start }, { .t = t->due } });
    return rc;
}

/* ---- the command ---- */

static const struct { const char *name; const nf_field *field; int (*rows)(nf_ctx *, const nf_plan *, nf_sink); }
plan_lists[] = { { "indicators", indicator_fields, indicator_rows }, { "targets", target_fields, target_rows },
                 { "tasks", task_fields, task_rows } };

static nf_table registry_called(const char *what)
{
    const struct { const char *name; nf_table table; } all[] = {
        { "loaders", NF_TABLE(nf_loaders) }, { "methods", NF_TABLE(nf_methods) }, { "formulas", NF_TABLE(nf_formulas) },
        { "schemes", NF_TABLE(nf_schemes) }, { "charts", NF_TABLE(nf_charts) }, { "formats", NF_TABLE(nf_formats) },
        { "reports", NF_TABLE(nf_reports) } };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i].name, what)) return all[i].table;
    return NULL;
}

static int list_registry(nf_ctx *c, nf_workspace *w, const char *what, nf_table table)
{
    static const char *const few[] = { "name", "title", NULL };
    nf_sink to;
    int rc = nf_workspace_sink(c, w, &to);
    if (!rc && nf_workspace_for_people(w)) rc = nf_sink_columns(c, &to, to, few);
    if (!rc && !(rc = to.begin(to.self, c, what, registry_fields)))
        rc = to.end(to.self, c, registry_rows(c, table, to));
    return rc;
}

static int list_plan(nf_ctx *c, nf_workspace *w, size_t i)
{
    const nf_plan *plan;
    nf_sink to;
    int rc = nf_workspace_plan(c, w, &plan);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (!rc && !(rc = to.begin(to.self, c, plan_lists[i].name, plan_lists[i].field)))
        rc = to.end(to.self, c, plan_lists[i].rows(c, plan, to));
    return rc;
}

static int list_store(nf_ctx *c, nf_workspace *w, const char *what)
{
    nf_store *store;
    nf_sink to;
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    return rc ? rc : nf_store_list(c, store, what, w->as_of, to);
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    static const char *const all[] = { "datasets", "series", "indicators", "targets", "tasks", "vintages", "rejects",
                                       "loaders", "methods", "formulas", "schemes", "charts", "formats", "reports" };
    enum { STORED = 7, ALL = sizeof all / sizeof *all };
    const char *what = *argument ? *argument : "datasets";
    (void)opt;
    if (registry_called(what)) return list_registry(c, w, what, registry_called(what));
    for (size_t i = 0; i < 3; i++)
        if (!strcmp(plan_lists[i].name, what)) return list_plan(c, w, i);
    for (size_t i = 0; i < STORED; i++)
        if (!strcmp(all[i], what)) return list_store(c, w, what);
    const char *near = nf_nearest(what, all, ALL);
    int rc = nf_fail(c, NF_ENOTFOUND, "nothing called '%s' to list", what);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "see 'ninefold list --help'") : rc;
}

extern const nf_command nf_command_list;
const nf_command nf_command_list = {
    .row = { .name = "list", .title = { "what there is: data, plan, methods, charts",
                                        "列出已有的数据、计划、方法和图表" } },
    .wish = { "see what is there", "看看已有什么" },
    .most = 1,
    .arguments = "[datasets|series|indicators|targets|tasks|vintages|rejects|loaders|methods|formulas|schemes|charts|"
                 "formats|reports]",
    .examples = "ninefold list series\nninefold list methods --format json\nninefold list targets --plan shijiazhuang",
    .run = run };
