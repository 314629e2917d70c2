/* load_roles.h - the columns of a table by what they hold. Private to datasets/. */
#ifndef NF_LOAD_ROLES_H
#define NF_LOAD_ROLES_H
#include "mapping/mapping.h"

/* Columns by role: value and key columns in order, of the others the first. */
typedef struct { uint32_t *value, *key; size_t n_value, n_key; int one[NF_ROLES]; } nf_roles;
#endif
