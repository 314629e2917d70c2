/* method_sen.c - the Theil-Sen slope: the median of all pairwise slopes, with Gilbert's limits. */
#include "slopes.h"
#include <math.h>
#include <string.h>

enum { SLOPE, SLOPE_LO, SLOPE_HI, INTERCEPT, N_SLOPES };
static const nf_field out[] = {
    [SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "median slope", "斜率中位数" } },
    [SLOPE_LO]  = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit of the slope", "斜率下限" } },
    [SLOPE_HI]  = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit of the slope", "斜率上限" } },
    [INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "median(y) - slope * median(t), or as asked for",
                                                  "y 中位数 - 斜率 × t 中位数（或按选项）" } },
    [N_SLOPES]  = { "n_slopes", NF_I64, NF_ONE, { "slopes: pairs at different times", "斜率个数：不同时间的点对" } },
    { 0 }
};
static const char *const ways[] = { "interpolate", "round", NULL };
static const char *const intercepts[] = { "conover", "joint", NULL };
static const nf_field opt[] = {
    { "sen-ci", NF_WORD, NF_FREE, { "limits between two ranks", "秩不为整数时的限值" }, .word = "interpolate", .choices = ways },
    { "sen-intercept", NF_WORD, NF_FREE, { "conover: median(y) - slope * median(t); joint: median(y - slope * t)",
                                           "conover：y 中位数 - 斜率 × t 中位数；joint：y - 斜率 × t 的中位数" },
      .word = "conover", .choices = intercepts },
    { 0 }
};

static int joint_intercept(nf_ctx *c, double *intercept, double slope, const nf_sample *s)
{
    double *e = nf_scratch(c, s->n * sizeof *e);
    if (!e) return NF_ENOMEM;
    for (size_t i = 0; i < s->n; i++) e[i] = s->y[i] - slope * s->x[i];
    return nf_median(c, intercept, e, s->n, nf_kernels_for(s->set.isa));
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    const nf_kendall *k = nf_kendall_shared(s);
    nf_sen sen;
    int rc = nf_sen_of(c, &sen, s->tick, s->y, s->n, k->var, s->set.alpha, !strcmp(o[0].s, "round"),
                       nf_kernels_for(s->set.isa));
    if (rc) return rc;
    r->v[N_SLOPES].i = (int64_t)sen.n;
    if (!sen.n) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    if (k->tied_y > 0) r->flags |= NF_F_TIES;
    if (k->tied_y == k->pairs) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
    }
    r->v[SLOPE].f = sen.slope * s->ticks;
    r->v[SLOPE_LO].f = sen.lo * s->ticks;
    r->v[SLOPE_HI].f = sen.hi * s->ticks;
    r->v[INTERCEPT].f = nf_median_sorted(k->sorted, s->n) - r->v[SLOPE].f * nf_median_sorted(s->x, s->n);
    return strcmp(o[1].s, "joint") ? NF_OK : joint_intercept(c, &r->v[INTERCEPT].f, r->v[SLOPE].f, s);
}

const nf_method nf_method_sen = {
    .row = { .name = "sen", .title = { "Theil-Sen slope", "泰尔-森斜率" },
             .formula = "median of (y_j - y_i)/(t_j - t_i), t_j > t_i; limits: ranks (N -+ C)/2 (+1 above), C = "
                        "z_{1-alpha/2} sqrt(var S)",
             .cite = "Theil (1950); Sen (1968) JASA 63; limits: Gilbert (1987) Statistical Methods for Environmental "
                     "Pollution Monitoring, 16.4; intercept: Conover (1999) Practical Nonparametric Statistics, 5.5",
             .use = "How steep is the trend? Holds against a quarter of outliers; unequal steps are honoured.",
             .avoid = "Strong seasons (seasonal-sen); counts with most values equal.",
             .peers = "R trend, mblm, EnvStats, scipy to 1e-10; limits interpolated as EnvStats, or rounded as trend "
                      "and scipy. robslopes takes the upper median, zyp's upper limit is one rank low. Intercepts: "
                      "conover as EnvStats, pyMannKendall and scipy's separate; joint as zyp, mblm and scipy's.",
             .opt = opt },
    .min_n = 2, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
