/* ets_test.c - exponential smoothing reaches at least the likelihood that other programs reach. */
#include "method.h"
#include "test.h"
#include "golden_series.h"

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
    { "nile", "mnn", -726.1509578031 }, { "nile", "man", -725.7412411867 }, { "nile", "madn", -726.3072606644 },
    { "syn_step", "mnn", -189.6578381765 }, { "syn_step", "man", -190.0745526022 },
    { "syn_step", "madn", -187.9085023334 },
    { "nottem", "aan", -1046.0920898733 }, { "nottem", "aadn", -1034.3213688826 },
    { "nottem", "madn", -1050.9091176757 },
    { "nottem", "aada", -852.5054143222 }, { "nottem", "mna", -867.7464049126 }, { "nottem", "maa", -865.2565876799 },
    { "nottem", "mada", -866.3091905117 }, { "nottem", "mnm", -865.9557286043 }, { "nottem", "mam", -868.2066725530 },
    { "nottem", "madm", -868.1483256671 },
    { "airpassengers", "ana", -767.4295389648 }, { "airpassengers", "aada", -767.6154456210 },
    { "airpassengers", "mna", -775.3961533683 }, { "airpassengers", "maa", -768.2334100541 },
    { "airpassengers", "mada", -773.6049717936 }, { "airpassengers", "mnm", -715.6571968978 },
    { "airpassengers", "mam", -682.4036190578 }, { "airpassengers", "madm", -679.5832162370 },
};
/* statsmodels 0.13.5 ETSModel: llf + n/2 (log(2 pi/n) + 1). Its bounds let smoothing come nearer to 0 than ours. */
static const struct { const char *series, *model; double loglik; } statsmodels[] = {
    { "airpassengers", "mam", -675.98933837 }, { "airpassengers", "madm", -679.11651980 },
    { "airpassengers", "mnm", -684.09493083 }, { "airpassengers", "maa", -701.15602597 },
    { "airpassengers", "mna", -715.39685447 }, { "airpassengers", "aada", -722.36025962 },
    { "airpassengers", "mada", -704.10814439 }, { "nottem", "mam", -863.76212636 }, { "nottem", "madm", -864.02295960 },
    { "nottem", "mnm", -865.07593623 }, { "nottem", "maa", -864.20417306 }, { "nottem", "mna", -864.46704066 },
    { "nottem", "aada", -851.14996626 }, { "nottem", "mada", -863.39050236 },
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
    for (size_t i = 0; i < sizeof statsmodels / sizeof *statsmodels; i++) {
        fit(c, &r, statsmodels[i].series, statsmodels[i].model);
        double got = nf_result_f64(&r, "loglik");
        if (!(got >= statsmodels[i].loglik - 1e-3))
            fail_msg("%s %s: %.10g below %.10g", statsmodels[i].series, statsmodels[i].model, got,
                     statsmodels[i].loglik);
    }
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        fit(c, &r, states[i].series, "aaa");
        double n = strcmp(states[i].series, "nottem") ? 144 : 240, got = nf_result_f64(&r, "sse");
        double sse = n / (2 * M_PI * M_E) * exp(-2 * states[i].llf / n);
        if (!(got <= sse * 1.001)) fail_msg("%s: %.10g above %.10g", states[i].series, got, sse);
    }
    nf_ctx_free(c);
}

static double ahead(const nf_result *r, const char *field, size_t h)
{
    return r->v[nf_field_index(r->by->out, field)].a.v[h - 1];
}

/* forecast 8.20, forecast(ets(), h): mean and 95 % limits, where both stand at one optimum; of the seasonal one, both
 * with alpha .741, beta and gamma next to 0. */
TEST(limits_of_multiplicative_models_are_those_of_forecast)
{
    static const struct { const char *series, *model; size_t h; double mean, lo, hi, tol; } golden[] = {
        { "nile", "mnn", 1, 838.875161323, 584.390180994, 1093.36014165, 1e-3 },
        { "nile", "mnn", 5, 838.875161323, 572.702155262, 1105.04816738, 1e-3 },
        { "syn_step", "mnn", 5, 13.1187851093, 9.87011029841, 16.3674599202, 1e-3 },
        { "syn_step", "madn", 1, 12.9205909938, 10.19217780199, 15.6490041856, 1e-3 },
        { "syn_step", "madn", 5, 12.6914904214, 9.51696363584, 15.8660172069, 1e-3 },
        { "airpassengers", "mam", 1, 442.554613526, 409.684461445, 475.424765606, 2e-3 },
        { "airpassengers", "mam", 13, 465.574520937, 372.219997942, 558.929043933, 2e-3 },
    };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        fit(c, &r, golden[i].series, golden[i].model);
        near(ahead(&r, "mean", golden[i].h), golden[i].mean, golden[i].tol);
        near(ahead(&r, "lo95", golden[i].h), golden[i].lo, golden[i].tol);
        near(ahead(&r, "hi95", golden[i].h), golden[i].hi, golden[i].tol);
    }
    nf_ctx_free(c);
}

/* Hyndman and others (2008), 6.4: what errors do to a season that multiplies, against 40,000 paths of the model. */
TEST(limits_hold_the_share_of_paths_they_claim)
{
    enum { PATHS = 40000, H = 13 };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    uint64_t seed = 5;
    int inside = 0;
    double y[96], s[12], keep[12], l = 100;
    for (int i = 0; i < 12; i++) s[i] = 1 + 0.4 * sin(i * M_PI / 6);
    for (int i = 0; i < 96; i++) {                 /* drawn from the model itself */
        double e = 0.05 * sqrt(-2 * log(1 - rnd_unit(&seed))) * cos(2 * M_PI * rnd_unit(&seed));
        y[i] = l * s[i % 12] * (1 + e);
        l *= 1 + 0.3 * e;
        s[i % 12] *= 1 + 0.6 * e;
    }
    nf_series series = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = 96 } };
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "ets", NULL);
    const char *names[] = { "ets-model", "mnm", "horizon", "13", NULL };
    nf_value *opt;
    assert_int_equal(nf_options(c, &opt, &m->row, names), NF_OK);
    assert_int_equal(nf_fit(c, &r, m, &series, 1, opt, NULL), NF_OK);
    double alpha = nf_result_f64(&r, "alpha"), gamma = nf_result_f64(&r, "gamma"), sigma = nf_result_f64(&r, "sigma");
    double level = nf_result_f64(&r, "level");
    ok(gamma > 0.1);
    for (size_t i = 0; i < 12; i++) keep[i] = ahead(&r, "mean", i + 1) / level;
    for (int p = 0; p < PATHS; p++) {
        double e = 0;
        l = level;
        memcpy(s, keep, sizeof s);
        for (int h = 0; h < H; h++) {
            e = sigma * sqrt(-2 * log(1 - rnd_unit(&seed))) * cos(2 * M_PI * rnd_unit(&seed));
            if (h == H - 1) break;
            l *= 1 + alpha * e;
            s[h % 12] *= 1 + gamma * e;
        }
        double value = l * s[0] * (1 + e);
        inside += value > ahead(&r, "lo80", H) && value < ahead(&r, "hi80", H);
    }
    near((double)inside / PATHS, 0.8, 0.01);
    nf_ctx_free(c);
}

/* A model with a multiplicative part needs values above zero; the choice among all passes it over otherwise. */
TEST(multiplicative_models_are_for_positive_values)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    fit(c, &r, "sunspot", "mnn");
    assert_int_equal(r.status, NF_NOT_APPLICABLE);
    fit(c, &r, "sunspot", "auto");
    ok(!strncmp(r.v[0].s, "ETS(A,", 6));
    fit(c, &r, "airpassengers", "auto");
    same(r.v[0].s, "ETS(M,A,M)");
    near(nf_result_f64(&r, "aicc"), 1390.8359, 1e-6);
    nf_ctx_free(c);
}

/* Values times a power of two: the same parameters to the last bit, the likelihood less n log of it. */
TEST(the_choice_does_not_depend_on_the_unit)
{
    static double y[200];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r, q;
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "ets", NULL);
    fit(c, &r, "airpassengers", "auto");
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = read_series(y, "airpassengers") } };
    for (size_t i = 0; i < s.t.n; i++) y[i] *= 1024;
    assert_int_equal(nf_fit(c, &q, m, &s, 1, NULL, NULL), NF_OK);
    same(q.v[0].s, r.v[0].s);
    near(nf_result_f64(&q, "alpha"), nf_result_f64(&r, "alpha"), 0);
    near(nf_result_f64(&q, "sse"), nf_result_f64(&r, "sse") * 1024 * 1024, 0);
    near(nf_result_f64(&q, "sigma"), nf_result_f64(&r, "sigma"), 0);
    near(nf_result_f64(&q, "loglik"), nf_result_f64(&r, "loglik") - 144 * log(1024), 1e-12);
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

/* What a line with a known season, added or multiplied, leaves: nothing. */
static void follow_exactly(const char *model, bool times)
{
    double y[60];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = 60 } };
    for (int i = 0; i < 60; i++) {
        bool march = i % 12 == 3;
        y[i] = times ? (100 + 2 * i) * (march ? 1.5 : 1) : 100 + 2 * i + (march ? 40 : 0);
    }
    y[17] = NAN;
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "ets", NULL);
    const char *names[] = { "ets-model", model, "horizon", "12", NULL };
    nf_value *opt;
    assert_int_equal(nf_options(c, &opt, &m->row, names), NF_OK);
    assert_int_equal(nf_fit(c, &r, m, &s, 1, opt, NULL), NF_OK);
    const double *mean = r.v[nf_field_index(m->out, "mean")].a.v;
    near(mean[0], 220, 1e-6);
    near(mean[3], times ? 226 * 1.5 : 266, 1e-6);
    nf_ctx_free(c);
}

TEST(an_exact_course_is_followed_exactly)
{
    follow_exactly("aaa", false);
    follow_exactly("mam", true);
}
