/* lattice.c - the Kalman filter of the damped local linear trend, 75 or 120 parameter settings side by side.
 *
 * Only + - * / and comparisons run in the lanes, so that every instruction set gives the same bytes. */
#include "lattice.h"
#include <math.h>

#if defined __x86_64__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

enum { BLOCK = 8, NOISES = 5 };

/* phi: damping; noise: Var eps / Var eta, where the last, infinity, means Var eta = 0; slope: Var zeta / Var eta
 * (a tenth of it times Var eps at infinity). The prior of b is N(0, s2), N(0, 0.3 s2) at infinity. */
static const double noises[NOISES] = { 0, .3, 1, 3, INFINITY };
typedef struct { size_t phis, slopes; double phi[4], slope[6]; } grid;
static const grid plain = { 3, 5, { .8, .9, 1 }, { 0, .03, .1, .3, 1 } };
static const grid wide_one = { 4, 6, { .6, .8, .9, 1 }, { 0, .03, .1, .3, 1, 3 } };

static size_t points_of(const grid *g) { return g->phis * NOISES * g->slopes; }

typedef struct { double phi[BLOCK], eps[BLOCK], eta[BLOCK], zeta[BLOCK], prior[BLOCK]; } setting;

static void setting_of(setting *s, const grid *from, size_t first)
{
    for (size_t g = 0; g < BLOCK; g++) {
        size_t lane = first + g < points_of(from) ? first + g : 0;            /* the last block is filled up */
        double noise = noises[lane / from->slopes % NOISES];
        bool still = noise == INFINITY;
        s->phi[g] = from->phi[lane / (from->slopes * NOISES)];
        s->eps[g] = still ? 1 : noise;
        s->eta[g] = still ? 0 : 1;
        s->zeta[g] = from->slope[lane % from->slopes] * (still ? .1 : 1);
        s->prior[g] = still ? .3 : 1;
    }
}

/* A product of numbers >= 1 that cannot overflow: m * 2^(256 e). */
typedef struct { double m[BLOCK], e[BLOCK]; } product;

static inline void multiply(product *x, size_t g, double by)
{
    double m = x->m[g] * by;
    bool large = m > 0x1p256;
    x->m[g] = large ? m * 0x1p-256 : m;
    x->e[g] += large ? 1 : 0;
}

/* Level l, slope b, their covariance (ll lb; lb bb), sum of squared standardised errors, product of the variances of
 * those errors over the scale: each is at least 1, for either eps or eta is. */
typedef struct { double l[BLOCK], b[BLOCK], ll[BLOCK], lb[BLOCK], bb[BLOCK], sum[BLOCK]; product det; } state;

EVERY_CPU static void advance(state *restrict x, const setting *restrict s, int64_t steps)
{
    for (int64_t i = 0; i < steps; i++)
        for (size_t g = 0; g < BLOCK; g++) {
            double f = s->phi[g], flb = f * x->lb[g], ffbb = f * f * x->bb[g];
            x->l[g] += f * x->b[g];
            x->b[g] *= f;
            x->ll[g] = x->ll[g] + 2 * flb + ffbb + s->eta[g];
            x->lb[g] = flb + ffbb;
            x->bb[g] = ffbb + s->zeta[g];
        }
}

EVERY_CPU static void observe(state *restrict x, const setting *restrict s, double y)
{
    for (size_t g = 0; g < BLOCK; g++) {
        double var = x->ll[g] + s->eps[g], inverse = 1 / var, error = y - x->l[g];
        double gain_l = x->ll[g] * inverse, gain_b = x->lb[g] * inverse;
        x->sum[g] += error * error * inverse;
        multiply(&x->det, g, var);
        x->l[g] += gain_l * error;
        x->b[g] += gain_b * error;
        x->bb[g] -= gain_b * x->lb[g];
        x->lb[g] -= gain_b * x->ll[g];
        x->ll[g] -= gain_l * x->ll[g];
    }
}

/* Figures as differences from the first, times a power of two. */
static void place(nf_mixture *m, const double *y, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fabs(y[i]) > most ? fabs(y[i]) : most;
    m->unit = 1;
    while (most * m->unit > 0x1p300) m->unit *= 0x1p-300;
    while (most > 0 && most * m->unit < 0x1p-300) m->unit *= 0x1p300;
    m->origin = y[0] * m->unit;
}

static state filter(const nf_mixture *m, const setting *s, const double *y, const int64_t *gap, size_t n,
                    int64_t horizon)
{
    state x = { 0 };
    for (size_t g = 0; g < BLOCK; g++) {
        x.ll[g] = s->eps[g];
        x.bb[g] = s->prior[g];
        x.det.m[g] = 1;
    }
    for (size_t i = 1; i < n; i++) {
        advance(&x, s, gap[i]);
        observe(&x, s, y[i] * m->unit - m->origin);
    }
    advance(&x, s, horizon);
    return x;
}

/* ---- weights: exp(-1/2 sum log F - 1/2 (n - 1) log s2) = (product of F and of n - 1 times s2)^(-1/2) ----
 * Without a logarithm or an exponential. Taken against the least s2, no factor is below 1. */

EVERY_CPU static void raise(product *restrict x, const double *restrict ratio, int times)
{
    for (int i = 0; i < times; i++)
        for (size_t g = 0; g < BLOCK; g++) multiply(x, g, ratio[g]);
}

typedef struct { double sum[NF_LANES]; product det[NF_LANES / BLOCK]; } evidence;

/* Lanes whose weight is below this part of the best one's are left out. */
static const double negligible = 1e-7;

static void weigh(nf_mixture *m, evidence *v, size_t points, double least)
{
    double best_m = INFINITY, best_e = INFINITY, total = 0;
    size_t kept = 0;
    for (size_t block = 0; block * BLOCK < points; block++) {
        double ratio[BLOCK];
        for (size_t g = 0; g < BLOCK; g++) ratio[g] = fmin(v->sum[block * BLOCK + g] / least, 0x1p500);
        raise(&v->det[block], ratio, m->dof);
        for (size_t g = 0; g < BLOCK; g++) {
            double mant = v->det[block].m[g], e = v->det[block].e[g];
            if (e > best_e || (e == best_e && mant >= best_m)) continue;
            best_m = mant;
            best_e = e;
        }
    }
    for (size_t g = 0; g < points; g++) {
        const product *x = &v->det[g / BLOCK];
        double behind = x->e[g % BLOCK] - best_e, w = sqrt(best_m / x->m[g % BLOCK]);
        w *= behind == 0 ? 1 : behind == 1 ? 0x1p-128 : 0;
        if (w < negligible) continue;
        m->mu[kept] = m->mu[g];
        m->sd[kept] = m->sd[g];
        m->w[kept++] = w;
        total += w;
    }
    for (size_t g = 0; g < kept; g++) m->w[g] /= total;
    for (; kept % BLOCK; kept++) {
        m->mu[kept] = m->mu[0];
        m->sd[kept] = m->sd[0];
        m->w[kept] = 0;
    }
    m->n = kept;
}

bool nf_lattice_predict(nf_mixture *m, bool wide, const double *y, const int64_t *gap, size_t n, int64_t horizon)
{
    evidence v;
    const grid *from = wide ? &wide_one : &plain;
    double least = INFINITY;
    m->dof = (int)(n - 1);
    place(m, y, n);
    for (size_t block = 0; block * BLOCK < points_of(from); block++) {
        setting s;
        setting_of(&s, from, block * BLOCK);
        state x = filter(m, &s, y, gap, n, horizon);
        v.det[block] = x.det;
        for (size_t g = 0; g < BLOCK; g++) {
            size_t lane = block * BLOCK + g;
            v.sum[lane] = x.sum[g];
            least = fmin(least, x.sum[g]);
            m->mu[lane] = x.l[g];
            m->sd[lane] = sqrt(x.sum[g] / m->dof * (x.ll[g] + s.eps[g]));
        }
    }
    if (!(least > 0)) return false;
    weigh(m, &v, points_of(from), least);
    return true;
}
