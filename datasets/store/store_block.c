/* store_block.c - blocks: encoded stretches of an arriving series, in the spill until the load is finished. */
#include "store_block.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int nf_intake_spilled(nf_intake *in)
{
    if (errno == ENOMEM) return nf_fail(in->ctx, NF_ENOMEM, "out of memory");
    nf_fail(in->ctx, NF_EIO, "the load's temporary file cannot be written: %s", strerror(errno));
    if (in->store->memory) return nf_hint(in->ctx, "is there room in $TMPDIR or /tmp?");
    nf_hint(in->ctx, "it lies in the store's folder; nothing was changed");
    return nf_at(in->ctx, in->store->path, 0, 0);
}

static void publications(const nf_chunk *c, size_t from, size_t to, nf_block *b)
{
    size_t n = to - from;
    bool one_status = nf_one_value(c->status + from, n), one_time = nf_one_value(c->published + from, n), twice = false;
    b->origin = nf_one_value(c->origin + from, n) ? c->origin[from] : -1;
    b->known_first = c->published[from];
    b->single = c->status[from] <= NF_STATUS_BITS;
    for (size_t i = from + 1; !one_time && i < to; i++)
        if (c->published[i] < b->known_first) b->known_first = c->published[i];
    for (size_t i = from + 1; !one_status && i < to; i++) b->single &= c->status[i] <= NF_STATUS_BITS;
    for (size_t i = from + 1; i < to; i++) twice |= (c->ord[i] == c->ord[i - 1]) & (c->span[i] == c->span[i - 1]);
    b->single = b->single && !twice;
}

int nf_block_write(nf_intake *in, nf_arrived *a, const nf_chunk *c, size_t from, size_t to, nf_block *out)
{
    *out = (nf_block){ .previous = a ? a->newest : -1, .place = nf_chunk_place(c, from, to, 0) };
    publications(c, from, to, out);
    out->size = nf_chunk_encode(in->bytes, c, from, to);
    int64_t address = nf_spill_add(in->spill, out, sizeof *out, in->bytes, out->size);
    if (address < 0) return nf_intake_spilled(in);
    out->address = address + (int64_t)sizeof *out;
    if (!a) return NF_OK;
    a->newest = address;
    a->blocks++;
    return NF_OK;
}

int nf_block_list(nf_intake *in, const nf_arrived *a, nf_block *out)
{
    int64_t address = a->newest;
    for (size_t i = a->blocks; i-- > 0;) {
        const void *head = nf_spill_at(in->spill, address, sizeof *out, &out[i]);
        if (!head) return nf_intake_spilled(in);
        memmove(&out[i], head, sizeof *out);
        out[i].address = address + (int64_t)sizeof *out;
        address = out[i].previous;
    }
    return NF_OK;
}

const uint8_t *nf_block_bytes(nf_intake *in, const nf_block *b, uint8_t room[NF_CHUNK_BYTES + NF_PLANE_PAD])
{
    const uint8_t *bytes = nf_spill_at(in->spill, b->address, b->size, room);
    if (!bytes) nf_intake_spilled(in);
    return bytes;
}

int nf_block_read(nf_intake *in, const nf_block *b, nf_chunk *out)
{
    const uint8_t *bytes = nf_block_bytes(in, b, in->bytes);
    if (!bytes) return nf_last(in->ctx)->err;
    out->n = b->place.n;
    if (nf_chunk_decode(nf_chunk_planes(out, 0), bytes, b->size, out->n)) return NF_OK;
    return nf_fail(in->ctx, NF_EIO, "the load's temporary file does not read back");
}

bool nf_block_follows(const nf_block *b, const nf_block *next)
{
    return nf_when_order(b->place.last, b->place.narrow, next->place.first, next->place.wide) < 0;
}

/* ---- order ---- */

static int figure_order(const nf_chunk *c, size_t a, size_t b)
{
    int order = nf_when_order(c->ord[a], c->span[a], c->ord[b], c->span[b]);
    return order ? order : (c->published[a] > c->published[b]) - (c->published[a] < c->published[b]);
}

/* Merge sort of the indexes: stable, so what came first stays first. */
static void merge(const nf_chunk *c, const uint16_t *from, uint16_t *to, size_t n, size_t width)
{
    for (size_t low = 0; low < n; low += 2 * width) {
        size_t mid = low + width < n ? low + width : n, high = mid + width < n ? mid + width : n;
        for (size_t i = low, j = mid, k = low; k < high; k++)
            to[k] = j == high || (i < mid && figure_order(c, from[i], from[j]) <= 0) ? from[i++] : from[j++];
    }
}

void nf_chunk_sort(nf_chunk *c, nf_chunk *room)
{
    uint16_t index[2][NF_CHUNK_MAX], *sorted = index[0], *other = index[1];
    for (size_t i = 0; i < c->n; i++) sorted[i] = (uint16_t)i;
    for (size_t width = 1; width < c->n; width *= 2) {
        merge(c, sorted, other, c->n, width);
        uint16_t *swap = sorted;
        sorted = other;
        other = swap;
    }
    room->n = 0;
    for (size_t i = 0; i < c->n; i++) {
        nf_figure f = nf_chunk_at(c, sorted[i]);
        nf_chunk_add(room, &f);
    }
    memcpy(c, room, sizeof *c);
}
