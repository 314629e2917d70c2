/* painter.h - replays a scene on a cairo surface: PNG and PDF share it. */
#ifndef NF_PAINTER_H
#define NF_PAINTER_H
#include "scene.h"
#include <cairo.h>

/* One user unit is one CSS pixel. Characters without a font are noted on the context. */
int nf_paint(nf_ctx *, cairo_t *, const nf_scene *, nf_theme);
int nf_cairo_check(nf_ctx *, cairo_status_t, const char *what);
#endif
