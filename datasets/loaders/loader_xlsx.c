/* loader_xlsx.c - a workbook into the store: every sheet that a loader knows, one transaction. */
#include "readers/book.h"
#include "load/load.h"
#include <stdio.h>

typedef struct { nf_book *book; size_t sheet; } sheet_grid;

static int each_row(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    sheet_grid *g = self;
    return nf_book_each(c, g->book, g->sheet, fn, to);
}

/* Read to the end for its hash: the workbook itself is read by parts. */
static int hash(nf_ctx *c, nf_bytes *b)
{
    static const size_t room = 65536;
    size_t got = 1, mark = nf_scratch_mark(c);
    char *block = nf_scratch(c, room);
    int rc = block ? NF_OK : NF_ENOMEM;
    nf_bytes_hashed(b);
    while (!rc && got) rc = nf_bytes_read(c, b, block, room, &got);
    nf_scratch_rewind(c, mark);
    return rc;
}

/* 1: loaded, 0: no table here (the reason is the last error), < 0: failed. */
static int one_sheet(nf_ctx *c, const nf_load_job *j, sheet_grid *g, nf_intake **in, nf_mapping *m)
{
    nf_peek peek;
    nf_grid grid = { each_row, g };
    const char *name = nf_book_sheet(g->book, g->sheet);
    int rc = nf_peek_take(c, &peek, grid, j->path, ',', false);
    if (!rc) rc = nf_choose(c, m, &peek, j->opt, grid);
    if (rc) {
        nf_book_at(c, j->path, name);
        return rc == NF_EDATA ? 0 : rc;
    }
    if (!*in) rc = nf_load_begin(c, in, j, m);
    if (!rc) rc = nf_load_table(c, *in, m, j->opt, j->path, grid);
    return rc ? nf_book_at(c, j->path, name) : 1;
}

/* What its sender does not show is no part of what he sends. */
static void hidden(nf_ctx *c, const char *path, const char *name)
{
    char place[512];
    snprintf(place, sizeof place, "%.300s:%.100s", path, name);
    nf_note(c, place, 0, 0, "unhide it to load it", "this sheet is left out: it is hidden");
}

static int sheets(nf_ctx *c, const nf_load_job *j, nf_book *book, nf_bytes *bytes)
{
    sheet_grid g = { book, 0 };
    nf_intake *in = NULL;
    nf_mapping m, used = { 0 };
    size_t loaded = 0, seen = 0;
    int rc = nf_book_sheets(book) ? NF_OK : nf_fail(c, NF_EDATA, "the workbook has no sheet");
    for (; rc >= 0 && g.sheet < nf_book_sheets(book); g.sheet++) {
        if (nf_book_hides(book, g.sheet)) {
            hidden(c, j->path, nf_book_sheet(book, g.sheet));
            continue;
        }
        seen++;
        rc = one_sheet(c, j, &g, &in, &m);
        if (rc == 1 && !loaded++) used = m;
        if (!rc && nf_book_sheets(book) > 1)
            nf_note(c, nf_last(c)->file, 0, 0, nf_last(c)->hint, "this sheet is left out: %s", nf_last(c)->what);
    }
    if (rc >= 0 && loaded) return nf_load_finish(c, in, j, &used, bytes);
    nf_intake_abort(in);
    if (rc >= 0 && !seen) return nf_fail(c, NF_EDATA, "every sheet of the workbook is hidden");
    return rc < 0 ? rc : NF_EDATA;
}

static int load(nf_ctx *c, const nf_load_job *j)
{
    nf_bytes *bytes = NULL;
    nf_book *book = NULL;
    int rc = nf_bytes_open(c, &bytes, j->path);
    if (!rc) rc = hash(c, bytes);
    if (!rc) rc = nf_book_open(c, &book, j->path);
    if (!rc) rc = sheets(c, j, book, bytes);
    j->receipt->encoding = "xlsx";
    nf_book_close(book);
    nf_bytes_close(bytes);
    return rc ? nf_at(c, j->path, 0, 0) : NF_OK;
}

/* Strict mode reads text alone. */
static bool holds(const nf_load_job *j) { return nf_is_book(j->path) && !j->opt->strict; }

const nf_loader nf_loader_xlsx = {
    .row = { .name = "xlsx", .title = { "Excel workbooks", "Excel 工作簿" },
             .use = "a zip archive by its first bytes; every sheet is a table of its own, read by whoever knows it; "
                    "sheets without a "
                    "table, and hidden ones, are named and left out; errors at FILE:SHEET!CELL",
             .cite = "ECMA-376, Office Open XML file formats, part 1: SpreadsheetML" },
    .holds = holds, .load = load
};
