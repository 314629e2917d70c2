/* package_limits.h - private to datasets/: a table that refuses records against its schema's constraints. */
#ifndef NF_PACKAGE_LIMITS_H
#define NF_PACKAGE_LIMITS_H
#include "mapping.h"
#include <jansson.h>

typedef struct nf_limits nf_limits;
int nf_limits_begin(nf_ctx *, nf_limits **out, const nf_mapping *,
                    const json_t *fields, nf_grid, const char *file);   /* end it even so */
nf_grid nf_grid_limited(nf_limits *);
void nf_limits_end(nf_limits *);                 /* NULL is fine */
#endif
