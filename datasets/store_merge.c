/* store_merge.c - what one arriving series makes of the stored one.
 *
 * A stored chunk answers for the periods from its first to the next chunk's first. Chunks without news stay as they
 * are. A figure that is replaced goes to the past, so that what was known before stays known. */
#include "store_intake.h"
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

typedef struct { int64_t id; nf_place at; } stored;

typedef struct {
    nf_commit *to; const nf_arrived *from;
    nf_series_row row;
    bool is_new, touched;
    const char *text[NF_TEXTS], *dataset;
    stored *chunk; size_t n_chunks;
    nf_arrivals *arrivals; nf_figure next; bool more;
    size_t region; bool changed, replaced;       /* of the region under way: its chunk must be, has been written */
    nf_figure *earlier; size_t n_earlier; bool earlier_known;    /* past figures of the region */
    nf_figure backdated; bool has_backdated;     /* latest back-dated figure of the period under way */
} merging;

/* ---- the series' own row ---- */

static int disagree(merging *m, const char *what, const char *stored_as, const char *arrives_as)
{
    nf_intake *in = m->to->in;
    nf_fail(in->ctx, NF_EDATA, "series '%s' has the %s '%s' in the store and '%s' here", m->text[NF_TEXT_KEY], what, stored_as,
            arrives_as);
    nf_hint(in->ctx, "give it another name, or bring it into the stored %s first", what);
    return nf_at(in->ctx, in->file, 0, 0);
}

/* A text that arrives replaces a stored one; an empty one leaves it. */
static bool text_news(sqlite3_stmt *q, int column, const char **text, nf_ctx *c)
{
    const char *kept = (const char *)sqlite3_column_text(q, column);
    if (**text && !strcmp(kept ? kept : "", *text)) return false;
    if (**text) return true;
    *text = nf_strdup(c, kept ? kept : "");
    return false;
}

static int kept_agrees(merging *m, sqlite3_stmt *q)
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

static int kept_read(merging *m, sqlite3_stmt *q)
{
    nf_ctx *c = m->to->ctx;
    static const int column[NF_TEXTS] = { NF_ROW_KEY, NF_ROW_UNIT, NF_ROW_PLACE, NF_ROW_QUANTITY,
                                          NF_ROW_TITLE, NF_ROW_TITLE_ZH, NF_ROW_SOURCE, NF_ROW_LICENCE };
    if (!nf_series_row_is_sound(q)) return nf_store_damaged(c, m->to->store, "the row of a series fails its checksum");
    int rc = kept_agrees(m, q);
    if (rc) return rc;
    m->row = nf_series_row_of(q);
    for (int i = 0; i < NF_TEXTS; i++) {
        if (text_news(q, column[i], &m->text[i], c)) m->touched = true;
        if (!m->text[i]) return NF_ENOMEM;
    }
    return (m->dataset = nf_store_text(c, q, NF_ROW_DATASET)) ? NF_OK : NF_ENOMEM;
}

static int kept_find(merging *m)
{
    nf_commit *to = m->to;
    int rc = nf_store_bind(to->ctx, to->store, to->find, "t", m->text[NF_TEXT_KEY]);
    if (!rc) rc = nf_store_step(to->ctx, to->store, to->find);
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

static int kept_write(merging *m)
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

static int chunks_list(merging *m)
{
    nf_commit *to = m->to;
    size_t room = 0;
    int64_t figures = 0;
    if (m->is_new) return NF_OK;
    int rc = nf_store_bind(to->ctx, to->store, to->places, "i", m->row.id);
    while (!rc && (rc = nf_store_step(to->ctx, to->store, to->places)) > 0) {
        if (m->n_chunks == room) {
            stored *more = realloc(m->chunk, (room = room ? 2 * room : 16) * sizeof *more);
            if (!more) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
            m->chunk = more;
        }
        stored *s = &m->chunk[m->n_chunks++];
        int64_t v[8];
        for (int i = 0; i < 8; i++) v[i] = sqlite3_column_int64(to->places, i);
        *s = (stored){ v[0], { m->row.id, v[1], v[2], v[3], 0, v[5], (size_t)v[4], (uint32_t)v[6] } };
        figures += v[4];
        rc = NF_OK;
    }
    if (!rc && figures != m->row.figures) rc = nf_store_damaged(to->ctx, to->store, "chunks of a series are missing");
    return rc;
}

/* The chunk's bytes, checked, in to->stored. */
static int chunk_bytes(merging *m, const stored *s, size_t *size)
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

static int chunk_read(merging *m, const stored *s, nf_chunk *out)
{
    size_t size;
    int rc = chunk_bytes(m, s, &size);
    if (rc) return rc;
    out->n = s->at.n;
    return nf_chunk_decode(nf_chunk_planes(out, 0), m->to->stored, size, out->n)
        ? NF_OK : nf_store_damaged(m->to->ctx, m->to->store, "a chunk does not decode");
}

static int chunk_put(merging *m, sqlite3_stmt *q, nf_place *p, const uint8_t *data, size_t size, int64_t id)
{
    nf_commit *to = m->to;
    p->crc = nf_place_crc(p, data, size);
    int rc = nf_store_bind(to->ctx, to->store, q, id ? "iiiiiiibi" : "iiiiiiib", p->series, p->first, p->wide, p->last,
                           (int64_t)p->n, p->known, (int64_t)p->crc, data, size, id);
    return rc ? rc : nf_store_step(to->ctx, to->store, q);
}

/* ---- the past ---- */

static int past_flush(merging *m)
{
    nf_chunk *c = m->to->before;
    if (!c->n) return NF_OK;
    nf_place p = nf_chunk_place(c, 0, c->n, m->row.id);
    size_t size = nf_chunk_encode(m->to->bytes, c, 0, c->n);
    m->row.past += (int64_t)c->n;
    c->n = 0;
    return chunk_put(m, m->to->past_insert, &p, m->to->bytes, size, 0);
}

static int past_add(merging *m, const nf_figure *f)
{
    nf_chunk_add(m->to->before, f);
    m->touched = true;
    return m->to->before->n == NF_CHUNK ? past_flush(m) : NF_OK;
}

static int earlier_order(const void *x, const void *y)
{
    const nf_figure *a = x, *b = y;
    int order = nf_when_order(a->ord, a->span, b->ord, b->span);
    if (!order) order = (a->published > b->published) - (a->published < b->published);
    return order ? order : (a->load > b->load) - (a->load < b->load);
}

static int earlier_add(merging *m, const nf_chunk *c)
{
    nf_figure *more = realloc(m->earlier, (m->n_earlier + c->n) * sizeof *more);
    if (!more) return nf_fail(m->to->ctx, NF_ENOMEM, "out of memory");
    m->earlier = more;
    for (size_t i = 0; i < c->n; i++) m->earlier[m->n_earlier++] = nf_chunk_at(c, i);
    return NF_OK;
}

/* Past figures of the chunk under way, read when a back-dated figure first asks for them. */
static int earlier_read(merging *m)
{
    nf_commit *to = m->to;
    const nf_place *p = &m->chunk[m->region].at;
    nf_chunk *c = to->in->chunk;
    nf_place at;
    size_t size;
    m->n_earlier = 0;
    m->earlier_known = true;
    int rc = nf_store_bind(to->ctx, to->store, to->past, "iii", m->row.id, p->last, p->first);
    while (!rc && (rc = nf_store_step(to->ctx, to->store, to->past)) > 0) {
        rc = nf_place_of(to->ctx, to->store, to->past, m->row.id, &at, to->stored, &size);
        if (rc) break;
        c->n = at.n;
        rc = nf_chunk_decode(nf_chunk_planes(c, 0), to->stored, size, c->n)
            ? earlier_add(m, c) : nf_store_damaged(to->ctx, to->store, "a past chunk does not decode");
    }
    sqlite3_reset(to->past);
    if (!rc && m->n_earlier) qsort(m->earlier, m->n_earlier, sizeof *m->earlier, earlier_order);
    return rc;
}

/* The figure that held for f's period when f was published, or NULL. */
static const nf_figure *earlier_find(const merging *m, const nf_figure *f)
{
    nf_figure want = *f;
    want.load = INT64_MAX;
    size_t low = 0, high = m->n_earlier;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (earlier_order(&m->earlier[mid], &want) <= 0) low = mid + 1; else high = mid;
    }
    const nf_figure *g = low ? &m->earlier[low - 1] : NULL;
    if (g && nf_when_order(g->ord, g->span, f->ord, f->span)) g = NULL;
    if (m->has_backdated && (!g || m->backdated.published >= g->published)) g = &m->backdated;
    return g;
}

/* A figure published before the one that holds: it can only change what was known in between. */
static int backdate(merging *m, const nf_figure *f)
{
    if (!m->earlier_known && m->n_chunks) {
        int rc = earlier_read(m);
        if (rc) return rc;
    }
    const nf_figure *g = earlier_find(m, f);
    if (g && nf_figure_same(g, f)) return m->to->unchanged++, NF_OK;
    if (g) m->to->revised++; else m->to->added++;
    if (f->published < m->row.known_first) m->row.known_first = f->published;
    m->backdated = *f;
    m->has_backdated = true;
    return past_add(m, f);
}

/* ---- versions of one period ---- */

static void news(merging *m, const nf_figure *f)
{
    m->changed = m->touched = true;
    if (f->published > m->row.known) m->row.known = f->published;
    if (f->published < m->row.known_first) m->row.known_first = f->published;
}

static void first_of_period(merging *m, const nf_figure *f)
{
    if (!m->row.figures || nf_when_order(f->ord, f->span, m->row.first, m->row.wide) < 0) m->row.first = f->ord, m->row.wide = f->span;
    if (!m->row.figures || nf_when_order(f->ord, f->span, m->row.last, m->row.narrow) > 0) m->row.last = f->ord, m->row.narrow = f->span;
    m->row.figures++;
    m->to->added++;
}

static int version(merging *m, nf_figure *head, bool *has_head, nf_figure *f)
{
    f->load = m->to->load;
    if (!*has_head) {
        first_of_period(m, f);
        news(m, f);
        *head = *f;
        *has_head = true;
        return NF_OK;
    }
    if (f->published < head->published) return backdate(m, f);
    if (nf_figure_same(f, head)) return m->to->unchanged++, NF_OK;
    int rc = past_add(m, head);
    m->to->revised++;
    news(m, f);
    *head = *f;
    return rc;
}

static int next_read(merging *m)
{
    int rc = nf_arrivals_next(m->arrivals, &m->next);
    m->more = rc > 0;
    return rc < 0 ? rc : NF_OK;
}

/* ---- regions: a stored chunk and what arrives for it ---- */

static bool in_region(const merging *m)
{
    if (!m->more) return false;
    if (m->region + 1 >= m->n_chunks) return true;
    const nf_place *end = &m->chunk[m->region + 1].at;
    return nf_when_order(m->next.ord, m->next.span, end->first, end->wide) < 0;
}

static int out_write(merging *m, size_t from, size_t to)
{
    nf_commit *w = m->to;
    if (from == to) return NF_OK;
    nf_place p = nf_chunk_place(w->out, from, to, m->row.id);
    size_t size = nf_chunk_encode(w->bytes, w->out, from, to);
    bool in_place = m->region < m->n_chunks && !m->replaced;
    m->replaced = true;
    return chunk_put(m, in_place ? w->update : w->insert, &p, w->bytes, size, in_place ? m->chunk[m->region].id : 0);
}

static int out_add(merging *m, const nf_figure *f)
{
    nf_chunk *c = m->to->out;
    nf_chunk_add(c, f);
    if (c->n < NF_CHUNK_MAX) return NF_OK;
    int rc = out_write(m, 0, NF_CHUNK);
    size_t n = 0;
    for (size_t i = NF_CHUNK; i < NF_CHUNK_MAX; i++, n++) {
        nf_figure g = nf_chunk_at(c, i);
        c->n = n;
        nf_chunk_add(c, &g);
    }
    return rc;
}

/* More than one chunk's worth: the newest end grows on, so its full chunks stay full; elsewhere halves leave room. */
static int out_finish(merging *m)
{
    size_t n = m->to->out->n, cut = n <= NF_CHUNK ? n : m->region + 1 >= m->n_chunks ? NF_CHUNK : n / 2;
    if (!m->changed && !m->replaced) return NF_OK;
    int rc = out_write(m, 0, cut);
    return rc ? rc : out_write(m, cut, n);
}

static int period_merge(merging *m, size_t *i)
{
    nf_chunk *old = m->to->old;
    nf_figure head = { 0 };
    bool has_head = *i < old->n;
    if (has_head) head = nf_chunk_at(old, *i);
    if (has_head && in_region(m) && nf_when_order(m->next.ord, m->next.span, head.ord, head.span) < 0) has_head = false;
    if (has_head) ++*i;
    int64_t ord = has_head ? head.ord : m->next.ord, span = has_head ? head.span : m->next.span;
    m->has_backdated = false;
    while (in_region(m) && m->next.ord == ord && m->next.span == span) {
        int rc = version(m, &head, &has_head, &m->next);
        if (!rc) rc = next_read(m);
        if (rc) return rc;
    }
    return out_add(m, &head);
}

static int region_merge(merging *m)
{
    if (!in_region(m)) return NF_OK;
    m->to->out->n = m->to->old->n = 0;
    m->changed = m->replaced = m->earlier_known = false;
    m->n_earlier = 0;
    int rc = m->region < m->n_chunks ? chunk_read(m, &m->chunk[m->region], m->to->old) : NF_OK;
    for (size_t i = 0; !rc && (i < m->to->old->n || in_region(m));) rc = period_merge(m, &i);
    return rc ? rc : out_finish(m);
}

/* ---- without looking inside: blocks that say what is stored, blocks that can be stored as they are ---- */

static int blocks_unchanged(merging *m, const nf_block *block, size_t n, size_t *skip)
{
    nf_commit *to = m->to;
    for (*skip = 0; *skip < n && *skip < m->n_chunks; ++*skip) {
        const nf_block *b = &block[*skip];
        const stored *s = &m->chunk[*skip];
        size_t size;
        if (!b->single || b->place.first != s->at.first || b->place.n != s->at.n || b->place.last != s->at.last) return NF_OK;
        int rc = chunk_bytes(m, s, &size);
        if (rc) return rc;
        const uint8_t *bytes = nf_block_bytes(to->in, b, to->bytes);
        if (!bytes) return nf_last(to->ctx)->err;
        if (!nf_chunk_says_same(to->stored, size, bytes, b->size, b->place.n, b->known_first >= s->at.known)) return NF_OK;
        to->unchanged += b->place.n;
    }
    return NF_OK;
}

static bool blocks_in_order(const nf_block *block, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!nf_block_follows(&block[i - 1], &block[i])) return false;
    return true;
}

static bool blocks_fit(const nf_block *block, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!block[i].single || (i + 1 < n && block[i].place.n < NF_CHUNK / 2)) return false;
    return true;
}

static int block_store(merging *m, const nf_block *b)
{
    nf_commit *to = m->to;
    const uint8_t *bytes = nf_block_bytes(to->in, b, to->stored);
    if (!bytes) return nf_last(to->ctx)->err;
    size_t size = nf_chunk_of_load(to->bytes, bytes, b->size, b->place.n, to->load);
    if (!size) return nf_fail(to->ctx, NF_EIO, "the load's temporary file does not read back");
    nf_place p = b->place;
    p.series = m->row.id;
    return chunk_put(m, to->insert, &p, to->bytes, size, 0);
}

static int blocks_store(merging *m, const nf_block *block, size_t n)
{
    int rc = NF_OK;
    m->row.first = block[0].place.first;
    m->row.wide = block[0].place.wide;
    m->row.last = block[n - 1].place.last;
    m->row.narrow = block[n - 1].place.narrow;
    for (size_t i = 0; i < n && !rc; i++) {
        m->row.figures += (int64_t)block[i].place.n;
        if (block[i].place.known > m->row.known) m->row.known = block[i].place.known;
        if (block[i].known_first < m->row.known_first) m->row.known_first = block[i].known_first;
        rc = block_store(m, &block[i]);
    }
    m->to->added += (size_t)m->row.figures;
    return rc;
}

static int blocks_merge(merging *m, nf_block *block, size_t n)
{
    int rc = nf_arrivals_open(m->to->in, m->from, block, n, &m->arrivals);
    if (!rc) rc = next_read(m);
    for (m->region = 0; !rc && (m->region < m->n_chunks || m->more); m->region++) rc = region_merge(m);
    if (!rc) rc = past_flush(m);
    if (m->arrivals) m->to->duplicates += nf_arrivals_duplicates(m->arrivals);
    nf_arrivals_close(m->arrivals);
    return rc;
}

static void blocks_span(nf_commit *to, const nf_arrived *a, const nf_block *block, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const nf_place *p = &block[i].place;
        nf_period first = { p->first, a->freq, (int32_t)p->wide }, last = { p->last, a->freq, (int32_t)p->narrow };
        if (nf_period_is_empty(to->first) || nf_period_order(first, to->first) < 0) to->first = first;
        if (nf_period_is_empty(to->last) || nf_period_order(last, to->last) > 0) to->last = last;
        if (block[i].known_first < to->published_first) to->published_first = block[i].known_first;
        if (p->known > to->published_last) to->published_last = p->known;
    }
}

static int blocks_commit(merging *m, nf_block *block, size_t n)
{
    size_t skip = 0;
    int rc = nf_block_list(m->to->in, m->from, block);
    if (rc) return rc;
    blocks_span(m->to, m->from, block, n);
    bool ordered = blocks_in_order(block, n);
    if (ordered && m->is_new && blocks_fit(block, n)) return blocks_store(m, block, n);
    if (ordered) rc = blocks_unchanged(m, block, n, &skip);
    return rc || skip == n ? rc : blocks_merge(m, block + skip, n - skip);
}

int nf_commit_series(nf_commit *to, const nf_arrived *a)
{
    char room[NF_TEXTS_BYTES];
    merging m = { .to = to, .from = a };
    if (!a->blocks) return NF_OK;
    size_t mark = nf_mark(to->ctx);
    nf_block *block = malloc(a->blocks * sizeof *block);
    int rc = block ? nf_intake_texts(to->in, a, m.text, room) : nf_fail(to->ctx, NF_ENOMEM, "out of memory");
    to->series++;
    if (!rc) rc = kept_find(&m);
    if (!rc) rc = chunks_list(&m);
    if (!rc) rc = blocks_commit(&m, block, a->blocks);
    if (!rc && m.touched) rc = kept_write(&m);
    free(block);
    free(m.chunk);
    free(m.earlier);
    nf_release(to->ctx, mark);
    return rc;
}
