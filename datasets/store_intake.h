/* store_intake.h - a load under way: series named, figures sorted into blocks. Internal to the store. */
#ifndef NF_STORE_INTAKE_H
#define NF_STORE_INTAKE_H
#include "store_inside.h"
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
    bool synthetic;
} nf_arrived;

/* A block is a chunk of one series, in order, as it will stand in the store but for its load. */
typedef struct {
    int64_t previous, address;                   /* address: of its bytes */
    nf_place place;
    int64_t known_first;                         /* earliest publication */
    size_t size;
    bool single;                                 /* no period twice, no row that leaves something unsaid */
} nf_block;

typedef struct { int64_t previous, line; size_t reason, text; } nf_rejected;     /* the two texts follow, NUL-ended */
typedef struct { int64_t published; int32_t span; uint32_t status; } nf_attribute;
enum { NF_TEXT_KEY, NF_TEXT_UNIT, NF_TEXT_PLACE, NF_TEXT_QUANTITY, NF_TEXT_TITLE, NF_TEXT_TITLE_ZH, NF_TEXT_SOURCE,
       NF_TEXT_LICENCE, NF_TEXTS,
       NF_TEXT_MAX = 4096, NF_TEXTS_BYTES = NF_TEXTS * (NF_TEXT_MAX + 1) };

struct nf_intake {
    nf_ctx *ctx; nf_store *store; nf_spill *spill;
    char *dataset, *file, *loader, *mapping, *options, *duplicates;
    int64_t now; bool dry_run;
    bool looked; int64_t looked_at;              /* the store was looked into when that was its newest load */
    nf_arrived *series; size_t n, room;          /* handle = index */
    char *keys; size_t keys_used, keys_room;
    uint32_t *bucket; size_t buckets; uint64_t seed; uint32_t guess;
    nf_attribute *attribute; uint32_t attributes, recent, *attribute_bucket;
    uint8_t *arena; size_t arena_used, memory; slab *arenas, *spare, *idle[4];
    size_t rows, rejects; int64_t newest_reject;
    nf_chunk *chunk; uint8_t *bytes;             /* for making blocks */
    nf_flow *flow;                               /* series are handed on, not kept (store_flow.h) */
};

int nf_intake_spilled(nf_intake *);              /* the words for a failed spill; returns the err */
int nf_intake_settle(nf_intake *);               /* every figure into blocks */
int nf_series_settle(nf_intake *, nf_arrived *); /* those of one series */
int nf_block_write(nf_intake *, nf_arrived *, const nf_chunk *, size_t from, size_t to, nf_block *out);
int nf_block_list(nf_intake *, const nf_arrived *, nf_block *out);               /* out: series->blocks, oldest first */
bool nf_block_follows(const nf_block *, const nf_block *next);       /* wholly later */
int nf_block_read(nf_intake *, const nf_block *, nf_chunk *out);
const uint8_t *nf_block_bytes(nf_intake *, const nf_block *, uint8_t room[NF_CHUNK_BYTES + NF_PLANE_PAD]);
/* list with the names of more that it lacks, "; " between them; false: it lacks none, or there is no room. */
bool nf_sources_join(char out[NF_TEXT_MAX + 1], const char *list, const char *more);
uint64_t nf_key_hash(const char *key, size_t len, uint64_t seed);
void nf_texts_of(const nf_meta *, const char *text[NF_TEXTS]);
int nf_texts_join(nf_intake *, const char *const text[NF_TEXTS], char joined[NF_TEXTS_BYTES], size_t *size);     /* checked */
int nf_texts_spill(nf_intake *, const char *const text[NF_TEXTS], int64_t *address);
int nf_intake_texts(nf_intake *, const nf_arrived *, const char *text[NF_TEXTS], char room[NF_TEXTS_BYTES]);
void nf_chunk_sort(nf_chunk *, nf_chunk *room);  /* into store order, stable */

/* ---- the figures of one series in store order, duplicates settled (store_arrivals.c) ---- */
typedef struct nf_arrivals nf_arrivals;
int  nf_arrivals_open(nf_intake *, const nf_arrived *, nf_block *, size_t n, nf_arrivals **out);   /* close it even so */
int  nf_arrivals_next(nf_arrivals *, nf_figure *);                   /* 1, 0, < 0 */
size_t nf_arrivals_duplicates(const nf_arrivals *);
void nf_arrivals_close(nf_arrivals *);

/* ---- what a load makes of the store (store_merge.c, store_finish.c) ---- */
typedef struct {
    nf_intake *in; nf_ctx *ctx; nf_store *store;
    int64_t load, next_series; bool empty;       /* empty: no series was stored before */
    size_t series, made, added, revised, unchanged, duplicates, touched;
    int64_t published_first, published_last; nf_period first, last;
    sqlite3_stmt *find, *keep, *places, *data, *insert, *update, *past, *past_insert;
    nf_chunk *old, *out, *before;                /* a stored chunk, what becomes of it, figures that it replaces */
    uint8_t *bytes, *stored;
} nf_commit;
int nf_commit_series(nf_commit *, const nf_arrived *);
#endif
