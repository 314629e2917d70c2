/* store_origin.h - who said a figure and where: pairs of publisher and document, each kept once. Internal to the
 * store. */
#ifndef NF_STORE_ORIGIN_H
#define NF_STORE_ORIGIN_H
#include "store_inside.h"

typedef struct { const char *publisher, *document; } nf_origin;      /* "" where nobody says */

/* ---- those of a load, numbered from 1; 0: nobody ---- */
enum { NF_ORIGINS_MAX = 1 << 20 };               /* distinct ones in one load */
typedef struct {
    char *text; size_t used, room; size_t *at, n, slots; uint32_t *bucket; size_t buckets; uint64_t seed;
} nf_origins;
int  nf_origins_find(nf_ctx *, nf_origins *, const nf_origin *, uint32_t *out);          /* found or made */
nf_origin nf_origins_at(const nf_origins *, uint32_t);
void nf_origins_free(nf_origins *);

/* ---- those of the store ---- */
/* found or made; in a write transaction */
int nf_store_origin_make(nf_ctx *, nf_store *, const nf_origin *, int64_t *id);
/* Reads them by id, and keeps the one read last. */
typedef struct {
    nf_store *store; const nf_origins *of_load; sqlite3_stmt *q; int64_t id; char *text; nf_origin last;
} nf_origin_reader;
int  nf_origin_read(nf_origin_reader *, nf_ctx *, int64_t id, nf_origin *out);           /* good until the next call */
void nf_origin_reader_close(nf_origin_reader *);
/* The publishers of these figures, each once, in the order met: "A; B; C". In the context. */
int  nf_origin_line(nf_origin_reader *, nf_ctx *, const int64_t *origin, size_t n, const char **out);
#endif
