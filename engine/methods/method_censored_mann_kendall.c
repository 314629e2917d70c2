/* method_censored_mann_kendall.c - the Mann-Kendall test where some values lie below a limit of detection. */
#include "censored.h"
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P, TAU_A, TAU_B, N_LIMITS };
static const nf_field out[] = {
    [S]        = { "S", NF_F64, NF_ONE, { "score: known rises less known falls", "得分：可判定的上升对数减下降对数" } },
    [VAR_S]    = { "var_S", NF_F64, NF_ONE, { "variance of S", "S 的方差" } },
    [Z]        = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]        = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P]  = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [TAU_A]    = { "tau_a", NF_F64, NF_ONE, { "Kendall's tau-a", "肯德尔 tau-a" } },
    [TAU_B]    = { "tau_b", NF_F64, NF_ONE, { "Kendall's tau-b, unknown pairs as ties", "肯德尔 tau-b（不可判定者计为结）" } },
    [N_LIMITS] = { "n_limits", NF_I64, NF_ONE, { "values that are limits", "限值个数" } },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    nf_limited l;
    bool sound;
    int rc = nf_limited_of(c, &l, &sound, s);
    if (rc) return rc;
    if (!sound) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    nf_kendall k = nf_limited_kendall(&l);
    nf_tail t = nf_tail_of(k.S, k.var, true);
    r->flags &= ~(uint32_t)NF_F_BELOW_LIMIT;       /* taken as what they are */
    if (k.tied_y > 0) r->flags |= NF_F_TIES;
    if (!(k.var > 0)) r->flags |= NF_F_DEGENERATE;
    if (k.tied_y == k.pairs) r->status = NF_CONSTANT;
    else if (nf_is_autocorrelated(s)) r->flags |= NF_F_AUTOCORRELATED;
    r->v[S].f = k.S;
    r->v[VAR_S].f = k.var;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[TAU_A].f = k.S / k.pairs;
    if (k.var > 0) r->v[TAU_B].f = k.S / (sqrt(k.pairs - k.tied_x) * sqrt(k.pairs - k.tied_y));
    r->v[N_LIMITS].i = (int64_t)nf_limited_count(s);
    return NF_OK;
}

const nf_method nf_method_censored_mann_kendall = {
    .row = { .name = "censored-mann-kendall", .title = { "Mann-Kendall test with values below a limit",
                                                         "含低于检出限数据的曼-肯德尔检验" },
             .formula = "S = sum over known pairs of the sign of the change; <5 is below 5 and above nothing; var S by "
                        "permutation: (sum a_i^2 - sum a_ij^2)(sum b_i^2 - sum b_ij^2)/(n(n-1)(n-2)) "
                        "+ sum a_ij^2 sum b_ij^2/(2n(n-1)), a, b signs in time and value; continuity correction",
             .cite = "Helsel (2012) Statistics for Censored Environmental Data; variance: Daniels (1944) Biometrika "
                     "33, "
                     "Mantel (1967) Biometrics 23",
             .use = "Concentrations some of which are below detection, at one limit or several.",
             .avoid = "A limit that itself falls over the years can still bias the ranks of what is unknown: look at "
                      "it. "
                      "Serially correlated values.",
             .peers = "R NADA cenken where no limit lies above a value (S, tau, p to 1e-10); elsewhere NADA counts "
                      "each "
                      "unknown pair as a tie of two, this variance is the exact one. Without limits mann-kendall." },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
