/* lattice.c - the Kalman filter of the damped local linear trend, 75 parameter settings side by side.
 *
 * Only + - * / and comparisons run in the lanes, so that every instruction set gives the same bytes. */
#include "lattice.h"
#include "real.h"
#include <math.h>

#if defined __x86_64__ && !defined __SANITIZE_ADDRESS__
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

enum { BLOCK = 8, PHIS = 3, NOISES = 5, SLOPES = 5, POINTS = PHIS * NOISES * SLOPES, FLUSH = 16 };

/* phi: damping; noise: Var eps / Var eta, where the last, infinity, means Var eta = 0; slope: Var zeta / Var eta
 * (a tenth of it times Var eps at infinity). The prior of b is N(0, s2), N(0, 0.3 s2) at infinity. */
static const double phis[PHIS] = { .8, .9, 1 };
static const double noises[NOISES] = { 0, .3, 1, 3, INFINITY };
static const double slopes[SLOPES] = { 0, .03, .1, .3, 1 };

typedef struct { double phi[BLOCK], eps[BLOCK], eta[BLOCK], zeta[BLOCK], prior[BLOCK]; } setting;
typedef struct { double level[BLOCK], var[BLOCK], sum[BLOCK], logdet[BLOCK]; } answer;

static void setting_of(setting *s, size_t first)
{
    for (size_t g = 0; g < BLOCK; g++) {
        size_t lane = first + g < POINTS ? first + g : 0;              /* the last block is filled up */
        double noise = noises[lane / SLOPES % NOISES];
        bool still = noise == INFINITY;
        s->phi[g] = phis[lane / (SLOPES * NOISES)];
        s->eps[g] = still ? 1 : noise;
        s->eta[g] = still ? 0 : 1;
        s->zeta[g] = slopes[lane % SLOPES] * (still ? .1 : 1);
        s->prior[g] = still ? .3 : 1;
    }
}

/* Level l, slope b, their covariance (ll lb; lb bb), sum of squared standardised errors, running product of the
 * error variances (its logarithm is taken before it can overflow). */
typedef struct { double l[BLOCK], b[BLOCK], ll[BLOCK], lb[BLOCK], bb[BLOCK], sum[BLOCK], product[BLOCK]; } state;

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
        x->product[g] *= var;
        x->l[g] += gain_l * error;
        x->b[g] += gain_b * error;
        x->bb[g] -= gain_b * x->lb[g];
        x->lb[g] -= gain_b * x->ll[g];
        x->ll[g] -= gain_l * x->ll[g];
    }
}

static void flush(answer *a, state *x)
{
    for (size_t g = 0; g < BLOCK; g++) {
        a->logdet[g] += nf_log(x->product[g]);
        x->product[g] = 1;
    }
}

static void filter(answer *a, const setting *s, const double *y, const int64_t *gap, size_t n, int64_t horizon)
{
    state x = { 0 };
    *a = (answer){ 0 };
    for (size_t g = 0; g < BLOCK; g++) {
        x.l[g] = y[0];
        x.ll[g] = s->eps[g];
        x.bb[g] = s->prior[g];
        x.product[g] = 1;
    }
    for (size_t i = 1; i < n; i++) {
        advance(&x, s, gap[i]);
        observe(&x, s, y[i]);
        if (i % FLUSH == 0 || i == n - 1) flush(a, &x);
    }
    advance(&x, s, horizon);
    for (size_t g = 0; g < BLOCK; g++) {
        a->level[g] = x.l[g];
        a->var[g] = x.ll[g] + s->eps[g];
        a->sum[g] = x.sum[g];
    }
}

/* Lanes whose weight is below this part of the best one's are left out. */
static const double negligible = 1e-7;

static void weigh(nf_mixture *m, const double *loglik)
{
    double best = -INFINITY, total = 0;
    size_t kept = 0;
    for (size_t g = 0; g < POINTS; g++) best = loglik[g] > best ? loglik[g] : best;
    for (size_t g = 0; g < POINTS; g++) {
        double w = loglik[g] - best < -17 ? 0 : nf_exp(loglik[g] - best);
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

bool nf_lattice_predict(nf_mixture *m, const double *y, const int64_t *gap, size_t n, int64_t horizon)
{
    double loglik[NF_LANES];
    m->dof = (int)(n - 1);
    for (size_t first = 0; first < NF_LANES; first += BLOCK) {
        setting s;
        answer a;
        setting_of(&s, first);
        filter(&a, &s, y, gap, n, horizon);
        for (size_t g = 0; g < BLOCK; g++) {
            double s2 = a.sum[g] / m->dof;
            if (!(s2 > 0)) return false;
            loglik[first + g] = -.5 * a.logdet[g] - .5 * m->dof * nf_log(s2);
            m->mu[first + g] = a.level[g];
            m->sd[first + g] = sqrt(s2 * a.var[g]);
        }
    }
    weigh(m, loglik);
    return true;
}
