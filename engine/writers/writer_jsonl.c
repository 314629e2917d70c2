/* writer_jsonl.c - one JSON object a line: rows can be read while they come. */
#include "json_row.h"

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    (void)c, (void)table;
    return nf_pen_json_table(self, field);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    (void)c;
    nf_pen_json_row(self, v);
    nf_pen_put(self, "\n");
    return nf_pen_flush(self);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(nf_pen), &(nf_sink){ begin, row, nf_pen_end, NULL });
}

const nf_writer nf_writer_jsonl = {
    .row = { .name = "jsonl", .title = { "one JSON object a line", "每行一个 JSON 对象" },
             .formula = "an object a row under the field names; null means missing; arrays are arrays",
             .cite = "jsonlines.org", .use = "streams, jq, and tables whose rows are arrays" },
    .suffix = ".jsonl", .mime = "application/jsonl", .open = open
};
