/* slopes.c - order statistics of all pairwise slopes. */
#include "slopes.h"
#include "real.h"
#include <math.h>

uint64_t nf_slope_count(const double *x, size_t n)
{
    uint64_t count = n ? (uint64_t)n * (n - 1) / 2 : 0;
    for (size_t i = 0, j; x && i < n; i = j) {
        for (j = i + 1; j < n && x[j] == x[i]; j++) {}
        count -= (uint64_t)(j - i) * (j - i - 1) / 2;
    }
    return count;
}

int nf_slopes_at(nf_ctx *c, double *out, const uint64_t *rank, size_t m, const double *x, const double *y, size_t n,
                 nf_isa isa)
{
    size_t pairs = (size_t)nf_slope_count(x, n), k = 0, mark = nf_scratch_mark(c);
    double *a = nf_scratch(c, 3 * pairs * sizeof *a);
    if (!a) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (!x || x[j] != x[i]) a[k++] = (y[j] - y[i]) / (x ? x[j] - x[i] : (double)(j - i));
    nf_sort_count(a, a + pairs, a + 2 * pairs, pairs, isa);
    for (size_t q = 0; q < m; q++) out[q] = a[pairs + rank[q] - 1];
    nf_scratch_rewind(c, mark);
    return NF_OK;
}
