/* chart_trend.c - one series: observations, trend, forecast fan, required path, target, and the verdict in words. */
#include "trend_model.h"
#include "engine.h"
#include <math.h>
#include <string.h>

/* Lines get their names last, when everything that a name must not cover is drawn. */
typedef struct { nf_text name; nf_role role; size_t n; double *x, *y; } named_line;
typedef struct {
    nf_ctx *c; nf_scene *s; nf_trend_model m; nf_box box; nf_linear x, y; nf_crowd *crowd; bool narrow;
    named_line named[4]; size_t n_named;
} drawing;

static double at_y(const drawing *d, double v) { return fmin(fmax(nf_px(&d->y, v), d->box.top), d->box.bottom); }
static const char *in(const drawing *d, nf_text t) { return nf_text_in(t, d->m.sub.lang); }
static void name_later(drawing *d, nf_text name, nf_role role, size_t n, const double *x, const double *y)
{
    double *kept = n ? nf_alloc(d->c, 2 * n * sizeof *kept) : NULL;
    if (!kept) return;
    memcpy(kept, x, n * sizeof *x);
    memcpy(kept + n, y, n * sizeof *y);
    d->named[d->n_named++] = (named_line){ name, role, n, kept, kept + n };
}

static double snap(double v) { return floor(v) + 0.5; }          /* one-pixel lines on whole pixels */

/* ---- labels on the right: forecast and target ---- */

typedef struct { double y; const char *line[4]; size_t n; nf_role role; } side_label;
enum { LEADING = 16, HEADROOM = 14, DENSE = 80 };

static void add_line(side_label *l, const char *text) { if (text && *text && l->n < 4) l->line[l->n++] = text; }

/* A forecast has no more digits than its range makes sense of. */
static int forecast_digits(const nf_trend_model *m, size_t k)
{
    int digits = 0;
    for (double width = fabs(m->fan[6][k] - m->fan[0][k]); digits < m->sub.decimals && width < 20; width *= 10)
        digits++;
    return digits;
}

/* In one line, or on narrow charts in two. */
static void add_range(drawing *d, side_label *l, const char *lo, const char *hi)
{
    static const nf_text range = { "95 %: {0} to {1}", "95%区间{0}至{1}" }, bare = { "{0} to {1}", "{0}至{1}" },
                         of = { "(95 %)", "（95%区间）" };
    add_line(l, nf_say(d->c, d->m.sub.lang, d->narrow ? bare : range, lo, hi, NULL, NULL));
    if (d->narrow) add_line(l, in(d, of));
}

static size_t side_labels(drawing *d, side_label *out)
{
    static const nf_text forecast = { "Forecast", "预测" }, target = { "Target", "目标" },
                         dated = { "Target {0}", "{0}目标" },
                         latest = { "Latest", "最新" };
    const nf_trend_model *m = &d->m;
    size_t n = 0;
    if (m->finite > DENSE && !m->has_goal) {
        side_label *l = &out[n++];
        *l = (side_label){ .y = m->y[m->last], .role = NF_OBSERVED_TEXT };
        add_line(l, in(d, latest));
        add_line(l, nf_figure(d->c, m->y[m->last], m->sub.decimals, m->sub.lang));
    }
    if (m->n_fan) {
        size_t k = m->n_fan - 1;
        int digits = forecast_digits(m, k);
        side_label *l = &out[n++];
        *l = (side_label){ .y = m->fan[3][k], .role = NF_OBSERVED_TEXT };
        add_line(l, in(d, forecast));
        add_line(l, nf_figure(d->c, m->fan[3][k], digits, m->sub.lang));
        add_range(d, l, nf_figure(d->c, m->fan[0][k], digits, m->sub.lang),
                  nf_figure(d->c, m->fan[6][k], digits, m->sub.lang));
    }
    if (m->has_goal && (!m->dated || m->due_at >= m->to)) {
        side_label *l = &out[n++];
        const char *due = m->dated ? nf_date(d->c, m->target->due, m->sub.lang) : "";
        *l = (side_label){ .y = m->goal, .role = NF_TARGET_TEXT };
        add_line(l, *due ? nf_say(d->c, m->sub.lang, dated, due, NULL, NULL, NULL) : in(d, target));
        bool counted = *m->sub.unit >= '0' && *m->sub.unit <= '9';      /* "10,000 100 million yuan" would mislead */
        add_line(l, nf_join(d->c, m->sub.goal, " ", d->narrow || counted ? "" : m->sub.unit));
    }
    return n;
}

static double side_width(const side_label *l, size_t n)
{
    double width = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < l[i].n; k++)
            width = fmax(width, nf_text_width(l[i].line[k], k ? 13 : 13.5, k == 0) * 1.05);
    return width;
}

static double label_height(const side_label *l) { return LEADING * (double)l->n; }

/* Apart from each other, inside the plot. The upper one is moved up, the lower one down. */
static void spread(const drawing *d, side_label *l, size_t n, double *top)
{
    for (size_t i = 0; i < n; i++) top[i] = at_y(d, l[i].y) - label_height(&l[i]) / 2;
    if (n == 2) {
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
}

static void draw_side_labels(drawing *d, side_label *l, size_t n)
{
    double top[2], x = d->box.right + 14;
    spread(d, l, n, top);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < l[i].n; k++)
            nf_scene_text(d->s, (nf_font){ l[i].role, k ? 13 : 13.5, 's', k == 0, false }, x,
                          top[i] + 12 + LEADING * (double)k,
                          nf_text_fit(d->c, l[i].line[k], k ? 13 : 13.5, k == 0, d->s->width - x - 4));
}

/* ---- axes ---- */

static double tick_width(drawing *d, const nf_ticks *t)
{
    double width = 0;
    for (size_t i = 0; i < t->n; i++)
        width = fmax(width, nf_text_width(nf_tick_label(d->c, t, i, d->m.sub.lang), 13, false));
    return width;
}

static void draw_grid(drawing *d, const nf_ticks *t)
{
    for (size_t i = 0; i < t->n; i++) {
        double y = nf_px(&d->y, t->v[i]);
        if (i) {
            nf_scene_line(d->s, (nf_pen){ .stroke = NF_GRID, .width = 1, .dash = { 3, 3 } }, d->box.left, snap(y),
                          d->box.right, snap(y));
            nf_crowd_line(d->crowd, 2, (double[]){ d->box.left, d->box.right }, (double[]){ y, y }, 0, 1);
        }
        nf_scene_text(d->s, (nf_font){ NF_SUB, 13, 'e', false, false }, d->box.left - 8, y + 4.5,
                      nf_tick_label(d->c, t, i, d->m.sub.lang));
    }
}

static void tick_mark(drawing *d, double x, const char *label, double *free_from)
{
    nf_pen axis = { .stroke = NF_AXIS, .width = 1 };
    double half = nf_text_width(label, 13, false) / 2 * 1.05, at = fmin(x, d->s->width - 4 - half);
    nf_scene_line(d->s, axis, snap(x), d->box.bottom, snap(x), d->box.bottom + 5);
    if (at - half < *free_from) return;
    nf_scene_text(d->s, (nf_font){ NF_SUB, 13, 'm', false, false }, at, d->box.bottom + 20, label);
    *free_from = at + half + 6;
}

static void draw_time(drawing *d)
{
    double free_from = 0;
    nf_scene_line(d->s, (nf_pen){ .stroke = NF_AXIS, .width = 1 }, d->box.left, snap(d->box.bottom), d->box.right,
                  snap(d->box.bottom));
    const nf_trend_model *m = &d->m;
    if (!m->sub.series || m->sub.series->t.start.freq == NF_NUMBER || !m->finite) {
        nf_ticks t;
        nf_ticks_of(&t, m->from, m->to, d->narrow ? 4 : 7);
        for (size_t i = 0; m->finite && i < t.n; i++)
            if (t.v[i] >= m->from && t.v[i] <= m->to)
                tick_mark(d, nf_px(&d->x, t.v[i]), nf_tick_label(d->c, &t, i, m->sub.lang), &free_from);
        return;
    }
    nf_time_tick tick[200];
    const nf_axis *axis = &m->sub.series->t;
    nf_period first = nf_axis_at(axis, m->first), last = nf_axis_at(axis, m->last);
    if (m->n_path && m->path_at[0] < m->at[m->first])
        first = nf_period_convert(m->sub.finding->at.baseline_period, (nf_freq)first.freq);
    if (m->dated && m->due_at > m->at[m->last]) last = nf_period_convert(m->target->due, (nf_freq)last.freq);
    size_t n = nf_time_ticks(d->c, tick, sizeof tick / sizeof *tick, first, last, d->box.right - d->box.left,
                             m->sub.lang);
    for (size_t i = 0; i < n; i++) tick_mark(d, nf_px(&d->x, tick[i].at), tick[i].label, &free_from);
}

/* ---- layers, from the back to the front ---- */

static void draw_fan(drawing *d)
{
    static const nf_role shade[] = { NF_FAN95, NF_FAN80, NF_FAN50 };
    const nf_trend_model *m = &d->m;
    double x[NF_FAN], lo[NF_FAN], hi[NF_FAN];
    for (int q = 0; q < 3; q++) {
        for (size_t k = 0; k < m->n_fan; k++) {
            x[k] = nf_px(&d->x, m->fan_at[k]);
            lo[k] = at_y(d, m->fan[q][k]);
            hi[k] = at_y(d, m->fan[6 - q][k]);
        }
        nf_scene_band(d->s, shade[q], m->n_fan, x, lo, hi);
        for (size_t k = 0; q == 0 && k < m->n_fan; k += 2)
            nf_crowd_box(d->crowd, (nf_box){ x[k] - 4, hi[k], x[k] + 4, lo[k] }, 5);
    }
}

static void draw_median(drawing *d)
{
    const nf_trend_model *m = &d->m;
    double x[NF_FAN], y[NF_FAN];
    for (size_t k = 0; k < m->n_fan; k++) {
        x[k] = nf_px(&d->x, m->fan_at[k]);
        y[k] = at_y(d, m->fan[3][k]);
    }
    nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = 2, .dash = { 0.5, 4 }, .round = true }, m->n_fan,
                      x, y);
    nf_crowd_line(d->crowd, m->n_fan, x, y, 3, 15);
}

static void draw_band(drawing *d)
{
    const nf_trend_model *m = &d->m;
    double x[3], lo[3], hi[3];
    if (!m->has_trend || !isfinite(m->slope_lo) || !isfinite(m->slope_hi)) return;
    for (int i = 0; i < 3; i++) {
        double at = i == 1 ? m->pivot_at : m->trend_at[i / 2], away = at - m->pivot_at;
        double a = m->pivot + m->slope_lo * away, b = m->pivot + m->slope_hi * away;
        x[i] = nf_px(&d->x, at);
        lo[i] = at_y(d, fmin(a, b));
        hi[i] = at_y(d, fmax(a, b));
    }
    nf_scene_band(d->s, NF_BAND, 3, x, lo, hi);
}

static void draw_trend(drawing *d)
{
    static const nf_text name = { "Theil–Sen trend", "泰尔–森趋势" };
    const nf_trend_model *m = &d->m;
    if (!m->has_trend) return;
    double x[2], y[2];
    for (int i = 0; i < 2; i++) {
        x[i] = nf_px(&d->x, m->trend_at[i]);
        y[i] = at_y(d, m->trend[i]);
    }
    nf_scene_line(d->s, (nf_pen){ .stroke = NF_TREND, .width = 1.6 }, x[0], y[0], x[1], y[1]);
    nf_crowd_line(d->crowd, 2, x, y, 4, 20);
    name_later(d, name, NF_TREND_TEXT, 2, x, y);
}

static void draw_path(drawing *d)
{
    static const nf_text required = { "Required path", "达标路径" };
    const nf_trend_model *m = &d->m;
    double x[NF_PATH], y[NF_PATH];
    for (size_t k = 0; k < m->n_path; k++) {
        x[k] = nf_px(&d->x, m->path_at[k]);
        y[k] = at_y(d, m->path[k]);
    }
    nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_TARGET, .width = 2.2, .dash = { 7, 4 } }, m->n_path, x, y);
    nf_crowd_line(d->crowd, m->n_path, x, y, 4, 20);
    bool level = m->n_path && m->met && m->due_at > m->at[m->last];
    if (m->n_path && !level) name_later(d, required, NF_TARGET_TEXT, m->n_path, x, y);
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

static void draw_points(drawing *d, const double *x, const double *y)
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

static void value_label(drawing *d, const double *x, const double *y, size_t i, bool last)
{
    const nf_trend_model *m = &d->m;
    const char *text = nf_figure(d->c, m->y[i], m->sub.decimals, m->sub.lang);
    double width = nf_text_width(text, 13.5, true), next = NAN;
    for (size_t k = i; !last && ++k < m->n && !isfinite(next);) next = y[k];
    for (size_t k = i; last && k-- > 0 && !isfinite(next);) next = y[k];
    bool above = last ? !(next < y[i]) && !(m->n_fan && m->fan[3][m->n_fan - 1] > m->y[i] && !(next > y[i]))
        : next >= y[i];
    if (last && m->finite > 1) above = next >= y[i] || (m->n_path && m->path[m->n_path - 1] < m->y[i]);
    if (y[i] - 14 < d->box.top - HEADROOM) above = false;
    if (y[i] + 24 > d->box.bottom) above = true;
    double px = fmin(fmax(x[i], d->box.left + width / 2 - 4), d->box.right - width / 2 + 8),
           py = above ? y[i] - 10 : y[i] + 21;
    if (last && (m->n_path || m->n_fan)) px = fmin(px, x[i] - width / 2 + 7);      /* what is to come keeps its room */
    nf_crowd_box(d->crowd, (nf_box){ px - width / 2, py - 12, px + width / 2, py + 3 }, 40);
    nf_scene_text(d->s, (nf_font){ NF_OBSERVED_TEXT, 13.5, 'm', true, true }, px, py, text);
}

/* A dotted line across missing periods: the eye may follow, the gap stays visible. */
static void draw_bridges(drawing *d, const double *x, const double *y)
{
    size_t before = d->m.first;
    for (size_t i = d->m.first; i < d->m.n; i++) {
        if (!isfinite(y[i])) continue;
        if (i > before + 1)
            nf_scene_line(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = 1.2, .dash = { 1.5, 4 } }, x[before],
                          y[before], x[i], y[i]);
        before = i;
    }
}

static int draw_observed(drawing *d)
{
    static const nf_text observed = { "Observed", "实际值" };
    const nf_trend_model *m = &d->m;
    double *x = nf_alloc(d->c, (m->n + 1) * sizeof *x), *y = nf_alloc(d->c, (m->n + 1) * sizeof *y);
    if (!x || !y) return NF_ENOMEM;
    for (size_t i = 0; i < m->n; i++) {
        x[i] = nf_px(&d->x, m->at[i]);
        y[i] = isfinite(m->y[i]) ? nf_px(&d->y, m->y[i]) : NAN;
    }
    bool dots = m->finite <= DENSE;
    if (dots) {
        draw_bridges(d, x, y);
        nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = 2.4, .round = true }, m->n, x, y);
        draw_points(d, x, y);
        nf_crowd_line(d->crowd, m->n, x, y, 4, 20);
    } else {
        double last_x = x[m->last], last_y = y[m->last];
        size_t n = m->n > 1500 ? thin(x, y, m->n) : m->n;
        nf_scene_polyline(d->s, (nf_pen){ .stroke = NF_OBSERVED, .width = n > 400 ? 1.1 : 1.6, .round = true }, n, x,
                          y);
        nf_crowd_line(d->crowd, n, x, y, 4, 8);
        nf_scene_disc(d->s, (nf_pen){ .fill = NF_OBSERVED, .stroke = NF_PAPER, .width = 1.2 }, last_x, last_y, 4);
    }
    if (dots && m->finite) value_label(d, x, y, m->last, true);
    if (dots && m->last != m->first) value_label(d, x, y, m->first, false);
    if (m->finite > 2 && dots) name_later(d, observed, NF_OBSERVED_TEXT, m->n, x, y);
    return NF_OK;
}

static void diamond(drawing *d, double x, double y)
{
    nf_scene_polygon(d->s, (nf_pen){ .fill = NF_TARGET, .stroke = NF_PAPER, .width = 1.5 }, 4,
                     (double[]){ x, x + 8, x, x - 8 }, (double[]){ y - 8, y, y + 8, y });
    nf_crowd_box(d->crowd, (nf_box){ x - 8, y - 8, x + 8, y + 8 }, 30);
}

static void draw_goal(drawing *d)
{
    static const nf_text dated = { "Target {0}: {1}", "{0}目标{1}" };
    const nf_trend_model *m = &d->m;
    if (!m->has_goal) return;
    double lo = at_y(d, m->goal_lo), hi = at_y(d, m->goal_hi), x = m->dated ? nf_px(&d->x, m->due_at) : d->box.right,
           lx, ly;
    nf_pen line = { .stroke = NF_TARGET, .width = 1.6, .dash = { 7, 4 } };
    if (!m->dated || m->target->kind == NF_RANGE) {
        nf_scene_line(d->s, line, d->box.left, lo, d->box.right, lo);
        if (hi != lo) nf_scene_line(d->s, line, d->box.left, hi, d->box.right, hi);
        nf_crowd_line(d->crowd, 2, (double[]){ d->box.left, d->box.right }, (double[]){ lo, lo }, 3, 20);
    }
    if (!m->dated) return;
    if (hi != lo) nf_scene_line(d->s, (nf_pen){ .stroke = NF_TARGET, .width = 2.4 }, x, lo, x, hi);
    diamond(d, x, lo);
    if (hi != lo) diamond(d, x, hi);
    if (m->due_at >= m->to) return;              /* inside the plot: its label goes beside it, not to the margin */
    const char *text = nf_say(d->c, m->sub.lang, dated, nf_date(d->c, m->target->due, m->sub.lang), m->sub.goal, NULL,
                              NULL);
    if (nf_crowd_place(d->crowd, d->box, 2, (double[]){ x - 1, x + 1 }, (double[]){ lo, lo },
                       nf_text_width(text, 13, true) * 1.03, 13, &lx, &ly))
        nf_scene_text(d->s, (nf_font){ NF_TARGET_TEXT, 13, 's', true, true }, lx, ly, text);
}

/* ---- the chart ---- */

static nf_frame frame_of(drawing *d, const nf_exhibit *e)
{
    static const nf_text fan = { "Fan: 50, 80 and 95 % prediction intervals.", "扇形：50%、80%、95%预测区间。" },
                         trend = { "Grey band: 95 % limits of the Theil–Sen slope.", "灰带：泰尔–森斜率的95%置信限。" };
    const nf_trend_model *m = &d->m;
    const char *title = d->s->title && *d->s->title ? d->s->title : nf_trend_headline(d->c, &m->sub);
    nf_frame f = { .title = title, .subtitle = nf_trend_subtitle(d->c, &m->sub),
                   .level = nf_finding_level(m->sub.finding) };
    if (m->sub.finding) {
        f.verdict = nf_finding_word(d->c, m->sub.finding, m->sub.lang);
        f.verdict_text = nf_trend_verdict(d->c, &m->sub);
    }
    f.note[f.n_note++] = nf_join(d->c, m->n_fan ? in(d, fan) : "", !strcmp(m->sub.lang, "zh") ? "" : " ",
                                 m->has_trend && isfinite(m->slope_lo) ? in(d, trend) : "");
    f.note[f.n_note++] = nf_source_line(d->c, &m->sub, e->now);
    d->s->title = title;
    const char *stop = strcmp(d->m.sub.lang, "zh") ? ". " : "。";
    d->s->desc = nf_join(d->c, f.subtitle, stop, nf_join(d->c, f.verdict, stop, f.verdict_text));
    return f;
}

static void draw_empty(drawing *d)
{
    static const nf_text none = { "No figures have been loaded for this series.", "该序列尚未载入任何数据。" };
    nf_scene_text(d->s, (nf_font){ NF_SUB, 14.5, 'm', false, false }, (d->box.left + d->box.right) / 2,
                  (d->box.top + d->box.bottom) / 2, in(d, none));
}

static void draw_names(drawing *d)
{
    for (size_t i = 0; i < d->n_named; i++) {
        const named_line *l = &d->named[i];
        double x, y, width = nf_text_width(in(d, l->name), 13, true) * 1.03;
        if (nf_crowd_place(d->crowd, d->box, l->n, l->x, l->y, width, 13, &x, &y))
            nf_scene_text(d->s, (nf_font){ l->role, 13, 's', true, true }, x, y, in(d, l->name));
    }
}

static int draw_layers(drawing *d)
{
    draw_fan(d);
    draw_band(d);
    draw_median(d);
    draw_trend(d);
    draw_path(d);
    int rc = draw_observed(d);
    draw_goal(d);
    draw_names(d);
    return rc;
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    (void)opt;
    drawing d = { .c = c, .s = s, .narrow = nf_is_narrow(s) };
    if (e->n_series > 1)
        nf_note(c, NULL, 0, 0, "small-multiples shows them all", "the chart 'trend' draws the first of %zu series",
                e->n_series);
    int rc = nf_trend_model_of(c, &d.m, e);
    if (rc) return rc;
    nf_frame f = frame_of(&d, e);
    nf_ticks ticks;
    side_label side[2];
    size_t n = side_labels(&d, side);
    nf_value_ticks(&ticks, d.m.lo, d.m.hi, d.narrow ? 5 : 5);
    nf_box box = nf_frame_draw(s, &f, d.narrow ? 270 : 330);
    double right = n ? side_width(side, n) + 18 : 0, most = (box.right - box.left) * (d.narrow ? 0.4 : 0.34);
    d.box = (nf_box){ box.left + tick_width(&d, &ticks) + 8, box.top + HEADROOM,
                      box.right - fmin(right, most) - (n ? 0 : 8), box.bottom - 24 };
    d.x = (nf_linear){ d.m.from, d.m.to, d.box.left + 14, d.box.right };
    d.y = (nf_linear){ ticks.v[0], ticks.v[ticks.n - 1], d.box.bottom, d.box.top };
    d.crowd = nf_crowd_new(c, s->width, s->height);
    if (!d.crowd) return NF_ENOMEM;
    if (!d.m.finite) {
        draw_empty(&d);
        return nf_trend_model_rows(c, &d.m, drawn);
    }
    draw_grid(&d, &ticks);
    draw_time(&d);
    rc = draw_layers(&d);
    draw_side_labels(&d, side, n);
    return rc ? rc : nf_trend_model_rows(c, &d.m, drawn);
}

const nf_chart nf_chart_trend = {
    .row = { .name = "trend", .title = { "one series against its target", "单个序列与目标对照" },
             .formula = "observations; Theil-Sen line and limits; forecast fan 50/80/95 %; required path to the target",
             .cite = "OWID grapher, FT annotation, fable's fan", .use = "one indicator, with or without a target",
             .avoid = "more than three series: take small-multiples" },
    .needs = NF_NEEDS_SERIES, .width = 800, .height = 0, .draw = draw
};
