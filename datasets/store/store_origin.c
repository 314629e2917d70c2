/* store_origin.c - who said a figure and where: several publishers are all named, none stands for the others. */
#include "store_origin.h"
#include <stdlib.h>
#include <string.h>

enum { LINE = 4096, SEEN = 256 };

static int no_memory(nf_ctx *c) { return nf_fail(c, NF_ENOMEM, "out of memory"); }

/* ---- those of a load ---- */

nf_origin nf_origins_at(const nf_origins *o, uint32_t i)
{
    if (!i || i > o->n) return (nf_origin){ "", "" };
    const char *publisher = o->text + o->at[i - 1];
    return (nf_origin){ publisher, publisher + strlen(publisher) + 1 };
}

static uint64_t hash_of(const nf_origins *o, const nf_origin *x)
{
    return nf_text_hash(x->document, strlen(x->document), nf_text_hash(x->publisher, strlen(x->publisher), o->seed));
}

static size_t bucket_of(const nf_origins *o, const nf_origin *x)
{
    size_t at = hash_of(o, x) & (o->buckets - 1);
    for (; o->bucket[at]; at = (at + 1) & (o->buckets - 1)) {
        nf_origin there = nf_origins_at(o, o->bucket[at]);
        if (!strcmp(there.publisher, x->publisher) && !strcmp(there.document, x->document)) break;
    }
    return at;
}

static bool buckets_grow(nf_origins *o)
{
    if (2 * (o->n + 1) <= o->buckets) return true;
    size_t n = o->buckets ? 2 * o->buckets : 64;
    uint32_t *bucket = calloc(n, sizeof *bucket);
    if (!bucket) return false;
    free(o->bucket);
    o->bucket = bucket;
    o->buckets = n;
    for (uint32_t i = 1; i <= o->n; i++) {
        nf_origin x = nf_origins_at(o, i);
        bucket[bucket_of(o, &x)] = i;
    }
    return true;
}

static bool room_for(nf_origins *o, size_t more)
{
    if (o->used + more > o->room) {
        size_t room = 2 * (o->used + more);
        char *text = realloc(o->text, room);
        if (!text) return false;
        o->text = text;
        o->room = room;
    }
    if (o->n == o->slots) {
        size_t slots = o->slots ? 2 * o->slots : 32;
        size_t *at = realloc(o->at, slots * sizeof *at);
        if (!at) return false;
        o->at = at;
        o->slots = slots;
    }
    return buckets_grow(o);
}

static int text_check(nf_ctx *c, const char *text, const char *what)
{
    size_t len = strnlen(text, LINE + 1), bad;
    if (len > LINE) return nf_fail(c, NF_EDATA, "the name of a %s is over %d bytes", what, LINE);
    return nf_utf8_valid(text, len, &bad) ? NF_OK : nf_fail(c, NF_EDATA, "the name of a %s is not UTF-8", what);
}

static int add(nf_ctx *c, nf_origins *o, const nf_origin *x)
{
    size_t publisher = strlen(x->publisher) + 1, document = strlen(x->document) + 1;
    int rc = text_check(c, x->publisher, "publisher");
    if (!rc) rc = text_check(c, x->document, "document");
    if (rc) return rc;
    if (o->n == NF_ORIGINS_MAX) {
        nf_fail(c, NF_EDATA, "the figures come from more than %d documents", NF_ORIGINS_MAX);
        return nf_hint(c, "leave the column out: role \"ignore\" in a --mapping");
    }
    if (!room_for(o, publisher + document)) return no_memory(c);
    memcpy(o->text + o->used, x->publisher, publisher);
    memcpy(o->text + o->used + publisher, x->document, document);
    size_t at = bucket_of(o, x);
    o->at[o->n++] = o->used;
    o->used += publisher + document;
    o->bucket[at] = (uint32_t)o->n;
    return NF_OK;
}

int nf_origins_find(nf_ctx *c, nf_origins *o, const nf_origin *x, uint32_t *out)
{
    *out = 0;
    if (!*x->publisher && !*x->document) return NF_OK;
    if (o->buckets && (*out = o->bucket[bucket_of(o, x)])) return NF_OK;
    int rc = add(c, o, x);
    if (!rc) *out = (uint32_t)o->n;
    return rc;
}

void nf_origins_free(nf_origins *o)
{
    free(o->text);
    free(o->at);
    free(o->bucket);
}

/* ---- those of the store ---- */

int nf_store_origin_make(nf_ctx *c, nf_store *s, const nf_origin *o, int64_t *id)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, "SELECT id FROM origin WHERE publisher = ?1 AND document = ?2");
    if (!rc) rc = nf_store_bind(c, s, q, "tt", o->publisher, o->document);
    if (!rc) rc = nf_store_step(c, s, q);
    if (rc > 0) *id = sqlite3_column_int64(q, 0);
    nf_store_done(s, q);
    if (rc) return rc < 0 ? rc : NF_OK;
    rc = nf_store_number(c, s, id, "SELECT ifnull(max(id), 0) + 1 FROM origin");
    if (!rc)
        rc = nf_store_do(c, s, "INSERT INTO origin VALUES(?1, ?2, ?3, ?4)", "itts", *id, o->publisher, o->document);
    return rc ? rc : nf_store_count_add(c, s, "origins", 1);
}

static int row_read(nf_origin_reader *r, nf_ctx *c)
{
    const char *publisher = (const char *)sqlite3_column_text(r->q, 0),
        *document = (const char *)sqlite3_column_text(r->q, 1);
    if (sqlite3_column_int(r->q, 2) != 1 || !publisher || !document)
        return nf_store_damaged(c, r->store, "the origin of a figure fails its checksum");
    size_t first = strlen(publisher) + 1, second = strlen(document) + 1;
    free(r->text);
    if (!(r->text = malloc(first + second))) return no_memory(c);
    memcpy(r->text, publisher, first);
    memcpy(r->text + first, document, second);
    r->last = (nf_origin){ r->text, r->text + first };
    return NF_OK;
}

static int from_store(nf_origin_reader *r, nf_ctx *c, int64_t id)
{
    int rc = r->q ? NF_OK : nf_store_sql(c, r->store, &r->q,
                                         "SELECT publisher, document, " NF_SOUND(NF_ORIGIN_COLUMNS)
                                         " FROM origin WHERE id = ?1");
    r->id = 0;
    if (!rc) rc = nf_store_bind(c, r->store, r->q, "i", id);
    if (!rc) rc = nf_store_step(c, r->store, r->q);
    if (!rc) return nf_store_damaged(c, r->store, "the origin of a figure is missing");
    if (rc > 0) rc = row_read(r, c);
    sqlite3_reset(r->q);
    if (!rc) r->id = id;
    return rc;
}

int nf_origin_read(nf_origin_reader *r, nf_ctx *c, int64_t id, nf_origin *out)
{
    int rc = NF_OK;
    *out = (nf_origin){ "", "" };
    if (!id) return NF_OK;
    if (r->of_load) *out = nf_origins_at(r->of_load, (uint32_t)id);
    else if (r->id == id || !(rc = from_store(r, c, id))) *out = r->last;
    return rc;
}

void nf_origin_reader_close(nf_origin_reader *r)
{
    if (r->q) nf_store_done(r->store, r->q);
    free(r->text);
}

/* ---- the publishers of several figures ---- */

static bool names(const char *list, const char *name, size_t len)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ";");
        if (n == len && !memcmp(p, name, len)) return true;
        p += n;
        p += strspn(p, "; ");
    }
    return false;
}

/* The names of more that the line lacks; what has no room is said to be there. */
static void join(char line[LINE + 1], const char *more)
{
    static const char rest[] = "…";
    size_t used = strlen(line);
    for (const char *p = more; *p;) {
        size_t n = strcspn(p, ";"), len = n;
        const char *name = p;
        p += n;
        p += strspn(p, "; ");
        if (!n || names(line, name, n)) continue;
        if (used + n + 4 + sizeof rest > LINE) name = rest, len = sizeof rest - 1;
        if (name == rest && names(line, rest, len)) continue;
        if (used) memcpy(line + used, "; ", 2), used += 2;
        memcpy(line + used, name, len);
        line[used += len] = 0;
    }
}

int nf_origin_line(nf_origin_reader *r, nf_ctx *c, const int64_t *origin, size_t n, const char **out)
{
    char line[LINE + 1] = "";
    int64_t seen[SEEN] = { 0 };                  /* ids whose names are in the line, by their last bits */
    nf_origin o;
    for (size_t i = 0; i < n; i++) {
        int64_t *slot = &seen[(uint64_t)origin[i] % SEEN];
        if (*slot == origin[i]) continue;
        int rc = nf_origin_read(r, c, origin[i], &o);
        if (rc) return rc;
        *slot = origin[i];
        join(line, o.publisher);
    }
    return (*out = nf_strdup(c, line)) ? NF_OK : NF_ENOMEM;
}
