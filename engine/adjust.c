/* adjust.c - p values adjusted for the number of tests: by method, over a whole batch. */
#include "method.h"
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

typedef struct { double p; size_t at; } ranked;

static void sort_ranked(ranked *a, ranked *tmp, size_t n)
{
    ranked *from = a, *to = tmp;
    for (size_t w = 1; w < n; w *= 2) {
        for (size_t i = 0; i < n; i += 2 * w) {
            size_t m = i + w < n ? i + w : n, e = i + 2 * w < n ? i + 2 * w : n, l = i, r = m;
            for (size_t k = i; k < e; k++) to[k] = l == m || (r < e && from[r].p < from[l].p) ? from[r++] : from[l++];
        }
        ranked *swap = from;
        from = to;
        to = swap;
    }
    if (from != a) memcpy(a, from, n * sizeof *a);
}

/* Step up: from the largest p down, the least of p m c / rank so far. */
static void step_up(double *p, const ranked *a, size_t n, double c)
{
    double least = 1;
    for (size_t i = n; i-- > 0;) {
        double q = a[i].p * (double)n * c / (double)(i + 1);
        least = q < least ? q : least;
        p[a[i].at] = least;
    }
}

/* Step down: from the smallest p up, the greatest of p (m - rank + 1) so far. */
static void step_down(double *p, const ranked *a, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double q = a[i].p * (double)(n - i);
        most = q > most ? q : most;
        p[a[i].at] = most < 1 ? most : 1;
    }
}

int nf_adjust(nf_ctx *c, double *p, size_t n, nf_adjustment how)
{
    size_t mark = nf_scratch_mark(c), m = 0;
    ranked *a = nf_scratch(c, 2 * n * sizeof *a);
    double harmonic = 0;
    if (!a) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i])) a[m++] = (ranked){ p[i], i };
    sort_ranked(a, a + n, m);
    for (size_t i = m; i > 0; i--) harmonic += 1 / (double)i;
    if (how == NF_ADJUST_BH) step_up(p, a, m, 1);
    if (how == NF_ADJUST_BY) step_up(p, a, m, harmonic);
    if (how == NF_ADJUST_HOLM) step_down(p, a, m);
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

/* ---- the sink ---- */

enum { BLOCK = 4096, NO_WORD = -1 };
typedef struct { double p; int64_t method; } kept;
typedef struct block { struct block *next; size_t n; kept row[BLOCK]; } block;
typedef struct {
    nf_sink to; nf_adjustment how; nf_aside aside;
    const nf_field *field; size_t columns; int p, p_adj, method;
    block *first, *last; size_t rows;
    const char *name[64]; int64_t names;
} adjuster;

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *f)
{
    adjuster *a = self;
    a->field = f;
    a->columns = nf_field_count(f);
    a->p = nf_field_index(f, "p");
    a->p_adj = nf_field_index(f, "p_adj");
    a->method = nf_field_index(f, "method");
    if (a->p < 0 || a->p_adj < 0 || a->method < 0)
        return nf_fail(c, NF_EINVAL, "table '%s' has no p, p_adj and method", table);
    return a->to.begin(a->to.self, c, table, f);
}

static int method_index(adjuster *a, nf_ctx *c, const char *name, int64_t *out)
{
    for (*out = 0; *out < a->names; ++*out)
        if (!strcmp(a->name[*out], name)) return NF_OK;
    if (a->names == (int64_t)(sizeof a->name / sizeof *a->name))
        return nf_fail(c, NF_EINVAL, "more than %d methods", (int)a->names);
    a->name[a->names] = nf_strdup(c, name);
    return a->name[a->names++] ? NF_OK : NF_ENOMEM;
}

static int keep(adjuster *a, nf_ctx *c, double p, int64_t method)
{
    if (!a->last || a->last->n == BLOCK) {
        block *b = nf_alloc(c, sizeof *b);
        if (!b) return NF_ENOMEM;
        if (a->last) a->last->next = b; else a->first = b;
        a->last = b;
    }
    a->last->row[a->last->n++] = (kept){ p, method };
    a->rows++;
    return NF_OK;
}

static int put_word(adjuster *a, nf_ctx *c, const char *s)
{
    int64_t len = s ? (int64_t)strlen(s) : NO_WORD;
    int rc = a->aside.put(a->aside.self, c, &len, sizeof len);
    return rc || len <= 0 ? rc : a->aside.put(a->aside.self, c, s, (size_t)len);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    adjuster *a = self;
    int64_t method;
    int rc = method_index(a, c, v[a->method].s, &method);
    if (!rc) rc = keep(a, c, v[a->p].f, method);
    for (size_t i = 0; !rc && i < a->columns; i++)
        rc = a->field[i].type == NF_WORD ? put_word(a, c, v[i].s) : a->aside.put(a->aside.self, c, &v[i], sizeof v[i]);
    return rc;
}

/* Over the rows of each method in turn. */
static int adjust_all(adjuster *a, nf_ctx *c)
{
    double *p = nf_scratch(c, a->rows * sizeof *p);
    if (!p) return NF_ENOMEM;
    for (int64_t m = 0; m < a->names; m++) {
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

/* The words of a row stand in scratch until the row is sent. */
static int get_row(adjuster *a, nf_ctx *c, nf_value *v)
{
    int rc = NF_OK;
    for (size_t i = 0; !rc && i < a->columns; i++) {
        int64_t len;
        if (a->field[i].type != NF_WORD) {
            rc = a->aside.get(a->aside.self, c, &v[i], sizeof v[i]);
            continue;
        }
        rc = a->aside.get(a->aside.self, c, &len, sizeof len);
        char *s = !rc && len >= 0 ? nf_scratch(c, (size_t)len + 1) : NULL;
        if (!rc && len >= 0 && !s) return NF_ENOMEM;
        if (!rc && len > 0) rc = a->aside.get(a->aside.self, c, s, (size_t)len);
        if (s) s[len] = 0;
        v[i].s = s;
    }
    return rc;
}

static int send_all(adjuster *a, nf_ctx *c)
{
    nf_value *v = nf_scratch(c, a->columns * sizeof *v);
    size_t mark = nf_scratch_mark(c);
    int rc = v ? a->aside.again(a->aside.self, c) : NF_ENOMEM;
    for (const block *b = a->first; b && !rc; b = b->next)
        for (size_t i = 0; i < b->n && !rc; i++) {
            rc = get_row(a, c, v);
            v[a->p_adj].f = b->row[i].p;
            if (!rc) rc = a->to.row(a->to.self, c, v);
            nf_scratch_rewind(c, mark);
        }
    return rc;
}

static int end(void *self, nf_ctx *c, int rc)
{
    adjuster *a = self;
    size_t mark = nf_scratch_mark(c);
    if (!rc) rc = adjust_all(a, c);
    if (!rc) rc = send_all(a, c);
    nf_scratch_rewind(c, mark);
    return a->to.end(a->to.self, c, rc);
}

int nf_sink_adjusted(nf_ctx *c, nf_sink *out, nf_sink to, nf_adjustment how, nf_aside aside)
{
    *out = to;
    if (how == NF_ADJUST_NONE) return NF_OK;
    adjuster *a = nf_alloc(c, sizeof *a);
    if (!a) return NF_ENOMEM;
    a->to = to;
    a->how = how;
    a->aside = aside;
    *out = (nf_sink){ begin, row, end, a };
    return NF_OK;
}
