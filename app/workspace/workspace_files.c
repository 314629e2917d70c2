/* workspace_files.c - files in place of the store: long tables, the flat sheet, data and targets. */
#include "app.h"
#include "output/spool.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Figures of a file are known from the first: unless a column says when each was published. */
enum { ALWAYS_KNOWN = 1 };

static int use(nf_ctx *c, nf_workspace *w, const char *path)
{
    int rc = nf_file_source(c, &w->stored, path,
                            &(nf_load_options){ .published = ALWAYS_KNOWN, .now = w->now, .jobs = w->jobs });
    w->has_stored = w->is_file = !rc;
    return rc;
}

/* A stored series of that name comes before the file. */
static int is_stored(nf_ctx *c, nf_workspace *w, const char *name)
{
    nf_source stored;
    nf_series s;
    if (access(w->store_path, F_OK)) return 0;
    int rc = nf_workspace_source(c, w, &stored);
    size_t mark = nf_mark(c);
    if (!rc) rc = nf_source_get(w->stored, c, name, w->as_of, &s);
    nf_release(c, mark);
    return rc;
}

int nf_workspace_is_file(nf_ctx *c, nf_workspace *w, const char *name)
{
    struct stat s;
    if (!name) return 0;
    if (!strcmp(name, "-")) return 1;
    if (stat(name, &s) || S_ISDIR(s.st_mode)) return 0;
    int stored = is_stored(c, w, name);
    return stored < 0 ? stored : !stored;
}

int nf_workspace_files(nf_ctx *c, nf_workspace *w, char ***argument)
{
    const char *name = **argument;
    int is = nf_workspace_is_file(c, w, name);
    if (is <= 0) return is;
    ++*argument;
    return use(c, w, name);
}

/* ---- a long file, answered while it is read ---- */

typedef struct held_note { struct held_note *next; nf_diag d; } held_note;
typedef struct { nf_ctx *asked, *own; held_note *notes, **last; } holding;

static void hold_note(void *host, const nf_diag *d)
{
    holding *h = host;
    held_note *n = nf_alloc(h->asked, sizeof *n);
    if (!n) return;
    *n = (held_note){ .d = *d };
    n->d.what = nf_strdup(h->asked, d->what);
    n->d.hint = d->hint ? nf_strdup(h->asked, d->hint) : NULL;
    n->d.file = d->file ? nf_strdup(h->asked, d->file) : NULL;
    *h->last = n;
    h->last = &n->next;
}

static bool pass_progress(void *host, const char *phase, double done, double total)
{
    return nf_progress(((holding *)host)->asked, phase, done, total) == NF_OK;
}

/* Worth a second thread and, should it come to nothing, a second reading. */
static bool is_long(const char *path)
{
    struct stat s;
    return !stat(path, &s) && S_ISREG(s.st_mode) && s.st_size >= 1 << 18;
}

static int answer_held(nf_ctx *c, nf_workspace *w, nf_stream *from, nf_answer *answer, void *self, nf_spool *spool)
{
    holding h = { .asked = c, .last = &h.notes };
    nf_workspace mine = *w;
    h.own = nf_ctx_new(&(nf_hooks){ hold_note, pass_progress, &h });
    if (!h.own) return nf_fail(c, NF_ENOMEM, "out of memory");
    mine.stored = nf_stream_source(from);
    mine.has_stored = true;
    mine.out = nf_spool_out(spool);
    int rc = answer(h.own, &mine, self);
    nf_ctx_free(h.own);
    if (rc < 0) return rc;
    nf_stream_notes(c, from);
    for (const held_note *n = h.notes; n; n = n->next)
        nf_note(c, n->d.file, n->d.line, n->d.col, n->d.hint, "%s", n->d.what);
    int copied = nf_spool_copy(c, spool, w->out);
    return copied ? copied : rc;
}

int nf_workspace_streamed(nf_ctx *c, nf_workspace *w, const char *path, nf_answer *answer, void *self, bool *done)
{
    nf_stream *from;
    nf_spool spool;
    *done = false;
    nf_load_options opt = { .published = ALWAYS_KNOWN, .now = w->now, .jobs = w->jobs };
    int rc = is_long(path) ? nf_stream_open(c, &from, path, &opt) : 0;
    if (rc <= 0) return rc;
    if (!(rc = nf_spool_open(c, &spool))) {
        rc = answer_held(c, w, from, answer, self, &spool);
        nf_spool_close(&spool);
    }
    *done = rc >= 0 || spool.copying;
    nf_stream_close(from);
    return *done ? rc : 0;
}

int nf_workspace_hypothetical(nf_ctx *c, nf_workspace *w, const char *data, const char *targets)
{
    int rc = nf_targets_read(c, &w->plan, targets);
    if (!rc) rc = use(c, w, data);
    w->has_plan = !rc;
    w->hypothetical = true;
    return rc;
}

int nf_workspace_sheet(nf_ctx *c, nf_workspace *w, const char *file)
{
    nf_series_list *list = nf_alloc(c, sizeof *list);
    if (!list) return NF_ENOMEM;
    int rc = nf_sheet_read(c, &w->plan, list, file);
    w->stored = nf_source_of(list);
    w->has_plan = w->has_stored = !rc;
    return rc;
}
