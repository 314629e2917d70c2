/* mixture.c - tail and quantiles of a mixture of Student t distributions with common, whole degrees of freedom.
 *
 * The finite series of Abramowitz and Stegun (1964) 26.7.3 and 26.7.4, in lanes; beyond LONG degrees of freedom
 * one tail at a time through nf_t_upper. */
#include "lattice.h"
#include "real.h"
#include <math.h>

#if defined __x86_64__ && !defined __SANITIZE_ADDRESS__
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

enum { BLOCK = 8, LONG = 200 };
static const double pi = 3.14159265358979323846;

/* atan for x >= 0 (Cephes, Moshier 1989): two reductions and a rational function, without branches. */
static inline double arc(double x)
{
    double big = x > 2.41421356237309504880, mid = x > 0.66, rest = big ? -1 / x : mid ? (x - 1) / (x + 1) : x;
    double start = big ? pi / 2 : mid ? pi / 4 : 0, z = rest * rest;
    double p = (((-8.750608600031904122785e-1 * z - 1.615753718733365076637e1) * z - 7.500855792314704667340e1) * z
                - 1.228866684490136173410e2) * z - 6.485021904942025371773e1;
    double q = ((((z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2) * z
                 + 4.328810604912902668951e2) * z + 4.853903996359136964868e2) * z + 1.945506571482613964425e2;
    return start + (rest * (z * p / q) + rest);
}

/* P(T > t) and the density of T for 8 lanes. */
EVERY_CPU static void tails(double *restrict upper, double *restrict density, const double *restrict t, int dof)
{
    double cos2[BLOCK], sine[BLOCK], power[BLOCK], sum[BLOCK], angle[BLOCK], c = 1;
    bool odd = dof % 2;
    for (size_t g = 0; g < BLOCK; g++) {
        double a = fabs(t[g]), r2 = dof + t[g] * t[g];
        cos2[g] = dof / r2;
        sine[g] = a / sqrt(r2);
        angle[g] = odd ? arc(a / sqrt(dof)) : 0;
        power[g] = odd ? sqrt(cos2[g]) : 1;
        sum[g] = 0;
    }
    for (int k = odd ? 3 : 2; k <= dof; k += 2) {
        for (size_t g = 0; g < BLOCK; g++) {
            sum[g] += c * power[g];
            power[g] *= cos2[g];
        }
        c *= (double)(k - 1) / k;
    }
    /* after the loop c is the coefficient of the next term: the density's constant but for known factors */
    double scale = (odd ? 1 / pi : .5) * c * dof / sqrt(dof);
    for (size_t g = 0; g < BLOCK; g++) {
        double inside = odd ? 2 / pi * (angle[g] + sine[g] * sum[g]) : sine[g] * sum[g];
        upper[g] = t[g] >= 0 ? .5 - .5 * inside : .5 + .5 * inside;
        density[g] = scale * power[g] * sqrt(cos2[g]);
    }
}

static void tails_long(double *upper, double *density, const double *t, int dof)
{
    for (size_t g = 0; g < BLOCK; g++) {
        upper[g] = nf_t_upper(t[g], dof);
        density[g] = .39894228040143267794 * nf_exp(-.5 * t[g] * t[g]);      /* near enough to steer Newton's step */
    }
}

double nf_mixture_upper(const nf_mixture *m, double z, double *density)
{
    double total = 0, slope = 0;
    for (size_t first = 0; first < m->n; first += BLOCK) {
        double t[BLOCK], upper[BLOCK], dens[BLOCK];
        for (size_t g = 0; g < BLOCK; g++) t[g] = (z - m->mu[first + g]) / m->sd[first + g];
        (m->dof > LONG ? tails_long : tails)(upper, dens, t, m->dof);
        for (size_t g = 0; g < BLOCK; g++) {
            total += m->w[first + g] * upper[g];
            slope += m->w[first + g] * dens[g] / m->sd[first + g];
        }
    }
    if (density) *density = slope;
    return total < 0 ? 0 : total > 1 ? 1 : total;
}

/* Newton's step where it stays between what is known to lie below and above, else the middle. */
double nf_mixture_quantile(const nf_mixture *m, double p)
{
    double lo = INFINITY, hi = -INFINITY, centre = 0, widest = 0, density;
    for (size_t g = 0; g < m->n; g++) {
        centre += m->w[g] * m->mu[g];
        widest = m->sd[g] > widest ? m->sd[g] : widest;
        lo = m->mu[g] < lo ? m->mu[g] : lo;
        hi = m->mu[g] > hi ? m->mu[g] : hi;
    }
    for (double step = widest; nf_mixture_upper(m, lo, NULL) < 1 - p && step < INFINITY; step *= 2) lo -= step;
    for (double step = widest; nf_mixture_upper(m, hi, NULL) > 1 - p && step < INFINITY; step *= 2) hi += step;
    for (int i = 0; i < 60; i++) {
        double over = nf_mixture_upper(m, centre, &density) - (1 - p);       /* > 0: the quantile lies above */
        if (over > 0) lo = centre; else hi = centre;
        double next = centre + over / density;
        if (!(next > lo && next < hi)) next = lo + (hi - lo) / 2;
        if (fabs(next - centre) <= 1e-12 * widest || next == centre) return next;
        centre = next;
    }
    return centre;
}
