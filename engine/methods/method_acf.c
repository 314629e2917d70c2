/* method_acf.c - autocorrelations, partial ones, and the Ljung-Box test that all of them are zero. */
#include "line.h"
#include "real.h"
#include "serial.h"
#include <math.h>

enum { Q, P, LOG10_P, LAGS, R1, LIMIT, ACF, PACF };
static const nf_field out[] = {
    [Q]       = { "Q", NF_F64, NF_ONE, { "Ljung-Box statistic", "Ljung-Box 统计量" } },
    [P]       = { "p", NF_F64, NF_ONE, { "p of no autocorrelation", "无自相关的 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [LAGS]    = { "lags", NF_I64, NF_ONE, { "lags", "滞后阶数" } },
    [R1]      = { "r1", NF_F64, NF_ONE, { "autocorrelation at lag 1", "一阶自相关" } },
    [LIMIT]   = { "limit", NF_F64, NF_ONE, { "beyond it one lag is significant", "显著性界限" } },
    [ACF]     = { "acf", NF_ARRAY, NF_ONE, { "autocorrelations at lags 1, 2, ...", "自相关" } },
    [PACF]    = { "pacf", NF_ARRAY, NF_ONE, { "partial autocorrelations at lags 1, 2, ...", "偏自相关" } },
    { 0 }
};
static const nf_field opt[] = {
    { "lags", NF_I64, NF_FREE, { "lags, 0: the lesser of 10 and n/5", "滞后阶数，0 为自动" }, .def = 0, .lo = 0, .hi = 1e6 },
    { 0 }
};

/* Durbin (1960) and Levinson: from the autocorrelations of one order to the next. */
static void partial(double *pacf, double *phi, double *old, const double *rho, size_t lags)
{
    for (size_t k = 0; k < lags; k++) {
        double up = rho[k], down = 1;
        for (size_t j = 0; j < k; j++) {
            up -= phi[j] * rho[k - 1 - j];
            down -= phi[j] * rho[j];
            old[j] = phi[j];
        }
        pacf[k] = down > 1e-12 ? up / down : 0;    /* nothing left to explain: a pure cycle */
        for (size_t j = 0; j < k; j++) phi[j] = old[j] - pacf[k] * old[k - 1 - j];
        phi[k] = pacf[k];
    }
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t lags = o[0].i > 0 ? (size_t)o[0].i : s->n / 5 < 10 ? s->n / 5 : 10;
    if (lags < 1) lags = 1;
    if (lags > s->n - 1) lags = s->n - 1;
    nf_line l = nf_line_of(s);
    if (!(l.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    if (!nf_has_grid(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    double *rho = nf_array_out(c, &r->v[ACF], lags), *pacf = nf_array_out(c, &r->v[PACF], lags);
    double *room = nf_scratch(c, (2 * lags + s->n) * sizeof *room), n = (double)s->n, sum = 0;
    if (!rho || !pacf || !room) return NF_ENOMEM;
    for (size_t i = 0; i < s->n; i++) room[2 * lags + i] = (double)(s->y[i] - l.my);
    int rc = nf_autocorrelations(c, rho, NULL, lags, room + 2 * lags, s);
    if (rc) return rc;
    partial(pacf, room, room + lags, rho, lags);
    for (size_t k = 0; k < lags; k++) sum += rho[k] * rho[k] / (n - (double)(k + 1));
    r->v[Q].f = n * (n + 2) * sum;
    r->v[P].f = nf_chi2_upper(r->v[Q].f, (double)lags);
    r->v[LOG10_P].f = nf_chi2_log10_upper(r->v[Q].f, (double)lags);
    r->v[LAGS].i = (int64_t)lags;
    r->v[R1].f = rho[0];
    r->v[LIMIT].f = nf_limit_z(s->set.alpha) / sqrt(n);
    return NF_OK;
}

const nf_method nf_method_acf = {
    .row = { .name = "acf", .title = { "autocorrelation, Ljung-Box", "自相关与 Ljung-Box 检验" },
             .formula = "r_k = sum (y_t - m)(y_{t+k} - m) / sum (y_t - m)^2, over gaps times n/(pairs + k); "
                        "Q = n (n + 2) sum r_k^2/(n - k), chi-square with as many degrees as lags; partial ones by Durbin and Levinson",
             .cite = "Box and Jenkins (1976); gaps: Parzen (1963) Sankhya A 25; Ljung and Box (1978) Biometrika 65; "
                     "Durbin (1960)",
             .use = "Do neighbours resemble each other? Then trend tests need a correction (prewhite, ols-hac).",
             .avoid = "A trend or seasons make autocorrelation of their own: take them away first (derive, stl). "
                      "Uneven steps.",
             .peers = "R acf, pacf, Box.test to 1e-10, over gaps too (na.pass); statsmodels without gaps.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "Q", .fit = fit
};
