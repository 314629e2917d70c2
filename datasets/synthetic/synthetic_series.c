/* synthetic_series.c - hours of air and traffic, months of industry and years of indicators, of a city that is not. */
#include "synthetic_table.h"
#include <math.h>

enum { HOURS_FROM = 2024, MONTHS_FROM = 2016 };

#define SERIES_HEADER "series,time,value,unit,published,place,place_zh,title,title_zh," \
                      "publisher,document,official,synthetic"

typedef struct { const char *key, *unit, *en, *zh; } named;

static void observe(synthetic_table *t, const named *s, const char *time, const char *value, int year)
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

static void write_hours(synthetic_table *t, const hourly *h)
{
    uint64_t s = synthetic_stream(t->seed, h->is.key);
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
            weather = .97 * weather + .24 * synthetic_normal(&s);
            double shape = hour_shape(h, hour, (int)((day + 3) % 7));
            double v = level * shape * (1 + h->weather * weather) * (1 + h->noise * synthetic_normal(&s));
            bool lost = synthetic_uniform(&s) < .008;
            snprintf(time, sizeof time, "%04d-%02d-%02dT%02d:00", (int)year, month, dom, hour);
            synthetic_rounded(value, fmax(v, h->level * .03), h->decimals);
            observe(t, &h->is, time, lost ? "" : value, (int)year);
        }
        nf_release(t->c, mark);
    }
}

static int write_air(synthetic_table *t, const char *folder)
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
    int rc = synthetic_open(t, folder, "synthetic_air_hourly", SERIES_HEADER);
    if (rc) return rc;
    for (size_t i = 0; i < sizeof air / sizeof *air; i++) write_hours(t, &air[i]);
    return synthetic_close(t);
}

static int write_traffic(synthetic_table *t, const char *folder)
{
    static const hourly traffic[] = {
        { { "synthetic.traffic.volume@ring-north", "辆", "Vehicles an hour, ring road north", "环城路北段小时流量" }, 3200, -.012,
          .06, 0, 6, 0, .03, .06, true },
        { { "synthetic.traffic.volume@ring-south", "辆", "Vehicles an hour, ring road south", "环城路南段小时流量" }, 2700, -.008,
          .06, 0, 6, 0, .03, .06, true } };
    int rc = synthetic_open(t, folder, "synthetic_traffic_hourly", SERIES_HEADER);
    if (rc) return rc;
    for (size_t i = 0; i < sizeof traffic / sizeof *traffic; i++) write_hours(t, &traffic[i]);
    return synthetic_close(t);
}

static int write_industry(synthetic_table *t, const char *folder)
{
    static const named is = { "synthetic.industry.output", "亿元", "Industrial output", "工业总产值" };
    uint64_t s = synthetic_stream(t->seed, is.key);
    double shock = 0;
    char value[32], time[32];
    int rc = synthetic_open(t, folder, "synthetic_industry_monthly", SERIES_HEADER);
    if (rc) return rc;
    for (int i = 0; i < 12 * (SYNTHETIC_LAST_YEAR + 1 - MONTHS_FROM); i++) {
        int year = MONTHS_FROM + i / 12, month = i % 12 + 1;
        size_t mark = nf_mark(t->c);
        shock = .8 * shock + .018 * synthetic_normal(&s);
        double slump = year == 2020 && month <= 3 ? .82 : 1, festival = month == 2 ? .84 : 1;
        double year_end = 1 + .04 * nf_cos((month - 12) * 0.5235987755982988);
        double v = 345 * nf_exp(.0046 * i + shock) * slump * festival * year_end;
        snprintf(time, sizeof time, "%04d-%02d", year, month);
        observe(t, &is, time, synthetic_rounded(value, v, 1), year);
        nf_release(t->c, mark);
    }
    return synthetic_close(t);
}

static double step(const synthetic_indicator *d, double v, double shock)
{
    switch (d->scale) {
    case NF_SCALE_LOG: return v * nf_exp(d->drift + d->noise * shock);
    case NF_SCALE_LOGIT: return fmin(99.6, fmax(.2, v + d->drift * fmin(1, (100 - v) / 30) + d->noise * shock));
    default: return fmax(0, v + d->drift + d->noise * shock);
    }
}

static void write_indicator_years(synthetic_table *t, const synthetic_indicator *d)
{
    char key[96], value[32], time[16];
    snprintf(key, sizeof key, "synthetic.%s", d->code);
    named is = { key, d->unit, d->en, d->zh };
    uint64_t s = synthetic_stream(t->seed, key);
    double v = d->level;
    for (int year = SYNTHETIC_FIRST_YEAR; year <= d->last; year++) {
        size_t mark = nf_mark(t->c);
        if (year > SYNTHETIC_FIRST_YEAR) v = step(d, v, synthetic_normal(&s));
        snprintf(time, sizeof time, "%d", year);
        observe(t, &is, time, synthetic_rounded(value, v, d->decimals), year);
        nf_release(t->c, mark);
    }
}

static int write_years(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "synthetic_indicators_yearly", SERIES_HEADER);
    if (rc) return rc;
    for (const synthetic_indicator *d = synthetic_indicators; d->code; d++)
        if (!d->expression) write_indicator_years(t, d);
    return synthetic_close(t);
}

int synthetic_series(synthetic_table *t, const char *folder)
{
    int rc = write_air(t, folder);
    if (!rc) rc = write_traffic(t, folder);
    if (!rc) rc = write_industry(t, folder);
    return rc ? rc : write_years(t, folder);
}
