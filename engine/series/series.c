/* series.c - what a query takes, series cut to a stretch of time, and series in memory as a source. */
#include "series.h"
#include <string.h>

/* ---- queries ---- */

/* One [..] set against one byte; *end is left behind its closing bracket. A set that is not closed is no set. */
static bool in_set(const char *p, unsigned char c, const char **end, bool *closed)
{
    bool not = *p == '!' || *p == '^', hit = false;
    const char *first = p += not;
    for (; *p && (*p != ']' || p == first); p++) {
        unsigned char lo = (unsigned char)*p, hi = lo;
        if (p[1] == '-' && p[2] && p[2] != ']') hi = (unsigned char)p[2], p += 2;
        hit |= lo <= c && c <= hi;
    }
    *closed = *p == ']';
    *end = p + *closed;
    return hit != not;
}

/* One step of the pattern against one byte; *p moves behind it. */
static bool step(const char **p, char c)
{
    bool closed;
    const char *end;
    if (**p == '[') {
        bool hit = in_set(*p + 1, (unsigned char)c, &end, &closed);
        if (closed) {
            *p = end;
            return hit;
        }
    }
    bool hit = **p == '?' || **p == c;
    ++*p;
    return hit;
}

/* A star takes as little as it can and is given one byte more each time the rest does not fit: only the last
 * star needs to be remembered, so the time is at most |pattern| * |text|. */
bool nf_glob(const char *p, const char *t)
{
    const char *star = NULL, *from = NULL;
    while (*t) {
        if (*p == '*') star = ++p, from = t;
        else if (*p && step(&p, *t)) t++;
        else if (star) p = star, t = ++from;
        else return false;
    }
    while (*p == '*') p++;
    return !*p;
}

static const char *text_of(const char *s) { return s ? s : ""; }

static bool where(const nf_query *q, const nf_meta *m)
{
    if (!q->where_key) return true;
    const struct { const char *name, *value; } field[] = {
        { "place", m->place }, { "quantity", m->quantity }, { "dataset", m->dataset }, { "unit", m->unit },
        { "source", m->source }, { "key", m->key },
    };
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (!strcmp(q->where_key, field[i].name)) return nf_glob(text_of(q->where_value), text_of(field[i].value));
    return false;
}

bool nf_query_takes(const nf_query *q, const nf_meta *m)
{
    if (q->match && strcmp(q->match, m->key) && !nf_glob(q->match, m->key)) return false;
    return where(q, m);
}

/* ---- cutting ---- */

/* How many periods end at or before `second`. */
static size_t ended_by(const nf_axis *a, int64_t second)
{
    size_t lo = 0, hi = a->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (nf_period_end(nf_axis_at(a, mid)) <= second) lo = mid + 1; else hi = mid;
    }
    return lo;
}

static double number_at(const nf_axis *a, size_t i) { return a->num ? a->num[i] : (double)nf_axis_at(a, i).ord; }

/* How many numbers are below x, or at it where `with` is set. */
static size_t numbers_below(const nf_axis *a, double x, bool with)
{
    size_t lo = 0, hi = a->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        double v = number_at(a, mid);
        if (v < x || (with && v == x)) lo = mid + 1; else hi = mid;
    }
    return lo;
}

void nf_series_keep(nf_series *s, size_t first, size_t past)
{
    if (past < first) past = first;
    if (s->t.ord) s->t.ord += first; else if (past > first) s->t.start.ord = nf_axis_at(&s->t, first).ord;
    if (s->t.span) s->t.span += first;
    if (s->t.num) s->t.num += first;
    if (s->y) s->y += first;
    if (s->status) s->status += first;
    s->t.n = past - first;
}

int nf_series_cut(nf_ctx *c, nf_series *s, nf_period from, nf_period to)
{
    bool plain = s->t.start.freq == NF_NUMBER;
    size_t lo = 0, hi = s->t.n;
    const nf_period bound[] = { from, to };
    for (int i = 0; i < 2; i++)
        if (bound[i].span && (bound[i].freq == NF_NUMBER) != plain)
            return nf_fail(c, NF_EINVAL, plain ? "series '%s' runs over plain numbers, not calendar periods"
                                               : "series '%s' runs over calendar periods, not plain numbers",
                           s->meta->key);
    if (from.span) lo = plain ? numbers_below(&s->t, (double)from.ord, false) : ended_by(&s->t, nf_period_begin(from));
    if (to.span) hi = plain ? numbers_below(&s->t, (double)to.ord, true) : ended_by(&s->t, nf_period_end(to));
    nf_series_keep(s, lo, hi);
    return NF_OK;
}

/* ---- sources ---- */

typedef struct { const nf_series_list *list; nf_query q; bool exact; size_t i, seen; } listed;

static bool exact_key(const nf_series_list *l, const char *key)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->series[i].meta->key, key)) return true;
    return false;
}

static bool listed_takes(const listed *at, const nf_meta *m)
{
    if (at->exact && strcmp(at->q.match, m->key)) return false;
    return nf_query_takes(&at->q, m) && (!at->q.known || m->known <= at->q.known);
}

static int listed_next(void *cur, nf_ctx *c, nf_series *out)
{
    listed *at = cur;
    while (at->i < at->list->n) {
        const nf_series *s = &at->list->series[at->i++];
        if (!listed_takes(at, s->meta) || at->seen++ < at->q.first) continue;
        if (at->q.count && at->seen > at->q.first + at->q.count) break;
        *out = *s;
        int rc = nf_series_cut(c, out, at->q.from, at->q.to);
        return rc ? rc : 1;
    }
    at->i = at->list->n;
    return 0;
}

static void listed_close(void *cur) { (void)cur; }

static int listed_find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    listed *at = nf_alloc(c, sizeof *at);
    if (!at) return NF_ENOMEM;
    *at = (listed){ .list = self, .q = *q, .exact = q->match && exact_key(self, q->match) };
    if (q->match && !(at->q.match = nf_strdup(c, q->match))) return NF_ENOMEM;
    if (q->where_key && !(at->q.where_key = nf_strdup(c, q->where_key))) return NF_ENOMEM;
    if (q->where_value && !(at->q.where_value = nf_strdup(c, q->where_value))) return NF_ENOMEM;
    *out = (nf_cursor){ listed_next, listed_close, at };
    return NF_OK;
}

nf_source nf_source_of(nf_series_list *l) { return (nf_source){ listed_find, l }; }

int nf_source_get(nf_source from, nf_ctx *c, const char *key, int64_t known, nf_series *out)
{
    nf_cursor cur;
    nf_series s;
    int rc = from.find(from.self, c, &(nf_query){ .match = key, .known = known }, &cur);
    if (rc < 0) return rc;
    do rc = cur.next(cur.cur, c, &s); while (rc > 0 && strcmp(s.meta->key, key));
    if (rc > 0) *out = s;
    cur.close(cur.cur);
    return rc;
}
