/* rank.c - merge sort that counts inversions, and the medians and ranks that come with it. */
#include "rank.h"
#include <math.h>
#include <string.h>

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
static uint64_t sort(const double *in, double *out, double *tmp, size_t n, bool to_out, const nf_kernels *with)
{
    if (n <= NF_LEAF) return with->leaf(in, to_out ? out : tmp, n);
    size_t h = n / 2;
    uint64_t c = sort(in, out, tmp, h, !to_out, with) + sort(in + h, out + h, tmp + h, n - h, !to_out, with);
    const double *from = to_out ? tmp : out;
    double *to = to_out ? out : tmp;
    if (from[h - 1] <= from[h]) {
        memcpy(to, from, n * sizeof *to);
        return c;
    }
    return c + merge(from, h, from + h, n - h, to);
}

uint64_t nf_sort_count(const double *a, double *out, double *tmp, size_t n, const nf_kernels *with)
{
    return sort(a, out, tmp, n, true, with);
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

static double middle_of(double a, double b, double c)
{
    double lo = a < b ? a : b, hi = a < b ? b : a;
    return c < lo ? lo : c > hi ? hi : c;
}

/* The middle of three, or of large sets the sampled number whose rank is a little beyond k's side of the middle. */
static double pivot_of(const double *a, size_t n, size_t k, const nf_kernels *with)
{
    double s[NF_LEAF], o[NF_LEAF], share = (double)k / (double)n * NF_LEAF;
    if (n < 64) return middle_of(a[0], a[n / 2], a[n - 1]);
    for (size_t i = 0; i < NF_LEAF; i++) s[i] = a[(2 * i + 1) * n / (2 * NF_LEAF)];
    with->leaf(s, o, NF_LEAF);
    if (share < 0.45 * NF_LEAF) share += 1.2;
    else if (share > 0.55 * NF_LEAF) share -= 1.2;
    return o[share < 0 ? 0 : share >= NF_LEAF ? NF_LEAF - 1 : (size_t)share];
}

/* Quickselect that splits into two fresh halves: no swaps, and values equal to the pivot end it. */
nf_neighbours nf_select(double *a, size_t n, size_t k, double *tmp, const nf_kernels *with)
{
    double *from = a, *lo = tmp, *hi = tmp + n + 8, above = INFINITY, out[NF_LEAF];
    while (n > NF_LEAF) {
        double pivot = pivot_of(from, n, k, with), *old = from;
        size_t l, h;
        with->split(from, n, pivot, lo, &l, hi, &h);
        if (k < l) {
            above = pivot;
            from = lo;
            lo = old;
            n = l;
        } else if (k >= n - h) {
            k -= n - h;
            from = hi;
            hi = old;
            n = h;
        } else {
            for (size_t i = 0; i < h; i++) above = hi[i] < above ? hi[i] : above;
            return (nf_neighbours){ pivot, k + 1 < n - h ? pivot : above };
        }
    }
    with->leaf(from, out, n);
    return (nf_neighbours){ out[k], k + 1 < n ? out[k + 1] : above };
}

nf_neighbours nf_select_kept(const double *a, size_t n, size_t k, double *tmp, const nf_kernels *with)
{
    memcpy(tmp, a, n * sizeof *a);
    return nf_select(tmp, n, k, tmp + n + 8, with);
}

int nf_median(nf_ctx *c, double *out, const double *a, size_t n, const nf_kernels *with)
{
    size_t mark = nf_scratch_mark(c);
    double *copy = nf_scratch(c, 3 * (n + 8) * sizeof *copy);
    if (!copy) return NF_ENOMEM;
    *out = NAN;
    if (n) {
        nf_neighbours m = nf_select_kept(a, n, (n - 1) / 2, copy, with);
        *out = n % 2 ? m.at : nf_middle(m.at, m.next);
    }
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

/* The first place of a number that is among them; free of branches, since no step can be foreseen. */
static size_t place_of(const double *sorted, size_t n, double v)
{
    const double *at = sorted;
    for (size_t half; (half = n / 2) > 0; n -= half) at += half & -(size_t)(at[half - 1] < v);
    return (size_t)(at - sorted);
}

int nf_midranks(nf_ctx *c, double *rank, const double *a, size_t n, double tol, const nf_kernels *with)
{
    size_t mark = nf_scratch_mark(c);
    double *sorted = nf_scratch(c, 3 * n * sizeof *sorted), *mid = sorted ? sorted + 2 * n : NULL;
    if (!sorted) return NF_ENOMEM;
    nf_sort_count(a, sorted, sorted + n, n, with);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && sorted[j] - sorted[j - 1] <= tol; j++) {}
        for (size_t k = i; k < j; k++) mid[k] = (double)(i + 1 + j) / 2;
    }
    for (size_t i = 0; i < n; i++) rank[i] = mid[place_of(sorted, n, a[i])];
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

void nf_sort_ranked(nf_ranked *a, nf_ranked *tmp, size_t n)
{
    nf_ranked *from = a, *to = tmp;
    for (size_t w = 1; w < n; w *= 2) {
        for (size_t i = 0; i < n; i += 2 * w) {
            size_t m = i + w < n ? i + w : n, e = i + 2 * w < n ? i + 2 * w : n, l = i, r = m;
            for (size_t k = i; k < e; k++) to[k] = l == m || (r < e && from[r].v < from[l].v) ? from[r++] : from[l++];
        }
        nf_ranked *swap = from;
        from = to;
        to = swap;
    }
    if (from != a) memcpy(a, from, n * sizeof *a);
}
