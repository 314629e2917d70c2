/* store_format_test.c - a store that an older ninefold made opens, moved on, with every figure, version and publisher.
 *
 * tests/golden/store_format_1.sql is the dump of a store that ninefold 0.1 made in format 1: gdp and rate with two
 * publishers, 1,500 hours and 30 of another series loaded on three days. */
#include "scratch.h"
#include "store/store.h"
#include "test.h"
#include <sqlite3.h>

/* The rows of `export --vintages` as that program printed them, and FNV-1a of their cells (series, time, value,
 * published, status). */
enum { VERSIONS = 3075 };
static const uint64_t exported = 0x6eb71f8ee5a63c07;

static void run(const char *path, const char *sql)
{
    sqlite3 *db;
    char *error = NULL;
    ok(!sqlite3_open(path, &db));
    if (sqlite3_exec(db, sql, NULL, NULL, &error)) fail_msg("%s", error);
    sqlite3_close(db);
}

static const char *old_store(const char *name)
{
    const char *path = scratch_path(name);
    FILE *f = fopen(NF_SOURCE "/tests/golden/store_format_1.sql", "rb");
    ok(f != NULL);
    char *sql = calloc(1, 1 << 16);
    ok(sql && fread(sql, 1, (1 << 16) - 1, f) > 1000);
    fclose(f);
    run(path, sql);
    free(sql);
    return path;
}

typedef struct { uint64_t hash; size_t rows; } digest;

static void digest_text(digest *d, const char *s)
{
    for (; *s; s++) d->hash = (d->hash ^ (unsigned char)*s) * 1099511628211u;
}

static void digest_series(digest *d, nf_ctx *c, nf_store *s, const char *key, int64_t known)
{
    nf_version *v;
    size_t n;
    char text[48];
    ok(nf_store_versions(c, s, key, known, true, &v, &n) == 1);
    for (size_t i = 0; i < n; i++, d->rows++) {
        digest_text(d, key);
        nf_period_text(text, v[i].period);
        digest_text(d, text);
        nf_double_text(text, v[i].value);
        digest_text(d, text);
        nf_instant_text(text, v[i].published);
        digest_text(d, text);
        snprintf(text, sizeof text, "%u;", v[i].status);
        digest_text(d, text);
    }
}

static digest digest_of(nf_ctx *c, nf_store *s)
{
    static const char *const key[] = { "gdp", "hours", "plain", "rate" };
    digest d = { 1469598103934665603u, 0 };
    for (size_t i = 0; i < 4; i++) digest_series(&d, c, s, key[i], 0);
    return d;
}

TEST(a_store_of_format_1_opens_with_all_it_held)
{
    for (int mode = NF_STORE_READ; mode <= NF_STORE_CREATE; mode++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *s;
        nf_rows found = { .ctx = c };
        nf_series gdp;
        const char *path = old_store("format.db");
        if (nf_store_open(c, &s, path, (nf_store_mode)mode)) fail_msg("%s", nf_last(c)->what);
        digest d = digest_of(c, s);
        ok(d.rows == VERSIONS && d.hash == exported);
        ok(nf_source_get(nf_store_source(s), c, "gdp", 0, &gdp) == 1);
        same(gdp.meta->source, "Bureau of Statistics; Evening News");        /* format 1 knew no more of a figure */
        ok(nf_store_verify(c, s, nf_sink_rows(&found)) == NF_OK && !found.n);
        nf_store_close(s);
        unlink(path);
        nf_ctx_free(c);
    }
}

/* What was done to the old file behind its back is found before anything is moved, and the file stays as it is. */
TEST(a_damaged_store_of_format_1_is_not_moved)
{
    static const char *const change[] = {
        "UPDATE series SET unit = 't' WHERE id = 2", "UPDATE series SET source = 'nobody'",
        "DELETE FROM series WHERE id = 1",
        "UPDATE chunk SET data = zeroblob(length(data)) WHERE id = 1",
        "UPDATE chunk SET first = first - 1 WHERE id = 2",
        "UPDATE past SET data = substr(data, 2)", "UPDATE chunk SET series = 99 WHERE id = 1", "DELETE FROM store",
        "UPDATE store SET loads = loads + 1",
        "CREATE TABLE origin(id INTEGER PRIMARY KEY, publisher TEXT, document TEXT)",
        "CREATE TRIGGER t AFTER DELETE ON series BEGIN DELETE FROM load; END", "DROP TABLE judgement" };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *s;
        sqlite3 *db;
        sqlite3_stmt *q;
        const char *path = old_store("damaged.db");
        run(path, change[i]);
        if (nf_store_open(c, &s, path, NF_STORE_CREATE) != NF_EDATA) fail_msg("moved: %s", change[i]);
        ok(!sqlite3_open(path, &db) && !sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &q, NULL));
        ok(sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0) == 1);
        sqlite3_finalize(q);
        sqlite3_close(db);
        unlink(path);
        nf_ctx_free(c);
    }
}

TEST(a_moved_store_takes_further_loads)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_intake *in;
    nf_receipt r;
    nf_series gdp;
    uint32_t handle;
    nf_rows found = { .ctx = c };
    ok(nf_store_open(c, &s, old_store("further.db"), NF_STORE_CREATE) == NF_OK);
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "facts", .file = "later.csv", .now = 5 }) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "gdp", .unit = "亿元" }, NF_YEAR, &handle) == NF_OK);
    ok(nf_intake_origin(in, "Daily", "page 1") == NF_OK);
    ok(nf_intake_put(in, handle, (nf_period){ 2019, NF_YEAR, 1 }, 5809.9, 0, 1800000000, 2) == NF_OK);
    ok(nf_intake_put(in, handle, (nf_period){ 2020, NF_YEAR, 1 }, 6046, 0, 1800000000, 3) == NF_OK);
    ok(nf_intake_put(in, handle, (nf_period){ 2021, NF_YEAR, 1 }, 6490.3, 0, 1800000000, 4) == NF_OK);
    ok(nf_intake_finish(in, NULL, 0, &r) == NF_OK && r.added == 1 && r.revised == 1 && r.unchanged == 1);
    ok(nf_source_get(nf_store_source(s), c, "gdp", 0, &gdp) == 1 && gdp.t.n == 4 && gdp.y[2] == 6046);
    same(gdp.meta->source, "Bureau of Statistics; Evening News; Daily");
    ok(nf_source_get(nf_store_source(s), c, "gdp", 1790000000, &gdp) == 1 && gdp.t.n == 3 && gdp.y[2] == 6045.9);
    same(gdp.meta->source, "Bureau of Statistics; Evening News");
    ok(nf_store_verify(c, s, nf_sink_rows(&found)) == NF_OK && !found.n);
    nf_store_close(s);
    nf_ctx_free(c);
}
