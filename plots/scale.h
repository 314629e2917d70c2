/* scale.h - from values to pixels, and where the ticks stand. */
#ifndef NF_SCALE_H
#define NF_SCALE_H
#include "words.h"

typedef struct { double d0, d1, r0, r1; } nf_linear;             /* d0 is drawn at r0, d1 at r1 */
static inline double nf_px(const nf_linear *s, double v)
{ return s->r0 + (v - s->d0) / (s->d1 - s->d0) * (s->r1 - s->r0); }

enum { NF_TICKS = 64 };
typedef struct { double v[NF_TICKS]; size_t n; double step; } nf_ticks;
/* About `want` ticks that enclose lo..hi. Talbot, Lin, Hanrahan 2010, An extension of Wilkinson's algorithm. */
void nf_ticks_of(nf_ticks *, double lo, double hi, int want);
/* The ends of a value axis: from zero when lo < 0.4 hi, else nice ticks around the data. */
void nf_value_ticks(nf_ticks *, double lo, double hi, int want);

/* Ticks of a calendar axis in the position of nf_period_years: a label in 70 px, years in 54; none over another. */
typedef struct { double at; const char *label; bool strong; } nf_time_tick;
size_t nf_time_ticks(nf_ctx *, nf_time_tick *out, size_t max, nf_period first, nf_period last, double width,
                     const char *lang);
double nf_axis_position(const nf_axis *, size_t i);              /* years, or the number itself */

/* Numbers for people. */
int nf_decimals(const double *v, size_t n, int most);            /* decimals that show these values as they are */
int nf_step_decimals(double step);
/* "1,234.5", "−0.3", "3.1tn"; nf_alloc */
const char *nf_figure(nf_ctx *, double v, int decimals, const char *lang);
const char *nf_pace_figure(nf_ctx *, double v);                  /* two significant digits, signed: "+340", "−1.5" */
/* The labels of a value axis: plain, or in one larger unit for all ("1.2M", "3万亿"), or powers of ten. */
const char *nf_tick_label(nf_ctx *, const nf_ticks *, size_t i, const char *lang);
#endif
