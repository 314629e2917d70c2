/* writer_text.c - tables for people: columns aligned by display width; records where a table would not fit.
 *
 * The first rows are kept until the layout is decided (all of them, up to LOOK); later rows follow as they come. */
#include "text_layout.h"

enum { LOOK = 5000 };

/* Rows kept outlive the call that brought them, whatever its driver releases: they have a context of their own. */
typedef struct { nf_pen pen; nf_ctx *own; nf_rows seen; nf_layout layout; bool decided; } text;

static int out_of_memory(nf_ctx *c) { return nf_fail(c, NF_ENOMEM, "out of memory"); }

static int flush(text *t) { return t->layout.failed ? out_of_memory(t->pen.ctx) : nf_pen_flush(&t->pen); }

static int decide(text *t, bool complete)
{
    t->decided = true;
    if (nf_layout_decide(&t->layout, t->own, &t->pen, &t->seen, complete)) return out_of_memory(t->pen.ctx);
    nf_layout_header(&t->layout, &t->pen);
    for (size_t i = 0; i < t->seen.n; i++) nf_layout_row(&t->layout, &t->pen, t->seen.row[i]);
    return flush(t);
}

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    text *t = self;
    if (t->pen.field) nf_pen_put(&t->pen, "\n");   /* a second table, after a blank line */
    nf_pen_table(&t->pen, field);
    t->decided = false;
    t->own = nf_ctx_new(NULL);
    t->seen = (nf_rows){ .ctx = t->own };
    nf_sink keep = nf_sink_rows(&t->seen);
    if (t->own && !keep.begin(keep.self, c, table, field)) return NF_OK;
    nf_ctx_free(t->own);
    t->own = NULL;
    t->decided = true;
    return out_of_memory(c);
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    text *t = self;
    nf_sink keep = nf_sink_rows(&t->seen);
    if (!t->decided && t->seen.n < LOOK) return keep.row(keep.self, c, v) ? out_of_memory(c) : NF_OK;
    int rc = t->decided ? NF_OK : decide(t, false);
    if (rc) return rc;
    nf_layout_row(&t->layout, &t->pen, v);
    return flush(t);
}

static int end(void *self, nf_ctx *c, int rc)
{
    text *t = self;
    int shown = t->decided || (rc && !t->seen.n) ? NF_OK : decide(t, true);
    nf_ctx_free(t->own);
    t->own = NULL;
    return nf_pen_end(&t->pen, c, rc ? rc : shown);
}

static int open(nf_ctx *c, nf_sink *out, nf_out to, const nf_style *style)
{
    return nf_pen_open(c, out, to, style, sizeof(text), &(nf_sink){ begin, row, end, NULL });
}

const nf_writer nf_writer_text = {
    .row = { .name = "text", .title = { "aligned text for people", "供阅读的对齐文本" },
             .formula = "numbers rounded to about six digits, control characters shown as \\xNN",
             .use = "reading in a terminal", .avoid = "scripts: use csv or jsonl" },
    .suffix = ".txt", .mime = "text/plain; charset=utf-8", .open = open
};
