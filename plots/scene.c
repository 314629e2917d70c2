/* scene.c - the display list: marks are checked once, here, so that no canvas ever sees a bad number or byte. */
#include "scene.h"
#include <math.h>
#include <string.h>

nf_scene *nf_scene_new(nf_ctx *c, double width, double height, const char *lang)
{
    nf_scene *s = nf_alloc(c, sizeof *s);
    if (s) *s = (nf_scene){ .ctx = c, .width = width, .height = height, .lang = lang && *lang ? lang : "en" };
    return s;
}

int nf_scene_check(const nf_scene *s) { return s->rc; }

/* Room for one more in an array that doubles. */
static bool grow(nf_scene *s, void **array, size_t *room, size_t used, size_t more, size_t size)
{
    if (s->rc) return false;
    if (used + more <= *room) return true;
    size_t want = *room ? 2 * *room : 128;
    while (want < used + more) want *= 2;
    void *p = nf_alloc(s->ctx, want * size);
    if (!p) {
        s->rc = NF_ENOMEM;
        return false;
    }
    if (used) memcpy(p, *array, used * size);
    *array = p;
    *room = want;
    return true;
}

static nf_item *add(nf_scene *s, nf_item it)
{
    void *array = s->item;
    if (!grow(s, &array, &s->room_item, s->n_item, 1, sizeof *s->item)) return NULL;
    s->item = array;
    s->item[s->n_item] = it;
    return &s->item[s->n_item++];
}

static void knot(nf_scene *s, char verb, double x, double y)
{
    void *array = s->knot;
    if (s->n_knot >= NF_SCENE_KNOTS && !s->rc) {
        s->rc = nf_fail(s->ctx, NF_EINVAL, "a chart of more than %d points", (int)NF_SCENE_KNOTS);
        nf_hint(s->ctx, "aggregate the series first");
    }
    if (!grow(s, &array, &s->room_knot, s->n_knot, 1, sizeof *s->knot)) return;
    s->knot = array;
    double wx = 4 * s->width, wy = 4 * s->height;
    s->knot[s->n_knot++] = (nf_knot){ fmin(fmax(x, -wx), wx), fmin(fmax(y, -wy), wy), verb };
}

static nf_pen sound(nf_pen p)
{
    if (p.stroke && !(p.width >= 0.25)) p.width = 0.25;
    if (!(p.dash[0] > 0)) p.dash[0] = p.dash[1] = 0;
    return p;
}

static void path(nf_scene *s, nf_pen pen, size_t first)
{
    if (s->n_knot > first)
        add(s, (nf_item){ .kind = NF_ITEM_PATH, .pen = sound(pen), .first = first, .n = s->n_knot - first });
}

void nf_scene_line(nf_scene *s, nf_pen pen, double x0, double y0, double x1, double y1)
{ nf_scene_polyline(s, pen, 2, (double[]){ x0, x1 }, (double[]){ y0, y1 }); }

void nf_scene_polyline(nf_scene *s, nf_pen pen, size_t n, const double *x, const double *y)
{
    pen.fill = NF_ROLE_NONE;
    for (size_t i = 0; i < n; i++) {
        size_t first = s->n_knot, from = i;
        for (; i < n && isfinite(x[i]) && isfinite(y[i]); i++) knot(s, i == from ? 'M' : 'L', x[i], y[i]);
        if (i - from >= 2) path(s, pen, first);
        else s->n_knot = first;                  /* a lone point is no line */
    }
}

void nf_scene_polygon(nf_scene *s, nf_pen pen, size_t n, const double *x, const double *y)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i])) return;
    size_t first = s->n_knot;
    for (size_t i = 0; i < n; i++) knot(s, i ? 'L' : 'M', x[i], y[i]);
    if (n < 3) return;
    knot(s, 'Z', x[0], y[0]);
    path(s, pen, first);
}

void nf_scene_band(nf_scene *s, nf_role fill, size_t n, const double *x, const double *lo, const double *hi)
{
    size_t first = s->n_knot;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(lo[i]) || !isfinite(hi[i])) return;
    if (n < 2) return;
    for (size_t i = 0; i < n; i++) knot(s, i ? 'L' : 'M', x[i], hi[i]);
    for (size_t i = n; i-- > 0;) knot(s, 'L', x[i], lo[i]);
    knot(s, 'Z', x[0], hi[0]);
    path(s, (nf_pen){ .fill = fill }, first);
}

static void corner(nf_scene *s, double x0, double y0, double x1, double y1, double x2, double y2)
{
    knot(s, 'C', x0, y0);
    knot(s, 'C', x1, y1);
    knot(s, 'C', x2, y2);
}

static void round_rect(nf_scene *s, nf_pen pen, double x, double y, double w, double h, double r)
{
    size_t first = s->n_knot;
    double k = r * 0.4477152501692066;           /* 1 - 4/3 (sqrt 2 - 1): a Bezier that follows the circle */
    knot(s, 'M', x + r, y);
    knot(s, 'L', x + w - r, y);
    corner(s, x + w - k, y, x + w, y + k, x + w, y + r);
    knot(s, 'L', x + w, y + h - r);
    corner(s, x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    knot(s, 'L', x + r, y + h);
    corner(s, x + k, y + h, x, y + h - k, x, y + h - r);
    knot(s, 'L', x, y + r);
    corner(s, x, y + k, x + k, y, x + r, y);
    knot(s, 'Z', x + r, y);
    path(s, pen, first);
}

void nf_scene_rect(nf_scene *s, nf_pen pen, double x, double y, double w, double h, double radius)
{
    if (!isfinite(x) || !isfinite(y) || !(w > 0) || !(h > 0) || !isfinite(w) || !isfinite(h)) return;
    if (radius > 0) {
        round_rect(s, pen, x, y, w, h, fmin(radius, fmin(w, h) / 2));
        return;
    }
    double x0 = fmax(x, -s->width), y0 = fmax(y, -s->height), x1 = fmin(x + w, 2 * s->width),
           y1 = fmin(y + h, 2 * s->height);
    if (x1 > x0 && y1 > y0)
        add(s, (nf_item){ .kind = NF_ITEM_RECT, .pen = sound(pen), .x = x0, .y = y0, .w = x1 - x0, .h = y1 - y0 });
}

void nf_scene_disc(nf_scene *s, nf_pen pen, double x, double y, double r)
{
    if (!(fabs(x) <= 4 * s->width) || !(fabs(y) <= 4 * s->height) || !(r > 0) || !(r <= s->width)) return;
    add(s, (nf_item){ .kind = NF_ITEM_DISC, .pen = sound(pen), .x = x, .y = y, .w = r });
}

void nf_scene_text(nf_scene *s, nf_font font, double x, double y, const char *utf8)
{
    if (!utf8 || !*utf8 || !isfinite(x) || !isfinite(y)) return;
    const char *clean = nf_text_clean(s->ctx, utf8);
    if (!font.anchor) font.anchor = 's';
    if (*clean) add(s, (nf_item){ .kind = NF_ITEM_TEXT, .font = font, .x = x, .y = y, .text = clean });
}

void nf_scene_group(nf_scene *s, const char *tooltip)
{ add(s, (nf_item){ .kind = NF_ITEM_GROUP, .text = tooltip ? nf_text_clean(s->ctx, tooltip) : NULL }); }

void nf_scene_end(nf_scene *s) { add(s, (nf_item){ .kind = NF_ITEM_END }); }
