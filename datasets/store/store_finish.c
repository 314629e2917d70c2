/* store_finish.c - a load becomes part of the store: one transaction, or nothing. */
#include "store_merge.h"
#include <stdlib.h>
#include <string.h>

static int statements_make(nf_commit *to)
{
    const struct { sqlite3_stmt **q; const char *sql; } want[] = {
        { &to->find, NF_SERIES_SELECT " WHERE key = ?1" },
        { &to->make, "INSERT INTO series VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
                     "?17, ?18, ?19, ?20, ?21, ?22)" },
        { &to->keep, "UPDATE series SET unit = ?4, place = ?5, quantity = ?6, title = ?7, title_zh = ?8, licence = "
                     "?10, "
                     "origin = ?12, figures = ?13, past = ?14, first = ?15, wide = ?16, last = ?17, narrow = ?18, known_first = ?19, "
                     "known = ?20, data = ?21, seal = ?22 WHERE id = ?1" },
        { &to->places, "SELECT " NF_PLACE_COLUMNS " FROM chunk WHERE series = ?1 ORDER BY first, wide DESC" },
        { &to->data, "SELECT data FROM chunk WHERE id = ?1" },
        { &to->insert, "INSERT INTO chunk VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" },
        { &to->update, "UPDATE chunk SET series = ?1, first = ?2, wide = ?3, last = ?4, n = ?5, known = ?6, crc = ?7, "
                       "data = ?8 WHERE id = ?9" },
        { &to->refresh, "UPDATE chunk SET last = ?4, n = ?5, known = ?6, crc = ?7, data = ?8 WHERE id = ?9" },
        { &to->past, "SELECT " NF_PLACE_COLUMNS ", data FROM past "
                     "WHERE series = ?1 AND first <= ?2 AND last >= ?3 ORDER BY id" },
        { &to->past_insert, "INSERT INTO past VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" } };
    int rc = NF_OK;
    for (size_t i = 0; i < sizeof want / sizeof *want && !rc; i++)
        rc = nf_store_sql(to->ctx, to->store, want[i].q, want[i].sql);
    return rc;
}

static int commit_open(nf_commit *to)
{
    int64_t load = 0, series = 0;
    nf_chunk *chunk = malloc(3 * sizeof *chunk);
    enum { ROOM = NF_CHUNK_BYTES + NF_PLANE_PAD };
    uint8_t *bytes = malloc(4 * ROOM);
    to->old = chunk;
    to->bytes = bytes;
    to->origin = calloc(to->in->origins.n + 1, sizeof *to->origin);
    if (!chunk || !bytes || !to->origin) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
    to->out = chunk + 1;
    to->before = chunk + 2;
    to->before->n = 0;
    to->stored = bytes + ROOM;
    to->in_row = bytes + 2 * ROOM;
    to->held = bytes + 3 * ROOM;
    to->published_first = INT64_MAX;
    to->published_last = INT64_MIN;
    int rc = statements_make(to);
    if (!rc) rc = nf_store_number(to->ctx, to->store, &load, "SELECT max(id) FROM load");
    if (!rc) rc = nf_store_number(to->ctx, to->store, &series, "SELECT max(id) FROM series");
    if (!rc && to->in->looked && to->in->looked_at != load)
        rc = nf_fail(to->ctx, NF_EIO, "another load changed the store while this one read it"),
        nf_hint(to->ctx, "load it again");
    to->load = load + 1;
    to->next_series = series + 1;
    to->empty = !series;
    return rc;
}

static void commit_close(nf_commit *to)
{
    sqlite3_stmt *q[] = { to->find, to->make, to->keep, to->places, to->data, to->insert, to->update, to->refresh,
                          to->past, to->past_insert };
    for (size_t i = 0; i < sizeof q / sizeof *q; i++) sqlite3_finalize(q[i]);
    void *own[] = { to->old, to->bytes, to->origin, to->chunk, to->block };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) free(own[i]);
}

static int series_commit(nf_commit *to)
{
    nf_intake *in = to->in;
    int rc = NF_OK;
    for (size_t i = 0; i < in->n && !rc; i++) {
        rc = nf_commit_series(to, &in->series[i]);
        if (!rc && !(i & 1023)) rc = nf_progress(to->ctx, "storing", (double)i, (double)in->n);
    }
    return rc;
}

/* ---- the load's own rows ---- */

static int reject_insert(nf_commit *to, sqlite3_stmt *q, int64_t *address)
{
    nf_intake *in = to->in;
    nf_rejected r;
    char room[1024];
    const void *at = nf_spill_at(in->spill, *address, sizeof r, room);
    if (!at) return nf_intake_spilled(in);
    memcpy(&r, at, sizeof r);
    const char *text = nf_spill_at(in->spill, *address + (int64_t)sizeof r, r.reason + r.text, room);
    if (!text) return nf_intake_spilled(in);
    *address = r.previous;
    int rc = nf_store_bind(to->ctx, to->store, q, "iitts", to->load, r.line, text, text + r.reason);
    return rc ? rc : nf_store_step(to->ctx, to->store, q);
}

static int rejects_insert(nf_commit *to)
{
    sqlite3_stmt *q = NULL;
    if (!to->in->rejects) return NF_OK;
    int rc = nf_store_sql(to->ctx, to->store, &q, "INSERT INTO reject VALUES(?1, ?2, ?3, ?4, ?5)");
    for (int64_t address = to->in->newest_reject; address >= 0 && !rc;) rc = reject_insert(to, q, &address);
    sqlite3_finalize(q);
    return rc ? rc : nf_store_count_add(to->ctx, to->store, "rejects", (int64_t)to->in->rejects);
}

static int load_insert(nf_commit *to, const uint8_t *sha256, uint64_t bytes)
{
    nf_intake *in = to->in;
    bool any = to->published_first <= to->published_last;
    int rc = nf_store_do(to->ctx, to->store,
        "INSERT INTO load VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
        "?20)", "ittbittttiiiiiiiiiis", to->load, in->dataset, in->file, sha256, (size_t)32, (int64_t)bytes, in->loader,
        in->mapping,
        in->options, "ninefold " NF_VERSION, in->now, any ? to->published_first : 0, any ? to->published_last : 0,
        (int64_t)to->series, (int64_t)in->rows, (int64_t)to->added, (int64_t)to->revised, (int64_t)to->unchanged,
        (int64_t)in->rejects, (int64_t)to->duplicates);
    if (!rc) rc = nf_store_count_add(to->ctx, to->store, "loads", 1);
    if (!rc && to->made) rc = nf_store_count_add(to->ctx, to->store, "series", (int64_t)to->made);
    return rc;
}

/* Rows left out are news once; the same file again is not. */
static int rejects_are_news(nf_commit *to, const uint8_t *sha256, bool *news)
{
    sqlite3_stmt *q = NULL;
    *news = false;
    if (!to->in->rejects) return NF_OK;
    int rc = nf_store_sql(to->ctx, to->store, &q, "SELECT 1 FROM load WHERE sha256 = ?1 AND rejected = ?2");
    if (!rc) rc = nf_store_bind(to->ctx, to->store, q, "bi", sha256, (size_t)32, (int64_t)to->in->rejects);
    if (!rc) rc = nf_store_step(to->ctx, to->store, q);
    sqlite3_finalize(q);
    *news = !rc;
    return rc < 0 ? rc : NF_OK;
}

static int transaction(nf_commit *to, const uint8_t *sha256, uint64_t bytes, bool *news)
{
    int rc = commit_open(to);
    if (!rc) rc = series_commit(to);
    if (!rc) rc = rejects_are_news(to, sha256, news);
    *news |= to->touched > 0 || to->store->made;             /* the first load makes the store, also of nothing */
    if (!rc && *news) rc = load_insert(to, sha256, bytes);
    if (!rc && *news) rc = rejects_insert(to);
    commit_close(to);
    return rc;
}

static void receipt_fill(nf_receipt *r, const nf_commit *to)
{
    r->series = to->series;
    r->rows = to->in->rows;
    r->added = to->added;
    r->revised = to->revised;
    r->unchanged = to->unchanged;
    r->rejected = to->in->rejects;
    r->duplicates = to->duplicates;
    r->first = to->first;
    r->last = to->last;
}

int nf_intake_finish(nf_intake *in, const uint8_t sha256[32], uint64_t bytes, nf_receipt *receipt)
{
    nf_commit to = { .in = in, .ctx = in->ctx, .store = in->store };
    bool news = false;
    int rc = nf_intake_settle(in);
    if (!rc && !(rc = nf_store_write_begin(in->ctx, in->store, in->now, !in->dry_run))) {
        rc = transaction(&to, sha256, bytes, &news);
        rc = nf_store_write_end(in->ctx, in->store, rc, news && !in->dry_run);
    }
    if (!rc) receipt_fill(receipt, &to);
    nf_intake_abort(in);
    return rc;
}
