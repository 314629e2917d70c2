/* source_named.c - the series that the arguments name, in the arguments' order. */
#include "app.h"
#include <string.h>
#include <sys/stat.h>

typedef struct { nf_source from; char **name; size_t n; } named;
typedef struct { nf_cursor *cursor; char **name; size_t n, now, found; named *of; } walk;

/* The closest key: the whole source is asked, but only when something went wrong. */
static const char *nearest_key(nf_ctx *c, nf_source from, const char *name)
{
    nf_cursor cursor;
    nf_series s;
    const char *best = NULL;
    if (from.find(from.self, c, &(nf_query){ 0 }, &cursor)) return NULL;
    for (int i = 0; i < 5000 && cursor.next(cursor.cur, c, &s) > 0; i++) {
        const char *pair[] = { best ? best : s.meta->key, s.meta->key };
        best = nf_nearest(name, pair, 2);
    }
    cursor.close(cursor.cur);
    return best;
}

static bool names_file(const char *name)
{
    static const char *const suffix[] = { ".csv", ".tsv", ".txt", ".json", ".xlsx" };
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++)
        if (n > strlen(suffix[i]) && !strcmp(name + n - strlen(suffix[i]), suffix[i])) return true;
    return false;
}

static bool is_folder(const char *name)
{
    struct stat s;
    return !stat(name, &s) && S_ISDIR(s.st_mode);
}

static int no_series(nf_ctx *c, walk *w)
{
    const char *near = nearest_key(c, w->of->from, w->name[w->now]);
    nf_fail(c, NF_ENOTFOUND, "no series '%s'", w->name[w->now]);
    if (near) return nf_hint(c, "did you mean '%s'?", near);
    return nf_hint(c, is_folder(w->name[w->now]) ? "a folder of that name is there: name a file in it, or load it"
                      : names_file(w->name[w->now]) ? "nor is there a file of that name"
                      : "'ninefold list series' shows what there is");
}

static int walk_next(void *cur, nf_ctx *c, nf_series *out)
{
    walk *w = cur;
    for (; w->now < w->n; w->now++, w->found = 0) {
        nf_cursor *at = &w->cursor[w->now];
        int rc = at->next(at->cur, c, out);
        if (rc > 0) w->found++;
        if (rc) return rc;
        if (!w->found) return no_series(c, w);
    }
    return 0;
}

static void walk_close(void *cur)
{
    walk *w = cur;
    for (size_t i = 0; i < w->n; i++) w->cursor[i].close(w->cursor[i].cur);
}

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    named *of = self;
    walk *w = nf_alloc(c, sizeof *w);
    nf_cursor *cursor = nf_alloc(c, of->n * sizeof *cursor);
    if (!w || !cursor) return NF_ENOMEM;
    *w = (walk){ cursor, of->name, 0, 0, 0, of };
    for (nf_query query = *q; w->n < of->n; w->n++) {
        query.match = of->name[w->n];
        int rc = of->from.find(of->from.self, c, &query, &cursor[w->n]);
        if (!rc) continue;
        walk_close(w);
        return rc;
    }
    *out = (nf_cursor){ walk_next, walk_close, w };
    return NF_OK;
}

int nf_source_named(nf_ctx *c, nf_source *out, nf_source from, char **name)
{
    named *of = nf_alloc(c, sizeof *of);
    if (!of) return NF_ENOMEM;
    *of = (named){ from, name, 0 };
    while (name[of->n]) of->n++;
    *out = (nf_source){ find, of };
    return NF_OK;
}
