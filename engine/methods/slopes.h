/* slopes.h - order statistics of the slopes (y[j] - y[i]) / (x[j] - x[i]) of all pairs, exact, at any n. */
#ifndef NF_SLOPES_H
#define NF_SLOPES_H
#include "rank.h"

/* Pairs with different x: how many slopes there are. x ascending; NULL: 0, 1, 2, ... */
uint64_t nf_slope_count(const double *x, size_t n);
/* out[q]: the rank[q]-th smallest slope, from 1; ranks ascending. O(n log n) expected. */
int nf_slopes_at(nf_ctx *, double *out, const uint64_t *rank, size_t m, const double *x, const double *y, size_t n, nf_isa);

/* Sen's slope and Gilbert's (1987) limits, in ticks of x. Limits are NaN where their ranks do not exist. */
typedef struct { double slope, lo, hi; uint64_t n; } nf_sen;
int nf_sen_of(nf_ctx *, nf_sen *, const double *x, const double *y, size_t n, double var_S, double alpha, bool round, nf_isa);
int nf_sen_slope(nf_ctx *, double *slope, const double *x, const double *y, size_t n, nf_isa);   /* the median alone */
#endif
