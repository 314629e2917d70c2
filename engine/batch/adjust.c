/* adjust.c - p values adjusted for the number of tests: by method, over a whole batch. */
#include "methods/rank.h"
#include <math.h>
#include <string.h>

bool nf_adjustment_find(const char *name, nf_adjustment *out)
{
    static const char *const names[] = { "none", "bh", "by", "holm" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) {
            *out = (nf_adjustment)i;
            return true;
        }
    return false;
}

/* ---- the three procedures ---- */

/* Step up: from the largest p down, the least of p m c / rank so far. */
static void step_up(double *p, const nf_ranked *a, size_t n, double c)
{
    double least = 1;
    for (size_t i = n; i-- > 0;) {
        double q = a[i].v * (double)n * c / (double)(i + 1);
        least = q < least ? q : least;
        p[a[i].at] = least;
    }
}

/* Step down: from the smallest p up, the greatest of p (m - rank + 1) so far. */
static void step_down(double *p, const nf_ranked *a, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double q = a[i].v * (double)(n - i);
        most = q > most ? q : most;
        p[a[i].at] = most < 1 ? most : 1;
    }
}

int nf_adjust(nf_ctx *c, double *p, size_t n, nf_adjustment how)
{
    size_t mark = nf_scratch_mark(c), m = 0;
    nf_ranked *a = nf_scratch(c, 2 * n * sizeof *a);
    double harmonic = 0;
    if (!a) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i])) a[m++] = (nf_ranked){ p[i], i };
    nf_sort_ranked(a, a + n, m);
    for (size_t i = m; i > 0; i--) harmonic += 1 / (double)i;
    if (how == NF_ADJUST_BH) step_up(p, a, m, 1);
    if (how == NF_ADJUST_BY) step_up(p, a, m, harmonic);
    if (how == NF_ADJUST_HOLM) step_down(p, a, m);
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

/* ---- the sinks ---- */

enum { BLOCK = 4096, NO_WORD = -1 };
typedef struct { double p; int32_t method, sink; } kept;
typedef struct block { struct block *next; size_t n; kept row[BLOCK]; } block;
typedef struct adjuster adjuster;
typedef struct { adjuster *all; nf_sink to; const nf_field *field; size_t columns; int p, p_adj, method; } entrance;
struct adjuster {
    nf_adjustment how; nf_aside aside;
    entrance *door; bool sent;
    block *first, *last; size_t rows;
    const char *name[256]; int32_t names;
};

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *f)
{
    entrance *e = self;
    e->field = f;
    e->columns = nf_field_count(f);
    e->p = nf_field_index(f, "p");
    e->p_adj = nf_field_index(f, "p_adj");
    e->method = nf_field_index(f, "method");
    if (e->method < 0) return nf_fail(c, NF_EINVAL, "table '%s' has no column method", table);
    return e->to.begin(e->to.self, c, table, f);
}

static int method_index(adjuster *a, nf_ctx *c, const char *name, int32_t *out)
{
    for (*out = 0; *out < a->names; ++*out)
        if (!strcmp(a->name[*out], name)) return NF_OK;
    if (a->names == (int32_t)(sizeof a->name / sizeof *a->name))
        return nf_fail(c, NF_EINVAL, "more than %d methods", (int)a->names);
    a->name[a->names] = nf_strdup(c, name);
    return a->name[a->names++] ? NF_OK : NF_ENOMEM;
}

static int keep(adjuster *a, nf_ctx *c, kept row)
{
    if (!a->last || a->last->n == BLOCK) {
        block *b = nf_alloc(c, sizeof *b);
        if (!b) return NF_ENOMEM;
        if (a->last) a->last->next = b; else a->first = b;
        a->last = b;
    }
    a->last->row[a->last->n++] = row;
    a->rows++;
    return NF_OK;
}

/* ---- cells put aside and taken back ---- */

static int put(adjuster *a, nf_ctx *c, const void *bytes, size_t n)
{
    return n ? a->aside.put(a->aside.self, c, bytes, n) : NF_OK;
}

static int get(adjuster *a, nf_ctx *c, void *bytes, size_t n)
{
    return n ? a->aside.get(a->aside.self, c, bytes, n) : NF_OK;
}

static int put_many(adjuster *a, nf_ctx *c, const void *v, int64_t n, size_t size)
{
    int rc = put(a, c, &n, sizeof n);
    return rc || n < 0 ? rc : put(a, c, v, (size_t)n * size);
}

static int put_word(adjuster *a, nf_ctx *c, const char *s)
{
    return put_many(a, c, s, s ? (int64_t)strlen(s) : NO_WORD, 1);
}

static int put_cell(adjuster *a, nf_ctx *c, nf_type type, const nf_value *v)
{
    if (type == NF_WORD) return put_word(a, c, v->s);
    if (type == NF_ARRAY) return put_many(a, c, v->a.v, v->a.v ? (int64_t)v->a.n : NO_WORD, sizeof(double));
    if (type != NF_PROSE) return put(a, c, v, sizeof *v);
    int rc = put_word(a, c, v->p.en);
    return rc ? rc : put_word(a, c, v->p.zh);
}

/* In scratch, with a zero behind; NULL where there was none. */
static int get_many(adjuster *a, nf_ctx *c, void *out, int64_t *n, size_t size)
{
    int rc = get(a, c, n, sizeof *n);
    if (rc || *n < 0) return memset(out, 0, sizeof(void *)), rc;
    char *to = nf_scratch(c, (size_t)*n * size + 1);
    if (!to) return NF_ENOMEM;
    rc = get(a, c, to, (size_t)*n * size);
    to[(size_t)*n * size] = 0;
    memcpy(out, &to, sizeof to);
    return rc;
}

static int get_cell(adjuster *a, nf_ctx *c, nf_type type, nf_value *v)
{
    int64_t n = 0;
    if (type == NF_WORD) return get_many(a, c, &v->s, &n, 1);
    if (type != NF_ARRAY && type != NF_PROSE) return get(a, c, v, sizeof *v);
    int rc = type == NF_ARRAY ? get_many(a, c, &v->a.v, &n, sizeof(double)) : get_many(a, c, &v->p.en, &n, 1);
    if (type == NF_ARRAY) v->a.n = n < 0 ? 0 : (size_t)n;
    else if (!rc) rc = get_many(a, c, &v->p.zh, &n, 1);
    return rc;
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    entrance *e = self;
    adjuster *a = e->all;
    kept k = { .p = e->p < 0 || e->p_adj < 0 ? NAN : v[e->p].f, .sink = (int32_t)(e - a->door) };
    int rc = method_index(a, c, v[e->method].s, &k.method);
    if (!rc) rc = keep(a, c, k);
    for (size_t i = 0; !rc && i < e->columns; i++) rc = put_cell(a, c, e->field[i].type, &v[i]);
    return rc;
}

/* ---- when all p are known ---- */

/* Over the rows of each method in turn. */
static int adjust_all(adjuster *a, nf_ctx *c)
{
    double *p = nf_scratch(c, a->rows * sizeof *p);
    if (!p) return NF_ENOMEM;
    for (int32_t m = 0; m < a->names; m++) {
        size_t n = 0, k = 0;
        for (const block *b = a->first; b; b = b->next)
            for (size_t i = 0; i < b->n; i++)
                if (b->row[i].method == m) p[n++] = b->row[i].p;
        int rc = nf_adjust(c, p, n, a->how);
        if (rc) return rc;
        for (block *b = a->first; b; b = b->next)
            for (size_t i = 0; i < b->n; i++)
                if (b->row[i].method == m) b->row[i].p = p[k++];
    }
    return NF_OK;
}

static int send_row(adjuster *a, nf_ctx *c, const kept *k)
{
    const entrance *e = &a->door[k->sink];
    size_t mark = nf_scratch_mark(c);
    nf_value *v = nf_scratch(c, e->columns * sizeof *v);
    int rc = v ? NF_OK : NF_ENOMEM;
    for (size_t i = 0; !rc && i < e->columns; i++) rc = get_cell(a, c, e->field[i].type, &v[i]);
    if (!rc && e->p_adj >= 0) v[e->p_adj].f = k->p;
    if (!rc) rc = e->to.row(e->to.self, c, v);
    nf_scratch_rewind(c, mark);
    return rc;
}

static int send_all(adjuster *a, nf_ctx *c)
{
    size_t mark = nf_scratch_mark(c);
    int rc = adjust_all(a, c);
    if (!rc) rc = a->aside.again(a->aside.self, c);
    for (const block *b = a->first; b && !rc; b = b->next)
        for (size_t i = 0; i < b->n && !rc; i++) rc = send_row(a, c, &b->row[i]);
    nf_scratch_rewind(c, mark);
    return rc;
}

/* The first sink to end sends the rows of all. */
static int end(void *self, nf_ctx *c, int rc)
{
    entrance *e = self;
    if (!rc && !e->all->sent) rc = send_all(e->all, c);
    e->all->sent = true;
    return e->to.end(e->to.self, c, rc);
}

int nf_sinks_adjusted(nf_ctx *c, nf_sink *sink, size_t n, nf_adjustment how, nf_aside aside)
{
    if (how == NF_ADJUST_NONE) return NF_OK;
    adjuster *a = nf_alloc(c, sizeof *a);
    if (!a || !(a->door = nf_alloc(c, n * sizeof *a->door))) return NF_ENOMEM;
    a->how = how;
    a->aside = aside;
    for (size_t i = 0; i < n; i++) {
        a->door[i] = (entrance){ .all = a, .to = sink[i] };
        sink[i] = (nf_sink){ begin, row, end, &a->door[i] };
    }
    return NF_OK;
}
