/* censored_test.c - values known only to be below a limit: against NADA, all permutations, and the plain methods. */
#include "method.h"
#include "test.h"

enum { MOST = 64 };
typedef struct { nf_series series; nf_meta meta; double y[MOST], t[MOST]; uint16_t status[MOST]; } limited;

static void set_up(limited *l, size_t n)
{
    memset(l, 0, sizeof *l);
    l->meta.key = "limited";
    for (size_t i = 0; i < n; i++) l->t[i] = (double)i + 1;
    l->series = (nf_series){ .meta = &l->meta, .y = l->y, .status = l->status,
                             .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = n, .num = l->t } };
}

static void fit(nf_ctx *c, nf_result *r, const char *name, const limited *l, const char *option, const char *value)
{
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), name, NULL);
    const char *const words[] = { option, value, NULL };
    nf_value *opt;
    ok(m);
    assert_int_equal(nf_options(c, &opt, &m->row, option ? words : NULL), NF_OK);
    assert_int_equal(nf_fit(c, r, m, &l->series, 1, opt, NULL), NF_OK);
}

/* NADA 1.6.1.1, cenken(value, censored, t), an invented series of lognormal values with one limit at 2. */
TEST(nada_gives_the_same)
{
    static const double y[] = { 3.15836, 2.04317, 4.92679, 4.21053, 8.01545, 4.63467, 2, 2.80699, 10.1546, 9.6419,
        4.75864, 3.48836, 4.43636, 3.50054, 3.74571, 4.14298, 7.68305, 3.79422, 3.74259, 3.421, 10.4279, 4.6604,
        9.43639,
        9.51581, 6.39642, 3.85833, 9.90986, 8.21452, 2.78204, 10.424, 5.54047, 9.69063, 3.34502, 2.20491, 9.17681,
        4.38105, 4.97068, 10.1803, 4.48376, 4.12668 };
    limited l;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&l, 40);
    memcpy(l.y, y, sizeof y);
    l.status[6] = NF_BELOW_LIMIT;
    fit(c, &r, "akritas-theil-sen", &l, "ats", "cenken");
    near(nf_result_f64(&r, "slope"), 0.0369418180751793, 1e-12);
    near(nf_result_f64(&r, "intercept"), 3.84768000234605, 1e-12);
    near(nf_result_f64(&r, "tau_a"), 0.158974358974359, 1e-12);
    near(nf_result_f64(&r, "p"), 0.151835761826554, 1e-12);
    ok(nf_result_f64(&r, "level_lo") < 0.03694 && 0.03694 < nf_result_f64(&r, "level_hi"));
    ok(!(r.flags & NF_F_BELOW_LIMIT));
    fit(c, &r, "censored-mann-kendall", &l, NULL, NULL);
    near(nf_result_f64(&r, "S"), 124, 0);
    near(nf_result_f64(&r, "p"), 0.151835761826554, 1e-12);
    fit(c, &r, "sen", &l, NULL, NULL);
    ok(r.flags & NF_F_BELOW_LIMIT);
    nf_ctx_free(c);
}

/* +1 where the later of two is known to be greater. */
static int known(double a, bool below_a, double b, bool below_b)
{
    if (below_a && below_b) return 0;
    if (below_a) return b >= a;
    if (below_b) return -(a >= b);
    return (b > a) - (b < a);
}

static int score(const limited *l, double slope)
{
    int S = 0;
    for (size_t i = 0; i < l->series.t.n; i++)
        for (size_t j = i + 1; j < l->series.t.n; j++)
            if (l->t[j] > l->t[i])
                S += known(l->y[i] - slope * l->t[i], l->status[i], l->y[j] - slope * l->t[j], l->status[j]);
    return S;
}

static void invent(limited *l, size_t n, uint64_t seed)
{
    uint64_t s = seed * 9 + 4;
    set_up(l, n);
    for (size_t i = 0; i < n; i++) {
        l->y[i] = (double)(rnd(&s) % 12) + 0.5 * (double)i;
        l->status[i] = rnd(&s) % 3 ? 0 : NF_BELOW_LIMIT;
        if (l->status[i]) l->y[i] = 2.0 + 2.0 * (double)(rnd(&s) % 3);
    }
}

TEST(score_and_slope_are_those_of_every_pair)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 60) {
        limited l;
        nf_result r;
        invent(&l, 5 + seed % 40, seed);
        fit(c, &r, "censored-mann-kendall", &l, NULL, NULL);
        near(nf_result_f64(&r, "S"), score(&l, 0), 0);
        fit(c, &r, "akritas-theil-sen", &l, NULL, NULL);
        double lo = nf_result_f64(&r, "level_lo"), hi = nf_result_f64(&r, "level_hi");
        if (r.status == NF_NOT_APPLICABLE) continue;
        ok(score(&l, lo - 1e-9) > 0 && score(&l, hi + 1e-9) < 0);
        if (hi - lo > 1e-8) ok(score(&l, lo + 1e-9) == 0 && score(&l, hi - 1e-9) == 0);
        near(nf_result_f64(&r, "slope"), (lo + hi) / 2, 1e-12);
    }
    nf_ctx_free(c);
}

static void swap(limited *l, size_t i, size_t j)
{
    double y = l->y[i];
    uint16_t s = l->status[i];
    l->y[i] = l->y[j], l->status[i] = l->status[j];
    l->y[j] = y, l->status[j] = s;
}

/* Heap's algorithm: the square of the score over all orders of the values. */
static double squares(limited *l, size_t k)
{
    if (k == 1) {
        double S = score(l, 0);
        return S * S;
    }
    double sum = squares(l, k - 1);
    for (size_t i = 0; i + 1 < k; i++) {
        swap(l, k % 2 ? 0 : i, k - 1);
        sum += squares(l, k - 1);
    }
    return sum;
}

TEST(variance_is_that_of_all_permutations)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 12) {
        limited l;
        nf_result r;
        invent(&l, 6, seed);
        if (seed % 2) l.t[3] = l.t[2];
        fit(c, &r, "censored-mann-kendall", &l, NULL, NULL);
        near(nf_result_f64(&r, "var_S"), squares(&l, 6) / 720, 1e-12);
    }
    nf_ctx_free(c);
}

TEST(without_limits_they_are_the_plain_methods)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 30) {
        limited l;
        nf_result r, q;
        invent(&l, 12 + seed, seed);
        memset(l.status, 0, sizeof l.status);
        fit(c, &r, "akritas-theil-sen", &l, NULL, NULL);
        fit(c, &q, "sen", &l, NULL, NULL);
        near(nf_result_f64(&r, "slope"), nf_result_f64(&q, "slope"), 1e-12);
        fit(c, &r, "censored-mann-kendall", &l, NULL, NULL);
        fit(c, &q, "mann-kendall", &l, "mk", "normal");
        near(nf_result_f64(&r, "var_S"), nf_result_f64(&q, "var_S"), 1e-12);
        near(nf_result_f64(&r, "p"), nf_result_f64(&q, "p"), 1e-10);
        near(nf_result_f64(&r, "tau_b"), nf_result_f64(&q, "tau_b"), 1e-12);
    }
    nf_ctx_free(c);
}

TEST(a_median_below_all_values_is_left_empty)
{
    limited l;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&l, 6);
    for (size_t i = 0; i < 6; i++) l.y[i] = i == 0 || i == 5 ? 7 : 5;
    for (size_t i = 1; i < 5; i++) l.status[i] = NF_BELOW_LIMIT;
    fit(c, &r, "akritas-theil-sen", &l, NULL, NULL);
    ok(r.status == NF_FINE && isnan(nf_result_f64(&r, "intercept")) && nf_result_f64(&r, "n_limits") == 4);
    for (size_t i = 0; i < 6; i++) l.status[i] = NF_BELOW_LIMIT;
    fit(c, &r, "akritas-theil-sen", &l, NULL, NULL);
    assert_int_equal(r.status, NF_NOT_APPLICABLE);
    fit(c, &r, "censored-mann-kendall", &l, NULL, NULL);
    assert_int_equal(r.status, NF_CONSTANT);
    near(nf_result_f64(&r, "p"), 1, 0);
    nf_ctx_free(c);
}
