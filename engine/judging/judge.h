/* judge.h - what the schemes share beneath scheme.h: figures, what a target demands of them, and their scale.
 *
 * Not a noun: only standing.c, chance.c, judge.c, the schemes and the roll-up include it. */
#ifndef NF_JUDGE_H
#define NF_JUDGE_H
#include "lattice.h"
#include "scheme.h"

/* The finite figures of a series in order; forecasts are no figures. In scratch. row: place in the series. ord
 * counts the series' own steps (a 15-minute series: quarters of an hour), end is the first second after. */
typedef struct { const nf_series *of; size_t n, *row; double *y, *year; int64_t *ord, *end, step; } nf_figures;
/* Of a year-to-date series only the figures at the deadline's place in the year count (without one: the last's). */
int       nf_figures_of(nf_ctx *, nf_figures *, const nf_series *, nf_period due);
int       nf_year_to_date(const nf_series *);             /* places in the year (12, 4, ...) of such a series, else 0 */
const char *nf_case_unit(const nf_case *);               /* of the series; NULL: none */
nf_period nf_figure_period(const nf_figures *, size_t i);
/* The figure that is the series' own for a period: of its last step where the period is longer. */
bool      nf_figure_find(const nf_figures *, nf_period, size_t *i);
double    nf_figure_year(const nf_figures *, nf_period);          /* where that figure would stand on the year axis */
int64_t   nf_figure_steps(const nf_figures *, nf_period);         /* from the last figure to it; may be <= 0 */

/* What a target asks for, in the unit of the series. A figure in [lo, hi] meets it, tolerance included; goal is the
 * value to go for, NaN when the target names a direction only. fault: why it cannot be used, a sentence, or NULL. */
typedef struct { double goal, lo, hi; int sense; nf_text fault; } nf_demand;
nf_demand nf_demand_of(nf_ctx *, const nf_case *, double base, double latest);
int       nf_in_unit_of_series(nf_ctx *, double *v, size_t n, const nf_case *);   /* values of the target */
bool      nf_demand_met(const nf_demand *, double value);

/* A scale on which steps add: log, logit of value * factor, or linear. */
typedef struct { nf_scale scale; double factor; } nf_ruler;
nf_ruler nf_ruler_of(const nf_target *, const char *unit, const nf_figures *, const nf_demand *, double base_value);
double   nf_ruler_on(nf_ruler, double value);
double   nf_ruler_off(nf_ruler, double position);
/* Pace from a to b in `years`: a fraction a year, compound, on log scale, else a difference a year. */
double   nf_pace(nf_scale, double a, double b, double years);

/* Where pace is counted from and to, and what both ends are. from: the baseline where it lies before the latest
 * figure, else the first figure; NaN years where there is no such span. */
typedef struct {
    nf_figures figures; nf_demand demand; nf_ruler ruler;
    nf_period from_period; double from, from_year, latest_year, base_year, due_year;
    double asked_base_year;                          /* as the target says it, whether or not a figure is there */
} nf_facts;
int nf_facts_of(nf_ctx *, nf_facts *, nf_standing *, const nf_case *);      /* and the standing made of them */

/* The predictive distribution of a figure some steps ahead. A constant series predicts itself (spread false). */
typedef struct { nf_mixture mixture; nf_ruler ruler; double constant; bool spread; nf_status status; } nf_forecast;
int    nf_forecast_of(nf_ctx *, nf_forecast *, const nf_figures *, nf_ruler, int64_t steps, bool under_way);
double nf_forecast_within(const nf_forecast *, double lo, double hi);       /* chance of lo <= figure <= hi */
double nf_forecast_at(const nf_forecast *, double p);                       /* its quantile */

/* The random walk with the drift since a baseline, on the ruler's scale: the cross-check. NaN where undefined. */
double nf_walk_within(const nf_figures *, nf_ruler, int64_t steps, double base, int64_t base_steps, double lo,
                      double hi);

const nf_grade *nf_grade_of(const nf_grade *, const char *word);            /* the row of that word */

/* The frame of the published schemes: the rule looks at the facts, sets grade and outputs and returns the number that
 * the sentence tells (nf_say_ratio, nf_say_part). A grade of unknown level has no basis. */
typedef double (*nf_rule)(nf_finding *, const nf_facts *, const nf_value *opt);
int         nf_judge_ratio(nf_ctx *, nf_finding *, const nf_case *, const nf_value *opt, nf_rule);
int         nf_judge_part(nf_ctx *, nf_finding *, const nf_case *, const nf_value *opt, nf_rule);
const char *nf_progress_word(double ratio);            /* Eurostat's word for growth by the growth needed */

/* Model and walk as one: a fixed weighing of their logits; the model alone where there is no walk. */
double nf_chance_combined(double model, double walk);

/* The two points most published schemes look at, in their own ways of choosing the base: the figure of the base year,
 * else the next later one (AFTER), or the nearest, later before earlier (NEAREST). found: there is such a base.
 * aim: the target names a value. goal and due are NaN where the target has none. */
typedef enum { NF_BASE_AFTER, NF_BASE_NEAREST } nf_base_rule;
typedef struct { bool found, aim; double v0, t0, v, t, goal, due; int d; } nf_ends;
nf_ends nf_ends_of(const nf_facts *, nf_base_rule, double default_base_year);
bool    nf_ends_met(const nf_ends *);                  /* the latest figure is at the goal or beyond */
/* d CAGR where there is no target, else CAGR(base, latest) / CAGR(base, target): the naive ratio, as published. */
double  nf_growth_ratio(const nf_ends *);
/* Open SDG's: by how much thresholds shrink near a limit; 1 far from it, 0 at it. */
double  nf_limit_coefficient(double base, double limit);
double  nf_growth(double a, double b, double years);   /* compound a year; NaN where a is 0 or signs differ */

/* Words for people, in nf_alloc, in both languages: "710.06 billion yuan", "12.1 %" a year, "2025". */
nf_text nf_say_value(nf_ctx *, double, const char *unit);
nf_text nf_say_distance(nf_ctx *, double, const char *unit, int digits);   /* "5.4 points", "4 places" */
nf_text nf_say_pace(nf_ctx *, double pace, nf_scale, const char *unit);     /* zh has its verb: 增长12.1% */
nf_text nf_say_period(nf_ctx *, nf_period);
/* A published scheme's sentence: its word, and the growth or ratio behind it. Returns NF_OK or NF_ENOMEM. */
int     nf_say_ratio(nf_ctx *, nf_text *out, const nf_grade *, bool aim, double value);
/* The same about a part of the way gone by the deadline. */
int     nf_say_part(nf_ctx *, nf_text *out, const nf_grade *, double part);
#endif
