/* real_tails.c - upper tails of the normal, Student, chi-squared and F distributions, and two quantiles.
 *
 * All in long double with relative accuracy in the tail itself (never 1 - P), rounded once. A probability
 * that is truly inside (0, 1) is answered inside it: by the smallest or largest double there at worst. */
#include "real.h"
#include <float.h>
#include <math.h>

typedef long double real;
static const real LN10 = 2.302585092994045684017991454684364208L, LN_PI = 1.144729885849400174143427351353058712L,
                  SQRT_HALF = 0.707106781186547524400844362104849039L, SQRT_2PI = 2.506628274631000502415765284811045253L,
                  TINY = 1e-4000L;

static double inside(real p) { return p < DBL_TRUE_MIN ? DBL_TRUE_MIN : p > 1 - 0x1p-53L ? 1 - 0x1p-53 : (double)p; }

/* log10 of a tail: -inf never leaves. */
static double log10_of(real ln) { return ln / LN10 < -DBL_MAX ? -DBL_MAX : (double)(ln / LN10); }

/* ---- normal ---- */

double nf_normal_upper(double z) { return isnan(z) ? z : inside(erfcl(z * SQRT_HALF) / 2); }

double nf_normal_two_sided(double z)
{
    if (isnan(z) || z == 0) return isnan(z) ? z : 1;
    return inside(erfcl(fabsl(z) * SQRT_HALF));
}

/* ln erfc(x): erfc itself while long double holds it, then its asymptotic series (A&S 7.1.23). */
static real ln_erfc(real x)
{
    if (x < 0.5L) return log1pl(-erfl(x));
    if (x < 70) return logl(erfcl(x));
    real y = 1 / (2 * x * x);
    return -x * x - logl(x) - LN_PI / 2 + log1pl(-y * (1 - 3 * y * (1 - 5 * y * (1 - 7 * y))));
}

double nf_normal_log10_two_sided(double z) { return isnan(z) ? z : log10_of(ln_erfc(fabsl(z) * SQRT_HALF)); }

/* Start by A&S 26.2.23 (error < 4.5e-4), then Halley's steps, which cube the error. The middle is solved for
 * p - 1/2 and the tails for the smaller tail, so the answer has full relative accuracy everywhere. */
double nf_normal_quantile(double p)
{
    if (!(p > 0 && p < 1)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    real tail = p < 0.5 ? p : 1 - (real)p, middle = fabsl((real)p - 0.5L);
    real u = sqrtl(-2 * logl(tail));
    real z = u - (2.515517L + u * (0.802853L + u * 0.010328L)) / (1 + u * (1.432788L + u * (0.189269L + u * 0.001308L)));
    for (int i = 0; i < 3; i++) {
        real excess = middle < 0.25L ? middle - erfl(z * SQRT_HALF) / 2 : erfcl(z * SQRT_HALF) / 2 - tail;
        real r = excess * SQRT_2PI * expl(z * z / 2);
        z += r / (1 - r * z / 2);
    }
    return (double)(p < 0.5 ? -z : z);
}

/* ---- incomplete beta and gamma ---- */

static real ln_gamma(real x)
{
    int sign;
    return lgammal_r(x, &sign);
}

/* Modified Lentz for the continued fraction A&S 26.5.8, 1 + d1/(1 + d2/(1 + ...; quick for x < (a+1)/(a+b+2). */
static real beta_fraction(real a, real b, real x)
{
    real c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabsl(d) < TINY ? TINY : d);
    real f = d;
    for (int m = 1; m < 100000; m++) {
        for (int half = 0; half < 2; half++) {
            real t = half ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                          : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 + t * d;
            c = 1 + t / c;
            d = 1 / (fabsl(d) < TINY ? TINY : d);
            c = fabsl(c) < TINY ? TINY : c;
            f *= c * d;
        }
        if (fabsl(c * d - 1) < LDBL_EPSILON) break;
    }
    return f;
}

/* ln of I_x(a, b), given ln x and ln(1 - x) too, so that no tail is lost in a difference. */
static real ln_beta(real a, real b, real x, real ln_x, real ln_y)
{
    real front = a * ln_x + b * ln_y + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    if (x < (a + 1) / (a + b + 2)) return front - logl(a) + logl(beta_fraction(a, b, x));
    real y = -expm1l(ln_x);
    return log1pl(-expl(front - logl(b)) * beta_fraction(b, a, y));
}

/* ---- Student ---- */

/* ln P(|T| > |t|) = ln I_x(dof/2, 1/2) with x = dof/(dof + t^2) (A&S 26.7.1). */
static real ln_t_two_sided(real t, real dof)
{
    if (t == 0) return 0;
    real ratio = t * t / dof;
    return ln_beta(dof / 2, 0.5L, 1 / (1 + ratio), -log1pl(ratio), logl(ratio) - log1pl(ratio));
}

double nf_t_two_sided(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_two_sided(t);
    return t == 0 ? 1 : inside(expl(ln_t_two_sided(t, dof)));
}

double nf_t_log10_two_sided(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_log10_two_sided(t);
    return log10_of(ln_t_two_sided(t, dof));
}

double nf_t_upper(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_upper(t);
    real half = expl(ln_t_two_sided(t, dof)) / 2;
    return inside(t > 0 ? half : 1 - half);
}

/* Bisection over the tail's logarithm, then Newton's steps. */
double nf_t_quantile(double p, double dof)
{
    if (!(p > 0 && p < 1) || !(dof > 0)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (isinf(dof)) return nf_normal_quantile(p);
    if (p == 0.5) return 0;
    real want = logl(2 * (p < 0.5 ? (real)p : 1 - (real)p)), lo = 0, hi = 1;
    while (ln_t_two_sided(hi, dof) > want) hi *= 2;
    for (int i = 0; i < 200 && hi - lo > hi * LDBL_EPSILON; i++) {
        real mid = lo + (hi - lo) / 2;
        if (ln_t_two_sided(mid, dof) > want) lo = mid; else hi = mid;
    }
    return (double)(p < 0.5 ? -hi : hi);
}

/* ---- chi-squared and F ---- */

double nf_f_upper(double x, double d1, double d2)
{
    if (isnan(x) || !(d1 > 0 && d2 > 0)) return NAN;
    if (x <= 0) return 1;
    real ratio = x * (real)d1 / d2;                /* I_y(d2/2, d1/2), y = d2/(d2 + d1 x) (A&S 26.6.2) */
    return inside(expl(ln_beta(d2 / 2.0L, d1 / 2.0L, 1 / (1 + ratio), -log1pl(ratio), logl(ratio) - log1pl(ratio))));
}

/* Q(a, x): series of the lower part for x < a + 1, else Lentz's continued fraction (A&S 6.5.29, 6.5.31). */
static real gamma_upper(real a, real x)
{
    real front = expl(a * logl(x) - x - ln_gamma(a));
    if (x < a + 1) {
        real term = 1 / a, sum = term;
        for (real n = a + 1; term > sum * LDBL_EPSILON; n++) sum += term *= x / n;
        return 1 - front * sum;
    }
    real b = x + 1 - a, c = 1 / TINY, d = 1 / b, f = d;
    for (int i = 1; i < 100000; i++) {
        real t = -i * (i - a);
        b += 2;
        d = 1 / (t * d + b);
        c = b + t / c;
        f *= c * d;
        if (fabsl(c * d - 1) < LDBL_EPSILON) break;
    }
    return front * f;
}

double nf_chi2_upper(double x, double dof)
{
    if (isnan(x) || !(dof > 0)) return NAN;
    return x <= 0 ? 1 : inside(gamma_upper(dof / 2.0L, x / 2.0L));
}
