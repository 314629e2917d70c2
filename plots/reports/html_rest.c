/* html_rest.c - the page's other parts: key tasks, sources, what is missing and whom to ask. */
#include "html.h"
#include "sources.h"
#include <string.h>

/* ---- key tasks ---- */

static const nf_text l_task = { "Task", "任务" }, l_owner = { "Responsible", "责任单位" },
                     l_time = { "Timetable", "时间安排" }, l_light = { "Light", "亮灯" },
                     l_why = { "Why", "说明" };

static const char *timetable(nf_html *h, const nf_task *t)
{
    static const nf_text none = { "none published", "未公布" };
    const char *start = nf_date(h->c, t->start, h->lang), *due = nf_date(h->c, t->due, h->lang);
    return *start || *due ? nf_join(h->c, start, " – ", due) : nf_text_in(none, h->lang);
}

static void put_task(nf_html *h, const nf_plan *plan, const nf_task *t, const nf_scheme *lights, const nf_value *opt,
                     int64_t now)
{
    nf_case k = { .plan = plan, .task = t, .now = now };
    nf_finding f = { 0 };
    bool judged = lights && !nf_judge(h->c, &f, lights, &k, opt);
    nf_html_put(h, "<tr>");
    nf_html_put(h, "<th scope=\"row\">");
    nf_html_text(h, nf_join(h->c, t->code, "  ", nf_text_in(t->title, h->lang)));
    nf_html_put(h, "</th>");
    nf_html_cell(h, l_owner, nf_text_in(t->owner, h->lang));
    nf_html_cell(h, l_time, timetable(h, t));
    nf_html_put(h, "<td>");
    if (judged) nf_html_pill(h, nf_finding_level(&f), nf_finding_word(h->c, &f, h->lang));
    nf_html_put(h, "</td>");
    nf_html_cell(h, l_why, judged ? nf_text_in(f.reason, h->lang) : "");
    nf_html_put(h, "</tr>\n");
}

/* Without a timetable there is no light to show: names and units are enough. */
static void put_names(nf_html *h, const nf_plan *plan)
{
    nf_html_put(h, "<ul class=\"names\">\n");
    for (const nf_task *t = plan->task; t < plan->task + plan->n_task; t++)
        nf_html_tag(h, "li", nf_join(h->c, nf_join(h->c, t->code, " ", nf_text_in(t->title, h->lang)), " · ",
                                     nf_text_in(t->owner, h->lang)));
    nf_html_put(h, "</ul>\n");
}

void nf_html_tasks(nf_html *h, const nf_plan *plan, int64_t now)
{
    static const nf_text title = { "Key tasks", "重点任务" },
                         count = { "{0} tasks, of which {1} have a timetable.", "共{0}项任务，其中{1}项有时间安排。" };
    const nf_scheme *lights = nf_row_find(NF_TABLE(nf_schemes), "lights", NULL);
    nf_value *opt = NULL;
    size_t dated = 0;
    if (!plan || !plan->n_task) return;
    if (lights && nf_options(h->c, &opt, &lights->row, NULL)) lights = NULL;
    for (size_t i = 0; i < plan->n_task; i++) dated += !nf_period_is_empty(plan->task[i].due);
    nf_html_tag_say(h, "h3", title);
    nf_html_tag(h, "p", nf_say(h->c, h->lang, count, nf_format(h->c, "%zu", plan->n_task),
                               nf_format(h->c, "%zu", dated), NULL, NULL));
    nf_exhibit e = { .plan = plan, .now = now, .lang = h->lang };
    if (!dated) {
        put_names(h, plan);
        return;
    }
    nf_html_chart(h, "gantt", &e, 0, "wide");
    nf_html_put(h, "<div class=\"tasks\">\n");
    nf_html_columns(h, (const nf_text[]){ l_task, l_owner, l_time, l_light, l_why }, 5);
    for (size_t i = 0; i < plan->n_task; i++) put_task(h, plan, &plan->task[i], lights, opt, now);
    nf_html_put(h, "</tbody>\n</table>\n</div>\n");
}

/* ---- sources ---- */

static const nf_text l_figure = { "Figures", "数据" }, l_place = { "Place", "地区" },
                     l_publisher = { "Publisher", "发布单位" }, l_licence = { "Licence", "许可" },
                     l_last = { "Latest figure", "最新数据" }, l_known = { "Published by", "发布截至" },
                     l_document = { "Document", "文件" }, l_goal = { "Target", "目标" };

static void put_figures(nf_html *h, const nf_exhibit *e)
{
    nf_origin *o;
    size_t n;
    if (!h->rc) h->rc = nf_origins_of_figures(h->c, &o, &n, e);
    if (h->rc) return;
    nf_html_columns(h, (const nf_text[]){ l_figure, l_place, l_publisher, l_last, l_known, l_licence }, 6);
    for (size_t i = 0; i < n; i++) {
        nf_html_put(h, "<tr>");
        nf_html_tag(h, "th scope=\"row\"", o[i].names);
        nf_html_cell(h, l_place, o[i].place);
        nf_html_cell(h, l_publisher, o[i].publisher);
        nf_html_cell(h, l_last, o[i].latest);
        nf_html_cell(h, l_known, o[i].known);
        nf_html_cell(h, l_licence, o[i].document);
        nf_html_put(h, "</tr>\n");
    }
    nf_html_put(h, "</tbody>\n</table>\n");
}

static void put_documents(nf_html *h, const nf_exhibit *e)
{
    nf_origin *o;
    size_t n;
    if (!h->rc) h->rc = nf_origins_of_targets(h->c, &o, &n, e);
    if (h->rc) return;
    nf_html_columns(h, (const nf_text[]){ l_goal, l_publisher, l_document, l_known }, 4);
    for (size_t i = 0; i < n; i++) {
        nf_html_put(h, "<tr>");
        nf_html_tag(h, "th scope=\"row\"", o[i].names);
        nf_html_cell(h, l_publisher, o[i].publisher);
        nf_html_cell(h, l_document, o[i].document);
        nf_html_cell(h, l_known, o[i].known);
        nf_html_put(h, "</tr>\n");
    }
    nf_html_put(h, "</tbody>\n</table>\n");
}

void nf_html_sources(nf_html *h, const nf_exhibit *e)
{
    static const nf_text title = { "Where the figures come from", "数据来源" },
                         targets = { "Where the targets come from", "目标来源" };
    if (!e->n_finding) return;
    nf_html_put(h, "<div class=\"sources\">\n");
    nf_html_tag_say(h, "h3", title);
    put_figures(h, e);
    nf_html_tag_say(h, "h3", targets);
    put_documents(h, e);
    nf_html_put(h, "</div>\n");
}

/* ---- what is missing ---- */

static void put_item(nf_html *h, const nf_fact *x)
{
    static const nf_text ask = { "Ask: {0}", "可询问：{0}" };
    nf_html_put(h, "<li><b>");
    nf_html_text(h, nf_join(h->c, x->name, " · ", nf_join(h->c, x->goal, " · ", x->due)));
    nf_html_put(h, "</b> ");
    nf_html_text(h, x->reason);
    const char *whom = *x->owner ? x->owner : x->publisher;
    if (*whom) nf_html_tag(h, "small", nf_say(h->c, h->lang, ask, whom, NULL, NULL, NULL));
    nf_html_put(h, "</li>\n");
}

void nf_html_missing(nf_html *h, const nf_exhibit *e)
{
    static const nf_text title = { "What is missing, and whom to ask", "缺少什么、可问谁" },
                         groups = { "No target in figures: {0}.", "没有量化目标：{0}。" },
                         nothing = { "Every target has the figures it needs.", "所有目标均有所需数据。" };
    const char *bare = "";
    size_t n = 0;
    nf_html_tag_say(h, "h3", title);
    nf_html_put(h, "<ul>\n");
    for (size_t i = 0; i < e->n_finding; i++) {
        nf_fact x;
        nf_fact_of(h->c, &x, e, &e->finding[i]);
        if (x.has_figures && !nf_finding_is(&e->finding[i], "awaiting")) continue;
        put_item(h, &x);
        n++;
    }
    for (size_t i = 0; i < e->n_rollup; i++)
        if (!e->rollup[i].n && e->rollup[i].improvement)
            bare = nf_join(h->c, bare, !strcmp(h->lang, "zh") ? "、" : ", ",
                           nf_text_in(e->rollup[i].improvement->title, h->lang));
    if (*bare) nf_html_tag(h, "li", nf_say(h->c, h->lang, groups, bare, NULL, NULL, NULL));
    if (!n && !*bare) nf_html_tag_say(h, "li", nothing);
    nf_html_put(h, "</ul>\n");
}
