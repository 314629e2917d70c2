/* method_ols.c - the least-squares straight line, with Student limits and Durbin-Watson. */
#include "line.h"
#include <math.h>
#include <string.h>

static const nf_field out[] = { NF_LS_FIELDS, { 0 } };
static const char *const errors[] = { "classic", "hc0", "hc1", "hc2", "hc3", NULL };
static const nf_field opt[] = {
    { "ols-se", NF_WORD, NF_FREE, { "standard errors: of equal variances, or HC0 to HC3", "标准误：同方差或 HC0 至 HC3" },
      .word = "classic", .choices = errors },
    { 0 }
};

/* What residual i counts for: 1, n/(n-2), 1/(1-h), 1/(1-h)^2, h its leverage. */
static long double factor(const nf_line *l, size_t i, char kind)
{
    long double dx = nf_line_dx(l, i), free = 1 - 1 / l->n - dx * dx / l->sxx;
    switch (kind) {
    case '1': return l->n / (l->n - 2);
    case '2': return free > 0 ? 1 / free : 0;
    case '3': return free > 0 ? 1 / (free * free) : 0;
    default:  return 1;
    }
}

static void fill_hc(nf_result *r, const nf_line *l, char kind)
{
    long double slope = 0, intercept = 0;
    for (size_t i = 0; i < l->s->n; i++) {
        long double e = nf_line_residual(l, i), c = nf_line_dx(l, i) / l->sxx, a = 1 / l->n - l->mx * c;
        long double e2 = e * e * factor(l, i, kind);
        slope += c * c * e2;
        intercept += a * a * e2;
    }
    nf_line_fill(r, l, slope, intercept);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)c, (void)n_in;
    nf_line l = nf_line_of(s);
    long double s2 = l.sse / (l.n - 2);
    if (!nf_line_stands(r, &l) && r->status == NF_NOT_APPLICABLE) return NF_OK;
    if (!strcmp(o[0].s, "classic")) nf_line_fill(r, &l, s2 / l.sxx, s2 * (1 / l.n + l.mx * l.mx / l.sxx));
    else fill_hc(r, &l, o[0].s[2]);
    return NF_OK;
}

const nf_method nf_method_ols = {
    .row = { .name = "ols", .title = { "least-squares line", "最小二乘直线" },
             .formula = "b = sum (t - mean t)(y - mean y) / sum (t - mean t)^2; limits b +- t_{n-2} se; "
                        "hc0..hc3: var b = sum (t - mean t)^2 e^2 f / (sum (t - mean t)^2)^2, f = 1, n/(n-2), "
                        "1/(1-h), 1/(1-h)^2",
             .cite = "Draper and Smith (1998) Applied Regression Analysis; Durbin and Watson (1950) Biometrika 37; "
                     "MacKinnon and White (1985) Journal of Econometrics 29",
             .use = "A straight line with independent normal errors; a number everybody knows. hc3 where the spread "
                    "changes.",
             .avoid = "Outliers (sen), serial correlation (ols-hac).",
             .peers = "R lm and sandwich vcovHC to 1e-10; NIST StRD Norris, certified, to 12 digits, and the exact "
                      "lines of "
                      "its Pontius, Wampler1 and Wampler3 data.",
             .opt = opt },
    .min_n = 3, .min_in = 1, .max_in = 1, .out = out, .stat = "t", .fit = fit
};
