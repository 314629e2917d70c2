/* package_hashes.c - which cells were seen before: for primary keys and uniqueness, in bounded memory. */
#include "package_limits.h"
#include <stdlib.h>
#include <string.h>

static size_t place_of(const nf_hashes *s, const uint8_t hash[16])
{
    static const uint8_t none[16];
    size_t at;
    memcpy(&at, hash, sizeof at);
    for (at &= s->room - 1; memcmp(s->hash[at], none, 16) && memcmp(s->hash[at], hash, 16);
         at = (at + 1) & (s->room - 1)) {}
    return at;
}

static int grow(nf_ctx *c, nf_hashes *s)
{
    static const uint8_t none[16];
    nf_hashes more = { .n = s->n, .room = s->room ? 2 * s->room : 1024 };
    if (!(more.hash = calloc(more.room, 16))) return nf_fail(c, NF_ENOMEM, "out of memory");
    for (size_t i = 0; i < s->room; i++)
        if (memcmp(s->hash[i], none, 16)) memcpy(more.hash[place_of(&more, s->hash[i])], s->hash[i], 16);
    free(s->hash);
    *s = more;
    return NF_OK;
}

int nf_hashes_add(nf_ctx *c, nf_hashes *s, const uint8_t hash[16])
{
    int rc = 2 * (s->n + 1) > s->room && !s->full ? grow(c, s) : NF_OK;
    if (rc) return rc;
    size_t at = place_of(s, hash);
    if (!memcmp(s->hash[at], hash, 16)) return 1;
    if (s->full) return 0;
    memcpy(s->hash[at], hash, 16);
    s->full = ++s->n == NF_HASHES_MOST;
    return 0;
}

void nf_hashes_free(nf_hashes *s)
{
    free(s->hash);
    *s = (nf_hashes){ 0 };
}
