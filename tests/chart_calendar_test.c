/* chart_calendar_test.c - the calendar of days: classes to the last decimal, any span of days, what it refuses. */
#include "exhibits.h"
#include "rendered.h"

static nf_series *days(nf_ctx *c, const char *key, const char *unit, int64_t first, size_t n, const double *y)
{
    nf_series *s = exhibit_series(c, key, (nf_text){ "PM2.5", "PM2.5" }, unit, 2000, n, y);
    s->t.start = (nf_period){ first, NF_DAY, 1 };
    return s;
}

static nf_exhibit alone(const nf_series *s, const char *lang)
{ return (nf_exhibit){ .series = s, .n_series = 1, .now = 1780000000, .lang = lang }; }

static int draw(nf_ctx *c, nf_rows *drawn, const nf_exhibit *e, const char *classes)
{
    const nf_chart *chart = nf_row_find(NF_TABLE(nf_charts), "calendar", NULL);
    nf_value *opt;
    bytes b = { 0 };
    *drawn = (nf_rows){ .ctx = c };
    int rc = nf_options(c, &opt, &chart->row, (const char *const[]){ "classes", classes, NULL });
    if (!rc)
        rc = nf_chart_render(c, (nf_out){ keep, &b }, chart, nf_row_find(NF_TABLE(nf_canvases), "svg", NULL), e, opt,
                             NULL, nf_sink_rows(drawn));
    free(b.text);
    return rc;
}

/* HJ 633: figures are rounded half-even to whole µg/m3 first, and a limit belongs to the class below it. */
TEST(classes_are_those_of_the_standard)
{
    static const double y[] = { 35, 35.4, 35.5, 75, 75.5, 115, 150, 150.5, 250, 251, 60.6 };
    static const int old[] = { 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 2 }, new[] = { 1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 3 };
    size_t n = sizeof y / sizeof *y;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_rows drawn;
    nf_exhibit e = alone(days(c, "city.pm25@east", "µg/m3", 20000, n, y), "en");
    ok(!draw(c, &drawn, &e, "auto") && drawn.n == n);
    for (size_t i = 0; i < n; i++) ok(drawn.row[i][3].i == old[i]);
    ok(!draw(c, &drawn, &e, "hj633-2026") && drawn.n == n);
    for (size_t i = 0; i < n; i++) ok(drawn.row[i][3].i == new[i]);
    double mg[sizeof y / sizeof *y];
    for (size_t i = 0; i < n; i++) mg[i] = y[i] / 1000;
    e = alone(days(c, "pm25", "mg/m3", 20000, n, mg), "en");
    ok(!draw(c, &drawn, &e, "auto"));
    ok(drawn.row[0][3].i == 1 && drawn.row[2][3].i == 2 && drawn.row[9][3].i == 6);
    nf_ctx_free(c);
}

TEST(classes_can_be_given)
{
    static const double y[] = { 1, 2, 3, 4, 5, 6, NAN };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_rows drawn;
    nf_exhibit e = alone(days(c, "visits", "visits", 20000, 7, y), "en");
    ok(!draw(c, &drawn, &e, "1,2,3,4,5") && drawn.n == 6);
    for (size_t i = 0; i < 6; i++) ok(drawn.row[i][3].i == (int64_t)i + 1);
    ok(!draw(c, &drawn, &e, "auto") && drawn.row[5][3].i > drawn.row[0][3].i);
    static const char *const wrong[] = { "1,2,3,4", "1,2,3,4,5,6", "5,4,3,2,1", "a", "", "hj633-2012", "1,1,2,3,4" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) ok(draw(c, &drawn, &e, wrong[i]) == NF_EINVAL);
    nf_ctx_free(c);
}

/* Spans that begin and end anywhere, leap years, forty years: drawn, in both languages and widths. */
TEST(any_span_of_days_is_drawn)
{
    static const size_t lengths[] = { 1, 2, 31, 366, 800, 14610 };
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 24) {
        uint64_t r = seed + 1;
        size_t mark = nf_mark(c), n = lengths[seed % 6];
        double *y = nf_alloc(c, n * sizeof *y);
        for (size_t i = 0; i < n; i++) y[i] = i && rnd(&r) % 9 == 0 ? NAN : 200 * rnd_unit(&r);
        nf_exhibit e = alone(days(c, "pm25", "µg/m3", 10957 + (int64_t)(rnd(&r) % 4000), n, y), seed & 1 ? "zh" : "en");
        bytes svg = rendered(c, "calendar", "svg", &e, (nf_page){ .width = seed & 2 ? 400 : 860 });
        ok(strstr(svg.text, seed & 1 ? "超过" : "was above") && !strstr(svg.text, "nan"));
        free(svg.text);
        nf_release(c, mark);
    }
    nf_ctx_free(c);
}

TEST(what_is_not_by_day_is_refused_with_the_way_out)
{
    static const double y[] = { 1, 2, 3 }, none[] = { NAN };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_rows drawn;
    nf_series *s = days(c, "pm25", "µg/m3", 400000, 3, y);
    s->t.start.freq = NF_HOUR;
    nf_exhibit e = alone(s, "en");
    ok(draw(c, &drawn, &e, "auto") == NF_EINVAL && strstr(nf_last(c)->hint, "--aggregate day:mean"));
    s->t.start = (nf_period){ 2020, NF_YEAR, 1 };
    ok(draw(c, &drawn, &e, "auto") == NF_EINVAL);
    e = alone(days(c, "pm25", "µg/m3", 20000, 1, none), "en");
    ok(draw(c, &drawn, &e, "auto") == NF_EINVAL);
    nf_ctx_free(c);
}

/* Months are told apart where days are drawn, and nowhere else. */
TEST(a_month_without_days_has_neither_name_nor_edge)
{
    static double y[20];
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < 20; i++) y[i] = (double)i;
    nf_exhibit e = alone(days(c, "visits", "visits", 20499, 20, y), "en");         /* from 15 February 2026 */
    bytes svg = rendered(c, "calendar", "svg", &e, (nf_page){ 0 });
    ok(strstr(svg.text, ">Feb<") && strstr(svg.text, ">Mar<"));
    ok(!strstr(svg.text, ">Jan<") && !strstr(svg.text, ">Apr<"));
    const char *edge = strstr(svg.text, "s-trend\"");
    ok(edge && !strstr(edge + 1, "s-trend\""));
    free(svg.text);
    nf_ctx_free(c);
}
