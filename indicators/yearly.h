/* yearly.h - folding series of any calendar frequency into years, with the rules of when a year counts. */
#ifndef NF_YEARLY_H
#define NF_YEARLY_H
#include "indicators.h"

/* One value a year from first to last, NaN where the year is not valid. y is in nf_alloc. */
typedef struct { int64_t first; size_t n; double *y; } nf_years;

typedef enum {
    NF_YEAR_WHOLE,        /* every period of the calendar year has its figure */
    NF_YEAR_CAPTURE,      /* 75 % of the periods of the calendar year have theirs */
    /* hourly: a day has 20 hours, a year 324 days and 27 a month, February 25 (GB 3095-2012 table 4) */
    NF_YEAR_GB3095
} nf_year_rule;

int nf_years_fold(nf_ctx *, nf_years *out, const nf_series *, nf_year_rule, bool mean);
/* Mean over stations: at least 75 % of them valid, 50 % where there are fewer than four (GB 3095-2012 table 4). */
int nf_years_over(nf_ctx *, nf_series *out, const nf_series *, size_t n, nf_year_rule, bool mean);
#endif
