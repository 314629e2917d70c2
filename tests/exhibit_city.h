/* exhibit_city.h - an invented plan of nine improvements with targets, tasks and verdicts. */
#ifndef EXHIBIT_CITY_H
#define EXHIBIT_CITY_H
#include "exhibits.h"

static const nf_group city_improvements[] = {
    { .code = "I1", .title = { "Political standing", "政治站位" }, .project = "P1", .ord = 1 },
    { .code = "I2", .title = { "City image and quality", "城市形象品位" }, .project = "P2", .ord = 2 },
    { .code = "I3", .title = { "Overall economic strength", "综合经济实力" }, .project = "P3", .ord = 3 },
    { .code = "I4", .title = { "Quality of the ecological environment", "生态环境质量" }, .project = "P4", .ord = 4 },
    { .code = "I5", .title = { "Openness, renown and influence", "对外开放知名度影响力" }, .project = "P5", .ord = 5 },
    { .code = "I6", .title = { "Status as a transport hub", "交通枢纽地位" }, .project = "P6", .ord = 6 },
    { .code = "I7", .title = { "Level of public services", "公共服务水平" }, .project = "P7", .ord = 7 },
    { .code = "I8", .title = { "High-quality development", "高质量发展水平" }, .project = "P8", .ord = 8 },
    { .code = "I9", .title = { "Efficiency of production factors", "要素保障效能" }, .project = "P9", .ord = 9 },
};

typedef struct { const char *code, *improvement, *unit; nf_text title; int sense; double baseline, goal, projected, chance; const char *word; } city_row;
static const city_row city_rows[] = {
    { "green", "I2", "m²", { "Green space per person", "人均绿地面积" }, 1, 12.1, 16, 16.4, 0.86, "on-track" },
    { "growth", "I3", "%", { "Industrial output growth", "工业增加值增速" }, 1, 4.2, 6.5, 6.7, 0.83, "on-track" },
    { "gdp", "I3", "100 million yuan", { "Gross domestic product", "地区生产总值" }, 1, 5935.1, 10000, 9400, 0.31, "at-risk" },
    { "pm25", "I4", "µg/m³", { "PM2.5", "PM2.5" }, -1, 66, 35, 42, 0.008, "off-track" },
    { "good-days", "I4", "%", { "Share of days with good air", "优良天数比例" }, 1, 55, 75, 74, 0.4, "at-risk" },
    { "trains", "I5", "trains", { "China–Europe trains a year", "中欧班列年开行列数" }, 1, 210, 1000, 940, 0.42, "at-risk" },
    { "trip", "I6", "min", { "Mean trip time to the airport", "至机场平均用时" }, -1, 88, 60, 63, 0.37, "at-risk" },
    { "beds", "I7", "per 1,000", { "Hospital beds", "每千人床位数" }, 1, 5.6, 7.5, 7.6, 0.88, "on-track" },
    { "research", "I8", "%", { "Research spending, share of GDP", "研发经费投入强度" }, 1, 2.1, 3.2, 2.8, 0.05, "off-track" },
    { "approval", "I9", "days", { "Time to approve a project", "项目审批用时" }, -1, 18, 5, 4.4, 0.97, "met-so-far" },
};
enum { CITY_ROWS = sizeof city_rows / sizeof *city_rows, CITY_YEARS = 12 };

/* From the baseline most of the way to the projection, with a wobble that depends on the row alone. */
static inline double *city_values(nf_ctx *c, const city_row *r, size_t number)
{
    double *y = nf_alloc(c, CITY_YEARS * sizeof *y);
    for (size_t i = 0; i < CITY_YEARS; i++) {
        double wobble = (double)((i * 7 + number * 5) % 11) / 11 - 0.5, share = (double)i / 16;
        y[i] = r->baseline + (r->projected - r->baseline) * (share + (i ? 0.07 * wobble : 0));
        double step = fabs(r->goal) >= 100 ? 1 : 10;
        y[i] = floor(y[i] * step + 0.5) / step;
    }
    if (!strcmp(r->word, "met-so-far")) y[CITY_YEARS - 1] = r->goal - 0.4;
    return y;
}

static inline nf_rollup city_rollup(const nf_group *g, const nf_finding *f, size_t n)
{
    nf_rollup r = { .improvement = g, .chance_binding = NAN, .level = NF_UNKNOWN, .stable = 1 };
    for (size_t i = 0; i < n; i++) {
        if (strcmp(f[i].of->target->improvement, g->code)) continue;
        nf_level l = f[i].grade->level;
        r.count[l]++;
        r.n++;
        if (!r.worst || l < r.worst->grade->level) r.worst = &f[i];
        if (r.level == NF_UNKNOWN || l < r.level) r.level = l;
    }
    return r;
}

static inline nf_exhibit exhibit_city(nf_ctx *c, const char *lang)
{
    nf_plan *plan = nf_alloc(c, sizeof *plan);
    nf_target *target = nf_alloc(c, CITY_ROWS * sizeof *target);
    nf_finding *finding = nf_alloc(c, CITY_ROWS * sizeof *finding);
    nf_series *series = nf_alloc(c, CITY_ROWS * sizeof *series);
    nf_rollup *rollup = nf_alloc(c, 9 * sizeof *rollup);
    *plan = (nf_plan){ .code = "example", .place = "example", .place_title = { "Example City", "示例市" }, .title = { "Nine improvements", "九大提升" },
                       .source = "Invented plan of Example City", .synthetic = true, .improvement = city_improvements, .n_improvement = 9,
                       .target = target, .n_target = CITY_ROWS };
    for (size_t i = 0; i < CITY_ROWS; i++) {
        const city_row *r = &city_rows[i];
        target[i] = (nf_target){ .code = r->code, .indicator = r->code, .improvement = r->improvement, .series = r->code, .unit = r->unit, .title = r->title,
                                 .kind = NF_REACH, .sense = r->sense, .due = exhibit_year(2030), .base = exhibit_year(2014), .base_value = r->baseline,
                                 .value = r->goal, .lo = NAN, .hi = NAN, .tolerance = NAN, .weight = 1, .limit = NAN, .binding = i % 3 == 0,
                                 .publisher = "Bureau of Examples" };
        series[i] = *exhibit_series(c, r->code, r->title, r->unit, 2014, CITY_YEARS, city_values(c, r, i));
        finding[i] = *exhibit_finding(c, plan, &target[i], &series[i], r->word, series[i].y[0], r->goal, r->projected, r->chance);
    }
    for (size_t i = 0; i < 9; i++) rollup[i] = city_rollup(&city_improvements[i], finding, CITY_ROWS);
    return (nf_exhibit){ .plan = plan, .series = series, .n_series = CITY_ROWS, .finding = finding, .n_finding = CITY_ROWS,
                         .rollup = rollup, .n_rollup = 9, .now = 1795000000, .lang = lang };
}
#endif
