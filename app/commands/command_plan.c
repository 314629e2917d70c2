/* command_plan.c - plan: a folder of tables proven, or made a vintage of the store. */
#include "app.h"
#include <string.h>

enum { PUBLISHED };
static const nf_field options[] = {
    NF_WORD_OPTION("published", "the plan was published on DATE (load; default: the first date it names)",
                   "计划发布于 DATE（用于 load；默认取计划中最早的日期）"),
    { 0 }
};

static const nf_field outcome_fields[] = {
    { .name = "plan", .type = NF_WORD, .title = { "plan", "计划" } },
    { .name = "outcome", .type = NF_WORD, .title = { "outcome", "结果" } },
    { .name = "improvements", .type = NF_I64, .title = { "improvements", "提升" } },
    { .name = "projects", .type = NF_I64, .title = { "projects", "工程" } },
    { .name = "indicators", .type = NF_I64, .title = { "indicators", "指标" } },
    { .name = "targets", .type = NF_I64, .title = { "targets", "目标" } },
    { .name = "tasks", .type = NF_I64, .title = { "tasks", "任务" } },
    { .name = "milestones", .type = NF_I64, .title = { "milestones", "节点" } },
    { 0 }
};

static int say(nf_ctx *c, nf_workspace *w, const char *folder, const nf_plan *p, const char *outcome)
{
    nf_sink to;
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "plan", outcome_fields))) return rc;
    rc = to.row(to.self, c, (nf_value[]){ { .s = p->code ? p->code : folder }, { .s = outcome },
        { .i = (int64_t)p->n_improvement }, { .i = (int64_t)p->n_project }, { .i = (int64_t)p->n_indicator },
        { .i = (int64_t)p->n_target }, { .i = (int64_t)p->n_task }, { .i = (int64_t)p->n_milestone } });
    return to.end(to.self, c, rc);
}

static int save(nf_ctx *c, nf_workspace *w, const nf_plan *p, const char *folder, const char *published)
{
    nf_store *store;
    int64_t known = nf_plan_known(p, w->now);
    int rc = published ? nf_known_parse(c, &known, published) : NF_OK;
    if (!rc) rc = nf_workspace_store(c, w, &store, NF_STORE_CREATE);
    return rc ? rc : nf_store_plan_save(c, store, p, folder, known, w->now);
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    static const char *const actions[] = { "load", "check" };
    const char *action = argument[0] ? argument[0] : "";
    bool load = !strcmp(action, "load");
    if (!load && strcmp(action, "check")) {
        const char *near = nf_nearest(action, actions, 2);
        int rc = nf_fail(c, NF_EINVAL, *action ? "plan knows no '%s'" : "plan needs to be told what to do%s", action);
        return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "plan load DIR, plan check DIR") : rc;
    }
    const char *folder = argument[1] ? argument[1] : w->plan_path;
    const nf_plan *plan;
    if (!folder) return nf_fail(c, NF_EINVAL, "plan %s needs the folder of the plan", action);
    w->plan_path = folder;
    int rc = nf_workspace_plan(c, w, &plan);
    int faults = rc ? 0 : nf_plan_check(c, plan, folder);
    if (rc || faults < 0) return rc ? rc : faults;
    if (faults) return nf_fail(c, NF_EDATA, "the plan '%s' has %d fault%s%s", folder, faults, faults > 1 ? "s" : "",
                               load ? " and was not loaded" : "");
    if (load) rc = save(c, w, plan, folder, opt[PUBLISHED].s);
    return rc ? rc : say(c, w, folder, plan, load ? "loaded" : "sound");
}

extern const nf_command nf_command_plan;
const nf_command nf_command_plan = {
    .row = { .name = "plan", .title = { "prove a plan, or load it into the store", "检验计划，或把计划载入数据库" },
             .opt = options },
    .most = 2, .arguments = "load|check DIR",
    .examples = "ninefold plan check indicators/plans/shijiazhuang\nninefold plan load myplan/ --published 2021-07-03",
    .run = run };
