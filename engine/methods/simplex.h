/* simplex.h - the least value of a function of a few numbers in the unit box (Nelder and Mead 1965). */
#ifndef NF_SIMPLEX_H
#define NF_SIMPLEX_H
#include <stddef.h>

enum { NF_SIMPLEX_MOST = 4 };
typedef struct { double (*f)(void *self, const double *x); void *self; size_t n; } nf_objective;
/* From x, which becomes the best point found; started again there until that gains nothing. Returns its value. */
double nf_minimise(const nf_objective *, double *x);
#endif
