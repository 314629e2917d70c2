/* plan_check_test.c - a sound plan is silent; every fault is named once, with the place and the nearest code. */
#include "datasets.h"
#include "test.h"

typedef struct { char text[64][400]; size_t n; } notes;

static void take(void *host, const nf_diag *d)
{
    notes *t = host;
    snprintf(t->text[t->n++ % 64], sizeof *t->text, "%s: %s%s%s%s", d->file, d->what,
             d->hint ? " (" : "", d->hint ? d->hint : "", d->hint ? ")" : "");
}

static nf_period period(nf_ctx *c, const char *text)
{
    nf_period p = { 0 };
    ok(!*text || !nf_period_parse(c, &p, text, NF_ANY, NF_ORDER_UNKNOWN));
    return p;
}

/* A small sound plan whose rows a test may spoil. */
typedef struct {
    nf_ctx *c; notes said; nf_plan plan;
    nf_group improvement[2], project[2]; nf_indicator indicator[2]; nf_target target[2]; nf_task task[4];
    nf_milestone milestone[1]; nf_waypoint path[2];
} fixture;

static void set_up(fixture *f)
{
    memset(f, 0, sizeof *f);
    nf_ctx *c = f->c = nf_ctx_new(&(nf_hooks){ .note = take, .host = &f->said });
    f->project[0] = (nf_group){ .code = "P1" };
    f->project[1] = (nf_group){ .code = "P2" };
    f->improvement[0] = (nf_group){ .code = "I1", .project = "P1" };
    f->improvement[1] = (nf_group){ .code = "I2", .project = "P2" };
    f->indicator[0] = (nf_indicator){ .code = "gdp", .improvement = "I1", .unit = "亿元" };
    f->indicator[1] = (nf_indicator){ .code = "pm25", .improvement = "I2", .unit = "µg/m3" };
    f->path[0] = (nf_waypoint){ period(c, "2022"), 45 };
    f->path[1] = (nf_waypoint){ period(c, "2023"), 42 };
    f->target[0] = (nf_target){
        .code = "gdp_2025", .indicator = "gdp", .unit = "万元", .kind = NF_AT_LEAST, .sense = 1, .value = 1e8,
        .base = period(c, "2020"), .due = period(c, "2025"), .base_value = NAN, .lo = NAN, .hi = NAN,
        .scale = NF_SCALE_LOG,
    };
    f->target[1] = (nf_target){
        .code = "pm25_2025", .indicator = "pm25", .improvement = "all", .unit = "ug/m³", .kind = NF_AT_MOST,
        .sense = -1, .value = 40, .due = period(c, "2025"), .due_from = period(c, "2024"), .lo = NAN, .hi = NAN,
            .path = f->path,
        .n_path = 2,
    };
    f->task[0] = (nf_task){ .code = "T1", .project = "P1", .start = period(c, "2021-03"), .due = period(c, "2021-06") };
    f->task[1] = (nf_task){ .code = "T2", .project = "P1", .after = "T1", .counts_for = "gdp; pm25_2025" };
    f->task[2] = (nf_task){ .code = "T3", .improvement = "I2", .after = "T1, T2" };
    f->task[3] = (nf_task){ .code = "T4", .after = "T3;T1" };
    f->milestone[0] = (nf_milestone){ "T1", { "first cut", NULL }, period(c, "2021-05-01"), { 0 } };
    f->plan = (nf_plan){ .code = "p", .start = period(c, "2021"), .finish = period(c, "2025"),
        .improvement = f->improvement, .n_improvement = 2, .project = f->project, .n_project = 2,
        .indicator = f->indicator, .n_indicator = 2, .target = f->target, .n_target = 2, .task = f->task, .n_task = 4,
        .milestone = f->milestone, .n_milestone = 1 };
}

static void says(fixture *f, const char *words)
{
    int n = nf_plan_check(f->c, &f->plan, "plan");
    if (n != 1 || strcmp(f->said.text[0], words)) fail_msg("%d: %s", n, f->said.text[0]);
    nf_ctx_free(f->c);
}

TEST(a_sound_plan_is_silent)
{
    fixture f;
    set_up(&f);
    int n = nf_plan_check(f.c, &f.plan, "plan");
    if (n) fail_msg("%s", f.said.text[0]);
    ok(nf_plan_indicator(&f.plan, "pm25") == &f.indicator[1] && !nf_plan_indicator(&f.plan, "pm"));
    ok(nf_plan_target(&f.plan, "gdp_2025") == f.target && nf_plan_task(&f.plan, "T4") == &f.task[3]);
    ok(nf_plan_improvement(&f.plan, "I2") == &f.improvement[1] && nf_plan_project(&f.plan, "P1") == f.project);
    nf_ctx_free(f.c);
}

#define SPOILT(id, spoil, words) \
    TEST(id) { fixture f; set_up(&f); nf_ctx *c = f.c; (void)c; spoil; says(&f, "plan: " words); }

SPOILT(broken_indicator, f.target[0].indicator = "gpd",
       "targets: gdp_2025: indicator 'gpd' is not among the indicators (did you mean 'gdp'?)")
SPOILT(broken_improvement, f.indicator[1].improvement = "X",
       "indicators: pm25: improvement 'X' is not among the improvements")
SPOILT(broken_project, f.improvement[0].project = "P3",
       "improvements: I1: project 'P3' is not among the projects (did you mean 'P1'?)")
SPOILT(no_indicator, f.target[0].indicator = "", "targets: gdp_2025: no indicator (name the indicator it is about)")
SPOILT(down_at_least, f.target[0].sense = -1,
       "targets: gdp_2025: 'down' does not go with 'at-least' (at-most, or direction up)")
SPOILT(up_at_most, f.target[1].sense = 1,
       "targets: pm25_2025: 'up' does not go with 'at-most' (at-least, or direction down)")
SPOILT(duplicate, f.task[2].code = "T2"; f.task[2].after = f.task[3].after = NULL,
       "tasks: T2: this code is given twice")
SPOILT(no_code, f.indicator[1].code = NULL; f.target[1].indicator = NULL; f.target[1].series = "pm25",
       "indicators: a row without code: row 2 has no code (every row needs a code of its own)")
SPOILT(unknown_unit, f.indicator[1].unit = "widgets"; f.target[1].unit = "widgets"; f.target[1].kind = NF_CHANGE_PCT;
       f.target[1].value = -3; f.target[1].unit = "%",
       "indicators: pm25: unit 'widgets' is not known (it can only be compared with itself)")
SPOILT(other_unit, f.target[0].unit = "%", "targets: gdp_2025: unit '%' does not match '亿元' of its indicator")
SPOILT(backward_target, f.target[0].base = period(c, "2026"),
       "targets: gdp_2025: the base 2026 comes after its deadline 2025")
SPOILT(backward_range, f.target[1].due_from = period(c, "2026-03"),
       "targets: pm25_2025: the start of the deadline 2026-03 comes after its end 2025")
SPOILT(impossible, f.target[0].base = ((nf_period){ INT64_MAX, NF_MONTH, 7 }),
       "targets: gdp_2025: the base is an impossible date")
SPOILT(backward_programme, f.plan.start = period(c, "2026"), "programme: p: start 2026 comes after finish 2025")
SPOILT(backward_task, f.task[0].start = period(c, "2021-07"), "tasks: T1: start 2021-07 comes after due 2021-06")
SPOILT(path_order, f.path[0].period = period(c, "2024"),
       "targets: pm25_2025: the path's milestones are out of order (the earliest first)")
SPOILT(path_twice, f.path[0].period = period(c, "2023"),
       "targets: pm25_2025: the path's milestones are out of order (the earliest first)")
SPOILT(path_before_the_base, f.target[1].base = period(c, "2023"),
       "targets: pm25_2025: the base 2023 comes after the path's milestone 2022")
SPOILT(path_too_late, f.path[1].period = period(c, "2026"),
       "targets: pm25_2025: the path's milestone 2026 comes after its deadline 2025")
SPOILT(range_without_limits, f.target[0].kind = NF_RANGE, "targets: gdp_2025: a range needs lo and hi, lo first")
SPOILT(log_of_zero, f.target[0].value = 0, "targets: gdp_2025: a log scale needs values above zero")
SPOILT(log_of_zero_base, f.target[0].base_value = 0, "targets: gdp_2025: a log scale needs values above zero")
SPOILT(negative_weight, f.target[0].weight = -1, "targets: gdp_2025: weight and tolerance cannot be negative")
SPOILT(negative_tolerance, f.target[0].tolerance = -1, "targets: gdp_2025: weight and tolerance cannot be negative")
SPOILT(falling_rise, f.target[0].kind = NF_CHANGE_PCT; f.target[0].value = -3,
       "targets: gdp_2025: a change of -3 % does not go with 'up'")
SPOILT(change_without_value, f.target[0].kind = NF_CHANGE_PCT; f.target[0].value = NAN,
       "targets: gdp_2025: change-pct needs a value (in percent of the base)")
SPOILT(rising_fall, f.target[1].kind = NF_CHANGE_PCT, "targets: pm25_2025: a change of +40 % does not go with 'down'")
SPOILT(broken_after, f.task[1].after = "T0", "tasks: T2: after 'T0' is not among the tasks (did you mean 'T1'?)")
SPOILT(broken_counts, f.task[1].counts_for = "pm2.5",
       "tasks: T2: counts_for 'pm2.5' is not among the indicators (did you mean 'pm25'?)")
SPOILT(after_itself, f.task[0].after = "T1", "tasks: T1: it waits for itself")
SPOILT(circle, f.task[0].after = "T3", "tasks: T1: it waits for T3, which waits for T1")
SPOILT(milestone_too_late, f.milestone[0].due = period(c, "2021-07-01"),
       "milestones: first cut: due 2021-07-01 comes after due of its task 2021-06")
SPOILT(milestone_of_nothing, f.milestone[0].task = "T9",
       "milestones: first cut: task 'T9' is not among the tasks (did you mean 'T1'?)")

TEST(the_plans_that_are_shipped_are_sound)
{
    static const char *const folder[] = { NF_SOURCE "/indicators/plans/shijiazhuang",
            NF_SOURCE "/indicators/plans/hebei" };
    for (size_t i = 0; i < sizeof folder / sizeof *folder; i++) {
        notes said = { .n = 0 };
        nf_ctx *c = nf_ctx_new(&(nf_hooks){ .note = take, .host = &said });
        nf_plan plan = { 0 };
        if (nf_plan_read(c, &plan, folder[i])) fail_msg("%s: %s", nf_last(c)->file, nf_last(c)->what);
        ok(plan.n_target > 3);
        if (nf_plan_check(c, &plan, folder[i])) fail_msg("%s", said.text[0]);
        nf_ctx_free(c);
    }
}

TEST(long_chains_and_many_circles_end)
{
    enum { N = 20000 };
    fixture f;
    set_up(&f);
    nf_task *task = calloc(N, sizeof *task);
    char (*code)[16] = calloc(N, sizeof *code);
    for (int i = 0; i < N; i++) {
        snprintf(code[i], sizeof code[i], "T%d", i);
        task[i].code = code[i];
        task[i].after = code[i % 1000 ? i - 1 : i + 999];       /* twenty circles of a thousand tasks */
    }
    f.plan.task = task;
    f.plan.n_task = N;
    f.plan.n_milestone = 0;
    ok(nf_plan_check(f.c, &f.plan, "plan") == N / 1000);
    task[999].after = NULL;
    ok(nf_plan_check(f.c, &f.plan, "plan") == N / 1000 - 1);
    nf_ctx_free(f.c);
    free(code);
    free(task);
}
