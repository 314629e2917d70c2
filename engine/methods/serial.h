/* serial.h - what the corrections for serial correlation share. Lags are steps of the grid: gaps keep their place. */
#ifndef NF_SERIAL_H
#define NF_SERIAL_H
#include "slopes.h"

/* The fields of every corrected Mann-Kendall test, and how they are filled. */
enum { NF_MK_S, NF_MK_VAR_S, NF_MK_Z, NF_MK_P, NF_MK_LOG10_P, NF_MK_FACTOR, NF_MK_R1, NF_MK_SLOPE, NF_MK_SLOPE_PW };
extern const nf_field nf_mk_fields[];
/* Score, variance times factor, z with continuity correction, p. */
void nf_mk_fill(nf_result *, double S, double var, double factor);
/* The same of a test whose variance is corrected: not applicable where the factor is no factor. */
void nf_mk_corrected(nf_result *, const nf_kendall *, double factor);

/* Sen's slope per tick, and y less that slope times tick; less a constant too, which nothing here depends on. */
int nf_detrended(nf_ctx *, double *e, double *slope, const nf_sample *);
/* Autocorrelations of v at lags 1..lags (rho[0] is lag 1): the sum over pairs k steps of the grid apart, by pairs + k,
 * over the variance; cut to 1. Without gaps that is the usual biased one, with gaps R's acf (Parzen 1963).
 * weight (or NULL): pairs + k of each lag, for its limit z/sqrt(weight). False: the grid is too sparse for lags. */
bool nf_has_lags(const nf_sample *);
int  nf_autocorrelations(nf_ctx *, double *rho, double *weight, size_t lags, const double *v, const nf_sample *);
int  nf_lag1(nf_ctx *, double *r1, const double *v, const nf_sample *);
/* w = v[i] - r v[i-1], but for a constant, for points with one before them; at: their indices. Returns how many. */
size_t nf_whitened(double *w, size_t *at, const double *v, double r, const nf_sample *);

/* Mann-Kendall and Sen's slope of whitened values, at the times of points at[0..n). */
int nf_mk_whitened(nf_ctx *, nf_result *, const double *w, const size_t *at, size_t n, double tol, const nf_sample *);
double nf_tie_tolerance(const nf_sample *);      /* 1e-12 of the largest |y|, less an offset: closer values tie */

/* sum over lags k of products g[i] g[i+k], for k = 1..lags. */
int nf_lag_products(nf_ctx *, double *out, size_t lags, const double *g, size_t n);
#endif
