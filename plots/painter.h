/* painter.h - replays a scene on a cairo surface: PNG and PDF share it. */
#ifndef NF_PAINTER_H
#define NF_PAINTER_H
#include "scene.h"
#include <cairo.h>

/* One user unit is one CSS pixel. Characters without a font are noted on the context. */
int nf_paint(nf_ctx *, cairo_t *, const nf_scene *, nf_theme);
/* The whole of a one-page surface of points, three quarters of a pixel each; finished, checked and destroyed. */
int nf_paint_page(nf_ctx *, cairo_surface_t *, const nf_scene *, nf_theme, const char *what);
int nf_cairo_check(nf_ctx *, cairo_status_t, const char *what);
#endif
