/* store_chunk.h - a chunk: a stretch of one series in period order, as arrays and as bytes.
 *
 * Order is that of nf_period_order: by the period's last unit, of equal ones the longer span first; past versions
 * of one period then by publication and load. Checksums cover the series and the place as well as the bytes, so a
 * chunk cannot answer for another. */
#ifndef NF_STORE_CHUNK_H
#define NF_STORE_CHUNK_H
#include "store_codec.h"

enum { NF_CHUNK_MAX = NF_PLANE,                              /* room while chunks are being made */
       NF_CHUNK_BYTES = 8 + 7 * NF_PLANE_BYTES + NF_REALS_BYTES };

/* One figure: when, what, and where it comes from: load and line, and who said it (the id of a row of table origin, 0
 * nobody; until its load is committed the number of one in the load). */
typedef struct { int64_t ord, span, published, load, origin, line, status; double value; } nf_figure;

typedef struct {
    size_t n;
    int64_t ord[NF_CHUNK_MAX], span[NF_CHUNK_MAX], published[NF_CHUNK_MAX], load[NF_CHUNK_MAX], origin[NF_CHUNK_MAX],
            line[NF_CHUNK_MAX], status[NF_CHUNK_MAX];
    double value[NF_CHUNK_MAX];
} nf_chunk;

/* Where a chunk stands and what it spans: the columns beside its bytes. */
typedef struct { int64_t series, first, wide, last, narrow, known; size_t n; uint32_t crc; } nf_place;

/* Planes wanted; a NULL one is stepped over. */
typedef struct { int64_t *ord, *span, *published, *load, *origin, *line, *status; double *value; } nf_planes;

bool      nf_figure_same(const nf_figure *, const nf_figure *);      /* value and status; missing equals missing */
/* Figures that leave something unsaid (NF_KEEPS_VALUE ... beside the status bits; store_actions.c). */
/* the second with what it keeps of the first */
nf_figure nf_figure_over(const nf_figure *before, const nf_figure *then);
bool      nf_figure_said(nf_figure *, const nf_figure *held);        /* held NULL: none; false: it takes back nothing */
nf_figure nf_chunk_at(const nf_chunk *, size_t i);
void      nf_chunk_add(nf_chunk *, const nf_figure *);
nf_planes nf_chunk_planes(nf_chunk *, size_t from);
bool      nf_one_value(const int64_t *, size_t n);                   /* all n are the same */
int       nf_when_order(int64_t ord_a, int64_t span_a, int64_t ord_b, int64_t span_b);   /* < 0, 0, > 0 */
/* of two nf_figures, for qsort: of one period by publication, then by load */
int       nf_figure_order(const void *, const void *);

size_t nf_chunk_encode(uint8_t out[NF_CHUNK_BYTES], const nf_chunk *, size_t from, size_t to);
/* The same bytes with every figure from that load and of that origin; 0: not a chunk. */
size_t nf_chunk_of_load(uint8_t out[NF_CHUNK_BYTES], const uint8_t *data, size_t size, size_t n, int64_t load,
                        int64_t origin);
/* A chunk of store format 1, whose figures had no origins, as one of today whose figures all have this one; 0: not
 * such a chunk. */
size_t nf_chunk_of_format_1(uint8_t out[NF_CHUNK_BYTES], const uint8_t *data, size_t size, size_t n, int64_t origin);
nf_place nf_chunk_place(const nf_chunk *, size_t from, size_t to, int64_t series);       /* known: the latest; crc 0 */
uint32_t nf_place_crc(const nf_place *, const uint8_t *data, size_t size);
/* data padded: store_codec.h */
bool   nf_chunk_decode(nf_planes to, const uint8_t *data, size_t size, size_t n);

/* Both say the same of the same periods, and were published then or may have been later. May miss some that do. */
bool   nf_chunk_says_same(const uint8_t *a, size_t size_a, const uint8_t *b, size_t size_b, size_t n,
                          bool any_publication);

/* What the time and status planes are, without decoding: lines of a base and a step where they are. */
typedef struct { bool even, one_span, plain; int64_t start, step, span; } nf_outline;   /* plain: no status bits */
bool   nf_chunk_outline(nf_outline *, const uint8_t *data, size_t size, size_t n);
#endif
