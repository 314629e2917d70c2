/* method_huber.c - the robust line of Huber: least squares near the line, absolute residuals far from it. */
#include "robust.h"
#include <math.h>

static const double k = 1.345;
static double weight(double u) { return fabs(u) <= k ? 1 : k / fabs(u); }
static double slope(double u) { return fabs(u) <= k; }

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    return nf_robust_line(c, r, s, (nf_psi){ weight, slope });
}

const nf_method nf_method_huber = {
    .row = { .name = "huber", .title = { "robust line (Huber)", "胡贝尔稳健直线" },
             .formula = "sum psi((y - a - b t)/s) (1, t) = 0, psi(u) = max(-k, min(k, u)), k = 1.345, s = median |r| "
                        "/ 0.6745",
             .cite = "Huber (1981) Robust Statistics; standard errors: p. 173",
             .use = "Some wild values, at any time but the ends; 95 % as precise as least squares without them.",
             .avoid = "Wild values at the ends of the series (bisquare, sen).",
             .peers = "R MASS rlm (scale.est MAD) to 1e-6, se as summary.rlm; statsmodels RLM to 5e-5: it divides by "
                      "0.67449; GSL gsl_multifit_robust "
                      "scales by leverage: its own numbers." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_robust_fields, .fit = fit
};
