/* writer_md.c - a pipe table of GFM and pandoc: titles, numbers for people. */
#include "pen.h"

static void put_cell(nf_pen *pen, const char *text)
{
    nf_pen_put(pen, " ");
    nf_pen_escape(pen, NF_MD, text);
    nf_pen_put(pen, " |");
}

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    nf_pen *pen = self;
    if (pen->field) nf_pen_put(pen, "\n");
    nf_pen_table(pen, field);
    nf_pen_put(pen, "|");
    for (size_t i = 0; i < pen->cols; i++) put_cell(pen, nf_field_title(&field[i], pen->style.lang));
    nf_pen_put(pen, "\n|");
    for (size_t i = 0; i < pen->cols; i++) nf_pen_put(pen, nf_type_is_number(field[i].type) ? "---:|" : ":---|");
    nf_pen_put(pen, "\n");
    return nf_pen_flush(pen);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen *pen = self;
    char room[NF_CELL_ROOM];
    nf_pen_put(pen, "|");
    for (size_t i = 0; i < pen->cols; i++)
        put_cell(pen, nf_cell_for_people(room, pen->field[i].type, &v[i], pen->style.lang));
    nf_pen_put(pen, "\n");
    return nf_pen_flush(pen);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, nf_pen_end, NULL });
}

const nf_writer nf_writer_md = {
    .row = { .name = "md", .title = { "Markdown table", "Markdown 表格" },
             .formula = "a pipe table; numbers rounded for people", .cite = "GitHub Flavored Markdown 0.29",
             .use = "reports, notes, pandoc", .avoid = "computing: numbers are rounded" },
    .suffix = ".md", .mime = "text/markdown; charset=utf-8", .open = open
};
