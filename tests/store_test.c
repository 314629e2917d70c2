/* store_test.c - what goes into a store comes out of it, as it was known at any time. */
#include "store/store.h"
#include "store_world.h"

static int64_t day(const char *text)
{
    int64_t known = 0;
    nf_ctx *c = nf_ctx_new(NULL);
    ok(nf_known_parse(c, &known, text) == NF_OK);
    nf_ctx_free(c);
    return known;
}

/* Shijiazhuang's GDP of 2020, 亿元: 5935.1 in the bulletin of January 2022, 6045.9 after the fifth economic census. */
static void load_gdp(nf_ctx *c, nf_store *s, int year, double value, const char *published, nf_receipt *r)
{
    nf_intake *in;
    uint32_t gdp;
    nf_period p = { year, NF_YEAR, 1 };
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "bulletins", .file = "gdp.csv",
                                                      .now = 1000 }) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "sjz_gdp", .unit = "亿元", .title = { "GDP", "生产总值" } }, NF_YEAR,
                        &gdp) == NF_OK);
    ok(nf_intake_put(in, gdp, p, value, 0, day(published), 2) == NF_OK);
    ok(nf_intake_finish(in, NULL, 0, r) == NF_OK);
}

static double gdp_as_of(nf_ctx *c, nf_store *s, const char *date)
{
    nf_series out;
    int found = nf_source_get(nf_store_source(s), c, "sjz_gdp", date ? day(date) : 0, &out);
    ok(found >= 0);
    if (!found) return NAN;
    same(out.meta->unit, "亿元");
    same(out.meta->title.zh, "生产总值");
    ok(out.t.n == 1 && out.t.start.ord == 2020 && out.t.start.freq == NF_YEAR);
    return out.y[0];
}

static void gdp_check(nf_ctx *c, nf_store *s)
{
    near(gdp_as_of(c, s, "2022-01-18"), NAN, 0);
    near(gdp_as_of(c, s, "2022-01-19"), 5935.1, 0);
    near(gdp_as_of(c, s, "2024-01-31"), 5935.1, 0);
    near(gdp_as_of(c, s, "2026-01-31"), 6045.9, 0);
    near(gdp_as_of(c, s, NULL), 6045.9, 0);
}

TEST(a_figure_is_known_from_its_publication_on)
{
    nf_ctx *c = nf_ctx_new(NULL);
    char *path = scratch_path("gdp.db");
    nf_store *s;
    nf_receipt r;
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    load_gdp(c, s, 2020, 5935.1, "2022-01-19", &r);
    ok(r.added == 1 && r.revised == 0 && r.unchanged == 0 && r.series == 1 && r.rows == 1);
    load_gdp(c, s, 2020, 5935.1, "2023-02-01", &r);              /* said again: no revision */
    ok(r.added == 0 && r.revised == 0 && r.unchanged == 1);
    load_gdp(c, s, 2020, 6045.9, "2026-01-20", &r);
    ok(r.added == 0 && r.revised == 1);
    gdp_check(c, s);
    nf_store_close(s);
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK);
    gdp_check(c, s);
    ok(nf_store_count(s) == 1);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(a_cursor_that_has_ended_stays_ended)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_receipt r;
    nf_cursor cursor;
    nf_series one;
    ok(nf_store_open(c, &s, scratch_path("ended.db"), NF_STORE_CREATE) == NF_OK);
    load_gdp(c, s, 2020, 5935.1, "2022-01-19", &r);
    nf_source source = nf_store_source(s);
    ok(source.find(source.self, c, &(nf_query){ 0 }, &cursor) == NF_OK);
    ok(cursor.next(cursor.cur, c, &one) == 1);
    for (int i = 0; i < 3; i++) ok(cursor.next(cursor.cur, c, &one) == 0);
    cursor.close(cursor.cur);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(loads_may_come_in_any_order_of_publication)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_receipt r;
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    load_gdp(c, s, 2020, 6045.9, "2026-01-20", &r);
    load_gdp(c, s, 2020, 5935.1, "2022-01-19", &r);
    ok(r.added == 1);
    gdp_check(c, s);
    load_gdp(c, s, 2020, 5935.1, "2022-01-19", &r);
    ok(r.unchanged == 1 && r.added + r.revised == 0);
    nf_store_close(s);
    nf_ctx_free(c);
}

/* ---- against a plain model: random loads, random questions ---- */

static void ask(nf_ctx *c, nf_store *s, const world *w, int64_t known)
{
    nf_cursor cur;
    nf_series got;
    size_t series = 0;
    nf_source from = nf_store_source(s);
    ok(from.find(from.self, c, &(nf_query){ .known = known }, &cur) == NF_OK);
    int rc;
    while ((rc = cur.next(cur.cur, c, &got)) > 0) {
        world_same(w, &got, known);
        world_origins_same(c, s, w, &got, known);
        series++;
    }
    ok(rc == 0);
    cur.close(cur.cur);
    ok(series == world_series(w, known));
}

static void world_run(uint64_t seed, int loads, int size)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    uint64_t r = seed * 977 + 1;
    world *w = world_new(&r);
    char *path = seed % 10 ? ":memory:" : scratch_path("world.db");
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    for (int i = 0; i < loads; i++) {
        nf_receipt receipt = { 0 };
        world_counts want = world_load(w, c, s, &r, (int)(rnd(&r) % (uint64_t)size), &receipt);
        if (receipt.added != want.added || receipt.revised != want.revised || receipt.unchanged != want.unchanged)
            fail_msg("CASE=%llu load %d: %zu/%zu/%zu, expected %zu/%zu/%zu", (unsigned long long)seed, i, receipt.added,
                     receipt.revised, receipt.unchanged, want.added, want.revised, want.unchanged);
        for (int k = 0; k < 3; k++) {
            size_t mark = nf_mark(c);
            ask(c, s, w, k ? world_time(&r) : 0);
            nf_release(c, mark);
        }
    }
    nf_store_close(s);
    world_free(w);
    nf_ctx_free(c);
}

TEST(small_random_loads_answer_as_a_plain_model_does) { for_all(seed, 60) world_run(seed, 8, 40); }
TEST(large_random_loads_answer_as_a_plain_model_does) { for_all(seed, 3) world_run(seed, 4, 30000); }
