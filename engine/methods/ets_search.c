/* ets_search.c - the recursion of exponential smoothing with derivatives, and the search for the best parameters. */
#include "ets.h"
#include "real.h"
#include <math.h>
#include <string.h>

/* ---- parameters ---- */

static size_t smoothing_count(const nf_ets_task *k)
{
    bool beta = k->by->trend && isnan(k->fixed.beta), gamma = k->by->season != NF_NO_SEASON;
    return (size_t)isnan(k->fixed.alpha) + beta + gamma + k->by->damped;
}

/* From the unit box, within the widest bounds of the peers: beta <= alpha, gamma <= 1 - alpha, phi .8 to .98.
 * by[4 w]: derivatives of alpha, beta, gamma and phi, or NULL. */
static nf_smoothing smoothing_at(const nf_ets_task *k, const double *x, double *by)
{
    const double least = 1e-4, most = 1 - least;
    size_t w = k->width, c = 0;
    double *da = by, *db = by + w, *dg = by + 2 * w, *dp = by + 3 * w, share;
    nf_smoothing p = { .alpha = k->fixed.alpha, .phi = 1 };
    bool free_alpha = isnan(p.alpha);
    if (by) memset(by, 0, 4 * w * sizeof *by);
    if (free_alpha) p.alpha = least + x[c++] * (most - least);
    if (by && free_alpha) da[0] = most - least;
    if (k->by->trend) {
        bool given = !isnan(k->fixed.beta);
        share = given ? k->fixed.beta : least + x[c] * most;
        p.beta = p.alpha * share;
        if (by && free_alpha) db[0] = da[0] * share;
        if (by && !given) db[c] = p.alpha * most;
        c += !given;
    }
    if (k->by->season != NF_NO_SEASON) {
        share = least + x[c] * most;
        p.gamma = (1 - p.alpha) * share;
        if (by && free_alpha) dg[0] = -da[0] * share;
        if (by) dg[c] = (1 - p.alpha) * most;
        c++;
    }
    if (k->by->damped) {
        p.phi = 0.8 + x[c] * 0.18;
        if (by) dp[c] = 0.18;
    }
    return p;
}

nf_smoothing nf_ets_smoothing(const nf_ets_task *k, const double *x) { return smoothing_at(k, x, NULL); }

static bool has_times(const nf_ets_task *k) { return k->by->season == NF_TIMES_SEASON; }

/* States at the start: the seasonal ones sum to 0, or to m where they multiply. */
static void states_from(const nf_ets_task *k, const double *x)
{
    double *s = k->state + 2, rest = has_times(k) ? (double)k->m : 0;
    k->state[0] = x[k->smooth];
    k->state[1] = k->by->trend ? x[k->smooth + 1] : 0;
    x += k->smooth + 1 + k->by->trend;
    for (size_t i = 0; i + 1 < k->m; i++) rest -= s[i] = x[i];
    s[k->m - 1] = rest;
}

/* ---- one pass ---- */

/* Derivatives by every parameter, w numbers each: of level, trend, the m seasonal states, the smoothing parameters,
 * the mean, and of the sum of log means. */
typedef struct { double *l, *b, *s, *alpha, *beta, *gamma, *phi, *mean, *logs; } slopes;

static slopes slopes_from(const nf_ets_task *k)
{
    size_t w = k->width, first = k->smooth + 1 + k->by->trend;
    double *a = k->along, *s = a + 8 * w;
    memset(a, 0, (8 + k->m) * w * sizeof *a);
    a[k->smooth] = 1;
    if (k->by->trend) a[w + k->smooth + 1] = 1;
    for (size_t i = 0; i + 1 < k->m; i++) s[i * w + first + i] = 1, s[(k->m - 1) * w + first + i] = -1;
    return (slopes){ a, a + w, s, a + 2 * w, a + 3 * w, a + 4 * w, a + 5 * w, a + 6 * w, a + 7 * w };
}

/* What one step does to the derivatives; a: error, base: level and trend, s: the season's state before the step. */
static void carry(const slopes *d, size_t w, size_t at, nf_smoothing p, double b, double base, double s, double a,
                  bool times, bool there)
{
    double over_s = times ? 1 / s : 1, over_base = times ? 1 / base : 1, ql = a * over_s, qs = a * over_base;
    double *ds = d->s + at * w;
    for (size_t c = 0; c < w; c++) {
        double dbase = d->l[c] + p.phi * d->b[c] + d->phi[c] * b;
        double dmean = times ? dbase * s + base * ds[c] : dbase + ds[c], da = there ? -dmean : 0;
        double dql = times ? (da - ql * ds[c]) * over_s : da, dqs = times ? (da - qs * dbase) * over_base : da;
        d->mean[c] = dmean;
        d->l[c] = dbase + d->alpha[c] * ql + p.alpha * dql;
        d->b[c] = d->phi[c] * b + p.phi * d->b[c] + d->beta[c] * ql + p.beta * dql;
        ds[c] += d->gamma[c] * qs + p.gamma * dqs;
    }
}

/* An error e with derivatives by * d->mean into the normal equations, d->mean over the mean into the logs. */
static void gather(const nf_ets_task *k, const slopes *d, double e, double by, double over_mean)
{
    size_t w = k->width;
    for (size_t r = 0; r < w; r++) {
        double v = by * d->mean[r], *row = k->gram + r * w;
        k->slope[r] += e * v;
        d->logs[r] += d->mean[r] * over_mean;
        for (size_t c = 0; c <= r; c++) row[c] += v * (by * d->mean[c]);
    }
}

/* Relative errors stand times G, the geometric mean of the means: (G e)' = G (e' + e mean(log mean)'). */
static void scale_gathered(const nf_ets_task *k, const slopes *d, double g2, double squares)
{
    size_t w = k->width;
    double n = (double)k->seen;
    for (size_t r = 0; r < w; r++)
        for (size_t c = 0; c <= r; c++)
            k->gram[r * w + c] = g2 * (k->gram[r * w + c] + (k->slope[r] * d->logs[c] + k->slope[c] * d->logs[r]) / n +
                                       squares * d->logs[r] * d->logs[c] / (n * n));
    for (size_t r = 0; r < w; r++) k->slope[r] = g2 * (k->slope[r] + squares * d->logs[r] / n);
}

/* The product of many numbers as a mantissa and an exponent. */
typedef struct { double mantissa; int exponent; } product;
static void times_by(product *p, double v)
{
    int up;
    p->mantissa = frexp(p->mantissa * v, &up);
    p->exponent += up;
}

static double log_of(product p) { return nf_log(p.mantissa) + p.exponent * 0.69314718055994531; }

nf_ets_sums nf_ets_pass(const nf_ets_task *k, const double *x, bool from_x, bool derivatives)
{
    static const nf_ets_sums out_of_range = { INFINITY, INFINITY, INFINITY };
    slopes d = { 0 };
    if (from_x) states_from(k, x);
    if (derivatives) {
        d = slopes_from(k);
        memset(k->gram, 0, k->width * k->width * sizeof *k->gram);
        memset(k->slope, 0, k->width * sizeof *k->slope);
    }
    nf_smoothing p = smoothing_at(k, x, d.alpha);
    nf_ets_sums sum = { 0 };
    product means = { 1, 0 };
    bool relative = k->by->relative, times = has_times(k);
    double l = k->state[0], b = k->state[1], *s = k->state + 2;
    size_t at = k->skip % k->m;
    for (size_t t = k->skip; t < k->n; t++, at = at + 1 == k->m ? 0 : at + 1) {
        double base = l + p.phi * b, mean = times ? base * s[at] : base + s[at];
        bool there = !isnan(k->z[t]);
        if ((relative && !(mean > 0)) || (times && !(base > 0 && s[at] > 0))) return out_of_range;
        double a = there ? k->z[t] - mean : 0, e = relative ? a / mean : a;
        double ql = times ? a / s[at] : a, qs = times ? a / base : a;
        if (derivatives) carry(&d, k->width, at, p, b, base, s[at], a, times, there);
        if (derivatives && there) gather(k, &d, e, relative ? -k->z[t] / (mean * mean) : -1, relative ? 1 / mean : 0);
        if (relative && there) times_by(&means, mean);
        sum.squares += e * e;
        sum.sse += a * a;
        l = base + p.alpha * ql;
        b = p.phi * b + p.beta * ql;
        s[at] += p.gamma * qs;
    }
    k->state[0] = l;
    k->state[1] = b;
    double g2 = relative ? nf_exp(2 * log_of(means) / (double)k->seen) : 1;
    if (derivatives && relative) scale_gathered(k, &d, g2, sum.squares);
    sum.objective = g2 * sum.squares;
    if (!isfinite(sum.objective)) sum.objective = INFINITY;
    return sum;
}

/* ---- Levenberg and Marquardt's descent within the box ---- */

/* step = -(gram + damping diag) \ slope over the parameters that may move, by Cholesky; a parameter that the data
 * cannot tell stays. */
static void solve(const nf_ets_task *k, const bool *still, double damping, double *step)
{
    size_t w = k->width;
    long double *f = k->factor;
    for (size_t i = 0; i < w; i++) {
        long double *row = f + i * w, own = still[i] ? 0 : k->gram[i * w + i] * (1 + (long double)damping);
        long double least = 1e-13L * own;
        for (size_t j = 0; j < i; j++) {
            long double v = still[i] || still[j] ? 0 : k->gram[i * w + j];
            for (size_t q = 0; q < j; q++) v -= row[q] * f[j * w + q];
            row[j] = f[j * w + j] > 0 ? v / f[j * w + j] : 0;
            own -= row[j] * row[j];
        }
        row[i] = own > least ? sqrtl(own) : 0;
    }
    for (size_t i = 0; i < w; i++) {
        long double v = -k->slope[i];
        for (size_t j = 0; j < i; j++) v -= f[i * w + j] * step[j];
        step[i] = f[i * w + i] > 0 ? (double)(v / f[i * w + i]) : 0;
    }
    for (size_t i = w; i-- > 0;) {
        long double v = step[i];
        for (size_t j = i + 1; j < w; j++) v -= f[j * w + i] * step[j];
        step[i] = f[i * w + i] > 0 ? (double)(v / f[i * w + i]) : 0;
    }
}

/* Parameters that stay: the first `held`, and those at a bound that the slope pushes against. */
static void find_still(const nf_ets_task *k, const double *x, size_t held, bool *still)
{
    for (size_t c = 0; c < k->width; c++)
        still[c] = c < held || (c < k->smooth && ((x[c] <= 0 && k->slope[c] > 0) || (x[c] >= 1 && k->slope[c] < 0)));
}

/* The first `held` parameters stay; at most `most` steps. Returns the objective reached. */
static double descend(const nf_ets_task *k, double *x, size_t held, int most)
{
    double best = nf_ets_pass(k, x, true, true).objective, damping = 1e-3;
    double step[NF_ETS_PARAMETERS] = { 0 }, next[NF_ETS_PARAMETERS] = { 0 };
    bool still[NF_ETS_PARAMETERS];
    for (int i = 0, small = 0; i < most && small < 3 && best > 0 && damping < 1e9; i++) {
        find_still(k, x, held, still);
        solve(k, still, damping, step);
        for (size_t c = 0; c < k->width; c++) {
            next[c] = x[c] + step[c];
            if (c < k->smooth) next[c] = next[c] < 0 ? 0 : next[c] > 1 ? 1 : next[c];
        }
        double now = nf_ets_pass(k, next, true, false).objective;
        if (!(now < best)) {
            small += now <= best * (1 + 1e-12);
            damping *= 6;
            continue;
        }
        small = best - now < 1e-10 * best ? small + 1 : 0;
        damping = fmax(damping / 10, 1e-12);
        memcpy(x, next, k->width * sizeof *x);
        best = nf_ets_pass(k, x, true, true).objective;
    }
    return best;
}

/* Level of the first cycle or so, no trend, no season. */
static void start_states(const nf_ets_task *k, double *x)
{
    double sum = 0, m = 0;
    for (size_t t = 0; t < k->n && (t < k->m || m < 4); t++)
        if (!isnan(k->z[t])) {
            sum += k->z[t];
            m++;
        }
    for (size_t c = k->smooth; c < k->width; c++) x[c] = c > k->smooth + k->by->trend && has_times(k);
    x[k->smooth] = sum / m;
}

/* First near the corners, where many optima lie, the quietest first; then evenly in the box: multiples of irrational
 * numbers (Roberts' sequence), squared, since slow smoothing is the rule. */
static void start_smoothing(double *x, size_t i)
{
    static const double step[] = { 0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101 };
    for (size_t c = 0; c < 4; c++) {
        double even = 0.5 + step[c] * (double)i;
        even -= floor(even);
        x[c] = c == 3 ? even : i >= 8 ? even * even : i >> c & 1 ? 0.95 : 0;
    }
}

/* On the way to the same optimum: smoothing parameters within a hundredth. */
static bool go_together(const nf_ets_task *k, const double *a, const double *b)
{
    size_t c = 0;
    while (c < k->smooth && fabs(a[c] - b[c]) < 0.01) c++;
    return c == k->smooth;
}

/* Many starts go a few steps, the best of them all the way, one of each that go together: the peers stop at the nearest
 * optimum. */
void nf_ets_search(const nf_ets_task *k, double *best)
{
    enum { MANY = 24, FEW = 5, TO_STATES = 4, SHORT = 8, LONG = 200 };
    double x[MANY][NF_ETS_PARAMETERS] = { { 0 } }, f[MANY], least = INFINITY;
    size_t starts = k->smooth ? MANY : 1, first = 0;
    for (size_t i = 0; i < starts; i++) {
        start_smoothing(x[i], i);
        start_states(k, x[i]);
        descend(k, x[i], k->smooth, TO_STATES);
        f[i] = descend(k, x[i], 0, SHORT);
    }
    for (size_t go = 0; go < FEW && go < starts; go++) {
        for (size_t i = 0; i < starts; i++)
            if (f[i] < f[first]) first = i;
        for (size_t i = 0; i < starts; i++)
            if (i != first && go_together(k, x[i], x[first])) f[i] = INFINITY;
        double reached = isfinite(f[first]) || !go ? descend(k, x[first], 0, LONG) : INFINITY;
        f[first] = INFINITY;
        if (!(reached < least) && go) continue;
        least = reached;
        memcpy(best, x[first], k->width * sizeof *best);
    }
}

int nf_ets_room(nf_ctx *c, nf_ets_task *k, size_t season)
{
    k->m = k->by->season == NF_NO_SEASON ? 1 : season;
    k->smooth = smoothing_count(k);
    k->width = k->smooth + 1 + k->by->trend + k->m - 1;
    k->state = nf_scratch(c, (k->m + 2 + (8 + k->m) * k->width + k->width * (k->width + 1)) * sizeof *k->state);
    k->factor = nf_scratch(c, k->width * k->width * sizeof *k->factor);
    if (!k->state || !k->factor) return NF_ENOMEM;
    k->along = k->state + k->m + 2;
    k->gram = k->along + (8 + k->m) * k->width;
    k->slope = k->gram + k->width * k->width;
    return NF_OK;
}
