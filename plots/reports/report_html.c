/* report_html.c - one self-contained page: opens anywhere, prints on A4, follows the reader's light or dark. */
#include "html.h"
#include <string.h>

static bool full(const char *s) { return s && *s; }

/* The sentences that say how to read a verdict. */
static void put_method(nf_html *h)
{
    static const nf_text text = {
        "How a verdict is reached: the chance that the target is reached by its date, from a damped trend that starts "
        "at the last figure. On track from 8 in 10, "
        "at risk from 2 in 10, else off track; with fewer than six figures the pace so far is held against the pace "
        "needed, and no chance is given. In the charts the fan holds 50, 80 and 95 % of what is expected, the grey band "
        "the 95 % limits of the Theil–Sen trend; the dashed line is the path to the target.",
        "评判方法：以最新数据为起点的阻尼趋势推算到期达标的可能性。八成及以上为进度正常，两成及以上为有风险，"
        "其余为难以完成；不足六个数据时只比较实际速度与所需速度，不给出可能性。图中扇形为50%、80%、95%预测区间，"
        "灰带为泰尔–森斜率的95%置信限，虚线为达标路径。" };
    nf_html_tag_say(h, "p class=\"sub\"", text);
}

static void put_banner(nf_html *h, const nf_exhibit *e)
{
    static const nf_text invented = { "Synthetic data: every figure in this part is invented, none is a measurement.",
                                      "合成数据：本部分所有数字均为虚构，并非实测。" };
    if (!nf_exhibit_synthetic(e)) return;
    nf_html_put(h, "<p class=\"banner\">");
    nf_html_say(h, invented);
    nf_html_put(h, "</p>\n");
}

static void put_header(nf_html *h, const nf_dossier *d, const char *title)
{
    static const nf_text known = { "As known on {0}", "截至{0}已公布的数据" }, plan = { "plan: {0}", "计划：{0}" };
    const nf_exhibit *e = &d->all;
    nf_html_put(h, "<header>\n");
    nf_html_tag(h, "h1", title);
    const char *text = e->now ? nf_say(h->c, h->lang, known, nf_day(h->c, e->now), NULL, NULL, NULL) : "";
    const char *name = e->plan ? nf_text_in(e->plan->title, h->lang) : NULL;
    if (full(name)) text = nf_join(h->c, text, " · ", nf_say(h->c, h->lang, plan, name, NULL, NULL, NULL));
    nf_html_tag(h, "p class=\"sub\"", text);
    nf_html_put(h, "</header>\n");
}

static void put_part(nf_html *h, const nf_exhibit *e)
{
    static const nf_text by = { "Improvement by improvement", "逐项提升" };
    put_banner(h, e);
    nf_html_summary(h, e);
    put_method(h);
    nf_html_tag_say(h, "h2", by);
    nf_html_improvements(h, e);
}

/* The second part of the demo: what a real city has published, and what it has not. */
static void put_public(nf_html *h, const nf_dossier *d)
{
    static const nf_text heading = { "{0}: what is public, what is missing, whom to ask",
                                     "{0}：公开了什么、缺少什么、可问谁" },
                         real = { "From here on every figure is a published one, with its publisher and date below.",
                                  "以下均为已公布的数据，发布单位和日期列于文后。" };
    nf_exhibit e = nf_exhibit_public(d);
    if (!e.n_finding) return;
    nf_html_tag(h, "h2 id=\"public\"", nf_say(h->c, h->lang, heading, nf_exhibit_place(&e), NULL, NULL, NULL));
    nf_html_tag_say(h, "p class=\"lead\"", real);
    nf_html_summary(h, &e);
    nf_html_missing(h, &e);
    nf_html_improvements(h, &e);
    nf_html_tasks(h, e.plan, e.now);
    nf_html_sources(h, &e);
}

static void put_footer(nf_html *h, const nf_dossier *d)
{
    static const nf_text files = { "Every chart lies beside this page as a picture, with its numbers (.csv) and "
                                   "description (.json).",
                                   "每幅图均以图片形式存于本页所在文件夹，并附数据（.csv）和说明（.json）。" },
                         made = { "Made by ninefold {0} with {1}", "由 ninefold {0} 生成：{1}" };
    nf_html_put(h, "<footer>\n");
    nf_html_tag_say(h, "p", files);
    if (full(d->command)) nf_html_tag(h, "p", nf_say(h->c, h->lang, made, NF_VERSION, d->command, NULL, NULL));
    nf_html_put(h, "</footer>\n</body>\n</html>\n");
}

static int write_page(nf_ctx *c, nf_folder folder, const nf_dossier *d)
{
    nf_html h = { .c = c, .lang = full(d->all.lang) ? d->all.lang : "en" };
    static const nf_text rest = { "Tasks, sources and gaps", "任务、来源与缺口" };
    const char *title = full(d->title) ? d->title : nf_exhibit_headline(c, &d->all);
    int rc = folder.open(folder.self, c, "index.html", &h.out);
    if (rc) return rc;
    nf_html_head(&h, title);
    put_header(&h, d, title);
    nf_html_put(&h, "<main>\n");
    put_part(&h, &d->all);
    nf_html_tag_say(&h, "h2", rest);
    nf_html_tasks(&h, d->all.plan, d->all.now);
    nf_html_missing(&h, &d->all);
    nf_html_sources(&h, &d->all);
    put_public(&h, d);
    nf_html_put(&h, "</main>\n");
    put_footer(&h, d);
    return folder.close(folder.self, c, h.rc);
}

static int write(nf_ctx *c, nf_folder folder, const nf_dossier *d)
{
    nf_album album;
    int rc = nf_album_write(c, &album, folder, d);
    return rc ? rc : write_page(c, folder, d);
}

const nf_report nf_report_html = {
    .row = { .name = "html", .title = { "one self-contained page", "单一网页" }, .use = "to read, send and print",
             .avoid = "word processors: take md or docx" },
    .write = write
};
