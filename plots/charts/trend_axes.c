/* trend_axes.c - the trend chart's grid, its value axis, and its axis of time or of numbers. */
#include "trend_drawing.h"
#include "engine.h"

static void draw_grid(nf_trend_drawing *d, const nf_ticks *t)
{
    for (size_t i = 0; i < t->n; i++) {
        double y = nf_px(&d->y, t->v[i]);
        if (i) {
            nf_scene_line(d->s, (nf_pen){ .stroke = NF_GRID, .width = 1, .dash = { 3, 3 } }, d->box.left, nf_snap(y),
                          d->box.right, nf_snap(y));
            nf_crowd_line(d->crowd, 2, (double[]){ d->box.left, d->box.right }, (double[]){ y, y }, 0, 1);
        }
        nf_scene_text(d->s, (nf_font){ NF_SUB, 13, 'e', false, false }, d->box.left - 8, y + 4.5,
                      nf_tick_label(d->c, t, i, d->m.sub.lang));
    }
}

static void tick_mark(nf_trend_drawing *d, double x, const char *label, double *free_from)
{
    nf_pen axis = { .stroke = NF_AXIS, .width = 1 };
    double half = nf_text_width(label, 13, false) / 2 * 1.05, at = fmin(x, d->s->width - 4 - half);
    nf_scene_line(d->s, axis, nf_snap(x), d->box.bottom, nf_snap(x), d->box.bottom + 5);
    if (at - half < *free_from) return;
    nf_scene_text(d->s, (nf_font){ NF_SUB, 13, 'm', false, false }, at, d->box.bottom + 20, label);
    *free_from = at + half + 6;
}

static void draw_numbers(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    double free_from = 0;
    nf_ticks t;
    nf_ticks_of(&t, m->from, m->to, d->narrow ? 4 : 7);
    for (size_t i = 0; i < t.n; i++)
        if (t.v[i] >= m->from && t.v[i] <= m->to)
            tick_mark(d, nf_px(&d->x, t.v[i]), nf_tick_label(d->c, &t, i, m->sub.lang), &free_from);
}

/* The periods from the first thing drawn to the last: figures, baseline, deadline. */
static void draw_time(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    const nf_axis *axis = &m->sub.series->t;
    nf_period first = nf_axis_at(axis, m->first), last = nf_axis_at(axis, m->last);
    nf_time_tick tick[200];
    double free_from = 0;
    if (m->n_path && m->path_at[0] < m->at[m->first])
        first = nf_period_convert(m->sub.finding->at.baseline_period, (nf_freq)first.freq);
    else if (m->dated && m->due_at < m->at[m->first])
        first = nf_period_convert(m->target->due, (nf_freq)first.freq);
    if (m->dated && m->due_at > m->at[m->last]) last = nf_period_convert(m->target->due, (nf_freq)last.freq);
    size_t n = nf_time_ticks(d->c, tick, sizeof tick / sizeof *tick, first, last, d->x.r1 - d->x.r0, m->sub.lang);
    for (size_t i = 0; i < n; i++) tick_mark(d, nf_px(&d->x, tick[i].at), tick[i].label, &free_from);
}

void nf_trend_axes(nf_trend_drawing *d, const nf_ticks *values)
{
    draw_grid(d, values);
    nf_scene_line(d->s, (nf_pen){ .stroke = NF_AXIS, .width = 1 }, d->box.left, nf_snap(d->box.bottom), d->box.right,
                  nf_snap(d->box.bottom));
    if (d->m.sub.series->t.start.freq == NF_NUMBER) draw_numbers(d);
    else draw_time(d);
}
