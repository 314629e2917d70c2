/* kernels.h - the inner loops that have a form for each instruction set; all forms give the same bits. */
#ifndef NF_KERNELS_H
#define NF_KERNELS_H
#include "method.h"

enum { NF_LEAF = 16, NF_LANES = 8 };

/* Of all slopes of a point set: those in [lo, hi] are kept in `in` (with 8 to spare), those below lo counted. */
typedef struct { double lo, hi; uint64_t below; double *in; size_t n; } nf_sieve;

/* Pairs from four places on beside eight: bit q is place i + q / 4 % 4 and place j + q % 4 + q / 16 * 4. */
typedef struct { uint16_t i, j; uint32_t mask; } nf_turned;

typedef struct {
    /* Sorts at most NF_LEAF numbers into another place and counts the pairs i < j with in[i] > in[j]. */
    uint64_t (*leaf)(const double *in, double *out, size_t n);
    /* Numbers below the pivot to lo, above it to hi (8 to spare each), those equal to it nowhere. */
    void (*split)(const double *a, size_t n, double pivot, double *lo, size_t *n_lo, double *hi, size_t *n_hi);
    /* Every slope (y[j] - y[i]) / (x[j] - x[i]), x[j] > x[i], through m sieves; m is 1 or 3. */
    void (*sieve)(const double *x, const double *y, size_t n, nf_sieve *s, int m);
    /* z = y - slope x, rounded once; returns the largest |z|. */
    double (*tilt)(double *z, const double *x, const double *y, size_t n, double slope);
    /* (y - slope x) times scale as whole numbers, cut; room for a multiple of NF_LANES, filled with INT32_MAX. */
    void (*lean)(int32_t *z, const double *x, const double *y, size_t n, double slope, double scale);
    /* Pairs i < j with z[j] < z[i]; z as lean leaves it, n below 2^16. */
    uint64_t (*falls)(const int32_t *z, size_t n);
    /* Those that fall in `hi` and not in `lo`: how many masks that are, room + 1 where there is not enough room. */
    size_t (*turned)(nf_turned *to, size_t room, const int32_t *lo, const int32_t *hi, size_t n);
} nf_kernels;

extern const nf_kernels nf_kernels_scalar;
#if defined(__x86_64__)
extern const nf_kernels nf_kernels_avx2, nf_kernels_avx512;
#endif
const nf_kernels *nf_kernels_for(nf_isa);        /* the best the machine has, up to the one asked for */
#endif
