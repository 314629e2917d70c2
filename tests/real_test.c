/* real_test.c - tails and quantiles against 150-digit arithmetic, tables, and GSL; never 0 or 1 by underflow. */
#include "real.h"
#include "test.h"
#include <gsl/gsl_cdf.h>

#define ULP 2.3e-16

/* Computed with 150 digits (mpmath 1.3, incomplete beta and gamma functions, erfc). */
TEST(student_agrees_with_long_arithmetic)
{
    static const double golden[][3] = {
        { 2.6891532661842781e-06, 3, 0.99999802318946684946 }, { 0.0036864712123237013, 1, 0.99765313016730741742 },
        { 0.033508943565301104, 10, 0.97392814521150772462 }, { 2.1367762543241837, 5, 0.08566610806819914936 },
        { 16.059194389774284, 100, 1.91614028050161742812e-29 }, { 393.75343054799077, 3, 3.612331599889684742e-8 },
        { 66.33178312642181, 498, 2.364885031990251926241381e-249 },
        { 4.0342985715371498e-06, 14.66729614260554, 0.99999683545429785435 },
        { 7398.378573180813, 8.6438950879795975, 1.059377517492860274e-30 },
        { 168.62857863416406, 150.29294801542048, 3.459778679618532402e-173 } };
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        near(nf_t_two_sided(golden[i][0], golden[i][1]), golden[i][2], ULP);
        near(nf_t_upper(golden[i][0], golden[i][1]), golden[i][2] / 2, ULP);
        near(nf_t_upper(-golden[i][0], golden[i][1]), 1 - golden[i][2] / 2, ULP);
    }
    near(nf_t_log10_two_sided(1e6, 28), -148.5653033217933087496594, ULP);
    near(nf_t_log10_two_sided(-50, 1000), -273.5592998681929124796442, ULP);
    near(nf_t_log10_two_sided(1000, 300), -529.7882698871223382527927, ULP);
}

TEST(chi_squared_and_f_agree_with_long_arithmetic)
{
    near(nf_chi2_upper(202.1679433472533, 10), 5.697195981201415117e-38, ULP);
    near(nf_chi2_upper(127.94193306589995, 10), 1.227603259531843775e-22, ULP);
    near(nf_chi2_upper(1.2460814501105535, 11.5), 0.99991424019527206254, ULP);
    near(nf_chi2_upper(0.029543187491872621, 1), 0.86353083404011765717, ULP);
    near(nf_f_upper(18.676234507475499, 1, 1000), 0.00001703738831419459, ULP);
    near(nf_f_upper(1039.8436693144438, 10, 30), 2.932399334929847112e-35, ULP);
    near(nf_f_upper(1.555818610866025, 2, 8411.3620349585162), 0.21107729031101439927, ULP);
    near(nf_f_upper(0.27883035271555229, 10.844330096029934, 30), 0.98483430716248256172, ULP);
}

TEST(the_normal_agrees_with_long_arithmetic)
{
    near(nf_normal_two_sided(11.95249248940406), 6.300677900798259874945764e-33, ULP);
    near(nf_normal_two_sided(0.6500140223994143), 0.51568316395815398395, ULP);
    near(nf_normal_log10_two_sided(11.95249248940406), -32.20061272154047688285214, ULP);
    near(nf_normal_log10_two_sided(0.0010519969360517452), -0.0003646876855550170662411, ULP);
    near(nf_normal_log10_two_sided(40), -349.1359764636818608908372, ULP);
    near(nf_normal_log10_two_sided(-100), -2173.570512873370395332317, ULP);
    near(nf_normal_log10_two_sided(150), -4888.087091908986598104526, ULP);
    near(nf_normal_log10_two_sided(1e4), -21714728.19322253424057749, ULP);
    near(nf_normal_quantile(1e-300), -37.04709629936119923655, ULP);
    near(nf_normal_quantile(1e-20), -9.262340089798407579572, ULP);
    near(nf_normal_quantile(5e-324), -38.46740561714434625078, ULP);
    near(nf_normal_quantile(0.001), -3.090232306167813535358, ULP);
    near(nf_normal_quantile(0.975), 1.959963984540054235524594, ULP);
    near(nf_normal_quantile(0.5 + 0x1p-40), 2.279765135091111462694e-12, ULP);
    ok(nf_normal_quantile(0.5) == 0);
}

/* NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7: tables of critical values. */
TEST(published_critical_values)
{
    near(nf_t_quantile(0.975, 1), 12.706, 5e-5);
    near(nf_t_quantile(0.975, 5), 2.571, 5e-4);
    near(nf_t_quantile(0.95, 30), 1.697, 5e-4);
    near(nf_t_quantile(0.999, 10), 4.143, 5e-4);
    near(nf_t_quantile(0.975, 1e6), 1.960, 5e-4);
    near(nf_chi2_upper(3.841, 1), 0.05, 1e-3);
    near(nf_chi2_upper(18.307, 10), 0.05, 1e-4);
    near(nf_f_upper(3.098, 3, 20), 0.05, 1e-3);
    near(nf_f_upper(4.938, 3, 20), 0.01, 1e-3);
}

/* GSL loses digits in far tails of Student (4e-10 at 1e-29), so it is asked above 1e-10 only. */
static void agree(double ours, double gsl, double tol) { if (gsl > 1e-10) near(ours, gsl, tol); }

TEST(gsl_says_the_same)
{
    static const double dofs[] = { 1, 2, 3, 4.5, 5, 10, 28, 29.25, 60, 61, 100, 1000 };
    for (double z = -8; z <= 37; z += 0.137) near(nf_normal_upper(z), gsl_cdf_ugaussian_Q(z), 1e-12);
    for (double p = 0.0001; p < 1; p += 0.00137) near(nf_normal_quantile(p), gsl_cdf_ugaussian_Pinv(p), 1e-12);
    for (size_t i = 0; i < sizeof dofs / sizeof *dofs; i++)
        for (double t = 0.05; t < 30; t *= 1.3) {
            agree(nf_t_upper(t, dofs[i]), gsl_cdf_tdist_Q(t, dofs[i]), 1e-12);
            agree(nf_chi2_upper(t * dofs[i] / 5, dofs[i]), gsl_cdf_chisq_Q(t * dofs[i] / 5, dofs[i]), 1e-12);
            agree(nf_f_upper(t, 3, dofs[i]), gsl_cdf_fdist_Q(t, 3, dofs[i]), 1e-12);
        }
}

TEST(quantiles_invert_tails)
{
    for_all(seed, 3000) {
        uint64_t s = seed;
        double p = rnd_unit(&s), dof = seed % 2 ? 1 + (double)(rnd(&s) % 100) : 0.5 + 200 * rnd_unit(&s);
        if (seed % 3 == 0) p = nf_exp(-700 * p);
        if (p == 0) continue;
        near(nf_normal_upper(-nf_normal_quantile(p)), p, 1e-12);
        double t = nf_t_quantile(p, dof);
        near(nf_t_upper(-t, dof), p, 1e-12);
        if (p > 0x1p-20) ok(fabs(nf_t_quantile(1 - p, dof) + t) <= 1e-9 * (1 + fabs(t)));
    }
    near(nf_t_quantile(1e-300, 1), -3.1830988618379067e299, ULP);          /* Cauchy: -cot(pi p) */
    near(nf_t_quantile(0.5 + 0x1p-50, 3), 0x1p-50 / 0.36755259694786136634, ULP);      /* density at 0: 2/(pi sqrt 3) */
    near(nf_t_quantile(0.3, 1e9), nf_normal_quantile(0.3), 1e-8);
}

TEST(the_two_ways_to_student_meet)
{
    for (int dof = 1; dof <= 60; dof++)
        for (double t = 0.01; t < 1e4; t *= 1.7) {
            double closed = nf_t_two_sided(t, dof), beside = nf_t_two_sided(t, dof * (1 + 0x1p-52));
            near(closed, beside, 1e-13);
        }
}

TEST(the_logarithm_is_that_of_p_and_goes_on)
{
    for (double z = 0.01; z < 37; z += 0.1) near(nf_normal_log10_two_sided(z), log10(nf_normal_two_sided(z)), 1e-12);
    for (double t = 0.01; t < 1e9; t *= 1.5) near(nf_t_log10_two_sided(t, 4), log10(nf_t_two_sided(t, 4)), 1e-12);
    for (double z = 90; z < 110; z += 0.01) ok(nf_normal_log10_two_sided(z) > nf_normal_log10_two_sided(z + 0.01));
}

static void inside(double p) { if (!(p > 0 && p < 1)) fail_msg("p is %g", p); }

TEST(no_finite_statistic_gives_0_or_1_or_nothing)
{
    for (double x = 5e-324; x < 1e308; x *= 1e7) {
        inside(nf_normal_upper(x));
        inside(nf_normal_upper(-x));
        inside(nf_normal_two_sided(x));
        ok(isfinite(nf_normal_log10_two_sided(x)));
        for (double dof = 1; dof < 1e10; dof *= 31) {
            inside(nf_t_upper(x, dof));
            inside(nf_t_two_sided(-x, dof));
            ok(isfinite(nf_t_log10_two_sided(x, dof)));
            inside(nf_chi2_upper(x, dof));
            inside(nf_f_upper(x, 3, dof));
        }
    }
    ok(nf_normal_two_sided(0) == 1 && nf_t_two_sided(0, 3) == 1);
    ok(nf_chi2_upper(0, 3) == 1 && nf_f_upper(0, 1, 1) == 1);
    ok(nf_normal_log10_two_sided(0) == 0 && nf_t_log10_two_sided(0, 5) == 0 && nf_t_upper(0, 7) == 0.5);
    inside(nf_t_two_sided(INFINITY, 3));
    ok(isnan(nf_t_upper(NAN, 3)) && isnan(nf_t_upper(1, 0)));
    ok(isnan(nf_normal_upper(NAN)) && isnan(nf_normal_quantile(2)));
}

/* The C library's double functions are within one unit in the last place; so must ours be of theirs. */
TEST(plain_functions_are_those_of_the_c_library)
{
    for_all(seed, 5000) {
        uint64_t s = seed;
        double u = rnd_unit(&s), x = 40 * u - 20;
        near(nf_exp(x), exp(x), ULP);
        near(nf_expm1(x), expm1(x), 2 * ULP);
        near(nf_log(u * 9), log(u * 9), ULP);
        near(nf_log1p(u - 0.5), log1p(u - 0.5), 2 * ULP);
        near(nf_log10(u * 9), log10(u * 9), 2 * ULP);
        near(nf_pow(u + 0.1, x), pow(u + 0.1, x), 2 * ULP);
        near(nf_sin(x), sin(x), ULP);
        near(nf_cos(x), cos(x), ULP);
        near(nf_lgamma(3 + 20 * u), lgamma(3 + 20 * u), 4 * ULP);
    }
}
