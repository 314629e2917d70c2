/* prose.c - words of levels, chances and paces, in both languages. */
#include "prose.h"
#include "engine.h"
#include <math.h>
#include <string.h>

nf_text nf_level_word(nf_level l)
{
    static const nf_text word[] = {
        [NF_UNKNOWN] = { "No data", "无数据" }, [NF_MISSED] = { "Missed", "未完成" },
        [NF_OFF] = { "Off track", "难以完成" },
        [NF_RISK] = { "At risk", "有风险" }, [NF_ON] = { "On track", "进度正常" },
        [NF_MET] = { "Achieved", "已达标" } };
    return word[l >= NF_UNKNOWN && l <= NF_MET ? l : NF_UNKNOWN];
}

nf_level nf_finding_level(const nf_finding *f) { return f && f->grade ? f->grade->level : NF_UNKNOWN; }
bool nf_finding_is(const nf_finding *f, const char *word) { return f && f->grade && !strcmp(f->grade->word, word); }

/* A grade's title is written for the middle of a sentence; a pill begins one. */
const char *nf_finding_word(nf_ctx *c, const nf_finding *f, const char *lang)
{
    return nf_capital(c, nf_text_in(f && f->grade && f->grade->title.en ? f->grade->title
                                    : nf_level_word(nf_finding_level(f)), lang));
}

const char *nf_chance_words(nf_ctx *c, double chance, const char *lang)
{
    const char *words = isfinite(chance) ? nf_text_in(nf_say_chance(c, chance), lang) : NULL;
    return words ? words : "";
}

const char *nf_pace_words(nf_ctx *c, double pace, nf_scale scale, const char *unit, const char *lang)
{
    static const nf_text a_year = { "{0} a year", "每年{0}" }, points = { "{0} points a year", "每年{0}个百分点" };
    char text[48];
    if (!isfinite(pace)) return "";
    if (scale != NF_SCALE_LOG)
        return nf_say(c, lang, strcmp(unit, "%") ? a_year : points, nf_pace_figure(c, pace), NULL, NULL, NULL);
    nf_double_fixed(text, 100 * pace, 1);
    return nf_say(c, lang, a_year, nf_format(c, "%s%s%s%%", pace > 0 ? "+" : "", text, strcmp(lang, "zh") ? " " : ""),
                  NULL, NULL, NULL);
}
