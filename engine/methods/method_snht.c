/* method_snht.c - the standard normal homogeneity test for one shift of the mean (Alexandersson 1986). */
#include "homogeneity.h"
#include "real.h"

enum { T, P, LOG10_P, SHIFT };
static const nf_field out[] = {
    [T]       = { "T", NF_F64, NF_ONE, { "largest of k z1^2 + (n - k) z2^2", "统计量 T" } },
    [P]       = { "p", NF_F64, NF_ONE, { "p of no shift, of independent normal values", "无变点的 p 值（独立正态）" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    NF_SHIFT_FIELDS(SHIFT),
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in, (void)o;
    nf_shift of;
    if (!nf_shift_of(r, &of, s)) return NF_OK;
    r->v[T].f = of.t.value;
    r->v[LOG10_P].f = nf_shift_log10_p('T', of.t.value, of.n);
    r->v[P].f = nf_shift_p(r->v[LOG10_P].f);
    nf_shift_put(&r->v[SHIFT], s, of.t);
    return NF_OK;
}

const nf_method nf_method_snht = {
    .row = { .name = "snht", .title = { "Standard normal homogeneity", "标准正态均一性检验" },
             .formula = "T = max_k k z1^2 + (n - k) z2^2, z1 and z2 the means of (y - mean)/sd up to k and after it, "
                        "sd of n - 1; p by simulated points, between them on Gumbel's scale",
             .cite = "Alexandersson (1986) Journal of Climatology 6; 5 % points: Khaliq and Ouarda (2007), 7.75 at n "
                     "= 30, 9.17 at 100",
             .use = "A station moved or an instrument changed: where is the shift, also near the ends?",
             .avoid = "A trend, wild values (pettitt), serial correlation: p is then too small. p below .0001 is "
                      "extrapolated.",
             .peers = "R trend snh.test to 1e-9; k is the first maximum. R simulates p anew each time." },
    .min_n = 4, .min_in = 1, .max_in = 1, .out = out, .stat = "T", .fit = fit
};
