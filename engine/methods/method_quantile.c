/* method_quantile.c - the line of a quantile: an exact vertex of Koenker and Bassett's linear programme. */
#include "line.h"
#include "rank.h"
#include "real.h"
#include <math.h>
#include <stdlib.h>

enum { SLOPE, INTERCEPT, SCALE, SE_SLOPE, OBJECTIVE };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope", "斜率" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "value of the line at t = 0", "t = 0 处的值" } },
    [SCALE]     = { "scale", NF_F64, NF_OF_DY, { "sparsity: 1 over the density of the residuals there",
                                                 "稀疏度：残差密度的倒数" } },
    [SE_SLOPE]  = { "se_slope", NF_F64, NF_OF_Y_PER_T, { "standard error of the slope", "斜率标准误" } },
    [OBJECTIVE] = { "objective", NF_F64, NF_OF_DY, { "sum of weighted absolute residuals", "加权绝对残差之和" } },
    { 0 }
};
static const nf_field opt[] = {
    { "quantile", NF_F64, NF_FREE, { "which quantile", "分位数" }, .def = 0.5, .lo = 0.001, .hi = 0.999 },
    { 0 }
};

typedef struct { double slope, weight; size_t i; } turn;
typedef struct { const nf_sample *s; double tau, noise; turn *turn; } task;
typedef struct { size_t through; double slope; long double loss; } line;

/* A total order, so that equal slopes stand by their index on every machine. */
static int by_slope(const void *a, const void *b)
{
    const turn *p = a, *q = b;
    if (p->slope != q->slope) return p->slope < q->slope ? -1 : 1;
    return (p->i > q->i) - (p->i < q->i);
}

static double residual(const task *k, const line *l, size_t i)
{
    return k->s->y[i] - k->s->y[l->through] - l->slope * (k->s->tick[i] - k->s->tick[l->through]);
}

static long double loss_of(const task *k, const line *l)
{
    long double sum = 0;
    for (size_t i = 0; i < k->s->n; i++) {
        double e = residual(k, l, i);
        sum += e > 0 ? k->tau * e : (k->tau - 1) * e;
    }
    return sum;
}

/* The best slope of a line through point p: where the derivative of the loss, which every point's own slope turns
 * up by its distance in time, stops being negative. *to: the point met there. False: all at the same time. */
static bool turn_about(const task *k, line *l, size_t p, size_t *to)
{
    const nf_sample *s = k->s;
    long double rising = 0;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        double d = s->tick[i] - s->tick[p];
        if (d == 0) continue;
        k->turn[n++] = (turn){ (s->y[i] - s->y[p]) / d, fabs(d), i };
        rising -= d > 0 ? d * k->tau : -d * (1 - k->tau);
    }
    if (!n) return false;
    qsort(k->turn, n, sizeof *k->turn, by_slope);
    size_t at = 0;
    for (; at + 1 < n && (rising += k->turn[at].weight) < 0; at++) { }
    *l = (line){ .through = p, .slope = k->turn[at].slope };
    l->loss = loss_of(k, l);
    *to = k->turn[at].i;
    return true;
}

/* Turns about one of the points on the line, whichever lowers the loss; false where none does: an optimum, since
 * every edge of the programme at this vertex is a turn about one of them. */
static bool improve(const task *k, line *l)
{
    for (size_t i = 0; i < k->s->n; i++) {
        line next;
        size_t to;
        if (fabs(residual(k, l, i)) > k->noise || !turn_about(k, &next, i, &to)) continue;
        if (!(next.loss < l->loss - k->noise * 1e-3L)) continue;
        *l = next;
        return true;
    }
    return false;
}

/* From the point nearest to the quantile of the least-squares residuals, along steepest turns. */
static bool solve(task *k, line *best)
{
    size_t p = 0, to = 0;
    nf_line ls = nf_line_of(k->s);
    for (size_t i = 0; i < k->s->n; i++)
        if (fabsl(nf_line_residual(&ls, i)) < fabsl(nf_line_residual(&ls, p))) p = i;
    if (!turn_about(k, best, p, &to)) return false;
    for (line next; turn_about(k, &next, to, &to) && next.loss < best->loss; *best = next) { }
    while (improve(k, best)) { }
    return true;
}

/* Siddiqui's difference quotient of the residuals' quantiles at Hall and Sheather's (1988) distance. */
static double sparsity(const task *k, const double *sorted)
{
    double n = (double)k->s->n, q = nf_normal_quantile(k->tau), z = nf_normal_quantile(0.975);
    double f = nf_exp(-q * q / 2) / 2.5066282746310002;
    double h = nf_pow(n, -1.0 / 3) * nf_pow(z, 2.0 / 3) * nf_pow(1.5 * f * f / (2 * q * q + 1), 1.0 / 3);
    double lo = fmax(k->tau - h, 0), hi = fmin(k->tau + h, 1);
    size_t a = (size_t)floor(lo * (n - 1)), b = (size_t)ceil(hi * (n - 1));
    return b > a ? (sorted[b] - sorted[a]) * (n - 1) / (double)(b - a) : NAN;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    task k = { .s = s, .tau = o[0].f, .turn = nf_scratch(c, s->n * sizeof *k.turn) };
    double *e = nf_scratch(c, 3 * s->n * sizeof *e), most = 0;
    line best;
    if (!k.turn || !e) return NF_ENOMEM;
    nf_line ls = nf_line_of(s);
    if (!nf_line_stands(r, &ls) && r->status == NF_NOT_APPLICABLE) return NF_OK;
    for (size_t i = 0; i < s->n; i++) most = fmax(most, (double)fabsl(s->y[i] - ls.my));
    k.noise = 1e-13 * most;
    if (!solve(&k, &best)) return NF_OK;
    for (size_t i = 0; i < s->n; i++) e[i] = residual(&k, &best, i);
    nf_sort_count(e, e + s->n, e + 2 * s->n, s->n, nf_kernels_for(s->set.isa));
    r->v[SLOPE].f = best.slope * s->ticks;
    r->v[INTERCEPT].f = s->y[best.through] - best.slope * s->tick[best.through];
    r->v[OBJECTIVE].f = (double)best.loss;
    r->v[SCALE].f = sparsity(&k, e + s->n);
    r->v[SE_SLOPE].f = sqrt(k.tau * (1 - k.tau)) * r->v[SCALE].f / (double)sqrtl(ls.sxx) * s->ticks;
    return NF_OK;
}

const nf_method nf_method_quantile = {
    .row = { .name = "quantile", .title = { "line of a quantile", "分位数回归直线" },
             .formula = "min sum rho(y - a - b t), rho(e) = q e above, (q - 1) e below; a line through two points or "
                        "more",
             .cite = "Koenker and Bassett (1978) Econometrica 46; errors: Koenker (2005) Quantile Regression, 3.4 "
                     "and 4.10; "
                     "Hall and Sheather (1988)",
             .use = "Are the worst days getting better (quantile=0.9)? The median line (0.5) is robust against wild "
                    "values.",
             .avoid = "Wild values at the ends of the series; extreme quantiles of short series.",
             .peers = "R quantreg rq (br) to 1e-8 where the optimum is unique, else another point of the same optimum; "
                      "statsmodels QuantReg only approximates it.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
