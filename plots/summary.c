/* summary.c - what is said of a plan as a whole: the headline, the counts of verdicts, whether it is invented. */
#include "prose.h"
#include "engine.h"
#include <string.h>

bool nf_exhibit_synthetic(const nf_exhibit *e)
{
    bool synthetic = e->plan && e->plan->synthetic;
    for (size_t i = 0; i < e->n_series && !synthetic; i++)
        synthetic = e->series[i].meta && e->series[i].meta->synthetic;
    for (size_t i = 0; i < e->n_finding && !synthetic; i++) {
        const nf_series *s = e->finding[i].of ? e->finding[i].of->series : NULL;
        synthetic = s && s->meta && s->meta->synthetic;
    }
    return synthetic;
}

static const char *number_word(nf_ctx *c, size_t n, const char *lang)
{
    static const nf_text word[] = { { "no", "零" }, { "one", "一" }, { "two", "两" }, { "three", "三" },
                                    { "four", "四" }, { "five", "五" },
                                    { "six", "六" }, { "seven", "七" }, { "eight", "八" }, { "nine", "九" },
                                    { "ten", "十" } };
    const char *text = n < sizeof word / sizeof *word ? nf_text_in(word[n], lang) : nf_format(c, "%zu", n);
    return text ? text : "";
}

/* An improvement of which too little is known differs from one of which nothing is. */
const char *nf_rollup_word(const nf_rollup *r, const char *lang)
{
    static const nf_text few = { "Too few figures", "数据不足" };
    return nf_text_in(r->level == NF_UNKNOWN && r->n > r->count[NF_UNKNOWN] ? few : nf_level_word(r->level), lang);
}

const char *nf_rollup_headline(nf_ctx *c, const nf_rollup *r, size_t n, const char *lang)
{
    static const nf_text some = { "{0} of {1} improvements are on track", "{1}项提升中有{0}项进度正常" },
                         one = { "One of {1} improvements is on track", "{1}项提升中有一项进度正常" },
                         none = { "None of the {1} improvements is on track", "{1}项提升中尚无一项进度正常" },
                         blind = { "Too few figures yet to judge the {1} improvements",
                                   "数据不足，尚无法评判{1}项提升" },
                         all = { "All {1} improvements are on track", "{1}项提升全部进度正常" };
    size_t good = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        good += r[i].level >= NF_ON;
        known += r[i].level != NF_UNKNOWN;
    }
    nf_text pattern = !known ? blind : !good ? none : good == n ? all : good == 1 ? one : some;
    return nf_say(c, lang, pattern, nf_capital(c, number_word(c, good, lang)), number_word(c, n, lang), NULL, NULL);
}

const char *nf_exhibit_place(const nf_exhibit *e)
{
    const char *title = e->plan ? nf_text_in(e->plan->place_title, e->lang) : NULL;
    return title && *title ? title : e->plan && e->plan->place ? e->plan->place : "";
}

const char *nf_exhibit_headline(nf_ctx *c, const nf_exhibit *e)
{
    static const nf_text plain = { "Are the targets on track?", "目标进展如何？" };
    const char *lang = e->lang && *e->lang ? e->lang : "en";
    return nf_head_of(c, lang, nf_exhibit_place(e), e->n_rollup
                      ? nf_rollup_headline(c, e->rollup, e->n_rollup, lang) : nf_text_in(plain, lang));
}

const char *nf_verdict_counts(nf_ctx *c, const nf_finding *f, size_t n, const char *lang)
{
    static const nf_text total = { "Of {0} targets: {1}.", "共{0}个目标：{1}。" }, part = { "{0} {1}", "{1}{0}个" };
    static const nf_level order[] = { NF_MET, NF_ON, NF_RISK, NF_OFF, NF_MISSED, NF_UNKNOWN };
    const char *text = "", *words[64];
    size_t count[64], kinds = 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < n; i++) {
            if (nf_finding_level(&f[i]) != order[k]) continue;
            const char *word = f[i].grade ? nf_text_in(f[i].grade->title, lang) : nf_text_in(nf_level_word(NF_UNKNOWN),
                lang);
            size_t at = 0;
            while (at < kinds && strcmp(words[at], word)) at++;
            if (at == kinds && kinds == 64) continue;
            if (at == kinds) words[kinds] = word, count[kinds++] = 0;
            count[at]++;
        }
    for (size_t k = 0; k < kinds; k++)
        text = nf_join(c, text, !strcmp(lang, "zh") ? "，" : ", ",
                       nf_say(c, lang, part, nf_format(c, "%zu", count[k]), words[k], NULL, NULL));
    return nf_say(c, lang, total, nf_format(c, "%zu", n), text, NULL, NULL);
}

const nf_series *nf_exhibit_series(const nf_exhibit *e, const char *key)
{
    for (size_t i = 0; key && i < e->n_series; i++)
        if (e->series[i].meta && e->series[i].meta->key && !strcmp(e->series[i].meta->key, key)) return &e->series[i];
    return NULL;
}

/* The first few, each once. */
static const char *sources_of(nf_ctx *c, const nf_exhibit *e, const char *lang)
{
    enum { MOST = 3 };
    static const nf_text more = { " and others", "等" };
    const char *out = "";
    size_t n = 0, left = 0;
    for (size_t i = 0; i < e->n_series; i++) {
        const nf_meta *m = e->series[i].meta;
        const char *source = m && m->source && *m->source ? m->source : m && m->dataset ? m->dataset : "";
        source = nf_publishers_in(c, e->plan, source, lang);
        if (!*source || strstr(out, source)) continue;
        if (n < MOST) out = nf_join(c, out, !strcmp(lang, "zh") ? "；" : "; ", source), n++;
        else left++;
    }
    return left ? nf_join(c, out, "", nf_text_in(more, lang)) : out;
}

const char *nf_exhibit_source(nf_ctx *c, const nf_exhibit *e, bool of_series, const char *lang)
{
    static const nf_text invented = { "Synthetic data, not measurements", "合成数据，并非实测" },
                         partly = { "Some of the series are synthetic, not measurements", "部分序列为合成数据，并非实测" },
                         source = { "Source: {0}", "来源：{0}" }, known = { "as known on {0}", "截至{0}" };
    size_t synthetic = 0;
    for (size_t i = 0; i < e->n_series; i++) synthetic += e->series[i].meta && e->series[i].meta->synthetic;
    bool all = of_series ? synthetic == e->n_series : nf_exhibit_synthetic(e), some = of_series && synthetic;
    const char *text = all ? nf_text_in(invented, lang) : some ? nf_text_in(partly, lang) : "",
               *from = of_series ? sources_of(c, e, lang) : e->plan && e->plan->source ? e->plan->source : "";
    if (*from) text = nf_join(c, text, " · ", nf_say(c, lang, source, nf_publishers_in(c, e->plan, from, lang), NULL,
                                                     NULL, NULL));
    if (e->now) text = nf_join(c, text, " · ", nf_say(c, lang, known, nf_day(c, e->now), NULL, NULL, NULL));
    return nf_capital(c, text);
}
