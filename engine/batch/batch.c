/* batch.c - many series through many methods: threads work ahead in a ring, rows leave in input order. */
#include "trend_row.h"
#include "methods/rank.h"
#include <math.h>
#include <pthread.h>
#include <string.h>

/* The caller's thread reads series into a chunk and sends its rows off; any thread, the caller's too, works
 * on a full one. A chunk carries its own context from hand to hand: nothing is allocated once all are warm. */
enum { CHUNK_SERIES = 256, CHUNK_POINTS = 1 << 15, AHEAD = 3, MOST_JOBS = 256 };

typedef enum { EMPTY, FULL, TAKEN, DONE } state;
typedef struct note { struct note *next; nf_diag d; } note;
typedef struct { nf_value *value; size_t method; } row;
typedef struct {
    nf_ctx *ctx, *reader;
    nf_series series[CHUNK_SERIES]; size_t n;
    row *row; size_t rows;                       /* of n * n_method; fewer where one failed */
    nf_sink *sink; nf_memory bytes;              /* or the rows as bytes */
    int rc; state at;
    note *notes, **last_note;
} chunk;

typedef struct {
    nf_ctx *ctx; const nf_job *job; const nf_row_form *form; bool wide; const nf_sink *sink; const nf_printer *printer;
    nf_cursor in; bool ended;
    chunk *ring; size_t size, head, tail, sent;  /* chunks [tail, head) are on their way */
    pthread_mutex_t lock; pthread_cond_t filled, finished; bool stop;
} batch;

/* Methods over many series make one row of the whole selection. */
static bool is_group(const nf_method *m) { return m->min_in > 1; }

/* ---- one chunk ---- */

static void keep_note(void *host, const nf_diag *d)
{
    chunk *k = host;
    note *n = nf_alloc(k->ctx, sizeof *n);
    if (!n) return;
    *n = (note){ .d = *d };
    n->d.what = nf_strdup(k->ctx, d->what);
    n->d.hint = d->hint ? nf_strdup(k->ctx, d->hint) : NULL;
    n->d.file = d->file ? nf_strdup(k->ctx, d->file) : NULL;
    *k->last_note = n;
    k->last_note = &n->next;
}

static bool reading_goes_on(void *host, const char *phase, double done, double total)
{
    chunk *k = host;
    return k->at != EMPTY || nf_progress(k->reader, phase, done, total) == NF_OK;
}

static int chunk_open(chunk *k, nf_ctx *reader)
{
    *k = (chunk){ .reader = reader };
    k->last_note = &k->notes;
    k->ctx = nf_ctx_new(&(nf_hooks){ keep_note, reading_goes_on, k });
    return k->ctx ? NF_OK : nf_fail(reader, NF_ENOMEM, "out of memory");
}

/* False at the end: a cursor is not asked again after it said so. */
static bool chunk_read(chunk *k, nf_cursor *in)
{
    size_t points = 0;
    int got = 1;
    while (got > 0 && k->n < CHUNK_SERIES && points < CHUNK_POINTS) {
        got = in->next(in->cur, k->ctx, &k->series[k->n]);
        if (got > 0) points += k->series[k->n++].t.n;
    }
    k->rc = got < 0 ? got : NF_OK;
    return got > 0;
}

static int sink_begin(nf_ctx *c, const batch *b, const nf_sink *sink, size_t i)
{
    return sink->begin(sink->self, c, b->wide ? b->form[i].by->row.name : "trend",
                       b->wide ? b->form[i].field : nf_trend_fields);
}

/* Sinks over the chunk's own bytes; what they begin a table with is the caller's to write. */
static int print_begin(chunk *k, const batch *b)
{
    size_t n = b->wide ? b->job->n_method : 1;
    k->bytes = (nf_memory){ .ctx = k->ctx };
    k->sink = nf_alloc(k->ctx, n * sizeof *k->sink);
    int rc = k->sink ? NF_OK : NF_ENOMEM;
    for (size_t i = 0; !rc && i < n; i++) {
        rc = b->printer->open(b->printer->self, k->ctx, i, nf_out_memory(&k->bytes), &k->sink[i]);
        if (!rc) rc = sink_begin(k->ctx, b, &k->sink[i], i);
    }
    k->bytes.n = 0;
    return rc;
}

static int one_series(chunk *k, const batch *b, const nf_series *series)
{
    nf_ctx *c = k->ctx;
    const char *name = series->meta ? series->meta->key : "";
    nf_sample s;
    nf_result r;
    double median = NAN;
    int rc = nf_sample_of(c, &s, series, &b->job->set);
    if (!rc && !b->wide) median = nf_median_sorted(nf_kendall_shared(&s)->sorted, s.n);
    for (size_t m = 0; !rc && m < b->job->n_method; m++) {
        if (is_group(b->job->method[m])) continue;
        rc = nf_fit_sample(c, &r, b->job->method[m], &s, 1, b->job->opt ? b->job->opt[m] : NULL);
        k->row[k->rows].method = m;
        if (!rc) rc = nf_row_of(c, &k->row[k->rows].value, &b->form[m], name, &s, &r, median);
        if (!rc && b->printer)
            rc = k->sink[b->wide ? m : 0].row(k->sink[b->wide ? m : 0].self, c, k->row[k->rows].value);
        else if (!rc) k->rows++;
    }
    return rc;
}

static void chunk_work(chunk *k, const batch *b)
{
    size_t mark = nf_scratch_mark(k->ctx);
    int rc = NF_OK;
    k->row = nf_alloc(k->ctx, k->n * b->job->n_method * sizeof *k->row);
    if (!k->row) rc = NF_ENOMEM;
    if (!rc && b->printer) rc = print_begin(k, b);
    for (size_t i = 0; !rc && i < k->n; i++) {
        rc = one_series(k, b, &k->series[i]);
        nf_scratch_rewind(k->ctx, mark);
    }
    if (rc) k->rc = rc;
}

static void chunk_empty(chunk *k)
{
    nf_release(k->ctx, 0);
    k->n = k->rows = k->bytes.n = 0;
    k->notes = NULL;
    k->last_note = &k->notes;
    k->at = EMPTY;
}

/* ---- sending off ---- */

static int chunk_send(batch *b, chunk *k)
{
    int rc = NF_OK;
    for (const note *n = k->notes; n; n = n->next)
        nf_note(b->ctx, n->d.file, n->d.line, n->d.col, n->d.hint, "%s", n->d.what);
    if (k->bytes.n) rc = b->printer->to.write(b->printer->to.self, k->bytes.text, k->bytes.n);
    for (size_t i = 0; !rc && i < k->rows; i++) {
        const nf_sink *to = &b->sink[b->wide ? k->row[i].method : 0];
        rc = to->row(to->self, b->ctx, k->row[i].value);
    }
    if (!rc && k->rc) rc = nf_pass(b->ctx, k->ctx);
    b->sent += k->n;
    return rc ? rc : nf_progress(b->ctx, "trend", (double)b->sent, 0);
}

/* ---- the ring ---- */

/* The oldest chunk nobody works on; called with the lock held. */
static chunk *take(batch *b)
{
    for (size_t i = b->tail; i < b->head; i++) {
        chunk *k = &b->ring[i % b->size];
        if (k->at != FULL) continue;
        k->at = TAKEN;
        return k;
    }
    return NULL;
}

static void work_on(batch *b, chunk *k)
{
    pthread_mutex_unlock(&b->lock);
    chunk_work(k, b);
    pthread_mutex_lock(&b->lock);
    k->at = DONE;
    pthread_cond_signal(&b->finished);
}

static void *worker(void *self)
{
    batch *b = self;
    pthread_mutex_lock(&b->lock);
    while (!b->stop) {
        chunk *k = take(b);
        if (k) work_on(b, k);
        else pthread_cond_wait(&b->filled, &b->lock);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

static void fill(batch *b)
{
    while (!b->ended && b->head - b->tail < b->size) {
        chunk *k = &b->ring[b->head % b->size];
        b->ended = !chunk_read(k, &b->in);
        if (!k->n && !k->rc && !k->notes) return;
        pthread_mutex_lock(&b->lock);
        k->at = FULL;
        b->head++;
        pthread_cond_signal(&b->filled);
        pthread_mutex_unlock(&b->lock);
    }
}

static void wait_for(batch *b, const chunk *oldest)
{
    pthread_mutex_lock(&b->lock);
    while (oldest->at != DONE) {
        chunk *k = take(b);
        if (k) work_on(b, k);
        else pthread_cond_wait(&b->finished, &b->lock);
    }
    pthread_mutex_unlock(&b->lock);
}

static int pump(batch *b)
{
    int rc = NF_OK;
    for (fill(b); !rc && b->tail < b->head; fill(b)) {
        chunk *k = &b->ring[b->tail % b->size];
        wait_for(b, k);
        rc = chunk_send(b, k);
        pthread_mutex_lock(&b->lock);
        chunk_empty(k);
        b->tail++;
        pthread_mutex_unlock(&b->lock);
        if (rc) break;
    }
    return rc;
}

static int with_threads(batch *b, size_t extra)
{
    pthread_t thread[MOST_JOBS];
    size_t n = 0;
    while (n < extra && !pthread_create(&thread[n], NULL, worker, b)) n++;
    int rc = pump(b);
    pthread_mutex_lock(&b->lock);
    b->stop = true;
    pthread_cond_broadcast(&b->filled);
    pthread_mutex_unlock(&b->lock);
    while (n) pthread_join(thread[--n], NULL);
    return rc;
}

/* ---- methods over many series ---- */

static int read_all(nf_ctx *c, nf_cursor *in, const nf_setting *set, nf_sample **out, size_t *n)
{
    size_t room = 64;
    nf_sample *all = nf_scratch(c, room * sizeof *all);
    int got = all ? 1 : NF_ENOMEM;
    for (*n = 0; got > 0; ) {
        nf_series *series = nf_alloc(c, sizeof *series);
        got = series ? in->next(in->cur, c, series) : NF_ENOMEM;
        if (got <= 0) break;
        if (series->meta && series->meta->unfit) continue;
        if (*n == room) {
            nf_sample *more = nf_scratch(c, 2 * room * sizeof *more);
            if (!more) return NF_ENOMEM;
            all = memcpy(more, all, room * sizeof *all);
            room *= 2;
        }
        int rc = nf_sample_of(c, &all[(*n)++], series, set);
        if (rc) return rc;
    }
    *out = all;
    return got;
}

/* What the row shows for a whole selection: all points of all series. */
static nf_sample whole_of(const nf_sample *in, size_t n, nf_series *series)
{
    nf_sample s = { .series = series, .set = in[0].set, .from = in[0].from, .to = in[0].to };
    *series = (nf_series){ 0 };
    for (size_t k = 0; k < n; k++) {
        s.n += in[k].n;
        series->t.n += in[k].series->t.n;
    }
    return s;
}

static int group_rows(nf_ctx *c, const batch *b, const nf_query *q, const nf_sample *in, size_t n)
{
    nf_series series;
    int rc = NF_OK;
    for (size_t m = 0; !rc && n && m < b->job->n_method; m++) {
        const nf_method *by = b->job->method[m];
        const nf_sink *to = &b->sink[b->wide ? m : 0];
        nf_value *cells;
        nf_result r;
        if (!is_group(by)) continue;
        nf_sample whole = whole_of(in, n, &series);
        rc = nf_fit_sample(c, &r, by, in, n, b->job->opt ? b->job->opt[m] : NULL);
        if (!rc) rc = nf_row_of(c, &cells, &b->form[m], q->match ? q->match : "*", &whole, &r, NAN);
        if (!rc) rc = to->row(to->self, b->ctx, cells);
    }
    return rc;
}

/* In a context of its own: what the sink keeps in the caller's must stay. */
static int group(const batch *b, nf_source from, const nf_query *q)
{
    bool any = false;
    for (size_t m = 0; m < b->job->n_method; m++) any |= is_group(b->job->method[m]);
    if (!any) return NF_OK;
    nf_cursor in;
    nf_sample *all;
    size_t n = 0;
    nf_ctx *c = nf_ctx_new(NULL);
    if (!c) return nf_fail(b->ctx, NF_ENOMEM, "out of memory");
    int rc = from.find(from.self, c, q, &in);
    if (!rc) {
        rc = read_all(c, &in, &b->job->set, &all, &n);
        if (!rc) rc = group_rows(c, b, q, all, n);
        in.close(in.cur);
    }
    if (rc && nf_last(c)->what) rc = nf_pass(b->ctx, c);
    nf_ctx_free(c);
    return rc;
}

/* ---- the whole ---- */

static int with_ring(batch *b, size_t jobs)
{
    int rc = NF_OK;
    b->size = jobs > 1 ? AHEAD * jobs : 1;
    b->ring = nf_scratch(b->ctx, b->size * sizeof *b->ring);
    if (!b->ring) return NF_ENOMEM;
    for (size_t i = 0; i < b->size; i++) b->ring[i] = (chunk){ 0 };
    for (size_t i = 0; !rc && i < b->size; i++) rc = chunk_open(&b->ring[i], b->ctx);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->filled, NULL);
    pthread_cond_init(&b->finished, NULL);
    if (!rc) rc = with_threads(b, jobs - 1);
    pthread_cond_destroy(&b->finished);
    pthread_cond_destroy(&b->filled);
    pthread_mutex_destroy(&b->lock);
    for (size_t i = 0; i < b->size; i++) nf_ctx_free(b->ring[i].ctx);
    return rc;
}

static int forms_of(nf_ctx *c, nf_row_form **out, const nf_job *job, bool wide)
{
    int rc = NF_OK;
    nf_row_form *f = nf_alloc(c, job->n_method * sizeof *f);
    if (!f) return NF_ENOMEM;
    for (size_t m = 0; !rc && m < job->n_method; m++) rc = nf_row_form_of(c, &f[m], job->method[m], wide, job->adjusts);
    *out = f;
    return rc;
}

static int run(batch *b, nf_source from, const nf_query *q)
{
    const nf_job *job = b->job;
    nf_ctx *c = b->ctx;
    size_t mark = nf_scratch_mark(c), jobs = job->jobs < 1 ? 1 : job->jobs > MOST_JOBS ? MOST_JOBS : (size_t)job->jobs;
    size_t sinks = b->wide ? job->n_method : 1, begun = 0;
    nf_row_form *form = NULL;
    int rc = forms_of(c, &form, job, b->wide);
    if (rc) return rc;
    b->form = form;
    if ((rc = from.find(from.self, c, q, &b->in))) return rc;
    for (; !rc && begun < sinks; begun += !rc) rc = sink_begin(c, b, &b->sink[begun], begun);
    if (!rc) rc = with_ring(b, jobs);
    if (!rc) rc = group(b, from, q);
    for (size_t i = 0; i < begun; i++) rc = b->sink[i].end(b->sink[i].self, c, rc);
    b->in.close(b->in.cur);
    nf_scratch_rewind(c, mark);
    return rc;
}

int nf_batch(nf_ctx *c, nf_source from, const nf_query *q, const nf_job *job, nf_sink sink)
{
    return run(&(batch){ .ctx = c, .job = job, .sink = &sink }, from, q);
}

int nf_batch_wide(nf_ctx *c, nf_source from, const nf_query *q, const nf_job *job, const nf_sink *per_method)
{
    return run(&(batch){ .ctx = c, .job = job, .wide = true, .sink = per_method }, from, q);
}

int nf_batch_printed(nf_ctx *c, nf_source from, const nf_query *q, const nf_job *job, bool wide,
                     const nf_printer *printer)
{
    size_t n = wide ? job->n_method : 1;
    nf_sink *sink = nf_alloc(c, n * sizeof *sink);
    int rc = sink ? NF_OK : NF_ENOMEM;
    for (size_t i = 0; !rc && i < n; i++) rc = printer->open(printer->self, c, i, printer->to, &sink[i]);
    return rc ? rc : run(&(batch){ .ctx = c, .job = job, .wide = wide, .sink = sink, .printer = printer }, from, q);
}
