/* censored.c - Kendall's score and the Theil-Sen line where some values are known only to lie below a limit. */
#include "censored.h"
#include <float.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

size_t nf_limited_count(const nf_sample *s)
{
    size_t k = 0;
    for (size_t i = 0; s->below && i < s->n; i++) k += s->below[i];
    return k;
}

/* The same answer at any scale, and none lost to a large offset. */
static bool centre(nf_limited *l, double *z, const nf_sample *s)
{
    double most = 0;
    int up;
    for (size_t i = 0; i < s->n; i++) {
        z[i] = s->y[i] - s->y[0];
        most = fmax(most, fabs(z[i]));
    }
    frexp(most, &up);
    l->y0 = s->y[0];
    l->scale = ldexp(1, up);
    for (size_t i = 0; i < s->n; i++) z[i] /= l->scale;
    return isfinite(most) && isfinite(l->scale);
}

int nf_limited_of(nf_ctx *c, nf_limited *l, bool *sound, const nf_sample *s)
{
    size_t n = s->n;
    double *z = nf_scratch(c, 2 * n * sizeof *z);
    bool *below = nf_scratch(c, n);
    size_t *whole = nf_scratch(c, (3 * n + 1) * sizeof *whole);
    if (!z || !below || !whole) return NF_ENOMEM;
    memset(below, 0, n);
    *l = (nf_limited){ .x = s->tick, .z = z, .below = s->below ? s->below : below, .n = n, .left = z + n,
                       .order = whole, .place = whole + n, .tree = whole + 2 * n };
    for (size_t i = 0; i < n; i++) l->place[i] = i ? l->place[i - 1] + (s->tick[i] > s->tick[i - 1]) : 1;
    *sound = centre(l, z, s);
    return NF_OK;
}

/* ---- counts by place in time (Fenwick 1994) ---- */

static void count_in(const nf_limited *l, size_t place)
{
    for (; place <= l->n; place += place & -place) l->tree[place]++;
}

static size_t count_to(const nf_limited *l, size_t place)
{
    size_t sum = 0;
    for (; place; place -= place & -place) sum += l->tree[place];
    return sum;
}

/* Orders z less slope times x. */
static void tilt(const nf_limited *l, double slope)
{
    for (size_t i = 0; i < l->n; i++) l->left[i] = l->z[i] - slope * l->x[i];
    gsl_sort_index(l->order, l->left, 1, l->n);
}

static size_t equal_from(const nf_limited *l, size_t a)
{
    size_t e = a + 1;
    while (e < l->n && l->left[l->order[e]] == l->left[l->order[a]]) e++;
    return e;
}

/* Each value counts what is known to lie below it: earlier points less later ones. */
static int64_t score(const nf_limited *l, double slope)
{
    int64_t S = 0;
    tilt(l, slope);
    memset(l->tree, 0, (l->n + 1) * sizeof *l->tree);
    for (size_t a = 0, e, in = 0; a < l->n; a = e) {
        e = equal_from(l, a);
        for (size_t k = a; k < e; k++)
            if (l->below[l->order[k]]) count_in(l, l->place[l->order[k]]), in++;
        for (size_t k = a; k < e; k++) {
            size_t at = l->place[l->order[k]];
            if (!l->below[l->order[k]]) S += (int64_t)(count_to(l, at - 1) + count_to(l, at)) - (int64_t)in;
        }
        for (size_t k = a; k < e; k++)
            if (!l->below[l->order[k]]) count_in(l, l->place[l->order[k]]), in++;
    }
    return S;
}

/* ---- the test ---- */

/* Squares of each point's known pairs below it less those above, summed; and how many known pairs there are. */
static double squares_of_y(const nf_limited *l, double *known)
{
    size_t values = 0, lower = 0, passed = 0;
    double sum = 0;
    *known = 0;
    for (size_t i = 0; i < l->n; i++) values += !l->below[i];
    for (size_t a = 0, e; a < l->n; a = e) {
        size_t limits = 0;
        e = equal_from(l, a);
        for (size_t k = a; k < e; k++) limits += l->below[l->order[k]];
        size_t own = e - a - limits, above = values - passed - own;
        double b = (double)(lower + limits) - (double)above, under = (double)(above + own);
        sum += (double)own * b * b + (double)limits * under * under;
        *known += (double)own * (double)(lower + limits);
        lower = e;
        passed += own;
    }
    return sum;
}

static double squares_of_x(const nf_limited *l, double *different)
{
    double sum = 0, n = (double)l->n;
    *different = n * (n - 1) / 2;
    for (size_t a = 0, e; a < l->n; a = e) {
        for (e = a + 1; e < l->n && l->place[e] == l->place[a]; e++) {}
        double t = (double)(e - a), b = (double)a - (n - (double)e);
        sum += t * b * b;
        *different -= t * (t - 1) / 2;
    }
    return sum;
}

nf_kendall nf_limited_kendall(const nf_limited *l)
{
    double n = (double)l->n, known, different;
    nf_kendall k = { .S = (double)score(l, 0), .pairs = n * (n - 1) / 2 };
    double y = squares_of_y(l, &known), x = squares_of_x(l, &different);
    k.tied_y = k.pairs - known;
    k.tied_x = k.pairs - different;
    k.var = 2 * known * different / (n * (n - 1));
    if (l->n > 2) k.var += (x - 2 * different) * (y - 2 * known) / (n * (n - 1) * (n - 2));
    return k;
}

/* ---- the line ---- */

/* The score falls as the slope rises: the place between lo and hi where it falls below `least`. */
static double crossing(const nf_limited *l, double lo, double hi, int64_t least)
{
    for (int i = 0; i < 80; i++) {
        double m = lo + (hi - lo) / 2;
        if (m == lo || m == hi) break;
        if (score(l, m) >= least) lo = m;
        else hi = m;
    }
    return lo + (hi - lo) / 2;
}

/* What rounding of the residuals cannot tell from 0 is 0. */
static double cleared(const nf_limited *l, double slope)
{
    return fabs(slope) * (l->x[l->n - 1] - l->x[0]) <= 4 * DBL_EPSILON ? 0 : slope * l->scale;
}

nf_level nf_limited_slope(const nf_limited *l)
{
    double step = INFINITY;
    for (size_t i = 1; i < l->n; i++)
        if (l->place[i] > l->place[i - 1]) step = fmin(step, l->x[i] - l->x[i - 1]);
    double most = 4 / step;
    if (!isfinite(step) || !(score(l, -most) > 0) || !(score(l, most) < 0)) return (nf_level){ NAN, NAN, NAN };
    double lo = crossing(l, -most, most, 1), hi = crossing(l, lo, most, 0);
    return (nf_level){ cleared(l, lo + (hi - lo) / 2), cleared(l, lo), cleared(l, hi) };
}

/* Of lo, the middle and hi: where cenken's search stops, at the first middle whose score is 0. */
typedef struct { double lo, middle, hi; } thirds;
static thirds halve(const nf_limited *l, double lo, double hi)
{
    for (int i = 0; i < 1000; i++) {
        thirds t = { lo, (lo + hi) / 2, hi };
        int64_t a = score(l, lo), b = score(l, t.middle);
        bool falls = (a > 0 && b <= 0) || (a < 0 && b >= 0) || !a || !b;
        lo = falls ? lo : t.middle;
        hi = falls ? t.middle : hi;
        if (!b || !(hi - lo > 1e-7 / l->scale)) return t;
    }
    return (thirds){ lo, (lo + hi) / 2, hi };
}

double nf_limited_slope_cenken(const nf_limited *l)
{
    double lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = i + 1; j < l->n; j++) {
            double b = l->place[j] > l->place[i] ? (l->z[j] - l->z[i]) / (l->x[j] - l->x[i]) : NAN;
            lo = fmin(lo, b);
            hi = fmax(hi, b);
        }
    thirds t = halve(l, lo, hi);
    return l->scale * (halve(l, t.lo, t.middle).middle + halve(l, t.middle, t.hi).middle) / 2;
}

double nf_limited_intercept(const nf_limited *l, double slope)
{
    double share = 1;
    tilt(l, slope / l->scale);
    for (size_t e = l->n, a; e > 0; e = a) {
        size_t own = 0;
        for (a = e; a > 0 && l->left[l->order[a - 1]] == l->left[l->order[e - 1]]; a--)
            own += !l->below[l->order[a - 1]];
        share *= 1 - (double)own / (double)e;
        if (own && share < 0.5 - 1e-12) return l->y0 + l->scale * l->left[l->order[a]];
    }
    return NAN;
}
