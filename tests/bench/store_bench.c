/* store_bench.c - how fast figures go into a store and come out, and what room they take.
 *
 * store_bench [SERIES STEPS] [series|time] [FOLDER]: hourly data with one decimal and one missing figure in 200, in
 * series-major or time-major order. Prints CPU seconds of put, finish, scan, the same load again, and one with 1 %
 * revised; bytes of the file per observation; the largest resident set. */
#include "store/store.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static double cpu(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static uint64_t rnd(uint64_t *s)
{
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* Hourly readings that wander, with the day's swing; in the order of the load. */
static double *readings(int series, int steps, bool by_time)
{
    double *y = malloc(sizeof *y * (size_t)series * (size_t)steps);
    for (int i = 0; i < series; i++) {
        uint64_t s = (uint64_t)i + 1;
        double level = 40 + (double)(rnd(&s) % 200) / 10;
        for (int t = 0; t < steps; t++) {
            level += 0.3 * ((double)(rnd(&s) >> 11) * 0x1p-53 - 0.5) * 8 + 0.02 * (50 - level);
            double v = level + 8 * sin(t * 6.283185307179586 / 24);
            y[by_time ? (size_t)t * (size_t)series + (size_t)i : (size_t)i * (size_t)steps + (size_t)t] =
                rnd(&s) % 200 ? round((v < 0.1 ? 0.1 : v) * 10) / 10 : NAN;
        }
    }
    return y;
}

static void must(nf_ctx *c, int rc)
{
    if (rc >= 0) return;
    fprintf(stderr, "store_bench: %s\n", nf_last(c)->what);
    exit(2);
}

typedef struct { int series, steps; bool by_time; const double *y; } job;

static void load(nf_ctx *c, nf_store *s, const job *j, int64_t published, unsigned percent, const char *what)
{
    nf_intake *in;
    nf_receipt r;
    uint32_t handle;
    uint64_t state = 7;
    char key[32];
    must(c, nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "bench", .file = "bench.csv",
                                                           .now = published }));
    for (int i = 0; i < j->series; i++) {
        snprintf(key, sizeof key, "%06dA-PM%d@bench", 1001 + i / 8, i % 8);
        must(c, nf_intake_series(in, &(nf_meta){ .key = key, .unit = "µg/m3" }, NF_HOUR, &handle));
    }
    double start = cpu();
    size_t n = (size_t)j->series * (size_t)j->steps;
    for (size_t k = 0; k < n; k++) {
        size_t i = j->by_time ? k % (size_t)j->series : k / (size_t)j->steps;
        size_t t = j->by_time ? k / (size_t)j->series : k % (size_t)j->steps;
        double v = j->y[k];
        if (percent && rnd(&state) % 100 < percent) v = isnan(v) ? 1 : round(v * 10 + 1) / 10;
        must(c, nf_intake_put(in, (uint32_t)i, (nf_period){ 429528 + (int64_t)t, NF_HOUR, 1 }, v, 0, published,
                              (int64_t)k + 2));
    }
    double put = cpu() - start;
    must(c, nf_intake_finish(in, NULL, 0, &r));
    double all = cpu() - start;
    printf("%-12s put %5.2f s %6.1f M/s   with finish %5.2f s %6.1f M/s   new %zu revised %zu unchanged %zu\n", what,
           put, 1e-6 * (double)n / put, all, 1e-6 * (double)n / all, r.added, r.revised, r.unchanged);
}

static void scan(nf_ctx *c, nf_store *s, int64_t known)
{
    nf_cursor cur;
    nf_series out;
    nf_source from = nf_store_source(s);
    size_t n = 0;
    double sum = 0, start = cpu();
    int rc;
    must(c, from.find(from.self, c, &(nf_query){ .known = known }, &cur));
    for (size_t mark = nf_mark(c); (rc = cur.next(cur.cur, c, &out)) > 0; nf_release(c, mark)) {
        n += out.t.n;
        double last = out.y[out.t.n - 1];
        if (!isnan(last)) sum += last;
    }
    must(c, rc);
    cur.close(cur.cur);
    double took = cpu() - start;
    printf("%-12s %5.3f s %6.1f M/s   (last figures add up to %.1f)\n", known ? "scan as of" : "scan", took,
           1e-6 * (double)n / took, sum);
}

int main(int argc, char **argv)
{
    job j = { .series = argc > 2 ? atoi(argv[1]) : 1600, .steps = argc > 2 ? atoi(argv[2]) : 8760,
              .by_time = argc > 3 && !strcmp(argv[3], "time") };
    char path[512];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    struct stat st;
    struct rusage u;
    snprintf(path, sizeof path, "%s/store_bench.db", argc > 4 ? argv[4] : "/tmp");
    unlink(path);
    j.y = readings(j.series, j.steps, j.by_time);
    must(c, nf_store_open(c, &s, path, NF_STORE_CREATE));
    load(c, s, &j, 1000, 0, "load");
    stat(path, &st);
    printf("bytes/obs    %.3f\n", (double)st.st_size / (double)j.series / (double)j.steps);
    scan(c, s, 0);
    scan(c, s, 0);
    load(c, s, &j, 2000, 0, "unchanged");
    load(c, s, &j, 3000, 1, "1 % revised");
    stat(path, &st);
    printf("bytes/obs    %.3f with the past\n", (double)st.st_size / (double)j.series / (double)j.steps);
    scan(c, s, 0);
    scan(c, s, 2000);
    getrusage(RUSAGE_SELF, &u);
    printf("RSS          %ld MiB, of which the data here %zu\n", u.ru_maxrss / 1024,
           8 * (size_t)j.series * (size_t)j.steps >> 20);
    nf_store_close(s);
    nf_ctx_free(c);
    unlink(path);
    return 0;
}
