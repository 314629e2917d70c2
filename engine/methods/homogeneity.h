/* homogeneity.h - partial sums of deviations from the mean: what the tests for one shift of a mean share. */
#ifndef NF_HOMOGENEITY_H
#define NF_HOMOGENEITY_H
#include "line.h"

#define NF_SHIFT_FIELDS(first) \
    [first]     = { "k", NF_I64, NF_ONE, { "last row before the shift, from 1", "变点前最后一行（从 1 起）" } }, \
    [first + 1] = { "period", NF_TIME, NF_FREE, { "its period", "变点前最后一期" } }, \
    [first + 2] = { "step", NF_F64, NF_OF_DY, { "mean after less mean before", "变点前后均值之差" } }

/* S_k over the standard deviation (of n - 1): least, greatest, sum of squares; where |S_k|, and where
 * T_k = k z1^2 + (n - k) z2^2 = S_k^2 (1/k + 1/(n - k)), is largest first. */
typedef struct { double value, step; size_t at; } nf_shift_peak;
typedef struct { double n, lo, hi, squares; nf_shift_peak sum, t; } nf_shift;
bool nf_shift_of(nf_result *, nf_shift *,
    const nf_sample *);      /* false where all values are one: the status is set */
void nf_shift_put(nf_value *first, const nf_sample *, nf_shift_peak);

/* log10 of P(statistic > value) for n independent normal values: 'T' of SNHT, 'R' the range of S_k over sqrt n, 'Q' its
 * largest |S_k|. By points simulated (tests/bench/homogeneity_bench.c): within 2 % of p above .001, 10 % to .0001, and
 * extrapolated below. */
double nf_shift_log10_p(char statistic, double value, double n);
double nf_shift_p(double log10_p);

/* ---- homogeneity_points.c ---- */
enum { NF_SHIFT_LEVELS = 13 };
typedef struct { int n; double at[NF_SHIFT_LEVELS]; } nf_shift_points;     /* n 0: the limit; the last row */
extern const double nf_shift_level[NF_SHIFT_LEVELS];
extern const nf_shift_points nf_shift_T[], nf_shift_R[], nf_shift_Q[];
#endif
