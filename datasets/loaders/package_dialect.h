/* package_dialect.h - private to datasets/: tables whose dialect the plain splitter does not speak. */
#ifndef NF_PACKAGE_DIALECT_H
#define NF_PACKAGE_DIALECT_H
#include "load/load.h"
#include <jansson.h>

enum { NF_HEADER_ROWS = 16 };
typedef struct {
    const nf_csv *csv;                           /* text, name and delimiter */
    char quote, escape, comment;                 /* 0: none */
    bool single_quotes;                          /* a quote within quotes is not doubled */
    bool no_header; const json_t *fields;        /* the schema's fields name the columns */
    long header[NF_HEADER_ROWS]; size_t n_header;        /* rows that make the header, from 1; none: the first */
    const char *join;
    const json_t *comment_rows;
    const char *null;                            /* also means missing, or NULL */
} nf_dialect;
/* What "dialect" says. *plain: nothing that libcsv does not read. */
int nf_dialect_read(nf_ctx *, nf_dialect *, const json_t *resource, char *delimiter, bool *plain);
nf_grid nf_grid_of_dialect(nf_dialect *);

/* Rows that stand in the descriptor itself, as arrays or objects; the line is the row's number. */
typedef struct { const json_t *data, *fields; } nf_inline;
nf_grid nf_grid_of_inline(nf_inline *);
#endif
