/* method_seasonal_mann_kendall_correlated.c - seasonal Mann-Kendall with covariances between seasons (Hirsch and
 * Slack 1984). */
#include "seasons.h"
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score, summed over seasons", "各季得分之和" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S with covariances", "含协方差的 S 方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    { 0 }
};

/* Cycles by seasons, NaN where a value is missing. */
static double *table_of(nf_ctx *c, const nf_seasons *p, size_t n, size_t *cycles)
{
    int64_t lo = p->cycle[0], hi = lo;
    for (size_t i = 0; i < n; i++) {
        lo = p->cycle[i] < lo ? p->cycle[i] : lo;
        hi = p->cycle[i] > hi ? p->cycle[i] : hi;
    }
    *cycles = (size_t)(hi - lo) + 1;
    double *t = nf_scratch(c, *cycles * (size_t)p->count * sizeof *t);
    if (!t) return NULL;
    for (size_t i = 0; i < *cycles * (size_t)p->count; i++) t[i] = NAN;
    for (int g = 0; g < p->count; g++)
        for (size_t i = p->from[g]; i < p->from[g + 1]; i++)
            t[(size_t)g * *cycles + (size_t)(p->cycle[i] - lo)] = p->y[i];
    return t;
}

static int variance_of(nf_ctx *c, double *var, const double *t, size_t cycles, int count, const nf_kernels *with)
{
    *var = 0;
    for (int g = 0; g < count; g++)
        for (int h = g; h < count; h++) {
            double cov;
            int rc = nf_score_covariance(c, &cov, t + (size_t)g * cycles, t + (size_t)h * cycles, cycles, with);
            if (rc) return rc;
            *var += h > g ? 2 * cov : cov;
        }
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    enum { MOST_CYCLES = 4096 };                   /* covariances cost cycles^2 */
    nf_seasons p;
    size_t cycles = 0;
    double score, var, *t = NULL;
    int rc = nf_seasons_of(c, &p, s);
    if (rc) return rc;
    if (!p.count || !nf_has_table(s, p.count, MOST_CYCLES)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    nf_kendall *k = nf_scratch(c, (size_t)p.count * sizeof *k);
    if (!k || !(t = table_of(c, &p, s->n, &cycles))) return NF_ENOMEM;
    rc = nf_seasons_score(c, k, &score, &var, &p, s);
    if (!rc) rc = variance_of(c, &var, t, cycles, p.count, nf_kernels_for(s->set.isa));
    if (rc) return rc;
    nf_tail tail = nf_tail_of(score, var, false);
    if (!(var > 0)) r->flags |= NF_F_DEGENERATE;
    r->v[S].f = score;
    r->v[VAR_S].f = var;
    r->v[Z].f = tail.z;
    r->v[P].f = tail.p;
    r->v[LOG10_P].f = tail.log10_p;
    return NF_OK;
}

const nf_method nf_method_seasonal_mann_kendall_correlated = {
    .row = { .name = "seasonal-mann-kendall-correlated",
             .title = { "seasonal Mann-Kendall, correlated seasons", "季节性曼-肯德尔检验（季间相关）" },
             .formula = "var S = sum over seasons g, h of (K_gh + 4 sum_i R_ig R_ih - n (n_g+1)(n_h+1))/3; missing "
                        "values take the "
                        "middle rank; no continuity correction",
             .cite = "Hirsch and Slack (1984) Water Resources Research 20; Dietz and Killeen (1981) JASA 76",
             .use = "Seasonal figures whose months are correlated; ten years or more.",
             .avoid = "Fewer than about ten years: the covariances are poorly known and the test is too cautious. More "
                      "than 4,096 cycles: not-applicable.",
             .peers = "R trend csmk.test, pyMannKendall to 1e-10 on complete years; rkt corrects for continuity." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
