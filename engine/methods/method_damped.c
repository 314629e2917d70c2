/* method_damped.c - exponential smoothing with a trend that dies away. */
#include "ets.h"
#include <math.h>

static const nf_field opt[] = {
    NF_HORIZON_OPTION,
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    return nf_ets_fit(c, r, s, NF_ETS_AADN, NF_ETS_AADN + 1, (nf_ets_fixed){ NAN, NAN }, o[0].i);
}

const nf_method nf_method_damped = {
    .row = { .name = "damped", .title = { "exponential smoothing with a damped trend", "阻尼趋势平滑" },
             .formula = "l_t = l_{t-1} + phi b_{t-1} + alpha e_t, b_t = phi b_{t-1} + beta e_t, phi from .8 to .98",
             .cite = "Gardner and McKenzie (1985) Management Science 31; Hyndman and others (2008)",
             .use = "The safe forecast of a series with a trend.",
             .avoid = "Fewer than eight values; seasons (ets).",
             .peers = "SSE never above R forecast ets(damped = TRUE).",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_ets_fields, .fit = fit
};
