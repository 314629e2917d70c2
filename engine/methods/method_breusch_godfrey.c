/* method_breusch_godfrey.c - are the errors of a least-squares line correlated up to some order (Breusch, Godfrey)? */
#include "line.h"
#include "real.h"
#include <math.h>

enum { LM, P, LOG10_P, F, P_F, ORDER };
static const nf_field out[] = {
    [LM]      = { "LM", NF_F64, NF_ONE, { "n R^2 of the residuals on their own lags", "LM 统计量 n R²" } },
    [P]       = { "p", NF_F64, NF_ONE, { "p of no correlation, by chi-square", "无序列相关的 p 值（卡方）" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [F]       = { "F", NF_F64, NF_ONE, { "the same as an F ratio, for small samples", "F 统计量（小样本）" } },
    [P_F]     = { "p_F", NF_F64, NF_ONE, { "its p", "F 检验的 p 值" } },
    [ORDER]   = { "order", NF_I64, NF_ONE, { "lags", "滞后阶数" } },
    { 0 }
};
static const nf_field opt[] = {
    { "bg-order", NF_I64, NF_FREE, { "lags of the residuals", "残差滞后阶数" }, .def = 1, .lo = 1, .hi = 1000 },
    { 0 }
};

static long double product(const long double *a, const long double *b, size_t n)
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static void take_away(long double *a, const long double *q, size_t n)
{
    long double part = product(a, q, n);
    for (size_t i = 0; i < n; i++) a[i] -= part * q[i];
}

/* What is left of v beside the `held` orthonormal columns of q; false where nothing is. */
static bool orthonormal(long double *v, const long double *q, size_t held, size_t n)
{
    long double before = product(v, v, n);
    for (int again = 0; again < 2; again++)
        for (size_t k = 0; k < held; k++) take_away(v, q + k * n, n);
    long double after = product(v, v, n);
    if (!(after > 1e-24L * before)) return false;
    for (size_t i = 0; i < n; i++) v[i] /= sqrtl(after);
    return true;
}

/* Columns 1, t, and the residuals 1 .. order rows before, zeros before the first: orthonormal. */
static bool columns_of(long double *q, const long double *e, const nf_line *l, size_t order)
{
    size_t n = l->s->n;
    for (size_t i = 0; i < n; i++) {
        q[i] = 1 / sqrtl(l->n);
        q[n + i] = nf_line_dx(l, i) / sqrtl(l->sxx);
    }
    for (size_t k = 1; k <= order; k++) {
        long double *v = q + (k + 1) * n;
        for (size_t i = 0; i < n; i++) v[i] = i < k ? 0 : e[i - k];
        if (!orthonormal(v, q, k + 1, n)) return false;
    }
    return true;
}

static void fill(nf_result *r, long double before, long double after, double n, double order)
{
    double dof = n - 2 - order;
    r->v[LM].f = (double)(n * (before - after) / before);
    r->v[P].f = nf_chi2_upper(r->v[LM].f, order);
    r->v[LOG10_P].f = nf_chi2_log10_upper(r->v[LM].f, order);
    r->v[F].f = (double)((before - after) / order / (after / dof));
    r->v[P_F].f = nf_f_upper(r->v[F].f, order, dof);
    r->v[ORDER].i = (int64_t)order;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    nf_line l = nf_line_of(s);
    size_t n = s->n, order = (size_t)o[0].i;
    if (n < order + 4) {
        r->status = NF_TOO_FEW;
        return NF_OK;
    }
    long double *e = nf_scratch(c, (order + 3) * n * sizeof *e), *q = e ? e + n : NULL;
    if (!e) return NF_ENOMEM;
    if (!nf_line_stands(r, &l)) return NF_OK;
    for (size_t i = 0; i < n; i++) e[i] = nf_line_residual(&l, i);
    if (!(l.sse > 1e-26L * l.syy) || !columns_of(q, e, &l, order)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    long double before = product(e, e, n);
    for (size_t k = 0; k < order + 2; k++) take_away(e, q + k * n, n);
    fill(r, before, product(e, e, n), (double)n, (double)order);
    return NF_OK;
}

const nf_method nf_method_breusch_godfrey = {
    .row = { .name = "breusch-godfrey", .title = { "serial correlation of the errors of a line (Breusch-Godfrey)",
                                                   "直线残差序列相关检验（Breusch-Godfrey）" },
             .formula = "e of y on t; LM = n R^2 of e_i on 1, t_i, e_{i-1} .. e_{i-p} (0 before the first), "
                        "chi-square with p degrees; F = ((e'e - u'u)/p) / (u'u/(n - 2 - p)), u what that leaves",
             .cite = "Breusch (1978) Australian Economic Papers 17; Godfrey (1978) Econometrica 46",
             .use = "Before trusting the errors of ols: a small p asks for ols-hac. Finds what dw at lag 1 cannot, "
                    "seasons among it (bg-order 12).",
             .avoid = "A curved trend or a break makes correlation of its own. Few values: read p_F.",
             .peers = "R lmtest bgtest, both types, to 1e-10. Lags count observed rows, as there.",
             .opt = opt },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = out, .stat = "LM", .fit = fit
};
