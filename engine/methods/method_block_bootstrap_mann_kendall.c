/* method_block_bootstrap_mann_kendall.c - Mann-Kendall against resampled blocks (Kundzewicz and Robson 2004). */
#include "real.h"
#include "resample.h"
#include <math.h>

enum { S, VAR_S, Z, P, LOG10_P, BLOCK, RESAMPLES, SLOPE };
static const nf_field out[] = {
    [S]         = { "S", NF_F64, NF_ONE, { "score: rising less falling pairs", "得分：上升对数减下降对数" } },
    [VAR_S]     = { "var_S", NF_F64, NF_ONE, { "variance of S over the resamples", "重抽样所得 S 的方差" } },
    [Z]         = { "z", NF_F64, NF_ONE, { "S over its resampled standard deviation", "S 与重抽样标准差之比" } },
    [P]         = { "p", NF_F64, NF_ONE, { "share of resamples as extreme", "同样极端的重抽样占比" } },
    [LOG10_P]   = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [BLOCK]     = { "block", NF_I64, NF_ONE, { "length of the blocks", "块长" } },
    [RESAMPLES] = { "resamples", NF_I64, NF_ONE, { "resamples", "重抽样次数" } },
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "Sen's slope", "森斜率" } },
    { 0 }
};
static const nf_field opt[] = {
    { "resamples", NF_I64, NF_FREE, { "resamples", "重抽样次数" }, .def = 1000, .lo = 10, .hi = 1e6 },
    { "block", NF_I64, NF_FREE, { "length of the blocks, 0: 1 + the significant lags", "块长，0 为自动" }, .def = 0, .lo = 0,
      .hi = 1e6 },
    { 0 }
};

typedef struct { double as_extreme, squares; } drawn;

static int draw(nf_ctx *c, drawn *d, double score, size_t block, int64_t times, const nf_sample *s)
{
    size_t *index = nf_scratch(c, s->n * sizeof *index), mark;
    double *y = nf_scratch(c, s->n * sizeof *y);
    nf_random random = { s->seed };
    *d = (drawn){ 0 };
    if (!index || !y) return NF_ENOMEM;
    mark = nf_scratch_mark(c);
    for (int64_t b = 0; b < times; b++) {
        nf_kendall k;
        nf_draw_blocks(index, s->n, block, &random);
        for (size_t i = 0; i < s->n; i++) y[i] = s->y[index[i]];
        int rc = nf_kendall_of(c, &k, NULL, y, s->n, nf_kernels_for(s->set.isa));
        if (rc) return rc;
        d->as_extreme += fabs(k.S) >= fabs(score);
        d->squares += k.S * k.S;
        nf_scratch_rewind(c, mark);
    }
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    double *e = nf_scratch(c, s->n * sizeof *e), slope, times = (double)o[0].i;
    size_t block = (size_t)o[1].i;
    nf_kendall k;
    drawn d;
    int rc = e ? nf_detrended(c, e, &slope, s) : NF_ENOMEM;
    if (!rc && !block) rc = nf_block_length(c, &block, e, s);
    if (block > s->n) block = s->n;
    if (!rc) rc = nf_kendall_of(c, &k, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    if (!rc) rc = draw(c, &d, k.S, block, o[0].i, s);
    if (rc) return rc;
    if (k.var == 0) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
    }
    r->v[S].f = k.S;
    r->v[VAR_S].f = d.squares / times;
    r->v[Z].f = d.squares > 0 ? k.S / sqrt(d.squares / times) : 0;
    r->v[P].f = (d.as_extreme + 1) / (times + 1);
    r->v[LOG10_P].f = nf_log10(r->v[P].f);
    r->v[BLOCK].i = (int64_t)block;
    r->v[RESAMPLES].i = o[0].i;
    r->v[SLOPE].f = slope * s->ticks;
    return NF_OK;
}

const nf_method nf_method_block_bootstrap_mann_kendall = {
    .row = { .name = "block-bootstrap-mann-kendall", .title = { "Mann-Kendall, block bootstrap", "块自助曼-肯德尔检验" },
             .formula = "p = (1 + resamples with |S*| >= |S|) / (1 + resamples), S* of moving blocks of y",
             .cite = "Kundzewicz and Robson (2004) Hydrological Sciences Journal 49; blocks: Kunsch (1989)",
             .use = "Serial correlation of unknown form, forty values or more. Seeded by the key of the series.",
             .avoid = "Short series: few different blocks. p is never below 1/(resamples + 1).",
             .opt = opt },
    .min_n = 8, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
