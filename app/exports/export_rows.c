/* export_rows.c - the walk over series and their figures, with every version where asked; the texts of the cells. */
#include "export.h"
#include <stdio.h>
#include <string.h>

/* ---- cells ---- */

/* A length in words that SDMX has; false: of thirds, quarters and halves it has none longer than one. */
static bool sdmx_range(char out[64], nf_period p)
{
    static const char letter[] = {
        [NF_YEAR] = 'Y', [NF_MONTH] = 'M', [NF_WEEK] = 'W', [NF_DAY] = 'D', [NF_HOUR] = 'H', [NF_MINUTE] = 'M'
    };
    char day[48];
    int64_t begin = nf_period_begin(p), of_day = begin - 86400 * (begin / 86400 - (begin % 86400 < 0));
    if (p.freq == NF_HALF || p.freq == NF_THIRD || p.freq == NF_QUARTER || p.freq == NF_NUMBER) return false;
    nf_period_text(day, nf_period_convert((nf_period){ begin / 60 - (begin % 60 < 0), NF_MINUTE, 1 }, NF_DAY));
    if (p.freq < NF_HOUR) snprintf(out, 64, "%s/P%d%c", day, (int)p.span, letter[p.freq]);
    else snprintf(out, 64, "%sT%02d:%02d:00/PT%d%c", day, (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)p.span,
                  letter[p.freq]);
    return true;
}

/* A minute that opens an hour says that it is one: alone it would be taken for the hour. */
size_t nf_export_time(char out[64], const nf_version *v, bool sdmx)
{
    nf_period p = v->period;
    if (p.freq == NF_NUMBER) return nf_double_text(out, v->number);
    bool full_hour = p.freq == NF_MINUTE && p.span == 1 && p.ord % 60 == 0;
    if (sdmx && (p.span > 1 || p.freq >= NF_HOUR) && sdmx_range(out, p)) return strlen(out);
    size_t n = nf_period_text(out, p);
    return n + (full_hour ? (size_t)snprintf(out + n, 64 - n, "/PT1M") : 0);
}

static const struct { const char *word, *letter; } statuses[] = {
    { "break", "B" }, { "estimated", "E" }, { "provisional", "P" }, { "unreliable", "U" }, { "forecast", "F" },
    { "confidential", NULL }, { "not-available", "O" }, { "imputed", "I" },           /* confidential: CONF_STATUS */
    { "below-limit", "below-limit" } };                              /* CL_OBS_STATUS has no letter for it */

const char *nf_export_status(char out[NF_STATUS_ROOM], unsigned bits, bool sdmx)
{
    size_t n = 0;
    out[0] = 0;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const char *word = sdmx ? statuses[i].letter : statuses[i].word;
        if (bits >> i & 1 && word)
            n += (size_t)snprintf(out + n, NF_STATUS_ROOM - n, "%s%s", n ? (sdmx ? ";" : "|") : "", word);
    }
    return n ? out : sdmx ? "A" : NULL;
}

const char *nf_export_published(char out[32], const nf_version *v)
{
    return v->published > 1 && nf_instant_text(out, v->published) ? out : NULL;
}

/* ---- the walk ---- */

/* A view has lost when and by whom each figure was published: the latest of the days and the line of names stand for
 * all. */
static int figures_of_view(nf_ctx *c, const nf_export_to *to, const nf_series *s)
{
    int rc = NF_OK;
    for (size_t i = 0; i < s->t.n && !rc; i++) {
        nf_version v = { .period = nf_axis_at(&s->t, i),
                         .number = s->t.num ? s->t.num[i] : 0,
                         .value = s->y[i],
                         .status = s->status ? s->status[i] : 0,
                         .published = s->meta->known,
                         .publisher = s->meta->source };
        rc = to->figure(to->self, c, s->meta, &v);
    }
    return rc;
}

/* Whether the period is one that the selection left in the view: views are cut at their ends only. */
static bool in_view(const nf_series *s, const nf_version *v)
{
    if (s->t.num) return s->t.n && v->number >= s->t.num[0] && v->number <= s->t.num[s->t.n - 1];
    return s->t.n && nf_period_order(v->period, nf_axis_at(&s->t, 0)) >= 0
        && nf_period_order(v->period, nf_axis_at(&s->t, s->t.n - 1)) <= 0;
}

static bool is_as_stored(const nf_workspace *w, const nf_series *s)
{
    return w->store && !s->meta->formula && !w->pick.aggregate && !w->pick.seasons;
}

static int figures(nf_ctx *c, const nf_workspace *w, const nf_export_to *to, const nf_series *s, bool versions)
{
    nf_version *v;
    size_t n = 0;
    int found = is_as_stored(w, s) ? nf_store_versions(c, w->store, s->meta->key, w->as_of, versions, &v, &n) : 0;
    int rc = found < 0 ? found : found ? NF_OK : figures_of_view(c, to, s);
    for (size_t i = 0; i < n && !rc; i++)
        if (in_view(s, &v[i])) rc = to->figure(to->self, c, s->meta, &v[i]);
    return rc;
}

int nf_export_each(nf_ctx *c, nf_workspace *w, char **series, bool versions, const nf_export_to *to)
{
    nf_source from;
    nf_cursor cursor;
    nf_series s;
    int more = 0;
    int rc = nf_workspace_series(c, w, series, &from);
    if (!rc) rc = from.find(from.self, c, &(nf_query){ .known = w->as_of }, &cursor);
    if (rc) return rc;
    size_t mark = nf_mark(c);
    while (!rc && (more = cursor.next(cursor.cur, c, &s)) > 0) {
        if (to->series) rc = to->series(to->self, c, s.meta);
        if (!rc && to->figure) rc = figures(c, w, to, &s, versions);
        nf_release(c, mark);
    }
    cursor.close(cursor.cur);
    return rc ? rc : more;
}
