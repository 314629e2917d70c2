/* store_merge.h - what one arriving series makes of the stored one. Internal to the store. */
#ifndef NF_STORE_MERGE_H
#define NF_STORE_MERGE_H
#include "store_kept.h"

int nf_commit_series(nf_commit *, const nf_arrived *);
#endif
