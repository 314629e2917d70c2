/* real_tails.c - upper tails of the normal, Student, chi-squared and F distributions, and two quantiles.
 *
 * All in long double with relative accuracy in the tail itself (never 1 - P), rounded once. A probability
 * that is truly inside (0, 1) is answered inside it: by the smallest or largest double there at worst. */
#include "real.h"
#include <float.h>
#include <math.h>

_Static_assert(LDBL_MANT_DIG >= 64, "tails need a long double of 64 bits and a wide exponent");
typedef long double real;
static const real LN10 = 2.302585092994045684017991454684364208L, LN_PI = 1.144729885849400174143427351353058712L,
                  LN_2PI = 1.837877066409345483560659472811235279L,
                  SQRT_HALF = 0.707106781186547524400844362104849039L,
                  SQRT_2PI = 2.506628274631000502415765284811045253L,
                  HALF_PI = 1.570796326794896619231321691639751442L, TINY = 1e-4000L;

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
    real z = u - (2.515517L + u * (0.802853L + u * 0.010328L)) /
                 (1 + u * (1.432788L + u * (0.189269L + u * 0.001308L)));
    for (int i = 0; i < 3; i++) {
        real excess = middle < 0.25L ? middle - erfl(z * SQRT_HALF) / 2 : erfcl(z * SQRT_HALF) / 2 - tail;
        real r = excess * SQRT_2PI * expl(z * z / 2);
        z += r / (1 - r * z / 2);
    }
    return (double)(p < 0.5 ? -z : z);
}

/* ---- what incomplete beta and gamma functions share (C. Loader, Fast and accurate computation of binomial
 * probabilities, 2000): no difference of large logarithms anywhere ---- */

/* ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi)/2): A&S 6.1.41 from 16 on, where seven terms are enough. */
static real stirling_error(real x)
{
    int sign;
    if (x < 16) return lgammal_r(x, &sign) - (x - 0.5L) * logl(x) + x - LN_2PI / 2;
    real z = 1 / (x * x);
    return (1 / 12.0L - z * (1 / 360.0L - z * (1 / 1260.0L - z * (1 / 1680.0L - z * (1 / 1188.0L - z *
           (691 / 360360.0L - z / 156)))))) / x;
}

/* x ln(x/m) + m - x, x and m > 0. */
static real deviance(real x, real m)
{
    real e = (m - x) / x;
    return fabsl(e) < 0.1L ? x * (e - log1pl(e)) : x * logl(x / m) + m - x;
}

/* Continued fractions stop when a factor is 1, or when there is no hope: sqrt(a + b) factors are usual. */
enum { FACTORS_MAX = 1000000, CLOSED_FORM_MAX = 60 };
static real away_from_zero(real x) { return fabsl(x) < TINY ? TINY : x; }

/* ---- incomplete beta ---- */

typedef struct { real a, b, ln_front; } beta;

static beta beta_of(real a, real b)
{
    real n = a + b;
    return (beta){ a, b, (logl(a * b / n) - LN_2PI) / 2 + stirling_error(n) - stirling_error(a) - stirling_error(b) };
}

static beta swapped(beta d) { return (beta){ d.b, d.a, d.ln_front }; }

/* ln of x^a y^b / B(a, b), y = 1 - x. */
static real ln_front(beta d, real x, real y)
{
    real n = d.a + d.b;
    return d.ln_front - deviance(d.a, n * x) - deviance(d.b, n * y);
}

/* A&S 26.5.8 by Lentz's method: 1/(1 + t1/(1 + t2/(1 + ...; quick for x < (a + 1)/(a + b + 2). */
static real beta_fraction(real a, real b, real x)
{
    real c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), f = d;
    for (int m = 1; m < FACTORS_MAX && fabsl(c * d - 1) >= LDBL_EPSILON; m++) {
        real even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        real odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        f *= c * d;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        f *= c * d;
    }
    return f;
}

/* ln of I_x(a, b), y = 1 - x. */
static real ln_beta(beta d, real x, real y)
{
    real front = ln_front(d, x, y);
    if (x < (d.a + 1) / (d.a + d.b + 2)) return front + logl(beta_fraction(d.a, d.b, x) / d.a);
    return log1pl(-expl(front) * beta_fraction(d.b, d.a, y) / d.b);
}

/* ---- Student: P(|T| > t) = I_x(dof/2, 1/2), x = dof/(dof + t^2), y = 1 - x (A&S 26.7.1) ---- */

typedef struct { real x, y; } share;
static share student_share(real t, real dof)
{
    real ratio = t * t / dof;
    return (share){ 1 / (1 + ratio), ratio / (1 + ratio) };
}

/* P(|T| < t) for whole degrees of freedom in closed form (A&S 26.7.3, 26.7.4): x = cos^2, y = sin^2. */
static real student_middle(share s, int dof)
{
    bool odd = dof % 2;
    real sine = sqrtl(s.y), cosine = sqrtl(s.x), term = odd ? cosine : 1, sum = dof > 1 ? term : 0;
    for (int k = odd ? 3 : 2; k <= dof - 2; k += 2) sum += term *= s.x * (k - 1) / k;
    return odd ? (atanl(sine / cosine) + sine * sum) / HALF_PI : sine * sum;
}

static bool has_closed_form(real dof) { return dof <= CLOSED_FORM_MAX && dof == floorl(dof); }

/* The closed form where 1 - P keeps its digits. */
static real t_two_sided(real t, real dof)
{
    if (t == 0 || isinf(t)) return t == 0;
    share s = student_share(t, dof);
    real outer = has_closed_form(dof) ? 1 - student_middle(s, (int)dof) : 0;
    return outer > 1e-3L ? outer : expl(ln_beta(beta_of(dof / 2, 0.5L), s.x, s.y));
}

double nf_t_two_sided(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_two_sided(t);
    return t == 0 ? 1 : inside(t_two_sided(t, dof));
}

double nf_t_log10_two_sided(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_log10_two_sided(t);
    real p = t_two_sided(t, dof);
    if (p > TINY || isinf(t)) return log10_of(logl(p));
    share s = student_share(t, dof);
    return log10_of(ln_beta(beta_of(dof / 2.0L, 0.5L), s.x, s.y));
}

double nf_t_upper(double t, double dof)
{
    if (isnan(t) || !(dof > 0)) return NAN;
    if (isinf(dof)) return nf_normal_upper(t);
    real half = t_two_sided(t, dof) / 2;
    return inside(t > 0 ? half : 1 - half);
}

/* Fisher and Cornish's expansion (A&S 26.7.5): good for many degrees of freedom, a start for few. */
static real t_start(real z, real dof)
{
    real q = z * z, g1 = (q + 1) / 4, g2 = ((5 * q + 16) * q + 3) / 96, g3 = (((3 * q + 19) * q + 17) * q - 15) / 384;
    real t = z * (1 + (g1 + (g2 + g3 / dof) / dof) / dof);
    return t > z ? t : z;
}

/* The logarithm of the outer area, or of the inner one, is concave in ln t: Newton's steps cannot miss it.
 * The smaller area is the one solved for, so that small t are as exact as large ones. */
static real t_of_two_sided(real outer, real dof)
{
    bool inner = outer > 0.5L;
    real want = inner ? 1 - outer : outer, sign = inner ? 1 : -1;
    real t = t_start(-nf_normal_quantile((double)(outer / 2)), dof);
    beta tail = beta_of(dof / 2, 0.5L), middle = swapped(tail);
    for (int i = 0; i < 100; i++) {
        share s = student_share(t, dof);
        real ln_area = !inner ? logl(t_two_sided(t, dof)) : has_closed_form(dof) ? logl(student_middle(s, (int)dof))
                                                          : ln_beta(middle, s.y, s.x);
        real step = (logl(want) - ln_area) / (sign * 2 * expl(ln_front(tail, s.x, s.y) - ln_area));
        t *= expl(step);
        if (fabsl(step) < 1e-10L) break;           /* the next would be its square */
    }
    return t;
}

double nf_t_quantile(double p, double dof)
{
    if (!(p > 0 && p < 1) || !(dof > 0)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (isinf(dof)) return nf_normal_quantile(p);
    if (p == 0.5) return 0;
    real t = t_of_two_sided(2 * (p < 0.5 ? (real)p : 1 - (real)p), dof);
    return (double)(p < 0.5 ? -t : t);
}

/* ---- F: I_x(d2/2, d1/2), x = d2/(d2 + d1 f) (A&S 26.6.2) ---- */

double nf_f_upper(double f, double d1, double d2)
{
    if (isnan(f) || !(d1 > 0 && d2 > 0)) return NAN;
    if (f <= 0) return 1;
    if (isinf(f)) return inside(0);
    real ratio = (real)f * d1 / d2;
    return inside(expl(ln_beta(beta_of(d2 / 2.0L, d1 / 2.0L), 1 / (1 + ratio), ratio / (1 + ratio))));
}

/* ---- chi-squared: Q(dof/2, x/2) ---- */

/* The lower part's series below a + 1 (A&S 6.5.29), Lentz's continued fraction above (A&S 6.5.31). */
static real gamma_upper(real a, real x)
{
    real front = expl((logl(a) - LN_2PI) / 2 - stirling_error(a) - deviance(a, x));
    if (x < a + 1) {
        real term = 1 / a, sum = term;
        for (real n = a + 1; term > sum * LDBL_EPSILON; n++) sum += term *= x / n;
        return 1 - front * sum;
    }
    real b = x + 1 - a, c = 1 / TINY, d = 1 / b, f = d;
    for (int i = 1; i < FACTORS_MAX && fabsl(c * d - 1) >= LDBL_EPSILON; i++) {
        real t = -i * (i - a);
        b += 2;
        d = 1 / away_from_zero(t * d + b);
        c = away_from_zero(b + t / c);
        f *= c * d;
    }
    return front * f;
}

double nf_chi2_upper(double x, double dof)
{
    if (isnan(x) || !(dof > 0)) return NAN;
    if (isinf(x)) return inside(0);
    return x <= 0 ? 1 : inside(gamma_upper(dof / 2.0L, x / 2.0L));
}

/* log of the chi-square tail beyond underflow: Lentz's continued fraction of the incomplete gamma function. */
double nf_chi2_log10_upper(double x, double dof)
{
    double p = nf_chi2_upper(x, dof), a = dof / 2, z = x / 2;
    if (p > 1e-290) return nf_log10(p);
    double b = z + 1 - a, c = 1e300, d = 1 / b, h = d;
    for (int i = 1; i < 200; i++) {
        double an = -(double)i * ((double)i - a);
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        h *= c * d;
    }
    return (a * nf_log(z) - z - nf_lgamma(a) + nf_log(h)) / 2.3025850929940457;
}
