/* shim.c - LD_PRELOAD: the Kth call of one function fails.
 *
 *   NF_FAIL=malloc NF_FAIL_AT=K [NF_FAIL_ON=1: and all later ones] [NF_FAIL_ERRNO=N]   NF_FAIL_COUNT=FILE: how many
 * calls
 *
 * malloc stands for every way to ask for memory; read, write, pwrite64, fsync, fdatasync, ftruncate, rename for
 * themselves. NF_FAIL_SHORT=1: a read or write does half of what it is asked for.
 *
 *   NF_FAIL_LOG=FILE NF_FAIL_UNDER=FOLDER   what is done to the folder's files, call by call, for power.py */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
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

/* ---- the log of what is done to one folder ---- */

static int log_fd = -1;

/* CALL POSITION LENGTH NAME, and the bytes of a write; NAME of the folder itself is a point. */
static void note(char call, const char *path, off64_t at, const void *bytes, size_t n)
{
    const char *under = getenv("NF_FAIL_UNDER"), *log = getenv("NF_FAIL_LOG");
    char line[4200];
    size_t len = under ? strlen(under) : 0;
    if (!log || !under || strncmp(path, under, len)) return;
    if ((path[len] && path[len] != '/') || strstr(path, " (deleted)")) return;
    if (log_fd < 0) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int words = snprintf(line, sizeof line, "%c %lld %zu %s\n", call, (long long)at, n,
                         path[len] ? path + len + 1 : ".");
    syscall(SYS_write, log_fd, line, (size_t)words);
    if (n) syscall(SYS_write, log_fd, bytes, n);
}

static void note_fd(char call, int fd, off64_t at, const void *bytes, size_t n)
{
    char link[32], path[4096];
    int kept = errno;
    if (!getenv("NF_FAIL_LOG")) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long len = syscall(SYS_readlink, link, path, sizeof path - 1);
    if (len > 0) path[len] = 0, note(call, path, at, bytes, n);
    errno = kept;
}

/* ---- calls that change files ---- */

static ssize_t written(int fd, off64_t at, const void *p, ssize_t n)
{
    if (n > 0) note_fd('W', fd, at, p, (size_t)n);
    return n;
}

static size_t some(size_t n) { return getenv("NF_FAIL_SHORT") ? (n + 1) / 2 : n; }

ssize_t read(int fd, void *p, size_t n) { return fails("read") ? -1 : syscall(SYS_read, fd, p, some(n)); }

ssize_t write(int fd, const void *p, size_t n)
{
    if (fails("write")) return -1;
    n = some(n);
    off64_t at = getenv("NF_FAIL_LOG") ? syscall(SYS_lseek, fd, 0, SEEK_CUR) : 0;
    return written(fd, at, p, syscall(SYS_write, fd, p, n));
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t to)
{
    return fails("pwrite64") ? -1 : written(fd, to, p, syscall(SYS_pwrite64, fd, p, some(n), to));
}

static int synced(int fd, int rc)
{
    if (!rc) note_fd('S', fd, 0, NULL, 0);
    return rc;
}

static int cut(int fd, off64_t n)
{
    if (fails("ftruncate")) return -1;
    int rc = (int)syscall(SYS_ftruncate, fd, n);
    if (!rc) note_fd('T', fd, n, NULL, 0);
    return rc;
}

static int opened(const char *path, int flags, va_list more)
{
    int mode = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, int) : 0;
    int made = flags & O_CREAT && syscall(SYS_access, path, F_OK);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd >= 0 && made) note_fd('C', fd, 0, NULL, 0);
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int fd = opened(path, flags, more);
    va_end(more);
    return fd;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int fd = opened(path, flags, more);
    va_end(more);
    return fd;
}

int unlink(const char *path)
{
    int rc = (int)syscall(SYS_unlink, path);
    if (!rc) note('U', path, 0, NULL, 0);
    return rc;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t to) { return pwrite64(fd, p, n, to); }
int fsync(int fd) { return fails("fsync") ? -1 : synced(fd, (int)syscall(SYS_fsync, fd)); }
int fdatasync(int fd) { return fails("fdatasync") ? -1 : synced(fd, (int)syscall(SYS_fdatasync, fd)); }
int ftruncate(int fd, off_t n) { return cut(fd, n); }
int ftruncate64(int fd, off64_t n) { return cut(fd, n); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : (int)syscall(SYS_rename, from, to); }
