/* descent.h - the least value of a smooth function of a few numbers without bounds (Broyden, Fletcher, Goldfarb,
 * Shanno). */
#ifndef NF_DESCENT_H
#define NF_DESCENT_H
#include <stddef.h>

enum { NF_DESCENT_MOST = 32 };
typedef struct { double (*f)(void *self, const double *x); void *self; size_t n; } nf_objective;
/* From x, which becomes the best point found within so many steps; gradients by central differences. Returns its value;
 * infinite where the function has none at x. */
double nf_descend(const nf_objective *, double *x, int steps);
#endif
