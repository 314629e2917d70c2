/* serial.c - detrending, autocorrelation on the grid and whitening, for the corrected Mann-Kendall tests. */
#include "serial.h"
#include <math.h>
#include <string.h>

const nf_field nf_mk_fields[] = {
    [NF_MK_S]        = { "S", NF_F64, NF_ONE, { "score: rising less falling pairs", "得分：上升对数减下降对数" } },
    [NF_MK_VAR_S]    = { "var_S", NF_F64, NF_ONE, { "variance of S, corrected", "S 的校正方差" } },
    [NF_MK_Z]        = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [NF_MK_P]        = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [NF_MK_LOG10_P]  = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [NF_MK_FACTOR]   = { "factor", NF_F64, NF_ONE, { "variance over that of independent values", "方差校正系数" } },
    [NF_MK_R1]       = { "r1", NF_F64, NF_ONE, { "lag-1 autocorrelation used", "所用一阶自相关" } },
    [NF_MK_SLOPE]    = { "slope", NF_F64, NF_OF_Y_PER_T, { "Sen's slope", "森斜率" } },
    [NF_MK_SLOPE_PW] = { "slope_pw", NF_F64, NF_OF_Y_PER_T, { "Sen's slope of the whitened values", "预白化后的森斜率" } },
    { 0 }
};

void nf_mk_fill(nf_result *r, double S, double var, double factor)
{
    nf_tail t = nf_tail_of(S, var * factor, true);
    r->v[NF_MK_S].f = S;
    r->v[NF_MK_VAR_S].f = var * factor;
    r->v[NF_MK_Z].f = t.z;
    r->v[NF_MK_P].f = t.p;
    r->v[NF_MK_LOG10_P].f = t.log10_p;
    r->v[NF_MK_FACTOR].f = factor;
    if (var == 0) r->flags |= NF_F_DEGENERATE;
}

int nf_detrended(nf_ctx *c, double *e, double *slope, const nf_sample *s)
{
    int rc = nf_sen_slope(c, slope, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    for (size_t i = 0; !rc && i < s->n; i++) e[i] = s->y[i] - *slope * (s->tick[i] - s->tick[0]);
    return rc;
}

double nf_tie_tolerance(const nf_sample *s)
{
    double most = 0;
    for (size_t i = 0; i < s->n; i++) most = fmax(most, fabs(s->y[i]));
    return 1e-12 * most;
}

/* v less its mean, over the largest such distance: squares of extreme values stay in range. */
static void centred(double *to, const double *v, size_t n)
{
    double mean = 0, most = 0;
    for (size_t i = 0; i < n; i++) mean += v[i] / (double)n;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(v[i] - mean));
    for (size_t i = 0; i < n; i++) to[i] = most > 0 ? (v[i] - mean) / most : 0;
}

bool nf_has_lags(const nf_sample *s) { return s->rows <= 64 * s->n + 1024; }

int nf_autocorrelations(nf_ctx *c, double *rho, size_t lags, const double *v, const nf_sample *s)
{
    size_t mark = nf_scratch_mark(c);
    double *g = nf_scratch(c, s->rows * sizeof *g), *d = nf_scratch(c, s->n * sizeof *d), all = 0;
    if (!g || !d) return NF_ENOMEM;
    memset(g, 0, s->rows * sizeof *g);
    centred(d, v, s->n);
    for (size_t i = 0; i < s->n; i++) {
        g[s->row[i]] = d[i];
        all += d[i] * d[i];
    }
    int rc = nf_lag_products(c, rho, lags, g, s->rows);
    for (size_t k = 0; k < lags; k++) rho[k] = all > 0 ? rho[k] / all : 0;
    nf_scratch_rewind(c, mark);
    return rc;
}

int nf_lag1(nf_ctx *c, double *r1, const double *v, const nf_sample *s)
{
    size_t mark = nf_scratch_mark(c);
    double *d = nf_scratch(c, s->n * sizeof *d), all = 0, lag = 0;
    if (!d) return NF_ENOMEM;
    centred(d, v, s->n);
    for (size_t i = 0; i < s->n; i++) {
        all += d[i] * d[i];
        if (i && s->row[i] == s->row[i - 1] + 1) lag += d[i] * d[i - 1];
    }
    nf_scratch_rewind(c, mark);
    *r1 = all > 0 ? lag / all : 0;
    return NF_OK;
}

size_t nf_whitened(double *w, size_t *at, const double *v, double r, const nf_sample *s)
{
    size_t n = 0;
    for (size_t i = 1; i < s->n; i++) {
        if (s->row[i] != s->row[i - 1] + 1) continue;
        w[n] = v[i] - r * v[i - 1];
        at[n++] = i;
    }
    return n;
}

int nf_mk_whitened(nf_ctx *c, nf_result *r, const double *w, const size_t *at, size_t n, double tol, const nf_sample *s)
{
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    double *x = nf_scratch(c, 2 * (n + 1) * sizeof *x), *rank = x ? x + n : NULL, slope;
    nf_kendall k;
    if (!x) return NF_ENOMEM;
    if (n < 3) {
        r->status = NF_TOO_FEW;
        return NF_OK;
    }
    for (size_t i = 0; i < n; i++) x[i] = s->tick[at[i]];
    int rc = tol > 0 ? nf_midranks(c, rank, w, n, tol, with) : NF_OK;
    if (!rc) rc = nf_kendall_of(c, &k, NULL, tol > 0 ? rank : w, n, with);
    if (!rc) rc = nf_sen_slope(c, &slope, x, w, n, with);
    if (rc) return rc;
    nf_mk_fill(r, k.S, k.var, 1);
    r->v[NF_MK_FACTOR].f = NAN;
    r->v[NF_MK_SLOPE_PW].f = slope * s->ticks;
    if (k.tied_y > 0) r->flags |= NF_F_TIES;
    return NF_OK;
}
