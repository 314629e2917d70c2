/* arima.h - seasonal ARIMA models: their state space, its exact likelihood, and what methods of one order share. */
#ifndef NF_ARIMA_H
#define NF_ARIMA_H
#include "ets.h"

/* (p,d,q)(P,D,Q)[m]; constant: a mean where nothing is differenced, else a drift a step. */
typedef struct { size_t p, d, q, P, D, Q, m; bool constant; } nf_arima_order;
enum { NF_ARIMA_MOST = 32, NF_ARIMA_STATES = 400 };      /* coefficients p + q + P + Q; numbers in the state */
/* Coefficients in the order ar, ma, sar, sma: (1 - ar B ...)(1 - sar B^m ...) w = (1 + ma B ...)(1 + sma B^m ...) e. */
static inline size_t nf_arima_coefficients(const nf_arima_order *o) { return o->p + o->q + o->P + o->Q; }
static inline size_t nf_arima_lost(const nf_arima_order *o) { return o->d + o->m * o->D; }

/* ---- the filter (Gardner, Harvey and Phillips 1980; Harvey 1989) ----
 * State: r numbers of the stationary part, then the last `past` values. The first values before the series are unknown
 * and found by generalised least squares with the constant: no large variance stands for them. */
typedef struct {
    const double *y; size_t n;                   /* values, NaN is missing */
    const double *x;                             /* the constant's regressor, NULL: none */
    /* of differences: places before that had no value; it is to be found */
    const size_t *hole; size_t holes;
} nf_arima_data;
typedef struct {
    nf_arima_data of;
    size_t r, past, s, lost, unknown, columns;   /* unknown: past and holes; columns: with the constant */
    double *phi, *theta, *delta, *poly;          /* of the state: r, r, past; differencing: lost + 1 */
    double *cov, *half, *gain, *state, *next;    /* cov: of the state; state: one a column, the values' last */
    long double *gram;                           /* columns + 1 square, its Cholesky factor after a pass */
    double log_F; size_t seen;
} nf_arima_filter;
/* In scratch, for r + past up to NF_ARIMA_STATES. differenced: y is so already, the state has no past. What data points
 * to is the caller's. */
int    nf_arima_filter_of(nf_ctx *, nf_arima_filter *, const nf_arima_order *, bool differenced, nf_arima_data);
/* Runs over y with these coefficients; false: not stationary, or nothing left to explain. */
bool   nf_arima_pass(nf_arima_filter *, const nf_arima_order *, const double *coefficient);
/* After a pass: half the deviance an observation, the sum of squares, and the constant. */
double nf_arima_deviance(const nf_arima_filter *);
double nf_arima_squares(const nf_arima_filter *);
double nf_arima_constant(const nf_arima_filter *);
/* Ahead after a pass: mean and variance (in units of the innovations') of the next step, where the constant's
 * regressor is x; then one step on. */
void   nf_arima_ahead(nf_arima_filter *, double x, double *mean, double *variance);

/* ---- the methods ---- */
extern const nf_field nf_arima_fields[];
extern const char *const nf_arima_constants[];   /* "auto" "yes" "no" */
#define NF_ARIMA_OPTIONS \
    { "arima-constant", NF_WORD, NF_FREE, { "mean or drift; auto: a mean where nothing is differenced", \
                                            "常数项（均值或漂移）；auto：未差分时取均值" }, \
      .word = "auto", .choices = nf_arima_constants }, \
    { "arima-log", NF_FLAG, NF_FREE, { "model the logarithms; forecasts are medians", "对数建模，预测为中位数" }, .def = 0 }, \
    NF_HORIZON_OPTION
enum { NF_ARIMA_CONSTANT, NF_ARIMA_LOG, NF_ARIMA_HORIZON };
/* opt: the values of NF_ARIMA_OPTIONS. */
int nf_arima_fit(nf_ctx *, nf_result *, const nf_sample *, nf_arima_order, const nf_value *opt);
#endif
