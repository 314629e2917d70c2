/* store_versions.c - every version of a series' figures, with the day each was published: what an export must keep. */
#include "store_read.h"
#include <string.h>

static int find(nf_ctx *c, nf_store *s, const char *key, nf_series_row *row)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, NF_SERIES_SELECT " WHERE key = ?1");
    if (!rc) rc = nf_store_bind(c, s, q, "t", key);
    if (!rc) rc = nf_store_step(c, s, q);
    if (rc > 0 && !nf_series_row_is_sound(q)) rc = nf_store_damaged(c, s, "the row of a series fails its checksum");
    if (rc > 0) *row = nf_series_row_of(q);
    nf_store_done(s, q);
    return rc;
}

static bool superseded(const nf_figure *f, size_t i, size_t n)
{
    return i + 1 < n && f[i + 1].ord == f[i].ord && f[i + 1].span == f[i].span;
}

static nf_version version_of(const nf_figure *f, int freq)
{
    nf_period p = { f->ord, freq, (int32_t)f->span };
    return (nf_version){ p, freq == NF_NUMBER ? nf_number_of_period(p) : 0, f->value, (unsigned)f->status, f->published };
}

int nf_store_versions(nf_ctx *c, nf_store *s, const char *key, int64_t known, bool all, nf_version **out, size_t *n)
{
    nf_reading r = { 0 };
    nf_series_row row;
    nf_figure *f = NULL;
    size_t count = 0, mark = nf_scratch_mark(c);
    int found = find(c, s, key, &row);
    if (found <= 0) return found;
    int rc = nf_reading_open(&r, c, s);
    if (!rc) rc = nf_reading_versions(&r, c, &row, known ? known : INT64_MAX, &f, &count);
    nf_version *v = rc ? NULL : nf_alloc(c, (count + 1) * sizeof *v);
    if (!rc && !v) rc = NF_ENOMEM;
    *n = 0;
    for (size_t i = 0; i < count && !rc; i++)
        if (all || !superseded(f, i, count)) v[(*n)++] = version_of(&f[i], row.freq);
    nf_reading_close(&r);
    nf_scratch_rewind(c, mark);
    *out = v;
    return rc ? rc : 1;
}
