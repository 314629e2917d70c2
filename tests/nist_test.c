/* nist_test.c - least squares against the NIST Statistical Reference Datasets, to nine digits at least.
 *
 * Data and certified values: NIST/ITL StRD, linear regression (https://www.itl.nist.gov/div898/strd/), public domain.
 * Of its sets only Norris is a straight line with an intercept; NoInt1 and NoInt2 go through the origin, the others are
 * polynomials or have several regressors. Pontius and Wampler serve as hard data here: their straight lines are by
 * exact rational arithmetic on the published figures. */
#include "method.h"
#include "test.h"

typedef struct { double intercept, slope, se_intercept, se_slope, sigma, r2; } certified;

static void line_is(const double *x, const double *y, size_t n, certified want)
{
    const double digits = 5e-13;
    const void *ols;
    nf_value *opt;
    nf_result r;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_setting set = nf_setting_default();
    nf_series s = { .y = y, .t = { .start = { 0, NF_NUMBER, 1 }, .step = 1, .n = n, .num = x } };
    assert_int_equal(nf_row_need(c, &ols, NF_TABLE(nf_methods), "method", "ols"), NF_OK);
    assert_int_equal(nf_options(c, &opt, &((const nf_method *)ols)->row, NULL), NF_OK);
    assert_int_equal(nf_fit(c, &r, ols, &s, 1, opt, &set), NF_OK);
    near(nf_result_f64(&r, "intercept"), want.intercept, digits);
    near(nf_result_f64(&r, "slope"), want.slope, digits);
    near(nf_result_f64(&r, "se_intercept"), want.se_intercept, digits);
    near(nf_result_f64(&r, "se_slope"), want.se_slope, digits);
    near(nf_result_f64(&r, "sigma"), want.sigma, digits);
    near(nf_result_f64(&r, "r2"), want.r2, digits);
    nf_ctx_free(c);
}

TEST(norris_has_its_certified_line)
{
    static const double x[] = { 0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777, 558.2, 0.4, 0.6,
        775.5, 666.9, 338, 447.5, 11.6, 556, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999, 779,
        11.1, 118.3, 229.2, 669.1, 448.9, 0.5 };
    static const double y[] = { 0.1, 338.8, 118.1, 888, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1,
        778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888, 998.5, 778.9,
        10.2, 117.6, 228.9, 668.4, 449.2, 0.2 };
    line_is(x, y, sizeof x / sizeof *x,
            (certified){ -0.262323073774029, 1.00211681802045, 0.232818234301152,
                         0.429796848199937e-3, 0.884796396144373, 0.999993745883712 });
}

TEST(pontius_has_its_exact_line)
{
    static const double x[] = { 150000, 300000, 450000, 600000, 750000, 900000, 1050000, 1200000, 1350000, 1500000,
        1650000, 1800000, 1950000, 2100000, 2250000, 2400000, 2550000, 2700000, 2850000, 3000000, 150000, 300000,
        450000, 600000, 750000, 900000, 1050000, 1200000, 1350000, 1500000, 1650000, 1800000, 1950000, 2100000,
        2250000, 2400000, 2550000, 2700000, 2850000, 3000000 };
    static const double y[] = { 0.11019, 0.21956, 0.32949, 0.43899, 0.54803, 0.65694, 0.76562, 0.87487, 0.98292,
        1.09146, 1.20001, 1.30822, 1.41599, 1.52399, 1.63194, 1.73947, 1.84646, 1.95392, 2.06128, 2.16844, 0.11052,
        0.22018, 0.32939, 0.43886, 0.54798, 0.65739, 0.76596, 0.87474, 0.983, 1.0915, 1.20004, 1.30818, 1.41613,
        1.52408, 1.63159, 1.73965, 1.84696, 1.95445, 2.06177, 2.16829 };
    line_is(x, y, sizeof x / sizeof *x,
            (certified){ 0.006149684210526316, 7.221025814536341e-07, 0.0007132051674656124,
                         3.969147804044248e-10, 0.002171272596056751, 0.9999885191152188 });
}

TEST(wampler1_has_its_exact_line)
{
    static const double x[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };
    static const double y[] = { 1, 6, 63, 364, 1365, 3906, 9331, 19608, 37449, 66430, 111111, 177156, 271453, 402234,
        579195, 813616, 1118481, 1508598, 2000719, 2613660, 3368421 };
    line_is(x, y, sizeof x / sizeof *x,
            (certified){ -655614.8095238095, 127957.5142857143, 240796.6172233548,
                         20597.71669791087, 571563.4422694433, 0.6700911048974316 });
}

TEST(wampler3_has_its_exact_line)
{
    static const double x[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };
    static const double y[] = { 760, -2042, 2111, -1684, 3888, 1858, 11379, 17560, 39287, 64382, 113159, 175108,
        273291, 400186, 581243, 811568, 1121004, 1506550, 2002767, 2611612, 3369180 };
    line_is(x, y, sizeof x / sizeof *x,
            (certified){ -655614.8095238095, 127957.5142857143, 240798.2379324747,
                         20597.8553331944, 571567.2892424372, 0.6700881290401364 });
}
