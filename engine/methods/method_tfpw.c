/* method_tfpw.c - Mann-Kendall after trend-free pre-whitening (Yue et al. 2002). */
#include "serial.h"

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *e = nf_scratch(c, 2 * s->n * sizeof *e), *w = e ? e + s->n : NULL, r1, slope;
    size_t *at = nf_scratch(c, s->n * sizeof *at);
    if (!e || !at) return NF_ENOMEM;
    int rc = nf_detrended(c, e, &slope, s);
    if (!rc) rc = nf_lag1(c, &r1, e, s);
    if (rc) return rc;
    size_t n = nf_whitened(w, at, e, r1, s);
    for (size_t i = 0; i < n; i++) w[i] += slope * s->tick[at[i]];
    if ((rc = nf_mk_whitened(c, r, w, at, n, nf_tie_tolerance(s), s)) || r->status) return rc;
    r->v[NF_MK_R1].f = r1;
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    return NF_OK;
}

const nf_method nf_method_tfpw = {
    .row = { .name = "tfpw", .title = { "Mann-Kendall after trend-free pre-whitening", "去趋势预白化曼-肯德尔检验" },
             .formula = "e_i = y_i - slope t_i; w_i = e_{i+1} - r1 e_i + slope t_{i+1}, r1 of e; Mann-Kendall on w",
             .cite = "Yue, Pilon, Phinney and Cavadias (2002) Hydrological Processes 16",
             .use = "To compare with studies that used it.",
             .avoid = "As evidence: at autocorrelation .7 it calls 45 % of trendless series a trend, no better than "
                      "no correction.",
             .peers = "R modifiedmk, pyMannKendall to 1e-10, but for values that tie once detrended." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
