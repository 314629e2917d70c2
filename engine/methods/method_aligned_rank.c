/* method_aligned_rank.c - trend by the ranks of deseasonalised values (Farrell 1980; van Belle and Hughes 1984). */
#include "seasons.h"
#include "serial.h"
#include <math.h>

enum { T, P, LOG10_P, R, SLOPE };
static const nf_field out[] = {
    [T]       = { "z", NF_F64, NF_ONE, { "covariance of aligned ranks with time over its deviation",
                                         "对齐秩与时间的标准化协方差" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [R]       = { "r", NF_F64, NF_ONE, { "correlation of aligned ranks with time, within seasons", "季内对齐秩与时间的相关系数" } },
    [SLOPE]   = { "slope", NF_F64, NF_OF_Y_PER_T, { "Sen's slope of the aligned values", "对齐值的森斜率" } },
    { 0 }
};

/* Sums within a season, about its means: of time squared, of rank squared, of both. */
typedef struct { double tt, rr, tr; } sums;
static sums within(const double *x, const double *rank, size_t n)
{
    double mx = 0, mr = 0;
    sums s = { 0 };
    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        mr += rank[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        s.tt += (x[i] - mx) * (x[i] - mx);
        s.rr += (rank[i] - mr) * (rank[i] - mr);
        s.tr += (x[i] - mx) * (rank[i] - mr);
    }
    return s;
}

/* Values less the mean of their season; about its first one, so that an offset costs no digits. */
static void align(double *to, const nf_seasons *p)
{
    for (int g = 0; g < p->count; g++) {
        size_t a = p->from[g], z = p->from[g + 1];
        double mean = 0;
        for (size_t i = a; i < z; i++) mean += (p->y[i] - p->y[a]) / (double)(z - a);
        for (size_t i = a; i < z; i++) to[i] = p->y[i] - p->y[a] - mean;
    }
}

/* The aligned values in order of time, for their slope. */
static int slope_of(nf_ctx *c, double *slope, const nf_seasons *p, const double *aligned, const nf_sample *s)
{
    size_t *next = nf_scratch(c, (size_t)p->count * sizeof *next);
    double *y = nf_scratch(c, s->n * sizeof *y);
    if (!next || !y) return NF_ENOMEM;
    for (int g = 0; g < p->count; g++) next[g] = p->from[g];
    for (size_t i = 0; i < s->n; i++) y[i] = aligned[next[nf_season_of(s, i)]++];
    return nf_sen_slope(c, slope, s->tick, y, s->n, nf_kernels_for(s->set.isa));
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    nf_seasons p;
    double *aligned = nf_scratch(c, 2 * s->n * sizeof *aligned), *rank = aligned ? aligned + s->n : NULL;
    double slope, var = 0, tt = 0, rr = 0, tr = 0;
    int rc = aligned ? nf_seasons_of(c, &p, s) : NF_ENOMEM;
    if (rc) return rc;
    if (!p.count) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    align(aligned, &p);
    rc = nf_midranks(c, rank, aligned, s->n, nf_tie_tolerance(s), nf_kernels_for(s->set.isa));
    if (!rc) rc = slope_of(c, &slope, &p, aligned, s);
    if (rc) return rc;
    for (int g = 0; g < p.count; g++) {
        size_t n = p.from[g + 1] - p.from[g];
        if (n < 2) continue;
        sums w = within(p.x + p.from[g], rank + p.from[g], n);
        tt += w.tt;
        rr += w.rr;
        tr += w.tr;
        var += w.tt * w.rr / (double)(n - 1);
    }
    if (!(var > 0)) {
        r->status = tt > 0 ? NF_CONSTANT : NF_TOO_FEW;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    nf_tail t = nf_tail_of(tr, var, false);
    r->v[T].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[R].f = tr / sqrt(tt * rr);
    r->v[SLOPE].f = slope * s->ticks;
    return NF_OK;
}

const nf_method nf_method_aligned_rank = {
    .row = { .name = "aligned-rank", .title = { "Trend by aligned ranks of seasonal values", "季节对齐秩趋势检验" },
             .formula = "values less the mean of their season, ranked all together (R); U = sum over seasons of (t - "
                        "mean t)(R - mean R); z = U / sqrt(sum over seasons of sum (t - mean t)^2 sum (R - mean R)^2 "
                        "/ (n_g - 1)), no continuity correction",
             .cite = "Hodges and Lehmann (1962); Farrell (1980), in van Belle and Hughes (1984) Water Resources "
                     "Research 20, eq. 9; Conover and Iman (1981) American Statistician 35: ranks in place of values",
             .use = "One trend common to all seasons, whose spread is alike: a little stronger than seasonal "
                    "Mann-Kendall.",
             .avoid = "Trends that differ by season, months of very different spread, serial correlation.",
             .peers = "Equal to van Belle and Hughes' T on complete years; gaps are its extension season by season." },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .stat = "z", .fit = fit
};
