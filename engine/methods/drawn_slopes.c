/* drawn_slopes.c - the median slope of points drawn with repetition: a slope counts as often as both its points were
 * drawn. Few points have their slopes sorted once, and a resample only walks to the middle of the weights. */
#include "resample.h"
#include "slopes.h"
#include <math.h>

enum { SORTED_UP_TO = 400 };                       /* points: beyond, selecting anew is faster */

static size_t slopes_list(nf_ranked *to, const double *x, const double *y, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (x[j] > x[i]) to[m++] = (nf_ranked){ (y[j] - y[i]) / (x[j] - x[i]), i << 16 | j };
    return m;
}

int nf_drawn_slopes_of(nf_ctx *c, nf_drawn_slopes *of, const double *x, const double *y, size_t n,
                       const nf_kernels *with)
{
    size_t room = n * (n - 1) / 2 + 1;
    *of = (nf_drawn_slopes){ .x = x, .y = y, .n = n, .with = with };
    if (n > SORTED_UP_TO) return NF_OK;
    of->slope = nf_scratch(c, room * sizeof *of->slope);
    of->ends = nf_scratch(c, room * sizeof *of->ends);
    size_t mark = nf_scratch_mark(c);
    nf_ranked *all = nf_scratch(c, 2 * room * sizeof *all);
    double *whole = nf_scratch(c, n * sizeof *whole);
    if (!of->slope || !of->ends || !all || !whole) return NF_ENOMEM;
    double scale = nf_slopes_scale(whole, y, n);
    of->m = isnan(scale) ? 0 : slopes_list(all, x, whole, n);
    nf_sort_ranked(all, all + room, of->m);
    for (size_t k = 0; k < of->m; k++) {
        of->slope[k] = all[k].v / scale;
        of->ends[k] = (uint32_t)all[k].at;
    }
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

/* Pairs drawn, those of one time left out. */
static uint64_t pairs_of(const nf_drawn_slopes *of, const uint32_t *count)
{
    uint64_t twice = (uint64_t)of->n * of->n;
    for (size_t i = 0, j; i < of->n; i = j) {
        uint64_t here = 0;
        for (j = i; j < of->n && of->x[j] == of->x[i]; j++) here += count[j];
        twice -= here * here;
    }
    return twice / 2;
}

static uint64_t weight(const nf_drawn_slopes *of, const uint32_t *count, size_t k)
{
    return (uint64_t)count[of->ends[k] >> 16] * count[of->ends[k] & 0xffff];
}

/* The slope that the rank falls on, from 1; *k and *below go on for a later rank. */
static double walk(const nf_drawn_slopes *of, const uint32_t *count, uint64_t rank, size_t *k, uint64_t *below)
{
    for (uint64_t more; *k < of->m; ++*k, *below += more) {
        more = weight(of, count, *k);
        if (*below + more >= rank) return of->slope[*k];
    }
    return NAN;
}

/* The points drawn, written out in order of time. */
static int median_anew(nf_ctx *c, double *slope, const nf_drawn_slopes *of, const uint32_t *count)
{
    double *x = nf_scratch(c, 2 * of->n * sizeof *x), *y = x ? x + of->n : NULL;
    size_t n = 0;
    if (!x) return NF_ENOMEM;
    for (size_t i = 0; i < of->n; i++)
        for (uint32_t k = 0; k < count[i]; k++, n++) {
            x[n] = of->x[i];
            y[n] = of->y[i];
        }
    return nf_sen_slope(c, slope, x, y, n, of->with);
}

int nf_drawn_median(nf_ctx *c, double *slope, const nf_drawn_slopes *of, const uint32_t *count)
{
    if (!of->slope) return median_anew(c, slope, of, count);
    uint64_t pairs = pairs_of(of, count), below = 0;
    size_t k = 0;
    double low = walk(of, count, (pairs + 1) / 2, &k, &below);
    *slope = !pairs ? NAN : pairs % 2 ? low : nf_middle(low, walk(of, count, pairs / 2 + 1, &k, &below));
    return NF_OK;
}
