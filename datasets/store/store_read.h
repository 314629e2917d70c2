/* store_read.h - series out of the store: a row of table series, and its figures as arrays. Internal to the store. */
#ifndef NF_STORE_READ_H
#define NF_STORE_READ_H
#include "store_origin.h"

#define NF_SERIES_COLUMNS "id, key, freq, unit, place, quantity, title, title_zh, dataset, licence, synthetic, " \
                          "origin, figures, past, first, wide, last, narrow, known_first, known, data"
#define NF_SERIES_SELECT "SELECT " NF_SERIES_COLUMNS ", " NF_SOUND(NF_SERIES_COLUMNS) " FROM series"
#define NF_PLACE_COLUMNS "id, first, wide, last, n, known, crc"
enum { NF_ROW_ID, NF_ROW_KEY, NF_ROW_FREQ, NF_ROW_UNIT, NF_ROW_PLACE, NF_ROW_QUANTITY, NF_ROW_TITLE, NF_ROW_TITLE_ZH,
       NF_ROW_DATASET, NF_ROW_LICENCE, NF_ROW_SYNTHETIC, NF_ROW_ORIGIN, NF_ROW_FIGURES, NF_ROW_PAST, NF_ROW_FIRST,
       NF_ROW_WIDE, NF_ROW_LAST, NF_ROW_NARROW, NF_ROW_KNOWN_FIRST, NF_ROW_KNOWN, NF_ROW_DATA, NF_ROW_SOUND };

/* data: the figures where they stand in the row, as a chunk, good while the statement stands on it; else NULL. */
typedef struct {
    int64_t id, origin, figures, past, first, wide, last, narrow, known_first, known; int freq;
    const void *data; size_t size;
} nf_series_row;
/* its seal fits, or the store is damaged */
int nf_series_row_of(nf_ctx *, nf_store *, sqlite3_stmt *, nf_series_row *);
/* The row of that key: 1, and *q stands on it until nf_store_done; 0 not there. */
int nf_series_row_find(nf_ctx *, nf_store *, const char *key, nf_series_row *, sqlite3_stmt **q);

/* A row of table chunk or past (NF_PLACE_COLUMNS, data): its bytes, checked, into room. */
int nf_place_of(nf_ctx *, nf_store *, sqlite3_stmt *, int64_t series, nf_place *out, uint8_t *room, size_t *size);

/* What reading figures needs, once per cursor. */
typedef struct {
    nf_store *store;
    sqlite3_stmt *counts, *chunks, *past;
    nf_chunk *chunk; uint8_t *bytes;
    nf_origin_reader origins;
    bool in_row;                                 /* the figures in the row are still to come */
} nf_reading;
int  nf_reading_open(nf_reading *, nf_ctx *, nf_store *);        /* close it even when it fails */
int  nf_reading_room(nf_reading *, nf_ctx *, nf_store *);        /* for nf_reading_blocks alone */
void nf_reading_close(nf_reading *);
/* The figures of one series as known at query->known between query->from and query->to; fills meta's
 * source, known and vintage. */
int  nf_reading_series(nf_reading *, nf_ctx *, const nf_series_row *, const nf_query *, nf_meta *, nf_series *out);
/* The same for figures that are given block by block, all published at row->known: next copies one into r->bytes. */
typedef int nf_block_next(void *self, nf_ctx *, nf_reading *, nf_place *, size_t *size);        /* 1, 0, < 0 */
int  nf_reading_blocks(nf_reading *, nf_ctx *, const nf_series_row *, const nf_query *, nf_block_next *, void *self,
                       nf_meta *, nf_series *out);
nf_meta *nf_meta_owned(nf_ctx *, const nf_meta *);       /* a copy, no text NULL but a Chinese title; NULL: no memory */
/* series of store->held (store_arrived.c) */
int  nf_held_find(void *store, nf_ctx *, const nf_query *, nf_cursor *);
/* Every version of every figure published by then, in store order, versions by publication; in scratch. */
int  nf_reading_versions(nf_reading *, nf_ctx *, const nf_series_row *, int64_t known, nf_figure **out, size_t *n);
#endif
