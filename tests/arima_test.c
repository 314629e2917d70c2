/* arima_test.c - ARIMA models against R, a likelihood written out, and what gaps must leave alone. */
#include "method.h"
#include "test.h"
#include "golden_series.h"

/* R datasets: lh (Diggle 1990), USAccDeaths (Brockwell and Davis 1991), presidents (Tukey 1977; NA is missing). */
static const double lh[] = { 2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2, 2.7, 2.2,
                             2.2, 1.9,
    1.9, 1.8, 2.7, 3, 2.3, 2, 2, 2.9, 2.9, 2.7, 2.7, 2.3, 2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6,
    2.1, 3.4, 3, 2.9 };
static const double accidents[] = { 9007, 8106, 8928, 9137, 10017, 10826, 11317, 10744, 9713, 9938, 9161, 8927, 7750,
                                    6981,
    8038, 8422, 8714, 9512, 10120, 9823, 8743, 9129, 8710, 8680, 8162, 7306, 8124, 7870, 9387, 9556, 10093, 9620, 8285,
    8466,
    8160, 8034, 7717, 7461, 7767, 7925, 8623, 8945, 10078, 9179, 8037, 8488, 7874, 8647, 7792, 6957, 7726, 8106, 8890,
    9299,
    10625, 9302, 8314, 8850, 8265, 8796, 7836, 6892, 7791, 8192, 9115, 9434, 10484, 9827, 9110, 9070, 8633, 9240 };
static const double presidents[] = { NAN, 87, 82, 75, 63, 50, 43, 32, 35, 60, 54, 55, 36, 39, NAN, NAN, 69, 57, 57, 51,
                                     45, 37,
    46, 39, 36, 24, 32, 23, 25, 32, NAN, 32, 59, 74, 75, 60, 71, 61, 71, 57, 71, 68, 79, 73, 76, 71, 67, 75, 79, 62, 63,
    57,
    60, 49, 48, 52, 57, 62, 61, 66, 71, 62, 61, 57, 72, 83, 71, 78, 79, 71, 62, 74, 76, 64, 62, 57, 80, 73, 69, 69, 71,
    64,
    69, 62, 63, 46, 56, 44, 44, 52, 38, 46, 36, 49, 35, 44, 59, 65, 65, 56, 66, 53, 61, 52, 51, 48, 54, 49, 49, 61, NAN,
    NAN, 68, 44, 40, 27, 28, 25, 24, 24 };

static size_t take(double *y, const char *name)
{
    static const size_t air[] = { 20, 50, 51, 52, 100 }, nile[] = { 5, 30, 31, 32, 33, 34, 35, 80 };
#define TAKE(table) return memcpy(y, table, sizeof table), sizeof table / sizeof *table
    if (!strcmp(name, "lh")) TAKE(lh);
    if (!strcmp(name, "accidents")) TAKE(accidents);
    if (!strcmp(name, "presidents")) TAKE(presidents);
    bool gaps = !strcmp(name, "airgaps") || !strcmp(name, "airmany");
    size_t n = read_series(y, gaps ? "airpassengers" : !strcmp(name, "nilegaps") ? "nile" : name);
    for (size_t i = 0; !strncmp(name, "air", 3) && i < n; i++) y[i] = log(y[i]);
    for (size_t i = 0; !strcmp(name, "airgaps") && i < 5; i++) y[air[i] - 1] = NAN;
    for (size_t i = 5; !strcmp(name, "airmany") && i < 144; i += 5) y[i] = NAN;
    for (size_t i = 0; !strcmp(name, "nilegaps") && i < 8; i++) y[nile[i] - 1] = NAN;
    return n;
}

static void fit_values(nf_ctx *c, nf_result *r, const double *y, size_t n, const char *const *words, int season)
{
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "arima", NULL);
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = n } };
    nf_setting set = nf_setting_default();
    nf_value *opt;
    set.season_length = season;
    assert_int_equal(nf_options(c, &opt, &m->row, words), NF_OK);
    assert_int_equal(nf_fit(c, r, m, &s, 1, opt, &set), NF_OK);
}

static void fit(nf_ctx *c, nf_result *r, const char *series, const char *order, const char *season,
                const char *constant)
{
    static double y[4000];
    const char *words[] = { "arima-order", order, "arima-season", season, "arima-constant", constant, "horizon", "5",
                            NULL };
    fit_values(c, r, y, take(y, series), words, strcmp(series, "presidents") ? 12 : 4);
    assert_int_equal(r->status, NF_FINE);
}

static double element(const nf_result *r, const char *field, size_t i)
{
    int f = nf_field_index(r->by->out, field);
    return i < r->v[f].a.n ? r->v[f].a.v[i] : NAN;
}

/* R 4.2.2 arima(method = "ML", kappa = 1e8, reltol 1e-14), of the series less its first value where it is differenced:
 * what its likelihood tends to as the variance that stands for unknown values grows. Coefficients ar ma sar sma
 * mean. */
static const struct { const char *series, *order, *season; double loglik, coefficient[10]; } peers[] = {
    { "nile", "1,1,1", "0,0,0", -630.627383, { 0.25437, -0.87413 } },
    { "nile", "1,0,1", "0,0,0", -637.038785, { 0.86103, -0.51768, 920.69452 } },
    { "nile", "0,2,2", "0,0,0", -629.872814, { -1.70874, 0.70874 } },
    { "sunspot", "2,0,0", "0,0,0", -1222.190616, { 1.38863, -0.69063, 49.12843 } },
    { "sunspot", "9,0,0", "0,0,0", -1192.739920,
      { 1.18507, -0.41972, -0.16723, 0.18227, -0.13255, 0.04575, 0.00665, -0.02874, 0.22182, 49.76621 } },
    { "sunspot", "2,0,1", "0,0,0", -1220.768689, { 1.45725, -0.74708, -0.13116, 49.12749 } },
    { "sunspot", "1,1,1", "0,0,0", -1268.374710, { 0.40424, 0.21302 } },
    { "lh", "1,0,0", "0,0,0", -29.379162, { 0.57392, 2.41329 } },
    { "lh", "3,0,0", "0,0,0", -27.092411, { 0.64480, -0.06338, -0.21980, 2.39312 } },
    { "lh", "1,0,1", "0,0,0", -28.762033, { 0.45220, 0.19817, 2.41008 } },
    { "airpassengers", "0,1,1", "0,1,1", 244.696487, { -0.40182, -0.55694 } },
    { "airpassengers", "2,1,1", "0,1,1", 246.131964, { 0.55804, 0.24708, -0.96465, -0.55742 } },
    { "accidents", "0,1,1", "0,1,1", -425.441101, { -0.43027, -0.55273 } },
    { "presidents", "1,0,0", "0,0,0", -416.892273, { 0.82415, 56.15042 } },
    { "presidents", "3,0,0", "0,0,0", -414.081930, { 0.74959, 0.25223, -0.18903, 56.21675 } },
    { "presidents", "1,1,1", "0,0,0", -413.269117, { -0.76295, 0.58588 } },
    { "presidents", "1,0,0", "1,0,0", -415.617409, { 0.80411, 0.15837, 56.33903 } },
    { "airgaps", "0,1,1", "0,1,1", 235.108581, { -0.45352, -0.53822 } },
    /* more holes than are found one by one */
    { "airmany", "0,1,1", "0,1,1", 178.391070, { -0.42213, -0.56937 } },
    { "nilegaps", "1,1,1", "0,0,0", -580.655472, { 0.23221, -0.87737 } },
};

TEST(likelihood_and_coefficients_are_those_of_r)
{
    static const char *const blocks[] = { "ar", "ma", "sar", "sma" };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t k = 0; k < sizeof peers / sizeof *peers; k++) {
        nf_result r;
        size_t at = 0;
        fit(c, &r, peers[k].series, peers[k].order, peers[k].season, "auto");
        double got = nf_result_f64(&r, "loglik");
        if (!(fabs(got - peers[k].loglik) <= 3e-6))
            fail_msg("%s %s: %.9g, R has %.9g", peers[k].series, peers[k].order, got, peers[k].loglik);
        for (size_t b = 0; b < 4; b++)
            for (size_t i = 0; !isnan(element(&r, blocks[b], i)); i++)
                ok(fabs(element(&r, blocks[b], i) - peers[k].coefficient[at++]) < 4e-4);
        if (!isnan(nf_result_f64(&r, "constant"))) near(nf_result_f64(&r, "constant"), peers[k].coefficient[at], 2e-5);
    }
    nf_ctx_free(c);
}

/* forecast 8.20 Arima(order = c(1,1,1), method = "ML"), h = 5. */
TEST(forecasts_are_those_of_forecast)
{
    static const struct { const char *series; double sigma2, mean[2], lo95[2]; } table[] = {
        { "nile", 20176.915987277, { 816.181166479783, 842.061340110493 }, { 537.777158078753, 529.912938193839 } },
        { "sunspot", 393.820389811069, { 141.974269536444, 169.561746534166 }, { 103.078963775865, 18.8928716534014 } },
        { "syn_step", 1.37003834477462, { 13.0770526232345, 13.0997126977483 },
          { 10.7829414916144, 10.4253405357513 } } };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t k = 0; k < 3; k++) {
        nf_result r;
        fit(c, &r, table[k].series, "1,1,1", "0,0,0", "auto");
        near(nf_result_f64(&r, "sigma2"), table[k].sigma2, 2e-5);
        for (size_t h = 0; h < 2; h++) {
            near(element(&r, "mean", 4 * h), table[k].mean[h], 1e-5);
            near(element(&r, "lo95", 4 * h), table[k].lo95[h], 1e-4);
        }
    }
    nf_ctx_free(c);
}

/* R 4.2.2 arima(Nile, c(0,1,1), xreg = 1:100); forecast 8.20 Arima(include.drift = TRUE): sigma2, AICc, forecasts. */
TEST(drift_is_that_of_a_regression_on_time)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    fit(c, &r, "nile", "0,1,1", "0,0,0", "yes");
    near(nf_result_f64(&r, "loglik"), -632.15463175, 1e-8);
    near(nf_result_f64(&r, "constant"), -3.25827181, 1e-5);
    near(element(&r, "ma", 0), -0.76457514, 1e-5);
    near(element(&r, "se", 0), 0.1205, 1e-3);
    near(nf_result_f64(&r, "sigma2"), 20836, 3e-5);
    near(nf_result_f64(&r, "aicc"), 1270.56, 3e-6);
    near(element(&r, "mean", 2), 788.4486, 1e-6);
    near(element(&r, "hi95", 2), 1086.635, 1e-6);
    same(r.v[0].s, "ARIMA(0,1,1) with drift");
    nf_ctx_free(c);
}

/* A random walk needs no search: each change over g steps has g times the variance of one. */
TEST(gaps_of_a_random_walk_are_longer_steps)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 30) {
        nf_result r;
        double y[40], last = NAN, sum = 0, logs = 0, changes = 0;
        uint64_t s = seed + 3;
        size_t at = 0;
        for (size_t i = 0; i < 40; i++)
            y[i] = i && i < 39 && rnd(&s) % 3 == 0 ? NAN : 100 * rnd_unit(&s) + 5 * (double)i;
        for (size_t i = 0; i < 40; i++) {
            if (isnan(y[i])) continue;
            if (i) {
                double g = (double)(i - at);
                sum += (y[i] - last) * (y[i] - last) / g;
                logs += log(g);
                changes++;
            }
            last = y[i];
            at = i;
        }
        const char *const words[] = { "arima-order", "0,1,0", "horizon", "3", NULL };
        fit_values(c, &r, y, 40, words, 0);
        near(nf_result_f64(&r, "loglik"), -changes / 2 * (log(2 * M_PI * sum / changes) + 1) - logs / 2, 1e-10);
        near(nf_result_f64(&r, "sigma2"), sum / changes, 1e-10);
        near(element(&r, "mean", 2), y[39], 1e-12);
        near(element(&r, "hi95", 2), y[39] + 1.959963984540054 * sqrt(3 * sum / changes), 1e-10);
    }
    nf_ctx_free(c);
}

/* The density of a zero-mean first-order process, from its covariances, where it was fitted. */
static double written_out(const double *y, size_t n, double ar, double ma, double *sigma2)
{
    double L[12][12], v[12], log_det = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            size_t k = i - j;
            double g = k ? pow(ar, (double)k - 1) * (1 + ar * ma) * (ar + ma) : 1 + 2 * ar * ma + ma * ma;
            L[i][j] = g / (1 - ar * ar);
        }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            for (size_t k = 0; k < j; k++) L[i][j] -= L[i][k] * L[j][k];
            L[i][j] = i == j ? sqrt(L[i][i]) : L[i][j] / L[j][j];
        }
        v[i] = y[i];
        for (size_t k = 0; k < i; k++) v[i] -= L[i][k] * v[k];
        v[i] /= L[i][i];
        sum += v[i] * v[i];
        log_det += 2 * log(L[i][i]);
    }
    *sigma2 = sum / (double)n;
    return -(double)n / 2 * (log(2 * M_PI * *sigma2) + 1) - log_det / 2;
}

TEST(likelihood_is_the_density_written_out)
{
    nf_ctx *c = nf_ctx_new(NULL);
    const char *const words[] = { "arima-order", "1,0,1", "arima-constant", "no", NULL };
    for_all(seed, 40) {
        nf_result r;
        double y[12], sigma2;
        uint64_t s = seed * 5 + 1;
        for (size_t i = 0; i < 12; i++) y[i] = rnd_unit(&s) - 0.5 + (i ? 0.4 * y[i - 1] : 0);
        fit_values(c, &r, y, 12, words, 0);
        double ar = element(&r, "ar", 0), ma = element(&r, "ma", 0), got = nf_result_f64(&r, "loglik");
        if (fabs(ar) > 0.999) continue;            /* a root at the edge: the covariances lose their digits */
        near(got, written_out(y, 12, ar, ma, &sigma2), 1e-7);
        near(nf_result_f64(&r, "sigma2"), sigma2 * 12 / 10, 1e-7);
        for (double a = -0.9; a < 0.95; a += 0.3)
            for (double b = -0.9; b < 0.95; b += 0.3)
                if (fabs(a + b) > 0.01) ok(written_out(y, 12, a, b, &sigma2) <= got + 1e-6);
    }
    nf_ctx_free(c);
}

TEST(what_cannot_be_fitted_says_so)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    double y[30];
    const char *const season[] = { "arima-order", "0,1,1", "arima-season", "0,1,1", NULL };
    const char *const line[] = { "arima-order", "0,2,1", NULL }, *const logs[] = { "arima-log", "yes", NULL };
    for (size_t i = 0; i < 30; i++) y[i] = (double)i;
    fit_values(c, &r, y, 30, line, 0);
    assert_int_equal(r.status, NF_NOT_APPLICABLE);
    fit_values(c, &r, y, 30, logs, 0);
    assert_int_equal(r.status, NF_NOT_APPLICABLE);
    fit_values(c, &r, y, 15, season, 12);
    assert_int_equal(r.status, NF_TOO_FEW);
    for (size_t i = 0; i < 30; i++) y[i] = i % 4 ? (double)(i * i % 7) : NAN;
    fit_values(c, &r, y + 1, 29, season, 4);       /* one season was never seen */
    assert_int_equal(r.status, NF_NOT_APPLICABLE);
    for (size_t i = 0; i < 30; i++) y[i] = (double)i;
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "arima", NULL);
    for (size_t k = 0; k < 6; k++) {
        static const char *const bad[] = { "1,1", "1,1,1,", "a,b,c", "99,0,0", "1,3,1", "" };
        const char *const words[] = { "arima-order", bad[k], NULL };
        nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = 30 } };
        nf_value *opt;
        ok(nf_options(c, &opt, &m->row, words) != NF_OK || nf_fit(c, &r, m, &s, 1, opt, NULL) == NF_EINVAL);
    }
    nf_ctx_free(c);
}
