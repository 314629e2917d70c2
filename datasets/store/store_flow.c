/* store_flow.c - a load whose series are handed on one by one, so that memory holds one of them whatever the file's
 * size.
 *
 * That is right where every series' figures stand together. A key that comes back is noticed by its hash: at once when
 * it is the file's first one, as in a file sorted by time; others at the end, unless the keys came in order, which
 * shows that none came twice. Equal hashes of different keys only send the reader the long way. */
#include "store_flow.h"
#include "store_block.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HASHES = 1 << 13,                          /* a record of the spill */
       AT_ONCE = 1 << 22 };                       /* hashes looked at together */

struct nf_flow {
    nf_flow_take *take; void *self;
    nf_flow_row *row; size_t n, room;
    char texts[NF_TEXTS_BYTES + NF_TEXT_MAX + 1]; size_t size, key_size;
    uint32_t own, origin;                        /* said by the source it was named with; said by, of all its figures */
    char source[NF_TEXT_MAX + 1]; size_t source_size; uint32_t source_of;  /* the words of the origin before */
    int32_t freq; bool synthetic, begun, ascending;
    int64_t known;
    uint64_t first, hash[HASHES], back[HASHES]; size_t hashes;   /* back: read again */
    nf_spill *spill; int64_t *record; size_t records, record_room;
};

int nf_flow_stop(nf_intake *in) { return nf_fail(in->ctx, NF_ECANCEL, "the file has to be read as a whole"); }

static int no_memory(nf_intake *in) { return nf_fail(in->ctx, NF_ENOMEM, "out of memory"); }

int nf_intake_flow(nf_intake *in, nf_flow_take *take, void *self)
{
    nf_flow *f = in->flow = calloc(1, sizeof *f);
    if (!f || !(f->spill = nf_spill_new(NULL))) return no_memory(in);
    f->take = take;
    f->self = self;
    f->known = INT64_MIN;
    f->ascending = true;
    return NF_OK;
}

void nf_flow_free(nf_flow *f)
{
    if (!f) return;
    nf_spill_free(f->spill);
    free(f->record);
    free(f->row);
    free(f);
}

/* ---- have keys come back? ---- */

static int hashes_keep(nf_intake *in)
{
    nf_flow *f = in->flow;
    if (f->records == f->record_room) {
        size_t room = f->record_room ? 2 * f->record_room : 64;
        int64_t *more = realloc(f->record, room * sizeof *more);
        if (!more) return no_memory(in);
        f->record = more;
        f->record_room = room;
    }
    int64_t at = nf_spill_add(f->spill, f->hash, sizeof f->hash, NULL, 0);
    if (at < 0) return nf_intake_spilled(in);
    f->record[f->records++] = at;
    f->hashes = 0;
    return NF_OK;
}

static int hash_keep(nf_intake *in, uint64_t hash)
{
    nf_flow *f = in->flow;
    if (!f->begun) f->first = hash;
    else if (hash == f->first) return nf_flow_stop(in);
    f->hash[f->hashes++] = hash;
    return f->hashes == HASHES ? hashes_keep(in) : NF_OK;
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void collect(uint64_t *to, size_t *n, const uint64_t *from, size_t count, uint64_t parts, uint64_t part)
{
    for (size_t i = 0; i < count; i++)
        if (from[i] % parts == part) to[(*n)++] = from[i];
}

/* The hashes of one part of all, sorted: none may stand twice. room: twice what is expected, for chance. */
static int part_check(nf_intake *in, uint64_t *room, size_t most, uint64_t parts, uint64_t part)
{
    nf_flow *f = in->flow;
    size_t n = 0;
    collect(room, &n, f->hash, f->hashes, parts, part);
    for (size_t i = 0; i < f->records; i++) {
        const uint64_t *from = nf_spill_at(f->spill, f->record[i], sizeof f->hash, f->back);
        if (!from) return nf_intake_spilled(in);
        if (n + HASHES > most) return nf_flow_stop(in);
        collect(room, &n, from, HASHES, parts, part);
    }
    if (n) qsort(room, n, sizeof *room, ascending);
    for (size_t i = 1; i < n; i++)
        if (room[i] == room[i - 1]) return nf_flow_stop(in);
    return NF_OK;
}

static int keys_check(nf_intake *in)
{
    nf_flow *f = in->flow;
    size_t all = f->records * HASHES + f->hashes;
    uint64_t parts = all / AT_ONCE + 1;
    size_t most = (parts > 1 ? 2 * (size_t)AT_ONCE : all) + HASHES;
    if (f->ascending) return NF_OK;
    int rc = NF_OK;
    uint64_t *room = malloc(most * sizeof *room);
    if (!room) return no_memory(in);
    for (uint64_t part = 0; !rc && part < parts; part++) rc = part_check(in, room, most, parts, part);
    free(room);
    return rc;
}

/* ---- one series ---- */

static int source_find(nf_intake *in)
{
    nf_flow *f = in->flow;
    nf_origin_reader reader = { .of_load = &in->origins };
    const char *line;
    int64_t origin = f->origin;
    size_t mark = nf_mark(in->ctx);
    int rc = nf_origin_line(&reader, in->ctx, &origin, 1, &line);
    if (rc) return rc;
    f->source_size = strlen(line) + 1;
    f->source_of = f->origin;
    memcpy(f->source, line, f->source_size);
    nf_release(in->ctx, mark);
    return NF_OK;
}

/* Its source, nearly always that of the series before, goes behind the other texts. */
static int source_say(nf_intake *in)
{
    nf_flow *f = in->flow;
    int rc = f->source_size && f->source_of == f->origin ? NF_OK : source_find(in);
    if (rc) return rc;
    memcpy(f->texts + f->size, f->source, f->source_size);
    f->size += f->source_size;
    return NF_OK;
}

static int hand_on(nf_intake *in)
{
    nf_flow *f = in->flow;
    if (!f->begun || !f->n) return NF_OK;
    int rc = source_say(in);
    if (rc) return rc;
    rc = f->take(f->self, &(nf_flow_series){ f->texts, f->size, f->synthetic, f->freq, f->row, f->n, f->known });
    f->n = 0;
    return rc;
}

int nf_flow_end(nf_intake *in)
{
    int rc = hand_on(in);
    return rc ? rc : keys_check(in);
}

int nf_flow_find(nf_intake *in, const char *key, size_t len, uint32_t *handle)
{
    const nf_flow *f = in->flow;
    if (!f->begun || f->key_size != len || memcmp(f->texts, key, len)) return 0;
    *handle = (uint32_t)in->n - 1;
    return 1;
}

int nf_flow_series_begin(nf_intake *in, const nf_meta *m, nf_freq freq, uint32_t *handle)
{
    nf_flow *f = in->flow;
    const char *text[NF_TEXTS];
    nf_origin said = { m->source ? m->source : "", "" };
    size_t len = strlen(m->key);
    if (in->n >= UINT32_MAX - 1) return nf_flow_stop(in);
    int rc = hand_on(in);
    if (!rc && f->begun && strcmp(m->key, f->texts) <= 0) f->ascending = false;
    if (!rc) rc = hash_keep(in, nf_text_hash(m->key, len, 0));
    nf_texts_of(m, text);
    if (!rc) rc = nf_texts_join(in, text, f->texts, &f->size);
    if (!rc) rc = nf_origins_find(in->ctx, &in->origins, &said, &f->own);
    if (rc) return rc;
    f->key_size = len;
    f->freq = (int32_t)freq;
    f->synthetic = m->synthetic;
    f->begun = true;
    *handle = (uint32_t)in->n++;
    return NF_OK;
}

static nf_flow_row *row_add(nf_flow *f)
{
    if (f->n == f->room) {
        size_t room = f->room ? 2 * f->room : 256;
        nf_flow_row *more = realloc(f->row, room * sizeof *more);
        if (!more) return NULL;
        f->row = more;
        f->room = room;
    }
    return &f->row[f->n++];
}

int nf_flow_put(nf_intake *in, uint32_t handle, nf_period p, double value, unsigned status, int64_t published)
{
    nf_flow *f = in->flow;
    const nf_flow_row *last = f->n ? &f->row[f->n - 1] : NULL;
    uint32_t origin = in->says ? in->said : f->own;
    if (!last) f->origin = origin;
    if (f->known == INT64_MIN) f->known = published;
    if (handle + 1 != in->n || p.freq != f->freq || p.span < 1 || isinf(value) || published != f->known
        || origin != f->origin) return nf_flow_stop(in);
    if (status > NF_STATUS_BITS) return nf_flow_stop(in);        /* a row that leaves something unsaid */
    if (last && nf_when_order(last->ord, last->span, p.ord, p.span) >= 0) return nf_flow_stop(in);
    nf_flow_row *row = row_add(f);
    if (!row) return no_memory(in);
    *row = (nf_flow_row){ p.ord, value, p.span, status };
    in->rows++;
    return NF_OK;
}
