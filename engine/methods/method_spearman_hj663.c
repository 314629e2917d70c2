/* method_spearman_hj663.c - the trend test of China's air quality standard HJ 663, appendix B. */
#include "rank.h"
#include <math.h>

enum { R, CRITICAL, VERDICT };
static const nf_field out[] = {
    [R]        = { "r", NF_F64, NF_ONE, { "rank correlation", "秩相关系数" } },
    [CRITICAL] = { "critical", NF_F64, NF_ONE, { "critical value, one-sided 0.05", "临界值（单侧 0.05）" } },
    [VERDICT]  = { "verdict", NF_WORD, NF_ONE, { "rising, falling or no-change", "上升、下降或基本无变化" } },
    { 0 }
};

/* HJ 663-2013, table B.1: n and the critical value. For n = 5 to 9 each is the last point whose one-sided p, over
 * all permutations, is at most 0.05. Between two rows the smaller n holds: its critical value is the stricter. */
static const struct { int n; double w; } table[] = {
    { 5, .900 }, { 6, .829 }, { 7, .714 }, { 8, .643 }, { 9, .600 }, { 10, .564 }, { 12, .506 }, { 14, .456 },
    { 16, .425 }, { 18, .399 }, { 20, .377 }, { 22, .359 }, { 24, .343 }, { 26, .329 }, { 28, .317 }, { 30, .306 }
};
enum { ROWS = sizeof table / sizeof *table, LAST = 30 };

static double critical_of(size_t n)
{
    size_t i = 0;
    while (i + 1 < ROWS && (size_t)table[i + 1].n <= n) i++;
    return table[i].w;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    double *rank = nf_scratch(c, s->n * sizeof *rank), n = (double)s->n, d2 = 0;
    if (!rank) return NF_ENOMEM;
    if (s->n > LAST) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    int rc = nf_midranks(c, rank, s->y, s->n, 0, nf_kernels_for(s->set.isa));
    if (rc) return rc;
    for (size_t i = 0; i < s->n; i++) d2 += (rank[i] - (double)(i + 1)) * (rank[i] - (double)(i + 1));
    double rho = 1 - 6 * d2 / (n * (n * n - 1)), w = critical_of(s->n);
    r->v[R].f = rho;
    r->v[CRITICAL].f = w;
    r->v[VERDICT].s = rho > w ? "rising" : rho < -w ? "falling" : "no-change";
    return NF_OK;
}

const nf_method nf_method_spearman_hj663 = {
    .row = { .name = "spearman-hj663", .title = { "rank correlation of HJ 663", "HJ 663 秩相关系数法" },
             .formula = "r = 1 - 6 sum (X_i - Y_i)^2 / (n (n^2 - 1)); a change where |r| > critical",
             .cite = "HJ 663-2013, Technical regulation for ambient air quality assessment, 5.2 and appendix B",
             .use = "Official Chinese assessments of annual means over five years or more.",
             .avoid = "Everywhere else: mann-kendall gives a p. The rule is a strict >, so five years in perfect "
                      "order are needed but for r = .9.",
             .peers = "The critical values are those of the standard, table B.1; for n = 5 to 9 full permutation "
                      "gives the same." },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = out, .stat = "r", .fit = fit
};
