/* lattice.h - the damped local linear trend over a grid of its parameters, and the mixture it predicts.
 *
 * Not a noun: the arithmetic beneath chance.c. State l' = l + phi b + eta, b' = phi b + zeta, y = l + eps, on a
 * scale where steps add. Every grid point is one lane; the scale is concentrated out, and what is predicted is
 * a mixture of Student t distributions that share their degrees of freedom. */
#ifndef NF_LATTICE_H
#define NF_LATTICE_H
#include "ctx.h"

enum { NF_LANES = 120 };

/* Lanes of negligible weight are left out; n is a multiple of 8, and the weights sum to 1. mu and sd are those of
 * y * unit - origin, which keeps the squares of any numbers in range. */
typedef struct {
    size_t n; int dof;
    double origin, unit, mu[NF_LANES], sd[NF_LANES], w[NF_LANES];
} nf_mixture;

/* wide: the grid with stronger damping and livelier slopes, better in the middle of a plan than years ahead.
 * y: n >= 2 figures; gap[i]: steps between figure i - 1 and i, at least 1 (gap[0] is not read). Predicts the figure
 * `horizon` steps after the last. False when the series is constant: there is no spread to predict with. */
bool   nf_lattice_predict(nf_mixture *, bool wide, const double *y, const int64_t *gap, size_t n, int64_t horizon);
double nf_mixture_upper(const nf_mixture *, double y);                    /* P(figure >= y) */
double nf_mixture_quantile(const nf_mixture *, double p);                 /* of P(figure <= y), 0 < p < 1 */
#endif
