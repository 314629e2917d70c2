/* simplex.c - Nelder and Mead's simplex, kept within the unit box. */
#include "simplex.h"
#include <math.h>
#include <string.h>

typedef struct { double x[NF_SIMPLEX_MOST], f; } corner;

static double bounded(double v) { return v < 0 ? 0 : v > 1 ? 1 : v; }

/* The point at centre + by (centre - worst), valued. */
static corner along(const nf_objective *o, const double *centre, const corner *worst, double by)
{
    corner c = { .f = 0 };
    for (size_t k = 0; k < o->n; k++) c.x[k] = bounded(centre[k] + by * (centre[k] - worst->x[k]));
    c.f = o->f(o->self, c.x);
    return c;
}

static void sort_corners(corner *c, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && c[j].f < c[j - 1].f; j--) {
            corner t = c[j];
            c[j] = c[j - 1];
            c[j - 1] = t;
        }
}

static void shrink(const nf_objective *o, corner *c)
{
    for (size_t i = 1; i <= o->n; i++) {
        for (size_t k = 0; k < o->n; k++) c[i].x[k] = (c[0].x[k] + c[i].x[k]) / 2;
        c[i].f = o->f(o->self, c[i].x);
    }
}

static void step(const nf_objective *o, corner *c)
{
    size_t n = o->n;
    double centre[NF_SIMPLEX_MOST] = { 0 };
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) centre[k] += c[i].x[k] / (double)n;
    corner r = along(o, centre, &c[n], 1);
    if (r.f < c[0].f) {
        corner e = along(o, centre, &c[n], 2);
        c[n] = e.f < r.f ? e : r;
    } else if (r.f < c[n - 1].f) c[n] = r;
    else {
        corner in = along(o, centre, &c[n], r.f < c[n].f ? 0.5 : -0.5);
        if (in.f < c[n].f && in.f <= r.f) c[n] = in;
        else shrink(o, c);
    }
    sort_corners(c, n + 1);
}

static double width(const corner *c, size_t n)
{
    double most = 0;
    for (size_t i = 1; i <= n; i++)
        for (size_t k = 0; k < n; k++) most = fmax(most, fabs(c[i].x[k] - c[0].x[k]));
    return most;
}

static double descend(const nf_objective *o, double *x, double size)
{
    enum { MOST = 600 };
    corner c[NF_SIMPLEX_MOST + 1];
    for (size_t i = 0; i <= o->n; i++) {
        memcpy(c[i].x, x, o->n * sizeof *x);
        if (i) c[i].x[i - 1] += x[i - 1] + size <= 1 ? size : -size;
        c[i].f = o->f(o->self, c[i].x);
    }
    sort_corners(c, o->n + 1);
    for (int i = 0; i < MOST && width(c, o->n) > 1e-7; i++) step(o, c);
    memcpy(x, c[0].x, o->n * sizeof *x);
    return c[0].f;
}

double nf_minimise(const nf_objective *o, double *x)
{
    double best = o->f(o->self, x), size = 0.25;
    for (int i = 0; i < 4; i++, size /= 2) {
        double now = descend(o, x, size);
        if (!(now < best - 1e-9 * fabs(best)) && i) return now;
        best = now;
    }
    return best;
}
