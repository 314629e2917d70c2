/* method_drift.c - the random walk with drift, with limits. */
#include "ets.h"
#include <math.h>

enum { DRIFT, SE, SIGMA, MEAN };
static const nf_field out[] = {
    [DRIFT] = { "drift", NF_F64, NF_OF_DY, { "mean change a step", "每步平均变化" } },
    [SE]    = { "se", NF_F64, NF_OF_DY, { "its standard error", "标准误" } },
    [SIGMA] = { "sigma", NF_F64, NF_OF_DY, { "standard deviation of a step", "每步标准差" } },
    NF_AHEAD_FIELDS(MEAN),
    { 0 }
};
static const nf_field opt[] = { NF_HORIZON_OPTION, { 0 } };

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    if (!nf_has_grid(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    double steps = (double)(s->row[s->n - 1] - s->row[0]), drift = (s->y[s->n - 1] - s->y[0]) / steps;
    long double ss = 0;
    for (size_t i = 1; i < s->n; i++) {            /* a change over g steps has g times the variance of one */
        long double g = (long double)(s->row[i] - s->row[i - 1]), e = s->y[i] - s->y[i - 1] - g * drift;
        ss += e * e / g;
    }
    double variance = (double)(ss / ((long double)s->n - 2));
    r->v[DRIFT].f = drift;
    r->v[SIGMA].f = sqrt(variance);
    r->v[SE].f = sqrt(variance / steps);
    if (!(variance > 0)) r->flags |= NF_F_DEGENERATE;
    int rc = NF_OK;
    size_t horizon = (size_t)o[0].i;
    double *block = isfinite(variance) && isfinite(drift) ? nf_ahead_out(c, &rc, &r->v[MEAN], horizon) : NULL;
    for (size_t h = 0; block && h < horizon; h++) {
        double ahead = (double)(h + 1);
        nf_ahead_put(block, horizon, h, s->y[s->n - 1] + ahead * drift, sqrt(variance * ahead * (1 + ahead / steps)));
    }
    return rc;
}

const nf_method nf_method_drift = {
    .row = { .name = "drift", .title = { "random walk with drift", "带漂移的随机游走" },
             .formula = "d = (y_n - y_1)/(n - 1); h ahead: y_n + h d, var = s^2 h (1 + h/(n - 1)), s^2 of the "
                        "changes about d",
             .cite = "Hyndman and Athanasopoulos (2021) Forecasting: Principles and Practice, 5.2",
             .use = "The plain answer to where it goes: as far a step as until now. Hard to beat for yearly figures.",
             .avoid = "Seasons (ets); series that swing about a level (ses).",
             .peers = "R forecast rwf(drift = TRUE) to 1e-10; where the drift is 0 R counts no coefficient.",
             .opt = opt },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
