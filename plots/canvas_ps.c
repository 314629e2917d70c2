/* canvas_ps.c - encapsulated PostScript: the painter on cairo's PostScript surface, its clock taken out. */
#include "painter.h"
#include <cairo-ps.h>
#include <string.h>

/* The comments at the head are kept back until they are whole: they carry the time of day. */
typedef struct { nf_out out; nf_memory head; const char *when; bool passed; int rc; } filter;
enum { HEAD_MOST = 1 << 16 };

static int put_head(filter *f)
{
    const char *date = strstr(f->head.text, "%%CreationDate:"), *rest = date ? strchr(date, '\n') : NULL;
    if (!rest) return f->out.write(f->out.self, f->head.text, f->head.n);
    int rc = f->out.write(f->out.self, f->head.text, (size_t)(date - f->head.text));
    if (!rc) rc = nf_put(f->out, "%%CreationDate: ");
    if (!rc) rc = nf_put(f->out, f->when);
    return rc ? rc : f->out.write(f->out.self, rest, f->head.n - (size_t)(rest - f->head.text));
}

static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned n)
{
    filter *f = closure;
    nf_out head = nf_out_memory(&f->head);
    if (f->passed) f->rc = f->out.write(f->out.self, (const char *)bytes, n);
    else f->rc = head.write(head.self, (const char *)bytes, n);
    if (!f->rc && !f->passed && (strstr(f->head.text, "%%EndComments") || f->head.n > HEAD_MOST)) {
        f->passed = true;
        f->rc = put_head(f);
    }
    return f->rc ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static int render(nf_ctx *c, nf_out out, const nf_scene *s, const nf_page *page)
{
    char when[32];
    filter f = { .out = out, .head = { .ctx = c }, .when = when };
    nf_instant_text(when, s->now > 0 ? s->now - 1 : 0);          /* the day of the data, not of the clock */
    cairo_surface_t *surface = cairo_ps_surface_create_for_stream(write_bytes, &f, s->width * 0.75, s->height * 0.75);
    cairo_ps_surface_set_eps(surface, 1);
    int rc = nf_paint_page(c, surface, s, page->theme, "the PostScript could not be written");
    return rc || f.passed || !f.head.n ? rc : put_head(&f);
}

const nf_canvas nf_canvas_ps = {
    .row = { .name = "ps", .title = { "encapsulated PostScript", "PostScript（EPS）" }, .use = "printers, older TeX",
             .avoid = "what reads pdf" },
    .suffix = ".ps", .mime = "application/postscript", .render = render
};
