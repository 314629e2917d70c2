/* load_actions.h - SDMX rows that take figures back, or hold attributes alone. Private to datasets/. */
#ifndef NF_LOAD_ACTIONS_H
#define NF_LOAD_ACTIONS_H
#include "load_keys.h"
#include "load_times.h"

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
