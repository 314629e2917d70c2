/* method_ses.c - simple exponential smoothing: a level that follows. */
#include "ets.h"
#include <math.h>

static const nf_field opt[] = {
    { "smooth-level", NF_F64, NF_FREE, { "level smoothing; left out: the best",
                                  "水平平滑参数，省略则估计" }, .def = NAN, .lo = 0.0001, .hi = 1 },
    NF_HORIZON_OPTION,
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    return nf_ets_fit(c, r, s, NF_ETS_ANN, NF_ETS_ANN + 1, (nf_ets_fixed){ o[0].f, NAN }, o[1].i);
}

const nf_method nf_method_ses = {
    .row = { .name = "ses", .title = { "simple exponential smoothing", "简单指数平滑" },
             .formula = "l_t = l_{t-1} + alpha e_t, e_t = y_t - l_{t-1}; alpha and l_0 by least squares; var_h = "
                        "sigma^2 (1 + (h - 1) alpha^2)",
             .cite = "Brown (1959); Hyndman, Koehler, Ord and Snyder (2008) Forecasting with Exponential Smoothing",
             .use = "A level that wanders: what is it now?",
             .avoid = "A trend (holt, damped), seasons (ets).",
             .peers = "SSE never above R forecast ets and HoltWinters; with parameters fixed, R HoltWinters to 1e-10.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_ets_fields, .fit = fit
};
