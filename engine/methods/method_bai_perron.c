/* method_bai_perron.c - breaks of a mean or of a line, by dynamic programming (Bai and Perron 2003). */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { N_CHANGES, SSE, CHANGES, PERIODS, RSS, BIC };
static const nf_field out[] = {
    [N_CHANGES] = { "n_changes", NF_I64, NF_ONE, { "breaks, by the least BIC", "断点个数（BIC 最小）" } },
    [SSE]       = { "sse", NF_F64, NF_OF_DY2, { "sum of squared residuals", "残差平方和" } },
    [CHANGES]   = { "changes", NF_ARRAY, NF_ONE, { "last row of each segment but the last, from 1",
                                                   "各段末行（从 1 起，末段除外）" } },
    [PERIODS]   = { "periods", NF_WORD, NF_FREE, { "their periods", "各段末期" } },
    [RSS]       = { "rss", NF_ARRAY, NF_OF_DY2, { "sum of squares with 0, 1, 2, ... breaks", "0、1、2…个断点的残差平方和" } },
    [BIC]       = { "bic", NF_ARRAY, NF_FREE, { "BIC with 0, 1, 2, ... breaks", "0、1、2…个断点的 BIC" } },
    { 0 }
};
static const char *const models[] = { "mean", "trend", NULL };
static const nf_field opt[] = {
    { "model", NF_WORD, NF_FREE, { "what breaks: the mean or the line",
                                   "断点模型：均值或直线" }, .word = "mean", .choices = models },
    { "trim", NF_F64, NF_FREE, { "least share of the points in a segment",
                                 "每段最小占比" }, .def = 0.15, .lo = 0.02, .hi = 0.5 },
    { 0 }
};
enum { MOST = 10000, BREAKS = 48 };

typedef struct { const nf_sums *to; bool line; size_t n, h, most; double *best; uint32_t *from; } task;

static double rss(const task *k, size_t a, size_t b) { return (double)nf_sums_rss(k->to, a, b, k->line); }

/* best[m][t]: least sum of squares of the first t points with m breaks. */
static void search(task *k)
{
    size_t w = k->n + 1;
    for (size_t t = k->h; t <= k->n; t++) k->best[t] = rss(k, 0, t);
    for (size_t m = 1; m <= k->most; m++)
        for (size_t t = (m + 1) * k->h; t <= k->n; t++) {
            double least = INFINITY;
            for (size_t s = m * k->h; s + k->h <= t; s++) {
                double v = k->best[(m - 1) * w + s] + rss(k, s, t);
                if (!(v < least)) continue;
                least = v;
                k->from[m * w + t] = (uint32_t)s;
            }
            k->best[m * w + t] = least;
        }
}

static int hand_out(nf_ctx *c, nf_result *r, const task *k, const nf_sample *s)
{
    size_t w = k->n + 1, m = 0;
    double *rss_of = nf_array_out(c, &r->v[RSS], k->most + 1), n = (double)k->n;
    double *bic = nf_array_out(c, &r->v[BIC], k->most + 1), log_n = nf_log(n);
    if (!rss_of || !bic) return NF_ENOMEM;
    for (size_t b = 0; b <= k->most; b++) {
        rss_of[b] = k->best[b * w + k->n];
        bic[b] = n * (nf_log(rss_of[b]) + 1 - log_n + 1.8378770664093453) + log_n * (k->line ? 3 : 2) * ((double)b + 1);
        if (!isfinite(bic[b])) bic[b] = NAN;
        if (bic[b] < bic[m]) m = b;
    }
    size_t last[BREAKS], t = k->n;
    for (size_t b = m; b > 0; b--) last[b - 1] = t = k->from[b * w + t];
    double *changes = nf_array_out(c, &r->v[CHANGES], m);
    for (size_t b = 0; changes && b < m; b++) changes[b] = (double)nf_point_place(s, last[b] - 1);
    r->v[PERIODS].s = nf_point_periods(c, s, last, m);
    r->v[N_CHANGES].i = (int64_t)m;
    r->v[SSE].f = rss_of[m];
    return changes && r->v[PERIODS].s ? NF_OK : NF_ENOMEM;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    nf_line l = nf_line_of(s);
    task k = { .line = !strcmp(o[0].s, "trend"), .n = s->n };
    k.h = (size_t)floor(o[1].f * (double)s->n + 1e-9);
    k.h = k.h < (k.line ? 3U : 2U) ? (k.line ? 3 : 2) : k.h;
    size_t segments = (k.n + k.h - 1) / k.h;
    k.most = segments > 2 ? segments - 2 : 0;
    if (k.n < 2 * k.h || k.n > MOST || k.most >= BREAKS) r->status = k.n > MOST ? NF_NOT_APPLICABLE : NF_TOO_FEW;
    else if (!nf_line_stands(r, &l)) return NF_OK;
    if (r->status != NF_FINE) return NF_OK;
    k.to = nf_sums_of(c, &l);
    k.best = nf_scratch(c, (k.most + 1) * (k.n + 1) * sizeof *k.best);
    k.from = nf_scratch(c, (k.most + 1) * (k.n + 1) * sizeof *k.from);
    if (!k.to || !k.best || !k.from) return NF_ENOMEM;
    search(&k);
    return hand_out(c, r, &k, s);
}

const nf_method nf_method_bai_perron = {
    .row = { .name = "bai-perron", .title = { "breaks of a mean or a line (Bai-Perron)", "白-佩隆结构断点" },
             .formula = "min over breaks of the sum of squares about each segment's mean or line, segments of trim n "
                        "or more; "
                        "BIC = n (log(RSS/n) + 1 + log 2 pi) + (k + 1)(m + 1) log n",
             .cite = "Bai and Perron (2003) Journal of Applied Econometrics 18; Zeileis and others (2003)",
             .use = "Did the level, or the pace, change once or several times, and when?",
             .avoid = "Serial correlation: BIC then finds too many. More than 10,000 values.",
             .peers = "R strucchange breakpoints to 1e-10: breaks, sums of squares and BIC.",
             .opt = opt },
    .min_n = 8, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
