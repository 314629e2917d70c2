/* method_pelt.c - all changes of mean, or of mean and variance, at the least penalised cost: exact, by pruning. */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { N_CHANGES, COST, PENALTY, CHANGES, PERIODS, LEVELS };
static const nf_field out[] = {
    [N_CHANGES] = { "n_changes", NF_I64, NF_ONE, { "changes", "变点个数" } },
    [COST]      = { "cost", NF_F64, NF_FREE, { "penalised cost", "带罚代价" } },
    [PENALTY]   = { "penalty", NF_F64, NF_ONE, { "penalty of one change", "每个变点的罚项" } },
    [CHANGES]   = { "changes", NF_ARRAY, NF_ONE, { "last row of each segment but the last, from 1",
                                                   "各段末行（从 1 起，末段除外）" } },
    [PERIODS]   = { "periods", NF_WORD, NF_FREE, { "their periods", "各段末期" } },
    [LEVELS]    = { "levels", NF_ARRAY, NF_OF_Y, { "mean of each segment", "各段均值" } },
    { 0 }
};
static const char *const costs[] = { "mean", "mean-variance", NULL }, *const penalties[] = { "mbic", "bic", NULL };
static const nf_field opt[] = {
    { "pelt-cost", NF_WORD, NF_FREE, { "what changes", "变化类型" }, .word = "mean", .choices = costs },
    { "pelt-penalty", NF_WORD, NF_FREE, { "price of a change", "罚项" }, .word = "mbic", .choices = penalties },
    { "min-segment", NF_I64, NF_FREE, { "points in a segment, 0: 2, with variance 10", "每段最少点数，0 为自动" },
      .def = 0, .lo = 0, .hi = 1e9 },
    { 0 }
};

/* Prefix sums of y less its mean, and of the squares. */
typedef struct { const long double *sum, *square; long double variance, floor; bool both, mbic; } task;

static double cost(const task *k, size_t from, size_t to)
{
    long double n = (long double)(to - from), s = k->sum[to] - k->sum[from], q = k->square[to] - k->square[from];
    long double ss = q - s * s / n, least = k->floor * n;
    if (ss < 0) ss = 0;
    if (k->both && ss < least) ss = least;
    double c = (double)(ss / k->variance);
    if (k->both) c = (double)n * (nf_log((double)(ss / n / k->variance)) + 1);
    return k->mbic ? c + nf_log((double)n) : c;
}

typedef struct { double *best; size_t *from, *open, *shut; } table;

/* F(t) = min_s F(s) + cost(s, t) + penalty. A start s that cannot win at t cannot win later either: with a shortest
 * segment it is dropped only once t itself may be a start. slack: by how much a cut may raise the cost. */
static void search(const task *k, table *d, size_t n, size_t shortest, double penalty, double slack)
{
    size_t n_open = 0;
    for (size_t t = 0; t <= n; t++) d->best[t] = INFINITY;
    d->best[0] = -penalty;
    for (size_t t = shortest; t <= n; t++) {
        size_t s = t - shortest, kept = 0;
        if (isfinite(d->best[s])) {
            d->shut[n_open] = SIZE_MAX;
            d->open[n_open++] = s;
        }
        for (size_t i = 0; i < n_open; i++) {
            double f = d->best[d->open[i]] + cost(k, d->open[i], t) + penalty;
            if (f < d->best[t]) {
                d->best[t] = f;
                d->from[t] = d->open[i];
            }
        }
        for (size_t i = 0; i < n_open; i++) {
            bool beaten = d->best[d->open[i]] + cost(k, d->open[i], t) - slack > d->best[t];
            if (beaten && d->shut[i] == SIZE_MAX) d->shut[i] = t + shortest;
            if (d->shut[i] <= t) continue;
            d->open[kept] = d->open[i];
            d->shut[kept++] = d->shut[i];
        }
        n_open = kept;
    }
}

static int hand_out(nf_ctx *c, nf_result *r, const nf_sample *s, const task *k, const table *d, long double mean)
{
    size_t m = 0, *last = nf_scratch(c, s->n * sizeof *last), j;
    if (!last) return NF_ENOMEM;
    for (size_t t = s->n; t > 0; t = d->from[t]) m++;
    j = m;
    for (size_t t = s->n; t > 0; t = d->from[t]) last[--j] = t;
    double *changes = nf_array_out(c, &r->v[CHANGES], m - 1), *levels = nf_array_out(c, &r->v[LEVELS], m);
    r->v[PERIODS].s = nf_point_periods(c, s, last, m - 1);
    if (!changes || !levels || !r->v[PERIODS].s) return NF_ENOMEM;
    for (j = 0; j < m; j++) {
        size_t from = j ? last[j - 1] : 0;
        if (j + 1 < m) changes[j] = (double)nf_point_place(s, last[j] - 1);
        levels[j] = (double)(mean + (k->sum[last[j]] - k->sum[from]) / (long double)(last[j] - from));
    }
    r->v[N_CHANGES].i = (int64_t)m - 1;
    r->v[COST].f = d->best[s->n];
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    nf_line l = nf_line_of(s);
    bool both = !strcmp(o[0].s, "mean-variance"), mbic = !strcmp(o[1].s, "mbic");
    size_t n = s->n, shortest = o[2].i > 0 ? (size_t)o[2].i : both ? 10 : 2;
    long double *sum = nf_scratch(c, 2 * (n + 1) * sizeof *sum), *square = sum ? sum + n + 1 : NULL;
    table d = { nf_scratch(c, (n + 1) * sizeof *d.best), nf_scratch(c, 3 * (n + 1) * sizeof *d.from), NULL, NULL };
    if (!sum || !d.best || !d.from) return NF_ENOMEM;
    if (!(l.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    if (shortest > n) {
        r->status = NF_TOO_FEW;
        return NF_OK;
    }
    d.open = d.from + n + 1;
    d.shut = d.open + n + 1;
    sum[0] = square[0] = 0;
    for (size_t i = 0; i < n; i++) {
        long double e = s->y[i] - l.my;
        sum[i + 1] = sum[i] + e;
        square[i + 1] = square[i] + e * e;
    }
    task k = { sum, square, l.syy / (l.n - 1), 1e-11L * l.syy / l.n, both, mbic };
    double log_n = nf_log((double)n);
    r->v[PENALTY].f = (both ? 3 : 2) * log_n + (mbic ? log_n : 0);
    search(&k, &d, n, shortest, r->v[PENALTY].f, mbic ? log_n : 0);
    return hand_out(c, r, s, &k, &d, l.my);
}

const nf_method nf_method_pelt = {
    .row = { .name = "pelt", .title = { "several changes (PELT)", "多变点检测（PELT）" },
             .formula = "min sum over segments of cost + penalty per change; mean: sum (y - m)^2 / var y; "
                        "mean-variance: n_j (log s_j^2 + 1); "
                        "bic: 2 log n, with variance 3; mbic: one log n more, and log n_j in each cost",
             .cite = "Killick, Fearnhead and Eckley (2012) JASA 107; MBIC: Zhang and Siegmund (2007) Biometrics 63",
             .use = "How many jumps of level are there, and where?",
             .avoid = "A trend or serial correlation: it answers with many steps. Under 20 values.",
             .peers = "R changepoint cpt.mean of x/sd(x) and cpt.meanvar, ruptures Pelt l2: the same changes. The "
                      "least cost is "
                      "found exactly, also with mbic, where changepoint's pruning is a heuristic.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
