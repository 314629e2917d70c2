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

void nf_mk_corrected(nf_result *r, const nf_kendall *k, double factor)
{
    if (k->tied_y > 0) r->flags |= NF_F_TIES;
    if (factor > 0) nf_mk_fill(r, k->S, k->var, factor);
    else r->status = NF_NOT_APPLICABLE;
    if (k->var == 0) r->status = NF_CONSTANT;
}

/* A value that all others differ from by what a double holds exactly: taken away, an offset costs no digits. Else 0. */
static double exact_origin(const double *v, size_t n)
{
    double c = n ? v[n / 2] : 0;
    for (size_t i = 0; i < n; i++) {
        double d = v[i] - c, back = d - v[i];
        if ((v[i] - (d - back)) + (-c - back) != 0) return 0;
    }
    return c;
}

int nf_detrended(nf_ctx *c, double *e, double *slope, const nf_sample *s)
{
    int rc = nf_sen_slope(c, slope, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    double from = exact_origin(s->y, s->n);
    for (size_t i = 0; !rc && i < s->n; i++) e[i] = s->y[i] - from - *slope * (s->tick[i] - s->tick[0]);
    return rc;
}

double nf_tie_tolerance(const nf_sample *s)
{
    double most = 0, from = exact_origin(s->y, s->n);
    for (size_t i = 0; i < s->n; i++) most = fmax(most, fabs(s->y[i] - from));
    return 1e-12 * most;
}

/* v less its mean, over the largest such distance: squares of extreme values stay in range. */
static void centred(double *to, const double *v, size_t n)
{
    double mean = 0, most = 0, from = exact_origin(v, n);
    for (size_t i = 0; i < n; i++) mean += (v[i] - from) / (double)n;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(v[i] - from - mean));
    for (size_t i = 0; i < n; i++) to[i] = most > 0 ? (v[i] - from - mean) / most : 0;
}

bool nf_has_lags(const nf_sample *s) { return s->rows <= 64 * s->n + 1024; }

static double correlation(double products, double weight, double all, size_t n)
{
    double r = all > 0 && weight > 0 ? products / all * ((double)n / weight) : 0;
    return fmax(-1, fmin(1, r));
}

/* Pairs k steps apart, and k: n wherever there are no gaps. g is room for the grid. */
static int weights_of(nf_ctx *c, double *weight, size_t lags, double *g, const nf_sample *s)
{
    bool gaps = s->n < s->rows;
    for (size_t i = 0; i < s->n; i++) g[s->row[i]] = 1;
    int rc = gaps ? nf_lag_products(c, weight, lags, g, s->rows) : NF_OK;
    for (size_t k = 0; k < lags; k++) weight[k] = gaps ? rint(weight[k]) + (double)(k + 1) : (double)s->n;
    return rc;
}

int nf_autocorrelations(nf_ctx *c, double *rho, double *weight, size_t lags, const double *v, const nf_sample *s)
{
    size_t mark = nf_scratch_mark(c);
    double *g = nf_scratch(c, (s->rows + s->n + lags) * sizeof *g), all = 0;
    if (!g) return NF_ENOMEM;
    double *d = g + s->rows, *own = weight ? weight : d + s->n;
    memset(g, 0, s->rows * sizeof *g);
    centred(d, v, s->n);
    int rc = weights_of(c, own, lags, g, s);
    for (size_t i = 0; i < s->n; i++) {
        g[s->row[i]] = d[i];
        all += d[i] * d[i];
    }
    if (!rc) rc = nf_lag_products(c, rho, lags, g, s->rows);
    for (size_t k = 0; k < lags; k++) rho[k] = correlation(rho[k], own[k], all, s->n);
    nf_scratch_rewind(c, mark);
    return rc;
}

int nf_lag1(nf_ctx *c, double *r1, const double *v, const nf_sample *s)
{
    size_t mark = nf_scratch_mark(c);
    double *d = nf_scratch(c, s->n * sizeof *d), all = 0, lag = 0, weight = 1;
    if (!d) return NF_ENOMEM;
    centred(d, v, s->n);
    for (size_t i = 0; i < s->n; i++) {
        all += d[i] * d[i];
        if (!i || s->row[i] != s->row[i - 1] + 1) continue;
        lag += d[i] * d[i - 1];
        weight++;
    }
    nf_scratch_rewind(c, mark);
    *r1 = correlation(lag, weight, all, s->n);
    return NF_OK;
}

size_t nf_whitened(double *w, size_t *at, const double *v, double r, const nf_sample *s)
{
    double from = exact_origin(v, s->n);
    size_t n = 0;
    for (size_t i = 1; i < s->n; i++) {
        if (s->row[i] != s->row[i - 1] + 1) continue;
        w[n] = v[i] - from - r * (v[i - 1] - from);
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
