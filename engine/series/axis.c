/* axis.c - the periods of a series, one by one and looked up. */
#include "calendar.h"

nf_period nf_axis_at(const nf_axis *a, size_t i)
{
    nf_period p = a->start;
    p.ord = a->ord ? a->ord[i] : p.ord + (int64_t)i * (a->num ? 1 : a->step);
    if (a->span) p.span = a->span[i];
    return p;
}

bool nf_axis_find(const nf_axis *a, nf_period p, size_t *i)
{
    size_t lo = 0, hi = a->n;
    if (p.freq != a->start.freq || p.span == 0) return false;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (nf_period_order(nf_axis_at(a, mid), p) < 0) lo = mid + 1; else hi = mid;
    }
    *i = lo;
    return lo < a->n && nf_period_order(nf_axis_at(a, lo), p) == 0;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

int64_t nf_axis_grid(const nf_axis *a)
{
    int64_t step = a->ord ? 0 : a->step;
    for (size_t i = 1; a->ord && i < a->n && step != 1; i++) step = gcd(a->ord[i] - a->ord[i - 1], step);
    return step > 0 ? step : 1;
}
