/* store_spill.h - records written once and read back by address: in memory first, then in a nameless file. */
#ifndef NF_STORE_SPILL_H
#define NF_STORE_SPILL_H
#include <stddef.h>
#include <stdint.h>

enum { NF_SPILL_PAD = 16 };                       /* bytes that may be read past a record; none is over 1 MiB */
typedef struct nf_spill nf_spill;

nf_spill *nf_spill_new(const char *beside);      /* the file lies in that path's folder; NULL: in $TMPDIR */
void      nf_spill_free(nf_spill *);
/* Head and data as one record. Its address, or -1 with errno set. */
int64_t   nf_spill_add(nf_spill *, const void *head, size_t head_size, const void *data, size_t size);
/* The bytes at the address, in `room` or in the spill's own memory; good until the next call. NULL with errno set. */
const void *nf_spill_at(nf_spill *, int64_t address, size_t size, void *room);
#endif
