/* store_source.c - the store's series as a source: the cursor over series rows, and what a series is called. */
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    nf_store *store;
    nf_query query;
    char *match, *where_key, *where_value;
    size_t prefix;                               /* bytes of match before its first wildcard */
    bool ended;                                  /* a finished statement would start again when stepped */
    bool exact, all;                             /* all: every row is walked, so that their number can be checked */
    size_t rows, seen;                           /* rows read; matches */
    sqlite3_stmt *series;
    nf_series_row row;
    nf_reading read;
} cursor;

static nf_meta borrowed(sqlite3_stmt *q)
{
    const char *text[NF_ROW_LICENCE + 1];
    for (int i = NF_ROW_KEY; i <= NF_ROW_LICENCE; i++) {
        text[i] = i == NF_ROW_FREQ ? "" : (const char *)sqlite3_column_text(q, i);
        if (!text[i]) text[i] = "";
    }
    return (nf_meta){ .key = text[NF_ROW_KEY], .unit = text[NF_ROW_UNIT], .place = text[NF_ROW_PLACE],
                      .quantity = text[NF_ROW_QUANTITY], .title = { text[NF_ROW_TITLE], text[NF_ROW_TITLE_ZH] },
                      .dataset = text[NF_ROW_DATASET], .source = "", .licence = text[NF_ROW_LICENCE],
                      .synthetic = sqlite3_column_int(q, NF_ROW_SYNTHETIC) != 0 };
}

/* ---- the cursor ---- */

static bool takes(const cursor *at, const nf_meta *m)
{
    if (at->match && at->exact && strcmp(at->match, m->key)) return false;
    return nf_query_takes(&at->query, m);
}


/* Whose figures these are is only known from the figures. */
static bool by_source(const nf_query *q) { return q->where_key && !strcmp(q->where_key, "source"); }

static int series_out(cursor *at, nf_ctx *c, const nf_meta *m, nf_series *out)
{
    if (at->query.known && at->row.known_first > at->query.known) return 0;      /* nobody knew of it then */
    nf_meta *meta = nf_meta_owned(c, m);
    if (!meta) return NF_ENOMEM;
    if (at->query.names && !by_source(&at->query)) return *out = (nf_series){ .meta = meta }, 1;
    int rc = nf_reading_series(&at->read, c, &at->row, &at->query, meta, out);
    return rc ? rc : 1;
}

static int finished(cursor *at, nf_ctx *c)
{
    int64_t rows;
    if (!at->all) return 0;
    int rc = nf_store_count_of(c, at->store, "series", &rows);
    if (!rc && rows != (int64_t)at->rows) rc = nf_store_damaged(c, at->store, "rows of series are missing");
    return rc;
}

static int series_next(cursor *at, nf_ctx *c, nf_series *out)
{
    int rc;
    if (at->query.count && at->seen >= at->query.first + at->query.count) return 0;
    while ((rc = nf_store_step(c, at->store, at->series)) > 0) {
        at->rows++;
        if ((rc = nf_series_row_of(c, at->store, at->series, &at->row))) return rc;
        nf_meta m = borrowed(at->series);
        if (at->prefix && strncmp(m.key, at->match, at->prefix)) return 0;
        if (by_source(&at->query) ? at->match
            && !nf_query_takes(&(nf_query){ .match = at->match }, &m) : !takes(at, &m)) continue;
        if (!by_source(&at->query) && at->seen++ < at->query.first) continue;
        size_t mark = nf_mark(c);
        if ((rc = series_out(at, c, &m, out)) < 0) return rc;
        if (rc && by_source(&at->query) && (!takes(at, out->meta) || at->seen++ < at->query.first))
            nf_release(c, mark), rc = 0;
        if (rc) return rc;
        if (at->query.count && at->seen >= at->query.first + at->query.count) return 0;
    }
    return rc ? rc : finished(at, c);
}

static int cursor_next(void *cur, nf_ctx *c, nf_series *out)
{
    cursor *at = cur;
    int rc = at->ended ? 0 : series_next(at, c, out);
    at->ended = rc <= 0;
    return rc;
}

static void cursor_close(void *cur)
{
    cursor *at = cur;
    nf_store_done(at->store, at->series);
    nf_reading_close(&at->read);
    free(at->match);
    free(at->where_key);
    free(at->where_value);
    free(at);
}

static bool query_copy(cursor *at, const nf_query *q)
{
    at->query = *q;
    if ((q->match && !(at->match = strdup(q->match))) || (q->where_key && !(at->where_key = strdup(q->where_key)))
        || (q->where_value && !(at->where_value = strdup(q->where_value)))) return false;
    at->query.match = at->match;
    at->query.where_key = at->where_key;
    at->query.where_value = at->where_value;
    return true;
}

static int key_is_there(nf_ctx *c, nf_store *s, const char *key, bool *there)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, "SELECT 1 FROM series WHERE key = ?1");
    if (!rc) rc = nf_store_bind(c, s, q, "t", key);
    if (!rc) rc = nf_store_step(c, s, q);
    *there = rc > 0;
    nf_store_done(s, q);
    return rc < 0 ? rc : NF_OK;
}

static int cursor_open(cursor *at, nf_ctx *c, bool as_loaded)
{
    int rc = at->match ? key_is_there(c, at->store, at->match, &at->exact) : NF_OK;
    if (rc) return rc;
    at->prefix = !at->match || at->exact || as_loaded ? 0 : strcspn(at->match, "*?[");
    at->all = !at->exact && !at->prefix;
    const char *sql = at->exact ? NF_SERIES_SELECT " WHERE key = ?1"
                    : as_loaded ? NF_SERIES_SELECT " ORDER BY id"
                    : at->prefix ? NF_SERIES_SELECT " WHERE key >= ?1 ORDER BY key" : NF_SERIES_SELECT " ORDER BY key";
    if ((rc = nf_store_sql(c, at->store, &at->series, sql))) return rc;
    if (at->exact || at->prefix) {
        int len = at->exact ? -1 : (int)at->prefix;
        if (sqlite3_bind_text(at->series, 1, at->match, len, SQLITE_STATIC)) return nf_store_fail(c, at->store);
    }
    return nf_reading_open(&at->read, c, at->store);
}

static int find(nf_store *s, nf_ctx *c, const nf_query *q, nf_cursor *out, bool as_loaded)
{
    cursor *at = calloc(1, sizeof *at);
    if (!at) return nf_fail(c, NF_ENOMEM, "out of memory");
    at->store = s;
    int rc = query_copy(at, q) ? cursor_open(at, c, as_loaded) : nf_fail(c, NF_ENOMEM, "out of memory");
    if (rc) cursor_close(at);
    else *out = (nf_cursor){ cursor_next, cursor_close, at };
    return rc;
}

static int find_by_key(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    return find(self, c, q, out, false);
}
static int find_as_loaded(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    return find(self, c, q, out, true);
}

nf_source nf_store_source(nf_store *s) { return (nf_source){ find_by_key, s }; }
nf_source nf_store_source_as_loaded(nf_store *s) { return (nf_source){ s->held ? nf_held_find : find_as_loaded, s }; }

size_t nf_store_count(nf_store *s)
{
    sqlite3_stmt *q = NULL;
    int64_t n = 0;
    if (!sqlite3_prepare_v2(s->db, "SELECT series FROM store", -1, &q, NULL) && sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n < 0 ? 0 : (size_t)n;
}
