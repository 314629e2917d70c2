/* store_codec.h - planes of a chunk: 1 to NF_PLANE integers or doubles as few bytes, exactly.
 *
 * Decoders trust nothing: a plane that does not fit its bytes is refused. They may read, never use, up to
 * NF_PLANE_PAD bytes past the end, so the caller's buffer must have them. */
#ifndef NF_STORE_CODEC_H
#define NF_STORE_CODEC_H
#include "capacity.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NF_PLANE = 2 * NF_CHUNK, NF_PLANE_PAD = 16,
       NF_PLANE_BYTES = 64 + 10 * NF_PLANE };            /* no integer plane is longer than this... */
enum { NF_REALS_BYTES = NF_PLANE_BYTES + 4 * NF_PLANE }; /* ...and no plane of doubles longer than this */

typedef struct { const uint8_t *p, *end; } nf_encoded;      /* what is left to read */

size_t nf_ints_encode(uint8_t *out, const int64_t *v, size_t n);             /* bytes written */
size_t nf_ints_constant(uint8_t *out, int64_t v);
bool   nf_ints_decode(nf_encoded *, int64_t *v, size_t n);                     /* v NULL: step over it */
/* The plane is v[i] = base + i * step throughout; nothing is consumed. */
bool   nf_ints_line(nf_encoded, size_t n, int64_t *base, int64_t *step);

size_t nf_reals_encode(uint8_t *out, const double *v, size_t n);             /* NaN: missing, its payload is dropped */
bool   nf_reals_decode(nf_encoded *, double *v, size_t n);
#endif
