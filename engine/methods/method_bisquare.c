/* method_bisquare.c - the robust line of Tukey's bisquare: far residuals count for nothing. */
#include "robust.h"
#include <math.h>

static const double c2 = 4.685 * 4.685;
static double square(double v) { return v * v; }
static double weight(double u) { return u * u < c2 ? square(1 - u * u / c2) : 0; }
static double slope(double u) { return u * u < c2 ? (1 - u * u / c2) * (1 - 5 * u * u / c2) : 0; }

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    return nf_robust_line(c, r, s, (nf_psi){ weight, slope });
}

const nf_method nf_method_bisquare = {
    .row = { .name = "bisquare", .title = { "robust line (bisquare)", "双权稳健直线" },
             .formula = "sum psi((y - a - b t)/s) (1, t) = 0, psi(u) = u (1 - (u/c)^2)^2 within c = 4.685, s = "
                        "median |r| / 0.6745; "
                        "from least squares",
             .cite = "Beaton and Tukey (1974) Technometrics 16; Huber (1981) Robust Statistics",
             .use = "Gross errors that should not count at all.",
             .avoid = "Two lines in one series: which one it finds depends on the start.",
             .peers = "R MASS rlm(psi = psi.bisquare) to 1e-6; GSL gsl_multifit_robust_bisquare weighs by leverage: "
                      "its own numbers." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = nf_robust_fields, .fit = fit
};
