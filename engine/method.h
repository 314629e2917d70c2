/* method.h - a trend method is a const struct in its own file: what it takes, what it gives, how it fits.
 *
 * The driver (nf_fit, nf_batch) prepares an nf_sample once per series and hands it to every method. Methods
 * compute and answer; too little data, a constant series or a failed iteration is a status, never an error,
 * and a field that has no value is left empty (the driver empties all of them first). */
#ifndef NF_METHOD_H
#define NF_METHOD_H
#include "registry.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef enum { NF_FINE, NF_TOO_FEW, NF_CONSTANT, NF_ALL_MISSING, NF_NOT_CONVERGED, NF_NOT_APPLICABLE } nf_status;
/* "fine" "too-few" "constant" "all-missing" "not-converged" "not-applicable" */
const char *nf_status_name(nf_status);

enum {                                           /* what a reader of the row must know */
    NF_F_TIES = 1, NF_F_GAPS = 2, NF_F_AUTOCORRELATED = 4, NF_F_DEGENERATE = 8, NF_F_EXACT = 16,
    NF_F_BREAK = 32, NF_F_UNEVEN = 64, NF_F_FALLBACK = 128, NF_F_DUPLICATE_TIMES = 256, NF_F_CLAMPED = 512,
    NF_F_UNSOUND = 1024,                         /* kept to compare with other programs; does not hold its size */
    NF_F_BELOW_LIMIT = 2048                      /* limits ("<5") among the values were taken as values */
};
const char *nf_flag_name(unsigned bit);          /* "ties" "gaps" ...; NULL beyond the last */

typedef enum { NF_PER_YEAR, NF_PER_MONTH, NF_PER_DAY, NF_PER_STEP } nf_per;

/* What the machine lacks is not used. */
typedef enum { NF_ISA_BEST, NF_ISA_SCALAR, NF_ISA_AVX2, NF_ISA_AVX512 } nf_isa;

/* asked of every method alike; zeros are not defaults: nf_setting_default */
typedef struct {
    double alpha;                                /* of limits and of the trend word: 0.05 */
    nf_per per;                                  /* unit of slopes on calendar axes */
    /* 0: by calendar: month 12, quarter 4, third 3, half 2, day 7, hour 24 */
    int season_length;
    nf_isa isa;                                  /* instruction set of the kernels; the results do not depend on it */
} nf_setting;
nf_setting nf_setting_default(void);

/* Finite points of one series, ascending in x, then y. x: the `per` axis (calendar axes count from the first
 * period; plain numbers are themselves; per step 1, 2, ... over all rows, missing ones keep their place).
 *
 * x = tick / ticks: a month on a year axis is tick 0, 1, 2, ... with 12 ticks a unit. Kernels work on ticks,
 * which are whole numbers wherever the axis has a regular step, and a slope per tick times ticks is one per x:
 * so equal slopes stay equal and no rounding of x decides a rank.
 *
 * The grid: steps of the greatest step that all periods share (plain numbers: where the smallest difference
 * divides all others; else every row is a step). */
typedef struct {
    const nf_series *series;
    size_t n;                                    /* finite points */
    const double *x, *y;
    const double *tick; double ticks;
    const bool *below;                           /* points known to be below y alone ("<5"); NULL: none */
    const size_t *row;                           /* 0-based step of each point on the grid */
    size_t rows;                                 /* steps of the grid, gaps included */
    /* calendar axes: the period of step r ends at ordinal first + r * grid */
    int64_t first, grid;
    nf_period from, to;                          /* of the first and last finite point; empty where n is 0 */
    uint32_t flags;                              /* gaps, uneven, break, duplicate times: seen while preparing */
    uint64_t seed;                               /* from the series key */
    nf_setting set;
    struct nf_shared *shared;                    /* what the rank methods find out once and share (methods/rank.h) */
} nf_sample;
int nf_sample_of(nf_ctx *, nf_sample *out, const nf_series *, const nf_setting *);   /* in scratch */
/* Season of point i, 0-based, and how many there are; 0 seasons: the axis has none and none was asked for. */
int nf_season_count(const nf_sample *);
int nf_season_of(const nf_sample *, size_t i);

typedef struct nf_method nf_method;
/* v: one per field of out */
typedef struct { const nf_method *by; nf_status status; uint32_t flags; nf_value *v; } nf_result;

struct nf_method {
    nf_row row;
    size_t min_n, min_in, max_in;                /* finite points; series it takes: 1, or many (regional, partial) */
    const nf_field *out;                         /* scalars and arrays alike; arrays are in nf_alloc */
    const char *stat;                            /* the field shown as "stat", or NULL */
    int (*fit)(nf_ctx *, nf_result *, const nf_sample *in, size_t n_in, const nf_value *opt);
};
extern const nf_method *const nf_methods[];

/* One series (or n_in of them) through one method. out->v is in nf_alloc; scratch is rewound. */
int nf_fit(nf_ctx *, nf_result *out, const nf_method *, const nf_series *, size_t n_in, const nf_value *opt,
           const nf_setting *);
/* The same over samples already prepared, so that several methods share them. opt NULL: the defaults. */
int nf_fit_sample(nf_ctx *, nf_result *out, const nf_method *, const nf_sample *, size_t n_in, const nf_value *opt);
double nf_result_f64(const nf_result *, const char *field);       /* NaN where there is none */

/* "increasing" "decreasing" "no-trend" by the method's p and the sign of its slope, z, S or r; "" without p or
 * sign. */
const char *nf_trend_word(const nf_result *, double alpha);

typedef struct {
    const nf_method *const *method; const nf_value *const *opt; size_t n_method;
    /* threads, the caller's among them; the rows are the same whatever jobs is */
    nf_setting set; int jobs;
    bool adjusts;                                /* wide rows have a p_adj behind p, for nf_sinks_adjusted to fill */
} nf_job;
/* Columns: series method n missing first last stat z p log10_p p_adj slope slope_lo slope_hi slope_pct
 * intercept trend status flags. missing: listed periods without a value. slope_pct: 100 slope / |median y|.
 * first and last: of the finite values. flags: names with blanks between. p_adj is left to nf_adjust. */
extern const nf_field nf_trend_fields[];
/* Every series of the query through every method, one row each under nf_trend_fields: series in the source's
 * order, methods in the job's. The source is read by the calling thread alone, rows are sent by it too. A method
 * over many series gives one row of the whole selection, last; its "series" is the query's match or "*". */
int nf_batch(nf_ctx *, nf_source, const nf_query *, const nf_job *, nf_sink);
/* The same with all fields of each method: one table per method, so one sink per method. Its columns are
 * series, method, n, missing, status, flags, then the method's own. Lines of several jsonl sinks over the same
 * bytes come out series by series. */
int nf_batch_wide(nf_ctx *, nf_source, const nf_query *, const nf_job *, const nf_sink *per_method);
/* Rows made into bytes by the threads that work them out: open makes a sink over bytes (wide: for one method), the same
 * whoever asks and in whatever thread; rows of such sinks must join, one's behind the other's (csv, jsonl). What begin
 * and end write goes to `to` alone, once. */
typedef struct {
    int (*open)(void *self, nf_ctx *, size_t method, nf_out, nf_sink *out); void *self; nf_out to;
} nf_printer;
int nf_batch_printed(nf_ctx *, nf_source, const nf_query *, const nf_job *, bool wide, const nf_printer *);

/* ---- many tests at once ---- */
typedef enum { NF_ADJUST_NONE, NF_ADJUST_BH, NF_ADJUST_BY, NF_ADJUST_HOLM } nf_adjustment;
bool nf_adjustment_find(const char *name, nf_adjustment *out);   /* "none" "bh" "by" "holm" */
/* p adjusted in place: Benjamini and Hochberg 1995, Benjamini and Yekutieli 2001, Holm 1979. NaN: not a test.
 * NF_ENOMEM is the only failure. */
int  nf_adjust(nf_ctx *, double *p, size_t n, nf_adjustment);
/* Bytes put aside and read back in the same order: the caller's temporary file. Each returns NF_OK or an nf_err
 * that has already been told to the context. */
typedef struct {
    int (*put)(void *self, nf_ctx *, const void *, size_t);
    int (*again)(void *self, nf_ctx *);                          /* from the beginning, for get */
    int (*get)(void *self, nf_ctx *, void *, size_t);
    void *self;
} nf_aside;
/* Puts itself before the sinks of one batch, one or one a method: rows go to the aside until all p are known, then on
 * in the same order with p_adj filled, over all rows of one method. 16 bytes a row stay in memory. It lives in the
 * context. */
int  nf_sinks_adjusted(nf_ctx *, nf_sink *sink, size_t n, nf_adjustment, nf_aside);
#ifdef __cplusplus
}
#endif
#endif
