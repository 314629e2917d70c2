/* method_hamed_rao.c - Mann-Kendall with the variance corrected for autocorrelation of ranks (Hamed and Rao 1998). */
#include "serial.h"
#include <math.h>

static const nf_field opt[] = {
    { "lags", NF_I64, NF_FREE, { "lags looked at, 0: all", "考察的滞后阶数，0 为全部" }, .def = 0, .lo = 0, .hi = 1e6 },
    { 0 }
};

/* 1 + 2/(n(n-1)(n-2)) sum (n-i)(n-i-1)(n-i-2) rho_i over the significant lags, signs kept. */
static double factor_of(const double *rho, const double *weight, size_t lags, size_t points)
{
    double n = (double)points, z = nf_limit_z(0.05), sum = 0;
    for (size_t k = 0; k < lags; k++) {
        double i = (double)(k + 1);
        if (fabs(rho[k]) > z / sqrt(weight[k])) sum += (n - i) * (n - i - 1) * (n - i - 2) * rho[k];
    }
    return 1 + 2 / (n * (n - 1) * (n - 2)) * sum;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t n = s->n, lags = o[0].i > 0 && (size_t)o[0].i < n ? (size_t)o[0].i : n - 1;
    double *e = nf_scratch(c, 4 * n * sizeof *e), slope;
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    const nf_kendall *k = nf_kendall_shared(s);
    if (!e) return NF_ENOMEM;
    if (!nf_has_lags(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    double *rank = e + n, *rho = rank + n, *weight = rho + n;
    int rc = nf_detrended(c, e, &slope, s);
    if (!rc) rc = nf_midranks(c, rank, e, n, nf_tie_tolerance(s), with);
    if (!rc) rc = nf_autocorrelations(c, rho, weight, lags, rank, s);
    if (rc) return rc;
    double factor = factor_of(rho, weight, lags, n);
    if (!(factor > 0)) {
        r->flags |= NF_F_FALLBACK;
        factor = factor_of(rho, weight, lags < 3 ? lags : 3, n);
    }
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    r->v[NF_MK_R1].f = rho[0];
    nf_mk_corrected(r, k, factor);
    return NF_OK;
}

const nf_method nf_method_hamed_rao = {
    .row = { .name = "hamed-rao", .title = { "Mann-Kendall, Hamed-Rao variance", "曼-肯德尔检验（Hamed-Rao 方差校正）" },
             .formula = "var S * (1 + 2/(n(n-1)(n-2)) sum (n-i)(n-i-1)(n-i-2) rho_i), rho_i significant "
                        "autocorrelations of "
                        "the ranks of y - slope t",
             .cite = "Hamed and Rao (1998) Journal of Hydrology 204",
             .use = "To compare with studies that used it.",
             .avoid = "As the only evidence: its size is .08 to .22 at nominal .05. A factor <= 0 falls back to "
                      "three lags and says so.",
             .peers = "R modifiedmk to 1e-10 where no detrended values tie. pyMannKendall takes the absolute value "
                      "of the sum, which is "
                      "wrong under negative autocorrelation.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
