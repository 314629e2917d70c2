/* method_theta.c - the Theta method: a smoothed level with half the trend as drift, seasons taken out and put back. */
#include "ets.h"
#include "serial.h"
#include <math.h>

enum { SEASONAL, ALPHA, LEVEL, DRIFT, SIGMA, MEAN };
static const nf_field out[] = {
    [SEASONAL] = { "seasonal", NF_FLAG, NF_FREE, { "seasons were taken out", "已剔除季节性" } },
    [ALPHA]    = { "alpha", NF_F64, NF_FREE, { "how fast the level follows", "水平平滑参数" } },
    [LEVEL]    = { "level", NF_F64, NF_FREE, { "level after the last step, without season", "末期水平（不含季节）" } },
    [DRIFT]    = { "drift", NF_F64, NF_FREE, { "half the slope of the least-squares line, a step", "最小二乘斜率之半（每步）" } },
    [SIGMA]    = { "sigma", NF_F64, NF_FREE, { "standard deviation of one-step errors", "一步误差标准差" } },
    NF_AHEAD_FIELDS(MEAN),
    { 0 }
};
static const nf_field opt[] = { NF_HORIZON_OPTION, { 0 } };

/* Values on the grid from the first to the last, NaN where missing; index: of each season, m of them, its mean 1. */
typedef struct { double *y, *index; size_t n, m; } grid;

/* Is the autocorrelation a season apart beyond what those of shorter lags allow, one-sided at 5 %? */
static int has_season(nf_ctx *c, bool *yes, const nf_sample *s, size_t m)
{
    double *rho = nf_scratch(c, (m + s->n) * sizeof *rho), sum = 0, *v = rho ? rho + m : NULL;
    if (!rho) return NF_ENOMEM;
    nf_line l = nf_line_of(s);
    for (size_t i = 0; i < s->n; i++) v[i] = (double)(s->y[i] - l.my);
    int rc = nf_autocorrelations(c, rho, NULL, m, v, s);
    for (size_t k = 0; k + 1 < m; k++) sum += rho[k] * rho[k];
    *yes = !rc && fabs(rho[m - 1]) > 1.6448536269514722 * sqrt((1 + 2 * sum) / (double)s->n);
    return rc;
}

/* The mean over a season about step t, ends at half weight where m is even; NaN where any value is missing. */
static double moving_mean(const grid *g, size_t t)
{
    size_t h = g->m / 2;
    bool even = g->m % 2 == 0;
    if (t < h || t + h >= g->n) return NAN;
    double sum = 0;
    for (size_t i = t - h; i <= t + h; i++) sum += g->y[i] * (even && (i == t - h || i == t + h) ? 0.5 : 1);
    return sum / (double)g->m;
}

/* Mean ratios to the moving mean; false: a season has none, or one near 0. */
static bool indices(grid *g)
{
    double all = 0;
    for (size_t k = 0; k < g->m; k++) {
        double sum = 0, n = 0;
        for (size_t t = k; t < g->n; t += g->m) {
            double ratio = g->y[t] / moving_mean(g, t);
            if (isfinite(ratio)) sum += ratio, n++;
        }
        g->index[k] = sum / n;
        all += g->index[k];
    }
    bool sound = isfinite(all);
    for (size_t k = 0; k < g->m; k++) sound = sound && fabs(g->index[k] *= (double)g->m / all) >= 1e-4;
    return sound;
}

static int grid_of(nf_ctx *c, grid *g, const nf_sample *s)
{
    int seasons = nf_season_count(s);
    *g = (grid){ .n = s->row[s->n - 1] + 1 - s->row[0], .m = seasons > 1 ? (size_t)seasons : 1 };
    g->y = nf_scratch(c, g->n * sizeof *g->y);
    g->index = nf_scratch(c, g->m * sizeof *g->index);
    if (!g->y || !g->index) return NF_ENOMEM;
    for (size_t t = 0; t < g->n; t++) g->y[t] = NAN;
    bool positive = true, seasonal = false;
    for (size_t i = 0; i < s->n; i++) {
        g->y[s->row[i] - s->row[0]] = s->y[i];
        positive = positive && s->y[i] > 0;
    }
    int rc = g->m > 1 && positive && g->n > 2 * g->m ? has_season(c, &seasonal, s, g->m) : NF_OK;
    if (!seasonal || !indices(g)) g->m = 1, g->index[0] = 1;
    return rc;
}

static void put(nf_result *r, double *block, size_t horizon, const nf_result *ses, const grid *g)
{
    double alpha = nf_result_f64(ses, "alpha"), level = nf_result_f64(ses, "level"),
        sigma = nf_result_f64(ses, "sigma");
    double kept = 1, drift = r->v[DRIFT].f;
    for (size_t t = 0; t < g->n; t++) kept *= 1 - alpha;
    r->v[SEASONAL].i = g->m > 1;
    r->v[ALPHA].f = alpha;
    r->v[LEVEL].f = level;
    r->v[SIGMA].f = sigma;
    for (size_t h = 0; block && h < horizon; h++) {
        double mean = level + drift * ((double)h + (1 - kept) / alpha);
        nf_ahead_put(block, horizon, h, mean * g->index[(g->n + h) % g->m],
                     sigma * sqrt((double)h * alpha * alpha + 1));
    }
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    static const nf_method by = { .out = nf_ets_fields };
    grid g;
    nf_sample plain = *s;
    nf_result ses = { .by = &by, .v = nf_scratch(c, (NF_ETS_MEAN + 5) * sizeof *ses.v) };
    double *y = nf_scratch(c, s->n * sizeof *y);
    if (!ses.v || !y) return NF_ENOMEM;
    if (!nf_has_grid(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = grid_of(c, &g, s);
    if (rc) return rc;
    for (size_t i = 0; i < s->n; i++) y[i] = s->y[i] / g.index[(s->row[i] - s->row[0]) % g.m];
    plain.y = y;
    for (size_t i = 0; i < NF_ETS_MEAN + 5; i++) ses.v[i] = nf_value_empty(nf_ets_fields[i].type);
    rc = nf_ets_fit(c, &ses, &plain, NF_ETS_ANN, NF_ETS_ANN + 1, (nf_ets_fixed){ NAN, NAN }, 0);
    r->status = ses.status;
    r->flags |= ses.flags;
    if (rc || ses.status != NF_FINE) return rc;
    nf_line l = nf_line_of(&plain);
    size_t horizon = (size_t)o[0].i;
    double ticks = s->tick[s->n - 1] - s->tick[0], steps = (double)(s->row[s->n - 1] - s->row[0]);
    r->v[DRIFT].f = (double)(l.b / 2) * ticks / steps;
    put(r, nf_ahead_out(c, &rc, &r->v[MEAN], horizon), horizon, &ses, &g);
    return rc;
}

const nf_method nf_method_theta = {
    .row = { .name = "theta", .title = { "Theta method", "Theta 预测法" },
             .formula = "y, less its seasons by classical multiplicative decomposition where the autocorrelation at m "
                        "is "
                        "significant: l_n of simple exponential smoothing + d (h - 1 + (1 - (1 - alpha)^n)/alpha), d half "
                        "the least-squares slope; sd sigma sqrt(1 + (h - 1) alpha^2); times the season",
             .cite = "Assimakopoulos and Nikolopoulos (2000) International Journal of Forecasting 16; Hyndman and "
                     "Billah "
                     "(2003) International Journal of Forecasting 19",
             .use = "A forecast that is hard to beat for monthly and quarterly figures (it won the M3 competition).",
             .avoid = "A trend that bends or ends. Seasons of values at or below 0: they are left in.",
             .peers = "R forecast thetaf to 1e-3 where its smoothing finds the least squares; its limits leave "
                      "out the season too.",
             .opt = opt },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
