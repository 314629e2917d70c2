/* plots_gallery.c - renders the exhibits into a folder, to be looked at: plots_gallery FOLDER. */
#include "exhibit_city.h"
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

static int write_file(void *self, const char *text, size_t n) { return fwrite(text, 1, n, self) == n ? 0 : NF_EIO; }
static void note(void *host, const nf_diag *d)
{
    (void)host; fprintf(stderr, "note: %s (%s)\n", d->what, d->hint ? d->hint : "");
}
static const char *folder = ".";

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void render(nf_ctx *c, const char *name, const char *chart, const char *canvas, const nf_exhibit *e,
                   nf_page page)
{
    char path[512];
    const nf_chart *ch = nf_row_find(NF_TABLE(nf_charts), chart, NULL);
    const nf_canvas *ca = nf_row_find(NF_TABLE(nf_canvases), canvas, NULL);
    snprintf(path, sizeof path, "%s/%s%s", folder, name, ca->suffix);
    FILE *f = fopen(path, "wb");
    if (!f) exit(2);
    size_t mark = nf_mark(c);
    double before = milliseconds();
    int rc = nf_chart_render(c, (nf_out){ write_file, f }, ch, ca, e, NULL, &page, (nf_sink){ 0 });
    printf("%-34s %7.2f ms%s%s\n", path + strlen(folder) + 1, milliseconds() - before, rc ? " FAILED: " : "",
           rc ? nf_last(c)->what : "");
    nf_release(c, mark);
    fclose(f);
}

static void both(nf_ctx *c, const char *name, const char *chart, const nf_exhibit *e)
{
    char narrow[128];
    snprintf(narrow, sizeof narrow, "%s-narrow", name);
    render(c, name, chart, "png", e, (nf_page){ .scale = 1.5 });
    render(c, name, chart, "svg", e, (nf_page){ .theme = NF_AUTO });
    render(c, narrow, chart, "png", e, (nf_page){ .width = 400, .scale = 1.5 });
}

static const nf_method *sen(void) { return nf_row_find(NF_TABLE(nf_methods), "sen", NULL); }

/* The i-th target of the city as a trend chart, with its Theil-Sen line. */
static void trend(nf_ctx *c, const char *name, const nf_exhibit *city, size_t i)
{
    nf_setting set = nf_setting_default();
    nf_result r;
    nf_value *opt = NULL;
    nf_options(c, &opt, &sen()->row, NULL);
    bool fitted = !nf_fit(c, &r, sen(), &city->series[i], 1, opt, &set);
    nf_exhibit e = *city;
    e.series = &city->series[i];
    e.n_series = 1;
    e.result = &r;
    e.n_result = fitted;
    e.finding = &city->finding[i];
    e.n_finding = 1;
    e.n_rollup = 0;
    both(c, name, "trend", &e);
}

static void lone(nf_ctx *c, const char *name, const nf_series *s, const char *lang)
{
    nf_exhibit e = { .series = s, .n_series = 1, .now = CITY_NOW, .lang = lang };
    both(c, name, "trend", &e);
}

static void lone_series(nf_ctx *c)
{
    static const double one[] = { 42 }, flat[] = { 7, 7, 7, 7, 7 }, huge[] = { 1.2e12, 1.9e12, 2.4e12, 3.1e12 },
        tiny[] = { 2e-7, 3e-7, 2.5e-7 },
                        gaps[] = { 3, NAN, 5, 6, NAN, NAN, 4, 7, 8, NAN }, signs[] = { -4, -2.5, 1, 3, -1, 2, 6 };
    static double none[] = { NAN, NAN }, many[20000];
    lone(c, "trend-one", exhibit_series(c, "one", (nf_text){ "One figure", "一个数据" }, "", 2024, 1, one), "en");
    lone(c, "trend-flat", exhibit_series(c, "flat", (nf_text){ "A flat series", "恒定序列" }, "%", 2019, 5, flat), "zh");
    lone(c, "trend-huge", exhibit_series(c, "huge", (nf_text){ "A huge series", "巨大数值" }, "yuan", 2021, 4, huge), "en");
    lone(c, "trend-tiny", exhibit_series(c, "tiny", (nf_text){ "A tiny series", "微小数值" }, "g", 2021, 3, tiny), "en");
    lone(c, "trend-gaps", exhibit_series(c, "gaps", (nf_text){ "A series with gaps", "有缺失的序列" }, "units", 2012, 10,
                                         gaps), "en");
    lone(c, "trend-signs", exhibit_series(c, "signs", (nf_text){ "Balance of trade", "贸易差额" }, "亿元", 2018, 7, signs),
         "zh");
    lone(c, "trend-none", exhibit_series(c, "none", (nf_text){ "Nothing yet", "尚无" }, "", 2020, 2, none), "en");
    for (size_t i = 0; i < 20000; i++)
        many[i] = 60 + 20 * sin((double)i / 24 * 6.28318) + 10 * sin((double)i / 900) + (double)(i * 7919 % 17);
    nf_series *s = exhibit_series(c, "many", (nf_text){ "Hourly traffic on the ring road", "环路每小时车流量" }, "vehicles",
                                  2014, 20000, many);
    s->t.start = (nf_period){ 8766 * 50, NF_HOUR, 1 };
    lone(c, "trend-hourly", s, "en");
    s = exhibit_series(c, "monthly", (nf_text){ "Monthly traffic", "月度客流量" }, "万人次", 2014, 40, many);
    s->t.start = (nf_period){ 12 * 2021 + 4, NF_MONTH, 1 };
    lone(c, "trend-monthly", s, "zh");
    static const double few[] = { 12, 14, 13 };
    static const nf_text hostile = {
        "<script>alert(1)</script> & \"quotes\" ]]> \x1b[31m \xff\xfe \u202egnp.exe and a title that goes on and on "
        "until nobody can remember how it began, which happens more often than one should think", NULL };
    lone(c, "trend-hostile", exhibit_series(c, "x", hostile, "<b>µg</b>", 2020, 3, few), "en");
}

static void air(nf_ctx *c)
{
    enum { DAYS = 1100 };
    static double y[DAYS];
    for (size_t i = 0; i < DAYS; i++)
        y[i] = i % 97 > 94 ? NAN : 70 + 50 * cos((double)i / 365.25 * 6.28318) + (double)(i * 7919 % 83) - 20;
    nf_series *s = exhibit_series(c, "pm25", (nf_text){ "PM2.5", "PM2.5" }, "µg/m³", 2023, DAYS, y);
    s->t.start = (nf_period){ 19400, NF_DAY, 1 };
    both(c, "calendar", "calendar", &(nf_exhibit){ .series = s, .n_series = 1, .now = CITY_NOW, .lang = "en" });
    both(c, "calendar-zh", "calendar", &(nf_exhibit){ .series = s, .n_series = 1, .now = CITY_NOW, .lang = "zh" });
}

static void judged(nf_ctx *c, const char *name, const nf_target *t, const nf_series *s, int64_t now, const char *lang)
{
    nf_finding f;
    exhibit_judge(c, &f, NULL, t, s, now);
    both(c, name, "trend", &(nf_exhibit){ .series = s, .n_series = s != NULL, .finding = &f, .n_finding = 1, .now = now,
                                          .lang = lang });
}

static void other_targets(nf_ctx *c)
{
    static const double gdp[] = { 6460.9, NAN, NAN, 5935.1, NAN, 7100.6, 7534.2, 8203, 8651.7 },
        share[] = { 51, 54, 49, 53, 57, 55, 52, 54 };
    enum { JANUARY_2024 = 1706659200 };
    nf_text name = { "Gross domestic product", "地区生产总值" };
    nf_target t = { .code = "gdp", .indicator = "gdp", .unit = "亿元", .title = name, .kind = NF_AT_LEAST, .sense = 1,
                    .value = 10000, .lo = NAN, .hi = NAN,
                    .base = exhibit_year(2020), .base_value = NAN, .tolerance = NAN, .weight = 1, .limit = NAN,
                    .due = exhibit_year(2025) };
    judged(c, "trend-sparse", &t, exhibit_series(c, "gdp", name, "亿元", 2017, 6, gdp), JANUARY_2024, "zh");
    judged(c, "trend-missed", &t, exhibit_series(c, "gdp", name, "亿元", 2017, 9, gdp), CITY_NOW, "en");
    judged(c, "trend-awaiting", &t, exhibit_series(c, "gdp", name, "亿元", 2017, 8, gdp), CITY_NOW, "en");
    judged(c, "trend-no-data", &t, NULL, CITY_NOW, "zh");
    t.due = (nf_period){ 0 };
    judged(c, "trend-open", &t, exhibit_series(c, "gdp", name, "亿元", 2017, 9, gdp), CITY_NOW, "en");
    t = (nf_target){ .code = "share", .indicator = "share", .unit = "%", .title = { "Share in the band", "区间内占比" },
                     .kind = NF_RANGE, .sense = 1, .value = NAN,
                     .lo = 50, .hi = 56, .base_value = NAN, .tolerance = NAN, .weight = 1, .limit = NAN,
                     .due = exhibit_year(2030) };
    judged(c, "trend-range", &t, exhibit_series(c, "share", t.title, "%", 2018, 8, share), CITY_NOW, "zh");
}

/* ---- a report in a folder of its own ---- */

typedef struct { const char *name; FILE *file; } shelf;

static int open_file(void *self, nf_ctx *c, const char *name, nf_out *out)
{
    shelf *s = self;
    char *path = nf_format(c, "%s/%s/%s", folder, s->name, name);
    if (!path || !(s->file = fopen(path, "wb"))) return nf_fail(c, NF_EIO, "cannot write %s", name);
    *out = (nf_out){ write_file, s->file };
    return NF_OK;
}

static int close_file(void *self, nf_ctx *c, int rc) { (void)c; fclose(((shelf *)self)->file); return rc; }

static void report(nf_ctx *c, const char *name, const nf_exhibit *e)
{
    shelf s = { name, NULL };
    nf_dossier d = { .all = *e, .public_plan = e->plan, .public_finding = e->finding, .n_public_finding = e->n_finding,
                     .public_rollup = e->rollup,
                     .n_public_rollup = e->n_rollup, .command = "plots_gallery" };
    mkdir(nf_format(c, "%s/%s", folder, name), 0777);
    for (const nf_report *const *r = nf_reports; *r; r++)
        if ((*r)->write(c, (nf_folder){ open_file, close_file, &s }, &d))
            printf("%s FAILED: %s\n", (*r)->row.name, nf_last(c)->what);
}

int main(int argc, char **argv)
{
    nf_hooks hooks = { .note = note };
    nf_ctx *c = nf_ctx_new(&hooks);
    if (argc > 1) folder = argv[1];
    mkdir(folder, 0777);
    nf_exhibit en = exhibit_city(c, "en"), zh = exhibit_city(c, "zh");
    both(c, "scoreboard", "scoreboard", &en);
    both(c, "scoreboard-zh", "scoreboard", &zh);
    trend(c, "trend", &en, 3);
    trend(c, "trend-zh", &zh, 3);
    trend(c, "trend-gdp", &en, 2);
    trend(c, "trend-on", &zh, 7);
    trend(c, "trend-met", &en, 9);
    other_targets(c);
    lone_series(c);
    air(c);
    render(c, "trend-dark", "trend", "png",
           &(nf_exhibit){ .series = en.series + 3, .n_series = 1, .finding = en.finding + 3, .n_finding = 1,
                          .now = en.now, .lang = "en", .plan = en.plan },
           (nf_page){ .theme = NF_DARK, .scale = 1.5 });
    render(c, "scoreboard-dark", "scoreboard", "png", &en, (nf_page){ .theme = NF_DARK, .scale = 1.5 });
    render(c, "scoreboard", "scoreboard", "pdf", &en, (nf_page){ 0 });
    both(c, "gantt", "gantt", &en);
    both(c, "small-multiples", "small-multiples", &en);
    render(c, "sparkline", "sparkline", "png", &en, (nf_page){ .scale = 4 });
    report(c, "report", &en);
    report(c, "report-zh", &zh);
    nf_ctx_free(c);
}
