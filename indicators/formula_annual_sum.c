/* formula_annual_sum.c - the sum of a calendar year; a year with a period missing has no sum. */
#include "yearly.h"

static int derive(nf_ctx *c, nf_series *out, const nf_series *in, size_t n, const nf_value *opt)
{
    (void)n;
    (void)opt;
    return nf_years_over(c, out, in, 1, NF_YEAR_WHOLE, false);
}

static const nf_input inputs[] = { { .quantity = "any", .unit = "", .freq = NF_ANY } };
const nf_formula nf_formula_annual_sum = {
    .row = { .name = "annual_sum", .title = { "annual sum", "年度合计" }, .formula = "sum of the year's figures",
             .cite = "definition", .use = "flows: output, passengers, days of a kind",
             .avoid = "levels, which do not add up: annual_mean" },
    .in = inputs, .n_in = 1, .unit = "=0", .derive = derive };
