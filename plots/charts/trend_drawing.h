/* trend_drawing.h - the trend chart while it is drawn: its plot, its scales, and the lines that stand there already. */
#ifndef NF_TREND_DRAWING_H
#define NF_TREND_DRAWING_H
#include "trend_model.h"
#include <math.h>

enum { NF_HEADROOM = 14, NF_DENSE = 80 };        /* room above the highest tick; more figures than that have no dots */

/* What labels avoid. A name without text: the line has none. */
typedef struct { nf_text name; nf_role role; size_t n; double *x, *y; } nf_trend_line;
/* Beside the plot, at the height of y. */
typedef struct { double y; const char *line[5]; size_t n; nf_role role; } nf_side_label;

typedef struct {
    nf_ctx *c; nf_scene *s; nf_trend_model m; nf_box box; nf_linear x, y; nf_crowd *crowd; bool narrow;
    double *seen_x, *seen_y;                     /* the observations in pixels */
    nf_trend_line line[8]; size_t n_line;
    nf_side_label side[2]; size_t n_side; double side_room;      /* side_room: the width that they may take */
} nf_trend_drawing;

static inline double nf_snap(double v) { return floor(v) + 0.5; }                /* one-pixel lines on whole pixels */
static inline const char *nf_trend_words(const nf_trend_drawing *d, nf_text t) { return nf_text_in(t, d->m.sub.lang); }
static inline double nf_trend_y(const nf_trend_drawing *d, double v)             /* never outside the plot */
{ return fmin(fmax(nf_px(&d->y, v), d->box.top), d->box.bottom); }

void nf_trend_axes(nf_trend_drawing *, const nf_ticks *);
/* Nothing may cover the line; its name is written when all lines are there. */
void nf_trend_avoid(nf_trend_drawing *, nf_text name, nf_role, size_t n, const double *x, const double *y);

void   nf_trend_side_labels(nf_trend_drawing *); /* what they say, before the plot has its width */
double nf_trend_side_width(const nf_trend_drawing *);
void   nf_trend_draw_side_labels(const nf_trend_drawing *);
void   nf_trend_draw_labels(nf_trend_drawing *); /* first and last figure, a goal inside the plot, names of lines */
#endif
