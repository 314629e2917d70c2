/* method_arima.c - a seasonal ARIMA model of the order asked for. */
#include "arima.h"
#include <string.h>

static const nf_field opt[] = {
    NF_ARIMA_OPTIONS,
    { "arima-order", NF_WORD, NF_FREE, { "P,D,Q: autoregressive terms, differences, moving-average terms",
                                         "p,d,q：自回归项数、差分次数、移动平均项数" }, .word = "0,1,1" },
    { "arima-season", NF_WORD, NF_FREE, { "P,D,Q: the same a season apart", "P,D,Q：季节部分的阶数" }, .word = "0,0,0" },
    { 0 }
};
enum { ORDER = NF_ARIMA_HORIZON + 1, SEASON };

/* Three whole numbers with commas between, none above its limit. */
static int order_of(nf_ctx *c, size_t out[3], const char *text, const char *option, const size_t most[3])
{
    const char *s = text;
    bool good = true;
    for (int i = 0; i < 3 && good; i++) {
        size_t digits = strspn(s, "0123456789");
        out[i] = 0;
        for (size_t k = 0; k < digits && k < 4; k++) out[i] = 10 * out[i] + (size_t)(s[k] - '0');
        good = digits > 0 && digits < 4 && out[i] <= most[i] && s[digits] == (i < 2 ? ',' : 0);
        s += digits + 1;
    }
    if (good) return NF_OK;
    nf_fail(c, NF_EINVAL, "option '%s' is '%s', not an order", option, text);
    return nf_hint(c, "three numbers up to %zu,%zu,%zu, as 0,1,1", most[0], most[1], most[2]);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    static const size_t most[3] = { 12, 2, 12 }, most_season[3] = { 4, 2, 4 };
    size_t a[3] = { 0 }, b[3] = { 0 };
    int rc = order_of(c, a, o[ORDER].s, "arima-order", most), m = nf_season_count(s);
    if (!rc) rc = order_of(c, b, o[SEASON].s, "arima-season", most_season);
    if (rc) return rc;
    return nf_arima_fit(c, r, s, (nf_arima_order){ a[0], a[1], a[2], b[0], b[1], b[2], (size_t)m, false }, o);
}

const nf_method nf_method_arima = {
    .row = { .name = "arima", .title = { "ARIMA of a given order", "给定阶数的 ARIMA 模型" },
             .formula = "(1 - ar B ...)(1 - sar B^m ...)(1 - B)^d (1 - B^m)^D (y - constant) = (1 + ma B ...)(1 + sma "
                        "B^m ...) "
                        "e; exact likelihood by the Kalman filter, the values before the first by generalised least squares; "
                        "descents from many starts",
             .cite = "Box and Jenkins (1976); Gardner, Harvey and Phillips (1980) Applied Statistics 29; Ansley and "
                     "Kohn "
                     "(1985) Annals of Statistics 13; limits: Harvey (1989)",
             .use = "Forecasts of a model whose order is known, missing values kept as such.",
             .avoid = "The order is to be found: compare aicc of models with the same differences, or take ets.",
             .peers = "R stats arima and forecast Arima: likelihood never lower but for 2e-5, coefficients to 4e-4, "
                      "with "
                      "kappa = 1e8 on the series less its first value; at its default, a variance of 1e6 for the values "
                      "before the first, R is up to .004 off. sigma2, AICc and limits as forecast, by degrees of freedom. "
                      "Next to a unit root R leaves the first values out of its likelihood.",
             .opt = opt },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = nf_arima_fields, .stat = "loglik", .fit = fit
};
