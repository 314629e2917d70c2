/* chart_small_multiples.c - many series side by side: one panel each, the same time axis, own or shared values. */
#include "frame.h"
#include "engine.h"
#include <math.h>
#include <string.h>

enum { PANELS = 60 };
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

static void line(wall *w, const nf_subject *sub, nf_box b, double lo, double hi)
{
    const nf_series *s = sub->series;
    size_t n = s->t.n, skip = n > 2000 ? n / 2000 + 1 : 1, k = 0, last = SIZE_MAX;
    double *x = nf_alloc(w->c, (n / skip + 2) * sizeof *x), *y = nf_alloc(w->c, (n / skip + 2) * sizeof *y);
    nf_linear sx = { w->from, w->to > w->from ? w->to : w->from + 1, b.left, b.right },
              sy = { lo, hi > lo ? hi : lo + 1, b.bottom, b.top };
    if (!x || !y) return;
    for (size_t i = (n - 1) % skip; i < n; i += skip, k++) {
        x[k] = nf_px(&sx, nf_axis_position(&s->t, i));
        y[k] = isfinite(s->y[i]) ? hi > lo ? nf_px(&sy, s->y[i]) : (b.top + b.bottom) / 2 : NAN;
        if (isfinite(y[k])) last = k;
    }
    nf_scene_polyline(w->s, (nf_pen){ .stroke = NF_OBSERVED, .width = 1.8, .round = true }, k, x, y);
    if (last == SIZE_MAX) return;
    nf_scene_disc(w->s, (nf_pen){ .fill = NF_OBSERVED, .stroke = NF_PAPER, .width = 1 }, x[last], y[last], 3.2);
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
        nf_box in = { b.left + 40, b.top + 42, b.right - 10, b.bottom - 18 };
        nf_linear sy = { t.v[0], t.v[t.n - 1], in.bottom, in.top };
        for (size_t i = 0; i < t.n; i++) {
            double y = floor(nf_px(&sy, t.v[i])) + 0.5;
            nf_scene_line(w->s, (nf_pen){ .stroke = i ? NF_GRID : NF_AXIS, .width = 1 }, in.left, y, in.right, y);
            if (t.n < 6 || i % 2 == 0)
                nf_scene_text(w->s, (nf_font){ NF_SUB, 11.5, 'e', false, false }, in.left - 6, y + 4,
                              nf_text_fit(w->c, nf_tick_label(w->c, &t, i, w->lang), 11.5, false, 38));
        }
        line(w, &sub, in, t.v[0], t.v[t.n - 1]);
        double v = last_value(s), y = nf_px(&sy, v);
        nf_scene_text(w->s, (nf_font){ NF_OBSERVED_TEXT, 12.5, 'e', true, true }, in.right + 6,
                      y - in.top < 14 ? y + 18 : y - 8, nf_figure(w->c, v, sub.decimals, w->lang));
        if (s->t.start.freq != NF_NUMBER) {
            nf_scene_text(w->s, (nf_font){ NF_SUB, 11.5, 's', false, false }, in.left, b.bottom - 3,
                          nf_format(w->c, "%d", (int)floor(w->from)));
            nf_scene_text(w->s, (nf_font){ NF_SUB, 11.5, 'e', false, false }, in.right + 6, b.bottom - 3,
                          nf_format(w->c, "%d", (int)floor(w->to)));
        }
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
                         free_axis = { "each panel has its own value axis", "各图纵轴独立" },
                         one_axis = { "one value axis for all", "共用纵轴" },
                         invented = { "Synthetic data, not measurements", "合成数据，并非实测" },
                         known = { "As known on {0}", "截至{0}" };
    wall w = { c, s, e, s->lang, opt && opt[OPT_SCALE].s && !strcmp(opt[OPT_SCALE].s, "shared"), INFINITY, -INFINITY,
               INFINITY, -INFINITY };
    size_t n = e->n_series < PANELS ? e->n_series : PANELS;
    if (n < e->n_series)
        nf_note(c, NULL, 0, 0, "name fewer series", "only the first %d of %zu series are drawn", (int)PANELS,
                e->n_series);
    for (size_t i = 0; i < n; i++) extent(&e->series[i], &w.from, &w.to, &w.lo, &w.hi);
    if (!(w.from <= w.to)) w.from = 0, w.to = 1;
    if (!s->title || !*s->title) s->title = nf_say(c, w.lang, title, nf_format(c, "%zu", n), NULL, NULL, NULL);
    nf_frame f = { .title = s->title, .subtitle = nf_text_in(w.shared ? one_axis : free_axis, w.lang), .n_note = 1 };
    f.note[0] = nf_join(c, nf_exhibit_synthetic(e) ? nf_text_in(invented, w.lang) : "", " · ",
                        e->now ? nf_say(c, w.lang, known, nf_day(c, e->now), NULL, NULL, NULL) : "");
    s->desc = f.subtitle;
    size_t across = s->width >= 900 ? 4 : s->width >= 560 ? 3 : s->width >= 360 ? 2 : 1,
           down = (n + across - 1) / across;
    s->fixed = false;
    nf_box b = nf_frame_draw(s, &f, 168 * (double)down);
    double wide = (b.right - b.left) / (double)across;
    for (size_t i = 0; i < n; i++) {
        size_t level = i / across;
        double x = b.left + wide * (double)(i % across), y = b.top + 168 * (double)level;
        panel(&w, &e->series[i], (nf_box){ x, y, x + wide - 14, y + 154 });
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
