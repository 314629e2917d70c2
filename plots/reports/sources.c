/* sources.c - where figures and targets come from: what several share is told once, with all their names. */
#include "sources.h"
#include <string.h>

static bool full(const char *s) { return s && *s; }
static const char *or_empty(const char *s) { return s ? s : ""; }

static bool same_origin(const nf_origin *a, const nf_origin *b)
{
    return !strcmp(a->place, b->place) && !strcmp(a->publisher, b->publisher) && !strcmp(a->document, b->document)
        && !strcmp(a->latest, b->latest) && !strcmp(a->known, b->known);
}

/* A row of its own, or one more name in the row that says the same. */
static void add(nf_ctx *c, nf_origin *list, size_t *n, nf_origin one, const char *lang)
{
    size_t k = 0;
    while (k < *n && !same_origin(&list[k], &one)) k++;
    if (k == *n) list[(*n)++] = one;
    else list[k].names = nf_join(c, list[k].names, !strcmp(lang, "zh") ? "；" : "; ", one.names);
}

static const nf_series *series_at(const nf_exhibit *e, size_t i)
{
    const nf_series *s = e->finding[i].of ? e->finding[i].of->series : NULL;
    return s && s->meta && full(s->meta->key) ? s : NULL;
}

/* One series may serve several targets. */
static bool is_first(const nf_exhibit *e, size_t i)
{
    const nf_series *s = series_at(e, i), *other;
    for (size_t k = 0; s && k < i; k++)
        if ((other = series_at(e, k)) && !strcmp(other->meta->key, s->meta->key)) return false;
    return s != NULL;
}

int nf_origins_of_figures(nf_ctx *c, nf_origin **out, size_t *n, const nf_exhibit *e)
{
    nf_subject s;
    *n = 0;
    if (!(*out = nf_alloc(c, (e->n_finding + 1) * sizeof **out))) return NF_ENOMEM;
    for (size_t i = 0; i < e->n_finding; i++) {
        if (!is_first(e, i)) continue;
        const nf_finding *f = &e->finding[i];
        const nf_meta *m = f->of->series->meta;
        nf_subject_of(c, &s, e, f->of->series, f);
        const char *title = nf_text_in(m->title, s.lang);
        add(c, *out, n, (nf_origin){ .names = full(title) ? title : m->key, .place = s.place, .publisher = s.source,
            .document = or_empty(m->licence), .latest = nf_date(c, f->at.latest_period, s.lang),
            .known = m->known ? nf_day(c, m->known) : "" }, s.lang);
    }
    return NF_OK;
}

int nf_origins_of_targets(nf_ctx *c, nf_origin **out, size_t *n, const nf_exhibit *e)
{
    static const nf_text official = { "official", "官方" };
    const char *lang = full(e->lang) ? e->lang : "en";
    nf_fact x;
    *n = 0;
    if (!(*out = nf_alloc(c, (e->n_finding + 1) * sizeof **out))) return NF_ENOMEM;
    for (size_t i = 0; i < e->n_finding; i++) {
        nf_fact_of(c, &x, e, &e->finding[i]);
        if (!x.target || (!*x.publisher && !*x.document)) continue;
        const char *goal = nf_join(c, x.goal, " · ", x.due), *word = x.target->official ? nf_text_in(official, lang)
            : "";
        add(c, *out, n, (nf_origin){ .names = nf_join(c, x.name, " · ", goal), .place = "", .latest = "",
            .publisher = nf_join(c, x.publisher, " · ", word), .document = x.document,
            .known = x.target->known ? nf_day(c, x.target->known) : "" }, lang);
    }
    return NF_OK;
}
