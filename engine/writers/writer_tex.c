/* writer_tex.c - a LaTeX tabular with booktabs rules: titles, numbers for people. */
#include "pen.h"

static void put_cell(nf_pen *pen, size_t i, const char *text)
{
    if (i) nf_pen_put(pen, " & ");
    nf_pen_escape(pen, NF_TEX, text);
}

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    nf_pen *pen = self;
    nf_pen_table(pen, field);
    nf_pen_put(pen, "\\begin{tabular}{");
    for (size_t i = 0; i < pen->cols; i++) nf_pen_put(pen, nf_type_is_number(field[i].type) ? "r" : "l");
    nf_pen_put(pen, "}\n\\toprule\n");
    for (size_t i = 0; i < pen->cols; i++) put_cell(pen, i, nf_field_title(&field[i], pen->style.lang));
    nf_pen_put(pen, " \\\\\n\\midrule\n");
    return nf_pen_flush(pen);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen *pen = self;
    char room[NF_CELL_ROOM];
    for (size_t i = 0; i < pen->cols; i++)
        put_cell(pen, i, nf_cell_for_people(room, pen->field[i].type, &v[i], pen->style.lang));
    nf_pen_put(pen, " \\\\\n");
    return nf_pen_flush(pen);
}

static int end(void *self, nf_ctx *c, int rc)
{
    nf_pen_put(self, "\\bottomrule\n\\end{tabular}\n");
    return nf_pen_end(self, c, rc);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, end, NULL });
}

const nf_writer nf_writer_tex = {
    .row = { .name = "tex", .title = { "LaTeX table (booktabs)", "LaTeX 表格（booktabs）" },
             .formula = "a tabular; needs \\usepackage{booktabs}; numbers rounded for people",
             .cite = "S. Fear, Publication quality tables in LaTeX", .use = "papers",
             .avoid = "computing: numbers are rounded" },
    .suffix = ".tex", .mime = "text/x-tex; charset=utf-8", .open = open
};
