/* package_limits.h - private to datasets/: a table that refuses records against its schema's constraints and keys. */
#ifndef NF_PACKAGE_LIMITS_H
#define NF_PACKAGE_LIMITS_H
#include "mapping/mapping.h"
#include <jansson.h>

typedef struct nf_limits nf_limits;
/* missing: the schema's tokens, NULL: none said. End it even where it fails. */
int nf_limits_begin(nf_ctx *, nf_limits **out, const nf_mapping *, const json_t *schema, nf_grid, const char *file);
nf_grid nf_grid_limited(nf_limits *);
void nf_limits_end(nf_limits *);                 /* NULL is fine */

/* Cells seen before, by their MD5: package_hashes.c. */
typedef struct { uint8_t (*hash)[16]; size_t n, room; bool full; } nf_hashes;
enum { NF_HASHES_MOST = 2000000 };
int nf_hashes_add(nf_ctx *, nf_hashes *, const uint8_t hash[16]); /* 1: was there, 0: is now; full: no longer looked */
void nf_hashes_free(nf_hashes *);
#endif
