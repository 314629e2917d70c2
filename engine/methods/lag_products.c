/* lag_products.c - sums of products at every lag: directly for short series, by a Fourier transform for long ones. */
#include "real.h"
#include "serial.h"
#include <string.h>

enum { DIRECT = 512, ABREAST = 8 };

/* Eight lags abreast: each sum runs in order, so its bits do not depend on the width of the machine. */
static void direct(double *out, size_t lags, const double *g, size_t n)
{
    for (size_t k = 1; k <= lags; k += ABREAST) {
        double sum[ABREAST] = { 0 };
        size_t i = 0, whole = n > k + ABREAST - 1 ? n - k - (ABREAST - 1) : 0;
        for (; i < whole; i++)
            for (size_t q = 0; q < ABREAST; q++) sum[q] += g[i] * g[i + k + q];
        for (; i + k < n; i++)
            for (size_t q = 0; q < ABREAST && i + k + q < n; q++) sum[q] += g[i] * g[i + k + q];
        for (size_t q = 0; q < ABREAST && k + q <= lags; q++) out[k + q - 1] = sum[q];
    }
}

typedef struct { double re, im; } complex_number;

/* In place, radix 2, decimation in time; w[j] = exp(-2 pi i j / m). */
static void transform(complex_number *a, const complex_number *w, size_t m)
{
    for (size_t i = 1, j = 0; i < m; i++) {
        size_t bit = m >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i >= j) continue;
        complex_number t = a[i];
        a[i] = a[j];
        a[j] = t;
    }
    for (size_t len = 2; len <= m; len *= 2)
        for (size_t i = 0; i < m; i += len)
            for (size_t j = 0; j < len / 2; j++) {
                complex_number u = a[i + j], v = a[i + j + len / 2], f = w[j * (m / len)];
                complex_number t = { v.re * f.re - v.im * f.im, v.re * f.im + v.im * f.re };
                a[i + j] = (complex_number){ u.re + t.re, u.im + t.im };
                a[i + j + len / 2] = (complex_number){ u.re - t.re, u.im - t.im };
            }
}

static int by_fourier(nf_ctx *c, double *out, size_t lags, const double *g, size_t n)
{
    size_t m = 1;
    while (m < 2 * n) m *= 2;
    complex_number *a = nf_scratch(c, m * sizeof *a), *w = nf_scratch(c, m / 2 * sizeof *w);
    if (!a || !w) return NF_ENOMEM;
    for (size_t j = 0; j < m / 2; j++) {
        double angle = 6.283185307179586 * (double)j / (double)m;
        w[j] = (complex_number){ nf_cos(angle), -nf_sin(angle) };
    }
    for (size_t i = 0; i < m; i++) a[i] = (complex_number){ i < n ? g[i] : 0, 0 };
    transform(a, w, m);
    for (size_t i = 0; i < m; i++) a[i] = (complex_number){ a[i].re * a[i].re + a[i].im * a[i].im, 0 };
    transform(a, w, m);                            /* the power spectrum is even: forward is backward */
    for (size_t k = 0; k < lags; k++) out[k] = k + 1 < n ? a[k + 1].re / (double)m : 0;
    return NF_OK;
}

int nf_lag_products(nf_ctx *c, double *out, size_t lags, const double *g, size_t n)
{
    if (n < DIRECT || lags < 64) {
        direct(out, lags, g, n);
        return NF_OK;
    }
    size_t mark = nf_scratch_mark(c);
    int rc = by_fourier(c, out, lags, g, n);
    nf_scratch_rewind(c, mark);
    return rc;
}
