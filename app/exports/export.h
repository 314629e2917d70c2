/* export.h - what the layouts of `export` share: the walk over series and figures, and the texts of their cells. */
#ifndef NF_EXPORT_H
#define NF_EXPORT_H
#include "app.h"

typedef struct {
    int (*series)(void *self, nf_ctx *, const nf_meta *);                        /* before its figures; NULL: none */
    int (*figure)(void *self, nf_ctx *, const nf_meta *, const nf_version *);    /* NULL: series alone */
    void *self;
} nf_export_to;
/* Every figure of the series named (none: all); versions: also those that newer ones replaced. */
int nf_export_each(nf_ctx *, nf_workspace *, char **series, bool versions, const nf_export_to *);

/* The time exactly as `load` takes it back; sdmx: as SDMX has it where it has it. */
size_t nf_export_time(char out[64], const nf_version *, bool sdmx);
enum { NF_STATUS_ROOM = 128 };
/* "break|estimated"; NULL: none. SDMX: "B;E", "A" where there is nothing to say. */
const char *nf_export_status(char out[NF_STATUS_ROOM], unsigned bits, bool sdmx);
const char *nf_export_published(char out[32], const nf_version *);               /* NULL: known from the first */

/* export_sdmx.c: SDMX-CSV 2.0 into the workspace's output. export_package.c: a data package in a folder. */
int nf_export_sdmx(nf_ctx *, nf_workspace *, char **series, bool versions);
int nf_export_package(nf_ctx *, nf_workspace *, char **series, bool versions, const char *dir);
#endif
