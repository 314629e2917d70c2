/* load_rows.h - private to datasets/: the parts of the engine that obeys a mapping. */
#ifndef NF_LOAD_ROWS_H
#define NF_LOAD_ROWS_H
#include "mapping.h"

/* Columns by role: value and key columns in order, of the others the first. */
typedef struct { uint32_t *value, *key; size_t n_value, n_key; int one[NF_ROLES]; } nf_roles;

/* ---- load_seen.c: cells that come again ---- */
typedef struct {
    const uint32_t *column; size_t columns;      /* where they are in a record */
    size_t most;                                 /* of them are kept at a time */
    struct { uint32_t at, size; } *cells; size_t n, room;        /* in order of first appearance: their place in text */
    char *text; size_t used, bytes;
    char *beside; size_t each;                   /* bytes of the user's with every one, zeros at first */
    size_t here, step;                           /* the one met last, and how far it was from the one before: 0 or 1 */
} nf_seen;
bool nf_seen_again(nf_seen *, const nf_record *);                /* is it kept? then it is the one `here` */
int  nf_seen_keep(nf_ctx *, nf_seen *, const nf_record *);       /* it is not: from now on it is, `here` */
static inline void *nf_seen_beside(const nf_seen *s) { return s->beside + s->here * s->each; }
void *nf_more(nf_ctx *, const void *old, size_t used, size_t room);      /* a longer copy; NULL: out of memory */

/* ---- load_zones.c: the time zones of a column ---- */
/* minutes; times seen in each; bare: they say none */
typedef struct { int east[2], zones; size_t n[2]; bool bare; } nf_zones;
/* refuses zones that are no daylight saving of each other */
int  nf_zones_see(nf_ctx *, nf_zones *, const char *time, size_t len);
void nf_zones_end(nf_ctx *, const nf_zones *, const char *file);

/* ---- load_times.c: the period of a record ---- */
typedef struct {
    const nf_mapping *map; const nf_roles *at;
    int64_t row;                                 /* rows so far, where there is no time column */
    int measure;                                 /* the measure column, or -1: "ytd" makes a span from January on */
    uint32_t column;                             /* where there is one time column */
    nf_seen seen;                                /* times, and beside them their nf_period */
    nf_zones zones;
} nf_times;
int nf_times_begin(nf_ctx *, nf_times *, const nf_mapping *, const nf_roles *, const nf_load_options *);
int nf_times_of(nf_ctx *, nf_times *, const nf_record *, nf_period *);

bool nf_is_ytd(const char *measure);            /* "ytd", "累计" */
void nf_since_january(nf_period *);              /* a month or quarter, made the sum of its year so far */

/* ---- load_keys.c: the series of a value ---- */
typedef struct { char *text; size_t n, room; } nf_buffer;
typedef struct { uint32_t handle; bool known; } nf_key_slot;
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

/* ---- load_origins.c: who says the figures of a record, and in which document ---- */
/* cells: of the record before */
typedef struct { const nf_mapping *map; const nf_roles *at; nf_intake *in; char *cells; size_t n, room; } nf_sayings;
int nf_sayings_of(nf_ctx *, nf_sayings *, const nf_record *);

/* ---- load_actions.c: SDMX rows that take figures back, or hold attributes alone ---- */
typedef struct {
    const nf_mapping *map; const nf_roles *at; nf_keys *keys; nf_times *times; nf_intake *in;
    const char *given;                           /* --dataset, or NULL: what the row says */
    const char *dataset; const char **key; size_t n; /* the dataset looked up last: its stored keys */
    /* and what their parts are, in order; packed: unknown */
    const char **dimension; size_t dimensions; bool packed;
    size_t work;                                 /* of deletions by wildcard, so far */
    size_t nothing, alone; long nothing_line, alone_line;        /* rows that found nothing; rows of attributes alone */
} nf_actions;
void nf_actions_begin(nf_actions *, const nf_mapping *, const nf_roles *, nf_keys *, nf_times *, nf_intake *,
                      const nf_load_options *);
int  nf_actions_delete(nf_ctx *, nf_actions *, const nf_record *, int64_t published);
void nf_actions_alone(nf_actions *, const nf_record *);
void nf_actions_end(nf_ctx *, const nf_actions *, const char *file);
#endif
