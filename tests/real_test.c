/* real_test.c - tails and quantiles against GSL and published values; never 0 or 1 by underflow alone. */
#include "real.h"
#include "test.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

TEST(normal_tails_agree_with_gsl)
{
    for (double z = -8; z <= 37; z += 0.137) near(nf_normal_upper(z), gsl_cdf_ugaussian_Q(z), 1e-12);
    for (double z = 0; z <= 37; z += 0.137) near(nf_normal_two_sided(-z), 2 * gsl_cdf_ugaussian_Q(z), 1e-12);
}

TEST(normal_quantile_inverts)
{
    near(nf_normal_quantile(0.975), 1.959963984540054235524594430520551528, 1e-15);
    near(nf_normal_quantile(0.5), 0, 0);
    near(nf_normal_quantile(1e-300), -37.0471, 1e-5);
    for_all(seed, 2000) {
        uint64_t s = seed;
        double p = rnd_unit(&s);
        near(nf_normal_quantile(p), gsl_cdf_ugaussian_Pinv(p), 1e-12);
        near(nf_normal_upper(-nf_normal_quantile(p)), p, 1e-13);
    }
}

TEST(the_logarithm_goes_on_where_p_underflows)
{
    for (double z = 0.01; z < 37; z += 0.1) near(nf_normal_log10_two_sided(z), log10(nf_normal_two_sided(z)), 1e-13);
    near(nf_normal_log10_two_sided(40), log10(2) - 349.4370123, 1e-6);
    ok(nf_normal_two_sided(40) > 0 && nf_normal_two_sided(1e300) > 0 && nf_normal_upper(-50) < 1);
    ok(isfinite(nf_normal_log10_two_sided(1e300)) && isfinite(nf_t_log10_two_sided(1e300, 1e6)));
}

/* GSL loses digits in far tails of Student (4e-10 at 1e-29), so it is asked above 1e-10 only. */
static void agree(double ours, double gsl) { if (gsl > 1e-10) near(ours, gsl, 1e-11); }

TEST(student_chi2_and_f_agree_with_gsl)
{
    const double dofs[] = { 1, 2, 3, 4.5, 5, 10, 28, 29.25, 100, 1000, 1e5 };
    for (size_t i = 0; i < sizeof dofs / sizeof *dofs; i++)
        for (double t = 0.05; t < 30; t *= 1.3) {
            agree(nf_t_upper(t, dofs[i]), gsl_cdf_tdist_Q(t, dofs[i]));
            agree(nf_chi2_upper(t * dofs[i] / 5, dofs[i]), gsl_cdf_chisq_Q(t * dofs[i] / 5, dofs[i]));
            agree(nf_f_upper(t, 3, dofs[i]), gsl_cdf_fdist_Q(t, 3, dofs[i]));
        }
}
