/* store_versions.c - every version of a series' figures, with the day each was published: what an export must keep. */
#include "store_read.h"
#include <string.h>

static bool superseded(const nf_figure *f, size_t i, size_t n)
{
    return i + 1 < n && f[i + 1].ord == f[i].ord && f[i + 1].span == f[i].span;
}

static nf_version version_of(const nf_figure *f, int freq)
{
    nf_period p = { f->ord, freq, (int32_t)f->span };
    return (nf_version){ .period = p, .number = freq == NF_NUMBER ? nf_number_of_period(p) : 0, .value = f->value,
                         .status = (unsigned)f->status, .published = f->published };
}

/* Texts once for many figures: those of the last few origins are at hand. */
enum { AT_HAND = 64 };
typedef struct { int64_t id; nf_origin said; } at_hand;

static int say(nf_reading *r, nf_ctx *c, at_hand *known, int64_t id, nf_version *v)
{
    at_hand *k = &known[(uint64_t)id % AT_HAND];
    nf_origin said;
    if (k->id != id || !k->said.publisher) {
        int rc = nf_origin_read(&r->origins, c, id, &said);
        if (rc) return rc;
        *k = (at_hand){ id, { nf_strdup(c, said.publisher), nf_strdup(c, said.document) } };
        if (!k->said.publisher || !k->said.document) return NF_ENOMEM;
    }
    v->publisher = k->said.publisher;
    v->document = k->said.document;
    return NF_OK;
}

static int versions(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t known, bool all, nf_version **out,
                    size_t *n)
{
    nf_figure *f;
    at_hand texts[AT_HAND] = { 0 };
    size_t count;
    int rc = nf_reading_versions(r, c, row, known ? known : INT64_MAX, &f, &count);
    nf_version *v = *out = rc ? NULL : nf_alloc(c, (count + 1) * sizeof *v);
    if (rc || !v) return rc ? rc : NF_ENOMEM;
    for (size_t i = 0; i < count && !rc; i++) {
        if (!all && superseded(f, i, count)) continue;
        v[*n] = version_of(&f[i], row->freq);
        rc = say(r, c, texts, f[i].origin, &v[(*n)++]);
    }
    return rc;
}

int nf_store_versions(nf_ctx *c, nf_store *s, const char *key, int64_t known, bool all, nf_version **out, size_t *n)
{
    nf_reading r = { 0 };
    nf_series_row row;
    sqlite3_stmt *q;
    size_t mark = nf_scratch_mark(c);
    *n = 0;
    int found = nf_series_row_find(c, s, key, &row, &q);
    if (found <= 0) return found;
    int rc = nf_reading_open(&r, c, s);
    if (!rc) rc = versions(&r, c, &row, known, all, out, n);
    nf_reading_close(&r);
    nf_store_done(s, q);
    nf_scratch_rewind(c, mark);
    return rc ? rc : 1;
}
