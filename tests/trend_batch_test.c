/* trend_batch_test.c - rows in input order whatever the threads, nothing allocated once warm, p adjusted over all. */
#include "method.h"
#include "test.h"

/* ---- counting allocations: glibc lets a program put its own malloc in front ---- */

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNTS 1
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
static long allocations;
void *malloc(size_t n) { __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED); return __libc_malloc(n); }
void *calloc(size_t n, size_t m) { __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED); return __libc_calloc(n, m); }
void *realloc(void *p, size_t n) { __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED); return __libc_realloc(p, n); }
#endif

enum { MANY = 4000, POINTS = 30 };
static nf_series series[MANY];
static nf_meta meta[MANY];
static char key[MANY][16];
static double y[MANY][POINTS];

static nf_series_list invent(size_t n, uint64_t seed)
{
    uint64_t s = seed;
    for (size_t i = 0; i < n; i++) {
        snprintf(key[i], sizeof key[i], "s%05zu", i);
        meta[i] = (nf_meta){ .key = key[i] };
        for (size_t k = 0; k < POINTS; k++) y[i][k] = rint(1000 * rnd_unit(&s)) / 10 + (i % 3 ? 0 : (double)k);
        if (i % 5 == 0) y[i][rnd(&s) % POINTS] = NAN;
        series[i] = (nf_series){ .meta = &meta[i], .y = y[i],
                                 .t = { .start = { 1990, NF_YEAR, 1 }, .step = 1, .n = i % 7 ? POINTS : i % 4 } };
    }
    return (nf_series_list){ series, n };
}

static nf_job job_of(const nf_method *const *m, size_t n, int jobs)
{
    return (nf_job){ .method = m, .n_method = n, .set = nf_setting_default(), .jobs = jobs };
}

static const nf_method *method(const char *name) { return nf_row_find(NF_TABLE(nf_methods), name, NULL); }

static int count_rows(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c, (void)v;
    ++*(size_t *)self;
    return NF_OK;
}
static int begin_nothing(void *self, nf_ctx *c, const char *t, const nf_field *f)
{
    (void)self, (void)c, (void)t, (void)f; return NF_OK;
}
static int end_nothing(void *self, nf_ctx *c, int rc) { (void)self, (void)c; return rc; }
static nf_sink counter(size_t *n) { return (nf_sink){ begin_nothing, count_rows, end_nothing, n }; }

#ifdef COUNTS
static long cost(size_t n, int jobs)
{
    const nf_method *m[] = { method("mann-kendall"), method("sen"), method("prewhite"), method("ols") };
    nf_series_list list = invent(n, 5);
    nf_job job = job_of(m, 4, jobs);
    nf_ctx *c = nf_ctx_new(NULL);
    size_t rows = 0;
    nf_value *opt[4];
    for (int i = 0; i < 4; i++) ok(nf_options(c, &opt[i], &m[i]->row, NULL) == NF_OK);
    job.opt = (const nf_value *const *)opt;
    long before = allocations;
    ok(nf_batch(c, nf_source_of(&list), &(nf_query){ 0 }, &job, counter(&rows)) == NF_OK);
    long after = allocations;
    assert_int_equal(rows, 4 * n);
    nf_ctx_free(c);
    return after - before;
}

TEST(a_warm_batch_allocates_nothing_per_series)
{
    assert_int_equal(cost(1000, 1), cost(4000, 1));
}
#endif

static void same_rows(const nf_rows *a, const nf_rows *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < a->cols; k++) {
            const nf_value *p = &a->row[i][k], *q = &b->row[i][k];
            if (a->field[k].type == NF_WORD) { if (!(p->s == q->s
                                                     || (p->s && q->s && !strcmp(p->s,
                                                             q->s)))) fail_msg("row %zu %s %s %s: %s not %s", i,
                                                                     a->row[i][0].s, a->row[i][1].s, a->field[k].name,
                                                                     q->s, p->s); }
            else if (a->field[k].type == NF_F64) ok(memcmp(&p->f, &q->f, 8) == 0);
            else if (a->field[k].type == NF_TIME) ok(p->t.ord == q->t.ord && p->t.span == q->t.span);
            else ok(p->i == q->i);
        }
}

static void run(nf_ctx *c, nf_rows *rows, size_t n, int jobs, nf_isa isa)
{
    const nf_method *m[] = { method("mann-kendall"), method("sen"), method("block-bootstrap-mann-kendall"),
                             method("regional-mann-kendall") };
    nf_series_list list = invent(n, 9);
    nf_job job = job_of(m, 4, jobs);
    job.set.isa = isa;
    *rows = (nf_rows){ .ctx = c };
    ok(nf_batch(c, nf_source_of(&list), &(nf_query){ 0 }, &job, nf_sink_rows(rows)) == NF_OK);
}

TEST(rows_do_not_depend_on_threads_or_instruction_set)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_rows one, other;
    run(c, &one, 700, 1, NF_ISA_BEST);
    assert_int_equal(one.n, 3 * 700 + 1);
    same(one.row[3][0].s, "s00001");
    same(one.row[one.n - 1][0].s, "*");
    for (int jobs = 2; jobs <= 5; jobs++) {
        run(c, &other, 700, jobs, NF_ISA_BEST);
        same_rows(&one, &other);
    }
    for (nf_isa isa = NF_ISA_SCALAR; isa <= NF_ISA_AVX512; isa++) {
        run(c, &other, 700, 2, isa);
        same_rows(&one, &other);
    }
    nf_ctx_free(c);
}

TEST(wide_rows_go_to_a_sink_per_method)
{
    const nf_method *m[] = { method("mann-kendall"), method("sen") };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series_list list = invent(50, 3);
    nf_rows rows[2] = { { .ctx = c }, { .ctx = c } };
    nf_sink sinks[2] = { nf_sink_rows(&rows[0]), nf_sink_rows(&rows[1]) };
    nf_job job = job_of(m, 2, 2);
    ok(nf_batch_wide(c, nf_source_of(&list), &(nf_query){ 0 }, &job, sinks) == NF_OK);
    ok(rows[0].n == 50 && rows[1].n == 50);
    ok(nf_field_index(rows[0].field, "tau_b") >= 0 && nf_field_index(rows[1].field, "n_slopes") >= 0);
    same(rows[1].table, "sen");
    nf_ctx_free(c);
}

/* ---- failures ---- */

typedef struct { size_t at, bad; int closed; bool over; } failing;
static int next_or_fail(void *cur, nf_ctx *c, nf_series *out)
{
    failing *f = cur;
    ok(!f->over);                                  /* a cursor is not asked again after its end */
    f->over = f->at >= f->bad;
    if (f->bad == 700 && f->over) return 0;
    if (f->at == f->bad) {
        nf_fail(c, NF_EDATA, "bad cell");
        return nf_at(c, "a.csv", 7, 2);
    }
    *out = series[f->at++];
    return 1;
}
static void close_once(void *cur) { ((failing *)cur)->closed++; }
static int find_failing(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    (void)c, (void)q;
    *out = (nf_cursor){ next_or_fail, close_once, self };
    return NF_OK;
}

TEST(a_failing_source_sends_what_came_before_and_keeps_its_place)
{
    for (int jobs = 1; jobs <= 3; jobs++) {
        const nf_method *m[] = { method("mann-kendall") };
        nf_ctx *c = nf_ctx_new(NULL);
        size_t rows = 0;
        failing f = { .bad = 600 };
        nf_job job = job_of(m, 1, jobs);
        invent(1000, 4);
        ok(nf_batch(c, (nf_source){ find_failing, &f }, &(nf_query){ 0 }, &job, counter(&rows)) == NF_EDATA);
        assert_int_equal(rows, 600);
        same(nf_last(c)->what, "bad cell");
        ok(nf_last(c)->line == 7 && f.closed == 1);
        nf_ctx_free(c);
    }
}

TEST(a_cursor_is_asked_once_for_its_end)
{
    for (int jobs = 1; jobs <= 3; jobs++) {
        const nf_method *m[] = { method("mann-kendall") };
        nf_ctx *c = nf_ctx_new(NULL);
        size_t rows = 0;
        failing f = { .bad = 700 };
        nf_job job = job_of(m, 1, jobs);
        invent(1000, 4);
        ok(nf_batch(c, (nf_source){ find_failing, &f }, &(nf_query){ 0 }, &job, counter(&rows)) == NF_OK);
        assert_int_equal(rows, 700);
        nf_ctx_free(c);
    }
}

/* ---- many tests at once ---- */

/* Benjamini and Hochberg 1995, the fifteen p values of their example; R p.adjust. */
static const double bh15[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
                               .6528, .7590, 1 };

TEST(adjusted_p_agree_with_p_adjust)
{
    static const double bh[] = { .0015, .003, .0095, .035625, .0603, .0638571428571429, .0638571428571429, .0645, .0765,
                                 .486,
                                 .581181818181818, .714875, .753230769230769, .813214285714286, 1 };
    static const double by[] = { .00497734348984349, .00995468697968698, .0315231754356754, .118211907883783,
                                 .200089208291708,
                                 .211892622853337, .211892622853337, .21402577006327, .253844517982018, 1, 1, 1, 1, 1,
                                 1 };
    static const double holm[] = { .0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1, 1, 1 };
    static const double *const want[] = { bh, by, holm };
    nf_ctx *c = nf_ctx_new(NULL);
    for (int how = NF_ADJUST_BH; how <= NF_ADJUST_HOLM; how++) {
        double p[16];
        memcpy(p, bh15, sizeof bh15);
        p[15] = NAN;
        ok(nf_adjust(c, p, 16, (nf_adjustment)how) == NF_OK);
        for (int i = 0; i < 15; i++) near(p[i], want[how - 1][i], 1e-13);
        ok(isnan(p[15]));
    }
    nf_ctx_free(c);
}

typedef struct { char bytes[1 << 20]; size_t put, got; } buffer;
static int put(void *self, nf_ctx *c, const void *p, size_t n)
{
    buffer *b = self;
    if (b->put + n > sizeof b->bytes) return nf_fail(c, NF_EIO, "full");
    memcpy(b->bytes + b->put, p, n);
    b->put += n;
    return NF_OK;
}
static int again(void *self, nf_ctx *c) { (void)c; ((buffer *)self)->got = 0; return NF_OK; }
static int get(void *self, nf_ctx *c, void *p, size_t n)
{
    (void)c;
    buffer *b = self;
    memcpy(p, b->bytes + b->got, n);
    b->got += n;
    return NF_OK;
}

TEST(the_adjusting_sink_changes_p_adj_alone)
{
    static buffer aside;
    const nf_method *m[] = { method("mann-kendall"), method("sen") };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series_list list = invent(300, 2);
    nf_rows plain = { .ctx = c }, adjusted = { .ctx = c };
    nf_job job = job_of(m, 2, 2);
    nf_sink to;
    double p[300];
    ok(nf_batch(c, nf_source_of(&list), &(nf_query){ 0 }, &job, nf_sink_rows(&plain)) == NF_OK);
    to = nf_sink_rows(&adjusted);
    ok(nf_sinks_adjusted(c, &to, 1, NF_ADJUST_BH, (nf_aside){ put, again, get, &aside }) == NF_OK);
    ok(nf_batch(c, nf_source_of(&list), &(nf_query){ 0 }, &job, to) == NF_OK);
    int at = nf_field_index(plain.field, "p_adj"), p_at = nf_field_index(plain.field, "p");
    for (size_t i = 0; i < 300; i++) p[i] = plain.row[2 * i][p_at].f;
    ok(nf_adjust(c, p, 300, NF_ADJUST_BH) == NF_OK);
    for (size_t i = 0; i < 300; i++) {
        near(adjusted.row[2 * i][at].f, p[i], 0);
        ok(isnan(adjusted.row[2 * i + 1][at].f));  /* sen has no p */
        plain.row[2 * i][at].f = adjusted.row[2 * i][at].f;
        plain.row[2 * i + 1][at].f = adjusted.row[2 * i + 1][at].f;
    }
    same_rows(&plain, &adjusted);
    aside.put = sizeof aside.bytes;
    to = nf_sink_rows(&(nf_rows){ .ctx = c });
    ok(nf_sinks_adjusted(c, &to, 1, NF_ADJUST_BH, (nf_aside){ put, again, get, &aside }) == NF_OK);
    ok(nf_batch(c, nf_source_of(&list), &(nf_query){ 0 }, &job, to) == NF_EIO);
    nf_ctx_free(c);
}
