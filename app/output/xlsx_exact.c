/* xlsx_exact.c - the library writes 16 digits of a number; where those are another one, all 17 are put in afterwards.
 *
 * Cells stand in the sheet in the order they were written, so one pass over its text finds them all. */
#define _GNU_SOURCE                              /* memmem */
#include "xlsx_exact.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

static const char sheet_part[] = "xl/worksheets/sheet1.xml";
enum { ROOM = 1 << 16, DOS_DATE = 0x21 };                        /* the first day of 1980: the same bytes every time */

int nf_exact_cells_add(nf_exact_cells *s, uint32_t row, uint32_t col, double v)
{
    char text[48];
    double back;
    snprintf(text, sizeof text, "%.16G", v);
    if (nf_double_scan(text, strlen(text), &back) && back == v) return NF_OK;
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 256;
        nf_exact_cell *more = realloc(s->cell, room * sizeof *more);
        if (!more) return NF_ENOMEM;
        s->cell = more;
        s->room = room;
    }
    s->cell[s->n++] = (nf_exact_cell){ row, col, v };
    return NF_OK;
}

/* ---- the sheet's text, flowing through a window ---- */

typedef struct { zip_file_t *in; FILE *out; char bytes[ROOM]; size_t at, n; bool bad; } flow;

static bool more(flow *f)
{
    memmove(f->bytes, f->bytes + f->at, f->n -= f->at);
    f->at = 0;
    zip_int64_t got = zip_fread(f->in, f->bytes + f->n, ROOM - f->n);
    f->bad |= got < 0;
    f->n += got > 0 ? (size_t)got : 0;
    return got > 0;
}

static void pass(flow *f, size_t n, bool keep)
{
    if (keep && fwrite(f->bytes + f->at, 1, n, f->out) != n) f->bad = true;
    f->at += n;
}

/* Up to the words and behind them; what lies before is kept or dropped, the words are kept. */
static bool pass_to(flow *f, const char *words, bool keep)
{
    size_t len = strlen(words);
    for (;;) {
        const char *from = f->bytes + f->at, *found = memmem(from, f->n - f->at, words, len);
        if (found) {
            pass(f, (size_t)(found - from), keep);
            pass(f, len, true);
            return !f->bad;
        }
        if (f->n - f->at >= len) pass(f, f->n - f->at - len + 1, keep);
        if (!more(f)) return false;
    }
}

static bool rewrite(flow *f, const nf_exact_cells *s)
{
    for (size_t i = 0; i < s->n; i++) {
        char cell[40], digits[32], column[8];
        size_t n = 0;
        for (uint32_t k = s->cell[i].col + 1; k; k = (k - 1) / 26) column[n++] = (char)('A' + (k - 1) % 26);
        char *to = stpcpy(cell, "<c r=\"");
        while (n) *to++ = column[--n];
        snprintf(to, 16, "%u\"", s->cell[i].row + 1);
        if (!pass_to(f, cell, true) || !pass_to(f, "<v>", true)) return false;
        size_t len = nf_double_text(digits, s->cell[i].value);
        if (fwrite(digits, 1, len, f->out) != len || !pass_to(f, "</v>", false)) return false;
    }
    do pass(f, f->n - f->at, true);
    while (more(f));
    return !f->bad && !fflush(f->out);
}

/* ---- the part in its archive ---- */

/* The file goes over to the archive, which reads it when it is closed. */
static bool replace(zip_t *z, zip_uint64_t part, FILE *text)
{
    zip_source_t *s = zip_source_filep(z, text, 0, -1);
    if (!s) return fclose(text), false;
    if (zip_file_replace(z, part, s, 0)) return zip_source_free(s), false;
    return !zip_file_set_dostime(z, part, 0, DOS_DATE, 0);
}

static bool rewrite_part(zip_t *z, const nf_exact_cells *s)
{
    flow *f = calloc(1, sizeof *f);
    zip_int64_t part = zip_name_locate(z, sheet_part, 0);
    FILE *text = f && part >= 0 ? tmpfile() : NULL;
    bool good = text && (f->in = zip_fopen_index(z, (zip_uint64_t)part, 0));
    if (good) f->out = text;
    good = good && rewrite(f, s);
    if (f && f->in) zip_fclose(f->in);
    free(f);
    if (good) rewind(text);
    else if (text) fclose(text);
    return good && replace(z, (zip_uint64_t)part, text);
}

int nf_xlsx_exact(nf_ctx *c, const char *path, const nf_exact_cells *s)
{
    int error = 0;
    zip_t *z = s->n ? zip_open(path, 0, &error) : NULL;
    if (!s->n) return NF_OK;
    bool good = z && rewrite_part(z, s);
    if (good && !zip_close(z)) return NF_OK;
    if (z) zip_discard(z);
    return nf_fail(c, NF_EIO, "cannot write the spreadsheet: its numbers cannot be completed");
}
