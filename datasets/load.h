/* load.h - private to datasets/: the steps of a load, in order. */
#ifndef NF_LOAD_H
#define NF_LOAD_H
#include "loader.h"

/* A table that can be read again and again: a CSV file, a sheet of a workbook. */
typedef struct {
    int (*each)(void *self, nf_ctx *, nf_record_fn *, void *to);
    void *self;
} nf_grid;

/* Everything that options, a mapping file and the loaders say about a table. */
int nf_choose(nf_ctx *, nf_mapping *, const nf_peek *, const nf_load_options *, nf_grid);
/* One table into the intake. */
int nf_load_table(nf_ctx *, nf_intake *, const nf_mapping *, const nf_load_options *, const char *file, nf_grid);
/* Fills receipt.understood and receipt.units from what was loaded. */
int nf_receipt_words(nf_ctx *, nf_receipt *, const nf_mapping *);
#endif
