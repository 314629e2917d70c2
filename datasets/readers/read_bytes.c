/* read_bytes.c - the bytes of a file or of stdin, hashed as they pass. */
#include "reading.h"
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct nf_bytes { int fd; FILE *spool; const char *name; double size, done; bool hashed; struct sha256_ctx hash; };

/* A stream is read more than once (sniffing, date order), so it is kept in a file that has no name. */
static int spool(nf_ctx *c, nf_bytes *b, FILE *from)
{
    char block[65536];
    size_t n;
    b->spool = tmpfile();
    if (!b->spool) return nf_fail(c, NF_EIO, "no temporary file for a stream: %s", strerror(errno));
    while ((n = fread(block, 1, sizeof block, from)) > 0) {
        b->size += (double)n;
        if (fwrite(block, 1, n, b->spool) != n)
            return nf_fail(c, NF_EIO, "the stream cannot be kept in a temporary file: %s", strerror(errno));
    }
    if (ferror(from)) return nf_fail(c, NF_EIO, "%s", strerror(errno));
    if (fflush(b->spool))
        return nf_fail(c, NF_EIO, "the stream cannot be kept in a temporary file: %s", strerror(errno));
    b->fd = fileno(b->spool);
    return nf_bytes_rewind(c, b);
}

static int open_file(nf_ctx *c, nf_bytes *b, const char *path)
{
    struct stat st;
    b->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (b->fd < 0) return nf_fail(c, errno == ENOENT ? NF_ENOTFOUND : NF_EIO, "%s", strerror(errno));
    if (fstat(b->fd, &st)) return nf_fail(c, NF_EIO, "%s", strerror(errno));
    if (S_ISDIR(st.st_mode)) return nf_fail(c, NF_EIO, "is a folder, not a file");
    b->size = (double)st.st_size;
    if (S_ISREG(st.st_mode)) return NF_OK;
    if (!S_ISFIFO(st.st_mode)) return nf_fail(c, NF_EIO, "is neither a file nor a pipe");
    FILE *pipe = fdopen(b->fd, "rb");
    if (!pipe) return nf_fail(c, NF_EIO, "%s", strerror(errno));
    b->fd = -1;                                  /* the pipe's own; then the spool's */
    int rc = spool(c, b, pipe);
    fclose(pipe);
    return rc;
}

int nf_bytes_open(nf_ctx *c, nf_bytes **out, const char *path)
{
    bool from_stdin = !strcmp(path, "-");
    nf_bytes *b = calloc(1, sizeof *b);
    if (!b) return nf_fail(c, NF_ENOMEM, "out of memory");
    b->fd = -1;
    b->name = nf_strdup(c, from_stdin ? "stdin" : path);
    sha256_init(&b->hash);
    int rc = !b->name ? NF_ENOMEM : from_stdin ? spool(c, b, stdin) : open_file(c, b, path);
    if (!rc) return *out = b, NF_OK;
    nf_at(c, b->name, 0, 0);
    nf_bytes_close(b);
    return rc;
}

int nf_bytes_read(nf_ctx *c, nf_bytes *b, void *to, size_t room, size_t *got)
{
    ssize_t n;
    do n = read(b->fd, to, room); while (n < 0 && errno == EINTR);
    if (n < 0) return nf_fail(c, NF_EIO, "%s", strerror(errno));
    if (b->hashed) sha256_update(&b->hash, (size_t)n, to);
    *got = (size_t)n;
    b->done += (double)n;
    return nf_progress(c, "reading", b->done, b->size);
}

int nf_bytes_rewind(nf_ctx *c, nf_bytes *b)
{
    if (lseek(b->fd, 0, SEEK_SET) < 0) return nf_fail(c, NF_EIO, "%s", strerror(errno));
    sha256_init(&b->hash);
    b->done = 0;
    return NF_OK;
}

void nf_bytes_close(nf_bytes *b)
{
    if (!b) return;
    if (b->spool) fclose(b->spool);
    else if (b->fd >= 0) close(b->fd);
    free(b);
}

void nf_bytes_hashed(nf_bytes *b) { b->hashed = true; }
const char *nf_bytes_name(const nf_bytes *b) { return b->name; }
double nf_bytes_size(const nf_bytes *b) { return b->size; }
double nf_bytes_done(const nf_bytes *b) { return b->done; }

void nf_bytes_sha256(nf_bytes *b, char hex[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&b->hash, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}
