/* spool.c - bytes kept in a nameless file until they may be written. */
#include "spool.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 18 };

static int trouble(nf_ctx *c, const char *what)
{
    nf_fail(c, NF_EIO, "the temporary file cannot be %s: %s", what, strerror(errno));
    return nf_hint(c, "is there room in $TMPDIR or /tmp?");
}

int nf_spool_open(nf_ctx *c, nf_spool *s)
{
    *s = (nf_spool){ .file = tmpfile(), .c = c };
    return s->file ? NF_OK : trouble(c, "made");
}

static int put(void *self, const char *bytes, size_t n)
{
    nf_spool *s = self;
    return fwrite(bytes, 1, n, s->file) == n ? NF_OK : trouble(s->c, "written");
}

nf_out nf_spool_out(nf_spool *s) { return (nf_out){ put, s }; }

int nf_spool_again(nf_spool *s)
{
    return fflush(s->file) || fseek(s->file, 0, SEEK_SET) ? trouble(s->c, "written") : NF_OK;
}

int nf_spool_copy(nf_ctx *c, nf_spool *s, nf_out to)
{
    int rc = nf_spool_again(s);
    char *piece = rc ? NULL : malloc(PIECE);
    s->copying = true;
    if (!rc && !piece) rc = nf_fail(c, NF_ENOMEM, "out of memory");
    for (size_t n; !rc && (n = fread(piece, 1, PIECE, s->file)) > 0;) rc = to.write(to.self, piece, n);
    free(piece);
    return !rc && ferror(s->file) ? trouble(c, "read") : rc;
}

void nf_spool_close(nf_spool *s) { fclose(s->file); }
