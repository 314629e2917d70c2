/* plan_check.c - what is wrong with a plan: references, dates, units, directions, and tasks that wait in a circle. */
#include "plan.h"
#include "registry.h"
#include "unit.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The codes of one table: in its order, and sorted for lookup. */
typedef struct { const char *code; size_t row; } code_row;
typedef struct { const char *table; const char **code; code_row *sorted; size_t n; } codes;

typedef struct {
    nf_ctx *ctx; const nf_plan *plan; const char *where;
    codes improvement, project, indicator, target, task;
    int faults;
} check;

static bool given(const char *s) { return s && *s; }

__attribute__((format(printf, 5, 6)))
static void fault(check *k, const char *table, const char *code, const char *hint, const char *fmt, ...)
{
    char what[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    nf_note(k->ctx, k->where, 0, 0, hint, "%s: %s: %s", table, given(code) ? code : "a row without code", what);
    k->faults++;
}

/* ---- codes and references ---- */

static int by_code(const void *a, const void *b)
{
    const code_row *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Every row of a table with codes begins with its code. */
static bool codes_of(check *k, codes *c, const char *table, const void *rows, size_t n, size_t size)
{
    *c = (codes){ table, nf_scratch(k->ctx, n * sizeof *c->code), nf_scratch(k->ctx, n * sizeof *c->sorted), n };
    if (!c->code || !c->sorted) return false;
    for (size_t i = 0; i < n; i++) {
        memcpy(&c->code[i], (const char *)rows + i * size, sizeof *c->code);
        if (!c->code[i]) c->code[i] = "";
        c->sorted[i] = (code_row){ c->code[i], i };
    }
    if (n) qsort(c->sorted, n, sizeof *c->sorted, by_code);
    return true;
}

/* The first row of that code; n: none. */
static size_t row_of(const codes *c, const char *code)
{
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(c->sorted[mid].code, code) < 0) lo = mid + 1; else hi = mid;
    }
    return lo < c->n && !strcmp(c->sorted[lo].code, code) ? c->sorted[lo].row : c->n;
}

static void check_code(check *k, const codes *c, size_t i)
{
    if (!*c->code[i]) fault(k, c->table, NULL, "every row needs a code of its own", "row %zu has no code", i + 1);
    else if (row_of(c, c->code[i]) != i) fault(k, c->table, c->code[i], NULL, "this code is given twice");
}

static void refer(check *k, const char *table, const char *code, const char *column, const codes *to, const char *name)
{
    char hint[256];
    if (!given(name) || row_of(to, name) < to->n) return;
    const char *near = nf_nearest(name, to->code, to->n);
    if (near) snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    fault(k, table, code, near ? hint : NULL, "%s '%s' is not among the %s", column, name, to->table);
}

/* One code of a list "T1; T2"; the rest is left in *list. */
static bool next_code(const char **list, char code[128])
{
    *list += strspn(*list, " ;,");
    size_t n = strcspn(*list, ";,");
    const char *from = *list;
    *list += n;
    while (n && from[n - 1] == ' ') n--;
    snprintf(code, 128, "%.*s", (int)(n > 127 ? 127 : n), from);
    return n > 0;
}

/* ---- dates ---- */

static void exists(check *k, const char *table, const char *code, const char *column, nf_period p)
{
    if (p.span && !nf_period_exists(p)) fault(k, table, code, NULL, "%s is an impossible date", column);
}

static void in_order(check *k, const char *table, const char *code, const char *first, nf_period a, const char *second,
                     nf_period b)
{
    char x[48], y[48];
    if (!nf_period_exists(a) || !nf_period_exists(b) || nf_period_begin(a) < nf_period_end(b)) return;
    nf_period_text(x, a);
    nf_period_text(y, b);
    fault(k, table, code, NULL, "%s %s comes after %s %s", first, x, second, y);
}

/* ---- the tables ---- */

static void check_groups(check *k, const codes *c, const nf_group *g)
{
    for (size_t i = 0; i < c->n; i++) {
        check_code(k, c, i);
        refer(k, c->table, g[i].code, "project", &k->project, g[i].project);
        refer(k, c->table, g[i].code, "improvement", &k->improvement, g[i].improvement);
    }
}

static void check_unit(check *k, const char *table, const char *code, const char *unit)
{
    nf_unit u;
    if (given(unit) && !nf_unit_parse(&u, unit))
        fault(k, table, code, "it can only be compared with itself", "unit '%s' is not known", unit);
}

static void check_indicators(check *k)
{
    for (size_t i = 0; i < k->plan->n_indicator; i++) {
        const nf_indicator *r = &k->plan->indicator[i];
        check_code(k, &k->indicator, i);
        refer(k, "indicators", r->code, "improvement", &k->improvement, r->improvement);
        check_unit(k, "indicators", r->code, r->unit);
    }
}

static void check_direction(check *k, const nf_target *t)
{
    bool down = t->sense < 0, up = t->sense > 0;
    if (down && t->kind == NF_AT_LEAST)
        fault(k, "targets", t->code, "at-most, or direction up", "'down' does not go with 'at-least'");
    if (up && t->kind == NF_AT_MOST)
        fault(k, "targets", t->code, "at-least, or direction down", "'up' does not go with 'at-most'");
    if (t->kind == NF_CHANGE_PCT && ((down && t->value > 0) || (up && t->value < 0)))
        fault(k, "targets", t->code, NULL, "a change of %+g %% does not go with '%s'", t->value, down ? "down" : "up");
}

static void check_values(check *k, const nf_target *t)
{
    bool changes = t->kind == NF_CHANGE_PCT;
    if (t->kind == NF_RANGE && !(t->lo <= t->hi))
        fault(k, "targets", t->code, NULL, "a range needs lo and hi, lo first");
    if (changes && isnan(t->value)) fault(k, "targets", t->code, "in percent of the base", "change-pct needs a value");
    if (t->weight < 0 || t->tolerance < 0)
        fault(k, "targets", t->code, NULL, "weight and tolerance cannot be negative");
    if (t->kind == NF_KEEP || changes || t->scale != NF_SCALE_LOG) return;
    if (t->value <= 0 || t->base_value <= 0) fault(k, "targets", t->code, NULL, "a log scale needs values above zero");
}

static void check_target_unit(check *k, const nf_target *t, size_t indicator)
{
    check_unit(k, "targets", t->code, t->unit);
    if (indicator == k->indicator.n || t->kind == NF_CHANGE_PCT || !given(t->unit)) return;
    const char *own = k->plan->indicator[indicator].unit;
    if (given(own) && !nf_unit_same(own, t->unit))
        fault(k, "targets", t->code, NULL, "unit '%s' does not match '%s' of its indicator", t->unit, own);
}

static void check_dates(check *k, const nf_target *t)
{
    exists(k, "targets", t->code, "the base", t->base);
    exists(k, "targets", t->code, "the deadline", t->due);
    exists(k, "targets", t->code, "the start of the deadline", t->due_from);
    in_order(k, "targets", t->code, "the base", t->base, "its deadline", t->due);
    in_order(k, "targets", t->code, "the start of the deadline", t->due_from, "its end", t->due);
    for (size_t i = 0; i < t->n_path; i++) {
        nf_period at = t->path[i].period;
        exists(k, "targets", t->code, "a milestone of the path", at);
        if (i && nf_period_order(t->path[i - 1].period, at) >= 0)
            fault(k, "targets", t->code, "the earliest first", "the path's milestones are out of order");
        in_order(k, "targets", t->code, "the path's milestone", at, "its deadline", t->due);
        in_order(k, "targets", t->code, "the base", t->base, "the path's milestone", at);
    }
}

static void check_targets(check *k)
{
    for (size_t i = 0; i < k->plan->n_target; i++) {
        const nf_target *t = &k->plan->target[i];
        check_code(k, &k->target, i);
        if (!given(t->indicator) && !given(t->series))
            fault(k, "targets", t->code, "name the indicator it is about", "no indicator");
        refer(k, "targets", t->code, "indicator", &k->indicator, t->indicator);
        if (given(t->improvement) && strcmp(t->improvement, "all"))
            refer(k, "targets", t->code, "improvement", &k->improvement, t->improvement);
        check_direction(k, t);
        check_values(k, t);
        check_target_unit(k, t, given(t->indicator) ? row_of(&k->indicator, t->indicator) : k->indicator.n);
        check_dates(k, t);
    }
}

static void check_tasks(check *k)
{
    char code[128];
    for (size_t i = 0; i < k->plan->n_task; i++) {
        const nf_task *t = &k->plan->task[i];
        check_code(k, &k->task, i);
        refer(k, "tasks", t->code, "project", &k->project, t->project);
        refer(k, "tasks", t->code, "improvement", &k->improvement, t->improvement);
        for (const char *list = t->after ? t->after : ""; next_code(&list, code);)
            refer(k, "tasks", t->code, "after", &k->task, code);
        for (const char *list = t->counts_for ? t->counts_for : ""; next_code(&list, code);)
            if (row_of(&k->target, code) == k->target.n) refer(k, "tasks", t->code, "counts_for", &k->indicator, code);
        exists(k, "tasks", t->code, "start", t->start);
        exists(k, "tasks", t->code, "due", t->due);
        in_order(k, "tasks", t->code, "start", t->start, "due", t->due);
    }
}

/* ---- circles among tasks ---- */

/* Tasks that wait for nobody are struck off, then those that waited only for them, and so on: who is left waits for
 * a circle. left[i] counts the tasks that i still waits for; the pairs are sorted by the one waited for. */
typedef struct { size_t on, task; } waits_for;

static int by_pair(const void *a, const void *b)
{
    const waits_for *x = a, *y = b;
    return x->on != y->on ? (x->on > y->on) - (x->on < y->on) : (x->task > y->task) - (x->task < y->task);
}

static size_t pairs_of(const check *k, waits_for *pair)
{
    char code[128];
    size_t n = 0;
    for (size_t i = 0; i < k->plan->n_task; i++)
        for (const char *list = k->plan->task[i].after ? k->plan->task[i].after : ""; next_code(&list, code);) {
            size_t on = row_of(&k->task, code);
            if (on == k->task.n) continue;
            if (pair) pair[n] = (waits_for){ on, i };
            n++;
        }
    if (pair && n) qsort(pair, n, sizeof *pair, by_pair);
    return n;
}

static void strike_off(const waits_for *pair, size_t n, size_t *left, size_t *queue, size_t tasks)
{
    size_t tail = 0;
    for (size_t i = 0; i < tasks; i++)
        if (!left[i]) queue[tail++] = i;
    for (size_t head = 0; head < tail; head++) {
        size_t lo = 0, hi = n;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (pair[mid].on < queue[head]) lo = mid + 1; else hi = mid;
        }
        for (; lo < n && pair[lo].on == queue[head]; lo++)
            if (--left[pair[lo].task] == 0) queue[tail++] = pair[lo].task;
    }
}

static void report_circle(check *k, const size_t *on, size_t first)
{
    const char *code = k->task.code[first];
    char way[200] = "";
    size_t n = 0;
    if (on[first] == first) {
        fault(k, "tasks", code, NULL, "it waits for itself");
        return;
    }
    for (size_t at = on[first]; at != first && n < sizeof way; at = on[at])
        n += (size_t)snprintf(way + n, sizeof way - n, "%s, which waits for ", k->task.code[at]);
    fault(k, "tasks", code, NULL, "it waits for %s%s", n < sizeof way ? way : "tasks that in the end wait for ", code);
}

/* on[i] is a task that i waits for and that is left, too; n: i was struck off. Every walk along `on` ends in a
 * circle, and in one of its own only if it comes back to a task first seen on the same walk. */
static void report_circles(check *k, const size_t *on, size_t *seen, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (on[i] == n) continue;
        size_t at = i;
        for (; !seen[at]; at = on[at]) seen[at] = i + 1;
        if (seen[at] == i + 1) report_circle(k, on, at);
    }
}

static int check_circles(check *k)
{
    size_t tasks = k->plan->n_task, n = pairs_of(k, NULL), size = (tasks + 1) * sizeof(size_t);
    waits_for *pair = nf_scratch(k->ctx, (n + 1) * sizeof *pair);
    size_t *left = nf_scratch(k->ctx, size), *queue = nf_scratch(k->ctx, size), *on = nf_scratch(k->ctx, size);
    if (!pair || !left || !queue || !on) return NF_ENOMEM;
    memset(left, 0, size);
    pairs_of(k, pair);
    for (size_t i = 0; i < n; i++) left[pair[i].task]++;
    strike_off(pair, n, left, queue, tasks);
    for (size_t i = 0; i < tasks; i++) on[i] = tasks;
    for (size_t i = n; i-- > 0;)
        if (left[pair[i].on] && left[pair[i].task]) on[pair[i].task] = pair[i].on;
    memset(queue, 0, size);
    report_circles(k, on, queue, tasks);
    return NF_OK;
}

static void check_rest(check *k)
{
    for (size_t i = 0; i < k->plan->n_milestone; i++) {
        const nf_milestone *m = &k->plan->milestone[i];
        const char *name = m->title.en;
        size_t task = row_of(&k->task, m->task ? m->task : "");
        refer(k, "milestones", name, "task", &k->task, m->task);
        exists(k, "milestones", name, "due", m->due);
        exists(k, "milestones", name, "done", m->done);
        if (task == k->task.n) continue;
        in_order(k, "milestones", name, "due", m->due, "due of its task", k->plan->task[task].due);
    }
    for (size_t i = 0; i < k->plan->n_entry; i++)
        refer(k, "ledger", k->plan->entry[i].task, "task", &k->task, k->plan->entry[i].task);
    const nf_judgement *j = k->plan->judgement;
    for (size_t i = 0; i < k->plan->n_judgement; i++)
        refer(k, "judgements", j[i].indicator, "indicator", &k->indicator, j[i].indicator);
}

int nf_plan_check(nf_ctx *c, const nf_plan *p, const char *where)
{
    check k = { .ctx = c, .plan = p, .where = where };
    size_t mark = nf_scratch_mark(c);
    bool room = codes_of(&k, &k.improvement, "improvements", p->improvement, p->n_improvement, sizeof *p->improvement)
        && codes_of(&k, &k.project, "projects", p->project, p->n_project, sizeof *p->project)
        && codes_of(&k, &k.indicator, "indicators", p->indicator, p->n_indicator, sizeof *p->indicator)
        && codes_of(&k, &k.target, "targets", p->target, p->n_target, sizeof *p->target)
        && codes_of(&k, &k.task, "tasks", p->task, p->n_task, sizeof *p->task);
    if (room) {
        exists(&k, "programme", p->code, "start", p->start);
        exists(&k, "programme", p->code, "finish", p->finish);
        in_order(&k, "programme", p->code, "start", p->start, "finish", p->finish);
        check_groups(&k, &k.improvement, p->improvement);
        check_groups(&k, &k.project, p->project);
        check_indicators(&k);
        check_targets(&k);
        check_tasks(&k);
        room = check_circles(&k) == NF_OK;
        check_rest(&k);
    }
    nf_scratch_rewind(c, mark);
    return room ? k.faults : NF_ENOMEM;
}
