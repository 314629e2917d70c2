/* say.c - values, paces, periods and chances in the words of the two languages. */
#include "judge.h"
#include "unit.h"
#include <math.h>
#include <string.h>

enum { DIGITS = 6 };

static bool is(const char *unit, const char *what) { return unit && strcmp(unit, what) == 0; }

nf_text nf_say_value(nf_ctx *c, double v, const char *unit)
{
    char text[48];
    if (!is(unit, "rank")) return nf_amount_for_people(c, v, unit, DIGITS);
    nf_double_for_people(text, v, DIGITS);
    return (nf_text){ nf_format(c, "rank %s", text), nf_format(c, "第%s位", text) };
}

nf_text nf_say_distance(nf_ctx *c, double v, const char *unit, int digits)
{
    char text[48];
    nf_double_for_people(text, v, digits);
    if (is(unit, "%")) return (nf_text){ nf_format(c, "%s points", text), nf_format(c, "%s个百分点", text) };
    if (is(unit, "rank")) return (nf_text){ nf_format(c, "%s places", text), nf_format(c, "%s位", text) };
    return nf_amount_for_people(c, v, unit, digits);
}

nf_text nf_say_pace(nf_ctx *c, double pace, nf_scale scale, const char *unit)
{
    char text[48], size[48];
    if (scale == NF_SCALE_LOG) {
        nf_double_fixed(text, 100 * pace, 1);
        nf_double_fixed(size, fabs(100 * pace), 1);
        return (nf_text){ nf_format(c, "%s %%", text), nf_format(c, "%s%s%%", pace < 0 ? "下降" : "增长", size) };
    }
    nf_text distance = nf_say_distance(c, fabs(pace), unit, DIGITS / 2);
    return (nf_text){ nf_say_distance(c, pace, unit, DIGITS / 2).en,
                      nf_format(c, "%s%s", pace < 0 ? "减少" : "增加", distance.zh) };
}

nf_text nf_say_period(nf_ctx *c, nf_period p)
{
    char text[48];
    int places = p.freq == NF_MONTH ? 12 : p.freq == NF_QUARTER ? 4 : 0, year = places ? (int)(p.ord / places) : 0;
    if (places && p.span == places && p.ord % places == places - 1) p = (nf_period){ year, NF_YEAR, 1 };
    nf_period_text(text, p);
    const char *en = nf_strdup(c, text);
    if (p.freq == NF_MONTH && p.span > 1 && p.span == p.ord % 12 + 1)
        return (nf_text){ nf_format(c, "%04d-01 to %04d-%02d", year, year, p.span), nf_format(c, "%d年1-%d月", year,
            p.span) };
    if (p.span != 1) return (nf_text){ en, en };
    if (p.freq == NF_YEAR) return (nf_text){ en, nf_format(c, "%s年", text) };
    if (p.freq == NF_QUARTER)
        return (nf_text){ en, nf_format(c, "%d年第%d季度", (int)(p.ord / 4), (int)(p.ord % 4) + 1) };
    if (p.freq == NF_MONTH) return (nf_text){ en, nf_format(c, "%d年%d月", (int)(p.ord / 12), (int)(p.ord % 12) + 1) };
    return (nf_text){ en, en };
}

nf_text nf_say_chance(nf_ctx *c, double p)
{
    static const char *const tenth[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    int n = (int)floor(10 * p + .5);
    if (!isfinite(p)) return (nf_text){ NULL, NULL };
    if ((n == 2 && p < .2) || (n == 8 && p < .8)) n--;           /* the words do not cross a verdict's threshold */
    if (p < .01) return (nf_text){ "less than 1 in 100", "不足百分之一" };
    if (p < .05) return (nf_text){ "less than 1 in 20", "不到半成" };
    if (p > .99) return (nf_text){ "more than 99 in 100", "百分之九十九以上" };
    if (p >= .95) return (nf_text){ "more than 19 in 20", "九成五以上" };
    return (nf_text){ nf_format(c, "about %d in 10", n > 9 ? 9 : n), nf_format(c, "约%s成", tenth[n > 9 ? 9 : n]) };
}

int nf_say_ratio(nf_ctx *c, nf_text *out, const nf_grade *g, bool aim, double value)
{
    char text[48];
    *out = (nf_text){ "too few figures, or figures the method cannot use", "数据不足，或不适用该方法" };
    if (g->level == NF_UNKNOWN) return NF_OK;
    *out = g->title;
    if (!isfinite(value)) return NF_OK;
    if (aim) nf_double_for_people(text, value, 3);
    else nf_double_fixed(text, 100 * value, 1);
    *out = aim ? (nf_text){ nf_format(c, "%s: growth is %s times what is needed", g->title.en, text),
                            nf_format(c, "%s：实际增速为所需增速的%s倍", g->title.zh, text) }
               : (nf_text){ nf_format(c, "%s: %s %% a year in the wanted direction", g->title.en, text),
                            nf_format(c, "%s：按期望方向年均%s%%", g->title.zh, text) };
    return out->en && out->zh ? NF_OK : NF_ENOMEM;
}

int nf_say_part(nf_ctx *c, nf_text *out, const nf_grade *g, double part)
{
    char text[48];
    if (g->level == NF_UNKNOWN || !isfinite(part)) return nf_say_ratio(c, out, g, false, NAN);
    nf_double_fixed(text, 100 * part, 0);
    *out = (nf_text){ nf_format(c, "%s: the present trend leads %s %% of the way", g->title.en, text),
                      nf_format(c, "%s：按目前趋势可完成%s%%", g->title.zh, text) };
    return out->en && out->zh ? NF_OK : NF_ENOMEM;
}
