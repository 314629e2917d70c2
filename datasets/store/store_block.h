/* store_block.h - blocks: encoded stretches of an arriving series, in the spill until the load is finished. Internal
 * to the store. */
#ifndef NF_STORE_BLOCK_H
#define NF_STORE_BLOCK_H
#include "store_intake.h"

/* A chunk of one series, in order, as it will stand in the store but for its load and origins. */
typedef struct {
    int64_t previous, address;                   /* address: of its bytes */
    nf_place place;
    int64_t known_first;                         /* earliest publication */
    int64_t origin;                              /* of all its figures; -1: of several */
    size_t size;
    bool single;                                 /* no period twice, no row that leaves something unsaid */
} nf_block;

int nf_intake_spilled(nf_intake *);              /* the words for a failed spill; returns the err */
/* NULL: of no series */
int nf_block_write(nf_intake *, nf_arrived *, const nf_chunk *, size_t from, size_t to, nf_block *out);
int nf_block_list(nf_intake *, const nf_arrived *, nf_block *out);               /* out: series->blocks, oldest first */
bool nf_block_follows(const nf_block *, const nf_block *next);       /* wholly later */
int nf_block_read(nf_intake *, const nf_block *, nf_chunk *out);
const uint8_t *nf_block_bytes(nf_intake *, const nf_block *, uint8_t room[NF_CHUNK_BYTES + NF_PLANE_PAD]);
void nf_chunk_sort(nf_chunk *, nf_chunk *room);  /* into store order, stable */
#endif
