/* package_limits.c - a data package's constraints and keys, record by record; what cannot be checked is named. */
#include "package_limits.h"
#include <ctype.h>
#include <math.h>
#include <nettle/md5.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

typedef struct column {
    struct column *next;
    size_t at;
    const json_t *words;                         /* enum, or NULL */
    bool matched, required, text;                /* text: bounds are dates, compared as texts of one length */
    regex_t pattern;
    size_t shortest, longest;                    /* in characters */
    double lo, hi, over, under;                  /* >= <= > <; NaN: none */
    const char *from, *to;                       /* the same for dates, or NULL */
} column;

/* A key of one or several columns: no two records have the same. A primary one is never missing. */
typedef struct key { struct key *next; size_t *at, n; bool primary; nf_hashes seen; } key;

struct nf_limits {
    const nf_mapping *map;
    nf_grid grid;
    nf_record_fn *fn;
    void *to;
    column *first;
    key *keys;
    const char *file;
};

static const json_t *get(const json_t *o, const char *name) { return json_object_get(o, name); }

/* XML Schema's \d as POSIX writes it. What POSIX has not, and counts and references, which can take
 * any time and memory, are not checked: NULL. */
static char *posix(nf_ctx *c, const char *pattern)
{
    char *out = strlen(pattern) <= 200 ? nf_alloc(c, 5 * strlen(pattern) + 8) : NULL, *to = out;
    if (!out) return NULL;
    to = stpcpy(to, "^(");
    for (const char *s = pattern; *s; s++) {
        if (*s == '{' || (*s == '\\' && (!s[1] || isdigit((unsigned char)s[1]) || strchr("pPDiIcC", s[1]))))
            return NULL;
        if (*s == '\\' && s[1] == 'd') to = stpcpy(to, "[0-9]"), s++;
        else {
            if (*s == '\\') *to++ = *s++;
            *to++ = *s;
        }
    }
    strcpy(to, ")$");
    return out;
}

/* ---- from the schema ---- */

static int key_add(nf_ctx *c, nf_limits *l, const json_t *names, bool primary)
{
    size_t n = json_is_array(names) ? json_array_size(names) : 1;
    key *k = nf_alloc(c, sizeof *k);
    if (!k || !(k->at = nf_alloc(c, (n + 1) * sizeof *k->at))) return NF_ENOMEM;
    *k = (key){ .at = k->at, .n = n, .primary = primary, .next = l->keys };
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_is_array(names) ? json_array_get(names, i) : names);
        for (k->at[i] = 0; name && k->at[i] < l->map->n && strcmp(l->map->column[k->at[i]].header, name); k->at[i]++) {}
        if (name && k->at[i] < l->map->n) continue;
        return nf_fail(c, NF_EDATA, "the schema has a key of '%.60s', the table no such column", name ? name : "");
    }
    if (n) l->keys = k;
    return NF_OK;
}

static double number_of(const json_t *rules, const char *name)
{
    return json_is_number(get(rules, name)) ? json_number_value(get(rules, name)) : NAN;
}

static size_t length_of(const json_t *rules, const char *name, size_t otherwise)
{
    const json_t *o = get(rules, name);
    return json_is_integer(o) && json_integer_value(o) >= 0 ? (size_t)json_integer_value(o) : otherwise;
}

static int add(nf_ctx *c, nf_limits *l, size_t at, const json_t *field, const json_t *rules)
{
    const char *pattern = json_string_value(get(rules, "pattern")), *text = pattern ? posix(c, pattern) : NULL;
    const char *type = json_string_value(get(field, "type"));
    bool value = l->map->column[at].role == NF_ROLE_VALUE;           /* its bounds are obeyed where it is read */
    column *k = nf_alloc(c, sizeof *k);
    if (!k) return NF_ENOMEM;
    *k = (column){ .at = at, .words = get(rules, "enum"), .required = json_is_true(get(rules, "required")),
                   .shortest = length_of(rules, "minLength", 0), .longest = length_of(rules, "maxLength", SIZE_MAX),
                   .lo = value ? NAN : number_of(rules, "minimum"), .hi = value ? NAN : number_of(rules, "maximum"),
                   .over = number_of(rules, "exclusiveMinimum"), .under = number_of(rules, "exclusiveMaximum"),
                   .from = json_string_value(get(rules, "minimum")), .to = json_string_value(get(rules, "maximum")) };
    k->text = type && (strstr(type, "date") || strstr(type, "year") || !strcmp(type, "time"));
    k->matched = text && !regcomp(&k->pattern, text, REG_EXTENDED | REG_NOSUB);
    k->next = l->first;
    l->first = k;
    if (pattern && !k->matched) nf_note(c, l->file, 0, 0, NULL, "the pattern '%.60s' cannot be checked", pattern);
    if (get(rules, "jsonSchema"))
        nf_note(c, l->file, 0, 0, NULL, "the jsonSchema of '%.60s' is not checked", l->map->column[at].header);
    if (!k->text && (k->from || k->to))
        nf_note(c, l->file, 0, 0, NULL, "the bounds of '%.60s' are no numbers: not checked", l->map->column[at].header);
    return NF_OK;
}

static int fields_add(nf_ctx *c, nf_limits *l, const json_t *fields)
{
    const json_t *field;
    size_t i;
    int rc = NF_OK;
    json_array_foreach(fields, i, field) {
        const json_t *rules = get(field, "constraints");
        const char *name = json_string_value(get(field, "name"));
        for (size_t k = 0; name && rules && k < l->map->n && !rc; k++) {
            if (strcmp(l->map->column[k].header, name)) continue;
            rc = add(c, l, k, field, rules);
            if (!rc && json_is_true(get(rules, "unique"))) rc = key_add(c, l, get(field, "name"), false);
        }
    }
    return rc;
}

int nf_limits_begin(nf_ctx *c, nf_limits **out, const nf_mapping *m, const json_t *schema, nf_grid grid,
                    const char *file)
{
    const json_t *primary = get(schema, "primaryKey"), *unique = get(schema, "uniqueKeys"), *names;
    size_t i;
    nf_limits *l = *out = nf_alloc(c, sizeof *l);
    if (!l) return NF_ENOMEM;
    *l = (nf_limits){ .map = m, .grid = grid, .file = file };
    int rc = fields_add(c, l, get(schema, "fields"));
    if (!rc && primary) rc = key_add(c, l, primary, true);
    json_array_foreach(unique, i, names)
        if (!rc) rc = key_add(c, l, names, false);
    if (json_array_size(get(schema, "foreignKeys"))) nf_note(c, file, 0, 0, NULL, "foreign keys are not checked");
    return rc;
}

void nf_limits_end(nf_limits *l)
{
    for (column *k = l ? l->first : NULL; k; k = k->next)
        if (k->matched) regfree(&k->pattern);
    for (key *k = l ? l->keys : NULL; k; k = k->next) nf_hashes_free(&k->seen);
}

/* ---- a record ---- */

static bool among(const json_t *words, const char *cell, size_t len)
{
    const json_t *word;
    size_t i;
    double v;
    json_array_foreach(words, i, word) {
        if (json_is_string(word) && !strcmp(json_string_value(word), cell)) return true;
        if (json_is_number(word) && nf_double_scan(cell, len, &v) && v == json_number_value(word)) return true;
    }
    return !json_is_array(words);
}

static bool is_missing(const nf_limits *l, size_t at, const char *cell, size_t len)
{
    const char *own = l->map->column[at].missing;
    return !len || nf_is_missing(own ? own : l->map->missing, cell, len);
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static bool out_of_bounds(const nf_limits *l, const column *k, const char *cell, size_t len)
{
    double v;
    if (k->text && k->from && strlen(k->from) == len && strcmp(cell, k->from) < 0) return true;
    if (k->text && k->to && strlen(k->to) == len && strcmp(cell, k->to) > 0) return true;
    if (isnan(k->lo) && isnan(k->hi) && isnan(k->over) && isnan(k->under)) return false;
    return nf_number_scan(l->map->decimal, cell, len, &v) && (v < k->lo || v > k->hi || v <= k->over || v >= k->under);
}

/* The rule that the cell breaks, or NULL. */
static const char *broken(const nf_limits *l, const column *k, const char *cell, size_t len)
{
    if (is_missing(l, k->at, cell, len)) return k->required ? "is missing, the schema requires it" : NULL;
    size_t n = k->shortest || k->longest != SIZE_MAX ? characters(cell) : 0;
    if (!among(k->words, cell, len)) return "is not in the schema's enum";
    if (k->matched && regexec(&k->pattern, cell, 0, NULL, 0)) return "does not match the schema's pattern";
    if (n < k->shortest) return "is shorter than the schema's minLength";
    if (k->longest != SIZE_MAX && n > k->longest) return "is longer than the schema's maxLength";
    return out_of_bounds(l, k, cell, len) ? "is outside the schema's bounds" : NULL;
}

static int refused(nf_ctx *c, const nf_record *r, size_t at, const char *cell, const char *why)
{
    nf_fail(c, NF_EDATA, "'%.60s' %s", cell, why);
    return nf_at(c, NULL, r->line, (long)at + 1);
}

static int check_key(nf_ctx *c, const nf_limits *l, key *k, const nf_record *r)
{
    struct md5_ctx md5;
    uint8_t hash[MD5_DIGEST_SIZE];
    md5_init(&md5);
    for (size_t i = 0; i < k->n; i++) {
        size_t at = k->at[i];
        const char *cell = at < r->n ? r->cell[at] : "";
        bool missing = at >= r->n || is_missing(l, at, cell, r->len[at]);
        if (missing && k->primary) return refused(c, r, at, cell, "is missing, the schema has it in the primary key");
        if (missing) return NF_OK;
        md5_update(&md5, r->len[at] + 1u, (const uint8_t *)cell);        /* with its end: "a","bc" is not "ab","c" */
    }
    md5_digest(&md5, sizeof hash, hash);
    bool full = k->seen.full;
    int found = nf_hashes_add(c, &k->seen, hash);
    if (found < 0) return found;
    if (!full && k->seen.full)
        nf_note(c, l->file, r->line, 0, NULL, "records that stand twice are found up to this line only");
    if (!found) return NF_OK;
    return refused(c, r, k->at[0], r->cell[k->at[0]],
                   k->primary ? "stands twice, it is the schema's primary key"
                   : k->n > 1 ? "stands twice with the columns of its unique key"
                              : "stands twice, the schema says unique");
}

static int on_record(void *self, nf_ctx *c, const nf_record *r)
{
    nf_limits *l = self;
    bool data = r->line >= l->map->data_line && r->n && (r->n > 1 || r->len[0]);
    int rc = NF_OK;
    for (column *k = data ? l->first : NULL; k; k = k->next) {
        const char *cell = k->at < r->n ? r->cell[k->at] : "",
                   *why = broken(l, k, cell, k->at < r->n ? r->len[k->at] : 0);
        if (why) return refused(c, r, k->at, cell, why);
    }
    for (key *k = data ? l->keys : NULL; k && !rc; k = k->next) rc = check_key(c, l, k, r);
    return rc ? rc : l->fn(l->to, c, r);
}

static int each(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    nf_limits *l = self;
    l->fn = fn;
    l->to = to;
    return l->grid.each(l->grid.self, c, on_record, l);
}

nf_grid nf_grid_limited(nf_limits *l) { return l->first || l->keys ? (nf_grid){ each, l } : l->grid; }
