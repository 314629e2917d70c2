/* rendered.h - a chart's file in memory, for the tests of charts and canvases. */
#ifndef RENDERED_H
#define RENDERED_H
#include "plots.h"
#include "test.h"

typedef struct { char *text; size_t n, room; } bytes;

static inline int keep(void *self, const char *text, size_t n)
{
    bytes *b = self;
    if (b->n + n + 1 > b->room) b->text = realloc(b->text, b->room = 2 * (b->n + n + 1));
    memcpy(b->text + b->n, text, n);
    b->text[b->n += n] = 0;
    return 0;
}

static inline bytes rendered(nf_ctx *c, const char *chart, const char *canvas, const nf_exhibit *e, nf_page page)
{
    bytes b = { 0 };
    size_t mark = nf_mark(c);
    int rc = nf_chart_render(c, (nf_out){ keep, &b }, nf_row_find(NF_TABLE(nf_charts), chart, NULL),
                             nf_row_find(NF_TABLE(nf_canvases), canvas, NULL), e, NULL, &page, (nf_sink){ 0 });
    if (rc) fail_msg("%s as %s: %s", chart, canvas, nf_last(c)->what);
    nf_release(c, mark);
    return b;
}

static inline nf_exhibit one_target(const nf_exhibit *city, size_t i)
{
    nf_exhibit e = *city;
    e.series += i;
    e.finding += i;
    e.n_series = e.n_finding = 1;
    e.n_rollup = 0;
    return e;
}
#endif
