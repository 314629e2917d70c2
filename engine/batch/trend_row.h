/* trend_row.h - how results become rows of the trend table: shared by batch.c and trend_row.c. */
#ifndef NF_TREND_ROW_H
#define NF_TREND_ROW_H
#include "method.h"

enum { NF_ROW_SERIES, NF_ROW_METHOD, NF_ROW_N, NF_ROW_MISSING, NF_ROW_FIRST, NF_ROW_LAST, NF_ROW_STAT, NF_ROW_Z,
       NF_ROW_P, NF_ROW_LOG10_P, NF_ROW_P_ADJ, NF_ROW_SLOPE, NF_ROW_SLOPE_LO, NF_ROW_SLOPE_HI, NF_ROW_SLOPE_PCT,
       NF_ROW_INTERCEPT, NF_ROW_TREND, NF_ROW_STATUS, NF_ROW_FLAGS, NF_ROW_COLUMNS };

/* Where each column of one method's row comes from: an index into its fields, or -1. Found once per job. */
typedef struct {
    const nf_method *by; bool wide;
    const nf_field *field; size_t columns;
    int from[NF_ROW_COLUMNS];
    size_t p_adj;                                /* wide: the method's own fields before that column; SIZE_MAX: none */
} nf_row_form;
int nf_row_form_of(nf_ctx *, nf_row_form *, const nf_method *, bool wide, bool adjusts);
/* The row of one result; name is the series' key. median_y may be NaN. The row lives in nf_alloc. */
int nf_row_of(nf_ctx *, nf_value **row, const nf_row_form *, const char *name, const nf_sample *, const nf_result *,
              double median_y);
#endif
