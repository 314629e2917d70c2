/* series.h - a view of one series, where it comes from, and the sources that hand series out.
 *
 * A view lives in the context it was made in until that context is released: never "until the next call". */
#ifndef NF_SERIES_H
#define NF_SERIES_H
#include "calendar.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct { const char *en, *zh; } nf_text;     /* UTF-8; zh NULL: say it in English */

/* Observation status: bits, as the statistical offices flag their figures (SDMX CL_OBS_STATUS). */
enum { NF_BREAK = 1, NF_ESTIMATED = 2, NF_PROVISIONAL = 4, NF_UNRELIABLE = 8, NF_FORECAST = 16,
       NF_CONFIDENTIAL = 32, NF_NOT_AVAILABLE = 64, NF_IMPUTED = 128,
       /* below limit: the value is a limit, the figure is below it ("<5") */
       NF_BELOW_LIMIT = 256, NF_STATUS_BITS = 511 };

typedef struct nf_series nf_series;

/* What every chart, report and refusal needs to name the figure. Strings are "" or NULL when unknown. */
typedef struct {
    const char *key, *unit, *place, *quantity; nf_text title;
    const char *dataset, *source, *licence, *vintage;
    int64_t known;                                   /* latest publication among its figures, seconds UTC */
    bool synthetic;
    const char *formula; const nf_series *from; size_t n_from;    /* lineage of a derived series */
    /* a word: why it could not be had as asked, and has no figures; else NULL */
    const char *unfit;
} nf_meta;

struct nf_series {
    const nf_meta *meta; nf_axis t;
    const double *y;                                 /* t.n values; NaN is missing, infinities do not occur */
    const uint16_t *status;                          /* t.n sets of status bits, or NULL: all plain */
};

/* What to look for. Zeros: every series, whole, as known now. */
typedef struct {
    const char *match;                               /* exact key first, then a glob (* ? [..]); NULL: all */
    const char *where_key, *where_value;             /* meta filter: place, quantity, dataset, unit */
    nf_period from, to;                              /* empty periods: unbounded; both inclusive */
    int64_t known;                                   /* what had been published by then, seconds UTC; 0: all */
    size_t first, count;                             /* a range of the matches in key order; count 0: all */
    bool names;                                      /* what they are called is enough: figures may be left out */
} nf_query;

/* A cursor hands out series in the source's own order (a store: by key; a file: of first appearance). Series
 * live in the context given to next(). close() is called exactly once. A source is read by one thread. */
typedef struct {
    int  (*next)(void *cur, nf_ctx *, nf_series *out);            /* 1 one more, 0 end (and 0 ever after), < 0 failed */
    void (*close)(void *cur);
    void *cur;
} nf_cursor;
typedef struct { int (*find)(void *self, nf_ctx *, const nf_query *, nf_cursor *out); void *self; } nf_source;

/* The one series of that exact key: 1 found, 0 not there, < 0 failed. */
int nf_source_get(nf_source, nf_ctx *, const char *key, int64_t known, nf_series *out);
/* Series held in memory, as a source; array and table are the caller's and must outlive it. */
typedef struct { const nf_series *series; size_t n; } nf_series_list;
nf_source nf_source_of(nf_series_list *);
/* Keeps the periods whose last second lies from the first second of `from` to the last of `to`: 2020 is kept by
 * from 2020-07, not by to 2020-06. Empty: unbounded. A view of the same arrays, nothing is copied. NF_EINVAL where
 * one side is plain numbers and the other the calendar. */
int nf_series_cut(nf_ctx *, nf_series *, nf_period from, nf_period to);
void nf_series_keep(nf_series *, size_t first, size_t past);      /* a view of periods first .. past - 1 */
bool nf_glob(const char *pattern, const char *text);              /* * ? [a-z] [!a]; bytes, no locale */
bool nf_query_takes(const nf_query *, const nf_meta *);           /* match and where, not time */
#ifdef __cplusplus
}
#endif
#endif
