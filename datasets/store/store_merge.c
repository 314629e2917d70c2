/* store_merge.c - what one arriving series makes of the stored one.
 *
 * A stored chunk answers for the periods from its first to the next chunk's first. Chunks without news stay as they
 * are. A figure that is replaced goes to the past, so that what was known before stays known. */
#include "store_merge.h"
#include "store_align.h"
#include <stdlib.h>
#include <string.h>

/* ---- versions of one period ---- */

static void first_of_period(nf_merging *m, const nf_figure *f)
{
    if (!m->row.figures || nf_when_order(f->ord, f->span, m->row.first, m->row.wide) < 0)
        m->row.first = f->ord, m->row.wide = f->span;
    if (!m->row.figures || nf_when_order(f->ord, f->span, m->row.last, m->row.narrow) > 0)
        m->row.last = f->ord, m->row.narrow = f->span;
    m->row.figures++;
    m->to->added++;
}

static int version(nf_merging *m, nf_figure *head, bool *has_head, nf_figure *f)
{
    if (*has_head && f->published < head->published) return nf_backdate(m, f);
    if (!nf_figure_said(f, *has_head ? head : NULL)) return NF_OK;
    if (*has_head && nf_figure_same(f, head)) return m->to->unchanged++, NF_OK;
    int rc = nf_own(m, f);
    if (!rc && *has_head) rc = nf_past_add(m, head);
    if (*has_head) m->to->revised++;
    else first_of_period(m, f);
    nf_kept_news(m, f);
    *head = *f;
    *has_head = true;
    return rc;
}

static int next_read(nf_merging *m)
{
    int rc = nf_arrivals_next(m->arrivals, &m->next);
    m->more = rc > 0;
    return rc < 0 ? rc : NF_OK;
}

/* ---- regions: a stored chunk and what arrives for it ---- */

static bool in_region(const nf_merging *m)
{
    if (!m->more) return false;
    if (m->region + 1 >= m->n_chunks) return true;
    const nf_place *end = &m->to->chunk[m->region + 1].at;
    return nf_when_order(m->next.ord, m->next.span, end->first, end->wide) < 0;
}

static int out_write(nf_merging *m, size_t from, size_t to)
{
    nf_commit *w = m->to;
    if (from == to) return NF_OK;
    nf_place p = nf_chunk_place(w->out, from, to, m->row.id);
    size_t size = nf_chunk_encode(w->bytes, w->out, from, to);
    bool in_place = m->region < m->n_chunks && !m->replaced;
    m->replaced = true;
    return nf_stored_put(m, in_place ? &w->chunk[m->region] : NULL, &p, w->bytes, size);
}

static int out_add(nf_merging *m, const nf_figure *f)
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
static int out_finish(nf_merging *m)
{
    size_t n = m->to->out->n, cut = n <= NF_CHUNK ? n : m->region + 1 >= m->n_chunks ? NF_CHUNK : n / 2;
    if (!m->changed && !m->replaced) return NF_OK;
    int rc = out_write(m, 0, cut);
    return rc ? rc : out_write(m, cut, n);
}

static int period_merge(nf_merging *m, size_t *i)
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
    return has_head ? out_add(m, &head) : NF_OK;
}

static int region_merge(nf_merging *m)
{
    if (!in_region(m)) return NF_OK;
    m->to->out->n = m->to->old->n = 0;
    m->changed = m->replaced = m->earlier_known = false;
    m->n_earlier = 0;
    int rc = m->region < m->n_chunks ? nf_stored_read(m, &m->to->chunk[m->region], m->to->old) : NF_OK;
    for (size_t i = 0; !rc && (i < m->to->old->n || in_region(m));) rc = period_merge(m, &i);
    return rc ? rc : out_finish(m);
}

/* ---- all blocks of a series ---- */

/* From m->region on, past the figures that were taken already. */
static int blocks_merge(nf_merging *m, nf_block *block, size_t n, size_t taken)
{
    while (n && taken >= block->place.n) taken -= block->place.n, block++, n--;
    if (!n) return NF_OK;
    if (m->region && m->region == m->n_chunks) m->region--;      /* the newest chunk may have room left */
    int rc = nf_arrivals_open(m->to->in, m->from, block, n, &m->arrivals);
    for (size_t i = 0; !rc && i <= taken; i++) rc = next_read(m);
    for (; !rc && (m->region < m->n_chunks || m->more); m->region++) rc = region_merge(m);
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

/* Every figure later than the one before it: nothing to sort, no period twice. */
static bool blocks_in_order(const nf_block *block, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!block[i].single || (i && !nf_block_follows(&block[i - 1], &block[i]))) return false;
    return true;
}

static int blocks_commit(nf_merging *m, nf_block *block, size_t n)
{
    size_t taken = 0;
    int rc = nf_block_list(m->to->in, m->from, block);
    if (rc || !n) return rc;
    blocks_span(m->to, m->from, block, n);
    bool ordered = blocks_in_order(block, n);
    if (ordered && m->is_new) return nf_align_new(m, block, n);
    if (ordered) rc = nf_align(m, block, n, &taken);
    if (!rc) rc = blocks_merge(m, block, n, taken);
    return rc ? rc : nf_past_flush(m);
}

static bool blocks_room(nf_commit *to, size_t n)
{
    if (n <= to->blocks) return true;
    nf_block *more = realloc(to->block, 2 * n * sizeof *more);
    if (!more) return false;
    to->block = more;
    to->blocks = 2 * n;
    return true;
}

int nf_commit_series(nf_commit *to, const nf_arrived *a)
{
    char room[NF_TEXTS_BYTES];
    nf_merging m = { .to = to, .from = a };
    if (!a->blocks) return NF_OK;
    if (!blocks_room(to, a->blocks)) return nf_fail(to->ctx, NF_ENOMEM, "out of memory");
    size_t mark = nf_mark(to->ctx);
    int rc = nf_intake_texts(to->in, a, m.text, room);
    to->series++;
    if (!rc) rc = nf_kept_find(&m);
    if (!rc) rc = nf_stored_list(&m);
    if (!rc) rc = blocks_commit(&m, to->block, a->blocks);
    if (!rc && m.touched && m.row.figures) rc = nf_kept_write(&m);   /* none: all its rows were taken back */
    free(m.earlier);
    nf_release(to->ctx, mark);
    return rc;
}
