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

typedef struct {
    const char *code, *improvement, *unit; nf_text title; int sense; double baseline, goal, reach;
} city_row;
static const city_row city_rows[] = {
    { "green", "I2", "m2", { "Green space per person", "人均绿地面积" }, 1, 12.1, 16, 19.5 },
    { "growth", "I3", "%", { "Industrial output growth", "工业增加值增速" }, 1, 4.2, 6.5, 9.5 },
    { "gdp", "I3", "亿元", { "Gross domestic product", "地区生产总值" }, 1, 5935.1, 10000, 9400 },
    { "pm25", "I4", "µg/m³", { "PM2.5", "PM2.5" }, -1, 66, 35, 43 },
    { "good-days", "I4", "%", { "Share of days with good air", "优良天数比例" }, 1, 55, 75, 74 },
    { "trains", "I5", "列", { "China–Europe freight trains", "中欧班列开行列数" }, 1, 210, 1000, 990 },
    { "trip", "I6", "min", { "Mean trip time to the airport", "至机场平均用时" }, -1, 88, 60, 63 },
    { "beds", "I7", "张", { "Hospital beds per 1,000 people", "每千人床位数" }, 1, 5.6, 7.5, 8.9 },
    { "research", "I8", "%", { "Research spending, share of GDP", "研发经费投入强度" }, 1, 2.1, 3.2, 2.4 },
    { "approval", "I9", "days", { "Time to approve a project", "项目审批用时" }, -1, 18, 5, -3 },
};
static const nf_group city_projects[] = { { .code = "P4", .title = { "Green development", "绿色发展工程" }, .ord = 1 } };
static const nf_task city_tasks[] = {
    { .code = "T1", .title = { "Plant a forest belt", "建设林带" }, .project = "P4", .improvement = "I4",
      .owner = { "Bureau of Trees", "林业局" },
      .start = { 2024, NF_YEAR, 1 }, .due = { 2027, NF_YEAR, 1 } },
    { .code = "T2", .title = { "Close the boilers", "关停锅炉" }, .project = "P4", .improvement = "I4",
      .owner = { "Bureau of Heat", "供热局" },
      .start = { 2023, NF_YEAR, 1 }, .due = { 2025, NF_YEAR, 1 } },
    { .code = "T3", .title = { "Something without a date", "未定日期" }, .project = "P4", .improvement = "I4" },
};
enum { CITY_ROWS = sizeof city_rows / sizeof *city_rows, CITY_YEARS = 12, CITY_NOW = 1780000000 };

/* Towards `reach`, with a wobble that depends on the row alone. */
static inline double *city_values(nf_ctx *c, const city_row *r, size_t number)
{
    double *y = nf_alloc(c, CITY_YEARS * sizeof *y), step = fabs(r->goal) >= 100 ? 1 : 10;
    for (size_t i = 0; i < CITY_YEARS; i++) {
        double wobble = (double)((i * 7 + number * 5) % 11) / 11 - 0.5;
        y[i] = r->baseline + (r->reach - r->baseline) * ((double)i / 16 + (i ? 0.12 * wobble : 0));
        y[i] = floor(y[i] * step + 0.5) / step;
    }
    return y;
}

static inline nf_exhibit exhibit_city(nf_ctx *c, const char *lang)
{
    nf_plan *plan = nf_alloc(c, sizeof *plan);
    nf_target *target = nf_alloc(c, CITY_ROWS * sizeof *target);
    nf_finding *finding = nf_alloc(c, CITY_ROWS * sizeof *finding);
    nf_series *series = nf_alloc(c, CITY_ROWS * sizeof *series);
    nf_rollup *rollup = nf_alloc(c, 9 * sizeof *rollup);
    *plan = (nf_plan){ .code = "example", .place = "example", .place_title = { "Example City", "示例市" },
                       .title = { "Nine improvements", "九大提升" },
                       .source = "Invented plan of Example City", .synthetic = true, .improvement = city_improvements,
                       .n_improvement = 9, .project = city_projects, .n_project = 1, .task = city_tasks, .n_task = 3,
                       .target = target, .n_target = CITY_ROWS };
    for (size_t i = 0; i < CITY_ROWS; i++) {
        const city_row *r = &city_rows[i];
        target[i] = (nf_target){ .code = r->code, .indicator = r->code, .improvement = r->improvement,
                                 .series = r->code, .unit = r->unit, .title = r->title,
                                 .kind = NF_REACH, .sense = r->sense, .due = exhibit_year(2030),
                                 .base = exhibit_year(2014), .base_value = r->baseline,
                                 .value = r->goal, .lo = NAN, .hi = NAN, .tolerance = NAN, .weight = 1, .limit = NAN,
                                 .binding = i % 3 == 0,
                                 .publisher = "Bureau of Examples" };
        series[i] = *exhibit_series(c, r->code, r->title, r->unit, 2014, CITY_YEARS, city_values(c, r, i));
        exhibit_judge(c, &finding[i], plan, &target[i], &series[i], CITY_NOW);
    }
    for (size_t i = 0, from = 0; i < 9; i++) {   /* rows are in the order of the improvements */
        size_t n = 0;
        while (from + n < CITY_ROWS && !strcmp(city_rows[from + n].improvement, city_improvements[i].code)) n++;
        if (nf_rollup_of(c, &rollup[i], &city_improvements[i], finding + from, n)) abort();
        from += n;
    }
    return (nf_exhibit){ .plan = plan, .series = series, .n_series = CITY_ROWS, .finding = finding,
                         .n_finding = CITY_ROWS,
                         .rollup = rollup, .n_rollup = 9, .now = CITY_NOW, .lang = lang };
}
#endif
