/* homogeneity_test.c - p of the tests for a shift and for correlated errors: exact, and uniform under the null. */
#include "method.h"
#include "test.h"

static void fit(nf_ctx *c, nf_result *r, const char *name, double *y, size_t n)
{
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), name, NULL);
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = n } };
    ok(m);
    assert_int_equal(nf_fit(c, r, m, &s, 1, NULL, NULL), NF_OK);
}

static double normal(uint64_t *s) { return sqrt(-2 * log(1 - rnd_unit(s))) * cos(2 * M_PI * rnd_unit(s)); }

/* Of 1,200 series of independent normal values as many have p below a level as it says, at lengths that stand in the
 * tables of points and at lengths between them. */
TEST(p_is_uniform_where_nothing_shifts)
{
    enum { TIMES = 1200, FIELDS = 5 };
    static const struct { int by; const char *field; } asked[FIELDS] =
        { { 0, "p" }, { 1, "p" }, { 1, "p_Q" }, { 1, "p_U" },
                                                                         { 2, "p" } };
    static const char *const methods[] = { "snht", "buishand", "durbin-watson" };
    static const size_t sizes[] = { 4, 11, 37, 120 };
    static const double levels[] = { .02, .05, .3, .8 };
    uint64_t seed = 11;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        int below[FIELDS][4] = { 0 };
        for (int t = 0; t < TIMES; t++) {
            double y[128];
            nf_ctx *c = nf_ctx_new(NULL);
            nf_result r[3];
            for (size_t i = 0; i < sizes[k]; i++) y[i] = normal(&seed);
            for (size_t m = 0; m < 3; m++) fit(c, &r[m], methods[m], y, sizes[k]);
            for (size_t f = 0; f < FIELDS; f++)
                for (size_t l = 0; l < 4; l++)
                    below[f][l] += nf_result_f64(&r[asked[f].by], asked[f].field) < levels[l];
            nf_ctx_free(c);
        }
        for (size_t f = 0; f < FIELDS; f++)
            for (size_t l = 0; l < 4; l++) {
                double share = (double)below[f][l] / TIMES, error = sqrt(levels[l] * (1 - levels[l]) / TIMES);
                if (!(fabs(share - levels[l]) < 3.5 * error))
                    fail_msg("%s %s, n = %zu: %g of series below %g", methods[asked[f].by], asked[f].field, sizes[k],
                             share, levels[l]);
            }
    }
}

/* A series whose Durbin-Watson is d: lmtest 0.9.40 dwtest(exact = TRUE), the first seven years of the Nile. */
TEST(durbin_watson_is_exact_for_few_values)
{
    double y[] = { 1120, 1160, 963, 1210, 1160, 1160, 813 };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    fit(c, &r, "durbin-watson", y, 7);
    near(nf_result_f64(&r, "p_positive"), 0.30893046358151, 1e-11);
    near(nf_result_f64(&r, "p_negative"), 0.69106953641849, 1e-11);
    near(nf_result_f64(&r, "p"), 2 * 0.30893046358151, 1e-11);
    nf_ctx_free(c);
}

/* A lone step up of the mean: p falls as it grows, far below what can be counted, and log10 p with it. */
TEST(p_falls_with_the_step)
{
    static const char *const names[] = { "snht", "buishand" };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t k = 0; k < 2; k++) {
        double last = 1;
        for (int step = 0; step < 40; step++) {
            double y[60];
            uint64_t seed = 3;
            nf_result r;
            for (size_t i = 0; i < 60; i++) y[i] = normal(&seed) + (i >= 30 ? step : 0);
            fit(c, &r, names[k], y, 60);
            double p = nf_result_f64(&r, "p");
            if (step) ok(p < last);
            near(nf_result_f64(&r, "log10_p"), log10(p), 1e-9);
            last = p;
        }
        ok(last < 1e-12);
    }
    nf_ctx_free(c);
}
