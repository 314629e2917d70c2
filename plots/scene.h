/* scene.h - a display list: what a chart draws into and what a canvas replays. CSS pixels, y down.
 *
 * Every mark names roles, never colours. The calls return nothing: what is not finite is left out, coordinates are
 * clamped to four pages, and the first failure (memory, too many points) is kept in scene->rc for nf_scene_check. */
#ifndef NF_SCENE_H
#define NF_SCENE_H
#include "theme.h"

typedef enum { NF_ITEM_PATH, NF_ITEM_RECT, NF_ITEM_DISC, NF_ITEM_TEXT, NF_ITEM_GROUP, NF_ITEM_END } nf_item_kind;

/* dash[0] > 0: on and off lengths. round: round caps. Paths of one line are stroked, polygons filled. */
typedef struct { nf_role fill, stroke; double width, dash[2]; bool round; } nf_pen;
typedef struct { nf_role role; double size; char anchor; bool bold, halo; } nf_font;      /* anchor: 's' 'm' 'e' */

typedef struct { double x, y; char verb; } nf_knot;         /* verb: M L Z, C for each of a Bezier's three points */
typedef struct {
    nf_item_kind kind;
    nf_pen pen; nf_font font;
    double x, y, w, h;                           /* rectangle; disc: centre and radius w; text: start of its baseline */
    size_t first, n;                             /* knots of a path */
    const char *text;                            /* text; group: its tooltip or NULL */
} nf_item;

struct nf_scene {
    nf_ctx *ctx; double width, height;
    bool fixed;                                  /* the size was asked for: a chart may not grow */
    bool bare;                                   /* the page around gives notes and sources */
    const char *lang, *title, *desc;             /* title preset: the reader's own headline */
    int64_t now;
    nf_item *item; size_t n_item, room_item;
    nf_knot *knot; size_t n_knot, room_knot;
    int rc;
};
enum { NF_SCENE_KNOTS = 200000, NF_SCENE_TEXT = 1000 };     /* caps: points of a scene, bytes of one text */

nf_scene *nf_scene_new(nf_ctx *, double width, double height, const char *lang);
int  nf_scene_check(const nf_scene *);           /* NF_OK, or the first failure */

void nf_scene_line(nf_scene *, nf_pen, double x0, double y0, double x1, double y1);
void nf_scene_polyline(nf_scene *, nf_pen, size_t n, const double *x, const double *y);   /* broken where not finite */
void nf_scene_polygon(nf_scene *, nf_pen, size_t n, const double *x, const double *y);
void nf_scene_band(nf_scene *, nf_role, size_t n, const double *x, const double *lo, const double *hi);
void nf_scene_rect(nf_scene *, nf_pen, double x, double y, double w, double h, double radius);
void nf_scene_disc(nf_scene *, nf_pen, double x, double y, double r);
void nf_scene_text(nf_scene *, nf_font, double x, double y, const char *utf8);
void nf_scene_group(nf_scene *, const char *tooltip);
void nf_scene_end(nf_scene *);

/* ---- text: measured by a built-in table of Lato's widths, never by the fonts of this machine, so that a layout and
 * the bytes of an SVG are the same everywhere. Han characters are one em. ---- */
double nf_text_width(const char *utf8, double size, bool bold);
/* Shortened with an ellipsis where it is wider than width. Clean UTF-8, in nf_alloc; "" when out of memory. */
const char *nf_text_fit(nf_ctx *, const char *utf8, double size, bool bold, double width);
/* Up to max lines of at most that width, broken at spaces or between Han characters, the last one fitted. Returns how
 * many. */
size_t nf_text_wrap(nf_ctx *, const char **line, size_t max, const char *utf8, double size, bool bold, double width);
/* Valid UTF-8 without control, direction or zero-width trickery, at most NF_SCENE_TEXT bytes. In nf_alloc. */
const char *nf_text_clean(nf_ctx *, const char *utf8);
#endif
