/* trend_bench.c - CPU time a series of the trend methods: trend_bench [METHOD...]. The median of several passes. */
#include "method.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t state = 88172645463325252u;
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

/* Rounded to two decimals, as measured figures are: ties and equal slopes are part of the work. Every other
 * series has a trend. */
static void invent(double *y, size_t n, size_t count)
{
    for (size_t i = 0; i < n * count; i++) {
        double g = sqrt(-2 * log(uniform() + 1e-300)) * cos(6.283185307179586 * uniform());
        y[i] = rint((20 + g + (i / n % 2 ? 0.6 * (double)(i % n) / (double)n : 0)) * 100) / 100;
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds a series: one sample, then every method, each on a series it has not seen. */
static double time_of(const nf_method *const *m, nf_value *const *opt, size_t n_m, size_t n, size_t count, nf_freq freq)
{
    enum { PASSES = 5 };
    double *y = malloc(n * count * sizeof *y), pass[PASSES];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_setting set = nf_setting_default();
    if (!y || !c) exit(71);
    invent(y, n, count);
    for (int p = 0; p < PASSES; p++) {
        double t0 = cpu();
        for (size_t i = 0; i < count; i++) {
            nf_series s = { .y = y + i * n, .t = { .start = { 24000, (int32_t)freq, 1 }, .step = 1, .n = n } };
            nf_sample sample;
            nf_result r;
            size_t mark = nf_mark(c), work = nf_scratch_mark(c);
            int rc = nf_sample_of(c, &sample, &s, &set);
            for (size_t k = 0; !rc && k < n_m; k++) rc = nf_fit_sample(c, &r, m[k], &sample, 1, opt[k]);
            if (rc) exit(2);
            nf_release(c, mark);
            nf_scratch_rewind(c, work);
        }
        pass[p] = (cpu() - t0) / (double)count;
    }
    qsort(pass, PASSES, sizeof *pass, by_value);
    free(y);
    nf_ctx_free(c);
    return pass[PASSES / 2];
}

static double bench(nf_ctx *c, const char *const *names, size_t n_m, size_t n, size_t count, nf_freq freq)
{
    const nf_method *m[4];
    nf_value *opt[4];
    for (size_t k = 0; k < n_m; k++) {
        const void *row;
        if (nf_row_need(c, &row, NF_TABLE(nf_methods), "method", names[k])) exit(2);
        m[k] = row;
        if (nf_options(c, &opt[k], &m[k]->row, NULL)) exit(2);
    }
    return time_of(m, opt, n_m, n, count, freq);
}

static const char *word(double got, double goal) { return goal == 0 ? "" : got <= goal ? "met" : "not met"; }

/* Goals of single methods: microseconds, or times Mann-Kendall and Sen with limits of the same series. */
static void goals(nf_ctx *c)
{
    static const struct { const char *method; size_t n; double us, times; } all[] = {
        { "seasonal-mann-kendall", 30, 0, 2 }, { "seasonal-mann-kendall", 240, 0, 2 }, { "hamed-rao", 30, 0, 2 },
        { "hamed-rao", 240, 0, 2 }, { "prewhite", 30, 0, 2 }, { "prewhite", 240, 0, 2 }, { "stl", 240, 100, 0 },
        { "deseason-sen", 30, 1200, 0 } };
    const char *plain[] = { "mann-kendall", "sen" };
    puts("\nmethod                            n  us/series  times plain       goal");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double t = bench(c, &all[i].method, 1, all[i].n, 200, NF_MONTH),
            base = bench(c, plain, 2, all[i].n, 200, NF_MONTH);
        printf("%-30s %4zu %10.2f %12.2f", all[i].method, all[i].n, t * 1e6, t / base);
        if (all[i].us > 0) printf("  %6.0f us  %s\n", all[i].us, word(t * 1e6, all[i].us));
        else printf("  %.0f times  %s\n", all[i].times, word(t / base, all[i].times));
    }
}

int main(int argc, char **argv)
{
    static const struct { size_t n, count; double goal; } sizes[] = {
        { 30, 20000, 2.5e-6 }, { 240, 2000, 60e-6 }, { 1000, 200, 0 }, { 8760, 40, 4.5e-3 }, { 100000, 2, 0 },
        { 1000000, 1, 1.3 }
    };
    const char *plain[] = { "mann-kendall", "sen" };
    nf_ctx *c = nf_ctx_new(NULL);
    double x = 0, y = 0, xx = 0, xy = 0, k = 0;
    puts("MK + Sen + limits, in process\n       n  us/series  ns/point       goal");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && argc == 1; i++) {
        double t = bench(c, plain, 2, sizes[i].n, sizes[i].count, NF_MONTH), lx = log((double)sizes[i].n), ly = log(t);
        printf("%8zu %10.2f %9.0f", sizes[i].n, t * 1e6, t / (double)sizes[i].n * 1e9);
        if (sizes[i].goal > 0) printf(" %10.2f  %s", sizes[i].goal * 1e6, word(t, sizes[i].goal));
        puts("");
        if (sizes[i].n < 1000) continue;
        x += lx, y += ly, xx += lx * lx, xy += lx * ly, k++;
    }
    double growth = (k * xy - x * y) / (k * xx - x * x);
    if (k > 0) printf("growth exponent from 1k to 1M: %.3f, goal 1.15: %s\n", growth, word(growth, 1.15));
    if (argc == 1) goals(c);
    static const size_t n[] = { 30, 240 };
    double base[2];
    for (size_t i = 0; i < 2; i++) base[i] = bench(c, plain, 2, n[i], 200, NF_MONTH);
    puts("\nmethod                            n  us/series  beside mann-kendall + sen");
    for (const nf_method *const *m = nf_methods; *m; m++) {
        bool asked = argc == 1;
        for (int a = 1; a < argc; a++) asked |= !strcmp(argv[a], (*m)->row.name);
        for (size_t i = 0; asked && i < 2 && (*m)->min_in == 1; i++) {
            const char *one[] = { (*m)->row.name };
            double t = bench(c, one, 1, n[i], 1, NF_MONTH);
            if (t < 2e-3) t = bench(c, one, 1, n[i], i ? 20 : 100, NF_MONTH);
            printf("%-30s %4zu %10.2f %6.2f\n", one[0], n[i], t * 1e6, t / base[i]);
        }
    }
    nf_ctx_free(c);
    return 0;
}
