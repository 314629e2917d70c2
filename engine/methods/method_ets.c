/* method_ets.c - exponential smoothing, the model chosen by the corrected Akaike criterion. */
#include "ets.h"
#include <math.h>
#include <string.h>

static const char *const words[] = { "auto", "ann", "aan", "aadn", "ana", "aaa", "aada", NULL };
static const nf_field opt[] = {
    { "ets-model", NF_WORD, NF_FREE, { "error, trend, season: n none, a additive, ad damped",
                                       "误差、趋势、季节：n 无，a 加法，ad 阻尼" },
      .word = "auto", .choices = words },
    NF_HORIZON_OPTION,
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    static const nf_ets_model *const all[] = { &nf_ets_ann, &nf_ets_aan, &nf_ets_aadn, &nf_ets_ana, &nf_ets_aaa,
                                               &nf_ets_aada, NULL };
    const nf_ets_model *one[2] = { NULL };
    for (size_t i = 1; words[i]; i++)
        if (!strcmp(words[i], o[0].s)) one[0] = all[i - 1];
    return nf_ets_fit(c, r, s, one[0] ? one : all, (nf_ets_fixed){ NAN, NAN }, o[1].i);
}

const nf_method nf_method_ets = {
    .row = { .name = "ets", .title = { "Exponential smoothing, chosen by AICc", "指数平滑（按 AICc 选择）" },
             .formula = "y_t = l + phi b + s + e, l += phi b + alpha e, b = phi b + beta e, s += gamma e; the best "
                        "initial states by least "
                        "squares, parameters by five starts; least AICc of ANN, AAN, AAdN and, with seasons, ANA, "
                        "AAA, AAdA",
             .cite = "Hyndman, Koehler, Ord and Snyder (2008) Forecasting with Exponential Smoothing",
             .use = "A forecast with limits, for one series or a thousand, without looking at each.",
             .avoid = "A season that grows with the level: take logarithms first. Fewer than two cycles.",
             .peers = "SSE of every additive model at or below R forecast ets and statsmodels ETSModel; means within "
                      "1e-3 where they "
                      "reach the same optimum. Multiplicative errors and seasons are not among the candidates.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_ets_fields, .fit = fit
};
