/* slopes_pairwise.c - every slope of a short series goes through a sieve; few are left to select from. */
#include "slope_points.h"
#include <math.h>

/* For one rank of few slopes selection alone is as fast as a sample first. */
static size_t sample_size(uint64_t pairs, int m)
{
    return pairs < 64 || (pairs < 1000 && m == 1) ? 0 : pairs < 1000 ? 32 : pairs < 8000 ? 128 : 256;
}

/* Where the rank likely lies: two standard errors of a sample quantile to both sides. */
static nf_sieve guess(const double *sample, size_t k, uint64_t rank, uint64_t pairs)
{
    double share = (double)rank / (double)pairs, at = share * (double)k;
    double wide = 2 * sqrt((double)k * share * (1 - share)) + 1;
    ptrdiff_t a = (ptrdiff_t)floor(at - wide), b = (ptrdiff_t)ceil(at + wide);
    return (nf_sieve){ .lo = a < 0 ? -INFINITY : sample[a], .hi = b >= (ptrdiff_t)k ? INFINITY : sample[b] };
}

/* Also the slope after it is wanted; beyond the last one there is none. */
static bool holds(const nf_sieve *s, uint64_t rank, uint64_t pairs)
{
    return rank > s->below && (rank < s->below + s->n || (rank == pairs && rank == s->below + s->n));
}

/* A sieve for what lies to the side where the rank was not caught. */
static nf_sieve beside(const nf_sieve *s, uint64_t rank)
{
    bool under = rank <= s->below;
    return (nf_sieve){ .lo = under ? -INFINITY : s->hi, .hi = under ? s->lo : INFINITY, .in = s->in };
}

int nf_slopes_pairwise(nf_ctx *c, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *p)
{
    size_t k = sample_size(p->pairs, m), room = (size_t)p->pairs + 8;
    double *sample = nf_scratch(c, (3 * k + 8) * sizeof *sample), *tmp = nf_scratch(c, 2 * room * sizeof *tmp);
    nf_sieve s[3];
    if (!sample || !tmp) return NF_ENOMEM;
    if (k) nf_slopes_sample(sample, k, sample + k, p);
    for (int q = 0; q < m; q++) {
        s[q] = guess(sample, k, rank[q], p->pairs);
        if (!(s[q].in = nf_scratch(c, room * sizeof *tmp))) return NF_ENOMEM;
    }
    p->with->sieve(p->x, p->y, p->n, s, m);
    for (int q = 0; q < m; q++) {
        if (!holds(&s[q], rank[q], p->pairs)) {
            s[q] = beside(&s[q], rank[q]);
            p->with->sieve(p->x, p->y, p->n, &s[q], 1);
        }
        /* the rank is the last of one side, the next the first of the other */
        if (!holds(&s[q], rank[q], p->pairs)) {
            s[q] = (nf_sieve){ .lo = -INFINITY, .hi = INFINITY, .in = s[q].in };
            p->with->sieve(p->x, p->y, p->n, &s[q], 1);
        }
        out[q] = nf_select(s[q].in, s[q].n, (size_t)(rank[q] - s[q].below) - 1, tmp, p->with);
    }
    return NF_OK;
}
