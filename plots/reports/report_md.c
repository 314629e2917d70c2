/* report_md.c - Markdown: headings, tables and pictures, for editors, wikis and pandoc. */
#include "album.h"
#include <string.h>

typedef struct { nf_ctx *c; nf_out out; const char *lang, *suffix; int rc; } md;

static void put(md *m, const char *markup) { if (!m->rc) m->rc = nf_put(m->out, markup); }
static void text(md *m, const char *s) { if (!m->rc && s) m->rc = nf_escape(m->out, NF_MD, s); }
static const char *in(const md *m, nf_text t) { return nf_text_in(t, m->lang); }
static bool full(const char *s) { return s && *s; }

static void heading(md *m, const char *marks, const char *s)
{
    put(m, "\n");
    put(m, marks);
    put(m, " ");
    text(m, s);
    put(m, "\n\n");
}

static void paragraph(md *m, const char *s)
{
    text(m, s);
    put(m, "\n\n");
}

static void cell(md *m, const char *s)
{
    put(m, " ");
    text(m, full(s) ? s : "–");
    put(m, " |");
}

static void picture(md *m, const char *alt, const char *stem)
{
    put(m, "![");
    text(m, alt);
    put(m, "](");
    put(m, stem);                                /* a slug: letters, digits, - and _ */
    put(m, m->suffix);
    put(m, ")\n\n");
}

static void columns(md *m)
{
    static const nf_text name[] = { { "Target", "目标" }, { "Latest", "最新数据" }, { "To reach", "目标值" }, { "Pace needed", "所需速度" }, { "Pace so far", "实际速度" },
                                    { "Projected", "到期预测" }, { "Chance", "达标可能性" }, { "Verdict", "评判" }, { "Owner", "责任单位" } };
    size_t n = sizeof name / sizeof *name;
    put(m, "|");
    for (size_t i = 0; i < n; i++) cell(m, in(m, name[i]));
    put(m, "\n|");
    for (size_t i = 0; i < n; i++) put(m, "---|");
    put(m, "\n");
}

static void row(md *m, const nf_fact *x)
{
    put(m, "|");
    cell(m, nf_join(m->c, nf_join(m->c, x->name, ", ", x->unit), " · ", x->elsewhere));
    cell(m, nf_join(m->c, x->latest, " · ", x->latest_date));
    cell(m, nf_join(m->c, x->goal, " · ", x->due));
    cell(m, x->needed);
    cell(m, x->actual);
    cell(m, x->projected);
    cell(m, x->chance);
    cell(m, x->verdict);
    cell(m, x->owner);
    put(m, "\n");
}

static void targets(md *m, const nf_exhibit *e, const nf_group *g)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_finding; i++) n += !g || nf_belongs(&e->finding[i], g);
    if (!n) return;
    columns(m);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < e->n_finding; i++) {
            nf_fact x;
            if (g && !nf_belongs(&e->finding[i], g)) continue;
            nf_fact_of(m->c, &x, e, &e->finding[i]);
            if (!pass) row(m, &x);
            else if (x.has_figures) picture(m, nf_join(m->c, x.name, ": ", x.reason), x.file);
        }
        put(m, "\n");
    }
}

static void part(md *m, const nf_exhibit *e, const char *board)
{
    static const nf_text invented = { "Synthetic data: every figure in this part is invented.", "合成数据：本部分所有数字均为虚构。" },
                         all = { "All targets", "全部目标" };
    if (nf_exhibit_synthetic(e)) {
        put(m, "> ");
        paragraph(m, in(m, invented));
    }
    paragraph(m, nf_verdict_counts(m->c, e->finding, e->n_finding, m->lang));
    if (e->n_rollup) picture(m, nf_rollup_headline(m->c, e->rollup, e->n_rollup, m->lang), board);
    for (size_t i = 0; i < e->n_rollup; i++) {
        const nf_group *g = e->rollup[i].improvement;
        if (!g) continue;
        heading(m, "###", nf_text_in(g->title, m->lang));
        text(m, nf_rollup_word(&e->rollup[i], m->lang));
        put(m, "\n\n");
        targets(m, e, g);
    }
    if (e->n_rollup) return;
    heading(m, "###", in(m, all));
    targets(m, e, NULL);
}

static const char *place(const nf_exhibit *e)
{
    const char *title = e->plan ? nf_text_in(e->plan->place_title, e->lang) : NULL;
    return full(title) ? title : e->plan && full(e->plan->place) ? e->plan->place : "";
}

static int write_page(nf_ctx *c, nf_folder folder, const nf_dossier *d, const nf_exhibit *known, const char *suffix)
{
    static const nf_text title = { "{0}: are the targets on track?", "{0}：目标进展如何？" }, as_of = { "As known on {0}.", "截至{0}。" },
                         public = { "{0}: what is public, what is missing, whom to ask", "{0}：公开了什么、缺少什么、可问谁" };
    md m = { .c = c, .lang = full(d->all.lang) ? d->all.lang : "en", .suffix = suffix };
    int rc = folder.open(folder.self, c, "report.md", &m.out);
    if (rc) return rc;
    put(&m, "# ");
    text(&m, full(d->title) ? d->title : nf_say(c, m.lang, title, place(&d->all), NULL, NULL, NULL));
    put(&m, "\n\n");
    if (d->all.now) paragraph(&m, nf_say(c, m.lang, as_of, nf_day(c, d->all.now), NULL, NULL, NULL));
    part(&m, &d->all, "scoreboard");
    if (known->n_finding) {
        heading(&m, "##", nf_say(c, m.lang, public, place(known), NULL, NULL, NULL));
        part(&m, known, "scoreboard-public");
    }
    return folder.close(folder.self, c, m.rc);
}

static int write(nf_ctx *c, nf_folder folder, const nf_dossier *d)
{
    nf_album album;
    nf_exhibit known = nf_exhibit_public(d);
    int rc = nf_album_write(c, &album, folder, d);
    return rc ? rc : write_page(c, folder, d, &known, album.canvas->suffix);
}

const nf_report nf_report_md = {
    .row = { .name = "md", .title = { "Markdown with pictures beside it", "Markdown，图片另存" }, .use = "editors, wikis, pandoc to Word or LaTeX",
             .avoid = "Word from svg pictures: take --images png" },
    .write = write
};
