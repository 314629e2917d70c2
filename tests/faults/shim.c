/* shim.c - LD_PRELOAD: the Kth call of one function fails.
 *
 *   NF_FAIL=malloc NF_FAIL_AT=K [NF_FAIL_ON=1: and all later ones] [NF_FAIL_ERRNO=N]   NF_FAIL_COUNT=FILE: how many calls
 *
 * malloc stands for every way to ask for memory; write, pwrite64, fsync, fdatasync, ftruncate, rename for themselves. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static const char *which;
static long at, on, error;
static atomic_long calls;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    at = number("NF_FAIL_AT");
    on = number("NF_FAIL_ON");
    error = number("NF_FAIL_ERRNO");
    atomic_store(&calls, 0);
    which = getenv("NF_FAIL");
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    const char *path = getenv("NF_FAIL_COUNT");
    if (!path) return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int n = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
    syscall(SYS_write, fd, text, (size_t)n);
    syscall(SYS_close, fd);
}

static int fails(const char *name)
{
    if (!which || strcmp(which, name)) return 0;
    long k = atomic_fetch_add(&calls, 1) + 1;
    if (!at || k < at || (k > at && !on)) return 0;
    errno = error ? (int)error : ENOMEM;
    return 1;
}

void *malloc(size_t n) { return fails("malloc") ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return fails("malloc") ? NULL : __libc_calloc(n, size); }
void *realloc(void *p, size_t n) { return fails("malloc") ? NULL : __libc_realloc(p, n); }
void *aligned_alloc(size_t align, size_t n) { return fails("malloc") ? NULL : __libc_memalign(align, n); }

int posix_memalign(void **out, size_t align, size_t n)
{
    if (fails("malloc")) return ENOMEM;
    *out = __libc_memalign(align, n);
    return *out ? 0 : ENOMEM;
}

ssize_t write(int fd, const void *p, size_t n) { return fails("write") ? -1 : syscall(SYS_write, fd, p, n); }
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t to)
{
    return fails("pwrite64") ? -1 : syscall(SYS_pwrite64, fd, p, n, to);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t to) { return pwrite64(fd, p, n, to); }
int fsync(int fd) { return fails("fsync") ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fails("fdatasync") ? -1 : (int)syscall(SYS_fdatasync, fd); }
int ftruncate(int fd, off_t n) { return fails("ftruncate") ? -1 : (int)syscall(SYS_ftruncate, fd, n); }
int ftruncate64(int fd, off64_t n) { return fails("ftruncate") ? -1 : (int)syscall(SYS_ftruncate, fd, n); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : (int)syscall(SYS_rename, from, to); }
