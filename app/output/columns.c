/* columns.c - a sink that hands on some columns of a table: people want few, programs want all. */
#include "app.h"

enum { MOST = 64 };
typedef struct { nf_sink into; const char *const *name; nf_field field[MOST + 1]; int at[MOST]; size_t n; } columns;

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *f)
{
    columns *k = self;
    k->n = 0;
    for (const char *const *name = k->name; *name && k->n < MOST; name++) {
        int at = nf_field_index(f, *name);
        if (at < 0) continue;
        k->field[k->n] = f[at];
        k->at[k->n++] = at;
    }
    k->field[k->n] = (nf_field){ 0 };
    return k->into.begin(k->into.self, c, table, k->field);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    columns *k = self;
    nf_value few[MOST];
    for (size_t i = 0; i < k->n; i++) few[i] = v[k->at[i]];
    return k->into.row(k->into.self, c, few);
}

static int end(void *self, nf_ctx *c, int rc)
{
    columns *k = self;
    return k->into.end(k->into.self, c, rc);
}

int nf_sink_columns(nf_ctx *c, nf_sink *out, nf_sink into, const char *const *names)
{
    columns *k = nf_alloc(c, sizeof *k);
    if (!k) return NF_ENOMEM;
    k->into = into;
    k->name = names;
    *out = (nf_sink){ begin, row, end, k };
    return NF_OK;
}
