/* read_ahead.c - a second thread reads, hashes and splits; the caller's has the records of what was split before.
 *
 * Full packs wait in a ring, so memory is bounded and records keep their order. Once it is full, half of it has to be
 * taken before the reading goes on: threads that wake each other for every pack spend their time on that. What the
 * second thread has to say it says to a context of its own; it is passed on when every record before it was heard. */
#include "reading.h"
#include <pthread.h>

enum { RING = 12 };

typedef struct {
    const nf_csv *csv;
    nf_ctx *ctx;                                 /* the second thread's */
    nf_pack *ring[RING]; size_t head, tail;      /* packs [tail, head) are full, head is being filled */
    bool ended, stop; int rc;                    /* the reading has ended, and how; the caller wants no more */
    pthread_mutex_t lock; pthread_cond_t moved;
} ahead;

/* ---- the second thread ---- */

static int put(void *self, nf_ctx *c, nf_pack **pack)
{
    ahead *a = self;
    (void)c;
    pthread_mutex_lock(&a->lock);
    a->head++;
    pthread_cond_signal(&a->moved);
    if (a->head - a->tail == RING)
        while (a->head - a->tail > RING / 2 && !a->stop) pthread_cond_wait(&a->moved, &a->lock);
    *pack = a->ring[a->head % RING];
    int stop = a->stop;
    pthread_mutex_unlock(&a->lock);
    return stop;
}

static void *read_on(void *self)
{
    ahead *a = self;
    int rc = nf_csv_packs(a->ctx, a->csv, a->ring[0], put, a);
    pthread_mutex_lock(&a->lock);
    a->rc = rc;
    a->ended = true;
    pthread_cond_signal(&a->moved);
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

/* ---- the caller's ---- */

/* The oldest full pack; NULL: there was none left when the reading ended. */
static const nf_pack *oldest(ahead *a)
{
    pthread_mutex_lock(&a->lock);
    while (a->head == a->tail && !a->ended) pthread_cond_wait(&a->moved, &a->lock);
    const nf_pack *pack = a->head == a->tail ? NULL : a->ring[a->tail % RING];
    pthread_mutex_unlock(&a->lock);
    return pack;
}

static void give_back(ahead *a, bool stop)
{
    pthread_mutex_lock(&a->lock);
    a->tail++;
    a->stop = stop;
    if (stop || a->head - a->tail == RING / 2) pthread_cond_signal(&a->moved);
    pthread_mutex_unlock(&a->lock);
}

static int hear(ahead *a, nf_ctx *c, nf_record_fn *fn, void *self)
{
    double size = nf_text_size(a->csv->text);
    int rc = NF_OK;
    for (const nf_pack *pack; !rc && (pack = oldest(a)); give_back(a, rc != 0)) {
        rc = nf_pack_each(c, pack, fn, self);
        if (!rc) rc = nf_progress(c, "reading", pack->done, size);
    }
    return rc;
}

static bool open_ring(ahead *a)
{
    for (int i = 0; i < RING; i++)
        if (!(a->ring[i] = nf_pack_new())) return false;
    a->ctx = nf_ctx_new(NULL);
    return a->ctx && !pthread_mutex_init(&a->lock, NULL) && !pthread_cond_init(&a->moved, NULL);
}

/* Where there is no second thread to be had, one does it all. */
int nf_csv_each_ahead(nf_ctx *c, const nf_csv *csv, nf_record_fn *fn, void *self)
{
    ahead a = { .csv = csv };
    pthread_t reader;
    int rc = NF_OK;
    bool begun = open_ring(&a) && !pthread_create(&reader, NULL, read_on, &a);
    if (begun) {
        rc = hear(&a, c, fn, self);
        pthread_join(reader, NULL);
        if (!rc && a.rc < 0) rc = nf_pass(c, a.ctx);
        if (rc < 0) nf_at(c, csv->name, 0, 0);
    }
    for (int i = 0; i < RING; i++) nf_pack_free(a.ring[i]);
    nf_ctx_free(a.ctx);
    return !begun ? nf_csv_each(c, csv, fn, self) : rc > 0 ? NF_OK : rc;
}
