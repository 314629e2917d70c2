/* method_3pw.c - three pre-whitenings: two for the test, one for the slope (Collaud Coen et al. 2020). */
#include "serial.h"
#include <math.h>

enum { Z, P, LOG10_P, P_PW, P_TFPW, R1, SLOPE, SLOPE_LO, SLOPE_HI };
static const nf_field out[] = {
    [Z]        = { "z", NF_F64, NF_ONE, { "z of the larger p", "较大 p 值对应的 z" } },
    [P]        = { "p", NF_F64, NF_ONE, { "the larger of the two p", "两个 p 值中较大者" } },
    [LOG10_P]  = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [P_PW]     = { "p_pw", NF_F64, NF_ONE, { "p after pre-whitening", "预白化后的 p 值" } },
    [P_TFPW]   = { "p_tfpw", NF_F64, NF_ONE, { "p after trend-free pre-whitening", "去趋势预白化后的 p 值" } },
    [R1]       = { "r1", NF_F64, NF_ONE, { "lag-1 autocorrelation of y", "y 的一阶自相关" } },
    [SLOPE]    = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope, variance-corrected", "方差校正后的斜率" } },
    [SLOPE_LO] = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit of the slope", "斜率下限" } },
    [SLOPE_HI] = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit of the slope", "斜率上限" } },
    { 0 }
};

typedef struct { const nf_sample *s; double *e, *w, *x; size_t *at, n; double slope; const nf_kernels *with; } work;

static int test(nf_ctx *c, nf_tail *t, const work *k, double tol)
{
    nf_kendall of;
    double *rank = nf_scratch(c, k->n * sizeof *rank);
    int rc = rank ? nf_midranks(c, rank, k->w, k->n, tol, k->with) : NF_ENOMEM;
    if (!rc) rc = nf_kendall_of(c, &of, NULL, rank, k->n, k->with);
    if (!rc) *t = nf_tail_of(of.S, of.var, true);
    return rc;
}

static double spread(const double *a, size_t n)
{
    double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) mean += a[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) sum += (a[i] - mean) * (a[i] - mean);
    return sqrt(sum / (double)(n - 1));
}

/* The detrended values, whitened; as they are where their own correlation r1 is 0. */
static void whiten_residuals(work *k, double r1)
{
    if (r1 != 0) {
        k->n = nf_whitened(k->w, k->at, k->e, r1, k->s);
        return;
    }
    for (k->n = 0; k->n < k->s->n; k->n++) {
        k->w[k->n] = k->e[k->n];
        k->at[k->n] = k->n;
    }
}

/* Trend-free whitened values, brought back to the spread of the detrended ones, with the slope corrected too. */
static int corrected_slope(nf_ctx *c, nf_sen *sen, work *k, double r1)
{
    whiten_residuals(k, r1);
    double was = spread(k->e, k->s->n), is = spread(k->w, k->n), b = k->slope;
    if (r1 > 0) b *= sqrt((1 - r1) / (1 + r1));
    nf_kendall of;
    for (size_t i = 0; i < k->n; i++) {
        k->x[i] = k->s->tick[k->at[i]];
        k->w[i] = k->w[i] * (is > 0 ? was / is : 1) + b * k->x[i];
    }
    int rc = nf_kendall_of(c, &of, NULL, k->w, k->n, k->with);
    return rc ? rc : nf_sen_of(c, sen, k->x, k->w, k->n, of.var, k->s->set.alpha, false, k->with);
}

/* No significant autocorrelation: the values as they are. */
static int plain(nf_ctx *c, nf_tail *t, nf_sen *sen, const work *k)
{
    nf_kendall of;
    int rc = nf_kendall_of(c, &of, k->s->tick, k->s->y, k->s->n, k->with);
    if (rc) return rc;
    *t = nf_tail_of(of.S, of.var, true);
    return nf_sen_of(c, sen, k->s->tick, k->s->y, k->s->n, of.var, k->s->set.alpha, false, k->with);
}

static bool is_significant(double r1, const nf_sample *s)
{
    return fabs(r1) > nf_limit_z(0.05) / sqrt((double)s->n);
}

static int three(nf_ctx *c, nf_result *r, nf_tail *t, nf_sen *sen, work *k, double r1)
{
    nf_tail pw, tfpw;
    double re, tol = nf_tie_tolerance(k->s);
    int rc = nf_lag1(c, &re, k->e, k->s);
    if (!is_significant(re, k->s)) re = 0;         /* what is correlated is the trend: nothing to take away but it */
    k->n = nf_whitened(k->w, k->at, k->s->y, r1, k->s);
    if (k->n < 4 || fabs(re) >= 1) {
        r->status = NF_TOO_FEW;
        return rc;
    }
    if (!rc) rc = test(c, &pw, k, 0);
    whiten_residuals(k, re);
    for (size_t i = 0; i < k->n; i++) k->w[i] += k->slope * k->s->tick[k->at[i]];
    if (!rc) rc = test(c, &tfpw, k, tol);
    if (!rc) rc = corrected_slope(c, sen, k, re);
    if (rc) return rc;
    *t = pw.p > tfpw.p ? pw : tfpw;
    r->v[P_PW].f = pw.p;
    r->v[P_TFPW].f = tfpw.p;
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *e = nf_scratch(c, 3 * s->n * sizeof *e), r1;
    work k = { .s = s, .e = e, .at = nf_scratch(c, s->n * sizeof *k.at), .with = nf_kernels_for(s->set.isa) };
    nf_tail t = { NAN, NAN, NAN };
    nf_sen sen = { NAN, NAN, NAN, 0 };
    if (!e || !k.at) return NF_ENOMEM;
    k.w = e + s->n;
    k.x = e + 2 * s->n;
    int rc = nf_detrended(c, e, &k.slope, s);
    if (!rc) rc = nf_lag1(c, &r1, s->y, s);
    if (rc) return rc;
    bool correlated = r1 >= 0.05 && is_significant(r1, s);
    rc = correlated ? three(c, r, &t, &sen, &k, r1) : plain(c, &t, &sen, &k);
    if (correlated) r->flags |= NF_F_AUTOCORRELATED;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[R1].f = r1;
    r->v[SLOPE].f = sen.slope * s->ticks;
    r->v[SLOPE_LO].f = sen.lo * s->ticks;
    r->v[SLOPE_HI].f = sen.hi * s->ticks;
    return rc;
}

const nf_method nf_method_3pw = {
    .row = { .name = "3pw", .title = { "Mann-Kendall with three pre-whitenings", "三重预白化曼-肯德尔检验" },
             .formula = "p = max of p after pre-whitening and after trend-free pre-whitening (e_i + slope t where the "
                        "residuals e are not correlated); slope: Sen of e_{i+1} - r1 e_i, at the spread of e, + slope "
                        "sqrt((1 - r1)/(1 + r1)) t; the plain test where r1 of y is below .05 or not significant",
             .cite = "Collaud Coen et al. (2020) Atmospheric Measurement Techniques 13; Wang et al. (2015)",
             .use = "Serially correlated values, when both the test and the slope are wanted.",
             .avoid = "Fewer than about ten values. Negative autocorrelation is left alone: power is lost (prewhite).",
             .peers = "The steps of the authors' mannkendall; it multiplies the residuals by the ratio of variances "
                      "where this keeps their spread, and takes limits of 90 %." },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .stat = "z", .fit = fit
};
