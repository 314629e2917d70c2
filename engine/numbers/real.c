/* real.c - transcendental functions in long double, rounded once: the same bits on every instruction set. */
#include "real.h"
#include <math.h>

double nf_exp(double x) { return (double)expl(x); }
double nf_expm1(double x) { return (double)expm1l(x); }
double nf_log(double x) { return (double)logl(x); }
double nf_log1p(double x) { return (double)log1pl(x); }
double nf_log10(double x) { return (double)log10l(x); }
double nf_pow(double x, double y) { return (double)powl(x, y); }
double nf_sin(double x) { return (double)sinl(x); }
double nf_cos(double x) { return (double)cosl(x); }

double nf_lgamma(double x)
{
    int sign;
    return (double)lgammal_r(x, &sign);
}
