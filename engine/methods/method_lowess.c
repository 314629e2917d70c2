/* method_lowess.c - Cleveland's robust locally weighted line (LOWESS). */
#include "line.h"
#include "rank.h"
#include <math.h>

enum { SCALE, FIT };
static const nf_field out[] = {
    [SCALE] = { "scale", NF_F64, NF_OF_DY, { "median |residual|", "残差绝对值中位数" } },
    [FIT]   = { "fit", NF_ARRAY, NF_OF_Y, { "smooth value at every observed point", "各观测点的平滑值" } },
    { 0 }
};
static const nf_field opt[] = {
    { "span", NF_F64, NF_FREE, { "share of the points in each fit",
                                 "每次拟合所用点的比例" }, .def = 2.0 / 3, .lo = 0.01, .hi = 1 },
    { "robust-steps", NF_I64, NF_FREE, { "reweightings", "稳健迭代次数" }, .def = 3, .lo = 0, .hi = 100 },
    { 0 }
};

static double cube(double v) { return v * v * v; }
static double square(double v) { return v * v; }

/* The points [a, b) around x[i] that weigh in, w their tricube weights times the robustness ones, summing to 1.
 * False where none does. */
static bool weigh(double *w, size_t *a, size_t *b, const nf_sample *s, size_t i, double h, const double *robust)
{
    double all = 0;
    size_t j = *a;
    for (; j < s->n; j++) {
        double d = fabs(s->tick[j] - s->tick[i]);
        if (d > 0.999 * h) {
            w[j] = 0;
            if (s->tick[j] > s->tick[i]) break;
            continue;
        }
        w[j] = (d > 0.001 * h ? cube(1 - cube(d / h)) : 1) * robust[j];
        all += w[j];
    }
    *b = j;
    for (j = *a; j < *b && all > 0; j++) w[j] /= all;
    return all > 0;
}

/* The weighted line at x[i]; a plain mean where its points are too close together for a slope. */
static double local(const nf_sample *s, size_t i, size_t a, size_t b, const double *w)
{
    double centre = 0, c = 0, fit = 0, range = s->tick[s->n - 1] - s->tick[0];
    for (size_t j = a; j < b; j++) centre += w[j] * s->tick[j];
    for (size_t j = a; j < b; j++) c += w[j] * square(s->tick[j] - centre);
    double lean = sqrt(c) > 0.001 * range ? (s->tick[i] - centre) / c : 0;
    for (size_t j = a; j < b; j++) fit += w[j] * (1 + lean * (s->tick[j] - centre)) * (s->y[j] - s->y[i]);
    return s->y[i] + fit;
}

static void smooth(double *fit, double *w, size_t q, const nf_sample *s, const double *robust)
{
    size_t left = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t a, b;
        while (left + q < s->n && s->tick[i] - s->tick[left] > s->tick[left + q] - s->tick[i]) left++;
        a = left;
        double h = fmax(s->tick[i] - s->tick[left], s->tick[left + q - 1] - s->tick[i]);
        while (a > 0 && s->tick[a - 1] == s->tick[left]) a--;
        fit[i] = weigh(w, &a, &b, s, i, h, robust) ? local(s, i, a, b, w) : s->y[i];
    }
}

/* Bisquare weights of the residuals at six times their median; false where the fit is already exact. */
static int reweigh(nf_ctx *c, double *robust, double *scale, bool *exact, const double *fit, const nf_sample *s)
{
    size_t mark = nf_scratch_mark(c);
    double mean = 0;
    for (size_t i = 0; i < s->n; i++) {
        robust[i] = fabs(s->y[i] - fit[i]);
        mean += robust[i] / (double)s->n;
    }
    int rc = nf_median(c, scale, robust, s->n, nf_kernels_for(s->set.isa));
    nf_scratch_rewind(c, mark);
    double limit = 6 * *scale;
    *exact = limit < 1e-7 * mean || limit == 0;
    for (size_t i = 0; i < s->n; i++) {
        double e = robust[i];
        robust[i] = e <= 0.001 * limit ? 1 : e <= 0.999 * limit ? square(1 - square(e / limit)) : 0;
    }
    return rc;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t q = (size_t)(o[0].f * (double)s->n + 1e-7);
    double *smoothed = nf_array_out(c, &r->v[FIT], s->n), *w = nf_scratch(c, 2 * s->n * sizeof *w);
    double *robust = w ? w + s->n : NULL;
    bool exact = false;
    if (!smoothed || !w) return NF_ENOMEM;
    q = q < 2 ? 2 : q > s->n ? s->n : q;
    for (size_t i = 0; i < s->n; i++) robust[i] = 1;
    for (int64_t step = 0; !exact; step++) {
        smooth(smoothed, w, q, s, robust);
        int rc = reweigh(c, robust, &r->v[SCALE].f, &exact, smoothed, s);
        if (rc) return rc;
        if (step >= o[1].i) break;
    }
    return NF_OK;
}

const nf_method nf_method_lowess = {
    .row = { .name = "lowess", .title = { "smooth line (LOWESS)", "局部加权平滑线（LOWESS）" },
             .formula = "at each t a line through the nearest span of points, weights (1 - (d/h)^3)^3 times bisquare "
                        "of residual / 6 median |r|",
             .cite = "Cleveland (1979) JASA 74; (1981) The American Statistician 35",
             .use = "What does the course look like, whatever its shape? Wild values do not pull it.",
             .avoid = "Seasons (stl). Limits are needed (loess has standard errors). Very long series: work grows as "
                      "n^2.",
             .peers = "R lowess (delta 0) and statsmodels lowess to 1e-7.",
             .opt = opt },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
