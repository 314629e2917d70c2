/* scheme_lights.c - lights of key tasks from the ledger: start, progress against schedule, and slips until closed. */
#include "judging/judge.h"
#include <math.h>
#include <string.h>

static const nf_grade grade[] = {
    { "done", NF_MET, { "done", "已完成" } },
    { "on-schedule", NF_ON, { "on schedule", "按序推进" } },
    { "planned", NF_ON, { "not yet to start", "尚未到启动时间" } },
    { "due-soon", NF_ON, { "blue slip: the deadline is near", "蓝色：临近期限" } },
    { "late-start", NF_RISK, { "yellow: not started in the planned month", "黄灯：未按月启动" } },
    { "not-started", NF_OFF, { "red: not started three months after the plan", "红灯：逾期三个月未启动" } },
    { "behind", NF_RISK, { "yellow slip: behind schedule", "黄色：进度滞后" } },
    { "far-behind", NF_OFF, { "red: far behind schedule", "红灯：严重滞后" } },
    { "overdue", NF_MISSED, { "red slip: overdue", "红色：已逾期" } },
    { "no-timetable", NF_UNKNOWN, { "no timetable published", "未公布时间表" } },
    { NULL, NF_UNKNOWN, { NULL, NULL } }
};
enum { DONE, ON_SCHEDULE, PLANNED, DUE_SOON, LATE_START, NOT_STARTED, BEHIND, FAR_BEHIND, OVERDUE, NO_TIMETABLE };
static const char *const lights[] = {
    "green", "green", "green", "blue", "yellow", "red", "yellow", "red", "red", NULL
};

/* What the ledger says of one task by now. progress: percent, NaN where none was reported; at: when that was. */
typedef struct { bool started, done, blocked; double progress; int64_t progress_at; const nf_milestone *late; } account;

static bool is(const char *a, const char *b) { return a && strcmp(a, b) == 0; }

static bool affirms(const char *v)
{
    static const char *const yes[] = { "yes", "true", "1", "done", "finished", "closed", "是", "完成", "已完成", "销号" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (is(v, yes[i])) return true;
    return false;
}

static void enter(account *a, const nf_entry *e)
{
    double percent;
    if (is(e->field, "started")) a->started = affirms(e->value);
    else if (is(e->field, "done") || is(e->field, "finished") || is(e->field, "status")) a->done = affirms(e->value);
    else if (is(e->field, "blocked")) a->blocked = true;
    else if (is(e->field, "unblocked")) a->blocked = false;
    else if (is(e->field, "progress") && e->value && e->at >= a->progress_at) {
        size_t length = strlen(e->value);
        if (length && e->value[length - 1] == '%') length--;
        if (!nf_double_scan(e->value, length, &percent)) return;
        a->progress = percent;
        a->progress_at = e->at;
    }
}

/* Entries count in the order of the ledger, which is append-only. All of a task, or 100 percent of it, is done. */
static account account_of(const nf_plan *p, const char *code, int64_t now)
{
    account a = { .progress = NAN, .progress_at = INT64_MIN };
    for (size_t i = 0; p && i < p->n_entry; i++)
        if (is(p->entry[i].task, code) && p->entry[i].at <= now) enter(&a, &p->entry[i]);
    for (size_t i = 0; p && i < p->n_milestone; i++) {
        const nf_milestone *m = &p->milestone[i];
        if (!is(m->task, code)) continue;
        bool reached = !nf_period_is_empty(m->done) && nf_period_end(m->done) <= now;
        a.started |= reached;
        if (!reached && !a.late && !nf_period_is_empty(m->due) && nf_period_end(m->due) <= now) a.late = m;
    }
    a.done |= a.progress >= 100;
    a.started |= a.done || a.progress > 0;
    return a;
}

/* Codes of `after` stand apart by commas, semicolons or blanks. The first that is not done, or NULL. */
static const char *waits_for(nf_ctx *c, const nf_plan *p, const nf_task *t, int64_t now)
{
    static const char apart[] = ",; ";
    for (const char *s = t->after; s && *s;) {
        size_t n = strcspn(s, apart);
        char *code = n ? nf_strndup(c, s, n) : NULL;
        if (code && !account_of(p, code, now).done) return code;
        s += n + (s[n] != 0);
    }
    return NULL;
}

/* ---- rules ---- */

enum { NEAR_DAYS, YELLOW, RED, MONTHS };
static const nf_field opt[] = {
    { .name = "near", .type = NF_I64, .title = { "days before the deadline that count as near", "临近期限的天数" },
      .def = 30, .lo = 0, .hi = 3660 },
    { .name = "yellow", .type = NF_F64, .title = { "points behind schedule for yellow", "黄灯滞后百分点" }, .def = 10,
      .hi = 100 },
    { .name = "red", .type = NF_F64, .title = { "more than that many points for red", "红灯滞后百分点" }, .def = 30,
      .hi = 100 },
    { .name = "months", .type = NF_I64, .title = { "months after the planned start for red", "未启动转红灯的月数" },
      .def = 3, .hi = 120 },
    { .type = NF_END }
};

static int64_t month_of(int64_t second)
{
    int64_t day = (second - 1 - ((second - 1) % 86400 + 86400) % 86400) / 86400;
    return nf_period_of_day(NF_MONTH, day).ord;
}

/* Part of the time between start and due that had gone by then, in percent; NaN without both. */
static double elapsed(const nf_task *t, int64_t then)
{
    if (nf_period_is_empty(t->start) || nf_period_is_empty(t->due)) return NAN;
    double from = (double)nf_period_begin(t->start), to = (double)nf_period_end(t->due);
    double part = to > from ? 100 * ((double)then - from) / (to - from) : NAN;
    return part < 0 ? 0 : part > 100 ? 100 : part;
}

static int start_light(const nf_task *t, const account *a, int64_t now, int64_t months)
{
    if (a->started) return ON_SCHEDULE;
    if (nf_period_is_empty(t->start)) return ON_SCHEDULE;
    if (nf_period_end(t->start) > now) return PLANNED;
    return month_of(now) - month_of(nf_period_end(t->start)) > months ? NOT_STARTED : LATE_START;
}

/* Progress is held against the schedule of the day it was reported. */
static int progress_light(double lag, const account *a, const nf_value *o)
{
    if (lag > o[RED].f) return FAR_BEHIND;
    return lag >= o[YELLOW].f || a->late ? BEHIND : ON_SCHEDULE;
}

static int light(const nf_task *t, const account *a, double lag, int64_t now, const nf_value *o)
{
    bool due = !nf_period_is_empty(t->due);
    if (a->done) return DONE;
    if (due && nf_period_end(t->due) <= now) return OVERDUE;
    if (!due && nf_period_is_empty(t->start) && !a->started) return NO_TIMETABLE;
    int start = start_light(t, a, now, o[MONTHS].i);
    if (start != ON_SCHEDULE) return start;
    int progress = progress_light(lag, a, o);
    if (progress == ON_SCHEDULE && due && nf_period_end(t->due) - now <= o[NEAR_DAYS].i * 86400) return DUE_SOON;
    return progress;
}

/* ---- the finding ---- */

enum { LIGHT, PROGRESS, ELAPSED, LAG, DAYS_LEFT, WAITS_FOR, BLOCKED };
static const nf_field out[] = {
    { .name = "light", .type = NF_WORD, .title = { "light", "亮灯" } },
    { .name = "progress", .type = NF_F64, .title = { "progress reported, percent", "上报进度（%）" } },
    { .name = "elapsed", .type = NF_F64, .title = { "time gone, percent", "时间进度（%）" } },
    { .name = "lag", .type = NF_F64, .title = { "points behind schedule when reported", "上报时滞后百分点" } },
    { .name = "days_left", .type = NF_I64, .title = { "days to the deadline", "距期限天数" } },
    { .name = "waits_for", .type = NF_WORD, .title = { "waits for", "前置未完成任务" } },
    { .name = "blocked", .type = NF_FLAG, .title = { "blocked", "受阻" } },
    { .type = NF_END }
};

static nf_text slip(nf_ctx *c, int g, const nf_task *t, const account *a, double lag, double yellow)
{
    char points[48];
    nf_text due = nf_say_period(c, t->due), start = nf_say_period(c, t->start);
    nf_double_fixed(points, lag, 0);
    switch (g) {
    case DONE: return (nf_text){ "reported done", "已上报完成" };
    case NO_TIMETABLE: return (nf_text){ "no start and no deadline are published", "未公布启动时间和期限" };
    case OVERDUE: return (nf_text){ nf_format(c, "was due in %s and is not closed", due.en),
                                    nf_format(c, "应于%s完成，尚未销号", due.zh) };
    case DUE_SOON: return (nf_text){ nf_format(c, "is due in %s", due.en), nf_format(c, "%s到期", due.zh) };
    case PLANNED: return (nf_text){ nf_format(c, "starts in %s", start.en), nf_format(c, "计划%s启动", start.zh) };
    case LATE_START: case NOT_STARTED:
        return (nf_text){ nf_format(c, "was to start in %s, no start is reported", start.en),
                          nf_format(c, "应于%s启动，尚未上报启动", start.zh) };
    default: break;
    }
    if (g == BEHIND && !(lag >= yellow) && a->late) {
        nf_text when = nf_say_period(c, a->late->due);
        const char *zh = a->late->title.zh ? a->late->title.zh : a->late->title.en;
        return (nf_text){ nf_format(c, "milestone '%s' was due in %s", a->late->title.en, when.en),
                          nf_format(c, "节点“%s”应于%s完成", zh, when.zh) };
    }
    if (!isfinite(lag)) return (nf_text){ "started, no progress in percent is reported", "已启动，未上报进度百分比" };
    if (lag <= 0) return (nf_text){ "progress keeps up with the schedule", "进度不低于时间进度" };
    return (nf_text){ nf_format(c, "%s points behind schedule when last reported", points),
                      nf_format(c, "最近上报时滞后%s个百分点", points) };
}

static int64_t days_left(const nf_task *t, int64_t now)
{
    if (nf_period_is_empty(t->due)) return NF_NO_I64;
    int64_t seconds = nf_period_end(t->due) - now;
    return seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
}

static int judge(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *o)
{
    const nf_task *t = k->task;
    account a = account_of(k->plan, t->code, k->now);
    double lag = isfinite(a.progress) ? elapsed(t, a.progress_at) - a.progress : NAN;
    int g = light(t, &a, lag, k->now, o);
    const char *waits = g == DONE ? NULL : waits_for(c, k->plan, t, k->now);
    f->grade = &grade[g];
    f->reason = slip(c, g, t, &a, lag, o[YELLOW].f);
    f->r.v[LIGHT].s = g == NO_TIMETABLE ? NULL : lights[g];
    f->r.v[PROGRESS].f = a.progress;
    f->r.v[ELAPSED].f = elapsed(t, k->now);
    f->r.v[LAG].f = lag;
    f->r.v[DAYS_LEFT].i = days_left(t, k->now);
    f->r.v[WAITS_FOR].s = waits;
    f->r.v[BLOCKED].i = a.blocked || waits;
    if (waits && g != PLANNED)
        f->reason = (nf_text){ nf_format(c, "%s; waits for %s", f->reason.en, waits),
                               nf_format(c, "%s；等待%s完成", f->reason.zh, waits) };
    return f->reason.en && f->reason.zh ? NF_OK : NF_ENOMEM;
}

const nf_scheme nf_scheme_lights = {
    .row = { .name = "lights", .title = { "lights of key tasks", "重点任务亮灯" },
             .formula = "start: yellow when not started in the planned month, red after three months; progress "
                        "against the time gone when it was reported: yellow from 10 points behind, red beyond 30, "
                        "below 10 (not defined where the rule was published) green; slips until closed: blue within "
                        "30 days of the deadline, yellow behind, red overdue",
             .cite = "Yinchuan (2025), lights on key tasks; Suqian (2025), slips for supervised tasks",
             .use = "key tasks with a timetable and a ledger", .opt = opt,
             .avoid = "tasks without start and deadline" },
    .grade = grade, .out = out, .tasks = true, .judge = judge
};
