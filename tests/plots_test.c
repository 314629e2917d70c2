/* plots_test.c - charts: the same bytes anywhere, sound XML, no text outside the page or over another, nothing hostile
 * gets through. */
#define _GNU_SOURCE
#include "exhibit_city.h"
#include "rendered.h"
#include "prose.h"
#include "scene.h"
#include <expat.h>
#include <locale.h>
#include <time.h>

static nf_exhibit bare(const nf_series *s)
{
    return (nf_exhibit){ .series = s, .n_series = 1, .now = CITY_NOW, .lang = "en" };
}

/* ---- XML: sound, every text inside the page, and none over another ---- */

enum { TEXTS = 1000 };
typedef struct { double left, top, right, bottom; char word[24]; } inked;
typedef struct {
    double width, height, x, y, size; bool bold; char anchor; char text[4000]; size_t n, texts, outside, over; bool in;
    inked box[TEXTS];
} reading;

static const char *attribute(const char **a, const char *name)
{
    for (; *a; a += 2)
        if (!strcmp(a[0], name)) return a[1];
    return NULL;
}

static void XMLCALL starts(void *self, const char *name, const char **a)
{
    reading *r = self;
    if (!strcmp(name, "svg")) {
        r->width = atof(attribute(a, "width"));
        r->height = atof(attribute(a, "height"));
    }
    if (!strcmp(name, "script") || !strcmp(name, "image") || !strcmp(name, "foreignObject"))
        fail_msg("a <%s> element", name);
    for (const char **p = a; *p; p += 2)
        if (!strncmp(p[0], "on", 2) || !strcmp(p[0], "style") || strstr(p[0], "href"))
            fail_msg("an attribute %s", p[0]);
    static const char *const numeric[] = { "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height",
                                           "points", "d", "stroke-width", NULL };
    for (size_t i = 0; numeric[i]; i++)
        if (attribute(a, numeric[i]) && strpbrk(attribute(a, numeric[i]), "nNiI"))
            fail_msg("%s is %s", numeric[i], attribute(a, numeric[i]));
    r->in = !strcmp(name, "text");
    if (!r->in) return;
    const char *anchor = attribute(a, "text-anchor");
    r->x = atof(attribute(a, "x"));
    r->y = atof(attribute(a, "y"));
    r->size = atof(attribute(a, "font-size"));
    r->bold = attribute(a, "font-weight") != NULL;
    r->anchor = anchor ? *anchor : 's';
    r->n = 0;
}

static void XMLCALL text(void *self, const char *s, int n)
{
    reading *r = self;
    if (r->in && r->n + (size_t)n < sizeof r->text) memcpy(r->text + r->n, s, (size_t)n), r->n += (size_t)n;
}

/* Digits and capitals are three quarters of their size high; two pixels may touch. */
static void place_text(reading *r, double x, double width)
{
    inked b = { x + 1, r->y - 0.72 * r->size + 1, x + width - 1, r->y - 1, "" };
    snprintf(b.word, sizeof b.word, "%.23s", r->text);
    for (size_t i = 0; i < r->texts && i < TEXTS; i++) {
        const inked *o = &r->box[i];
        if (b.left >= o->right || b.right <= o->left || b.top >= o->bottom || b.bottom <= o->top) continue;
        print_message("'%s' over '%s' at %g, %g of %g x %g\n", b.word, o->word, x, r->y, r->width, r->height);
        r->over++;
    }
    if (r->texts < TEXTS) r->box[r->texts] = b;
    r->texts++;
}

static void XMLCALL ends(void *self, const char *name)
{
    reading *r = self;
    if (strcmp(name, "text")) return;
    r->text[r->n] = 0;
    double w = nf_text_width(r->text, r->size, r->bold),
        x = r->x - (r->anchor == 'm' ? w / 2 : r->anchor == 'e' ? w : 0);
    place_text(r, x, w);
    r->in = false;
    if (x < -1 || x + w > r->width + 1 || r->y < r->size * 0.7 || r->y > r->height) {
        print_message("outside: '%s' at %g..%g, %g of %g x %g\n", r->text, x, x + w, r->y, r->width, r->height);
        r->outside++;
    }
}

static reading read_svg(const bytes *svg)
{
    reading r = { 0 };
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, starts, ends);
    XML_SetCharacterDataHandler(p, text);
    if (XML_Parse(p, svg->text, (int)svg->n, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(p), XML_ErrorString(XML_GetErrorCode(p)));
    XML_ParserFree(p);
    return r;
}

static void is_sound(nf_ctx *c, const char *chart, const nf_exhibit *e)
{
    static const double widths[] = { 0, 300, 400, 560, 1600 };
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        bytes svg = rendered(c, chart, "svg", e, (nf_page){ .width = widths[i], .theme = i & 1 ? NF_AUTO : NF_LIGHT });
        reading r = read_svg(&svg);
        ok(r.texts > 2 && r.outside == 0 && r.over == 0);
        free(svg.text);
    }
}

TEST(every_chart_of_the_city_is_sound_in_both_languages)
{
    static const char *const langs[] = { "en", "zh" };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t l = 0; l < 2; l++) {
        nf_exhibit city = exhibit_city(c, langs[l]);
        is_sound(c, "scoreboard", &city);
        is_sound(c, "gantt", &city);
        is_sound(c, "small-multiples", &city);
        for (size_t i = 0; i < CITY_ROWS; i++) {
            nf_exhibit e = one_target(&city, i);
            is_sound(c, "trend", &e);
        }
    }
    nf_ctx_free(c);
}

/* ---- the same bytes ---- */

TEST(locale_time_zone_and_environment_do_not_change_a_byte)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_exhibit city = exhibit_city(c, "en"), e = one_target(&city, 3);
    static const char *const canvases[] = { "svg", "png", "pdf", "ps" };
    for (size_t i = 0; i < sizeof canvases / sizeof *canvases; i++) {
        bytes a = rendered(c, "trend", canvases[i], &e, (nf_page){ 0 });
        static const char *const set[][2] = { { "ROTATION", "90" }, { "BG_COLOR", "red" }, { "PAGESIZE", "letter" },
                                              { "MAX_LINE_LENGTH", "3" },
                                              { "BITMAPSIZE", "10x10" }, { "EMULATE_COLOR", "yes" },
                                              { "TZ", "Asia/Shanghai" }, { "PEN", "7" } };
        for (size_t k = 0; k < sizeof set / sizeof *set; k++) setenv(set[k][0], set[k][1], 1);
        tzset();
        setlocale(LC_ALL, "de_DE.UTF-8");
        bytes b = rendered(c, "trend", canvases[i], &e, (nf_page){ 0 });
        setlocale(LC_ALL, "C");
        for (size_t k = 0; k < sizeof set / sizeof *set; k++) unsetenv(set[k][0]);
        ok(a.n == b.n && !memcmp(a.text, b.text, a.n));
        free(a.text);
        free(b.text);
    }
    nf_ctx_free(c);
}

/* ---- traps ---- */

static const nf_series *series_of(nf_ctx *c, size_t n, const double *y)
{ return exhibit_series(c, "x", (nf_text){ "Anything", NULL }, "%", 2000, n, y); }

TEST(any_numbers_make_a_sound_chart)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 60) {
        uint64_t s = seed + 1;
        size_t mark = nf_mark(c), n = rnd(&s) % 30;
        double *y = nf_alloc(c, (n + 1) * sizeof *y), scale = pow(10, (double)(rnd(&s) % 40) - 20);
        for (size_t i = 0; i < n; i++) y[i] = rnd(&s) % 7 ? (rnd_unit(&s) - 0.3) * scale : NAN;
        nf_exhibit e = bare(series_of(c, n, y));
        is_sound(c, "trend", &e);
        nf_release(c, mark);
    }
    nf_ctx_free(c);
}

/* Flat, huge, tiny and nearly equal figures with a goal far away: there the labels meet. */
TEST(labels_keep_apart_and_no_forecast_is_cut)
{
    static const double flat[] = { 7, 7, 7, 7, 7, 7, 7, 7 },
        tiny[] = { 4e-9, 3e-9, 3.67e-9, 4.33e-9, 3.3e-9, 4e-9, 3e-9 },
        huge[] = { 1.11e12, 1.18e12, 1.26e12, 1.34e12, 1.41e12, 1.49e12, 1.56e12, 1.64e12, 1.73e12, 1.95e12 },
        close[] = { 99.988, 99.9871, 99.9877, 99.9883, 99.9874, 99.988, 99.9871 };
    static const struct { const double *y; size_t n; double goal; } hard[] = {
        { flat, 8, 9 }, { tiny, 7, 1e-9 }, { huge, 10, 9.9e13 }, { close, 7, 99.99 } };
    static const char *const langs[] = { "en", "zh" };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < 2 * sizeof hard / sizeof *hard; i++) {
        double goal = hard[i / 2].goal;
        const nf_series *s = exhibit_series(c, "x", (nf_text){ "Anything", "某指标" }, "", 2026 - (int)hard[i / 2].n,
                                            hard[i / 2].n, hard[i / 2].y);
        nf_target t = { .code = "x", .indicator = "x", .kind = goal < 1 ? NF_AT_MOST : NF_AT_LEAST,
                        .sense = goal < 1 ? -1 : 1, .value = goal, .lo = NAN, .hi = NAN, .base_value = NAN,
                        .tolerance = NAN, .weight = 1, .limit = NAN, .due = exhibit_year(2030) };
        nf_finding f;
        exhibit_judge(c, &f, NULL, &t, s, CITY_NOW);
        nf_exhibit e = { .series = s, .n_series = 1, .finding = &f, .n_finding = 1, .now = CITY_NOW,
                         .lang = langs[i % 2] };
        is_sound(c, "trend", &e);
        bytes svg = rendered(c, "trend", "svg", &e, (nf_page){ .width = 300 });
        ok(!strstr(svg.text, "\u2026"));
        free(svg.text);
    }
    nf_ctx_free(c);
}

TEST(extreme_numbers_make_a_sound_chart)
{
    static const double cases[][4] = { { 1e308, -1e308, 1e308, 0 }, { 5e-324, 0, 5e-324, 0 },
                                       { 1e15 + 1, 1e15 + 2, 1e15 + 1, 1e15 }, { 0, 0, 0, 0 },
                                       { NAN, NAN, NAN, NAN }, { -7, -7, -7, -7 }, { 1e-9, 1, 1e9, 1 } };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf_exhibit e = bare(series_of(c, 4, cases[i]));
        is_sound(c, "trend", &e);
    }
    nf_ctx_free(c);
}

TEST(what_is_not_finite_never_reaches_a_canvas)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_scene *s = nf_scene_new(c, 100, 100, "en");
    double bad[] = { NAN, INFINITY, -INFINITY, 1e300 }, good[] = { 1, 2, 3, 4 };
    nf_scene_polyline(s, (nf_pen){ .stroke = NF_INK, .width = 0 }, 4, bad, good);
    nf_scene_polygon(s, (nf_pen){ .fill = NF_INK }, 4, bad, good);
    nf_scene_band(s, NF_BAND, 4, good, bad, good);
    nf_scene_rect(s, (nf_pen){ .fill = NF_INK }, NAN, 0, 10, 10, 0);
    nf_scene_disc(s, (nf_pen){ .fill = NF_INK }, 5, INFINITY, 3);
    nf_scene_text(s, (nf_font){ .role = NF_INK, .size = 10 }, NAN, 5, "x");
    ok(s->n_item == 0);
    nf_scene_line(s, (nf_pen){ .stroke = NF_INK, .width = -3, .dash = { -1, 2 } }, 0, 0, 1e300, -1e300);
    ok(s->n_item == 1 && s->item[0].pen.width > 0 && s->item[0].pen.dash[0] == 0);
    for (size_t i = 0; i < s->n_knot; i++) ok(fabs(s->knot[i].x) <= 400 && fabs(s->knot[i].y) <= 400);
    nf_ctx_free(c);
}

TEST(too_many_points_are_an_error_not_a_hang)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_scene *s = nf_scene_new(c, 100, 100, "en");
    for (int i = 0; i < 120000 && !nf_scene_check(s); i++)
        nf_scene_line(s, (nf_pen){ .stroke = NF_INK, .width = 1 }, 0, 0, i % 100, 9);
    ok(nf_scene_check(s) == NF_EINVAL);
    nf_ctx_free(c);
}

TEST(a_million_points_are_thinned_to_the_pixels)
{
    nf_ctx *c = nf_ctx_new(NULL);
    size_t n = 1000000;
    double *y = nf_alloc(c, n * sizeof *y);
    for (size_t i = 0; i < n; i++) y[i] = (double)(i * 2654435761u % 1000);
    nf_series *s = exhibit_series(c, "m", (nf_text){ "Minutes", NULL }, "%", 2000, n, y);
    s->t.start = (nf_period){ 0, NF_MINUTE, 1 };
    nf_exhibit e = bare(s);
    bytes svg = rendered(c, "trend", "svg", &e, (nf_page){ 0 });
    ok(svg.n < 200000 && read_svg(&svg).outside == 0);
    free(svg.text);
    nf_ctx_free(c);
}

/* ---- hostile text ---- */

TEST(hostile_names_are_text_and_nothing_else)
{
    static const char *const names[] = { "<script>alert(1)</script>", "]]>", "\" onload=\"x", "&amp;&#0;",
                                         "\x1b]52;c;aGk=\x07", "\xff\xfe\xc0\xaf", "\xe2\x80\xae" "fdp.exe",
                                         "C:\\sp2\\sb", "%s%n%d {0}{1}", "'); DROP TABLE", "\xed\xa0\x80", "@@17@@" };
    nf_ctx *c = nf_ctx_new(NULL);
    double y[] = { 1, 2, 3 };
    char *brackets = malloc(20001);
    memset(brackets, '(', 20000);
    brackets[20000] = 0;
    for (size_t i = 0; i <= sizeof names / sizeof *names; i++) {
        const char *name = i < sizeof names / sizeof *names ? names[i] : brackets;
        nf_series *s = exhibit_series(c, name, (nf_text){ name, NULL }, name, 2020, 3, y);
        ((nf_meta *)(uintptr_t)s->meta)->source = name;
        nf_exhibit e = bare(s);
        bytes svg = rendered(c, "trend", "svg", &e, (nf_page){ .id = "a", .width = 400 }),
            png = rendered(c, "trend", "png", &e, (nf_page){ 0 });
        read_svg(&svg);
        ok(png.n > 1000);
        free(svg.text);
        free(png.text);
    }
    free(brackets);
    nf_ctx_free(c);
}

TEST(text_is_cleaned_fitted_and_wrapped_on_characters)
{
    nf_ctx *c = nf_ctx_new(NULL);
    const char *line[3];
    same(nf_text_clean(c, "a\tb\nc\x01" "d\xe2\x80\xae" "e\xff"), "a b c\xef\xbf\xbd" "de\xef\xbf\xbd");
    ok(nf_text_width("石家庄", 10, false) == 30);
    ok(nf_text_width(nf_text_fit(c, "a rather long label that does not fit", 12, true, 80), 12, true) <= 80);
    ok(nf_text_wrap(c, line, 3, "one two three four five six", 10, false, 60) == 3);
    for (int i = 0; i < 3; i++) ok(nf_text_width(line[i], 10, false) <= 60 && line[i][strlen(line[i]) - 1] != ' ');
    ok(nf_text_wrap(c, line, 3, "石家庄市的空气质量有所改善，但速度不够。", 10, false, 65) == 3);
    ok(strncmp(line[1], "，", 3) != 0 && strncmp(line[2], "，", 3) != 0);
    nf_ctx_free(c);
}

TEST(dates_stay_whole_where_lines_break)
{
    nf_ctx *c = nf_ctx_new(NULL);
    const char *line[4];
    size_t n = nf_text_wrap(c, line, 4, "2025年1月1日至2025年12月31日流量", 10, false, 90);
    ok(n >= 2);
    for (size_t i = 1; i < n; i++) ok(strncmp(line[i], "12月", 5) != 0 && strncmp(line[i], "31", 2) != 0);
    ok(nf_text_wrap(c, line, 4, "PM2.5 · µg/m³ · lower is better", 10, false, 70) >= 2);
    ok(*line[1] != ' ' && strncmp(line[1], "\xc2\xb7", 2) != 0);
    nf_ctx_free(c);
}

TEST(labels_of_months_tell_their_years)
{
    static const char *const langs[] = { "en", "zh" };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_time_tick tick[100];
    nf_period first = { 12 * 2021 + 4, NF_MONTH, 1 }, last = { 12 * 2024 + 7, NF_MONTH, 1 };
    for (size_t l = 0; l < 2; l++)
        for (double width = 150; width < 1200; width += 50) {
            size_t n = nf_time_ticks(c, tick, 100, first, last, width, langs[l]);
            double scale = width / (nf_period_years(last) - nf_period_years(first));
            ok(n >= 2);
            for (size_t i = 1; i < n; i++)
                ok((tick[i].at - tick[i - 1].at) * scale
                   > (nf_text_width(tick[i - 1].label, 13, false) + nf_text_width(tick[i].label, 13, false)) / 2);
        }
    nf_ctx_free(c);
}

TEST(publishers_are_called_by_their_chinese_names)
{
    nf_ctx *c = nf_ctx_new(NULL);
    static const char list[] = "Shijiazhuang Daily; Periodical article (2023-11); ninefold sample";
    same(nf_publishers_in(c, NULL, list, "zh"), "石家庄日报；期刊文章（2023-11）；ninefold sample");
    same(nf_publishers_in(c, NULL, list, "en"), list);
    nf_ctx_free(c);
}

TEST(missing_years_are_bridged_by_dots_however_they_are_stored)
{
    static const double dense[] = { 6460.9, NAN, NAN, 5935.1, NAN, 7100.6 }, sparse[] = { 6460.9, 5935.1, 7100.6 };
    static const int64_t years[] = { 2017, 2020, 2022 };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series *s = exhibit_series(c, "gdp", (nf_text){ "GDP", NULL }, "", 2017, 3, sparse);
    s->t.ord = years;
    nf_exhibit a = bare(exhibit_series(c, "gdp", (nf_text){ "GDP", NULL }, "", 2017, 6, dense)), b = bare(s);
    bytes one = rendered(c, "trend", "svg", &a, (nf_page){ 0 }), two = rendered(c, "trend", "svg", &b, (nf_page){ 0 });
    same(one.text, two.text);
    free(one.text);
    free(two.text);
    nf_ctx_free(c);
}

TEST(a_timetable_has_a_word_for_every_shape)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_exhibit city = exhibit_city(c, "en");
    bytes svg = rendered(c, "gantt", "svg", &city, (nf_page){ 0 });
    ok(strstr(svg.text, "overdue (1)") && strstr(svg.text, "2026-05-28") && strstr(svg.text, "as known on"));
    free(svg.text);
    nf_ctx_free(c);
}

/* ---- painters ---- */

static size_t notes;
static void count(void *host, const nf_diag *d) { (void)host; notes += strstr(d->what, "no font") != NULL; }

TEST(a_character_without_font_is_said)
{
    nf_ctx *c = nf_ctx_new(&(nf_hooks){ .note = count });
    double y[] = { 1, 2 };
    nf_exhibit e = bare(exhibit_series(c, "x", (nf_text){ "\xf3\xb0\x80\x80\xf3\xb0\x80\x81", NULL }, "", 2020, 2, y));
    notes = 0;
    bytes png = rendered(c, "trend", "png", &e, (nf_page){ 0 });
    ok(notes == 1);
    free(png.text);
    nf_ctx_free(c);
}

static int full(void *self, const char *bytes_, size_t n) { (void)self, (void)bytes_, (void)n; return NF_EIO; }

TEST(a_full_disk_is_an_error)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_exhibit city = exhibit_city(c, "en");
    for (const nf_canvas *const *k = nf_canvases; *k; k++)
        ok(nf_chart_render(c, (nf_out){ full, NULL }, nf_row_find(NF_TABLE(nf_charts), "scoreboard", NULL), *k, &city,
                           NULL, NULL, (nf_sink){ 0 }) < 0);
    nf_ctx_free(c);
}

TEST(the_numbers_behind_the_marks_are_handed_out)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_exhibit city = exhibit_city(c, "en"), e = one_target(&city, 3);
    nf_rows rows = { .ctx = c };
    bytes b = { 0 };
    ok(!nf_chart_render(c, (nf_out){ keep, &b }, nf_row_find(NF_TABLE(nf_charts), "trend", NULL),
                        nf_row_find(NF_TABLE(nf_canvases), "svg", NULL), &e, NULL, NULL, nf_sink_rows(&rows)));
    size_t observed = 0, forecast = 0, target = 0;
    int layer = nf_field_index(rows.field, "layer"), value = nf_field_index(rows.field, "value");
    for (size_t i = 0; i < rows.n; i++) {
        observed += !strcmp(rows.row[i][layer].s, "observed");
        forecast += !strcmp(rows.row[i][layer].s, "forecast");
        target += !strcmp(rows.row[i][layer].s, "target") && rows.row[i][value].f == 35;
    }
    ok(observed == CITY_YEARS && forecast == 5 && target == 1);
    near(rows.row[0][value].f, 66, 0);
    free(b.text);
    nf_ctx_free(c);
}
