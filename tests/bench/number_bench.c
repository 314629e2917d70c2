/* number_bench.c - nanoseconds a number, printed and read: number_bench. CPU time, the best of several passes. */
#include "real.h"
#include "table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 200000, PASSES = 7 };
static double x[N], y[N];
static char text[N][32];
static size_t length[N];
static size_t sum;                                 /* what was done, so that it is done */

static uint64_t next(uint64_t *s) { return *s = *s * 6364136223846793005u + 1442695040888963407u; }

static double any_bits(uint64_t *s)
{
    uint64_t bits = next(s) ^ next(s) >> 33;
    double d;
    memcpy(&d, &bits, sizeof d);
    return d - d == 0 ? d : 1;
}
static double one_decimal(uint64_t *s) { return (double)(next(s) >> 44) / 10; }
static double whole(uint64_t *s) { return (double)(next(s) >> 44); }
static double computed(uint64_t *s) { return (double)(next(s) >> 11) * 0x1p-53; }

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double best(void (*pass)(void))
{
    double least = 1e9;
    for (int i = 0; i < PASSES; i++) {
        double begin = seconds();
        pass();
        double took = seconds() - begin;
        if (took < least) least = took;
    }
    return 1e9 * least / N;
}

static void print_ours(void)   { for (int i = 0; i < N; i++) sum += length[i] = nf_double_text(text[i], x[i]); }
static char room[48];
static void print_libc(void)   { for (int i = 0; i < N; i++) sum += (size_t)snprintf(room, 48, "%.17g", x[i]); }
static void print_people(void) { for (int i = 0; i < N; i++) sum += nf_double_for_people(room, x[i], 6); }
static void scan_ours(void)    { for (int i = 0; i < N; i++) sum += nf_double_scan(text[i], length[i], &y[i]); }
static void scan_libc(void)    { for (int i = 0; i < N; i++) y[i] = strtod(text[i], NULL); }

int main(void)
{
    static const struct { const char *name; double (*draw)(uint64_t *); } kinds[] = {
        { "one decimal (8651.7)", one_decimal }, { "whole (104857)", whole },
        { "computed (0.7130184...)", computed }, { "any bits (1.97e-211...)", any_bits } };
    static void (*const passes[])(void) = { print_ours, print_libc, print_people, scan_ours, scan_libc };
    printf("%-26s %10s %10s %10s %10s %10s\n", "ns a number", "print", "%.17g", "people", "scan", "strtod");
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint64_t s = 1;
        for (int i = 0; i < N; i++) x[i] = kinds[k].draw(&s);
        printf("%-26s", kinds[k].name);
        for (size_t p = 0; p < sizeof passes / sizeof *passes; p++) printf(" %10.1f", best(passes[p]));
        printf("\n");
    }
    return sum == 0;
}
