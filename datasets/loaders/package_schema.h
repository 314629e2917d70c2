/* package_schema.h - private to datasets/: what a data package's schema says of a table before loaders bid for it. */
#ifndef NF_PACKAGE_SCHEMA_H
#define NF_PACKAGE_SCHEMA_H
#include "mapping/mapping.h"
#include <jansson.h>

/* Its one field of a type of time, the order of day and month in that, the sign before decimals. */
int nf_schema_says(nf_ctx *, nf_peek *, const json_t *schema);
#endif
