/* method_holt.c - Holt's exponential smoothing with a trend. */
#include "ets.h"
#include <math.h>

static const nf_field opt[] = {
    { "smooth-level", NF_F64, NF_FREE, { "level smoothing; left out: the best",
                                  "水平平滑参数，省略则估计" }, .def = NAN, .lo = 0.0001, .hi = 1 },
    { "smooth-trend", NF_F64, NF_FREE, { "trend smoothing, a share of alpha; left out: the best",
                                 "趋势平滑参数（占 alpha 的比例）" }, .def = NAN, .lo = 0, .hi = 1 },
    NF_HORIZON_OPTION,
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    return nf_ets_fit(c, r, s, NF_ETS_AAN, NF_ETS_AAN + 1, (nf_ets_fixed){ o[0].f, o[1].f }, o[2].i);
}

const nf_method nf_method_holt = {
    .row = { .name = "holt", .title = { "exponential smoothing with a trend (Holt)", "霍尔特线性趋势平滑" },
             .formula = "l_t = l_{t-1} + b_{t-1} + alpha e_t, b_t = b_{t-1} + beta e_t; option smooth-trend: beta / "
                        "alpha",
             .cite = "Holt (1957, 2004) International Journal of Forecasting 20; Hyndman and others (2008)",
             .use = "A level and a pace that both change.",
             .avoid = "Far ahead: the trend never ends (damped).",
             .peers = "SSE never above R forecast ets and HoltWinters; with parameters fixed, R HoltWinters to 1e-10.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_ets_fields, .fit = fit
};
