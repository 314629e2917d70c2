/* plan.c - the words of a plan's tables, and its rows found by their codes. */
#include "plan.h"
#include <string.h>

static const char *const kinds[] = {
    [NF_REACH] = "reach", [NF_AT_LEAST] = "at-least", [NF_AT_MOST] = "at-most", [NF_RANGE] = "range",
    [NF_CHANGE_PCT] = "change-pct", [NF_KEEP] = "keep",
};
static const char *const scales[] = {
    [NF_SCALE_AUTO] = "auto", [NF_SCALE_LOG] = "log", [NF_SCALE_LINEAR] = "linear", [NF_SCALE_LOGIT] = "logit",
};
enum { KINDS = sizeof kinds / sizeof *kinds, SCALES = sizeof scales / sizeof *scales };

const char *nf_kind_name(nf_kind k) { return (unsigned)k < KINDS ? kinds[k] : ""; }
const char *nf_scale_name(nf_scale s) { return (unsigned)s < SCALES ? scales[s] : ""; }

/* All rows with a code begin with it. */
static const void *row_of(const void *rows, size_t n, size_t size, const char *wanted)
{
    for (size_t i = 0; i < n; i++) {
        const char *row = (const char *)rows + i * size, *code;
        memcpy(&code, row, sizeof code);
        if (code && !strcmp(code, wanted)) return row;
    }
    return NULL;
}

#define FIND(rows, code) row_of(p->rows, p->n_##rows, sizeof *p->rows, code)
const nf_indicator *nf_plan_indicator(const nf_plan *p, const char *code) { return FIND(indicator, code); }
const nf_group *nf_plan_improvement(const nf_plan *p, const char *code) { return FIND(improvement, code); }
const nf_group *nf_plan_project(const nf_plan *p, const char *code) { return FIND(project, code); }
const nf_target *nf_plan_target(const nf_plan *p, const char *code) { return FIND(target, code); }
const nf_task *nf_plan_task(const nf_plan *p, const char *code) { return FIND(task, code); }
