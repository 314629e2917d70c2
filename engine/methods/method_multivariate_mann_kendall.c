/* method_multivariate_mann_kendall.c - one trend test over series that move together (Lettenmaier 1988). */
#include "line.h"
#include "real.h"
#include "seasons.h"
#include <gsl/gsl_sort.h>
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P, CHI2, P_CHI2 };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score, summed over series", "各序列得分之和" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S with covariances", "含协方差的 S 方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p of no common trend", "无共同趋势的双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [CHI2]    = { "chi2", NF_F64, NF_ONE, { "scores weighted by the inverse of their covariances", "得分的协方差逆加权平方和" } },
    [P_CHI2]  = { "p_chi2", NF_F64, NF_ONE, { "its p: a trend in any series, either way", "任一序列有趋势（方向不限）的 p 值" } },
    { 0 }
};

/* Times that any series has by series, NaN where one has no value; all in scratch. */
typedef struct { double *time, *value; size_t n, k; } table;

static int table_of(nf_ctx *c, table *t, const nf_sample *in, size_t k)
{
    size_t all = 0, n = 0;
    for (size_t g = 0; g < k; g++) all += in[g].n;
    *t = (table){ .time = nf_scratch(c, all * sizeof *t->time), .k = k };
    if (!t->time) return NF_ENOMEM;
    for (size_t g = 0; g < k; g++)
        for (size_t i = 0; i < in[g].n; i++) t->time[n++] = nf_point_time(&in[g], i);
    gsl_sort(t->time, 1, all);
    for (size_t i = 0; i < all; i++)
        if (!t->n || t->time[i] > t->time[t->n - 1]) t->time[t->n++] = t->time[i];
    t->value = nf_scratch(c, t->n * k * sizeof *t->value);
    if (!t->value) return NF_ENOMEM;
    for (size_t g = 0; g < k; g++)
        for (size_t i = 0, j = 0; i < t->n; i++) {
            bool there = j < in[g].n && nf_point_time(&in[g], j) == t->time[i];
            t->value[g * t->n + i] = there ? in[g].y[j] : NAN;
            while (j < in[g].n && nf_point_time(&in[g], j) == t->time[i]) j++;
        }
    return NF_OK;
}

static int covariances_of(nf_ctx *c, double *cov, const table *t, const nf_kernels *with)
{
    for (size_t g = 0; g < t->k; g++)
        for (size_t h = 0; h <= g; h++) {
            int rc = nf_score_covariance(c, &cov[g * t->k + h], t->value + g * t->n, t->value + h * t->n, t->n, with);
            if (rc) return rc;
            cov[h * t->k + g] = cov[g * t->k + h];
        }
    return NF_OK;
}

/* score' cov^-1 score by Cholesky, in place; NaN where the covariances are singular. */
static double weighted_squares(double *cov, double *score, size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        double own = cov[i * k + i];
        for (size_t j = 0; j < i; j++) own -= cov[i * k + j] * cov[i * k + j];
        if (!(own > 1e-10 * cov[i * k + i])) return NAN;
        for (size_t r = i; r < k; r++) {
            for (size_t j = 0; j < i && r > i; j++) cov[r * k + i] -= cov[r * k + j] * cov[i * k + j];
            cov[r * k + i] = r > i ? cov[r * k + i] / sqrt(own) : sqrt(own);
        }
        for (size_t j = 0; j < i; j++) score[i] -= cov[i * k + j] * score[j];
        score[i] /= cov[i * k + i];
        sum += score[i] * score[i];
    }
    return sum;
}

static bool alike(const nf_sample *in, size_t k)
{
    enum { MOST = 20000 };                         /* the covariances cost (k n)^2 */
    size_t all = 0;
    for (size_t g = 0; g < k; g++) {
        all += in[g].n;
        if (in[g].series->t.start.freq != in[0].series->t.start.freq || in[g].flags & NF_F_DUPLICATE_TIMES)
            return false;
    }
    return all <= MOST;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *in, size_t k, const nf_value *o)
{
    (void)o;
    table t;
    double *score = nf_scratch(c, k * sizeof *score), sum = 0, var = 0;
    if (!score) return NF_ENOMEM;
    if (!alike(in, k)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = table_of(c, &t, in, k);
    double *cov = rc ? NULL : nf_scratch(c, k * k * sizeof *cov);
    if (!rc) rc = cov ? covariances_of(c, cov, &t, nf_kernels_for(in[0].set.isa)) : NF_ENOMEM;
    if (rc) return rc;
    for (size_t g = 0; g < k; g++) {
        const nf_kendall *one = nf_kendall_shared(&in[g]);
        sum += score[g] = one->S;
        if (one->tied_y > 0) r->flags |= NF_F_TIES;
    }
    for (size_t i = 0; i < k * k; i++) var += cov[i];
    nf_tail tail = nf_tail_of(sum, var, false);
    if (!(var > 0)) r->flags |= NF_F_DEGENERATE;
    r->v[S].f = sum;
    r->v[VAR_S].f = var;
    r->v[Z].f = tail.z;
    r->v[P].f = tail.p;
    r->v[LOG10_P].f = tail.log10_p;
    r->v[CHI2].f = weighted_squares(cov, score, k);
    r->v[P_CHI2].f = nf_chi2_upper(r->v[CHI2].f, (double)k);
    return NF_OK;
}

const nf_method nf_method_multivariate_mann_kendall = {
    .row = { .name = "multivariate-mann-kendall", .title = { "multivariate Mann-Kendall test", "多元曼-肯德尔检验" },
             .formula = "S = sum S_g; var S = sum over series g, h of (K_gh + 4 sum_i R_ig R_ih - n (n_g+1)(n_h+1))/3, "
                        "missing values at the middle rank; no continuity correction; chi2 = s' C^-1 s, s the scores, C "
                        "their covariances, as many degrees as series",
             .cite = "Dietz and Killeen (1981) JASA 76; Lettenmaier (1988) Water Resources Bulletin 24 (covariance "
                     "sum and "
                     "covariance inversion); Libiseller and Grimvall (2002) Environmetrics 13",
             .use = "Do stations, or several pollutants, that move together share a trend? All series of the "
                    "selection make "
                    "one row. chi2 also finds trends that oppose each other.",
             .avoid = "More series than a third of the years: the covariances are poorly known (chi2 then has no "
                      "value or "
                      "little power).",
             .peers = "R trend mult.mk.test, pyMannKendall correlated_multivariate_test to 1e-10 on complete tables." },
    .min_n = 3, .min_in = 2, .max_in = SIZE_MAX, .out = out, .stat = "S", .fit = fit
};
