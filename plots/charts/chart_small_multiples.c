/* chart_small_multiples.c - many series side by side: one panel each, the same time axis, own or shared values. */
#include "frame.h"
#include "engine.h"
#include <math.h>
#include <string.h>

enum { PANELS = 60, TALL = 176 };
static const char *const scales[] = { "free", "shared", NULL };
enum { OPT_SCALE };
static const nf_field options[] = {
    { .name = "values", .type = NF_WORD, .word = "free", .choices = scales,
      .title = { "each panel its own value axis, or one for all", "各图独立或共用纵轴" } }, { .name = NULL }
};

typedef struct { nf_ctx *c; nf_scene *s; const nf_exhibit *e; const char *lang; bool shared; double from, to, lo,
                 hi; } wall;

static void extent(const nf_series *s, double *from, double *to, double *lo, double *hi)
{
    for (size_t i = 0; i < s->t.n; i++) {
        if (!isfinite(s->y[i])) continue;
        double at = nf_axis_position(&s->t, i);
        *from = fmin(*from, at);
        *to = fmax(*to, at);
        *lo = fmin(*lo, s->y[i]);
        *hi = fmax(*hi, s->y[i]);
    }
}

/* The line as it is drawn: every so many-th figure of a long series, always the last. */
typedef struct { double *x, *y; size_t n, last; } trace;

static trace trace_of(wall *w, const nf_series *s, nf_box b, double lo, double hi)
{
    size_t n = s->t.n, skip = n > 2000 ? n / 2000 + 1 : 1;
    trace t = { .x = nf_alloc(w->c, (n / skip + 2) * sizeof(double)),
                .y = nf_alloc(w->c, (n / skip + 2) * sizeof(double)) };
    nf_linear sx = { w->from, w->to > w->from ? w->to : w->from + 1, b.left, b.right },
              sy = { lo, hi > lo ? hi : lo + 1, b.bottom, b.top };
    for (size_t i = (n - 1) % skip; t.x && t.y && i < n; i += skip, t.n++) {
        t.x[t.n] = nf_px(&sx, nf_axis_position(&s->t, i));
        t.y[t.n] = isfinite(s->y[i]) ? nf_px(&sy, s->y[i]) : NAN;
        if (isfinite(t.y[t.n])) t.last = t.n;
    }
    return t;
}

static void line(wall *w, const trace *t)
{
    double width = t->n > 200 ? 1 : 1.8;
    nf_scene_polyline(w->s, (nf_pen){ .stroke = NF_OBSERVED, .width = width, .round = true }, t->n, t->x, t->y);
    for (size_t i = 0; i < t->n && t->n <= 60; i++)              /* lone figures between gaps */
        if (isfinite(t->y[i]) && (!i || !isfinite(t->y[i - 1])) && (i + 1 == t->n || !isfinite(t->y[i + 1])))
            nf_scene_disc(w->s, (nf_pen){ .fill = NF_OBSERVED }, t->x[i], t->y[i], 1.8);
    nf_scene_disc(w->s, (nf_pen){ .fill = NF_OBSERVED, .stroke = NF_PAPER, .width = 1 }, t->x[t->last], t->y[t->last],
                  3.2);
}

/* The last figure: above the line's end or below it, where the line is farther away. */
static void end_label(wall *w, const trace *t, nf_box in, const char *text)
{
    double y = t->y[t->last], width = nf_text_width(text, 12.5, true) * 1.04 + 2, highest = y, lowest = y,
           right = fmax(fmin(in.right + 6, t->x[t->last] + width / 2), in.left + width), left = right - width;
    for (size_t i = t->last; i > 0 && t->x[i] >= left; i--) {
        double before = t->y[i - 1];
        if (!isfinite(before)) continue;
        if (t->x[i - 1] < left && isfinite(t->y[i]))             /* where the line enters below or above the label */
            before += (t->y[i] - before) * (left - t->x[i - 1]) / (t->x[i] - t->x[i - 1]);
        highest = fmin(highest, before);
        lowest = fmax(lowest, before);
    }
    bool below = y - highest > lowest - y && lowest + 16 < in.bottom;
    nf_scene_text(w->s, (nf_font){ NF_OBSERVED_TEXT, 12.5, 'e', true, true }, right,
                  below ? lowest + 16 : fmax(highest - 7, in.top - 7), text);
}

static double last_value(const nf_series *s)
{
    for (size_t i = s->t.n; i-- > 0;)
        if (isfinite(s->y[i])) return s->y[i];
    return NAN;
}

/* A plan knows a derived series by a better name than its formula's. */
static const nf_finding *finding_of(const nf_exhibit *e, const nf_series *s)
{
    for (size_t i = 0; s->meta && s->meta->key && i < e->n_finding; i++) {
        const nf_series *of = e->finding[i].of ? e->finding[i].of->series : NULL;
        if (of && of->meta && of->meta->key && !strcmp(of->meta->key, s->meta->key)) return &e->finding[i];
    }
    return NULL;
}

static void value_axis(wall *w, const nf_ticks *t, nf_box in)
{
    nf_linear sy = { t->v[0], t->v[t->n - 1], in.bottom, in.top };
    for (size_t i = 0; i < t->n; i++) {
        double y = floor(nf_px(&sy, t->v[i])) + 0.5;
        nf_scene_line(w->s, (nf_pen){ .stroke = i ? NF_GRID : NF_AXIS, .width = 1 }, in.left, y, in.right, y);
        if (t->n < 6 || i % 2 == 0)
            nf_scene_text(w->s, (nf_font){ NF_SUB, 11.5, 'e', false, false }, in.left - 6, y + 4,
                          nf_tick_label(w->c, t, i, w->lang));
    }
}

/* First and last year, or within one year the months. */
static const char *end_of_axis(wall *w, double at)
{
    if (floor(w->from) < floor(w->to)) return nf_format(w->c, "%d", (int)floor(at));
    nf_period month = { 12 * (int64_t)floor(at) + (int64_t)floor((at - floor(at)) * 12 + 1e-6), NF_MONTH, 1 };
    return nf_date(w->c, month, w->lang);
}

static void time_axis(wall *w, nf_box in)
{
    const char *from = end_of_axis(w, w->from), *to = end_of_axis(w, w->to);
    nf_font font = { NF_SUB, 11.5, 's', false, false };
    if (strcmp(from, to) != 0) nf_scene_text(w->s, font, in.left, in.bottom + 15, from);
    font.anchor = 'e';
    nf_scene_text(w->s, font, in.right + 6, in.bottom + 15, to);
}

/* What the tick labels take, and never less than most of them do: panels stand in line. */
static double axis_width(wall *w, const nf_ticks *t)
{
    double width = 34;
    for (size_t i = 0; i < t->n; i++)
        width = fmax(width, nf_text_width(nf_tick_label(w->c, t, i, w->lang), 11.5, false));
    return width + 6;
}

static void panel(wall *w, const nf_series *s, nf_box b)
{
    nf_subject sub;
    nf_ticks t;
    double lo = INFINITY, hi = -INFINITY, from = INFINITY, to = -INFINITY;
    nf_subject_of(w->c, &sub, w->e, s, finding_of(w->e, s));
    extent(s, &from, &to, &lo, &hi);
    nf_scene_group(w->s, sub.name);
    nf_scene_text(w->s, (nf_font){ NF_INK, 13, 's', true, false }, b.left, b.top + 13,
                  nf_text_fit(w->c, sub.name, 13, true, b.right - b.left - 4));
    nf_scene_text(w->s, (nf_font){ NF_SUB, 12, 's', false, false }, b.left, b.top + 29,
                  nf_text_fit(w->c, nf_join(w->c, sub.unit, " · ", sub.place), 12, false, b.right - b.left - 4));
    if (lo <= hi) {
        nf_value_ticks(&t, w->shared ? w->lo : lo, w->shared ? w->hi : hi, 3);
        nf_box in = { b.left + axis_width(w, &t), b.top + 52, b.right - 10, b.bottom - 18 };
        trace drawn = trace_of(w, s, in, t.v[0], t.v[t.n - 1]);
        value_axis(w, &t, in);
        if (drawn.n) {
            line(w, &drawn);
            end_label(w, &drawn, in, nf_figure(w->c, last_value(s), sub.decimals, w->lang));
        }
        if (s->t.start.freq != NF_NUMBER) time_axis(w, in);
    }
    nf_scene_end(w->s);
}

static const nf_field fields[] = { { .name = "series", .type = NF_WORD }, { .name = "time", .type = NF_TIME },
                                   { .name = "value", .type = NF_F64 }, { .name = NULL } };

static int rows(const wall *w, nf_sink to, size_t n)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, w->c, "small-multiples", fields);
    for (size_t k = 0; k < n && !rc; k++)
        for (size_t i = 0; i < w->e->series[k].t.n && !rc; i++) {
            const nf_series *s = &w->e->series[k];
            if (isfinite(s->y[i]))
                rc = to.row(to.self, w->c,
                            (nf_value[]){ { .s = s->meta ? s->meta->key : NULL }, { .t = nf_axis_at(&s->t, i) },
                                          { .f = s->y[i] } });
        }
    return to.end(to.self, w->c, rc);
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    static const nf_text title = { "{0} series side by side", "{0}个序列对照" },
                         some = { "{0} of {1} series side by side", "{1}个序列中前{0}个的对照" },
                         free_axis = { "Each panel has its own value axis", "各图纵轴独立" },
                         one_axis = { "One value axis for all", "共用纵轴" };
    wall w = { c, s, e, s->lang, opt && opt[OPT_SCALE].s && !strcmp(opt[OPT_SCALE].s, "shared"), INFINITY, -INFINITY,
               INFINITY, -INFINITY };
    size_t n = e->n_series < PANELS ? e->n_series : PANELS;
    if (n < e->n_series)
        nf_note(c, NULL, 0, 0, "name fewer series", "only the first %d of %zu series are drawn", (int)PANELS,
                e->n_series);
    for (size_t i = 0; i < n; i++) extent(&e->series[i], &w.from, &w.to, &w.lo, &w.hi);
    if (!(w.from <= w.to)) w.from = 0, w.to = 1;
    if (!s->title || !*s->title)
        s->title = nf_say(c, w.lang, n < e->n_series ? some : title, nf_format(c, "%zu", n),
                          nf_format(c, "%zu", e->n_series), NULL, NULL);
    nf_frame f = { .title = s->title, .subtitle = nf_text_in(w.shared ? one_axis : free_axis, w.lang), .n_note = 1 };
    f.note[0] = nf_exhibit_source(c, e, true, w.lang);
    s->desc = f.subtitle;
    size_t across = s->width >= 900 ? 4 : s->width >= 560 ? 3 : s->width >= 360 ? 2 : 1,
           down = (n + across - 1) / across;
    s->fixed = false;
    nf_box b = nf_frame_draw(s, &f, TALL * (double)down);
    double wide = (b.right - b.left) / (double)across;
    for (size_t i = 0; i < n; i++) {
        size_t level = i / across;
        double x = b.left + wide * (double)(i % across), y = b.top + TALL * (double)level;
        panel(&w, &e->series[i], (nf_box){ x, y, x + wide - 14, y + TALL - 14 });
    }
    return rows(&w, drawn, n);
}

const nf_chart nf_chart_small_multiples = {
    .row = { .name = "small-multiples", .title = { "many series, one panel each", "多序列分面图" },
             .cite = "Tufte 1983; Cleveland 1993 (trellis)",
             .use = "comparing shapes over the same years", .avoid = "comparing levels: --values shared",
             .opt = options },
    .needs = NF_NEEDS_SERIES, .width = 860, .height = 0, .draw = draw
};
