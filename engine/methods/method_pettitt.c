/* method_pettitt.c - the rank test for one change of level (Pettitt 1979). */
#include "line.h"
#include "rank.h"
#include "real.h"
#include <math.h>

enum { U, K, PERIOD, P, LOG10_P, STEP };
static const nf_field out[] = {
    [U]       = { "U", NF_F64, NF_ONE, { "largest |rank sum - its expectation|, doubled", "统计量 U" } },
    [K]       = { "k", NF_I64, NF_ONE, { "last row before the change, from 1", "变点前最后一行（从 1 起）" } },
    [PERIOD]  = { "period", NF_TIME, NF_FREE, { "its period", "变点前最后一期" } },
    [P]       = { "p", NF_F64, NF_ONE, { "approximate two-sided p", "近似双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [STEP]    = { "step", NF_F64, NF_OF_DY, { "median after less median before", "变点前后中位数之差" } },
    { 0 }
};

static int step_of(nf_ctx *c, double *step, const nf_sample *s, size_t k)
{
    double before, after;
    int rc = nf_median(c, &before, s->y, k, nf_kernels_for(s->set.isa));
    if (!rc) rc = nf_median(c, &after, s->y + k, s->n - k, nf_kernels_for(s->set.isa));
    if (!rc) *step = after - before;
    return rc;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *rank = nf_scratch(c, s->n * sizeof *rank), sum = 0, most = -1, n = (double)s->n;
    int rc = rank ? nf_midranks(c, rank, s->y, s->n, 0, nf_kernels_for(s->set.isa)) : NF_ENOMEM;
    if (rc) return rc;
    size_t k = 0;
    for (size_t i = 0; i + 1 < s->n; i++) {
        sum += 2 * rank[i] - (n + 1);
        if (fabs(sum) <= most) continue;
        most = fabs(sum);
        k = i + 1;
    }
    double log_p = 0.69314718055994531 - 6 * most * most / (n * n * n + n * n);
    if (log_p > 0) log_p = 0;
    r->v[U].f = most;
    r->v[P].f = nf_exp(log_p);
    r->v[LOG10_P].f = log_p / 2.3025850929940457;
    if (most == 0) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    r->v[K].i = nf_point_place(s, k - 1);
    r->v[PERIOD].t = nf_point_period(s, k - 1);
    return step_of(c, &r->v[STEP].f, s, k);
}

const nf_method nf_method_pettitt = {
    .row = { .name = "pettitt", .title = { "one change of level, by ranks (Pettitt)", "佩蒂特变点检验" },
             .formula = "U = max_k |2 sum_{i<=k} R_i - k (n + 1)|, p = min(1, 2 exp(-6 U^2 / (n^3 + n^2)))",
             .cite = "Pettitt (1979) Applied Statistics 28",
             .use = "Did the level jump once, and when? Holds against wild values.",
             .avoid = "A steady trend: it answers in the middle of it. Serial correlation. The p is an approximation, "
                      "too large for weak changes.",
             .peers = "R trend pettitt.test to 1e-10; k is the first maximum." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "U", .fit = fit
};
