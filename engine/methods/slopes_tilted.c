/* slopes_tilted.c - slopes of a short series: ranks are bracketed by counting in whole numbers, few slopes are left.
 *
 * The pairs with a slope below b are those that fall in z = y - b x. In whole numbers of 31 bits many are compared at
 * once, and none is divided. Rounding may put a pair on the wrong side of b only where its slope is next to b: an
 * answer further inside its bracket than that is certain, and is then the very slope that looking at all would give. */
#include "slope_points.h"
#include <float.h>
#include <math.h>

enum { ROUNDS = 8, EDGES = 3 * ROUNDS + 2 };

/* Where a bracket ends: a slope, and how many are below; what rounding may move a slope there; the tilted y. */
typedef struct { double slope, err; uint64_t below; int32_t *z; } edge;
typedef struct { const edge *lo, *hi; } bracket;

typedef struct {
    const nf_points *of; const nf_kernels *with; size_t n; uint64_t pairs;
    double *x, *y; double x_most, y_most;          /* x less its middle; y less its middle and `base` x */
    double base, most, noise;                      /* most: no slope is beyond +-most; noise: error of y - slope x */
    double *sample; size_t n_sample;
    double *in, *select;
    int32_t *z;                                    /* of all edges */
    edge edge[EDGES]; size_t edges;
    nf_turned *turned;
    size_t enough, room;                           /* pairs inside a bracket: so few are looked at, so many can be */
} field;

static edge *edge_at(field *f, double slope)
{
    double lean = slope - f->base, unit = (f->y_most + fabs(lean) * f->x_most) * 0x1p-30 + DBL_MIN;
    edge *e = &f->edge[f->edges];
    *e = (edge){ slope, (4 * unit + f->noise) / f->of->dx_min, 0, f->z + f->edges++ * (f->n + NF_LANES) };
    f->with->lean(e->z, f->x, f->y, f->n, lean, 1 / unit);
    return e;
}

/* From the sample: where a rank is, how dense slopes are there, and whether it is in a crowd of one slope. */
typedef struct { double at, density; bool crowd; } start;

static start start_of(const field *f, uint64_t rank)
{
    double share = (double)rank / (double)f->pairs;
    size_t last = f->n_sample - 1, wide = f->n_sample / 5, i = (size_t)(share * (double)(last - 1)),
        a = i > wide ? i - wide : 0, b = i + 1 + wide < last ? i + 1 + wide : last;
    const double *s = f->sample;
    return (start){ s[i] + (s[i + 1] - s[i]) / 2,
                    (double)f->pairs * (double)(b - a) / (double)f->n_sample / (s[b] - s[a]),
                    s[i] == s[i + 1] && ((i > 0 && s[i] == s[i - 1]) || (i + 1 < last && s[i] == s[i + 2])) };
}

/* The next slope to count at: aim a little past the rank, so that the far side closes in. */
static double next_slope(const field *f, const bracket *k, uint64_t rank, int round)
{
    double past = (double)f->enough * 0.2 * (1 + round * 0.25), above = (double)(rank - k->lo->below),
        under = (double)(k->hi->below - rank), lo = k->lo->slope, hi = k->hi->slope, at;
    if (k->lo->below > 0 && k->hi->below < f->pairs)
        at = lo + (above + (under > above ? past : -past)) * (hi - lo) / (above + under);
    else {
        start s = start_of(f, rank);
        at = k->lo->below > 0 ? lo + (above + past) / s.density
           : k->hi->below < f->pairs ? hi - (under + past) / s.density : s.at;
    }
    return at > lo && at < hi && round % 4 != 3 ? at : lo + (hi - lo) / 2;
}

/* One count narrows the brackets of all ranks. */
static void count_at(field *f, bracket *k, const uint64_t *rank, int m, double slope)
{
    edge *e = edge_at(f, slope);
    e->below = f->with->falls(e->z, f->n);
    for (int q = 0; q < m; q++) {                  /* above: the one after the rank is inside too */
        bool under = e->below < rank[q] && slope > k[q].lo->slope, above = e->below > rank[q] && slope < k[q].hi->slope;
        k[q].lo = under ? e : k[q].lo;
        k[q].hi = above ? e : k[q].hi;
    }
}

/* The slopes of the pairs inside, n of them; false where they are not as many as were counted. */
static bool look_inside(const field *f, const bracket *k, size_t n)
{
    const double *x = f->of->x, *y = f->of->y;
    const nf_turned *t = f->turned, *end = t + f->with->turned(f->turned, f->room, k->lo->z, k->hi->z, f->n);
    if (end > f->turned + f->room) return false;
    uint32_t mask = t->mask;
    for (size_t p = 0; p < n; p++) {
        if (t == end) return false;
        unsigned q = (unsigned)__builtin_ctz(mask);
        size_t i = t->i + (q >> 2 & 3), j = t->j + (q & 3) + (q >> 4) * 4;
        f->in[p] = (y[j] - y[i]) / (x[j] - x[i]);
        mask &= mask - 1;
        t += mask == 0;
        mask = mask ? mask : t->mask;
    }
    return t == end;
}

static bool select_inside(const field *f, const bracket *k, uint64_t rank, nf_neighbours *out)
{
    size_t n = (size_t)(k->hi->below - k->lo->below);
    if (n > f->room || !look_inside(f, k, n)) return false;
    *out = nf_select(f->in, n, (size_t)(rank - k->lo->below) - 1, f->select, f->with);
    return out->at > k->lo->slope + k->lo->err && (rank == f->pairs ? out->at : out->next) < k->hi->slope - k->hi->err;
}

/* to = from less its middle and slope x; returns the largest. */
static double centre(double *to, const double *from, const double *x, double slope, size_t n)
{
    double most = 0, middle = from[n / 2];
    for (size_t i = 0; i < n; i++) {
        to[i] = from[i] - middle - slope * x[i];
        most = fabs(to[i]) > most ? fabs(to[i]) : most;
    }
    return most;
}

static int set_up(nf_ctx *c, field *f, const nf_points *p)
{
    size_t n = p->n, room = 16 * n, n_sample = n < 100 ? 16 : 32;
    double *d = nf_scratch(c, (2 * n + 3 * n_sample + 3 * (room + 8)) * sizeof *d);
    int32_t *z = nf_scratch(c, EDGES * (n + NF_LANES) * sizeof *z);
    nf_turned *turned = nf_scratch(c, (room + 1) * sizeof *turned);
    if (!d || !z || !turned) return NF_ENOMEM;
    *f = (field){ .of = p, .with = p->with, .n = n, .pairs = p->pairs, .x = d, .y = d + n, .sample = d + 2 * n,
                  .n_sample = n_sample, .in = d + 2 * n + 3 * n_sample, .z = z, .turned = turned, .room = room,
                  .enough = n / 4 + 8 };
    f->select = f->in + room + 8;
    nf_slopes_sample(f->sample, n_sample, f->sample + n_sample, p);
    f->base = f->sample[n_sample / 2];
    f->x_most = centre(f->x, p->x, p->x, 0, n);
    double y_most = centre(f->y, p->y, f->x, 0, n);
    f->y_most = centre(f->y, p->y, f->x, f->base, n);
    f->most = 2.0001 * y_most / p->dx_min;
    f->noise = 16 * DBL_EPSILON * (y_most + f->most * f->x_most);
    return NF_OK;
}

/* Single values that many pairs share are not to be bracketed, nor what the whole numbers cannot hold. */
static bool can_be_bracketed(const field *f, const uint64_t *rank, int m)
{
    bool can = f->most > 0 && f->most * f->x_most < 0x1p900;
    for (int q = 0; q < m; q++) can = can && !start_of(f, rank[q]).crowd;
    return can;
}

int nf_slopes_tilted(nf_ctx *c, nf_neighbours *out, bool *done, const uint64_t *rank, int m, const nf_points *p)
{
    field f;
    bracket k[3];
    int rc = set_up(c, &f, p);
    *done = !rc && can_be_bracketed(&f, rank, m);
    if (!*done) return rc;
    const edge *lowest = edge_at(&f, -f.most);
    edge *highest = edge_at(&f, f.most);
    highest->below = p->pairs;
    for (int q = 0; q < m; q++) k[q] = (bracket){ lowest, highest };
    for (int q = 0; *done && q < m; q++) {
        for (int round = 0; k[q].hi->below - k[q].lo->below > f.enough && round < ROUNDS; round++)
            count_at(&f, k + q, rank + q, m - q, next_slope(&f, &k[q], rank[q], round));
        *done = select_inside(&f, &k[q], rank[q], &out[q]);
    }
    return NF_OK;
}
