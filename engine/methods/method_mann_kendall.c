/* method_mann_kendall.c - the Mann-Kendall trend test, tie-corrected, with the exact distribution for small n. */
#include "rank.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { S, VAR_S, Z, P, LOG10_P, TAU_A, TAU_B, EXACT };
static const nf_field out[] = {
    [S]       = { "S", NF_F64, NF_ONE, { "score: rising less falling pairs", "得分：上升对数减下降对数" } },
    [VAR_S]   = { "var_S", NF_F64, NF_ONE, { "variance of S", "S 的方差" } },
    [Z]       = { "z", NF_F64, NF_ONE, { "standardised score", "标准化得分" } },
    [P]       = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [TAU_A]   = { "tau_a", NF_F64, NF_ONE, { "Kendall's tau-a", "肯德尔 tau-a" } },
    [TAU_B]   = { "tau_b", NF_F64, NF_ONE, { "Kendall's tau-b", "肯德尔 tau-b" } },
    [EXACT]   = { "exact", NF_FLAG, NF_ONE, { "p is exact", "p 为精确值" } },
    { 0 }
};
static const char *const ways[] = { "auto", "exact", "normal", "no-continuity", NULL };
static const nf_field opt[] = {
    { "mk", NF_WORD, NF_FREE, { "how p is found", "p 值的算法" }, .word = "auto", .choices = ways },
    { 0 }
};

enum { AUTO_EXACT = 10 };                          /* up to here auto uses the exact distribution */

static bool wants_exact(const char *how, const nf_sample *s, const nf_kendall *k, uint32_t *flags)
{
    bool asked = !strcmp(how, "exact"), can = k->tied_x + k->tied_y == 0 && s->n <= NF_MAHONIAN_MAX;
    if (asked && !can) *flags |= NF_F_FALLBACK;
    return can && (asked || (!strcmp(how, "auto") && s->n <= AUTO_EXACT));
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    const nf_kendall *k = nf_kendall_shared(s);
    int rc;
    nf_tail t = nf_tail_of(k->S, k->var, strcmp(o[0].s, "no-continuity") != 0);
    bool exact = wants_exact(o[0].s, s, k, &r->flags);
    if (exact) {
        if ((rc = nf_mahonian_p(c, &t.p, s->n, k->S))) return rc;
        t.log10_p = nf_log10(t.p);
    }
    if (k->tied_y > 0) r->flags |= NF_F_TIES;
    if (exact) r->flags |= NF_F_EXACT;
    if (k->var == 0) r->flags |= NF_F_DEGENERATE;
    if (k->tied_y == k->pairs) r->status = NF_CONSTANT;
    else if (nf_is_autocorrelated(s)) r->flags |= NF_F_AUTOCORRELATED;
    r->v[S].f = k->S;
    r->v[VAR_S].f = k->var;
    r->v[Z].f = t.z;
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[TAU_A].f = k->S / k->pairs;
    if (k->var > 0) r->v[TAU_B].f = k->S / (sqrt(k->pairs - k->tied_x) * sqrt(k->pairs - k->tied_y));
    r->v[EXACT].i = exact;
    return NF_OK;
}

const nf_method nf_method_mann_kendall = {
    .row = { .name = "mann-kendall", .title = { "Mann-Kendall trend test", "曼-肯德尔趋势检验" },
             .formula = "S = sum over i<j of sign(y_j - y_i); var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18; "
                        "z = (S - sign S) / sqrt(var S)",
             .cite = "Mann (1945) Econometrica 13; Kendall (1975) Rank Correlation Methods; counting: Knight (1966) "
                     "JASA 61",
             .use = "Is there a monotonic trend? No assumption on the distribution, any missing values.",
             .avoid = "Serially correlated values (the autocorrelated flag): prewhite holds its size. Seasons: "
                      "seasonal-mann-kendall.",
             .peers = "R trend, EnvStats, modifiedmk to 1e-10; exact p as R cor.test and scipy. pyMannKendall and "
                      "rkt lose p "
                      "below 1e-16; Kendall computes in single precision.",
             .opt = opt },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .stat = "S", .fit = fit
};
