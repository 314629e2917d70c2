/* method_ols.c - the least-squares straight line, with Student limits and Durbin-Watson. */
#include "method.h"
#include "real.h"
#include <math.h>

enum { SLOPE, INTERCEPT, SE_SLOPE, SE_INTERCEPT, T, P, LOG10_P, R2, SIGMA, SLOPE_LO, SLOPE_HI, DW };
static const nf_field out[] = {
    [SLOPE]        = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope", "斜率" } },
    [INTERCEPT]    = { "intercept", NF_F64, NF_FREE, { "value of the line at t = 0", "t = 0 处的值" } },
    [SE_SLOPE]     = { "se_slope", NF_F64, NF_OF_Y_PER_T, { "standard error of the slope", "斜率标准误" } },
    [SE_INTERCEPT] = { "se_intercept", NF_F64, NF_FREE, { "standard error of the intercept", "截距标准误" } },
    [T]            = { "t", NF_F64, NF_ONE, { "slope over its standard error", "斜率与标准误之比" } },
    [P]            = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P]      = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [R2]           = { "r2", NF_F64, NF_ONE, { "share of variance explained", "决定系数" } },
    [SIGMA]        = { "sigma", NF_F64, NF_OF_DY, { "residual standard deviation", "残差标准差" } },
    [SLOPE_LO]     = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit of the slope", "斜率下限" } },
    [SLOPE_HI]     = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit of the slope", "斜率上限" } },
    [DW]           = { "dw", NF_F64, NF_ONE, { "Durbin-Watson", "DW 统计量" } },
    { 0 }
};

/* Sums about the means, in long double: an offset of 1e15 leaves the slope its digits. */
typedef struct { long double mx, my, sxx, sxy, syy, sse, sdd; } sums;

static sums sums_of(const nf_sample *s)
{
    sums a = { 0 };
    long double n = (long double)s->n, last = 0;
    for (size_t i = 0; i < s->n; i++) {
        a.mx += s->tick[i];
        a.my += s->y[i];
    }
    a.mx /= n;
    a.my /= n;
    for (size_t i = 0; i < s->n; i++) {
        long double dx = s->tick[i] - a.mx, dy = s->y[i] - a.my;
        a.sxx += dx * dx;
        a.sxy += dx * dy;
        a.syy += dy * dy;
    }
    long double b = a.sxx > 0 ? a.sxy / a.sxx : 0;
    for (size_t i = 0; i < s->n; i++) {
        long double e = s->y[i] - a.my - b * (s->tick[i] - a.mx);
        a.sse += e * e;
        if (i) a.sdd += (e - last) * (e - last);
        last = e;
    }
    return a;
}

static void test(nf_result *r, const nf_sample *s, double b, double se)
{
    double dof = (double)s->n - 2, q = nf_t_quantile(1 - s->set.alpha / 2, dof);
    r->v[SE_SLOPE].f = se;
    r->v[SLOPE_LO].f = b - q * se;
    r->v[SLOPE_HI].f = b + q * se;
    if (!(se > 0)) return;
    r->v[T].f = b / se;
    r->v[P].f = nf_t_two_sided(b / se, dof);
    r->v[LOG10_P].f = nf_t_log10_two_sided(b / se, dof);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in, (void)o;
    sums a = sums_of(s);
    if (!(a.sxx > 0)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    long double b = a.sxy / a.sxx, s2 = a.sse / (long double)(s->n - 2);
    double slope = (double)(b * s->ticks);
    r->v[SLOPE].f = slope;
    r->v[INTERCEPT].f = (double)(a.my - b * a.mx);
    r->v[SIGMA].f = (double)sqrtl(s2);
    r->v[SE_INTERCEPT].f = (double)sqrtl(s2 * (1 / (long double)s->n + a.mx * a.mx / a.sxx));
    test(r, s, slope, (double)sqrtl(s2 / a.sxx) * s->ticks);
    if (!(a.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    r->v[R2].f = (double)(1 - a.sse / a.syy);
    if (a.sse > 0) r->v[DW].f = (double)(a.sdd / a.sse);
    return NF_OK;
}

const nf_method nf_method_ols = {
    .row = { .name = "ols", .title = { "Least-squares line", "最小二乘直线" },
             .formula = "b = sum (t - mean t)(y - mean y) / sum (t - mean t)^2; limits b +- t_{n-2} se",
             .cite = "Draper and Smith (1998) Applied Regression Analysis; Durbin and Watson (1950) Biometrika 37",
             .use = "A straight line with independent normal errors; a number everybody knows.",
             .avoid = "Outliers (sen), serial correlation (ols-hac).",
             .peers = "R lm to 1e-10, NIST StRD straight lines to 9 digits and more." },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .stat = "t", .fit = fit
};
