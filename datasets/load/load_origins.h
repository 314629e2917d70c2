/* load_origins.h - who says the figures of a record, and in which document. Private to datasets/. */
#ifndef NF_LOAD_ORIGINS_H
#define NF_LOAD_ORIGINS_H
#include "load_roles.h"
#include "store/store.h"

/* cells: of the record before */
typedef struct { const nf_mapping *map; const nf_roles *at; nf_intake *in; char *cells; size_t n, room; } nf_sayings;
int nf_sayings_of(nf_ctx *, nf_sayings *, const nf_record *);
#endif
