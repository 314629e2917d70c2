/* subject.c - a series with its verdict, and the sentences that head its chart. */
#include "prose.h"
#include "engine.h"
#include <math.h>
#include <string.h>

static bool full(const char *s) { return s && *s; }
static const char *first_of(const char *a, const char *b) { return full(a) ? a : full(b) ? b : ""; }

static bool same_key(const nf_series *a, const nf_series *b)
{ return a == b || (a && b && a->meta && b->meta && a->meta->key && b->meta->key
                    && !strcmp(a->meta->key, b->meta->key)); }

static const nf_result *find_result(const nf_exhibit *e, const nf_series *s, const char *const *names)
{
    for (size_t i = 0; i < e->n_result; i++) {
        bool mine = e->n_result != e->n_series || e->n_series <= 1 || same_key(&e->series[i], s);
        for (size_t k = 0; mine && names[k]; k++)
            if (e->result[i].by && e->result[i].status == NF_FINE && !strcmp(e->result[i].by->row.name, names[k]))
                return &e->result[i];
    }
    return NULL;
}

/* Axis codes are written for machines: a plan knows the place's name. */
static const char *place_of(const nf_exhibit *e, const char *place)
{
    if (!full(place)) return first_of(e->plan ? nf_text_in(e->plan->place_title, e->lang) : NULL, NULL);
    if (e->plan && full(e->plan->place) && !strcmp(e->plan->place, place) && full(e->plan->place_title.en))
        return nf_text_in(e->plan->place_title, e->lang);
    return place;
}

static const char *name_of(const nf_exhibit *e, const nf_meta *m, const nf_target *t)
{
    const nf_indicator *in = t && e->plan && full(t->indicator) ? nf_plan_indicator(e->plan, t->indicator) : NULL;
    const char *name = in ? nf_text_in(in->title, e->lang) : NULL;
    if (!full(name) && m) name = first_of(nf_text_in(m->title, e->lang), m->quantity);
    if (!full(name) && t) name = first_of(nf_text_in(t->title, e->lang), first_of(t->indicator, t->code));
    return full(name) ? name : m ? first_of(m->key, "") : "";
}

static double goal_of(const nf_finding *f)
{
    if (!f) return NAN;
    return isfinite(f->at.target) || !f->of || !f->of->target ? f->at.target : f->of->target->value;
}

static const char *goal_words(nf_ctx *c, const nf_subject *s)
{
    const nf_target *t = s->finding && s->finding->of ? s->finding->of->target : NULL;
    double v = goal_of(s->finding);
    if (t && t->kind == NF_RANGE)
        return nf_join(c, nf_figure(c, t->lo, nf_decimals(&t->lo, 1, 4), s->lang), "–",
                       nf_figure(c, t->hi, nf_decimals(&t->hi, 1, 4), s->lang));
    if (!isfinite(v)) return "";
    int own = nf_decimals(&v, 1, 4);
    return nf_figure(c, v, own < s->decimals + 1 ? own : s->decimals + 1, s->lang);
}

void nf_subject_of(nf_ctx *c, nf_subject *s, const nf_exhibit *e, const nf_series *series, const nf_finding *f)
{
    static const char *const lines[] = { "sen", "siegel", NULL }, *const tests[] = { "mann-kendall", NULL };
    const nf_target *t = f && f->of ? f->of->target : NULL;
    if (!series && f && f->of) series = f->of->series;
    const nf_meta *m = series ? series->meta : NULL;
    const char *lang = full(e->lang) ? e->lang : "en", *unit = first_of(m ? m->unit : NULL, t ? t->unit : NULL);
    *s = (nf_subject){ .series = series, .finding = f, .lang = lang, .name = name_of(e, m, t) };
    s->sen = find_result(e, series, lines);
    s->test = find_result(e, series, tests);
    s->unit = nf_unit_for_people(c, unit, lang);
    s->place = place_of(e, m ? m->place : NULL);
    s->source = nf_publishers_in(c, e->plan, m ? first_of(m->source, m->dataset) : "", lang);
    s->synthetic = m ? m->synthetic : e->plan && e->plan->synthetic;
    s->decimals = series ? nf_decimals(series->y, series->t.n, 3) : 1;
    s->goal = goal_words(c, s);
}

/* ---- sentences ---- */

/* +1 rose, -1 fell, 0 neither: by the slope's limits where there is a slope, else by first and last value. */
static int direction(const nf_subject *s)
{
    double lo = s->sen ? nf_result_f64(s->sen, "slope_lo") : NAN, hi = s->sen ? nf_result_f64(s->sen, "slope_hi") : NAN;
    if (isfinite(lo) && isfinite(hi)) return lo > 0 ? 1 : hi < 0 ? -1 : 0;
    double first = NAN, last = NAN;
    for (size_t i = 0; s->series && i < s->series->t.n; i++) {
        if (!isfinite(s->series->y[i])) continue;
        if (!isfinite(first)) first = s->series->y[i];
        last = s->series->y[i];
    }
    return last > first ? 1 : last < first ? -1 : 0;
}

static nf_text moved(int direction)
{
    return direction > 0 ? (nf_text){ "rose", "上升" } : direction < 0 ? (nf_text){ "fell", "下降" }
                                                                       : (nf_text){ "hardly moved", "变化不大" };
}

static const char *plain_headline(nf_ctx *c, const nf_subject *s)
{
    static const nf_text none = { "{0}: no data yet", "{0}：尚无数据" },
                         one = { "{0}: one figure so far", "{0}：目前只有一个数据" },
                         flat = { "{0} shows no clear trend from {1} to {2}", "{1}至{2}{0}没有明显趋势" },
                         up = { "{0} rose from {1} to {2}", "{1}至{2}{0}呈上升趋势" },
                         down = { "{0} fell from {1} to {2}", "{1}至{2}{0}呈下降趋势" },
                         bare = { "{0}", "{0}" };
    size_t n = 0, first = 0, last = 0;
    for (size_t i = 0; s->series && i < s->series->t.n; i++) {
        if (!isfinite(s->series->y[i])) continue;
        if (!n++) first = i;
        last = i;
    }
    if (n < 2) return nf_say(c, s->lang, n ? one : none, s->name, NULL, NULL, NULL);
    if (s->series->t.start.freq == NF_NUMBER) return nf_say(c, s->lang, bare, s->name, NULL, NULL, NULL);
    int way = direction(s);
    return nf_say(c, s->lang, way > 0 ? up : way < 0 ? down : flat, s->name,
                  nf_date(c, nf_axis_at(&s->series->t, first), s->lang),
                  nf_date(c, nf_axis_at(&s->series->t, last), s->lang), NULL);
}

/* Past tense and modal verbs only: they fit "PM2.5" and "Hospital beds" alike. {0} name {1} goal {2} date {3} more. */
static const struct { const char *word; nf_text text; } headline[] = {
    { "achieved",   { "{0} reached the {2} target of {1}", "{0}已达到{2}目标（{1}）" } },
    { "met-so-far", { "{0} reached the {2} target of {1} ahead of time", "{0}已提前达到{2}目标（{1}）" } },
    { "on-track",   { "{0} should reach {1} by {2}", "{0}有望在{2}达到{1}" } },
    { "at-risk",    { "{0} may miss the {2} target of {1}", "{0}能否达到{2}目标（{1}）存在风险" } },
    { "missed",     { "{0} missed the {2} target of {1}, with {3}", "{0}未完成{2}目标：目标{1}，实际{3}" } },
    { "awaiting",   { "{0}: the figure for {2} is not yet published", "{0}：{2}数据尚未公布" } },
};

static nf_text off_track(int way, int sense)
{
    if (way && way * sense > 0)
        return way > 0 ? (nf_text){ "{0} rose, but not fast enough to reach {1} by {2}",
                                    "{0}虽在上升，但照此速度难以在{2}达到{1}" }
                       : (nf_text){ "{0} fell, but not fast enough to reach {1} by {2}",
                                    "{0}虽在下降，但照此速度难以在{2}降至{1}" };
    if (way) return way > 0 ? (nf_text){ "{0} rose, away from the {2} target of {1}",
                                         "{0}不降反升，偏离{2}目标（{1}）" }
                            : (nf_text){ "{0} fell, away from the {2} target of {1}",
                                         "{0}不升反降，偏离{2}目标（{1}）" };
    return (nf_text){ "{0} hardly moved: {1} by {2} is out of reach at this pace",
                      "{0}变化不大，照此速度{2}难以达到{1}" };
}

const char *nf_trend_headline(nf_ctx *c, const nf_subject *s)
{
    static const nf_text open = { "{0} {3}; the target of {1} has no deadline", "{0}{3}；目标{1}未设期限" };
    static const nf_text no_figure = { "{0}: no data yet to judge the target of {1}",
                                       "{0}：尚无数据，无法评判目标（{1}）" },
                         not_enough = { "{0}: the target of {1} cannot be judged yet",
                                        "{0}：目标（{1}）尚无法评判" };
    const nf_finding *f = s->finding;
    const nf_target *t = f && f->of ? f->of->target : NULL;
    if (!t || !f->grade || !*s->goal) return plain_headline(c, s);
    const char *due = nf_date(c, t->due, s->lang), *latest = nf_figure(c, f->at.latest, s->decimals, s->lang);
    for (size_t i = 0; i < sizeof headline / sizeof *headline; i++)
        if (nf_finding_is(f, headline[i].word) && *due)
            return nf_say(c, s->lang, headline[i].text, s->name, s->goal, due, latest);
    if (nf_finding_is(f, "no-data"))
        return nf_say(c, s->lang, isfinite(f->at.latest) ? not_enough : no_figure, s->name, s->goal, NULL, NULL);
    if (!*due) return nf_say(c, s->lang, open, s->name, s->goal, due, nf_text_in(moved(direction(s)), s->lang));
    if (f->grade->level == NF_OFF)
        return nf_say(c, s->lang, off_track(direction(s), t->sense), s->name, s->goal, due, latest);
    return plain_headline(c, s);
}

const char *nf_trend_subtitle(nf_ctx *c, const nf_subject *s)
{
    static const nf_text up = { "higher is better", "越高越好" }, down = { "lower is better", "越低越好" },
                         invented = { "synthetic data", "合成数据" };
    const nf_target *t = s->finding && s->finding->of ? s->finding->of->target : NULL;
    const char *text = nf_join(c, nf_measure(c, s->lang, s->name, s->unit), " · ", s->place);
    if (t && t->kind != NF_RANGE) text = nf_join(c, text, " · ", nf_text_in(t->sense < 0 ? down : up, s->lang));
    return s->synthetic ? nf_join(c, text, " · ", nf_text_in(invented, s->lang)) : text;
}

/* "8,651.7 in 2025, 1,348.3 short of the target" */
static const char *final_words(nf_ctx *c, const nf_subject *s)
{
    static const nf_text latest = { "{1} in {0}", "{0}为{1}" },
                         shy = { "{0}, {1} short of the target", "{0}，距目标差{1}" };
    const nf_standing *a = &s->finding->at;
    if (!isfinite(a->latest)) return "";
    const char *text = nf_say(c, s->lang, latest, nf_date(c, a->latest_period, s->lang),
                              nf_figure(c, a->latest, s->decimals, s->lang), NULL, NULL);
    if (!nf_finding_is(s->finding, "missed") || !isfinite(a->target)) return text;
    return nf_say(c, s->lang, shy, text, nf_figure(c, fabs(a->latest - a->target), s->decimals, s->lang), NULL, NULL);
}

const char *nf_trend_verdict(nf_ctx *c, const nf_subject *s)
{
    static const nf_text paces = { "Pace {0}, needed {1}", "实际{0}，需要{1}" }, pace = { "Pace {0}", "实际{0}" },
                         chance = { "chance {0}", "达标可能性{0}" };
    const nf_finding *f = s->finding;
    if (!f || !f->of || !f->of->target) return "";
    if (nf_finding_is(f, "no-data") && f->reason.en) return nf_capital(c, nf_text_in(f->reason, s->lang));
    if ((f->basis && !strcmp(f->basis, "final")) || !isfinite(f->at.pace_actual)) return final_words(c, s);
    bool ahead = f->grade && f->grade->level == NF_MET;
    const char *actual = nf_pace_words(c, f->at.pace_actual, f->at.scale, s->unit, s->lang),
               *needed = nf_pace_words(c, f->at.pace_required, f->at.scale, s->unit, s->lang);
    const char *text = nf_say(c, s->lang, *needed && !ahead ? paces : pace, actual, needed, NULL, NULL);
    if (!isfinite(f->at.chance)) return text;
    return nf_join(c, text, " · ", nf_say(c, s->lang, chance, nf_chance_words(c, f->at.chance, s->lang), NULL, NULL,
                                          NULL));
}

const char *nf_source_line(nf_ctx *c, const nf_subject *s, int64_t now)
{
    static const nf_text source = { "Source: {0}", "来源：{0}" }, known = { "as known on {0}", "截至{0}" },
                         invented = { "Synthetic data, not measurements", "合成数据，并非实测" };
    const char *text = *s->source ? nf_say(c, s->lang, source, s->source, NULL, NULL, NULL) : "";
    if (s->synthetic) text = nf_join(c, nf_text_in(invented, s->lang), " · ", text);
    if (!now) return text;
    return nf_join(c, text, " · ", nf_say(c, s->lang, known, nf_day(c, now), NULL, NULL, NULL));
}
