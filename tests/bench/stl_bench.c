/* stl_bench.c - CPU time of STL beside R's, in one run: 240 values, period 12; ours fits every point. */
#include "method.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N = 240, TIMES = 2000 };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double value(int i) { return 50 + 0.05 * i + 10 * sin(i * 0.5235987755982988) + (double)(i * 7919 % 101) / 25; }

static double ours(const char *const *names)
{
    double y[N];
    const nf_method *m = nf_row_find(NF_TABLE(nf_methods), "stl", NULL);
    nf_ctx *c = nf_ctx_new(NULL);
    nf_value *opt;
    nf_setting set = nf_setting_default();
    nf_sample sample;
    nf_series s = { .y = y, .t = { .start = { 24000, NF_MONTH, 1 }, .step = 1, .n = N } };
    for (int i = 0; i < N; i++) y[i] = value(i);
    if (nf_options(c, &opt, &m->row, names) || nf_sample_of(c, &sample, &s, &set)) exit(2);
    double t0 = cpu();
    for (int i = 0; i < TIMES; i++) {
        nf_result r;
        size_t mark = nf_mark(c);
        if (nf_fit_sample(c, &r, m, &sample, 1, opt)) exit(2);
        nf_release(c, mark);
    }
    double took = (cpu() - t0) / TIMES;
    nf_ctx_free(c);
    return took;
}

/* Seconds of one stl() in R, 0 where R is not there. */
static double theirs(const char *arguments)
{
    char command[512];
    double took = 0;
    snprintf(command, sizeof command,
             "Rscript -e 'i<-0:239; x<-ts(50+.05*i+10*sin(i*pi/6)+(i*7919%%%%101)/25,frequency=12); k<-500; "
             "t<-system.time(for(j in 1:k) stl(x,%s)); cat(sum(t[1:2])/k)' 2>/dev/null", arguments);
    FILE *r = popen(command, "r");
    if (r && fscanf(r, "%lf", &took) != 1) took = 0;
    if (r) pclose(r);
    return took;
}

int main(void)
{
    static const struct { const char *what, *names[7], *r; } cases[] = {
        { "s.window 11", { "seasonal-window", "11", NULL }, "s.window=11" },
        { "s.window 11, jumps 1", { "seasonal-window", "11", NULL }, "s.window=11,s.jump=1,t.jump=1,l.jump=1" },
        { "periodic", { "seasonal-window", "0", NULL }, "s.window=\"periodic\"" },
        { "robust", { "seasonal-window", "11", "robust", "yes", NULL }, "s.window=11,robust=TRUE" },
        { "robust, jumps 1", { "seasonal-window", "11", "robust", "yes", NULL },
          "s.window=11,robust=TRUE,s.jump=1,t.jump=1,l.jump=1" },
    };
    puts("STL, n = 240, period 12       us    R us   ratio   (goal 100 us, 8x)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double a = ours(cases[i].names), b = theirs(cases[i].r);
        printf("%-24s %8.1f", cases[i].what, a * 1e6);
        if (b > 0) printf(" %7.0f %7.1f", b * 1e6, b / a);
        puts(b > 0 ? "" : "   R is not installed: skipped");
    }
    return 0;
}
