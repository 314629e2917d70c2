/* arima.c - the state space of a seasonal ARIMA model and the exact likelihood of what is observed. */
#include "arima.h"
#include "real.h"
#include <math.h>
#include <string.h>

/* ---- polynomials ---- */

/* c[0 .. n + m k) of (1 + sum a_i B^i)(1 + sum b_j B^mj) - 1, signs as given. */
static void multiply(double *c, size_t room, const double *a, size_t n, const double *b, size_t k, size_t m)
{
    memset(c, 0, room * sizeof *c);
    memcpy(c, a, n * sizeof *c);
    for (size_t j = 1; j <= k; j++) {
        c[j * m - 1] += b[j - 1];
        for (size_t i = 1; i <= n; i++) c[j * m + i - 1] += a[i - 1] * b[j - 1];
    }
}

/* poly of (1 - B)^d (1 - B^m)^D, and delta: y_t = w_t + sum delta_k y_{t-k}. */
static void differencing(double *delta, double *poly, const nf_arima_order *o)
{
    size_t past = nf_arima_lost(o), reach = 0;
    memset(poly, 0, (past + 1) * sizeof *poly);
    poly[0] = 1;
    for (size_t i = 0; i < o->d + o->D; i++) {
        size_t lag = i < o->d ? 1 : o->m;
        reach += lag;
        for (size_t k = reach; k >= lag; k--) poly[k] -= poly[k - lag];
    }
    for (size_t k = 0; k < past; k++) delta[k] = -poly[k + 1];
}

static void coefficients(nf_arima_filter *f, const nf_arima_order *o, const double *v)
{
    double minus[NF_ARIMA_MOST];
    const double *sar = v + o->p + o->q;
    for (size_t i = 0; i < o->p; i++) minus[i] = -v[i];
    for (size_t i = 0; i < o->P; i++) minus[o->p + i] = -sar[i];
    multiply(f->phi, f->r, minus, o->p, minus + o->p, o->P, o->m);
    for (size_t i = 0; i < f->r; i++) f->phi[i] = -f->phi[i];
    f->theta[0] = 1;
    multiply(f->theta + 1, f->r - 1, v + o->p, o->q, sar + o->P, o->Q, o->m);
}

/* ---- the stationary start ---- */

/* Solves the n equations in a (n x n + 1) by elimination with the largest pivots; false: singular. */
static bool eliminate(long double *a, size_t n)
{
    size_t w = n + 1;
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabsl(a[i * w + k]) > fabsl(a[best * w + k])) best = i;
        if (!(fabsl(a[best * w + k]) > 1e-15L)) return false;
        for (size_t j = k; j < w && best != k; j++) {
            long double t = a[k * w + j];
            a[k * w + j] = a[best * w + j];
            a[best * w + j] = t;
        }
        for (size_t i = k + 1; i < n; i++) {
            long double by = a[i * w + k] / a[k * w + k];
            for (size_t j = k; by != 0 && j < w; j++) a[i * w + j] -= by * a[k * w + j];
        }
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++) a[i * w + n] -= a[i * w + j] * a[j * w + n];
        a[i * w + n] /= a[i * w + i];
    }
    return true;
}

/* The first row x of the covariance C = T C T' + R R': each diagonal leads to it, so that r equations tell it. */
static bool first_row(const nf_arima_filter *f, long double *room, long double *x)
{
    size_t r = f->r, w = r + 1;
    memset(room, 0, r * w * sizeof *room);
    for (size_t j = 0; j < r; j++) {
        long double *row = room + j * w;
        row[j] += 1;
        for (size_t k = 0; j + k < r; k++) {
            row[0] -= (long double)f->phi[k] * f->phi[j + k];
            if (j + k + 1 < r) row[j + k + 1] -= f->phi[k];
            if (k + 1 < r) row[k + 1] -= f->phi[j + k];
            row[r] += (long double)f->theta[k] * f->theta[j + k];
        }
    }
    if (!eliminate(room, r)) return false;
    for (size_t j = 0; j < r; j++) x[j] = room[j * w + r];
    return x[0] >= 1 - 1e-9L && x[0] < 1e12L;      /* no stationary process varies less than its innovations */
}

static bool stationary_start(nf_arima_filter *f, long double *room)
{
    size_t r = f->r, s = f->s;
    long double *x = room + r * (r + 1);
    if (!first_row(f, room, x)) return false;
    memset(f->cov, 0, s * s * sizeof *f->cov);
    for (size_t i = r; i-- > 0;)
        for (size_t j = r; j-- > i;) {
            long double v = (long double)f->phi[i] * f->phi[j] * x[0] + (long double)f->theta[i] * f->theta[j];
            if (j + 1 < r) v += f->phi[i] * x[j + 1] + f->cov[(i + 1) * s + j + 1];
            if (i + 1 < r) v += f->phi[j] * x[i + 1];
            f->cov[i * s + j] = f->cov[j * s + i] = (double)(i ? v : x[j]);
        }
    return true;
}

/* ---- one step ---- */

/* out = T in. */
static void advance(const nf_arima_filter *f, const double *in, double *out)
{
    for (size_t i = 0; i < f->r; i++) out[i] = f->phi[i] * in[0] + (i + 1 < f->r ? in[i + 1] : 0);
    if (!f->past) return;
    double y = in[0];
    for (size_t k = 0; k < f->past; k++) y += f->delta[k] * in[f->r + k];
    out[f->r] = y;
    memcpy(out + f->r + 1, in + f->r, (f->past - 1) * sizeof *out);
}

static void add_row(double *to, double by, const double *from, size_t n)
{
    for (size_t j = 0; j < n; j++) to[j] += by * from[j];
}

/* cov = T cov T' + R R'; returns the largest change. */
static double advance_cov(nf_arima_filter *f)
{
    size_t s = f->s, r = f->r;
    double most = 0;
    for (size_t c = 0; c < s; c++) advance(f, f->cov + c * s, f->half + c * s);
    for (size_t i = 0; i < s; i++) {
        double *row = f->gain;
        memset(row, 0, s * sizeof *row);
        if (i < r) {
            if (f->phi[i] != 0) add_row(row, f->phi[i], f->half, s);
            if (i + 1 < r) add_row(row, 1, f->half + (i + 1) * s, s);
            if (f->theta[i] != 0) add_row(row, f->theta[i], f->theta, r);
        } else if (i == r) {
            add_row(row, 1, f->half, s);
            for (size_t k = 0; k < f->past; k++)
                if (f->delta[k] != 0) add_row(row, f->delta[k], f->half + (r + k) * s, s);
        } else memcpy(row, f->half + (i - 1) * s, s * sizeof *row);
        for (size_t j = 0; j < s; j++) {
            double by = fabs(row[j] - f->cov[i * s + j]);
            most = by > most ? by : most;
        }
        memcpy(f->cov + i * s, row, s * sizeof *row);
    }
    return most;
}

/* The same of cov less gain gain'/F where there is no past: then what was observed is known, and phi has nothing to
 * carry on. Returns the largest change of the first row. */
static double settle_cov(nf_arima_filter *f, const double *gain, double F)
{
    size_t r = f->r;
    double most = 0;
    for (size_t i = 0; i < r; i++) {
        double *row = f->cov + i * r, by = i + 1 < r ? gain[i + 1] / F : 0;
        for (size_t j = 0; j + 1 < r && i + 1 < r; j++)
            row[j] = row[r + j + 1] - by * gain[j + 1] + f->theta[i] * f->theta[j];
        for (size_t j = i + 1 < r ? r - 1 : 0; j < r; j++) row[j] = f->theta[i] * f->theta[j];
    }
    for (size_t j = 0; j < r; j++) most = fabs(f->cov[j] - gain[j]) > most ? fabs(f->cov[j] - gain[j]) : most;
    return most;
}

static double observed(const nf_arima_filter *f, const double *state)
{
    double y = state[0];
    for (size_t k = 0; k < f->past; k++) y += f->delta[k] * state[f->r + k];
    return y;
}

/* gain = cov Z'; its variance Z cov Z'. */
static double gain_of(nf_arima_filter *f)
{
    size_t s = f->s;
    for (size_t i = 0; i < s; i++) f->gain[i] = observed(f, f->cov + i * s);
    return observed(f, f->gain);
}

/* What a value of 1 at hole h shows of itself in the difference at step t. */
static double pulse(const nf_arima_filter *f, size_t h, size_t t)
{
    size_t now = t + f->lost;
    return h <= now && now - h <= f->lost ? f->poly[now - h] : 0;
}

/* What column c shows at step t: unknown starts 0, then holes, the constant, and the values last. */
static double shown(const nf_arima_filter *f, size_t c, size_t t)
{
    if (c < f->past) return 0;
    return c < f->unknown ? pulse(f, f->of.hole[c - f->past], t) : c < f->columns ? f->of.x[t] : f->of.y[t];
}

/* kept: the gain while steady; still: steps in a row that left it so. A change deep in the state needs r steps to
 * it. */
typedef struct { double F, product; bool steady; double *kept; size_t still; } run;

static void update(nf_arima_filter *f, run *u, size_t t)
{
    size_t s = f->s, k = f->columns + 1;
    double *error = f->next + s;
    for (size_t c = 0; c < k; c++) {
        double *state = f->state + c * s;
        error[c] = shown(f, c, t) - observed(f, state);
        add_row(state, error[c] / u->F, u->kept, s);
    }
    for (size_t c = 0; c < k; c++)
        for (size_t b = 0; b <= c; b++) f->gram[c * k + b] += (long double)error[c] * error[b] / u->F;
    u->product *= u->F;
    if (u->product > 1e100 || u->product < 1e-100) {
        f->log_F += nf_log(u->product);
        u->product = 1;
    }
    f->seen++;
}

static void one_step(nf_arima_filter *f, run *u, size_t t)
{
    size_t s = f->s;
    bool there = !isnan(f->of.y[t]);
    if (there && !u->steady) {
        u->F = gain_of(f);
        memcpy(u->kept, f->gain, s * sizeof *u->kept);
    }
    if (there) update(f, u, t);
    for (size_t c = 0; c <= f->columns; c++) {
        advance(f, f->state + c * s, f->next);
        memcpy(f->state + c * s, f->next, s * sizeof *f->next);
    }
    if (there && u->steady) return;
    if (there && !f->past) {
        u->still = settle_cov(f, u->kept, u->F) <= 1e-14 ? u->still + 1 : 0;
        u->steady = u->still > f->r;
        return;
    }
    for (size_t i = 0; there && i < s; i++) add_row(f->cov + i * s, -u->kept[i] / u->F, u->kept, s);
    u->steady = advance_cov(f) <= 1e-13 && there;
    u->still = 0;
}

/* ---- the pass ---- */

int nf_arima_filter_of(nf_ctx *c, nf_arima_filter *f, const nf_arima_order *o, bool differenced, nf_arima_data of)
{
    size_t ar = o->p + o->m * o->P, ma = o->q + o->m * o->Q, lost = nf_arima_lost(o), past = differenced ? 0 : lost;
    size_t r = ar > ma + 1 ? ar : ma + 1, s = r + past, unknown = past + of.holes, columns = unknown + (of.x != NULL);
    *f = (nf_arima_filter){ .of = of, .r = r, .past = past, .s = s, .lost = lost, .unknown = unknown,
                            .columns = columns };
    size_t room = 2 * r + 2 * lost + 1 + 2 * s * s + 3 * s + (columns + 1) * (s + 1);
    double *v = nf_scratch(c, room * sizeof *v);
    size_t wide = (columns + 1) * (columns + 1), start = r * (r + 1) + r;
    f->gram = nf_scratch(c, (wide + start) * sizeof *f->gram);
    if (!v || !f->gram) return NF_ENOMEM;
    f->phi = v;
    f->theta = f->phi + r;
    f->delta = f->theta + r;
    f->poly = f->delta + lost;
    f->cov = f->poly + lost + 1;
    f->half = f->cov + s * s;
    f->gain = f->half + s * s;
    f->state = f->gain + 2 * s;
    f->next = f->state + (columns + 1) * s;
    differencing(f->delta, f->poly, o);
    return NF_OK;
}

/* Cholesky's factor of gram, rows below the diagonal; false: singular. */
static bool factor(nf_arima_filter *f)
{
    size_t k = f->columns + 1;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            long double v = f->gram[i * k + j], own = v;
            for (size_t b = 0; b < j; b++) v -= f->gram[i * k + b] * f->gram[j * k + b];
            if (i == j && !(v > 1e-18L * own)) return false;
            f->gram[i * k + j] = i == j ? sqrtl(v) : v / f->gram[j * k + j];
        }
    return true;
}

bool nf_arima_pass(nf_arima_filter *f, const nf_arima_order *o, const double *coefficient)
{
    size_t k = f->columns + 1, s = f->s;
    run u = { .product = 1, .kept = f->gain + s };
    coefficients(f, o, coefficient);
    if (!stationary_start(f, f->gram + k * k)) return false;
    memset(f->state, 0, k * s * sizeof *f->state);
    memset(f->gram, 0, k * k * sizeof *f->gram);
    for (size_t c = 0; c < f->past; c++) f->state[c * s + f->r + c] = -1;
    f->log_F = 0;
    f->seen = 0;
    for (size_t t = 0; t < f->of.n; t++) {
        one_step(f, &u, t);
        if (f->seen && !(u.F > 0 && u.F < 1e300)) return false;
    }
    f->log_F += nf_log(u.product);
    return factor(f);
}

static double factor_end(const nf_arima_filter *f)
{
    return (double)f->gram[(f->columns + 1) * (f->columns + 1) - 1];
}

double nf_arima_squares(const nf_arima_filter *f) { return factor_end(f) * factor_end(f); }

double nf_arima_deviance(const nf_arima_filter *f)
{
    double n = (double)(f->seen - f->unknown), log_det = f->log_F;
    for (size_t c = 0; c < f->unknown; c++) log_det += 2 * nf_log((double)f->gram[c * (f->columns + 2)]);
    return nf_log(factor_end(f)) - nf_log(n) / 2 + log_det / (2 * n);
}

/* The c-th coefficient of the least squares, from the last: what the values' row says, less those behind it. */
static void solve(const nf_arima_filter *f, double *b)
{
    size_t k = f->columns + 1;
    for (size_t i = f->columns; i-- > 0;) {
        long double v = f->gram[f->columns * k + i];
        for (size_t j = i + 1; j < f->columns; j++) v -= f->gram[j * k + i] * b[j];
        b[i] = (double)(v / f->gram[i * k + i]);
    }
}

double nf_arima_constant(const nf_arima_filter *f)
{
    size_t k = f->columns + 1, i = f->columns - 1;
    return f->of.x ? (double)(f->gram[f->columns * k + i] / f->gram[i * k + i]) : NAN;
}

/* ---- ahead ---- */

/* Variance that the unknown starts leave in what column errors e show: |L^-1 e|^2. */
static double spread(const nf_arima_filter *f, const double *e)
{
    size_t k = f->columns + 1;
    double sum = 0, v[NF_ARIMA_STATES] = { 0 };
    for (size_t i = 0; i < f->unknown; i++) {
        long double left = e[i];
        for (size_t j = 0; j < i; j++) left -= f->gram[i * k + j] * v[j];
        v[i] = (double)(left / f->gram[i * k + i]);
        sum += v[i] * v[i];
    }
    return sum;
}

void nf_arima_ahead(nf_arima_filter *f, double x, double *mean, double *variance)
{
    size_t s = f->s;
    double b[NF_ARIMA_STATES + 1] = { 0 }, e[NF_ARIMA_STATES + 1] = { 0 };
    solve(f, b);
    *mean = observed(f, f->state + f->columns * s) + (f->of.x ? b[f->columns - 1] * x : 0);
    for (size_t c = 0; c < f->columns; c++) {
        e[c] = observed(f, f->state + c * s);
        *mean -= b[c] * e[c];
    }
    *variance = gain_of(f) + spread(f, e);
    for (size_t c = 0; c <= f->columns; c++) {
        advance(f, f->state + c * s, f->next);
        memcpy(f->state + c * s, f->next, s * sizeof *f->next);
    }
    advance_cov(f);
}
