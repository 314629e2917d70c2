/* rank.h - sorting and counting that the rank methods share. All arrays hold finite numbers. */
#ifndef NF_RANK_H
#define NF_RANK_H
#include "kernels.h"

/* Sorts a into out and counts the pairs i < j with a[i] > a[j] (Knight 1966). out and tmp hold n each. */
uint64_t nf_sort_count(const double *a, double *out, double *tmp, size_t n, const nf_kernels *with);
/* Sorts by v, those that are equal in their order before; tmp holds n. */
typedef struct { double v; size_t at; } nf_ranked;
void nf_sort_ranked(nf_ranked *a, nf_ranked *tmp, size_t n);
/* The k-th smallest, from 0, and the one after it (infinite: none). a is destroyed; a and tmp have room for
 * n + 8 and 2 (n + 8). */
typedef struct { double at, next; } nf_neighbours;
nf_neighbours nf_select(double *a, size_t n, size_t k, double *tmp, const nf_kernels *with);
/* The same, a kept; tmp holds 3 (n + 8). */
nf_neighbours nf_select_kept(const double *a, size_t n, size_t k, double *tmp, const nf_kernels *with);
double nf_middle(double a, double b);            /* their mean, without overflow */
double nf_median_sorted(const double *a, size_t n);
int    nf_median(nf_ctx *, double *out, const double *a, size_t n, const nf_kernels *with);     /* a is kept */
/* Mid-ranks 1..n of a: ties share the mean of their ranks. Values closer than tol are tied. */
int    nf_midranks(nf_ctx *, double *rank, const double *a, size_t n, double tol, const nf_kernels *);

/* Kendall's score of y against time and its variance under no trend (Kendall 1975, ties in both). */
typedef struct {
    double S, var, pairs, tied_y, tied_x;        /* pairs: n(n-1)/2; tied: of these */
    const double *sorted;                        /* y ascending, in scratch */
} nf_kendall;
/* x ascending, y ascending within equal x; NULL: all x differ. */
int  nf_kendall_of(nf_ctx *, nf_kendall *, const double *x, const double *y, size_t n, const nf_kernels *);
/* That of a sample: sorted and counted once, whoever asks. */
const nf_kendall *nf_kendall_shared(const nf_sample *);
struct nf_shared { bool has; nf_kendall kendall; double *room; };  /* room: 2 n; made by nf_sample_of */
/* P(|S| >= |s|) without ties, by the Mahonian numbers; n <= NF_MAHONIAN_MAX. */
enum { NF_MAHONIAN_MAX = 170 };
int  nf_mahonian_p(nf_ctx *, double *p, size_t n, double s);
/* z with or without continuity correction and its two-sided p. var 0: z 0, p 1. */
typedef struct { double z, p, log10_p; } nf_tail;
double  nf_limit_z(double alpha);                 /* the normal quantile at 1 - alpha/2 */
nf_tail nf_tail_of(double S, double var, bool continuity);

/* Is the lag-1 autocorrelation of the values, less their least-squares line, significant at 5 %? Only
 * neighbours on the grid count as pairs. */
bool nf_is_autocorrelated(const nf_sample *);
#endif
