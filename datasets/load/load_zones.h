/* load_zones.h - the time zones of a column. Private to datasets/. */
#ifndef NF_LOAD_ZONES_H
#define NF_LOAD_ZONES_H
#include "mapping/mapping.h"

/* minutes; times seen in each; bare: they say none */
typedef struct { int east[2], zones; size_t n[2]; bool bare; } nf_zones;
/* refuses zones that are no daylight saving of each other */
int  nf_zones_see(nf_ctx *, nf_zones *, const char *time, size_t len);
void nf_zones_end(nf_ctx *, const nf_zones *, const char *file);
#endif
