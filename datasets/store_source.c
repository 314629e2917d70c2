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
    nf_reading read;
} cursor;

/* ---- a row of table series ---- */

static nf_meta borrowed(sqlite3_stmt *q)
{
    const char *text[NF_ROW_LICENCE + 1];
    for (int i = NF_ROW_KEY; i <= NF_ROW_LICENCE; i++) {
        text[i] = i == NF_ROW_FREQ ? "" : (const char *)sqlite3_column_text(q, i);
        if (!text[i]) text[i] = "";
    }
    return (nf_meta){ .key = text[NF_ROW_KEY], .unit = text[NF_ROW_UNIT], .place = text[NF_ROW_PLACE],
                      .quantity = text[NF_ROW_QUANTITY], .title = { text[NF_ROW_TITLE], text[NF_ROW_TITLE_ZH] },
                      .dataset = text[NF_ROW_DATASET], .source = text[NF_ROW_SOURCE], .licence = text[NF_ROW_LICENCE],
                      .synthetic = sqlite3_column_int(q, NF_ROW_SYNTHETIC) != 0 };
}

/* A copy that lives in the context: one block for the struct and all its texts. */
nf_meta *nf_meta_owned(nf_ctx *c, const nf_meta *m)
{
    nf_meta copy = *m;
    const char **text[] = { &copy.key, &copy.unit, &copy.place, &copy.quantity, &copy.title.en, &copy.title.zh, &copy.dataset,
                            &copy.source, &copy.licence };
    size_t size = sizeof copy;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) size += strlen(*text[i]) + 1;
    char *block = nf_alloc(c, size), *at = block + sizeof copy;
    if (!block) return NULL;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        size_t len = strlen(*text[i]) + 1;
        memcpy(at, *text[i], len);
        *text[i] = at;
        at += len;
    }
    if (!*copy.title.zh) copy.title.zh = NULL;
    return memcpy(block, &copy, sizeof copy);
}

nf_series_row nf_series_row_of(sqlite3_stmt *q)
{
    int64_t v[NF_ROW_KNOWN + 1];
    for (int i = NF_ROW_FIGURES; i <= NF_ROW_KNOWN; i++) v[i] = sqlite3_column_int64(q, i);
    return (nf_series_row){ .id = sqlite3_column_int64(q, NF_ROW_ID), .freq = sqlite3_column_int(q, NF_ROW_FREQ),
                            .figures = v[NF_ROW_FIGURES], .past = v[NF_ROW_PAST], .first = v[NF_ROW_FIRST],
                            .wide = v[NF_ROW_WIDE], .last = v[NF_ROW_LAST], .narrow = v[NF_ROW_NARROW],
                            .known_first = v[NF_ROW_KNOWN_FIRST], .known = v[NF_ROW_KNOWN] };
}

bool nf_series_row_is_sound(sqlite3_stmt *q)
{
    int freq = sqlite3_column_int(q, NF_ROW_FREQ);
    return sqlite3_column_int(q, NF_ROW_SOUND) == 1 && freq >= NF_NUMBER && freq <= NF_MINUTE;
}

/* ---- the cursor ---- */

static bool takes(const cursor *at, const nf_meta *m)
{
    if (at->exact && strcmp(at->match, m->key)) return false;
    return nf_query_takes(&at->query, m);
}

static int series_out(cursor *at, nf_ctx *c, const nf_meta *m, nf_series *out)
{
    nf_series_row row = nf_series_row_of(at->series);
    if (at->query.known && row.known_first > at->query.known) return 0;          /* nobody knew of it then */
    nf_meta *meta = nf_meta_owned(c, m);
    if (!meta) return NF_ENOMEM;
    int rc = nf_reading_series(&at->read, c, &row, &at->query, meta, out);
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
        if (!nf_series_row_is_sound(at->series)) return nf_store_damaged(c, at->store, "the row of a series fails its checksum");
        nf_meta m = borrowed(at->series);
        if (at->prefix && strncmp(m.key, at->match, at->prefix)) return 0;
        if (!takes(at, &m) || at->seen++ < at->query.first) continue;
        if ((rc = series_out(at, c, &m, out))) return rc;
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

static int find_by_key(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out) { return find(self, c, q, out, false); }
static int find_as_loaded(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out) { return find(self, c, q, out, true); }

nf_source nf_store_source(nf_store *s) { return (nf_source){ find_by_key, s }; }
nf_source nf_store_source_as_loaded(nf_store *s) { return (nf_source){ s->held ? nf_held_find : find_as_loaded, s }; }

int nf_store_kept_as(nf_ctx *c, nf_store *s, const char *key, const char **unit, nf_freq *freq)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, NF_SERIES_SELECT " WHERE key = ?1");
    if (!rc) rc = nf_store_bind(c, s, q, "t", key);
    if (!rc) rc = nf_store_step(c, s, q);
    if (rc > 0 && !nf_series_row_is_sound(q)) rc = nf_store_damaged(c, s, "the row of a series fails its checksum");
    if (rc > 0) {
        *freq = (nf_freq)sqlite3_column_int(q, NF_ROW_FREQ);
        if (!(*unit = nf_store_text(c, q, NF_ROW_UNIT))) rc = NF_ENOMEM;
    }
    sqlite3_finalize(q);
    return rc;
}

size_t nf_store_count(nf_store *s)
{
    sqlite3_stmt *q = NULL;
    int64_t n = 0;
    if (!sqlite3_prepare_v2(s->db, "SELECT series FROM store", -1, &q, NULL) && sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n < 0 ? 0 : (size_t)n;
}
