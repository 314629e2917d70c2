/* load_seen.h - cells that come again. Private to datasets/. */
#ifndef NF_LOAD_SEEN_H
#define NF_LOAD_SEEN_H
#include "mapping/mapping.h"

typedef struct {
    const uint32_t *column; size_t columns;      /* where they are in a record */
    size_t most;                                 /* of them are kept at a time */
    struct { uint32_t at, size; } *cells; size_t n, room;        /* in order of first appearance: their place in text */
    char *text; size_t used, bytes;
    char *beside; size_t each;                   /* bytes of the user's with every one, zeros at first */
    size_t here, step;                           /* the one met last, and how far it was from the one before: 0 or 1 */
} nf_seen;
bool nf_seen_again(nf_seen *, const nf_record *);                /* is it kept? then it is the one `here` */
int  nf_seen_keep(nf_ctx *, nf_seen *, const nf_record *);       /* it is not: from now on it is, `here` */
static inline void *nf_seen_beside(const nf_seen *s) { return s->beside + s->here * s->each; }
void *nf_more(nf_ctx *, const void *old, size_t used, size_t room);      /* a longer copy; NULL: out of memory */
#endif
