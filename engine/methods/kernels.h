/* kernels.h - the inner loops that have a form for each instruction set; all forms give the same bits. */
#ifndef NF_KERNELS_H
#define NF_KERNELS_H
#include "method.h"

enum { NF_LEAF = 16 };

/* Of all slopes of a point set: those in [lo, hi] are kept in `in` (with 8 to spare), those below lo counted. */
typedef struct { double lo, hi; uint64_t below; double *in; size_t n; } nf_sieve;

typedef struct {
    /* Sorts at most NF_LEAF numbers into another place and counts the pairs i < j with in[i] > in[j]. */
    uint64_t (*leaf)(const double *in, double *out, size_t n);
    /* Numbers below the pivot to lo, above it to hi (8 to spare each), those equal to it nowhere. */
    void (*split)(const double *a, size_t n, double pivot, double *lo, size_t *n_lo, double *hi, size_t *n_hi);
    /* Every slope (y[j] - y[i]) / (x[j] - x[i]), x[j] > x[i], through m sieves; m is 1 or 3. */
    void (*sieve)(const double *x, const double *y, size_t n, nf_sieve *s, int m);
    /* z = y - slope x, rounded once; returns the largest |z|. */
    double (*tilt)(double *z, const double *x, const double *y, size_t n, double slope);
} nf_kernels;

extern const nf_kernels nf_kernels_scalar;
#if defined(__x86_64__)
extern const nf_kernels nf_kernels_avx2, nf_kernels_avx512;
#endif
const nf_kernels *nf_kernels_for(nf_isa);        /* the best the machine has, up to the one asked for */
#endif
