/* load_actions.c - SDMX-CSV rows that take figures back, one by one or by wildcard; rows of attributes alone.
 *
 * A deletion goes to the lowest level that its row names (SDMX-CSV guide, column content): the measures and
 * attributes marked, else whole observations; empty dimensions stand for all of them, within the row's structure. */
#include "load_actions.h"
#include <jansson.h>
#include <string.h>
#include <strings.h>

enum { MOST_WORK = 500000000 };                  /* figures taken back and keys looked at */

void nf_actions_begin(nf_actions *a, const nf_mapping *m, const nf_roles *at, nf_keys *keys, nf_times *times,
                      nf_intake *in, const nf_load_options *opt)
{
    *a = (nf_actions){ .map = m, .at = at, .keys = keys, .times = times, .in = in, .given = opt->dataset };
}

void nf_actions_alone(nf_actions *a, const nf_record *r)
{
    if (!a->alone++) a->alone_line = r->line;
}

void nf_actions_end(nf_ctx *c, const nf_actions *a, const char *file)
{
    if (a->nothing)
        nf_note(c, file, a->nothing_line, 0, "the first is in this line",
                a->nothing == 1 ? "%zu deletion finds nothing, neither stored nor before it in the file"
                                : "%zu deletions find nothing, neither stored nor before them in the file", a->nothing);
    if (a->alone)
        nf_note(c, file, a->alone_line, 0, "the first is in this line",
                a->alone == 1 ? "%zu row holds attributes alone: nothing to store"
                              : "%zu rows hold attributes alone: nothing to store",
                a->alone);
}

/* ---- what a dataset's keys are made of ---- */

/* "DIM_1: Dimension 1" is DIM_1. */
static size_t identifier(const char *header) { return strcspn(header, ":["); }

static int dimensions_of(nf_ctx *c, nf_actions *a, const char *mapping)
{
    json_t *o = mapping ? json_loads(mapping, 0, NULL) : NULL;
    const json_t *columns = json_object_get(o, "columns"), *k;
    size_t i;
    int rc = NF_OK;
    a->dimensions = 0;
    a->packed = false;
    a->dimension = nf_alloc(c, (json_array_size(columns) + 1) * sizeof *a->dimension);
    json_array_foreach(columns, i, k) {
        const char *role = json_string_value(json_object_get(k, "role")),
                   *header = json_string_value(json_object_get(k, "header"));
        if (!a->dimension || !role || !header || strcmp(role, "key")) continue;
        a->packed |= !strcmp(header, "SERIES_KEY");
        if (!(a->dimension[a->dimensions++] = nf_strndup(c, header, identifier(header)))) rc = NF_ENOMEM;
    }
    json_decref(o);
    return a->dimension ? rc : NF_ENOMEM;
}

static int look_up(nf_ctx *c, nf_actions *a, const char *cell)
{
    const char *words = strstr(cell, ": "), *mapping;
    const char *name = a->given ? a->given : nf_strndup(c, cell, words ? (size_t)(words - cell) : strlen(cell));
    if (!name) return NF_ENOMEM;
    if (a->dataset && !strcmp(a->dataset, name)) return NF_OK;
    int rc = nf_intake_dataset(a->in, name, &a->key, &a->n, &mapping);
    if (!rc) rc = dimensions_of(c, a, mapping);
    a->dataset = rc ? NULL : name;
    return rc;
}

/* ---- does a key fit the row? ---- */

/* The n-th part of "NAME@a.b.c", counted from 0; its length, or SIZE_MAX: it has not so many. */
static size_t part_of(const char *key, size_t len, size_t n, const char **part)
{
    const char *at = memchr(key, '@', len), *end = key + len;
    const char *s = at ? at + 1 : key;
    for (; n; n--) {
        s = memchr(s, '.', (size_t)(end - s));
        if (!s) return SIZE_MAX;
        s++;
    }
    const char *dot = memchr(s, '.', (size_t)(end - s));
    *part = s;
    return (size_t)((dot ? dot : end) - s);
}

static bool has_parts(const char *key, size_t len, size_t n)
{
    const char *part;
    return n && part_of(key, len, n - 1, &part) != SIZE_MAX && part_of(key, len, n, &part) == SIZE_MAX;
}

static bool cell_fits(const nf_record *r, uint32_t column, const char *key, size_t len, size_t n)
{
    const char *part = "";
    size_t have = part_of(key, len, n, &part);
    return have == r->len[column] && !memcmp(part, r->cell[column], have);
}

/* A measure's key begins with its name where there are several. */
static bool measure_fits(const nf_map_column *k, const char *key, size_t len)
{
    const char *at = memchr(key, '@', len);
    if (!k || !k->name) return true;
    return at && strlen(k->name) == (size_t)(at - key) && !memcmp(k->name, key, (size_t)(at - key));
}

static bool stored_fits(const nf_actions *a, const nf_record *r, const char *key)
{
    size_t len = strlen(key);
    for (size_t i = 0; i < a->at->n_key; i++) {
        uint32_t column = a->at->key[i];
        const char *header = a->map->column[column].header;
        size_t n = 0;
        if (!r->len[column]) continue;
        while (n < a->dimensions && (strlen(a->dimension[n]) != identifier(header) ||
                                     strncasecmp(a->dimension[n], header, identifier(header)))) n++;
        if (n == a->dimensions || !has_parts(key, len, a->dimensions) || !cell_fits(r, column, key, len, n))
            return false;
    }
    return true;
}

static bool arrived_fits(const nf_actions *a, const nf_record *r, const char *key, size_t len)
{
    for (size_t i = 0; i < a->at->n_key; i++)
        if (r->len[a->at->key[i]] && (!has_parts(key, len, a->at->n_key) || !cell_fits(r, a->at->key[i], key, len, i)))
            return false;
    return true;
}

/* ---- taking back ---- */

typedef struct { const nf_record *row; nf_period period; unsigned status; int64_t published; size_t found; } deletion;

static int take(nf_ctx *c, nf_actions *a, deletion *d, const char *key, size_t len)
{
    size_t n = 0, mark = nf_mark(c);
    char *copy = nf_strndup(c, key, len);
    int rc =
        copy ? nf_intake_take_back(a->in, copy, d->period, d->status, d->published, d->row->line, &n) : NF_ENOMEM;
    nf_release(c, mark);
    d->found += n;
    a->work += n;
    return rc;
}

static bool wild(const nf_actions *a, const nf_record *r)
{
    for (size_t i = 0; i < a->at->n_key; i++)
        if (!r->len[a->at->key[i]]) return true;
    return !a->at->n_key;
}

static int packed_keys(nf_ctx *c)
{
    nf_fail(c, NF_EDATA, "a deletion by wildcard needs to know which part of SERIES_KEY is which dimension");
    return nf_hint(c, "name whole keys, or load the figures without SERIES_KEY");
}

/* A message of nothing but wildcards would take forever over a large store. */
static int too_much(nf_ctx *c)
{
    nf_fail(c, NF_EDATA, "the message's deletions by wildcard go over more than %d figures", MOST_WORK);
    return nf_hint(c, "name what is to go in fewer rows");
}

/* Everything of one measure (NULL: of all) that fits the row's dimensions. */
static int take_all(nf_ctx *c, nf_actions *a, deletion *d, const nf_map_column *measure)
{
    const nf_record *r = d->row;
    int structure = a->at->one[NF_ROLE_STRUCTURE], rc = look_up(c, a, structure >= 0 ? r->cell[structure] : "");
    bool some = false, ours = !rc && (!a->map->dataset || !strcmp(a->map->dataset, a->dataset));
    for (size_t i = 0; i < a->at->n_key; i++) {
        some |= r->len[a->at->key[i]] > 0;
        if (!rc && !strncmp(a->map->column[a->at->key[i]].header, "SERIES_KEY", 10) && !r->len[a->at->key[i]])
            return packed_keys(c);
    }
    if (!rc && some && a->packed && a->n) return packed_keys(c);
    a->work += a->n + nf_intake_count(a->in);
    if (a->work > MOST_WORK) return too_much(c);
    for (size_t i = 0; !rc && i < a->n; i++)
        if (stored_fits(a, r, a->key[i]) && measure_fits(measure, a->key[i], strlen(a->key[i])))
            rc = take(c, a, d, a->key[i], strlen(a->key[i]));
    for (uint32_t i = 0, n = nf_intake_count(a->in); ours && !rc && i < n; i++) {
        size_t len;
        const char *key = nf_intake_key(a->in, i, &len);
        if (arrived_fits(a, r, key, len) && measure_fits(measure, key, len)) rc = take(c, a, d, key, len);
    }
    return rc;
}

static int take_measure(nf_ctx *c, nf_actions *a, deletion *d, const nf_map_column *measure)
{
    size_t found = d->found;
    int rc = wild(a, d->row) ? NF_OK : nf_keys_text(c, a->keys, d->row, measure ? measure->name : NULL);
    if (!rc && !wild(a, d->row)) rc = take(c, a, d, a->keys->key.text, a->keys->key.n);
    if (!rc && d->found == found) rc = take_all(c, a, d, measure);
    a->keys->before = nf_intake_count(a->in);            /* their units are those of the store */
    return rc;
}

/* Any other attribute that the row marks. */
static bool marks_attribute(const nf_actions *a, const nf_record *r)
{
    for (size_t i = 0; i < a->map->n && i < r->n; i++) {
        nf_role role = a->map->column[i].role;
        if ((role == NF_ROLE_ATTRIBUTE || role == NF_ROLE_UNIT || role == NF_ROLE_MULTIPLIER) && r->len[i]) return true;
    }
    return false;
}

/* The measures that the row marks, or all where it marks none. */
static int each_measure(nf_ctx *c, nf_actions *a, deletion *d, bool marked)
{
    int rc = NF_OK;
    if (!a->at->n_value) return take_measure(c, a, d, NULL);
    for (size_t i = 0; i < a->at->n_value && !rc; i++)
        if (!marked || d->row->len[a->at->value[i]]) rc = take_measure(c, a, d, &a->map->column[a->at->value[i]]);
    return rc;
}

int nf_actions_delete(nf_ctx *c, nf_actions *a, const nf_record *r, int64_t published)
{
    deletion d = { .row = r, .published = published };
    int time = a->at->one[NF_ROLE_TIME], status = a->at->one[NF_ROLE_STATUS], rc = NF_OK;
    bool measures = false, marks_status = status >= 0 && r->len[status];
    for (size_t i = 0; i < a->at->n_value; i++) measures |= r->len[a->at->value[i]] > 0;
    if (!measures && !marks_status && marks_attribute(a, r)) return nf_actions_alone(a, r), NF_OK;
    if (time >= 0 && r->len[time]) rc = nf_times_of(c, a->times, r, &d.period);
    d.status = !measures && marks_status ? NF_KEEPS_VALUE
                                         : NF_NOT_AVAILABLE | (measures && !marks_status ? NF_KEEPS_STATUS : 0);
    if (!rc) rc = each_measure(c, a, &d, measures);
    if (!rc && !d.found && !a->nothing++) a->nothing_line = r->line;
    return rc;
}
