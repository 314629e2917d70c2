/* method_siegel.c - the repeated median line: the median over points of the median slope to all others. */
#include "slopes.h"
#include <math.h>

enum { SLOPE, INTERCEPT };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "repeated median slope", "重复中位数斜率" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "median(y - slope * t)", "y - 斜率 × t 的中位数" } },
    { 0 }
};

static size_t slopes_from(double *to, size_t i, const nf_sample *s)
{
    size_t n = 0;
    for (size_t j = 0; j < s->n; j++) {
        double dx = s->tick[j] - s->tick[i];
        to[n] = (s->y[j] - s->y[i]) / dx;
        n += dx != 0;
    }
    return n;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    enum { MOST = 50000 };                         /* work grows as n^2 */
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    double *slope = nf_scratch(c, 4 * (s->n + 8) * sizeof *slope), *mid = nf_scratch(c, s->n * sizeof *mid), b, a;
    size_t n_mid = 0;
    if (!slope || !mid) return NF_ENOMEM;
    for (size_t i = 0; i < s->n && s->n <= MOST; i++) {
        size_t n = slopes_from(slope, i, s);
        if (!n) continue;
        nf_neighbours m = nf_select(slope, n, (n - 1) / 2, slope + s->n + 8, with);
        mid[n_mid++] = n % 2 ? m.at : nf_middle(m.at, m.next);
    }
    if (!n_mid) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = nf_median(c, &b, mid, n_mid, with);
    for (size_t i = 0; i < s->n; i++) slope[i] = s->y[i] - b * s->ticks * s->x[i];
    if (!rc) rc = nf_median(c, &a, slope, s->n, with);
    if (rc) return rc;
    r->v[SLOPE].f = b * s->ticks;
    r->v[INTERCEPT].f = a;
    return NF_OK;
}

const nf_method nf_method_siegel = {
    .row = { .name = "siegel", .title = { "repeated median line (Siegel)", "西格尔重复中位数直线" },
             .formula = "slope = median_i median_{j != i} (y_j - y_i)/(t_j - t_i); intercept = median(y - slope t)",
             .cite = "Siegel (1982) Biometrika 69",
             .use = "Up to half of the values may be outliers.",
             .avoid = "More than 50,000 values; limits are needed (sen has them).",
             .peers = "R mblm, scipy siegelslopes to 1e-10; robslopes takes upper medians." },
    .min_n = 2, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
