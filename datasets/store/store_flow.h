/* store_flow.h - a load whose series are handed on one by one, each when the next begins. Internal to datasets/. */
#ifndef NF_STORE_FLOW_H
#define NF_STORE_FLOW_H
#include "store_intake.h"

typedef struct { int64_t ord; double value; int32_t span; uint32_t status; } nf_flow_row;
/* A finished series: its figures in order, none twice, all published at `known`. Borrowed for the call. */
typedef struct {
    const char *texts; size_t size;              /* NF_TEXTS texts and the source, NUL-ended */
    bool synthetic; int32_t freq;
    const nf_flow_row *row; size_t n;
    int64_t known;
} nf_flow_series;
typedef int nf_flow_take(void *self, const nf_flow_series *);        /* NF_OK, or why to stop */

/* From here on the intake keeps nothing but the series under way. What must be settled over the whole file ends the
 * load with NF_ECANCEL: a key that comes back, figures out of order, several publications or publishers. */
int nf_intake_flow(nf_intake *, nf_flow_take *, void *self);
/* The last series is handed on, and keys that came back unnoticed are looked for. */
int nf_flow_end(nf_intake *);

/* ---- what an intake that flows does instead of keeping (store_flow.c) ---- */
int  nf_flow_find(nf_intake *, const char *key, size_t len, uint32_t *handle);
int  nf_flow_series_begin(nf_intake *, const nf_meta *, nf_freq, uint32_t *handle);
int  nf_flow_put(nf_intake *, uint32_t handle, nf_period, double value, unsigned status, int64_t published);
int  nf_flow_stop(nf_intake *);                  /* NF_ECANCEL, in words */
void nf_flow_free(nf_flow *);
#endif
