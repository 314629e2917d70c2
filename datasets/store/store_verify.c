/* store_verify.c - every checksum of a store looked at, every fault named. */
#include "store_read.h"
#include <stdio.h>
#include <string.h>

static const nf_field fault_fields[] = {
    { .name = "where", .type = NF_WORD, .title = { "where", "位置" } },
    { .name = "fault", .type = NF_WORD, .title = { "fault", "损坏" } },
    { 0 }
};

typedef struct { nf_ctx *ctx; nf_store *store; nf_sink to; int64_t faults; } verifying;

static int fault(verifying *v, const char *where, const char *what)
{
    v->faults++;
    return v->to.row(v->to.self, v->ctx, (nf_value[]){ { .s = where }, { .s = what } });
}

/* An error that only says "damaged" is a finding here; others end the search. */
static int as_finding(verifying *v, int rc, const char *where)
{
    if (rc != NF_EDATA) return rc;
    char *what = nf_strdup(v->ctx, nf_last(v->ctx)->what);
    return what ? fault(v, where, what) : NF_ENOMEM;
}

/* ---- what SQLite itself knows to be wrong ---- */

static int pages_check(verifying *v)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(v->ctx, v->store, &q, "PRAGMA integrity_check(100)");
    while (!rc && (rc = nf_store_step(v->ctx, v->store, q)) > 0) {
        char *text = nf_store_text(v->ctx, q, 0);
        rc = !text ? NF_ENOMEM : strcmp(text, "ok") ? fault(v, "pages", text) : NF_OK;
    }
    sqlite3_finalize(q);
    return as_finding(v, rc, "pages");
}

/* ---- sealed rows ---- */

static const struct { const char *table, *counter, *id, *columns; } sealed[] = {
    { "store", NULL, "id", NF_COUNT_COLUMNS }, { "load", "loads", "id", NF_LOAD_COLUMNS },
    { "reject", "rejects", "line", "load, line, reason, text" }, { "series", "series", "key", NF_SERIES_COLUMNS },
    { "origin", "origins", "id", NF_ORIGIN_COLUMNS }, { "plan", "plans", "id", NF_PLAN_COLUMNS },
    { "ledger", "entries", "id", NF_LEDGER_COLUMNS }, { "judgement", "judgements", "id", NF_JUDGEMENT_COLUMNS } };

static int rows_check(verifying *v, size_t i)
{
    char sql[512];
    sqlite3_stmt *q = NULL;
    int64_t rows = 0, want = 1;
    snprintf(sql, sizeof sql, "SELECT %s, " NF_SOUND("%s") " FROM %s NOT INDEXED", sealed[i].id, sealed[i].columns,
             sealed[i].table);
    int rc = nf_store_sql(v->ctx, v->store, &q, sql);
    while (!rc && (rc = nf_store_step(v->ctx, v->store, q)) > 0) {
        size_t mark = nf_mark(v->ctx);
        const char *id = (const char *)sqlite3_column_text(q, 0);
        char *where = nf_format(v->ctx, "%s %s", sealed[i].table, id ? id : "?");
        rows++;
        rc = !where ? NF_ENOMEM : sqlite3_column_int(q, 1) == 1 ? NF_OK : fault(v, where, "the row fails its checksum");
        nf_release(v->ctx, mark);
    }
    sqlite3_finalize(q);
    if (!rc && sealed[i].counter) rc = nf_store_count_of(v->ctx, v->store, sealed[i].counter, &want);
    if (!rc && rows != want) rc = fault(v, sealed[i].table, "rows are missing or too many");
    return as_finding(v, rc, sealed[i].table);
}

/* ---- series: every chunk of now and of the past, decoded, in order, as many figures as the row says ---- */

static bool in_order(const nf_figure *f, size_t n, const nf_series_row *row)
{
    size_t heads = 0;
    for (size_t i = 0; i < n; i++)
        heads += i + 1 == n || nf_when_order(f[i].ord, f[i].span, f[i + 1].ord, f[i + 1].span) != 0;
    return heads == (size_t)row->figures && f[0].ord == row->first && f[n - 1].ord == row->last;
}

/* Every origin is there, and the row names it where the figures have one in common. */
static int origins_check(verifying *v, nf_reading *r, const nf_series_row *row, const nf_figure *f, size_t n)
{
    nf_origin said;
    int rc = NF_OK;
    for (size_t i = 0; !rc && i < n; i++) {
        if (f[i].origin < 0 || (row->origin >= 0 && f[i].origin != row->origin))
            rc = nf_store_damaged(v->ctx, v->store, "a figure has another origin than its series");
        else if (!i || f[i].origin != f[i - 1].origin) rc = nf_origin_read(&r->origins, v->ctx, f[i].origin, &said);
    }
    return rc;
}

static int series_check(verifying *v, nf_reading *r, const nf_series_row *row, const char *key)
{
    nf_figure *f;
    size_t n, mark = nf_scratch_mark(v->ctx), kept = nf_mark(v->ctx);
    int rc = nf_reading_versions(r, v->ctx, row, 0, &f, &n);
    if (!rc && n && !in_order(f, n, row)) rc = fault(v, key, "the figures do not fit the series' row");
    if (!rc) rc = origins_check(v, r, row, f, n);
    nf_scratch_rewind(v->ctx, mark);
    rc = as_finding(v, rc, key);
    nf_release(v->ctx, kept);
    return rc;
}

static int series_check_all(verifying *v)
{
    nf_reading r = { 0 };
    sqlite3_stmt *q = NULL;
    int rc = nf_reading_open(&r, v->ctx, v->store);
    if (!rc) rc = nf_store_sql(v->ctx, v->store, &q, NF_SERIES_SELECT " ORDER BY key");
    while (!rc && (rc = nf_store_step(v->ctx, v->store, q)) > 0) {
        size_t mark = nf_mark(v->ctx);
        nf_series_row row;
        char *key = nf_store_text(v->ctx, q, NF_ROW_KEY);
        rc = key ? nf_series_row_of(v->ctx, v->store, q, &row) : NF_ENOMEM;
        if (!rc) rc = series_check(v, &r, &row, key);
        else if (rc == NF_EDATA) rc = NF_OK;                     /* said already, of the row */
        nf_release(v->ctx, mark);
    }
    sqlite3_finalize(q);
    nf_reading_close(&r);
    return as_finding(v, rc, "series");
}

static int orphans_check(verifying *v)
{
    int64_t n = 0;
    int rc = nf_store_number(v->ctx, v->store, &n,
                             "SELECT (SELECT count(*) FROM chunk WHERE series NOT IN (SELECT id FROM series)) + "
                                                   "(SELECT count(*) FROM past WHERE series NOT IN (SELECT id FROM series))");
    if (!rc && n) rc = fault(v, "chunk", "chunks belong to no series");
    return as_finding(v, rc, "chunk");
}

static int plans_check(verifying *v)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(v->ctx, v->store, &q, "SELECT id FROM plan ORDER BY id");
    while (!rc && (rc = nf_store_step(v->ctx, v->store, q)) > 0) {
        size_t mark = nf_mark(v->ctx);
        nf_plan plan;
        char *where = nf_format(v->ctx, "plan %lld", (long long)sqlite3_column_int64(q, 0));
        rc = where ? as_finding(v, nf_store_plan_by_id(v->ctx, v->store, &plan, sqlite3_column_int64(q, 0)), where)
            : NF_ENOMEM;
        nf_release(v->ctx, mark);
    }
    sqlite3_finalize(q);
    return as_finding(v, rc, "plan");
}

static int everything(verifying *v)
{
    int rc = pages_check(v);
    for (size_t i = 0; !rc && i < sizeof sealed / sizeof *sealed; i++) rc = rows_check(v, i);
    if (!rc) rc = series_check_all(v);
    if (!rc) rc = orphans_check(v);
    return rc ? rc : plans_check(v);
}

int nf_store_verify(nf_ctx *c, nf_store *s, nf_sink findings)
{
    verifying v = { .ctx = c, .store = s, .to = findings };
    int rc = findings.begin(findings.self, c, "verify", fault_fields);
    if (rc || (rc = findings.end(findings.self, c, everything(&v))) || !v.faults) return rc;
    nf_fail(c, NF_EDATA, "the store is damaged: %lld fault%s", (long long)v.faults, v.faults > 1 ? "s" : "");
    nf_hint(c, "go back to a backup");
    return nf_at(c, s->path, 0, 0);
}
