/* package_inline.c - the rows of a resource that stand in the descriptor itself: arrays under a header, or objects. */
#include "package_dialect.h"
#include <string.h>

typedef struct {
    const char *cell[NF_MAX_COLUMNS];
    uint32_t len[NF_MAX_COLUMNS];
    char number[NF_MAX_COLUMNS][32];
} room;

static int cell_of(nf_ctx *c, room *r, size_t i, const json_t *v)
{
    const char *text = json_string_value(v);
    if (json_is_integer(v)) nf_i64_text(r->number[i], json_integer_value(v));
    else if (json_is_real(v)) nf_double_text(r->number[i], json_real_value(v));
    else strcpy(r->number[i], json_is_boolean(v) ? json_is_true(v) ? "true" : "false" : "");
    if (json_is_array(v) || json_is_object(v)) return nf_fail(c, NF_EDATA, "a cell is a list or an object");
    if (text && (strlen(text) != json_string_length(v) || strlen(text) > NF_MAX_FIELD))
        return nf_fail(c, NF_EDATA, "a cell has a NUL byte, or more than 1 MiB");
    r->cell[i] = text ? text : r->number[i];
    r->len[i] = (uint32_t)strlen(r->cell[i]);
    return NF_OK;
}

static int at(nf_ctx *c, int rc, long line, size_t col) { return rc ? nf_at(c, NULL, line, (long)col + 1) : NF_OK; }

static int of_array(nf_ctx *c, room *r, const json_t *row, long line)
{
    if (json_array_size(row) > NF_MAX_COLUMNS) return at(c, nf_fail(c, NF_EDATA, "more than 4096 columns"), line, 0);
    for (size_t i = 0; i < json_array_size(row); i++) {
        int rc = cell_of(c, r, i, json_array_get(row, i));
        if (rc) return at(c, rc, line, i);
    }
    return NF_OK;
}

/* Objects have the columns of the first of them; one that a later object adds would be lost. */
static int of_object(nf_ctx *c, room *r, const json_t *first, json_t *row, long line)
{
    const char *name;
    json_t *v;
    size_t i = 0, found = 0;
    json_object_foreach((json_t *)first, name, v) {
        const json_t *here = json_object_get(row, name);
        int rc = cell_of(c, r, i, here);
        found += here != NULL;
        if (rc) return at(c, rc, line, i);
        i++;
    }
    if (found < json_object_size(row))
        return at(c, nf_fail(c, NF_EDATA, "the row has a field that the first row has not"), line, 0);
    return NF_OK;
}

static int header_of_object(nf_ctx *c, room *r, const json_t *first)
{
    const char *name;
    json_t *v;
    size_t i = 0;
    if (json_object_size(first) > NF_MAX_COLUMNS) return nf_fail(c, NF_EDATA, "more than 4096 columns");
    json_object_foreach((json_t *)first, name, v) {
        r->cell[i] = name;
        r->len[i++] = (uint32_t)strlen(name);
    }
    return NF_OK;
}

static int each(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    const nf_inline *t = self;
    const json_t *first = json_array_get(t->data, 0);
    size_t mark = nf_scratch_mark(c);
    room *r = nf_scratch(c, sizeof *r);
    int rc = r ? NF_OK : NF_ENOMEM;
    if (!rc && json_is_object(first) && !(rc = header_of_object(c, r, first)))
        rc = fn(to, c, &(nf_record){ r->cell, r->len, json_object_size(first), 0 });
    for (size_t i = 0; !rc && i < json_array_size(t->data); i++) {
        json_t *row = json_array_get(t->data, i);
        long line = (long)i + 1;
        if (json_is_array(first) ? !json_is_array(row) : !json_is_object(row))
            rc = at(c, nf_fail(c, NF_EDATA, "rows are all lists or all objects"), line, 0);
        if (!rc) rc = json_is_array(row) ? of_array(c, r, row, line) : of_object(c, r, first, row, line);
        size_t n = json_is_array(row) ? json_array_size(row) : json_object_size(first);
        if (!rc && (rc = fn(to, c, &(nf_record){ r->cell, r->len, n, line })) < 0) nf_at(c, NULL, line, 0);
    }
    nf_scratch_rewind(c, mark);
    return rc < 0 ? rc : NF_OK;
}

nf_grid nf_grid_of_inline(nf_inline *t) { return (nf_grid){ each, t }; }
