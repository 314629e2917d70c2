/* load_seen.c - cells that were seen before: the keys and times of a file come again in the order they had. */
#include "load_seen.h"
#include <string.h>

/* What follows in the file is looked for a few places further on: some series lack some times. */
enum { AHEAD = 4, TEXT_MOST = 1 << 22 };

void *nf_more(nf_ctx *c, const void *old, size_t used, size_t room)
{
    void *more = nf_alloc(c, room);
    return more && used ? memcpy(more, old, used) : more;
}

/* Word by word: these cells are too short to be worth a call. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
    uint64_t x, y;
    uint32_t v, w;
    if (n < 4) return a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1];
    if (n < 8) {
        memcpy(&v, a, 4);
        memcpy(&w, b, 4);
        if (v != w) return false;
        memcpy(&v, a + n - 4, 4);
        memcpy(&w, b + n - 4, 4);
        return v == w;
    }
    for (size_t i = 0; i + 8 < n; i += 8) {
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        if (x != y) return false;
    }
    memcpy(&x, a + n - 8, 8);
    memcpy(&y, b + n - 8, 8);
    return x == y;
}

/* With the ends of the cells, so that "a","bc" and "ab","c" differ. */
static inline bool is_at(const nf_seen *s, size_t i, const nf_record *r)
{
    if (!s->columns) return true;                /* no text was ever kept */
    const char *text = s->text + s->cells[i].at, *end = text + s->cells[i].size;
    for (size_t k = 0; k < s->columns; k++) {
        size_t n = (size_t)r->len[s->column[k]] + 1;
        if ((size_t)(end - text) < n || !same_bytes(text, r->cell[s->column[k]], n)) return false;
        text += n;
    }
    return text == end;
}

/* First what the last step promises; then the same as last time, one that came after it, or the first again. */
bool nf_seen_again(nf_seen *s, const nf_record *r)
{
    size_t next = s->here + s->step < s->n ? s->here + s->step : 0;
    if (!s->n) return false;
    if (is_at(s, next, r)) return s->here = next, true;
    for (size_t i = s->here; i < s->n && i <= s->here + AHEAD; i++)
        if (is_at(s, i, r)) return s->step = i > s->here, s->here = i, true;
    return is_at(s, 0, r) ? s->here = 0, true : false;
}

static size_t size_of(const nf_seen *s, const nf_record *r)
{
    size_t size = 0;
    for (size_t k = 0; k < s->columns; k++) size += (size_t)r->len[s->column[k]] + 1;
    return size;
}

/* Rather than grow without bound it begins anew. */
static int make_room(nf_ctx *c, nf_seen *s, size_t size)
{
    if (s->n == s->most || s->used > TEXT_MOST) s->n = s->used = 0;
    if (s->n == s->room) {
        s->room = 2 * s->room + 64 < s->most ? 2 * s->room + 64 : s->most;
        s->cells = nf_more(c, s->cells, s->n * sizeof *s->cells, s->room * sizeof *s->cells);
        s->beside = s->cells ? nf_more(c, s->beside, s->n * s->each, s->room * s->each) : NULL;
        if (!s->beside) return NF_ENOMEM;
    }
    if (s->used + size <= s->bytes) return NF_OK;
    s->bytes = 2 * (s->used + size) + 256;
    s->text = nf_more(c, s->text, s->used, s->bytes);
    return s->text ? NF_OK : NF_ENOMEM;
}

int nf_seen_keep(nf_ctx *c, nf_seen *s, const nf_record *r)
{
    size_t size = size_of(s, r);
    int rc = make_room(c, s, size);
    if (rc) return rc;
    s->step = s->n > 0;
    s->here = s->n++;
    memset(nf_seen_beside(s), 0, s->each);
    s->cells[s->here].at = (uint32_t)s->used;
    s->cells[s->here].size = (uint32_t)size;
    for (size_t k = 0; k < s->columns; k++) {
        size_t n = (size_t)r->len[s->column[k]] + 1;
        memcpy(s->text + s->used, r->cell[s->column[k]], n);
        s->used += n;
    }
    return NF_OK;
}
