/* mixture.c - tail and quantiles of a mixture of Student t distributions with common, whole degrees of freedom.
 *
 * The finite series of Abramowitz and Stegun (1964) 26.7.3 and 26.7.4, in lanes; beyond LONG degrees of freedom
 * one tail at a time through nf_t_upper. */
#include "lattice.h"
#include "real.h"
#include <math.h>

#if defined __x86_64__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

enum { BLOCK = 8, LONG = 200 };
static const double pi = 3.14159265358979323846;

/* atan for x >= 0 (Cephes, Moshier 1989): two reductions and a rational function, without branches. */
static inline double arc(double x)
{
    bool big = x > 2.41421356237309504880, mid = x > 0.66;
    double rest = (big ? -1 : mid ? x - 1 : x) / (big ? x : mid ? x + 1 : 1), z = rest * rest;
    double p = (((-8.750608600031904122785e-1 * z - 1.615753718733365076637e1) * z - 7.500855792314704667340e1) * z
                - 1.228866684490136173410e2) * z - 6.485021904942025371773e1;
    double q = ((((z + 2.485846490142306297962e1) * z + 1.650270098316988542046e2) * z
                 + 4.328810604912902668951e2) * z + 4.853903996359136964868e2) * z + 1.945506571482613964425e2;
    return (big ? pi / 2 : mid ? pi / 4 : 0) + (rest * (z * p / q) + rest);
}

typedef struct { double upper[BLOCK], density[BLOCK]; } sums;

/* Adds w P(T > t) and the weighted density for 8 lanes. */
EVERY_CPU static void tails(sums *restrict to, const nf_mixture *restrict m, size_t first, double z)
{
    double t[BLOCK], cosine[BLOCK], cos2[BLOCK], sine[BLOCK], power[BLOCK], sum[BLOCK];
    double c = 1, dof = m->dof, root = sqrt(dof);
    bool odd = m->dof % 2;
    for (size_t g = 0; g < BLOCK; g++) {
        double far = (z - m->mu[first + g]) / m->sd[first + g];
        t[g] = far > 1e140 ? 1e140 : far < -1e140 ? -1e140 : far;              /* its square stays finite */
        double inverse = 1 / (dof + t[g] * t[g]), hypotenuse = sqrt(inverse);
        cos2[g] = dof * inverse;
        cosine[g] = root * hypotenuse;
        sine[g] = fabs(t[g]) * hypotenuse;
        power[g] = odd ? cosine[g] : 1;
        sum[g] = 0;
    }
    for (int k = odd ? 3 : 2; k <= m->dof; k += 2) {
        for (size_t g = 0; g < BLOCK; g++) {
            sum[g] += c * power[g];
            power[g] *= cos2[g];
        }
        c *= (double)(k - 1) / k;
    }
    if (odd)
        for (size_t g = 0; g < BLOCK; g++) sum[g] = 2 / pi * (arc(fabs(t[g]) / root) + sine[g] * sum[g]);
    else
        for (size_t g = 0; g < BLOCK; g++) sum[g] = sine[g] * sum[g];
    /* c is now the coefficient of the next term: the constant of the density but for known factors */
    double scale = (odd ? 1 / pi : .5) * c * root;
    for (size_t g = 0; g < BLOCK; g++) {
        to->upper[g] += m->w[first + g] * (t[g] >= 0 ? .5 - .5 * sum[g] : .5 + .5 * sum[g]);
        to->density[g] += m->w[first + g] * (scale * power[g] * cosine[g] / m->sd[first + g]);
    }
}

/* The constant of the density is Stirling's: near enough to steer Newton's steps. */
static void tails_long(sums *to, const nf_mixture *m, size_t first, double z)
{
    double dof = m->dof, constant = .39894228040143267794 * (1 - .25 / dof + .03125 / (dof * dof));
    for (size_t g = 0; g < BLOCK; g++) {
        double t = (z - m->mu[first + g]) / m->sd[first + g];
        to->upper[g] += m->w[first + g] * nf_t_upper(t, m->dof);
        double kernel = nf_exp(-.5 * (dof + 1) * nf_log1p(t * t / dof)), w = m->w[first + g];
        to->density[g] += w * (constant * kernel / m->sd[first + g]);
    }
}

static double upper_at(const nf_mixture *m, double z, double *density)
{
    sums all = { { 0 }, { 0 } };
    double upper = 0, slope = 0;
    for (size_t first = 0; first < m->n; first += BLOCK) (m->dof > LONG ? tails_long : tails)(&all, m, first, z);
    for (size_t g = 0; g < BLOCK; g++) {
        upper += all.upper[g];
        slope += all.density[g];
    }
    *density = slope;
    return upper < 0 ? 0 : upper > 1 ? 1 : upper;
}

double nf_mixture_upper(const nf_mixture *m, double y)
{
    double density;
    return upper_at(m, y * m->unit - m->origin, &density);
}

/* Newton's steps from the normal quantile of the mixture's moments, kept between what is known to lie below and
 * above. */
double nf_mixture_quantile(const nf_mixture *m, double p)
{
    double lo = -INFINITY, hi = INFINITY, mean = 0, square = 0, density;
    for (size_t g = 0; g < m->n; g++) mean += m->w[g] * m->mu[g];
    for (size_t g = 0; g < m->n; g++)
        square += m->w[g] * ((m->mu[g] - mean) * (m->mu[g] - mean) + m->sd[g] * m->sd[g]);
    double width = sqrt(square), z = mean + width * nf_normal_quantile(p);
    for (int i = 0; i < 100; i++) {
        double over = upper_at(m, z, &density) - (1 - p);              /* > 0: the quantile lies above */
        if (over > 0) lo = z; else hi = z;
        double step = over / density;
        if (fabs(over) <= 1e-7 * fmin(p, 1 - p) && isfinite(step)) return (z + step + m->origin) / m->unit;
        if (!(fabs(step) <= 4 * width)) step = over > 0 ? 4 * width : -4 * width;
        z = z + step > lo && z + step < hi ? z + step : lo + (hi - lo) / 2;
    }
    return (z + m->origin) / m->unit;
}
