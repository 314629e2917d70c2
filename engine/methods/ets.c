/* ets.c - exponential smoothing: the best initial states by least squares, smoothing parameters by many starts. */
#include "ets.h"
#include "real.h"
#include "simplex.h"
#include <math.h>
#include <string.h>

enum { MODEL, LOGLIK, AICC, SSE, SIGMA, ALPHA, BETA, GAMMA, PHI, LEVEL, DRIFT, MEAN };
const nf_field nf_ets_fields[] = {
    [MODEL]  = { "model", NF_WORD, NF_FREE, { "model: error, trend, season", "模型：误差、趋势、季节" } },
    [LOGLIK] = { "loglik", NF_F64, NF_FREE, { "-n/2 log SSE", "对数似然" } },
    [AICC]   = { "aicc", NF_F64, NF_FREE, { "corrected Akaike criterion", "修正 AIC" } },
    [SSE]    = { "sse", NF_F64, NF_OF_DY2, { "sum of squared one-step errors", "一步误差平方和" } },
    [SIGMA]  = { "sigma", NF_F64, NF_OF_DY, { "standard deviation of one-step errors", "一步误差标准差" } },
    [ALPHA]  = { "alpha", NF_F64, NF_ONE, { "how fast the level follows", "水平平滑参数" } },
    [BETA]   = { "beta", NF_F64, NF_ONE, { "how fast the trend follows (a share of the error)", "趋势平滑参数" } },
    [GAMMA]  = { "gamma", NF_F64, NF_ONE, { "how fast the season follows", "季节平滑参数" } },
    [PHI]    = { "phi", NF_F64, NF_ONE, { "damping of the trend", "阻尼参数" } },
    [LEVEL]  = { "level", NF_F64, NF_OF_Y, { "level after the last step", "末期水平" } },
    [DRIFT]  = { "drift", NF_F64, NF_OF_DY, { "trend a step after the last", "末期每步趋势" } },
    NF_AHEAD_FIELDS(MEAN),
    { 0 }
};
const nf_ets_model nf_ets_ann = { "ETS(A,N,N)", false, false, false },
    nf_ets_aan = { "ETS(A,A,N)", true, false, false }, nf_ets_aadn = { "ETS(A,Ad,N)", true, true, false }, nf_ets_ana = { "ETS(A,N,A)", false, false, true },
    nf_ets_aaa = { "ETS(A,A,A)", true, false, true }, nf_ets_aada = { "ETS(A,Ad,A)", true, true, true };

typedef struct { double alpha, beta, gamma, phi; } smoothing;
/* One model over the grid: z are the values less y0, over a power of two; NaN is missing. states: level, trend and, of
 * the seasonal ones, all but the last, which is less their sum. */
typedef struct {
    const nf_ets_model *by; nf_ets_fixed fixed;
    const double *z; size_t n, seen, m, states, skip;
    double *e, *column, *state, *start; long double *gram;
} task;

/* ---- one pass of the recursion ---- */

/* Errors of z from state (level, trend, m seasonal ones), which moves to the end; z NULL: zeros where values are. */
static double pass(const task *k, smoothing p, double *state, double *e, bool zeros)
{
    double l = state[0], b = state[1], *s = state + 2, sse = 0;
    size_t at = k->skip % k->m;
    for (size_t t = k->skip; t < k->n; t++, at = at + 1 == k->m ? 0 : at + 1) {
        double mean = l + p.phi * b, error = isnan(k->z[t]) ? 0 : (zeros ? 0 : k->z[t]) - mean - s[at];
        l = mean + p.alpha * error;
        b = p.phi * b + p.beta * error;
        s[at] += p.gamma * error;
        sse += error * error;
        if (e) e[t] = error;
    }
    state[0] = l;
    state[1] = b;
    return sse;
}

static void unit_state(const task *k, double *state, size_t which)
{
    memset(state, 0, (k->m + 2) * sizeof *state);
    if (which == 0) state[0] = 1;
    else if (which == 1 && k->by->trend) state[1] = 1;
    else {
        state[2 + which - 1 - k->by->trend] = 1;
        state[2 + k->m - 1] = -1;
    }
}

/* ---- initial states: the errors are linear in them ---- */

/* Solves gram x = right by Cholesky; a state that the data cannot tell stays 0. right stands in the last row. */
static void solve(long double *g, size_t d, double *x)
{
    size_t w = d + 1;
    for (size_t i = 0; i < d; i++) {
        long double own = g[i * w + i];
        for (size_t j = 0; j < i; j++) own -= g[i * w + j] * g[i * w + j];
        bool told = own > 1e-12L * g[i * w + i];
        g[i * w + i] = told ? sqrtl(own) : 0;
        for (size_t r = i + 1; r <= d; r++) {
            long double v = g[r * w + i];
            for (size_t j = 0; j < i; j++) v -= g[r * w + j] * g[i * w + j];
            g[r * w + i] = told ? v / g[i * w + i] : 0;
        }
    }
    for (size_t i = d; i-- > 0;) {
        long double v = g[d * w + i];
        for (size_t j = i + 1; j < d; j++) v -= g[j * w + i] * x[j];
        x[i] = g[i * w + i] > 0 ? (double)(v / g[i * w + i]) : 0;
    }
}

/* The start with the least sum of squares for these parameters, in k->start. */
static void best_start(const task *k, smoothing p)
{
    size_t d = k->states, w = d + 1;
    double x[2 + 512] = { 0 };
    memset(k->state, 0, (k->m + 2) * sizeof *k->state);
    pass(k, p, k->state, k->e, false);
    for (size_t c = 0; c < d; c++) {
        unit_state(k, k->state, c);
        pass(k, p, k->state, k->column + c * k->n, true);
    }
    for (size_t r = 0; r <= d; r++)
        for (size_t c = 0; c <= r && c < d; c++) {
            const double *a = r < d ? k->column + r * k->n : k->e, *b = k->column + c * k->n;
            double sum = 0;
            for (size_t t = k->skip; t < k->n; t++) sum += a[t] * b[t];
            k->gram[r * w + c] = r < d ? sum : -sum;
        }
    solve(k->gram, d, x);
    memset(k->start, 0, (k->m + 2) * sizeof *k->start);
    k->start[0] = x[0];
    if (k->by->trend) k->start[1] = x[1];
    for (size_t c = 1 + k->by->trend; c < d; c++) {
        k->start[2 + c - 1 - k->by->trend] = x[c];
        k->start[2 + k->m - 1] -= x[c];
    }
}

/* ---- smoothing parameters ---- */

/* From the unit box, within the widest bounds of the peers: beta <= alpha, gamma <= 1 - alpha, phi .8 to .98. */
static smoothing smoothing_at(const task *k, const double *u)
{
    const double least = 1e-4, most = 1 - least;
    smoothing p = { .phi = 1 };
    p.alpha = isnan(k->fixed.alpha) ? least + *u++ * (most - least) : k->fixed.alpha;
    if (k->by->trend) p.beta = p.alpha * (isnan(k->fixed.beta) ? least + *u++ * most : k->fixed.beta);
    if (k->by->season) p.gamma = (1 - p.alpha) * (least + *u++ * most);
    if (k->by->damped) p.phi = 0.8 + *u * 0.18;
    return p;
}

static double objective(void *self, const double *u)
{
    const task *k = self;
    smoothing p = smoothing_at(k, u);
    best_start(k, p);
    memcpy(k->state, k->start, (k->m + 2) * sizeof *k->state);
    return pass(k, p, k->state, NULL, false);
}

static size_t free_count(const task *k)
{
    return (size_t)isnan(k->fixed.alpha) + (k->by->trend && isnan(k->fixed.beta)) + k->by->season + k->by->damped;
}

/* Several starts, since the peers stop at the nearest optimum. */
static smoothing search(task *k, double *sse)
{
    static const double starts[][NF_SIMPLEX_MOST] = { { .1, .1, .5, .9 }, { .5, .1, .1, .5 }, { .9, .05, .05, .9 },
                                                      { .3, .02, .8, .1 }, { .03, .02, .03, .5 } };
    nf_objective o = { objective, k, free_count(k) };
    double best[NF_SIMPLEX_MOST] = { 0 };
    *sse = INFINITY;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        double x[NF_SIMPLEX_MOST];
        memcpy(x, starts[i], sizeof x);
        double f = o.n ? nf_minimise(&o, x) : objective(k, x);
        if (!(f < *sse)) continue;
        *sse = f;
        memcpy(best, x, sizeof best);
        if (!o.n) break;
    }
    return smoothing_at(k, best);
}

/* ---- the answer ---- */

typedef struct { const nf_ets_model *by; smoothing p; double sse, loglik, aicc, variance; double *state; } fitted;

/* Parameters fixed by the user start where Holt and Winters did: at the first value, with the first difference. */
static void classical(task *k, fitted *f)
{
    double u[NF_SIMPLEX_MOST] = { 0 };
    f->p = smoothing_at(k, u);
    k->skip = k->by->trend ? 2 : 1;
    memset(f->state, 0, (k->m + 2) * sizeof *f->state);
    f->state[0] = k->z[k->skip - 1];
    if (k->by->trend) f->state[1] = k->z[1] - k->z[0];
    f->sse = pass(k, f->p, f->state, NULL, false);
}

static bool has_classical_start(const task *k)
{
    return !free_count(k) && !isnan(k->z[0]) && !isnan(k->z[k->by->trend]);
}

static bool fit_one(task *k, fitted *f)
{
    size_t par = free_count(k) + k->states + 1;
    double n = (double)k->seen, np = (double)par;
    if (n < np + 2) return false;
    f->by = k->by;
    if (has_classical_start(k)) classical(k, f);
    else {
        f->p = search(k, &f->sse);
        best_start(k, f->p);
        memcpy(f->state, k->start, (k->m + 2) * sizeof *f->state);
        f->sse = pass(k, f->p, f->state, NULL, false);
    }
    f->variance = f->sse / (n - np + 1);
    f->loglik = -n / 2 * nf_log(f->sse);
    f->aicc = -2 * f->loglik + 2 * np + 2 * np * (np + 1) / (n - np - 1);
    return true;
}

double *nf_ahead_out(nf_ctx *c, int *rc, nf_value *first, size_t horizon)
{
    if (*rc || !horizon) return NULL;
    double *block = nf_array_out(c, first, 5 * horizon);
    if (!block) *rc = NF_ENOMEM;
    for (size_t i = 0; block && i < 5; i++) first[i].a = (nf_span){ block + i * horizon, horizon };
    return block;
}

void nf_ahead_put(double *block, size_t horizon, size_t h, double mean, double sd)
{
    static const double z80 = 1.2815515655446004, z95 = 1.959963984540054;
    block[h] = mean;
    block[horizon + h] = mean - z80 * sd;
    block[2 * horizon + h] = mean + z80 * sd;
    block[3 * horizon + h] = mean - z95 * sd;
    block[4 * horizon + h] = mean + z95 * sd;
}

/* Variance h steps ahead: that of one step times 1 + the sum over j < h of c_j^2, c_j = alpha +
 * beta (phi + ... + phi^j), + gamma where j is a whole cycle. */
static void ahead(double *block, size_t horizon, const task *k, const fitted *f, double y0, double scale)
{
    double l = f->state[0], b = f->state[1], sum = 1, reach = 0, power = 1;
    for (size_t h = 0; block && h < horizon; h++) {
        b *= f->p.phi;
        l += b;
        double mean = l + f->state[2 + (k->n + h) % k->m];
        nf_ahead_put(block, horizon, h, y0 + scale * mean, scale * sqrt(f->variance * sum));
        power *= f->p.phi;
        reach += power;
        double c = f->p.alpha + f->p.beta * reach + (f->by->season && (h + 1) % k->m == 0 ? f->p.gamma : 0);
        sum += c * c;
    }
}

static void fill(nf_result *r, const fitted *f, double n, double y0, double scale)
{
    r->v[MODEL].s = f->by->name;
    r->v[LOGLIK].f = f->loglik - n * nf_log(scale);
    r->v[AICC].f = f->aicc + 2 * n * nf_log(scale);
    r->v[SSE].f = f->sse * scale * scale;
    r->v[SIGMA].f = sqrt(f->variance) * scale;
    r->v[ALPHA].f = f->p.alpha;
    if (f->by->trend) r->v[BETA].f = f->p.beta;
    if (f->by->season) r->v[GAMMA].f = f->p.gamma;
    if (f->by->damped) r->v[PHI].f = f->p.phi;
    r->v[LEVEL].f = y0 + scale * f->state[0];
    if (f->by->trend) r->v[DRIFT].f = scale * f->state[1];
}

/* Values on the grid less the first, over the power of two above the largest: the search is the same at any scale. */
static bool normalise(double *z, const nf_sample *s, double *scale)
{
    double most = 0;
    int up;
    for (size_t i = 0; i < s->rows; i++) z[i] = NAN;
    for (size_t i = 0; i < s->n; i++) {
        z[s->row[i]] = s->y[i] - s->y[0];
        most = fmax(most, fabs(z[s->row[i]]));
    }
    frexp(most, &up);
    *scale = ldexp(1, up);
    for (size_t i = 0; i < s->rows; i++) z[i] /= *scale;
    return isfinite(most) && most > 0 && *scale > 0x1p-1000 && *scale < 0x1p1000;
}

static int work_of(nf_ctx *c, task *k, size_t m)
{
    size_t d = m + 1;
    k->m = m;
    k->column = nf_scratch(c, k->n * d * sizeof *k->column);
    k->e = nf_scratch(c, (k->n + 2 * (m + 2)) * sizeof *k->e);
    k->gram = nf_scratch(c, (d + 1) * (d + 1) * sizeof *k->gram);
    if (!k->column || !k->e || !k->gram) return NF_ENOMEM;
    k->state = k->e + k->n;
    k->start = k->state + m + 2;
    return NF_OK;
}

/* The least AICc among the models there are values enough for; best->by NULL: none. */
static int choose(nf_ctx *c, fitted *best, task *k, const nf_ets_model *const *models, size_t season)
{
    for (size_t i = 0; models[i]; i++) {
        if (models[i]->season && (season < 2 || season > 400 || k->n < 2 * season)) continue;
        fitted f = { .state = nf_scratch(c, ((models[i]->season ? season : 1) + 2) * sizeof *f.state) };
        task one = *k;
        int rc = f.state ? work_of(c, &one, models[i]->season ? season : 1) : NF_ENOMEM;
        if (rc) return rc;
        one.by = models[i];
        one.states = 1 + one.by->trend + (one.by->season ? season - 1 : 0);
        if (fit_one(&one, &f) && (!best->by || f.aicc < best->aicc)) {
            *best = f;
            k->m = one.m;
        }
    }
    return NF_OK;
}

int nf_ets_fit(nf_ctx *c, nf_result *r, const nf_sample *s, const nf_ets_model *const *models, nf_ets_fixed fixed,
               int64_t horizon)
{
    double *z = nf_scratch(c, s->rows * sizeof *z), scale;
    if (!z) return NF_ENOMEM;
    if (!nf_has_grid(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    if (!normalise(z, s, &scale)) {
        r->status = s->y[0] == s->y[s->n - 1] ? NF_CONSTANT : NF_NOT_APPLICABLE;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    size_t first = s->row[0];
    task k = { .fixed = fixed, .z = z + first, .n = s->row[s->n - 1] + 1 - first, .seen = s->n };
    fitted best = { .by = NULL };
    int rc = choose(c, &best, &k, models, (size_t)nf_season_count(s));
    if (!rc && !best.by) r->status = NF_TOO_FEW;
    if (rc || !best.by) return rc;
    fill(r, &best, (double)s->n, s->y[0], scale);
    ahead(nf_ahead_out(c, &rc, &r->v[MEAN], (size_t)horizon), (size_t)horizon, &k, &best, s->y[0], scale);
    return rc;
}
