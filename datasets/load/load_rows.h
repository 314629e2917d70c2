/* load_rows.h - private to datasets/: the records of a table into an intake, as its mapping says. */
#ifndef NF_LOAD_ROWS_H
#define NF_LOAD_ROWS_H
#include "mapping/mapping.h"
#include "store/store.h"

typedef struct nf_rows_loading nf_rows_loading;
int nf_rows_begin(nf_ctx *, nf_rows_loading **, const nf_mapping *, nf_intake *, const nf_load_options *,
                  const char *file);
int nf_rows_record(void *loading, nf_ctx *, const nf_record *);              /* an nf_record_fn */
int nf_rows_end(nf_ctx *, nf_rows_loading *);                                /* warnings that need the whole file */
#endif
