/* quadratic.h - exact tail of a quadratic form in normal variables, from the determinant of its generating function. */
#ifndef NF_QUADRATIC_H
#define NF_QUADRATIC_H
#include <stdbool.h>
#include <stddef.h>

typedef struct { double re, im; } nf_complex;
static inline nf_complex nf_times(nf_complex a, nf_complex b)
{
    return (nf_complex){ a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
}
static inline nf_complex nf_over(nf_complex a, nf_complex b)
{
    double size = b.re * b.re + b.im * b.im;
    return (nf_complex){ (a.re * b.re + a.im * b.im) / size, (a.im * b.re - a.re * b.im) / size };
}

/* A product of complex numbers whose real parts are all above zero, with its whole argument: the branch that is
 * continuous from 1. */
typedef struct { double re, im; long exponent, turns; } nf_factors;
static inline nf_factors nf_factors_none(void) { return (nf_factors){ 1, 0, 0, 0 }; }
void nf_factors_times(nf_factors *, nf_complex);

/* det(I - 2 s B) as such a product, for s; false where a factor's real part is not above zero. */
typedef struct { bool (*det)(const void *self, nf_complex s, nf_factors *out); const void *self; } nf_form;
/* ln P(z'Bz > 0), z standard normal, to about 1e-10 relative where P is below a half: the inversion integral along the
 * line through its saddle point (Imhof 1961; Rice 1980). -inf: never. */
double nf_form_log_upper(const nf_form *);
#endif
