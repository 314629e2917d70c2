/* stl.c - seasonal and trend in turn, each by loess of what the other leaves, with robustness weights around. */
#include "stl.h"
#include "rank.h"
#include <math.h>
#include <string.h>

static size_t next_odd(double v)
{
    size_t k = (size_t)ceil(v);
    return k % 2 ? k : k + 1;
}

nf_stl_form nf_stl_form_of(size_t n, size_t period, size_t seasonal, int degree, bool robust)
{
    bool periodic = !seasonal;
    nf_stl_form f = { .period = period, .seasonal = periodic ? 10 * n + 1 : seasonal, .low = next_odd((double)period),
                      .degree = periodic ? 0 : degree, .inner = robust ? 1 : 2, .outer = robust ? 15 : 0,
                      .periodic = periodic };
    f.trend = next_odd(1.5 * (double)period / (1 - 1.5 / (double)f.seasonal));
    return f;
}

/* Smoothers and arrays of one run. sub: of subseries that have one cycle more, and of the others. */
typedef struct {
    const nf_stl_form *f; const double *y; size_t n; bool gaps;
    nf_smoother longer, shorter, low, trend;
    double *a, *b, *phase, *phase_weight, *weight; /* a, b: n + 2 period + 2; phase: n / period + 3 */
} run;

static int set_up(nf_ctx *c, run *r, const nf_stl_form *f, const double *y, size_t n)
{
    size_t wide = n + 2 * f->period + 2, cycles = n / f->period + 3;
    *r = (run){ .f = f, .y = y, .n = n, .a = nf_scratch(c, (2 * wide + 3 * cycles + n) * sizeof *r->a) };
    if (!r->a) return NF_ENOMEM;
    r->b = r->a + wide;
    r->phase = r->b + wide;
    r->phase_weight = r->phase + 2 * cycles;
    r->weight = r->phase_weight + cycles;
    for (size_t i = 0; i < n; i++) {
        r->gaps |= isnan(y[i]);
        r->weight[i] = !isnan(y[i]);
    }
    int rc = nf_smoother_of(c, &r->longer, (n - 1) / f->period + 1, f->seasonal, f->degree);
    if (!rc) rc = nf_smoother_of(c, &r->shorter, n / f->period, f->seasonal, f->degree);
    if (!rc) rc = nf_smoother_of(c, &r->low, n, f->low, 1);
    if (!rc) rc = nf_smoother_of(c, &r->trend, n, f->trend, 1);
    return rc;
}

/* Each phase of the cycle smoothed on its own, one step beyond both ends: out has n + 2 period values. */
static void smooth_phases(run *r, double *out, const double *v, const double *weight)
{
    size_t p = r->f->period;
    for (size_t j = 0; j < p; j++) {
        size_t k = (r->n - 1 - j) / p + 1;
        double *in = r->phase, *fit = r->phase + r->n / p + 1;
        for (size_t i = 0; i < k; i++) {
            in[i] = v[i * p + j];
            if (weight) r->phase_weight[i] = weight[i * p + j];
        }
        nf_smooth(k == r->longer.n ? &r->longer : &r->shorter, fit, in, weight ? r->phase_weight : NULL, true);
        for (size_t i = 0; i < k + 2; i++) out[i * p + j] = fit[i];
    }
}

/* Moving averages of m neighbours: n - m + 1 of them, in place. */
static size_t average(double *v, size_t n, size_t m)
{
    double sum = 0;
    for (size_t i = 0; i < m; i++) sum += v[i];
    for (size_t i = 0; i + m <= n; i++) {
        double first = v[i];
        v[i] = sum / (double)m;
        if (i + m < n) sum += v[i + m] - first;
    }
    return n - m + 1;
}

static void inner_pass(run *r, double *seasonal, double *trend, const double *weight)
{
    size_t n = r->n, p = r->f->period, wide = n + 2 * p;
    for (size_t i = 0; i < n; i++) r->a[i] = r->y[i] - trend[i];
    smooth_phases(r, r->b, r->a, weight);
    memcpy(r->a, r->b, wide * sizeof *r->a);
    average(r->a, average(r->a, average(r->a, wide, p), p), 3);
    for (size_t i = 0; i < n; i++) seasonal[i] = r->b[p + i];
    nf_smooth(&r->low, r->b, r->a, NULL, false);
    for (size_t i = 0; i < n; i++) {
        seasonal[i] -= r->b[i + 1];
        r->a[i] = r->y[i] - seasonal[i];
    }
    nf_smooth(&r->trend, r->b, r->a, weight, false);
    memcpy(trend, r->b + 1, n * sizeof *trend);
}

static double square(double v) { return v * v; }

/* Bisquare weights of the remainder at six times its median; a missing value keeps none. */
static int reweigh(nf_ctx *c, run *r, const double *seasonal, const double *trend)
{
    size_t mark = nf_scratch_mark(c), m = 0;
    double median;
    for (size_t i = 0; i < r->n; i++)
        if (!isnan(r->y[i])) r->a[m++] = fabs(r->y[i] - seasonal[i] - trend[i]);
    int rc = nf_median(c, &median, r->a, m, nf_kernels_for(NF_ISA_BEST));
    nf_scratch_rewind(c, mark);
    for (size_t i = 0; i < r->n; i++) {
        double limit = 6 * median, e = fabs(r->y[i] - seasonal[i] - trend[i]);
        r->weight[i] = isnan(e) ? 0 : e <= 0.001 * limit ? 1 : e <= 0.999 * limit ? square(1 - square(e / limit)) : 0;
    }
    return rc;
}

/* The mean of each phase in place of a window wider than the series. */
static void level_phases(double *seasonal, size_t n, size_t period)
{
    for (size_t j = 0; j < period; j++) {
        double sum = 0;
        size_t k = 0;
        for (size_t i = j; i < n; i += period, k++) sum += seasonal[i];
        for (size_t i = j; i < n; i += period) seasonal[i] = sum / (double)k;
    }
}

int nf_stl(nf_ctx *c, double *seasonal, double *trend, const nf_stl_form *f, const double *y, size_t n)
{
    size_t mark = nf_scratch_mark(c);
    run r;
    int rc = set_up(c, &r, f, y, n);
    memset(trend, 0, n * sizeof *trend);
    int inner = f->inner + (r.gaps ? 3 : 0);       /* gaps take more turns until trend and season have parted */
    for (int pass = 0; !rc && pass <= f->outer; pass++) {
        for (int i = 0; i < inner; i++) inner_pass(&r, seasonal, trend, r.gaps || pass ? r.weight : NULL);
        if (pass < f->outer) rc = reweigh(c, &r, seasonal, trend);
    }
    if (!rc && f->periodic) level_phases(seasonal, n, f->period);
    nf_scratch_rewind(c, mark);
    return rc;
}

bool nf_stl_grid(double *y, const nf_sample *s, size_t period)
{
    for (size_t i = 0; i < s->rows; i++) y[i] = NAN;
    for (size_t i = 0; i < s->n; i++) y[s->row[i]] = s->y[i];
    for (size_t j = 0; j < period; j++) {
        bool any = false;
        for (size_t i = j; i < s->rows && !any; i += period) any = !isnan(y[i]);
        if (!any) return false;
    }
    return true;
}
