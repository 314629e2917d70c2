/* slopes.c - order statistics of all pairwise slopes: what is exact first, then by size. */
#include "slopes.h"
#include <math.h>

int nf_slopes_at(nf_ctx *c, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *p)
{
    size_t mark = nf_scratch_mark(c);
    double *whole = nf_scratch(c, p->n * sizeof *whole);
    if (!whole) return NF_ENOMEM;
    for (int k = 0; k < m; k++) out[k] = (nf_neighbours){ NAN, NAN };
    double scale = nf_slopes_scale(whole, p->y, p->n);
    if (isnan(scale)) return NF_OK;
    nf_points q = *p;
    q.y = whole;
    bool done = p->n > NF_SLOPES_PAIRWISE;
    int rc = done ? nf_slopes_bracketed(c, out, rank, m, &q) : NF_OK;
    if (!done && p->n >= NF_SLOPES_TILTED) rc = nf_slopes_tilted(c, out, &done, rank, m, &q);
    if (!done && !rc) rc = nf_slopes_pairwise(c, out, rank, m, &q);
    for (int k = 0; !rc && k < m && scale != 1; k++) out[k] = (nf_neighbours){ out[k].at / scale, out[k].next / scale };
    nf_scratch_rewind(c, mark);
    return rc;
}
