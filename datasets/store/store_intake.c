/* store_intake.c - a load under way: series by key, figures into slabs, slabs into blocks.
 *
 * A series keeps its latest figures in a chain of slabs; every NF_CHUNK of them become an encoded block. When all
 * slabs together pass SLAB_MEMORY, every series' figures become blocks, short as they are, and the slabs are free. */
#include "store_flow.h"
#include "store_block.h"
#include "capacity.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = NF_SLABS, SLAB_MEMORY = NF_SLABS_HELD, ATTRIBUTES = NF_ATTRIBUTES, REJECT_TEXT = 240, RUN = 16,
       STATUS_BITS = NF_STATUS_BITS | NF_KEEPS_VALUE | NF_KEEPS_STATUS | NF_TAKES_BACK };

struct slab { slab *previous; uint32_t n, class; nf_slab_row rows[]; };
enum { CLASSES = 4 };
static const uint32_t class_rows[CLASSES] = { 4, 16, 64, 256 };

static size_t slab_size(uint32_t class) { return sizeof(slab) + class_rows[class] * sizeof(nf_slab_row); }

/* Rows of the next slab: no more than are left to a full block. */
static uint32_t slab_room(uint32_t class, uint32_t rows)
{
    return class_rows[class] < NF_CHUNK - rows ? class_rows[class] : NF_CHUNK - rows;
}

static int no_memory(nf_intake *in) { return nf_fail(in->ctx, NF_ENOMEM, "out of memory"); }

/* ---- begin and end ---- */

static bool texts_copy(nf_intake *in, const nf_intake_about *a)
{
    const char *from[] = { a->dataset, a->file, a->loader, a->mapping, a->options, a->duplicates };
    char **to[] = { &in->dataset, &in->file, &in->loader, &in->mapping, &in->options, &in->duplicates };
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        if (!(*to[i] = strdup(from[i] ? from[i] : ""))) return false;
    return true;
}

static int duplicates_check(nf_ctx *c, const char *policy)
{
    static const char *const known[] = { "error", "refuse", "first", "last", "mean" };
    if (!policy) return NF_OK;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(policy, known[i])) return NF_OK;
    nf_fail(c, NF_EINVAL, "no way '%s' to settle duplicates", policy);
    return nf_hint(c, "error, first, last or mean");
}

int nf_intake_begin(nf_ctx *c, nf_intake **out, nf_store *s, const nf_intake_about *about)
{
    *out = NULL;
    if (s->mode == NF_STORE_READ) return nf_fail(c, NF_EINVAL, "the store is open for reading only");
    if (!about->dataset || !*about->dataset) return nf_fail(c, NF_EINVAL, "a load needs the name of its dataset");
    int rc = duplicates_check(c, about->duplicates);
    if (rc) return rc;
    nf_intake *in = calloc(1, sizeof *in);
    if (!in) return nf_fail(c, NF_ENOMEM, "out of memory");
    in->ctx = c;
    in->store = s;
    in->now = about->now;
    in->dry_run = about->dry_run;
    in->newest_reject = -1;
    in->arena_used = ARENA;
    in->seed = in->origins.seed = (uintptr_t)in * 0x9e3779b97f4a7c15u;
    in->recent = UINT32_MAX;
    if (texts_copy(in, about) && (in->spill = nf_spill_new(s->memory ? NULL : s->path))
        && (in->chunk = malloc(2 * sizeof *in->chunk)) && (in->bytes = malloc(NF_CHUNK_BYTES + NF_PLANE_PAD))
        && (in->attribute = malloc(ATTRIBUTES * sizeof *in->attribute))
        && (in->attribute_bucket = calloc(2 * ATTRIBUTES, sizeof *in->attribute_bucket))) {
        *out = in;
        return NF_OK;
    }
    nf_intake_abort(in);
    return nf_fail(c, NF_ENOMEM, "out of memory");
}

/* Every arena is empty, and kept for the next slabs. */
static void arenas_spare(nf_intake *in)
{
    for (slab *a = in->arenas, *next; a; a = next) {
        next = a->previous;
        a->previous = in->spare;
        in->spare = a;
    }
    in->arenas = NULL;
    in->arena_used = ARENA;
    in->memory = 0;
}

void nf_intake_abort(nf_intake *in)
{
    if (!in) return;
    arenas_spare(in);
    for (slab *a = in->spare, *next; a; a = next) {
        next = a->previous;
        free(a);
    }
    nf_spill_free(in->spill);
    nf_flow_free(in->flow);
    nf_origins_free(&in->origins);
    void *own[] = { in->dataset, in->file, in->loader, in->mapping, in->options, in->duplicates, in->series, in->keys,
                    in->bucket, in->attribute, in->attribute_bucket, in->chunk, in->bytes, in };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) free(own[i]);
}

/* ---- series by key ---- */

static bool is_key(const nf_intake *in, uint32_t i, const char *key, size_t len)
{
    const nf_arrived *a = &in->series[i];
    return a->key_size == len && !memcmp(in->keys + a->key, key, len);
}

static uint32_t tag_of(uint64_t hash) { return (uint32_t)(hash >> 32); }

static size_t bucket_of(const nf_intake *in, const char *key, size_t len, uint64_t hash)
{
    size_t at = hash & (in->buckets - 1);
    for (; in->bucket[at].n; at = (at + 1) & (in->buckets - 1))
        if (in->bucket[at].tag == tag_of(hash) && is_key(in, in->bucket[at].n - 1, key, len)) break;
    return at;
}

/* Files list their series in turn, or in the same turn at every time: try the next one before the table. */
int nf_intake_find(nf_intake *in, const char *key, size_t len, uint32_t *handle)
{
    if (in->flow) return nf_flow_find(in, key, len, handle);
    if (!in->n) return 0;
    uint32_t next = in->guess < in->n ? in->guess : 0;
    if (!is_key(in, next, key, len)) {
        size_t at = bucket_of(in, key, len, nf_text_hash(key, len, in->seed));
        if (!in->bucket[at].n) return 0;
        next = in->bucket[at].n - 1;
    }
    *handle = next;
    in->guess = next + 1;
    return 1;
}

static bool grow(void **p, size_t *room, size_t need, size_t size, size_t least)
{
    if (need <= *room) return true;
    size_t more = *room ? *room : least;
    while (more < need) more *= 2;
    void *q = realloc(*p, more * size);
    if (!q) return false;
    *p = q;
    *room = more;
    return true;
}

static bool buckets_grow(nf_intake *in)
{
    if (2 * (in->n + 1) <= in->buckets) return true;
    size_t n = in->buckets ? 2 * in->buckets : 256;
    nf_bucket *bucket = calloc(n, sizeof *bucket);
    if (!bucket) return false;
    free(in->bucket);
    in->bucket = bucket;
    in->buckets = n;
    for (uint32_t i = 0; i < in->n; i++) {
        size_t at = in->series[i].hash & (n - 1);
        while (bucket[at].n) at = (at + 1) & (n - 1);
        bucket[at] = (nf_bucket){ tag_of(in->series[i].hash), i + 1 };
    }
    return true;
}

static int series_add(nf_intake *in, const nf_meta *m, nf_freq freq, size_t len, uint32_t *handle)
{
    nf_arrived a = { .newest = -1, .freq = (int32_t)freq, .synthetic = m->synthetic, .key = in->keys_used,
                     .key_size = len,
                     .hash = nf_text_hash(m->key, len, in->seed) };
    nf_origin said = { m->source ? m->source : "", "" };
    const char *text[NF_TEXTS];
    nf_texts_of(m, text);
    int rc = nf_texts_spill(in, text, &a.meta);
    if (!rc) rc = nf_origins_find(in->ctx, &in->origins, &said, &a.origin);
    if (rc) return rc;
    if (in->n >= UINT32_MAX - 1 || !buckets_grow(in)
        || !grow((void **)&in->series, &in->room, in->n + 1, sizeof *in->series, 64)
        || !grow((void **)&in->keys, &in->keys_room, in->keys_used + len, 1, 4096)) return no_memory(in);
    memcpy(in->keys + in->keys_used, m->key, len);
    in->keys_used += len;
    *handle = (uint32_t)in->n;
    in->series[in->n++] = a;
    in->bucket[bucket_of(in, m->key, len, a.hash)] = (nf_bucket){ tag_of(a.hash), *handle + 1 };
    in->guess = *handle + 1;
    return NF_OK;
}

int nf_intake_series(nf_intake *in, const nf_meta *m, nf_freq freq, uint32_t *handle)
{
    size_t len = m->key ? strlen(m->key) : 0;
    if (!len) return nf_fail(in->ctx, NF_EDATA, "a series has no name");
    if (!nf_intake_find(in, m->key, len, handle))
        return in->flow ? nf_flow_series_begin(in, m, freq, handle) : series_add(in, m, freq, len, handle);
    if (in->flow) return NF_OK;                    /* put refuses another frequency */
    if (in->series[*handle].freq == (int32_t)freq) return NF_OK;
    nf_fail(in->ctx, NF_EDATA, "series '%s' has periods of two frequencies: %s and %s", m->key,
            nf_freq_name((nf_freq)in->series[*handle].freq), nf_freq_name(freq));
    return nf_hint(in->ctx, "give each frequency a series of its own");
}

uint32_t nf_intake_count(const nf_intake *in) { return (uint32_t)in->n; }

int nf_intake_unit(nf_intake *in, uint32_t handle, const char **unit)
{
    const char *text[NF_TEXTS] = { [NF_TEXT_UNIT] = "" };
    char room[NF_TEXTS_BYTES];
    int rc = nf_intake_texts(in, &in->series[handle], text, room);
    if (rc) return rc;
    *unit = nf_strdup(in->ctx, text[NF_TEXT_UNIT]);
    return *unit ? NF_OK : NF_ENOMEM;
}

/* ---- what figures have in common ---- */

int nf_intake_origin(nf_intake *in, const char *publisher, const char *document)
{
    in->says = publisher || document;
    return nf_origins_find(in->ctx, &in->origins, &(nf_origin){ publisher ? publisher : "", document ? document : "" },
                           &in->said);
}

static bool same_attribute(const nf_attribute *a, const nf_attribute *b)
{
    return a->published == b->published && a->span == b->span && a->status == b->status && a->origin == b->origin;
}

static void attributes_clear(nf_intake *in)
{
    in->attributes = 0;
    in->recent = UINT32_MAX;
    memset(in->attribute_bucket, 0, 2 * ATTRIBUTES * sizeof *in->attribute_bucket);
}

/* Field by field from registers: a struct just written and read back in one piece would wait for the stores. */
static bool is_recent(const nf_intake *in, int64_t published, int32_t span, uint32_t status, uint32_t origin)
{
    if (in->recent >= in->attributes) return false;
    const nf_attribute *t = &in->attribute[in->recent];
    return t->published == published && t->span == span && t->status == status && t->origin == origin;
}

/* It becomes the recent one. */
static int attribute_of(nf_intake *in, const nf_attribute *a)
{
    if (in->attributes == ATTRIBUTES) {
        int rc = nf_intake_settle(in);
        if (rc) return rc;
        attributes_clear(in);
    }
    uint64_t h = (uint64_t)a->published * 0x9fb21c651e98df25u ^ (uint64_t)(uint32_t)a->span << 8 ^ a->status;
    h = (h ^ (uint64_t)a->origin << 32) * 0x9e3779b97f4a7c15u;
    size_t at = h >> 47 & (2 * ATTRIBUTES - 1);
    uint32_t *bucket = in->attribute_bucket;
    while (bucket[at] && !same_attribute(&in->attribute[bucket[at] - 1], a)) at = (at + 1) & (2 * ATTRIBUTES - 1);
    if (!bucket[at]) {
        in->attribute[in->attributes++] = *a;
        bucket[at] = in->attributes;
    }
    in->recent = bucket[at] - 1;
    return NF_OK;
}

/* ---- figures into slabs ---- */

static void *arena_take(nf_intake *in, size_t size)
{
    if (ARENA - in->arena_used < size) {
        slab *a = in->spare ? in->spare : malloc(sizeof *a + ARENA);     /* its head chains the arenas */
        if (!a) return NULL;
        if (in->spare) in->spare = a->previous;
        a->previous = in->arenas;
        in->arenas = a;
        in->arena = (uint8_t *)(a + 1);
        in->arena_used = 0;
        in->memory += ARENA;
    }
    void *p = in->arena + in->arena_used;
    in->arena_used += size;
    return p;
}

static int slabs_empty(nf_intake *in);

/* The newest slab is full, or there is none. */
static int slab_add(nf_intake *in, nf_arrived *a)
{
    uint32_t class = !a->tail ? 0 : a->tail->class + 1 < CLASSES ? a->tail->class + 1 : CLASSES - 1;
    if (in->memory >= SLAB_MEMORY && !in->idle[class] && ARENA - in->arena_used < slab_size(class)) {
        int rc = slabs_empty(in);
        if (rc) return rc;
        class = 0;
    }
    slab *s = in->idle[class];
    if (s) in->idle[class] = s->previous;
    else if (!(s = arena_take(in, slab_size(class)))) return no_memory(in);
    if (a->tail) a->rows += a->tail->n;
    *s = (slab){ .previous = a->tail, .class = class, .n = slab_room(class, a->rows) };
    a->tail = s;
    a->next = s->rows;
    a->end = s->rows + s->n;
    return NF_OK;
}

static void slabs_release(nf_intake *in, nf_arrived *a)
{
    for (slab *s = a->tail, *previous; s; s = previous) {
        previous = s->previous;
        s->previous = in->idle[s->class];
        in->idle[s->class] = s;
    }
    a->tail = NULL;
    a->next = a->end = NULL;
    a->rows = 0;
}

static bool in_order(const nf_chunk *c, size_t i)
{
    int order = nf_when_order(c->ord[i - 1], c->span[i - 1], c->ord[i], c->span[i]);
    return order < 0 || (!order && c->published[i - 1] <= c->published[i]);
}

/* Most figures have in common what their neighbours have. */
static void slab_gather(const nf_intake *in, const slab *s, size_t n, nf_planes to)
{
    uint32_t other = 0;
    for (size_t i = 0; i < n; i++) {
        to.ord[i] = s->rows[i].ord;
        to.value[i] = s->rows[i].value;
        to.line[i] = s->rows[i].line;
        other |= s->rows[i].attribute ^ s->rows[0].attribute;
    }
    nf_attribute t = n ? in->attribute[s->rows[0].attribute] : (nf_attribute){ 0 };
    for (size_t i = 0; i < n; i++) {
        if (other) t = in->attribute[s->rows[i].attribute];
        to.span[i] = t.span;
        to.published[i] = t.published;
        to.origin[i] = t.origin;
        to.status[i] = t.status;
    }
}

static bool rows_gather(const nf_intake *in, const nf_arrived *a, nf_chunk *c)
{
    size_t open = a->tail ? (size_t)(a->next - a->tail->rows) : 0, end = c->n = a->rows + open;
    for (const slab *s = a->tail; s; s = s->previous) {
        size_t n = s == a->tail ? open : s->n;
        end -= n;
        slab_gather(in, s, n, nf_chunk_planes(c, end));
    }
    memset(c->load, 0, c->n * sizeof *c->load);
    for (size_t i = 1; i < c->n; i++)
        if (c->ord[i - 1] >= c->ord[i] && !in_order(c, i)) return false;
    return true;
}

int nf_series_settle(nf_intake *in, nf_arrived *a)
{
    nf_block block;
    if (!a->tail) return NF_OK;
    if (!rows_gather(in, a, in->chunk)) nf_chunk_sort(in->chunk, in->chunk + 1);
    slabs_release(in, a);
    return nf_block_write(in, a, in->chunk, 0, in->chunk->n, &block);
}

int nf_intake_settle(nf_intake *in)
{
    for (size_t i = 0; i < in->n; i++) {
        int rc = nf_series_settle(in, &in->series[i]);
        if (rc) return rc;
    }
    return NF_OK;
}

/* After all slabs became blocks the arenas start afresh, so that slabs of any size fit again. */
static int slabs_empty(nf_intake *in)
{
    int rc = nf_intake_settle(in);
    arenas_spare(in);
    memset(in->idle, 0, sizeof in->idle);
    return rc;
}

static int put_refused(nf_intake *in, uint32_t handle, nf_period p, double value, int64_t line)
{
    const nf_arrived *a = &in->series[handle];
    int len = (int)a->key_size;
    const char *key = in->keys + a->key;
    if (isinf(value)) nf_fail(in->ctx, NF_EDATA, "a value of series '%.*s' is not finite", len, key);
    else if (p.freq != a->freq)
        nf_fail(in->ctx, NF_EDATA, "series '%.*s' has periods of two frequencies: %s and %s", len, key,
                nf_freq_name((nf_freq)a->freq), nf_freq_name((nf_freq)p.freq));
    else nf_fail(in->ctx, NF_EDATA, "a figure of series '%.*s' has no period", len, key);
    return nf_at(in->ctx, in->file, (long)line, 0);
}

/* Where series stand one after the other, and none has come back so far, the one before is as good as complete: it
 * becomes a block while it is at hand, and its slabs serve the next. */
static int series_change(nf_intake *in, uint32_t handle)
{
    uint32_t before = in->here;
    in->comes_back |= handle + 1 < in->n;
    bool complete = in->run >= RUN && !in->comes_back;
    in->here = handle;
    in->run = 0;
    return complete ? nf_series_settle(in, &in->series[before]) : NF_OK;
}

int nf_intake_put(nf_intake *in, uint32_t handle, nf_period p, double value, unsigned status, int64_t published,
                  int64_t line)
{
    if (in->flow) return nf_flow_put(in, handle, p, value, status, published);
    nf_arrived *a = &in->series[handle];
    uint32_t bits = status & STATUS_BITS, origin = in->says ? in->said : a->origin;
    if (p.freq != a->freq || p.span < 1 || isinf(value)) return put_refused(in, handle, p, value, line);
    int rc = handle == in->here ? NF_OK : series_change(in, handle);
    if (!rc && !is_recent(in, published, p.span, bits, origin))
        rc = attribute_of(in, &(nf_attribute){ published, p.span, bits, origin });
    if (rc) return rc;
    if (a->next == a->end && (rc = slab_add(in, a))) return rc;
    *a->next++ = (nf_slab_row){ p.ord, value, line < 0 || line > UINT32_MAX ? 0 : (uint32_t)line, in->recent };
    /* where a file goes hour by hour its turn comes after all other series */
    __builtin_prefetch(a->next + 3, 1);
    in->rows++;
    in->run++;
    return a->next == a->end && a->rows + a->tail->n == NF_CHUNK ? nf_series_settle(in, a) : NF_OK;
}

/* ---- rows left out ---- */

int nf_intake_reject(nf_intake *in, int64_t line, const char *reason, const char *text, size_t len)
{
    if (in->flow) return nf_flow_stop(in);
    char texts[2 * (REJECT_TEXT + 1)];
    nf_rejected r = { in->newest_reject, line, strnlen(reason, REJECT_TEXT), len < REJECT_TEXT ? len : REJECT_TEXT };
    /* cut between characters */
    while (r.text < len && r.text && ((unsigned char)text[r.text] & 0xc0) == 0x80) r.text--;
    memcpy(texts, reason, r.reason);
    texts[r.reason++] = 0;
    for (size_t i = 0; i < r.text; i++) texts[r.reason + i] = text[i] ? text[i] : ' ';
    texts[r.reason + r.text++] = 0;
    int64_t address = nf_spill_add(in->spill, &r, sizeof r, texts, r.reason + r.text);
    if (address < 0) return nf_intake_spilled(in);
    in->newest_reject = address;
    in->rejects++;
    return NF_OK;
}

/* ---- plain numbers as time: their order as integers ---- */

nf_period nf_period_of_number(double x)
{
    int64_t bits;
    x += 0.0;                                                    /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return (nf_period){ bits < 0 ? INT64_MIN - bits : bits, NF_NUMBER, 1 };
}

double nf_number_of_period(nf_period p)
{
    int64_t bits = p.ord < 0 ? INT64_MIN - p.ord : p.ord;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}
