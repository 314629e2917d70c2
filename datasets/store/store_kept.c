/* store_kept.c - the row of a stored series and its chunks, read and written while a load is committed. */
#include "store_kept.h"
#include <stdlib.h>
#include <string.h>

/* ---- the series' own row ---- */

static int disagree(nf_merging *m, const char *what, const char *stored_as, const char *arrives_as)
{
    nf_intake *in = m->to->in;
    nf_fail(in->ctx, NF_EDATA, "series '%s' has the %s '%s' in the store and '%s' here", m->text[NF_TEXT_KEY], what,
            stored_as, arrives_as);
    nf_hint(in->ctx, "give it another name, or bring it into the stored %s first", what);
    return nf_at(in->ctx, in->file, 0, 0);
}

/* A text that arrives replaces a stored one; an empty one leaves it. */
static bool text_news(sqlite3_stmt *q, int column, const char **text, nf_ctx *c)
{
    const char *kept = (const char *)sqlite3_column_text(q, column);
    if (**text && !strcmp(kept ? kept : "", *text)) return false;
    if (**text) return true;
    *text = !kept || !*kept ? "" : nf_strdup(c, kept);
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
        return disagree(m, "origin", m->from->synthetic ? "real" : "synthetic",
                        m->from->synthetic ? "synthetic" : "real");
    return NF_OK;
}

static int kept_read(nf_merging *m, sqlite3_stmt *q)
{
    nf_commit *to = m->to;
    static const int column[NF_TEXTS] = { NF_ROW_KEY, NF_ROW_UNIT, NF_ROW_PLACE, NF_ROW_QUANTITY, NF_ROW_TITLE,
                                          NF_ROW_TITLE_ZH, NF_ROW_LICENCE };
    int rc = nf_series_row_of(to->ctx, to->store, q, &m->row);
    if (!rc) rc = kept_agrees(m, q);
    if (rc) return rc;
    if ((m->in_row = m->row.size)) memcpy(to->in_row, m->row.data, m->row.size);
    for (int i = 0; i < NF_TEXTS; i++) {
        if (text_news(q, column[i], &m->text[i], to->ctx)) m->touched = true;
        if (!m->text[i]) return NF_ENOMEM;
    }
    return (m->dataset = nf_store_text(to->ctx, q, NF_ROW_DATASET)) ? NF_OK : NF_ENOMEM;
}

int nf_kept_find(nf_merging *m)
{
    nf_commit *to = m->to;
    int rc = to->empty ? 0 : nf_store_bind(to->ctx, to->store, to->find, "t", m->text[NF_TEXT_KEY]);
    if (!rc && !to->empty) rc = nf_store_step(to->ctx, to->store, to->find);
    if (rc > 0) rc = kept_read(m, to->find);
    else if (!rc) {
        m->is_new = m->touched = true;
        m->dataset = to->in->dataset;
        m->row = (nf_series_row){ .id = to->next_series++, .origin = NF_ORIGIN_NONE, .known_first = INT64_MAX,
                                  .known = INT64_MIN };
    }
    if (!to->empty) sqlite3_reset(to->find);
    return rc;
}

void nf_kept_news(nf_merging *m, const nf_figure *f)
{
    m->changed = m->touched = true;
    if (f->published > m->row.known) m->row.known = f->published;
    if (f->published < m->row.known_first) m->row.known_first = f->published;
}

int nf_kept_origin(nf_merging *m, int64_t of_load, int64_t *id)
{
    nf_commit *to = m->to;
    *id = of_load ? to->origin[of_load] : 0;
    if (of_load && !*id) {
        nf_origin o = nf_origins_at(&to->in->origins, (uint32_t)of_load);
        int rc = nf_store_origin_make(to->ctx, to->store, &o, id);
        if (rc) return rc;
        to->origin[of_load] = *id;
    }
    if (m->row.origin == NF_ORIGIN_NONE) m->row.origin = *id;
    if (m->row.origin == *id) return NF_OK;
    m->row.origin = NF_ORIGIN_SEVERAL;
    return NF_OK;
}

/* ---- stored chunks ---- */

static bool chunks_room(nf_commit *to, size_t n)
{
    if (n < to->chunks) return true;
    nf_stored *more = realloc(to->chunk, 2 * (n + 8) * sizeof *more);
    if (!more) return false;
    to->chunk = more;
    to->chunks = 2 * (n + 8);
    return true;
}

static nf_place place_in_row(const nf_series_row *r)
{
    return (nf_place){ r->id, r->first, r->wide, r->last, r->narrow, r->known, (size_t)r->figures, 0 };
}

int nf_stored_list(nf_merging *m)
{
    nf_commit *to = m->to;
    int64_t figures = 0;
    if (m->is_new) return NF_OK;
    if (!chunks_room(to, 0)) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
    if (m->in_row) {
        to->chunk[m->n_chunks++] = (nf_stored){ 0, place_in_row(&m->row) };
        return NF_OK;
    }
    int rc = nf_store_bind(to->ctx, to->store, to->places, "i", m->row.id);
    while (!rc && (rc = nf_store_step(to->ctx, to->store, to->places)) > 0) {
        if (!chunks_room(to, m->n_chunks)) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
        int64_t v[7];
        for (int i = 0; i < 7; i++) v[i] = sqlite3_column_int64(to->places, i);
        to->chunk[m->n_chunks++] = (nf_stored){ v[0],
                                                { m->row.id, v[1], v[2], v[3], 0, v[5], (size_t)v[4],
                                                  (uint32_t)v[6] } };
        figures += v[4];
        rc = NF_OK;
    }
    m->apart = m->n_chunks > 0;
    if (!rc && figures != m->row.figures) rc = nf_store_damaged(to->ctx, to->store, "chunks of a series are missing");
    return rc;
}

/* The chunk's bytes, checked, in to->stored. Those in the row were checked with it. */
int nf_stored_bytes(nf_merging *m, const nf_stored *s, size_t *size)
{
    nf_commit *to = m->to;
    if (!s->id) {
        *size = m->held_size ? m->held_size : m->in_row;
        memcpy(to->stored, m->held_size ? to->held : to->in_row, *size);
        return NF_OK;
    }
    int rc = nf_store_bind(to->ctx, to->store, to->data, "i", s->id);
    if (!rc) rc = nf_store_step(to->ctx, to->store, to->data);
    if (rc < 0) return rc;
    const void *data = rc ? sqlite3_column_blob(to->data, 0) : NULL;
    *size = data ? (size_t)sqlite3_column_bytes(to->data, 0) : 0;
    bool sound = data && *size <= NF_CHUNK_BYTES && s->at.n <= NF_CHUNK_MAX
        && nf_place_crc(&s->at, data, *size) == s->at.crc;
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

int nf_place_write(nf_commit *to, sqlite3_stmt *q, nf_place *p, const uint8_t *data, size_t size, int64_t id)
{
    p->crc = nf_place_crc(p, data, size);
    int rc = nf_store_bind(to->ctx, to->store, q, id ? "iiiiiiibi" : "iiiiiiib", p->series, p->first, p->wide, p->last,
                           (int64_t)p->n, p->known, (int64_t)p->crc, data, size, id);
    return rc ? rc : nf_store_step(to->ctx, to->store, q);
}

/* A chunk that begins where it began leaves the index alone. */
static int chunk_write(nf_merging *m, const nf_stored *instead, nf_place *p, const uint8_t *data, size_t size)
{
    nf_commit *to = m->to;
    bool stays = instead && instead->at.first == p->first && instead->at.wide == p->wide;
    m->apart = true;
    return nf_place_write(to, !instead ? to->insert : stays ? to->refresh : to->update, p, data, size,
                          instead ? instead->id : 0);
}

static void hold(nf_merging *m, const nf_place *p, const uint8_t *data, size_t size)
{
    memcpy(m->to->held, data, size);
    m->held = *p;
    m->held_size = size;
    m->touched = true;
}

/* What was to stand in the row goes to the table after all. */
static int held_write(nf_merging *m)
{
    size_t size = m->held_size;
    m->held_size = m->in_row = 0;
    return size ? chunk_write(m, NULL, &m->held, m->to->held, size) : NF_OK;
}

/* The only chunk of a series waits until its row is written: it may fit there. */
int nf_stored_put(nf_merging *m, const nf_stored *instead, nf_place *p, const uint8_t *data, size_t size)
{
    if (instead && instead->id) return chunk_write(m, instead, p, data, size);
    if (!m->apart && (instead || (!m->held_size && !m->in_row))) return hold(m, p, data, size), NF_OK;
    if (!m->held_size && m->in_row) {
        hold(m, &m->to->chunk[0].at, m->to->in_row, m->in_row);
    }
    int rc = held_write(m);
    return rc ? rc : chunk_write(m, NULL, p, data, size);
}

/* ---- the row, written ---- */

static int row_step(nf_merging *m, sqlite3_stmt *q, const uint8_t *data, size_t size)
{
    nf_commit *to = m->to;
    const char **t = m->text;
    const nf_series_row *r = &m->row;
    int rc = nf_store_bind(to->ctx, to->store, q, "ititttttttiiiiiiiiiibs", r->id, t[NF_TEXT_KEY],
                           (int64_t)m->from->freq,
                           t[NF_TEXT_UNIT], t[NF_TEXT_PLACE], t[NF_TEXT_QUANTITY], t[NF_TEXT_TITLE],
                           t[NF_TEXT_TITLE_ZH],
                           m->dataset, t[NF_TEXT_LICENCE], (int64_t)m->from->synthetic, r->origin, r->figures, r->past,
                           r->first, r->wide, r->last, r->narrow, r->known_first, r->known, data, size);
    return rc ? rc : nf_store_step(to->ctx, to->store, q);
}

int nf_kept_write(nf_merging *m)
{
    nf_commit *to = m->to;
    int rc = NF_OK;
    if (m->held_size && (m->held.n > NF_IN_ROW || m->held_size > NF_IN_ROW_BYTES)) rc = held_write(m);
    if (rc) return rc;
    to->made += m->is_new;
    to->touched++;
    bool held = m->held_size > 0, any = held || m->in_row;
    return row_step(m, m->is_new ? to->make : to->keep, any ? held ? to->held : to->in_row : NULL,
                    held ? m->held_size : m->in_row);
}
