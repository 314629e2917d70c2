/* quadratic.c - P(z'Bz > 0) by the inversion integral through the saddle point. */
#include "quadratic.h"
#include <math.h>

void nf_factors_times(nf_factors *f, nf_complex by)
{
    enum { FAR = 500 };
    nf_complex p = nf_times((nf_complex){ f->re, f->im }, by);
    if (p.re < 0 && f->im >= 0 && p.im < 0 && by.im > 0) f->turns++;       /* the negative axis is crossed */
    if (p.re < 0 && f->im < 0 && p.im >= 0 && by.im < 0) f->turns--;
    f->re = p.re;
    f->im = p.im;
    double size = fabs(p.re) + fabs(p.im);
    int up = size > 0x1p200 ? -FAR : size < 0x1p-200 ? FAR : 0;
    if (!up) return;
    f->re = ldexp(f->re, up);
    f->im = ldexp(f->im, up);
    f->exponent -= up;
}

/* ---- K(s) - ln s, K(s) = -1/2 ln det(I - 2 s B) ---- */

typedef struct { long double re, im; bool is; } value;

static long double argument(long double re, long double im)
{
    static const long double PI = 3.141592653589793238462643383279502884L;
    if (re > 0) return atanl(im / re);
    long double a = im == 0 ? PI / 2 : atanl(-re / im);            /* from the imaginary axis */
    if (im == 0) return PI;
    return im > 0 ? PI / 2 + a : -PI / 2 + a;
}

static value exponent_at(const nf_form *f, double re, double im)
{
    static const long double LN2 = 0.693147180559945309417232121458176568L;
    static const long double TURN = 6.283185307179586476925286766559005768L;
    nf_factors d;
    if (!(re > 0) || !f->det(f->self, (nf_complex){ re, im }, &d)) return (value){ INFINITY, 0, false };
    long double size = logl((long double)d.re * d.re + (long double)d.im * d.im) / 2 + (long double)d.exponent * LN2;
    long double turn = argument(d.re, d.im) + (long double)d.turns * TURN;
    long double s = logl((long double)re * re + (long double)im * im) / 2;
    return (value){ -size / 2 - s, -turn / 2 - atanl((long double)im / re), true };
}

static long double on_axis(const nf_form *f, double s) { return exponent_at(f, s, 0).re; }

/* ---- where to integrate ---- */

/* The saddle c of the convex function on (0, end); width: of the peak there; room: to the nearest singular point. */
typedef struct { double c, width, room; } saddle;

static saddle find_saddle(const nf_form *f)
{
    const double golden = 0.6180339887498949;
    double lo = 0, hi = 1, end;
    while (hi > 0x1p-900 && isinf(on_axis(f, hi))) hi /= 16;
    while (hi < 0x1p900 && !isinf(on_axis(f, hi))) hi *= 16;
    if (!(hi < 0x1p900)) return (saddle){ 0, 0, 0 };               /* B has no positive part */
    for (double low = hi / 16; hi - low > 0.01 * hi;) {            /* to the end of the range */
        double m = (low + hi) / 2;
        if (isinf(on_axis(f, m))) hi = m;
        else low = m;
    }
    end = hi;
    double a = hi - golden * hi, b = golden * hi;
    long double fa = on_axis(f, a), fb = on_axis(f, b);
    for (int i = 0; i < 300 && hi - lo > 0.02 * hi; i++) {
        bool left = fa <= fb && !isinf(fa);
        if (isinf(fa) && isinf(fb)) left = true;
        if (left) hi = b, b = a, fb = fa, a = hi - golden * (hi - lo), fa = on_axis(f, a);
        else lo = a, a = b, fa = fb, b = lo + golden * (hi - lo), fb = on_axis(f, b);
    }
    saddle p = { .c = (lo + hi) / 2 };
    while (isinf(on_axis(f, p.c * 1.02))) p.c *= 0.98;
    p.room = fmin(p.c, fmax(end - p.c, 1e-3 * p.c));
    double d = 0.01 * p.room;
    double bend = (double)(on_axis(f, p.c + d) + on_axis(f, p.c - d) - 2 * on_axis(f, p.c)) / (d * d);
    p.width = bend > 0 ? fmin(1 / sqrt(bend), p.room) : p.room;
    return p;
}

/* ---- the integral over c + i w sinh v by the trapezoidal rule ---- */

typedef struct { const nf_form *form; saddle at; long double top; } line;

static long double integrand(const line *l, double v)
{
    long double e = expl(v), w = l->at.room, tau = w * (e - 1 / e) / 2;
    value k = exponent_at(l->form, l->at.c, (double)tau);
    return k.is ? expl(k.re - l->top) * cosl(k.im) * w * (e + 1 / e) / 2 : 0;
}

/* Sum from `from` in steps, until nothing more comes. */
static long double sum_from(const line *l, double from, double step)
{
    long double sum = 0, most = 0;
    int still = 0;
    for (double v = from; v < 700 && still < 12; v += step) {
        long double now = integrand(l, v);
        sum += now;
        most = fmaxl(most, fabsl(now));
        still = fabsl(now) < 1e-17L * most ? still + 1 : 0;
    }
    return sum;
}

double nf_form_log_upper(const nf_form *f)
{
    static const long double LN_PI = 1.144729885849400174143427351353058712L;
    line l = { .form = f, .at = find_saddle(f) };
    if (!(l.at.c > 0)) return -INFINITY;
    l.top = on_axis(f, l.at.c);
    double step = fmin(0.5, l.at.width / l.at.room);
    long double area = step * (integrand(&l, 0) / 2 + sum_from(&l, step, step));
    for (int i = 0; i < 5; i++, step /= 2) {
        long double finer = (area + step * sum_from(&l, step / 2, step)) / 2;
        bool done = fabsl(finer - area) <= 1e-7L * fabsl(finer);       /* the next error is about its square */
        area = finer;
        if (done) break;
    }
    return area > 0 ? (double)(l.top + logl(area) - LN_PI) : -INFINITY;
}
