/* command_judge.c - judge: a person's judgement, kept beside the computed verdict, never instead of it. */
#include "app.h"
#include <string.h>

enum { VERDICT, BY, REASON };
static const nf_field options[] = {
    NF_WORD_OPTION("verdict", "the judgement: WORD of the native scheme", "判断：原生方法的词 WORD"),
    NF_WORD_OPTION("by", "NAME of the person who judges", "评判人 NAME"),
    NF_WORD_OPTION("reason", "why: TEXT", "理由 TEXT"),
    { 0 }
};

static int known_verdict(nf_ctx *c, const char *word)
{
    enum { ROOM = 32 };
    const char *list[ROOM];
    size_t n = 0;
    char *all = nf_strdup(c, "one of:");
    const nf_scheme *native = nf_row_find(NF_TABLE(nf_schemes), "native", NULL);
    for (const nf_grade *g = native ? native->grade : NULL; g && g->word && n < ROOM; g++) {
        if (!strcmp(g->word, word)) return NF_OK;
        list[n++] = g->word;
        if (all) all = nf_format(c, "%s %s", all, g->word);
    }
    const char *near = nf_nearest(word, list, n);
    int rc = nf_fail(c, NF_EINVAL, "no verdict '%s'", word);
    return near ? nf_hint(c, "did you mean '%s'?", near) : all ? nf_hint(c, "%s", all) : rc;
}

static int known_indicator(nf_ctx *c, nf_workspace *w, const char *code)
{
    const nf_plan *p;
    int rc = nf_workspace_plan(c, w, &p);
    if (rc || nf_plan_indicator(p, code)) return rc;
    const char **list = nf_alloc(c, (p->n_indicator + 1) * sizeof *list);
    for (size_t i = 0; list && i < p->n_indicator; i++) list[i] = p->indicator[i].code;
    const char *near = list ? nf_nearest(code, list, p->n_indicator) : NULL;
    rc = nf_fail(c, NF_ENOTFOUND, "the plan has no indicator '%s'", code);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "see 'ninefold list indicators'") : rc;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_store *store;
    if (!argument[0] || !opt[VERDICT].s || !opt[BY].s || !opt[REASON].s) {
        nf_fail(c, NF_EINVAL, "a judgement needs an indicator, --verdict, --by and --reason");
        return nf_hint(c, "see 'ninefold judge --help'");
    }
    int rc = nf_workspace_store(c, w, &store, NF_STORE_WRITE);
    if (!rc) rc = known_verdict(c, opt[VERDICT].s);
    if (!rc) rc = known_indicator(c, w, argument[0]);
    return rc ? rc : nf_store_judge(c, store, &(nf_judgement){ .indicator = argument[0], .verdict = opt[VERDICT].s,
                                            .by = opt[BY].s, .reason = opt[REASON].s, .at = w->now });
}

extern const nf_command nf_command_judge;
const nf_command nf_command_judge = {
    .row = { .name = "judge", .title = { "a person's judgement, kept beside the computed one",
                                         "人的判断，与计算结论并列保存" },
             .opt = options },
    .most = 1, .arguments = "INDICATOR",
    .examples = "ninefold judge gdp --verdict at-risk --by 'Li Wei' --reason 'plant late'",
    .run = run };
