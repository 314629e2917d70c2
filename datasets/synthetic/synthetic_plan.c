/* synthetic_plan.c - the invented city's plan: improvements, targets, tasks with timetable and ledger. */
#include "synthetic_table.h"
#include <math.h>
#include <string.h>

static int write_programme(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "programme",
                        "code,title,title_zh,place,place_zh,start,finish,source,note,note_zh,synthetic");
    if (rc) return rc;
    ROW(t, "synthetic-city", nf_format(t->c, "%s: nine improvements (synthetic)", t->city),
        nf_format(t->c, "%s：九个提升（合成数据）", t->city), nf_format(t->c, "%s (synthetic)", t->city),
        nf_format(t->c, "%s（合成）", t->city), "2020", "2027", "ninefold sample",
        "Synthetic data: no such city exists and nothing here was measured", "合成数据：该城市并不存在，所有数字均非实测", "yes");
    return synthetic_close(t);
}

static int write_groups(synthetic_table *t, const char *folder, bool projects)
{
    int rc = synthetic_open(t, folder, projects ? "projects" : "improvements",
                        projects ? "code,title,title_zh,ord,improvement" : "code,title,title_zh,ord,project");
    if (rc) return rc;
    for (int i = 0; i < 9; i++) {
        const synthetic_project *p = &synthetic_projects[i];
        char ord[8];
        snprintf(ord, sizeof ord, "%d", i + 1);
        if (projects) ROW(t, p->code, p->title.en, p->title.zh, ord, p->improvement);
        else ROW(t, p->improvement, p->improvement_title.en, p->improvement_title.zh, ord, p->code);
    }
    return synthetic_close(t);
}

static const synthetic_project *project_of(const char *improvement)
{
    for (int i = 0; i < 9; i++)
        if (!strcmp(synthetic_projects[i].improvement, improvement)) return &synthetic_projects[i];
    return &synthetic_projects[0];
}

static int write_indicators(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "indicators",
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
    return synthetic_close(t);
}

static void write_target(synthetic_table *t, const synthetic_indicator *d)
{
    char goal[32] = "", hi[32] = "", due[8] = "", base[8];
    bool range = d->kind == NF_RANGE;
    if (!isnan(d->goal)) nf_double_text(goal, d->goal);
    if (range) nf_double_text(hi, d->goal + 10);
    if (d->due) snprintf(due, sizeof due, "%d", d->due);
    snprintf(base, sizeof base, "%d", d->base);
    ROW(t, d->code, d->code, d->improvement, nf_kind_name(d->kind), d->sense > 0 ? "up" : "down", base,
        range ? "" : goal, range ? goal : "", hi, due, d->kind == NF_CHANGE_PCT ? "%" : d->unit,
        d->binding ? "yes" : "no", "2021-02-28", "ninefold sample", "Synthetic plan", "no");
}

static int write_targets(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "targets",
                        "target,indicator,improvement,kind,direction,baseline_period,value,lo,hi,period,"
                        "unit,binding,published,publisher,document,official");
    if (rc) return rc;
    for (const synthetic_indicator *d = synthetic_indicators; d->code; d++) write_target(t, d);
    return synthetic_close(t);
}

/* When a task starts and is due, in months from 2021-01, and how its ledger goes: drawn once, used by three tables. */
typedef struct { char code[8]; int start, due, half; double pace; } schedule;

static schedule schedule_of(const synthetic_table *t, int project, int task)
{
    schedule k;
    snprintf(k.code, sizeof k.code, "T%d.%d", project + 1, task + 1);
    uint64_t s = synthetic_stream(t->seed, k.code);
    k.start = (int)(synthetic_next(&s) % 36);
    k.due = k.start + 18 + (int)(synthetic_next(&s) % 42);
    k.half = (k.start + k.due) / 2;
    k.pace = .75 + .45 * synthetic_uniform(&s);
    return k;
}

static const char *month_text(char out[16], int month)
{
    snprintf(out, 16, "%04d-%02d", 2021 + month / 12, month % 12 + 1);
    return out;
}

static int write_tasks(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "tasks",
                        "code,title,title_zh,project,improvement,owner,owner_zh,support,start,due,after,counts_for,"
                        "signed_by");
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
    return synthetic_close(t);
}

static const char *day_text(char out[24], int month)
{
    snprintf(out, 24, "%04d-%02d-20", 2021 + month / 12, month % 12 + 1);
    return out;
}

enum { LEDGER_END = 65 };    /* the ledger ends in 2026-06 */

static int write_milestones(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "milestones", "task,title,title_zh,due,done");
    if (rc) return rc;
    for (int p = 0; p < 9; p++)
        for (int i = 0; i < 5; i++) {
            schedule k = schedule_of(t, p, i);
            char due[16], done[16];
            int reached = k.start + (int)((k.half - k.start) / k.pace);
            ROW(t, k.code, "Half-way review", "中期评估", month_text(due, k.half),
                reached <= LEDGER_END ? month_text(done, reached) : "");
        }
    return synthetic_close(t);
}

static int write_ledger(synthetic_table *t, const char *folder)
{
    int rc = synthetic_open(t, folder, "ledger", "task,at,author,field,value,note,evidence");
    if (rc) return rc;
    for (int p = 0; p < 9; p++)
        for (int i = 0; i < 5; i++) {
            schedule k = schedule_of(t, p, i);
            for (int month = k.start; month <= LEDGER_END; month += 6) {
                char at[24], value[32];
                double done = fmin(100, fmax(0, 100.0 * (month - k.start) / (k.due - k.start) * k.pace));
                bool starts = month == k.start;
                ROW(t, k.code, day_text(at, month), synthetic_projects[p].owner.en, starts ? "started" : "progress",
                    starts ? "yes" : synthetic_rounded(value, done, 0), "", "");
                if (done >= 100) break;
            }
        }
    return synthetic_close(t);
}

int synthetic_plan(synthetic_table *t, const char *folder)
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
