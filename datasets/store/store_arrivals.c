/* store_arrivals.c - the figures of one arriving series in store order, whatever order they came in.
 *
 * Blocks that follow each other in time form a run; a file in order is one run. Runs are merged, at most FAN at a
 * time, so that a file in no order at all needs no more memory. Figures for the same period and publication are
 * settled here by the load's rule for duplicates. */
#include "store_arrivals.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAN = 32 };

typedef struct { nf_block *block; size_t n; bool own; } run;
typedef struct { const run *run; size_t block, at; nf_chunk *chunk; } reader;    /* block: the next to read */

struct nf_arrivals {
    nf_intake *in; const nf_arrived *series;
    run *runs; size_t n_runs;
    reader reader[FAN]; int order[FAN], readers;                 /* order: a heap of readers, the first figure on top */
    nf_figure held; bool holds;
    size_t duplicates;
};

static int no_memory(nf_arrivals *a) { return nf_fail(a->in->ctx, NF_ENOMEM, "out of memory"); }

/* ---- merging runs ---- */

static int reader_order(const reader *a, const reader *b)
{
    const nf_chunk *x = a->chunk, *y = b->chunk;
    int order = nf_when_order(x->ord[a->at], x->span[a->at], y->ord[b->at], y->span[b->at]);
    if (!order) order = (x->published[a->at] > y->published[b->at]) - (x->published[a->at] < y->published[b->at]);
    return order ? order : a < b ? -1 : 1;                       /* earlier runs came earlier */
}

static void heap_sink(nf_arrivals *a, int at)
{
    for (int child; (child = 2 * at + 1) < a->readers; at = child) {
        int *h = a->order;
        if (child + 1 < a->readers && reader_order(&a->reader[h[child + 1]], &a->reader[h[child]]) < 0) child++;
        if (reader_order(&a->reader[h[at]], &a->reader[h[child]]) <= 0) return;
        int swap = h[at];
        h[at] = h[child];
        h[child] = swap;
    }
}

static int reader_fill(nf_arrivals *a, reader *r)
{
    r->at = 0;
    r->chunk->n = 0;
    return r->block == r->run->n ? NF_OK : nf_block_read(a->in, &r->run->block[r->block++], r->chunk);
}

static int merge_begin(nf_arrivals *a, const run *runs, size_t n)
{
    a->readers = 0;
    for (size_t i = 0; i < n; i++) {
        reader *r = &a->reader[i];
        if (!r->chunk && !(r->chunk = malloc(sizeof *r->chunk))) return no_memory(a);
        r->run = &runs[i];
        r->block = 0;
        int rc = reader_fill(a, r);
        if (rc) return rc;
        a->order[a->readers++] = (int)i;
    }
    for (int i = a->readers / 2; i-- > 0;) heap_sink(a, i);
    return NF_OK;
}

static int merge_next(nf_arrivals *a, nf_figure *f)
{
    if (!a->readers) return 0;
    reader *r = &a->reader[a->order[0]];
    *f = nf_chunk_at(r->chunk, r->at);
    if (++r->at == r->chunk->n) {
        int rc = reader_fill(a, r);
        if (rc) return rc;
        if (!r->chunk->n) a->order[0] = a->order[--a->readers];
    }
    if (a->readers > 1) heap_sink(a, 0);
    return 1;
}

static int run_flush(nf_arrivals *a, run *to, nf_chunk *c)
{
    if (!c->n) return NF_OK;
    nf_block *more = realloc(to->block, (to->n + 1) * sizeof *more);
    if (!more) return no_memory(a);
    to->block = more;
    int rc = nf_block_write(a->in, NULL, c, 0, c->n, &to->block[to->n]);
    if (!rc) to->n++;
    c->n = 0;
    return rc;
}

static int run_merge(nf_arrivals *a, const run *from, size_t n, run *to)
{
    nf_figure f;
    nf_chunk *c = a->in->chunk;
    *to = (run){ .own = true };
    c->n = 0;
    int rc = merge_begin(a, from, n);
    while (!rc && (rc = merge_next(a, &f)) > 0) {
        nf_chunk_add(c, &f);
        rc = c->n == NF_CHUNK ? run_flush(a, to, c) : NF_OK;
    }
    return rc ? rc : run_flush(a, to, c);
}

static int runs_reduce(nf_arrivals *a)
{
    int rc = NF_OK;
    while (!rc && a->n_runs > FAN) {
        size_t made = 0;
        for (size_t i = 0; i < a->n_runs && !rc; i += FAN, made++) {
            run merged;
            size_t n = a->n_runs - i < FAN ? a->n_runs - i : FAN;
            rc = run_merge(a, a->runs + i, n, &merged);
            for (size_t k = i; k < i + n; k++)
                if (a->runs[k].own) free(a->runs[k].block), a->runs[k].own = false;
            a->runs[made] = merged;
        }
        if (!rc) a->n_runs = made;
    }
    return rc;
}

static int runs_find(nf_arrivals *a, nf_block *block, size_t n)
{
    if (!(a->runs = calloc(n, sizeof *a->runs))) return no_memory(a);
    for (size_t i = 0; i < n; i++) {
        if (!i || !nf_block_follows(&block[i - 1], &block[i])) a->runs[a->n_runs++].block = &block[i];
        a->runs[a->n_runs - 1].n++;
    }
    return NF_OK;
}

int nf_arrivals_open(nf_intake *in, const nf_arrived *series, nf_block *block, size_t n, nf_arrivals **out)
{
    nf_arrivals *a = *out = calloc(1, sizeof *a);
    if (!a) return nf_fail(in->ctx, NF_ENOMEM, "out of memory");
    *a = (nf_arrivals){ .in = in, .series = series };
    int rc = runs_find(a, block, n);
    if (!rc) rc = runs_reduce(a);
    return rc ? rc : merge_begin(a, a->runs, a->n_runs);
}

void nf_arrivals_close(nf_arrivals *a)
{
    if (!a) return;
    for (size_t i = 0; i < a->n_runs; i++)
        if (a->runs[i].own) free(a->runs[i].block);
    for (int i = 0; i < FAN; i++) free(a->reader[i].chunk);
    free(a->runs);
    free(a);
}

/* ---- duplicates ---- */

static int conflict(nf_arrivals *a, const nf_figure *x, const nf_figure *y)
{
    char period[48], one[32], two[32];
    const nf_arrived *s = a->series;
    nf_period p = { x->ord, s->freq, (int32_t)x->span };
    if (s->freq == NF_NUMBER) nf_double_text(period, nf_number_of_period(p));
    else nf_period_text(period, p);
    nf_double_text(one, x->value);
    nf_double_text(two, y->value);
    nf_fail(a->in->ctx, NF_EDATA, "series '%.*s' has two figures for %s: %s and %s", (int)s->key_size,
            a->in->keys + s->key, period, *one ? one : "none", *two ? two : "none");
    if (x->line && s->freq >= NF_HOUR)
        nf_hint(a->in->ctx, "the other is in line %lld; a clock that is set back shows an hour twice; --duplicates "
                            "first, last or mean settles it", (long long)x->line);
    else if (x->line)
        nf_hint(a->in->ctx, "the other is in line %lld; --duplicates first, last or mean settles it",
                (long long)x->line);
    else nf_hint(a->in->ctx, "--duplicates first, last or mean settles it");
    return nf_at(a->in->ctx, a->in->file, (long)y->line, 0);
}

static bool same_value(const nf_figure *f, const nf_figure *g)
{
    return f->value == g->value || (isnan(f->value) && isnan(g->value));
}

static bool settles(const char *policy)
{
    return !strcmp(policy, "first") || !strcmp(policy, "last") || !strcmp(policy, "mean");
}

/* All figures of one period and publication become one. */
static int settle(nf_arrivals *a, nf_figure *f)
{
    const char *policy = a->in->duplicates;
    double sum = isnan(f->value) ? 0 : f->value, count = !isnan(f->value);
    int rc;
    while ((a->holds = (rc = merge_next(a, &a->held)) > 0)) {
        const nf_figure *g = &a->held;
        if (nf_when_order(f->ord, f->span, g->ord, g->span) || f->published != g->published) return 1;
        if (f->status > NF_STATUS_BITS || g->status > NF_STATUS_BITS) {
            /* two rows that give a value */
            bool both = !((f->status | g->status) & (NF_KEEPS_VALUE | NF_TAKES_BACK));
            a->duplicates += both;
            if (both && !same_value(f, g) && !settles(policy)) return conflict(a, f, g);
            *f = nf_figure_over(f, g);
            continue;
        }
        a->duplicates++;
        if (!isnan(g->value)) sum += g->value, count++;
        if (nf_figure_same(f, g) && strcmp(policy, "refuse")) continue;
        if (!strcmp(policy, "last")) *f = *g;
        else if (!strcmp(policy, "mean")) f->status |= g->status, f->value = count ? sum / count : NAN;
        else if (strcmp(policy, "first")) return conflict(a, f, g);
    }
    return rc < 0 ? rc : 1;
}

int nf_arrivals_next(nf_arrivals *a, nf_figure *f)
{
    int rc = a->holds ? 1 : merge_next(a, f);
    if (a->holds) *f = a->held;
    a->holds = false;
    return rc > 0 ? settle(a, f) : rc;
}

size_t nf_arrivals_duplicates(const nf_arrivals *a) { return a->duplicates; }
