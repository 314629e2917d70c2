/* facts.c - a target's verdict in words: pace, projection, chance, owner. */
#include "facts.h"
#include <math.h>
#include <string.h>

static bool full(const char *s) { return s && *s; }

const char *nf_slug(nf_ctx *c, const char *prefix, const char *text)
{
    char stem[41];
    size_t n = 0;
    uint32_t hash = 2166136261u;                 /* FNV-1a */
    bool plain = *text;
    for (const char *p = text; *p; p++) {
        unsigned char u = (unsigned char)*p;
        bool keep = (u >= 'a' && u <= 'z') || (u >= '0' && u <= '9') || u == '_' || u == '-';
        hash = (hash ^ u) * 16777619u;
        if (u >= 'A' && u <= 'Z') u = (unsigned char)(u | 32);
        plain &= keep && n < sizeof stem - 1;
        if (n < sizeof stem - 1) stem[n++] = keep || (u >= 'a' && u <= 'z') ? (char)u : '-';
    }
    stem[n] = 0;
    const char *out = plain ? nf_format(c, "%s%s", prefix, stem) : nf_format(c, "%s%s-%08x", prefix, stem,
        (unsigned)hash);
    return out ? out : "chart";
}

bool nf_belongs(const nf_finding *f, const nf_group *g)
{
    const nf_target *t = f->of ? f->of->target : NULL;
    return t && g && full(t->improvement) && full(g->code) && !strcmp(t->improvement, g->code);
}

/* The plan speaks of one place; a target measured elsewhere says where. */
static const char *elsewhere(const nf_exhibit *e, const nf_indicator *in, const nf_series *s)
{
    const char *place = s && s->meta && full(s->meta->place) ? s->meta->place : in ? in->place : NULL,
               *home = e->plan ? e->plan->place : NULL;
    return full(place) && full(home) && strcmp(place, home) ? place : "";
}

static const char *projected_words(nf_ctx *c, const nf_subject *s)
{
    static const nf_text range = { "{0} (80 %: {1} to {2})", "{0}（80%区间{1}至{2}）" };
    const nf_standing *a = &s->finding->at;
    if (!isfinite(a->projected)) return "";
    const char *mid = nf_figure(c, a->projected, s->decimals, s->lang);
    if (!isfinite(a->projected_lo80) || !isfinite(a->projected_hi80)) return mid;
    return nf_say(c, s->lang, range, mid, nf_figure(c, a->projected_lo80, s->decimals, s->lang),
                  nf_figure(c, a->projected_hi80, s->decimals, s->lang), NULL);
}

void nf_fact_of(nf_ctx *c, nf_fact *x, const nf_exhibit *e, const nf_finding *f)
{
    const nf_target *t = f->of ? f->of->target : NULL;
    const nf_indicator *in = t && e->plan && full(t->indicator) ? nf_plan_indicator(e->plan, t->indicator) : NULL;
    const nf_standing *a = &f->at;
    nf_subject s;
    nf_subject_of(c, &s, e, NULL, f);
    bool final = f->basis && !strcmp(f->basis, "final");
    *x = (nf_fact){ .finding = f, .target = t, .level = nf_finding_level(f), .name = s.name, .unit = s.unit,
                    .elsewhere = elsewhere(e, in, s.series), .goal = s.goal, .due = t ? nf_date(c, t->due, s.lang) : "",
                    .latest = isfinite(a->latest) ? nf_figure(c, a->latest, s.decimals, s.lang) : "",
                    .latest_date = isfinite(a->latest) ? nf_date(c, a->latest_period, s.lang) : "",
                    .needed = final ? "" : nf_pace_words(c, a->pace_required, a->scale, s.unit, s.lang),
                    .actual = nf_pace_words(c, a->pace_actual, a->scale, s.unit, s.lang),
                    .projected = final ? "" : projected_words(c, &s),
                    .chance = final ? "" : nf_chance_words(c, a->chance, s.lang),
                    .verdict = nf_finding_word(c, f, s.lang), .owner = in ? nf_text_in(in->owner, s.lang) : "",
                    .reason = nf_capital(c, f->reason.en ? nf_text_in(f->reason, s.lang) : ""),
                    .has_figures = isfinite(a->latest) };
    x->publisher = t && full(t->publisher) ? nf_publishers_in(c, e->plan, t->publisher, s.lang) : "";
    x->document = t && full(t->document) ? t->document : "";
    x->file = nf_slug(c, "trend-", t && full(t->code) ? t->code : s.name);
    if (!x->owner) x->owner = "";
}
