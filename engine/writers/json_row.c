/* json_row.c - a row as a JSON object: exact numbers, null for what is not there. */
#include "json_row.h"

static void put_array(nf_pen *pen, nf_span a)
{
    nf_pen_put(pen, "[");
    for (size_t i = 0; i < a.n; i++) {
        nf_value v = { .f = a.v[i] };
        if (i) nf_pen_put(pen, ",");
        if (nf_value_is_empty(NF_F64, &v)) nf_pen_put(pen, "null");
        else nf_pen_exact(pen, NF_F64, &v);
    }
    nf_pen_put(pen, "]");
}

static void put_value(nf_pen *pen, nf_type type, const nf_value *v)
{
    if (nf_value_is_empty(type, v)) {
        nf_pen_put(pen, "null");
        return;
    }
    switch (type) {
    case NF_WORD: nf_pen_escape(pen, NF_JSON, v->s); return;
    case NF_PROSE: nf_pen_escape(pen, NF_JSON, nf_text_in(v->p, pen->style.lang)); return;
    case NF_ARRAY: put_array(pen, v->a); return;
    case NF_TIME:
        nf_pen_put(pen, "\"");
        nf_pen_exact(pen, type, v);
        nf_pen_put(pen, "\"");
        return;
    default: nf_pen_exact(pen, type, v);
    }
}

int nf_pen_json_table(nf_pen *pen, const nf_field *field)
{
    nf_pen_table(pen, field);
    pen->key = nf_alloc(pen->ctx, (pen->cols + 1) * sizeof(char *));
    if (!pen->key) return NF_ENOMEM;
    for (size_t i = 0; i < pen->cols; i++) {
        nf_memory m = { .ctx = pen->ctx };
        nf_out out = nf_out_memory(&m);
        if (nf_put(out, i ? "," : "{") || nf_escape(out, NF_JSON, field[i].name) || nf_put(out, ":")) return NF_ENOMEM;
        pen->key[i] = m.text;
    }
    return NF_OK;
}

void nf_pen_json_row(nf_pen *pen, const nf_value *v)
{
    for (size_t i = 0; i < pen->cols; i++) {
        nf_pen_put(pen, pen->key[i]);
        put_value(pen, pen->field[i].type, &v[i]);
    }
    nf_pen_put(pen, pen->cols ? "}" : "{}");
}
