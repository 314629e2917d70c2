/* chart_sparkline.c - a word-sized line: 120 x 30 px, no axes, its end marked, first and last in its name. */
#include "frame.h"
#include "engine.h"
#include <math.h>

static const nf_field fields[] = { { .name = "series", .type = NF_WORD }, { .name = "time", .type = NF_TIME },
                                   { .name = "value", .type = NF_F64 }, { .name = NULL } };

static int rows(nf_ctx *c, const nf_series *s, nf_sink to)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, c, "sparkline", fields);
    for (size_t i = 0; i < s->t.n && !rc; i++)
        if (isfinite(s->y[i]))
            rc = to.row(to.self, c, (nf_value[]){ { .s = s->meta ? s->meta->key : NULL }, { .t = nf_axis_at(&s->t, i) },
                                                  { .f = s->y[i] } });
    return to.end(to.self, c, rc);
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    static const nf_text name = { "{0}: from {1} to {2}", "{0}：由{1}到{2}" };
    nf_subject sub;
    double first = NAN, last = NAN;
    (void)opt;
    nf_subject_of(c, &sub, e, e->n_series ? &e->series[0] : NULL, NULL);
    if (!sub.series) return nf_fail(c, NF_EINVAL, "a sparkline needs a series");
    for (size_t i = 0; i < sub.series->t.n; i++) {
        if (!isfinite(sub.series->y[i])) continue;
        if (!isfinite(first)) first = sub.series->y[i];
        last = sub.series->y[i];
    }
    if (!s->title)
        s->title = nf_say(c, sub.lang, name, sub.name, nf_figure(c, first, sub.decimals, sub.lang),
                          nf_figure(c, last, sub.decimals, sub.lang), NULL);
    s->desc = nf_trend_subtitle(c, &sub);
    nf_scene_rect(s, (nf_pen){ .fill = NF_PAPER }, 0, 0, s->width, s->height, 0);
    nf_sparkline(s, sub.series, (nf_box){ 3, 5, s->width - 5, s->height - 5 });
    return rows(c, sub.series, drawn);
}

const nf_chart nf_chart_sparkline = {
    .row = { .name = "sparkline", .title = { "a word-sized line for tables and text", "嵌入表格和文字的迷你折线" },
             .cite = "Tufte 2006, Beautiful Evidence",
             .use = "inside a sentence or a table cell", .avoid = "where values must be read off" },
    .needs = NF_NEEDS_SERIES, .width = 120, .height = 30, .draw = draw
};
