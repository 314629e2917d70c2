/* registry.c - one lookup for every registry, and the closest name when there is none. */
#include "registry.h"
#include <string.h>

/* ---- the closest name ---- */

enum { WORD_MAX = 64, NAMES_TOLD = 100 };
typedef struct { int n; uint32_t c[WORD_MAX]; } word;

/* Code points, so that one wrong Chinese character is one typo; case and _ for - do not count. */
static bool word_of(word *w, const char *s)
{
    w->n = 0;
    for (const unsigned char *p = (const unsigned char *)s; *p; ) {
        uint32_t c = *p++;
        if (w->n == WORD_MAX) return false;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c == '_') c = '-';
        if (c >= 0xc0) while ((*p & 0xc0) == 0x80) c = c << 6 | (*p++ & 0x3f);
        w->c[w->n++] = c;
    }
    return true;
}

static int min2(int a, int b) { return a < b ? a : b; }

/* Damerau-Levenshtein with adjacent swaps (optimal string alignment), rows by position in a. */
static int typos(const word *a, const word *b)
{
    int row[3][WORD_MAX + 1];
    for (int j = 0; j <= b->n; j++) row[0][j] = j;
    for (int i = 1; i <= a->n; i++) {
        int *now = row[i % 3], *up = row[(i + 2) % 3], *upup = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= b->n; j++) {
            now[j] = min2(min2(up[j], now[j - 1]) + 1, up[j - 1] + (a->c[i - 1] != b->c[j - 1]));
            if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] && a->c[i - 2] == b->c[j - 1])
                now[j] = min2(now[j], upup[j - 2] + 1);
        }
    }
    return row[a->n % 3][b->n];
}

/* 0-2: typos; 3: what was typed begins the name; 9: not close. Words of up to three letters may have one typo. */
static int farness(const word *typed, const char *name)
{
    word w;
    if (!word_of(&w, name)) return 9;
    int d = typos(typed, &w);
    if (d <= (typed->n <= 3 ? 1 : 2) && d < typed->n) return d;
    return typed->n >= 3 && typed->n < w.n && !memcmp(typed->c, w.c, (size_t)typed->n * sizeof *w.c) ? 3 : 9;
}

typedef struct { word typed; bool usable; int best; const char *name; } search;

static search search_for(const char *typed)
{
    search s = { .best = 9, .name = NULL };
    s.usable = word_of(&s.typed, typed);
    return s;
}

static void consider(search *s, const char *name)
{
    int d = s->usable ? farness(&s->typed, name) : 9;
    if (d < s->best) {
        s->best = d;
        s->name = name;
    }
}

const char *nf_nearest(const char *typed, const char *const *list, size_t n)
{
    search s = search_for(typed);
    for (size_t i = 0; i < n; i++) consider(&s, list[i]);
    return s.name;
}

/* ---- rows ---- */

const void *nf_row_find(nf_table table, const char *name, const char **nearest)
{
    if (nearest) *nearest = NULL;
    for (nf_table row = table; *row; row++)
        if (strcmp((*row)->name, name) == 0) return *row;
    if (!nearest) return NULL;
    search s = search_for(name);
    for (nf_table row = table; *row; row++) consider(&s, (*row)->name);
    *nearest = s.name;
    return NULL;
}

/* The names of a table that is short enough to be told, else NULL. */
static const char *all_names(nf_ctx *c, nf_table table)
{
    char *all = nf_strdup(c, "");
    for (nf_table row = table; all && *row && strlen(all) < NAMES_TOLD; row++)
        all = nf_format(c, "%s%s%s", all, *all ? " " : "", (*row)->name);
    return all && strlen(all) < NAMES_TOLD ? all : NULL;
}

int nf_row_need(nf_ctx *c, const void **out, nf_table table, const char *kind, const char *name)
{
    const char *nearest;
    *out = nf_row_find(table, name, &nearest);
    if (*out) return NF_OK;
    int err = nf_fail(c, NF_ENOTFOUND, "no %s '%s'", kind, name);
    const char *names = nearest ? NULL : all_names(c, table);
    return nearest ? nf_hint(c, "did you mean '%s'?", nearest) : names ? nf_hint(c, "one of: %s", names) : err;
}
