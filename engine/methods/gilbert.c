/* gilbert.c - Sen's slope and Gilbert's limits from the ranks of the slopes. */
#include "real.h"
#include "slopes.h"
#include <math.h>

/* A rank that may lie between two: rank and the share of the way to the next. NaN where it does not exist. */
typedef struct { uint64_t rank; double share; bool there; } place;

static place place_of(double rank, uint64_t n)
{
    bool there = rank >= 1 && rank <= (double)n;
    double whole = there ? floor(rank) : rank < 1 ? 1 : (double)n;
    return (place){ (uint64_t)whole, rank - whole, there };
}

static double value_at(place p, nf_neighbours v)
{
    if (!p.there) return NAN;
    if (p.share == 0 || v.at == v.next) return v.at;
    return p.share == 0.5 ? nf_middle(v.at, v.next) : v.at + p.share * (v.next - v.at);
}

/* Lower limit, median, upper limit. */
static void places_of(place p[3], uint64_t n, double var_S, double alpha, bool round)
{
    double C = nf_limit_z(alpha) * sqrt(var_S), lo = ((double)n - C) / 2, hi = ((double)n + C) / 2 + 1;
    p[0] = place_of(round ? rint(lo) : lo, n);
    p[1] = place_of(((double)n + 1) / 2, n);
    p[2] = place_of(round ? rint(hi) : hi, n);
}

nf_sen nf_sen_of_pool(const double *slope, size_t n, double *tmp, double var_S, double alpha, const nf_kernels *with)
{
    place p[3];
    double v[3];
    places_of(p, n, var_S, alpha, false);
    for (int q = 0; q < 3; q++) v[q] = value_at(p[q], nf_select_kept(slope, n, (size_t)p[q].rank - 1, tmp, with));
    return (nf_sen){ v[1], v[0], v[2], n };
}

int nf_sen_of(nf_ctx *c, nf_sen *sen, const double *x, const double *y, size_t n, double var_S, double alpha,
              bool round, const nf_kernels *with)
{
    nf_points of = nf_points_of(x, y, n, with);
    uint64_t N = of.pairs;
    place p[3];
    *sen = (nf_sen){ NAN, NAN, NAN, N };
    if (!N) return NF_OK;
    places_of(p, N, var_S, alpha, round);
    nf_neighbours at[3];
    int rc = nf_slopes_at(c, at, (uint64_t[3]){ p[0].rank, p[1].rank, p[2].rank }, 3, &of);
    if (!rc) *sen = (nf_sen){ value_at(p[1], at[1]), value_at(p[0], at[0]), value_at(p[2], at[2]), N };
    return rc;
}

int nf_sen_slope(nf_ctx *c, double *slope, const double *x, const double *y, size_t n, const nf_kernels *with)
{
    nf_points of = nf_points_of(x, y, n, with);
    uint64_t N = of.pairs;
    nf_neighbours at = { NAN, NAN };
    int rc = N ? nf_slopes_at(c, &at, (uint64_t[1]){ (N + 1) / 2 }, 1, &of) : NF_OK;
    *slope = value_at(place_of(((double)N + 1) / 2, N), at);
    return rc;
}
