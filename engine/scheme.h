/* scheme.h - how a target or a task is judged. A scheme brings its own words; the level gives shape and colour. */
#ifndef NF_SCHEME_H
#define NF_SCHEME_H
#include "method.h"
#include "plan.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef enum { NF_UNKNOWN, NF_MISSED, NF_OFF, NF_RISK, NF_ON, NF_MET } nf_level;   /* shape, colour, roll-up */
/* the scheme's own words; ends at NULL */
typedef struct { const char *word; nf_level level; nf_text title; } nf_grade;

/* One of target and task is set. The engine has no clock: now is an argument, seconds UTC. */
typedef struct {
    const nf_plan *plan; const nf_target *target; const nf_task *task;
    const nf_series *series;                     /* NULL: nothing loaded for it */
    const nf_series *peer; size_t n_peer;
    int64_t now;
    /* no one is accused (--data --targets): chance from 3 observations on */
    bool hypothetical;
} nf_case;

/* What every scheme's row shows beside its word. Paces are fractions a year on log scale, differences a year
 * on linear (and logit) scale. NaN and empty periods where unknown. */
typedef struct {
    nf_period baseline_period, latest_period; double baseline, latest, target;
    nf_scale scale; size_t n;
    double completion, elapsed, pace_actual, pace_required;
    double projected, projected_lo80, projected_hi80, projected_lo95, projected_hi95, chance, chance_walk;
    nf_period catch_up;                          /* when the present pace gets there */
} nf_standing;

typedef struct {
    const nf_case *of; const nf_grade *grade; const char *basis;   /* "final" "chance" "pace" "judgement" or "" */
    nf_text reason;                              /* a sentence with the numbers, in both languages */
    nf_standing at; nf_result r;                 /* r.v: one per field of the scheme's out */
} nf_finding;

typedef struct {
    nf_row row; const nf_grade *grade; const nf_field *out; bool tasks;   /* judges tasks, else targets */
    int (*judge)(nf_ctx *, nf_finding *, const nf_case *, const nf_value *opt);
} nf_scheme;
extern const nf_scheme *const nf_schemes[];

int nf_judge(nf_ctx *, nf_finding *out, const nf_scheme *, const nf_case *, const nf_value *opt);
/* Baseline, latest, completion, elapsed and paces: the same facts under every scheme. */
int nf_standing_of(nf_ctx *, nf_standing *, const nf_case *);

/* The chance of reaching a value by a period, from the damped local linear trend (algorithms: chance.c). The
 * predictive distribution of the figure at horizon steps after the last; NF_TOO_FEW below 3 observations. A plan is
 * under way when its declared baseline lies before the latest figure: then the grid is the wider one. */
typedef struct { double chance, median, lo50, hi50, lo80, hi80, lo95, hi95; } nf_outlook;
int  nf_outlook_of(nf_ctx *, nf_outlook *, nf_status *, const nf_series *, nf_period due, double goal, int sense,
                   nf_scale, bool under_way);
/* The one way to say a chance: "about 5 in 10" / "约五成"; never across a verdict's threshold. NULLs for NaN. */
nf_text nf_say_chance(nf_ctx *, double);
bool nf_under_way(const nf_target *, const nf_standing *);

/* From indicators to an improvement. level: the colour of the two worst (grey below half assessed); score: weighted
 * mean of level scores (missed 0, off 25, risk 50, on 75, met 100), NaN where nothing is assessed; veto: a binding
 * target is missed or off track. */
typedef struct {
    const nf_group *improvement; size_t n, count[6];              /* findings, by nf_level */
    nf_level level; double score; bool veto;
    /* that all binding targets are met, as if independent; NaN: not known */
    size_t n_binding; double chance_binding;
    double stable;                               /* share of weightings (+-25 %) that keep the colour of the score */
    const nf_finding *worst;                     /* NULL where nothing is assessed */
} nf_rollup;
int nf_rollup_of(nf_ctx *, nf_rollup *out, const nf_group *, const nf_finding *, size_t n);
/* One family of means: rho -1 arithmetic, 0 geometric, INFINITY the minimum. w NULL: equal weights. */
double nf_ces_mean(const double *x, const double *w, size_t n, double rho);
extern const nf_field nf_check_fields[];         /* the columns of `check` */
int nf_check_row(nf_ctx *, nf_value *row, const nf_finding *, const nf_scheme *);
#ifdef __cplusplus
}
#endif
#endif
