/* formula_share.c - one series as a percentage of another, period by period. */
#include "indicators.h"
#include <math.h>

static int derive(nf_ctx *c, nf_series *out, const nf_series *in, size_t n, const nf_value *opt)
{
    (void)n;
    (void)opt;
    double *y = nf_alloc(c, (in[0].t.n + 1) * sizeof *y), *whole = nf_scratch(c, (in[1].t.n + 1) * sizeof *whole);
    if (!y || !whole) return NF_ENOMEM;
    for (size_t i = 0; i < in[1].t.n; i++) whole[i] = in[1].y[i];
    int rc = nf_unit_convert(c, whole, in[1].t.n, in[1].meta->unit, in[0].meta->unit);
    if (rc) return rc;
    for (size_t i = 0; i < in[0].t.n; i++) {
        size_t k;
        bool both = nf_axis_find(&in[1].t, nf_axis_at(&in[0].t, i), &k) && whole[k] != 0;
        y[i] = both ? 100 * in[0].y[i] / whole[k] : NAN;
    }
    *out = (nf_series){ NULL, in[0].t, y, NULL };
    return NF_OK;
}

static const nf_input inputs[] = { { .quantity = "part", .unit = "", .freq = NF_ANY },
                                   { .quantity = "whole", .unit = "", .freq = NF_ANY } };
const nf_formula nf_formula_share = {
    .row = { .name = "share", .title = { "share of a whole", "占比" }, .formula = "100 part[t] / whole[t]",
             .cite = "definition",
             .use = "parts and wholes in units that convert into each other",
             .avoid = "a whole that is zero or of another period" },
    .in = inputs, .n_in = 2, .unit = "%", .derive = derive };
