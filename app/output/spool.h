/* spool.h - bytes kept in a nameless file until they may be written. */
#ifndef NF_SPOOL_H
#define NF_SPOOL_H
#include "app.h"
#include <stdio.h>

typedef struct { FILE *file; nf_ctx *c; bool copying; } nf_spool;    /* copying: the bytes were asked back */
int    nf_spool_open(nf_ctx *, nf_spool *);
nf_out nf_spool_out(nf_spool *);
int    nf_spool_again(nf_spool *);               /* from the beginning, for fread */
int    nf_spool_copy(nf_ctx *, nf_spool *, nf_out);
void   nf_spool_close(nf_spool *);
#endif
