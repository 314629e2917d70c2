/* store_actions.c - rows that change what is there: values and statuses kept, figures taken back. */
#include "store_block.h"
#include "store_flow.h"
#include "store_read.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- one row over another ---- */

/* Taken back altogether: neither value nor status stays. */
static bool gone(const nf_figure *f)
{
    return f->status & NF_TAKES_BACK && !(f->status & (NF_KEEPS_VALUE | NF_KEEPS_STATUS));
}

nf_figure nf_figure_over(const nf_figure *before, const nf_figure *then)
{
    nf_figure f = *then;
    int64_t kept = before->status & NF_STATUS_BITS;
    int64_t open = before->status & then->status & (NF_KEEPS_VALUE | NF_KEEPS_STATUS);
    if (gone(before) && then->status & NF_TAKES_BACK) return *before;
    if (then->status & NF_KEEPS_VALUE) f.value = before->value;
    if (!isnan(f.value)) kept &= ~(int64_t)NF_NOT_AVAILABLE;
    if (!(then->status & NF_KEEPS_VALUE)) kept &= ~(int64_t)NF_BELOW_LIMIT;  /* that was said of the value before */
    f.status = (then->status & NF_STATUS_BITS) | (then->status & NF_KEEPS_STATUS ? kept : 0) | open;
    if (gone(then) || (before->status & then->status & NF_TAKES_BACK)) f.status |= NF_TAKES_BACK;
    return f;
}

bool nf_figure_said(nf_figure *f, const nf_figure *held)
{
    if (f->status <= NF_STATUS_BITS) return true;
    if (!held && f->status & NF_TAKES_BACK) return false;
    *f = nf_figure_over(held ? held : &(nf_figure){ .value = NAN }, f);
    f->status &= NF_STATUS_BITS;
    return true;
}

/* ---- looking into the store while a load is read ---- */

/* What is found must still hold when the load is finished. A load that flows has let go of what it would look into. */
static int look(nf_intake *in)
{
    if (in->flow) return nf_flow_stop(in);
    if (in->looked) return NF_OK;
    int rc = nf_store_number(in->ctx, in->store, &in->looked_at, "SELECT max(id) FROM load");
    in->looked = !rc;
    return rc;
}

/* The stored series joins the load under its own unit. */
static int join(nf_intake *in, const char *key, uint32_t *handle)
{
    sqlite3_stmt *q;
    nf_series_row row;
    int rc = look(in);
    if (rc || (rc = nf_series_row_find(in->ctx, in->store, key, &row, &q)) <= 0) return rc;
    nf_meta m = { .key = key, .unit = (const char *)sqlite3_column_text(q, NF_ROW_UNIT),
                  .synthetic = sqlite3_column_int(q, NF_ROW_SYNTHETIC) != 0 };
    int made = nf_intake_series(in, &m, (nf_freq)row.freq, handle);
    nf_store_done(in->store, q);
    return made ? made : 1;
}

/* ---- every figure that is there ---- */

typedef struct { nf_intake *in; uint32_t handle; unsigned status; int64_t published, line; } taking;

static int take_one(const taking *t, nf_period p)
{
    return nf_intake_put(t->in, t->handle, p, NAN, t->status | NF_TAKES_BACK, t->published, t->line);
}

static int take_stored(const taking *t, const char *key)
{
    nf_version *v;
    size_t n = 0, mark = nf_mark(t->in->ctx);
    int rc = nf_store_versions(t->in->ctx, t->in->store, key, t->published, false, &v, &n);
    for (size_t i = 0; rc > 0 && i < n; i++)
        if (take_one(t, v[i].period)) rc = nf_last(t->in->ctx)->err;
    nf_release(t->in->ctx, mark);
    return rc < 0 ? rc : NF_OK;
}

typedef struct { int64_t ord, span; } when;

static int when_order(const void *a, const void *b)
{
    const when *x = a, *y = b;
    return nf_when_order(x->ord, x->span, y->ord, y->span);
}

/* The periods of the series' blocks, in the order they came in. */
static int whens_read(const taking *t, const nf_block *block, size_t blocks, when *out)
{
    nf_chunk *c = malloc(sizeof *c);
    if (!c) return nf_fail(t->in->ctx, NF_ENOMEM, "out of memory");
    int rc = NF_OK;
    for (size_t i = 0; i < blocks && !rc; i++) {
        rc = nf_block_read(t->in, &block[i], c);
        for (size_t k = 0; k < c->n && !rc; k++) *out++ = (when){ c->ord[k], c->span[k] };
    }
    free(c);
    return rc;
}

/* What came before, each period once however often it came and was taken back. */
static int take_whens(const taking *t, const nf_block *block, size_t blocks)
{
    size_t n = 0;
    for (size_t i = 0; i < blocks; i++) n += block[i].place.n;
    when *w = malloc((n + 1) * sizeof *w);
    if (!w) return nf_fail(t->in->ctx, NF_ENOMEM, "out of memory");
    int rc = whens_read(t, block, blocks, w);
    if (!rc) qsort(w, n, sizeof *w, when_order);
    for (size_t i = 0; i < n && !rc; i++)
        if (!i || when_order(&w[i - 1], &w[i]))
            rc = take_one(t, (nf_period){ w[i].ord, t->in->series[t->handle].freq, (int32_t)w[i].span });
    free(w);
    return rc;
}

static int take_arrived(const taking *t)
{
    nf_arrived *a = &t->in->series[t->handle];
    int rc = nf_series_settle(t->in, a);
    size_t n = a->blocks;
    nf_block *block = rc || !n ? NULL : malloc(n * sizeof *block);
    if (!rc && n && !block) rc = nf_fail(t->in->ctx, NF_ENOMEM, "out of memory");
    if (block) rc = nf_block_list(t->in, a, block);
    if (block && !rc) rc = take_whens(t, block, n);
    free(block);
    return rc;
}

int nf_intake_take_back(nf_intake *in, const char *key, nf_period p, unsigned status, int64_t published, int64_t line,
                        size_t *n)
{
    taking t = { .in = in, .status = status, .published = published, .line = line };
    if (in->flow) return nf_flow_stop(in);
    int found = nf_intake_find(in, key, strlen(key), &t.handle);
    if (!found) found = join(in, key, &t.handle);
    *n = 0;
    if (found <= 0) return found;
    size_t before = in->rows;
    if (!nf_period_is_empty(p)) {
        *n = p.freq == in->series[t.handle].freq;
        return *n ? take_one(&t, p) : NF_OK;
    }
    int rc = look(in);
    if (!rc) rc = take_arrived(&t);
    if (!rc) rc = take_stored(&t, key);
    *n = in->rows - before;
    return rc;
}

const char *nf_intake_key(const nf_intake *in, uint32_t handle, size_t *len)
{
    *len = in->series[handle].key_size;
    return in->keys + in->series[handle].key;
}

/* ---- what belongs to a dataset ---- */

static int keys_of(nf_intake *in, sqlite3_stmt *q, const char ***key, size_t *n)
{
    size_t room = 0;
    int rc;
    for (*n = 0, *key = NULL; (rc = nf_store_step(in->ctx, in->store, q)) > 0; ++*n) {
        nf_series_row row;
        if ((rc = nf_series_row_of(in->ctx, in->store, q, &row))) return rc;
        if (!(*key = nf_grow(in->ctx, *key, *n, &room, sizeof **key))) return NF_ENOMEM;
        if (!((*key)[*n] = nf_store_text(in->ctx, q, NF_ROW_KEY))) return NF_ENOMEM;
    }
    return rc;
}

int nf_intake_dataset(nf_intake *in, const char *dataset, const char ***key, size_t *n, const char **mapping)
{
    sqlite3_stmt *series = NULL, *load = NULL;
    int rc = look(in);
    *mapping = NULL;
    if (!rc) rc = nf_store_sql(in->ctx, in->store, &series, NF_SERIES_SELECT " WHERE dataset = ?1 ORDER BY key");
    if (!rc) rc = nf_store_bind(in->ctx, in->store, series, "t", dataset);
    if (!rc) rc = keys_of(in, series, key, n);
    if (!rc) rc = nf_store_sql(in->ctx, in->store, &load, "SELECT mapping FROM load WHERE dataset = ?1 AND added > 0 "
                                                          "ORDER BY id DESC LIMIT 1");
    if (!rc) rc = nf_store_bind(in->ctx, in->store, load, "t", dataset);
    if (!rc && (rc = nf_store_step(in->ctx, in->store, load)) > 0)
        rc = (*mapping = nf_store_text(in->ctx, load, 0)) ? NF_OK : NF_ENOMEM;
    sqlite3_finalize(series);
    sqlite3_finalize(load);
    return rc;
}
