/* store_migrate.c - a store of format 1 becomes one of format 2, in one transaction or not at all.
 *
 * Format 1 named the publishers of a series ("A; B"), not of a figure, and held every figure in table chunk. Its
 * figures get that text as their origin: it is all that is known of them. The chunks get the plane of origins. */
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

static const char schema_1[] = {
#include "schema_1.inc"
    0
};

#define COUNTS_1 "made_by, made_at, series, loads, rejects, plans, entries, judgements"
#define SERIES_1 "id, key, freq, unit, place, quantity, title, title_zh, dataset, source, licence, synthetic, " \
                 "figures, past, first, wide, last, narrow, known_first, known"
#define SERIES_2 "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21"
enum { SOURCE_1 = 9, COLUMNS_1 = 20 };

typedef struct { nf_ctx *ctx; nf_store *store; uint8_t *old, *bytes; } moving;

static int damaged(moving *m, const char *what) { return nf_store_damaged(m->ctx, m->store, what); }

static int run(moving *m, const char *sql)
{
    return sqlite3_exec(m->store->db, sql, NULL, NULL, NULL) ? nf_store_fail(m->ctx, m->store) : NF_OK;
}

/* ---- the counts ---- */

static int counts_move(moving *m)
{
    int rc = run(m, "ALTER TABLE store RENAME TO store_1");
    if (!rc) rc = nf_store_schema_run(m->ctx, m->store, "CREATE TABLE store(");
    if (!rc)
        rc = run(m, "INSERT INTO store SELECT id, " COUNTS_1 ", 0, seal(" COUNTS_1 ", 0) FROM store_1 "
                    "WHERE seal(" COUNTS_1 ") = seal");
    if (!rc && sqlite3_changes(m->store->db) != 1) rc = damaged(m, "the counts fail their checksum");
    return rc ? rc : run(m, "DROP TABLE store_1");
}

/* ---- series ---- */

static int series_insert(moving *m, sqlite3_stmt *from, sqlite3_stmt *to)
{
    int64_t origin = 0;
    const char *publisher = (const char *)sqlite3_column_text(from, SOURCE_1);
    if (sqlite3_column_int(from, COLUMNS_1) != 1) return damaged(m, "the row of a series fails its checksum");
    int rc = publisher && *publisher ? nf_store_origin_make(m->ctx, m->store, &(nf_origin){ publisher, "" }, &origin)
        : NF_OK;
    for (int i = 0, k = 1; !rc && i < COLUMNS_1; i++) {
        if (i == SOURCE_1) continue;
        if (k == NF_ROW_ORIGIN + 1) k++;
        if (sqlite3_bind_value(to, k++, sqlite3_column_value(from, i))) rc = nf_store_fail(m->ctx, m->store);
    }
    if (!rc && sqlite3_bind_int64(to, NF_ROW_ORIGIN + 1, origin)) rc = nf_store_fail(m->ctx, m->store);
    return rc ? rc : nf_store_step(m->ctx, m->store, to);
}

static int series_move(moving *m)
{
    sqlite3_stmt *from = NULL, *to = NULL;
    int64_t rows = 0, want;
    int rc = run(m, "ALTER TABLE series RENAME TO series_1");
    if (!rc) rc = nf_store_schema_run(m->ctx, m->store, "CREATE TABLE origin(");
    if (!rc) rc = nf_store_schema_run(m->ctx, m->store, "CREATE TABLE series(");
    if (!rc)
        rc = nf_store_sql(m->ctx, m->store, &from,
                          "SELECT " SERIES_1 ", seal(" SERIES_1 ") = seal FROM series_1 ORDER BY id");
    if (!rc)
        rc = nf_store_sql(m->ctx, m->store, &to, "INSERT INTO series VALUES(" SERIES_2 ", seal(" SERIES_2 "))");
    for (; !rc && (rc = nf_store_step(m->ctx, m->store, from)) > 0; rows++) rc = series_insert(m, from, to);
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    if (!rc) rc = nf_store_count_of(m->ctx, m->store, "series", &want);
    if (!rc && rows != want) rc = damaged(m, "rows of series are missing");
    return rc ? rc : run(m, "DROP TABLE series_1");
}

/* ---- chunks, of now and of the past ---- */

/* The one after id: *id moves to it, 1; 0: none. */
static int chunk_move(moving *m, sqlite3_stmt *from, sqlite3_stmt *to, int64_t *id)
{
    nf_place p;
    size_t size;
    int rc = nf_store_bind(m->ctx, m->store, from, "i", *id);
    if (rc || (rc = nf_store_step(m->ctx, m->store, from)) <= 0) return rc;
    int64_t series = sqlite3_column_int64(from, 8), origin = sqlite3_column_int64(from, 9);
    *id = sqlite3_column_int64(from, 0);
    rc = nf_place_of(m->ctx, m->store, from, series, &p, m->old, &size);
    sqlite3_reset(from);
    if (rc) return rc;
    if (!(size = nf_chunk_of_format_1(m->bytes, m->old, size, p.n, origin)))
        return damaged(m, "a chunk does not decode");
    rc = nf_store_bind(m->ctx, m->store, to, "iib", *id, (int64_t)nf_place_crc(&p, m->bytes, size), m->bytes, size);
    if (!rc) rc = nf_store_step(m->ctx, m->store, to);
    return rc ? rc : 1;
}

static int chunks_move(moving *m, const char *rows, const char *select, const char *update)
{
    sqlite3_stmt *from = NULL, *to = NULL;
    int64_t id = INT64_MIN, n = 0, want;
    int rc = nf_store_number(m->ctx, m->store, &want, rows);
    if (!rc) rc = nf_store_sql(m->ctx, m->store, &from, select);
    if (!rc) rc = nf_store_sql(m->ctx, m->store, &to, update);
    for (; !rc && (rc = chunk_move(m, from, to, &id)) > 0; n++) rc = NF_OK;
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return rc || n == want ? rc : damaged(m, "chunks belong to no series");
}

#define CHUNKS_OF(table) "SELECT count(*) FROM " table, \
    "SELECT k.id, k.first, k.wide, k.last, k.n, k.known, k.crc, k.data, k.series, s.origin FROM " table " k " \
    "JOIN series s ON s.id = k.series WHERE k.id > ?1 ORDER BY k.id LIMIT 1", \
    "UPDATE " table " SET crc = ?2, data = ?3 WHERE id = ?1"

static int tables_move(moving *m)
{
    int rc = nf_store_schema_is(m->ctx, m->store, schema_1);
    if (!rc) rc = counts_move(m);
    if (!rc) rc = series_move(m);
    if (!rc) rc = chunks_move(m, CHUNKS_OF("chunk"));
    if (!rc) rc = chunks_move(m, CHUNKS_OF("past"));
    return rc ? rc : run(m, "PRAGMA user_version=2");
}

/* ---- all of it ---- */

static int format_of(nf_ctx *c, nf_store *s, int64_t *format)
{
    int64_t application;
    int rc = nf_store_number(c, s, &application, "PRAGMA application_id");
    if (!rc) rc = nf_store_number(c, s, format, "PRAGMA user_version");
    if (application != NF_STORE_APPLICATION) *format = 0;
    return rc;
}

/* Somebody else may have moved it meanwhile. */
static int transaction(moving *m)
{
    int64_t format = 0;
    if (sqlite3_exec(m->store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) return nf_store_fail(m->ctx, m->store);
    int rc = format_of(m->ctx, m->store, &format);
    if (!rc && format == 1) rc = tables_move(m);
    if (!rc && sqlite3_exec(m->store->db, "COMMIT", NULL, NULL, NULL)) rc = nf_store_fail(m->ctx, m->store);
    if (!sqlite3_get_autocommit(m->store->db)) sqlite3_exec(m->store->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* Other tables name series: they shall go on doing so while it is made anew. */
static int loosely(moving *m, bool loose)
{
    if (sqlite3_db_config(m->store->db, SQLITE_DBCONFIG_ENABLE_FKEY, !loose, NULL)
        || sqlite3_db_config(m->store->db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, (int)loose,
                             NULL)) return nf_store_fail(m->ctx, m->store);
    return NF_OK;
}

static int cannot(nf_ctx *c, nf_store *s)
{
    nf_fail(c, NF_EDATA, "the store has the older format 1, and cannot be written");
    nf_hint(c, "run any command once as somebody who may write it: that moves it on to format %d", NF_STORE_FORMAT);
    return nf_at(c, s->path, 0, 0);
}

int nf_store_migrate(nf_ctx *c, nf_store *s)
{
    int64_t format = 0;
    int rc = format_of(c, s, &format);
    if (rc || format != 1) return rc;
    if (sqlite3_db_readonly(s->db, "main")) return cannot(c, s);
    moving m = { c, s, malloc(NF_CHUNK_BYTES + NF_PLANE_PAD), malloc(NF_CHUNK_BYTES + NF_PLANE_PAD) };
    rc = m.old && m.bytes ? loosely(&m, true) : nf_fail(c, NF_ENOMEM, "out of memory");
    if (!rc) rc = transaction(&m);
    if (!rc) rc = loosely(&m, false);
    free(m.old);
    free(m.bytes);
    if (!rc) nf_note(c, s->path, 0, 0, "older programs cannot read it now",
                     "the store was moved from format 1 to format %d", NF_STORE_FORMAT);
    return rc;
}
