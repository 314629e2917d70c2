/* method_prewhite.c - Mann-Kendall on pre-whitened values (von Storch 1995). */
#include "serial.h"

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *w = nf_scratch(c, s->n * sizeof *w), r1, slope;
    size_t *at = nf_scratch(c, s->n * sizeof *at);
    if (!w || !at) return NF_ENOMEM;
    int rc = nf_lag1(c, &r1, s->y, s);
    if (!rc) rc = nf_sen_slope(c, &slope, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    if (!rc) rc = nf_mk_whitened(c, r, w, at, nf_whitened(w, at, s->y, r1, s), 0, s);
    if (rc || r->status) return rc;
    r->v[NF_MK_R1].f = r1;
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    return NF_OK;
}

const nf_method nf_method_prewhite = {
    .row = { .name = "prewhite", .title = { "Mann-Kendall after pre-whitening", "预白化曼-肯德尔检验" },
             .formula = "w_i = y_{i+1} - r1 y_i, r1 the lag-1 autocorrelation of y; Mann-Kendall on w",
             .cite = "von Storch (1995) in Analysis of Climate Variability; Kulkarni and von Storch (1995)",
             .use = "Serially correlated values: of the corrections in use it alone holds its size (.04 to .06 at "
                    "nominal .05).",
             .avoid = "Estimating the slope: take sen. Some power is lost where a strong trend inflates r1.",
             .peers = "R modifiedmk, pyMannKendall to 1e-10." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
