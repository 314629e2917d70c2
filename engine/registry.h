/* registry.h - every row of every .def list begins with an nf_row.
 *
 * A registry is a NULL-ended array of pointers to const structs, made from a .def file included twice. One
 * lookup serves all of them; options are fields, checked and filled here. */
#ifndef NF_REGISTRY_H
#define NF_REGISTRY_H
#include "table.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char *name;             /* what users type: lower case, hyphens */
    nf_text title;                /* one line */
    const char *formula;          /* plain text, the definition */
    const char *cite;             /* author, year, publication: where the formula comes from */
    const char *use, *avoid;      /* when to use it, when not */
    const char *peers;            /* agreement with other programs, or NULL */
    const nf_field *opt;          /* its options, or NULL */
} nf_row;

typedef const nf_row *const *nf_table;           /* any registry, seen as its rows' first member */
#define NF_TABLE(list) ((nf_table)(const void *)(list))

/* The row of that name, or NULL with *nearest set to the closest name within two typos (or NULL). */
const void *nf_row_find(nf_table, const char *name, const char **nearest);
/* The same with words: "no METHOD 'x' (did you mean 'y'?)", NF_ENOTFOUND. kind is "method", "chart", ... */
int nf_row_need(nf_ctx *, const void **out, nf_table, const char *kind, const char *name);
/* The closest of a list of words, or NULL: for hints about anything that has a name. */
const char *nf_nearest(const char *word, const char *const *list, size_t n);

/* Options of a row from name, value, name, value, ..., NULL: checked against type, limits and choices, with
 * defaults filled in. out has one value per field of row->opt, in nf_alloc. NULL name_value: all defaults. */
int nf_options(nf_ctx *, nf_value **out, const nf_row *, const char *const *name_value);
int nf_option_set(nf_ctx *, nf_value *out, const nf_field *, const char *text);
#ifdef __cplusplus
}
#endif
#endif
