/* pen.c - gathers a row's bytes and writes them at once. */
#include "pen.h"
#include <string.h>

int nf_pen_open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style, size_t size, const nf_sink *verbs)
{
    nf_pen *pen = nf_alloc(c, size);
    if (!pen) return NF_ENOMEM;
    pen->ctx = c;
    pen->to = to;
    if (style) pen->style = *style;
    *out = *verbs;
    out->self = pen;
    return NF_OK;
}

void nf_pen_table(nf_pen *pen, const nf_field *field)
{
    pen->field = field;
    pen->cols = nf_field_count(field);
    pen->rows = 0;
}

int nf_pen_flush(nf_pen *pen)
{
    if (!pen->rc && pen->n) {
        pen->rc = pen->to.write(pen->to.self, pen->bytes, pen->n);
        if (pen->rc && nf_last(pen->ctx)->err != (nf_err)pen->rc)      /* whoever writes has the better words */
            pen->rc = nf_fail(pen->ctx, NF_EIO, "cannot write the output");
    }
    pen->n = 0;
    return pen->rc;
}

int nf_pen_end(void *pen, nf_ctx *c, int rc)
{
    (void)c;
    int written = nf_pen_flush(pen);
    return rc ? rc : written;
}

void nf_pen_bytes(nf_pen *pen, const char *s, size_t n)
{
    while (n > NF_PEN_ROOM - pen->n) {
        size_t part = NF_PEN_ROOM - pen->n;
        memcpy(pen->bytes + pen->n, s, part);
        pen->n += part;
        s += part;
        n -= part;
        nf_pen_flush(pen);
    }
    memcpy(pen->bytes + pen->n, s, n);
    pen->n += n;
}

void nf_pen_put(nf_pen *pen, const char *s) { nf_pen_bytes(pen, s, strlen(s)); }

void nf_pen_char(nf_pen *pen, char c)
{
    if (pen->n == NF_PEN_ROOM) nf_pen_flush(pen);
    pen->bytes[pen->n++] = c;
}

static int pen_write(void *self, const char *s, size_t n)
{
    nf_pen *pen = self;
    nf_pen_bytes(pen, s, n);
    return pen->rc;
}

nf_out nf_out_pen(nf_pen *pen) { return (nf_out){ pen_write, pen }; }

void nf_pen_escape(nf_pen *pen, nf_markup markup, const char *s) { nf_escape(nf_out_pen(pen), markup, s); }

void nf_pen_exact(nf_pen *pen, nf_type type, const nf_value *v)
{
    enum { LONGEST = 48 };
    if (nf_value_is_empty(type, v)) return;
    if (NF_PEN_ROOM - pen->n < LONGEST) nf_pen_flush(pen);
    char *text = pen->bytes + pen->n;
    if (type == NF_F64) pen->n += nf_double_text(text, v->f);
    if (type == NF_I64) pen->n += nf_i64_text(text, v->i);
    if (type == NF_TIME) pen->n += nf_period_text(text, v->t);
    if (type == NF_FLAG) nf_pen_put(pen, v->i ? "true" : "false");
}
