/* store_kept.c - the row of a stored series and its chunks, read and written while a load is committed. */
#include "store_merge.h"
#include <stdlib.h>
#include <string.h>

/* ---- the series' own row ---- */

static int disagree(nf_merging *m, const char *what, const char *stored_as, const char *arrives_as)
{
    nf_intake *in = m->to->in;
    nf_fail(in->ctx, NF_EDATA, "series '%s' has the %s '%s' in the store and '%s' here", m->text[NF_TEXT_KEY], what, stored_as,
            arrives_as);
    nf_hint(in->ctx, "give it another name, or bring it into the stored %s first", what);
    return nf_at(in->ctx, in->file, 0, 0);
}

/* A text that arrives replaces a stored one; an empty one leaves it. Publishers are added to those known. */
static bool text_news(sqlite3_stmt *q, int column, const char **text, nf_ctx *c)
{
    const char *kept = (const char *)sqlite3_column_text(q, column);
    if (**text && !strcmp(kept ? kept : "", *text)) return false;
    if (**text) return true;
    *text = nf_strdup(c, kept ? kept : "");
    return false;
}

static int kept_agrees(nf_merging *m, sqlite3_stmt *q)
{
    const char *unit = (const char *)sqlite3_column_text(q, NF_ROW_UNIT);
    int freq = sqlite3_column_int(q, NF_ROW_FREQ);
    if (freq != m->from->freq)
        return disagree(m, "frequency", nf_freq_name((nf_freq)freq), nf_freq_name((nf_freq)m->from->freq));
    if (unit && *unit && *m->text[NF_TEXT_UNIT] && strcmp(unit, m->text[NF_TEXT_UNIT]))
        return disagree(m, "unit", unit, m->text[NF_TEXT_UNIT]);
    if (sqlite3_column_int(q, NF_ROW_SYNTHETIC) != m->from->synthetic)
        return disagree(m, "origin", m->from->synthetic ? "real" : "synthetic", m->from->synthetic ? "synthetic" : "real");
    return NF_OK;
}

static int kept_read(nf_merging *m, sqlite3_stmt *q)
{
    nf_ctx *c = m->to->ctx;
    static const int column[NF_TEXTS] = { NF_ROW_KEY, NF_ROW_UNIT, NF_ROW_PLACE, NF_ROW_QUANTITY,
                                          NF_ROW_TITLE, NF_ROW_TITLE_ZH, NF_ROW_SOURCE, NF_ROW_LICENCE };
    if (!nf_series_row_is_sound(q)) return nf_store_damaged(c, m->to->store, "the row of a series fails its checksum");
    int rc = kept_agrees(m, q);
    if (rc) return rc;
    m->row = nf_series_row_of(q);
    char joined[NF_TEXT_MAX + 1];
    const char *sources = (const char *)sqlite3_column_text(q, NF_ROW_SOURCE), *more = m->text[NF_TEXT_SOURCE];
    if (*more) {
        (void)nf_sources_join(joined, sources ? sources : "", more);
        if (!(m->text[NF_TEXT_SOURCE] = nf_strdup(c, joined))) return NF_ENOMEM;
    }
    for (int i = 0; i < NF_TEXTS; i++) {
        if (text_news(q, column[i], &m->text[i], c)) m->touched = true;
        if (!m->text[i]) return NF_ENOMEM;
    }
    return (m->dataset = nf_store_text(c, q, NF_ROW_DATASET)) ? NF_OK : NF_ENOMEM;
}

int nf_kept_find(nf_merging *m)
{
    nf_commit *to = m->to;
    int rc = to->empty ? 0 : nf_store_bind(to->ctx, to->store, to->find, "t", m->text[NF_TEXT_KEY]);
    if (!rc && !to->empty) rc = nf_store_step(to->ctx, to->store, to->find);
    if (rc > 0) rc = kept_read(m, to->find);
    else if (!rc) {
        m->is_new = m->touched = true;
        m->row.id = to->next_series++;
        m->dataset = to->in->dataset;
        m->row.known_first = INT64_MAX;
        m->row.known = INT64_MIN;
    }
    sqlite3_reset(to->find);
    return rc;
}

int nf_kept_write(nf_merging *m)
{
    nf_commit *to = m->to;
    const char **t = m->text;
    int rc = nf_store_bind(to->ctx, to->store, to->keep, "itittttttttiiiiiiiii", m->row.id, t[NF_TEXT_KEY], (int64_t)m->from->freq,
                           t[NF_TEXT_UNIT], t[NF_TEXT_PLACE], t[NF_TEXT_QUANTITY], t[NF_TEXT_TITLE], t[NF_TEXT_TITLE_ZH],
                           m->dataset, t[NF_TEXT_SOURCE], t[NF_TEXT_LICENCE], (int64_t)m->from->synthetic, m->row.figures, m->row.past,
                           m->row.first, m->row.wide, m->row.last, m->row.narrow, m->row.known_first, m->row.known);
    to->made += m->is_new;
    to->touched++;
    return rc ? rc : nf_store_step(to->ctx, to->store, to->keep);
}

/* ---- stored chunks ---- */

int nf_stored_list(nf_merging *m)
{
    nf_commit *to = m->to;
    size_t room = 0;
    int64_t figures = 0;
    if (m->is_new) return NF_OK;
    int rc = nf_store_bind(to->ctx, to->store, to->places, "i", m->row.id);
    while (!rc && (rc = nf_store_step(to->ctx, to->store, to->places)) > 0) {
        if (m->n_chunks == room) {
            nf_stored *more = realloc(m->chunk, (room = room ? 2 * room : 16) * sizeof *more);
            if (!more) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
            m->chunk = more;
        }
        nf_stored *s = &m->chunk[m->n_chunks++];
        int64_t v[8];
        for (int i = 0; i < 8; i++) v[i] = sqlite3_column_int64(to->places, i);
        *s = (nf_stored){ v[0], { m->row.id, v[1], v[2], v[3], 0, v[5], (size_t)v[4], (uint32_t)v[6] } };
        figures += v[4];
        rc = NF_OK;
    }
    if (!rc && figures != m->row.figures) rc = nf_store_damaged(to->ctx, to->store, "chunks of a series are missing");
    return rc;
}

/* The chunk's bytes, checked, in to->stored. */
int nf_stored_bytes(nf_merging *m, const nf_stored *s, size_t *size)
{
    nf_commit *to = m->to;
    int rc = nf_store_bind(to->ctx, to->store, to->data, "i", s->id);
    if (!rc) rc = nf_store_step(to->ctx, to->store, to->data);
    if (rc < 0) return rc;
    const void *data = rc ? sqlite3_column_blob(to->data, 0) : NULL;
    *size = data ? (size_t)sqlite3_column_bytes(to->data, 0) : 0;
    bool sound = data && *size <= NF_CHUNK_BYTES && s->at.n <= NF_CHUNK_MAX && nf_place_crc(&s->at, data, *size) == s->at.crc;
    if (sound) memcpy(to->stored, data, *size);
    sqlite3_reset(to->data);
    return sound ? NF_OK : nf_store_damaged(to->ctx, to->store, "a chunk fails its checksum");
}

int nf_stored_read(nf_merging *m, const nf_stored *s, nf_chunk *out)
{
    size_t size;
    int rc = nf_stored_bytes(m, s, &size);
    if (rc) return rc;
    out->n = s->at.n;
    return nf_chunk_decode(nf_chunk_planes(out, 0), m->to->stored, size, out->n)
        ? NF_OK : nf_store_damaged(m->to->ctx, m->to->store, "a chunk does not decode");
}

int nf_stored_put(nf_merging *m, sqlite3_stmt *q, nf_place *p, const uint8_t *data, size_t size, int64_t id)
{
    nf_commit *to = m->to;
    p->crc = nf_place_crc(p, data, size);
    int rc = nf_store_bind(to->ctx, to->store, q, id ? "iiiiiiibi" : "iiiiiiib", p->series, p->first, p->wide, p->last,
                           (int64_t)p->n, p->known, (int64_t)p->crc, data, size, id);
    return rc ? rc : nf_store_step(to->ctx, to->store, q);
}
