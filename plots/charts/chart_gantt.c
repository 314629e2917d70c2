/* chart_gantt.c - key tasks on a time axis: by project, today's line, milestones, lights in shape and colour. */
#include "frame.h"
#include "engine.h"
#include <math.h>
#include <string.h>

enum { ROW = 19, ROW_NARROW = 33, GROUP = 26, LEGEND = 20 };
/* names: the width that they take; row: the height of a task; light: every task's */
typedef struct { nf_ctx *c; nf_scene *s; const nf_exhibit *e; const char *lang; nf_linear x; double names, row;
                 nf_box box; const nf_scheme *lights; nf_finding *light; } plan_chart;

static double years_begin(nf_period p) { return (double)nf_period_begin(p) / (365.2425 * 86400); }
static double years_end(nf_period p) { return (double)nf_period_end(p) / (365.2425 * 86400); }
static bool dated(const nf_task *t) { return !nf_period_is_empty(t->due); }

/* Every task's light, in the plan's order. */
static int judge_all(plan_chart *g)
{
    const nf_plan *p = g->e->plan;
    nf_value *opt = NULL;
    g->lights = nf_row_find(NF_TABLE(nf_schemes), "lights", NULL);
    g->light = nf_alloc(g->c, (p->n_task + 1) * sizeof *g->light);
    int rc = !g->light ? NF_ENOMEM : g->lights ? nf_options(g->c, &opt, &g->lights->row, NULL) : NF_ENOTFOUND;
    for (size_t i = 0; i < p->n_task && !rc; i++) {
        nf_case *k = nf_alloc(g->c, sizeof *k);
        if (!k) return NF_ENOMEM;
        *k = (nf_case){ .plan = p, .task = &p->task[i], .now = g->e->now };
        rc = nf_judge(g->c, &g->light[i], g->lights, k, opt);
    }
    return rc;
}

static const nf_finding *light_of(const plan_chart *g, const nf_task *t) { return &g->light[t - g->e->plan->task]; }

/* The lights that are shown: shape, word, how many tasks; in as many lines as it takes. draw false: only how high. */
static double legend(const plan_chart *g, double y, bool draw)
{
    static const nf_text entry = { "{0} ({1})", "{0}{1}项" };
    double left = nf_pad(g->s), x = left, top = y;
    for (const nf_grade *grade = g->lights->grade; grade->word; grade++) {
        size_t n = 0;
        for (size_t i = 0; i < g->e->plan->n_task; i++) n += g->light[i].grade == grade;
        if (!n) continue;
        const char *text = nf_say(g->c, g->lang, entry, nf_capital(g->c, nf_text_in(grade->title, g->lang)),
                                  nf_format(g->c, "%zu", n), NULL, NULL);
        double width = 14 + nf_text_width(text, 12, false) * 1.04;
        if (x > left && x + width > g->s->width - nf_pad(g->s)) x = left, y += LEGEND;
        if (draw) nf_mark_level(g->s, nf_tone(grade->level), grade->level, x + 5, y + 10, 4);
        if (draw) nf_scene_text(g->s, (nf_font){ .role = NF_INK, .size = 12 }, x + 14, y + 14, text);
        x += width + 18;
    }
    return y - top + LEGEND + 8;
}

static void draw_milestones(plan_chart *g, const nf_task *t, double y)
{
    const nf_plan *p = g->e->plan;
    for (size_t i = 0; i < p->n_milestone; i++) {
        const nf_milestone *m = &p->milestone[i];
        if (!m->task || !t->code || strcmp(m->task, t->code) || nf_period_is_empty(m->due)) continue;
        double x = nf_px(&g->x, years_end(m->due));
        bool done = !nf_period_is_empty(m->done);
        nf_scene_polygon(g->s, (nf_pen){ .fill = done ? NF_INK : NF_PAPER, .stroke = NF_INK, .width = 1.2 }, 4,
                         (double[]){ x, x + 4.5, x, x - 4.5 }, (double[]){ y - 4.5, y, y + 4.5, y });
    }
}

static void draw_bar(plan_chart *g, const nf_task *t, nf_level level, double y)
{
    static const nf_text none = { "no timetable published", "未公布时间表" };
    if (!dated(t)) {
        nf_scene_text(g->s, (nf_font){ NF_SUB, 12, 's', false, true }, g->box.left + (g->names > 0 ? g->names : 14),
                      y + 4, nf_text_in(none, g->lang));
        return;
    }
    double start = nf_period_is_empty(t->start) ? years_begin(t->due) : years_begin(t->start),
           from = nf_px(&g->x, start), to = nf_px(&g->x, years_end(t->due));
    nf_scene_rect(g->s, (nf_pen){ .fill = nf_wash(level), .stroke = nf_tone(level), .width = 0.8 }, from, y - 5,
                  fmax(to - from, 2), 10, 2);
    draw_milestones(g, t, y);
}

/* The name beside its bar, on narrow charts above it. */
static void draw_task(plan_chart *g, const nf_task *t, double y)
{
    const nf_finding *f = light_of(g, t);
    nf_level level = nf_finding_level(f);
    const char *title = nf_text_in(t->title, g->lang);
    double m = y + ROW / 2.0, width = g->names > 0 ? g->names - 22 : g->box.right - g->box.left - 16;
    nf_scene_group(g->s, nf_join(g->c, title, ": ", nf_finding_word(g->c, f, g->lang)));
    nf_scene_text(g->s, (nf_font){ NF_INK, 12, 's', false, g->names == 0 }, g->box.left + 14, m + 4,
                  nf_text_fit(g->c, title, 12, false, width));
    draw_bar(g, t, level, m + g->row - ROW);
    if (dated(t)) nf_mark_level(g->s, nf_tone(level), level, g->box.left + 5, m, 4);
    nf_scene_end(g->s);
}

static void draw_axis(plan_chart *g, double from, double to)
{
    int64_t first, last;
    int month, day;
    nf_civil_of_day((int64_t)floor(from * 365.2425), &first, &month, &day);
    nf_civil_of_day((int64_t)floor(to * 365.2425), &last, &month, &day);
    int64_t every = 1;
    while ((double)every * (g->x.r1 - g->x.r0) < 36 * (to - from)) every = every % 4 ? 2 * every : every / 4 * 10;
    for (int64_t y = first; y <= last + 1; y++) {
        if (y % every) continue;
        double x = nf_px(&g->x, (double)nf_day_of_civil(y, 1, 1) / 365.2425);
        if (x < g->box.left + g->names - 1 || x > g->box.right + 1) continue;
        nf_scene_line(g->s, (nf_pen){ .stroke = NF_GRID, .width = 1 }, floor(x) + 0.5, g->box.top + 18, floor(x) + 0.5,
                      g->box.bottom);
        nf_scene_text(g->s, (nf_font){ NF_SUB, 12, 'm', false, false }, x, g->box.top + 12,
                      nf_format(g->c, "%lld", (long long)y));
    }
}

static void draw_today(plan_chart *g)
{
    double now = nf_px(&g->x, (double)g->e->now / (365.2425 * 86400));
    if (!g->e->now || now < g->box.left + g->names || now > g->box.right) return;
    nf_scene_line(g->s, (nf_pen){ .stroke = NF_TARGET, .width = 1.6, .dash = { 5, 3 } }, now, g->box.top + 18, now,
                  g->box.bottom);
    const char *today = nf_day(g->c, g->e->now);
    double half = nf_text_width(today, 12, false) / 2;
    nf_scene_text(g->s, (nf_font){ NF_TARGET_TEXT, 12, 'm', false, false }, fmin(now, g->box.right - half),
                  g->box.bottom + 14, today);
}

static bool extent(const nf_plan *p, double *from, double *to)
{
    *from = INFINITY;
    *to = -INFINITY;
    for (size_t i = 0; i < p->n_task; i++) {
        if (!dated(&p->task[i])) continue;
        const nf_task *t = &p->task[i];
        *from = fmin(*from, years_begin(nf_period_is_empty(t->start) ? t->due : t->start));
        *to = fmax(*to, years_end(p->task[i].due));
    }
    return *from < *to;
}

static const nf_field fields[] = { { .name = "task", .type = NF_WORD }, { .name = "project", .type = NF_WORD },
                                   { .name = "start", .type = NF_TIME }, { .name = "due", .type = NF_TIME },
                                   { .name = "light", .type = NF_WORD }, { .name = NULL } };

static int rows(plan_chart *g, nf_sink to)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, g->c, "gantt", fields);
    for (size_t i = 0; i < g->e->plan->n_task && !rc; i++) {
        const nf_task *t = &g->e->plan->task[i];
        const nf_finding *f = light_of(g, t);
        rc = to.row(to.self, g->c, (nf_value[]){ { .s = t->code }, { .s = t->project }, { .t = t->start },
                                                 { .t = t->due }, { .s = f->grade ? f->grade->word : NULL } });
    }
    return to.end(to.self, g->c, rc);
}

static const char *headline(plan_chart *g)
{
    static const nf_text title = { "{0} of {1} key tasks are late", "{1}项重点任务中有{0}项滞后" },
                         fine = { "No key task of {1} is late", "{1}项重点任务均未滞后" },
                         blind = { "{1} key tasks, no timetable published", "{1}项重点任务，未公布时间表" };
    const nf_plan *p = g->e->plan;
    size_t late = 0, known = 0;
    for (size_t i = 0; i < p->n_task; i++) {
        nf_level level = nf_finding_level(&g->light[i]);
        late += level != NF_UNKNOWN && level <= NF_RISK;
        known += dated(&p->task[i]);
    }
    return nf_say(g->c, g->lang, !known ? blind : late ? title : fine, nf_format(g->c, "%zu", late),
                  nf_format(g->c, "%zu", p->n_task), NULL, NULL);
}

static bool in_project(const nf_task *t, const nf_group *p)
{ return t->project && p->code && !strcmp(t->project, p->code); }

static void draw_groups(plan_chart *g, double y)
{
    const nf_plan *p = g->e->plan;
    for (size_t k = 0; k < p->n_project; k++) {
        size_t n = 0;
        for (size_t i = 0; i < p->n_task; i++) n += in_project(&p->task[i], &p->project[k]);
        if (!n) continue;
        nf_scene_text(g->s, (nf_font){ NF_INK, 13, 's', true, g->names == 0 }, g->box.left, y + 18,
                      nf_text_fit(g->c, nf_text_in(p->project[k].title, g->lang), 13, true,
                                  g->names > 0 ? g->names - 8 : g->box.right - g->box.left));
        y += GROUP;
        for (size_t i = 0; i < p->n_task; i++)
            if (in_project(&p->task[i], &p->project[k])) draw_task(g, &p->task[i], y), y += g->row;
    }
    for (size_t i = 0; i < p->n_task; i++)
        if (!p->task[i].project || !nf_plan_project(p, p->task[i].project)) draw_task(g, &p->task[i], y), y += g->row;
}

static size_t groups(const nf_plan *p)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_project; k++) {
        size_t i = 0;
        while (i < p->n_task && !in_project(&p->task[i], &p->project[k])) i++;
        n += i < p->n_task;
    }
    return n;
}

/* No wider than the names are, nor than a share of the chart; 0 where they stand above their bars. */
static double names_width(const plan_chart *g)
{
    const nf_plan *p = g->e->plan;
    if (nf_is_narrow(g->s)) return 0;
    double width = 100, most = (g->box.right - g->box.left) * 0.4;
    for (size_t i = 0; i < p->n_task; i++)
        width = fmax(width, nf_text_width(nf_text_in(p->task[i].title, g->lang), 12, false) * 1.03 + 38);
    for (size_t i = 0; i < p->n_project; i++)
        width = fmax(width, nf_text_width(nf_text_in(p->project[i].title, g->lang), 13, true) * 1.03 + 24);
    return fmin(width, most);
}

static int draw(nf_ctx *c, nf_scene *s, const nf_exhibit *e, const nf_value *opt, nf_sink drawn)
{
    static const nf_text sub = { "Key tasks by project", "按工程分组的重点任务" },
                         key = { "Bar: from start to deadline. Diamond: milestone, filled when done. Shape and "
                                 "colour: the light of the ledger. Dashed: today.",
                                 "横条：起止时间；菱形：节点，实心为已完成；形状与颜色：台账亮灯；虚线：今日。" };
    plan_chart g = { .c = c, .s = s, .e = e, .lang = s->lang, .row = nf_is_narrow(s) ? ROW_NARROW : ROW };
    double from, to;
    (void)opt;
    int rc = judge_all(&g);
    if (rc) return rc;
    if (!s->title || !*s->title) s->title = headline(&g);
    nf_frame f = { .title = s->title, .subtitle = nf_join(c, nf_text_in(e->plan->place_title, g.lang), " · ",
                                                          nf_text_in(sub, g.lang)), .n_note = 2 };
    f.note[0] = nf_text_in(key, g.lang);
    f.note[1] = nf_exhibit_source(c, e, false, g.lang);
    s->desc = f.subtitle;
    s->fixed = false;
    double lights = legend(&g, 0, false);
    g.box = nf_frame_draw(s, &f, lights + 40 + GROUP * (double)groups(e->plan) + g.row * (double)e->plan->n_task);
    legend(&g, g.box.top - 8, true);
    g.box.top += lights;
    g.box.bottom -= 14;
    g.names = names_width(&g);
    if (extent(e->plan, &from, &to)) {
        g.x = (nf_linear){ from, to, g.box.left + g.names, g.box.right - 6 };
        draw_axis(&g, from, to);
        draw_today(&g);
    }
    draw_groups(&g, g.box.top + 18);
    return rows(&g, drawn);
}

const nf_chart nf_chart_gantt = {
    .row = { .name = "gantt", .title = { "key tasks and their timetable", "重点任务时间表" },
             .use = "which tasks are late, by project", .avoid = "plans without dates" },
    .needs = NF_NEEDS_TASKS, .width = 980, .height = 0, .draw = draw
};
