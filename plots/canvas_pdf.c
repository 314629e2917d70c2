/* canvas_pdf.c - PDF: the painter on cairo's PDF surface. */
#include "painter.h"
#include <cairo-pdf.h>

static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned n)
{
    const nf_out *out = closure;
    return out->write(out->self, (const char *)bytes, n) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static int render(nf_ctx *c, nf_out out, const nf_scene *s, const nf_page *page)
{
    char when[32];
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, &out, s->width * 0.75,
                                                                   s->height * 0.75);
    nf_instant_text(when, s->now > 0 ? s->now - 1 : 0);          /* the day of the data, not of the clock */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, nf_text_clean(c, s->title ? s->title : ""));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "ninefold " NF_VERSION);
    return nf_paint_page(c, surface, s, page->theme, "the PDF could not be written");
}

const nf_canvas nf_canvas_pdf = {
    .row = { .name = "pdf", .title = { "portable document format", "PDF 文档" }, .use = "LaTeX, print" },
    .suffix = ".pdf", .mime = "application/pdf", .render = render
};
