/* ets.h - exponential smoothing as a state space: what ses, holt, damped and ets share. */
#ifndef NF_ETS_H
#define NF_ETS_H
#include "line.h"

/* Which parts a model has. relative: errors are shares of the mean (multiplicative). */
typedef enum { NF_NO_SEASON, NF_ADDED_SEASON, NF_TIMES_SEASON } nf_ets_season;
typedef struct { const char *name; bool relative, trend, damped; nf_ets_season season; } nf_ets_model;
enum { NF_ETS_ANN, NF_ETS_AAN, NF_ETS_AADN, NF_ETS_ANA, NF_ETS_AAA, NF_ETS_AADA, NF_ETS_MNN, NF_ETS_MAN, NF_ETS_MADN,
       NF_ETS_MNA, NF_ETS_MAA, NF_ETS_MADA, NF_ETS_MNM, NF_ETS_MAM, NF_ETS_MADM, NF_ETS_MODELS };
extern const nf_ets_model nf_ets_models[NF_ETS_MODELS];

/* The outputs; dim of levels, of distances and of their squares: a model that is chosen among several may change with
 * a shift of the values, and its numbers with it. */
enum { NF_ETS_MODEL, NF_ETS_LOGLIK, NF_ETS_AICC, NF_ETS_SSE, NF_ETS_SIGMA, NF_ETS_ALPHA, NF_ETS_BETA, NF_ETS_GAMMA,
       NF_ETS_PHI, NF_ETS_LEVEL, NF_ETS_DRIFT, NF_ETS_MEAN };
#define NF_ETS_FIELDS(one, of_y, of_dy, of_dy2) \
    [NF_ETS_MODEL]  = { "model", NF_WORD, NF_FREE, { "model: error, trend, season", "模型：误差、趋势、季节" } }, \
    [NF_ETS_LOGLIK] = { "loglik", NF_F64, NF_FREE, { "log-likelihood, but for a constant of n", "对数似然（略去常数）" } }, \
    [NF_ETS_AICC]   = { "aicc", NF_F64, NF_FREE, { "corrected Akaike criterion", "修正 AIC" } }, \
    [NF_ETS_SSE]    = { "sse", NF_F64, of_dy2, { "sum of squared one-step errors", "一步误差平方和" } }, \
    [NF_ETS_SIGMA]  = { "sigma", NF_F64, of_dy, \
                        { "standard deviation of one-step errors; a share where they multiply", \
                          "一步误差标准差（乘法误差为相对值）" } }, \
    [NF_ETS_ALPHA]  = { "alpha", NF_F64, one, { "how fast the level follows", "水平平滑参数" } }, \
    [NF_ETS_BETA]   = { "beta", NF_F64, one, { "how fast the trend follows (a share of the error)", "趋势平滑参数" } }, \
    [NF_ETS_GAMMA]  = { "gamma", NF_F64, one, { "how fast the season follows", "季节平滑参数" } }, \
    [NF_ETS_PHI]    = { "phi", NF_F64, one, { "damping of the trend", "阻尼参数" } }, \
    [NF_ETS_LEVEL]  = { "level", NF_F64, of_y, { "level after the last step", "末期水平" } }, \
    [NF_ETS_DRIFT]  = { "drift", NF_F64, of_dy, { "trend a step after the last", "末期每步趋势" } }, \
    NF_AHEAD_FIELDS(NF_ETS_MEAN)
extern const nf_field nf_ets_fields[];           /* of one additive model */

/* The best by AICc of the models [from, to), with `horizon` steps ahead. fixed: smoothing parameters given by the user
 * (NaN: estimated), beta as a share of alpha. */
typedef struct { double alpha, beta; } nf_ets_fixed;
int nf_ets_fit(nf_ctx *, nf_result *, const nf_sample *, int from, int to, nf_ets_fixed, int64_t horizon);

/* Mean and normal limits of steps ahead, in the fields from `first` on: mean lo80 hi80 lo95 hi95. */
#define NF_AHEAD_FIELDS(first) \
    [first]     = { "mean", NF_ARRAY, NF_OF_Y, { "steps ahead: the mean", "预测均值" } }, \
    [first + 1] = { "lo80", NF_ARRAY, NF_OF_Y, { "80 % limit below", "80 % 下限" } }, \
    [first + 2] = { "hi80", NF_ARRAY, NF_OF_Y, { "80 % limit above", "80 % 上限" } }, \
    [first + 3] = { "lo95", NF_ARRAY, NF_OF_Y, { "95 % limit below", "95 % 下限" } }, \
    [first + 4] = { "hi95", NF_ARRAY, NF_OF_Y, { "95 % limit above", "95 % 上限" } }
#define NF_HORIZON_OPTION \
    { "horizon", NF_I64, NF_FREE, { "steps ahead to forecast", "预测步数" }, .def = 0, .lo = 0, .hi = 10000 }
/* The five arrays, `horizon` long, as a block; NULL where horizon is 0 or memory ends (*rc). */
double *nf_ahead_out(nf_ctx *, int *rc, nf_value *first, size_t horizon);
void    nf_ahead_put(double *block, size_t horizon, size_t h, double mean, double sd);

/* ---- between ets.c and ets_search.c ---- */

typedef struct { double alpha, beta, gamma, phi; } nf_smoothing;
enum { NF_ETS_SEASON_MOST = 64, NF_ETS_PARAMETERS = 4 + 2 + NF_ETS_SEASON_MOST };
/* One model over the grid: z are the values over a power of two (NaN is missing). Parameters, `width` of them: the
 * smoothing ones that are free, in the unit box, then level, trend and all seasonal states but the last. The rest is
 * room for their derivatives. */
typedef struct {
    const nf_ets_model *by; nf_ets_fixed fixed;
    const double *z; size_t n, seen, m, skip, smooth, width;
    double *state;                               /* level, trend, m seasonal states: at the end of the last pass */
    double *along, *gram, *slope; long double *factor;
} nf_ets_task;
int nf_ets_room(nf_ctx *, nf_ets_task *, size_t season);        /* sets m, smooth, width from by and fixed */
nf_smoothing nf_ets_smoothing(const nf_ets_task *, const double *x);
/* Sums of one pass from the states in k->state. objective: squared errors, relative ones times the geometric mean of
 * the means, so that -n/2 log objective is the log-likelihood; infinite where a model leaves its range. */
typedef struct { double objective, squares, sse; } nf_ets_sums;
nf_ets_sums nf_ets_pass(const nf_ets_task *, const double *x, bool from_x, bool derivatives);
void nf_ets_search(const nf_ets_task *, double *x);             /* the best of several starts */
#endif
