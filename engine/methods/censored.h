/* censored.h - Kendall's score and the Theil-Sen line where some values are known only to lie below a limit. */
#ifndef NF_CENSORED_H
#define NF_CENSORED_H
#include "rank.h"

/* A pair is known where both are values, or where the limit of one is at most the other's value; every other
 * pair adds nothing. z: y less y0, over a power of two. */
typedef struct {
    const double *x, *z; const bool *below; size_t n; double y0, scale;
    /* work: z less slope times x, its order; places in time, counts by them */
    double *left; size_t *order, *place, *tree;
} nf_limited;
/* In scratch. False in *sound where the values have no spread or no finite one. */
int nf_limited_of(nf_ctx *, nf_limited *out, bool *sound, const nf_sample *);
/* Score, its permutation variance (Daniels 1944), pairs; tied_y counts unknown pairs too. */
nf_kendall nf_limited_kendall(const nf_limited *);
/* The slopes (per tick) whose residuals have a score of 0, from lo to hi, and their middle. NaN: none. */
typedef struct { double middle, lo, hi; } nf_level;
nf_level nf_limited_slope(const nf_limited *);
double nf_limited_slope_cenken(const nf_limited *);  /* the one between them that NADA's bisection stops at; n^2 */
/* The median of y less slope times x, by the product-limit estimate of their distribution; NaN: below all values. */
double nf_limited_intercept(const nf_limited *, double slope);
size_t nf_limited_count(const nf_sample *);      /* of limits among the points */
#endif
