/* loader.h - private to datasets/: a loader is a row that bids for a table and says how to read it.
 *
 * Every loader looks at the same first records and answers with a number: 0 not mine, 100 certainly mine. The
 * highest bid wins, the first of equals; it has then filled the mapping. A container (workbook, data package) holds
 * tables instead: it knows its files, opens each table and lets the others bid for it. Adding one is a
 * file loader_NAME.c with a const nf_loader and a line in loaders.def. */
#ifndef NF_LOADER_H
#define NF_LOADER_H
#include "mapping/mapping.h"
#include "registry.h"

typedef struct nf_load_job nf_load_job;          /* load.h */

struct nf_loader {
    nf_row row;
    int (*bid)(nf_ctx *, nf_mapping *, const nf_peek *);     /* 0..100, or an nf_err; the mapping comes started */
    bool (*holds)(const nf_load_job *);                      /* a container: is this file one? */
    int (*load)(nf_ctx *, const nf_load_job *);              /* and its tables, in one transaction */
};

/* Columns that may stand beside any value: published, unit, status, place, titles ... where nothing else took them. */
void nf_map_extras(nf_mapping *, const nf_peek *);
#endif
