/* exhibits.h - invented series, targets and verdicts for the tests of charts and reports. Not measurements. */
#ifndef EXHIBITS_H
#define EXHIBITS_H
#include "engine.h"
#include "plots.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static inline nf_period exhibit_year(int year) { return (nf_period){ year, NF_YEAR, 1 }; }

/* A yearly series from `first`; values are kept, not copied. */
static inline nf_series *exhibit_series(nf_ctx *c, const char *key, nf_text title, const char *unit, int first,
                                        size_t n, const double *y)
{
    nf_meta *m = nf_alloc(c, sizeof *m);
    nf_series *s = nf_alloc(c, sizeof *s);
    *m = (nf_meta){ .key = key, .title = title, .unit = unit, .place = "example", .quantity = key,
                    .dataset = "exhibits",
                    .source = "Bureau of Examples", .synthetic = true };
    *s = (nf_series){ .meta = m, .t = { .start = exhibit_year(first), .step = 1, .n = n }, .y = y };
    return s;
}

/* The native verdict on that target, as of `now`. */
static inline void exhibit_judge(nf_ctx *c, nf_finding *f, const nf_plan *plan, const nf_target *t, const nf_series *s,
                                 int64_t now)
{
    const nf_scheme *native = nf_row_find(NF_TABLE(nf_schemes), "native", NULL);
    nf_case *k = nf_alloc(c, sizeof *k);
    nf_value *opt = NULL;
    *k = (nf_case){ .plan = plan, .target = t, .series = s, .now = now };
    if (nf_options(c, &opt, &native->row, NULL) || nf_judge(c, f, native, k, opt)) abort();
}
#endif
