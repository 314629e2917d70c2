/* store_read.c - the figures of one series as arrays, as known at a time.
 *
 * Where no figure that holds was published after that time, chunks are decoded straight into the arrays handed
 * out. Else all versions are read, and for every period the latest one known then is taken. */
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

/* One series on its way out. Regular until a chunk does not go on where the last one ended. */
typedef struct {
    nf_ctx *ctx; nf_reading *from;
    int64_t *ord, *published, *origin; int32_t *span; double *y; uint16_t *status;
    size_t n, room;
    int64_t start, step, width;
} going;

/* ---- statements and rows ---- */

int nf_reading_room(nf_reading *r, nf_ctx *c, nf_store *s)
{
    r->store = r->origins.store = s;
    r->chunk = malloc(sizeof *r->chunk);
    r->bytes = malloc(NF_CHUNK_BYTES + NF_PLANE_PAD);
    return r->chunk && r->bytes ? NF_OK : nf_fail(c, NF_ENOMEM, "out of memory");
}

int nf_reading_open(nf_reading *r, nf_ctx *c, nf_store *s)
{
    int rc = nf_reading_room(r, c, s);
    if (!rc) rc = nf_store_sql(c, s, &r->counts,
                               "SELECT ifnull(sum(n), 0), ifnull(sum(iif(last >= ?2 AND first <= ?3, n, 0)), 0), "
                                            "ifnull(max(iif(last >= ?2 AND first <= ?3, known, NULL)), 0) FROM chunk WHERE series = ?1");
    if (!rc) rc = nf_store_sql(c, s, &r->chunks,
                               "SELECT " NF_PLACE_COLUMNS ", data FROM chunk WHERE series = ?1 AND last >= ?2 "
                                                 "AND first <= ?3 ORDER BY first, wide DESC");
    if (!rc)
        rc = nf_store_sql(c, s, &r->past, "SELECT " NF_PLACE_COLUMNS ", data FROM past WHERE series = ?1 ORDER BY id");
    return rc;
}

void nf_reading_close(nf_reading *r)
{
    if (r->store) {
        nf_store_done(r->store, r->counts);
        nf_store_done(r->store, r->chunks);
        nf_store_done(r->store, r->past);
    }
    nf_origin_reader_close(&r->origins);
    free(r->chunk);
    free(r->bytes);
}

int nf_place_of(nf_ctx *c, nf_store *s, sqlite3_stmt *q, int64_t series, nf_place *out, uint8_t *room, size_t *size)
{
    const void *data = sqlite3_column_blob(q, 7);
    *size = data ? (size_t)sqlite3_column_bytes(q, 7) : 0;
    *out = (nf_place){ .series = series, .first = sqlite3_column_int64(q, 1), .wide = sqlite3_column_int64(q, 2),
                       .last = sqlite3_column_int64(q, 3), .n = (size_t)sqlite3_column_int64(q, 4),
                       .known = sqlite3_column_int64(q, 5), .crc = (uint32_t)sqlite3_column_int64(q, 6) };
    if (!data || *size > NF_CHUNK_BYTES || out->n < 1 || out->n > NF_CHUNK_MAX
        || nf_place_crc(out, data, *size) != out->crc)
        return nf_store_damaged(c, s, "a chunk fails its checksum");
    memcpy(room, data, *size);
    memset(room + *size, 0, NF_PLANE_PAD);
    return NF_OK;
}

/* ---- the chunks that hold now, one after the other ---- */

static int chunks_begin(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t low, int64_t high)
{
    r->in_row = row->data;
    return row->data ? NF_OK : nf_store_bind(c, r->store, r->chunks, "iii", row->id, low, high);
}

/* Into r->bytes: 1, 0, < 0. What stands in the row was checked with it. */
static int chunk_next(nf_reading *r, nf_ctx *c, const nf_series_row *row, nf_place *p, size_t *size)
{
    if (!row->data) {
        int rc = nf_store_step(c, r->store, r->chunks);
        if (rc > 0 && (rc = nf_place_of(c, r->store, r->chunks, row->id, p, r->bytes, size)) == NF_OK) return 1;
        return rc;
    }
    if (!r->in_row) return 0;
    r->in_row = false;
    *p = (nf_place){ row->id, row->first, row->wide, row->last, row->narrow, row->known, (size_t)row->figures, 0 };
    *size = row->size;
    memcpy(r->bytes, row->data, row->size);
    memset(r->bytes + row->size, 0, NF_PLANE_PAD);
    return 1;
}

static int undecodable(nf_ctx *c, nf_reading *r) { return nf_store_damaged(c, r->store, "a chunk does not decode"); }

/* ---- straight from chunks ---- */

static int explicit_begin(going *g)
{
    if (g->ord) return NF_OK;
    g->ord = nf_alloc(g->ctx, g->room * sizeof *g->ord);
    g->span = nf_alloc(g->ctx, g->room * sizeof *g->span);
    if (!g->ord || !g->span) return NF_ENOMEM;
    for (size_t i = 0; i < g->n; i++) {
        g->ord[i] = g->start + g->step * (int64_t)i;
        g->span[i] = (int32_t)g->width;
    }
    return NF_OK;
}

/* The chunk goes on with the same step and span (and begins with them, where it is the first). */
static bool goes_on(going *g, const nf_outline *o, size_t n)
{
    if (!o->even || !o->one_span || o->span > INT32_MAX || (n > 1 && o->step < 1)) return false;
    if (!g->n) {
        g->start = o->start;
        g->step = n > 1 ? o->step : 0;
        g->width = o->span;
        return true;
    }
    int64_t step = g->n > 1 ? g->step : (int64_t)((uint64_t)o->start - (uint64_t)g->start);
    if (step < 1 || o->span != g->width || (n > 1 && o->step != step)) return false;
    if ((uint64_t)o->start != (uint64_t)g->start + (uint64_t)step * g->n) return false;
    g->step = step;
    return true;
}

static int status_take(going *g, const int64_t *status, size_t n)
{
    if (!g->status && !(g->status = nf_alloc(g->ctx, g->room * sizeof *g->status))) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++) g->status[g->n + i] = (uint16_t)status[i];
    return NF_OK;
}

static int chunk_take(going *g, const nf_place *p, size_t size, bool number)
{
    nf_reading *r = g->from;
    nf_outline o;
    if (p->n > g->room - g->n || !nf_chunk_outline(&o, r->bytes, size, p->n)) return undecodable(g->ctx, r);
    if (g->ord || number || !goes_on(g, &o, p->n)) {
        int rc = explicit_begin(g);
        if (rc) return rc;
    }
    nf_planes to = { .value = g->y + g->n };
    if (g->ord) to.ord = g->ord + g->n, to.span = r->chunk->span;
    if (g->published) to.published = g->published + g->n;
    if (g->origin) to.origin = g->origin + g->n;
    if (!o.plain) to.status = r->chunk->status;
    if (!nf_chunk_decode(to, r->bytes, size, p->n)) return undecodable(g->ctx, r);
    if (g->ord) for (size_t i = 0; i < p->n; i++) g->span[g->n + i] = (int32_t)r->chunk->span[i];
    int rc = o.plain ? NF_OK : status_take(g, r->chunk->status, p->n);
    g->n += p->n;
    return rc;
}

static int chunks_take(going *g, const nf_series_row *row, int64_t low, int64_t high)
{
    nf_reading *r = g->from;
    size_t size;
    nf_place p;
    int rc = chunks_begin(r, g->ctx, row, low, high);
    while (!rc && (rc = chunk_next(r, g->ctx, row, &p, &size)) > 0)
        rc = chunk_take(g, &p, size, row->freq == NF_NUMBER);
    sqlite3_reset(r->chunks);
    if (!rc && g->n != g->room) rc = nf_store_damaged(g->ctx, r->store, "figures of a series are missing");
    return rc;
}

/* ---- versions ---- */

/* What is known of one chunk, in r->bytes, at the end of *out. */
static int versions_add(nf_reading *r, nf_ctx *c, const nf_place *p, size_t size, int64_t known, nf_figure *out,
                        size_t *n)
{
    if (!nf_chunk_decode(nf_chunk_planes(r->chunk, 0), r->bytes, size, p->n)) return undecodable(c, r);
    for (size_t i = 0; i < p->n; i++)
        if (!known || r->chunk->published[i] <= known) out[(*n)++] = nf_chunk_at(r->chunk, i);
    return NF_OK;
}

static int versions_now(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t known, nf_figure *out, size_t *n)
{
    size_t size, seen = 0;
    nf_place p;
    int rc = chunks_begin(r, c, row, INT64_MIN, INT64_MAX);
    while (!rc && (rc = chunk_next(r, c, row, &p, &size)) > 0) {
        rc = p.n > (size_t)row->figures - seen ? undecodable(c, r) : versions_add(r, c, &p, size, known, out, n);
        seen += p.n;
    }
    sqlite3_reset(r->chunks);
    if (!rc && seen != (size_t)row->figures) rc = nf_store_damaged(c, r->store, "figures of a series are missing");
    return rc;
}

static int versions_past(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t known, nf_figure *out, size_t *n)
{
    size_t size, seen = 0;
    nf_place p;
    int rc = row->past ? nf_store_bind(c, r->store, r->past, "i", row->id) : NF_OK;
    while (row->past && !rc && (rc = nf_store_step(c, r->store, r->past)) > 0) {
        rc = nf_place_of(c, r->store, r->past, row->id, &p, r->bytes, &size);
        if (!rc) rc = p.n > (size_t)row->past - seen ? undecodable(c, r) : versions_add(r, c, &p, size, known, out, n);
        seen += p.n;
    }
    sqlite3_reset(r->past);
    if (!rc && seen != (size_t)row->past) rc = nf_store_damaged(c, r->store, "figures of a series are missing");
    return rc;
}

int nf_reading_versions(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t known, nf_figure **out, size_t *n)
{
    *n = 0;
    nf_figure *v = *out = nf_scratch(c, ((size_t)row->figures + (size_t)row->past) * sizeof *v);
    if (!v) return NF_ENOMEM;
    int rc = versions_now(r, c, row, known, v, n);
    if (!rc) rc = versions_past(r, c, row, known, v, n);
    if (!rc) qsort(v, *n, sizeof *v, nf_figure_order);
    return rc;
}

static int arrays_make(going *g, size_t room, bool published, bool origin)
{
    g->room = room;
    if (!(g->y = nf_alloc(g->ctx, room * sizeof *g->y))) return NF_ENOMEM;
    if (published && !(g->published = nf_alloc(g->ctx, room * sizeof *g->published))) return NF_ENOMEM;
    if (origin && !(g->origin = nf_alloc(g->ctx, room * sizeof *g->origin))) return NF_ENOMEM;
    return NF_OK;
}

/* The latest of these versions for that period, or NULL. */
static const nf_figure *version_find(const nf_figure *f, size_t n, int64_t ord, int64_t span)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (nf_when_order(f[mid].ord, f[mid].span, ord, span) <= 0) low = mid + 1; else high = mid;
    }
    return low && !nf_when_order(f[low - 1].ord, f[low - 1].span, ord, span) ? &f[low - 1] : NULL;
}

/* Figures that were not published yet give way to what had been, or to nothing. */
static void chunk_as_known(nf_chunk *c, int64_t known, const nf_figure *past, size_t n_past)
{
    size_t n = c->n;
    c->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (c->published[i] <= known && c->n == i) {
            c->n++;
            continue;
        }
        nf_figure f = nf_chunk_at(c, i);
        const nf_figure *before = f.published <= known ? &f : version_find(past, n_past, f.ord, f.span);
        if (before) nf_chunk_add(c, before);
    }
}

/* Modulo 2^64: the ordinals of plain numbers lie anywhere. */
static int64_t step_at(const nf_chunk *c, size_t i) { return (int64_t)((uint64_t)c->ord[i] - (uint64_t)c->ord[i - 1]); }

static void outline_of(nf_outline *o, const nf_chunk *c)
{
    *o = (nf_outline){ .even = true, .one_span = true, .plain = true, .start = c->ord[0], .span = c->span[0],
                       .step = c->n > 1 ? step_at(c, 1) : 0 };
    for (size_t i = 0; i < c->n; i++) {
        o->even &= !i || step_at(c, i) == o->step;
        o->one_span &= c->span[i] == o->span;
        o->plain &= !c->status[i];
    }
}

static int rows_take(going *g, const nf_chunk *c, bool number)
{
    nf_outline o;
    if (!c->n) return NF_OK;
    outline_of(&o, c);
    if (g->ord || number || !goes_on(g, &o, c->n)) {
        int rc = explicit_begin(g);
        if (rc) return rc;
        memcpy(g->ord + g->n, c->ord, c->n * sizeof *c->ord);
        for (size_t i = 0; i < c->n; i++) g->span[g->n + i] = (int32_t)c->span[i];
    }
    memcpy(g->y + g->n, c->value, c->n * sizeof *c->value);
    memcpy(g->published + g->n, c->published, c->n * sizeof *c->published);
    if (g->origin) memcpy(g->origin + g->n, c->origin, c->n * sizeof *c->origin);
    int rc = o.plain ? NF_OK : status_take(g, c->status, c->n);
    g->n += c->n;
    return rc;
}

static int past_read(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t known, nf_figure **past, size_t *n)
{
    *n = 0;
    if (!(*past = nf_scratch(c, (size_t)row->past * sizeof **past))) return NF_ENOMEM;
    int rc = versions_past(r, c, row, known, *past, n);
    if (!rc) qsort(*past, *n, sizeof **past, nf_figure_order);
    return rc;
}

static int as_known(going *g, const nf_series_row *row, int64_t known)
{
    nf_reading *r = g->from;
    nf_figure *past = NULL;
    nf_place p;
    size_t n_past, size, seen = 0, mark = nf_scratch_mark(g->ctx);
    int rc = past_read(r, g->ctx, row, known, &past, &n_past);
    if (!rc) rc = chunks_begin(r, g->ctx, row, INT64_MIN, INT64_MAX);
    while (!rc && (rc = chunk_next(r, g->ctx, row, &p, &size)) > 0) {
        r->chunk->n = p.n;
        if (p.n > (size_t)row->figures - seen || !nf_chunk_decode(nf_chunk_planes(r->chunk, 0), r->bytes, size, p.n))
            rc = undecodable(g->ctx, r);
        else {
            if (p.known > known) chunk_as_known(r->chunk, known, past, n_past);
            seen += p.n;
            rc = rows_take(g, r->chunk, row->freq == NF_NUMBER);
        }
    }
    sqlite3_reset(r->chunks);
    nf_scratch_rewind(g->ctx, mark);
    if (!rc && seen != (size_t)row->figures) rc = nf_store_damaged(g->ctx, r->store, "figures of a series are missing");
    return rc;
}

/* ---- the view handed out ---- */

/* The same steps throughout: whether chunks were written as lines does not show in what is handed out. */
static bool is_even(const going *g)
{
    uint64_t step = g->n > 1 ? (uint64_t)g->ord[1] - (uint64_t)g->ord[0] : 1;
    for (size_t i = 1; i < g->n; i++)
        if ((uint64_t)g->ord[i] - (uint64_t)g->ord[i - 1] != step || g->span[i] != g->span[0]) return false;
    return g->n && (int64_t)step > 0;
}

static int view_make(going *g, const nf_series_row *row, const nf_meta *meta, nf_series *out)
{
    int32_t width = g->width ? (int32_t)g->width : 1;
    *out = (nf_series){ .meta = meta, .y = g->y, .status = g->status,
                        .t = { .start = { g->start, row->freq, width }, .step = g->step ? g->step : 1, .n = g->n } };
    if (!g->ord) return NF_OK;
    for (size_t i = 1; i < g->n; i++)
        if (nf_when_order(g->ord[i - 1], g->span[i - 1], g->ord[i], g->span[i]) >= 0)
            return nf_store_damaged(g->ctx, g->from->store, "the periods of a series are out of order");
    if (row->freq == NF_NUMBER) {
        double *num = (double *)(void *)g->ord;                  /* in place: both are 8 bytes */
        for (size_t i = 0; i < g->n; i++) num[i] = nf_number_of_period((nf_period){ g->ord[i], NF_NUMBER, 1 });
        out->t.start = (nf_period){ 0, NF_NUMBER, 1 };
        out->t.num = num;
        return NF_OK;
    }
    if (is_even(g)) {
        out->t.start = (nf_period){ g->ord[0], row->freq, g->span[0] };
        out->t.step = g->n > 1 ? g->ord[1] - g->ord[0] : 1;
        return NF_OK;
    }
    bool one_span = true;
    for (size_t i = 1; i < g->n; i++) one_span &= g->span[i] == g->span[0];
    out->t.step = 1;
    out->t.start = (nf_period){ g->n ? g->ord[0] : 0, row->freq, g->n ? g->span[0] : 1 };
    out->t.ord = g->ord;
    out->t.span = one_span ? NULL : g->span;
    return NF_OK;
}

/* Periods do not cut plain numbers, nor numbers periods: such a series is handed out whole. */
static bool is_cut(const nf_query *q, int freq)
{
    bool from = !nf_period_is_empty(q->from), to = !nf_period_is_empty(q->to), number = freq == NF_NUMBER;
    return (from || to) && (!from || (q->from.freq == NF_NUMBER) == number)
        && (!to || (q->to.freq == NF_NUMBER) == number);
}

/* Ordinals that may be asked for; the exact cut comes after. */
static void bounds(const nf_query *q, int freq, int64_t *low, int64_t *high)
{
    *low = INT64_MIN;
    *high = INT64_MAX;
    if (freq == NF_NUMBER) return;
    if (!nf_period_is_empty(q->from)) {
        int64_t begin = nf_period_begin(q->from), minute = begin / 60 - (begin % 60 < 0);
        *low = nf_period_convert((nf_period){ minute, NF_MINUTE, 1 }, (nf_freq)freq).ord;
    }
    if (!nf_period_is_empty(q->to)) *high = nf_period_convert(q->to, (nf_freq)freq).ord;
}

/* Whose figures are shown, and the latest publication among them, after the cut. */
static int meta_fill(going *g, const nf_series_row *row, int64_t known, nf_meta *meta, const nf_series *cut)
{
    char text[32];
    nf_origin_reader *origins = &g->from->origins;
    size_t first = (size_t)(cut->y - g->y);
    meta->known = known;
    if (g->published)
        for (size_t i = 0; i < cut->t.n; i++)
            if (!i || g->published[first + i] > meta->known) meta->known = g->published[first + i];
    int rc = g->origin ? nf_origin_line(origins, g->ctx, g->origin + first, cut->t.n, &meta->source)
                       : nf_origin_line(origins, g->ctx, &row->origin, 1, &meta->source);
    nf_instant_text(text, meta->known);
    return rc ? rc : (meta->vintage = nf_strdup(g->ctx, text)) ? NF_OK : NF_ENOMEM;
}

/* How many figures there are in between, and the latest publication among them. */
static int count_between(nf_reading *r, nf_ctx *c, const nf_series_row *row, int64_t low, int64_t high, int64_t *n,
                         int64_t *known)
{
    if (row->data) return *n = row->figures, *known = row->known, NF_OK;
    int rc = nf_store_bind(c, r->store, r->counts, "iii", row->id, low, high);
    if (!rc) rc = nf_store_step(c, r->store, r->counts);
    if (rc < 0) return rc;
    int64_t all = sqlite3_column_int64(r->counts, 0);
    *n = sqlite3_column_int64(r->counts, 1);
    *known = sqlite3_column_int64(r->counts, 2);
    sqlite3_reset(r->counts);
    return all == row->figures && *n >= 0 && *n <= all ? NF_OK
        : nf_store_damaged(c, r->store, "chunks of a series are missing");
}

int nf_reading_series(nf_reading *r, nf_ctx *c, const nf_series_row *row, const nf_query *q, nf_meta *meta,
                      nf_series *out)
{
    going g = { .ctx = c, .from = r };
    int64_t low, high, n = row->figures, known = row->known;
    bool cut = is_cut(q, row->freq), several = row->origin < 0;
    if (cut) bounds(q, row->freq, &low, &high);
    else low = INT64_MIN, high = INT64_MAX;
    int rc = cut ? count_between(r, c, row, low, high, &n, &known) : NF_OK;
    bool earlier = q->known && known > q->known;
    if (!rc) rc = arrays_make(&g, (size_t)(earlier ? row->figures : n), cut || earlier, several);
    if (!rc) rc = earlier ? as_known(&g, row, q->known) : chunks_take(&g, row, low, high);
    if (!rc) rc = view_make(&g, row, meta, out);
    if (!rc && cut) rc = nf_series_cut(c, out, q->from, q->to);
    return rc ? rc : meta_fill(&g, row, known, meta, out);
}

int nf_reading_blocks(nf_reading *r, nf_ctx *c, const nf_series_row *row, const nf_query *q, nf_block_next *next,
                      void *self, nf_meta *meta, nf_series *out)
{
    going g = { .ctx = c, .from = r };
    size_t size;
    nf_place p;
    int rc = arrays_make(&g, (size_t)row->figures, false, row->origin < 0);
    while (!rc && (rc = next(self, c, r, &p, &size)) > 0) rc = chunk_take(&g, &p, size, row->freq == NF_NUMBER);
    if (!rc) rc = view_make(&g, row, meta, out);
    if (!rc && is_cut(q, row->freq)) rc = nf_series_cut(c, out, q->from, q->to);
    return rc ? rc : meta_fill(&g, row, row->known, meta, out);
}
