/* store_align.h - figures in order, taken block by block without merging. Internal to the store. */
#ifndef NF_STORE_ALIGN_H
#define NF_STORE_ALIGN_H
#include "store_kept.h"

/* Takes blocks for as long as they say the same periods as the stored chunks; *taken figures, up to m->region. */
int nf_align(nf_merging *, const nf_block *, size_t n, size_t *taken);
int nf_align_new(nf_merging *, const nf_block *, size_t n);          /* all of them, into a series that is new */
#endif
