/* ctx.h - errors, notes, progress and memory: what every call is handed first.
 *
 * A fallible call returns NF_OK (0) or a negative nf_err; the struct behind it is nf_last(). Code that
 * fails says what and why with nf_fail(); a caller that knows the place adds it with nf_at() and never
 * rewrites the words. "Too little data" is never an error: it is a status in the answer (method.h).
 *
 * A context serves one thread. The library keeps no global state and prints nothing: warnings, progress
 * and cancelling go through nf_hooks. */
#ifndef NF_CTX_H
#define NF_CTX_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef enum {                       /* values are part of the interface: append, never renumber */
    NF_OK = 0, NF_ENOMEM = -1, NF_EINVAL = -2, NF_ENOTFOUND = -3, NF_EDATA = -4, NF_EIO = -5,
    NF_ENUMERIC = -6, NF_ECANCEL = -7
} nf_err;

/* What went wrong and where. file may be "book.xlsx:Sheet1!B7"; line and col are 1-based, 0 when unknown.
 * what is a clause without a full stop; hint says what to do about it, or is NULL. */
typedef struct { nf_err err; const char *file; long line, col; const char *what, *hint; } nf_diag;

/* All that the library may ask of its host. Zeros: silent and never cancelled. */
typedef struct {
    void (*note)(void *host, const nf_diag *);                                   /* warnings, in input order */
    bool (*progress)(void *host, const char *phase, double done, double total);  /* false: stop with NF_ECANCEL */
    void *host;
} nf_hooks;

typedef struct nf_ctx nf_ctx;
nf_ctx *nf_ctx_new(const nf_hooks *);            /* hooks are copied; NULL: none. NULL when out of memory */
void    nf_ctx_free(nf_ctx *);                   /* NULL is fine */

/* ---- errors ---- */
int  nf_fail(nf_ctx *, nf_err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));  /* returns the err */
int  nf_hint(nf_ctx *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));  /* adds a hint; returns the err */
int  nf_at(nf_ctx *, const char *file, long line, long col);  /* adds the place where none is known; returns the err */
int  nf_pass(nf_ctx *, const nf_ctx *from);       /* its error becomes this one's; returns the err */
const nf_diag *nf_last(const nf_ctx *);          /* valid until the next nf_fail on this context */
const char *nf_err_name(int err);                /* "NF_EDATA": stable, for scripts */

/* ---- warnings and progress ---- */
void nf_note(nf_ctx *, const char *file, long line, long col, const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
int  nf_progress(nf_ctx *, const char *phase, double done, double total);   /* NF_OK or NF_ECANCEL */

/* ---- memory: two stacks, so that what is handed out survives the work that made it ----
 * nf_alloc is for what a call hands out: it lives until nf_release() to an earlier mark, or the context ends.
 * nf_scratch is for a callee's own work: the driver that called it rewinds it. Blocks are kept for reuse on
 * both, so batch work allocates nothing per series once warm. Alignment is 64 bytes. On failure both return
 * NULL and have already set NF_ENOMEM. */
void  *nf_alloc(nf_ctx *, size_t bytes);         /* zeroed */
void  *nf_scratch(nf_ctx *, size_t bytes);       /* not zeroed */
size_t nf_mark(const nf_ctx *);
void   nf_release(nf_ctx *, size_t mark);
size_t nf_scratch_mark(const nf_ctx *);          /* for drivers: the code that calls a row's function */
void   nf_scratch_rewind(nf_ctx *, size_t mark);
/* A list that grows, in nf_alloc: room for one item more behind its n, each of so many bytes. The same array where
 * *room allows, else a copy with twice the room. */
void  *nf_grow(nf_ctx *, void *items, size_t n, size_t *room, size_t each);
char  *nf_strdup(nf_ctx *, const char *);
char  *nf_strndup(nf_ctx *, const char *, size_t n);
char  *nf_format(nf_ctx *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
#ifdef __cplusplus
}
#endif
#endif
