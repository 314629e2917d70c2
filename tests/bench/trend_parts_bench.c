/* trend_parts_bench.c - trend_parts_bench FILE [JOBS]: what reading, computing and writing each add to the trends of a
 * long CSV, to CSV that goes nowhere. */
#include "datasets.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

typedef enum { READING, COMPUTING, WRITING } part;
typedef struct { double cpu, wall; } spent;

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int none_begin(void *self, nf_ctx *c, const char *t, const nf_field *f)
{
    (void)self, (void)c, (void)t, (void)f; return NF_OK;
}
static int none_row(void *self, nf_ctx *c, const nf_value *v) { (void)self, (void)c, (void)v; return NF_OK; }
static int none_end(void *self, nf_ctx *c, int rc) { (void)self, (void)c; return rc; }
static int none_write(void *self, const char *s, size_t n) { (void)s; *(size_t *)self += n; return NF_OK; }

static int open_csv(void *self, nf_ctx *c, size_t method, nf_out to, nf_sink *out)
{
    (void)self, (void)method;
    const nf_writer *csv = nf_row_find(NF_TABLE(nf_writers), "csv", NULL);
    return csv->open(c, out, to, &(nf_style){ .lang = "en" });
}

static int run(nf_ctx *c, nf_source from, part what, int jobs, size_t *series)
{
    const nf_method *m[] = { nf_row_find(NF_TABLE(nf_methods), "mann-kendall", NULL),
                             nf_row_find(NF_TABLE(nf_methods), "sen", NULL) };
    nf_job job = { .method = m, .n_method = 2, .set = nf_setting_default(), .jobs = jobs };
    size_t bytes = 0, mark = nf_mark(c);
    nf_cursor in;
    nf_series s;
    if (what == WRITING)
        return nf_batch_printed(c, from, &(nf_query){ 0 }, &job, false,
                                &(nf_printer){ open_csv, NULL, { none_write, &bytes } });
    if (what == COMPUTING)
        return nf_batch(c, from, &(nf_query){ 0 }, &job, (nf_sink){ none_begin, none_row, none_end, NULL });
    int rc = from.find(from.self, c, &(nf_query){ 0 }, &in);
    if (rc) return rc;
    for (; (rc = in.next(in.cur, c, &s)) > 0; ++*series) nf_release(c, mark);
    in.close(in.cur);
    return rc;
}

static spent time_of(const char *path, part what, int jobs, size_t *series)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_stream *stream;
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    int rc = c ? nf_stream_open(c, &stream, path, &(nf_load_options){ .published = 1, .jobs = jobs }) : NF_ENOMEM;
    if (rc != 1 || (rc = run(c, nf_stream_source(stream), what, jobs, series)) < 0) {
        fprintf(stderr, "trend_parts_bench: %s\n", c && nf_last(c)->what ? nf_last(c)->what : "not such a file");
        exit(2);
    }
    nf_stream_close(stream);
    nf_ctx_free(c);
    return (spent){ seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds(CLOCK_MONOTONIC) - wall };
}

int main(int argc, char **argv)
{
    static const char *const name[] = { "reading: bytes to series", "computing: mann-kendall, sen, limits",
                                        "writing: rows to CSV" };
    int jobs = argc > 2 ? atoi(argv[2]) : 2;
    size_t series = 0;
    spent before = { 0, 0 };
    struct rusage used;
    if (argc < 2) return 2;
    for (part p = READING; p <= WRITING; p++) {
        spent t = time_of(argv[1], p, jobs, &series);
        if (p == READING) printf("%-38s %8s %8s %10s %8s\n", "part", "CPU s", "us each", "wall so far", "RSS MB");
        getrusage(RUSAGE_SELF, &used);
        printf("%-38s %8.2f %8.2f %10.2f %8ld\n", name[p], t.cpu - before.cpu,
               (t.cpu - before.cpu) / (double)series * 1e6, t.wall, used.ru_maxrss / 1024);
        before = t;
    }
    return 0;
}
