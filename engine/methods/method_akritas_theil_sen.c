/* method_akritas_theil_sen.c - the Theil-Sen line where some values lie below a limit (Akritas and others 1995). */
#include "censored.h"
#include <math.h>
#include <string.h>

enum { SLOPE, LEVEL_LO, LEVEL_HI, INTERCEPT, TAU_A, P, LOG10_P, N_LIMITS };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope with uncorrelated residuals", "使残差无秩相关的斜率" } },
    [LEVEL_LO]  = { "level_lo", NF_F64, NF_OF_Y_PER_T, { "least slope with a score of 0", "得分为零的最小斜率" } },
    [LEVEL_HI]  = { "level_hi", NF_F64, NF_OF_Y_PER_T, { "greatest slope with a score of 0", "得分为零的最大斜率" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "median of y - slope * t", "y - 斜率 × t 的中位数" } },
    [TAU_A]     = { "tau_a", NF_F64, NF_ONE, { "Kendall's tau-a", "肯德尔 tau-a" } },
    [P]         = { "p", NF_F64, NF_ONE, { "two-sided p of no trend", "无趋势的双侧 p 值" } },
    [LOG10_P]   = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [N_LIMITS]  = { "n_limits", NF_I64, NF_ONE, { "values that are limits", "限值个数" } },
    { 0 }
};

static const char *const ways[] = { "middle", "cenken", NULL };
static const nf_field opt[] = {
    { "ats", NF_WORD, NF_FREE, { "which of the slopes with a score of 0; cenken: where NADA's search stops",
                                 "得分为零的斜率中取哪一个" }, .word = "middle", .choices = ways },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    enum { MOST = 20000 };                         /* as cenken costs n^2 */
    nf_limited l;
    bool sound;
    int rc = nf_limited_of(c, &l, &sound, s);
    if (rc) return rc;
    r->flags &= ~(uint32_t)NF_F_BELOW_LIMIT;       /* taken as what they are */
    nf_level level = sound ? nf_limited_slope(&l) : (nf_level){ NAN, NAN, NAN };
    bool search = !strcmp(o[0].s, "cenken") && !isnan(level.middle) && s->n <= MOST;
    double slope = search ? nf_limited_slope_cenken(&l) : level.middle;
    r->v[N_LIMITS].i = (int64_t)nf_limited_count(s);
    if (isnan(slope)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    nf_kendall k = nf_limited_kendall(&l);
    nf_tail t = nf_tail_of(k.S, k.var, true);
    if (k.tied_y == k.pairs) r->status = NF_CONSTANT;
    if (!(k.var > 0)) r->flags |= NF_F_DEGENERATE;
    r->v[SLOPE].f = slope * s->ticks;
    r->v[LEVEL_LO].f = level.lo * s->ticks;
    r->v[LEVEL_HI].f = level.hi * s->ticks;
    r->v[INTERCEPT].f = nf_limited_intercept(&l, slope);
    r->v[TAU_A].f = k.S / k.pairs;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    return NF_OK;
}

const nf_method nf_method_akritas_theil_sen = {
    .row = { .name = "akritas-theil-sen", .title = { "Theil-Sen slope with values below a limit (Akritas)",
                                                     "含低于检出限数据的泰尔-森斜率（Akritas）" },
             .formula = "b with S(y - b t) = 0 over known pairs, the middle of the interval where there is one; "
                        "intercept: the median of y - b t by the product-limit (Turnbull) estimate; p of "
                        "censored-mann-kendall",
             .cite = "Akritas, Murphy and LaValley (1995) JASA 90; Helsel (2012) Statistics for Censored Environmental "
                     "Data; Turnbull (1976) JRSS B 38",
             .use = "How steep, where some figures are below detection? No value is put in for them.",
             .avoid = "More than half below the limit: the intercept has no estimate and the slope little to go by.",
             .peers = "R NADA cenken: tau, p, intercept; its slope is whichever of the interval its search meets first "
                      "(ats=cenken: to 1e-5). Without limits sen, to rounding.",
             .opt = opt },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .stat = "tau_a", .fit = fit
};
