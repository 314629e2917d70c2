/* stl.h - seasonal-trend decomposition by loess (Cleveland et al. 1990), every point fitted (jump 1), gaps allowed. */
#ifndef NF_STL_H
#define NF_STL_H
#include "line.h"

typedef struct { size_t period, seasonal, trend, low; int degree, inner, outer; bool periodic; } nf_stl_form;
/* The windows of the paper. seasonal 0: the same every cycle. degree: of the seasonal loess, 0 or 1. */
nf_stl_form nf_stl_form_of(size_t n, size_t period, size_t seasonal, int degree, bool robust);
/* y: n values on the grid, NaN where one is missing. seasonal and trend take n each and have no gaps. Every phase of
 * the cycle needs a value, and n more than two cycles. */
int nf_stl(nf_ctx *, double *seasonal, double *trend, const nf_stl_form *, const double *y, size_t n);

/* The values on the grid, NaN in the gaps; false where a phase of the cycle has none. */
bool nf_stl_grid(double *y, const nf_sample *, size_t period);

/* ---- between stl.c and smoother.c ---- */
/* Local polynomials over n points one step apart, window q. Rows of weights are made once: those of the left half, the
 * right half mirrors them. tri: tricube weights; fir: with the polynomial worked in, for points that all
 * count alike. */
typedef struct { size_t n, q, width, rows; int degree; bool kept; double *tri, *fir, *share, *part; } nf_smoother;
int  nf_smoother_of(nf_ctx *, nf_smoother *, size_t n, size_t q, int degree);
/* out[0 .. n+1]: fits at the point before the first, at every point, and after the last; ends false: only at every
 * point. NaN in y is missing; weight NULL: all alike, and nothing is missing. */
void nf_smooth(const nf_smoother *, double *out, const double *y, const double *weight, bool ends);
#endif
