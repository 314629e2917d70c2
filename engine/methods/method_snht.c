/* method_snht.c - the standard normal homogeneity test for one shift of the mean (Alexandersson 1986). */
#include "line.h"
#include <math.h>

enum { T, K, PERIOD, STEP };
static const nf_field out[] = {
    [T]      = { "T", NF_F64, NF_ONE, { "largest of k z1^2 + (n - k) z2^2", "统计量 T" } },
    [K]      = { "k", NF_I64, NF_ONE, { "last row before the shift, from 1", "变点前最后一行（从 1 起）" } },
    [PERIOD] = { "period", NF_TIME, NF_FREE, { "its period", "变点前最后一期" } },
    [STEP]   = { "step", NF_F64, NF_OF_DY, { "mean after less mean before", "变点前后均值之差" } },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in, (void)o;
    nf_line l = nf_line_of(s);
    long double sum = 0, n = l.n, most = -1, step = 0;
    size_t at = 0;
    if (!(l.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    for (size_t i = 0; i + 1 < s->n; i++) {
        long double k = (long double)(i + 1), t;
        sum += s->y[i] - l.my;
        t = sum * sum / (l.syy / (n - 1)) * (1 / k + 1 / (n - k));
        if (!(t > most)) continue;
        most = t;
        at = i;
        step = -sum * (1 / k + 1 / (n - k));
    }
    r->v[T].f = (double)most;
    r->v[K].i = nf_point_place(s, at);
    r->v[PERIOD].t = nf_point_period(s, at);
    r->v[STEP].f = (double)step;
    return NF_OK;
}

const nf_method nf_method_snht = {
    .row = { .name = "snht", .title = { "standard normal homogeneity", "标准正态均一性检验" },
             .formula = "T = max_k k z1^2 + (n - k) z2^2, z1 and z2 the means of (y - mean)/sd up to k and after it, "
                        "sd of n - 1",
             .cite = "Alexandersson (1986) Journal of Climatology 6; critical values: Khaliq and Ouarda (2007), 7.65 "
                     "at "
                     "n = 30, 8.45 at 100 (5 %)",
             .use = "A station moved or an instrument changed: where is the shift, also near the ends?",
             .avoid = "A trend, wild values (pettitt), serial correlation.",
             .peers = "R trend snh.test to 1e-9; k is the first maximum." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "T", .fit = fit
};
