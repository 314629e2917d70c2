/* method_ols_hac.c - the least-squares line with standard errors that allow for serial correlation (Newey and West). */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

static const nf_field opt[] = {
    { "hac-lag", NF_WORD, NF_FREE, { "LAGS: a number, rule (4 (n/100)^(2/9)), or auto (Newey and West 1994, "
                                     "prewhitened)",
                                     "滞后阶数：数字、rule（经验规则）或 auto（自动并预白化）" }, .word = "rule" },
    { "hac-adjust", NF_FLAG, NF_FREE, { "times n/(n-2), for small samples", "小样本修正 n/(n-2)" }, .def = 0 },
    { 0 }
};

/* Scores of the two coefficients about the mean time: u = e, v = e (t - mean t), of m observed rows in order. */
typedef struct { long double *u, *v; size_t m; } scores;
typedef struct { long double uu, uv, vv; } meat;

/* Bartlett sums: weights 1 - k/(L+1) on the products k rows apart, both ways. */
static meat bartlett(const scores *z, size_t lags)
{
    meat m = { 0 };
    for (size_t k = 0; k <= lags && k < z->m; k++) {
        long double w = (k ? 1 : 0.5L) * (1 - (long double)k / (long double)(lags + 1)), uu = 0, uv = 0, vu = 0, vv = 0;
        for (size_t i = k; i < z->m; i++) {
            uu += z->u[i] * z->u[i - k];
            uv += z->u[i] * z->v[i - k];
            vu += z->v[i] * z->u[i - k];
            vv += z->v[i] * z->v[i - k];
        }
        m.uu += 2 * w * uu;
        m.uv += w * (uv + vu);
        m.vv += 2 * w * vv;
    }
    return m;
}

/* A first-order vector autoregression A of the scores by least squares; they become its residuals. False: singular. */
static bool whiten(scores *z, long double A[4])
{
    long double p = 0, q = 0, s = 0, c[4] = { 0 };
    for (size_t i = 1; i < z->m; i++) {
        long double u = z->u[i - 1], v = z->v[i - 1];
        p += u * u, q += u * v, s += v * v;
        c[0] += z->u[i] * u, c[1] += z->u[i] * v, c[2] += z->v[i] * u, c[3] += z->v[i] * v;
    }
    long double det = p * s - q * q;
    if (!(det > 1e-18L * p * s)) return false;
    for (int i = 0; i < 4; i += 2) {
        A[i] = (c[i] * s - c[i + 1] * q) / det;
        A[i + 1] = (c[i + 1] * p - c[i] * q) / det;
    }
    for (size_t i = z->m - 1; i > 0; i--) {
        long double u = z->u[i - 1], v = z->v[i - 1];
        z->u[i] -= A[0] * u + A[1] * v;
        z->v[i] -= A[2] * u + A[3] * v;
    }
    *z = (scores){ z->u + 1, z->v + 1, z->m - 1 };
    return true;
}

/* Newey and West (1994) for the Bartlett kernel, over the score of the slope (t from its own zero). */
static double bandwidth(const scores *z, long double mx, size_t n)
{
    size_t m = (size_t)floor(3 * nf_pow((double)n / 100, 2.0 / 9));
    long double s0 = 0, s1 = 0;
    for (size_t k = 0; k <= m && k < z->m; k++) {
        long double sum = 0;
        for (size_t i = k; i < z->m; i++) sum += (z->v[i] + mx * z->u[i]) * (z->v[i - k] + mx * z->u[i - k]);
        s0 += k ? 2 * sum : sum;
        s1 += 2 * (long double)k * sum;
    }
    double ratio = (double)(s1 / s0);
    return isfinite(ratio) && ratio != 0 ? 1.1447 * nf_pow(ratio * ratio * (double)n, 1.0 / 3) : 0;
}

/* (I - A)^-1 M (I - A)^-T: the long-run variance of what was whitened. False: a unit root. */
static bool recolour(meat *m, const long double A[4])
{
    long double a = 1 - A[0], b = -A[1], c = -A[2], d = 1 - A[3], det = a * d - b * c;
    if (!(fabsl(det) > 1e-12L)) return false;
    long double p = d / det, q = -b / det, r = -c / det, s = a / det;
    *m = (meat){ p * p * m->uu + 2 * p * q * m->uv + q * q * m->vv,
                 p * r * m->uu + (p * s + q * r) * m->uv + q * s * m->vv,
                 r * r * m->uu + 2 * r * s * m->uv + s * s * m->vv };
    return true;
}

static int lags_asked(nf_ctx *c, size_t *lags, const char *text, size_t n)
{
    double v;
    *lags = (size_t)floor(4 * nf_pow((double)n / 100, 2.0 / 9));
    if (!strcmp(text, "rule") || !strcmp(text, "auto")) return NF_OK;
    if (!nf_double_scan(text, strlen(text), &v) || v < 0 || v > 1e9 || v != floor(v)) {
        nf_fail(c, NF_EINVAL, "option 'hac-lag' is '%s', not a number of lags", text);
        return nf_hint(c, "a whole number, rule or auto");
    }
    *lags = (size_t)v;
    return NF_OK;
}

static bool automatic(meat *m, scores *z, const nf_line *l, double *chosen)
{
    long double A[4];
    if (!whiten(z, A)) return false;
    *chosen = bandwidth(z, l->mx, l->s->n);
    *m = bartlett(z, (size_t)fmin(floor(*chosen), 1e9));   /* it may pass the rows: their weights count on from it */
    return recolour(m, A);
}

enum { LAG = NF_LS_COUNT };
static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t lags;
    nf_line l = nf_line_of(s);
    scores z = { nf_scratch(c, s->n * sizeof *z.u), nf_scratch(c, s->n * sizeof *z.v), s->n };
    int rc = lags_asked(c, &lags, o[0].s, s->n);
    if (rc) return rc;
    if (!z.u || !z.v) return NF_ENOMEM;
    if (!nf_line_stands(r, &l)) return NF_OK;
    for (size_t i = 0; i < s->n; i++) {
        z.u[i] = nf_line_residual(&l, i);
        z.v[i] = z.u[i] * nf_line_dx(&l, i);
    }
    meat m;
    double chosen = (double)lags;
    if (strcmp(o[0].s, "auto") != 0) m = bartlett(&z, lags);
    else if (!automatic(&m, &z, &l, &chosen)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    long double f = o[1].i == 1 ? l.n / (l.n - 2) : 1, c_n = 1 / l.n, c_x = l.mx / l.sxx;
    nf_line_fill(r, &l, f * m.vv / (l.sxx * l.sxx), f * (c_n * c_n * m.uu - 2 * c_n * c_x * m.uv + c_x * c_x * m.vv));
    r->v[LAG].f = chosen;
    return NF_OK;
}

static const nf_field out[] = {
    NF_LS_FIELDS,
    [LAG] = { "lag", NF_F64, NF_ONE, { "lags used; auto: the bandwidth, cut down to a whole lag", "所用滞后阶数或带宽" } },
    { 0 }
};

const nf_method nf_method_ols_hac = {
    .row = { .name = "ols-hac", .title = { "least-squares line, errors robust to serial correlation", "最小二乘直线（HAC "
                     "标准误）" },
             .formula = "var = (X'X)^-1 (G0 + sum_{k<=L} (1 - k/(L+1)) (Gk + Gk')) (X'X)^-1, Gk = sum e_i e_{i-k} "
                        "x_i x_{i-k}'; "
                        "L = floor(4 (n/100)^(2/9)), or by Newey and West (1994) after a first-order prewhitening",
             .cite = "Newey and West (1987) Econometrica 55; (1994) Review of Economic Studies 61; "
                     "Andrews and Monahan (1992) Econometrica 60",
             .use = "A straight line where neighbours resemble each other; forty values or more.",
             .avoid = "Short series: the errors come out too small. Outliers (sen with a corrected Mann-Kendall).",
             .peers = "R sandwich NeweyWest (adjust FALSE and TRUE), statsmodels HAC (use_correction) to 1e-10; "
                      "auto: sandwich "
                      "NeweyWest() to 1e-7. p by t with n - 2 degrees, statsmodels by the normal. With gaps lags "
                      "count observed rows.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "t", .fit = fit
};
