/* store.c - opening a store, closing it, and its transactions.
 *
 * A file is looked at before SQLite may touch it: what is not ours is refused untouched. Reading holds one
 * transaction from open to close, so one command sees one state of the store. Rollback journal with
 * synchronous=EXTRA: a load that was reported done survives a power cut. */
#include "store_inside.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { WAIT_TO_READ = 60 * 1000, WAIT_TO_WRITE = 600 * 1000 };           /* milliseconds */

/* ---- the file, before SQLite sees it ---- */

typedef enum { ABSENT, OURS } looks;

static int refuse(nf_ctx *c, nf_err err, const char *path, const char *hint, const char *what)
{
    nf_fail(c, err, "%s", what);
    if (hint) nf_hint(c, "%s", hint);
    return nf_at(c, path, 0, 0);
}

/* A first load that was cut off leaves zeros and a journal, from which SQLite makes an empty file again. */
static bool unfinished(const char *path, const unsigned char *head, size_t n)
{
    char journal[4096 + 16], *real;                        /* PATH_MAX and the suffix */
    struct stat st;
    for (size_t i = 0; i < n; i++)
        if (head[i]) return false;
    if (!(real = realpath(path, NULL))) return false;            /* SQLite puts the journal beside what a link means */
    snprintf(journal, sizeof journal, "%s-journal", real);
    free(real);
    return !stat(journal, &st);
}

/* A read may give less than is there, or be interrupted. */
static ssize_t head_read(int fd, unsigned char *head, size_t size)
{
    size_t n = 0;
    for (ssize_t got = 1; n < size && got;) {
        if ((got = read(fd, head + n, size - n)) > 0) n += (size_t)got;
        else if (got < 0 && errno != EINTR) return -1;
    }
    return (ssize_t)n;
}

static int header_look(nf_ctx *c, const char *path, looks *out)
{
    unsigned char head[100] = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return refuse(c, NF_EIO, path, "check the permissions of the file and its folder", strerror(errno));
    ssize_t got = head_read(fd, head, sizeof head);
    int err = errno;
    close(fd);
    if (got < 0) return refuse(c, NF_EIO, path, NULL, strerror(err));
    *out = got ? OURS : ABSENT;
    if (!got) return NF_OK;
    if (unfinished(path, head, (size_t)got)) return NF_OK;
    uint32_t id = got < 72 ? 0
                : (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 | (uint32_t)head[70] << 8 | head[71];
    if (got < 100 || memcmp(head, "SQLite format 3", 16) || id != NF_STORE_APPLICATION)
        return refuse(c, NF_EDATA, path, "name another file with --store; this one was not touched",
                      "is not a ninefold store");
    return NF_OK;
}

static int file_look(nf_ctx *c, const char *path, looks *out)
{
    struct stat st;
    *out = ABSENT;
    if (stat(path, &st)) {
        if (errno == ENOENT) return NF_OK;
        return refuse(c, NF_EIO, path, "check the folder's name and permissions", strerror(errno));
    }
    if (S_ISDIR(st.st_mode)) return refuse(c, NF_EINVAL, path, "name a file inside it", "is a folder, not a store");
    if (!S_ISREG(st.st_mode)) return refuse(c, NF_EINVAL, path, NULL, "is not a regular file");
    return header_look(c, path, out);
}

static int folder_look(nf_ctx *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? nf_strndup(c, path, (size_t)(slash - path) + 1) : nf_strdup(c, ".");
    if (!folder) return NF_ENOMEM;
    if (access(folder, W_OK | X_OK)) {
        nf_fail(c, NF_EIO, "the store cannot be made in %s: %s", folder, strerror(errno));
        nf_hint(c, "make the folder first, or name another with --store");
        return nf_at(c, path, 0, 0);
    }
    return NF_OK;
}

/* Locks on network file systems are promises that are not always kept. */
static void network_note(nf_ctx *c, nf_store *s)
{
    static const struct { uint32_t magic; const char *name; } far[] = {
        { 0x6969, "NFS" }, { 0x517b, "SMB" }, { 0xff534d42, "CIFS" }, { 0xfe534d42, "SMB2" }, { 0x5346414f, "AFS" },
        { 0x73757245, "Coda" }, { 0x01021997, "9P" }, { 0x00c36400, "Ceph" }, { 0x0bd00bd0, "Lustre" } };
    struct statfs fs;
    if (s->memory || s->noted || statfs(s->path, &fs)) return;
    s->noted = true;
    for (size_t i = 0; i < sizeof far / sizeof *far; i++)
        if ((uint32_t)fs.f_type == far[i].magic)
            nf_note(c, s->path, 0, 0, "keep the store on a local disk and copy it with `ninefold backup`",
                    "the store lies on a network file system (%s), where two writers at once can damage it",
                    far[i].name);
}

/* ---- the database ---- */

static int settings(nf_ctx *c, nf_store *s, bool first)
{
    static const struct { int op, on; } config[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_ENABLE_FKEY, 1 } };
    for (size_t i = 0; i < sizeof config / sizeof *config; i++)
        if (sqlite3_db_config(s->db, config[i].op, config[i].on, NULL)) return nf_store_fail(c, s);
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, s->mode == NF_STORE_READ ? WAIT_TO_READ : WAIT_TO_WRITE);
    if (nf_store_functions(s->db)) return nf_store_fail(c, s);
    if (first && sqlite3_exec(s->db, "PRAGMA page_size=16384", NULL, NULL, NULL)) return nf_store_fail(c, s);
    if (sqlite3_exec(s->db, "PRAGMA cell_size_check=ON; PRAGMA synchronous=EXTRA; PRAGMA temp_store=MEMORY;"
                            "PRAGMA cache_size=-32768", NULL, NULL, NULL)) return nf_store_fail(c, s);
    return NF_OK;
}

/* memory: an empty one instead of the file. A name such as "file:x" stays a name. */
static int database_open(nf_ctx *c, nf_store *s, bool memory, int flags, bool first)
{
    sqlite3 *db = NULL;
    char *name = nf_format(c, "%s%s", memory || s->path[0] == '/' ? "" : "./", memory ? ":memory:" : s->path);
    if (!name) return NF_ENOMEM;
    int rc = sqlite3_open_v2(name, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (!db) return nf_fail(c, NF_ENOMEM, "out of memory");
    nf_intake_abort(s->held);
    nf_store_forget(s);
    sqlite3_close(s->db);
    s->db = db;
    return rc ? nf_store_fail(c, s) : settings(c, s, first);
}

static int memory_open(nf_ctx *c, nf_store *s)
{
    int rc = database_open(c, s, true, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, true);
    return rc ? rc : nf_store_schema_make(c, s, 0);
}

/* Opened read-write even for reading: only so can SQLite take back what a killed writer left half done. */
static int file_open(nf_ctx *c, nf_store *s)
{
    int rc = database_open(c, s, false, SQLITE_OPEN_READWRITE, false);
    if (rc) return rc;
    if (s->mode != NF_STORE_READ && sqlite3_db_readonly(s->db, "main"))
        return refuse(c, NF_EIO, s->path, "check the permissions of the file and its folder",
                      "the store cannot be written");
    if ((rc = nf_store_migrate(c, s))) return rc;
    if (s->mode == NF_STORE_READ && sqlite3_exec(s->db, "PRAGMA query_only=ON; BEGIN", NULL, NULL, NULL))
        return nf_store_fail(c, s);
    return NF_OK;
}

static int absent_open(nf_ctx *c, nf_store *s)
{
    if (s->mode != NF_STORE_CREATE)
        return refuse(c, NF_ENOTFOUND, s->path, "`ninefold load FILE` makes it; --store names another",
                      "there is no store here yet");
    s->fresh = true;
    int rc = folder_look(c, s->path);
    return rc ? rc : memory_open(c, s);
}

static int open_as(nf_ctx *c, nf_store *s)
{
    looks file;
    int64_t pages = 1;
    if (s->memory) return memory_open(c, s);
    int rc = file_look(c, s->path, &file);
    if (!rc && file == OURS && !(rc = file_open(c, s))) rc = nf_store_number(c, s, &pages, "PRAGMA page_count");
    if (!rc && (file == ABSENT || !pages)) rc = absent_open(c, s);
    if (!rc && file == OURS && pages) rc = nf_store_schema_check(c, s);
    if (!rc && s->mode != NF_STORE_READ) network_note(c, s);
    return rc;
}

int nf_store_open(nf_ctx *c, nf_store **out, const char *path, nf_store_mode mode)
{
    *out = NULL;
    if (!path || !*path) return nf_fail(c, NF_EINVAL, "the store has no name");
    nf_store *s = calloc(1, sizeof *s);
    if (!s || !(s->path = strdup(path))) {
        free(s);
        return nf_fail(c, NF_ENOMEM, "out of memory");
    }
    s->mode = mode;
    s->memory = !strcmp(path, ":memory:");
    int rc = open_as(c, s);
    if (rc) nf_store_close(s);
    else *out = s;
    return rc;
}

void nf_store_close(nf_store *s)
{
    if (!s) return;
    nf_intake_abort(s->held);
    nf_store_forget(s);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

/* ---- transactions ---- */

/* The file is as empty as before, or not there: so is the store. */
static int unmake(nf_ctx *c, nf_store *s, int rc)
{
    s->made = false;
    s->fresh = true;
    int again = memory_open(c, s);
    return rc ? rc : again;
}

/* The first write of a store that was not there. Somebody else may have made it meanwhile. */
static int first_write(nf_ctx *c, nf_store *s, int64_t now)
{
    looks file;
    int64_t tables = 0;
    int rc = file_look(c, s->path, &file);
    if (!rc) rc = database_open(c, s, false, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, true);
    if (!rc && sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) rc = nf_store_fail(c, s);
    if (!rc) rc = nf_store_number(c, s, &tables, "SELECT count(*) FROM sqlite_schema");
    if (!rc) rc = tables ? nf_store_schema_check(c, s) : nf_store_schema_make(c, s, now);
    if (rc) return unmake(c, s, rc);
    s->fresh = false;
    s->made = !tables;
    network_note(c, s);
    return NF_OK;
}

int nf_store_write_begin(nf_ctx *c, nf_store *s, int64_t now, bool keep)
{
    if (s->mode == NF_STORE_READ)
        return nf_at(c, (nf_fail(c, NF_EINVAL, "the store is open for reading only"), s->path), 0, 0);
    if (s->fresh && keep) return first_write(c, s, now);
    if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) return nf_store_fail(c, s);
    return NF_OK;
}

int nf_store_write_end(nf_ctx *c, nf_store *s, int rc, bool keep)
{
    if (!rc && keep && sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL)) rc = nf_store_fail(c, s);
    bool taken_back = rc || !keep;
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    if (s->made && taken_back) return unmake(c, s, rc);
    s->made = false;
    return rc;
}
