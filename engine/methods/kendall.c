/* kendall.c - Kendall's score, its variance with ties, its exact distribution and the serial correlation warning. */
#include "rank.h"
#include "real.h"
#include <math.h>

/* Sums over groups of t equal values: pairs t(t-1)/2, t(t-1)(2t+5) and t(t-1)(t-2). */
typedef struct { double pairs, t5, t3; } ties;

static void tie(ties *s, size_t count)
{
    double t = (double)count;
    s->pairs += t * (t - 1) / 2;
    s->t5 += t * (t - 1) * (2 * t + 5);
    s->t3 += t * (t - 1) * (t - 2);
}

static ties ties_of(const double *sorted, size_t n)
{
    ties s = { 0 };
    for (size_t i = 0, j; sorted && i < n; i = j) {
        for (j = i + 1; j < n && sorted[j] == sorted[i]; j++) {}
        if (j - i > 1) tie(&s, j - i);
    }
    return s;
}

/* Pairs equal in x and y: y is sorted within equal x. */
static double tied_both(const double *x, const double *y, size_t n)
{
    ties s = { 0 };
    for (size_t i = 0, j; x && i < n; i = j) {
        for (j = i + 1; j < n && x[j] == x[i] && y[j] == y[i]; j++) {}
        if (j - i > 1) tie(&s, j - i);
    }
    return s.pairs;
}

/* Kendall 1975, p. 55: ties in y, in x, and both. */
static double variance(double n, ties y, ties x)
{
    double v = (n * (n - 1) * (2 * n + 5) - y.t5 - x.t5) / 18;
    if (!(x.pairs > 0)) return v;
    if (n > 2) v += y.t3 * x.t3 / (9 * n * (n - 1) * (n - 2));
    return v + 2 * y.pairs * x.pairs / (n * (n - 1));
}

static nf_kendall kendall_in(double *room, const double *x, const double *y, size_t n, const nf_kernels *with)
{
    double down = (double)nf_sort_count(y, room, room + n, n, with);
    ties ty = ties_of(room, n), tx = ties_of(x, n);
    nf_kendall k = { .pairs = n ? (double)n * (double)(n - 1) / 2 : 0, .tied_y = ty.pairs, .tied_x = tx.pairs,
                     .sorted = room };
    k.S = k.pairs - ty.pairs - tx.pairs + tied_both(tx.pairs > 0 ? x : NULL, y, n) - 2 * down;
    bool constant = ty.pairs == k.pairs || tx.pairs == k.pairs;
    k.var = constant ? 0 : variance((double)n, ty, tx);
    return k;
}

int nf_kendall_of(nf_ctx *c, nf_kendall *k, const double *x, const double *y, size_t n, const nf_kernels *with)
{
    double *room = nf_scratch(c, 2 * n * sizeof *room);
    if (!room) return NF_ENOMEM;
    *k = kendall_in(room, x, y, n, with);
    return NF_OK;
}

const nf_kendall *nf_kendall_shared(const nf_sample *s)
{
    struct nf_shared *k = s->shared;
    if (!k->has) k->kendall = kendall_in(k->room, s->tick, s->y, s->n, nf_kernels_for(s->set.isa));
    k->has = true;
    return &k->kendall;
}

double nf_limit_z(double alpha) { return alpha == 0.05 ? 1.959963984540054 : nf_normal_quantile(1 - alpha / 2); }

nf_tail nf_tail_of(double S, double var, bool continuity)
{
    double s = continuity ? (S > 0 ? fmax(S - 1, 0) : fmin(S + 1, 0)) : S;
    double z = var > 0 ? s / sqrt(var) : 0;
    double p = nf_normal_two_sided(z);
    return (nf_tail){ z, p, p > 1e-300 ? nf_log10(p) : nf_normal_log10_two_sided(z) };
}

/* Permutations of n by inversions, as probabilities: P_n(k) is the mean of P_{n-1}(k - j), j < n. Only the
 * lower half is needed (it is symmetric), where the sums have no cancellation. */
int nf_mahonian_p(nf_ctx *c, double *p, size_t n, double s)
{
    size_t most = n * (n - 1) / 2, k = (size_t)(((double)most - fabs(s)) / 2), mark = nf_scratch_mark(c);
    long double *a = nf_scratch(c, 2 * (k + 1) * sizeof *a), *b = a ? a + k + 1 : NULL, sum = 0;
    if (!a) return NF_ENOMEM;
    for (size_t i = 0; i <= k; i++) a[i] = i == 0;
    for (size_t m = 2; m <= n; m++) {
        for (size_t i = 0; i <= k; i++) {
            long double window = 0;
            for (size_t j = 0; j < m && j <= i; j++) window += a[i - j];
            b[i] = window / (long double)m;
        }
        long double *t = a;
        a = b;
        b = t;
    }
    for (size_t i = 0; i <= k; i++) sum += a[i];
    *p = s == 0 ? 1 : fmin(1, (double)(2 * sum));
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

bool nf_is_autocorrelated(const nf_sample *s)
{
    size_t n = s->n;
    double mx = 0, my = 0, sxy = 0, sxx = 0, syy = 0, see = 0, lag = 0, last = 0, weight = 1;
    for (size_t i = 0; i < n; i++) {
        mx += s->tick[i];
        my += s->y[i];
    }
    mx /= (double)n;
    my /= (double)n;
    for (size_t i = 0; i < n; i++) {
        double dx = s->tick[i] - mx, dy = s->y[i] - my;
        sxy += dx * dy;
        sxx += dx * dx;
        syy += dy * dy;
    }
    double b = sxx > 0 ? sxy / sxx : 0;
    for (size_t i = 0; i < n; i++) {
        double e = s->y[i] - my - b * (s->tick[i] - mx);
        see += e * e;
        if (i && s->row[i] == s->row[i - 1] + 1) {
            lag += e * last;
            weight++;
        }
        last = e;
    }
    bool noise = !(see > 1e-24 * syy);             /* a straight line to rounding: nothing left to correlate */
    return n > 3 && !noise && fabs(lag) / see * (double)n > nf_limit_z(0.05) * sqrt(weight);
}
