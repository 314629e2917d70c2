/* store_backup.c - a consistent copy of a store, proven sound, there whole or not at all. */
#include "store_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int drop(void *self, nf_ctx *c, const nf_value *row) { (void)self, (void)c, (void)row; return NF_OK; }
static int drop_begin(void *self, nf_ctx *c, const char *table, const nf_field *f)
{
    (void)self, (void)c, (void)table, (void)f; return NF_OK;
}
static int drop_end(void *self, nf_ctx *c, int rc) { (void)self, (void)c; return rc; }

/* Nobody may read the copy who may not read the store. */
static int file_make(nf_ctx *c, const nf_store *s, const char *part, const char *path)
{
    struct stat st;
    unlink(part);
    mode_t mode = s->memory || stat(s->path, &st) ? 0600 : st.st_mode & 0666;
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd >= 0) return close(fd);
    nf_fail(c, NF_EIO, "%s", strerror(errno));
    nf_hint(c, "check the folder's name and permissions");
    return nf_at(c, path, 0, 0);
}

static int pages_copy(nf_ctx *c, nf_store *s, const char *path)
{
    nf_store copy = { .path = (char *)path };
    int rc = sqlite3_open_v2(path, &copy.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_backup *b = rc || !copy.db ? NULL : sqlite3_backup_init(copy.db, "main", s->db, "main");
    if (b) {
        sqlite3_backup_step(b, -1);
        rc = sqlite3_backup_finish(b);
    } else if (!rc) rc = SQLITE_ERROR;
    rc = !copy.db ? nf_fail(c, NF_ENOMEM, "out of memory") : rc ? nf_store_fail(c, &copy) : NF_OK;
    sqlite3_close(copy.db);
    return rc;
}

/* A backup that would not open again is none. */
static int copy_check(nf_ctx *c, const char *path)
{
    nf_store *copy;
    int rc = nf_store_open(c, &copy, path, NF_STORE_READ);
    if (rc) return rc;
    rc = nf_store_verify(c, copy, (nf_sink){ drop_begin, drop, drop_end, NULL });
    nf_store_close(copy);
    return rc;
}

static int name_is_free(nf_ctx *c, const char *path)
{
    if (access(path, F_OK)) return NF_OK;
    nf_fail(c, NF_EINVAL, "is there already");
    nf_hint(c, "a backup overwrites nothing: name another file");
    return nf_at(c, path, 0, 0);
}

/* link() never replaces a file. The name itself is to survive a power cut too. */
static int take_name(nf_ctx *c, const char *part, const char *path)
{
    if (link(part, path) && (errno == EEXIST || rename(part, path))) {
        nf_fail(c, NF_EIO, "%s", strerror(errno));
        return nf_at(c, path, 0, 0);
    }
    char *folder = nf_strndup(c, part, (size_t)(strrchr(part, '/') - part) + 1);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    return folder ? NF_OK : NF_ENOMEM;
}

/* Under another name first, so that the copy is there whole or not at all. */
int nf_store_backup(nf_ctx *c, nf_store *s, const char *path)
{
    if (!path || !*path) return nf_fail(c, NF_EINVAL, "the backup has no name");
    char *part = nf_format(c, "%s%s.part-%d", *path == '/' ? "" : "./", path, (int)getpid());
    int rc = part ? name_is_free(c, path) : NF_ENOMEM;
    if (rc) return rc;
    rc = file_make(c, s, part, path);
    if (!rc) rc = pages_copy(c, s, part);
    if (!rc) rc = copy_check(c, part);
    if (!rc) rc = take_name(c, part, path);
    unlink(part);
    return rc;
}
