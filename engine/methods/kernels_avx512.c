/* kernels_avx512.c - the inner loops eight numbers at a time. */
#if defined(__x86_64__)
#include "kernels.h"
#include <immintrin.h>
#include <math.h>

static unsigned ones(unsigned m) { return (unsigned)__builtin_popcount(m); }
static __mmask8 first(size_t n) { return n >= 8 ? 0xff : (__mmask8)((1u << n) - 1); }

/* The place of each number: those after it that are less, and those before it that are not greater. */
static uint64_t leaf(const double *in, double *out, size_t n)
{
    const __m512d inf = _mm512_set1_pd(INFINITY);
    __m512d a = _mm512_mask_loadu_pd(inf, first(n), in);
    __m512d b = n > 8 ? _mm512_mask_loadu_pd(inf, first(n - 8), in + 8) : inf;
    unsigned all = (1u << n) - 1;
    uint64_t c = 0;
    for (size_t i = 0; i < n; i++) {
        __m512d v = _mm512_set1_pd(in[i]);
        unsigned lt = _mm512_cmp_pd_mask(a, v, _CMP_LT_OQ) | (unsigned)_mm512_cmp_pd_mask(b, v, _CMP_LT_OQ) << 8;
        unsigned le = _mm512_cmp_pd_mask(a, v, _CMP_LE_OQ) | (unsigned)_mm512_cmp_pd_mask(b, v, _CMP_LE_OQ) << 8;
        unsigned after = ones(lt & all & ~((2u << i) - 1)), before = ones(le & ((1u << i) - 1));
        c += after;
        out[after + before] = in[i];
    }
    return c;
}

static void split(const double *a, size_t n, double pivot, double *lo, size_t *n_lo, double *hi, size_t *n_hi)
{
    const __m512d p = _mm512_set1_pd(pivot);
    size_t l = 0, h = 0;
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 there = first(n - i);
        __m512d v = _mm512_maskz_loadu_pd(there, a + i);
        __mmask8 lt = _mm512_mask_cmp_pd_mask(there, v, p, _CMP_LT_OQ),
            gt = _mm512_mask_cmp_pd_mask(there, v, p, _CMP_GT_OQ);
        _mm512_storeu_pd(lo + l, _mm512_maskz_compress_pd(lt, v));
        _mm512_storeu_pd(hi + h, _mm512_maskz_compress_pd(gt, v));
        l += ones(lt);
        h += ones(gt);
    }
    *n_lo = l;
    *n_hi = h;
}

static inline __attribute__((always_inline))
void sieve_m(const double *x, const double *y, size_t n, nf_sieve *s, const int m)
{
    __m512d lo[3], hi[3];
    double *at[3];
    uint64_t below[3] = { 0 };
#pragma GCC unroll 3
    for (int q = 0; q < m; q++) {
        lo[q] = _mm512_set1_pd(s[q].lo);
        hi[q] = _mm512_set1_pd(s[q].hi);
        at[q] = s[q].in + s[q].n;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        const __m512d xi = _mm512_set1_pd(x[i]), yi = _mm512_set1_pd(y[i]);
        for (size_t j = i + 1; j < n; j += 8) {
            __mmask8 there = first(n - j);
            __m512d dx = _mm512_sub_pd(_mm512_maskz_loadu_pd(there, x + j), xi);
            __m512d v = _mm512_div_pd(_mm512_sub_pd(_mm512_maskz_loadu_pd(there, y + j), yi), dx);
            there = _mm512_mask_cmp_pd_mask(there, dx, _mm512_setzero_pd(), _CMP_GT_OQ);
#pragma GCC unroll 3
            for (int q = 0; q < m; q++) {
                __mmask8 lt = _mm512_mask_cmp_pd_mask(there, v, lo[q], _CMP_LT_OQ);
                __mmask8 in = _mm512_mask_cmp_pd_mask((__mmask8)(there & ~lt), v, hi[q], _CMP_LE_OQ);
                below[q] += ones(lt);
                _mm512_storeu_pd(at[q], _mm512_maskz_compress_pd(in, v));
                at[q] += ones(in);
            }
        }
    }
#pragma GCC unroll 3
    for (int q = 0; q < m; q++) {
        s[q].below += below[q];
        s[q].n = (size_t)(at[q] - s[q].in);
    }
}

static void sieve(const double *x, const double *y, size_t n, nf_sieve *s, int m)
{
    if (m == 1) sieve_m(x, y, n, s, 1);
    else sieve_m(x, y, n, s, 3);
}

static double tilt(double *z, const double *x, const double *y, size_t n, double slope)
{
    const __m512d b = _mm512_set1_pd(slope);
    __m512d most = _mm512_setzero_pd();
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 there = first(n - i);
        __m512d v = _mm512_fnmadd_pd(b, _mm512_maskz_loadu_pd(there, x + i), _mm512_maskz_loadu_pd(there, y + i));
        _mm512_mask_storeu_pd(z + i, there, v);
        most = _mm512_mask_max_pd(most, there, most, _mm512_abs_pd(v));
    }
    return _mm512_reduce_max_pd(most);
}

/* Sixteen at a time these are no faster: loading one number into all lanes is what takes the time. */
static void lean(int32_t *z, const double *x, const double *y, size_t n, double slope, double scale)
{
    nf_kernels_avx2.lean(z, x, y, n, slope, scale);
}
static uint64_t falls(const int32_t *z, size_t n) { return nf_kernels_avx2.falls(z, n); }
static size_t turned(nf_turned *to, size_t room, const int32_t *lo, const int32_t *hi, size_t n)
{
    return nf_kernels_avx2.turned(to, room, lo, hi, n);
}

const nf_kernels nf_kernels_avx512 = { leaf, split, sieve, tilt, lean, falls, turned };
#else
typedef int nf_no_avx512;
#endif
