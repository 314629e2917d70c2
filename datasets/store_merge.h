/* store_merge.h - one arriving series and the stored one of the same key, while they become one. Internal to the store. */
#ifndef NF_STORE_MERGE_H
#define NF_STORE_MERGE_H
#include "store_intake.h"
#include "store_read.h"

typedef struct { int64_t id; nf_place at; } nf_stored;                /* a row of table chunk, without its bytes */

typedef struct {
    nf_commit *to; const nf_arrived *from;
    nf_series_row row;
    const char *text[NF_TEXTS], *dataset;
    nf_stored *chunk; size_t n_chunks, region;   /* region: the chunk under way, and what arrives for its stretch */
    nf_arrivals *arrivals; nf_figure next;
    nf_figure *earlier; size_t n_earlier;        /* past figures of the region */
    nf_figure backdated;                         /* latest back-dated figure of the period under way */
    bool is_new, touched;                        /* the series was not stored; its row has to be written */
    bool more, earlier_known, has_backdated;     /* next, earlier, backdated are there */
    bool changed, replaced;                      /* the region's chunk has to be written; has been written */
} nf_merging;

/* ---- the series' row and its chunks (store_kept.c) ---- */
int nf_kept_find(nf_merging *);                  /* a stored row must agree on unit, frequency and origin */
int nf_kept_write(nf_merging *);
int nf_stored_list(nf_merging *);
int nf_stored_bytes(nf_merging *, const nf_stored *, size_t *size);              /* checked, in to->stored */
int nf_stored_read(nf_merging *, const nf_stored *, nf_chunk *out);
int nf_stored_put(nf_merging *, sqlite3_stmt *, nf_place *, const uint8_t *data, size_t size, int64_t id);   /* id 0: a new row */

/* ---- what was known before (store_past.c) ---- */
int nf_past_add(nf_merging *, const nf_figure *);                    /* a figure that gives way */
int nf_past_flush(nf_merging *);
int nf_backdate(nf_merging *, nf_figure *);                    /* one published before the figure that holds */

/* ---- figures in order, block by block (store_align.c) ---- */
/* Takes blocks for as long as they say the same periods as the stored chunks; *taken figures, up to m->region. */
int nf_align(nf_merging *, const nf_block *, size_t n, size_t *taken);
int nf_align_new(nf_merging *, const nf_block *, size_t n);          /* all of them, into a series that is new */

void nf_merging_news(nf_merging *, const nf_figure *);               /* f is new here: what is known changes */
#endif
