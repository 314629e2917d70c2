/* method_stl.c - trend, season and remainder by loess (STL), plain or robust, gaps allowed. */
#include "stl.h"
#include <math.h>

enum { STRENGTH_TREND, STRENGTH_SEASON, SPREAD, PERIOD, SUM, TREND, SEASONAL, REMAINDER };
static const nf_field out[] = {
    [STRENGTH_TREND]  = { "strength_trend", NF_F64, NF_ONE, { "strength of the trend, 0 to 1", "趋势强度" } },
    [STRENGTH_SEASON] = { "strength_season", NF_F64, NF_ONE, { "strength of the season, 0 to 1", "季节强度" } },
    [SPREAD]          = { "remainder_sd", NF_F64, NF_OF_DY, { "standard deviation of the remainder", "余项标准差" } },
    [PERIOD]          = { "season_length", NF_I64, NF_ONE, { "steps of a cycle", "季节周期" } },
    [SUM]             = { "sum_abs_remainder", NF_F64, NF_OF_DY, { "sum of |remainder|", "余项绝对值之和" } },
    [TREND]           = { "trend", NF_ARRAY, NF_OF_Y, { "trend, at every step of the grid", "趋势项" } },
    [SEASONAL]        = { "seasonal", NF_ARRAY, NF_OF_DY, { "season, at every step of the grid", "季节项" } },
    [REMAINDER]       = { "remainder", NF_ARRAY, NF_OF_DY, { "what is left; empty where the value is missing", "余项" } },
    { 0 }
};
static const nf_field opt[] = {
    { "seasonal-window", NF_I64, NF_FREE, { "cycles in the window of the season, odd; 0: the same every cycle",
                                            "季节窗口（奇数），0 为固定季节" },
      .def = 11, .lo = 0, .hi = 1e6 },
    { "seasonal-degree", NF_I64, NF_FREE, { "0 or 1", "季节局部多项式次数" }, .def = 0, .lo = 0, .hi = 1 },
    { "robust", NF_FLAG, NF_FREE, { "wild values do not count", "稳健" }, .def = 0 },
    { 0 }
};

/* Sum of squares about the mean of a, or of a + b, where y is there. */
static double spread(const double *a, const double *b, const double *y, size_t n)
{
    long double mean = 0, ss = 0;
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            mean += a[i] + (b ? b[i] : 0);
            m++;
        }
    mean /= (long double)m;
    for (size_t i = 0; i < n; i++) {
        long double e = a[i] + (b ? b[i] : 0) - mean;
        if (!isnan(y[i])) ss += e * e;
    }
    return (double)ss;
}

/* Wang, Smith and Hyndman (2006): what share of the deviations each component takes away. */
static void strengths(nf_result *r, const double *y, size_t rows, size_t n)
{
    const double *e = r->v[REMAINDER].a.v;
    double left = spread(e, NULL, y, rows), t = spread(r->v[TREND].a.v, e, y, rows);
    double s = spread(r->v[SEASONAL].a.v, e, y, rows);
    r->v[STRENGTH_TREND].f = t > 0 ? fmax(0, 1 - left / t) : 0;
    r->v[STRENGTH_SEASON].f = s > 0 ? fmax(0, 1 - left / s) : 0;
    r->v[SPREAD].f = sqrt(left / ((double)n - 1));
    r->v[SUM].f = 0;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(y[i])) r->v[SUM].f += fabs(e[i]);
}

static bool fits(nf_result *r, const nf_sample *s, int period)
{
    if (period < 2 || !nf_has_grid(s)) r->status = NF_NOT_APPLICABLE;
    else if (s->rows <= 2 * (size_t)period) r->status = NF_TOO_FEW;
    return r->status == NF_FINE;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    int period = nf_season_count(s);
    if (!fits(r, s, period)) return NF_OK;
    size_t n = s->rows, window = (size_t)o[0].i;
    double *y = nf_scratch(c, n * sizeof *y);
    if (!y) return NF_ENOMEM;
    if (!nf_stl_grid(y, s, (size_t)period)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    double *trend = nf_array_out(c, &r->v[TREND], n), *seasonal = nf_array_out(c, &r->v[SEASONAL], n);
    double *remainder = nf_array_out(c, &r->v[REMAINDER], n);
    if (!trend || !seasonal || !remainder) return NF_ENOMEM;
    if (window) window = window < 3 ? 3 : window + (window % 2 == 0);
    nf_stl_form f = nf_stl_form_of(n, (size_t)period, window, (int)o[1].i, o[2].i == 1);
    int rc = nf_stl(c, seasonal, trend, &f, y, n);
    if (rc) return rc;
    for (size_t i = 0; i < n; i++) remainder[i] = y[i] - seasonal[i] - trend[i];
    r->v[PERIOD].i = period;
    strengths(r, y, n, s->n);
    return NF_OK;
}

const nf_method nf_method_stl = {
    .row = { .name = "stl", .title = { "trend and season by loess (STL)", "STL 季节趋势分解" },
             .formula = "season: loess of each phase less its low-pass part; trend: loess of y less season; in turn, "
                        "robust: with "
                        "bisquare weights of remainder / 6 median |remainder|. Windows: trend 1.5 p/(1 - 1.5/s), "
                        "low-pass p, made odd",
             .cite = "Cleveland, Cleveland, McRae and Terpenning (1990) Journal of Official Statistics 6; strength: "
                     "Wang, Smith and "
                     "Hyndman (2006)",
             .use = "Monthly or daily figures: what is season, what is course? Gaps are bridged, robust=yes for wild "
                    "values.",
             .avoid = "Fewer than three cycles; a season that grows with the level (take logarithms first); holidays "
                      "that move.",
             .peers = "R stl with s.jump = t.jump = l.jump = 1 to 1e-10, plain, periodic and robust; statsmodels STL "
                      "with the same "
                      "numbers of passes. Neither takes gaps. Robust, with an even number of values, R hands its "
                      "partial sort the middle "
                      "two places in falling order and may take other residuals for the median: then it differs, up "
                      "to percents.",
             .opt = opt },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
