/* method_ets.c - exponential smoothing, the model chosen by the corrected Akaike criterion. */
#include "ets.h"
#include <math.h>
#include <string.h>

/* After "auto" in the order of nf_ets_models. */
static const char *const words[] = { "auto", "ann", "aan", "aadn", "ana", "aaa", "aada", "mnn", "man", "madn", "mna",
                                     "maa", "mada", "mnm", "mam", "madm", NULL };
static const nf_field out[] = { NF_ETS_FIELDS(NF_FREE, NF_FREE, NF_FREE, NF_FREE), { 0 } };
static const nf_field opt[] = {
    { "ets-model", NF_WORD, NF_FREE, { "error, trend, season: n none, a additive, ad damped, m multiplicative",
                                       "误差、趋势、季节：n 无，a 加法，ad 阻尼，m 乘法" },
      .word = "auto", .choices = words },
    NF_HORIZON_OPTION,
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    int model = 0;
    while (strcmp(words[model], o[0].s) != 0) model++;
    bool all = model == 0;
    return nf_ets_fit(c, r, s, all ? 0 : model - 1, all ? NF_ETS_MODELS : model, (nf_ets_fixed){ NAN, NAN }, o[1].i);
}

const nf_method nf_method_ets = {
    .row = { .name = "ets", .title = { "exponential smoothing, chosen by AICc", "指数平滑（按 AICc 选择）" },
             .formula = "mean = (l + phi b) + s, or times s; y = mean + e, or mean (1 + e); with a = y - mean: l += "
                        "phi b + alpha a, b = phi b + beta a, s += gamma a, a over s and over l where the season "
                        "multiplies; likelihood maximised over parameters and states from 24 starts by their "
                        "derivatives; least AICc of ANN, AAN, AAdN, MNN, MAN, MAdN and, with seasons, ANA, AAA, "
                        "AAdA, MNA, MAA, MAdA, MNM, MAM, MAdM",
             .cite = "Hyndman, Koehler, Ord and Snyder (2008) Forecasting with Exponential Smoothing; limits: 6.3, "
                     "6.4",
             .use = "A forecast with limits, for one series or a thousand, without looking at each. Multiplicative "
                    "parts are tried where all values are above zero.",
             .avoid = "Fewer than two cycles; cycles of more than 64 steps (mstl).",
             .peers = "Likelihood of each of the 15 models at or above R forecast ets, and at or above statsmodels "
                      "ETSModel but for 1e-3; means and limits within 1e-3 where they reach the same optimum. R "
                      "leaves out the first step's damping of MAdM. Additive errors with a multiplicative season are "
                      "left out, as in R: their forecasts are unstable.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
