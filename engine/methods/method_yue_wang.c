/* method_yue_wang.c - Mann-Kendall with the variance of an AR(1) process (Yue and Wang 2004). */
#include "serial.h"
#include <math.h>
#include <string.h>

static const char *const lags[] = { "1", "all", NULL };
static const nf_field opt[] = {
    { "lags", NF_WORD, NF_FREE, { "1: AR(1); all: as other programs do", "1：一阶自回归；all：与其他软件相同" }, .word = "1",
      .choices = lags },
    { 0 }
};

static double ar1_factor(double r1, size_t n)
{
    double sum = 0, power = 1;
    for (size_t k = 1; k < n && fabs(power) > 1e-18; k++) {
        power *= r1;
        sum += (1 - (double)k / (double)n) * power;
    }
    return 1 + 2 * sum;
}

static int all_lags_factor(nf_ctx *c, double *factor, const double *e, const nf_sample *s)
{
    double *rho = nf_scratch(c, s->n * sizeof *rho), sum = 0;
    int rc = rho ? nf_autocorrelations(c, rho, NULL, s->n - 1, e, s) : NF_ENOMEM;
    for (size_t k = 1; !rc && k < s->n; k++) sum += (1 - (double)k / (double)s->n) * rho[k - 1];
    *factor = 1 + 2 * sum;
    return rc;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    bool all = !strcmp(o[0].s, "all");
    double *e = nf_scratch(c, s->n * sizeof *e), slope, r1 = 0, factor;
    const nf_kendall *k = nf_kendall_shared(s);
    if (!e) return NF_ENOMEM;
    if (!nf_has_lags(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = nf_detrended(c, e, &slope, s);
    if (!rc) rc = nf_lag1(c, &r1, e, s);
    factor = ar1_factor(r1, s->n);
    if (!rc && all) rc = all_lags_factor(c, &factor, e, s);
    if (rc) return rc;
    r->v[NF_MK_SLOPE].f = slope * s->ticks;
    r->v[NF_MK_R1].f = r1;
    if (all) r->flags |= NF_F_UNSOUND;
    nf_mk_corrected(r, k, factor);
    return NF_OK;
}

const nf_method nf_method_yue_wang = {
    .row = { .name = "yue-wang", .title = { "Mann-Kendall, Yue-Wang variance", "曼-肯德尔检验（Yue-Wang 方差校正）" },
             .formula = "var S * (1 + 2 sum_{k=1}^{n-1} (1 - k/n) r1^k), r1 the lag-1 autocorrelation of y - slope t",
             .cite = "Yue and Wang (2004) Water Resources Management 18",
             .use = "Values that follow an AR(1) process; size .06 to .10 at nominal .05.",
             .avoid = "lags=all: the full autocorrelation function sums to -1/2 whatever the data, so white noise "
                      "is called a trend "
                      "nearly half of the time. It is there to reproduce other programs and flagged unsound.",
             .peers = "R modifiedmk mmky to 1e-10 with lags=all; its lag-1 form writes (1 - 1/n) for (1 - k/n).",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_mk_fields, .stat = "S", .fit = fit
};
