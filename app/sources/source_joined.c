/* source_joined.c - several sources as one: the series of the first, then those of the next. */
#include "app.h"

typedef struct { const nf_source *from; size_t n; } joined;
typedef struct { nf_cursor *cursor; size_t n, now; } walk;

static int walk_next(void *cur, nf_ctx *c, nf_series *out)
{
    walk *w = cur;
    for (; w->now < w->n; w->now++) {
        nf_cursor *at = &w->cursor[w->now];
        int rc = at->next(at->cur, c, out);
        if (rc) return rc;
    }
    return 0;
}

static void walk_close(void *cur)
{
    walk *w = cur;
    for (size_t i = 0; i < w->n; i++) w->cursor[i].close(w->cursor[i].cur);
}

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    const joined *of = self;
    walk *w = nf_alloc(c, sizeof *w);
    if (!w || !(w->cursor = nf_alloc(c, of->n * sizeof *w->cursor))) return NF_ENOMEM;
    for (; w->n < of->n; w->n++) {
        int rc = of->from[w->n].find(of->from[w->n].self, c, q, &w->cursor[w->n]);
        if (!rc) continue;
        walk_close(w);
        return rc;
    }
    *out = (nf_cursor){ walk_next, walk_close, w };
    return NF_OK;
}

int nf_source_joined(nf_ctx *c, nf_source *out, const nf_source *from, size_t n)
{
    joined *of = nf_alloc(c, sizeof *of);
    if (!of) return NF_ENOMEM;
    *of = (joined){ from, n };
    *out = (nf_source){ find, of };
    return NF_OK;
}
