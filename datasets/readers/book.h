/* book.h - private to datasets/: workbooks (.xlsx), read with libzip and expat as hostile input.
 *
 * A sheet hands out records like a CSV file does: cells as text, numbers as the digits that the file holds, dates in
 * ISO form, percentages with their sign. Cells of a merged range repeat its text: names in every direction, numbers
 * only along their row (headers). A record's line is its row; blank rows are left out. */
#ifndef NF_BOOK_H
#define NF_BOOK_H
#include "reading.h"

typedef struct nf_book nf_book;
int  nf_book_open(nf_ctx *, nf_book **out, const char *path);
void nf_book_close(nf_book *);                                   /* NULL is fine */
size_t nf_book_sheets(const nf_book *);
const char *nf_book_sheet(const nf_book *, size_t);              /* its name */
bool nf_book_hides(const nf_book *, size_t);
int  nf_book_each(nf_ctx *, nf_book *, size_t sheet, nf_record_fn *, void *self);
/* A CSV file, or the first sheet of a workbook. */
int  nf_table_file(nf_ctx *, const char *path, nf_record_fn *, void *self);
/* Gives the last error its place: FILE:SHEET!CELL. */
int  nf_book_at(nf_ctx *, const char *file, const char *sheet);
bool nf_is_book(const char *path);                               /* by its first bytes */

/* ---- inside: parts of the package (book_zip.c), for the sheet's reader ---- */
typedef enum { NF_STYLE_PLAIN, NF_STYLE_PERCENT, NF_STYLE_CLOCK, NF_STYLE_DATE, NF_STYLE_TIME,
               NF_STYLE_MONTH, NF_STYLE_YEAR } nf_cell_style;
enum { NF_MAX_PART = 256 << 20, NF_MAX_SHEETS = 256, NF_MAX_STYLES = 65536, NF_MAX_ROWS = 1 << 20 };
typedef struct { char *text; size_t n, room; } nf_growing;
struct nf_book {
    struct zip *zip;
    struct { char *name, *path, *id; bool hidden; } *sheet; size_t sheets;
    nf_growing strings; uint32_t *string; size_t n_strings, room_strings;      /* offsets of the shared strings */
    uint8_t *style; size_t styles;                               /* nf_cell_style of every cell format */
    bool from_1904;
};
typedef struct {                                 /* expat's handlers over one part; all optional */
    void (*open)(void *self, const char *name, const char **attribute);        /* local names */
    void (*close)(void *self, const char *name);
    void (*text)(void *self, const char *s, int n);
    int *rc;                                     /* parsing stops when it is set */
} nf_part_handlers;
/* NF_ENOTFOUND where the package has no such part. */
int nf_part_read(nf_ctx *, struct zip *, const char *name, const nf_part_handlers *, void *self);
const char *nf_attribute(const char **attribute, const char *name);            /* NULL: not there */
int nf_growing_add(nf_ctx *, nf_growing *, const char *s, size_t n, size_t limit);
/* The text of a number under a style: a date, a percentage, or its own digits. */
void nf_styled_number(const nf_book *, const char *digits, int style, char out[64]);
nf_cell_style nf_style_of_format(const char *code);              /* "yyyy-mm-dd", "0.0%" */
nf_cell_style nf_style_of_builtin(long id);
#endif
