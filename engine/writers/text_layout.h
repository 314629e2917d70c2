/* text_layout.h - how a text table is laid out: decided from the rows seen, then applied to every row. */
#ifndef NF_TEXT_LAYOUT_H
#define NF_TEXT_LAYOUT_H
#include "pen.h"

typedef struct {
    bool shown;                                  /* not shown: empty in every row */
    size_t width, fraction;                      /* display columns; of which for the point and what follows */
    size_t least;                                /* prose and titles may be folded down to this */
} nf_column;

typedef struct {
    nf_column *col;
    bool failed;                                 /* a cell found no memory */
    bool records;                                /* a line a field, since the terminal is too narrow */
    size_t label;                                /* records: columns of the longest title */
    nf_memory cell;                              /* the cell at hand, escaped */
} nf_layout;

/* complete: no more rows will come. Memory from ctx, which must last as long as the layout. */
int  nf_layout_decide(nf_layout *, nf_ctx *, const nf_pen *, const nf_rows *seen, bool complete);
void nf_layout_header(nf_layout *, nf_pen *);
void nf_layout_row(nf_layout *, nf_pen *, const nf_value *);
#endif
