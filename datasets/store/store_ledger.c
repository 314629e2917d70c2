/* store_ledger.c - what is said about tasks, and judgements: rows that are only ever added. */
#include "store_inside.h"
#include <stdlib.h>
#include <string.h>

/* ---- write ---- */

static int entry_insert(nf_ctx *c, nf_store *s, const nf_entry *e)
{
    int64_t id;
    int rc = nf_store_number(c, s, &id, "SELECT ifnull(max(id), 0) + 1 FROM ledger");
    if (!rc) rc = nf_store_do(c, s, "INSERT INTO ledger VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "itittttts", id,
                              e->task, e->at, e->author, e->field, e->value, e->note, e->evidence);
    return rc ? rc : nf_store_count_add(c, s, "entries", 1);
}

static int entry_is_there(nf_ctx *c, nf_store *s, const nf_entry *e, bool *there)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, "SELECT 1 FROM ledger WHERE task = ?1 AND at = ?2 AND author = ?3 AND field = ?4 "
                                    "AND value = ?5");
    if (!rc) rc = nf_store_bind(c, s, q, "tittt", e->task, e->at, e->author, e->field, e->value);
    if (!rc) rc = nf_store_step(c, s, q);
    *there = rc > 0;
    sqlite3_finalize(q);
    return rc < 0 ? rc : NF_OK;
}

int nf_store_ledger_import(nf_ctx *c, nf_store *s, const nf_entry *e, size_t n, bool *news)
{
    int rc = NF_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        bool there = false;
        rc = entry_is_there(c, s, &e[i], &there);
        if (rc || there) continue;
        rc = entry_insert(c, s, &e[i]);
        *news = true;
    }
    return rc;
}

static int entry_check(nf_ctx *c, const nf_entry *e)
{
    if (!e->task || !*e->task) return nf_fail(c, NF_EINVAL, "an entry of the ledger needs its task");
    if (!e->field || !*e->field) return nf_fail(c, NF_EINVAL, "an entry of the ledger needs to say what it is about");
    return NF_OK;
}

int nf_store_enter(nf_ctx *c, nf_store *s, const nf_entry *e, size_t n)
{
    int rc = NF_OK;
    for (size_t i = 0; i < n && !rc; i++) rc = entry_check(c, &e[i]);
    if (!rc && n) rc = nf_store_write_begin(c, s, e->at, true);
    if (rc || !n) return rc;
    for (size_t i = 0; i < n && !rc; i++) rc = entry_insert(c, s, &e[i]);
    return nf_store_write_end(c, s, rc, true);
}

int nf_store_judge(nf_ctx *c, nf_store *s, const nf_judgement *j)
{
    int64_t id;
    if (!j->indicator || !*j->indicator || !j->verdict || !*j->verdict || !j->by || !*j->by)
        return nf_fail(c, NF_EINVAL, "a judgement needs an indicator, a verdict and who judges");
    int rc = nf_store_write_begin(c, s, j->at, true);
    if (rc) return rc;
    rc = nf_store_number(c, s, &id, "SELECT ifnull(max(id), 0) + 1 FROM judgement");
    if (!rc) rc = nf_store_do(c, s, "INSERT INTO judgement VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", "ittttis", id,
                              j->indicator, j->verdict, j->by, j->reason, j->at);
    if (!rc) rc = nf_store_count_add(c, s, "judgements", 1);
    return nf_store_write_end(c, s, rc, true);
}

/* ---- read ---- */

/* All rows are looked at, so that a lost one is missed; those after `known` are not handed out. */
typedef int row_fn(nf_ctx *, sqlite3_stmt *, void *out);

static int rows_read(nf_ctx *c, nf_store *s, const char *sql, const char *counter, int64_t known, int at, size_t size,
                     row_fn *fn, const void **list, size_t *n)
{
    sqlite3_stmt *q = NULL;
    int64_t count = 0, seen = 0;
    int rc = nf_store_count_of(c, s, counter, &count);
    if (!rc && (count < 0 || count > 100000000)) rc = nf_store_damaged(c, s, "the counts make no sense");
    char *rows = rc ? NULL : nf_alloc(c, (size_t)count * size);
    if (!rc && !rows) rc = NF_ENOMEM;
    if (!rc) rc = nf_store_sql(c, s, &q, sql);
    *n = 0;
    while (!rc && (rc = nf_store_step(c, s, q)) > 0) {
        rc = NF_OK;
        if (++seen > count || sqlite3_column_int(q, 0) != 1)
            rc = nf_store_damaged(c, s, "a row of the ledger fails its checksum");
        else if (!known || sqlite3_column_int64(q, at) <= known) rc = fn(c, q, rows + (*n)++ * size);
    }
    sqlite3_finalize(q);
    *list = rows;
    return rc ? rc : seen == count ? NF_OK : nf_store_damaged(c, s, "rows of the ledger are missing");
}

static int texts(nf_ctx *c, sqlite3_stmt *q, const char **const *field, const int *column, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(*field[i] = nf_store_text(c, q, column[i]))) return NF_ENOMEM;
    return NF_OK;
}

static int entry_read(nf_ctx *c, sqlite3_stmt *q, void *out)
{
    nf_entry *e = out;
    e->at = sqlite3_column_int64(q, 3);
    return texts(c, q, (const char **[]){ &e->task, &e->author, &e->field, &e->value, &e->note, &e->evidence },
                 (int[]){ 2, 4, 5, 6, 7, 8 }, 6);
}

static int judgement_read(nf_ctx *c, sqlite3_stmt *q, void *out)
{
    nf_judgement *j = out;
    j->at = sqlite3_column_int64(q, 6);
    return texts(c, q, (const char **[]){ &j->indicator, &j->verdict, &j->by, &j->reason }, (int[]){ 2, 3, 4, 5 }, 4);
}

int nf_store_ledger_read(nf_ctx *c, nf_store *s, nf_plan *p, int64_t known)
{
    const void *list = NULL;
    int rc = rows_read(c, s, "SELECT " NF_SOUND(NF_LEDGER_COLUMNS) ", " NF_LEDGER_COLUMNS
                             " FROM ledger ORDER BY at, id", "entries", known, 3, sizeof *p->entry, entry_read, &list, &p->n_entry);
    p->entry = list;
    if (!rc) rc = rows_read(c, s, "SELECT " NF_SOUND(NF_JUDGEMENT_COLUMNS) ", " NF_JUDGEMENT_COLUMNS
                                  " FROM judgement ORDER BY at, id", "judgements", known, 6, sizeof *p->judgement, judgement_read, &list, &p->n_judgement);
    p->judgement = list;
    return rc;
}
