/* arima_fit.c - the most likely coefficients of an ARIMA model by descents from many starts, and its forecasts. */
#include "arima.h"
#include "descent.h"
#include "real.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const nf_arima_constants[] = { "auto", "yes", "no", NULL };
enum { MODEL, LOGLIK, AICC, SIGMA2, CONSTANT, AR, MA, SAR, SMA, SE, MEAN };
const nf_field nf_arima_fields[] = {
    [MODEL]    = { "model", NF_WORD, NF_FREE, { "model", "模型" } },
    [LOGLIK]   = { "loglik", NF_F64, NF_FREE, { "exact Gaussian log-likelihood", "精确高斯对数似然" } },
    [AICC]     = { "aicc", NF_F64, NF_FREE, { "corrected Akaike criterion", "修正 AIC" } },
    [SIGMA2]   = { "sigma2", NF_F64, NF_OF_DY2,
                   { "variance of the innovations, by degrees of freedom", "新息方差（按自由度）" } },
    [CONSTANT] = { "constant", NF_F64, NF_FREE, { "mean, or drift a step", "均值或每步漂移" } },
    [AR]       = { "ar", NF_ARRAY, NF_ONE, { "autoregressive coefficients", "自回归系数" } },
    [MA]       = { "ma", NF_ARRAY, NF_ONE, { "moving-average coefficients, 1 + ma B", "移动平均系数" } },
    [SAR]      = { "sar", NF_ARRAY, NF_ONE, { "seasonal autoregressive ones", "季节自回归系数" } },
    [SMA]      = { "sma", NF_ARRAY, NF_ONE, { "seasonal moving-average ones", "季节移动平均系数" } },
    [SE]       = { "se", NF_ARRAY, NF_ONE, { "their standard errors, in that order", "上述系数的标准误" } },
    NF_AHEAD_FIELDS(MEAN),
    { 0 }
};

/* One search: coefficients are made of partial autocorrelations, each free between -1 and 1. */
typedef struct { const nf_arima_order *of; nf_arima_filter filter; } task;

/* ---- coefficients from numbers without bounds ---- */

/* a of the stationary polynomial 1 - sum a_i B^i with partial autocorrelations u/sqrt(1 + u^2) (Monahan 1984). */
static void stationary(double *a, const double *u, size_t n)
{
    double old[NF_ARIMA_MOST];
    for (size_t k = 0; k < n; k++) {
        double v = fmin(fmax(u[k], -1e4), 1e4), r = v / sqrt(1 + v * v);
        memcpy(old, a, k * sizeof *a);
        for (size_t j = 0; j < k; j++) a[j] = old[j] - r * old[k - 1 - j];
        a[k] = r;
    }
}

static void coefficients_at(double *v, const double *u, const nf_arima_order *o)
{
    const size_t size[] = { o->p, o->q, o->P, o->Q };
    for (size_t b = 0; b < 4; b++) {
        stationary(v, u, size[b]);
        for (size_t i = 0; b % 2 && i < size[b]; i++) v[i] = -v[i];
        v += size[b];
        u += size[b];
    }
}

static double objective(void *self, const double *u)
{
    task *t = self;
    double v[NF_ARIMA_MOST];
    coefficients_at(v, u, t->of);
    return nf_arima_pass(&t->filter, t->of, v) ? nf_arima_deviance(&t->filter) : INFINITY;
}

/* ---- starts ---- */

/* Partial autocorrelations of y at lags 1 .. n by Durbin and Levinson; pairs with a gap are left out. */
static void sample_partial(double *pacf, size_t n, const double *y, size_t size)
{
    double rho[NF_ARIMA_MOST + 1], phi[NF_ARIMA_MOST] = { 0 }, old[NF_ARIMA_MOST], mean = 0, seen = 0;
    for (size_t i = 0; i < size; i++)
        if (!isnan(y[i])) mean += y[i], seen++;
    mean /= seen;
    for (size_t k = 0; k <= n; k++) {
        rho[k] = 0;
        for (size_t i = k; i < size; i++)
            if (!isnan(y[i]) && !isnan(y[i - k])) rho[k] += (y[i] - mean) * (y[i - k] - mean);
    }
    for (size_t k = 0; k < n; k++) {
        double up = rho[k + 1], down = rho[0];
        for (size_t j = 0; j < k; j++) {
            up -= phi[j] * rho[k - j];
            down -= phi[j] * rho[j + 1];
        }
        pacf[k] = down > 1e-12 * rho[0] && fabs(up) < 0.99 * down ? up / down : 0;
        memcpy(old, phi, k * sizeof *old);
        for (size_t j = 0; j < k; j++) phi[j] = old[j] - pacf[k] * old[k - 1 - j];
        phi[k] = pacf[k];
    }
}

static double unbounded(double r) { return r / sqrt(1 - r * r); }

/* Partial autocorrelations of the first coefficient of ar, ma (of -ma), sar, sma (of -sma), then of the second of ar
 * and ma; the others begin at 0. No two cancel: there the likelihood is flat. The starts of the second half are for two
 * coefficients or more in a block: cycles, and moving averages next to the bound. */
static const double starts[][6] = {
    { .1, .2, .1, .2 }, { .5, .85, .3, .6 }, { .9, .5, .8, .5 }, { -.5, -.85, -.3, .5 }, { -.9, -.5, -.5, .3 },
    { .5, -.4, .3, -.3 }, { -.5, .4, -.3, .6 }, { .3, .99, .3, .9 },
    { .8, .97, .1, .2, -.3, -.9 }, { .87, .87, .1, .2, -.95, -.8 }, { .3, .97, .3, .6, .1, -.4 },
    { .1, .2, .1, .2, -.9, -.6 }, { .85, .995, .3, .6, -.05, -.9 }, { .995, .9, .3, .6, -.99, 0 } };
enum { STARTS = sizeof starts / sizeof *starts, PLAIN = 8 };

static size_t n_starts(const nf_arima_order *o) { return o->p > 1 || o->q > 1 ? STARTS : PLAIN; }

/* The last one begins at the sample's own partial autocorrelations. */
static void start_at(double *u, size_t which, const task *t)
{
    const nf_arima_order *o = t->of;
    const size_t size[] = { o->p, o->q, o->P, o->Q };
    memset(u, 0, nf_arima_coefficients(o) * sizeof *u);
    if (which == n_starts(o)) {
        sample_partial(u, o->p, t->filter.of.y, t->filter.of.n);
        for (size_t i = 0; i < o->p; i++) u[i] = unbounded(u[i]);
        return;
    }
    for (size_t b = 0; b < 4; u += size[b++]) {
        if (size[b]) u[0] = unbounded(starts[which][b]);
        if (b < 2 && size[b] > 1) u[1] = unbounded(starts[which][4 + b]);
    }
}

/* A few steps from every start, then all the way from the few that got deepest. */
static double search(task *t, double *best)
{
    enum { WHOLE = 300 };
    size_t n = n_starts(t->of), few = n == STARTS ? 8 : 2;
    int look = n == STARTS ? 14 : 8;
    nf_objective of = { objective, t, nf_arima_coefficients(t->of) };
    double u[STARTS + 1][NF_DESCENT_MOST], f[STARTS + 1], least = INFINITY;
    for (size_t i = 0; i <= n; i++) {
        start_at(u[i], i, t);
        f[i] = nf_descend(&of, u[i], look);
    }
    for (size_t go = 0; go < few; go++) {
        size_t deepest = 0;
        for (size_t i = 1; i <= n; i++)
            if (f[i] < f[deepest]) deepest = i;
        double found = nf_descend(&of, u[deepest], WHOLE);
        f[deepest] = INFINITY;
        if (!(found < least)) continue;
        least = found;
        memcpy(best, u[deepest], of.n * sizeof *best);
    }
    return least;
}

/* ---- standard errors ---- */

static double deviance_at(task *t, const double *v)
{
    return nf_arima_pass(&t->filter, t->of, v) ? nf_arima_deviance(&t->filter) : NAN;
}

/* Second derivatives of the deviance at v, by differences. */
static void curvature(task *t, double *H, const double *v, size_t n)
{
    const double h = 1e-3;
    double w[NF_ARIMA_MOST];
    memcpy(w, v, n * sizeof *w);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                w[i] += k & 1 ? -h : h;
                w[j] += k & 2 ? -h : h;
                sum += (k == 1 || k == 2 ? -1 : 1) * deviance_at(t, w);
                w[i] = v[i];
                w[j] = v[j];
            }
            H[i * n + j] = H[j * n + i] = sum / (4 * h * h);
        }
}

/* The inverse of H (symmetric) in place by Gauss and Jordan; false: not positive. */
static bool invert(double *H, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        double own = H[k * n + k];
        if (!(own > 0)) return false;
        H[k * n + k] = 1;
        for (size_t j = 0; j < n; j++) H[k * n + j] /= own;
        for (size_t i = 0; i < n; i++) {
            double by = H[i * n + k];
            if (i == k) continue;
            H[i * n + k] = 0;
            for (size_t j = 0; j < n; j++) H[i * n + j] -= by * H[k * n + j];
        }
    }
    return true;
}

static int standard_errors(nf_ctx *c, nf_result *r, task *t, const double *v)
{
    size_t n = nf_arima_coefficients(t->of);
    double *H = nf_scratch(c, (n * n + 1) * sizeof *H), *se = n ? nf_array_out(c, &r->v[SE], n) : H;
    if (!H || !se) return NF_ENOMEM;
    curvature(t, H, v, n);
    bool sound = invert(H, n);
    double seen = (double)(t->filter.seen - t->filter.unknown);
    for (size_t i = 0; i < n; i++) se[i] = sound ? sqrt(H[i * n + i] / seen) : NAN;
    return NF_OK;
}

/* ---- the values ---- */

/* On the grid from the first to the last: less y0, over a power of two. */
typedef struct { double *z, *x, y0, scale; size_t n; } values;

static int values_of(nf_ctx *c, values *v, const nf_sample *s, bool logs, bool centred)
{
    double most = 0;
    int up;
    v->n = s->row[s->n - 1] + 1 - s->row[0];
    v->z = nf_scratch(c, v->n * sizeof *v->z);
    v->x = nf_scratch(c, v->n * sizeof *v->x);
    if (!v->z || !v->x) return NF_ENOMEM;
    for (size_t i = 0; i < v->n; i++) v->z[i] = NAN;
    for (size_t i = 0; i < s->n; i++) v->z[s->row[i] - s->row[0]] = logs ? nf_log(s->y[i]) : s->y[i];
    v->y0 = centred ? v->z[0] : 0;
    for (size_t i = 0; i < v->n; i++)
        if (!isnan(v->z[i])) most = fmax(most, fabs(v->z[i] -= v->y0));
    frexp(most, &up);
    v->scale = isfinite(most) && most > 0 ? ldexp(1, up) : NAN;
    for (size_t i = 0; i < v->n; i++) v->z[i] /= v->scale;
    return NF_OK;
}

/* z differenced in place; how many are left. */
static size_t differenced(double *z, size_t n, const nf_arima_order *o)
{
    for (size_t i = 0; i < o->d + o->D; i++) {
        size_t lag = i < o->d ? 1 : o->m;
        for (size_t t = 0; t + lag < n; t++) z[t] = z[t + lag] - z[t];
        n -= lag;
    }
    return n;
}

/* Places without a value, which gets that before it; how many. */
static size_t fill_holes(size_t *hole, double *z, size_t n)
{
    size_t k = 0;
    for (size_t t = 1; t < n; t++)
        if (isnan(z[t])) z[t] = z[t - 1], hole[k++] = t;
    return k;
}

/* The search goes by differences, whose state is smaller, with what stood in a few holes among the unknown (Gomez,
 * Maravall and Pena 1999): the same likelihood. */
static int prepare(nf_ctx *c, task *t, const values *v, size_t missing)
{
    enum { FEW = 24 };
    const nf_arima_order *o = t->of;
    for (size_t i = 0; i < v->n; i++) v->x[i] = o->d + o->D ? (double)(i + 1) : 1;
    nf_arima_data of = { v->z, v->n, o->constant ? v->x : NULL, NULL, 0 };
    if (!nf_arima_lost(o) || missing > FEW) return nf_arima_filter_of(c, &t->filter, o, !nf_arima_lost(o), of);
    double *w = nf_scratch(c, 2 * v->n * sizeof *w), *x = w ? w + v->n : NULL;
    size_t *hole = nf_scratch(c, v->n * sizeof *hole);
    if (!w || !hole) return NF_ENOMEM;
    memcpy(w, v->z, v->n * sizeof *w);
    memcpy(x, v->x, v->n * sizeof *x);
    of.holes = fill_holes(hole, w, v->n);
    of.hole = hole;
    of.n = differenced(w, v->n, o);
    differenced(x, v->n, o);
    of.y = w;
    of.x = o->constant ? x : NULL;
    return nf_arima_filter_of(c, &t->filter, o, true, of);
}

/* ---- the answer ---- */

static char *model_name(nf_ctx *c, const nf_arima_order *o)
{
    const char *with = !o->constant ? "" : o->d + o->D ? " with drift" : " with mean";
    if (!(o->P + o->D + o->Q)) return nf_format(c, "ARIMA(%zu,%zu,%zu)%s", o->p, o->d, o->q, with);
    return nf_format(c, "ARIMA(%zu,%zu,%zu)(%zu,%zu,%zu)[%zu]%s", o->p, o->d, o->q, o->P, o->D, o->Q, o->m, with);
}

static int put_coefficients(nf_ctx *c, nf_result *r, const double *v, const nf_arima_order *o)
{
    const size_t size[] = { o->p, o->q, o->P, o->Q };
    for (size_t b = 0; b < 4; v += size[b++]) {
        double *to = size[b] ? nf_array_out(c, &r->v[AR + b], size[b]) : NULL;
        if (size[b] && !to) return NF_ENOMEM;
        for (size_t i = 0; i < size[b]; i++) to[i] = v[i];
    }
    return NF_OK;
}

static void put_numbers(nf_result *r, const nf_arima_filter *f, const nf_arima_order *o, const values *v)
{
    double n = (double)(f->seen - f->unknown), k = (double)(nf_arima_coefficients(o) + o->constant + 1);
    r->v[LOGLIK].f = -n * (nf_arima_deviance(f) + nf_log(v->scale) + (nf_log(6.2831853071795865) + 1) / 2);
    r->v[AICC].f = -2 * r->v[LOGLIK].f + 2 * k + 2 * k * (k + 1) / (n - k - 1);
    r->v[SIGMA2].f = nf_arima_squares(f) / (n - k + 1) * v->scale * v->scale;
    if (o->constant) r->v[CONSTANT].f = nf_arima_constant(f) * v->scale + (o->d + o->D ? 0 : v->y0);
}

static void forecast(double *block, size_t horizon, nf_arima_filter *f, const values *v, double variance, bool logs,
                     bool drifts)
{
    for (size_t h = 0; block && h < horizon; h++) {
        double mean, by;
        nf_arima_ahead(f, drifts ? (double)(v->n + h + 1) : 1, &mean, &by);
        nf_ahead_put(block, horizon, h, v->y0 + v->scale * mean, sqrt(variance * by));
        for (size_t k = h; logs && k < 5 * horizon; k += horizon) block[k] = nf_exp(block[k]);
    }
}

static int answer(nf_ctx *c, nf_result *r, task *t, const values *v, const double *best, const nf_value *opt)
{
    const nf_arima_order *o = t->of;
    nf_arima_filter whole;
    double coefficient[NF_ARIMA_MOST];
    coefficients_at(coefficient, best, o);
    int rc = nf_arima_filter_of(c, &whole, o, false, (nf_arima_data){ v->z, v->n, o->constant ? v->x : NULL, NULL, 0 });
    if (rc) return rc;
    if (!nf_arima_pass(&whole, o, coefficient)) {
        r->status = NF_NOT_CONVERGED;
        return NF_OK;
    }
    put_numbers(r, &whole, o, v);
    if (!(r->v[MODEL].s = model_name(c, o))) return NF_ENOMEM;
    rc = put_coefficients(c, r, coefficient, o);
    if (!rc) rc = standard_errors(c, r, t, coefficient);
    size_t horizon = (size_t)opt[NF_ARIMA_HORIZON].i;
    double *block = nf_ahead_out(c, &rc, &r->v[MEAN], horizon);
    forecast(block, horizon, &whole, v, r->v[SIGMA2].f, opt[NF_ARIMA_LOG].i == 1, o->d + o->D > 0);
    return rc;
}

static bool all_positive(const nf_sample *s)
{
    size_t i = 0;
    while (i < s->n && s->y[i] > 0) i++;
    return i == s->n;
}

/* Is there a grid, a season, positive values, and few enough states and steps? */
static bool fits(const nf_arima_order *o, const nf_sample *s, bool logs)
{
    size_t ar = o->p + o->m * o->P, ma = o->q + o->m * o->Q + 1, states = (ar > ma ? ar : ma) + nf_arima_lost(o);
    double work = (double)s->rows * (double)states * (double)states;
    bool seasons = o->m > 1 || !(o->P + o->D + o->Q);
    return nf_has_grid(s) && seasons && (!logs || all_positive(s)) && states <= NF_ARIMA_STATES && work < 2e9;
}

int nf_arima_fit(nf_ctx *c, nf_result *r, const nf_sample *s, nf_arima_order o, const nf_value *opt)
{
    const char *constant = opt[NF_ARIMA_CONSTANT].s;
    bool logs = opt[NF_ARIMA_LOG].i == 1;
    double best[NF_DESCENT_MOST];
    values v;
    task t = { .of = &o };
    o.constant = !strcmp(constant, "yes") ? o.d + o.D <= 1 : !strcmp(constant, "auto") && !(o.d + o.D);
    if (!fits(&o, s, logs)) r->status = NF_NOT_APPLICABLE;
    else if (s->n < nf_arima_lost(&o) + nf_arima_coefficients(&o) + o.constant + 4) r->status = NF_TOO_FEW;
    if (r->status != NF_FINE) return NF_OK;
    int rc = values_of(c, &v, s, logs, o.constant || o.d + o.D);
    if (rc) return rc;
    if (!(v.scale > 0x1p-1000 && v.scale < 0x1p1000)) {
        r->status = isnan(v.scale) && s->y[0] == s->y[s->n - 1] ? NF_CONSTANT : NF_NOT_APPLICABLE;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    rc = prepare(c, &t, &v, v.n - s->n);
    if (rc) return rc;
    if (isfinite(search(&t, best))) return answer(c, r, &t, &v, best, opt);
    r->status = NF_NOT_APPLICABLE;                 /* the model explains every value: nothing is left to vary */
    r->flags |= NF_F_DEGENERATE;
    return NF_OK;
}
