/* trend_labels.c - what is written into the trend chart and beside it, where it covers no line. */
#include "trend_drawing.h"
#include "engine.h"
#include <string.h>

enum { LEADING = 16 };

void nf_trend_avoid(nf_trend_drawing *d, nf_text name, nf_role role, size_t n, const double *x, const double *y)
{
    double *kept = n ? nf_alloc(d->c, 2 * n * sizeof *kept) : NULL;
    if (!kept || d->n_line == sizeof d->line / sizeof *d->line) return;
    memcpy(kept, x, n * sizeof *x);
    memcpy(kept + n, y, n * sizeof *y);
    d->line[d->n_line++] = (nf_trend_line){ name, role, n, kept, kept + n };
    nf_crowd_line(d->crowd, n, x, y, 4, 20);
}

/* ---- beside the plot: forecast and target ---- */

static nf_side_label *add_label(nf_trend_drawing *d, double y, nf_role role)
{
    nf_side_label *l = &d->side[d->n_side++];
    *l = (nf_side_label){ .y = y, .role = role };
    return l;
}

static void add_line(nf_side_label *l, const char *text)
{ if (text && *text && l->n < sizeof l->line / sizeof *l->line) l->line[l->n++] = text; }

static double line_width(const char *text, bool bold) { return nf_text_width(text, bold ? 13.5 : 13, bold) * 1.05; }

/* A forecast has no more digits than its range makes sense of. */
static int forecast_digits(const nf_trend_model *m, size_t k)
{
    int digits = 0;
    for (double width = fabs(m->fan[6][k] - m->fan[0][k]); digits < m->sub.decimals && width < 20; width *= 10)
        digits++;
    return digits;
}

/* In one line; on narrow charts the share below it, and where that is still too long, an end a line. */
static void add_range(nf_trend_drawing *d, nf_side_label *l, const char *lo, const char *hi)
{
    static const nf_text range = { "95 %: {0} to {1}", "95%区间{0}至{1}" }, bare = { "{0} to {1}", "{0}至{1}" },
                         from = { "{0} to", "{0}至" }, share = { "(95 %)", "95%区间" };
    if (!strcmp(lo, hi)) return;                 /* a series that never moved */
    const char *text = nf_say(d->c, d->m.sub.lang, d->narrow ? bare : range, lo, hi, NULL, NULL);
    if (line_width(text, false) <= d->side_room) add_line(l, text);
    else {
        add_line(l, nf_say(d->c, d->m.sub.lang, from, lo, NULL, NULL, NULL));
        add_line(l, hi);
    }
    if (d->narrow || l->line[l->n - 1] == hi) add_line(l, nf_trend_words(d, share));
}

static void add_forecast(nf_trend_drawing *d)
{
    static const nf_text forecast = { "Forecast", "预测" };
    const nf_trend_model *m = &d->m;
    size_t k = m->n_fan - 1;
    int digits = forecast_digits(m, k);
    nf_side_label *l = add_label(d, m->fan[3][k], NF_OBSERVED_TEXT);
    add_line(l, nf_trend_words(d, forecast));
    add_line(l, nf_figure(d->c, m->fan[3][k], digits, m->sub.lang));
    add_range(d, l, nf_figure(d->c, m->fan[0][k], digits, m->sub.lang),
              nf_figure(d->c, m->fan[6][k], digits, m->sub.lang));
}

/* "35 µg/m³"; the unit stands in the subtitle too, and is left out where there is no room, or where it begins with a
 * number: "10,000 100 million yuan" would mislead. */
static const char *goal_with_unit(const nf_trend_drawing *d)
{
    const nf_subject *s = &d->m.sub;
    const char *text = nf_join(d->c, s->goal, !strcmp(s->lang, "zh") ? "" : " ", s->unit);
    bool counted = *s->unit >= '0' && *s->unit <= '9', wide = line_width(text, false) > d->side_room * 0.75;
    return d->narrow || counted || wide || !*s->unit ? s->goal : text;
}

static void add_target(nf_trend_drawing *d)
{
    static const nf_text target = { "Target", "目标" }, dated = { "Target {0}", "{0}目标" };
    const nf_trend_model *m = &d->m;
    const char *due = m->dated ? nf_date(d->c, m->target->due, m->sub.lang) : "";
    nf_side_label *l = add_label(d, m->goal, NF_TARGET_TEXT);
    add_line(l, *due ? nf_say(d->c, m->sub.lang, dated, due, NULL, NULL, NULL) : nf_trend_words(d, target));
    add_line(l, goal_with_unit(d));
}

static void add_latest(nf_trend_drawing *d)
{
    static const nf_text latest = { "Latest", "最新" };
    const nf_trend_model *m = &d->m;
    nf_side_label *l = add_label(d, m->y[m->last], NF_OBSERVED_TEXT);
    add_line(l, nf_trend_words(d, latest));
    add_line(l, nf_figure(d->c, m->y[m->last], m->sub.decimals, m->sub.lang));
}

void nf_trend_side_labels(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    if (m->finite > NF_DENSE && !m->has_goal) add_latest(d);
    if (m->n_fan) add_forecast(d);
    if (m->has_goal && (!m->dated || m->due_at >= m->to)) add_target(d);
}

double nf_trend_side_width(const nf_trend_drawing *d)
{
    double width = 0;
    for (size_t i = 0; i < d->n_side; i++)
        for (size_t k = 0; k < d->side[i].n; k++) width = fmax(width, line_width(d->side[i].line[k], k == 0));
    return width;
}

static double label_height(const nf_side_label *l) { return LEADING * (double)l->n; }

/* Apart from each other, inside the plot. The upper one is moved up, the lower one down. */
static void spread(const nf_trend_drawing *d, double *top)
{
    const nf_side_label *l = d->side;
    for (size_t i = 0; i < d->n_side; i++) top[i] = nf_trend_y(d, l[i].y) - label_height(&l[i]) / 2;
    if (d->n_side < 2) return;
    size_t up = top[0] <= top[1] ? 0 : 1, low = 1 - up;
    double overlap = top[up] + label_height(&l[up]) + 8 - top[low];
    if (overlap > 0) {
        top[up] -= overlap / 2;
        top[low] += overlap / 2;
    }
    double under = top[low] + label_height(&l[low]) - d->box.bottom, over = d->box.top - 10 - top[up];
    if (under > 0) top[low] -= under, top[up] = fmin(top[up], top[low] - label_height(&l[up]) - 8);
    if (over > 0) top[up] += over, top[low] = fmax(top[low], top[up] + label_height(&l[up]) + 8);
}

void nf_trend_draw_side_labels(const nf_trend_drawing *d)
{
    double top[2], x = d->box.right + 14;
    spread(d, top);
    for (size_t i = 0; i < d->n_side; i++)
        for (size_t k = 0; k < d->side[i].n; k++)
            nf_scene_text(d->s, (nf_font){ d->side[i].role, k ? 13 : 13.5, 's', k == 0, false }, x,
                          top[i] + 12 + LEADING * (double)k,
                          nf_text_fit(d->c, d->side[i].line[k], k ? 13 : 13.5, k == 0, d->s->width - x - 4));
}

/* ---- in the plot ---- */

/* How much of the line lies in the box, in pixels. */
static double struck(const nf_box *b, const nf_trend_line *l)
{
    enum { EACH = 2 };
    double length = 0;
    for (size_t i = 0; i + 1 < l->n; i++) {
        double dx = l->x[i + 1] - l->x[i], dy = l->y[i + 1] - l->y[i], far = sqrt(dx * dx + dy * dy);
        bool beside = fmax(l->x[i], l->x[i + 1]) < b->left || fmin(l->x[i], l->x[i + 1]) > b->right;
        if (!isfinite(far) || beside) continue;
        int steps = (int)(far / EACH) + 1;
        for (int k = 0; k < steps; k++) {
            double x = l->x[i] + dx * k / steps, y = l->y[i] + dy * k / steps;
            if (x > b->left && x < b->right && y > b->top && y < b->bottom) length += far / steps;
        }
    }
    return length;
}

typedef struct { double x, y, width, cost; } place;

static nf_box box_of(const place *p)
{ return (nf_box){ p->x - p->width / 2, p->y - 11, p->x + p->width / 2, p->y + 2 }; }

static void try_place(const nf_trend_drawing *d, place *best, double x, double y, double cost)
{
    place p = { x, y, best->width, cost };
    nf_box b = box_of(&p);
    if (b.top < d->box.top - NF_HEADROOM - 8 || y > d->box.bottom - 1) return;
    for (size_t i = 0; i < d->n_line; i++) p.cost += struck(&b, &d->line[i]);
    if (p.cost < best->cost) *best = p;
}

/* Above or below its figure: where the line does not go, and farther away where there is no other room. */
static place place_of(const nf_trend_drawing *d, size_t i, const char *text, bool last)
{
    static const double up[] = { 10, 14, 18, 22, 26 }, down[] = { 21, 17, 25, 29, 33 };
    const nf_trend_model *m = &d->m;
    const double *x = d->seen_x, *y = d->seen_y;
    place best = { .width = nf_text_width(text, 13.5, true) * 1.04, .cost = INFINITY };
    double next = NAN, px = fmin(fmax(x[i], d->box.left + best.width / 2), d->box.right - best.width / 2 + 8);
    for (size_t k = i; !last && ++k < m->n && !isfinite(next);) next = y[k];
    for (size_t k = i; last && k-- > 0 && !isfinite(next);) next = y[k];
    bool above = !isfinite(next) || next >= y[i] || (last && m->n_path && m->path[m->n_path - 1] < m->y[i]);
    if (last && (m->n_path || m->n_fan)) px = fmin(px, x[i] - best.width / 2 + 7);     /* room for what is to come */
    for (size_t k = 0; k < sizeof up / sizeof *up; k++) {
        try_place(d, &best, px, y[i] - up[k], 4 * (double)k + (above ? 0 : 5));
        try_place(d, &best, px, y[i] + down[k], 4 * (double)k + (above ? 5 : 0));
    }
    return best;
}

static void value_labels(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    nf_box taken = { 0 };
    for (int first = 0; first < 2; first++) {
        size_t i = first ? m->first : m->last;
        if (first && m->last == m->first) return;
        const char *text = nf_figure(d->c, m->y[i], m->sub.decimals, m->sub.lang);
        place p = place_of(d, i, text, !first);
        nf_box b = box_of(&p);
        bool covered = b.left < taken.right && b.right > taken.left && b.top < taken.bottom && b.bottom > taken.top;
        if (!isfinite(p.cost) || covered) continue;              /* the last figure matters more than the first */
        nf_scene_text(d->s, (nf_font){ NF_OBSERVED_TEXT, 13.5, 'm', true, true }, p.x, p.y, text);
        nf_crowd_label(d->crowd, b);
        taken = b;
    }
}

/* The goal of a deadline inside the plot stands beside its diamond, not in the margin. */
static void goal_label(nf_trend_drawing *d)
{
    static const nf_text dated = { "Target {0}: {1}", "{0}目标{1}" };
    const nf_trend_model *m = &d->m;
    if (!m->has_goal || !m->dated || m->due_at >= m->to) return;
    double x = nf_px(&d->x, m->due_at), y = nf_trend_y(d, m->goal_lo), lx, ly;
    const char *text = nf_say(d->c, m->sub.lang, dated, nf_date(d->c, m->target->due, m->sub.lang), m->sub.goal, NULL,
                              NULL);
    nf_box in = d->box;
    in.top -= NF_HEADROOM + 10;
    if (nf_crowd_place(d->crowd, in, 2, (double[]){ x - 1, x + 1 }, (double[]){ y, y },
                       nf_text_width(text, 13, true) * 1.03, 13, &lx, &ly))
        nf_scene_text(d->s, (nf_font){ NF_TARGET_TEXT, 13, 's', true, true }, lx, ly, text);
}

static void names(nf_trend_drawing *d)
{
    for (size_t i = 0; i < d->n_line; i++) {
        const nf_trend_line *l = &d->line[i];
        if (!l->name.en) continue;
        const char *name = nf_trend_words(d, l->name);
        double x, y;
        if (nf_crowd_place(d->crowd, d->box, l->n, l->x, l->y, nf_text_width(name, 13, true) * 1.03, 13, &x, &y))
            nf_scene_text(d->s, (nf_font){ l->role, 13, 's', true, true }, x, y, name);
    }
}

void nf_trend_draw_labels(nf_trend_drawing *d)
{
    if (d->m.finite <= NF_DENSE) value_labels(d);
    goal_label(d);
    names(d);
    nf_trend_draw_side_labels(d);
}
