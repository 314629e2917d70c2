/* writer_html.c - one <table> to stand inside a page: header cells with scope, numbers marked, verdicts by level. */
#include "pen.h"
#include "scheme.h"

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    nf_pen *pen = self;
    nf_pen_table(pen, field);
    nf_pen_put(pen, "<table>\n<thead>\n<tr>");
    for (size_t i = 0; i < pen->cols; i++) {
        nf_pen_put(pen, "<th scope=\"col\"");
        nf_pen_put(pen, nf_type_is_number(field[i].type) ? " class=\"number\">" : ">");
        nf_pen_escape(pen, NF_XML, nf_field_title(&field[i], pen->style.lang));
        nf_pen_put(pen, "</th>");
    }
    nf_pen_put(pen, "</tr>\n</thead>\n<tbody>\n");
    return nf_pen_flush(pen);
}

static const char *opening(nf_type type, const nf_value *v)
{
    static const char *const by_level[] = {
        [NF_UNKNOWN] = "<td class=\"verdict unknown\">", [NF_MISSED] = "<td class=\"verdict missed\">",
        [NF_OFF] = "<td class=\"verdict off\">", [NF_RISK] = "<td class=\"verdict risk\">",
        [NF_ON] = "<td class=\"verdict on\">", [NF_MET] = "<td class=\"verdict met\">"
    };
    if (nf_type_is_number(type)) return "<td class=\"number\">";
    int level = nf_cell_level(type, v);
    return level < 0 ? "<td>" : by_level[level];
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen *pen = self;
    char room[NF_CELL_ROOM];
    nf_pen_put(pen, "<tr>");
    for (size_t i = 0; i < pen->cols; i++) {
        nf_pen_put(pen, opening(pen->field[i].type, &v[i]));
        nf_pen_escape(pen, NF_XML, nf_cell_for_people(room, pen->field[i].type, &v[i], pen->style.lang));
        nf_pen_put(pen, "</td>");
    }
    nf_pen_put(pen, "</tr>\n");
    return nf_pen_flush(pen);
}

static int end(void *self, nf_ctx *c, int rc)
{
    nf_pen_put(self, "</tbody>\n</table>\n");
    return nf_pen_end(self, c, rc);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, end, NULL });
}

const nf_writer nf_writer_html = {
    .row = { .name = "html", .title = { "HTML table", "HTML 表格" },
             .formula = "a table element without page or style; numbers rounded for people", .cite = "WHATWG HTML",
             .use = "pages and reports", .avoid = "computing: numbers are rounded" },
    .suffix = ".html", .mime = "text/html; charset=utf-8", .open = open
};
