/* book_sheet.c - the rows of one sheet as records; merged ranges repeat their text. */
#include "book.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { long row, last_row, col, last_col; char *text; bool number; } merged;

typedef struct {
    nf_ctx *c; nf_book *b; nf_record_fn *fn; void *self;
    int rc, stop;                                /* stop: what the callback answered */
    long row, col, width;
    char type[12]; int style; bool in_value, in_phonetic, number;
    nf_growing value, cells;                     /* the text of this cell; those of this row */
    size_t at[NF_MAX_COLUMNS]; bool is_number[NF_MAX_COLUMNS];   /* offset + 1 into cells, 0: empty */
    merged *merge; size_t merges, next, active;  /* by first row; those before next and not below active may cover */
} sheet;

static void fail(sheet *s, const char *what)
{
    if (s->rc) return;
    s->rc = nf_fail(s->c, NF_EDATA, "%s", what);
    nf_at(s->c, NULL, s->row, s->col);
}

/* "AB12" into column 28, row 12; false: no reference. */
static bool reference(const char *ref, long *row, long *col)
{
    const char *s = ref;
    *row = *col = 0;
    for (; *s >= 'A' && *s <= 'Z' && *col <= NF_MAX_COLUMNS; s++) *col = *col * 26 + (*s - 'A' + 1);
    for (; *s >= '0' && *s <= '9' && *row <= NF_MAX_ROWS; s++) *row = *row * 10 + (*s - '0');
    return *col && *row && !*s;
}

/* ---- first pass: merged ranges and the width ---- */

static void on_merge(sheet *s, const char *range)
{
    char first[32];
    merged m = { 0 };
    size_t n = range ? strcspn(range, ":") : 0;
    if (!n || n >= sizeof first || !range[n]) return;
    memcpy(first, range, n);
    first[n] = 0;
    if (!reference(first, &m.row, &m.col) || !reference(range + n + 1, &m.last_row, &m.last_col)) return;
    if (m.last_row < m.row || m.last_col < m.col || m.last_col > NF_MAX_COLUMNS) return;
    if (s->merges == 100000) {
        fail(s, "more than 100000 merged ranges");
        return;
    }
    if ((s->merges & (s->merges - 1)) == 0) {
        merged *more = realloc(s->merge, (s->merges ? 2 * s->merges : 1) * sizeof *more);
        if (!more) {
            s->rc = nf_fail(s->c, NF_ENOMEM, "out of memory");
            return;
        }
        s->merge = more;
    }
    s->merge[s->merges++] = m;
}

static void measure(void *self, const char *name, const char **attribute)
{
    sheet *s = self;
    if (!strcmp(name, "mergeCell")) on_merge(s, nf_attribute(attribute, "ref"));
    if (strcmp(name, "c")) return;
    const char *ref = nf_attribute(attribute, "r");
    long row, col = s->col + 1;
    if (ref && !reference(ref, &row, &col)) return;
    s->col = col;
    if (col > s->width) s->width = col;
    if (col > NF_MAX_COLUMNS) fail(s, "more than 4096 columns");
}

static void measure_end(void *self, const char *name)
{
    if (!strcmp(name, "row")) ((sheet *)self)->col = 0;
}

static int by_row(const void *a, const void *b)
{
    const merged *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->col > y->col) - (x->col < y->col);
}

/* ---- second pass: cells ---- */

static void begin_row(sheet *s, const char **attribute)
{
    const char *r = nf_attribute(attribute, "r");
    long row = r ? strtol(r, NULL, 10) : s->row + 1;
    if (row <= s->row || row > NF_MAX_ROWS) {
        fail(s, "rows out of order");
        return;
    }
    s->row = row;
    s->col = 0;
    s->cells.n = 0;
    memset(s->at, 0, (size_t)s->width * sizeof *s->at);
}

static void begin_cell(sheet *s, const char **attribute)
{
    const char *ref = nf_attribute(attribute, "r"), *type = nf_attribute(attribute, "t"),
               *style = nf_attribute(attribute, "s");
    long row = s->row, col = s->col + 1;
    if (ref && (!reference(ref, &row, &col) || row != s->row || col <= s->col || col > s->width)) {
        fail(s, "cells out of order");
        return;
    }
    s->col = col;
    snprintf(s->type, sizeof s->type, "%s", type ? type : "n");
    s->style = style ? atoi(style) : 0;
    s->value.n = 0;
}

static void open(void *self, const char *name, const char **attribute)
{
    sheet *s = self;
    if (!strcmp(name, "row")) begin_row(s, attribute);
    else if (!strcmp(name, "c")) begin_cell(s, attribute);
    else if (!strcmp(name, "rPh")) s->in_phonetic = true;
    else if (!strcmp(name, "v") || !strcmp(name, "t")) s->in_value = !s->in_phonetic;
}

static void text(void *self, const char *t, int n)
{
    sheet *s = self;
    if (!s->in_value) return;
    if (s->value.n + (size_t)n > NF_MAX_FIELD) fail(s, "a cell of more than 1 MiB");
    else s->rc = nf_growing_add(s->c, &s->value, t, (size_t)n, NF_MAX_FIELD);
}

/* What the cell shows. *number: it is one, whatever its text looks like. */
static const char *shown(sheet *s, char room[64], bool *number)
{
    const char *v = s->value.n ? s->value.text : "";
    *number = false;
    if (!strcmp(s->type, "s")) {
        char *end;
        unsigned long i = strtoul(v, &end, 10);
        if (*end || end == v || i >= s->b->n_strings) {
            fail(s, "a shared text that is not there");
            return "";
        }
        return s->b->strings.text + s->b->string[i];
    }
    if (!strcmp(s->type, "b")) return *v == '1' ? "TRUE" : "FALSE";
    if (strcmp(s->type, "n")) return v;
    *number = true;
    int style = s->style >= 0 && (size_t)s->style < s->b->styles ? s->b->style[s->style] : NF_STYLE_PLAIN;
    if (style == NF_STYLE_PLAIN || s->value.n >= 40) return v;
    nf_styled_number(s->b, v, style, room);
    return room;
}

static void end_cell(sheet *s)
{
    char room[64];
    bool number;
    if (!s->value.n || s->rc || s->col < 1) return;
    const char *t = shown(s, room, &number);
    size_t n = strlen(t), at = s->cells.n;
    if (!n || s->rc) return;
    if (at + n + 1 > NF_MAX_RECORD) {
        fail(s, "a row of more than 16 MiB");
        return;
    }
    s->rc = nf_growing_add(s->c, &s->cells, t, n + 1, NF_MAX_RECORD + 64);
    s->at[s->col - 1] = at + 1;
    s->is_number[s->col - 1] = number;
}

/* ---- merged ranges ---- */

static const char *cell_at(const sheet *s, long col) { return s->at[col] ? s->cells.text + s->at[col] - 1 : ""; }

static void take_text(sheet *s, merged *m)
{
    const char *t = m->col <= s->width ? cell_at(s, m->col - 1) : "";
    m->number = m->col <= s->width && s->is_number[m->col - 1];
    m->text = *t ? strdup(t) : NULL;
}

/* Ranges do not overlap, so those that cover a row are at most as many as it has columns. */
static void fill(sheet *s, const char **cell, uint32_t *len)
{
    for (; s->next < s->merges && s->merge[s->next].row <= s->row; s->next++) {
        merged m = s->merge[s->next];
        if (m.row < s->row || m.col > s->width) continue;
        if (s->active == (size_t)s->width) {
            fail(s, "merged ranges that overlap");
            return;
        }
        take_text(s, &m);
        s->merge[s->next] = s->merge[s->active];
        s->merge[s->active++] = m;
    }
    for (size_t i = 0; i < s->active; ) {
        merged *m = &s->merge[i];
        if (m->last_row < s->row) {
            free(m->text);
            *m = s->merge[--s->active];
            s->merge[s->active].text = NULL;
            continue;
        }
        for (long k = m->col; m->text && k <= m->last_col && k <= s->width; k++)
            if (!len[k - 1] && (!m->number || m->row == m->last_row))
                cell[k - 1] = m->text, len[k - 1] = (uint32_t)strlen(m->text);
        i++;
    }
}

static void end_row(sheet *s)
{
    const char *cell[NF_MAX_COLUMNS];
    uint32_t len[NF_MAX_COLUMNS];
    bool any = false;
    for (long i = 0; i < s->width; i++) {
        cell[i] = cell_at(s, i);
        len[i] = (uint32_t)strlen(cell[i]);
        any |= len[i] > 0;
    }
    fill(s, cell, len);
    if (!any || s->rc) return;
    s->stop = s->fn(s->self, s->c, &(nf_record){ cell, len, (size_t)s->width, s->row });
    if (s->stop < 0) nf_at(s->c, NULL, s->row, 0);
    s->rc = s->stop;
}

static void closed(void *self, const char *name)
{
    sheet *s = self;
    if (!strcmp(name, "v") || !strcmp(name, "t")) s->in_value = false;
    else if (!strcmp(name, "rPh")) s->in_phonetic = false;
    else if (!strcmp(name, "c")) end_cell(s);
    else if (!strcmp(name, "row")) end_row(s);
}

int nf_book_each(nf_ctx *c, nf_book *b, size_t i, nf_record_fn *fn, void *self)
{
    sheet *s = calloc(1, sizeof *s);
    if (!s) return nf_fail(c, NF_ENOMEM, "out of memory");
    *s = (sheet){ .c = c, .b = b, .fn = fn, .self = self };
    const char *part = b->sheet[i].path;
    int rc = part ? nf_part_read(c, b->zip, part, &(nf_part_handlers){ measure, measure_end, NULL, &s->rc }, s)
                  : nf_fail(c, NF_EDATA, "the sheet '%s' has no part", b->sheet[i].name);
    if (!rc && s->merges) qsort(s->merge, s->merges, sizeof *s->merge, by_row);
    s->col = 0;
    if (!rc) rc = nf_part_read(c, b->zip, part, &(nf_part_handlers){ open, closed, text, &s->rc }, s);
    for (size_t k = 0; k < s->active; k++) free(s->merge[k].text);
    free(s->merge);
    free(s->value.text);
    free(s->cells.text);
    free(s);
    return rc > 0 ? NF_OK : rc == NF_ENOTFOUND ? NF_EDATA : rc;
}

/* The error is said again with the cell in its file's name: nothing else can carry a sheet. */
int nf_book_at(nf_ctx *c, const char *file, const char *sheet_name)
{
    nf_diag d = *nf_last(c);
    char cell[32] = "", what[1024], hint[1024];
    int n = 0;
    if (d.file) return d.err;
    for (long col = d.col; col > 0 && n < 4; col = (col - 1) / 26, n++) {
        memmove(cell + 1, cell, (size_t)n + 1);
        cell[0] = (char)('A' + (col - 1) % 26);
    }
    if (d.line) snprintf(cell + n, sizeof cell - (size_t)n, "%ld", d.line);
    snprintf(what, sizeof what, "%s", d.what);
    snprintf(hint, sizeof hint, "%s", d.hint ? d.hint : "");
    nf_fail(c, d.err, "%s", what);
    if (d.hint) nf_hint(c, "%s", hint);
    char place[512];
    snprintf(place, sizeof place, "%.300s:%.100s%s%s", file, sheet_name, *cell ? "!" : "", cell);
    return nf_at(c, place, 0, 0);
}

int nf_table_file(nf_ctx *c, const char *path, nf_record_fn *fn, void *self)
{
    nf_book *book;
    if (!nf_is_book(path)) return nf_csv_file(c, path, fn, self);
    int rc = nf_book_open(c, &book, path);
    if (rc) return rc;
    rc = nf_book_sheets(book) ? nf_book_each(c, book, 0, fn, self) : nf_fail(c, NF_EDATA, "the workbook has no sheet");
    if (rc) nf_book_at(c, path, nf_book_sheets(book) ? nf_book_sheet(book, 0) : "");
    nf_book_close(book);
    return rc;
}
