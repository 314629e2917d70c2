/* method_deseason_sen.c - Sen's slope of deseasonalised values, block bootstrap limits: openair's TheilSen. */
#include "real.h"
#include "resample.h"
#include "stl.h"
#include <math.h>
#include <string.h>

enum { SLOPE, SLOPE_LO, SLOPE_HI, INTERCEPT, P, LOG10_P, BLOCK, RESAMPLES };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "median slope", "斜率中位数" } },
    [SLOPE_LO]  = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower bootstrap limit", "自助法下限" } },
    [SLOPE_HI]  = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper bootstrap limit", "自助法上限" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "median(y - slope * t)", "y - 斜率 × t 的中位数" } },
    [P]         = { "p", NF_F64, NF_ONE, { "bootstrap p of no slope", "零斜率的自助法 p 值" } },
    [LOG10_P]   = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [BLOCK]     = { "block", NF_I64, NF_ONE, { "length of the blocks", "块长" } },
    [RESAMPLES] = { "resamples", NF_I64, NF_ONE, { "resamples", "重抽样次数" } },
    { 0 }
};
static const char *const ways[] = { "stl", "means", "no", NULL };
static const nf_field opt[] = {
    { "deseason", NF_WORD, NF_FREE, { "take the season away: by robust STL, by seasonal means, or not",
                                      "去除季节：稳健 STL、季节均值或不去除" },
      .word = "stl", .choices = ways },
    { "resamples", NF_I64, NF_FREE, { "resamples", "重抽样次数" }, .def = 1000, .lo = 40, .hi = 1e6 },
    { "block", NF_I64, NF_FREE, { "length of the blocks, 0: the cube root of n, 1: independent", "块长，0 为 n 的立方根" },
      .def = 0, .lo = 0, .hi = 1e6 },
    { 0 }
};

/* Takes from y the mean of each season's residuals about the Sen line, less their overall mean. */
static int less_means(nf_ctx *c, double *y, const nf_sample *s)
{
    int m = nf_season_count(s);
    double *e = nf_scratch(c, s->n * sizeof *e), *sum = nf_scratch(c, 2 * (size_t)(m + 1) * sizeof *sum);
    double slope, all = 0;
    if (!e || !sum) return NF_ENOMEM;
    int rc = nf_detrended(c, e, &slope, s);
    if (rc || m < 2) return rc;
    memset(sum, 0, 2 * (size_t)(m + 1) * sizeof *sum);
    for (size_t i = 0; i < s->n; i++) {
        sum[2 * nf_season_of(s, i)] += e[i];
        sum[2 * nf_season_of(s, i) + 1]++;
        all += e[i];
    }
    for (size_t i = 0; i < s->n; i++) {
        const double *g = sum + 2 * nf_season_of(s, i);
        y[i] -= g[0] / g[1] - all / (double)s->n;
    }
    return NF_OK;
}

/* Takes the season of a robust STL with a window of 11 cycles from y, as openair does; false where it has none. */
static bool less_stl(nf_ctx *c, double *y, const nf_sample *s, int *rc)
{
    size_t n = s->rows, period = (size_t)nf_season_count(s);
    if (period < 2 || !nf_has_grid(s) || n <= 2 * period) return false;
    double *grid = nf_scratch(c, 3 * n * sizeof *grid);
    *rc = grid ? NF_OK : NF_ENOMEM;
    if (!grid || !nf_stl_grid(grid, s, period)) return false;
    nf_stl_form f = nf_stl_form_of(n, period, 11, 1, true);
    *rc = nf_stl(c, grid + n, grid + 2 * n, &f, grid, n);
    for (size_t i = 0; !*rc && i < s->n; i++) y[i] -= grid[n + s->row[i]];
    return true;
}

static int deseasoned(nf_ctx *c, nf_result *r, double *y, const nf_sample *s, const char *way)
{
    int rc = NF_OK;
    if (!strcmp(way, "no") || (!strcmp(way, "stl") && less_stl(c, y, s, &rc)) || rc) return rc;
    if (!strcmp(way, "stl") && nf_season_count(s) > 1) r->flags |= NF_F_FALLBACK;
    return less_means(c, y, s);
}

static int by_value(double *a, size_t n, nf_ctx *c, const nf_kernels *with)
{
    double *t = nf_scratch(c, 2 * n * sizeof *t);
    if (!t) return NF_ENOMEM;
    nf_sort_count(a, t, t + n, n, with);
    memcpy(a, t, n * sizeof *a);
    return NF_OK;
}

/* The slopes of resampled points, each as often as it was drawn: few points have all their slopes in order
 * beforehand. */
static int bootstrap(nf_ctx *c, double *slope, size_t times, size_t block, const double *y, const nf_sample *s)
{
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    size_t *index = nf_scratch(c, s->n * sizeof *index), mark;
    uint32_t *count = nf_scratch(c, s->n * sizeof *count);
    nf_drawn_slopes of;
    nf_random random = { s->seed };
    int rc = index && count ? nf_drawn_slopes_of(c, &of, s->tick, y, s->n, with) : NF_ENOMEM;
    mark = nf_scratch_mark(c);
    for (size_t b = 0; !rc && b < times; b++) {
        nf_draw_blocks(index, s->n, block, &random);
        memset(count, 0, s->n * sizeof *count);
        for (size_t i = 0; i < s->n; i++) count[index[i]]++;
        rc = nf_drawn_median(c, &slope[b], &of, count);
        if (isnan(slope[b])) slope[b] = 0;         /* one point drawn n times */
        nf_scratch_rewind(c, mark);
    }
    return rc ? rc : by_value(slope, times, c, with);
}

static void limits(nf_result *r, const double *slope, size_t times, double alpha, double ticks)
{
    size_t low = (size_t)rint(alpha / 2 * (double)times), below = 0, equal = 0;
    if (low >= times / 2) low = times / 2 - 1;
    for (size_t b = 0; b < times; b++) {
        below += slope[b] < 0;
        equal += slope[b] == 0;
    }
    double share = ((double)below + 0.5 * (double)equal) / (double)times;
    double p = 2 * fmin(share, 1 - share), least = 1 / ((double)times + 1);
    r->v[SLOPE_LO].f = slope[low] * ticks;
    r->v[SLOPE_HI].f = slope[times - low - 1] * ticks;
    r->v[P].f = p > least ? p : least;
    r->v[LOG10_P].f = nf_log10(r->v[P].f);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    size_t times = (size_t)o[1].i, block = (size_t)o[2].i;
    double *y = nf_scratch(c, s->n * sizeof *y), *slope = nf_scratch(c, times * sizeof *slope), b, a;
    if (!y || !slope) return NF_ENOMEM;
    memcpy(y, s->y, s->n * sizeof *y);
    for (block = block ? block : 1; !o[2].i && (block + 1) * (block + 1) * (block + 1) <= s->n; block++) {}
    int rc = deseasoned(c, r, y, s, o[0].s);
    if (!rc) rc = nf_sen_slope(c, &b, s->tick, y, s->n, with);
    if (!rc && isnan(b)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    if (!rc) rc = bootstrap(c, slope, times, block, y, s);
    if (rc) return rc;
    limits(r, slope, times, s->set.alpha, s->ticks);
    for (size_t i = 0; i < s->n; i++) y[i] -= b * s->tick[i];
    if ((rc = nf_median(c, &a, y, s->n, with))) return rc;
    r->v[SLOPE].f = b * s->ticks;
    r->v[INTERCEPT].f = a;
    r->v[BLOCK].i = (int64_t)block;
    r->v[RESAMPLES].i = o[1].i;
    return NF_OK;
}

const nf_method nf_method_deseason_sen = {
    .row = { .name = "deseason-sen", .title = { "deseasonalised Sen slope, block bootstrap", "去季节森斜率（块自助法）" },
             .formula = "y less the season of a robust STL (window 11, degree 1; seasonal means where that has too "
                        "few cycles, flagged fallback); slope = Sen; limits and p from slopes of moving blocks of "
                        "points",
             .cite = "Carslaw and Ropkins (2012) Environmental Modelling & Software 27; Wilcox (2010); blocks: "
                     "Kunsch (1989)",
             .use = "Monthly air quality figures, as openair shows them. Seeded by the key of the series; gaps stay "
                    "gaps.",
             .avoid = "Fewer than about thirty values.",
             .peers = "R openair TheilSen: slopes to 0.2 %, deseasonalised to 1 % (it takes months by their days and "
                      "365 of them for a year, and every second point of STL), limits and p within its 599 random "
                      "numbers. It imputes gaps and counts them as data.",
             .opt = opt },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
