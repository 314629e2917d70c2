/* resample.c - moving blocks for the bootstrap. */
#include "resample.h"
#include <math.h>

uint64_t nf_random_next(nf_random *r)
{
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

void nf_draw_blocks(size_t *index, size_t n, size_t block, nf_random *r)
{
    if (block > n) block = n;
    for (size_t i = 0; i < n;) {
        size_t from = (size_t)((nf_random_next(r) >> 32) * (uint64_t)(n - block + 1) >> 32);
        for (size_t k = 0; k < block && i < n; k++) index[i++] = from + k;
    }
}

int nf_block_length(nf_ctx *c, size_t *block, const double *v, const nf_sample *s)
{
    size_t most = s->n / 4 < 64 ? s->n / 4 : 64, k = 0;
    double *rho = nf_scratch(c, 2 * (most + 1) * sizeof *rho), *weight = rho ? rho + most : NULL, z = nf_limit_z(0.05);
    int rc = !rho ? NF_ENOMEM : nf_has_lags(s) ? nf_autocorrelations(c, rho, weight, most, v, s) : NF_OK;
    while (!rc && nf_has_lags(s) && k < most && rho[k] > z / sqrt(weight[k])) k++;
    *block = k + 1;
    return rc;
}
