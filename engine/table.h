/* table.h - one shape for every answer: rows of nf_value under nf_field, pushed into an nf_sink.
 *
 * Lists, trends, verdicts, the numbers behind a chart and an MPI rank's results are all this. The writers
 * (writer.h) are sinks; so is memory (nf_rows). Number printing and escaping exist once, here. */
#ifndef NF_TABLE_H
#define NF_TABLE_H
#include "series.h"
#ifdef __cplusplus
extern "C" {
#endif

/* NF_WORD is a code: static or long-lived, never translated. NF_PROSE is bilingual. NF_ARRAY is a span. */
typedef enum { NF_END, NF_F64, NF_I64, NF_FLAG, NF_TIME, NF_WORD, NF_PROSE, NF_ARRAY } nf_type;

/* How a value answers when the data change, y -> a*y + b and t -> c*t: the property tests walk this. */
typedef enum {
    NF_ONE,            /* unchanged by scale and shift of y, and of t */
    NF_OF_Y,           /* a position on y: a*v + b */
    NF_OF_DY,          /* a distance on y: |a|*v */
    NF_OF_DY2,         /* a square of y: a*a*v */
    NF_OF_Y_PER_T,     /* a slope: a*v/c */
    NF_OF_T,           /* a position on t */
    NF_FREE            /* none of these; the row's own test says what it does */
} nf_dim;

/* A column, an output of a method, or an option of anything: all are fields. An array of fields ends at
 * NF_END (a zero). For options def, lo and hi are default and limits of numbers, word is the default of a
 * word, and choices (a NULL-ended list) its allowed values. */
typedef struct {
    const char *name; nf_type type; nf_dim dim; nf_text title;
    double def, lo, hi;
    const char *word; const char *const *choices;
} nf_field;

typedef struct { const double *v; size_t n; } nf_span;
typedef union { double f; int64_t i; nf_period t; const char *s; nf_text p; nf_span a; } nf_value;

/* Empty cells: NaN, NF_NO_I64, a period of span 0, NULL. NF_FLAG uses i: 0, 1 or NF_NO_I64. */
#define NF_NO_I64 INT64_MIN
bool     nf_value_is_empty(nf_type, const nf_value *);
nf_value nf_value_empty(nf_type);
size_t   nf_field_count(const nf_field *);
int      nf_field_index(const nf_field *, const char *name);      /* -1: none */

typedef struct {
    int (*begin)(void *self, nf_ctx *, const char *table, const nf_field *);
    int (*row)(void *self, nf_ctx *, const nf_value *);           /* one value per field; borrowed for the call */
    int (*end)(void *self, nf_ctx *, int rc);                     /* once after a begin that succeeded, with
                                                                     the outcome; returns rc or worse */
    void *self;
} nf_sink;

/* Rows kept in memory: deep-copied into the context given here, which is not the one of a producer that gives back
 * between rows what it took (the store's lists do). */
typedef struct { nf_ctx *ctx; const char *table; const nf_field *field; nf_value **row; size_t n, room, cols; } nf_rows;
nf_sink nf_sink_rows(nf_rows *);                                  /* rows->ctx must be set */
int     nf_rows_emit(const nf_rows *, nf_ctx *, nf_sink);         /* begin, every row, end */

/* ---- bytes out ---- */
typedef struct { int (*write)(void *self, const char *, size_t); void *self; } nf_out;     /* 0 or < 0 */
int  nf_put(nf_out, const char *text);
/* Bytes kept in memory: set ctx, the rest zero. text ends with a NUL (NULL before the first byte) and
 * lives in ctx. Setting n to 0 uses the memory again. */
typedef struct { nf_ctx *ctx; char *text; size_t n, room; } nf_memory;
nf_out nf_out_memory(nf_memory *);
typedef enum { NF_PLAIN, NF_TTY, NF_CSV, NF_JSON, NF_MD, NF_XML, NF_TEX } nf_markup;
/* The only escapes in the tree. What is not UTF-8 becomes U+FFFD (NF_TTY: \xNN); NULL is "" (NF_JSON: null).
 * NF_CSV  a cell, in quotes where it needs them          NF_JSON  a string with its quotes, safe inside <script>
 * NF_MD   inline text, inert in CommonMark, GFM, pandoc  NF_XML   text or attribute value of HTML, SVG and XML
 * NF_TEX  text of any LaTeX                              NF_TTY   control, C1 and bidi characters shown as \xNN */
int  nf_escape(nf_out, nf_markup, const char *utf8);
/* What a spreadsheet would run: a cell that begins with = + - @ (full-width too) or a control character and is no
 * number, also behind apostrophes. Export writes one apostrophe before it; load takes it away by the same question. */
bool nf_runs_in_spreadsheet(const char *cell);
/* Shortest text that reads back to the same double, without locale: the only number printer in the tree.
 * NaN and infinities give "" (they never appear in output). */
size_t nf_double_text(char out[32], double);
size_t nf_i64_text(char out[24], int64_t);
/* For people: digits significant digits, thousands separated, a true minus sign U+2212; "–" when empty. Whole
 * digits are never rounded away up to 15 of them; beyond, and below 0.0001, it is 6.75×10⁻⁴⁷. */
size_t nf_double_for_people(char out[48], double, int digits);
size_t nf_double_fixed(char out[48], double, int decimals);       /* for people, a fixed number of decimals, up to 15 */
size_t nf_i64_for_people(char out[48], int64_t);
/* The whole text is one decimal number (Clinger's fast path, else strtod in the C locale). */
bool nf_double_scan(const char *text, size_t len, double *out);

/* Every character in display columns of a terminal: 2 for wide CJK, 0 for combining marks. */
size_t nf_text_columns(const char *utf8);
/* Bytes of the first line of a text folded to so many columns: at a blank, after a |, or beside a wide character where
 * punctuation keeps its place; a word wider than that is broken. The whole text where it fits. */
size_t nf_text_line(const char *utf8, size_t columns);
bool   nf_utf8_valid(const char *text, size_t len, size_t *bad);
const char *nf_text_in(nf_text, const char *lang);                /* zh where lang is "zh" and zh is there, else en */
#ifdef __cplusplus
}
#endif
#endif
