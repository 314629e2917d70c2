/* method_buishand.c - rescaled range and U of the cumulative deviations from the mean (Buishand 1982, 1984). */
#include "line.h"
#include <math.h>

enum { R, U, K, PERIOD, STEP };
static const nf_field out[] = {
    [R]      = { "R", NF_F64, NF_ONE, { "range of the rescaled partial sums over sqrt(n)", "标准化累积离差极差" } },
    [U]      = { "U", NF_F64, NF_ONE, { "sum of their squares over n (n + 1)", "统计量 U" } },
    [K]      = { "k", NF_I64, NF_ONE, { "last row before the shift, from 1", "变点前最后一行（从 1 起）" } },
    [PERIOD] = { "period", NF_TIME, NF_FREE, { "its period", "变点前最后一期" } },
    [STEP]   = { "step", NF_F64, NF_OF_DY, { "mean after less mean before", "变点前后均值之差" } },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in, (void)o;
    nf_line l = nf_line_of(s);
    long double sum = 0, n = l.n, lo = 0, hi = 0, squares = 0, most = -1, step = 0, sd = sqrtl(l.syy / (n - 1));
    size_t at = 0;
    if (!(l.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    for (size_t i = 0; i + 1 < s->n; i++) {
        long double k = (long double)(i + 1);
        sum += s->y[i] - l.my;
        if (sum < lo) lo = sum;
        if (sum > hi) hi = sum;
        squares += sum * sum;
        if (!(fabsl(sum) > most)) continue;
        most = fabsl(sum);
        at = i;
        step = -sum * (1 / k + 1 / (n - k));
    }
    r->v[R].f = (double)((hi - lo) / sd / sqrtl(n));
    r->v[U].f = (double)(squares / (sd * sd) / (n * (n + 1)));
    r->v[K].i = nf_point_place(s, at);
    r->v[PERIOD].t = nf_point_period(s, at);
    r->v[STEP].f = (double)step;
    return NF_OK;
}

const nf_method nf_method_buishand = {
    .row = { .name = "buishand", .title = { "cumulative deviations (Buishand)", "布伊尚德均一性检验" },
             .formula = "S_k = sum_{i<=k} (y_i - mean); R = (max S - min S)/(sd sqrt n), U = sum (S_k/sd)^2 / (n (n "
                        "+ 1)), sd of n - 1; "
                        "k where |S_k| is largest",
             .cite = "Buishand (1982) Journal of Hydrology 58; (1984) 73. 5 % points at n = 100: R 1.62, U 0.457",
             .use = "Is the record homogeneous? Strongest for a shift in the middle.",
             .avoid = "Shifts near the ends (snht), a trend, serial correlation.",
             .peers = "R trend br.test and bu.test to 1e-10." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "R", .fit = fit
};
