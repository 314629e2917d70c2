/* publishers.c - what publishers are called in the reader's language: as the plan's owners, else as the press is. */
#include "prose.h"
#include "engine.h"
#include <string.h>

static const nf_text press[] = {
    { "China News Service", "中国新闻社" }, { "Great Wall Net (Hebei)", "长城网" },
    { "Hebei Department of Ecology and Environment", "河北省生态环境厅" },
    { "Hebei high-tech industry press", "河北高新产业媒体" }, { "Municipal implementation plan", "市级实施方案" },
    { "Periodical abstract", "期刊摘要" }, { "Periodical article", "期刊文章" }, { "Press report", "媒体报道" },
    { "Shijiazhuang Bureau of Ecology and Environment", "石家庄市生态环境局" },
    { "Shijiazhuang Bureau of Statistics", "石家庄市统计局" }, { "Shijiazhuang Daily", "石家庄日报" },
    { "Shijiazhuang Municipal Government", "石家庄市人民政府" }, { "Tencent News", "腾讯新闻" },
    { "Xinhua Daily Telegraph", "新华每日电讯" }, { "Yanzhao Evening News", "燕赵晚报" } };

static bool is(const char *known, const char *name, size_t n)
{ return known && strlen(known) == n && !memcmp(known, name, n); }

/* Its Chinese name, or NULL. */
static const char *called(const nf_plan *p, const char *name, size_t n)
{
    for (size_t i = 0; p && i < p->n_indicator; i++) {
        const nf_text *owner = &p->indicator[i].owner;
        if (owner->zh && *owner->zh && is(owner->en, name, n)) return owner->zh;
    }
    for (size_t i = 0; i < sizeof press / sizeof *press; i++)
        if (is(press[i].en, name, n)) return press[i].zh;
    return NULL;
}

/* "Periodical article (2023-11)": what stands in brackets stays. */
static const char *chinese(nf_ctx *c, const nf_plan *p, const char *name, size_t n)
{
    const char *whole = called(p, name, n), *bracket = memchr(name, '(', n);
    if (whole || !bracket || bracket == name || name[n - 1] != ')') return whole;
    const char *known = called(p, name, (size_t)(bracket - name) - (bracket[-1] == ' '));
    return known ? nf_format(c, "%s（%.*s）", known, (int)(n - 2 - (size_t)(bracket - name)), bracket + 1) : NULL;
}

const char *nf_publishers_in(nf_ctx *c, const nf_plan *p, const char *list, const char *lang)
{
    const char *out = "";
    if (strcmp(lang, "zh")) return list;
    for (const char *s = list; *s; s += strspn(s, "; ")) {
        size_t n = strcspn(s, ";");
        const char *name = chinese(c, p, s, n);
        out = nf_join(c, out, "；", name ? name : nf_strndup(c, s, n));
        s += n;
    }
    return out;
}
