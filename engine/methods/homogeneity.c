/* homogeneity.c - partial sums of deviations from the mean, and the p of their extremes by interpolation. */
#include "homogeneity.h"
#include "real.h"
#include <math.h>

bool nf_shift_of(nf_result *r, nf_shift *out, const nf_sample *s)
{
    nf_line l = nf_line_of(s);
    long double sum = 0, sd = sqrtl(l.syy / (l.n - 1)), squares = 0;
    *out = (nf_shift){ .n = (double)l.n, .sum.value = -1, .t.value = -1 };
    if (!(l.syy > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return false;
    }
    for (size_t i = 0; i + 1 < s->n; i++) {
        long double k = (long double)(i + 1), weight = 1 / k + 1 / (l.n - k);
        sum += s->y[i] - l.my;
        long double scaled = sum / sd;
        nf_shift_peak here = { (double)fabsl(scaled), (double)(-sum * weight), i };
        squares += scaled * scaled;
        out->lo = fmin(out->lo, (double)scaled);
        out->hi = fmax(out->hi, (double)scaled);
        if (here.value > out->sum.value) out->sum = here;
        here.value = (double)(scaled * scaled * weight);
        if (here.value > out->t.value) out->t = here;
    }
    out->squares = (double)squares;
    return true;
}

void nf_shift_put(nf_value *first, const nf_sample *s, nf_shift_peak p)
{
    first[0].i = nf_point_place(s, p.at);
    first[1].t = nf_point_period(s, p.at);
    first[2].f = p.step;
}

/* ---- p ---- */

static const double LN10 = 2.302585092994046;

/* What log p falls with nearly evenly: for T minus log10 of Student's p of one k; for sums their square. */
static double even(char statistic, double v, double n)
{
    if (statistic != 'T') return v * v;
    double share = fmin(v / (n - 1), 1 - 0x1p-53);
    return -nf_t_log10_two_sided(sqrt((n - 2) * share / (1 - share)), n - 2);
}

/* Rows are interpolated in log n for T, which has no limit, and in 1/sqrt n for the others, which have one. */
static double place(char statistic, double n) { return statistic == 'T' ? nf_log(n) : n > 0 ? -1 / sqrt(n) : 0; }

/* The points for n values, made even. */
static void points_for(double *at, char statistic, double n)
{
    const nf_shift_points *row = statistic == 'T' ? nf_shift_T : statistic == 'R' ? nf_shift_R : nf_shift_Q;
    while (row[1].n && row[1].n < n && (row[2].n || statistic != 'T')) row++;
    double a = row[0].n, b = row[1].n, pa = place(statistic, a);
    double share = (place(statistic, n) - pa) / (place(statistic, b) - pa);
    for (size_t j = 0; j < NF_SHIFT_LEVELS; j++)
        at[j] = even(statistic, row[0].at[j], a) * (1 - share) + even(statistic, row[1].at[j], b) * share;
}

double nf_shift_p(double log10_p) { return fmin(fmax(nf_exp(log10_p * LN10), 0x1p-1074), 1 - 0x1p-53); }

/* Gumbel's scale, on which p of an extreme is nearly a line. */
static double gumbel(double p) { return -nf_log(-nf_log1p(-p)); }

double nf_shift_log10_p(char statistic, double value, double n)
{
    double at[NF_SHIFT_LEVELS], v = even(statistic, value, n);
    size_t j = 0, last = NF_SHIFT_LEVELS - 1, next;
    points_for(at, statistic, n);
    while (j + 2 < NF_SHIFT_LEVELS && v > at[j + 1]) j++;
    if (v > at[last]) j = last - 2;                /* beyond the points: the slope of two steps */
    next = v > at[last] ? last : j + 1;
    double a = gumbel(nf_shift_level[j]), b = gumbel(nf_shift_level[next]), from = v > at[last] ? at[last] : at[j];
    double g = (v > at[last] ? b : a) + (b - a) * (v - from) / (at[next] - at[j]);
    return g > 20 ? -g / LN10 : nf_log10(-nf_expm1(-nf_exp(-g)));
}
