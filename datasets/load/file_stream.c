/* file_stream.c - the series of a long CSV file while it is read: a thread of its own reads ahead, a few parcels of
 * series wait between it and whoever asks. */
#include "load.h"
#include "store/store_flow.h"
#include "store/store_read.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PARCELS = 8, PARCEL = 1 << 18 };

typedef struct { uint8_t *bytes; size_t n, room; } parcel;
typedef struct note { struct note *next; nf_diag d; } note;

/* Behind it: texts, values, and what the axis and the status need, each from a multiple of eight on. */
typedef struct {
    size_t texts, n;
    int64_t known, start, step; int32_t freq, width;
    bool synthetic, listed, spans, status;       /* listed: ordinals or numbers of every figure */
} packed;

struct nf_stream {
    const char *path; nf_load_options opt;
    nf_ctx *c; nf_store *memory; char *dataset;
    note *notes, **last_note;
    parcel parcel[PARCELS]; size_t filled, taken;                /* parcels [taken, filled) wait */
    pthread_t thread; bool begun;
    pthread_mutex_t lock; pthread_cond_t news;
    bool ended, stop; int rc;                    /* rc of the reading, once it ended */
    double done, total;
    nf_query query; char *texts[3];              /* of the one cursor */
    size_t at;                                   /* in parcel `taken` */
};

/* ---- series into parcels: the reading thread ---- */

static size_t padded(size_t n) { return (n + 7) & ~(size_t)7; }

static packed outline_of(const nf_flow_series *s)
{
    const nf_flow_row *r = s->row;
    packed k = { .texts = padded(s->size), .n = s->n, .known = s->known, .start = r->ord, .step = 1, .freq = s->freq,
                 .width = r->span,
                 .synthetic = s->synthetic, .listed = s->freq == NF_NUMBER || (s->n > 1 && r[1].ord == r->ord) };
    if (s->n > 1 && !k.listed) k.step = (int64_t)((uint64_t)r[1].ord - (uint64_t)r->ord);
    for (size_t i = 0; i < s->n; i++) {
        k.listed |= i && (uint64_t)r[i].ord - (uint64_t)r[i - 1].ord != (uint64_t)k.step;
        k.spans |= r[i].span != r->span;
        k.status |= r[i].status != 0;
    }
    k.listed |= k.spans;
    return k;
}

static size_t size_of(const packed *k)
{
    return sizeof *k + k->texts + k->n * (sizeof(double) + (k->listed ? sizeof(int64_t) : 0))
         + (k->spans ? padded(k->n * sizeof(int32_t)) : 0) + (k->status ? padded(k->n * sizeof(uint16_t)) : 0);
}

static bool parcel_room(parcel *p, size_t more)
{
    if (p->n + more <= p->room) return true;
    size_t room = 2 * p->room > p->n + more ? 2 * p->room : p->n + more > PARCEL + 4096 ? p->n + more : PARCEL + 4096;
    uint8_t *bytes = realloc(p->bytes, room);
    if (!bytes) return false;
    p->bytes = bytes;
    p->room = room;
    return true;
}

static void pack(uint8_t *to, const packed *k, const nf_flow_series *s)
{
    memcpy(to, k, sizeof *k);
    to += sizeof *k;
    memcpy(to, s->texts, s->size);
    double *y = (double *)(void *)(to + k->texts);
    for (size_t i = 0; i < k->n; i++) y[i] = s->row[i].value;
    int64_t *ord = (int64_t *)(void *)(y + k->n);
    double *num = (double *)(void *)ord;
    for (size_t i = 0; k->listed && i < k->n; i++)
        if (k->freq == NF_NUMBER) num[i] = nf_number_of_period((nf_period){ s->row[i].ord, NF_NUMBER, 1 });
        else ord[i] = s->row[i].ord;
    to = (uint8_t *)(ord + (k->listed ? k->n : 0));
    int32_t *span = (int32_t *)(void *)to;
    for (size_t i = 0; k->spans && i < k->n; i++) span[i] = s->row[i].span;
    to += k->spans ? padded(k->n * sizeof *span) : 0;
    uint16_t *status = (uint16_t *)(void *)to;
    for (size_t i = 0; k->status && i < k->n; i++) status[i] = (uint16_t)s->row[i].status;
}

/* The parcel being filled goes out; waits until the next one is free. */
static int parcel_out(nf_stream *f, bool last)
{
    pthread_mutex_lock(&f->lock);
    f->filled += f->parcel[f->filled % PARCELS].n > 0;
    pthread_cond_broadcast(&f->news);
    while (!last && !f->stop && f->filled - f->taken == PARCELS) pthread_cond_wait(&f->news, &f->lock);
    bool stop = f->stop;
    pthread_mutex_unlock(&f->lock);
    if (!last) f->parcel[f->filled % PARCELS].n = 0;
    return stop ? nf_fail(f->c, NF_ECANCEL, "cancelled") : NF_OK;
}

static int take(void *self, const nf_flow_series *s)
{
    nf_stream *f = self;
    packed k = outline_of(s);
    parcel *p = &f->parcel[f->filled % PARCELS];
    if (!parcel_room(p, size_of(&k))) return nf_fail(f->c, NF_ENOMEM, "out of memory");
    pack(p->bytes + p->n, &k, s);
    p->n += size_of(&k);
    return p->n >= PARCEL ? parcel_out(f, false) : NF_OK;
}

/* ---- the reading ---- */

static int read_table(nf_stream *f, nf_csv_grid *g)
{
    nf_peek peek;
    nf_mapping m;
    nf_intake *in;
    nf_receipt receipt = { 0 };
    nf_grid grid = nf_grid_of_csv(g);
    int rc = nf_peek_take(f->c, &peek, grid, g->csv.name, g->csv.delimiter, g->csv.exact);
    if (!rc) rc = nf_choose(f->c, &m, &peek, &f->opt, grid);
    if (!rc && nf_mapping_count(&m, NF_ROLE_ACTION)) rc = nf_fail(f->c, NF_ECANCEL, "rows that take others back");
    if (!rc) rc = nf_load_begin(f->c, &in, &(nf_load_job){ f->memory, &f->opt, &receipt, f->path, false, true }, &m);
    if (rc) return rc;
    rc = (f->dataset = strdup(m.dataset)) ? nf_intake_flow(in, take, f) : nf_fail(f->c, NF_ENOMEM, "out of memory");
    nf_csv_grid_whole(g, &f->opt);
    if (!rc) rc = nf_load_table(f->c, in, &m, &f->opt, g->csv.name, grid);
    if (!rc) rc = nf_flow_end(in);
    nf_intake_abort(in);
    return rc;
}

static void *reader(void *self)
{
    nf_stream *f = self;
    nf_csv_grid g;
    int rc = nf_store_open(f->c, &f->memory, ":memory:", NF_STORE_CREATE);
    if (!rc && !(rc = nf_csv_grid_open(f->c, &g, f->path, f->opt.encoding, 0, f->opt.strict))) {
        rc = read_table(f, &g);
        nf_csv_grid_close(&g);
    }
    parcel_out(f, true);
    pthread_mutex_lock(&f->lock);
    f->rc = rc;
    f->ended = true;
    pthread_cond_broadcast(&f->news);
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* ---- what the reading says: notes wait for its end, progress for whoever asks ---- */

static void keep_note(void *host, const nf_diag *d)
{
    nf_stream *f = host;
    note *n = nf_alloc(f->c, sizeof *n);
    if (!n) return;
    *n = (note){ .d = *d };
    n->d.what = nf_strdup(f->c, d->what);
    n->d.hint = d->hint ? nf_strdup(f->c, d->hint) : NULL;
    n->d.file = d->file ? nf_strdup(f->c, d->file) : NULL;
    *f->last_note = n;
    f->last_note = &n->next;
}

static bool keep_progress(void *host, const char *phase, double done, double total)
{
    (void)phase;
    nf_stream *f = host;
    pthread_mutex_lock(&f->lock);
    f->done = done;
    f->total = total;
    bool on = !f->stop;
    pthread_mutex_unlock(&f->lock);
    return on;
}

/* ---- parcels into series: whoever asks ---- */

/* 1 there is a parcel, 0 the file is read. */
static int wait_for_parcel(nf_stream *f, nf_ctx *c)
{
    pthread_mutex_lock(&f->lock);
    while (f->filled == f->taken && !f->ended) pthread_cond_wait(&f->news, &f->lock);
    bool some = f->filled > f->taken;
    double done = f->done, total = f->total;
    int rc = f->rc;
    pthread_mutex_unlock(&f->lock);
    if (some) return f->at ? 1 : (rc = nf_progress(c, "reading", done, total)) ? rc : 1;
    return rc ? nf_fail(c, NF_ECANCEL, "the file has to be read as a whole") : 0;
}

static void parcel_done(nf_stream *f)
{
    pthread_mutex_lock(&f->lock);
    f->taken++;
    pthread_cond_broadcast(&f->news);
    pthread_mutex_unlock(&f->lock);
    f->at = 0;
}

static void *copied(nf_ctx *c, const uint8_t **from, size_t n, bool there)
{
    if (!there) return NULL;
    void *to = nf_alloc(c, n);
    if (to) memcpy(to, *from, n);
    *from += padded(n);
    return to;
}

static int unpack(nf_ctx *c, const packed *k, const uint8_t *from, nf_series *s)
{
    size_t n = k->n;
    double *y = copied(c, &from, n * sizeof *y, true);
    void *ord = copied(c, &from, n * sizeof(int64_t), k->listed);
    int32_t *span = copied(c, &from, n * sizeof *span, k->spans);
    uint16_t *status = copied(c, &from, n * sizeof *status, k->status);
    if (!y || (k->listed && !ord) || (k->spans && !span) || (k->status && !status)) return NF_ENOMEM;
    bool number = k->freq == NF_NUMBER;
    nf_axis t = { .start = { number ? 0 : k->start, k->freq, number ? 1 : k->width }, .step = k->listed ? 1 : k->step,
                  .n = n };
    if (number) t.num = ord;
    else t.ord = ord;
    t.span = span;
    *s = (nf_series){ s->meta, t, y, status };
    return NF_OK;
}

static nf_meta meta_of(const nf_stream *f, const char *text, bool synthetic)
{
    const char *t[NF_TEXTS + 1];
    for (int i = 0; i <= NF_TEXTS; i++, text += strlen(text) + 1) t[i] = text;
    return (nf_meta){ .key = t[NF_TEXT_KEY], .unit = t[NF_TEXT_UNIT], .place = t[NF_TEXT_PLACE],
                      .quantity = t[NF_TEXT_QUANTITY],
                      .title = { t[NF_TEXT_TITLE], t[NF_TEXT_TITLE_ZH] }, .dataset = f->dataset, .source = t[NF_TEXTS],
                      .licence = t[NF_TEXT_LICENCE], .synthetic = synthetic };
}

static int known_fill(nf_ctx *c, nf_meta *m, int64_t known)
{
    char text[32];
    m->known = known;
    nf_instant_text(text, known);
    return (m->vintage = nf_strdup(c, text)) ? NF_OK : NF_ENOMEM;
}

static int series_out(nf_stream *f, nf_ctx *c, nf_series *out)
{
    const uint8_t *from = f->parcel[f->taken % PARCELS].bytes + f->at;
    const nf_query *q = &f->query;
    packed k;
    memcpy(&k, from, sizeof k);
    f->at += size_of(&k);
    nf_meta m = meta_of(f, (const char *)from + sizeof k, k.synthetic);
    if (!nf_query_takes(q, &m) || (q->known && k.known > q->known)) return 0;
    nf_meta *meta = nf_meta_owned(c, &m);
    *out = (nf_series){ .meta = meta };
    int rc = meta ? unpack(c, &k, from + sizeof k + k.texts, out) : NF_ENOMEM;
    if (!rc && (!nf_period_is_empty(q->from) || !nf_period_is_empty(q->to))) rc = nf_series_cut(c, out, q->from, q->to);
    if (!rc) rc = known_fill(c, meta, k.known);
    return rc ? rc : 1;
}

static int next(void *cur, nf_ctx *c, nf_series *out)
{
    nf_stream *f = cur;
    for (int rc; (rc = wait_for_parcel(f, c)) != 0;) {
        if (rc < 0) return rc;
        rc = series_out(f, c, out);
        if (f->at == f->parcel[f->taken % PARCELS].n) parcel_done(f);
        if (rc) return rc;
    }
    return 0;
}

static void close_cursor(void *cur) { (void)cur; }

static int find(void *self, nf_ctx *c, const nf_query *q, nf_cursor *out)
{
    nf_stream *f = self;
    const char **text[] = { &f->query.match, &f->query.where_key, &f->query.where_value };
    if (f->begun) return nf_fail(c, NF_ECANCEL, "a stream is read once");
    f->query = *q;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        if (*text[i] && !(*text[i] = f->texts[i] = strdup(*text[i]))) return nf_fail(c, NF_ENOMEM, "out of memory");
    if (pthread_create(&f->thread, NULL, reader, f)) return nf_fail(c, NF_ENOMEM, "no thread to read the file");
    f->begun = true;
    *out = (nf_cursor){ next, close_cursor, f };
    return NF_OK;
}

/* ---- from outside ---- */

int nf_stream_open(nf_ctx *c, nf_stream **out, const char *path, const nf_load_options *opt)
{
    nf_load_options o = opt ? *opt : (nf_load_options){ 0 };
    nf_load_job job = { .opt = &o, .path = path, .read = true };
    for (const nf_loader *const *l = nf_loaders; *l; l++)
        if ((o.loader && (*l)->load && !strcmp((*l)->row.name, o.loader)) || ((*l)->holds && (*l)->holds(&job)))
            return 0;
    nf_stream *f = *out = calloc(1, sizeof *f);
    if (!f) return nf_fail(c, NF_ENOMEM, "out of memory");
    *f = (nf_stream){ .path = path, .opt = o };
    f->last_note = &f->notes;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->news, NULL);
    if ((f->c = nf_ctx_new(&(nf_hooks){ keep_note, keep_progress, f }))) return 1;
    nf_stream_close(f);
    return nf_fail(c, NF_ENOMEM, "out of memory");
}

nf_source nf_stream_source(nf_stream *f) { return (nf_source){ find, f }; }

void nf_stream_notes(nf_ctx *c, const nf_stream *f)
{
    for (const note *n = f->notes; n; n = n->next)
        nf_note(c, n->d.file, n->d.line, n->d.col, n->d.hint, "%s", n->d.what);
}

void nf_stream_close(nf_stream *f)
{
    pthread_mutex_lock(&f->lock);
    f->stop = true;
    pthread_cond_broadcast(&f->news);
    pthread_mutex_unlock(&f->lock);
    if (f->begun) pthread_join(f->thread, NULL);
    pthread_cond_destroy(&f->news);
    pthread_mutex_destroy(&f->lock);
    nf_store_close(f->memory);
    nf_ctx_free(f->c);
    for (size_t i = 0; i < PARCELS; i++) free(f->parcel[i].bytes);
    for (size_t i = 0; i < sizeof f->texts / sizeof *f->texts; i++) free(f->texts[i]);
    free(f->dataset);
    free(f);
}
