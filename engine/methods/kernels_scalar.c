/* kernels_scalar.c - the inner loops in plain C, and the choice among the instruction sets. */
#include "kernels.h"
#include <math.h>

static uint64_t leaf(const double *in, double *out, size_t n)
{
    uint64_t c = 0;
    for (size_t i = 0; i < n; i++) {
        double v = in[i];
        size_t j = i;
        for (; j > 0 && out[j - 1] > v; j--) out[j] = out[j - 1];
        c += i - j;
        out[j] = v;
    }
    return c;
}

static void split(const double *a, size_t n, double pivot, double *lo, size_t *n_lo, double *hi, size_t *n_hi)
{
    size_t l = 0, h = 0;
    for (size_t i = 0; i < n; i++) {
        double v = a[i];
        lo[l] = v;
        l += v < pivot;
        hi[h] = v;
        h += v > pivot;
    }
    *n_lo = l;
    *n_hi = h;
}

static void sieve(const double *x, const double *y, size_t n, nf_sieve *s, int m)
{
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            double dx = x[j] - x[i], v = (y[j] - y[i]) / dx;
            if (!(dx > 0)) continue;
            for (int q = 0; q < m; q++) {
                s[q].below += v < s[q].lo;
                s[q].in[s[q].n] = v;
                s[q].n += v >= s[q].lo && v <= s[q].hi;
            }
        }
}

static double tilt(double *z, const double *x, const double *y, size_t n, double slope)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        z[i] = fma(-slope, x[i], y[i]);
        most = fabs(z[i]) > most ? fabs(z[i]) : most;
    }
    return most;
}

static void lean(int32_t *z, const double *x, const double *y, size_t n, double slope, double scale)
{
    for (size_t i = 0; i < n; i++) z[i] = (int32_t)(scale * y[i] - slope * scale * x[i]);
    for (size_t i = n; i % NF_LANES; i++) z[i] = INT32_MAX;
}

static uint64_t falls(const int32_t *z, size_t n)
{
    uint64_t c = 0;
    for (size_t j = 1; j < n; j++) {
        int32_t here = 0;
        for (size_t i = 0; i < j; i++) here += z[i] > z[j];
        c += (uint64_t)here;
    }
    return c;
}

static size_t turned(nf_turned *to, size_t room, const int32_t *lo, const int32_t *hi, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            if (found == room) return room + 1;
            to[found] = (nf_turned){ (uint16_t)i, (uint16_t)j, 1 };
            found += hi[j] < hi[i] && lo[j] >= lo[i];
        }
    return found;
}

const nf_kernels nf_kernels_scalar = { leaf, split, sieve, tilt, lean, falls, turned };

const nf_kernels *nf_kernels_for(nf_isa most)
{
#if defined(__x86_64__)
    if ((most == NF_ISA_BEST || most >= NF_ISA_AVX512) && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("popcnt"))
        return &nf_kernels_avx512;
    if ((most == NF_ISA_BEST || most >= NF_ISA_AVX2) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
        && __builtin_cpu_supports("popcnt"))
        return &nf_kernels_avx2;
#else
    (void)most;
#endif
    return &nf_kernels_scalar;
}
