/* load.h - private to datasets/: the steps of a load, in order. */
#ifndef NF_LOAD_H
#define NF_LOAD_H
#include "loader.h"
#include "store/store.h"

/* Everything that options, a mapping file and the loaders say about a table. */
int nf_choose(nf_ctx *, nf_mapping *, const nf_peek *, const nf_load_options *, nf_grid);
/* One table into the intake. */
int nf_load_table(nf_ctx *, nf_intake *, const nf_mapping *, const nf_load_options *, const char *file, nf_grid);
struct nf_load_job {
    nf_store *store; const nf_load_options *opt; nf_receipt *receipt; const char *path;
    bool undated;                                /* no --published */
    bool read;                                   /* for its series alone: the store is the reader's own, in memory */
};
/* A CSV file as a table; delimiter 0: sniffed. */
typedef struct { nf_bytes *bytes; nf_csv csv; bool ahead; } nf_csv_grid;        /* ahead: with a second thread */
int  nf_csv_grid_open(nf_ctx *, nf_csv_grid *, const char *path, const char *encoding, char delimiter, bool strict);
void nf_csv_grid_whole(nf_csv_grid *, const nf_load_options *);      /* from here on it is read to its end */
void nf_csv_grid_close(nf_csv_grid *);
nf_grid nf_grid_of_csv(nf_csv_grid *);
int nf_load_begin(nf_ctx *, nf_intake **, const nf_load_job *, nf_mapping *);
/* bytes were read whole */
int nf_load_finish(nf_ctx *, nf_intake *, const nf_load_job *, const nf_mapping *, nf_bytes *);
/* Fills receipt.understood and receipt.units from what was loaded. */
int nf_receipt_words(nf_ctx *, nf_receipt *, const nf_mapping *);
#endif
