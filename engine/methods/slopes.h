/* slopes.h - order statistics of the slopes (y[j] - y[i]) / (x[j] - x[i]) of all pairs, exact, at any n. */
#ifndef NF_SLOPES_H
#define NF_SLOPES_H
#include "slope_points.h"

/* The rank[q]-th smallest slope, from 1, and the one after it (infinite where there is none), for m ranks, 1 or 3.
 * O(n log n) expected. */
int nf_slopes_at(nf_ctx *, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *);

/* Sen's slope and Gilbert's (1987) limits, per unit of x. Limits are NaN where their ranks do not exist. */
typedef struct { double slope, lo, hi; uint64_t n; } nf_sen;
int nf_sen_of(nf_ctx *, nf_sen *, const double *x, const double *y, size_t n, double var_S, double alpha, bool round,
              const nf_kernels *);
/* the median alone */
int nf_sen_slope(nf_ctx *, double *slope, const double *x, const double *y, size_t n, const nf_kernels *);

/* The same of n slopes already there, per unit of whatever they are; tmp holds 3 (n + 8). */
nf_sen nf_sen_of_pool(const double *slope, size_t n, double *tmp, double var_S, double alpha, const nf_kernels *);
#endif
