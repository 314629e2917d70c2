/* html_targets.c - the page's answer: counts, the scoreboard, a table and the charts of every improvement. */
#include "html.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const nf_text l_target = { "Target", "目标" }, l_latest = { "Latest", "最新数据" },
                     l_goal = { "To reach", "目标值" }, l_needed = { "Pace needed", "所需速度" },
                     l_actual = { "Pace so far", "实际速度" }, l_projected = { "Projected", "到期预测" },
                     l_chance = { "Chance", "达标可能性" },
                     l_verdict = { "Verdict", "评判" }, l_owner = { "Owner", "责任单位" };

enum { WIDE = 1188 };                            /* the page and the margins of a chart beyond it */

/* ---- summary ---- */

static void put_counts(nf_html *h, const nf_exhibit *e)
{
    static const nf_text of = { "Of {0} targets:", "共{0}个目标：" };
    nf_html_put(h, "<ul class=\"counts\">\n");
    nf_html_tag(h, "li", nf_say(h->c, h->lang, of, nf_format(h->c, "%zu", e->n_finding), NULL, NULL, NULL));
    for (int level = NF_MET; level >= NF_UNKNOWN; level--)
        for (size_t i = 0; i < e->n_finding; i++) {
            const char *word = nf_finding_word(h->c, &e->finding[i], h->lang);
            size_t n = 0;
            bool first = (int)nf_finding_level(&e->finding[i]) == level;
            for (size_t k = 0; k < e->n_finding && first; k++) {
                if (strcmp(nf_finding_word(h->c, &e->finding[k], h->lang), word)) continue;
                if (k < i) first = false;
                n++;
            }
            if (!first) continue;
            char text[24];
            snprintf(text, sizeof text, "%zu", n);
            nf_html_put(h, "<li>");
            nf_html_tag(h, "b", text);
            nf_html_pill(h, (nf_level)level, word);
            nf_html_put(h, "</li>\n");
        }
    nf_html_put(h, "</ul>\n");
}

static const char *number_and_title(nf_html *h, const nf_exhibit *e, size_t i)
{ return nf_format(h->c, "%zu  %s", i + 1, nf_text_in(e->rollup[i].improvement->title, h->lang)); }

/* The way to each improvement of a long page. */
static void put_contents(nf_html *h, const nf_exhibit *e)
{
    static const nf_text contents = { "Improvements of part {0}", "第{0}部分的各项提升" };
    nf_html_put(h, "<nav aria-label=\"");
    nf_html_text(h, nf_say(h->c, h->lang, contents, nf_format(h->c, "%u", h->part), NULL, NULL, NULL));
    nf_html_put(h, "\"><ul>\n");
    for (size_t i = 0; i < e->n_rollup; i++) {
        if (!e->rollup[i].improvement) continue;
        nf_html_put(h, nf_format(h->c, "<li><a href=\"#part%u-%zu\">", h->part, i + 1));
        nf_html_text(h, number_and_title(h, e, i));
        nf_html_put(h, "</a></li>\n");
    }
    nf_html_put(h, "</ul></nav>\n");
}

void nf_html_summary(nf_html *h, const nf_exhibit *e)
{
    h->part++;
    put_counts(h, e);
    if (!e->n_rollup) return;
    nf_html_chart(h, "scoreboard", e, WIDE, "wide");
    nf_html_chart(h, "scoreboard", e, 400, "slim");
    put_contents(h, e);
}

/* ---- a table of targets ---- */

static void put_name(nf_html *h, const nf_fact *x)
{
    nf_html_put(h, "<th scope=\"row\">");
    nf_html_text(h, x->name);
    const char *small = nf_join(h->c, x->unit, " · ", x->elsewhere);
    if (*small) nf_html_tag(h, "small", small);
    nf_html_put(h, "</th>");
}

static void put_target(nf_html *h, const nf_fact *x)
{
    bool zh = !strcmp(h->lang, "zh");
    nf_html_put(h, "<tr>");
    put_name(h, x);
    nf_html_cell(h, l_latest, *x->latest ? nf_format(h->c, zh ? "%s（%s）" : "%s (%s)", x->latest, x->latest_date)
                 : "");
    nf_html_cell(h, l_goal, *x->due ? nf_format(h->c, zh ? "%s（%s）" : "%s by %s", x->goal, x->due) : x->goal);
    nf_html_cell(h, l_needed, x->needed);
    nf_html_cell(h, l_actual, x->actual);
    nf_html_cell(h, l_projected, x->projected);
    nf_html_cell(h, l_chance, x->chance);
    nf_html_put(h, "<td>");
    nf_html_pill(h, x->level, x->verdict);
    nf_html_put(h, "</td>");
    nf_html_cell(h, l_owner, x->owner);
    nf_html_put(h, "</tr>\n");
    if (!*x->reason) return;
    nf_html_put(h, "<tr class=\"why\"><td colspan=\"9\">");
    nf_html_text(h, x->reason);
    nf_html_put(h, "</td></tr>\n");
}

static void put_columns(nf_html *h)
{
    nf_html_columns(h, (const nf_text[]){ l_target, l_latest, l_goal, l_needed, l_actual, l_projected, l_chance,
                                          l_verdict, l_owner }, 9);
}

static void put_charts(nf_html *h, const nf_exhibit *e, const nf_group *g)
{
    nf_html_put(h, "<div class=\"grid\">\n");
    for (size_t i = 0; i < e->n_finding; i++) {
        nf_fact x;
        if (g && !nf_belongs(&e->finding[i], g)) continue;
        nf_fact_of(h->c, &x, e, &e->finding[i]);
        if (!x.has_figures) continue;
        nf_exhibit one = nf_exhibit_of(e, &e->finding[i]);
        nf_html_chart(h, "trend", &one, 380, x.level >= NF_ON ? "chart fine" : "chart");
    }
    nf_html_put(h, "</div>\n");
}

static size_t count_of(const nf_exhibit *e, const nf_group *g)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_finding; i++) n += !g || nf_belongs(&e->finding[i], g);
    return n;
}

static void put_targets(nf_html *h, const nf_exhibit *e, const nf_group *g)
{
    put_columns(h);
    for (size_t i = 0; i < e->n_finding; i++) {
        nf_fact x;
        if (g && !nf_belongs(&e->finding[i], g)) continue;
        nf_fact_of(h->c, &x, e, &e->finding[i]);
        put_target(h, &x);
    }
    nf_html_put(h, "</tbody>\n</table>\n");
    put_charts(h, e, g);
}

/* ---- improvements ---- */

static void put_rollup(nf_html *h, const nf_rollup *r)
{
    static const nf_text binding = { "Chance that all binding targets are met: {0}.",
                                     "全部约束性目标达标的可能性：{0}。" },
                         veto = { "A binding target lags.", "有约束性目标落后。" },
                         firm = { "The verdict holds under {0} % of other weightings.",
                                  "在{0}%的其他权重下评判不变。" };
    const char *blank = strcmp(h->lang, "zh") ? " " : "", *text = r->veto ? nf_text_in(veto, h->lang) : "";
    if (isfinite(r->chance_binding))
        text = nf_join(h->c, text, blank, nf_say(h->c, h->lang, binding, nf_chance_words(h->c, r->chance_binding,
                                                 h->lang), NULL, NULL, NULL));
    if (isfinite(r->stable) && r->n > 1 && r->level != NF_UNKNOWN)
        text = nf_join(h->c, text, blank, nf_say(h->c, h->lang, firm, nf_figure(h->c, 100 * r->stable, 0, h->lang),
                                                 NULL, NULL, NULL));
    nf_html_put(h, "<p>");
    nf_html_pill(h, r->level, nf_rollup_word(r, h->lang));
    nf_html_put(h, " ");
    nf_html_text(h, text);
    nf_html_put(h, "</p>\n");
}

void nf_html_improvements(nf_html *h, const nf_exhibit *e)
{
    static const nf_text none = { "The plan names no target in figures for this improvement.",
                                  "计划没有为该项提升设定量化目标。" },
                         all = { "All targets", "全部目标" },
                         paper = { "On paper, the charts of what is on track or achieved are left out.",
                                   "打印时略去进度正常和已达标的图。" };
    nf_html_tag_say(h, "p class=\"paper\"", paper);
    for (size_t i = 0; i < e->n_rollup; i++) {
        const nf_group *g = e->rollup[i].improvement;
        if (!g) continue;
        nf_html_tag(h, nf_format(h->c, "h3 id=\"part%u-%zu\"", h->part, i + 1), number_and_title(h, e, i));
        if (count_of(e, g)) {
            put_rollup(h, &e->rollup[i]);
            put_targets(h, e, g);
        } else nf_html_tag_say(h, "p class=\"sub\"", none);
        if (g->note.en && *g->note.en) nf_html_tag_say(h, "p class=\"sub\"", g->note);
    }
    if (e->n_rollup || !e->n_finding) return;
    nf_html_tag_say(h, "h3", all);
    put_targets(h, e, NULL);
}
