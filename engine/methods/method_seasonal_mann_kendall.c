/* method_seasonal_mann_kendall.c - Mann-Kendall within seasons, summed (Hirsch, Slack and Smith 1982). */
#include "real.h"
#include "seasons.h"
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P, TAU, CHI2, P_CHI2 };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score, summed over seasons", "各季得分之和" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S", "S 的方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [TAU]     = { "tau_a", NF_F64, NF_ONE, { "S over all pairs", "S 与总对数之比" } },
    [CHI2]    = { "chi2_heterogeneity", NF_F64, NF_ONE, { "do seasons differ?", "各季趋势是否不同" } },
    [P_CHI2]  = { "p_heterogeneity", NF_F64, NF_ONE, { "its p", "其 p 值" } },
    { 0 }
};

/* van Belle and Hughes 1984: sum of squares of the seasons' z about their mean. */
static void heterogeneity(nf_result *r, const nf_kendall *k, int count)
{
    double sum = 0, squares = 0, m = 0;
    for (int g = 0; g < count; g++) {
        if (!(k[g].var > 0)) continue;
        double z = k[g].S / sqrt(k[g].var);
        sum += z;
        squares += z * z;
        m++;
    }
    if (m < 2) return;
    double chi2 = squares - sum * sum / m;
    r->v[CHI2].f = chi2 > 0 ? chi2 : 0;
    r->v[P_CHI2].f = nf_chi2_upper(r->v[CHI2].f, m - 1);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    nf_seasons p;
    double score, var, pairs = 0, ties = 0;
    int rc = nf_seasons_of(c, &p, s);
    if (rc) return rc;
    if (!p.count) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    nf_kendall *k = nf_scratch(c, (size_t)p.count * sizeof *k);
    if (!k) return NF_ENOMEM;
    if ((rc = nf_seasons_score(c, k, &score, &var, &p, s))) return rc;
    for (int g = 0; g < p.count; g++) {
        pairs += k[g].pairs;
        ties += k[g].tied_y;
    }
    if (!(pairs > 0)) {
        r->status = NF_TOO_FEW;
        return NF_OK;
    }
    nf_tail t = nf_tail_of(score, var, true);
    if (ties > 0) r->flags |= NF_F_TIES;
    if (var == 0) r->flags |= NF_F_DEGENERATE;
    r->v[S].f = score;
    r->v[VAR_S].f = var;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[TAU].f = score / pairs;
    heterogeneity(r, k, p.count);
    return NF_OK;
}

const nf_method nf_method_seasonal_mann_kendall = {
    .row = { .name = "seasonal-mann-kendall", .title = { "seasonal Mann-Kendall test", "季节性曼-肯德尔检验" },
             .formula = "S and var S summed over seasons; z with continuity correction; chi2 = sum z_g^2 - m mean(z)^2",
             .cite = "Hirsch, Slack and Smith (1982) Water Resources Research 18; van Belle and Hughes (1984) WRR 20",
             .use = "Monthly or quarterly figures with a seasonal pattern.",
             .avoid = "Seasons correlated with each other (seasonal-mann-kendall-correlated), or trends that differ "
                      "by season "
                      "(small p_heterogeneity).",
             .peers = "R trend, EnvStats, wql, rkt to 1e-10; R Kendall leaves out the continuity correction." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
