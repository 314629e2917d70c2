/* ets_test.c - exponential smoothing reaches at least the likelihood that other programs reach. */
#include "method.h"
#include "test.h"

/* The series of tests/golden/trend_series.csv. */
static size_t read_series(double *y, const char *name)
{
    char line[256], *cell;
    size_t n = 0, len = strlen(name);
    FILE *f = fopen(NF_SOURCE "/tests/golden/trend_series.csv", "r");
    ok(f);
    while (fgets(line, sizeof line, f))
        if (!strncmp(line, name, len) && line[len] == ',' &&
            (cell = strrchr(line, ','))) y[n++] = strtod(cell + 1, NULL);
    fclose(f);
    return n;
}

/* forecast 8.20 ets(): loglik; statsmodels 0.13.5 ETSModel: the SSE of its likelihood. Theirs may be a local optimum,
 * ours is not worse. */
static const struct { const char *series, *model; double loglik; } peers[] = {
    { "nile", "ann", -726.390519999206 }, { "nile", "aan", -725.95606224494 }, { "nile", "aadn", -726.502046801024 },
    { "sunspot", "ann", -1733.57116896609 }, { "sunspot", "aan", -1734.37646191899 },
    { "sunspot", "aadn", -1733.75534791303 },
    { "syn_step", "ann", -186.444036820835 }, { "syn_step", "aan", -185.774146482471 },
    { "syn_step", "aadn", -184.898795897547 },
    { "airpassengers", "aaa", -765.93584751167 }, { "nottem", "aaa", -853.482237107047 },
    { "nottem", "ana", -852.472073368896 },
};
static const struct { const char *series; double llf; } states[] = {
    { "airpassengers", -564.9838386014172 }, { "nottem", -533.2646666658342 },
};

static void fit(nf_ctx *c, nf_result *r, const char *series, const char *model)
{
    static double y[4000];
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "ets", NULL);
    const char *names[] = { "ets-model", model, "horizon", "13", NULL };
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1 } };
    nf_value *opt;
    s.t.n = read_series(y, series);
    assert_int_equal(nf_options(c, &opt, &m->row, names), NF_OK);
    assert_int_equal(nf_fit(c, r, m, &s, 1, opt, NULL), NF_OK);
}

TEST(likelihood_is_never_below_that_of_the_peers)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
        fit(c, &r, peers[i].series, peers[i].model);
        double got = nf_result_f64(&r, "loglik");
        if (!(got >= peers[i].loglik - 1e-4))
            fail_msg("%s %s: %.10g below %.10g", peers[i].series, peers[i].model, got, peers[i].loglik);
    }
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        fit(c, &r, states[i].series, "aaa");
        double n = strcmp(states[i].series, "nottem") ? 144 : 240, got = nf_result_f64(&r, "sse");
        double sse = n / (2 * M_PI * M_E) * exp(-2 * states[i].llf / n);
        if (!(got <= sse * 1.001)) fail_msg("%s: %.10g above %.10g", states[i].series, got, sse);
    }
    nf_ctx_free(c);
}

TEST(limits_widen_and_seasons_come_round)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    fit(c, &r, "nottem", "ana");
    int mean = nf_field_index(r.by->out, "mean"), lo = nf_field_index(r.by->out, "lo95");
    int hi = nf_field_index(r.by->out, "hi95");
    assert_int_equal(r.v[mean].a.n, 13);
    near(r.v[mean].a.v[12], r.v[mean].a.v[0], 1e-12);
    for (size_t h = 1; h < 13; h++) ok(r.v[hi].a.v[h] - r.v[lo].a.v[h] >= r.v[hi].a.v[h - 1] - r.v[lo].a.v[h - 1]);
    nf_ctx_free(c);
}

/* What a line with a known season leaves: nothing. */
TEST(an_exact_course_is_followed_exactly)
{
    double y[60];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = 60 } };
    for (int i = 0; i < 60; i++) y[i] = 100 + 2 * i + (i % 12 == 3 ? 40 : 0);
    y[17] = NAN;
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "ets", NULL);
    const char *names[] = { "ets-model", "aaa", "horizon", "12", NULL };
    nf_value *opt;
    assert_int_equal(nf_options(c, &opt, &m->row, names), NF_OK);
    assert_int_equal(nf_fit(c, &r, m, &s, 1, opt, NULL), NF_OK);
    const double *mean = r.v[nf_field_index(m->out, "mean")].a.v;
    near(mean[0], 220, 1e-6);
    near(mean[3], 266, 1e-6);
    nf_ctx_free(c);
}
