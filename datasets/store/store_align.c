/* store_align.c - figures in order taken block by block: the same again, a few revised, or a series that is new.
 *
 * Most loads repeat what is stored and add to it. Where the arriving figures are for the same periods as a stored
 * chunk, they are compared as bytes, else as arrays, without merging; where the series is new, full blocks are
 * stored as they came. */
#include "store_align.h"
#include <math.h>
#include <string.h>

/* Arriving figures from `at` on, decoded from blocks as they are needed. */
typedef struct { nf_merging *m; const nf_block *block; size_t n, next, at; nf_chunk *c; } window;

static void shift(nf_chunk *c, size_t from)
{
    nf_planes to = nf_chunk_planes(c, 0), p = nf_chunk_planes(c, from);
    int64_t *whole[] = { to.ord, p.ord, to.span, p.span, to.published, p.published, to.load, p.load, to.origin,
                         p.origin, to.line, p.line, to.status, p.status };
    c->n -= from;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i += 2)
        memmove(whole[i], whole[i + 1], c->n * sizeof *whole[i]);
    memmove(to.value, p.value, c->n * sizeof *to.value);
}

static int block_append(nf_merging *m, const nf_block *b, nf_chunk *c)
{
    nf_intake *in = m->to->in;
    const uint8_t *bytes = nf_block_bytes(in, b, in->bytes);
    if (!bytes) return nf_last(in->ctx)->err;
    if (!nf_chunk_decode(nf_chunk_planes(c, c->n), bytes, b->size, b->place.n))
        return nf_fail(in->ctx, NF_EIO, "the load's temporary file does not read back");
    for (size_t i = 0; i < b->place.n; i++) c->load[c->n + i] = m->to->load;
    c->n += b->place.n;
    return NF_OK;
}

/* At least `want` figures, or all that are left; want <= NF_CHUNK. */
static int window_fill(window *w, size_t want)
{
    int rc = NF_OK;
    if (w->at && w->c->n - w->at < want) {
        shift(w->c, w->at);
        w->at = 0;
    }
    while (!rc && w->c->n - w->at < want && w->next < w->n) rc = block_append(w->m, &w->block[w->next++], w->c);
    return rc;
}

/* The next block is, byte for byte, what the chunk says. */
static int same_bytes(window *w, const nf_stored *s, bool *same)
{
    nf_commit *to = w->m->to;
    const nf_block *b = &w->block[w->next];
    size_t size;
    *same = false;
    if (w->c->n != w->at || w->next == w->n) return NF_OK;
    if (b->place.first != s->at.first || b->place.n != s->at.n || b->place.last != s->at.last) return NF_OK;
    int rc = nf_stored_bytes(w->m, s, &size);
    if (rc) return rc;
    const uint8_t *bytes = nf_block_bytes(to->in, b, to->bytes);
    if (!bytes) return nf_last(to->ctx)->err;
    *same = nf_chunk_says_same(to->stored, size, bytes, b->size, b->place.n, b->known_first >= s->at.known);
    return NF_OK;
}

/* For the same periods, and none published before the figure that holds. */
static bool same_periods(const nf_chunk *old, const nf_chunk *c, size_t at)
{
    if (memcmp(old->ord, c->ord + at, old->n * sizeof *old->ord)
        || memcmp(old->span, c->span + at, old->n * sizeof *old->span))
        return false;
    for (size_t i = 0; i < old->n; i++)
        if (c->published[at + i] < old->published[i]) return false;
    return true;
}

static int replace(nf_merging *m, nf_chunk *old, size_t i, nf_figure *f)
{
    nf_figure before = nf_chunk_at(old, i);
    size_t n = old->n;
    int rc = nf_own(m, f);
    if (rc) return rc;
    m->to->revised++;
    nf_kept_news(m, f);
    old->n = i;
    nf_chunk_add(old, f);
    old->n = n;
    return nf_past_add(m, &before);
}

/* A figure for each of the chunk's: those that say something else replace it. */
static int revise(window *w, nf_stored *s)
{
    nf_merging *m = w->m;
    nf_chunk *old = m->to->old;
    const nf_planes now = nf_chunk_planes(w->c, w->at);
    int rc = NF_OK;
    m->changed = false;
    for (size_t i = 0; !rc && i < old->n; i++) {
        if (now.status[i] == old->status[i] && (now.value[i] == old->value[i]
                                                || (isnan(now.value[i]) && isnan(old->value[i])))) {
            m->to->unchanged++;
            continue;
        }
        nf_figure f = nf_chunk_at(w->c, w->at + i);
        rc = replace(m, old, i, &f);
    }
    if (rc || !m->changed) return rc;
    s->at = nf_chunk_place(old, 0, old->n, m->row.id);
    size_t size = nf_chunk_encode(m->to->bytes, old, 0, old->n);
    return nf_stored_put(m, s, &s->at, m->to->bytes, size);
}

/* One stored chunk; *taken false: it has to be merged. */
static int chunk_align(window *w, nf_stored *s, bool *taken)
{
    nf_merging *m = w->m;
    int rc = same_bytes(w, s, taken);
    if (rc) return rc;
    if (*taken) {
        m->to->unchanged += w->block[w->next++].place.n;
        return NF_OK;
    }
    if (s->at.n > NF_CHUNK || (rc = window_fill(w, s->at.n)) || w->c->n - w->at < s->at.n) return rc;
    if ((rc = nf_stored_read(m, s, m->to->old)) || !same_periods(m->to->old, w->c, w->at)) return rc;
    *taken = true;
    rc = revise(w, s);
    w->at += s->at.n;
    return rc;
}

int nf_align(nf_merging *m, const nf_block *block, size_t n, size_t *taken)
{
    window w = { .m = m, .block = block, .n = n, .c = m->to->in->chunk };
    w.c->n = 0;
    *taken = 0;
    for (m->region = 0; m->region < m->n_chunks; m->region++) {
        bool one = false;
        nf_stored *s = &m->to->chunk[m->region];
        int rc = chunk_align(&w, s, &one);
        if (rc) return rc;
        if (!one) break;
        *taken += s->at.n;
    }
    return NF_OK;
}

/* ---- a series that is new ---- */

static int block_store(nf_merging *m, const nf_block *b)
{
    nf_commit *to = m->to;
    nf_place p = b->place;
    const uint8_t *bytes = nf_block_bytes(to->in, b, to->stored);
    if (!bytes) return nf_last(to->ctx)->err;
    int64_t origin;
    int rc = nf_kept_origin(m, b->origin, &origin);
    if (rc) return rc;
    size_t size = nf_chunk_of_load(to->bytes, bytes, b->size, b->place.n, to->load, origin);
    if (!size) return nf_fail(to->ctx, NF_EIO, "the load's temporary file does not read back");
    p.series = m->row.id;
    return nf_stored_put(m, NULL, &p, to->bytes, size);
}

static int chunk_store(nf_merging *m, nf_chunk *c, size_t n)
{
    nf_place p = nf_chunk_place(c, 0, n, m->row.id);
    size_t size = nf_chunk_encode(m->to->bytes, c, 0, n);
    shift(c, n);
    return nf_stored_put(m, NULL, &p, m->to->bytes, size);
}

/* Nearly full blocks stay what they are; short ones are joined. */
static int block_take(nf_merging *m, const nf_block *b, nf_chunk *joined, bool last)
{
    nf_series_row *row = &m->row;
    row->figures += (int64_t)b->place.n;
    if (b->place.known > row->known) row->known = b->place.known;
    if (b->known_first < row->known_first) row->known_first = b->known_first;
    if (!joined->n && b->origin >= 0 && (last || b->place.n >= NF_CHUNK / 2)) return block_store(m, b);
    size_t before = joined->n;
    int rc = block_append(m, b, joined);
    for (size_t i = before; !rc && i < joined->n; i++) rc = nf_kept_origin(m, joined->origin[i], &joined->origin[i]);
    return rc || joined->n < NF_CHUNK ? rc : chunk_store(m, joined, NF_CHUNK);
}

int nf_align_new(nf_merging *m, const nf_block *block, size_t n)
{
    nf_chunk *joined = m->to->out;
    int rc = NF_OK;
    joined->n = 0;
    m->row.first = block[0].place.first;
    m->row.wide = block[0].place.wide;
    m->row.last = block[n - 1].place.last;
    m->row.narrow = block[n - 1].place.narrow;
    for (size_t i = 0; i < n && !rc; i++) rc = block_take(m, &block[i], joined, i + 1 == n);
    m->to->added += (size_t)m->row.figures;
    return rc || !joined->n ? rc : chunk_store(m, joined, joined->n);
}
