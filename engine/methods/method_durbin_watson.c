/* method_durbin_watson.c - Durbin and Watson's test of serially correlated errors, exact at any n. */
#include "line.h"
#include "quadratic.h"
#include "real.h"
#include <math.h>

enum { DW, P, LOG10_P, P_POSITIVE, P_NEGATIVE, R1 };
static const nf_field out[] = {
    [DW]         = { "dw", NF_F64, NF_ONE, { "squared differences of residuals over their squares", "DW 统计量" } },
    [P]          = { "p", NF_F64, NF_ONE, { "two-sided p of no correlation", "无自相关的双侧 p 值" } },
    [LOG10_P]    = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [P_POSITIVE] = { "p_positive", NF_F64, NF_ONE, { "p against positive correlation", "对正自相关的单侧 p 值" } },
    [P_NEGATIVE] = { "p_negative", NF_F64, NF_ONE, { "p against negative correlation", "对负自相关的单侧 p 值" } },
    [R1]         = { "r1", NF_F64, NF_ONE, { "lag-1 autocorrelation of the residuals", "残差一阶自相关" } },
    { 0 }
};

/* dw < d is e'(A - d)e < 0 for the residuals e of normal errors, A the squared differences. sign -1: dw > d. */
typedef struct { const nf_line *line; double d, sign, *x, one; } form;

static void add(nf_complex *to, nf_complex v)
{
    to->re += v.re;
    to->im += v.im;
}

/* The residuals lie beside 1 and t (X, orthonormal): there the determinant is det T det X'T^-1X, T = I + 2 s (A - d)
 * tridiagonal, so that both come out of one elimination. */
static bool determinant(const void *self, nf_complex s, nf_factors *product)
{
    const form *f = self;
    size_t n = f->line->s->n;
    nf_complex g = { 2 * f->sign * s.re, 2 * f->sign * s.im }, pivot = { 1, 0 };
    nf_complex a = { 0, 0 }, b = a, aa = a, ab = a, bb = a;        /* the row of L^-1 X before; X'T^-1X */
    *product = nf_factors_none();
    for (size_t i = 0; i < n; i++) {
        double own = (i == 0 || i + 1 == n ? 1 : 2) - f->d;
        nf_complex l = i ? nf_over(g, pivot) : (nf_complex){ 0, 0 };
        nf_complex lg = nf_times(l, g), la = nf_times(l, a), lb = nf_times(l, b);
        pivot = (nf_complex){ 1 + g.re * own - lg.re, g.im * own - lg.im };
        if (!(pivot.re > 0)) return false;
        nf_factors_times(product, pivot);
        a = (nf_complex){ f->one + la.re, la.im };
        b = (nf_complex){ f->x[i] + lb.re, lb.im };
        nf_complex va = nf_over(a, pivot), vb = nf_over(b, pivot);
        add(&aa, nf_times(va, a));
        add(&ab, nf_times(va, b));
        add(&bb, nf_times(vb, b));
    }
    nf_complex taken = nf_over(nf_times(ab, ab), aa), rest = { bb.re - taken.re, bb.im - taken.im };
    if (!(aa.re > 0 && rest.re > 0)) return false;
    nf_factors_times(product, aa);
    nf_factors_times(product, rest);
    return true;
}

static double lag1(const nf_line *l)
{
    long double sum = 0;
    for (size_t i = 1; i < l->s->n; i++) sum += nf_line_residual(l, i) * nf_line_residual(l, i - 1);
    return (double)(sum / l->sse);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    nf_line l = nf_line_of(s);
    if (!nf_line_stands(r, &l)) return NF_OK;
    if (!(l.sse > 1e-24L * l.syy)) {
        r->status = NF_NOT_APPLICABLE;             /* on the line: no residuals to look at */
        return NF_OK;
    }
    form f = { &l, nf_durbin_watson(&l), 1, nf_scratch(c, s->n * sizeof *f.x), 1 / sqrt((double)s->n) };
    if (!f.x) return NF_ENOMEM;
    for (size_t i = 0; i < s->n; i++) f.x[i] = (double)(nf_line_dx(&l, i) / sqrtl(l.sxx));
    f.sign = f.d < 2 ? 1 : -1;                     /* the smaller tail, as a rule */
    nf_form tail = { determinant, &f };
    double log_p = fmin(nf_form_log_upper(&tail), 0);
    double near = fmax(nf_exp(log_p), 0x1p-1074), far = fmin(-nf_expm1(log_p), 1 - 0x1p-53);
    double small = fmin(near, far), log_small = near <= far ? log_p : nf_log(far);
    r->v[DW].f = f.d;
    r->v[P_POSITIVE].f = f.sign > 0 ? near : far;
    r->v[P_NEGATIVE].f = f.sign > 0 ? far : near;
    r->v[P].f = fmin(2 * small, 1);
    r->v[LOG10_P].f = fmin((log_small + 0.69314718055994531) / 2.3025850929940457, 0);
    r->v[R1].f = lag1(&l);
    return NF_OK;
}

const nf_method nf_method_durbin_watson = {
    .row = { .name = "durbin-watson", .title = { "Serial correlation of a line's errors (Durbin-Watson)", "杜宾-沃森检验" },
             .formula = "dw = sum (e_i - e_{i-1})^2 / sum e_i^2, e of the least-squares line; p of the ratio of "
                        "quadratic forms in normal errors by inversion through the saddle point, O(n) a step",
             .cite = "Durbin and Watson (1950, 1971) Biometrika 37, 58; Imhof (1961) Biometrika 48",
             .use = "Is the p of ols to be believed? Where this p is small, take ols-hac.",
             .avoid = "Gaps and uneven steps: neighbours in the list count as neighbours in time. Correlation beyond "
                      "lag 1.",
             .peers = "R lmtest dwtest (Pan's algorithm) to 1e-6 up to n = 60, wrong from about 90 on; above "
                      "100 R takes a "
                      "normal approximation unless told otherwise, this stays exact, far in the tail too." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "dw", .fit = fit
};
