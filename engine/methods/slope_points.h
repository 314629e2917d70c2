/* slope_points.h - points, and the ways to the order statistics of their slopes, of which slopes.c chooses by size. */
#ifndef NF_SLOPE_POINTS_H
#define NF_SLOPE_POINTS_H
#include "rank.h"

/* Points with x ascending, y ascending within equal x; pairs: those with different x, so many slopes there are;
 * dx_min: the least difference of two that differ. */
typedef struct { const double *x, *y; size_t n; uint64_t pairs; double dx_min; const nf_kernels *with; } nf_points;
nf_points nf_points_of(const double *x, const double *y, size_t n, const nf_kernels *);
/* y times a number that makes differences exact where that can be (decimals become whole) and keeps them in range; that
 * number, or NaN where y is not finite. */
double nf_slopes_scale(double *to, const double *y, size_t n);

/* Up to here all slopes may be looked at one by one; from so many points on counting first is faster. */
enum { NF_SLOPES_PAIRWISE = 512, NF_SLOPES_TILTED = 20 };
int nf_slopes_pairwise(nf_ctx *, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *);
/* The same answers, sooner, where it is certain of them: done. */
int nf_slopes_tilted(nf_ctx *, nf_neighbours *out, bool *done, const uint64_t *rank, int m, const nf_points *);
int nf_slopes_bracketed(nf_ctx *, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *);
/* The slopes of `count` random pairs, sorted; the same ones every time. tmp holds 2 count. */
void nf_slopes_sample(double *out, size_t count, double *tmp, const nf_points *);

/* Exact counts: pairs whose slope rounds to at most v. room holds 4 n doubles; no slope is beyond +-most. */
typedef struct { const double *x, *y; size_t n; double *room, most; } nf_exact;
uint64_t nf_exact_count(const nf_exact *, double v);
double nf_exact_before(double v);                 /* the double before v */
/* The rank-th smallest slope between lo and hi, which are widened where they do not hold it. */
double nf_exact_find(const nf_exact *, uint64_t rank, double lo, double hi);
#endif
