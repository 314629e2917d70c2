/* load_times.h - the period of a record. Private to datasets/. */
#ifndef NF_LOAD_TIMES_H
#define NF_LOAD_TIMES_H
#include "load_roles.h"
#include "load_seen.h"
#include "load_zones.h"

typedef struct {
    const nf_mapping *map; const nf_roles *at;
    int64_t row;                                 /* rows so far, where there is no time column */
    int measure;                                 /* the measure column, or -1: "ytd" makes a span from January on */
    uint32_t column;                             /* where there is one time column */
    nf_seen seen;                                /* times, and beside them their nf_period */
    nf_zones zones;
} nf_times;
int nf_times_begin(nf_ctx *, nf_times *, const nf_mapping *, const nf_roles *, const nf_load_options *);
/* The period of a column, in the year of its record where there is a column of years. */
int nf_times_in_year(nf_ctx *, const nf_times *, const nf_record *, nf_period *);
int nf_times_of(nf_ctx *, nf_times *, const nf_record *, nf_period *);

bool nf_is_ytd(const char *measure);            /* "ytd", "累计" */
void nf_since_january(nf_period *);              /* a month or quarter, made the sum of its year so far */
#endif
