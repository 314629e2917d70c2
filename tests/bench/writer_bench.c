/* writer_bench.c - nanoseconds a cell of every writer, a table like that of `trend`: writer_bench. CPU time. */
#include "writer.h"
#include <stdio.h>
#include <time.h>

enum { ROWS = 20000, PASSES = 5, NUMBERS = 13, COLS = NUMBERS + 3 };

static int count(void *self, const char *bytes, size_t n)
{
    (void)bytes;
    *(size_t *)self += n;
    return NF_OK;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A name, a method, a count, and numbers as trend computes them: 15 to 17 digits. */
static double pass(nf_ctx *c, const nf_writer *w, const nf_field *field, size_t *bytes)
{
    nf_sink s;
    nf_value v[COLS];
    uint64_t seed = 1;
    double begin = seconds();
    if (w->open(c, &s, (nf_out){ count, bytes }, NULL) || s.begin(s.self, c, "bench", field)) return 0;
    for (int r = 0; r < ROWS; r++) {
        v[0].s = "pm25@shijiazhuang/chang'an";
        v[1].s = "mann-kendall";
        v[2].i = 30;
        for (int i = 3; i < COLS; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            v[i].f = (double)(seed >> 11) * 0x1p-50;
        }
        if (s.row(s.self, c, v)) return 0;
    }
    if (s.end(s.self, c, NF_OK)) return 0;
    return seconds() - begin;
}

int main(void)
{
    nf_field field[COLS + 1] = { { .name = "series", .type = NF_WORD }, { .name = "method", .type = NF_WORD },
                                 { .name = "n", .type = NF_I64 } };
    for (int i = 3; i < COLS; i++) field[i] = (nf_field){ .name = "value", .type = NF_F64 };
    printf("%-8s %10s %10s\n", "writer", "ns a cell", "MB/s");
    for (const nf_writer *const *w = nf_writers; *w; w++) {
        double best = 1e9;
        size_t bytes = 0;
        for (int i = 0; i < PASSES; i++) {
            nf_ctx *c = nf_ctx_new(NULL);
            bytes = 0;
            double took = pass(c, *w, field, &bytes);
            if (took < best) best = took;
            nf_ctx_free(c);
        }
        printf("%-8s %10.1f %10.0f\n", (*w)->row.name, 1e9 * best / ROWS / COLS, (double)bytes / best / 1e6);
    }
    return 0;
}
