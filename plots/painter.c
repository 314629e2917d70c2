/* painter.c - a scene on cairo, its text on Pango: Han characters come by font fallback. */
#include "painter.h"
#include <pango/pangocairo.h>
#include <string.h>

#define FAMILY "Lato, Source Sans 3, Noto Sans, Noto Sans CJK SC, sans-serif"

typedef struct { cairo_t *cr; nf_theme theme; PangoLayout *layout; PangoFontDescription *font[2]; int unknown;
                 } painter;

int nf_cairo_check(nf_ctx *c, cairo_status_t st, const char *what)
{
    if (st == CAIRO_STATUS_SUCCESS) return NF_OK;
    if (st == CAIRO_STATUS_NO_MEMORY) return nf_fail(c, NF_ENOMEM, "out of memory");
    return nf_fail(c, st == CAIRO_STATUS_WRITE_ERROR ? NF_EIO : NF_EINVAL, "%s: %s", what, cairo_status_to_string(st));
}

static void source(painter *p, nf_role r)
{
    uint32_t rgb = nf_role_rgb(r, p->theme);
    cairo_set_source_rgb(p->cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void trace(cairo_t *cr, const nf_knot *k, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (k[i].verb == 'M') cairo_move_to(cr, k[i].x, k[i].y);
        else if (k[i].verb == 'Z') cairo_close_path(cr);
        else if (k[i].verb == 'C' && i + 2 < n) {
            cairo_curve_to(cr, k[i].x, k[i].y, k[i + 1].x, k[i + 1].y, k[i + 2].x, k[i + 2].y);
            i += 2;
        } else cairo_line_to(cr, k[i].x, k[i].y);
    }
}

static void finish(painter *p, const nf_pen *pen)
{
    if (pen->fill) {
        source(p, pen->fill);
        cairo_fill_preserve(p->cr);
    }
    if (pen->stroke) {
        source(p, pen->stroke);
        cairo_set_line_width(p->cr, pen->width);
        cairo_set_dash(p->cr, pen->dash, pen->dash[0] > 0 ? 2 : 0, 0);
        cairo_set_line_cap(p->cr, pen->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke_preserve(p->cr);
    }
    cairo_new_path(p->cr);
}

static void paint_text(painter *p, const nf_item *it)
{
    const nf_font *f = &it->font;
    PangoRectangle box;
    pango_font_description_set_absolute_size(p->font[f->bold], f->size * PANGO_SCALE);
    pango_layout_set_font_description(p->layout, p->font[f->bold]);
    pango_layout_set_text(p->layout, it->text, -1);
    p->unknown += pango_layout_get_unknown_glyphs_count(p->layout);
    PangoLayoutLine *line = pango_layout_get_line_readonly(p->layout, 0);
    pango_layout_line_get_extents(line, NULL, &box);
    double width = box.width / (double)PANGO_SCALE,
           x = it->x - (f->anchor == 'm' ? width / 2 : f->anchor == 'e' ? width : 0);
    if (f->halo) {
        cairo_move_to(p->cr, x, it->y);
        pango_cairo_layout_line_path(p->cr, line);
        finish(p, &(nf_pen){ .stroke = NF_PAPER, .width = 3.5, .round = true });
    }
    source(p, f->role);
    cairo_move_to(p->cr, x, it->y);
    pango_cairo_show_layout_line(p->cr, line);
    cairo_new_path(p->cr);
}

static void paint_item(painter *p, const nf_scene *s, const nf_item *it)
{
    switch (it->kind) {
    case NF_ITEM_PATH: trace(p->cr, s->knot + it->first, it->n); finish(p, &it->pen); break;
    case NF_ITEM_RECT: cairo_rectangle(p->cr, it->x, it->y, it->w, it->h); finish(p, &it->pen); break;
    case NF_ITEM_DISC: cairo_arc(p->cr, it->x, it->y, it->w, 0, 6.283185307179586); finish(p, &it->pen); break;
    case NF_ITEM_TEXT: paint_text(p, it); break;
    case NF_ITEM_GROUP: case NF_ITEM_END: break;
    }
}

/* Metrics without hinting: the same layout at every scale. */
static void set_up(painter *p, const char *lang)
{
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(p->cr, o);
    cairo_font_options_destroy(o);
    p->layout = pango_cairo_create_layout(p->cr);
    PangoContext *context = pango_layout_get_context(p->layout);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(!strcmp(lang, "zh") ? "zh-cn" : "en"));
    for (int bold = 0; bold < 2; bold++) {
        p->font[bold] = pango_font_description_from_string(FAMILY);
        pango_font_description_set_weight(p->font[bold], bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    }
}

int nf_paint(nf_ctx *c, cairo_t *cr, const nf_scene *s, nf_theme theme)
{
    painter p = { .cr = cr, .theme = theme };
    set_up(&p, s->lang);
    for (size_t i = 0; i < s->n_item; i++) paint_item(&p, s, &s->item[i]);
    for (int bold = 0; bold < 2; bold++) pango_font_description_free(p.font[bold]);
    g_object_unref(p.layout);
    if (p.unknown)
        nf_note(c, NULL, 0, 0, "install fonts-lato and fonts-noto-cjk",
                "no font for %d characters of the chart: boxes are drawn",
                p.unknown);
    return nf_cairo_check(c, cairo_status(cr), "the chart could not be painted");
}

int nf_paint_page(nf_ctx *c, cairo_surface_t *surface, const nf_scene *s, nf_theme theme, const char *what)
{
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, 0.75, 0.75);
    int rc = nf_paint(c, cr, s, theme);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (!rc) rc = nf_cairo_check(c, cairo_surface_status(surface), what);
    cairo_surface_destroy(surface);
    return rc;
}
