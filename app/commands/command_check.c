/* command_check.c - check: is every target on track, by which reckoning, and why. */
#include "app.h"
#include "check_people.h"
#include <string.h>

static const char *const levels[] = { "off-track", "at-risk", "missed", NULL };

enum { SCHEME, CHANGES, DATA, TARGETS, FAIL_ON };
static const nf_field options[] = {
    { .name = "scheme", .type = NF_WORD, .word = "native",
      .title = { "judged by SCHEME,... side by side (native; see 'list schemes')",
                 "评判方法 SCHEME,… 可并列（默认 native）" } },
    NF_WORD_OPTION("changes", "only what reads otherwise than at DATE", "只列出自 DATE 以来结论有变的目标"),
    NF_WORD_OPTION("data", "figures from FILE: series,time,value[,published]; no store", "数据取自 FILE，不用数据库"),
    NF_WORD_OPTION("targets", "and targets from FILE, as columns indicator,series,direction,...", "目标取自 FILE"),
    { .name = "fail-on", .type = NF_WORD, .choices = levels,
      .title = { "exit status 1 when a target is that or worse", "有目标达到该程度或更差时退出码为 1" } },
    { 0 }
};

/* ---- schemes ---- */

typedef struct { const nf_scheme **scheme; size_t n; nf_finding **finding; size_t *n_finding; } judgements;

static int find_schemes(nf_ctx *c, const nf_workspace *w, const char *list, judgements *j)
{
    const char **name;
    const void *row;
    int rc = nf_names_split(c, list, &name, &j->n);
    if (rc) return rc;
    j->scheme = nf_alloc(c, j->n * sizeof(void *));
    j->finding = nf_alloc(c, j->n * sizeof(void *));
    j->n_finding = nf_alloc(c, j->n * sizeof *j->n_finding);
    if (!j->scheme || !j->finding || !j->n_finding) return NF_ENOMEM;
    for (size_t i = 0; i < j->n; i++) {
        if ((rc = nf_row_need(c, &row, NF_TABLE(nf_schemes), "scheme", name[i]))) return rc;
        j->scheme[i] = row;
        if (j->scheme[i]->tasks) return nf_fail(c, NF_EINVAL, "scheme '%s' judges key tasks: see 'ledger'", name[i]);
    }
    return nf_passed_used(c, (const nf_row *const *)(const void *)j->scheme, j->n, w->passed, "scheme");
}

static int judge_all(nf_ctx *c, nf_workspace *w, judgements *j)
{
    int rc = NF_OK;
    for (size_t i = 0; i < j->n && !rc; i++)
        rc = nf_workspace_check(c, w, j->scheme[i], &j->finding[i], &j->n_finding[i]);
    return rc;
}

/* One row per target and scheme, in the plan's order. */
static int all_rows(nf_ctx *c, const judgements *j, nf_sink to)
{
    nf_value *row = nf_alloc(c, nf_field_count(nf_check_fields) * sizeof *row);
    int rc = row ? NF_OK : NF_ENOMEM;
    for (size_t t = 0; !rc && t < j->n_finding[0]; t++)
        for (size_t s = 0; !rc && s < j->n; s++) {
            rc = nf_check_row(c, row, &j->finding[s][t], j->scheme[s]);
            if (!rc) rc = to.row(to.self, c, row);
        }
    return rc;
}

static int for_programs(nf_ctx *c, nf_workspace *w, const judgements *j)
{
    nf_sink to;
    int rc = nf_workspace_sink(c, w, &to);
    if (!rc && !(rc = to.begin(to.self, c, "check", nf_check_fields))) rc = to.end(to.self, c, all_rows(c, j, to));
    return rc;
}

static int for_people(nf_ctx *c, nf_workspace *w, const judgements *j)
{
    int rc = NF_OK;
    for (size_t i = 0; i < j->n && !rc; i++)
        rc = nf_check_people(c, w, j->scheme[i], j->finding[i], j->n_finding[i]);
    return rc ? rc : nf_check_rollups(c, w, j->finding[0], j->n_finding[0]);
}

/* ---- exit status ---- */

static bool fails(const nf_finding *f, const char *level)
{
    nf_level l = f->grade ? f->grade->level : NF_UNKNOWN;
    if (!strcmp(level, "missed")) return l == NF_MISSED;
    return l == NF_MISSED || l == NF_OFF || (!strcmp(level, "at-risk") && l == NF_RISK);
}

static int status(const judgements *j, const char *level)
{
    for (size_t s = 0; level && s < j->n; s++)
        for (size_t t = 0; t < j->n_finding[s]; t++)
            if (fails(&j->finding[s][t], level)) return NF_EXIT_JUDGED;
    return NF_EXIT_FINE;
}

/* ---- the command ---- */

static int gather(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    if (!opt[DATA].s != !opt[TARGETS].s) {
        nf_fail(c, NF_EINVAL, "--data and --targets go together");
        return nf_hint(c, "check --data FILE --targets FILE");
    }
    if (opt[DATA].s) return nf_workspace_hypothetical(c, w, opt[DATA].s, opt[TARGETS].s);
    return *argument ? nf_workspace_sheet(c, w, *argument) : NF_OK;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    judgements j = { 0 };
    int rc = find_schemes(c, w, opt[SCHEME].s, &j);
    if (!rc) rc = gather(c, w, argument, opt);
    if (!rc) rc = judge_all(c, w, &j);
    if (!rc) rc = nf_workspace_date(c, w);
    if (!rc && opt[CHANGES].s) rc = nf_check_changes(c, w, j.scheme[0], j.finding[0], j.n_finding[0], opt[CHANGES].s);
    else if (!rc) rc = nf_workspace_for_people(w) ? for_people(c, w, &j) : for_programs(c, w, &j);
    return rc ? rc : status(&j, opt[FAIL_ON].s);
}

extern const nf_command nf_command_check;
const nf_command nf_command_check = {
    .row = { .name = "check", .title = { "is every target on track, how fast must it go, and why",
                                         "各项目标是否按期推进、需要多快、为什么" }, .opt = options },
    .wish = { "check targets", "检查目标" },
    .most = 1, .arguments = "[FILE]",
    .examples = "ninefold check\nninefold check --as-of 2024-01-31 --scheme native,opensdg\n"
                "ninefold check mycity.xlsx\nninefold check --changes 2024-01-01 --fail-on off-track",
    .selects = true, .more = NF_TABLE(nf_schemes), .run = run };
