/* store_chunk.c - a stretch of one series as bytes: eight planes after a format byte. */
#include "store_chunk.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

enum { FORMAT = 2, WITHOUT_ORIGINS = 1 };

bool nf_figure_same(const nf_figure *a, const nf_figure *b)
{
    return a->status == b->status && (a->value == b->value || (isnan(a->value) && isnan(b->value)));
}

nf_figure nf_chunk_at(const nf_chunk *c, size_t i)
{
    return (nf_figure){ c->ord[i], c->span[i], c->published[i], c->load[i], c->origin[i], c->line[i], c->status[i],
                        c->value[i] };
}

void nf_chunk_add(nf_chunk *c, const nf_figure *f)
{
    size_t i = c->n++;
    c->ord[i] = f->ord;
    c->span[i] = f->span;
    c->published[i] = f->published;
    c->load[i] = f->load;
    c->origin[i] = f->origin;
    c->line[i] = f->line;
    c->status[i] = f->status;
    c->value[i] = f->value;
}

nf_planes nf_chunk_planes(nf_chunk *c, size_t from)
{
    return (nf_planes){ c->ord + from, c->span + from, c->published + from, c->load + from, c->origin + from,
                        c->line + from, c->status + from, c->value + from };
}

bool nf_one_value(const int64_t *v, size_t n) { return n < 2 || !memcmp(v, v + 1, (n - 1) * sizeof *v); }

int nf_when_order(int64_t ord_a, int64_t span_a, int64_t ord_b, int64_t span_b)
{
    if (ord_a != ord_b) return ord_a < ord_b ? -1 : 1;
    return (span_a < span_b) - (span_a > span_b);
}

int nf_figure_order(const void *x, const void *y)
{
    const nf_figure *a = x, *b = y;
    int order = nf_when_order(a->ord, a->span, b->ord, b->span);
    if (!order) order = (a->published > b->published) - (a->published < b->published);
    return order ? order : (a->load > b->load) - (a->load < b->load);
}

/* Load and origin come first, so that a chunk made before they have numbers can be given them (nf_chunk_of_load). */
size_t nf_chunk_encode(uint8_t out[NF_CHUNK_BYTES], const nf_chunk *c, size_t from, size_t to)
{
    size_t n = to - from;
    uint8_t *o = out;
    *o++ = FORMAT;
    o += nf_ints_encode(o, c->load + from, n);
    o += nf_ints_encode(o, c->origin + from, n);
    o += nf_ints_encode(o, c->line + from, n);
    o += nf_ints_encode(o, c->published + from, n);
    o += nf_ints_encode(o, c->ord + from, n);
    o += nf_ints_encode(o, c->span + from, n);
    o += nf_ints_encode(o, c->status + from, n);
    o += nf_reals_encode(o, c->value + from, n);
    return (size_t)(o - out);
}

size_t nf_chunk_of_load(uint8_t out[NF_CHUNK_BYTES], const uint8_t *data, size_t size, size_t n, int64_t load,
                        int64_t origin)
{
    nf_encoded in = { data + 1, data + size };
    if (!size || *data != FORMAT || !nf_ints_decode(&in, NULL, n) || !nf_ints_decode(&in, NULL, n)) return 0;
    size_t rest = (size_t)(in.end - in.p), named = 1;
    *out = FORMAT;
    named += nf_ints_constant(out + named, load);
    named += nf_ints_constant(out + named, origin);
    memcpy(out + named, in.p, rest);
    return named + rest;
}

size_t nf_chunk_of_format_1(uint8_t out[NF_CHUNK_BYTES], const uint8_t *data, size_t size, size_t n, int64_t origin)
{
    nf_encoded in = { data + 1, data + size };
    if (!size || *data != WITHOUT_ORIGINS || n < 1 || n > NF_CHUNK_MAX || !nf_ints_decode(&in, NULL, n)) return 0;
    size_t load = (size_t)(in.p - data), named;
    if (size > NF_CHUNK_BYTES - 16) return 0;
    memcpy(out, data, load);
    *out = FORMAT;
    named = load + nf_ints_constant(out + load, origin);
    memcpy(out + named, in.p, size - load);
    return named + size - load;
}

nf_place nf_chunk_place(const nf_chunk *c, size_t from, size_t to, int64_t series)
{
    nf_place p = { series, c->ord[from], c->span[from], c->ord[to - 1], c->span[to - 1], c->published[from],
                   to - from, 0 };
    bool one_time = nf_one_value(c->published + from, p.n);
    for (size_t i = from + 1; !one_time && i < to; i++)
        if (c->published[i] > p.known) p.known = c->published[i];
    return p;
}

uint32_t nf_place_crc(const nf_place *p, const uint8_t *data, size_t size)
{
    int64_t word[] = { p->series, p->first, p->wide, p->last, p->known, (int64_t)p->n };
    uLong crc = crc32_z(0, (const Bytef *)word, sizeof word);
    return (uint32_t)crc32_z(crc, data, size);
}

bool nf_chunk_decode(nf_planes to, const uint8_t *data, size_t size, size_t n)
{
    nf_encoded in = { data + 1, data + size };
    double stepped_over[NF_PLANE];
    return size && n && n <= NF_CHUNK_MAX && *data == FORMAT
        && nf_ints_decode(&in, to.load, n) && nf_ints_decode(&in, to.origin, n) && nf_ints_decode(&in, to.line, n)
        && nf_ints_decode(&in, to.published, n) && nf_ints_decode(&in, to.ord, n) && nf_ints_decode(&in, to.span, n)
            && nf_ints_decode(&in, to.status, n)
        && nf_reals_decode(&in, to.value ? to.value : stepped_over, n) && in.p == in.end;
}

static bool planes_skip(nf_encoded *in, const uint8_t *data, size_t size, size_t n, int planes)
{
    *in = (nf_encoded){ data + 1, data + size };
    bool good = size && n && n <= NF_CHUNK_MAX && *data == FORMAT;
    while (good && planes-- > 0) good = nf_ints_decode(in, NULL, n);
    return good;
}

bool nf_chunk_says_same(const uint8_t *a, size_t size_a, const uint8_t *b, size_t size_b, size_t n,
                        bool any_publication)
{
    nf_encoded x, y;
    int skip = any_publication ? 4 : 3;
    if (!planes_skip(&x, a, size_a, n, skip) || !planes_skip(&y, b, size_b, n, skip)) return false;
    return x.end - x.p == y.end - y.p && !memcmp(x.p, y.p, (size_t)(x.end - x.p));
}

bool nf_chunk_outline(nf_outline *o, const uint8_t *data, size_t size, size_t n)
{
    nf_encoded in;
    int64_t zero, flat;
    if (!planes_skip(&in, data, size, n, 4)) return false;
    o->even = nf_ints_line(in, n, &o->start, &o->step);
    if (!nf_ints_decode(&in, NULL, n)) return false;
    o->one_span = nf_ints_line(in, n, &o->span, &zero) && !zero;
    if (!nf_ints_decode(&in, NULL, n)) return false;
    o->plain = nf_ints_line(in, n, &zero, &flat) && !zero && !flat;
    return true;
}
