/* store_arrivals.h - the figures of one arriving series in store order, duplicates settled. Internal to the store. */
#ifndef NF_STORE_ARRIVALS_H
#define NF_STORE_ARRIVALS_H
#include "store_block.h"

typedef struct nf_arrivals nf_arrivals;
/* close it even so */
int  nf_arrivals_open(nf_intake *, const nf_arrived *, nf_block *, size_t n, nf_arrivals **out);
int  nf_arrivals_next(nf_arrivals *, nf_figure *);                   /* 1, 0, < 0 */
size_t nf_arrivals_duplicates(const nf_arrivals *);
void nf_arrivals_close(nf_arrivals *);
#endif
