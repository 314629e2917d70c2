/* trend_peers_test.c - methods of two series or of a table in a standard, against published answers. */
#include "method.h"
#include "test.h"
#include "golden_series.h"

/* R datasets airquality: daily ozone and temperature, New York, May to September 1973, where ozone is known (Chambers,
 * Cleveland, Kleiner and Tukey 1983; public). */
static const double ozone[] = { 41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23,
    45, 115, 37, 29, 71, 39, 23, 21, 37, 20, 12, 13, 135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79,
    63, 16, 80, 108, 20, 52, 82, 50, 64, 59, 39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21,
    9, 45, 168, 73, 76, 118, 84, 85, 96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16,
    13, 23, 36, 7, 14, 30, 14, 18, 20 };
static const double temperature[] = { 67, 72, 74, 62, 66, 65, 59, 61, 74, 69, 66, 68, 58, 64, 66, 57, 68, 62, 59, 73,
    61, 61, 67, 81, 79, 76, 82, 90, 87, 82, 77, 72, 65, 73, 76, 84, 85, 81, 83, 83, 88, 92, 92, 89, 73, 81, 80, 81,
    82, 84, 87, 85, 74, 86, 85, 82, 86, 88, 86, 83, 81, 81, 81, 82, 86, 85, 87, 89, 90, 90, 86, 82, 80, 77, 79, 76,
    78, 78, 77, 72, 79, 81, 86, 97, 94, 96, 94, 91, 92, 93, 93, 87, 84, 80, 78, 75, 73, 81, 76, 77, 71, 71, 78, 67,
    76, 68, 82, 64, 71, 81, 69, 63, 70, 75, 76, 68 };

static const nf_method *method(nf_ctx *c, const char *name)
{
    const void *m;
    assert_int_equal(nf_row_need(c, &m, NF_TABLE(nf_methods), "method", name), NF_OK);
    return m;
}

static void fit(nf_ctx *c, nf_result *r, const char *name, const nf_series *in, size_t n)
{
    nf_value *opt;
    const nf_method *m = method(c, name);
    nf_setting set = nf_setting_default();
    assert_int_equal(nf_options(c, &opt, &m->row, NULL), NF_OK);
    assert_int_equal(nf_fit(c, r, m, in, n, opt, &set), NF_OK);
}

static nf_series numbered(const double *y, size_t n)
{
    return (nf_series){ .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = n } };
}

/* rkt 1.7, rkt(date, Ozone, cv = Temp): Score and varScore; its p has a continuity correction, ours has none. */
TEST(partial_mann_kendall_has_the_score_of_rkt)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    size_t n = sizeof ozone / sizeof *ozone;
    nf_series in[] = { numbered(ozone, n), numbered(temperature, n) };
    fit(c, &r, "partial-mann-kendall", in, 2);
    near(nf_result_f64(&r, "S"), -348.148509128522, 1e-10);
    near(nf_result_f64(&r, "var_S"), 70994.3463945413, 1e-10);
    nf_ctx_free(c);
}

TEST(regional_mann_kendall_sums_what_its_series_say)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r, one, two;
    size_t n = sizeof ozone / sizeof *ozone;
    nf_series in[] = { numbered(ozone, n), numbered(temperature, n - 7) };
    fit(c, &r, "regional-mann-kendall", in, 2);
    fit(c, &one, "mann-kendall", in, 1);
    fit(c, &two, "mann-kendall", in + 1, 1);
    double s = nf_result_f64(&one, "S") + nf_result_f64(&two, "S");
    double var = nf_result_f64(&one, "var_S") + nf_result_f64(&two, "var_S");
    near(nf_result_f64(&r, "S"), s, 0);
    near(nf_result_f64(&r, "var_S"), var, 1e-15);
    near(nf_result_f64(&r, "z"), (s > 0 ? s - 1 : s < 0 ? s + 1 : 0) / sqrt(var), 1e-14);
    nf_ctx_free(c);
}

/* trend 1.1.6, mult.mk.test over the twelve months; chi2 is S' C^-1 S with its covariances. */
TEST(multivariate_mann_kendall_is_that_of_trend)
{
    static const struct { const char *series; double S, var, z, p; } table[] = {
        { "airpassengers", 784, 30472, 4.49123296393777, 7.08120440736932e-06 },
        { "nottem", 224, 19663.3333333333, 1.59742121391538, 0.110171846820023 } };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t k = 0; k < 2; k++) {
        static double y[4000], month[12][400];
        nf_series in[12];
        nf_result r;
        size_t n = read_series(y, table[k].series);
        for (size_t i = 0; i < n; i++) month[i % 12][i / 12] = y[i];
        for (size_t g = 0; g < 12; g++) in[g] = numbered(month[g], n / 12);
        fit(c, &r, "multivariate-mann-kendall", in, 12);
        near(nf_result_f64(&r, "S"), table[k].S, 0);
        near(nf_result_f64(&r, "var_S"), table[k].var, 1e-12);
        near(nf_result_f64(&r, "z"), table[k].z, 1e-12);
        near(nf_result_f64(&r, "p"), table[k].p, 1e-10);
    }
    nf_ctx_free(c);
}

/* Two series: chi2 from the covariances that trend's sum is made of, by hand. */
TEST(covariance_inversion_finds_opposed_trends)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r, one;
    double up[30], down[30];
    for (size_t i = 0; i < 30; i++) {
        up[i] = (double)i + 6 * (double)(i * 7 % 5);
        down[i] = 5 * (double)(i * 3 % 7) - (double)i;
    }
    nf_series in[] = { numbered(up, 30), numbered(down, 30) };
    fit(c, &r, "multivariate-mann-kendall", in, 2);
    double var = nf_result_f64(&r, "var_S"), chi2 = nf_result_f64(&r, "chi2");
    fit(c, &one, "mann-kendall", in, 1);
    double s = nf_result_f64(&one, "S"), v = nf_result_f64(&one, "var_S");
    fit(c, &one, "mann-kendall", in + 1, 1);
    double t = nf_result_f64(&one, "S"), w = nf_result_f64(&one, "var_S"), cov = (var - v - w) / 2;
    near(chi2, (w * s * s - 2 * cov * s * t + v * t * t) / (v * w - cov * cov), 1e-12);
    near(nf_result_f64(&r, "p_chi2"), exp(-chi2 / 2), 1e-10);
    ok(nf_result_f64(&r, "p_chi2") < 0.001 && nf_result_f64(&r, "p") > 0.3);
    in[1] = in[0];
    fit(c, &r, "multivariate-mann-kendall", in, 2);
    ok(isnan(nf_result_f64(&r, "chi2")) && nf_result_f64(&r, "p") > 0);
    nf_ctx_free(c);
}

/* HJ 663-2013, table B.1. */
TEST(hj663_has_the_critical_values_of_the_standard)
{
    static const struct { size_t n; double w; } table[] = {
        { 5, .900 }, { 6, .829 }, { 7, .714 }, { 8, .643 }, { 9, .600 },
        { 10, .564 }, { 12, .506 }, { 14, .456 }, { 16, .425 }, { 18, .399 }, { 20, .377 }, { 22, .359 }, { 24, .343 },
        { 26, .329 }, { 28, .317 }, { 30, .306 } };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_result r;
        nf_series in = numbered(ozone, table[i].n);
        fit(c, &r, "spearman-hj663", &in, 1);
        near(nf_result_f64(&r, "critical"), table[i].w, 0);
        nf_ctx_free(c);
    }
}
