/* rank.c - merge sort that counts inversions, and the medians and ranks that come with it. */
#include "rank.h"
#include <math.h>
#include <string.h>

enum { LEAF = 16 };

static uint64_t leaf(const double *in, double *out, size_t n)
{
    uint64_t c = 0;
    for (size_t i = 0; i < n; i++) {
        double v = in[i];
        size_t j = i;
        for (; j > 0 && out[j - 1] > v; j--) out[j] = out[j - 1];
        c += i - j;
        out[j] = v;
    }
    return c;
}

/* Merges from both ends at once, free of branches: n2 is n1 or n1 + 1, so the ends meet in the middle. */
static uint64_t merge(const double *restrict l, size_t n1, const double *restrict r, size_t n2, double *restrict o)
{
    size_t i = 0, j = 0, ie = n1, je = n2, k = 0, ke = n1 + n2;
    uint64_t c = 0, tail = 0;
    for (size_t s = 0; s < n1; s++) {
        bool right = r[j] < l[i];
        o[k++] = right ? r[j] : l[i];
        c += (n1 - i) & -(uint64_t)right;
        j += right;
        i += !right;
        bool left = l[ie - 1] > r[je - 1];
        o[--ke] = left ? l[ie - 1] : r[je - 1];
        tail += (n1 - ie) & -(uint64_t)!left;
        ie -= left;
        je -= !left;
    }
    if (n2 > n1 && i < ie) o[k] = l[i];
    else if (n2 > n1) {
        o[k] = r[j];
        c += n1 - i;
    }
    return c + tail;
}

/* Sorts in[0..n) into out, or into tmp where !to_out; in is kept. */
static uint64_t sort(const double *in, double *out, double *tmp, size_t n, bool to_out)
{
    if (n <= LEAF) return leaf(in, to_out ? out : tmp, n);
    size_t h = n / 2;
    uint64_t c = sort(in, out, tmp, h, !to_out) + sort(in + h, out + h, tmp + h, n - h, !to_out);
    const double *from = to_out ? tmp : out;
    double *to = to_out ? out : tmp;
    if (from[h - 1] <= from[h]) {
        memcpy(to, from, n * sizeof *to);
        return c;
    }
    return c + merge(from, h, from + h, n - h, to);
}

uint64_t nf_sort_count(const double *a, double *out, double *tmp, size_t n, nf_isa isa)
{
    (void)isa;
    return sort(a, out, tmp, n, true);
}

double nf_middle(double a, double b)
{
    double m = (a + b) / 2;
    return isfinite(m) ? m : a / 2 + b / 2;
}

double nf_median_sorted(const double *a, size_t n)
{
    if (!n) return NAN;
    return n % 2 ? a[n / 2] : nf_middle(a[n / 2 - 1], a[n / 2]);
}

/* Quickselect by three-way partition into two fresh halves: no swaps, and equal values end it. */
double nf_select(double *a, size_t n, size_t k, double *tmp, nf_isa isa)
{
    (void)isa;
    double *from = a, *lo = tmp, *hi = tmp + n + 8;
    while (n > LEAF) {
        double x = from[0], y = from[n / 2], z = from[n - 1];
        double pivot = fmax(fmin(x, y), fmin(fmax(x, y), z));
        size_t l = 0, h = 0;
        for (size_t i = 0; i < n; i++) {
            double v = from[i];
            lo[l] = v;
            l += v < pivot;
            hi[h] = v;
            h += v > pivot;
        }
        double *old = from;
        if (k < l) {
            from = lo;
            lo = old;
            n = l;
        } else if (k >= n - h) {
            k -= n - h;
            from = hi;
            hi = old;
            n = h;
        } else return pivot;
    }
    double out[LEAF];
    leaf(from, out, n);
    return out[k];
}

int nf_median(nf_ctx *c, double *out, const double *a, size_t n, nf_isa isa)
{
    size_t mark = nf_scratch_mark(c);
    double *copy = nf_scratch(c, (3 * n + 16) * sizeof *copy);
    if (!copy) return NF_ENOMEM;
    *out = NAN;
    if (n) {
        uint64_t unused = nf_sort_count(a, copy, copy + n, n, isa);
        (void)unused;
        *out = nf_median_sorted(copy, n);
    }
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

int nf_midranks(nf_ctx *c, double *rank, const double *a, size_t n, double tol)
{
    size_t mark = nf_scratch_mark(c);
    double *sorted = nf_scratch(c, 3 * n * sizeof *sorted), *mid = sorted ? sorted + 2 * n : NULL;
    if (!sorted) return NF_ENOMEM;
    nf_sort_count(a, sorted, sorted + n, n, NF_ISA_BEST);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && sorted[j] - sorted[j - 1] <= tol; j++) {}
        for (size_t k = i; k < j; k++) mid[k] = (double)(i + 1 + j) / 2;
    }
    for (size_t i = 0; i < n; i++) {
        size_t lo = 0, hi = n - 1;
        while (lo < hi) {
            size_t m = (lo + hi) / 2;
            if (sorted[m] < a[i]) lo = m + 1; else hi = m;
        }
        rank[i] = mid[lo];
    }
    nf_scratch_rewind(c, mark);
    return NF_OK;
}
