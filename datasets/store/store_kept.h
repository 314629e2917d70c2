/* store_kept.h - a stored series while a load is committed: its row, its chunks, its past. Internal to the store. */
#ifndef NF_STORE_KEPT_H
#define NF_STORE_KEPT_H
#include "store_arrivals.h"
#include "store_read.h"

enum { NF_IN_ROW_BYTES = 4096 };                 /* the most that NF_IN_ROW figures may take there */
/* of a series: it has no figure yet; its figures have several */
enum { NF_ORIGIN_NONE = -2, NF_ORIGIN_SEVERAL = -1 };

/* a row of table chunk, without its bytes; id 0: in the series' row */
typedef struct { int64_t id; nf_place at; } nf_stored;

/* What a load makes of the store. */
typedef struct {
    nf_intake *in; nf_ctx *ctx; nf_store *store;
    int64_t load, next_series; bool empty;       /* empty: no series was stored before */
    size_t series, made, added, revised, unchanged, duplicates, touched;
    int64_t published_first, published_last; nf_period first, last;
    sqlite3_stmt *find, *make, *keep, *places, *data, *insert, *update, *refresh, *past, *past_insert;
    /* per origin of the load, from 1: the store's id, 0 not asked for yet */
    int64_t *origin;
    nf_chunk *old, *out, *before;                /* a stored chunk, what becomes of it, figures that it replaces */
    /* in_row: the figures in the row of the series under way; held: what replaces them */
    uint8_t *bytes, *stored, *in_row, *held;
    nf_stored *chunk; nf_block *block; size_t chunks, blocks;        /* room */
} nf_commit;

/* One arriving series and the stored one of the same key, while they become one. */
typedef struct {
    nf_commit *to; const nf_arrived *from;
    nf_series_row row;
    const char *text[NF_TEXTS], *dataset;
    /* of to->chunk; region: the one under way, and what arrives for its stretch */
    size_t n_chunks, region;
    nf_arrivals *arrivals; nf_figure next;
    nf_figure *earlier; size_t n_earlier;        /* past figures of the region */
    nf_figure backdated;                         /* latest back-dated figure of the period under way */
    nf_place held; size_t held_size;             /* a chunk that may go into the row; size 0: none */
    size_t in_row;                               /* bytes in the row, 0: none */
    bool is_new, touched;                        /* the series was not stored; its row has to be written */
    bool apart;                                  /* it has rows in table chunk */
    bool more, earlier_known, has_backdated;     /* next, earlier, backdated are there */
    bool changed, replaced;                      /* the region's chunk has to be written; has been written */
} nf_merging;

/* ---- the series' row and its chunks (store_kept.c) ---- */
int nf_kept_find(nf_merging *);                  /* a stored row must agree on unit, frequency and origin */
int nf_kept_write(nf_merging *);
void nf_kept_news(nf_merging *, const nf_figure *);          /* f is new here: what is known changes */
/* one that gets figures in the series: its id in the store */
int nf_kept_origin(nf_merging *, int64_t of_load, int64_t *id);
int nf_stored_list(nf_merging *);
int nf_stored_bytes(nf_merging *, const nf_stored *, size_t *size);              /* checked, in to->stored */
int nf_stored_read(nf_merging *, const nf_stored *, nf_chunk *out);
/* id 0: a new row */
int nf_place_write(nf_commit *, sqlite3_stmt *, nf_place *, const uint8_t *data, size_t size, int64_t id);
/* NULL: one more */
int nf_stored_put(nf_merging *, const nf_stored *instead, nf_place *, const uint8_t *data, size_t size);

/* ---- what was known before (store_past.c) ---- */
int nf_past_add(nf_merging *, const nf_figure *);                    /* a figure that gives way */
int nf_past_flush(nf_merging *);
int nf_backdate(nf_merging *, nf_figure *);      /* one published before the figure that holds */
int nf_own(nf_merging *, nf_figure *);           /* an arriving figure becomes the store's: its load and origin there */
#endif
