/* store_intake.h - a load under way: series named, figures in slabs until they are blocks. Internal to the store. */
#ifndef NF_STORE_INTAKE_H
#define NF_STORE_INTAKE_H
#include "store_origin.h"
#include "store_spill.h"

typedef struct slab slab;
typedef struct nf_flow nf_flow;
typedef struct { int64_t ord; double value; uint32_t line, attribute; } nf_slab_row;

/* One series of the load. Its figures are in slabs until there are NF_CHUNK of them, then in blocks. */
typedef struct {
    nf_slab_row *next, *end;                     /* where the next figure goes, in the newest slab */
    uint32_t rows;                               /* in older slabs than the newest */
    int32_t freq;
    slab *tail;                                  /* newest slab, chained to older ones */
    int64_t newest;                              /* address of its newest block, or -1 */
    size_t blocks;
    int64_t meta;                                /* address of its texts */
    size_t key, key_size;
    uint64_t hash;
    uint32_t origin;                             /* of the figures that are put without another */
    bool synthetic;
} nf_arrived;

typedef struct { uint32_t tag, n; } nf_bucket;   /* of the table of keys: part of the hash; 1 + handle, 0: free */
typedef struct { int64_t previous, line; size_t reason, text; } nf_rejected;     /* the two texts follow, NUL-ended */
typedef struct { int64_t published; int32_t span; uint32_t status, origin; } nf_attribute;
enum { NF_TEXT_KEY, NF_TEXT_UNIT, NF_TEXT_PLACE, NF_TEXT_QUANTITY, NF_TEXT_TITLE, NF_TEXT_TITLE_ZH, NF_TEXT_LICENCE,
       NF_TEXTS, NF_TEXT_MAX = 4096, NF_TEXTS_BYTES = NF_TEXTS * (NF_TEXT_MAX + 1) };

struct nf_intake {
    nf_ctx *ctx; nf_store *store; nf_spill *spill;
    char *dataset, *file, *loader, *mapping, *options, *duplicates;
    int64_t now; bool dry_run;
    bool looked; int64_t looked_at;              /* the store was looked into when that was its newest load */
    nf_arrived *series; size_t n, room;          /* handle = index */
    char *keys; size_t keys_used, keys_room;
    nf_bucket *bucket; size_t buckets; uint64_t seed; uint32_t guess;
    nf_attribute *attribute; uint32_t attributes, recent, *attribute_bucket;
    /* said: the origin of what is put from now on, where `says` */
    nf_origins origins; uint32_t said; bool says;
    uint8_t *arena; size_t arena_used, memory; slab *arenas, *spare, *idle[4];
    /* the series of the last figures, how many; one had others in between */
    uint32_t here; size_t run; bool comes_back;
    size_t rows, rejects; int64_t newest_reject;
    nf_chunk *chunk; uint8_t *bytes;             /* for making blocks */
    nf_flow *flow;                               /* series are handed on, not kept (store_flow.h) */
};

int nf_intake_settle(nf_intake *);               /* every figure into blocks */
int nf_series_settle(nf_intake *, nf_arrived *); /* those of one series */
/* ---- the texts of a series (store_texts.c) ---- */
void nf_texts_of(const nf_meta *, const char *text[NF_TEXTS]);
/* checked */
int nf_texts_join(nf_intake *, const char *const text[NF_TEXTS], char joined[NF_TEXTS_BYTES], size_t *size);
int nf_texts_spill(nf_intake *, const char *const text[NF_TEXTS], int64_t *address);
int nf_intake_texts(nf_intake *, const nf_arrived *, const char *text[NF_TEXTS], char room[NF_TEXTS_BYTES]);
#endif
