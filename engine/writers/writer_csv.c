/* writer_csv.c - comma-separated values: exact numbers, field names as header, empty for what is not there. */
#include "pen.h"

/* The text as this place must have it: a terminal sees no control characters, a spreadsheet nothing to run. */
static const char *dressed(nf_pen *pen, const char *s)
{
    nf_memory shown = { .ctx = pen->ctx };
    if ((pen->style.spreadsheet || pen->style.guard) && nf_runs_in_spreadsheet(s)) s = nf_format(pen->ctx, "'%s", s);
    if (!s || !pen->style.terminal || !*s) return s;
    return nf_escape(nf_out_memory(&shown), NF_TTY, s) ? NULL : shown.text;
}

static void put_text(nf_pen *pen, const char *s)
{
    size_t mark = nf_mark(pen->ctx);
    s = dressed(pen, s);
    if (s) nf_pen_escape(pen, NF_CSV, s);
    else if (!pen->rc) pen->rc = NF_ENOMEM;
    nf_release(pen->ctx, mark);
}

static void put_array(nf_pen *pen, nf_span a)
{
    for (size_t i = 0; i < a.n; i++) {
        if (i) nf_pen_char(pen, ';');
        nf_pen_exact(pen, NF_F64, &(nf_value){ .f = a.v[i] });
    }
}

static void put_cell(nf_pen *pen, nf_type type, const nf_value *v)
{
    if (nf_value_is_empty(type, v)) {
        if (pen->cols == 1) nf_pen_put(pen, "\"\"");                   /* a blank line would be no row */
        return;
    }
    switch (type) {
    case NF_WORD: put_text(pen, v->s); return;
    case NF_PROSE: put_text(pen, nf_text_in(v->p, pen->style.lang)); return;
    case NF_ARRAY: put_array(pen, v->a); return;
    default: nf_pen_exact(pen, type, v);
    }
}

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    nf_pen *pen = self;
    if (pen->field) nf_pen_put(pen, "\n");         /* a second table, after a blank line */
    else if (pen->style.spreadsheet) nf_pen_put(pen, "\xef\xbb\xbf");
    nf_pen_table(pen, field);
    for (size_t i = 0; i < pen->cols; i++) {
        if (i) nf_pen_char(pen, ',');
        put_text(pen, field[i].name);
    }
    nf_pen_char(pen, '\n');
    return nf_pen_flush(pen);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen *pen = self;
    for (size_t i = 0; i < pen->cols; i++) {
        if (i) nf_pen_char(pen, ',');
        put_cell(pen, pen->field[i].type, &v[i]);
    }
    nf_pen_char(pen, '\n');
    return nf_pen_flush(pen);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, nf_pen_end, NULL });
}

const nf_writer nf_writer_csv = {
    .row = { .name = "csv", .title = { "comma-separated values, exact", "逗号分隔值，数值精确" },
             .formula = "UTF-8, lines end with LF, header of field names, empty means missing, arrays joined by ;",
             .cite = "RFC 4180", .use = "scripts, exchange, import into other programs" },
    .suffix = ".csv", .mime = "text/csv; charset=utf-8", .open = open
};
