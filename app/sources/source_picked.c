/* source_picked.c - a source seen through the selection options: filter, time range, seasons, longer periods. */
#include "pick.h"
#include <math.h>
#include <string.h>

typedef struct { nf_source from; nf_pick pick; } picked;

/* One cursor a season, advanced in turn: a series may be gone from memory before its next season is asked for. */
typedef struct {
    nf_cursor *cursor;
    size_t n, open, turn;
    const picked *of;
    const char *match;
    bool found, names;
} walk;

int nf_pick_cut(nf_ctx *c, const nf_pick *p, nf_series *s)
{
    size_t first = 0, past = s->t.n;
    bool dates = (p->from.span || isinf(p->from_number)) && (p->to.span || isinf(p->to_number));
    if (!s->t.num && !dates)
        return nf_fail(c, NF_EINVAL, "series '%s' needs periods for --from and --to", s->meta->key);
    if (!s->t.num) return nf_series_cut(c, s, p->from, p->to);
    if ((p->from.span && isinf(p->from_number)) || (p->to.span && isinf(p->to_number)))
        return nf_fail(c, NF_EINVAL, "series '%s' has plain numbers for times: --from and --to take numbers",
                       s->meta->key);
    while (first < past && s->t.num[first] < p->from_number) first++;
    while (past > first && s->t.num[past - 1] > p->to_number) past--;
    nf_series_keep(s, first, past);
    return NF_OK;
}

static const char *property(const nf_meta *m, const char *key)
{
    const char *value = !strcmp(key, "place")     ? m->place
                        : !strcmp(key, "unit")    ? m->unit
                        : !strcmp(key, "dataset") ? m->dataset
                                                  : m->quantity;
    return value ? value : "";
}

/* Of the series that `match` names, whatever --where says: whether there are any, and the value that comes closest.
 * The source is asked again, but only when something went wrong. */
static bool without_where(nf_ctx *c, const picked *of, const char *match, const char **best)
{
    nf_cursor cursor;
    nf_series s;
    bool any = false;
    *best = NULL;
    if (of->from.find(of->from.self, c, &(nf_query){ .match = match }, &cursor)) return false;
    for (int i = 0; i < 5000 && cursor.next(cursor.cur, c, &s) > 0; i++) {
        const char *value = property(s.meta, of->pick.where_key), *pair[] = { *best ? *best : value, value };
        any = true;
        if (*value) *best = nf_nearest(of->pick.where_value, pair, 2);
    }
    cursor.close(cursor.cur);
    return any;
}

/* A name that names nothing is left to those who asked for it. */
static int no_match(nf_ctx *c, const walk *w)
{
    const char *key = w->of->pick.where_key, *near;
    if (!without_where(c, w->of, w->match, &near) && w->match) return 0;
    if (w->match)
        nf_fail(c, NF_ENOTFOUND, "no series '%s' matches --where %s=%s", w->match, key, w->of->pick.where_value);
    else nf_fail(c, NF_ENOTFOUND, "no series matches --where %s=%s", key, w->of->pick.where_value);
    return near ? nf_hint(c, "did you mean '%s=%s'?", key, near)
                : nf_hint(c, "'ninefold list series' shows what there is; a file may say no %s", key);
}

/* Why a series cannot be had as asked: a word for tables, NULL where it is some other trouble. */
static const char *reason(const nf_pick *p, const nf_series *s, bool cut)
{
    bool number = s->t.start.freq == NF_NUMBER;
    if (!cut || number) return "other-times";
    int64_t parts = p->aggregate ? nf_freq_months(p->rule.freq) : 1, months = nf_freq_months((nf_freq)s->t.start.freq);
    bool divides = parts && months ? parts % months == 0 : p->aggregate && (int)p->rule.freq <= s->t.start.freq;
    return (p->n_season && s->t.start.freq < NF_MONTH) || !divides ? "coarser" : NULL;
}

static int unfit(nf_ctx *c, nf_series *s, const char *why, const nf_season *season)
{
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    if (!meta) return NF_ENOMEM;
    *meta = *s->meta;
    meta->unfit = why;
    if (season && !(meta->key = nf_format(c, "%s:%s", s->meta->key, season->name))) return NF_ENOMEM;
    *s = (nf_series){ .meta = meta, .t = { .start = s->t.start, .step = 1 }, .y = s->y };
    return NF_OK;
}

static int walk_next(void *cur, nf_ctx *c, nf_series *out)
{
    walk *w = cur;
    const nf_pick *p = &w->of->pick;
    size_t turn = w->turn++ % w->n;
    int rc = w->cursor[turn].next(w->cursor[turn].cur, c, out);
    if (!rc && p->where_key && !w->found) return no_match(c, w);
    if (rc <= 0 || w->names) return rc;
    w->found = true;
    const nf_season *season = p->n_season ? &p->season[turn] : NULL;
    nf_series whole = *out;
    rc = nf_pick_cut(c, p, out);
    bool cut = !rc;
    if (!rc && season) rc = nf_series_season(c, out, season);
    if (!rc && p->aggregate) rc = nf_series_aggregate(c, out, &p->rule, season);
    const char *why = rc == NF_EINVAL && p->keeps ? reason(p, &whole, cut) : NULL;
    if (why) {
        *out = whole;
        rc = unfit(c, out, why, season);
    }
    return rc ? rc : 1;
}

static void walk_close(void *cur)
{
    walk *w = cur;
    for (size_t i = 0; i < w->open; i++) w->cursor[i].close(w->cursor[i].cur);
}

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    const picked *of = self;
    walk *w = nf_alloc(c, sizeof *w);
    size_t n = of->pick.n_season ? of->pick.n_season : 1;
    nf_cursor *cursor = nf_alloc(c, n * sizeof *cursor);
    if (!w || !cursor) return NF_ENOMEM;
    *w = (walk){ .cursor = cursor,
                 .n = n,
                 .of = of,
                 .match = q->match,
                 .found = q->first || q->count || q->names,
                 .names = q->names };
    nf_query query = *q;
    if (of->pick.where_key) {
        query.where_key = of->pick.where_key;
        query.where_value = of->pick.where_value;
    }
    for (; w->open < n; w->open++) {
        int rc = of->from.find(of->from.self, c, &query, &cursor[w->open]);
        if (!rc) continue;
        walk_close(w);
        return rc;
    }
    *out = (nf_cursor){ walk_next, walk_close, w };
    return NF_OK;
}

int nf_source_picked(nf_ctx *c, nf_source *out, nf_source from, const struct nf_selection *s)
{
    picked *p = nf_alloc(c, sizeof *p);
    if (!p) return NF_ENOMEM;
    p->from = from;
    *out = from;
    if (!s->where && !s->from && !s->to && !s->aggregate && !s->seasons) return NF_OK;
    int rc = nf_pick_parse(c, &p->pick, s);
    if (!rc) *out = (nf_source){ find, p };
    return rc;
}
