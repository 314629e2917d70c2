/* slope_points.c - the points whose slopes are asked for: pairs, a scale on which differences are exact, a sample. */
#include "slope_points.h"
#include <math.h>
#include <string.h>

nf_points nf_points_of(const double *x, const double *y, size_t n, const nf_kernels *with)
{
    uint64_t pairs = n ? (uint64_t)n * (n - 1) / 2 : 0;
    double least = INFINITY;
    for (size_t i = 1, run = 1; i < n; i++) {
        double dx = x[i] - x[i - 1];
        run = dx > 0 ? 1 : run + 1;
        pairs -= run - 1;
        least = dx > 0 && dx < least ? dx : least;
    }
    return (nf_points){ x, y, n, pairs, least, with };
}

void nf_slopes_sample(double *out, size_t count, double *tmp, const nf_points *p)
{
    uint64_t s = p->n;
    for (size_t k = 0; k < count;) {
        uint64_t z = (s += 0x9e3779b97f4a7c15u);                   /* splitmix64 */
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        size_t a = (size_t)((z >> 32) * p->n >> 32), b = (size_t)((z & 0xffffffffu) * p->n >> 32);
        double dx = p->x[b] - p->x[a];
        tmp[k] = (p->y[b] - p->y[a]) / dx;
        k += dx != 0;
    }
    nf_sort_count(tmp, out, tmp + count, count, p->with);
}

/* The nearest whole number, for |v| below 2^51: adding and taking away a number whose last digit is 1. */
static double nearest(double v) { return (v + 0x1.8p52) - 0x1.8p52; }

/* Decimals of up to six places become whole numbers, whose differences are exact: equal slopes are then equal
 * in the computer too. 10^d, or 1 where that cannot be. */
static double decimal_scale(double *to, const double *y, size_t n)
{
    static const double power[] = { 1, 10, 1e2, 1e3, 1e4, 1e5, 1e6 };
    for (size_t d = 0, i = 0; d < sizeof power / sizeof *power; d++, i = 0) {
        for (; i < n; i++) {
            to[i] = nearest(y[i] * power[d]);
            if (!(fabs(to[i]) < 0x1p51) || to[i] / power[d] != y[i]) break;
        }
        if (i == n) return power[d];
    }
    memcpy(to, y, n * sizeof *y);
    return 1;
}

/* Brings differences that would overflow into range. */
static double range_scale(double *y, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fabs(y[i]) > most ? fabs(y[i]) : most;
    if (most < 0x1p1022) return 1;
    for (size_t i = 0; i < n; i++) y[i] *= 0.25;
    return 0.25;
}

/* What a method made of extreme values may have left the range of doubles: then there is no answer. */
static bool all_finite(const double *y, size_t n)
{
    double zero = 0;
    for (size_t i = 0; i < n; i++) zero += y[i] * 0;
    return zero == 0;
}

double nf_slopes_scale(double *to, const double *y, size_t n)
{
    if (!all_finite(y, n)) return NAN;
    double decimal = decimal_scale(to, y, n);
    return decimal * range_scale(to, n);
}
