/* trend_method_test.c - what every method must do: the properties its fields claim, and an answer for any data. */
#include "method.h"
#include "test.h"

enum { N = 48 };
typedef struct { nf_series series; nf_meta meta; double y[N]; double t[N]; } bench;

static void set_up(bench *b, const char *key, nf_freq freq, size_t n)
{
    memset(b, 0, sizeof *b);
    b->meta.key = key;
    for (size_t i = 0; i < N; i++) b->t[i] = (double)i + 1;
    b->series = (nf_series){ .meta = &b->meta, .y = b->y,
                             .t = { .start = { freq == NF_NUMBER ? 1 : 24000, (int32_t)freq, 1 }, .step = 1, .n = n } };
}

/* Whole numbers, so that scaling by powers of two is exact. */
static void invent(bench *b, uint64_t seed)
{
    uint64_t s = seed * 77 + 5;
    double last = 0;
    for (size_t i = 0; i < N; i++) {
        last = 0.5 * last + (double)(rnd(&s) % 400);
        b->y[i] = rint(last + 3 * (double)i);
        if (rnd(&s) % 9 == 0) b->y[i] = NAN;
    }
}

/* One series, or two alike for methods over many. */
static void fit(nf_ctx *c, nf_result *r, const nf_method *m, const bench *b, const nf_setting *set)
{
    nf_series in[2] = { b->series, b->series };
    double other[N];
    for (size_t i = 0; i < N; i++) other[i] = i % 3 ? b->y[i] : b->y[N - 1 - i];
    in[1].y = other;
    assert_int_equal(nf_fit(c, r, m, in, m->min_in, NULL, set), NF_OK);
}

static nf_setting monthly(void)
{
    nf_setting set = nf_setting_default();
    set.season_length = 12;
    return set;
}

static double wanted(const nf_field *f, double v, double a, double b, double c)
{
    switch (f->dim) {
    case NF_OF_Y: return a * v + b;
    case NF_OF_DY: return a * v;
    case NF_OF_DY2: return a * a * v;
    case NF_OF_Y_PER_T: return a * v / c;
    case NF_OF_T: return c * v;
    default: return v;
    }
}

static void compare(const nf_method *m, const nf_result *r, const nf_result *q, double a, double b, double c)
{
    assert_int_equal(r->status, q->status);
    for (size_t i = 0; m->out[i].type != NF_END; i++) {
        const nf_field *f = &m->out[i];
        if (f->type != NF_F64 || f->dim == NF_FREE) continue;
        double want = wanted(f, r->v[i].f, a, b, c), got = q->v[i].f;
        if (!(isnan(want) && isnan(got)) && !(fabs(got - want) <= 1e-9 * fabs(want) + 1e-12 * fabs(a)))
            fail_msg("%s.%s: %.17g, expected %.17g", m->row.name, f->name, got, want);
    }
}

TEST(fields_answer_to_scale_and_shift_as_they_say)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (const nf_method *const *m = nf_methods; *m; m++)
        for_all(seed, 8) {
            bench b;
            nf_result r, q;
            nf_setting set = monthly(), day = set;
            set_up(&b, "scaled", NF_MONTH, N);
            invent(&b, seed);
            fit(c, &r, *m, &b, &set);
            for (size_t i = 0; i < N; i++) b.y[i] = 4 * b.y[i] + 1024;
            fit(c, &q, *m, &b, &set);
            compare(*m, &r, &q, 4, 1024, 1);
            day.per = NF_PER_MONTH;
            for (size_t i = 0; i < N; i++) b.y[i] = (b.y[i] - 1024) / 4;
            fit(c, &q, *m, &b, &day);
            compare(*m, &r, &q, 1, 0, 12);
        }
    nf_ctx_free(c);
}

TEST(rows_in_any_order_and_absent_instead_of_empty_give_the_same)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (const nf_method *const *m = nf_methods; *m; m++) {
        bench b;
        nf_result r, q;
        nf_setting set = monthly();
        uint64_t s = 3;
        set_up(&b, "order", NF_NUMBER, N);
        invent(&b, 11);
        b.y[0] = 7;
        b.y[1] = 70;
        b.y[N - 1] = 300;
        b.series.t.num = b.t;
        fit(c, &r, *m, &b, &set);
        for (size_t i = N - 1; i > 0; i--) {
            size_t j = rnd(&s) % (i + 1);
            double y = b.y[i], t = b.t[i];
            b.y[i] = b.y[j], b.t[i] = b.t[j];
            b.y[j] = y, b.t[j] = t;
        }
        if ((*m)->min_in == 1) {
            fit(c, &q, *m, &b, &set);
            compare(*m, &r, &q, 1, 0, 1);
        }
        size_t k = 0;
        for (size_t i = 0; i < N; i++)
            if (!isnan(b.y[i])) b.y[k] = b.y[i], b.t[k++] = b.t[i];
        b.series.t.n = k;
        if ((*m)->min_in > 1) continue;
        fit(c, &q, *m, &b, &set);
        compare(*m, &r, &q, 1, 0, 1);
    }
    nf_ctx_free(c);
}

/* Whatever the data: a status, no error, no NaN in p beside its log10, p within (0, 1]. */
static void sane(const nf_method *m, const nf_result *r)
{
    ok(*nf_status_name(r->status));
    double p = nf_result_f64(r, "p"), log10_p = nf_result_f64(r, "log10_p");
    if (!isnan(p)) ok(p >= 0 && p <= 1);
    if (nf_field_index(m->out, "log10_p") >= 0) ok(isnan(p) == isnan(log10_p) && !(p == 0 && !(log10_p < -300)));
    for (size_t i = 0; m->out[i].type != NF_END; i++) {
        if (m->out[i].type == NF_F64) ok(!isinf(r->v[i].f));
        for (size_t j = 0; m->out[i].type == NF_ARRAY && r->v[i].a.v && j < r->v[i].a.n; j++)
            ok(!isinf(r->v[i].a.v[j]));
    }
}

TEST(any_data_have_an_answer)
{
    static const size_t sizes[] = { 0, 1, 2, 3, 4, 5, 6, 8, 13, N };
    nf_ctx *c = nf_ctx_new(NULL);
    for (const nf_method *const *m = nf_methods; *m; m++)
        for (int kind = 0; kind < 8; kind++)
            for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                bench b;
                nf_result r;
                nf_setting set = nf_setting_default();
                uint64_t s = k + 1;
                set_up(&b, "any", kind % 2 ? NF_MONTH : NF_NUMBER, sizes[k]);
                for (size_t i = 0; i < N; i++) {
                    double u = rnd_unit(&s);
                    b.y[i] = kind == 0 ? 0.1 : kind == 1 ? NAN : kind == 2 ? 1e300 * (u - .5) : kind == 3
                        ? 4.9e-324 * (double)(i % 3)
                             : kind == 4 ? 1e15 + (double)i : kind == 5 ? (double)i : kind == 6 ? (double)(i % 2) : u;
                    if (kind == 6) b.t[i] = floor((double)i / 3);
                }
                if (kind == 6) b.series.t.num = b.t;
                fit(c, &r, *m, &b, &set);
                sane(*m, &r);
                if (sizes[k] == 0) assert_int_equal(r.status, NF_TOO_FEW);
                if (kind == 1 && sizes[k]) assert_int_equal(r.status, NF_ALL_MISSING);
            }
    nf_ctx_free(c);
}

static const nf_method *method(const char *name) { return nf_row_find(NF_TABLE(nf_methods), name, NULL); }

TEST(p_goes_on_below_underflow)
{
    enum { MANY = 4000 };
    static double y[MANY];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    for (size_t i = 0; i < MANY; i++) y[i] = (double)i + (i % 2 ? 0.5 : 0);
    nf_series s = { .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = MANY } };
    assert_int_equal(nf_fit(c, &r, method("mann-kendall"), &s, 1, NULL, NULL), NF_OK);
    ok(nf_result_f64(&r, "log10_p") < -1500);
    same(nf_trend_word(&r, 0.05), "increasing");
    nf_ctx_free(c);
}

TEST(constant_is_degenerate_with_p_1)
{
    bench b;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&b, "flat", NF_NUMBER, 12);
    for (size_t i = 0; i < N; i++) b.y[i] = 0.1;
    fit(c, &r, method("mann-kendall"), &b, NULL);
    near(nf_result_f64(&r, "p"), 1, 0);
    ok(r.flags & NF_F_DEGENERATE && !(r.flags & NF_F_AUTOCORRELATED) && r.status == NF_CONSTANT);
    nf_ctx_free(c);
}

/* Seven pairs of neighbours, each of one sign: all that the gaps leave to see, and it is all on one side. */
TEST(gaps_do_not_hide_autocorrelation)
{
    static const double sign[] = { 1, -1, -1, 1, 1, -1, 1 };
    bench b;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&b, "pairs", NF_NUMBER, 21);
    for (size_t i = 0; i < 21; i++) b.y[i] = i % 3 == 2 ? NAN : sign[i / 3] + 0.1 * (double)(i % 5);
    fit(c, &r, method("mann-kendall"), &b, NULL);
    ok(r.flags & NF_F_AUTOCORRELATED);
    nf_ctx_free(c);
}

/* p of a break says nothing of a trend. */
TEST(the_word_is_for_methods_with_a_sign)
{
    bench b;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&b, "word", NF_NUMBER, N);
    for (size_t i = 0; i < N; i++) b.y[i] = (double)i;
    fit(c, &r, method("sen"), &b, NULL);
    same(nf_trend_word(&r, 0.05), "");
    fit(c, &r, method("pettitt"), &b, NULL);
    same(nf_trend_word(&r, 0.05), "");
    fit(c, &r, method("mann-kendall"), &b, NULL);
    same(nf_trend_word(&r, 0.05), "increasing");
    for (size_t i = 0; i < N; i++) b.y[i] = -b.y[i];
    fit(c, &r, method("cox-stuart"), &b, NULL);    /* its z has no sign */
    same(nf_trend_word(&r, 0.05), "decreasing");
    nf_ctx_free(c);
}

/* scipy's permutation test of spearmanr over five values in order: 2 of 120. */
TEST(values_in_perfect_order_have_a_p)
{
    bench b;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    set_up(&b, "order", NF_NUMBER, 5);
    for (size_t i = 0; i < N; i++) b.y[i] = -(double)(i * i);
    fit(c, &r, method("spearman"), &b, NULL);
    near(nf_result_f64(&r, "p"), 2.0 / 120, 1e-15);
    same(nf_trend_word(&r, 0.05), "decreasing");
    for (size_t i = 0; i < N; i++) b.y[i] = 2.5 * (double)i;
    fit(c, &r, method("ols"), &b, NULL);           /* no error to measure a slope by, and it says so */
    ok(isnan(nf_result_f64(&r, "p")) && r.flags & NF_F_DEGENERATE);
    for (size_t i = 0; i < N; i++) b.y[i] = i % 2 ? 1.7e308 : -1.7e308;
    fit(c, &r, method("drift"), &b, NULL);
    ok(r.status == NF_FINE || r.status == NF_NOT_APPLICABLE);
    ok(r.status == NF_NOT_APPLICABLE || !isnan(nf_result_f64(&r, "drift")));
    nf_ctx_free(c);
}

TEST(an_offset_costs_the_rank_methods_no_digits)
{
    static const char *const names[] = { "hamed-rao", "yue-wang", "prewhite", "tfpw", "bcpw", "3pw", "aligned-rank" };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_setting set = monthly();
    for (uint64_t seed = 1; seed < 20; seed++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            bench b;
            nf_result near_zero, far;
            set_up(&b, "offset", NF_NUMBER, N);
            invent(&b, seed);
            for (size_t i = 0; i < N; i++) b.y[i] /= 1024;
            fit(c, &near_zero, method(names[k]), &b, &set);
            for (size_t i = 0; i < N; i++) b.y[i] += 0x1p40;
            fit(c, &far, method(names[k]), &b, &set);
            near(nf_result_f64(&far, "z"), nf_result_f64(&near_zero, "z"), 1e-9);
        }
    nf_ctx_free(c);
}

TEST(hj663_decides_by_a_strict_comparison)
{
    bench b;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_result r;
    static const double down[] = { 99, 90, 80, 70, 60 }, nearly[] = { 90, 99, 80, 70, 60 };
    set_up(&b, "pm25", NF_YEAR, 5);
    memcpy(b.y, down, sizeof down);
    fit(c, &r, method("spearman-hj663"), &b, NULL);
    near(nf_result_f64(&r, "r"), -1, 0);
    near(nf_result_f64(&r, "critical"), .9, 0);
    same(r.v[2].s, "falling");
    memcpy(b.y, nearly, sizeof nearly);
    fit(c, &r, method("spearman-hj663"), &b, NULL);
    near(nf_result_f64(&r, "r"), -.9, 1e-15);
    same(r.v[2].s, "no-change");
    nf_ctx_free(c);
}
