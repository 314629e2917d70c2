/* slopes_exact.c - slopes counted in double-double, for the ranks that lie in a crowd of nearly equal slopes. */
#include "slope_points.h"
#include <math.h>
#include <string.h>

typedef struct { double hi, lo; } dd;

static bool less(dd a, dd b) { return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo); }

/* y - (v + half) x to about 106 bits. */
static dd tilted(double x, double y, double v, double half)
{
    double p = v * x, p_low = fma(v, x, -p);
    double d = y - p, b = d - y, d_low = (y - (d - b)) + (-p - b);
    double low = d_low - p_low - half * x, hi = d + low;
    return (dd){ hi, low - (hi - d) };
}

static void merge(const dd *a, size_t n1, const dd *b, size_t n2, dd *to, uint64_t *count)
{
    size_t i = 0, j = 0;
    while (i < n1 && j < n2) {
        bool right = less(b[j], a[i]);
        *count += right ? n1 - i : 0;
        *to++ = right ? b[j++] : a[i++];
    }
    memcpy(to, a + i, (n1 - i) * sizeof *to);
    memcpy(to + (n1 - i), b + j, (n2 - j) * sizeof *to);
}

/* Bottom-up merge sort; counts the pairs out of order. */
static uint64_t inversions(dd *a, dd *tmp, size_t n)
{
    uint64_t count = 0;
    for (size_t w = 1; w < n; w *= 2) {
        for (size_t i = 0; i < n; i += 2 * w) {
            size_t m = i + w < n ? i + w : n, e = i + 2 * w < n ? i + 2 * w : n;
            merge(a + i, m - i, a + m, e - m, tmp + i, &count);
        }
        dd *swap = a;
        a = tmp;
        tmp = swap;
    }
    return count;
}

/* ---- the doubles as a line of whole numbers ----
 * Zero is 0, the normal ones follow on both sides. Values are scaled beforehand so that no slope is denormal. */
static const uint64_t least_normal = 0x0010000000000000u;

static int64_t order_of(double v)
{
    uint64_t b;
    double size = fabs(v);
    memcpy(&b, &size, sizeof b);
    int64_t k = b < least_normal ? 0 : (int64_t)(b - least_normal) + 1;
    return v < 0 ? -k : k;
}

static double double_of(int64_t k)
{
    double v;
    uint64_t b = k ? least_normal + (uint64_t)(k < 0 ? -k : k) - 1 : 0;
    memcpy(&v, &b, sizeof v);
    return k < 0 ? -v : v;
}

double nf_exact_before(double v) { return double_of(order_of(v) - 1); }

/* A slope rounds to at most v when it is below the middle between v and the next double. */
uint64_t nf_exact_count(const nf_exact *e, double v)
{
    double half = 0.5 * (double_of(order_of(v) + 1) - v);
    dd *z = (dd *)(void *)e->room, *tmp = z + e->n;
    for (size_t i = 0; i < e->n; i++) z[i] = tilted(e->x[i], e->y[i], v, half);
    return inversions(z, tmp, e->n);
}

/* One step out from k, not beyond the edge. */
static int64_t outward(int64_t k, int64_t step, int64_t edge)
{
    return step < 0 ? (k + edge > -step ? k + step : -edge) : (edge - k > step ? k + step : edge);
}

double nf_exact_find(const nf_exact *e, uint64_t rank, double lo, double hi)
{
    enum { GROW = 3, MOST = 60 };
    const int64_t edge = order_of(e->most);
    int64_t a = order_of(fmax(lo, -e->most)), b = order_of(fmin(hi, e->most));
    for (int k = 4; a > -edge && nf_exact_count(e, double_of(a)) >= rank; k = k + GROW < MOST ? k + GROW : MOST)
        a = outward(a, -((int64_t)1 << k), edge);
    for (int k = 4; b < edge && nf_exact_count(e, double_of(b)) < rank; k = k + GROW < MOST ? k + GROW : MOST)
        b = outward(b, (int64_t)1 << k, edge);
    for (uint64_t gap; (gap = (uint64_t)b - (uint64_t)a) > 1;) {   /* b - a may not fit int64 */
        int64_t mid = a + (int64_t)(gap / 2);
        if (nf_exact_count(e, double_of(mid)) >= rank) b = mid; else a = mid;
    }
    return double_of(b);
}
