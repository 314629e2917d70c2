/* formula_growth.c - growth on the same period a year before, in percent. */
#include "indicators.h"
#include <math.h>

static int derive(nf_ctx *c, nf_series *out, const nf_series *in, size_t n, const nf_value *opt)
{
    (void)n;
    (void)opt;
    double *y = nf_alloc(c, (in->t.n + 1) * sizeof *y);
    if (!y) return NF_ENOMEM;
    for (size_t i = 0; i < in->t.n; i++) {
        nf_period before = nf_axis_at(&in->t, i);
        static const int64_t in_year[] = { 0, 1, 2, 3, 4, 12, 52, 0, 0, 0 };
        int64_t lag = in_year[before.freq];
        size_t k;
        before.ord -= lag;
        y[i] = lag && nf_axis_find(&in->t, before, &k) && in->y[k] > 0 ? 100 * (in->y[i] / in->y[k] - 1) : NAN;
    }
    *out = (nf_series){ NULL, in->t, y, NULL };
    return NF_OK;
}

static const nf_input inputs[] = { { .quantity = "any", .unit = "", .freq = NF_ANY } };
const nf_formula nf_formula_growth = {
    .row = { .name = "growth", .title = { "growth on a year before", "同比增速" },
             .formula = "100 (y[t] / y[t - 1 year] - 1)",
             .cite = "definition", .use = "levels above zero by year, half, quarter or month",
             .avoid = "published growth exists: it is on a comparable sample and prices, and wins" },
    .in = inputs, .n_in = 1, .unit = "%", .derive = derive };
