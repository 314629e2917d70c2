/* robust.c - iterated reweighted least squares with the median absolute residual as the scale. */
#include "robust.h"
#include "rank.h"
#include <math.h>

enum { SLOPE, INTERCEPT, SCALE, SE_SLOPE, SE_INTERCEPT, ITERATIONS };
const nf_field nf_robust_fields[] = {
    [SLOPE]        = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope", "斜率" } },
    [INTERCEPT]    = { "intercept", NF_F64, NF_FREE, { "value of the line at t = 0", "t = 0 处的值" } },
    [SCALE]        = { "scale", NF_F64, NF_OF_DY, { "median |residual| / 0.6745", "残差绝对值中位数 / 0.6745" } },
    [SE_SLOPE]     = { "se_slope", NF_F64, NF_OF_Y_PER_T, { "standard error of the slope", "斜率标准误" } },
    [SE_INTERCEPT] = { "se_intercept", NF_F64, NF_FREE, { "standard error of the intercept", "截距标准误" } },
    [ITERATIONS]   = { "iterations", NF_I64, NF_FREE, { "steps until nothing moved", "迭代次数" } },
    { 0 }
};

static int scale_of(nf_ctx *c, double *scale, double *size, const nf_line *l)
{
    size_t mark = nf_scratch_mark(c);
    for (size_t i = 0; i < l->s->n; i++) size[i] = (double)fabsl(nf_line_residual(l, i));
    int rc = nf_median(c, scale, size, l->s->n, nf_kernels_for(l->s->set.isa));
    *scale /= 0.6745;
    nf_scratch_rewind(c, mark);
    return rc;
}

/* By how much the line moved where it moved most, within the range of the times. */
static double moved(const nf_line *a, const nf_line *b)
{
    long double first = a->s->tick[0], last = a->s->tick[a->s->n - 1];
    long double at_first = a->my + a->b * (first - a->mx) - b->my - b->b * (first - b->mx);
    long double at_last = a->my + a->b * (last - a->mx) - b->my - b->b * (last - b->mx);
    return fmax((double)fabsl(at_first), (double)fabsl(at_last));
}

/* Huber (1981), p. 173: the classical errors of psi(r), corrected for the spread of psi'. */
static void errors(nf_result *r, const nf_line *l, double scale, nf_psi psi)
{
    long double s2 = 0, m = 0, v = 0, n = (long double)l->s->n;
    nf_line plain = nf_line_of(l->s);
    for (size_t i = 0; i < l->s->n; i++) {
        long double e = nf_line_residual(l, i), w = psi.weight((double)(e / scale));
        s2 += e * w * e * w;
        m += psi.slope((double)(e / scale)) / n;
    }
    for (size_t i = 0; i < l->s->n; i++) {
        long double d = psi.slope((double)(nf_line_residual(l, i) / scale)) - m;
        v += d * d / (n - 1);
    }
    long double s = sqrtl(s2 / (n - 2)) * (1 + 2 * v / (n * m * m)) / m;
    r->v[SE_SLOPE].f = (double)(s / sqrtl(plain.sxx)) * l->s->ticks;
    r->v[SE_INTERCEPT].f = (double)(s * sqrtl(1 / n + plain.mx * plain.mx / plain.sxx));
}

int nf_robust_line(nf_ctx *c, nf_result *r, const nf_sample *s, nf_psi psi)
{
    enum { MOST = 2000 };
    double *w = nf_scratch(c, s->n * sizeof *w), *size = nf_scratch(c, s->n * sizeof *size), scale = 0, by = INFINITY;
    nf_line l = nf_line_of(s);
    if (!w || !size) return NF_ENOMEM;
    if (!nf_line_stands(r, &l) && r->status == NF_NOT_APPLICABLE) return NF_OK;
    double noise = 1e-15 * (double)sqrtl(l.syy / l.n);
    int64_t step = 0;
    for (; step < MOST && by > 1e-13 * scale; step++) {
        int rc = scale_of(c, &scale, size, &l);
        if (rc) return rc;
        if (!(scale > noise)) break;               /* more than half of the points lie on the line */
        for (size_t i = 0; i < s->n; i++) w[i] = psi.weight((double)nf_line_residual(&l, i) / scale);
        nf_line next = nf_line_weighted(s, w);
        if (!(next.sxx > 0)) break;
        by = moved(&next, &l);
        l = next;
    }
    if (step == MOST && by > 1e-9 * scale) r->status = NF_NOT_CONVERGED;
    r->v[SLOPE].f = nf_line_slope(&l);
    r->v[INTERCEPT].f = nf_line_intercept(&l);
    r->v[SCALE].f = scale > noise ? scale : 0;
    r->v[ITERATIONS].i = step;
    if (scale > noise) errors(r, &l, scale, psi);
    else r->flags |= NF_F_DEGENERATE;
    return NF_OK;
}
