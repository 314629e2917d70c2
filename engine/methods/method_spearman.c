/* method_spearman.c - Spearman's rank correlation with time. */
#include "rank.h"
#include "real.h"
#include <math.h>

enum { R, T, Z, P, LOG10_P };
static const nf_field out[] = {
    [R]       = { "r", NF_F64, NF_ONE, { "rank correlation with time", "与时间的秩相关系数" } },
    [T]       = { "t", NF_F64, NF_ONE, { "r sqrt((n-2)/(1-r^2))", "t 统计量" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "r sqrt(n-1)", "z 统计量" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p, Student", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    { 0 }
};

static double correlation(const double *a, const double *b, size_t n)
{
    double mid = ((double)n + 1) / 2, ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < n; i++) {
        ab += (a[i] - mid) * (b[i] - mid);
        aa += (a[i] - mid) * (a[i] - mid);
        bb += (b[i] - mid) * (b[i] - mid);
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : NAN;
}

/* All values in order: 2 of the n! orders of values without ties are like that. */
static void perfect(nf_result *r, double n)
{
    double log10_p = nf_log10(2);
    for (double i = 2; i <= n; i++) log10_p -= nf_log10(i);
    r->v[LOG10_P].f = log10_p;
    r->v[P].f = fmax(nf_pow(10, log10_p), 0x1p-1074);
    r->flags |= NF_F_EXACT;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in, (void)o;
    const nf_kernels *with = nf_kernels_for(s->set.isa);
    double *rx = nf_scratch(c, 2 * s->n * sizeof *rx), *ry = rx ? rx + s->n : NULL, n = (double)s->n;
    if (!rx) return NF_ENOMEM;
    int rc = nf_midranks(c, rx, s->tick, s->n, 0, with);
    if (!rc) rc = nf_midranks(c, ry, s->y, s->n, 0, with);
    if (rc) return rc;
    double rho = correlation(rx, ry, s->n);
    if (isnan(rho)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    rho = fmax(-1, fmin(1, rho));
    r->v[R].f = rho;
    r->v[Z].f = rho * sqrt(n - 1);
    if (!(fabs(rho) < 1)) {                        /* no t */
        if (!(s->flags & NF_F_DUPLICATE_TIMES)) perfect(r, n);
        return NF_OK;
    }
    r->v[T].f = rho * sqrt((n - 2) / ((1 - rho) * (1 + rho)));
    r->v[P].f = nf_t_two_sided(r->v[T].f, n - 2);
    r->v[LOG10_P].f = nf_t_log10_two_sided(r->v[T].f, n - 2);
    return NF_OK;
}

const nf_method nf_method_spearman = {
    .row = { .name = "spearman", .title = { "Spearman rank correlation with time", "斯皮尔曼秩相关趋势检验" },
             .formula = "r = correlation of the mid-ranks of y and t; t = r sqrt((n-2)/(1-r^2)), Student with n-2; "
                        "p = 2/n! where all values are in order",
             .cite = "Spearman (1904); Lehmann and D'Abrera (1975) Nonparametrics",
             .use = "The same question as mann-kendall, with nearly the same answer; asked for by some guidelines.",
             .avoid = "Serially correlated values.",
             .peers = "R cor.test and scipy spearmanr; R modifiedmk spear to 1e-10 without ties (it cuts mid-ranks "
                      "down to whole numbers)." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "r", .fit = fit
};
