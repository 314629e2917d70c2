/* rsvg_test.c - librsvg's picture of our SVG beside our own painter's PNG: two roads to the same chart. */
#include "exhibit_city.h"
#include "rendered.h"
#ifdef NF_HAVE_RSVG
#include <cairo.h>
#include <librsvg/rsvg.h>

static cairo_status_t take(void *self, unsigned char *to, unsigned n)
{
    bytes *b = self;
    if (b->n + n > b->room) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, b->text + b->n, n);
    b->n += n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *ours(nf_ctx *c, const char *chart, const nf_exhibit *e, nf_page page)
{
    bytes png = rendered(c, chart, "png", e, page), from = { png.text, 0, png.n };
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(take, &from);
    ok(cairo_surface_status(s) == CAIRO_STATUS_SUCCESS);
    free(png.text);
    return s;
}

static cairo_surface_t *theirs(nf_ctx *c, const char *chart, const nf_exhibit *e, nf_page page, int w, int h)
{
    bytes svg = rendered(c, chart, "svg", e, page);
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg.text, svg.n, NULL);
    ok(handle != NULL);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    cairo_t *cr = cairo_create(s);
    ok(rsvg_handle_render_document(handle, cr, &(RsvgRectangle){ 0, 0, w, h }, NULL));
    cairo_destroy(cr);
    cairo_surface_flush(s);
    g_object_unref(handle);
    free(svg.text);
    return s;
}

enum { BLOCK = 8 };

/* The mean of one channel over a block: where glyphs stand on other fractions of a pixel, the ink is the same. */
static double mean(cairo_surface_t *s, int x0, int y0, int shift)
{
    double sum = 0;
    for (int y = y0; y < y0 + BLOCK; y++) {
        const uint32_t *p = (const uint32_t *)(const void *)(cairo_image_surface_get_data(s)
                                                             + (ptrdiff_t)y * cairo_image_surface_get_stride(s));
        for (int x = x0; x < x0 + BLOCK; x++) sum += p[x] >> shift & 255;
    }
    return sum / BLOCK / BLOCK;
}

/* The share of blocks whose ink differs visibly. */
static double difference(cairo_surface_t *a, cairo_surface_t *b)
{
    size_t far = 0, n = 0;
    for (int y = 0; y + BLOCK <= cairo_image_surface_get_height(a); y += BLOCK)
        for (int x = 0; x + BLOCK <= cairo_image_surface_get_width(a); x += BLOCK, n++) {
            double gap = 0;
            for (int shift = 0; shift < 24; shift += 8)
                gap = fmax(gap, fabs(mean(a, x, y, shift) - mean(b, x, y, shift)));
            far += gap > 32;
        }
    return (double)far / (double)n;
}

static void alike(nf_ctx *c, const char *chart, const nf_exhibit *e, double width, double most)
{
    nf_page page = { .width = width, .scale = 2 };
    cairo_surface_t *a = ours(c, chart, e, page);
    cairo_surface_t *b = theirs(c, chart, e, page, cairo_image_surface_get_width(a), cairo_image_surface_get_height(a));
    double gap = difference(a, b);
    if (!(gap <= most))
        fail_msg("%s at %g px: %.3f %% of the blocks differ, at most %.3f %%", chart, width, 100 * gap, 100 * most);
    print_message("%s at %g px: %.3f %% of the blocks differ\n", chart, width, 100 * gap);
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
}

TEST(the_svg_shows_what_the_png_shows)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_exhibit en = exhibit_city(c, "en"), zh = exhibit_city(c, "zh"), one = one_target(&en, 3);
    const double most = .0005;
    alike(c, "scoreboard", &en, 0, most);
    alike(c, "scoreboard", &zh, 400, most);
    alike(c, "trend", &one, 0, most);
    alike(c, "trend", &one, 400, most);
    alike(c, "gantt", &en, 0, most);
    alike(c, "small-multiples", &zh, 0, most);
    nf_ctx_free(c);
}
#else
TEST(the_svg_shows_what_the_png_shows) { skip(); }
#endif
