/* outfile.c - standard output whose failures are noticed, and files that appear whole or not at all. */
#include "app.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PREFIX ".ninefold-"

/* ---- standard output ---- */

static int stdout_write(void *self, const char *bytes, size_t n)
{
    if (fwrite(bytes, 1, n, stdout) == n) return NF_OK;
    return nf_fail(self, NF_EIO, "standard output: %s", strerror(errno));
}

nf_out nf_standard_output(nf_ctx *c) { return (nf_out){ stdout_write, c }; }

int nf_standard_output_end(nf_ctx *c, int rc)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return rc;
    return rc < 0 ? rc : nf_fail(c, NF_EIO, "standard output: %s", strerror(errno));
}

/* ---- one file ---- */

struct nf_outfile { nf_ctx *c; FILE *file; char *path, *temporary; };

static int file_write(void *self, const char *bytes, size_t n)
{
    nf_outfile *f = self;
    if (fwrite(bytes, 1, n, f->file) == n) return NF_OK;
    nf_fail(f->c, NF_EIO, "%s", strerror(errno));
    return nf_at(f->c, f->path, 0, 0);
}

static int failed(nf_ctx *c, const char *path)
{
    nf_fail(c, NF_EIO, "%s", strerror(errno));
    return nf_at(c, path, 0, 0);
}

/* The folder of a path, "." where it names none. */
static char *folder_of(nf_ctx *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return nf_strdup(c, ".");
    return nf_strndup(c, path, slash == path ? 1 : (size_t)(slash - path));
}

int nf_outfile_open(nf_ctx *c, nf_outfile **out, const char *path, nf_out *bytes)
{
    nf_outfile *f = nf_alloc(c, sizeof *f);
    char *folder = folder_of(c, path);
    if (!f || !folder || !(f->path = nf_strdup(c, path))) return NF_ENOMEM;
    if (!(f->temporary = nf_format(c, "%s/" PREFIX "XXXXXX", folder))) return NF_ENOMEM;
    f->c = c;
    int fd = mkstemp(f->temporary);
    if (fd < 0) return failed(c, path);
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(fd, 0666 & ~mask) || !(f->file = fdopen(fd, "wb"))) {
        close(fd);
        unlink(f->temporary);
        return failed(c, path);
    }
    *out = f;
    *bytes = (nf_out){ file_write, f };
    return NF_OK;
}

/* The name is only safe on disk when its folder is. */
static void sync_folder(nf_ctx *c, const char *path)
{
    char *folder = folder_of(c, path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

int nf_outfile_close(nf_ctx *c, nf_outfile *f, int rc)
{
    if (!rc && (fflush(f->file) || fsync(fileno(f->file)))) rc = failed(c, f->path);
    if (fclose(f->file) && !rc) rc = failed(c, f->path);
    if (!rc && rename(f->temporary, f->path)) rc = failed(c, f->path);
    if (rc) unlink(f->temporary);
    else sync_folder(c, f->path);
    return rc;
}

/* ---- a folder of files ---- */

typedef struct { const char *dir; nf_outfile *now; } folder;

int nf_folder_make(nf_ctx *c, const char *dir)
{
    char *path = nf_strdup(c, dir);
    if (!path) return NF_ENOMEM;
    for (char *p = path + 1; *path; p++) {
        if (*p && *p != '/') continue;
        char was = *p;
        *p = 0;
        if (mkdir(path, 0777) && errno != EEXIST) return failed(c, path);
        if (!was) break;
        *p = was;
    }
    struct stat s;
    if (stat(dir, &s)) return failed(c, dir);
    errno = ENOTDIR;
    return S_ISDIR(s.st_mode) ? NF_OK : failed(c, dir);
}

/* What a killed run left behind goes away after an hour: younger ones may belong to a run that goes on. */
static void sweep(nf_ctx *c, const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    struct stat s;
    while (d && (e = readdir(d))) {
        if (strncmp(e->d_name, PREFIX, sizeof PREFIX - 1)) continue;
        char *path = nf_format(c, "%s/%s", dir, e->d_name);
        if (path && !lstat(path, &s) && S_ISREG(s.st_mode) && s.st_mtime < time(NULL) - 3600) unlink(path);
    }
    if (d) closedir(d);
}

static int folder_file(void *self, nf_ctx *c, const char *name, nf_out *out)
{
    folder *f = self;
    if (!*name || *name == '.' || strchr(name, '/')) return nf_fail(c, NF_EINVAL, "'%s' is no file name", name);
    char *path = nf_format(c, "%s/%s", f->dir, name);
    return path ? nf_outfile_open(c, &f->now, path, out) : NF_ENOMEM;
}

static int folder_file_end(void *self, nf_ctx *c, int rc)
{
    folder *f = self;
    nf_outfile *now = f->now;
    f->now = NULL;
    return now ? nf_outfile_close(c, now, rc) : rc;
}

int nf_folder_open(nf_ctx *c, nf_folder *out, const char *dir)
{
    folder *f = nf_alloc(c, sizeof *f);
    if (!f || !(f->dir = nf_strdup(c, dir))) return NF_ENOMEM;
    int rc = nf_folder_make(c, dir);
    if (rc) return rc;
    sweep(c, dir);
    *out = (nf_folder){ folder_file, folder_file_end, f };
    return NF_OK;
}
