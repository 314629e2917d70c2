/* rows.c - rows kept in memory, and sent on. */
#include "table.h"
#include <string.h>

/* The end of text of one field, copied into a pool that is known to be large enough. */
static const char *keep(char **pool, const char *s)
{
    if (!s) return NULL;
    size_t n = strlen(s) + 1;
    char *copy = memcpy(*pool, s, n);
    *pool += n;
    return copy;
}

static size_t length(const char *s) { return s ? strlen(s) + 1 : 0; }

/* What a value points to: numbers and text apart, since numbers want their alignment. */
static void weigh(nf_type type, const nf_value *v, size_t *numbers, size_t *text)
{
    if (type == NF_WORD) *text += length(v->s);
    if (type == NF_PROSE) *text += length(v->p.en) + length(v->p.zh);
    if (type == NF_ARRAY && v->a.v) *numbers += v->a.n;
}

static nf_value copy(nf_type type, nf_value v, double **numbers, char **text)
{
    if (type == NF_WORD) v.s = keep(text, v.s);
    if (type == NF_PROSE) v.p = (nf_text){ keep(text, v.p.en), keep(text, v.p.zh) };
    if (type == NF_ARRAY && v.a.v) {
        if (v.a.n) memcpy(*numbers, v.a.v, v.a.n * sizeof(double));
        v.a.v = *numbers;
        *numbers += v.a.n;
    }
    return v;
}

/* One block a row: its values, its arrays, its text. */
static nf_value *copy_row(nf_ctx *c, const nf_field *f, size_t cols, const nf_value *v)
{
    size_t n_numbers = 0, n_text = 0;
    for (size_t i = 0; i < cols; i++) weigh(f[i].type, &v[i], &n_numbers, &n_text);
    nf_value *row = nf_alloc(c, cols * sizeof *row + n_numbers * sizeof(double) + n_text);
    if (!row) return NULL;
    double *numbers = (double *)(row + cols);
    char *text = (char *)(numbers + n_numbers);
    for (size_t i = 0; i < cols; i++) row[i] = copy(f[i].type, v[i], &numbers, &text);
    return row;
}

static const char *keep_word(nf_ctx *c, const char *s) { return s ? nf_strdup(c, s) : NULL; }

static int rows_begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c;
    nf_rows *r = self;
    size_t cols = nf_field_count(field);
    nf_field *f = nf_alloc(r->ctx, (cols + 1) * sizeof *f);
    if (!f) return NF_ENOMEM;
    for (size_t i = 0; i < cols; i++) {
        f[i] = field[i];
        f[i].name = keep_word(r->ctx, field[i].name);
        f[i].title = (nf_text){ keep_word(r->ctx, field[i].title.en), keep_word(r->ctx, field[i].title.zh) };
    }
    *r = (nf_rows){ .ctx = r->ctx, .table = keep_word(r->ctx, table), .field = f, .cols = cols };
    return NF_OK;
}

static int rows_row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_rows *r = self;
    nf_value **row = nf_grow(r->ctx, r->row, r->n, &r->room, sizeof(void *));
    if (!row) return NF_ENOMEM;
    r->row = row;
    r->row[r->n] = copy_row(r->ctx, r->field, r->cols, v);
    if (!r->row[r->n]) return NF_ENOMEM;
    r->n++;
    return NF_OK;
}

static int rows_end(void *self, nf_ctx *c, int rc)
{
    (void)self, (void)c;
    return rc;
}

nf_sink nf_sink_rows(nf_rows *rows) { return (nf_sink){ rows_begin, rows_row, rows_end, rows }; }

int nf_rows_emit(const nf_rows *r, nf_ctx *c, nf_sink sink)
{
    int rc = sink.begin(sink.self, c, r->table, r->field);
    if (rc) return rc;
    for (size_t i = 0; i < r->n && !rc; i++) rc = sink.row(sink.self, c, r->row[i]);
    return sink.end(sink.self, c, rc);
}
