/* writer_json.c - one JSON array of objects, a row a line, for programs that read a whole document. */
#include "json_row.h"

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    int rc = nf_pen_json_table(self, field);
    if (rc) return rc;
    nf_pen_put(self, "[");
    return nf_pen_flush(self);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen *pen = self;
    nf_pen_put(pen, pen->rows++ ? ",\n" : "\n");
    nf_pen_json_row(pen, v);
    return nf_pen_flush(pen);
}

static int end(void *self, nf_ctx *c, int rc)
{
    nf_pen *pen = self;
    if (!rc) nf_pen_put(pen, pen->rows ? "\n]\n" : "]\n");           /* a table cut short is no document */
    return nf_pen_end(self, c, rc);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, end, NULL });
}

const nf_writer nf_writer_json = {
    .row = { .name = "json", .title = { "one JSON array of objects", "一个 JSON 对象数组" },
             .formula = "an object a row under the field names; null means missing; arrays are arrays",
             .cite = "RFC 8259", .use = "programs that read a whole document" },
    .suffix = ".json", .mime = "application/json", .open = open
};
