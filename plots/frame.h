/* frame.h - what surrounds every chart: headline, subtitle, verdict, notes, source; and the marks shared by charts. */
#ifndef NF_FRAME_H
#define NF_FRAME_H
#include "prose.h"
#include "scene.h"

typedef struct {
    const char *title, *subtitle;
    const char *verdict; nf_level level;         /* the pill: a word in shape and colour, or NULL */
    const char *verdict_text;
    const char *note[4]; size_t n_note;          /* how to read it; the last is the source */
} nf_frame;
typedef struct { double left, top, right, bottom; } nf_box;

#define NF_PAD 24.0                              /* margin on wide charts; nf_pad() on narrow ones */
double nf_pad(const nf_scene *);
bool   nf_is_narrow(const nf_scene *);           /* under 560 px */
/* Draws paper, head and foot. plot: the height wished between them; a scene that is not fixed grows to give it. */
nf_box nf_frame_draw(nf_scene *, const nf_frame *, double plot);

/* ---- marks ---- */
/* disc diamond triangle cross tick dash */
void   nf_mark_level(nf_scene *, nf_role, nf_level, double x, double y, double r);
double nf_pill_width(const char *word, double size);
/* y: baseline of its word */
void   nf_pill(nf_scene *, double x, double y, double size, nf_level, const char *word, bool solid);
void   nf_sparkline(nf_scene *, const nf_series *, nf_box);
/* shares of the way; NaN: not drawn */
typedef struct { double done, expected, lo, hi, mid; bool has_range; } nf_bullet;
/* width: baseline to target; needs 1.35 of it */
void   nf_bullet_bar(nf_scene *, const nf_bullet *, double x, double y, double width);

/* ---- labels that avoid what is drawn: a grid of occupied cells ---- */
typedef struct nf_crowd nf_crowd;
nf_crowd *nf_crowd_new(nf_ctx *, double width, double height);
void nf_crowd_line(nf_crowd *, size_t n, const double *x, const double *y, double reach, double weight);
void nf_crowd_box(nf_crowd *, nf_box, double weight);
/* Text: no label is placed over it. */
void nf_crowd_label(nf_crowd *, nf_box);
/* The best place inside `in` for a label of that width near the line; false: nowhere. Takes the place. */
bool nf_crowd_place(nf_crowd *, nf_box in, size_t n, const double *x, const double *y, double width, double size,
                    double *label_x, double *label_y);
#endif
