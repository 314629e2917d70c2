/* regress_test.c - lines against certified figures, and what the change and smoothing methods must hold to. */
#include "method.h"
#include "test.h"
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>

static void fit(nf_ctx *c, nf_result *r, const char *name, const nf_series *s, const char *const *names)
{
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), name, NULL);
    nf_value *opt;
    ok(m);
    assert_int_equal(nf_options(c, &opt, &m->row, names), NF_OK);
    assert_int_equal(nf_fit(c, r, m, s, 1, opt, NULL), NF_OK);
}

/* NIST Statistical Reference Datasets, Norris (public domain): y, x. */
static const double norris[][2] = {
    { 0.1, 0.2 }, { 338.8, 337.4 }, { 118.1, 118.2 }, { 888.0, 884.6 }, { 9.2, 10.1 }, { 228.1, 226.5 },
    { 668.5, 666.3 },
    { 998.5, 996.3 }, { 449.1, 448.6 }, { 778.9, 777.0 }, { 559.2, 558.2 }, { 0.3, 0.4 }, { 0.1, 0.6 },
    { 778.1, 775.5 },
    { 668.8, 666.9 }, { 339.3, 338.0 }, { 448.9, 447.5 }, { 10.8, 11.6 }, { 557.7, 556.0 },
    { 228.3, 228.1 }, { 998.0, 995.8 },
    { 888.8, 887.6 }, { 119.6, 120.2 }, { 0.3, 0.3 }, { 0.6, 0.3 }, { 557.6, 556.8 }, { 339.3, 339.1 },
    { 888.0, 887.2 },
    { 998.5, 999.0 }, { 778.9, 779.0 }, { 10.2, 11.1 }, { 117.6, 118.3 }, { 228.9, 229.2 },
    { 668.4, 669.1 }, { 449.2, 448.9 },
    { 0.2, 0.5 }
};

TEST(ols_gives_the_certified_digits_of_norris)
{
    enum { N = sizeof norris / sizeof *norris };
    double y[N], x[N];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    for (size_t i = 0; i < N; i++) y[i] = norris[i][0], x[i] = norris[i][1];
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = N, .num = x } };
    fit(c, &r, "ols", &s, NULL);
    near(nf_result_f64(&r, "slope"), 1.00211681802045, 1e-13);
    near(nf_result_f64(&r, "intercept"), -0.262323073774029, 1e-12);
    near(nf_result_f64(&r, "se_slope"), 0.000429796848199937, 1e-12);
    near(nf_result_f64(&r, "se_intercept"), 0.232818234301152, 1e-12);
    near(nf_result_f64(&r, "sigma"), 0.884796396144373, 1e-12);
    near(nf_result_f64(&r, "r2"), 0.999993745883712, 1e-13);
    nf_ctx_free(c);
}

/* sandwich 3.0.2, NeweyWest(lm(y ~ x)): the bandwidth, 18.5, passes the rows; its weights count on from it. */
TEST(an_automatic_bandwidth_may_pass_the_rows)
{
    static const double y[] = { 1, 6, 1, 4, 2, 8, 0, 3, 8, 1, 7, 3 };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = 12 } };
    fit(c, &r, "ols-hac", &s, (const char *const[]){ "hac-lag", "auto", NULL });
    near(nf_result_f64(&r, "lag"), 18.4955469111187, 1e-12);
    near(nf_result_f64(&r, "se_slope"), 0.0254618410581777, 1e-10);
    near(nf_result_f64(&r, "se_intercept"), 0.242067728262294, 1e-10);
    nf_ctx_free(c);
}

enum { M = 60 };
static void invent(double *y, uint64_t seed, double wild)
{
    uint64_t s = seed * 31 + 7;
    for (size_t i = 0; i < M; i++) {
        double noise = rnd_unit(&s) + rnd_unit(&s) + rnd_unit(&s) - 1.5;
        y[i] = 5 + 0.3 * (double)i + noise + (rnd(&s) % 12 == 0 ? wild : 0);
    }
}

/* GSL scales residuals by leverage and drops the smallest two from its scale: near, not equal. */
static void gsl_robust(const gsl_multifit_robust_type *how, const double *y, double *slope, double *se)
{
    gsl_matrix *X = gsl_matrix_alloc(M, 2), *cov = gsl_matrix_alloc(2, 2);
    gsl_vector *v = gsl_vector_alloc(M), *b = gsl_vector_alloc(2);
    gsl_multifit_robust_workspace *w = gsl_multifit_robust_alloc(how, M, 2);
    for (size_t i = 0; i < M; i++) {
        gsl_matrix_set(X, i, 0, 1);
        gsl_matrix_set(X, i, 1, (double)i + 1);
        gsl_vector_set(v, i, y[i]);
    }
    gsl_multifit_robust(X, v, b, cov, w);
    *slope = gsl_vector_get(b, 1);
    *se = sqrt(gsl_matrix_get(cov, 1, 1));
    gsl_multifit_robust_free(w);
    gsl_matrix_free(X), gsl_matrix_free(cov), gsl_vector_free(v), gsl_vector_free(b);
}

TEST(lines_agree_with_gsl)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 40) {
        double y[M], x[M], c0, c1, c00, c01, c11, sse, slope, se;
        nf_result r;
        nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = M } };
        invent(y, seed, 8);
        for (size_t i = 0; i < M; i++) x[i] = (double)i + 1;
        gsl_fit_linear(x, 1, y, 1, M, &c0, &c1, &c00, &c01, &c11, &sse);
        fit(c, &r, "ols", &s, NULL);
        near(nf_result_f64(&r, "slope"), c1, 1e-11);
        near(nf_result_f64(&r, "se_slope"), sqrt(c11), 1e-10);
        gsl_robust(gsl_multifit_robust_bisquare, y, &slope, &se);
        fit(c, &r, "bisquare", &s, NULL);
        ok(fabs(nf_result_f64(&r, "slope") - slope) < 0.25 * se);
        gsl_robust(gsl_multifit_robust_huber, y, &slope, &se);
        fit(c, &r, "huber", &s, NULL);
        ok(fabs(nf_result_f64(&r, "slope") - slope) < 0.25 * se);
    }
    nf_ctx_free(c);
}

static double loss(const double *y, double a, double b, double q)
{
    double sum = 0;
    for (size_t i = 0; i < M; i++) {
        double e = y[i] - a - b * ((double)i + 1);
        sum += e > 0 ? q * e : (q - 1) * e;
    }
    return sum;
}

/* The optimum is a line through two points: none of them all is better. Ties included. */
TEST(quantile_line_is_the_best_of_all_lines_through_two_points)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 30) {
        double y[M], best = INFINITY, q = (double)(seed % 9 + 1) / 10;
        char text[8];
        const char *names[] = { "quantile", text, NULL };
        nf_result r;
        nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = M } };
        snprintf(text, sizeof text, "0.%d", (int)(seed % 9 + 1));
        invent(y, seed, 5);
        for (size_t i = 0; i < M; i++) y[i] = seed % 2 ? rint(y[i]) : y[i];
        for (size_t i = 0; i < M; i++)
            for (size_t j = i + 1; j < M; j++) {
                double b = (y[j] - y[i]) / (double)(j - i);
                best = fmin(best, loss(y, y[i] - b * ((double)i + 1), b, q));
            }
        fit(c, &r, "quantile", &s, names);
        near(nf_result_f64(&r, "objective"), best, 1e-10);
        near(loss(y, nf_result_f64(&r, "intercept"), nf_result_f64(&r, "slope"), q), best, 1e-10);
    }
    nf_ctx_free(c);
}

TEST(changes_are_found_where_they_are)
{
    double y[M];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = M } };
    static const char *const one[] = { "pettitt", "snht", "buishand" };
    for (int i = 0; i < M; i++) y[i] = (i % 3) * 0.1 + (i >= 25 ? 4 : 0);
    for (size_t k = 0; k < 3; k++) {
        fit(c, &r, one[k], &s, NULL);
        near(nf_result_f64(&r, "k"), 25, 0);
        int at = nf_field_index(r.by->out, "period");
        assert_int_equal(r.v[at].t.ord, 24024);
    }
    for (int i = 40; i < M; i++) y[i] += 3;
    const char *names[] = { "pelt-cost", "mean-variance", NULL };
    fit(c, &r, "pelt", &s, names);
    near(nf_result_f64(&r, "n_changes"), 2, 0);
    int at = nf_field_index(r.by->out, "changes");
    near(r.v[at].a.v[0], 25, 0);
    near(r.v[at].a.v[1], 40, 0);
    same(r.v[nf_field_index(r.by->out, "periods")].s, "2002-01 2003-04");
    nf_ctx_free(c);
}

TEST(stl_bridges_gaps_and_adds_up)
{
    double y[M], whole[M];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = M } };
    for (int i = 0; i < M; i++) whole[i] = 10 + 0.5 * i + (i % 12 < 6 ? 3 : -3);
    memcpy(y, whole, sizeof y);
    for (int i = 5; i < M; i += 7) y[i] = NAN;
    const char *names[] = { "seasonal-window", "0", NULL };
    fit(c, &r, "stl", &s, names);
    const double *t = r.v[nf_field_index(r.by->out, "trend")].a.v, *w = r.v[nf_field_index(r.by->out, "seasonal")].a.v;
    const double *e = r.v[nf_field_index(r.by->out, "remainder")].a.v;
    for (int i = 0; i < M; i++) {
        if (!(fabs(t[i] + w[i] - whole[i]) < 0.1)) fail_msg("%d: %g beside %g", i, t[i] + w[i], whole[i]);
        if (isnan(y[i])) ok(isnan(e[i]));
        else near(t[i] + w[i] + e[i], y[i], 1e-12);
    }
    ok(nf_result_f64(&r, "strength_season") > 0.99);
    nf_ctx_free(c);
}

/* A cubic is not a line, but a quadratic is its own LOESS, with no error. */
TEST(smoothers_reproduce_what_they_fit)
{
    double y[M];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = M } };
    for (int i = 0; i < M; i++) y[i] = 3 + 0.5 * i - 0.01 * i * i;
    fit(c, &r, "loess", &s, NULL);
    for (int i = 0; i < M; i++) near(r.v[nf_field_index(r.by->out, "fit")].a.v[i], y[i], 1e-12);
    ok(nf_result_f64(&r, "sigma") < 1e-12);
    for (int i = 0; i < M; i++) y[i] = 3 + 0.5 * i;
    y[30] = 900;
    fit(c, &r, "lowess", &s, NULL);
    for (int i = 0; i < M; i++)
        if (i != 30) near(r.v[nf_field_index(r.by->out, "fit")].a.v[i], y[i], 1e-6);
    nf_ctx_free(c);
}

TEST(mstl_parts_the_day_from_the_week)
{
    enum { HOURS = 24 * 7 * 6 };
    double y[HOURS];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 400000, NF_HOUR, 1 }, .step = 1, .n = HOURS } };
    for (int i = 0; i < HOURS; i++) y[i] = 100 + 0.01 * i + (i % 24 < 12 ? 5 : -5) + (i / 24 % 7 < 5 ? 2 : -5);
    y[100] = NAN;
    fit(c, &r, "mstl", &s, NULL);
    const double *day = r.v[nf_field_index(r.by->out, "seasonal_1")].a.v,
        *week = r.v[nf_field_index(r.by->out, "seasonal_2")].a.v;
    for (int i = 200; i < 800; i++)
        ok(fabs(day[i] + week[i] - (i % 24 < 12 ? 5 : -5) - (i / 24 % 7 < 5 ? 2 : -5)) < 0.5);
    ok(nf_result_f64(&r, "remainder_sd") < 0.2);
    nf_ctx_free(c);
}

static double broken_line_sse(const double *y, double psi)
{
    gsl_matrix *X = gsl_matrix_alloc(M, 3), *cov = gsl_matrix_alloc(3, 3);
    gsl_vector *v = gsl_vector_alloc(M), *b = gsl_vector_alloc(3);
    gsl_multifit_linear_workspace *w = gsl_multifit_linear_alloc(M, 3);
    double sse;
    for (size_t i = 0; i < M; i++) {
        double x = (double)i + 1;
        gsl_matrix_set(X, i, 0, 1);
        gsl_matrix_set(X, i, 1, x);
        gsl_matrix_set(X, i, 2, x > psi ? x - psi : 0);
        gsl_vector_set(v, i, y[i]);
    }
    gsl_multifit_linear(X, v, b, cov, &sse, w);
    gsl_multifit_linear_free(w);
    gsl_matrix_free(X), gsl_matrix_free(cov), gsl_vector_free(v), gsl_vector_free(b);
    return sse;
}

/* The sum of squares is that of GSL at the break found, and of a fine grid of breaks none is lower. */
TEST(segmented_finds_the_best_break)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 20) {
        double y[M];
        nf_result r;
        nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = M } };
        const char *names[] = { "breaks", "1", "least-points", "3", NULL };
        invent(y, seed, 3);
        for (size_t i = 20 + seed; i < M; i++) y[i] -= 0.3 * ((double)i - 19.4 - (double)seed);
        fit(c, &r, "segmented", &s, names);
        double sse = nf_result_f64(&r, "sse"), psi = r.v[nf_field_index(r.by->out, "breaks")].a.v[0];
        near(sse, broken_line_sse(y, psi), 1e-10);
        for (double at = 3; at <= M - 2; at += 0.05) ok(broken_line_sse(y, at) >= sse * (1 - 1e-10));
    }
    nf_ctx_free(c);
}

TEST(segmented_follows_an_exact_course)
{
    double y[M];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = M } };
    for (int i = 0; i < M; i++) y[i] = 2 * i - (i > 19.25 ? 3 * (i - 19.25) : 0) + (i > 40 ? 4 * (i - 40.0) : 0);
    fit(c, &r, "segmented", &s, NULL);
    near(nf_result_f64(&r, "n_breaks"), 2, 0);
    const double *at = r.v[nf_field_index(r.by->out, "breaks")].a.v;
    near(at[0], 20.25, 1e-8);
    near(at[1], 41, 1e-8);
    near(nf_result_f64(&r, "slope_last"), 3, 1e-8);
    same(r.v[nf_field_index(r.by->out, "periods")].s, "20 41");
    nf_ctx_free(c);
}
