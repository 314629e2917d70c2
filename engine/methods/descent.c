/* descent.c - quasi-Newton descent with an inverse Hessian built up from gradients by central differences. */
#include "descent.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST = NF_DESCENT_MOST };
typedef struct { const nf_objective *of; size_t n; double x[MOST], f, g[MOST], H[MOST][MOST]; } place;

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static void gradient(const place *p, double *g)
{
    double x[MOST];
    memcpy(x, p->x, p->n * sizeof *x);
    for (size_t i = 0; i < p->n; i++) {
        double h = 1e-4 * fmax(1, fabs(p->x[i]));
        x[i] = p->x[i] + h;
        double up = p->of->f(p->of->self, x);
        x[i] = p->x[i] - h;
        double down = p->of->f(p->of->self, x);
        x[i] = p->x[i];
        g[i] = isfinite(up) && isfinite(down) ? (up - down) / (2 * h) : isfinite(up) ? (up - p->f) / h
               : isfinite(down) ? (p->f - down) / h : 0;
    }
}

static void forget(place *p)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++) p->H[i][j] = i == j;
}

/* The inverse Hessian after a step s along which the gradient changed by y. */
static void learn(place *p, const double *s, const double *y)
{
    double sy = dot(s, y, p->n), Hy[MOST];
    if (!(sy > 1e-14 * sqrt(dot(s, s, p->n) * dot(y, y, p->n)))) return;
    for (size_t i = 0; i < p->n; i++) Hy[i] = dot(p->H[i], y, p->n);
    double by = (1 + dot(y, Hy, p->n) / sy) / sy;
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++) p->H[i][j] += by * s[i] * s[j] - (Hy[i] * s[j] + s[i] * Hy[j]) / sy;
}

/* Goes along d until the value falls enough (Armijo); false where it does not. */
static bool step(place *p, const double *d, double slope)
{
    double x[MOST], g[MOST], s[MOST], y[MOST], by = 1;
    for (int i = 0; i < 40; i++, by /= 2) {
        for (size_t k = 0; k < p->n; k++) x[k] = p->x[k] + by * d[k];
        double f = p->of->f(p->of->self, x);
        if (!(f <= p->f + 1e-4 * by * slope) || !(f < p->f)) continue;
        for (size_t k = 0; k < p->n; k++) s[k] = x[k] - p->x[k];
        memcpy(p->x, x, sizeof x);
        p->f = f;
        memcpy(g, p->g, sizeof g);
        gradient(p, p->g);
        for (size_t k = 0; k < p->n; k++) y[k] = p->g[k] - g[k];
        learn(p, s, y);
        return true;
    }
    return false;
}

/* The direction down; no longer than a few units, so that a first step does not leave the world. */
static double direction(const place *p, double *d)
{
    for (size_t i = 0; i < p->n; i++) d[i] = -dot(p->H[i], p->g, p->n);
    double length = sqrt(dot(d, d, p->n));
    for (size_t i = 0; i < p->n && length > 3; i++) d[i] *= 3 / length;
    return dot(d, p->g, p->n);
}

static void descend(place *p, int steps)
{
    bool fresh = true;
    forget(p);
    for (int i = 0; i < steps; i++) {
        double d[MOST], before = p->f, slope = direction(p, d);
        bool gained = slope < 0 && step(p, d, slope) && before - p->f > 1e-13 * (1 + fabs(before));
        if (!gained && fresh) return;
        if (!gained) forget(p);
        fresh = !gained;
    }
}

double nf_descend(const nf_objective *o, double *x, int steps)
{
    place p = { .of = o, .n = o->n };
    memcpy(p.x, x, o->n * sizeof *x);
    p.f = o->f(o->self, x);
    if (!isfinite(p.f) || !o->n) return p.f;
    gradient(&p, p.g);
    descend(&p, steps);
    memcpy(x, p.x, o->n * sizeof *x);
    return p.f;
}
