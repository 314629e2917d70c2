/* crowd.c - where a label disturbs least: a grid of 4 px cells with weights, asked through its summed-area table. */
#include "frame.h"
#include <math.h>

#define CELL 4.0
enum { LABELS = 16 };
struct nf_crowd { int w, h; double *cell, *sum; bool stale; nf_box label[LABELS]; size_t n_label; };

nf_crowd *nf_crowd_new(nf_ctx *c, double width, double height)
{
    nf_crowd *q = nf_alloc(c, sizeof *q);
    if (!q) return NULL;
    q->w = (int)(fmin(width, 4000) / CELL) + 2;
    q->h = (int)(fmin(height, 4000) / CELL) + 2;
    q->cell = nf_alloc(c, (size_t)q->w * (size_t)q->h * sizeof *q->cell);
    q->sum = nf_alloc(c, (size_t)(q->w + 1) * (size_t)(q->h + 1) * sizeof *q->sum);
    return q->cell && q->sum ? q : NULL;
}

static int clamp(double v, int most) { return v < 0 ? 0 : v > most ? most : (int)v; }

void nf_crowd_box(nf_crowd *q, nf_box b, double weight)
{
    if (!q || !isfinite(b.left + b.right + b.top + b.bottom)) return;
    int x0 = clamp(b.left / CELL, q->w - 1), x1 = clamp(b.right / CELL, q->w - 1);
    int y0 = clamp(b.top / CELL, q->h - 1), y1 = clamp(b.bottom / CELL, q->h - 1);
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) q->cell[y * q->w + x] += weight;
    q->stale = true;
}

void nf_crowd_line(nf_crowd *q, size_t n, const double *x, const double *y, double reach, double weight)
{
    for (size_t i = 0; q && i + 1 < n; i++) {
        double dx = x[i + 1] - x[i], dy = y[i + 1] - y[i], length = sqrt(dx * dx + dy * dy);
        if (!isfinite(length) || length > 20000) continue;
        int steps = (int)(length / CELL) + 1;
        for (int k = 0; k <= steps; k++) {
            double px = x[i] + dx * k / steps, py = y[i] + dy * k / steps;
            nf_crowd_box(q, (nf_box){ px - reach, py - reach, px + reach, py + reach }, weight);
        }
    }
}

static void sum_up(nf_crowd *q)
{
    int w = q->w + 1;
    for (int y = 0; y < q->h; y++) {
        double row = 0;
        for (int x = 0; x < q->w; x++) {
            row += q->cell[y * q->w + x];
            q->sum[(y + 1) * w + x + 1] = q->sum[y * w + x + 1] + row;
        }
    }
    q->stale = false;
}

static double cost(const nf_crowd *q, nf_box b)
{
    int x0 = clamp(b.left / CELL, q->w), x1 = clamp(b.right / CELL + 1, q->w), w = q->w + 1;
    int y0 = clamp(b.top / CELL, q->h), y1 = clamp(b.bottom / CELL + 1, q->h);
    return q->sum[y1 * w + x1] - q->sum[y0 * w + x1] - q->sum[y1 * w + x0] + q->sum[y0 * w + x0];
}

void nf_crowd_label(nf_crowd *q, nf_box b)
{
    if (!q) return;
    if (q->n_label < LABELS) q->label[q->n_label++] = b;
    nf_crowd_box(q, b, 60);
}

static bool is_taken(const nf_crowd *q, nf_box b)
{
    size_t i = 0;
    while (i < q->n_label && (b.left >= q->label[i].right || b.right <= q->label[i].left
                              || b.top >= q->label[i].bottom || b.bottom <= q->label[i].top)) i++;
    return i < q->n_label;
}

typedef struct { nf_crowd *crowd; nf_box in; double width, size, middle, best, x, y; } placing;

/* Above and below the point, at growing distance, left, centred and right of it. */
static void try_point(placing *p, double px, double py)
{
    for (int side = -1; side <= 1; side += 2)
        for (int align = 0; align < 3; align++)
            for (double gap = 7; gap < 40; gap += 8) {
                double x = px - p->width * align / 2, y = side < 0 ? py - gap : py + gap + p->size * 0.75;
                nf_box b = { x - 4, y - p->size * 0.85 - 2, x + p->width + 4, y + p->size * 0.3 + 2 };
                if (b.left < p->in.left || b.right > p->in.right || b.top < p->in.top || b.bottom > p->in.bottom
                    || is_taken(p->crowd, b)) continue;
                double c = cost(p->crowd, b) + gap * 1.6 + fabs(x + p->width / 2 - p->middle) * 0.08;
                if (c < p->best) {
                    p->best = c;
                    p->x = x;
                    p->y = y;
                }
            }
}

bool nf_crowd_place(nf_crowd *q, nf_box in, size_t n, const double *x, const double *y, double width, double size,
                    double *label_x, double *label_y)
{
    if (!q || !n) return false;
    if (q->stale) sum_up(q);
    placing p = { q, in, width, size, (x[0] + x[n - 1]) / 2, INFINITY, 0, 0 };
    for (size_t i = 0; i + 1 < n; i++) {
        double dx = x[i + 1] - x[i], dy = y[i + 1] - y[i];
        if (!isfinite(dx + dy)) continue;
        int steps = (int)(sqrt(dx * dx + dy * dy) / 16) + 1;
        for (int k = 0; k <= steps && steps < 2000; k++) try_point(&p, x[i] + dx * k / steps, y[i] + dy * k / steps);
    }
    if (!isfinite(p.best)) return false;
    *label_x = p.x;
    *label_y = p.y;
    nf_crowd_label(q, (nf_box){ p.x - 2, p.y - size * 0.85, p.x + width + 2, p.y + size * 0.3 });
    return true;
}
