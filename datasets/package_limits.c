/* package_limits.c - a data package's constraints on texts, record by record: enum, pattern, unique. */
#include "package_limits.h"
#include <ctype.h>
#include <regex.h>
#include <string.h>

typedef struct column {
    struct column *next;
    size_t at;
    const json_t *words;                         /* enum, or NULL */
    bool matched, unique;
    regex_t pattern;
    json_t *seen;                                /* unique: the cells so far */
} column;

struct nf_limits { const nf_mapping *map; nf_grid grid; nf_record_fn *fn; void *to; column *first; };

/* XML Schema's \d as POSIX writes it. What POSIX has not, and counts and references, which can take
 * any time and memory, are not checked: NULL. */
static char *posix(nf_ctx *c, const char *pattern)
{
    char *out = strlen(pattern) <= 200 ? nf_alloc(c, 5 * strlen(pattern) + 8) : NULL, *to = out;
    if (!out) return NULL;
    to = stpcpy(to, "^(");
    for (const char *s = pattern; *s; s++) {
        if (*s == '{' || (*s == '\\' && (!s[1] || isdigit((unsigned char)s[1]) || strchr("pPDiIcC", s[1])))) return NULL;
        if (*s == '\\' && s[1] == 'd') to = stpcpy(to, "[0-9]"), s++;
        else {
            if (*s == '\\') *to++ = *s++;
            *to++ = *s;
        }
    }
    strcpy(to, ")$");
    return out;
}

static int add(nf_ctx *c, nf_limits *l, size_t at, const json_t *rules, const char *file)
{
    const char *pattern = json_string_value(json_object_get(rules, "pattern")), *text = pattern ? posix(c, pattern) : NULL;
    column *k = nf_alloc(c, sizeof *k);
    if (!k) return NF_ENOMEM;
    *k = (column){ .at = at, .words = json_object_get(rules, "enum"), .unique = json_is_true(json_object_get(rules, "unique")) };
    k->matched = text && !regcomp(&k->pattern, text, REG_EXTENDED | REG_NOSUB);
    if (pattern && !k->matched) nf_note(c, file, 0, 0, NULL, "the pattern '%.60s' cannot be checked", pattern);
    if (k->unique && !(k->seen = json_object())) return nf_fail(c, NF_ENOMEM, "out of memory");
    k->next = l->first;
    l->first = k;
    return NF_OK;
}

int nf_limits_begin(nf_ctx *c, nf_limits **out, const nf_mapping *m, const json_t *fields, nf_grid grid,
                    const char *file)
{
    const json_t *field;
    size_t i;
    int rc = NF_OK;
    nf_limits *l = *out = nf_alloc(c, sizeof *l);
    if (!l) return NF_ENOMEM;
    *l = (nf_limits){ .map = m, .grid = grid };
    json_array_foreach(fields, i, field) {
        const json_t *rules = json_object_get(field, "constraints");
        const char *name = json_string_value(json_object_get(field, "name"));
        for (size_t k = 0; name && rules && k < m->n && !rc; k++)
            if (!strcmp(m->column[k].header, name)) rc = add(c, l, k, rules, file);
    }
    return rc;
}

void nf_limits_end(nf_limits *l)
{
    for (column *k = l ? l->first : NULL; k; k = k->next) {
        if (k->matched) regfree(&k->pattern);
        json_decref(k->seen);
    }
}

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

/* The rule that the cell breaks, or NULL. */
static const char *broken(column *k, const char *cell, size_t len)
{
    if (!among(k->words, cell, len)) return "is not in the schema's enum";
    if (k->matched && regexec(&k->pattern, cell, 0, NULL, 0)) return "does not match the schema's pattern";
    if (k->unique && json_object_get(k->seen, cell)) return "stands twice, the schema says unique";
    return NULL;
}

static int on_record(void *self, nf_ctx *c, const nf_record *r)
{
    nf_limits *l = self;
    for (column *k = r->line >= l->map->data_line ? l->first : NULL; k; k = k->next) {
        const char *cell = k->at < r->n ? r->cell[k->at] : "", *why;
        if (!*cell || nf_is_missing(l->map->missing, cell, r->len[k->at])) continue;
        if ((why = broken(k, cell, r->len[k->at])) != NULL) {
            nf_fail(c, NF_EDATA, "'%.60s' %s", cell, why);
            return nf_at(c, NULL, r->line, (long)k->at + 1);
        }
        if (k->unique && json_object_set_new(k->seen, cell, json_true())) return nf_fail(c, NF_ENOMEM, "out of memory");
    }
    return l->fn(l->to, c, r);
}

static int each(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    nf_limits *l = self;
    l->fn = fn;
    l->to = to;
    return l->grid.each(l->grid.self, c, on_record, l);
}

nf_grid nf_grid_limited(nf_limits *l) { return l->first ? (nf_grid){ each, l } : l->grid; }
