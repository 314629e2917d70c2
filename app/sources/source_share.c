/* source_share.c - one rank's share of a source: a contiguous range of its series, so that the shares of all ranks,
 * one after the other, are the source. */
#include "app.h"

typedef struct { nf_source from; size_t rank, of; } share;
typedef struct { nf_cursor inner; size_t at, first, past; } walk;

static int count(nf_ctx *c, nf_source from, const nf_query *q, size_t *n)
{
    nf_cursor cursor;
    nf_series s;
    nf_query names = *q;
    names.names = true;
    int rc = from.find(from.self, c, &names, &cursor);
    if (rc) return rc;
    size_t mark = nf_mark(c);
    for (*n = 0; (rc = cursor.next(cursor.cur, c, &s)) > 0; ++*n) nf_release(c, mark);
    cursor.close(cursor.cur);
    return rc;
}

static int walk_next(void *cur, nf_ctx *c, nf_series *out)
{
    walk *w = cur;
    while (w->at < w->past) {
        size_t mark = nf_mark(c);
        int rc = w->inner.next(w->inner.cur, c, out);
        if (rc <= 0 || w->at++ >= w->first) return rc;
        nf_release(c, mark);
    }
    return 0;
}

static void walk_close(void *cur)
{
    walk *w = cur;
    w->inner.close(w->inner.cur);
}

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    const share *s = self;
    size_t n = 0;
    int rc = count(c, s->from, q, &n);
    walk *w = rc ? NULL : nf_alloc(c, sizeof *w);
    if (!w) return rc ? rc : NF_ENOMEM;
    w->first = n * s->rank / s->of;
    w->past = n * (s->rank + 1) / s->of;
    *out = (nf_cursor){ walk_next, walk_close, w };
    return s->from.find(s->from.self, c, q, &w->inner);
}

int nf_source_share(nf_ctx *c, nf_source *out, nf_source from, size_t rank, size_t of)
{
    share *s = nf_alloc(c, sizeof *s);
    if (!s) return NF_ENOMEM;
    *s = (share){ from, rank, of };
    *out = (nf_source){ find, s };
    return NF_OK;
}
