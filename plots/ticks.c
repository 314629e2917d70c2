/* ticks.c - ticks of a value axis: the labelling that is simplest, covers best and has nearly the wished density. */
#include "scale.h"
#include "engine.h"
#include <math.h>

/* Talbot, Lin, Hanrahan: steps in order of niceness, weights of simplicity, coverage, density, (legibility). */
static const double nice[] = { 1, 5, 2, 2.5, 4, 3 };
enum { NICE = sizeof nice / sizeof *nice, SKIP_MAX = 20, COUNT_MAX = 20 };
#define LARGEST 1e307
#define WEIGHT_SIMPLICITY 0.25
#define WEIGHT_COVERAGE 0.2
#define WEIGHT_DENSITY 0.5
#define WEIGHT_LEGIBILITY 0.05

typedef struct { double lo, hi; int want; double score, min, step; int count; } search;

static double simplicity(int q, int skip, bool zero) { return 1 - (double)q / (NICE - 1) - skip + 1 + (zero ? 1 : 0); }
static double density_most(int count, int want) { return count >= want ? 2 - (count - 1.0) / (want - 1.0) : 1; }

static double coverage_most(double range, double span)
{
    double half = (span - range) / 2 / (0.1 * range);
    return span > range ? 1 - half * half : 1;
}

static double total(double s, double c, double d)
{ return WEIGHT_SIMPLICITY * s + WEIGHT_COVERAGE * c + WEIGHT_DENSITY * d + WEIGHT_LEGIBILITY; }

static void try_start(search *best, int q, int skip, int count, double step, double start)
{
    double min = start * (step / skip), max = min + step * (count - 1), tenth = 0.1 * (best->hi - best->lo);
    double above = (best->hi - max) / tenth, below = (best->lo - min) / tenth;
    double offset = min - step * floor(min / step);
    bool zero = (offset < 1e-10 * step || step - offset < 1e-10 * step) && min <= 0 && max >= 0;
    double cover = 1 - 0.5 * (above * above + below * below);
    double have = (count - 1) / (max - min), wish = (best->want - 1) / (fmax(max, best->hi) - fmin(min, best->lo));
    double score = total(simplicity(q, skip, zero), cover, 2 - fmax(have / wish, wish / have));
    if (score > best->score) {
        best->score = score;
        best->min = min;
        best->step = step;
        best->count = count;
    }
}

/* All steps nice[q] * skip * 10^z with this many ticks that can still win. */
static void try_steps(search *best, int q, int skip, int count)
{
    double range = best->hi - best->lo, delta = range / (count + 1) / skip / nice[q],
           d = density_most(count, best->want);
    for (int z = (int)ceil(nf_log10(delta)), last = z + 3; z < last; z++) {
        double step = skip * nice[q] * nf_pow(10, z);
        if (!(step > 0) || !isfinite(step)) break;
        if (total(simplicity(q, skip, true), coverage_most(range, step * (count - 1)), d) < best->score) break;
        double from = floor(best->hi / step) * skip - (count - 1.0) * skip, to = ceil(best->lo / step) * skip;
        for (double start = from; start <= to && to - from < 1000; start++)
            try_start(best, q, skip, count, step, start);
    }
}

static void enclose(nf_ticks *t, const search *best)
{
    double first = floor(best->lo / best->step + 1e-9), min = best->min / best->step;
    first = fmin(first, floor(min + 0.5));
    t->step = best->step;
    t->n = 0;
    for (double k = first; t->n < NF_TICKS; k++) {
        double v = k * best->step;
        t->v[t->n++] = v == 0 ? 0 : v;
        if (v >= best->hi - 1e-9 * best->step) break;
    }
}

void nf_ticks_of(nf_ticks *t, double lo, double hi, int want)
{
    lo = fmax(lo, -LARGEST);
    hi = fmin(hi, LARGEST);
    double size = fmax(fabs(lo), fabs(hi));
    if (!(hi - lo > 1e-9 * size)) {              /* a flat series: a round step of room on both sides */
        double room = size > 0 ? nf_pow(10, floor(nf_log10(size)) - 1) : 1;
        lo -= room;
        hi += room;
    }
    search best = { .lo = lo, .hi = hi, .want = want < 2 ? 2 : want, .score = -2, .min = lo, .step = hi - lo,
                    .count = 2 };
    for (int skip = 1; skip < SKIP_MAX; skip++)
        for (int q = 0; q < NICE; q++) {
            if (total(simplicity(q, skip, true), 1, 1) < best.score) {
                skip = SKIP_MAX;
                break;
            }
            for (int count = 2; count < COUNT_MAX; count++) {
                if (total(simplicity(q, skip, true), 1, density_most(count, best.want)) < best.score) break;
                try_steps(&best, q, skip, count);
            }
        }
    enclose(t, &best);
}

void nf_value_ticks(nf_ticks *t, double lo, double hi, int want)
{
    if (lo >= 0 && lo < 0.4 * hi) lo = 0;
    else if (hi <= 0 && hi > 0.4 * lo) hi = 0;
    nf_ticks_of(t, lo, hi, want);
    if (t->v[0] == 0 || lo - t->v[0] > 0.05 * (hi - lo) || t->n == NF_TICKS) return;
    for (size_t k = t->n++; k > 0; k--) t->v[k] = t->v[k - 1];      /* room for a label below the lowest point */
    t->v[0] -= t->step;
}
