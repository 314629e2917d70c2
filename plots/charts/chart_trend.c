/* chart_trend.c - one series: observations, trend, forecast fan, required path, target, and the verdict in words. */
#include "trend_drawing.h"
#include "engine.h"
#include <string.h>

static const nf_text unnamed = { NULL, NULL };

/* ---- layers, from the back to the front ---- */

static void draw_fan(nf_trend_drawing *d)
{
    static const nf_role shade[] = { NF_FAN95, NF_FAN80, NF_FAN50 };
    const nf_trend_model *m = &d->m;
    double x[NF_FAN], lo[NF_FAN], hi[NF_FAN];
    for (int q = 0; q < 3; q++) {
        for (size_t k = 0; k < m->n_fan; k++) {
            x[k] = nf_px(&d->x, m->fan_at[k]);
            lo[k] = nf_trend_y(d, m->fan[q][k]);
            hi[k] = nf_trend_y(d, m->fan[6 - q][k]);
        }
        nf_scene_band(d->s, shade[q], m->n_fan, x, lo, hi);
        for (size_t k = 0; q == 0 && k < m->n_fan; k += 2)
            nf_crowd_box(d->crowd, (nf_box){ x[k] - 4, hi[k], x[k] + 4, lo[k] }, 5);
    }
}

static void draw_median(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    double x[NF_FAN], y[NF_FAN];
    for (size_t k = 0; k < m->n_fan; k++) {
        x[k] = nf_px(&d->x, m->fan_at[k]);
        y[k] = nf_trend_y(d, m->fan[3][k]);
    }
    nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = 2, .dash = { 0.5, 4 }, .round = true }, m->n_fan,
                      x, y);
    nf_trend_avoid(d, unnamed, NF_ROLE_NONE, m->n_fan, x, y);
}

static void draw_band(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    double x[3], lo[3], hi[3];
    if (!m->has_trend || !isfinite(m->slope_lo) || !isfinite(m->slope_hi)) return;
    for (int i = 0; i < 3; i++) {
        double at = i == 1 ? m->pivot_at : m->trend_at[i / 2], away = at - m->pivot_at;
        double a = m->pivot + m->slope_lo * away, b = m->pivot + m->slope_hi * away;
        x[i] = nf_px(&d->x, at);
        lo[i] = nf_trend_y(d, fmin(a, b));
        hi[i] = nf_trend_y(d, fmax(a, b));
    }
    nf_scene_band(d->s, NF_BAND, 3, x, lo, hi);
}

static void draw_trend(nf_trend_drawing *d)
{
    static const nf_text name = { "Theil–Sen trend", "泰尔–森趋势" };
    const nf_trend_model *m = &d->m;
    if (!m->has_trend) return;
    double x[2], y[2];
    for (int i = 0; i < 2; i++) {
        x[i] = nf_px(&d->x, m->trend_at[i]);
        y[i] = nf_trend_y(d, m->trend[i]);
    }
    nf_scene_line(d->s, (nf_pen){ .stroke = NF_TREND, .width = 1.6 }, x[0], y[0], x[1], y[1]);
    nf_trend_avoid(d, name, NF_TREND_TEXT, 2, x, y);
}

static void draw_path(nf_trend_drawing *d)
{
    static const nf_text required = { "Required path", "达标路径" };
    const nf_trend_model *m = &d->m;
    double x[NF_PATH], y[NF_PATH];
    for (size_t k = 0; k < m->n_path; k++) {
        x[k] = nf_px(&d->x, m->path_at[k]);
        y[k] = nf_trend_y(d, m->path[k]);
    }
    nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_TARGET, .width = 2.2, .dash = { 7, 4 } }, m->n_path, x, y);
    bool level = m->met && m->due_at > m->at[m->last];
    nf_trend_avoid(d, level ? unnamed : required, NF_TARGET_TEXT, m->n_path, x, y);
}

/* More points than pixels: each pixel column keeps its lowest and highest. */
static size_t thin(double *x, double *y, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i, lo = i, hi = i;
        double column = floor(x[i]);
        for (; end < n && floor(x[end]) == column; end++) {
            if (!isfinite(y[lo]) || y[end] < y[lo]) lo = end;
            if (!isfinite(y[hi]) || y[end] > y[hi]) hi = end;
        }
        size_t a = lo < hi ? lo : hi, b = lo < hi ? hi : lo;
        double xa = x[a], ya = y[a], xb = x[b], yb = y[b];
        x[out] = xa;
        y[out++] = ya;
        if (b != a) {
            x[out] = xb;
            y[out++] = yb;
        }
        i = end;
    }
    return out;
}

static void draw_points(nf_trend_drawing *d, const double *x, const double *y)
{
    const nf_trend_model *m = &d->m;
    double r = m->finite <= 30 ? 4 : 2.6;
    for (size_t i = 0; i < m->n; i++) {
        if (!isfinite(y[i])) continue;
        const char *date = nf_date(d->c, nf_axis_at(&m->sub.series->t, i), m->sub.lang);
        const char *value = nf_text_in(nf_amount_for_people(d->c, m->y[i],
                                                            m->sub.series->meta ? m->sub.series->meta->unit : NULL, 9),
                                                            m->sub.lang);
        nf_scene_group(d->s, nf_join(d->c, m->sub.series->t.start.freq == NF_NUMBER ? "" : date, ": ", value));
        nf_scene_disc(d->s, (nf_pen){ .fill = NF_OBSERVED, .stroke = NF_PAPER, .width = 1.2 }, x[i], y[i], r);
        nf_scene_end(d->s);
    }
}

/* The figures that are there, in pixels, and their periods. */
typedef struct { double x[NF_DENSE], y[NF_DENSE]; int64_t at[NF_DENSE]; size_t n; } known;

/* Lines between neighbours; a dotted one across missing periods: the eye may follow, the gap stays visible. */
static void draw_runs(nf_trend_drawing *d, const known *k, int64_t grid)
{
    nf_pen line = { .stroke = NF_OBSERVED, .width = 2.4, .round = true },
           bridge = { .stroke = NF_OBSERVED, .width = 1.2, .dash = { 1.5, 4 } };
    for (size_t i = 0, from = 0; i < k->n; i++) {
        bool gap = i + 1 < k->n && k->at[i + 1] - k->at[i] > grid;
        if (!gap && i + 1 < k->n) continue;
        nf_scene_polyline(d->s, line, i + 1 - from, k->x + from, k->y + from);
        if (gap) nf_scene_line(d->s, bridge, k->x[i], k->y[i], k->x[i + 1], k->y[i + 1]);
        from = i + 1;
    }
}

/* With dots: few enough figures to tell them apart. */
static void draw_dotted(nf_trend_drawing *d, const double *x, const double *y)
{
    static const nf_text observed = { "Observed", "实际值" };
    const nf_trend_model *m = &d->m;
    const nf_axis *axis = &m->sub.series->t;
    known k = { .n = 0 };
    for (size_t i = 0; i < m->n; i++) {
        if (!isfinite(y[i])) continue;
        k.x[k.n] = x[i];
        k.y[k.n] = y[i];
        k.at[k.n++] = nf_axis_at(axis, i).ord;
    }
    draw_runs(d, &k, nf_axis_grid(axis));
    draw_points(d, x, y);
    nf_trend_avoid(d, k.n > 2 ? observed : unnamed, NF_OBSERVED_TEXT, k.n, k.x, k.y);
}

static void draw_dense(nf_trend_drawing *d, double *x, double *y)
{
    const nf_trend_model *m = &d->m;
    double last_x = x[m->last], last_y = y[m->last];
    size_t n = m->n > 1500 ? thin(x, y, m->n) : m->n;
    nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = n > 400 ? 1.1 : 1.6, .round = true }, n, x, y);
    nf_crowd_line(d->crowd, n, x, y, 4, 8);
    nf_scene_disc(d->s, (nf_pen){ .fill = NF_OBSERVED, .stroke = NF_PAPER, .width = 1.2 }, last_x, last_y, 4);
}

static int draw_observed(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    double *x = nf_alloc(d->c, (m->n + 1) * sizeof *x), *y = nf_alloc(d->c, (m->n + 1) * sizeof *y);
    if (!x || !y) return NF_ENOMEM;
    for (size_t i = 0; i < m->n; i++) {
        x[i] = nf_px(&d->x, m->at[i]);
        y[i] = isfinite(m->y[i]) ? nf_px(&d->y, m->y[i]) : NAN;
    }
    d->seen_x = x;
    d->seen_y = y;
    if (m->finite <= NF_DENSE) draw_dotted(d, x, y);
    else draw_dense(d, x, y);
    return NF_OK;
}

static void diamond(nf_trend_drawing *d, double x, double y)
{
    nf_scene_polygon(d->s, (nf_pen){ .fill = NF_TARGET, .stroke = NF_PAPER, .width = 1.5 }, 4,
                     (double[]){ x, x + 8, x, x - 8 }, (double[]){ y - 8, y, y + 8, y });
    nf_crowd_box(d->crowd, (nf_box){ x - 8, y - 8, x + 8, y + 8 }, 30);
}

/* The level to hold, over the whole plot. */
static void draw_level(nf_trend_drawing *d, double y)
{
    nf_scene_line(d->s, (nf_pen){ .stroke = NF_TARGET, .width = 1.6, .dash = { 7, 4 } }, d->box.left, y, d->box.right,
                  y);
    nf_trend_avoid(d, unnamed, NF_ROLE_NONE, 2, (double[]){ d->box.left, d->box.right }, (double[]){ y, y });
}

static void draw_goal(nf_trend_drawing *d)
{
    const nf_trend_model *m = &d->m;
    if (!m->has_goal) return;
    double lo = nf_trend_y(d, m->goal_lo), hi = nf_trend_y(d, m->goal_hi);
    if (!m->dated || m->target->kind == NF_RANGE) {
        draw_level(d, lo);
        if (hi != lo) draw_level(d, hi);
    }
    if (!m->dated) return;
    double x = nf_px(&d->x, m->due_at);
    if (hi != lo) nf_scene_line(d->s, (nf_pen){ .stroke = NF_TARGET, .width = 2.4 }, x, lo, x, hi);
    diamond(d, x, lo);
    if (hi != lo) diamond(d, x, hi);
}

/* ---- the chart ---- */

/* Are there periods without a figure between the first and the last? */
static bool has_gaps(const nf_trend_model *m)
{
    if (m->finite < 2 || m->finite > NF_DENSE) return false;
    const nf_axis *axis = &m->sub.series->t;
    int64_t periods = (nf_axis_at(axis, m->last).ord - nf_axis_at(axis, m->first).ord) / nf_axis_grid(axis) + 1;
    return periods > (int64_t)m->finite;
}

/* How to read what is drawn: sentences one after the other, on narrow charts each on its line. */
static void explain(const nf_trend_drawing *d, nf_frame *f)
{
    static const nf_text fan = { "Fan: 50, 80 and 95 % prediction intervals.", "扇形：50%、80%、95%预测区间。" },
                         trend = { "Grey band: 95 % limits of the Theil–Sen slope.", "灰带：泰尔–森斜率的95%置信限。" },
                         gaps = { "Thin dots: no figures between.", "细点线：其间无数据。" };
    const nf_trend_model *m = &d->m;
    const struct { bool said; nf_text words; } note[] = {
        { m->n_fan > 0, fan }, { m->has_trend && isfinite(m->slope_lo), trend }, { has_gaps(m), gaps } };
    const char *between = !strcmp(m->sub.lang, "zh") ? "" : " ", *all = "";
    for (size_t i = 0; i < sizeof note / sizeof *note; i++) {
        if (!note[i].said) continue;
        if (d->narrow) f->note[f->n_note++] = nf_trend_words(d, note[i].words);
        else all = nf_join(d->c, all, between, nf_trend_words(d, note[i].words));
    }
    if (!d->narrow) f->note[f->n_note++] = all;
}

static nf_frame frame_of(nf_trend_drawing *d, const nf_exhibit *e)
{
    const nf_trend_model *m = &d->m;
    const char *title = d->s->title && *d->s->title ? d->s->title : nf_trend_headline(d->c, &m->sub);
    nf_frame f = { .title = title, .subtitle = nf_trend_subtitle(d->c, &m->sub),
                   .level = nf_finding_level(m->sub.finding) };
    if (m->sub.finding) {
        f.verdict = nf_finding_word(d->c, m->sub.finding, m->sub.lang);
        f.verdict_text = nf_trend_verdict(d->c, &m->sub);
    }
    explain(d, &f);
    f.note[f.n_note++] = nf_source_line(d->c, &m->sub, e->now);
    d->s->title = title;
    const char *stop = strcmp(d->m.sub.lang, "zh") ? ". " : "。";
    d->s->desc = nf_join(d->c, f.subtitle, stop, nf_join(d->c, f.verdict, stop, f.verdict_text));
    return f;
}

static void draw_empty(nf_trend_drawing *d)
{
    static const nf_text none = { "No figures have been loaded for this series.", "该序列尚未载入任何数据。" };
    nf_scene_text(d->s, (nf_font){ NF_SUB, 14.5, 'm', false, false }, (d->box.left + d->box.right) / 2,
                  (d->box.top + d->box.bottom) / 2, nf_trend_words(d, none));
}

static int draw_layers(nf_trend_drawing *d)
{
    draw_fan(d);
    draw_band(d);
    draw_median(d);
    draw_trend(d);
    draw_path(d);
    int rc = draw_observed(d);
    if (rc) return rc;
    draw_goal(d);
    nf_trend_draw_labels(d);
    return NF_OK;
}

/* The plot between its tick labels and what stands beside it. */
static void lay_out(nf_trend_drawing *d, nf_box box, const nf_ticks *t)
{
    double ticks = 0, right = d->n_side ? fmin(nf_trend_side_width(d), d->side_room) + 18 : 8;
    for (size_t i = 0; i < t->n; i++)
        ticks = fmax(ticks, nf_text_width(nf_tick_label(d->c, t, i, d->m.sub.lang), 13, false));
    d->box = (nf_box){ box.left + ticks + 8, box.top + NF_HEADROOM, box.right - right, box.bottom - 24 };
    d->x = (nf_linear){ d->m.from, d->m.to, d->box.left + 14, d->box.right };
    d->y = (nf_linear){ t->v[0], t->v[t->n - 1], d->box.bottom, d->box.top };
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    (void)opt;
    nf_trend_drawing d = { .c = c, .s = s, .narrow = nf_is_narrow(s) };
    if (e->n_series > 1)
        nf_note(c, NULL, 0, 0, "small-multiples shows them all", "the chart 'trend' draws the first of %zu series",
                e->n_series);
    int rc = nf_trend_model_of(c, &d.m, e);
    if (rc) return rc;
    nf_frame f = frame_of(&d, e);
    nf_ticks ticks;
    nf_value_ticks(&ticks, d.m.lo, d.m.hi, 5);
    d.side_room = (s->width - 2 * nf_pad(s)) * (d.narrow ? 0.4 : 0.34) - 18;
    nf_trend_side_labels(&d);
    lay_out(&d, nf_frame_draw(s, &f, d.narrow ? 270 : 330), &ticks);
    d.crowd = nf_crowd_new(c, s->width, s->height);
    if (!d.crowd) return NF_ENOMEM;
    if (!d.m.finite) draw_empty(&d);
    else {
        nf_trend_axes(&d, &ticks);
        rc = draw_layers(&d);
    }
    return rc ? rc : nf_trend_model_rows(c, &d.m, drawn);
}

const nf_chart nf_chart_trend = {
    .row = { .name = "trend", .title = { "one series against its target", "单个序列与目标对照" },
             .formula = "observations; Theil-Sen line and limits; forecast fan 50/80/95 %; required path to the target",
             .cite = "OWID grapher, FT annotation, fable's fan", .use = "one indicator, with or without a target",
             .avoid = "more than three series: take small-multiples" },
    .needs = NF_NEEDS_SERIES, .width = 800, .height = 0, .draw = draw
};
