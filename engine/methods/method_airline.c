/* method_airline.c - the airline model of Box and Jenkins: ARIMA(0,1,1)(0,1,1) over the seasons. */
#include "arima.h"

static const nf_field opt[] = { NF_ARIMA_OPTIONS, { 0 } };

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    return nf_arima_fit(c, r, s, (nf_arima_order){ 0, 1, 1, 0, 1, 1, (size_t)nf_season_count(s), false }, o);
}

const nf_method nf_method_airline = {
    .row = { .name = "airline", .title = { "airline model", "航空模型（Box-Jenkins）" },
             .formula = "ARIMA(0,1,1)(0,1,1)[m]: (1 - B)(1 - B^m) y = (1 + ma B)(1 + sma B^m) e",
             .cite = "Box and Jenkins (1976) Time Series Analysis, chapter 9",
             .use = "Monthly or quarterly figures with trend and season: the default of the statistical offices. With "
                    "arima-log where the season grows with the level.",
             .avoid = "No season (arima, ets). Fewer than three cycles.",
             .peers = "R forecast Arima(order (0,1,1)(0,1,1)): likelihood never lower, forecasts and limits to 1e-3.",
             .opt = opt },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = nf_arima_fields, .stat = "loglik", .fit = fit
};
