/* store_sql.c - SQLite in few words: statements, errors that say what to do, the seal of a row, bindings. */
#include "store_inside.h"
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <zlib.h>

static int fail(nf_ctx *c, nf_store *s, nf_err err, const char *hint, const char *what)
{
    nf_fail(c, err, "%s", what);
    if (hint) nf_hint(c, "%s", hint);
    return nf_at(c, s->path, 0, 0);
}

int nf_store_damaged(nf_ctx *c, nf_store *s, const char *what)
{
    nf_fail(c, NF_EDATA, "the store is damaged: %s", what);
    nf_hint(c, "`ninefold verify` lists every fault; go back to a backup");
    return nf_at(c, s->path, 0, 0);
}

int nf_store_fail(nf_ctx *c, nf_store *s)
{
    int code = sqlite3_extended_errcode(s->db), system = sqlite3_system_errno(s->db);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return nf_fail(c, NF_ENOMEM, "out of memory");
    case SQLITE_BUSY: case SQLITE_LOCKED:
        return fail(c, s, NF_EIO, "try again when it has finished", "another program is using the store");
    case SQLITE_FULL:
        return fail(c, s, NF_EIO, "nothing was changed; make room and try again", "the disk is full");
    case SQLITE_READONLY: case SQLITE_PERM: case SQLITE_AUTH:
        if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
            return fail(c, s, NF_EIO, "run any command once as somebody who may write the file and its folder",
                        "a load that was cut off has to be taken back first, and the store cannot be written");
        return fail(c, s, NF_EIO, "check the permissions of the file and its folder", "the store cannot be written");
    case SQLITE_CANTOPEN:
        return fail(c, s, NF_EIO, "check the permissions of the file and its folder",
                    system ? strerror(system) : "the store cannot be opened");
    case SQLITE_IOERR:
        return fail(c, s, NF_EIO, NULL, system ? strerror(system) : sqlite3_errmsg(s->db));
    case SQLITE_CORRUPT: case SQLITE_NOTADB:
        return nf_store_damaged(c, s, sqlite3_errmsg(s->db));
    case SQLITE_TOOBIG:
        return fail(c, s, NF_EDATA, NULL, "a text is too long to be stored");
    default:
        return fail(c, s, NF_EDATA, NULL, sqlite3_errmsg(s->db));
    }
}

int nf_store_sql(nf_ctx *c, nf_store *s, sqlite3_stmt **out, const char *sql)
{
    for (size_t i = 0; i < NF_STORE_IDLE; i++)
        if (s->idle[i] && strcmp(sqlite3_sql(s->idle[i]), sql) == 0) {
            *out = s->idle[i];
            s->idle[i] = NULL;
            return NF_OK;
        }
    return sqlite3_prepare_v2(s->db, sql, -1, out, NULL) ? nf_store_fail(c, s) : NF_OK;
}

void nf_store_done(nf_store *s, sqlite3_stmt *q)
{
    if (!q) return;
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    for (size_t i = 0; i < NF_STORE_IDLE; i++)
        if (!s->idle[i]) {
            s->idle[i] = q;
            return;
        }
    sqlite3_finalize(q);
}

void nf_store_forget(nf_store *s)
{
    for (size_t i = 0; i < NF_STORE_IDLE; i++) {
        sqlite3_finalize(s->idle[i]);
        s->idle[i] = NULL;
    }
}

int nf_store_step(nf_ctx *c, nf_store *s, sqlite3_stmt *q)
{
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) return 1;
    rc = rc == SQLITE_DONE ? NF_OK : nf_store_fail(c, s);
    sqlite3_reset(q);
    return rc;
}

int nf_store_number(nf_ctx *c, nf_store *s, int64_t *out, const char *sql)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, sql);
    *out = 0;
    if (!rc && (rc = nf_store_step(c, s, q)) > 0) *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return rc < 0 ? rc : NF_OK;
}

char *nf_store_text(nf_ctx *c, sqlite3_stmt *q, int column)
{
    const char *text = (const char *)sqlite3_column_text(q, column);
    return nf_strdup(c, text ? text : "");
}

const char *nf_store_instant(nf_ctx *c, int64_t seconds)
{
    char text[32];
    nf_instant_text(text, seconds);
    return nf_strdup(c, text);
}

uint64_t nf_text_hash(const char *text, size_t len, uint64_t seed)
{
    uint64_t h = seed ^ len, word;
    for (; len >= 8; text += 8, len -= 8) {
        memcpy(&word, text, 8);
        h = (h ^ word) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, text, len);
    h = (h ^ word) * 0x9fb21c651e98df25u;
    return h ^ h >> 29;
}

/* ---- the seal: a checksum over the type and the bytes of every value of a row ---- */

/* Small values are gathered before they are added: most rows are a handful of bytes in many columns. */
typedef struct { uLong crc; size_t n; unsigned char byte[512]; } gathering;

static void gather(gathering *g, const void *data, size_t size)
{
    if (!g) return;
    if (g->n + size > sizeof g->byte) {
        g->crc = crc32_z(g->crc, g->byte, g->n);
        g->n = 0;
    }
    if (size > sizeof g->byte) {
        g->crc = crc32_z(g->crc, data, size);
    } else if (size) {
        memcpy(g->byte + g->n, data, size);
        g->n += size;
    }
}

static void gather_number(gathering *g, int type, const void *word)
{
    unsigned char byte[9] = { (unsigned char)type };
    memcpy(byte + 1, word, 8);
    gather(g, byte, sizeof byte);
}

static void gather_bytes(gathering *g, int type, const void *data, size_t size)
{
    int64_t word = (int64_t)size;
    gather_number(g, type, &word);
    if (data) gather(g, data, size);
}

static void gather_nothing(gathering *g) { gather(g, &(char){ SQLITE_NULL }, 1); }

static int64_t gathered(const gathering *g) { return (int64_t)crc32_z(g->crc, g->byte, g->n); }

static void gather_value(gathering *g, sqlite3_value *v)
{
    int type = sqlite3_value_type(v);
    int64_t word = type == SQLITE_INTEGER ? sqlite3_value_int64(v) : 0;
    double real = type == SQLITE_FLOAT ? sqlite3_value_double(v) : 0;
    if (type == SQLITE_INTEGER) gather_number(g, type, &word);
    else if (type == SQLITE_FLOAT) gather_number(g, type, &real);
    else if (type == SQLITE_NULL) gather_nothing(g);
    else {
        const void *data = sqlite3_value_blob(v);
        gather_bytes(g, type, data, (size_t)sqlite3_value_bytes(v));
    }
}

static void seal(sqlite3_context *x, int n, sqlite3_value **v)
{
    gathering g;
    g.crc = 0;
    g.n = 0;
    for (int i = 0; i < n; i++) gather_value(&g, v[i]);
    sqlite3_result_int64(x, gathered(&g));
}

int nf_store_functions(sqlite3 *db)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    return sqlite3_create_function(db, "seal", -1, flags, NULL, seal, NULL, NULL);
}

/* ---- bindings ---- */

static int bind_text(sqlite3_stmt *q, int i, gathering *g, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    gather_bytes(g, SQLITE_TEXT, text, n);
    return sqlite3_bind_text64(q, i, text ? text : "", n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_blob(sqlite3_stmt *q, int i, gathering *g, const void *data, size_t n)
{
    if (data) gather_bytes(g, SQLITE_BLOB, data, n);
    else gather_nothing(g);
    return sqlite3_bind_blob64(q, i, data, n, SQLITE_STATIC);
}

static int bind_number(sqlite3_stmt *q, int i, gathering *g, int64_t v)
{
    gather_number(g, SQLITE_INTEGER, &v);
    return sqlite3_bind_int64(q, i, v);
}

static int bind_all(sqlite3_stmt *q, const char *format, va_list ap)
{
    int rc = SQLITE_OK;
    gathering row, *g = strchr(format, 's') ? &row : NULL;
    row.crc = 0;
    row.n = 0;
    for (int i = 1; *format && !rc; format++, i++) {
        if (*format == 'i') rc = bind_number(q, i, g, va_arg(ap, int64_t));
        else if (*format == 't') rc = bind_text(q, i, g, va_arg(ap, const char *));
        else if (*format == 's') rc = sqlite3_bind_int64(q, i, gathered(&row));
        else {
            const void *data = va_arg(ap, const void *);
            rc = bind_blob(q, i, g, data, va_arg(ap, size_t));
        }
    }
    return rc;
}

int nf_store_bind(nf_ctx *c, nf_store *s, sqlite3_stmt *q, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int rc = bind_all(q, format, ap);
    va_end(ap);
    return rc ? nf_store_fail(c, s) : NF_OK;
}

int nf_store_do(nf_ctx *c, nf_store *s, const char *sql, const char *format, ...)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, sql);
    if (!rc) {
        va_list ap;
        va_start(ap, format);
        rc = bind_all(q, format, ap) ? nf_store_fail(c, s) : NF_OK;
        va_end(ap);
    }
    while (!rc && (rc = nf_store_step(c, s, q)) > 0) rc = 0;
    sqlite3_finalize(q);
    return rc;
}
