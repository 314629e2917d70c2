/* axis.c - the periods of a series: one by one, looked up, and as positions in time. */
#include "calendar.h"

nf_period nf_axis_at(const nf_axis *a, size_t i)
{
    nf_period p = a->start;
    p.ord = a->ord ? a->ord[i] : p.ord + (int64_t)i * a->step;
    if (a->span) p.span = a->span[i];
    return p;
}

size_t nf_axis_after(const nf_axis *a, nf_period p)
{
    size_t lo = 0, hi = a->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (nf_period_order(nf_axis_at(a, mid), p) < 0) lo = mid + 1; else hi = mid;
    }
    return lo;
}

bool nf_axis_find(const nf_axis *a, nf_period p, size_t *i)
{
    if (p.freq != a->start.freq || p.span == 0) return false;
    *i = nf_axis_after(a, p);
    return *i < a->n && nf_period_order(nf_axis_at(a, *i), p) == 0;
}

void nf_axis_positions(const nf_axis *a, double *t)
{
    if (a->n == 0) return;
    nf_period first = nf_axis_at(a, 0);
    for (size_t i = 0; i < a->n; i++) {
        if (first.freq != NF_NUMBER) t[i] = nf_years_between(first, nf_axis_at(a, i));
        else t[i] = a->num ? a->num[i] : (double)nf_axis_at(a, i).ord;
    }
}
