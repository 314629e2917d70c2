/* method_seasonal_sen.c - the median of all slopes within seasons, with Gilbert's limits. */
#include "seasons.h"
#include <math.h>

enum { SLOPE, SLOPE_LO, SLOPE_HI, INTERCEPT, N_SLOPES };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "median slope within seasons", "同季斜率中位数" } },
    [SLOPE_LO]  = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit of the slope", "斜率下限" } },
    [SLOPE_HI]  = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit of the slope", "斜率上限" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "median(y) - slope * median(t)", "y 中位数 - 斜率 × t 中位数" } },
    [N_SLOPES]  = { "n_slopes", NF_I64, NF_ONE, { "slopes within seasons", "同季斜率个数" } },
    { 0 }
};

static size_t pool(double *slope, const nf_seasons *p)
{
    size_t n = 0;
    for (int g = 0; g < p->count; g++)
        for (size_t i = p->from[g]; i < p->from[g + 1]; i++)
            for (size_t j = i + 1; j < p->from[g + 1]; j++)
                if (p->x[j] > p->x[i]) slope[n++] = (p->y[j] - p->y[i]) / (p->x[j] - p->x[i]);
    return n;
}

static uint64_t pool_size(const nf_seasons *p)
{
    uint64_t n = 0;
    for (int g = 0; g < p->count; g++)
        n += nf_points_of(p->x + p->from[g], NULL, p->from[g + 1] - p->from[g], NULL).pairs;
    return n;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    enum { MOST = 1 << 26 };                       /* slopes held at once: 512 MB */
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    nf_seasons p;
    double score, var, mid_y, mid_x;
    int rc = nf_seasons_of(c, &p, s);
    if (rc) return rc;
    uint64_t n = p.count ? pool_size(&p) : 0;
    if (!n || n > MOST) {
        r->status = !p.count || n ? NF_NOT_APPLICABLE : NF_TOO_FEW;
        return NF_OK;
    }
    nf_kendall *k = nf_scratch(c, (size_t)p.count * sizeof *k);
    double *slope = nf_scratch(c, 4 * (n + 8) * sizeof *slope);
    if (!k || !slope) return NF_ENOMEM;
    rc = nf_seasons_score(c, k, &score, &var, &p, s);
    if (!rc) rc = nf_median(c, &mid_y, s->y, s->n, with);
    if (!rc) rc = nf_median(c, &mid_x, s->x, s->n, with);
    if (rc) return rc;
    nf_sen sen = nf_sen_of_pool(slope, pool(slope, &p), slope + n + 8, var, s->set.alpha, with);
    r->v[SLOPE].f = sen.slope * s->ticks;
    r->v[SLOPE_LO].f = sen.lo * s->ticks;
    r->v[SLOPE_HI].f = sen.hi * s->ticks;
    r->v[INTERCEPT].f = mid_y - r->v[SLOPE].f * mid_x;
    r->v[N_SLOPES].i = (int64_t)sen.n;
    return NF_OK;
}

const nf_method nf_method_seasonal_sen = {
    .row = { .name = "seasonal-sen", .title = { "seasonal Sen slope", "季节性森斜率" },
             .formula = "median of (y_j - y_i)/(t_j - t_i) over pairs of the same season; limits from the summed var S",
             .cite = "Hirsch, Slack and Smith (1982) Water Resources Research 18; Gilbert (1987), 17.3",
             .use = "How steep is the trend of monthly or quarterly figures?",
             .avoid = "Trends that differ by season. More than 67 million slopes within seasons: not-applicable.",
             .peers = "R trend, EnvStats, rkt to 1e-10." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
