/* writer_xlsx.c - tables as a spreadsheet: one sheet, numbers as numbers, texts as texts that nothing runs. */
#include "xlsx_exact.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { TEXT_MOST = 32767,                        /* characters of a cell; bytes here, to be on the safe side */
       SAME_TIME = 946684800 };

typedef struct {
    nf_ctx *c; nf_out out; const nf_style *style;
    char path[64];
    lxw_workbook *book; lxw_worksheet *sheet;
    const nf_field *field; size_t cols; lxw_row_t row;
    nf_exact_cells exact;
} xlsx;

static int trouble(xlsx *x, const char *why) { return nf_fail(x->c, NF_EIO, "cannot write the spreadsheet: %s", why); }

static int put_text(xlsx *x, size_t col, const char *text)
{
    char *cell = nf_scratch(x->c, strlen(text) + 2);
    if (!cell) return NF_ENOMEM;
    size_t n = 0;
    if (x->style->guard && *text == '\'' && nf_runs_in_spreadsheet(text)) cell[n++] = '\'';   /* load takes one away */
    for (const char *p = text; *p && n < TEXT_MOST - 1; p++)     /* XML 1.0 has no other control characters */
        cell[n++] = (unsigned char)*p < 0x20 && *p != '\t' && *p != '\n' ? ' ' : *p;
    cell[n] = 0;
    lxw_error e = worksheet_write_string(x->sheet, x->row, (lxw_col_t)col, cell, NULL);
    return e ? trouble(x, lxw_strerror(e)) : NF_OK;
}

static int put_number(xlsx *x, size_t col, double v)
{
    lxw_error e = worksheet_write_number(x->sheet, x->row, (lxw_col_t)col, v, NULL);
    if (e) return trouble(x, lxw_strerror(e));
    return nf_exact_cells_add(&x->exact, x->row, (uint32_t)col, v) ? nf_fail(x->c, NF_ENOMEM, "out of memory") : NF_OK;
}

static int put_span(xlsx *x, size_t col, nf_span a)
{
    char *text = nf_scratch(x->c, a.n * 33 + 1);
    size_t n = 0;
    if (!text) return NF_ENOMEM;
    for (size_t i = 0; i < a.n; i++) {
        if (i) text[n++] = ' ';
        n += nf_double_text(text + n, a.v[i]);
    }
    text[n] = 0;
    return put_text(x, col, text);
}

static int put_value(xlsx *x, size_t col, nf_type type, const nf_value *v)
{
    char text[64];
    if (nf_value_is_empty(type, v)) return NF_OK;
    switch (type) {
    case NF_F64: return put_number(x, col, v->f);
    case NF_I64: return put_number(x, col, (double)v->i);
    case NF_FLAG: return put_text(x, col, v->i ? "yes" : "no");
    case NF_TIME: nf_period_text(text, v->t); return put_text(x, col, text);
    case NF_WORD: return put_text(x, col, v->s);
    case NF_PROSE: return put_text(x, col, nf_text_in(v->p, x->style->lang ? x->style->lang : "en"));
    case NF_ARRAY: return put_span(x, col, v->a);
    case NF_END: break;
    }
    return NF_OK;
}

/* The library writes to a name only; the bytes are handed on when the book is whole. */
static int open_book(xlsx *x, const char *table)
{
    const char *folder = getenv("TMPDIR");
    snprintf(x->path, sizeof x->path, "%s/ninefold-XXXXXX", folder && strlen(folder) < 40 ? folder : "/tmp");
    int fd = mkstemp(x->path);
    if (fd < 0) return trouble(x, strerror(errno));
    close(fd);
    x->book = workbook_new(x->path);
    lxw_doc_properties same = { .created = SAME_TIME };          /* the same bytes for the same table */
    if (x->book) workbook_set_properties(x->book, &same);
    x->sheet = x->book ? workbook_add_worksheet(x->book, strlen(table) < 32 ? table : "ninefold") : NULL;
    return x->sheet ? NF_OK : trouble(x, "out of memory");
}

static int begin(void *self, nf_ctx *c, const char *table, const nf_field *field)
{
    xlsx *x = self;
    x->c = c;
    x->field = field;
    x->cols = nf_field_count(field);
    x->row = 0;
    int rc = open_book(x, table ? table : "ninefold");
    size_t mark = nf_scratch_mark(c);
    for (size_t i = 0; i < x->cols && !rc; i++) rc = put_text(x, i, field[i].name);
    nf_scratch_rewind(c, mark);
    if (!rc) worksheet_freeze_panes(x->sheet, 1, 0);
    x->row = 1;
    return rc;
}

static int row(void *self, nf_ctx *c, const nf_value *v)
{
    xlsx *x = self;
    x->c = c;
    if (x->row >= LXW_ROW_MAX) return trouble(x, "more rows than a sheet can hold");
    size_t mark = nf_scratch_mark(c);
    int rc = NF_OK;
    for (size_t i = 0; i < x->cols && !rc; i++) rc = put_value(x, i, x->field[i].type, &v[i]);
    nf_scratch_rewind(c, mark);
    x->row++;
    return rc;
}

static int hand_on(xlsx *x)
{
    char bytes[65536];
    size_t n;
    int rc = NF_OK;
    FILE *f = fopen(x->path, "rb");
    if (!f) return trouble(x, strerror(errno));
    while (!rc && (n = fread(bytes, 1, sizeof bytes, f)) > 0) rc = x->out.write(x->out.self, bytes, n);
    if (!rc && ferror(f)) rc = trouble(x, strerror(errno));
    fclose(f);
    return rc;
}

static int end(void *self, nf_ctx *c, int rc)
{
    xlsx *x = self;
    x->c = c;
    lxw_error e = x->book ? workbook_close(x->book) : LXW_NO_ERROR;
    x->book = NULL;
    if (!rc && e) rc = trouble(x, lxw_strerror(e));
    if (!rc) rc = nf_xlsx_exact(c, x->path, &x->exact);
    free(x->exact.cell);
    x->exact = (nf_exact_cells){ 0 };
    if (!rc) rc = hand_on(x);
    unlink(x->path);
    return rc;
}

static int open_xlsx(nf_ctx *c, nf_sink *out, nf_out bytes, const nf_style *style)
{
    xlsx *x = nf_alloc(c, sizeof *x);
    if (!x) return NF_ENOMEM;
    if (style->terminal) {
        nf_fail(c, NF_EINVAL, "a spreadsheet cannot be shown on a terminal");
        return nf_hint(c, "write it to a file: > table.xlsx");
    }
    x->out = bytes;
    x->style = style;
    *out = (nf_sink){ begin, row, end, x };
    return NF_OK;
}

extern const nf_writer nf_writer_xlsx;
const nf_writer nf_writer_xlsx = {
    .row = { .name = "xlsx", .title = { "spreadsheet", "电子表格" }, .use = "for Excel, WPS and LibreOffice" },
    .suffix = ".xlsx", .mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", .open = open_xlsx };
