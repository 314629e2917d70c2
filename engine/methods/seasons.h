/* seasons.h - points sorted by season, for the seasonal tests. */
#ifndef NF_SEASONS_H
#define NF_SEASONS_H
#include "slopes.h"

/* Points of season g: [from[g], from[g + 1]) of x, y (ticks) and cycle, in time order. */
typedef struct { int count; size_t *from; double *x, *y; int64_t *cycle; } nf_seasons;
/* False where the axis has no seasons (out->count 0). Everything in scratch. */
int nf_seasons_of(nf_ctx *, nf_seasons *out, const nf_sample *);
/* Kendall's score summed over seasons, and of each (k[g], count of them). */
int nf_seasons_score(nf_ctx *, nf_kendall *k, double *S, double *var, const nf_seasons *, const nf_sample *);

/* Is a table of cycles by seasons worth making: not too sparse, and at most `most` cycles? */
bool nf_has_table(const nf_sample *, int seasons, size_t most);

/* Covariance of the scores of two sets of n values matched in time (Dietz and Killeen 1981); NaN is missing.
 * With itself: the variance, ties included. */
int nf_score_covariance(nf_ctx *, double *cov, const double *a, const double *b, size_t n, const nf_kernels *);
#endif
