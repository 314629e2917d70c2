/* homogeneity_bench.c - points of the null distributions of SNHT's T and Buishand's R and Q, by simulation.
 *
 * homogeneity_bench [SIMULATIONS], in units of one for n of 150 and more and five below, prints the rows of
 * engine/methods/homogeneity_points.c: standard normal values, the points exceeded with the probabilities there. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const int sizes[] = { 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 500, 1000,
                             2000, 5000 };
static const double levels[] = { .99, .95, .9, .75, .5, .25, .1, .05, .025, .01, .005, .001, .0001 };
enum { SIZES = sizeof sizes / sizeof *sizes, LEVELS = sizeof levels / sizeof *levels, MOST = 5000 };

static uint64_t state = 88172645463325252u;
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

/* Two normal values by Marsaglia's polar method. */
static void pair(double *y)
{
    double a, b, s;
    do {
        a = 2 * uniform() - 1;
        b = 2 * uniform() - 1;
        s = a * a + b * b;
    } while (s >= 1);
    double by = sqrt(-2 * log(s) / s);
    y[0] = a * by;
    y[1] = b * by;
}

static void simulate(int n, float *t, float *r, float *q)
{
    static double y[MOST + 1];
    double mean = 0, squares = 0, sum = 0, lo = 0, hi = 0, most = 0;
    for (int i = 0; i < n; i += 2) pair(y + i);
    for (int i = 0; i < n; i++) mean += y[i] / n;
    for (int i = 0; i < n; i++) squares += (y[i] - mean) * (y[i] - mean);
    for (int i = 0; i + 1 < n; i++) {
        sum += y[i] - mean;
        lo = fmin(lo, sum);
        hi = fmax(hi, sum);
        most = fmax(most, sum * sum * n / ((i + 1.0) * (n - i - 1)));
    }
    double sd = sqrt(squares / (n - 1));
    *t = (float)(most / (sd * sd));
    *r = (float)((hi - lo) / sd / sqrt(n));
    *q = (float)(fmax(hi, -lo) / sd / sqrt(n));
}

static int rising(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    size_t unit = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000, most = 5 * unit;
    static const char *const names[] = { "T", "R", "Q" };
    float *v[3];
    for (int k = 0; k < 3; k++)
        if (!(v[k] = calloc(most, sizeof *v[k]))) return 2;
    for (int i = 0; i < SIZES; i++) {
        size_t times = sizes[i] < 150 ? most : unit;
        for (size_t j = 0; j < times; j++) simulate(sizes[i], &v[0][j], &v[1][j], &v[2][j]);
        for (int k = 0; k < 3; k++) {
            qsort(v[k], times, sizeof *v[k], rising);
            printf("%s { %d, {", names[k], sizes[i]);
            for (int p = 0; p < LEVELS; p++) {
                double at = (1 - levels[p]) * (double)times - 0.5;
                size_t low = (size_t)at;
                printf("%s %.5f", p ? "," : "", v[k][low] + (at - (double)low) * (v[k][low + 1] - v[k][low]));
            }
            puts(" } },");
            fflush(stdout);
        }
    }
    for (int k = 0; k < 3; k++) free(v[k]);
    return 0;
}
