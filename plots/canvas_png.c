/* canvas_png.c - PNG: cairo paints, libpng writes (level 3, no filter: a third of cairo's own time). */
#include "painter.h"
#include <png.h>
#include <math.h>
#include <setjmp.h>

enum { SIDE_MAX = 20000 };

static void write_bytes(png_structp png, png_bytep bytes, size_t n)
{
    const nf_out *out = png_get_io_ptr(png);
    if (out->write(out->self, (const char *)bytes, n)) png_error(png, "write");
}
static void flush_bytes(png_structp png) { (void)png; }
static void quiet(png_structp png, png_const_charp text) { (void)png, (void)text; }
static void bail(png_structp png, png_const_charp text) { (void)text; png_longjmp(png, 1); }

/* The only setjmp: everything it could clobber is made before it. */
static int encode(nf_ctx *c, nf_out *out, const unsigned char *pixel, int w, int h, int stride, double scale,
                  unsigned char *row)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, bail, quiet);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_write_struct(&png, NULL);
        return nf_fail(c, NF_ENOMEM, "out of memory");
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return nf_fail(c, NF_EIO, "the PNG could not be written");
    }
    png_set_write_fn(png, out, write_bytes, flush_bytes);
    png_set_compression_level(png, 3);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)w, (png_uint_32)h, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_uint_32 per_metre = (png_uint_32)(96 * scale / 0.0254 + 0.5);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    for (int y = 0; y < h; y++) {
        const uint32_t *from = (const uint32_t *)(const void *)(pixel + (size_t)y * (size_t)stride);
        for (int x = 0; x < w; x++) {
            row[3 * x] = (unsigned char)(from[x] >> 16);
            row[3 * x + 1] = (unsigned char)(from[x] >> 8);
            row[3 * x + 2] = (unsigned char)from[x];
        }
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return NF_OK;
}

static int render(nf_ctx *c, nf_out out, const nf_scene *s, const nf_page *page)
{
    double scale = page->scale > 0 ? page->scale : 1;
    int w = (int)ceil(s->width * scale), h = (int)ceil(s->height * scale);
    if (w < 1 || h < 1 || w > SIDE_MAX || h > SIDE_MAX)
        return nf_fail(c, NF_EINVAL, "a picture of %d x %d pixels", w, h);
    unsigned char *row = nf_scratch(c, 3 * (size_t)w);
    if (!row) return NF_ENOMEM;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *cr = cairo_create(surface);
    uint32_t paper = nf_role_rgb(NF_PAPER, page->theme);
    cairo_set_source_rgb(cr, (paper >> 16 & 255) / 255.0, (paper >> 8 & 255) / 255.0, (paper & 255) / 255.0);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    int rc = nf_paint(c, cr, s, page->theme);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (!rc) rc = encode(c, &out, cairo_image_surface_get_data(surface), w, h, cairo_image_surface_get_stride(surface),
                         scale, row);
    cairo_surface_destroy(surface);
    return rc;
}

const nf_canvas nf_canvas_png = {
    .row = { .name = "png", .title = { "portable network graphics", "位图（PNG）" }, .use = "documents, slides, chat" },
    .suffix = ".png", .mime = "image/png", .render = render
};
