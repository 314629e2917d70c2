/* smoother.c - loess over evenly spaced points: rows of weights made once, then sums of products. */
#include "stl.h"
#include <math.h>

static double cube(double v) { return v * v * v; }

/* The weights of the fit at point at (from 1; 0 is the one before the first) over points 1 .. width. */
static void make_row(const nf_smoother *m, double *tri, double *fir, size_t at)
{
    double x = (double)at, last = (double)m->width, h = fmax(x - 1, last - x), all = 0, centre = 0, c = 0;
    if (m->q > m->n) h += (double)((m->q - m->n) / 2);
    for (size_t j = 0; j < m->width; j++) {
        double r = fabs((double)(j + 1) - x);
        tri[j] = r > 0.999 * h ? 0 : r <= 0.001 * h ? 1 : cube(1 - cube(r / h));
        all += tri[j];
    }
    for (size_t j = 0; j < m->width; j++) {
        fir[j] = all > 0 ? tri[j] / all : 0;
        centre += fir[j] * (double)(j + 1);
    }
    for (size_t j = 0; j < m->width; j++) c += fir[j] * ((double)(j + 1) - centre) * ((double)(j + 1) - centre);
    if (!m->degree || !(sqrt(c) > 0.001 * ((double)m->n - 1))) return;
    for (size_t j = 0; j < m->width; j++) fir[j] *= 1 + (x - centre) / c * ((double)(j + 1) - centre);
}

int nf_smoother_of(nf_ctx *c, nf_smoother *m, size_t n, size_t q, int degree)
{
    enum { MOST = 1 << 20 };                       /* numbers kept; beyond, rows are made when needed */
    size_t width = q < n ? q : n;
    *m = (nf_smoother){ .n = n, .q = q, .width = width, .rows = (width + 1) / 2 + 1, .degree = degree };
    m->kept = m->rows <= MOST / width;
    m->tri = nf_scratch(c, 2 * (m->kept ? m->rows : 1) * width * sizeof *m->tri);
    if (!m->tri) return NF_ENOMEM;
    m->fir = m->tri + (m->kept ? m->rows : 1) * width;
    for (size_t at = 0; m->kept && at < m->rows; at++) make_row(m, m->tri + at * width, m->fir + at * width, at);
    return NF_OK;
}

/* Which row fits point `at`, where its window starts, and whether it runs backwards. */
typedef struct { const double *tri, *fir; size_t start; bool back; } window;

static window window_at(const nf_smoother *m, size_t at)
{
    size_t middle = m->rows - 1, row = at, start = 0;
    bool back = false;
    if (at > middle && m->n > m->q && at + middle <= m->n + 1) {
        row = middle;
        start = at - middle;
    } else if (at > middle) {
        row = m->n + 1 - at;
        start = m->n - m->width;
        back = true;
    }
    if (!m->kept) make_row(m, m->tri, m->fir, row);
    size_t skip = m->kept ? row * m->width : 0;
    return (window){ m->tri + skip, m->fir + skip, start, back };
}

/* Four sums side by side: always the same order, and the additions need not wait for each other. */
static double plain(const window *w, size_t width, const double *y)
{
    double a = 0, b = 0, c = 0, d = 0;
    const double *v = y + w->start, *f = w->fir;
    size_t j = 0;
    if (w->back) {
        const double *g = f + width - 1;
        for (; j + 4 <= width; j += 4, g -= 4) {
            a += g[0] * v[j], b += g[-1] * v[j + 1];
            c += g[-2] * v[j + 2], d += g[-3] * v[j + 3];
        }
        for (; j < width; j++, g--) a += g[0] * v[j];
    } else {
        for (; j + 4 <= width; j += 4) {
            a += f[j] * v[j], b += f[j + 1] * v[j + 1];
            c += f[j + 2] * v[j + 2], d += f[j + 3] * v[j + 3];
        }
        for (; j < width; j++) a += f[j] * v[j];
    }
    return (a + b) + (c + d);
}

/* NaN where no point counts. */
static double weighted(const nf_smoother *m, const window *w, size_t at, const double *y, const double *weight)
{
    double s = 0, sx = 0, sxx = 0, sy = 0, sxy = 0;
    for (size_t j = 0; j < m->width; j++) {
        size_t i = w->start + j;
        double u = w->tri[w->back ? m->width - 1 - j : j] * weight[i], x = (double)(i + 1) - (double)at;
        if (!(u > 0) || isnan(y[i])) continue;
        s += u;
        sx += u * x;
        sxx += u * x * x;
        sy += u * y[i];
        sxy += u * x * y[i];
    }
    if (!(s > 0)) return NAN;
    double centre = sx / s, c = sxx / s - centre * centre, mean = sy / s;
    if (!m->degree || !(c > 0) || !(sqrt(c) > 0.001 * ((double)m->n - 1))) return mean;
    return mean - centre / c * (sxy / s - centre * mean);
}

/* Where nothing counts: the value itself, or, where there is none, the fit next to it. */
static void mend(double *out, const double *y, size_t n)
{
    for (size_t i = 1; i <= n; i++)
        if (isnan(out[i])) out[i] = !isnan(y[i - 1]) ? y[i - 1] : i > 1 ? out[i - 1] : NAN;
    for (size_t i = n - 1; i >= 1 && n > 1; i--)
        if (isnan(out[i])) out[i] = out[i + 1];
    if (isnan(out[0])) out[0] = out[1];
    if (isnan(out[n + 1])) out[n + 1] = out[n];
}

void nf_smooth(const nf_smoother *m, double *out, const double *y, const double *weight, bool ends)
{
    out[0] = out[m->n + 1] = 0;
    for (size_t at = !ends; at < m->n + 1 + ends; at++) {
        window w = window_at(m, at);
        out[at] = weight ? weighted(m, &w, at, y, weight) : plain(&w, m->width, y);
    }
    if (weight) mend(out, y, m->n);
}
