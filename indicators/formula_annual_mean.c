/* formula_annual_mean.c - the mean of a calendar year, over one station or the mean of several. */
#include "yearly.h"
#include <string.h>

enum { RULES };
static const char *const rules[] = { "capture", "whole", "gb3095-2012", NULL };
static const nf_field options[] = {
    { .name = "rules", .type = NF_WORD, .title = { "when a year is valid", "年度有效性规定" }, .word = "capture",
      .choices = rules }, { 0 } };

static int derive(nf_ctx *c, nf_series *out, const nf_series *in, size_t n, const nf_value *opt)
{
    nf_year_rule rule = !strcmp(opt[RULES].s, "whole") ? NF_YEAR_WHOLE
                      : !strcmp(opt[RULES].s, "gb3095-2012") ? NF_YEAR_GB3095 : NF_YEAR_CAPTURE;
    return nf_years_over(c, out, in, n, rule, true);
}

static const nf_input inputs[] = { { .quantity = "any", .unit = "", .freq = NF_ANY, .many = true } };
const nf_formula nf_formula_annual_mean = {
    .row = { .name = "annual_mean", .title = { "annual mean", "年均值" },
             .formula = "mean of the year's figures, then mean over stations",
             .cite = "GB 3095-2012 table 4 (gb3095-2012: 20 hours a day, 324 days a year, 27 a month, 75 % of "
                     "stations)",
             .use = "levels: concentrations, speeds, rates", .avoid = "flows, which add up: annual_sum",
             .opt = options },
    .in = inputs, .n_in = 1, .unit = "=0", .rules = "capture whole gb3095-2012", .derive = derive };
