/* loading.h - a table as text, loaded and shown, or refused at its place. */
#ifndef LOADING_H
#define LOADING_H
#include "datasets.h"
#include "test.h"
#include <unistd.h>

static char path[64];

static void put(const char *text, size_t n)
{
    strcpy(path, "/tmp/nf_load_XXXXXX.csv");
    int fd = mkstemps(path, 4);
    ok(fd >= 0 && write(fd, text, n) == (ssize_t)n && !close(fd));
}

static nf_source load(nf_ctx *c, const char *text, const nf_load_options *o)
{
    nf_source s;
    put(text, strlen(text));
    int rc = nf_file_source(c, &s, path, o);
    unlink(path);
    if (rc)
        fail_msg("%ld:%ld: %s (%s)", nf_last(c)->line, nf_last(c)->col, nf_last(c)->what,
                 nf_last(c)->hint ? nf_last(c)->hint : "");
    return s;
}

/* One series as "first..last: v v v"; a dot for a missing value. */
static const char *shown(nf_ctx *c, nf_source source, const char *key)
{
    static char out[2048];
    nf_series s;
    char number[32];
    if (nf_source_get(source, c, key, 0, &s) != 1) fail_msg("no series '%s'", key);
    size_t n = nf_period_text(out, nf_axis_at(&s.t, 0));
    memcpy(out + n, "..", 3);
    n += 2 + nf_period_text(out + n + 2, nf_axis_at(&s.t, s.t.n - 1));
    for (size_t i = 0; i < s.t.n && n < 1900; i++) {
        nf_double_text(number, s.y[i]);
        n += (size_t)snprintf(out + n, sizeof out - n, " %s", isnan(s.y[i]) ? "." : number);
    }
    return out;
}

#define gives(text, key, want) do { nf_ctx *c_ = nf_ctx_new(NULL);                        \
    nf_source s_ = load(c_, text, NULL);                                                  \
    same(shown(c_, s_, key), want); nf_file_source_close(s_); nf_ctx_free(c_); } while (0)
#define gives_with(text, key, want, ...) do { nf_ctx *c_ = nf_ctx_new(NULL);              \
    nf_source s_ = load(c_, text, &(nf_load_options){ __VA_ARGS__ });                      \
    same(shown(c_, s_, key), want); nf_file_source_close(s_); nf_ctx_free(c_); } while (0)

static void refuse(const char *text, long line, long col, const char *what, const nf_load_options *o)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source s;
    put(text, strlen(text));
    ok(nf_file_source(c, &s, path, o) < 0);
    unlink(path);
    const nf_diag *d = nf_last(c);
    if (d->line != line || (col && d->col != col) || !strstr(d->what, what))
        fail_msg("%ld:%ld: %s", d->line, d->col, d->what);
    same(d->file, path);
    nf_ctx_free(c);
}
#endif
