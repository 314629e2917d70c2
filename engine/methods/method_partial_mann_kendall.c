/* method_partial_mann_kendall.c - the trend of one series beyond what a covariate explains (Libiseller and Grimvall
 * 2002). */
#include "line.h"
#include "seasons.h"
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P, RHO };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score beyond the covariate", "扣除协变量后的得分" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S", "S 的方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [RHO]     = { "rho", NF_F64, NF_ONE, { "correlation of the two scores", "两个得分的相关系数" } },
    { 0 }
};

/* Values of both series at the times they share. */
static size_t match(double *a, double *b, const nf_sample *in)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < in[0].n && j < in[1].n;) {
        double p = nf_point_time(&in[0], i), q = nf_point_time(&in[1], j);
        if (p == q) {
            a[n] = in[0].y[i];
            b[n++] = in[1].y[j];
        }
        i += p <= q;
        j += q <= p;
    }
    return n;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *in, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    enum { MOST = 20000 };                         /* the covariance costs n^2 */
    const nf_kernels *with = nf_kernels_for(in[0].set.isa);
    size_t most = in[0].n < in[1].n ? in[0].n : in[1].n;
    double *a = nf_scratch(c, 2 * (most + 1) * sizeof *a), *b = a ? a + most + 1 : NULL, cov, va, vb;
    nf_kendall ka, kb;
    if (!a) return NF_ENOMEM;
    size_t n = match(a, b, in);
    if (n < 4 || n > MOST || in[0].series->t.start.freq != in[1].series->t.start.freq) {
        r->status = n < 4 ? NF_TOO_FEW : NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = nf_kendall_of(c, &ka, NULL, a, n, with);
    if (!rc) rc = nf_kendall_of(c, &kb, NULL, b, n, with);
    if (!rc) rc = nf_score_covariance(c, &cov, a, b, n, with);
    if (rc) return rc;
    va = ka.var;
    vb = kb.var;
    if (!(va > 0) || !(vb > 0)) {
        r->status = NF_CONSTANT;
        return NF_OK;
    }
    nf_tail t = nf_tail_of(ka.S - cov / vb * kb.S, va - cov * cov / vb, false);
    r->v[S].f = ka.S - cov / vb * kb.S;
    r->v[VAR_S].f = va - cov * cov / vb;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[RHO].f = cov / sqrt(va * vb);
    return NF_OK;
}

const nf_method nf_method_partial_mann_kendall = {
    .row = { .name = "partial-mann-kendall", .title = { "partial Mann-Kendall test", "偏曼-肯德尔检验" },
             .formula = "S = S_y - cov/var_x S_x, var S = var_y - cov^2/var_x, ties in all three; no continuity "
                        "correction",
             .cite = "Libiseller and Grimvall (2002) Environmetrics 13",
             .use = "Is there a trend beyond the weather (or another covariate, the second series)?",
             .avoid = "A covariate that has the same trend for the same reason. More than 20,000 common values: "
                      "not-applicable.",
             .peers = "R rkt (S, var S) to 1e-10; trend and pyMannKendall leave the ties out of the variance." },
    .min_n = 4, .min_in = 2, .max_in = 2, .out = out, .stat = "S", .fit = fit
};
