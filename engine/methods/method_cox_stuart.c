/* method_cox_stuart.c - the sign test of the last third against the first (Cox and Stuart 1955). */
#include "line.h"
#include "real.h"
#include <math.h>

enum { S, Z, P, LOG10_P, PAIRS };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "rising less falling pairs", "上升对数减下降对数" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "size of the standardised count of the commoner sign", "标准化符号数" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [PAIRS]   = { "pairs", NF_I64, NF_ONE, { "pairs", "对数" } },
    { 0 }
};

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in, (void)o;
    size_t k = (s->n + 2) / 3, up = 0, down = 0;
    for (size_t i = 0; i < k; i++) {
        up += s->y[s->n - k + i] > s->y[i];
        down += s->y[s->n - k + i] < s->y[i];
    }
    double n = (double)s->n, most = (double)(up > down ? up : down), off = fabs(most - n / 6);
    r->v[S].f = (double)up - (double)down;
    r->v[PAIRS].i = (int64_t)k;
    if (!(up + down)) {
        r->status = NF_CONSTANT;
        r->flags |= NF_F_DEGENERATE;
    }
    if (s->n <= 30) off = fmax(off - 0.5, 0);
    double z = up + down ? off / sqrt(n / 12) : 0;
    r->v[Z].f = z;
    r->v[P].f = nf_normal_two_sided(z);
    r->v[LOG10_P].f = nf_normal_log10_two_sided(z);
    return NF_OK;
}

const nf_method nf_method_cox_stuart = {
    .row = { .name = "cox-stuart", .title = { "sign test of the thirds (Cox-Stuart)", "考克斯-斯图尔特趋势检验" },
             .formula = "z = |max(rising, falling) - n/6| / sqrt(n/12) over pairs of the last third with the first, "
                        "less 1/2 up to n = 30",
             .cite = "Cox and Stuart (1955) Biometrika 42; Sachs (1997) Angewandte Statistik",
             .use = "A rough look that asks for nothing but the order.",
             .avoid = "Nearly always: mann-kendall uses all pairs and sees much more.",
             .peers = "R trend cs.test to 1e-10." },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
