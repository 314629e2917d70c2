/* store_past.c - figures that gave way to others, and those published earlier than what is known already. */
#include "store_kept.h"
#include <stdlib.h>
#include <string.h>

int nf_past_flush(nf_merging *m)
{
    nf_chunk *c = m->to->before;
    if (!c->n) return NF_OK;
    nf_place p = nf_chunk_place(c, 0, c->n, m->row.id);
    size_t size = nf_chunk_encode(m->to->bytes, c, 0, c->n);
    m->row.past += (int64_t)c->n;
    c->n = 0;
    return nf_place_write(m->to, m->to->past_insert, &p, m->to->bytes, size, 0);
}

int nf_past_add(nf_merging *m, const nf_figure *f)
{
    nf_chunk_add(m->to->before, f);
    m->touched = true;
    return m->to->before->n == NF_CHUNK ? nf_past_flush(m) : NF_OK;
}

static int earlier_add(nf_merging *m, const nf_chunk *c)
{
    nf_figure *more = realloc(m->earlier, (m->n_earlier + c->n) * sizeof *more);
    if (!more) return nf_fail(m->to->ctx, NF_ENOMEM, "out of memory");
    m->earlier = more;
    for (size_t i = 0; i < c->n; i++) m->earlier[m->n_earlier++] = nf_chunk_at(c, i);
    return NF_OK;
}

/* Past figures of the chunk under way, read when a back-dated figure first asks for them. */
static int earlier_read(nf_merging *m)
{
    nf_commit *to = m->to;
    const nf_place *p = &m->to->chunk[m->region].at;
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
    if (!rc && m->n_earlier) qsort(m->earlier, m->n_earlier, sizeof *m->earlier, nf_figure_order);
    return rc;
}

/* The figure that held for f's period when f was published, or NULL. */
static const nf_figure *earlier_find(const nf_merging *m, const nf_figure *f)
{
    nf_figure want = *f;
    want.load = INT64_MAX;
    size_t low = 0, high = m->n_earlier;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (nf_figure_order(&m->earlier[mid], &want) <= 0) low = mid + 1; else high = mid;
    }
    const nf_figure *g = low ? &m->earlier[low - 1] : NULL;
    if (g && nf_when_order(g->ord, g->span, f->ord, f->span)) g = NULL;
    if (m->has_backdated && (!g || m->backdated.published >= g->published)) g = &m->backdated;
    return g;
}

int nf_own(nf_merging *m, nf_figure *f)
{
    f->load = m->to->load;
    return nf_kept_origin(m, f->origin, &f->origin);
}

/* A figure published before the one that holds: it can only change what was known in between. */
int nf_backdate(nf_merging *m, nf_figure *f)
{
    if (!m->earlier_known && m->n_chunks) {
        int rc = earlier_read(m);
        if (rc) return rc;
    }
    const nf_figure *g = earlier_find(m, f);
    if (!nf_figure_said(f, g)) return NF_OK;
    if (g && nf_figure_same(g, f)) return m->to->unchanged++, NF_OK;
    int rc = nf_own(m, f);
    if (rc) return rc;
    if (g) m->to->revised++; else m->to->added++;
    if (f->published < m->row.known_first) m->row.known_first = f->published;
    m->backdated = *f;
    m->has_backdated = true;
    return nf_past_add(m, f);
}
