/* store_series.c - a row of table series, and what a series is called. */
#include "store_read.h"
#include <string.h>

/* A copy that lives in the context: one block for the struct and all its texts. */
nf_meta *nf_meta_owned(nf_ctx *c, const nf_meta *m)
{
    nf_meta copy = *m;
    const char **text[] = { &copy.key, &copy.unit, &copy.place, &copy.quantity, &copy.title.en, &copy.title.zh,
                            &copy.dataset, &copy.source, &copy.licence };
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

/* A forged count would ask for memory that the figures do not need: a byte of the file holds fewer than FIGURES, for a
 * chunk of 1,024 takes no fewer than 40 with its place and checksum. */
static bool file_holds(nf_ctx *c, nf_store *s, int64_t figures)
{
    enum { FIGURES = 32, FEW = 1 << 20 };
    int64_t pages, size;
    if (figures <= FEW) return true;
    if (nf_store_number(c, s, &pages, "PRAGMA page_count")) return false;
    if (nf_store_number(c, s, &size, "PRAGMA page_size")) return false;
    return figures / FIGURES <= pages * size;
}

static bool counts_make_sense(const nf_series_row *r)
{
    if (r->figures < 0 || r->past < 0 || r->figures > INT64_MAX - r->past || r->origin < -1) return false;
    if (r->freq < NF_NUMBER || r->freq > NF_MINUTE) return false;
    return !r->data || (r->size && r->size <= NF_CHUNK_BYTES && r->figures && r->figures <= NF_CHUNK_MAX);
}

int nf_series_row_of(nf_ctx *c, nf_store *s, sqlite3_stmt *q, nf_series_row *out)
{
    int64_t v[NF_ROW_KNOWN + 1];
    for (int i = NF_ROW_ORIGIN; i <= NF_ROW_KNOWN; i++) v[i] = sqlite3_column_int64(q, i);
    *out = (nf_series_row){ .id = sqlite3_column_int64(q, NF_ROW_ID), .freq = sqlite3_column_int(q, NF_ROW_FREQ),
                            .origin = v[NF_ROW_ORIGIN], .figures = v[NF_ROW_FIGURES], .past = v[NF_ROW_PAST],
                            .first = v[NF_ROW_FIRST], .wide = v[NF_ROW_WIDE], .last = v[NF_ROW_LAST],
                            .narrow = v[NF_ROW_NARROW],
                            .known_first = v[NF_ROW_KNOWN_FIRST], .known = v[NF_ROW_KNOWN],
                            .data = sqlite3_column_blob(q, NF_ROW_DATA),
                            .size = (size_t)sqlite3_column_bytes(q, NF_ROW_DATA) };
    bool sound = sqlite3_column_int(q, NF_ROW_SOUND) == 1 && counts_make_sense(out)
        && file_holds(c, s, out->figures + out->past);
    return sound ? NF_OK : nf_store_damaged(c, s, "the row of a series fails its checksum");
}

int nf_series_row_find(nf_ctx *c, nf_store *s, const char *key, nf_series_row *out, sqlite3_stmt **q)
{
    int rc = nf_store_sql(c, s, q, NF_SERIES_SELECT " WHERE key = ?1");
    if (!rc) rc = nf_store_bind(c, s, *q, "t", key);
    if (!rc) rc = nf_store_step(c, s, *q);
    if (rc > 0 && (rc = nf_series_row_of(c, s, *q, out)) == NF_OK) return 1;
    nf_store_done(s, *q);
    *q = NULL;
    return rc;
}
