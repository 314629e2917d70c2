/* fuzz_plan.c - bytes as a table of a plan (the first says which), the flat targets of check, or the sheet of init:
 * read, linked and checked, or refused with a place. What was read is a plan whose numbers are finite or missing. */
#include "fuzz.h"
#include "datasets.h"
#include "plans/plan_tables.h"
#include <math.h>

static void number(double v) { must(!isinf(v), "an infinite number"); }

static void targets(const nf_plan *plan)
{
    for (size_t i = 0; i < plan->n_target; i++) {
        const nf_target *t = &plan->target[i];
        must(t->code != NULL, "a target without a code");
        const double v[] = { t->base_value, t->value, t->lo, t->hi, t->tolerance, t->weight, t->limit };
        for (size_t k = 0; k < sizeof v / sizeof *v; k++) number(v[k]);
        must(!t->due.span || nf_period_exists(t->due), "a due period that does not exist");
    }
}

static int checked(nf_ctx *c, const nf_plan *plan, const char *path)
{
    int faults = nf_plan_check(c, plan, path);
    return faults < 0 ? faults : NF_OK;
}

static int table(nf_ctx *c, nf_plan *plan, const nf_plan_table *t, const char *path)
{
    nf_plan_intake *in;
    int rc = nf_plan_intake_new(c, &in, plan, t);
    if (!rc) rc = nf_csv_file(c, path, nf_plan_intake_record, in);
    if (!rc) rc = nf_plan_intake_end(c, in);
    if (rc) return nf_at(c, path, 0, 0);
    nf_plan_link(plan);
    targets(plan);
    return checked(c, plan, path);
}

static int sheet(nf_ctx *c, nf_plan *plan, const char *path)
{
    nf_series_list list;
    int rc = nf_sheet_read(c, plan, &list, path);
    if (rc) return rc;
    targets(plan);
    for (size_t i = 0; i < list.n; i++)
        for (size_t k = 0; k < list.series[i].t.n; k++) number(list.series[i].y[k]);
    return checked(c, plan, path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    nf_ctx *c = fuzz_ctx();
    nf_plan plan = { 0 };
    size_t tables = 0;
    while (nf_plan_tables[tables].name) tables++;
    size_t which = n ? *bytes % (tables + 2) : 0;
    const char *path = fuzz_memory(0, bytes + !!n, n - !!n);
    int rc = which < tables ? table(c, &plan, &nf_plan_tables[which], path)
           : which == tables ? nf_targets_read(c, &plan, path) : sheet(c, &plan, path);
    if (!rc) targets(&plan);
    else must(nf_last(c)->what && nf_last(c)->file, "refused without a word or a place");
    return 0;
}
