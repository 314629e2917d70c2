/* canvas_svg.c - SVG: libplot draws the geometry, one element a line; the text is written between its lines.
 *
 * libplot's SVG text is ISO-8859-1, so no text goes through it. Every geometric item of the scene makes exactly one
 * line of libplot's output; the assembler walks the scene and takes the next line wherever an item is geometry. */
#include "scene.h"
#include <locale.h>
#include <stdio.h>
#include <plot.h>
#include <stdlib.h>
#include <string.h>

/* ---- geometry ---- */

/* Everything that the environment could otherwise set (ROTATION, BG_COLOR, PAGESIZE ...). */
static plPlotterParams *parameters(const nf_scene *s)
{
    char page[80];
    plPlotterParams *p = pl_newplparams();
    snprintf(page, sizeof page, "a4,xsize=%.3fin,ysize=%.3fin,xoffset=0in,yoffset=0in", s->width / 96, s->height / 96);
    static char *const fixed[][2] = { { "BG_COLOR", "none" }, { "EMULATE_COLOR", "no" }, { "ROTATION", "0" },
        { "MAX_LINE_LENGTH", "1000000" }, { "BITMAPSIZE", "570x570" }, { "TRANSPARENT_COLOR", "none" },
        { "INTERLACE", "no" }, { "VANISH_ON_DELETE", "no" } };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) pl_setplparam(p, fixed[i][0], fixed[i][1]);
    pl_setplparam(p, "PAGESIZE", page);
    return p;
}

static int channel(uint32_t rgb, int shift) { return (int)(rgb >> shift & 255) * 257; }

static void set_pen(plPlotter *pl, nf_pen pen, nf_theme t)
{
    uint32_t fill = nf_role_rgb(pen.fill, t), stroke = nf_role_rgb(pen.stroke, t);
    pl_filltype_r(pl, pen.fill ? 1 : 0);
    if (pen.fill) pl_fillcolor_r(pl, channel(fill, 16), channel(fill, 8), channel(fill, 0));
    pl_pentype_r(pl, pen.stroke ? 1 : 0);
    if (!pen.stroke) return;
    pl_pencolor_r(pl, channel(stroke, 16), channel(stroke, 8), channel(stroke, 0));
    pl_flinewidth_r(pl, pen.width);
    pl_capmod_r(pl, pen.round ? "round" : "butt");
    pl_linemod_r(pl, "solid");
    if (pen.dash[0] > 0) pl_flinedash_r(pl, 2, pen.dash, 0);
}

static void draw_path(plPlotter *pl, const nf_knot *k, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (k[i].verb == 'M') pl_fmove_r(pl, k[i].x, k[i].y);
        else if (k[i].verb == 'C' && i && i + 2 < n) {
            pl_fbezier3_r(pl, k[i - 1].x, k[i - 1].y, k[i].x, k[i].y, k[i + 1].x, k[i + 1].y, k[i + 2].x, k[i + 2].y);
            i += 2;
        } else pl_fcont_r(pl, k[i].x, k[i].y);   /* Z too: the identical first point makes a polygon */
    }
}

static bool draws(const nf_item *it)
{ return it->kind == NF_ITEM_PATH || it->kind == NF_ITEM_RECT || it->kind == NF_ITEM_DISC; }

static void draw(plPlotter *pl, const nf_scene *s, nf_theme t)
{
    pl_joinmod_r(pl, "round");
    for (size_t i = 0; i < s->n_item; i++) {
        const nf_item *it = &s->item[i];
        if (!draws(it)) continue;
        set_pen(pl, it->pen, t);
        if (it->kind == NF_ITEM_PATH) draw_path(pl, s->knot + it->first, it->n);
        else if (it->kind == NF_ITEM_RECT) pl_fbox_r(pl, it->x, it->y, it->x + it->w, it->y + it->h);
        else pl_fcircle_r(pl, it->x, it->y, it->w);
        pl_endpath_r(pl);
    }
}

/* libplot's file in memory, malloced; NULL when it failed. */
static char *geometry(const nf_scene *s, nf_theme t)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    if (!f) return NULL;
    plPlotterParams *params = parameters(s);
    plPlotter *pl = pl_newpl_r("svg", NULL, f, NULL, params);
    bool good = pl && pl_openpl_r(pl) >= 0 && pl_fspace2_r(pl, 0, s->height, s->width, s->height, 0, 0) >= 0;
    if (good) {
        draw(pl, s, t);
        good = pl_closepl_r(pl) >= 0;
    }
    if (pl) pl_deletepl_r(pl);
    pl_deleteplparams(params);
    if (fclose(f) || !good) {
        free(text);
        return NULL;
    }
    return text;
}

/* libplot prints with the locale's decimal comma: the thread's own locale is C while it works. */
static char *geometry_in_c(const nf_scene *s, nf_theme t)
{
    locale_t c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (!c) return NULL;
    locale_t before = uselocale(c);
    char *text = geometry(s, t);
    uselocale(before);
    freelocale(c);
    return text;
}

/* ---- assembly ---- */

typedef struct { nf_out out; const nf_scene *scene; const nf_page *page; const char *line; int rc; } assembly;

static void put(assembly *a, const char *text) { if (!a->rc) a->rc = nf_put(a->out, text); }
static void put_xml(assembly *a, const char *text) { if (!a->rc) a->rc = nf_escape(a->out, NF_XML, text); }

/* Pixels with at most two decimals, without locale. */
static void put_px(assembly *a, double v)
{
    char text[48];
    long hundredths = (long)(v < 0 ? v * 100 - 0.5 : v * 100 + 0.5), whole = labs(hundredths) / 100,
         rest = labs(hundredths) % 100;
    int n = snprintf(text, sizeof text, "%s%ld", hundredths < 0 ? "-" : "", whole);
    if (rest) n += snprintf(text + n, sizeof text - (size_t)n, ".%02ld", rest);
    if (rest && rest % 10 == 0) text[n - 1] = 0;
    put(a, text);
}

static void put_attribute(assembly *a, const char *name, double v)
{
    put(a, name);
    put_px(a, v);
    put(a, "\"");
}

static void put_colour(assembly *a, const char *name, nf_role r)
{
    char text[48];
    snprintf(text, sizeof text, " %s=\"#%06x\"", name, (unsigned)nf_role_rgb(r, a->page->theme));
    put(a, text);
}

static void put_class(assembly *a, const nf_pen *p)
{
    char text[64];
    const char *fill = p->fill ? nf_paint_name(p->fill) : "", *stroke = p->stroke ? nf_paint_name(p->stroke) : "";
    snprintf(text, sizeof text, " class=\"%s%s%s%s%s\"", p->fill ? "f-" : "", fill, p->fill && p->stroke ? " " : "",
             p->stroke ? "s-" : "", stroke);
    put(a, text);
}

/* The next element of libplot's, with the role's classes added. */
static void put_geometry(assembly *a, const nf_item *it)
{
    char *end = strchr(a->line, '\n');
    size_t name = strcspn(a->line, " \n");
    if (!end || *a->line != '<' || a->line[1] == '/') {
        a->rc = a->rc ? a->rc : NF_EIO;
        return;
    }
    if (!a->rc) a->rc = a->out.write(a->out.self, a->line, name);
    put_class(a, &it->pen);
    if (!a->rc) a->rc = a->out.write(a->out.self, a->line + name, (size_t)(end + 1 - a->line) - name);
    a->line = end + 1;
}

static void put_text(assembly *a, const nf_item *it)
{
    const nf_font *f = &it->font;
    put(a, "<text class=\"f-");
    put(a, nf_paint_name(f->role));
    if (f->halo) put(a, " s-paper");
    put_attribute(a, "\" x=\"", it->x);
    put_attribute(a, " y=\"", it->y);
    put_attribute(a, " font-size=\"", f->size);
    if (f->bold) put(a, " font-weight=\"700\"");
    if (f->anchor != 's') put(a, f->anchor == 'm' ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
    put_colour(a, "fill", f->role);
    if (f->halo) {
        put_colour(a, "stroke", NF_PAPER);
        put(a, " stroke-width=\"3.5\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
    put(a, ">");
    put_xml(a, it->text);
    put(a, "</text>\n");
}

static void put_item(assembly *a, const nf_item *it)
{
    if (draws(it)) put_geometry(a, it);
    else if (it->kind == NF_ITEM_TEXT) put_text(a, it);
    else if (it->kind == NF_ITEM_END) put(a, "</g>\n");
    else {
        put(a, "<g>");
        if (it->text) {
            put(a, "<title>");
            put_xml(a, it->text);
            put(a, "</title>");
        }
        put(a, "\n");
    }
}

static void used_roles(const nf_scene *s, bool *used)
{
    for (size_t i = 0; i < s->n_item; i++) {
        const nf_item *it = &s->item[i];
        used[it->pen.fill] = used[it->pen.stroke] = true;
        if (it->kind == NF_ITEM_TEXT) used[it->font.role] = true;
        if (it->font.halo) used[NF_PAPER] = true;
    }
}

/* A page that inlines the chart gives an id and brings the styles itself. */
static void put_head(assembly *a)
{
    const nf_scene *s = a->scene;
    const char *id = a->page->id && *a->page->id ? a->page->id : "nf";
    put(a, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nf\" viewBox=\"0 0 ");
    put_px(a, s->width);
    put(a, " ");
    put_px(a, s->height);
    put_attribute(a, "\" width=\"", s->width);
    put_attribute(a, " height=\"", s->height);
    put(a, !strcmp(s->lang, "zh") ? " lang=\"zh-CN\"" : " lang=\"en\"");
    put(a, " role=\"img\" aria-labelledby=\"");
    put_xml(a, id);
    put(a, "-t ");
    put_xml(a, id);
    put(a, "-d\" font-family=\"" NF_FONT_LIST "\" fill=\"none\" stroke-miterlimit=\"10\">\n<title id=\"");
    put_xml(a, id);
    put(a, "-t\">");
    put_xml(a, s->title ? s->title : "");
    put(a, "</title>\n<desc id=\"");
    put_xml(a, id);
    put(a, "-d\">");
    put_xml(a, s->desc ? s->desc : "");
    put(a, "</desc>\n");
    if (a->page->theme == NF_AUTO && !a->page->id) {
        bool used[NF_ROLE_COUNT] = { false };
        used_roles(s, used);
        put(a, "<style>");
        if (!a->rc) a->rc = nf_theme_css(a->out, ".nf", NF_AUTO, used);
        put(a, "</style>\n");
    }
}

static int render(nf_ctx *c, nf_out out, const nf_scene *s, const nf_page *page)
{
    char *text = geometry_in_c(s, page->theme);
    if (!text) return nf_fail(c, NF_ENOMEM, "libplot could not draw the chart");
    const char *content = strstr(text, "<g id=\"content\""), *line = content ? strchr(content, '\n') : NULL;
    assembly a = { out, s, page, line ? line + 1 : "", 0 };
    put_head(&a);
    for (size_t i = 0; i < s->n_item && !a.rc; i++) put_item(&a, &s->item[i]);
    put(&a, "</svg>\n");
    if (!a.rc && strncmp(a.line, "</g>", 4)) a.rc = NF_EIO;
    free(text);
    return a.rc == NF_EIO && !nf_last(c)->what ? nf_fail(c, NF_EIO, "libplot's elements do not match the chart's")
        : a.rc;
}

const nf_canvas nf_canvas_svg = {
    .row = { .name = "svg", .title = { "scalable vector graphics", "可缩放矢量图" },
             .use = "web pages, further editing", .avoid = "old word processors: take png" },
    .suffix = ".svg", .mime = "image/svg+xml", .render = render
};
