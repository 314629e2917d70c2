/* aside.c - rows put aside in a temporary file without a name, until all p of a batch are known. */
#include "aside.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int trouble(nf_ctx *c, const char *what)
{
    nf_fail(c, NF_EIO, "cannot %s the temporary file: %s", what, errno ? strerror(errno) : "it ended early");
    return nf_hint(c, "is there room in $TMPDIR or /tmp?");
}

static int put(void *self, nf_ctx *c, const void *bytes, size_t n)
{
    return fwrite(bytes, 1, n, self) == n ? NF_OK : trouble(c, "write");
}

static int again(void *self, nf_ctx *c)
{
    return fflush(self) || fseek(self, 0, SEEK_SET) ? trouble(c, "rewind") : NF_OK;
}

static int get(void *self, nf_ctx *c, void *bytes, size_t n)
{
    errno = 0;
    return fread(bytes, 1, n, self) == n ? NF_OK : trouble(c, "read");
}

int nf_aside_open(nf_ctx *c, nf_aside *out)
{
    FILE *f = tmpfile();
    *out = (nf_aside){ put, again, get, f };
    return f ? NF_OK : trouble(c, "make");
}

void nf_aside_close(nf_aside a) { fclose(a.self); }
