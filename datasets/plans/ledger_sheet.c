/* ledger_sheet.c - the sheet a unit fills in for its key tasks: written with what is known, read back as entries. */
#include "readers/book.h"
#include "mapping/mapping.h"
#include <math.h>
#include <string.h>

/* Columns of the sheet. Those from STARTED to BLOCKED are entries; a note and its evidence go with each of them. */
enum { PERIOD, UNIT, TASK, TITLE, DUE, STARTED, PROGRESS, FINISHED, BLOCKED, NOTE, EVIDENCE, COLUMNS };
static const struct { nf_text name; const char *also, *entry; } column[COLUMNS] = {
    [PERIOD] = { { "period", "报告期" }, "period|报告期", NULL },
    [UNIT] = { { "unit", "责任单位" }, "unit|owner|责任单位|单位", NULL },
    [TASK] = { { "task", "任务编号" }, "task|code|任务编号|任务|编号", NULL },
    [TITLE] = { { "title", "任务内容" }, "title|任务内容|内容", NULL },
    [DUE] = { { "due", "完成时限" }, "due|deadline|完成时限|期限", NULL },
    [STARTED] = { { "started (yes/no)", "已启动（是/否）" }, "started|started (yes/no)|已启动|已启动（是/否）", "started" },
    [PROGRESS] = { { "progress (%)", "进度（%）" }, "progress|progress (%)|进度|进度（%）|完成进度", "progress" },
    [FINISHED] = { { "finished (yes/no)", "已完成（是/否）" }, "finished|finished (yes/no)|已完成|已完成（是/否）", "finished" },
    [BLOCKED] = { { "blocked (yes/no)", "受阻（是/否）" }, "blocked|blocked (yes/no)|受阻|受阻（是/否）", "blocked" },
    [NOTE] = { { "note", "说明" }, "note|说明|备注", "note" },
    [EVIDENCE] = { { "evidence", "佐证" }, "evidence|佐证|证明材料", "evidence" },
};

static bool full(const char *s) { return s && *s; }
static bool is(const char *a, const char *b) { return a && b && !strcmp(a, b); }
static bool affirms(const char *s) { return nf_word_in(s, "yes|true|1|y|done|finished|是|已完成|完成|有"); }
static bool denies(const char *s) { return nf_word_in(s, "no|false|0|n|否|未|无"); }

/* "unblocked" takes "blocked" back: both are one column. */
static bool speaks_of(const nf_entry *e, int col)
{
    return is(e->field, column[col].entry) || (col == BLOCKED && is(e->field, "unblocked"))
        || (col == FINISHED && (is(e->field, "done") || is(e->field, "status")));
}

/* The last thing said of a task in that column by now, or NULL. */
static const nf_entry *last_of(const nf_plan *p, const char *task, int col, int64_t now)
{
    const nf_entry *last = NULL;
    for (const nf_entry *e = p->entry; e < p->entry + p->n_entry; e++)
        if (e->at <= now && is(e->task, task) && speaks_of(e, col)) last = e;
    return last;
}

static bool says_yes(const nf_entry *e)
{
    return e && !is(e->field, "unblocked") && (is(e->field, "blocked") || affirms(e->value ? e->value : ""));
}

/* ---- write ---- */

static const char *known(nf_ctx *c, const nf_plan *p, const char *task, int col, const char *lang, int64_t now)
{
    const nf_entry *e = last_of(p, task, col, now);
    if (!e) return NULL;
    if (col != PROGRESS) return nf_text_in(says_yes(e) ? (nf_text){ "yes", "是" } : (nf_text){ "no", "否" }, lang);
    double percent;                              /* an entry may hold any words; a sheet has numbers */
    size_t n = strlen(e->value ? e->value : "");
    if (n && e->value[n - 1] == '%') n--;
    bool number = n && nf_double_scan(e->value, n, &percent) && percent >= 0 && percent <= 100;
    return number ? nf_strndup(c, e->value, n) : NULL;
}

static bool belongs(const nf_task *t, const char *unit)
{
    return full(t->owner.en) ? is(t->owner.en, unit) || is(t->owner.zh, unit) : !full(unit);
}

int nf_ledger_sheet_write(nf_ctx *c, nf_sink to, const nf_plan *p, const char *unit, nf_period period, const char *lang,
                          int64_t now)
{
    nf_field field[COLUMNS + 1] = { 0 };
    char when[48], due[48];
    for (int i = 0; i < COLUMNS; i++)
        field[i] = (nf_field){ .name = nf_text_in(column[i].name, lang), .type = NF_WORD };
    nf_period_text(when, period);
    int rc = to.begin(to.self, c, "ledger", field);
    if (rc) return rc;
    for (const nf_task *t = p->task; t < p->task + p->n_task && !rc; t++) {
        if (!belongs(t, unit)) continue;
        nf_period_text(due, t->due);
        nf_value v[COLUMNS] = { [PERIOD] = { .s = when }, [UNIT] = { .s = nf_text_in(t->owner, lang) },
                                [TASK] = { .s = t->code },
                                [TITLE] = { .s = nf_text_in(t->title, lang) },
                                [DUE] = { .s = full(due) ? due : NULL } };
        for (int i = STARTED; i <= BLOCKED; i++) v[i].s = known(c, p, t->code, i, lang, now);
        rc = to.row(to.self, c, v);
    }
    return to.end(to.self, c, rc);
}

/* ---- read ---- */

typedef struct {
    const nf_plan *plan; int64_t now; nf_ledger_return *out;
    size_t cols; int kind[NF_MAX_COLUMNS];
    nf_entry *entry; size_t room;
} reading;

static int header(nf_ctx *c, reading *r, const nf_record *rec)
{
    bool has[COLUMNS] = { false };
    r->cols = rec->n;
    for (size_t i = 0; i < rec->n; i++) {
        r->kind[i] = COLUMNS;
        for (int k = 0; k < COLUMNS; k++)
            if (nf_word_in(rec->cell[i], column[k].also)) r->kind[i] = k;
        if (r->kind[i] < COLUMNS && has[r->kind[i]]) {
            nf_fail(c, NF_EDATA, "the column '%.40s' stands twice", rec->cell[i]);
            return nf_at(c, NULL, rec->line, (long)i + 1);
        }
        if (r->kind[i] < COLUMNS) has[r->kind[i]] = true;
    }
    bool says = false;
    for (int k = STARTED; k <= NOTE; k++) says |= has[k];
    if (has[TASK] && has[PERIOD] && has[UNIT] && says) return NF_OK;
    nf_fail(c, NF_EDATA, "this is no sheet of the ledger");
    nf_hint(c, "'ninefold ledger collect --period P -o DIR' writes them; its first row must stay");
    return nf_at(c, NULL, rec->line, 0);
}

static int add(nf_ctx *c, reading *r, nf_entry e)
{
    r->entry = nf_grow(c, r->entry, r->out->n_entry, &r->room, sizeof *r->entry);
    if (!r->entry) return NF_ENOMEM;
    r->entry[r->out->n_entry++] = e;
    r->out->entry = r->entry;
    return NF_OK;
}

static int task_of(nf_ctx *c, const reading *r, const char *code, const nf_task **out)
{
    const nf_plan *p = r->plan;
    if ((*out = nf_plan_task(p, code))) return NF_OK;
    const char **list = nf_scratch(c, (p->n_task + 1) * sizeof *list);
    if (!list) return NF_ENOMEM;
    for (size_t i = 0; i < p->n_task; i++) list[i] = p->task[i].code;
    const char *near = nf_nearest(code, list, p->n_task);
    nf_fail(c, NF_EDATA, full(code) ? "the plan has no key task '%.60s'" : "the row names no key task%s", code);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "leave the task's code as it was");
}

/* One sheet speaks for one unit and one period. */
static int one_unit(nf_ctx *c, reading *r, const nf_task *t, const char *unit, const char *period)
{
    nf_period when;
    int rc = nf_period_parse(c, &when, period, NF_ANY, NF_ORDER_UNKNOWN);
    if (rc) return rc;
    if (!belongs(t, unit)) {
        nf_fail(c, NF_EDATA, "key task '%s' is not of the unit '%.60s'", t->code, unit);
        return nf_hint(c, "it is of '%s'", full(t->owner.en) ? t->owner.en : "no unit");
    }
    if (!r->out->tasks) {
        r->out->unit = t->owner;
        r->out->period = when;
    }
    if (!is(r->out->unit.en, t->owner.en) && (full(r->out->unit.en) || full(t->owner.en)))
        return nf_fail(c, NF_EDATA, "the sheet speaks of two units, '%s' and '%s'", r->out->unit.en, t->owner.en);
    if (memcmp(&r->out->period, &when, sizeof when)) return nf_fail(c, NF_EDATA, "the sheet speaks of two periods");
    return NF_OK;
}

/* The cell as the ledger keeps it; NULL where it says nothing new. */
static int value_of(nf_ctx *c, const nf_entry *last, int col, const char *cell, nf_entry *e)
{
    double percent, before = NAN;
    e->field = NULL;
    if (!full(cell)) return NF_OK;
    if (col == PROGRESS) {
        size_t n = strlen(cell), m = last && last->value ? strlen(last->value) : 0;
        if (cell[n - 1] == '%') n--;
        if (!nf_double_scan(cell, n, &percent) || !(percent >= 0 && percent <= 100)) {
            nf_fail(c, NF_EDATA, "progress '%.40s' is no number from 0 to 100", cell);
            return nf_hint(c, "in percent: 60");
        }
        if (m && last->value[m - 1] == '%') m--;
        if (m && nf_double_scan(last->value, m, &before) && before == percent) return NF_OK;
        e->field = column[col].entry;
        e->value = nf_strndup(c, cell, n);
        return e->value ? NF_OK : NF_ENOMEM;
    }
    bool yes = affirms(cell);
    if (!yes && !denies(cell)) {
        nf_fail(c, NF_EDATA, "%s '%.40s' is neither yes nor no", column[col].entry, cell);
        return nf_hint(c, "yes or no; leave it empty where nothing is known");
    }
    if (last ? says_yes(last) == yes : !yes) return NF_OK;
    e->field = col == BLOCKED && !yes ? "unblocked" : column[col].entry;
    e->value = yes || col == BLOCKED ? "yes" : "no";
    return NF_OK;
}

static bool has_said(const reading *r, const char *task, const char *words)
{
    for (const nf_entry *e = r->plan->entry; e < r->plan->entry + r->plan->n_entry; e++)
        if (is(e->task, task) && (is(e->value, words) || is(e->note, words) || is(e->evidence, words))) return true;
    return false;
}

static int task_row(nf_ctx *c, reading *r, const nf_task *t, const char *const cell[COLUMNS], const size_t at[COLUMNS],
                    long line)
{
    size_t before = r->out->n_entry;
    nf_entry e = { .task = t->code, .at = r->now, .author = full(t->owner.en) ? t->owner.en : "-" };
    e.note = full(cell[NOTE]) ? nf_strdup(c, cell[NOTE]) : NULL;
    e.evidence = full(cell[EVIDENCE]) ? nf_strdup(c, cell[EVIDENCE]) : NULL;
    for (int i = STARTED; i <= BLOCKED; i++) {
        int rc = value_of(c, last_of(r->plan, t->code, i, r->now), i, cell[i], &e);
        if (rc) return nf_at(c, NULL, line, (long)at[i] + 1);
        if (e.field && (rc = add(c, r, e))) return rc;
    }
    int said = e.note ? NOTE : EVIDENCE;         /* a word without a change of state is an entry of its own */
    e.field = column[said].entry;
    e.value = e.note ? e.note : e.evidence;
    if (r->out->n_entry > before || !e.value || has_said(r, t->code, e.value)) return NF_OK;
    if (said == NOTE) e.note = NULL;
    else e.evidence = NULL;
    return add(c, r, e);
}

static int record(void *self, nf_ctx *c, const nf_record *rec)
{
    reading *r = self;
    const nf_task *t;
    const char *cell[COLUMNS] = { 0 };
    size_t at[COLUMNS] = { 0 };
    bool blank = true;
    for (size_t i = 0; i < rec->n; i++) blank &= !rec->len[i];
    if (blank) return NF_OK;
    if (!r->cols) return header(c, r, rec);
    for (size_t i = 0; i < rec->n && i < r->cols; i++) {
        if (r->kind[i] == COLUMNS) continue;
        cell[r->kind[i]] = rec->cell[i];
        at[r->kind[i]] = i;
    }
    int rc = task_of(c, r, cell[TASK] ? cell[TASK] : "", &t);
    if (!rc) rc = one_unit(c, r, t, cell[UNIT] ? cell[UNIT] : "", cell[PERIOD] ? cell[PERIOD] : "");
    if (rc) return nf_at(c, NULL, rec->line, 0);
    r->out->tasks++;
    return task_row(c, r, t, cell, at, rec->line);
}

int nf_ledger_sheet_read(nf_ctx *c, nf_ledger_return *out, const nf_plan *p, const char *file, int64_t now)
{
    reading *r = nf_alloc(c, sizeof *r);
    if (!r) return NF_ENOMEM;
    *out = (nf_ledger_return){ 0 };
    r->plan = p;
    r->now = now;
    r->out = out;
    int rc = nf_table_file(c, file, record, r);
    if (!rc && !out->tasks) rc = nf_fail(c, NF_EDATA, "the sheet has no key task");
    return rc ? nf_at(c, file, 0, 0) : NF_OK;
}

/* The first record alone: period, unit and task, and something to say of it. */
static int look(void *self, nf_ctx *c, const nf_record *rec)
{
    bool has[COLUMNS] = { false }, says = false, *is_one = self;
    (void)c;
    for (size_t i = 0; i < rec->n; i++)
        for (int k = 0; k < COLUMNS; k++) has[k] |= nf_word_in(rec->cell[i], column[k].also);
    for (int k = STARTED; k <= BLOCKED; k++) says |= has[k];
    *is_one = has[PERIOD] && has[UNIT] && has[TASK] && says;
    return 1;
}

bool nf_is_ledger_sheet(nf_ctx *c, const char *file)
{
    bool is_one = false;
    int rc = nf_table_file(c, file, look, &is_one);
    return rc >= 0 && is_one;
}
