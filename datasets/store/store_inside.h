/* store_inside.h - what the parts of the store share. Nobody else includes it.
 *
 * A store that is not there yet is an empty database in memory until its first write transaction, so opening, reading
 * and failing never make a file. */
#ifndef NF_STORE_INSIDE_H
#define NF_STORE_INSIDE_H
#include "store.h"
#include "store_chunk.h"
#include <sqlite3.h>

enum { NF_STORE_IDLE = 8 };                                    /* statements kept prepared for their next use */
struct nf_store {
    sqlite3_stmt *idle[NF_STORE_IDLE]; sqlite3 *db; char *path; nf_store_mode mode;
    bool fresh, memory, noted, made;             /* made: by the transaction under way */
    nf_intake *held;                             /* a load whose series are handed out in place of the store's */
};

/* ---- SQL in few words (store_sql.c). Errors become nf_fail with the store's path as the place. ---- */
int  nf_store_fail(nf_ctx *, nf_store *);                     /* after a failed SQLite call */
int  nf_store_damaged(nf_ctx *, nf_store *, const char *what);/* a row or chunk that is not as it was written */
int  nf_store_sql(nf_ctx *, nf_store *, sqlite3_stmt **out, const char *sql);
/* instead of finalizing: kept for the same words; NULL is fine */
void nf_store_done(nf_store *, sqlite3_stmt *);
void nf_store_forget(nf_store *);                              /* finalizes what is kept */
int  nf_store_step(nf_ctx *, nf_store *, sqlite3_stmt *);     /* 1 a row, 0 done (and reset), < 0 failed (and reset) */
/* Binds by format: i int64_t, t text (NULL is ""), b blob and size_t (NULL: SQL NULL), s the seal of all before it. */
int  nf_store_bind(nf_ctx *, nf_store *, sqlite3_stmt *, const char *format, ...);
int  nf_store_do(nf_ctx *, nf_store *, const char *sql, const char *format, ...);        /* one statement, no rows */
/* its first column, 0 without a row */
int  nf_store_number(nf_ctx *, nf_store *, int64_t *out, const char *sql);
char *nf_store_text(nf_ctx *, sqlite3_stmt *, int column);    /* copied into the context */
int  nf_store_functions(sqlite3 *);                           /* seal(...): the checksum of its arguments */
const char *nf_store_instant(nf_ctx *, int64_t seconds);       /* in words, in the context; NULL: no memory */
uint64_t nf_text_hash(const char *, size_t, uint64_t seed);   /* for tables in memory: with a seed nobody can guess */

/* ---- the tables (store_schema.c) ---- */
/* What the seal of a row covers, in that order. */
#define NF_COUNT_COLUMNS "made_by, made_at, series, loads, rejects, plans, entries, judgements, origins"
#define NF_LOAD_COLUMNS "id, dataset, file, sha256, bytes, loader, mapping, options, program, loaded, " \
                        "published_first, published_last, series, rows, added, revised, unchanged, rejected, duplicates"
#define NF_PLAN_COLUMNS "id, code, folder, published, loaded, program, cells, crc"
#define NF_LEDGER_COLUMNS "id, task, at, author, field, value, note, evidence"
#define NF_JUDGEMENT_COLUMNS "id, indicator, verdict, by, reason, at"
#define NF_ORIGIN_COLUMNS "id, publisher, document"
#define NF_SOUND(columns) "seal(" columns ") = seal"
enum { NF_STORE_APPLICATION = 0x4e463039, NF_STORE_FORMAT = 2 };        /* 'NF09' */
int  nf_store_schema_make(nf_ctx *, nf_store *, int64_t now);
int  nf_store_schema_check(nf_ctx *, nf_store *);             /* exactly ours, or refused with words */
/* exactly these, an empty line between them */
int  nf_store_schema_is(nf_ctx *, nf_store *, const char *statements);
int  nf_store_schema_run(nf_ctx *, nf_store *, const char *beginning);               /* those of ours that begin so */
/* a store of an older format becomes one of today, in one transaction */
int  nf_store_migrate(nf_ctx *, nf_store *);
/* of the row of table store, checked; column may be a sum of several */
int  nf_store_count_of(nf_ctx *, nf_store *, const char *column, int64_t *out);
int  nf_store_count_add(nf_ctx *, nf_store *, const char *column, int64_t more);

/* ---- transactions (store.c) ---- */
/* Waits its turn. Makes the file where there is none, unless the work is not to be kept. */
int  nf_store_write_begin(nf_ctx *, nf_store *, int64_t now, bool keep);
/* commits when rc is 0 and keep; returns rc or worse */
int  nf_store_write_end(nf_ctx *, nf_store *, int rc, bool keep);

/* ---- the ledger (store_ledger.c), inside the caller's transaction or after it ---- */
int  nf_store_ledger_import(nf_ctx *, nf_store *, const nf_entry *, size_t n, bool *news);   /* those not there yet */
int  nf_store_ledger_read(nf_ctx *, nf_store *, nf_plan *, int64_t known);                   /* entry and judgement */
/* its tables alone (store_plan.c) */
int  nf_store_plan_by_id(nf_ctx *, nf_store *, nf_plan *, int64_t id);
#endif
