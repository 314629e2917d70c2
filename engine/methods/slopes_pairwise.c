/* slopes_pairwise.c - every slope of a short series goes through a sieve; few are left to select from. */
#include "slopes.h"
#include <math.h>

static size_t sample_size(uint64_t pairs)
{
    return pairs < 64 ? 0 : pairs < 1000 ? 32 : pairs < 8000 ? 64 : pairs < 40000 ? 128 : 256;
}

/* Where the rank very likely lies: three standard errors of a sample quantile to both sides. */
static nf_sieve guess(const double *sample, size_t k, uint64_t rank, uint64_t pairs)
{
    double share = (double)rank / (double)pairs, at = share * (double)k;
    double wide = 3 * sqrt((double)k * share * (1 - share)) + 1.5;
    ptrdiff_t a = (ptrdiff_t)floor(at - wide), b = (ptrdiff_t)ceil(at + wide);
    return (nf_sieve){ .lo = a < 0 ? -INFINITY : sample[a], .hi = b >= (ptrdiff_t)k ? INFINITY : sample[b] };
}

static bool holds(const nf_sieve *s, uint64_t rank) { return rank > s->below && rank <= s->below + s->n; }

/* The successor is in the sieve unless the rank is its last one; then it is the least slope beyond. */
static bool knows_next(const nf_sieve *s, uint64_t rank, uint64_t pairs)
{
    return rank < s->below + s->n || rank == pairs;
}

int nf_slopes_pairwise(nf_ctx *c, nf_neighbours *out, const uint64_t *rank, int m, const double *x, const double *y, size_t n,
                       const nf_kernels *with)
{
    uint64_t pairs = nf_slope_count(x, n);
    size_t k = sample_size(pairs), room = (size_t)pairs + 8;
    double *sample = nf_scratch(c, (3 * k + 8) * sizeof *sample), *tmp = nf_scratch(c, 2 * room * sizeof *tmp);
    nf_sieve s[3];
    if (!sample || !tmp) return NF_ENOMEM;
    if (k) nf_slopes_sample(sample, k, x, y, n, sample + k, with);
    for (int q = 0; q < m; q++) {
        s[q] = guess(sample, k, rank[q], pairs);
        if (!(s[q].in = nf_scratch(c, room * sizeof *tmp))) return NF_ENOMEM;
    }
    with->sieve(x, y, n, s, m);
    for (int q = 0; q < m; q++) {
        if (!holds(&s[q], rank[q]) || !knows_next(&s[q], rank[q], pairs)) {
            s[q] = (nf_sieve){ .lo = -INFINITY, .hi = INFINITY, .in = s[q].in };
            with->sieve(x, y, n, &s[q], 1);
        }
        out[q] = nf_select(s[q].in, s[q].n, (size_t)(rank[q] - s[q].below) - 1, tmp, with);
    }
    return NF_OK;
}
