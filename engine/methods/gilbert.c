/* gilbert.c - Sen's slope and Gilbert's limits from the ranks of the slopes. */
#include "real.h"
#include "slopes.h"
#include <math.h>

/* The ranks to ask for: lower limit, median, upper limit, two neighbours each. */
typedef struct { uint64_t rank[6]; double share[3]; bool there[3]; } wanted;

static void want(wanted *w, int which, double rank, uint64_t n)
{
    w->there[which] = rank >= 1 && rank <= (double)n;
    double r = w->there[which] ? rank : 1;
    w->rank[2 * which] = (uint64_t)floor(r);
    w->rank[2 * which + 1] = (uint64_t)ceil(r);
    w->share[which] = r - floor(r);
}

static double got(const wanted *w, int which, const double *slope)
{
    double a = slope[2 * which], b = slope[2 * which + 1], f = w->share[which];
    if (!w->there[which]) return NAN;
    return a == b ? a : f == 0.5 ? nf_middle(a, b) : a + f * (b - a);
}

int nf_sen_of(nf_ctx *c, nf_sen *sen, const double *x, const double *y, size_t n, double var_S, double alpha, bool round,
              nf_isa isa)
{
    uint64_t N = nf_slope_count(x, n);
    double C = nf_normal_quantile(1 - alpha / 2) * sqrt(var_S), lo = ((double)N - C) / 2, hi = ((double)N + C) / 2 + 1, at[6];
    wanted w;
    *sen = (nf_sen){ NAN, NAN, NAN, N };
    if (!N) return NF_OK;
    want(&w, 0, round ? rint(lo) : lo, N);
    want(&w, 1, ((double)N + 1) / 2, N);
    want(&w, 2, round ? rint(hi) : hi, N);
    if (!w.there[2]) w.rank[4] = w.rank[5] = N;    /* ranks ascend */
    int rc = nf_slopes_at(c, at, w.rank, 6, x, y, n, isa);
    if (rc) return rc;
    *sen = (nf_sen){ got(&w, 1, at), got(&w, 0, at), got(&w, 2, at), N };
    return NF_OK;
}

int nf_sen_slope(nf_ctx *c, double *slope, const double *x, const double *y, size_t n, nf_isa isa)
{
    uint64_t N = nf_slope_count(x, n), rank[2] = { (N + 1) / 2, N / 2 + 1 };
    double at[2] = { NAN, NAN };
    int rc = N ? nf_slopes_at(c, at, rank, 2, x, y, n, isa) : NF_OK;
    *slope = nf_middle(at[0], at[1]);
    return rc;
}
