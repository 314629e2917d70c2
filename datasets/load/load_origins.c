/* load_origins.c - who says the figures of a record, and in which document: one look at the cells while they stay the
 * same. */
#include "load_origins.h"
#include "load_keys.h"
#include <string.h>

static const char *cell_of(const nf_sayings *s, const nf_record *r, nf_role role, const char *otherwise)
{
    int at = s->at->one[role];
    return at >= 0 && r->len[at] ? nf_unguarded(r->cell[at]) : otherwise ? otherwise : "";
}

int nf_sayings_of(nf_ctx *c, nf_sayings *s, const nf_record *r)
{
    if (s->at->one[NF_ROLE_SOURCE] < 0 && s->at->one[NF_ROLE_DOCUMENT] < 0) return NF_OK;
    const char *publisher = cell_of(s, r, NF_ROLE_SOURCE, s->map->source),
        *document = cell_of(s, r, NF_ROLE_DOCUMENT, NULL);
    size_t first = strlen(publisher) + 1, n = first + strlen(document) + 1;
    if (s->n == n && !memcmp(s->cells, publisher, first) && !memcmp(s->cells + first, document, n - first))
        return NF_OK;
    if (n > s->room) {
        if (!(s->cells = nf_alloc(c, 2 * n))) return s->n = s->room = 0, NF_ENOMEM;
        s->room = 2 * n;
    }
    memcpy(s->cells, publisher, first);
    memcpy(s->cells + first, document, n - first);
    s->n = n;
    return nf_intake_origin(s->in, publisher, document);
}
