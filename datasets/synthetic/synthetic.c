/* synthetic.c - a complete invented city, the same bytes for the same name and seed, "synthetic" wherever it is named.
 *
 * Two years of hourly air and traffic, ten years of monthly industry, yearly figures of sixty indicators, and a plan:
 * nine improvements, sixty targets, forty-five tasks with timetable and ledger. */
#include "synthetic.h"
#include "datasets.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { HOURS_FROM = 2024, MONTHS_FROM = 2016 };

/* ---- one table being written: the first error stays and is told at the end ---- */

typedef struct { nf_ctx *c; FILE *f; const char *path; const char *city; uint64_t seed; int failed; } table;

static int to_file(void *self, const char *text, size_t n)
{
    table *t = self;
    return fwrite(text, 1, n, t->f) == n ? NF_OK : NF_EIO;
}

static int open_table(table *t, const char *folder, const char *name, const char *header)
{
    t->path = nf_format(t->c, "%s/%s.csv", folder, name);
    if (!t->path) return NF_ENOMEM;
    t->f = fopen(t->path, "wb");
    if (!t->f) {
        nf_fail(t->c, NF_EIO, "cannot write: %s", strerror(errno));
        return nf_at(t->c, t->path, 0, 0);
    }
    t->failed = fprintf(t->f, "%s\n", header) < 0;
    return NF_OK;
}

static int close_table(table *t)
{
    if ((fclose(t->f) || t->failed)) {
        nf_fail(t->c, NF_EIO, "cannot write: %s", strerror(errno));
        return nf_at(t->c, t->path, 0, 0);
    }
    return NF_OK;
}

static void cell(table *t, const char *text)
{
    if (nf_escape((nf_out){ to_file, t }, NF_CSV, text)) t->failed = 1;
}

static void row(table *t, const char *const *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i && putc(',', t->f) == EOF) t->failed = 1;
        cell(t, text[i] ? text[i] : "");
    }
    if (putc('\n', t->f) == EOF) t->failed = 1;
}
#define ROW(t, ...) \
    row(t, (const char *const[]){ __VA_ARGS__ }, sizeof (const char *const[]){ __VA_ARGS__ } / sizeof(char *))

/* ---- chance: splitmix64 from the seed and the series' name, so that every series stands alone ---- */

static uint64_t next(uint64_t *s)
{
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double uniform(uint64_t *s) { return (double)(next(s) >> 11) * 0x1p-53; }

/* Irwin-Hall: twelve uniforms, close enough to normal for invented noise and made of sums alone. */
static double normal(uint64_t *s)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += uniform(s);
    return sum;
}

static uint64_t stream(uint64_t seed, const char *name)
{
    for (uint64_t h = seed ^ 0xcbf29ce484222325u;; h = (h ^ (unsigned char)*name++) * 0x100000001b3u)
        if (!*name) return h;
}

static const char *rounded(char out[32], double v, int decimals)
{
    static const double ten[] = { 1, 10, 100, 1000 };
    nf_double_text(out, rint(v * ten[decimals]) / ten[decimals]);
    return out;
}

/* ---- series ---- */

#define SERIES_HEADER "series,time,value,unit,published,place,place_zh,title,title_zh," \
                      "publisher,document,official,synthetic"

typedef struct { const char *key, *unit, *en, *zh; } named;

static void observe(table *t, const named *s, const char *time, const char *value, int year)
{
    char published[24];
    snprintf(published, sizeof published, "%d-01-31", year + 1);
    ROW(t, s->key, time, value, s->unit, published, nf_format(t->c, "%s (synthetic)", t->city),
        nf_format(t->c, "%s（合成）", t->city), s->en, s->zh, "ninefold sample", "Synthetic data, no measurement", "no",
        "yes");
}

/* A rate of a seasonal day: what the hour, the month and an AR(1) weather do to a level. */
typedef struct {
    named is; double level, fall, season, day; int peak_month, decimals; double weather, noise; bool rush;
} hourly;

static double hour_shape(const hourly *h, int hour, int weekday)
{
    static const double rush[24] = { .25, .18, .15, .14, .18, .35, .8, 1.5, 1.75, 1.35, 1.15, 1.15,
                                     1.1, 1.1, 1.15, 1.25, 1.5, 1.8, 1.65, 1.25, .95, .8, .6, .4 };
    if (!h->rush) return 1 + h->day * nf_cos((hour - 8) * 0.2617993877991494);
    return rush[hour] * (weekday >= 5 ? .78 : 1);
}

static void write_hours(table *t, const hourly *h)
{
    uint64_t s = stream(t->seed, h->is.key);
    double weather = 0;
    char value[32], time[32];
    int64_t first = nf_day_of_civil(HOURS_FROM, 1, 1), end = nf_day_of_civil(SYNTHETIC_LAST_YEAR + 1, 1, 1);
    for (int64_t day = first; day < end; day++) {
        int64_t year;
        int month, dom;
        nf_civil_of_day(day, &year, &month, &dom);
        size_t mark = nf_mark(t->c);
        double season = 1 + h->season * nf_cos((month - h->peak_month + (dom - 15) / 30.0) * 0.5235987755982988);
        double level = h->level * (1 + h->fall * (double)(day - first) / 365.0) * season;
        for (int hour = 0; hour < 24; hour++) {
            weather = .97 * weather + .24 * normal(&s);
            double v = level * hour_shape(h, hour,
                                          (int)((day + 3) % 7)) * (1 + h->weather * weather) * (1
                                                  + h->noise * normal(&s));
            bool lost = uniform(&s) < .008;
            snprintf(time, sizeof time, "%04d-%02d-%02dT%02d:00", (int)year, month, dom, hour);
            observe(t, &h->is, time, lost ? "" : rounded(value, fmax(v, h->level * .03), h->decimals), (int)year);
        }
        nf_release(t->c, mark);
    }
}

static int write_air(table *t, const char *folder)
{
    static const hourly air[] = {
        { { "synthetic.air.pm25@east", "µg/m3", "PM2.5, east station", "PM2.5（东站）" }, 46, -.06, .5, .12, 1, 1, .42, .08,
          false },
        { { "synthetic.air.pm25@west", "µg/m3", "PM2.5, west station", "PM2.5（西站）" }, 39, -.05, .5, .10, 1, 1, .42, .08,
          false },
        { { "synthetic.air.no2@east", "µg/m3", "NO2, east station", "二氧化氮（东站）" }, 37, -.03, .35, .22, 1, 1, .30, .08,
          false },
        { { "synthetic.air.o3@east", "µg/m3", "O3, east station", "臭氧（东站）" }, 78, .01, .5, -.45, 7, 1, .25, .08,
          false } };
    int rc = open_table(t, folder, "synthetic_air_hourly", SERIES_HEADER);
    if (rc) return rc;
    for (size_t i = 0; i < sizeof air / sizeof *air; i++) write_hours(t, &air[i]);
    return close_table(t);
}

static int write_traffic(table *t, const char *folder)
{
    static const hourly traffic[] = {
        { { "synthetic.traffic.volume@ring-north", "辆", "Vehicles an hour, ring road north", "环城路北段小时流量" }, 3200, -.012,
          .06, 0, 6, 0, .03, .06, true },
        { { "synthetic.traffic.volume@ring-south", "辆", "Vehicles an hour, ring road south", "环城路南段小时流量" }, 2700, -.008,
          .06, 0, 6, 0, .03, .06, true } };
    int rc = open_table(t, folder, "synthetic_traffic_hourly", SERIES_HEADER);
    if (rc) return rc;
    for (size_t i = 0; i < sizeof traffic / sizeof *traffic; i++) write_hours(t, &traffic[i]);
    return close_table(t);
}

static int write_industry(table *t, const char *folder)
{
    static const named is = { "synthetic.industry.output", "亿元", "Industrial output", "工业总产值" };
    uint64_t s = stream(t->seed, is.key);
    double shock = 0;
    char value[32], time[32];
    int rc = open_table(t, folder, "synthetic_industry_monthly", SERIES_HEADER);
    if (rc) return rc;
    for (int i = 0; i < 12 * (SYNTHETIC_LAST_YEAR + 1 - MONTHS_FROM); i++) {
        int year = MONTHS_FROM + i / 12, month = i % 12 + 1;
        size_t mark = nf_mark(t->c);
        shock = .8 * shock + .018 * normal(&s);
        double slump = year == 2020 && month <= 3 ? .82 : 1, festival = month == 2 ? .84 : 1;
        double v = 345 * nf_exp(.0046 * i + shock) * slump * festival * (1
                + .04 * nf_cos((month - 12) * 0.5235987755982988));
        snprintf(time, sizeof time, "%04d-%02d", year, month);
        observe(t, &is, time, rounded(value, v, 1), year);
        nf_release(t->c, mark);
    }
    return close_table(t);
}

static double step(const synthetic_indicator *d, double v, double shock)
{
    switch (d->scale) {
    case NF_SCALE_LOG: return v * nf_exp(d->drift + d->noise * shock);
    case NF_SCALE_LOGIT: return fmin(99.6, fmax(.2, v + d->drift * fmin(1, (100 - v) / 30) + d->noise * shock));
    default: return fmax(0, v + d->drift + d->noise * shock);
    }
}

static void write_indicator_years(table *t, const synthetic_indicator *d)
{
    char key[96], value[32], time[16];
    snprintf(key, sizeof key, "synthetic.%s", d->code);
    named is = { key, d->unit, d->en, d->zh };
    uint64_t s = stream(t->seed, key);
    double v = d->level;
    for (int year = SYNTHETIC_FIRST_YEAR; year <= d->last; year++) {
        size_t mark = nf_mark(t->c);
        if (year > SYNTHETIC_FIRST_YEAR) v = step(d, v, normal(&s));
        snprintf(time, sizeof time, "%d", year);
        observe(t, &is, time, rounded(value, v, d->decimals), year);
        nf_release(t->c, mark);
    }
}

static int write_years(table *t, const char *folder)
{
    int rc = open_table(t, folder, "synthetic_indicators_yearly", SERIES_HEADER);
    if (rc) return rc;
    for (const synthetic_indicator *d = synthetic_indicators; d->code; d++)
        if (!d->expression) write_indicator_years(t, d);
    return close_table(t);
}

/* ---- the plan ---- */

static int write_programme(table *t, const char *folder)
{
    int rc = open_table(t, folder, "programme",
                        "code,title,title_zh,place,place_zh,start,finish,source,note,note_zh,synthetic");
    if (rc) return rc;
    ROW(t, "synthetic-city", nf_format(t->c, "%s: nine improvements (synthetic)", t->city),
        nf_format(t->c, "%s：九个提升（合成数据）", t->city), nf_format(t->c, "%s (synthetic)", t->city),
        nf_format(t->c, "%s（合成）", t->city), "2020", "2027", "ninefold sample",
        "Synthetic data: no such city exists and nothing here was measured", "合成数据：该城市并不存在，所有数字均非实测", "yes");
    return close_table(t);
}

static int write_groups(table *t, const char *folder, bool projects)
{
    int rc = open_table(t, folder, projects ? "projects" : "improvements",
                        projects ? "code,title,title_zh,ord,improvement" : "code,title,title_zh,ord,project");
    if (rc) return rc;
    for (int i = 0; i < 9; i++) {
        const synthetic_project *p = &synthetic_projects[i];
        char ord[8];
        snprintf(ord, sizeof ord, "%d", i + 1);
        if (projects) ROW(t, p->code, p->title.en, p->title.zh, ord, p->improvement);
        else ROW(t, p->improvement, p->improvement_title.en, p->improvement_title.zh, ord, p->code);
    }
    return close_table(t);
}

static const synthetic_project *project_of(const char *improvement)
{
    for (int i = 0; i < 9; i++)
        if (!strcmp(synthetic_projects[i].improvement, improvement)) return &synthetic_projects[i];
    return &synthetic_projects[0];
}

static int write_indicators(table *t, const char *folder)
{
    int rc = open_table(t, folder, "indicators",
                        "code,title,title_zh,improvement,unit,scale,expression,owner,owner_zh,quantity,place");
    if (rc) return rc;
    for (const synthetic_indicator *d = synthetic_indicators; d->code; d++) {
        size_t mark = nf_mark(t->c);
        const nf_text owner = project_of(d->improvement)->owner;
        ROW(t, d->code, d->en, d->zh, d->improvement, d->unit, nf_scale_name(d->scale),
            d->expression ? d->expression : nf_format(t->c, "synthetic.%s", d->code), owner.en, owner.zh, "",
            nf_format(t->c, "%s (synthetic)", t->city));
        nf_release(t->c, mark);
    }
    return close_table(t);
}

static void write_target(table *t, const synthetic_indicator *d)
{
    char goal[32] = "", hi[32] = "", due[8] = "", base[8];
    bool range = d->kind == NF_RANGE;
    if (!isnan(d->goal)) nf_double_text(goal, d->goal);
    if (range) nf_double_text(hi, d->goal + 10);
    if (d->due) snprintf(due, sizeof due, "%d", d->due);
    snprintf(base, sizeof base, "%d", d->base);
    ROW(t, d->code, d->code, d->improvement, nf_kind_name(d->kind), d->sense > 0 ? "up" : "down", base,
        range ? "" : goal,
        range ? goal : "", hi, due, d->kind == NF_CHANGE_PCT ? "%" : d->unit, d->binding ? "yes" : "no", "2021-02-28",
        "ninefold sample", "Synthetic plan", "no");
}

static int write_targets(table *t, const char *folder)
{
    int rc = open_table(t, folder, "targets",
                        "target,indicator,improvement,kind,direction,baseline_period,value,lo,hi,period,"
                        "unit,binding,published,publisher,document,official");
    if (rc) return rc;
    for (const synthetic_indicator *d = synthetic_indicators; d->code; d++) write_target(t, d);
    return close_table(t);
}

/* When a task starts and is due, in months from 2021-01, and how its ledger goes: drawn once, used by three tables. */
typedef struct { char code[8]; int start, due, half; double pace; } schedule;

static schedule schedule_of(const table *t, int project, int task)
{
    schedule k;
    snprintf(k.code, sizeof k.code, "T%d.%d", project + 1, task + 1);
    uint64_t s = stream(t->seed, k.code);
    k.start = (int)(next(&s) % 36);
    k.due = k.start + 18 + (int)(next(&s) % 42);
    k.half = (k.start + k.due) / 2;
    k.pace = .75 + .45 * uniform(&s);
    return k;
}

static const char *month_text(char out[16], int month)
{
    snprintf(out, 16, "%04d-%02d", 2021 + month / 12, month % 12 + 1);
    return out;
}

static int write_tasks(table *t, const char *folder)
{
    int rc = open_table(t, folder, "tasks",
                        "code,title,title_zh,project,improvement,owner,owner_zh,support,start,due,after,counts_for,signed_by");
    if (rc) return rc;
    for (int p = 0; p < 9; p++)
        for (int i = 0; i < 5; i++) {
            const synthetic_project *j = &synthetic_projects[p];
            schedule k = schedule_of(t, p, i), before = schedule_of(t, p, i ? i - 1 : 0);
            char start[16], due[16];
            bool follows = i && before.due <= k.start;
            ROW(t, k.code, j->task[i].en, j->task[i].zh, j->code, j->improvement, j->owner.en, j->owner.zh,
                synthetic_projects[(p + 3) % 9].owner.en, month_text(start, k.start), month_text(due, k.due),
                follows ? before.code : "", "", "Deputy mayor (synthetic)");
        }
    return close_table(t);
}

static const char *day_text(char out[24], int month)
{
    snprintf(out, 24, "%04d-%02d-20", 2021 + month / 12, month % 12 + 1);
    return out;
}

enum { LEDGER_END = 65 };    /* the ledger ends in 2026-06 */

static int write_milestones(table *t, const char *folder)
{
    int rc = open_table(t, folder, "milestones", "task,title,title_zh,due,done");
    if (rc) return rc;
    for (int p = 0; p < 9; p++)
        for (int i = 0; i < 5; i++) {
            schedule k = schedule_of(t, p, i);
            char due[16], done[16];
            int reached = k.start + (int)((k.half - k.start) / k.pace);
            ROW(t, k.code, "Half-way review", "中期评估", month_text(due, k.half),
                reached <= LEDGER_END ? month_text(done, reached) : "");
        }
    return close_table(t);
}

static int write_ledger(table *t, const char *folder)
{
    int rc = open_table(t, folder, "ledger", "task,at,author,field,value,note,evidence");
    if (rc) return rc;
    for (int p = 0; p < 9; p++)
        for (int i = 0; i < 5; i++) {
            schedule k = schedule_of(t, p, i);
            for (int month = k.start; month <= LEDGER_END; month += 6) {
                char at[24], value[32];
                double done = fmin(100, fmax(0, 100.0 * (month - k.start) / (k.due - k.start) * k.pace));
                ROW(t, k.code, day_text(at, month), synthetic_projects[p].owner.en,
                    month == k.start ? "started" : "progress", month == k.start ? "yes" : rounded(value, done, 0), "",
                    "");
                if (done >= 100) break;
            }
        }
    return close_table(t);
}

static int write_plan(table *t, const char *folder)
{
    int rc = write_programme(t, folder);
    if (!rc) rc = write_groups(t, folder, false);
    if (!rc) rc = write_groups(t, folder, true);
    if (!rc) rc = write_indicators(t, folder);
    if (!rc) rc = write_targets(t, folder);
    if (!rc) rc = write_tasks(t, folder);
    if (!rc) rc = write_milestones(t, folder);
    if (!rc) rc = write_ledger(t, folder);
    return rc;
}

static int make_folder(nf_ctx *c, const char *path)
{
    if (!mkdir(path, 0777) || errno == EEXIST) return NF_OK;
    nf_fail(c, NF_EIO, "cannot make the folder: %s", strerror(errno));
    return nf_at(c, path, 0, 0);
}

int nf_synthetic_city(nf_ctx *c, const char *city, uint64_t seed, const char *folder)
{
    table t = { .c = c, .city = city && *city ? city : "Ninefold City", .seed = seed };
    const char *data = nf_format(c, "%s/data", folder), *plan = nf_format(c, "%s/plan", folder);
    if (!data || !plan) return NF_ENOMEM;
    int rc = make_folder(c, folder);
    if (!rc) rc = make_folder(c, data);
    if (!rc) rc = make_folder(c, plan);
    if (!rc) rc = write_air(&t, data);
    if (!rc) rc = write_traffic(&t, data);
    if (!rc) rc = write_industry(&t, data);
    if (!rc) rc = write_years(&t, data);
    if (!rc) rc = write_plan(&t, plan);
    return rc;
}
