/* source_derived.c - stored and derived series as one source: a stored key, else an expression, else a glob. */
#include "app.h"
#include <string.h>

typedef struct { nf_source stored; const nf_plan *plan; int64_t known; } derived;

/* A cursor over one expression, derived when it is asked for. */
typedef struct { const derived *from; const char *expression; int64_t known; nf_query query; bool done; } one;

static int one_next(void *cur, nf_ctx *c, nf_series *out)
{
    one *o = cur;
    if (o->done) return 0;
    o->done = true;
    int rc = nf_derive(c, out, o->expression, o->from->stored, o->known, nf_formulas);
    return rc ? rc : nf_query_takes(&o->query, out->meta);
}

static void one_close(void *cur) { (void)cur; }

/* What to derive for a name that is no stored key; NULL: nothing, it is a glob or not there. */
static int expression_of(const derived *d, nf_ctx *c, const nf_query *q, const char **expression)
{
    nf_series stored;
    const nf_indicator *i = d->plan ? nf_plan_indicator(d->plan, q->match) : NULL;
    const char *text = nf_is_expression(q->match) ? q->match : i ? i->expression : NULL;
    *expression = NULL;
    if (!text) return NF_OK;
    size_t mark = nf_mark(c);
    int found = nf_source_get(d->stored, c, q->match, q->known, &stored);
    nf_release(c, mark);
    if (!found) *expression = text;
    return found < 0 ? found : NF_OK;
}

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    const derived *d = self;
    const char *expression = NULL;
    nf_query query = *q;
    int rc = NF_OK;
    if (!query.known) query.known = d->known;
    if (q->match) rc = expression_of(d, c, &query, &expression);
    if (rc) return rc;
    if (expression && !nf_is_expression(expression)) {           /* an indicator that is a stored series */
        query.match = expression;
        expression = NULL;
    }
    if (!expression) return d->stored.find(d->stored.self, c, &query, out);
    one *o = nf_alloc(c, sizeof *o);
    if (!o) return NF_ENOMEM;
    query.match = NULL;
    *o = (one){ d, expression, query.known, query, false };
    *out = (nf_cursor){ one_next, one_close, o };
    return NF_OK;
}

int nf_source_derived(nf_ctx *c, nf_source *out, nf_source stored, const nf_plan *plan, int64_t known)
{
    derived *d = nf_alloc(c, sizeof *d);
    if (!d) return NF_ENOMEM;
    *d = (derived){ stored, plan, known };
    *out = (nf_source){ find, d };
    return NF_OK;
}
