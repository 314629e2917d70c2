/* kernels_avx2.c - the inner loops four numbers at a time. */
#if defined(__x86_64__)
#include "kernels.h"
#include <immintrin.h>
#include <math.h>

/* Eight 32-bit places that bring the doubles of a mask to the front. */
#define PAIR(d) 2 * (d), 2 * (d) + 1
#define FRONT(a, b, c, d) { PAIR(a), PAIR(b), PAIR(c), PAIR(d) }
static const int32_t front[16][8] = {
    FRONT(0, 0, 0, 0), FRONT(0, 0, 0, 0), FRONT(1, 0, 0, 0), FRONT(0, 1, 0, 0), FRONT(2, 0, 0, 0), FRONT(0, 2, 0, 0),
    FRONT(1, 2, 0, 0), FRONT(0, 1, 2, 0), FRONT(3, 0, 0, 0), FRONT(0, 3, 0, 0), FRONT(1, 3, 0, 0), FRONT(0, 1, 3, 0),
    FRONT(2, 3, 0, 0), FRONT(0, 2, 3, 0), FRONT(1, 2, 3, 0), FRONT(0, 1, 2, 3)
};
/* Lanes that are there: the last one starts at 4 - n. */
static const int64_t lanes[8] = { -1, -1, -1, -1, 0, 0, 0, 0 };
static __m256i first(size_t n)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)(lanes + 4 - (n < 4 ? n : 4)));
}

/* Stores the numbers of the mask at p and says how many they are. */
static inline size_t keep(double *p, __m256d v, __m256d mask)
{
    int m = _mm256_movemask_pd(mask);
    __m256i at = _mm256_loadu_si256((const __m256i *)(const void *)front[m]);
    _mm256_storeu_pd(p, _mm256_castsi256_pd(_mm256_permutevar8x32_epi32(_mm256_castpd_si256(v), at)));
    return (size_t)__builtin_popcount((unsigned)m);
}

static uint64_t leaf(const double *in, double *out, size_t n) { return nf_kernels_scalar.leaf(in, out, n); }

static void split(const double *a, size_t n, double pivot, double *lo, size_t *n_lo, double *hi, size_t *n_hi)
{
    const __m256d p = _mm256_set1_pd(pivot);
    size_t l = 0, h = 0;
    for (size_t i = 0; i < n; i += 4) {
        __m256d there = _mm256_castsi256_pd(first(n - i)), v = _mm256_maskload_pd(a + i, first(n - i));
        l += keep(lo + l, v, _mm256_and_pd(there, _mm256_cmp_pd(v, p, _CMP_LT_OQ)));
        h += keep(hi + h, v, _mm256_and_pd(there, _mm256_cmp_pd(v, p, _CMP_GT_OQ)));
    }
    *n_lo = l;
    *n_hi = h;
}

static inline __attribute__((always_inline))
void sieve_m(const double *x, const double *y, size_t n, nf_sieve *s, const int m)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const __m256d xi = _mm256_set1_pd(x[i]), yi = _mm256_set1_pd(y[i]);
        for (size_t j = i + 1; j < n; j += 4) {
            __m256i lane = first(n - j);
            __m256d dx = _mm256_sub_pd(_mm256_maskload_pd(x + j, lane), xi);
            __m256d v = _mm256_div_pd(_mm256_sub_pd(_mm256_maskload_pd(y + j, lane), yi), dx);
            __m256d there = _mm256_and_pd(_mm256_castsi256_pd(lane),
                                          _mm256_cmp_pd(dx, _mm256_setzero_pd(), _CMP_GT_OQ));
            for (int q = 0; q < m; q++) {
                __m256d lt = _mm256_cmp_pd(v, _mm256_set1_pd(s[q].lo), _CMP_LT_OQ);
                __m256d in = _mm256_andnot_pd(lt, _mm256_cmp_pd(v, _mm256_set1_pd(s[q].hi), _CMP_LE_OQ));
                s[q].below += (size_t)__builtin_popcount((unsigned)_mm256_movemask_pd(_mm256_and_pd(there, lt)));
                s[q].n += keep(s[q].in + s[q].n, v, _mm256_and_pd(there, in));
            }
        }
    }
}

static void sieve(const double *x, const double *y, size_t n, nf_sieve *s, int m)
{
    nf_sieve t[3] = { s[0], s[m > 1 ? 1 : 0], s[m > 1 ? 2 : 0] };
    if (m == 1) sieve_m(x, y, n, t, 1);
    else sieve_m(x, y, n, t, 3);
    for (int q = 0; q < m; q++) s[q] = t[q];
}

static double tilt(double *z, const double *x, const double *y, size_t n, double slope)
{
    const __m256d b = _mm256_set1_pd(slope), sign = _mm256_set1_pd(-0.0);
    __m256d most = _mm256_setzero_pd();
    for (size_t i = 0; i < n; i += 4) {
        __m256i lane = first(n - i);
        __m256d v = _mm256_fnmadd_pd(b, _mm256_maskload_pd(x + i, lane), _mm256_maskload_pd(y + i, lane));
        _mm256_maskstore_pd(z + i, lane, v);
        most = _mm256_max_pd(most, _mm256_and_pd(_mm256_castsi256_pd(lane), _mm256_andnot_pd(sign, v)));
    }
    double m[4];
    _mm256_storeu_pd(m, most);
    return fmax(fmax(m[0], m[1]), fmax(m[2], m[3]));
}

static void lean(int32_t *z, const double *x, const double *y, size_t n, double slope, double scale)
{
    const __m256d b = _mm256_set1_pd(slope * scale), by = _mm256_set1_pd(scale);
    for (size_t i = 0; i < n; i += 4) {
        __m256i there = first(n - i);
        __m256d bx = _mm256_mul_pd(b, _mm256_maskload_pd(x + i, there));
        _mm_storeu_si128((__m128i *)(void *)(z + i),
                         _mm256_cvttpd_epi32(_mm256_fmsub_pd(by, _mm256_maskload_pd(y + i, there), bx)));
    }
    for (size_t i = n; i % NF_LANES; i++) z[i] = INT32_MAX;
}

static __m256i eight(const int32_t *z) { return _mm256_loadu_si256((const __m256i *)(const void *)z); }
static __m256i greater(int32_t a, __m256i b) { return _mm256_cmpgt_epi32(_mm256_set1_epi32(a), b); }

static uint64_t falls(const int32_t *z, size_t n)
{
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256i c = _mm256_setzero_si256();
    for (size_t b = 0; b < n; b += NF_LANES) {
        const __m256i at = eight(z + b);
        for (size_t i = 0; i < b; i += NF_LANES)
#pragma GCC unroll 8
            for (size_t k = 0; k < NF_LANES; k++) c = _mm256_sub_epi32(c, greater(z[i + k], at));
#pragma GCC unroll 8
        for (int k = 0; k < NF_LANES; k++) {
            __m256i after = _mm256_cmpgt_epi32(lane, _mm256_set1_epi32(k));
            c = _mm256_sub_epi32(c, _mm256_and_si256(after, greater(z[b + (size_t)k], at)));
        }
    }
    uint32_t part[NF_LANES];
    uint64_t sum = 0;
    _mm256_storeu_si256((__m256i *)(void *)part, c);
    for (int k = 0; k < NF_LANES; k++) sum += part[k];
    return sum;
}

static size_t turned(nf_turned *to, size_t room, const int32_t *lo, const int32_t *hi, size_t n)
{
    static const uint32_t after[2] = { 0xffff08ce, 0x08ce0000 };
    size_t found = 0;
    for (size_t b = 0; b < n; b += NF_LANES) {
        const __m256i lo_b = eight(lo + b), hi_b = eight(hi + b);
        if (found + b / 4 + 2 > room) return room + 1;
        for (size_t i = 0; i < b + NF_LANES; i += 4) {
            __m256i t[4];
#pragma GCC unroll 4
            for (size_t k = 0; k < 4; k++)
                t[k] = _mm256_andnot_si256(greater(lo[i + k], lo_b), greater(hi[i + k], hi_b));
            uint32_t m = (uint32_t)_mm256_movemask_epi8(
                _mm256_packs_epi16(_mm256_packs_epi32(t[0], t[1]), _mm256_packs_epi32(t[2], t[3])));
            if (i >= b) m &= after[(i - b) / 4];
            to[found] = (nf_turned){ (uint16_t)i, (uint16_t)b, m };
            found += m != 0;                       /* no branch: whether there is one cannot be foreseen */
        }
    }
    return found;
}

const nf_kernels nf_kernels_avx2 = { leaf, split, sieve, tilt, lean, falls, turned };
#else
typedef int nf_no_avx2;
#endif
