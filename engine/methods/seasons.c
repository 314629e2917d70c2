/* seasons.c - points sorted by season, their scores, and the covariance of two scores. */
#include "seasons.h"
#include <math.h>
#include <string.h>

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

int nf_seasons_of(nf_ctx *c, nf_seasons *out, const nf_sample *s)
{
    int m = nf_season_count(s);
    *out = (nf_seasons){ .count = m };
    if (m < 2) {
        out->count = 0;
        return NF_OK;
    }
    size_t *from = nf_scratch(c, ((size_t)m + 2) * sizeof *from);
    double *x = nf_scratch(c, 2 * s->n * sizeof *x);
    int64_t *cycle = nf_scratch(c, s->n * sizeof *cycle);
    if (!from || !x || !cycle) return NF_ENOMEM;
    memset(from, 0, ((size_t)m + 2) * sizeof *from);
    for (size_t i = 0; i < s->n; i++) from[nf_season_of(s, i) + 2]++;
    for (int g = 2; g <= m; g++) from[g] += from[g - 1];
    *out = (nf_seasons){ m, from, x, x + s->n, cycle };
    bool calendar = s->set.season_length <= 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t k = from[nf_season_of(s, i) + 1]++;
        out->x[k] = s->tick[i];
        out->y[k] = s->y[i];
        cycle[k] = floor_div((calendar ? s->first + s->grid * (int64_t)s->row[i] : (int64_t)s->row[i]), m);
    }
    return NF_OK;
}

int nf_seasons_score(nf_ctx *c, nf_kendall *k, double *S, double *var, const nf_seasons *p, const nf_sample *s)
{
    *S = *var = 0;
    for (int g = 0; g < p->count; g++) {
        size_t a = p->from[g], n = p->from[g + 1] - a;
        int rc = nf_kendall_of(c, &k[g], p->x + a, p->y + a, n, nf_kernels_for(s->set.isa));
        if (rc) return rc;
        *S += k[g].S;
        *var += k[g].var;
    }
    return NF_OK;
}

bool nf_has_table(const nf_sample *s, int seasons, size_t most)
{
    size_t steps = s->rows * (size_t)(s->grid > 0 && s->set.season_length <= 0 ? s->grid : 1);
    return steps / (size_t)seasons + 2 <= most;
}

/* Mid-ranks among the values there are; a missing value takes the middle rank, so that it adds nothing. */
static int ranks_with_gaps(nf_ctx *c, double *rank, size_t *n_there, const double *a, size_t n, const nf_kernels *with)
{
    double *there = nf_scratch(c, 2 * n * sizeof *there), *r = there ? there + n : NULL;
    size_t m = 0, j = 0;
    if (!there) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++)
        if (!isnan(a[i])) there[m++] = a[i];
    int rc = m ? nf_midranks(c, r, there, m, 0, with) : NF_OK;
    for (size_t i = 0; i < n; i++) rank[i] = isnan(a[i]) ? (double)(m + 1) / 2 : r[j++];
    *n_there = m;
    return rc;
}

static double sign(double d) { return (d > 0) - (d < 0); }

int nf_score_covariance(nf_ctx *c, double *cov, const double *a, const double *b, size_t n, const nf_kernels *with)
{
    size_t mark = nf_scratch_mark(c), na, nb;
    double *ra = nf_scratch(c, 2 * n * sizeof *ra), *rb = ra ? ra + n : NULL, K = 0, R = 0;
    int rc = ra ? ranks_with_gaps(c, ra, &na, a, n, with) : NF_ENOMEM;
    if (!rc) rc = ranks_with_gaps(c, rb, &nb, b, n, with);
    if (rc) return rc;
    for (size_t i = 0; i < n; i++) {
        R += ra[i] * rb[i];
        for (size_t j = i + 1; j < n; j++) K += sign((a[j] - a[i]) * (b[j] - b[i]));       /* NaN has no sign */
    }
    *cov = (K + 4 * R - (double)n * ((double)na + 1) * ((double)nb + 1)) / 3;
    nf_scratch_rewind(c, mark);
    return NF_OK;
}
