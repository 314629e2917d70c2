/* chart_calendar.c - a square a day, weeks side by side from Monday to Sunday, coloured by class: when is it bad? */
#include "frame.h"
#include "engine.h"
#include <math.h>
#include <string.h>
#include <strings.h>

enum { CLASSES = 6, BREAKS = CLASSES - 1, BLOCKS = 24, LABELS = 38, MONTHS_TALL = 20, APART = 16, LEGEND_TALL = 22 };
enum { OPT_CLASSES };
static const nf_field options[] = {
    { .name = "classes", .type = NF_WORD, .word = "auto",
      .title = { "hj633-2012, hj633-2026, even, or five LIMITS as 15,35,75,115,150 (auto: by pollutant)",
                 "分级：hj633-2012、hj633-2026、even，或五个界限 LIMITS，如 15,35,75,115,150（auto：按污染物）" } },
    { .name = NULL }
};

/* ---- classes: the daily limits of the air quality index's levels 50, 100, 150, 200 and 300 ---- */

typedef struct { const char *names, *unit; double step, until_2025[BREAKS], since_2026[BREAKS]; } pollutant;
static const pollutant pollutants[] = {
    { "pm25 pm2.5 pm2_5", "µg/m³", 1, { 35, 75, 115, 150, 250 }, { 35, 60, 115, 150, 250 } },
    { "pm10", "µg/m³", 1, { 50, 150, 250, 350, 420 }, { 50, 120, 250, 350, 420 } },
    { "so2", "µg/m³", 1, { 50, 150, 475, 800, 1600 }, { 50, 150, 475, 800, 1600 } },
    { "no2", "µg/m³", 1, { 40, 80, 180, 280, 565 }, { 40, 80, 180, 280, 565 } },
    { "co", "mg/m³", .1, { 2, 4, 14, 24, 36 }, { 2, 4, 14, 24, 36 } },
    { "o3 mda8 o3_8h o3-8h", "µg/m³", 1, { 100, 160, 215, 265, 800 }, { 100, 160, 215, 265, 800 } },
    { "aqi", "", 1, { 50, 100, 150, 200, 300 }, { 50, 100, 150, 200, 300 } },
};
static const nf_text levels[CLASSES] = { { "excellent", "优" }, { "good", "良" }, { "light", "轻度" },
                                         { "moderate", "中度" }, { "heavy", "重度" }, { "severe", "严重" } };

/* step: figures are rounded to it before they are classed, as the standard says; 0: they are not. */
typedef struct { double limit[BREAKS], step; const char *standard; } classes;

static bool word_is(const char *list, const char *word, size_t n)
{
    for (const char *p = list; *p; p += strspn(p, " ")) {
        size_t m = strcspn(p, " ");
        if (m == n && !strncasecmp(p, word, n)) return true;
        p += m;
    }
    return false;
}

/* By its quantity, else by the name in its key: "synthetic.air.pm25@east". */
static const pollutant *pollutant_of(const nf_meta *m)
{
    const char *key = m && m->key ? m->key : "", *quantity = m && m->quantity ? m->quantity : "";
    size_t end = strcspn(key, "@"), begin = end;
    while (begin && !strchr(".:/ ", key[begin - 1])) begin--;
    for (size_t i = 0; i < sizeof pollutants / sizeof *pollutants; i++) {
        const pollutant *p = &pollutants[i];
        if (word_is(p->names, quantity, strlen(quantity)) || word_is(p->names, key + begin, end - begin)) return p;
    }
    return NULL;
}

static bool by_standard(nf_ctx *c, classes *k, const nf_series *s, bool since_2026)
{
    const pollutant *p = pollutant_of(s->meta);
    const char *unit = s->meta && s->meta->unit ? s->meta->unit : "";
    if (!p || (*p->unit && !nf_unit_same(unit, p->unit))) return false;
    *k = (classes){ .step = p->step, .standard = since_2026 ? "HJ 633-2026" : "HJ 633-2012" };
    memcpy(k->limit, since_2026 ? p->since_2026 : p->until_2025, sizeof k->limit);
    return !*p->unit || (nf_unit_convert(c, k->limit, BREAKS, p->unit, unit) == NF_OK
                         && nf_unit_convert(c, &k->step, 1, p->unit, unit) == NF_OK);
}

static void even(classes *k, double lo, double hi)
{
    nf_ticks t;
    *k = (classes){ 0 };
    nf_ticks_of(&t, lo, hi, CLASSES + 1);
    for (size_t i = 0; i < BREAKS; i++) k->limit[i] = t.v[0] + t.step * (double)(i + 1)
        * fmax(1, floor((double)(t.n - 1) / CLASSES));
}

static int listed(nf_ctx *c, classes *k, const char *text)
{
    *k = (classes){ 0 };
    const char *p = text;
    for (size_t i = 0; i < BREAKS; i++, p += *p == ',') {
        size_t n = strcspn(p, ",");
        bool rises = nf_double_scan(p, n, &k->limit[i]) && isfinite(k->limit[i])
            && (!i || k->limit[i] > k->limit[i - 1]);
        p += n;
        if (rises && (i + 1 < BREAKS) == (*p == ',')) continue;
        nf_fail(c, NF_EINVAL, "--classes '%.60s' is no list of classes", text);
        return nf_hint(c, "hj633-2012, hj633-2026, even, or five rising limits as 15,35,75,115,150");
    }
    return NF_OK;
}

static int classes_of(nf_ctx *c, classes *k, const nf_series *s, const char *asked, double lo, double hi)
{
    bool new_one = !strcmp(asked, "hj633-2026"), standard = new_one || !strcmp(asked, "hj633-2012");
    if (standard && by_standard(c, k, s, new_one)) return NF_OK;
    if (standard) {
        nf_fail(c, NF_EINVAL, "the standard has no classes for this series");
        return nf_hint(c, "pm25 pm10 so2 no2 co o3 by day, in a unit of concentration, or aqi");
    }
    if (strcmp(asked, "auto") && strcmp(asked, "even")) return listed(c, k, asked);
    if (strcmp(asked, "auto") || !by_standard(c, k, s, false)) even(k, lo, hi);
    return NF_OK;
}

/* Half to even, in steps; a half that only the unit's conversion has blurred is still one. */
static double steps_of(double v, double step)
{
    double x = v / step, half = rint(2 * x) / 2;
    return rint(fabs(x - half) < 1e-9 * fabs(x) ? half : x);
}

static size_t class_of(const classes *k, double v)
{
    size_t i = 0;
    while (i < BREAKS && (k->step > 0 ? steps_of(v, k->step) > steps_of(k->limit[i], k->step) : v > k->limit[i])) i++;
    return i;
}

/* ---- days and blocks: a year a block, on narrow charts half a year ---- */

typedef struct { int64_t first, last; const char *label; } block;
typedef struct {
    nf_ctx *c; nf_scene *s; nf_subject sub; classes k;
    block block[BLOCKS]; size_t n_block, dropped;
    int64_t first, last; double cell;
} calendar;

static int64_t monday(int64_t day) { return day - ((day + 3) % 7 + 7) % 7; }      /* 1970-01-01 was a Thursday */
static int weekday(int64_t day) { return (int)(day - monday(day)); }

static void add_block(calendar *k, int64_t first, int64_t last, const char *label)
{
    if (last < k->first || first > k->last) return;
    if (k->n_block == BLOCKS) {                  /* the latest are kept */
        if (!k->dropped++) nf_note(k->c, NULL, 0, 0, "--from says which years", "only the last years are drawn");
        memmove(k->block, k->block + 1, (BLOCKS - 1) * sizeof *k->block);
        k->n_block--;
    }
    k->block[k->n_block++] = (block){ first, last, label };
}

static void lay_blocks(calendar *k)
{
    int64_t from, to;
    int month, day;
    bool narrow = nf_is_narrow(k->s);
    nf_civil_of_day(k->first, &from, &month, &day);
    nf_civil_of_day(k->last, &to, &month, &day);
    for (int64_t y = from; y <= to; y++) {
        const char *label = nf_format(k->c, "%lld", (long long)y);
        int64_t begin = nf_day_of_civil(y, 1, 1), middle = nf_day_of_civil(y, 7, 1), end = nf_day_of_civil(y, 12, 31);
        if (narrow) add_block(k, begin, middle - 1, label);
        add_block(k, narrow ? middle : begin, end, label);
    }
    double pad = nf_pad(k->s);
    k->cell = (k->s->width - 2 * pad - LABELS) / (narrow ? 28 : 54);
}

static double block_height(const calendar *k) { return MONTHS_TALL + 7 * k->cell + APART; }

/* ---- drawing ---- */

static const char *month_name(const calendar *k, int month)
{
    return nf_tick_date(k->c, (nf_period){ 12 * 2001 + month - 1, NF_MONTH, 1 }, false, k->sub.lang);
}

/* The step between two months: down the right side of the last day's column, then along its left. */
static void month_edge(calendar *k, const block *b, int64_t day, double left, double top)
{
    double x = left + (double)((monday(day) - monday(b->first)) / 7) * k->cell - .75,
           y = top + weekday(day) * k->cell - .75;
    double bottom = top + 7 * k->cell - .75;
    nf_pen edge = { .stroke = NF_TREND, .width = 1.2 };
    if (!weekday(day)) nf_scene_line(k->s, edge, x, top - .75, x, bottom);
    else
        nf_scene_polyline(k->s, edge, 4, (double[]){ x + k->cell, x + k->cell, x, x },
                          (double[]){ top - .75, y, y, bottom });
}

static void draw_month(calendar *k, const block *b, int64_t day, int month, double left, double top)
{
    double x = left + (double)((monday(day) - monday(b->first)) / 7 + (weekday(day) > 0)) * k->cell;
    const char *name = month == 1 ? nf_text_in((nf_text){ "Jan", "1月" }, k->sub.lang) : month_name(k, month);
    nf_scene_text(k->s, (nf_font){ .role = NF_SUB, .size = 12 }, x, top - 6, name);
    if (day > b->first && day > k->first) month_edge(k, b, day, left, top);
}

/* A square; one without a figure is crossed out, so that it is none of the classes in black and white either. */
static void draw_square(calendar *k, size_t class, double x, double y, double w, double h)
{
    nf_role role = class < CLASSES ? (nf_role)(NF_HEAT1 + (int)class) : NF_MISSING;
    bool pale = !class;                          /* the lightest class would vanish on white paper */
    nf_scene_rect(k->s, (nf_pen){ .fill = role, .stroke = pale ? NF_HEAT2 : NF_ROLE_NONE, .width = .5 }, x, y, w, h, 0);
    if (class == CLASSES) nf_scene_line(k->s, (nf_pen){ .stroke = NF_PAPER, .width = 1.5 }, x, y + h, x + w, y);
}

static void draw_day(calendar *k, const block *b, int64_t day, double v, double left, double top)
{
    double x = left + (double)((monday(day) - monday(b->first)) / 7) * k->cell, y = top + weekday(day) * k->cell;
    const char *date = nf_date(k->c, (nf_period){ day, NF_DAY, 1 }, k->sub.lang), *unit = k->sub.series->meta
        ? k->sub.series->meta->unit : NULL;
    static const nf_text none = { "no figure", "无数据" };
    const char *value = nf_text_in(isfinite(v) ? nf_amount_for_people(k->c, v, unit, 4) : none, k->sub.lang);
    nf_scene_group(k->s, nf_join(k->c, date, ": ", value));
    draw_square(k, isfinite(v) ? class_of(&k->k, v) : CLASSES, x, y, k->cell - 1.5, k->cell - 1.5);
    nf_scene_end(k->s);
}

static void draw_block(calendar *k, const block *b, double top)
{
    static const nf_text name[] = { { "Mon", "周一" }, { "Wed", "周三" }, { "Fri", "周五" }, { "Sun", "周日" } };
    const nf_series *s = k->sub.series;
    double left = nf_pad(k->s) + LABELS;
    nf_scene_text(k->s, (nf_font){ NF_INK, 13, 'e', true, false }, left - 8, top - 6, b->label);
    for (int i = 0; i < 4; i++)
        nf_scene_text(k->s, (nf_font){ NF_SUB, 11.5, 'e', false, false }, left - 8, top + (2 * i + .5) * k->cell + 3.5,
                      nf_text_in(name[i], k->sub.lang));
    for (int64_t d = b->first; d <= b->last; d++) {
        size_t i;
        if (d < k->first || d > k->last) continue;
        draw_day(k, b, d, nf_axis_find(&s->t, (nf_period){ d, NF_DAY, 1 }, &i) ? s->y[i] : NAN, left, top);
    }
    int64_t year;
    int month, dom;
    for (int64_t d = b->first; d <= b->last; d++) {
        nf_civil_of_day(d, &year, &month, &dom);
        bool shown = d <= k->last && d + 27 >= k->first;         /* a month of which no day is drawn has no name */
        if (dom == 1 && shown) draw_month(k, b, d, month, left, top);
    }
}

/* ---- legend ---- */

static const char *range_of(const calendar *k, size_t i)
{
    int digits = nf_decimals(k->k.limit, BREAKS, 3);
    const char *lo = i ? nf_figure(k->c, k->k.limit[i - 1], digits, k->sub.lang) : "";
    const char *hi = i < BREAKS ? nf_figure(k->c, k->k.limit[i], digits, k->sub.lang) : "";
    const char *range = !i ? nf_format(k->c, "≤ %s", hi) : i == BREAKS ? nf_format(k->c, "> %s", lo)
        : nf_format(k->c, "%s–%s", lo, hi);
    return k->k.standard ? nf_join(k->c, range, " ", nf_text_in(levels[i], k->sub.lang)) : range;
}

/* From left to right, in as many lines as it takes. draw false: only how high it is. */
static double legend(calendar *k, double y, bool draw)
{
    static const nf_text none = { "no data", "无数据" };
    double left = nf_pad(k->s) + (nf_is_narrow(k->s) ? 0 : LABELS), x = left, top = y;
    for (size_t i = 0; i <= CLASSES; i++) {
        const char *text = i < CLASSES ? range_of(k, i) : nf_text_in(none, k->sub.lang);
        double width = 22 + nf_text_width(text, 12, false) * 1.04 + 16;
        if (x > left && x + width - 16 > k->s->width - nf_pad(k->s)) {
            x = left;
            y += LEGEND_TALL;
        }
        if (draw) draw_square(k, i, x, y - 10.5, 16, 13);
        if (draw) nf_scene_text(k->s, (nf_font){ .role = NF_INK, .size = 12 }, x + 22, y, text);
        x += width;
    }
    return y - top + LEGEND_TALL;
}

/* ---- words and numbers ---- */

static const char *headline(calendar *k)
{
    static const nf_text over = { "{0} was above {1} on {2} of {3} days", "有数据的{3}天中，{0}有{2}天超过{1}" };
    const nf_series *s = k->sub.series;
    size_t n = 0, bad = 0;
    if (!k->k.standard) return nf_trend_headline(k->c, &k->sub);
    for (size_t i = 0; i < s->t.n; i++) {
        n += isfinite(s->y[i]);
        bad += isfinite(s->y[i]) && class_of(&k->k, s->y[i]) >= 2;
    }
    const char *limit = nf_text_in(nf_amount_for_people(k->c, k->k.limit[1], s->meta->unit, 4), k->sub.lang);
    return nf_say(k->c, k->sub.lang, over, k->sub.name, limit, nf_figure(k->c, (double)bad, 0, k->sub.lang),
                  nf_figure(k->c, (double)n, 0, k->sub.lang));
}

static nf_frame frame_of(calendar *k, const nf_exhibit *e)
{
    static const nf_text standard = { "Classes of the daily figure by {0}.", "按{0}的日值分级。" };
    const char *title = k->s->title && *k->s->title ? k->s->title : headline(k);
    nf_frame f = { .title = title, .subtitle = nf_trend_subtitle(k->c, &k->sub), .n_note = 2 };
    if (k->k.standard) f.note[0] = nf_say(k->c, k->sub.lang, standard, k->k.standard, NULL, NULL, NULL);
    f.note[1] = nf_source_line(k->c, &k->sub, e->now);
    k->s->title = title;
    k->s->desc = f.subtitle;
    return f;
}

static const nf_field fields[] = { { .name = "series", .type = NF_WORD }, { .name = "time", .type = NF_TIME },
                                   { .name = "value", .type = NF_F64 },
                                   { .name = "class", .type = NF_I64 }, { .name = NULL } };

static int rows(const calendar *k, nf_sink to)
{
    const nf_series *s = k->sub.series;
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, k->c, "calendar", fields);
    for (size_t i = 0; i < s->t.n && !rc; i++)
        if (isfinite(s->y[i]))
            rc = to.row(to.self, k->c, (nf_value[]){ { .s = s->meta ? s->meta->key : NULL },
                                                     { .t = nf_axis_at(&s->t, i) }, { .f = s->y[i] },
                        { .i = (int64_t)class_of(&k->k, s->y[i]) + 1 } });
    return to.end(to.self, k->c, rc);
}

/* The days from the first figure to the last. */
static bool extent(calendar *k, double *lo, double *hi)
{
    const nf_series *s = k->sub.series;
    *lo = INFINITY;
    *hi = -INFINITY;
    for (size_t i = 0; i < s->t.n; i++) {
        if (!isfinite(s->y[i])) continue;
        if (!(*lo <= *hi)) k->first = nf_axis_at(&s->t, i).ord;
        k->last = nf_axis_at(&s->t, i).ord;
        *lo = fmin(*lo, s->y[i]);
        *hi = fmax(*hi, s->y[i]);
    }
    return *lo <= *hi;
}

static int daily(nf_ctx *c, const nf_series *s)
{
    if (s && s->t.start.freq == NF_DAY && s->t.start.span == 1 && !s->t.span) return NF_OK;
    nf_fail(c, NF_EINVAL, "the chart 'calendar' needs a series by day");
    return s && s->t.start.freq > NF_DAY ? nf_hint(c, "--aggregate day:mean:75%%") : nf_last(c)->err;
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    calendar k = { .c = c, .s = s };
    double lo, hi;
    nf_subject_of(c, &k.sub, e, e->n_series ? &e->series[0] : NULL, NULL);
    int rc = daily(c, k.sub.series);
    if (rc) return rc;
    if (e->n_series > 1)
        nf_note(c, NULL, 0, 0, NULL, "the chart 'calendar' draws the first of %zu series", e->n_series);
    if (!extent(&k, &lo, &hi)) return nf_fail(c, NF_EINVAL, "the series has no figure to draw");
    rc = classes_of(c, &k.k, k.sub.series, opt ? opt[OPT_CLASSES].s : "auto", lo, hi);
    if (rc) return rc;
    lay_blocks(&k);
    nf_frame f = frame_of(&k, e);
    s->fixed = false;                            /* days are square */
    nf_box box = nf_frame_draw(s, &f, block_height(&k) * (double)k.n_block + 4 + legend(&k, 0, false));
    for (size_t i = 0; i < k.n_block; i++)
        draw_block(&k, &k.block[i], box.top + block_height(&k) * (double)i + MONTHS_TALL);
    legend(&k, box.top + block_height(&k) * (double)k.n_block + 14, true);
    return rows(&k, drawn);
}

const nf_chart nf_chart_calendar = {
    .row = { .name = "calendar", .title = { "days as squares, coloured by class", "逐日色块日历" },
             .formula = "weeks from Monday to Sunday; classes of the air quality index by HJ 633, else even ones",
             .cite = "openair calendarPlot; HJ 633-2012 and HJ 633-2026, limits of the daily figure",
             .use = "daily air quality: which months, which days of the week",
             .avoid = "series that are not by day: --aggregate day:mean:75%",
             .opt = options },
    .needs = NF_NEEDS_SERIES, .width = 860, .height = 0, .draw = draw
};
