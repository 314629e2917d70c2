/* ets.h - exponential smoothing as a state space with additive errors: what ses, holt, damped and ets share. */
#ifndef NF_ETS_H
#define NF_ETS_H
#include "line.h"

/* Which parts a model has; fixed: smoothing parameters given by the user (NaN: estimated), beta as a share of alpha. */
typedef struct { const char *name; bool trend, damped, season; } nf_ets_model;
typedef struct { double alpha, beta; } nf_ets_fixed;
extern const nf_ets_model nf_ets_ann, nf_ets_aan, nf_ets_aadn, nf_ets_ana, nf_ets_aaa, nf_ets_aada;

extern const nf_field nf_ets_fields[];
/* The best by AICc of the models listed (NULL at the end), with `horizon` steps ahead. */
int nf_ets_fit(nf_ctx *, nf_result *, const nf_sample *, const nf_ets_model *const *, nf_ets_fixed, int64_t horizon);

/* Mean and normal limits of steps ahead, in the fields from `first` on: mean lo80 hi80 lo95 hi95. */
#define NF_AHEAD_FIELDS(first) \
    [first]     = { "mean", NF_ARRAY, NF_OF_Y, { "steps ahead: the mean", "预测均值" } }, \
    [first + 1] = { "lo80", NF_ARRAY, NF_OF_Y, { "80 % limit below", "80 % 下限" } }, \
    [first + 2] = { "hi80", NF_ARRAY, NF_OF_Y, { "80 % limit above", "80 % 上限" } }, \
    [first + 3] = { "lo95", NF_ARRAY, NF_OF_Y, { "95 % limit below", "95 % 下限" } }, \
    [first + 4] = { "hi95", NF_ARRAY, NF_OF_Y, { "95 % limit above", "95 % 上限" } }
#define NF_HORIZON_OPTION \
    { "horizon", NF_I64, NF_FREE, { "steps ahead to forecast", "预测步数" }, .def = 0, .lo = 0, .hi = 100000 }
/* The five arrays, `horizon` long, as a block; NULL where horizon is 0 or memory ends (*rc). */
double *nf_ahead_out(nf_ctx *, int *rc, nf_value *first, size_t horizon);
void    nf_ahead_put(double *block, size_t horizon, size_t h, double mean, double sd);
#endif
