/* lights_test.c - the lights of key tasks as the ledger grows. */
#include "engine.h"
#include "test.h"

static int64_t day(int y, int m, int d) { return (nf_day_of_civil(y, m, d) + 1) * 86400; }
static nf_period month(int y, int m) { return (nf_period){ 12 * y + m - 1, NF_MONTH, 1 }; }

static const nf_scheme *lights(void) { return nf_row_find(NF_TABLE(nf_schemes), "lights", NULL); }

static nf_finding judged(nf_ctx *c, const nf_plan *p, const char *code, int64_t now)
{
    nf_finding f;
    nf_case *k = nf_alloc(c, sizeof *k);
    const nf_task *t = p->task;
    while (strcmp(t->code, code)) t++;
    *k = (nf_case){ .plan = p, .task = t, .now = now };
    ok(nf_judge(c, &f, lights(), k, NULL) == NF_OK);
    ok(f.grade && f.reason.en && f.reason.zh);
    return f;
}

static const nf_value *value(const nf_finding *f, const char *name)
{
    return &f->r.v[nf_field_index(lights()->out, name)];
}

#define WORD(p, code, now, expected) same(judged(c, p, code, now).grade->word, expected)

TEST(the_light_follows_the_ledger)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_entry entry[] = {
        { .task = "A", .at = day(2023, 6, 20), .field = "started", .value = "yes" },
        { .task = "A", .at = day(2024, 1, 1), .field = "progress", .value = "25" },
        { .task = "A", .at = day(2024, 7, 1), .field = "progress", .value = "30%" },
        { .task = "A", .at = day(2025, 1, 1), .field = "progress", .value = "about half" },
        { .task = "A", .at = day(2026, 2, 1), .field = "done", .value = "yes" },
    };
    nf_task task[] = { { .code = "A", .start = month(2023, 1), .due = month(2024, 12) },
                       { .code = "B", .start = month(2024, 3), .due = month(2025, 6), .after = "A" }, { .code = "C" } };
    nf_plan p = { .task = task, .n_task = 3, .entry = entry, .n_entry = 5 };
    WORD(&p, "A", day(2022, 12, 1), "planned");
    WORD(&p, "A", day(2023, 1, 31), "late-start");
    WORD(&p, "A", day(2023, 4, 30), "late-start");
    WORD(&p, "A", day(2023, 5, 1), "not-started");
    WORD(&p, "A", day(2023, 6, 30), "on-schedule");
    WORD(&p, "A", day(2024, 1, 2), "behind");               /* 50 % of the time, 25 % of the work */
    WORD(&p, "A", day(2024, 7, 2), "far-behind");
    WORD(&p, "A", day(2024, 12, 31), "overdue");
    WORD(&p, "A", day(2026, 2, 1), "done");
    WORD(&p, "B", day(2024, 2, 1), "planned");
    nf_finding f = judged(c, &p, "B", day(2024, 7, 1));
    same(f.grade->word, "not-started");
    same(value(&f, "waits_for")->s, "A");
    ok(strstr(f.reason.en, "waits for A") && strstr(f.reason.zh, "等待A完成"));
    ok(value(&f, "blocked")->i == 1);
    ok(value(&f, "days_left")->i == nf_day_of_civil(2025, 7, 1) - nf_day_of_civil(2024, 7, 2));
    WORD(&p, "C", day(2024, 7, 1), "no-timetable");
    nf_ctx_free(c);
}

/* Yinchuan's light: 10 to 30 points behind, inclusive, yellow; more red; less green. A century of 100 days makes
 * the percent of time gone exact. */
TEST(ten_and_thirty_points_behind_are_yellow)
{
    nf_ctx *c = nf_ctx_new(NULL);
    int64_t first = nf_day_of_civil(2024, 1, 1);
    nf_task task = { .code = "A", .start = { first, NF_DAY, 1 }, .due = { first + 99, NF_DAY, 1 } };
    struct { const char *progress, *word; } row[] = { { "50", "on-schedule" }, { "60", "on-schedule" }, { "40.5",
        "on-schedule" },
        { "40", "behind" }, { "20", "behind" }, { "19.9", "far-behind" }, { "100", "done" } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        nf_entry e = { .task = "A", .at = (first + 50) * 86400, .field = "progress", .value = row[i].progress };
        nf_plan p = { .task = &task, .n_task = 1, .entry = &e, .n_entry = 1 };
        WORD(&p, "A", (first + 50) * 86400, row[i].word);
    }
    nf_entry e = { .task = "A", .at = (first + 90) * 86400, .field = "progress", .value = "95" };
    nf_plan p = { .task = &task, .n_task = 1, .entry = &e, .n_entry = 1 };
    WORD(&p, "A", (first + 90) * 86400, "due-soon");
    nf_milestone m = { .task = "A", .title = { "halfway", NULL }, .due = { first + 49, NF_DAY, 1 } };
    p.milestone = &m;
    p.n_milestone = 1;
    WORD(&p, "A", (first + 90) * 86400, "behind");
    m.done = m.due;
    WORD(&p, "A", (first + 90) * 86400, "due-soon");
    nf_ctx_free(c);
}
