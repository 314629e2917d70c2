/* smoother.c - loess over evenly spaced points: rows of weights made once, then sums of products. */
#include "stl.h"
#include <math.h>
#include <string.h>

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
    m->share = nf_scratch(c, 2 * n * sizeof *m->share);
    if (!m->tri || !m->share) return NF_ENOMEM;
    m->part = m->share + n;
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

/* ---- weights that differ from point to point ---- */

/* Sums of u, u x, u x x, u y, u x y about the point fitted; NaN where no point counts. */
static inline __attribute__((always_inline)) double fit_of(const nf_smoother *m, double s, double sx, double sxx,
                                                           double sy, double sxy)
{
    if (!(s > 0)) return NAN;
    double mean = sy / s;
    if (!m->degree) return mean;
    double centre = sx / s, c = sxx / s - centre * centre, least = 0.001 * ((double)m->n - 1);
    if (!(c > least * least)) return mean;
    return mean - centre / c * (sxy / s - centre * mean);
}

/* m->share and m->part: weight, and weight times y, zero where y is missing. */
static double weighted(const nf_smoother *m, const window *w, size_t at)
{
    double s = 0, sx = 0, sxx = 0, sy = 0, sxy = 0;
    const double *t = w->back ? w->tri + m->width - 1 : w->tri, *u = m->share + w->start, *v = m->part + w->start;
    ptrdiff_t step = w->back ? -1 : 1;
    if (!m->degree) {
        for (size_t j = 0; j < m->width; j++, t += step) {
            s += *t * u[j];
            sy += *t * v[j];
        }
        return fit_of(m, s, 0, 0, sy, 0);
    }
    double x = (double)(w->start + 1) - (double)at;
    for (size_t j = 0; j < m->width; j++, t += step, x++) {
        s += *t * u[j];
        sx += *t * x * u[j];
        sxx += *t * x * x * u[j];
        sy += *t * v[j];
        sxy += *t * x * v[j];
    }
    return fit_of(m, s, sx, sxx, sy, sxy);
}

/* Points whose window is whole share one row of weights: four of them side by side, each sum in its own order, which
 * is that of one alone. Pairs, since every machine adds two at a time. */
typedef double pair __attribute__((vector_size(16)));
enum { SIDE = 4 };

static pair pair_at(const double *p)
{
    pair v;
    memcpy(&v, p, sizeof v);
    return v;
}

static void level_side_by_side(const nf_smoother *m, double *out, const double *t, size_t start)
{
    const double *u = m->share + start, *v = m->part + start;
    pair s = { 0, 0 }, sy = s, s_ = s, sy_ = s;
    for (size_t j = 0; j < m->width; j++) {
        s += t[j] * pair_at(u + j);
        s_ += t[j] * pair_at(u + j + 2);
        sy += t[j] * pair_at(v + j);
        sy_ += t[j] * pair_at(v + j + 2);
    }
    for (int k = 0; k < 2; k++) {
        out[k] = fit_of(m, s[k], 0, 0, sy[k], 0);
        out[k + 2] = fit_of(m, s_[k], 0, 0, sy_[k], 0);
    }
}

static void line_two(const nf_smoother *m, double *out, const double *t, size_t start)
{
    const double *u = m->share + start, *v = m->part + start;
    double x = 1 - (double)(m->rows - 1);
    pair s = { 0, 0 }, sx = s, sxx = s, sy = s, sxy = s;
    for (size_t j = 0; j < m->width; j++, x++) {
        pair uj = pair_at(u + j), vj = pair_at(v + j);
        double tx = t[j] * x;
        s += t[j] * uj;
        sx += tx * uj;
        sxx += tx * x * uj;
        sy += t[j] * vj;
        sxy += tx * vj;
    }
    for (int k = 0; k < 2; k++) out[k] = fit_of(m, s[k], sx[k], sxx[k], sy[k], sxy[k]);
}

static void weighted_side_by_side(const nf_smoother *m, double *out, const double *t, size_t start)
{
    if (!m->degree) {
        level_side_by_side(m, out, t, start);
        return;
    }
    line_two(m, out, t, start);
    line_two(m, out + 2, t, start + 2);
}

static void weigh(const nf_smoother *m, const double *y, const double *weight)
{
    for (size_t i = 0; i < m->n; i++) {
        m->share[i] = isnan(y[i]) ? 0 : weight[i];
        m->part[i] = isnan(y[i]) ? 0 : weight[i] * y[i];
    }
}

static void smooth_weighted(const nf_smoother *m, double *out, bool ends)
{
    size_t middle = m->rows - 1;
    for (size_t at = !ends; at < m->n + 1 + ends;) {
        window w = window_at(m, at);
        if (m->kept && m->n > m->q && at >= middle && at + SIDE - 1 + middle <= m->n + 1) {
            weighted_side_by_side(m, out + at, m->tri + middle * m->width, at - middle);
            at += SIDE;
        } else {
            out[at] = weighted(m, &w, at);
            at++;
        }
    }
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
    if (weight) {
        weigh(m, y, weight);
        smooth_weighted(m, out, ends);
        mend(out, y, m->n);
        return;
    }
    for (size_t at = !ends; at < m->n + 1 + ends; at++) {
        window w = window_at(m, at);
        out[at] = plain(&w, m->width, y);
    }
}
