/* ctx.c - errors as structs, hooks, and the two memory stacks. */
#include "ctx.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer what is not handed out is fenced off, and a byte behind each piece: an overrun inside a
 * block would go unseen. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define FENCED 1
#endif
#endif
#if defined FENCED || defined __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define FENCE 1
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define FENCE 0
#endif

enum { ALIGN = 64, FIRST_BLOCK = 1 << 16, WORDS = 1024 };

/* A stack is a chain of blocks, oldest first. Positions run through the whole chain: a block holds the
 * positions [before, before + size). Blocks past `top` are empty and kept for reuse. */
typedef struct block { struct block *prev, *next; size_t before, size, used; unsigned char *base; } block;
typedef struct { block *first, *top; } stack;

struct nf_ctx {
    nf_hooks hooks;
    stack out, work;
    nf_diag last;
    char what[WORDS], hint[WORDS], file[WORDS];
};

nf_ctx *nf_ctx_new(const nf_hooks *hooks)
{
    nf_ctx *c = calloc(1, sizeof *c);
    if (c && hooks) c->hooks = *hooks;
    return c;
}

static void stack_free(stack *s)
{
    for (block *b = s->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
}

void nf_ctx_free(nf_ctx *c)
{
    if (!c) return;
    stack_free(&c->out);
    stack_free(&c->work);
    free(c);
}

/* ---- errors ---- */

const char *nf_err_name(int err)
{
    static const char *const name[] = { "NF_OK", "NF_ENOMEM", "NF_EINVAL", "NF_ENOTFOUND", "NF_EDATA", "NF_EIO",
                                        "NF_ENUMERIC", "NF_ECANCEL" };
    return err <= 0 && -err < (int)(sizeof name / sizeof *name) ? name[-err] : "NF_?";
}

int nf_fail(nf_ctx *c, nf_err err, const char *fmt, ...)
{
    char what[WORDS];                              /* the arguments may point into c->what: write it last */
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    memcpy(c->what, what, sizeof what);
    c->last = (nf_diag){ .err = err, .what = c->what };
    return err;
}

int nf_hint(nf_ctx *c, const char *fmt, ...)
{
    char hint[WORDS];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(hint, sizeof hint, fmt, ap);
    va_end(ap);
    memcpy(c->hint, hint, sizeof hint);
    c->last.hint = c->hint;
    return c->last.err;
}

int nf_at(nf_ctx *c, const char *file, long line, long col)
{
    if (file && !c->last.file) {
        snprintf(c->file, sizeof c->file, "%s", file);
        c->last.file = c->file;
    }
    if (!c->last.line) c->last.line = line;
    if (!c->last.col) c->last.col = col;
    return c->last.err;
}

int nf_pass(nf_ctx *c, const nf_ctx *from)
{
    const nf_diag *d = &from->last;
    nf_fail(c, d->err, "%s", d->what);
    if (d->hint) nf_hint(c, "%s", d->hint);
    return nf_at(c, d->file, d->line, d->col);
}

const nf_diag *nf_last(const nf_ctx *c) { return &c->last; }

void nf_note(nf_ctx *c, const char *file, long line, long col, const char *hint, const char *fmt, ...)
{
    char what[WORDS];
    va_list ap;
    if (!c->hooks.note) return;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    c->hooks.note(c->hooks.host, &(nf_diag){ NF_OK, file, line, col, what, hint });
}

int nf_progress(nf_ctx *c, const char *phase, double done, double total)
{
    if (!c->hooks.progress || c->hooks.progress(c->hooks.host, phase, done, total)) return NF_OK;
    return nf_fail(c, NF_ECANCEL, "cancelled");
}

/* ---- memory ---- */

static block *block_new(stack *s, size_t need)
{
    size_t size = s->top ? 2 * s->top->size : FIRST_BLOCK;
    if (size < need) size = need;
    block *b = malloc(sizeof *b + ALIGN + size);
    if (!b) return NULL;
    uintptr_t base = ((uintptr_t)(b + 1) + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1);
    *b = (block){ .prev = s->top, .size = size, .base = (unsigned char *)base,
                  .before = s->top ? s->top->before + s->top->size : 0 };
    if (s->top) s->top->next = b; else s->first = b;
    ASAN_POISON_MEMORY_REGION(b->base, size);
    return b;
}

/* Blocks kept past the top that are too small for the request are given back: they would only be skipped. */
static block *block_next(stack *s, size_t need)
{
    block *b = s->top ? s->top->next : s->first;
    if (b && b->size >= need) return b;
    for (block *next; b; b = next) {
        next = b->next;
        free(b);
    }
    if (s->top) s->top->next = NULL; else s->first = NULL;
    return block_new(s, need);
}

static void *push(nf_ctx *c, stack *s, size_t n)
{
    if (n > SIZE_MAX / 4) {
        nf_fail(c, NF_ENOMEM, "out of memory");
        return NULL;
    }
    size_t asked = n;
    n = n ? (n + FENCE + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
    if (!s->top || s->top->size - s->top->used < n) {
        block *b = block_next(s, n);
        if (!b) {
            nf_fail(c, NF_ENOMEM, "out of memory");
            return NULL;
        }
        s->top = b;
    }
    void *p = s->top->base + s->top->used;
    s->top->used += n;
    ASAN_UNPOISON_MEMORY_REGION(p, asked);
    return p;
}

static size_t mark(const stack *s) { return s->top ? s->top->before + s->top->used : 0; }

static void cut(block *b, size_t used)
{
    if (used >= b->used) return;
    ASAN_POISON_MEMORY_REGION(b->base + used, b->used - used);
    b->used = used;
}

static void rewind_to(stack *s, size_t to)
{
    for (; s->top && s->top->before > to; s->top = s->top->prev) cut(s->top, 0);
    if (s->top) cut(s->top, to - s->top->before);
}

void *nf_alloc(nf_ctx *c, size_t n)
{
    void *p = push(c, &c->out, n);
    return p ? memset(p, 0, n) : NULL;
}

void  *nf_scratch(nf_ctx *c, size_t n) { return push(c, &c->work, n); }
size_t nf_mark(const nf_ctx *c) { return mark(&c->out); }
void   nf_release(nf_ctx *c, size_t to) { rewind_to(&c->out, to); }
size_t nf_scratch_mark(const nf_ctx *c) { return mark(&c->work); }
void   nf_scratch_rewind(nf_ctx *c, size_t to) { rewind_to(&c->work, to); }

void *nf_grow(nf_ctx *c, void *items, size_t n, size_t *room, size_t each)
{
    if (n < *room) return items;
    size_t wider = *room ? 2 * *room : 16;
    void *more = nf_alloc(c, wider * each);
    if (!more) return NULL;
    *room = wider;
    return n ? memcpy(more, items, n * each) : more;
}

char *nf_strndup(nf_ctx *c, const char *s, size_t n)
{
    char *p = nf_alloc(c, n + 1);
    return p ? memcpy(p, s, n) : NULL;
}

char *nf_strdup(nf_ctx *c, const char *s) { return nf_strndup(c, s, strlen(s)); }

char *nf_format(nf_ctx *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = n < 0 ? NULL : nf_alloc(c, (size_t)n + 1);
    if (!p) return NULL;
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}
