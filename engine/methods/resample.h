/* resample.h - moving blocks drawn with the seed of the series: the same ones wherever it stands in a batch. */
#ifndef NF_RESAMPLE_H
#define NF_RESAMPLE_H
#include "serial.h"

typedef struct { uint64_t state; } nf_random;
uint64_t nf_random_next(nf_random *);            /* splitmix64 */
/* n indices below n, in runs of `block` (the last one cut). */
void nf_draw_blocks(size_t *index, size_t n, size_t block, nf_random *);
/* 1 + the first lags in a row whose autocorrelation is significant. */
int  nf_block_length(nf_ctx *, size_t *block, const double *v, const nf_sample *);

/* The median slope of n points drawn with repetition (drawn_slopes.c): made ready once, in scratch; then for each
 * resample, which says how often each point was drawn, n times together. NaN: all of one time. */
typedef struct {
    const double *x, *y; size_t n, m; double *slope; uint32_t *ends; const nf_kernels *with;
} nf_drawn_slopes;
int nf_drawn_slopes_of(nf_ctx *, nf_drawn_slopes *, const double *x, const double *y, size_t n, const nf_kernels *);
int nf_drawn_median(nf_ctx *, double *slope, const nf_drawn_slopes *, const uint32_t *count);
#endif
