/* store_arrived.c - a file's series handed out straight from its load, where nothing in it has to be settled.
 *
 * A file read for its series alone need not become rows of a store in memory first. It must where a figure is
 * revised, repeated or out of order across blocks, or where figures were published at different times. */
#include "store_block.h"
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    nf_intake *in; nf_query query; char *match, *where_key, *where_value;
    size_t at, end, seen;                        /* series still to look at; matches */
    nf_block *block; size_t room, blocks, taken;
    nf_reading read;
} cursor;

/* ---- is there nothing to settle? ---- */

static bool block_room(nf_block **block, size_t *room, size_t n)
{
    if (n <= *room) return true;
    nf_block *more = realloc(*block, n * sizeof *more);
    if (!more) return false;
    *block = more;
    *room = n;
    return true;
}

/* 1 where every figure is later than the one before it, and all were published at the same time. */
static int is_plain(nf_intake *in, const nf_arrived *a, nf_block *block, int64_t *known)
{
    int rc = nf_block_list(in, a, block);
    for (size_t i = 0; !rc && i < a->blocks; i++) {
        const nf_block *b = &block[i];
        if (*known == INT64_MIN) *known = b->known_first;
        if (!b->single || b->known_first != *known || b->place.known != *known) return 0;
        if (i && !nf_block_follows(b - 1, b)) return 0;
    }
    return rc ? rc : 1;
}

int nf_intake_hold(nf_intake *in)
{
    nf_block *block = NULL;
    size_t room = 0;
    int64_t known = INT64_MIN;
    int rc = nf_intake_settle(in), plain = 1;
    for (size_t i = 0; !rc && plain > 0 && i < in->n; i++) {
        if (!block_room(&block, &room, in->series[i].blocks)) rc = nf_fail(in->ctx, NF_ENOMEM, "out of memory");
        else plain = is_plain(in, &in->series[i], block, &known);
    }
    free(block);
    if (rc || plain <= 0) return rc ? rc : plain;
    in->store->held = in;
    return 1;
}

/* ---- the cursor ---- */

static nf_meta meta_of(const nf_intake *in, const nf_arrived *a, const char *const text[NF_TEXTS])
{
    return (nf_meta){ .key = text[NF_TEXT_KEY], .unit = text[NF_TEXT_UNIT], .place = text[NF_TEXT_PLACE],
                      .quantity = text[NF_TEXT_QUANTITY], .title = { text[NF_TEXT_TITLE], text[NF_TEXT_TITLE_ZH] },
                      .dataset = in->dataset, .source = "", .licence = text[NF_TEXT_LICENCE],
                      .synthetic = a->synthetic };
}

static int block_next(void *cur, nf_ctx *c, nf_reading *r, nf_place *p, size_t *size)
{
    cursor *k = cur;
    if (k->taken == k->blocks) return 0;
    const nf_block *b = &k->block[k->taken++];
    const uint8_t *bytes = nf_block_bytes(k->in, b, r->bytes);
    if (!bytes) return nf_fail(c, nf_last(k->in->ctx)->err, "%s", nf_last(k->in->ctx)->what);
    memmove(r->bytes, bytes, b->size);
    memset(r->bytes + b->size, 0, NF_PLANE_PAD);
    *p = b->place;
    *size = b->size;
    return 1;
}

static int series_out(cursor *k, nf_ctx *c, const nf_arrived *a, const nf_meta *m, nf_series *out)
{
    if (!block_room(&k->block, &k->room, a->blocks)) return nf_fail(c, NF_ENOMEM, "out of memory");
    int rc = nf_block_list(k->in, a, k->block);
    if (rc) return nf_fail(c, rc, "%s", nf_last(k->in->ctx)->what);
    k->blocks = a->blocks;
    k->taken = 0;
    nf_series_row row = { .freq = a->freq, .known = k->block->place.known, .origin = k->block->origin };
    if (k->query.known && row.known > k->query.known) return 0;
    for (size_t i = 0; i < a->blocks; i++) {
        row.figures += (int64_t)k->block[i].place.n;
        if (k->block[i].origin != row.origin) row.origin = -1;
    }
    nf_meta *meta = nf_meta_owned(c, m);
    rc = meta ? nf_reading_blocks(&k->read, c, &row, &k->query, block_next, k, meta, out) : NF_ENOMEM;
    return rc ? rc : 1;
}

static int next(void *cur, nf_ctx *c, nf_series *out)
{
    cursor *k = cur;
    const char *text[NF_TEXTS];
    char room[NF_TEXTS_BYTES];
    const nf_query *q = &k->query;
    while (k->at < k->end && !(q->count && k->seen >= q->first + q->count)) {
        const nf_arrived *a = &k->in->series[k->at++];
        if (!a->blocks) continue;
        int rc = nf_intake_texts(k->in, a, text, room);
        if (rc) return nf_fail(c, rc, "%s", nf_last(k->in->ctx)->what);
        nf_meta m = meta_of(k->in, a, text);
        if (!nf_query_takes(q, &m) || k->seen++ < q->first) continue;
        if ((rc = series_out(k, c, a, &m, out))) return rc;
    }
    return 0;
}

static void close_cursor(void *cur)
{
    cursor *k = cur;
    nf_reading_close(&k->read);
    free(k->match);
    free(k->where_key);
    free(k->where_value);
    free(k->block);
    free(k);
}

static bool keep(char **own, const char **text)
{
    if (*text && !(*own = strdup(*text))) return false;
    *text = *own;
    return true;
}

/* Exact key first, then a pattern; order of first appearance. */
int nf_held_find(void *store, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    nf_store *s = store;
    uint32_t exact;
    cursor *k = calloc(1, sizeof *k);
    if (!k) return nf_fail(c, NF_ENOMEM, "out of memory");
    *k = (cursor){ .in = s->held, .query = *q, .end = s->held->n };
    bool kept = keep(&k->match, &k->query.match) && keep(&k->where_key, &k->query.where_key)
             && keep(&k->where_value, &k->query.where_value);
    int rc = kept ? nf_reading_room(&k->read, c, s) : nf_fail(c, NF_ENOMEM, "out of memory");
    k->read.origins.of_load = &s->held->origins;
    if (!rc && q->match && nf_intake_find(k->in, q->match, strlen(q->match), &exact)) {
        k->at = exact;
        k->end = exact + 1;
    }
    if (rc) close_cursor(k);
    else *out = (nf_cursor){ next, close_cursor, k };
    return rc;
}
