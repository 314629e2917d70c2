/* ingest_bench.c - writes the files that ingest.sh loads: ingest_bench SERIES STEPS series|time|quoted > FILE
 *
 * Hourly readings that wander, one decimal, one missing in 200: series after series, hour after hour, or series after
 * series with every cell quoted and commas in the names. */
#include "datasets.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t rnd(uint64_t *s)
{
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

typedef struct { uint64_t state; double level; } walk;

static void one(walk *w, int i, int t, bool quoted)
{
    static const double day[] = { 0, 1, 3, 5, 6, 7, 8, 7, 6, 5, 3, 1, 0, -1, -3, -5, -6, -7, -8, -7, -6, -5, -3, -1 };
    char value[32] = "", time[48];
    w->level += 2.4 * ((double)(rnd(&w->state) >> 11) * 0x1p-53 - 0.5) + 0.02 * (50 - w->level);
    double v = w->level + day[t % 24];
    if (rnd(&w->state) % 200) snprintf(value, sizeof value, "%.1f", v < 0.1 ? 0.1 : v);
    nf_period_text(time, (nf_period){ (429528 + (int64_t)t) * 60, NF_MINUTE, 1 });
    if (quoted) printf("\"Road %d, lane %d\",\"%s\",\"%s\"\n", 1001 + i / 8, i % 8, time, value);
    else printf("%06dA-PM%d@b,%s,%s\n", 1001 + i / 8, i % 8, time, value);
}

int main(int argc, char **argv)
{
    int series = argc > 3 ? atoi(argv[1]) : 0, steps = argc > 3 ? atoi(argv[2]) : 0;
    if (series < 1 || steps < 1) return fputs("ingest_bench SERIES STEPS series|time|quoted\n", stderr), 2;
    bool by_time = !strcmp(argv[3], "time"), quoted = !strcmp(argv[3], "quoted");
    walk *w = malloc((size_t)series * sizeof *w);
    if (!w) return 2;
    for (int i = 0; i < series; i++) w[i] = (walk){ (uint64_t)i + 1, 40 + i % 20 };
    puts(quoted ? "\"series\",\"time\",\"value\"" : "series,time,value");
    for (int64_t k = 0; k < (int64_t)series * steps; k++) {
        int i = (int)(by_time ? k % series : k / steps), t = (int)(by_time ? k / series : k % steps);
        one(&w[i], i, t, quoted);
    }
    free(w);
    return 0;
}
