/* trend_model.h - what the trend chart shows, as numbers: gathered once, drawn and reported from here. */
#ifndef NF_TREND_MODEL_H
#define NF_TREND_MODEL_H
#include "frame.h"

enum { NF_FAN = 33, NF_PATH = 33 };
typedef struct {
    nf_subject sub; const nf_target *target;
    size_t n, first, last, finite;               /* observations; first and last finite one */
    double *at, *y;                              /* position on the axis, value; NaN gaps kept */
    bool has_trend; double trend_at[2], trend[2], pivot_at, pivot, slope_lo, slope_hi;
    /* 2.5 10 25 50 75 90 97.5 %; starts at the last figure */
    size_t n_fan; double fan_at[NF_FAN], fan[7][NF_FAN];
    bool has_goal, dated, met;                   /* dated: the goal has a deadline; met: the last figure is there */
    double goal, goal_lo, goal_hi, due_at;
    size_t n_path; double path_at[NF_PATH], path[NF_PATH];     /* required path */
    double from, to, lo, hi;                     /* extent of all of it */
} nf_trend_model;
int nf_trend_model_of(nf_ctx *, nf_trend_model *, const nf_exhibit *);
int nf_trend_model_rows(nf_ctx *, const nf_trend_model *, nf_sink);        /* the numbers behind every mark */
#endif
