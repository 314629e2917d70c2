/* plan.h - a city's plan: nouns only. The reader of its tables is in datasets/. */
#ifndef NF_PLAN_H
#define NF_PLAN_H
#include "series.h"
#ifdef __cplusplus
extern "C" {
#endif

/* What a target asks: reach a value, be at least or at most, stay in a range, change by a percentage of the
 * base, or keep what there is. */
typedef enum { NF_REACH, NF_AT_LEAST, NF_AT_MOST, NF_RANGE, NF_CHANGE_PCT, NF_KEEP } nf_kind;
typedef enum { NF_SCALE_AUTO, NF_SCALE_LOG, NF_SCALE_LINEAR, NF_SCALE_LOGIT } nf_scale;
const char *nf_kind_name(nf_kind);               /* "reach" "at-least" ...: the words of the tables */
const char *nf_scale_name(nf_scale);             /* "auto" "log" "linear" "logit" */

typedef struct { nf_period period; double value; } nf_waypoint;   /* a milestone on the way to a target */

typedef struct {
    const char *code, *indicator, *improvement, *series, *unit;   /* series: key or expression */
    nf_text title;
    nf_kind kind; int sense;                     /* +1 up is better, -1 down is better */
    nf_scale scale;
    nf_period base; double base_value;           /* empty, NaN: from the series */
    nf_period due, due_from;                     /* empty due: no deadline; due_from: start of a deadline range */
    double value, lo, hi;                        /* NaN value: direction only; lo, hi: NF_RANGE */
    double tolerance, weight, limit;             /* NaN: none; limit: for schemes that use one */
    bool binding;
    const nf_waypoint *path; size_t n_path;
    int64_t known; const char *publisher, *document; bool official; nf_text note;
} nf_target;

typedef struct { const char *code; nf_text title; const char *project, *improvement; int ord; nf_text note; } nf_group;
typedef struct { const char *code; nf_text title; const char *improvement, *unit, *expression, *quantity, *place;
                 nf_text owner, note; nf_scale scale; } nf_indicator;
typedef struct { const char *code; nf_text title; const char *project, *improvement; nf_text owner, support;
                 nf_period start, due; const char *after, *counts_for, *signed_by; } nf_task;
typedef struct { const char *task; nf_text title; nf_period due, done; } nf_milestone;
/* A line of the ledger. */
typedef struct { const char *task; int64_t at; const char *author, *field, *value, *note, *evidence; } nf_entry;
typedef struct { const char *indicator, *verdict, *by, *reason; int64_t at; } nf_judgement;

typedef struct {
    const char *code, *place, *source; nf_text title, place_title, note; nf_period start, finish; bool synthetic;
    const char *vintage;
    const nf_group     *improvement; size_t n_improvement;
    const nf_group     *project;     size_t n_project;
    const nf_indicator *indicator;   size_t n_indicator;
    const nf_target    *target;      size_t n_target;
    const nf_task      *task;        size_t n_task;
    const nf_milestone *milestone;   size_t n_milestone;
    const nf_entry     *entry;       size_t n_entry;
    const nf_judgement *judgement;   size_t n_judgement;
} nf_plan;

const nf_indicator *nf_plan_indicator(const nf_plan *, const char *code);   /* NULL: none */
const nf_group     *nf_plan_improvement(const nf_plan *, const char *code);
const nf_group     *nf_plan_project(const nf_plan *, const char *code);
const nf_target    *nf_plan_target(const nf_plan *, const char *code);
const nf_task      *nf_plan_task(const nf_plan *, const char *code);
/* Every fault of the plan, one nf_note each in the tables' order ("targets: gdp_2025: ...", the file is `where`):
 * codes missing or given twice, broken references with the nearest code, impossible and backward dates, unknown and
 * mismatched units, `down` with `at-least`, targets without indicator or series, paths out of order, tasks that wait
 * for themselves. Lists of codes (after, counts_for) are separated by ';' or ','. Returns how many, or < 0. */
int nf_plan_check(nf_ctx *, const nf_plan *, const char *where);
#ifdef __cplusplus
}
#endif
#endif
