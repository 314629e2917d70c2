/* slopes_test.c - exact order statistics of slopes equal brute force, on every kind of data and every instruction
 * set. */
#include "methods/slopes.h"
#include "test.h"

enum { KINDS = 17, PATTERNS = 4 };
static const char *const kind_name[KINDS] = {
    "gauss", "gauss+trend", "integers", "all equal", "two values", "offset 1e15", "offset 1e12 + gauss", "denormals",
    "decimals .1", "cauchy", "straight line", "line with an outlier", "step", "sine", "decimals .01", "huge 1e300",
    "lattice"
};

static double gauss(uint64_t *s)
{
    double u = rnd_unit(s) + 1e-300, v = rnd_unit(s);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static double value(int kind, size_t i, size_t n, uint64_t *s)
{
    double g = gauss(s), u = rnd_unit(s), t = (double)i;
    switch (kind) {
    case 0:  return g;
    case 1:  return g + 0.05 * t;
    case 2:  return floor(u * 10);
    case 3:  return 3.25;
    case 4:  return u < .3;
    case 5:  return 1e15 + floor(u * 100);
    case 6:  return 1e12 + g;
    case 7:  return floor(u * 1000) * 4.9406564584124654e-324;
    case 8:  return floor(u * 100) / 10;
    case 9:  return tan(3.14159 * (u - .5));
    case 10: return 2.5 * t + 7;
    case 11: return 2.5 * t + (i == n / 3 ? 1e6 : 0);
    case 12: return i > n / 2;
    case 13: return sin(t * .1);
    case 14: return rint((20 + 0.03 * t + g) * 100) / 100;
    case 15: return 1e300 * g;
    default: return (double)(i % 7);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void times(double *x, double *y, size_t n, int pattern, uint64_t *s)
{
    double t = 0;
    for (size_t i = 0; i < n; i++) {
        double u = rnd_unit(s);
        t += pattern == 0 ? 1 : pattern == 1 ? 1 + floor(u * 3) : pattern == 2 ? u >= .3 : 0.01 + u;
        x[i] = t;
    }
    for (size_t i = 0, j; i < n; i = j) {          /* y ascends within equal times */
        for (j = i + 1; j < n && x[j] == x[i]; j++) {}
        qsort(y + i, j - i, sizeof *y, by_value);
    }
}

/* What the engine does first: decimals become whole numbers. */
static double to_whole(double *y, size_t n)
{
    for (double p = 1; p <= 1e6; p *= 10) {
        size_t i = 0;
        while (i < n && fabs(rint(y[i] * p)) < 9e15 && rint(y[i] * p) / p == y[i]) i++;
        if (i < n) continue;
        for (i = 0; i < n; i++) y[i] = rint(y[i] * p);
        return p;
    }
    return 1;
}

static size_t brute(double *out, const double *x, const double *y, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (x[j] != x[i]) out[k++] = (y[j] - y[i]) / (x[j] - x[i]);
    qsort(out, k, sizeof *out, by_value);
    return k;
}

/* Exact unless a difference of the values or times is itself rounded: then the last bit may fall either way. */
static double tolerance(int kind, int pattern)
{
    bool rounded = pattern == 3 || kind < 2 || kind == 6 || kind == 9 || kind == 13 || kind == 15;
    return kind == 7 ? 1 : rounded ? 4.5e-16 : 0;
}

typedef int selector(nf_ctx *, nf_neighbours *, const uint64_t *, int, const nf_points *);

static void compare(nf_ctx *c, selector *select, const double *ref, const double *x, const double *y, size_t n,
                    size_t N, double scale, int kind, int pattern, const nf_kernels *with)
{
    uint64_t rank[3] = { N / 4 + 1, (N + 1) / 2, N - N / 5 };
    nf_neighbours got[3];
    size_t mark = nf_scratch_mark(c);
    nf_points p = nf_points_of(x, y, n, with);
    ok(select(c, got, rank, 3, &p) == NF_OK);
    nf_scratch_rewind(c, mark);
    for (int q = 0; q < 3; q++) {
        double want = ref[rank[q] - 1] / scale, next = rank[q] < N ? ref[rank[q]] / scale : INFINITY;
        double tol = tolerance(kind, pattern) * (kind == 7 ? 5e-324 : fabs(want));
        if (!(fabs(got[q].at - want) <= tol) || !(got[q].next == next || fabs(got[q].next - next) <= tol * 2))
            fail_msg("%s n %zu rank %zu of %zu: %.17g then %.17g, brute force %.17g then %.17g", kind_name[kind], n,
                     (size_t)rank[q], N, got[q].at, got[q].next, want, next);
    }
}

static void one_case(nf_ctx *c, int kind, int pattern, uint64_t seed, size_t most)
{
    uint64_t s = seed * 1000 + (uint64_t)(kind * 10 + pattern);
    size_t n = 4 + rnd(&s) % most, mark = nf_mark(c);
    double *x = nf_alloc(c, n * 8), *y = nf_alloc(c, n * 8), *w = nf_alloc(c, n * 8), *ref = nf_alloc(c, n * n * 4);
    for (size_t i = 0; i < n; i++) y[i] = value(kind, i, n, &s);
    times(x, y, n, pattern, &s);
    memcpy(w, y, n * 8);
    double scale = to_whole(w, n);
    size_t N = brute(ref, x, w, n);
    for (nf_isa isa = NF_ISA_SCALAR; isa <= NF_ISA_AVX512 && N > 3; isa++) {
        const nf_kernels *with = nf_kernels_for(isa);
        compare(c, nf_slopes_at, ref, x, y, n, N, scale, n > NF_SLOPES_PAIRWISE ? kind : 3,
                n > NF_SLOPES_PAIRWISE ? pattern : 0, with);
        compare(c, nf_slopes_bracketed, ref, x, w, n, N, 1, kind, pattern, with);
    }
    nf_release(c, mark);
}

TEST(slopes_equal_brute_force_on_every_kind_of_data)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (int kind = 0; kind < KINDS; kind++)
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            for_all(seed, 4) one_case(c, kind, pattern, seed + 1, 120);
            one_case(c, kind, pattern, 77, 700);
            one_case(c, kind, pattern, 78, 900);
        }
    nf_ctx_free(c);
}

/* The quick way to the ranks of short series: what it is certain of is what looking at all slopes finds, to the bit. It
 * is certain of figures as they are measured, and not of a straight line's last digits. */
TEST(counted_ranks_are_those_of_all_slopes)
{
    nf_ctx *c = nf_ctx_new(NULL);
    size_t asked = 0, answered = 0;
    for_all(seed, 400) {
        uint64_t s = seed + 1;
        int kind = (int)(seed % KINDS), m = seed % 3 ? 3 : 1;
        size_t n = NF_SLOPES_TILTED + rnd(&s) % (seed % 4 ? 90 : 400);
        double x[500], y[500];
        bool straight = seed % 3 == 2;
        for (size_t i = 0; i < n; i++)
            y[i] = straight ? (double)i / 7 + 1e-15 * (double)(1 << seed % 12) * gauss(&s) : value(kind, i, n, &s);
        times(x, y, n, (int)(seed / KINDS % PATTERNS), &s);
        for (nf_isa isa = NF_ISA_SCALAR; isa <= NF_ISA_AVX512; isa++) {
            nf_points p = nf_points_of(x, y, n, nf_kernels_for(isa));
            size_t mark = nf_scratch_mark(c), N = p.pairs;
            uint64_t rank[3] = { seed % 7 ? N / 3 : 1, N / 2 + 1, seed % 5 ? N - N / 3 : N };
            nf_neighbours quick[3], all[3];
            bool done;
            ok(!nf_slopes_tilted(c, quick, &done, rank, m, &p) && !nf_slopes_pairwise(c, all, rank, m, &p));
            nf_scratch_rewind(c, mark);
            for (int q = 0; done && q < m; q++) ok(quick[q].at == all[q].at && quick[q].next == all[q].next);
            asked += kind == 14 && !straight;
            answered += done && kind == 14 && !straight;
        }
    }
    ok(asked && answered > asked / 2);
    nf_ctx_free(c);
}

TEST(scores_count_every_pair)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 300) {
        uint64_t s = seed + 9;
        size_t n = 1 + rnd(&s) % 200;
        double x[200], y[200], S = 0;
        nf_kendall k;
        for (size_t i = 0; i < n; i++) y[i] = value((int)(seed % KINDS), i, n, &s);
        times(x, y, n, (int)(seed / KINDS % PATTERNS), &s);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++) S += x[j] > x[i] ? (y[j] > y[i]) - (y[j] < y[i]) : 0;
        for (nf_isa isa = NF_ISA_SCALAR; isa <= NF_ISA_AVX512; isa++) {
            ok(nf_kendall_of(c, &k, x, y, n, nf_kernels_for(isa)) == NF_OK);
            near(k.S, S, 0);
            for (size_t i = 1; i < n; i++) ok(k.sorted[i - 1] <= k.sorted[i]);
        }
    }
    nf_ctx_free(c);
}
