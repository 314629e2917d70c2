/* load_keys.h - the series of a value. Private to datasets/. */
#ifndef NF_LOAD_KEYS_H
#define NF_LOAD_KEYS_H
#include "load_roles.h"
#include "load_seen.h"
#include "store/store.h"

typedef struct { char *text; size_t n, room; } nf_buffer;
/* Figures of a series have a % behind them all or none, as the first has, unless the unit is said elsewhere. */
typedef enum { NF_SIGNS_OPEN, NF_NO_SIGNS, NF_ALL_SIGNS, NF_SOME_SIGNS } nf_percent_signs;
typedef struct { uint32_t handle; bool known; uint8_t signs; } nf_key_slot;
typedef struct {
    const nf_mapping *map; const nf_roles *at; nf_intake *in;
    uint32_t *tell; size_t n_tell;               /* the columns that tell series apart: keys, name, measure */
    nf_buffer key;                               /* the key being made */
    nf_seen seen;                                /* their cells, and beside them a slot per column: its series */
    const char **unit; size_t units;             /* per handle: the unit of its first record, with a unit column */
    uint32_t before;                             /* handles below it come from tables read before this one */
} nf_keys;
const char *nf_unguarded(const char *cell);      /* without the apostrophe of a guarded cell */
int nf_keys_begin(nf_ctx *, nf_keys *, const nf_mapping *, const nf_roles *, nf_intake *);
/* The key of a record's value in a column of that name (NULL: of none), in k->key.text. */
int nf_keys_text(nf_ctx *, nf_keys *, const nf_record *, const char *column);
/* value is converted where its unit is another than the series has. */
int nf_keys_of(nf_ctx *, nf_keys *, const nf_record *, uint32_t column, nf_period, uint32_t *handle, double *value);
#endif
