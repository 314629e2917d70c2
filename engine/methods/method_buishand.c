/* method_buishand.c - range, peak and squares of cumulative deviations from the mean (Buishand 1982, 1984). */
#include "homogeneity.h"
#include "quadratic.h"
#include "real.h"
#include <math.h>

enum { R, P, LOG10_P, U, P_U, Q, P_Q, SHIFT };
static const nf_field out[] = {
    [R]       = { "R", NF_F64, NF_ONE, { "range of the rescaled partial sums over sqrt(n)", "标准化累积离差极差" } },
    [P]       = { "p", NF_F64, NF_ONE, { "p of R, of independent normal values", "R 的 p 值（独立正态）" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [U]       = { "U", NF_F64, NF_ONE, { "sum of their squares over n (n + 1)", "统计量 U" } },
    [P_U]     = { "p_U", NF_F64, NF_ONE, { "p of U, exact", "U 的精确 p 值" } },
    [Q]       = { "Q", NF_F64, NF_ONE, { "largest |partial sum| over sqrt(n)", "统计量 Q" } },
    [P_Q]     = { "p_Q", NF_F64, NF_ONE, { "p of Q", "Q 的 p 值" } },
    NF_SHIFT_FIELDS(SHIFT),
    { 0 }
};

/* U > u is z'Bz > 0 with eigenvalues 1/(4 sin^2(pi k/(2 n))) - u n (n + 1)/(n - 1), k = 1..n - 1. */
typedef struct { double *value; size_t n; } eigenvalues;
static bool determinant(const void *self, nf_complex s, nf_factors *product)
{
    const eigenvalues *e = self;
    *product = nf_factors_none();
    for (size_t k = 0; k < e->n; k++) {
        nf_complex f = { 1 - 2 * s.re * e->value[k], -2 * s.im * e->value[k] };
        if (!(f.re > 0)) return false;
        nf_factors_times(product, f);
    }
    return true;
}

static int p_of_U(nf_ctx *c, double *p, double u, size_t n)
{
    eigenvalues e = { nf_scratch(c, n * sizeof *e.value), n - 1 };
    if (!e.value) return NF_ENOMEM;
    double taken = u * (double)n * ((double)n + 1) / ((double)n - 1);
    for (size_t k = 1; k < n; k++) {
        double sine = nf_sin(1.5707963267948966 * (double)k / (double)n);
        e.value[k - 1] = 0.25 / (sine * sine) - taken;
    }
    double log_p = nf_form_log_upper(&(nf_form){ determinant, &e });
    *p = fmin(fmax(nf_exp(log_p), 0x1p-1074), 1 - 0x1p-53);
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    nf_shift of;
    if (!nf_shift_of(r, &of, s)) return NF_OK;
    double root = sqrt(of.n);
    r->v[R].f = (of.hi - of.lo) / root;
    r->v[LOG10_P].f = nf_shift_log10_p('R', r->v[R].f, of.n);
    r->v[P].f = nf_shift_p(r->v[LOG10_P].f);
    r->v[U].f = of.squares / (of.n * (of.n + 1));
    r->v[Q].f = of.sum.value / root;
    r->v[P_Q].f = nf_shift_p(nf_shift_log10_p('Q', r->v[Q].f, of.n));
    nf_shift_put(&r->v[SHIFT], s, of.sum);
    return p_of_U(c, &r->v[P_U].f, r->v[U].f, s->n);
}

const nf_method nf_method_buishand = {
    .row = { .name = "buishand", .title = { "Cumulative deviations (Buishand)", "布伊尚德均一性检验" },
             .formula = "S_k = sum_{i<=k} (y_i - mean)/sd; R = (max S - min S)/sqrt n, Q = max |S_k|/sqrt n, U = sum "
                        "S_k^2 / (n (n + 1)), sd of n - 1; k where |S_k| is largest; p of R and Q by simulated "
                        "points, of U exact, from its quadratic form",
             .cite = "Buishand (1982) Journal of Hydrology 58; (1984) 73. 5 % points at n = 100: R 1.62, U 0.457, Q "
                     "1.29",
             .use = "Is the record homogeneous? Strongest for a shift in the middle.",
             .avoid = "Shifts near the ends (snht), a trend, serial correlation: p is then too small. p of R and Q "
                      "below .0001 is extrapolated.",
             .peers = "R trend br.test and bu.test to 1e-10; R simulates p anew each time." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "R", .fit = fit
};
