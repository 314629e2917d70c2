/* ets.c - exponential smoothing: the model of the least AICc, its states and its forecast. */
#include "ets.h"
#include "real.h"
#include <math.h>
#include <string.h>

const nf_field nf_ets_fields[] = { NF_ETS_FIELDS(NF_ONE, NF_OF_Y, NF_OF_DY, NF_OF_DY2), { 0 } };

const nf_ets_model nf_ets_models[NF_ETS_MODELS] = {
    [NF_ETS_ANN]  = { "ETS(A,N,N)", false, false, false, NF_NO_SEASON },
    [NF_ETS_AAN]  = { "ETS(A,A,N)", false, true, false, NF_NO_SEASON },
    [NF_ETS_AADN] = { "ETS(A,Ad,N)", false, true, true, NF_NO_SEASON },
    [NF_ETS_ANA]  = { "ETS(A,N,A)", false, false, false, NF_ADDED_SEASON },
    [NF_ETS_AAA]  = { "ETS(A,A,A)", false, true, false, NF_ADDED_SEASON },
    [NF_ETS_AADA] = { "ETS(A,Ad,A)", false, true, true, NF_ADDED_SEASON },
    [NF_ETS_MNN]  = { "ETS(M,N,N)", true, false, false, NF_NO_SEASON },
    [NF_ETS_MAN]  = { "ETS(M,A,N)", true, true, false, NF_NO_SEASON },
    [NF_ETS_MADN] = { "ETS(M,Ad,N)", true, true, true, NF_NO_SEASON },
    [NF_ETS_MNA]  = { "ETS(M,N,A)", true, false, false, NF_ADDED_SEASON },
    [NF_ETS_MAA]  = { "ETS(M,A,A)", true, true, false, NF_ADDED_SEASON },
    [NF_ETS_MADA] = { "ETS(M,Ad,A)", true, true, true, NF_ADDED_SEASON },
    [NF_ETS_MNM]  = { "ETS(M,N,M)", true, false, false, NF_TIMES_SEASON },
    [NF_ETS_MAM]  = { "ETS(M,A,M)", true, true, false, NF_TIMES_SEASON },
    [NF_ETS_MADM] = { "ETS(M,Ad,M)", true, true, true, NF_TIMES_SEASON },
};

/* A model fitted to z; y = offset + scale z. */
typedef struct {
    nf_ets_task task; nf_smoothing p; nf_ets_sums sum;
    double loglik, aicc, variance, offset, scale;
} fitted;

/* ---- one model ---- */

/* Parameters fixed by the user start where Holt and Winters did: at the first value, with the first difference. */
static nf_ets_sums classical(nf_ets_task *k, const double *x)
{
    k->skip = k->by->trend ? 2 : 1;
    memset(k->state, 0, (k->m + 2) * sizeof *k->state);
    k->state[0] = k->z[k->skip - 1];
    if (k->by->trend) k->state[1] = k->z[1] - k->z[0];
    return nf_ets_pass(k, x, false, false);
}

static bool has_classical_start(const nf_ets_task *k)
{
    return !k->smooth && !isnan(k->z[0]) && !isnan(k->z[k->by->trend]);
}

/* False where there are too few values for AICc, or no parameters keep the model in its range. */
static bool fit_one(fitted *f)
{
    nf_ets_task *k = &f->task;
    double x[NF_ETS_PARAMETERS] = { 0 }, n = (double)k->seen, np = (double)k->width + 1;
    if (n < np + 2) return false;
    if (has_classical_start(k)) f->sum = classical(k, x);
    else {
        nf_ets_search(k, x);
        f->sum = nf_ets_pass(k, x, true, false);
    }
    if (!isfinite(f->sum.objective)) return false;
    f->p = nf_ets_smoothing(k, x);
    f->variance = f->sum.squares / (n - np + 1);
    f->loglik = -n / 2 * nf_log(f->sum.objective) - n * nf_log(f->scale);
    f->aicc = -2 * f->loglik + 2 * np + 2 * np * (np + 1) / (n - np - 1);
    return true;
}

/* ---- steps ahead ---- */

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

/* What an error does to the mean j steps on, of Hyndman and others (2008), 6.3: c_j = alpha + beta (phi + ... + phi^j),
 * + gamma where a season that adds has come round; c_0 = 1. */
static void weights_ahead(double *weight, size_t horizon, const fitted *f)
{
    double reach = 0, power = 1;
    weight[0] = 1;
    for (size_t j = 1; j < horizon; j++) {
        reach += power *= f->p.phi;
        bool round = f->task.by->season == NF_ADDED_SEASON && j % f->task.m == 0;
        weight[j] = f->p.alpha + f->p.beta * reach + (round ? f->p.gamma : 0);
    }
}

/* Mean and variance h + 1 steps ahead of relative errors (their class 2), path: what the mean would be without errors:
 * (1 + sigma^2) theta_h - mean_h^2, theta_h = mean_h^2 + sigma^2 sum of c_j^2 theta_{h-j}. An error that a season which
 * multiplies has kept adds gamma path_h to c_j path_{h-j} (class 3, to the order of sigma^2). */
typedef struct { double mean, var; } moments;
static moments relative_ahead(const double *weight, const double *path, double *theta, size_t h, const fitted *f)
{
    double s2 = f->variance, sum = 0, lift = 0;
    for (size_t j = 1; j <= h; j++) {
        bool round = f->task.by->season == NF_TIMES_SEASON && j % f->task.m == 0;
        double g = round ? f->p.gamma : 0, moved = weight[j] * path[h - j];
        sum += weight[j] * weight[j] * theta[h - j] + g * path[h] * (2 * moved + g * path[h]);
        lift += g * s2 * moved;
    }
    double mean = path[h] + lift;
    theta[h] = mean * mean + s2 * sum;
    return (moments){ mean, (1 + s2) * theta[h] - mean * mean };
}

/* Additive errors (class 1): the variance is sigma^2 times the sum of c_j^2. room: 3 horizon. */
static void ahead(double *block, double *room, size_t horizon, const fitted *f)
{
    const nf_ets_task *k = &f->task;
    double l = k->state[0], b = k->state[1], sum = 0, *weight = room, *path = room + horizon, *theta = path + horizon;
    bool times = k->by->season == NF_TIMES_SEASON;
    weights_ahead(weight, horizon, f);
    for (size_t h = 0; h < horizon; h++) {
        double s = k->state[2 + (k->n + h) % k->m], by = times ? s * f->scale : f->scale;
        b *= f->p.phi;
        l += b;
        path[h] = times ? l : l + s;
        sum += weight[h] * weight[h];
        moments m = { path[h], f->variance * sum };
        if (k->by->relative) m = relative_ahead(weight, path, theta, h, f);
        nf_ahead_put(block, horizon, h, f->offset + by * m.mean, fabs(by) * sqrt(fmax(m.var, 0)));
    }
}

/* ---- the answer ---- */

static int fill(nf_ctx *c, nf_result *r, const fitted *f, size_t horizon)
{
    const nf_ets_model *by = f->task.by;
    r->v[NF_ETS_MODEL].s = by->name;
    r->v[NF_ETS_LOGLIK].f = f->loglik;
    r->v[NF_ETS_AICC].f = f->aicc;
    r->v[NF_ETS_SSE].f = f->sum.sse * f->scale * f->scale;
    r->v[NF_ETS_SIGMA].f = sqrt(f->variance) * (by->relative ? 1 : f->scale);
    r->v[NF_ETS_ALPHA].f = f->p.alpha;
    if (by->trend) r->v[NF_ETS_BETA].f = f->p.beta;
    if (by->season != NF_NO_SEASON) r->v[NF_ETS_GAMMA].f = f->p.gamma;
    if (by->damped) r->v[NF_ETS_PHI].f = f->p.phi;
    r->v[NF_ETS_LEVEL].f = f->offset + f->scale * f->task.state[0];
    if (by->trend) r->v[NF_ETS_DRIFT].f = f->scale * f->task.state[1];
    int rc = NF_OK;
    double *block = nf_ahead_out(c, &rc, &r->v[NF_ETS_MEAN], horizon);
    double *room = block ? nf_scratch(c, 3 * horizon * sizeof *room) : NULL;
    if (room) ahead(block, room, horizon, f);
    return rc || !block || room ? rc : NF_ENOMEM;
}

/* Values on the grid less the offset, over the power of two above the largest: the search is the same at any scale. */
static bool normalise(double *z, const nf_sample *s, double offset, double *scale)
{
    double most = 0;
    int up;
    for (size_t i = 0; i < s->rows; i++) z[i] = NAN;
    for (size_t i = 0; i < s->n; i++) {
        z[s->row[i]] = s->y[i] - offset;
        most = fmax(most, fabs(z[s->row[i]]));
    }
    frexp(most, &up);
    *scale = ldexp(1, up);
    for (size_t i = 0; i < s->rows; i++) z[i] /= *scale;
    return isfinite(most) && most > 0 && *scale > 0x1p-1000 && *scale < 0x1p1000;
}

static bool is_positive(const nf_sample *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!(s->y[i] > 0)) return false;
    return true;
}

/* Additive models see the values less the first: an offset of 1e15 leaves them their digits. Multiplicative ones see
 * the values, all above zero. */
static bool is_for(const nf_ets_model *m, const nf_sample *s, size_t season)
{
    bool seasons = season >= 2 && season <= NF_ETS_SEASON_MOST && s->rows >= 2 * season;
    return (!m->relative || is_positive(s)) && (m->season == NF_NO_SEASON || seasons);
}

/* The least AICc among the models there are values enough for; best->task.by NULL: none. */
static int choose(nf_ctx *c, fitted *best, const nf_sample *s, double *z[2], const double scale[2], int from, int to,
                  nf_ets_fixed fixed)
{
    size_t first = s->row[0], season = (size_t)nf_season_count(s);
    for (int i = from; i < to; i++) {
        const nf_ets_model *m = &nf_ets_models[i];
        if (!is_for(m, s, season)) continue;
        fitted f = { .task = { .by = m, .fixed = fixed, .z = z[m->relative] + first, .n = s->row[s->n - 1] + 1 - first,
                               .seen = s->n },
                     .offset = m->relative ? 0 : s->y[0], .scale = scale[m->relative] };
        int rc = nf_ets_room(c, &f.task, season);
        if (rc) return rc;
        if (fit_one(&f) && (!best->task.by || f.aicc < best->aicc)) *best = f;
    }
    return NF_OK;
}

int nf_ets_fit(nf_ctx *c, nf_result *r, const nf_sample *s, int from, int to, nf_ets_fixed fixed, int64_t horizon)
{
    double *z[2] = { nf_scratch(c, 2 * s->rows * sizeof **z) }, scale[2];
    if (!z[0]) return NF_ENOMEM;
    z[1] = z[0] + s->rows;
    if (!nf_has_grid(s)) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    if (!normalise(z[0], s, s->y[0], &scale[0]) || !normalise(z[1], s, 0, &scale[1])) {
        r->status = s->y[0] == s->y[s->n - 1] ? NF_CONSTANT : NF_NOT_APPLICABLE;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    fitted best = { .task.by = NULL };
    int rc = choose(c, &best, s, z, scale, from, to, fixed);
    bool none = to - from == 1 && !is_for(&nf_ets_models[from], s, (size_t)nf_season_count(s));
    if (!rc && !best.task.by) r->status = none ? NF_NOT_APPLICABLE : NF_TOO_FEW;
    return rc || !best.task.by ? rc : fill(c, r, &best, (size_t)horizon);
}
