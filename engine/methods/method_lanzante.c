/* method_lanzante.c - one change of level by ranks, tested by Wilcoxon's sum (Lanzante 1996). */
#include "line.h"
#include "rank.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { W, K, PERIOD, Z, P, LOG10_P };
static const nf_field out[] = {
    [W]       = { "W", NF_F64, NF_ONE, { "Wilcoxon's statistic of the values before the change", "Wilcoxon 统计量" } },
    [K]       = { "k", NF_I64, NF_ONE, { "last row before the change, from 1", "变点前最后一行（从 1 起）" } },
    [PERIOD]  = { "period", NF_TIME, NF_FREE, { "its period", "变点前最后一期" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised; positive: higher after the change", "标准化统计量" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    { 0 }
};

/* The first k where |2 sum of ranks - k (n + 1)| is largest; *sum: the ranks up to there. */
static size_t change(const double *rank, size_t n, double *sum)
{
    double so_far = 0, most = -1;
    size_t at = 1;
    for (size_t i = 0; i + 1 < n; i++) {
        so_far += rank[i];
        double u = fabs(2 * so_far - (double)(i + 1) * ((double)n + 1));
        if (u <= most) continue;
        most = u;
        at = i + 1;
        *sum = so_far;
    }
    return at;
}

static double cubes_of_ties(const double *sorted, size_t n)
{
    double sum = 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && sorted[j] == sorted[i]; j++) { }
        double t = (double)(j - i);
        sum += t * t * t - t;
    }
    return sum;
}

/* 2 P(W <= w) without ties, by counting: ways[j][u] of choosing j of the first r ranks with
 * their excess summing to u. */
static int exact_p(nf_ctx *c, double *p, size_t n1, size_t n2, size_t w)
{
    size_t top = n1 * n2;
    double *ways = nf_scratch(c, (n1 + 1) * (top + 1) * sizeof *ways), below = 0, all = 0;
    if (!ways) return NF_ENOMEM;
    memset(ways, 0, (n1 + 1) * (top + 1) * sizeof *ways);
    ways[0] = 1;
    for (size_t r = 1; r <= n1 + n2; r++)
        for (size_t j = r < n1 ? r : n1; j >= 1; j--)
            for (size_t u = 0; u + (r - j) <= top; u++)
                ways[j * (top + 1) + u + r - j] += ways[(j - 1) * (top + 1) + u];
    for (size_t u = 0; u <= top; u++) {
        all += ways[n1 * (top + 1) + u];
        if (u <= w) below += ways[n1 * (top + 1) + u];
    }
    *p = fmin(1, 2 * below / all);
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    double *room = nf_scratch(c, 3 * s->n * sizeof *room), sum = 0;
    int rc = room ? nf_midranks(c, room, s->y, s->n, 0, with) : NF_ENOMEM;
    if (rc) return rc;
    size_t k = change(room, s->n, &sum);
    nf_sort_count(s->y, room + s->n, room + 2 * s->n, s->n, with);
    double n1 = (double)k, n2 = (double)(s->n - k), n = n1 + n2, ties = cubes_of_ties(room + s->n, s->n);
    double var = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))), off = sum - n1 * (n + 1) / 2;
    r->v[W].f = sum - n1 * (n1 + 1) / 2;
    if (!(var > 0)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
    } else {
        r->v[K].i = nf_point_place(s, k - 1);
        r->v[PERIOD].t = nf_point_period(s, k - 1);
    }
    double z = var > 0 ? fmax(fabs(off) - 0.5, 0) / sqrt(var) : 0;
    r->v[Z].f = off < 0 ? z : -z;
    r->v[P].f = nf_normal_two_sided(z);
    r->v[LOG10_P].f = nf_normal_log10_two_sided(z);
    if (ties > 0 || k >= 50 || s->n - k >= 50) return NF_OK;
    rc = exact_p(c, &r->v[P].f, k, s->n - k, (size_t)fmin(r->v[W].f, n1 * n2 - r->v[W].f));
    r->v[LOG10_P].f = nf_log10(r->v[P].f);
    r->flags |= NF_F_EXACT;
    return rc;
}

const nf_method nf_method_lanzante = {
    .row = { .name = "lanzante", .title = { "one change of level, Wilcoxon (Lanzante)", "兰赞特变点检验" },
             .formula = "k where |2 sum_{i<=k} R_i - k (n + 1)| is largest; z = (|sum R_i - k (n + 1)/2| - 1/2) / "
                        "sd, ties corrected; exact p with "
                        "fewer than 50 values on both sides and no ties",
             .cite = "Lanzante (1996) International Journal of Climatology 16",
             .use = "Where did the level change, and how clear are the two parts?",
             .avoid = "As evidence that there is a change: the p takes no account of the search for k (pettitt "
                      "does). A trend.",
             .peers = "R trend lanzante.test to 1e-10." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "W", .fit = fit
};
