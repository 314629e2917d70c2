/* fuzz_rows.c - bytes as cells of a store that somebody forged: each is written where it says, every checksum then made
 * to fit. Whatever such a store holds is read to its end, listed, explained and verified: figures that may be, or a
 * refusal. */
#include "fuzz.h"
#include "store/store_read.h"
#include <math.h>

static nf_ctx *own;
static nf_store *store;

static void sql(const char *text) { sqlite3_exec(store->db, text, NULL, NULL, NULL); }

static void load(int first, int rows, int step, int64_t published, const char *what)
{
    nf_receipt receipt;
    char text[8000], *to = text + sprintf(text, "series,time,value,unit,source\n");
    for (int i = 0; i < rows; i++)
        to += sprintf(to, "s%d,%d-%02d,%d.%d,t,p%d\n", i / 100 + first, 2000 + i % 100 / 12, i % 12 + 1,
                      i * step % 91, i % 7, first);
    nf_load_options o = { .published = published, .now = 2, .dataset = what };
    must(!nf_load(own, store, fuzz_memory(0, text, (size_t)(to - text)), &o, &receipt), "no load");
}

/* Series whose figures stand in their row, in chunks, and in versions that were replaced. */
static void build(void)
{
    must((own = nf_ctx_new(NULL)) && !nf_store_open(own, &store, ":memory:", NF_STORE_CREATE), "no store");
    load(1, 220, 37, 1, "one");
    load(1, 120, 41, 5, "two");
    load(5, 9, 13, 3, "three");
}

/* ---- forging ---- */

/* i: an integer, t: a text, b: bytes that are laid over. */
static const struct { const char *table, *column; char kind; } cells[] = {
    { "series", "freq", 'i' }, { "series", "figures", 'i' }, { "series", "past", 'i' }, { "series", "first", 'i' },
    { "series", "wide", 'i' }, { "series", "last", 'i' }, { "series", "narrow", 'i' }, { "series", "known_first", 'i' },
    { "series", "known", 'i' }, { "series", "origin", 'i' }, { "series", "synthetic", 'i' }, { "series", "key", 't' },
    { "series", "unit", 't' }, { "series", "title", 't' }, { "series", "title_zh", 't' }, { "series", "dataset", 't' },
    { "series", "data", 'b' }, { "chunk", "series", 'i' }, { "chunk", "first", 'i' }, { "chunk", "wide", 'i' },
    { "chunk", "last", 'i' }, { "chunk", "n", 'i' }, { "chunk", "known", 'i' }, { "chunk", "data", 'b' },
    { "past", "series", 'i' }, { "past", "first", 'i' }, { "past", "last", 'i' }, { "past", "n", 'i' },
    { "past", "known", 'i' }, { "past", "data", 'b' }, { "load", "dataset", 't' }, { "load", "file", 't' },
    { "load", "mapping", 't' }, { "load", "loaded", 'i' }, { "load", "published_first", 'i' }, { "load", "rows", 'i' },
    { "origin", "publisher", 't' }, { "origin", "document", 't' }, { "store", "series", 'i' },
    { "store", "origins", 'i' } };
enum { CELLS = sizeof cells / sizeof *cells };

static void lay_over(const uint8_t *bytes, size_t n, const char *table, const char *column, int64_t row)
{
    sqlite3_blob *blob;
    size_t at = n ? bytes[0] : 0;
    if (n < 2 || sqlite3_blob_open(store->db, "main", table, column, row, 1, &blob)) return;
    size_t size = (size_t)sqlite3_blob_bytes(blob);
    if (at < size) sqlite3_blob_write(blob, bytes + 1, (int)(n - 1 < size - at ? n - 1 : size - at), (int)at);
    sqlite3_blob_close(blob);
}

static void forge(const uint8_t *bytes, size_t n, size_t which, int64_t row)
{
    char text[128];
    int64_t v = 0;
    sqlite3_stmt *q;
    if (cells[which].kind == 'b') { lay_over(bytes, n, cells[which].table, cells[which].column, row); return; }
    snprintf(text, sizeof text, "UPDATE %s SET %s = ?1 WHERE rowid = ?2", cells[which].table, cells[which].column);
    must(!sqlite3_prepare_v2(store->db, text, -1, &q, NULL), "no such cell");
    memcpy(&v, bytes, n < sizeof v ? n : sizeof v);
    if (n && n < sizeof v && bytes[n - 1] & 0x80) v |= (int64_t)(UINT64_MAX << 8 * n);
    if (cells[which].kind == 'i') sqlite3_bind_int64(q, 1, v);
    else sqlite3_bind_text(q, 1, (const char *)bytes, (int)n, SQLITE_TRANSIENT);
    sqlite3_bind_int64(q, 2, row);
    sqlite3_step(q);
    sqlite3_finalize(q);
}

static void fit(const char *table)
{
    char text[160];
    sqlite3_stmt *q, *set;
    snprintf(text, sizeof text, "SELECT id, first, wide, last, n, known, series, data FROM %s", table);
    must(!sqlite3_prepare_v2(store->db, text, -1, &q, NULL), "no chunks");
    snprintf(text, sizeof text, "UPDATE %s SET crc = ?1 WHERE id = ?2", table);
    must(!sqlite3_prepare_v2(store->db, text, -1, &set, NULL), "no chunks");
    while (sqlite3_step(q) == SQLITE_ROW) {
        nf_place p = { .first = sqlite3_column_int64(q, 1), .wide = sqlite3_column_int64(q, 2),
                       .last = sqlite3_column_int64(q, 3), .n = (size_t)sqlite3_column_int64(q, 4),
                       .known = sqlite3_column_int64(q, 5), .series = sqlite3_column_int64(q, 6) };
        const void *data = sqlite3_column_blob(q, 7);
        sqlite3_bind_int64(set, 1, nf_place_crc(&p, data, (size_t)sqlite3_column_bytes(q, 7)));
        sqlite3_bind_int64(set, 2, sqlite3_column_int64(q, 0));
        sqlite3_step(set);
        sqlite3_reset(set);
    }
    sqlite3_finalize(q);
    sqlite3_finalize(set);
}

static void seal_all(void)
{
    sql("UPDATE series SET seal = seal(" NF_SERIES_COLUMNS ")");
    sql("UPDATE origin SET seal = seal(id, publisher, document)");
    sql("UPDATE load SET seal = seal(id, dataset, file, sha256, bytes, loader, mapping, options, program, loaded, "
        "published_first, published_last, series, rows, added, revised, unchanged, rejected, duplicates)");
    sql("UPDATE store SET seal = seal(id, made_by, made_at, series, loads, rejects, plans, entries, judgements, "
        "origins)");
    fit("chunk");
    fit("past");
}

/* ---- reading ---- */

static void all_series(nf_ctx *c, int64_t known)
{
    nf_cursor cur;
    nf_series s;
    nf_source source = nf_store_source(store);
    if (source.find(source.self, c, &(nf_query){ .known = known }, &cur)) return;
    while (cur.next(cur.cur, c, &s) == 1) {
        must(s.meta->key != NULL, "a series without a key");
        for (size_t i = 0; i < s.t.n; i++) must(!isinf(s.y[i]), "an infinite value");
        for (size_t i = 1; i < s.t.n; i++)
            must(nf_period_order(nf_axis_at(&s.t, i - 1), nf_axis_at(&s.t, i)) < 0, "periods out of order");
    }
    cur.close(cur.cur);
}

static void listed(nf_ctx *c)
{
    static nf_ctx *apart;                        /* who lists gives back between rows what it took */
    static const char *const what[] = { "datasets", "series", "vintages", "rejects" };
    nf_period p = { 12 * 2002, NF_MONTH, 1 };
    nf_version *version;
    size_t n;
    if (!apart) must((apart = nf_ctx_new(NULL)) != NULL, "no memory");
    nf_release(apart, 0);
    for (int i = 0; i < 6; i++) {
        nf_rows rows = { .ctx = apart };
        nf_sink to = nf_sink_rows(&rows);
        if (i < 4) nf_store_list(c, store, what[i], 0, to);
        else if (i == 4) nf_store_log(c, store, to);
        else nf_store_explain(c, store, "s1", p, 0, to);
    }
    nf_store_versions(c, store, "s1", 0, true, &version, &n);
    nf_rows faults = { .ctx = apart };
    nf_store_verify(c, store, nf_sink_rows(&faults));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (!store) build();
    nf_ctx *c = fuzz_ctx();
    sql("SAVEPOINT forged");
    for (size_t i = 0; i + 3 <= n; ) {
        size_t size = bytes[i + 2] < n - i - 3 ? bytes[i + 2] : n - i - 3;
        forge(bytes + i + 3, size, bytes[i] % CELLS, 1 + bytes[i + 1] % 8);
        i += 3 + size;
    }
    seal_all();
    all_series(c, 0);
    all_series(c, 3);
    listed(c);
    sql("ROLLBACK TO forged");
    sql("RELEASE forged");
    return 0;
}
