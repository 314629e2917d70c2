/* size_power_bench.c - how often each Mann-Kendall test finds a trend: where there is none, and where there is one.
 *
 * size_power_bench [SIMULATIONS]. Series of 40 values, x_t = phi x_{t-1} + e_t with e standard normal, at nominal 5 %:
 * size without a trend, power with one of 0.05 standard deviations of x a step. A test that holds its size stays
 * near 0.05. */
#include "method.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 40, PHIS = 4, WARM = 100 };
static const double phis[PHIS] = { -0.4, 0, 0.4, 0.7 };
static const char *const names[] = { "mann-kendall", "hamed-rao", "yue-wang", "prewhite", "tfpw", "zhang", "3pw",
                                     "bcpw", "block-bootstrap-mann-kendall" };
enum { METHODS = sizeof names / sizeof *names };

static uint64_t state;
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

static double normal(void) { return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform()); }

static void invent(double *y, double phi, double slope)
{
    double x = 0, sd = 1 / sqrt(1 - phi * phi);
    for (int i = -WARM; i < N; i++) {
        x = phi * x + normal();
        if (i >= 0) y[i] = x + slope * sd * i;
    }
}

/* The method finds a trend: p < 0.05; *none counts series it has no p for. */
static int finds(nf_ctx *c, const nf_method *m, const nf_value *opt, const nf_sample *s, int *none)
{
    nf_result r;
    if (nf_fit_sample(c, &r, m, s, 1, opt)) exit(2);
    double p = nf_result_f64(&r, "p");
    *none += isnan(p);
    return p < 0.05;
}

static void simulate(nf_ctx *c, const nf_method *const *m, nf_value *const *opt, double phi, double slope, int times,
                     int found[METHODS], int none[METHODS])
{
    nf_setting set = nf_setting_default();
    state = 88172645463325252u;                    /* the same noise for every phi */
    for (int k = 0; k < times; k++) {
        double y[N];
        char key[32];
        size_t mark = nf_mark(c), work = nf_scratch_mark(c);
        nf_sample sample;
        snprintf(key, sizeof key, "simulation %d", k);
        nf_meta meta = { .key = key };             /* resampling is seeded by it */
        nf_series s = { .meta = &meta, .y = y, .t = { .start = { 1, NF_NUMBER, 1 }, .step = 1, .n = N } };
        invent(y, phi, slope);
        if (nf_sample_of(c, &sample, &s, &set)) exit(2);
        for (int i = 0; i < METHODS; i++) found[i] += finds(c, m[i], opt[i], &sample, &none[i]);
        nf_release(c, mark);
        nf_scratch_rewind(c, work);
    }
}

static void table(nf_ctx *c, const nf_method *const *m, nf_value *const *opt, const char *title, double slope,
                  int times)
{
    int found[PHIS][METHODS] = { 0 }, none[PHIS][METHODS] = { 0 };
    for (int k = 0; k < PHIS; k++) simulate(c, m, opt, phis[k], slope, times, found[k], none[k]);
    printf("%-30s", title);
    for (int k = 0; k < PHIS; k++) printf("  phi %4.1f", phis[k]);
    puts("   without p");
    for (int i = 0; i < METHODS; i++) {
        int without = 0;
        printf("%-30s", names[i]);
        for (int k = 0; k < PHIS; k++) {
            printf("  %8.3f", (double)found[k][i] / times);
            without += none[k][i];
        }
        printf("   %9.3f\n", (double)without / (PHIS * times));
    }
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : 1000;
    const nf_method *m[METHODS];
    nf_value *opt[METHODS];
    nf_ctx *c = nf_ctx_new(NULL);
    if (!c || times < 1) return 2;
    for (int i = 0; i < METHODS; i++) {
        const void *row;
        if (nf_row_need(c, &row, NF_TABLE(nf_methods), "method", names[i])) return 2;
        m[i] = row;
        if (nf_options(c, &opt[i], &m[i]->row, NULL)) return 2;
    }
    printf("share of %d series of %d values with p < 0.05; two standard errors at 0.05: %.3f\n\n", times, N,
           2 * sqrt(0.05 * 0.95 / times));
    table(c, m, opt, "size: no trend", 0, times);
    puts("");
    table(c, m, opt, "power: 0.05 sd a step", 0.05, times);
    nf_ctx_free(c);
    return 0;
}
