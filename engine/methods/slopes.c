/* slopes.c - order statistics of all pairwise slopes: what is exact first, then by size. */
#include "slopes.h"
#include <math.h>
#include <string.h>

uint64_t nf_slope_count(const double *x, size_t n)
{
    uint64_t count = n ? (uint64_t)n * (n - 1) / 2 : 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && x[j] == x[i]; j++) {}
        count -= (uint64_t)(j - i) * (j - i - 1) / 2;
    }
    return count;
}

void nf_slopes_sample(double *out, size_t count, const double *x, const double *y, size_t n, double *tmp,
                      const nf_kernels *with)
{
    uint64_t s = n;
    for (size_t k = 0; k < count;) {
        uint64_t z = (s += 0x9e3779b97f4a7c15u);                   /* splitmix64 */
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        size_t a = (size_t)((z >> 32) * n >> 32), b = (size_t)((z & 0xffffffffu) * n >> 32);
        if (x[a] != x[b]) tmp[k++] = (y[b] - y[a]) / (x[b] - x[a]);
    }
    nf_sort_count(tmp, out, tmp + count, count, with);
}

/* Decimals of up to six places become whole numbers, whose differences are exact: equal slopes are then equal
 * in the computer too. 10^d, or 1 where that cannot be. */
static double decimal_scale(double *to, const double *y, size_t n)
{
    static const double power[] = { 1, 10, 1e2, 1e3, 1e4, 1e5, 1e6 };
    for (size_t d = 0, i = 0; d < sizeof power / sizeof *power; d++, i = 0) {
        for (; i < n; i++) {
            to[i] = rint(y[i] * power[d]);
            if (!(fabs(to[i]) < 9e15) || to[i] / power[d] != y[i]) break;
        }
        if (i == n) return power[d];
    }
    memcpy(to, y, n * sizeof *y);
    return 1;
}

/* Brings differences that would overflow into range. */
static double range_scale(double *y, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(y[i]));
    if (most < 0x1p1022) return 1;
    for (size_t i = 0; i < n; i++) y[i] *= 0.25;
    return 0.25;
}

int nf_slopes_at(nf_ctx *c, nf_neighbours *out, const uint64_t *rank, int m, const double *x, const double *y, size_t n,
                 const nf_kernels *with)
{
    size_t mark = nf_scratch_mark(c);
    double *whole = nf_scratch(c, n * sizeof *whole);
    if (!whole) return NF_ENOMEM;
    double scale = decimal_scale(whole, y, n) * range_scale(whole, n);
    int rc = (n <= NF_SLOPES_PAIRWISE ? nf_slopes_pairwise : nf_slopes_bracketed)(c, out, rank, m, x, whole, n, with);
    for (int q = 0; !rc && q < m && scale != 1; q++) out[q] = (nf_neighbours){ out[q].at / scale, out[q].next / scale };
    nf_scratch_rewind(c, mark);
    return rc;
}
