/* slopes_bracketed.c - slope selection for long series: bracket a rank by counting, then look at what is inside.
 *
 * The pairs with a slope below b are the inversions of z = y - b x: one merge sort counts them. Secant steps
 * narrow a bracket until few pairs are inside; those are the pairs whose order differs between the two ends.
 * The answer is accepted when it lies further inside than rounding can move a count (the certificate);
 * else, in crowds of nearly equal slopes, the bits of the answer are found by exact counts. */
#include "slope_points.h"
#include <float.h>
#include <math.h>
#include <string.h>

enum { INSIDE = 6 };                               /* pairs a point that may be inside a bracket */

typedef struct { uint64_t key; uint32_t i; } keyed;
typedef struct {
    const double *x, *y; size_t n; uint64_t pairs, same_point;     /* same_point: pairs equal in x and y */
    double dx_min;
    double *z, *sorted, *tmp, *sample; size_t n_sample;
    keyed *a, *b;
    double *in, *select; size_t room;
    nf_exact exact; const nf_kernels *with;
} field;

/* Slopes in [lo, hi): below lo there are at_lo, below hi at_hi. err: what rounding may move a computed slope. */
typedef struct { double lo, hi, err_lo, err_hi; uint64_t at_lo, at_hi; } bracket;

static uint64_t count_below(const field *f, double slope, double *err)
{
    double most = f->with->tilt(f->z, f->x, f->y, f->n, slope);
    *err = 2 * DBL_EPSILON * most / f->dx_min + 4 * DBL_EPSILON * fabs(slope) + 4 * DBL_MIN;
    return nf_sort_count(f->z, f->sorted, f->tmp, f->n, f->with);
}

/* ---- the pairs inside a bracket ---- */

static uint64_t order_of(double v)
{
    uint64_t b;
    v += 0.0;
    memcpy(&b, &v, sizeof b);
    return b >> 63 ? ~b : b | 1ull << 63;
}

/* Least significant digit first, 11 bits at a time; stable. Returns where the result is, a or b. */
static keyed *radix_sort(keyed *a, keyed *b, size_t n)
{
    enum { BITS = 11, DIGITS = 1 << BITS, PASSES = 6 };
    uint32_t count[PASSES][DIGITS];
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++)
        for (int p = 0; p < PASSES; p++) count[p][a[i].key >> (BITS * p) & (DIGITS - 1)]++;
    for (int p = 0; p < PASSES; p++) {
        uint32_t *at = count[p], sum = 0;
        if (at[a[0].key >> (BITS * p) & (DIGITS - 1)] == n) continue;      /* all alike */
        for (int d = 0; d < DIGITS; d++) {
            uint32_t here = at[d];
            at[d] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++) b[at[a[i].key >> (BITS * p) & (DIGITS - 1)]++] = a[i];
        keyed *swap = a;
        a = b;
        b = swap;
    }
    return a;
}

/* Sorts by z at the lower end, then by insertion at the upper: every shift is a pair inside. At most f->room. */
static size_t look_inside(const field *f, const bracket *k)
{
    size_t found = 0;
    double *z = f->sorted;
    f->with->tilt(f->z, f->x, f->y, f->n, k->lo);
    for (size_t i = 0; i < f->n; i++) f->a[i] = (keyed){ order_of(f->z[i]), (uint32_t)i };
    const keyed *by_lo = radix_sort(f->a, f->b, f->n);
    uint32_t *who = (uint32_t *)(void *)(by_lo == f->a ? f->b : f->a);
    f->with->tilt(f->z, f->x, f->y, f->n, k->hi);
    for (size_t i = 0; i < f->n; i++) {
        uint32_t r = by_lo[i].i;
        double at = f->z[r];
        size_t j = i;
        for (; j > 0 && z[j - 1] > at; j--) {
            if (found == f->room) return f->room + 1;
            uint32_t l = who[j - 1];
            f->in[found++] = (f->y[r] - f->y[l]) / (f->x[r] - f->x[l]);
            z[j] = z[j - 1];
            who[j] = l;
        }
        z[j] = at;
        who[j] = r;
    }
    return found;
}

/* ---- narrowing ---- */

/* Where to count first, and how densely slopes lie there, from the sample. */
typedef struct { double at, density; } start;

static start start_of(const field *f, uint64_t rank)
{
    double share = (double)rank / (double)f->pairs, at = share * (double)f->n_sample;
    double wide = 3 * sqrt((double)f->n_sample * fmax(share * (1 - share), 1e-4)) + 3;
    size_t last = f->n_sample - 1;
    size_t a = at > wide ? (size_t)(at - wide) : 0, b = at + wide < (double)last ? (size_t)(at + wide) + 1 : last;
    double gap = f->sample[b] - f->sample[a];
    size_t i = at < (double)last ? (size_t)at : last - 1;          /* between two, so that no slope is on the edge */
    return (start){ f->sample[i] + (f->sample[i + 1] - f->sample[i]) / 2,
                    (double)f->pairs * ((double)(b - a) / (double)f->n_sample) / gap };
}

static bool inside(const bracket *k, double v) { return v > k->lo && v < k->hi; }

/* The next slope to count at: aim past the rank by 1.5 n pairs, so that the far side closes in. */
static double next_slope(const field *f, const bracket *k, uint64_t rank, start s, int round)
{
    double past = 1.5 * (double)f->n, at;
    if (k->at_lo && k->at_hi < f->pairs) {
        double density = (double)(k->at_hi - k->at_lo) / (k->hi - k->lo);
        double aim = k->lo + ((double)rank - (double)k->at_lo) / density;
        at = k->at_hi - rank > rank - k->at_lo ? aim + past / density : aim - past / density;
    } else {
        bool up = k->at_hi == f->pairs;            /* only the lower end is known */
        double from = up ? k->lo : k->hi, have = (double)(up ? k->at_lo : k->at_hi);
        double grow = round > 4 ? (double)(1 << (round - 4 < 30 ? round - 4 : 30)) : 1;
        at = from + (((double)rank - have) * 1.02 * grow + (up ? past : -past) * grow) / s.density;
    }
    return inside(k, at) && round % 4 != 3 ? at : k->lo + (k->hi - k->lo) / 2;
}

static void count_at(const field *f, bracket *k, uint64_t rank, double at)
{
    double err;
    uint64_t below = count_below(f, at, &err);
    if (below < rank) {
        k->lo = at;
        k->at_lo = below;
        k->err_lo = err;
    } else {
        k->hi = at;
        k->at_hi = below;
        k->err_hi = err;
    }
}

/* ---- one rank ---- */

static bool certain(const bracket *k, double v)
{
    double own = 4 * DBL_EPSILON * fabs(v);
    return v - own > k->lo + k->err_lo && v + own < k->hi - k->err_hi;
}

static bool select_inside(const field *f, const bracket *k, uint64_t rank, nf_neighbours *out)
{
    size_t n = look_inside(f, k);
    if (n != k->at_hi - k->at_lo) return false;
    *out = nf_select(f->in, n, (size_t)(rank - k->at_lo) - 1, f->select, f->with);
    return certain(k, out->at) && (rank == f->pairs || certain(k, out->next));
}

static nf_neighbours select_exactly(const field *f, const bracket *k, uint64_t rank)
{
    double at = nf_exact_find(&f->exact, rank, k->lo - 8 * k->err_lo, k->hi + 8 * k->err_hi), next = at;
    if (rank == f->pairs) next = INFINITY;
    else if (nf_exact_count(&f->exact, at) <= rank)
        next = nf_exact_find(&f->exact, rank + 1, at, k->hi + 8 * k->err_hi);
    return (nf_neighbours){ at, next };
}

/* ---- crowds: very many pairs of one slope, as rounded figures have at 0 ---- */

static double repeated_in_sample(const field *f, uint64_t rank)
{
    size_t last = f->n_sample - 1, i = (size_t)((double)rank / (double)f->pairs * (double)f->n_sample);
    if (i > last) i = last;
    double v = f->sample[i];
    return (i > 0 && f->sample[i - 1] == v) || (i < last && f->sample[i + 1] == v) ? v : NAN;
}

/* The middle of those pairs inside that are met first: when it occurs twice, it is what keeps the bracket full. */
static double repeated_inside(const field *f, const bracket *k)
{
    size_t n = look_inside(f, k);
    if (n > f->room) n = f->room;
    if (!n) return NAN;
    nf_neighbours v = nf_select(f->in, n, n / 2, f->select, f->with);
    return v.at == v.next ? v.at : NAN;
}

static void count_crowd(const field *f, double v, uint64_t *below, uint64_t *upto)
{
    if (v != 0) {
        *below = nf_exact_count(&f->exact, nf_exact_before(v));
        *upto = nf_exact_count(&f->exact, v);
        return;
    }
    *below = *upto = nf_sort_count(f->y, f->sorted, f->tmp, f->n, f->with);   /* at 0, z is y: no rounding */
    for (size_t i = 0, j; i < f->n; i = j) {
        for (j = i + 1; j < f->n && f->sorted[j] == f->sorted[i]; j++) {}
        *upto += (uint64_t)(j - i) * (j - i - 1) / 2;
    }
    *upto -= f->same_point;
}

static nf_neighbours select_rank(const field *f, uint64_t rank);

/* Either the rank is in the crowd at v, or the bracket moves past it. */
static bool settle(const field *f, bracket *k, uint64_t rank, double v, nf_neighbours *out)
{
    uint64_t below, upto;
    double err;
    count_crowd(f, v, &below, &upto);
    if (below < rank && rank <= upto) {
        bool last = rank == f->pairs;
        *out = (nf_neighbours){ v, rank < upto ? v : last ? INFINITY : select_rank(f, rank + 1).at };
        return true;
    }
    count_below(f, v, &err);
    double past = rank > upto ? v + 8 * err : v - 8 * err;
    if (inside(k, past)) count_at(f, k, rank, past);
    return false;
}

static nf_neighbours select_rank(const field *f, uint64_t rank)
{
    nf_neighbours out;
    bracket k = { -f->exact.most, f->exact.most, 0, 0, 0, f->pairs };
    start s = start_of(f, rank);
    double crowd = repeated_in_sample(f, rank), at = s.at;
    if (!isnan(crowd) && settle(f, &k, rank, crowd, &out)) return out;
    for (int round = 0; round < 200; round++) {
        count_at(f, &k, rank, inside(&k, at) ? at : k.lo + (k.hi - k.lo) / 2);
        if (k.at_hi - k.at_lo <= f->room) {
            if (select_inside(f, &k, rank, &out)) return out;
            break;
        }
        bool blurred = !(k.hi - k.lo > 4 * (k.err_lo + k.err_hi));
        if (round % 4 == 3 || blurred) {
            crowd = repeated_inside(f, &k);
            if (!isnan(crowd) && settle(f, &k, rank, crowd, &out)) return out;
        }
        if (blurred) break;
        at = next_slope(f, &k, rank, s, round);
    }
    return select_exactly(f, &k, rank);
}

/* ---- setting up ---- */

/* Moves the origin to the middle where that loses nothing; offsets of 1e15 then leave z its digits. */
static void centre(double *to, const double *from, size_t n, double scale)
{
    double mid = from[n / 2];
    bool exact = true;
    for (size_t i = 0; i < n && exact; i++) {
        double d = from[i] - mid, b = d - from[i];
        exact = (from[i] - (d - b)) + (-mid - b) == 0;
    }
    for (size_t i = 0; i < n; i++) to[i] = (exact ? from[i] - mid : from[i]) * scale;
}

static double largest(const double *y, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(y[i]));
    return most;
}

/* A power of two that brings the values away from denormals and overflow. */
static double binary_scale(const double *y, size_t n)
{
    int e;
    frexp(largest(y, n), &e);
    return e > -100 && e < 100 ? 1 : ldexp(1, -e < -1000 ? -1000 : -e > 1000 ? 1000 : -e);
}

static int set_up(nf_ctx *c, field *f, const nf_points *p, double x_scale, double y_scale)
{
    const double *x = p->x, *y = p->y;
    size_t n = p->n;
    double *xc = nf_scratch(c, n * sizeof *xc), *yc = nf_scratch(c, n * sizeof *yc);
    *f = (field){ .x = xc, .y = yc, .n = n, .pairs = p->pairs, .dx_min = INFINITY, .room = INSIDE * n,
                  .n_sample = n < 20000 ? 2048 : n < 200000 ? 8192 : 32768, .with = p->with };
    double *room = nf_scratch(c, (3 * n + 3 * f->n_sample) * sizeof *room);
    keyed *keys = nf_scratch(c, 2 * n * sizeof *keys);
    f->in = nf_scratch(c, (f->room + 8) * sizeof *f->in);
    f->select = nf_scratch(c, 2 * (f->room + 8) * sizeof *f->select);
    f->exact = (nf_exact){ xc, yc, n, nf_scratch(c, 4 * n * sizeof *f->exact.room), 0 };
    if (!xc || !yc || !room || !keys || !f->in || !f->select || !f->exact.room) return NF_ENOMEM;
    f->z = room;
    f->sorted = room + n;
    f->tmp = room + 2 * n;
    f->sample = room + 3 * n;
    f->a = keys;
    f->b = keys + n;
    centre(xc, x, n, x_scale);
    centre(yc, y, n, y_scale);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && x[j] == x[i] && y[j] == y[i]; j++) {}
        f->same_point += (uint64_t)(j - i) * (j - i - 1) / 2;
    }
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[i - 1]) f->dx_min = fmin(f->dx_min, xc[i] - xc[i - 1]);
    f->exact.most = fmin(2.0001 * largest(yc, n) / f->dx_min + 4 * DBL_MIN, 0x1p900);
    nf_slopes_sample(f->sample, f->n_sample, f->sample + f->n_sample, 
                    &(nf_points){ xc, yc, n, p->pairs, f->dx_min, p->with });
    return NF_OK;
}

int nf_slopes_bracketed(nf_ctx *c, nf_neighbours *out, const uint64_t *rank, int m, const nf_points *p)
{
    field f;
    double x_scale = binary_scale(p->x, p->n), y_scale = binary_scale(p->y, p->n), scale = y_scale / x_scale;
    int rc = p->n > UINT32_MAX ? nf_fail(c, NF_EINVAL, "%zu points are too many", p->n)
                               : set_up(c, &f, p, x_scale, y_scale);
    for (int q = 0; !rc && q < m; q++) {
        nf_neighbours v = select_rank(&f, rank[q]);
        out[q] = (nf_neighbours){ v.at / scale, v.next / scale };
    }
    return rc;
}
