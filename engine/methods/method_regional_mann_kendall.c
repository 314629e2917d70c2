/* method_regional_mann_kendall.c - one Mann-Kendall test over many sites (Helsel and Frans 2006). */
#include "rank.h"

enum { S, VAR_S, Z, P, LOG10_P };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score, summed over series", "各序列得分之和" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S", "S 的方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *in, size_t n_in, const nf_value *o)
{
    (void)o;
    double score = 0, var = 0;
    for (size_t k = 0; k < n_in; k++) {
        size_t mark = nf_scratch_mark(c);
        nf_kendall one;
        int rc = nf_kendall_of(c, &one, in[k].tick, in[k].y, in[k].n, nf_kernels_for(in[k].set.isa));
        if (rc) return rc;
        score += one.S;
        var += one.var;
        if (one.tied_y > 0) r->flags |= NF_F_TIES;
        nf_scratch_rewind(c, mark);
    }
    nf_tail t = nf_tail_of(score, var, true);
    if (var == 0) r->flags |= NF_F_DEGENERATE;
    r->v[S].f = score;
    r->v[VAR_S].f = var;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    return NF_OK;
}

const nf_method nf_method_regional_mann_kendall = {
    .row = { .name = "regional-mann-kendall", .title = { "regional Mann-Kendall test", "区域曼-肯德尔检验" },
             .formula = "S and var S summed over series; z with continuity correction",
             .cite = "Helsel and Frans (2006) Environmental Science & Technology 40",
             .use = "Do the stations of a region share a trend? All series of the selection make one row.",
             .avoid = "Stations that move together: their covariance is left out and p is too small.",
             .peers = "S and var S are the sums of those of mann-kendall; no record of a peer was compared." },
    .min_n = 2, .min_in = 2, .max_in = SIZE_MAX, .out = out, .stat = "S", .fit = fit
};
