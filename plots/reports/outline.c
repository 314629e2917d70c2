/* outline.c - the written report, part by part: counts, scoreboard, improvements, key tasks, sources. */
#include "outline.h"
#include "sources.h"
#include <string.h>

static bool full(const char *s) { return s && *s; }
static const char *in(const nf_setter *s, nf_text t) { return nf_text_in(t, s->lang); }

static void heading(nf_setter *s, int level, const char *text) { if (!s->rc) s->heading(s, level, text); }
static void paragraph(nf_setter *s, const char *text) { if (!s->rc && full(text)) s->paragraph(s, text, false); }

static void picture(nf_setter *s, const char *alt, const char *chart, const nf_exhibit *e, const char *stem)
{
    if (!s->rc) s->picture(s, alt, chart, e, stem);
}

static void table(nf_setter *s, const nf_text *column, const int *width, size_t n, const nf_line *line, size_t lines)
{
    if (!s->rc && lines) s->table(s, column, width, n, line, lines);
}

static nf_line *room(nf_setter *s, size_t n)
{
    nf_line *line = nf_alloc(s->c, (n + 1) * sizeof *line);
    if (!line) s->rc = NF_ENOMEM;
    return line;
}

/* ---- targets ---- */

static nf_line line_of(nf_setter *s, const nf_fact *x)
{
    const char *name = nf_join(s->c, nf_measure(s->c, s->lang, x->name, x->unit), " · ", x->elsewhere);
    const char *latest = nf_join(s->c, x->latest, " · ", x->latest_date), *goal = nf_join(s->c, x->goal, " · ", x->due);
    return (nf_line){ { name, latest, goal, x->needed, x->actual, x->projected, x->chance, x->verdict, x->owner }, 7,
                      x->level };
}

static void targets(nf_setter *s, const nf_exhibit *e, const nf_group *g)
{
    static const nf_text column[NF_CELLS] = {
        { "Target", "目标" }, { "Latest", "最新数据" }, { "To reach", "目标值" }, { "Pace needed", "所需速度" },
        { "Pace so far", "实际速度" }, { "Projected", "到期预测" }, { "Chance", "达标可能性" }, { "Verdict", "评判" },
        { "Owner", "责任单位" } };
    static const int width[NF_CELLS] = { 19, 10, 10, 10, 10, 11, 9, 9, 12 };
    nf_line *line = room(s, e->n_finding);
    size_t n = 0;
    nf_fact x;
    for (size_t i = 0; line && i < e->n_finding; i++) {
        if (g && !nf_belongs(&e->finding[i], g)) continue;
        nf_fact_of(s->c, &x, e, &e->finding[i]);
        line[n++] = line_of(s, &x);
    }
    table(s, column, width, NF_CELLS, line, n);
    for (size_t i = 0; line && i < e->n_finding; i++) {
        if (g && !nf_belongs(&e->finding[i], g)) continue;
        nf_fact_of(s->c, &x, e, &e->finding[i]);
        nf_exhibit one = nf_exhibit_of(e, &e->finding[i]);
        if (x.has_figures) picture(s, nf_join(s->c, x.name, ": ", x.reason), "trend", &one, x.file);
    }
}

/* ---- key tasks ---- */

static const char *timetable(nf_setter *s, const nf_task *t)
{
    return nf_join(s->c, nf_date(s->c, t->start, s->lang), " – ", nf_date(s->c, t->due, s->lang));
}

static void tasks(nf_setter *s, const nf_exhibit *e, int level)
{
    static const nf_text title = { "Key tasks", "重点任务" };
    static const nf_text column[] = { { "Task", "任务" }, { "Responsible", "责任单位" }, { "Timetable", "时间安排" },
                                      { "Light", "亮灯" }, { "Why", "说明" } };
    static const int width[] = { 34, 20, 18, 13, 15 };
    const nf_plan *p = e->plan;
    const nf_scheme *lights = nf_row_find(NF_TABLE(nf_schemes), "lights", NULL);
    nf_value *opt = NULL;
    if (s->rc || !p || !p->n_task || !lights || (lights->row.opt && nf_options(s->c, &opt, &lights->row, NULL))) return;
    nf_line *line = room(s, p->n_task);
    for (size_t i = 0; line && i < p->n_task; i++) {
        const nf_task *t = &p->task[i];
        nf_case k = { .plan = p, .task = t, .now = e->now };
        nf_finding f;
        if ((s->rc = nf_judge(s->c, &f, lights, &k, opt))) return;
        line[i] = (nf_line){ { nf_join(s->c, t->code, " ", in(s, t->title)), in(s, t->owner), timetable(s, t),
                               nf_finding_word(s->c, &f, s->lang), in(s, f.reason) }, 3, nf_finding_level(&f) };
    }
    heading(s, level, in(s, title));
    table(s, column, width, 5, line, p->n_task);
}

/* ---- sources ---- */

static void sources(nf_setter *s, const nf_exhibit *e, int level)
{
    static const nf_text title = { "Where the figures come from", "数据来源" },
                         targets_title = { "Where the targets come from", "目标来源" };
    static const nf_text of_figures[] = { { "Figures", "数据" }, { "Place", "地区" }, { "Publisher", "发布单位" },
                                          { "Latest figure", "最新数据" }, { "Published by", "发布截至" } };
    static const nf_text of_targets[] = { { "Target", "目标" }, { "Publisher", "发布单位" }, { "Document", "文件" },
                                          { "Published by", "发布截至" } };
    nf_origin *o = NULL;
    size_t n = 0;
    if (!s->rc) s->rc = nf_origins_of_figures(s->c, &o, &n, e);
    nf_line *line = room(s, e->n_finding);
    for (size_t i = 0; !s->rc && i < n; i++)
        line[i] = (nf_line){ { o[i].names, o[i].place, o[i].publisher, o[i].latest, o[i].known }, -1, NF_UNKNOWN };
    if (n) heading(s, level, in(s, title));
    table(s, of_figures, (const int[]){ 44, 14, 18, 12, 12 }, 5, line, n);
    if (!s->rc) s->rc = nf_origins_of_targets(s->c, &o, &n, e);
    for (size_t i = 0; !s->rc && i < n; i++)
        line[i] = (nf_line){ { o[i].names, o[i].publisher, o[i].document, o[i].known }, -1, NF_UNKNOWN };
    if (!s->rc && n) heading(s, level, in(s, targets_title));
    table(s, of_targets, (const int[]){ 46, 20, 22, 12 }, 4, line, n);
}

/* ---- the whole ---- */

/* level: of its headings */
static void part(nf_setter *s, const nf_exhibit *e, const char *board, int level)
{
    static const nf_text invented = { "Synthetic data: every figure in this part is invented.",
                                      "合成数据：本部分所有数字均为虚构。" },
                         all = { "All targets", "全部目标" };
    if (!s->rc && nf_exhibit_synthetic(e)) s->paragraph(s, in(s, invented), true);
    paragraph(s, nf_verdict_counts(s->c, e->finding, e->n_finding, s->lang));
    if (e->n_rollup) picture(s, nf_rollup_headline(s->c, e->rollup, e->n_rollup, s->lang), "scoreboard", e, board);
    for (size_t i = 0; i < e->n_rollup; i++) {
        const nf_group *g = e->rollup[i].improvement;
        if (!g) continue;
        heading(s, level, in(s, g->title));
        paragraph(s, nf_rollup_word(&e->rollup[i], s->lang));
        targets(s, e, g);
    }
    if (!e->n_rollup) {
        heading(s, level, in(s, all));
        targets(s, e, NULL);
    }
    tasks(s, e, level);
    sources(s, e, level);
}

int nf_outline_set(nf_ctx *c, nf_setter *s, nf_folder folder, const nf_dossier *d, const char *images)
{
    static const nf_text as_of = { "As known on {0}.", "截至{0}。" },
                         public = { "{0}: what is public, what is missing, whom to ask",
                                    "{0}：公开了什么、缺少什么、可问谁" };
    nf_exhibit known = nf_exhibit_public(d);
    s->c = c;
    s->lang = full(d->all.lang) ? d->all.lang : "en";
    s->rc = nf_album_open(c, &s->album, folder, d, images);
    heading(s, 1, full(d->title) ? d->title : nf_exhibit_headline(c, &d->all));
    if (d->all.now) paragraph(s, nf_say(c, s->lang, as_of, nf_day(c, d->all.now), NULL, NULL, NULL));
    part(s, &d->all, "scoreboard", 2);
    if (known.n_finding) {
        heading(s, 2, nf_say(c, s->lang, public, nf_exhibit_place(&known), NULL, NULL, NULL));
        part(s, &known, "scoreboard-public", 3);
    }
    return s->rc;
}
