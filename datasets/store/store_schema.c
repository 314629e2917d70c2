/* store_schema.c - the tables of a store: made, compared word for word; and how many rows they have. */
#include "store_inside.h"
#include <stdio.h>
#include <string.h>

static const char schema[] = {
#include "schema.inc"
    0
};

/* The next statement: text up to an empty line, without its comment lines. */
static bool statement_next(const char **at, const char **text, size_t *len)
{
    for (;;) {
        while (**at == '\n') ++*at;
        if (!**at) return false;
        const char *line_end = strchr(*at, '\n');
        if (strncmp(*at, "--", 2)) break;
        *at = line_end ? line_end : *at + strlen(*at);
    }
    const char *end = strstr(*at, "\n\n");
    *text = *at;
    *len = end ? (size_t)(end - *at) : strlen(*at);
    while (*len && (*text)[*len - 1] == '\n') --*len;
    *at += *len;
    return true;
}

static int statements(const char *at)
{
    const char *text;
    size_t len;
    int n = 0;
    while (statement_next(&at, &text, &len)) n++;
    return n;
}

static bool is_of(const char *at, const char *sql)
{
    const char *text;
    size_t len, want = strlen(sql);
    while (statement_next(&at, &text, &len))
        if (len == want && !memcmp(text, sql, len)) return true;
    return false;
}

/* ---- made and checked ---- */

int nf_store_schema_run(nf_ctx *c, nf_store *s, const char *beginning)
{
    const char *at = schema, *text;
    size_t len;
    int rc = NF_OK;
    while (!rc && statement_next(&at, &text, &len)) {
        sqlite3_stmt *q = NULL;
        if (strncmp(text, beginning, strlen(beginning))) continue;
        rc = sqlite3_prepare_v2(s->db, text, (int)len, &q, NULL) ? nf_store_fail(c, s) : nf_store_step(c, s, q);
        sqlite3_finalize(q);
    }
    return rc;
}

int nf_store_schema_make(nf_ctx *c, nf_store *s, int64_t now)
{
    char pragma[96];
    snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d; PRAGMA user_version=%d", NF_STORE_APPLICATION,
             NF_STORE_FORMAT);
    if (sqlite3_exec(s->db, pragma, NULL, NULL, NULL)) return nf_store_fail(c, s);
    int rc = nf_store_schema_run(c, s, "");
    if (rc) return rc;
    return nf_store_do(c, s, "INSERT INTO store VALUES(1, ?1, ?2, 0, 0, 0, 0, 0, 0, 0, seal(?1, ?2, 0, 0, 0, 0, 0, 0, "
                             "0))", "ti",
                       "ninefold " NF_VERSION, now);
}

static int refuse(nf_ctx *c, nf_store *s, const char *hint, const char *what, const char *name)
{
    nf_fail(c, NF_EDATA, what, name);
    nf_hint(c, "%s", hint);
    return nf_at(c, s->path, 0, 0);
}

int nf_store_schema_is(nf_ctx *c, nf_store *s, const char *statement)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"), found = 0;
    while (!rc && (rc = nf_store_step(c, s, q)) > 0) {
        const char *name = (const char *)sqlite3_column_text(q, 0), *sql = (const char *)sqlite3_column_text(q, 1);
        found++;
        rc = sql && is_of(statement, sql) ? NF_OK
           : refuse(c, s, "nothing was read; drop it, or go back to a backup",
                    "'%s' in the store is not of ninefold's making", name ? name : "?");
    }
    sqlite3_finalize(q);
    if (!rc && found != statements(statement)) rc = nf_store_damaged(c, s, "tables are missing");
    return rc;
}

static int foreign(nf_ctx *c, nf_store *s)
{
    return refuse(c, s, "name another file with --store", "%s", "is not a ninefold store");
}

int nf_store_schema_check(nf_ctx *c, nf_store *s)
{
    int64_t application, format;
    int rc = nf_store_number(c, s, &application, "PRAGMA application_id");
    if (!rc) rc = nf_store_number(c, s, &format, "PRAGMA user_version");
    if (rc) return rc;
    if (application != NF_STORE_APPLICATION) return foreign(c, s);
    if (format > NF_STORE_FORMAT)
        return refuse(c, s, "update ninefold", "the store was made by a newer ninefold (%s)",
                      "its format is not known here");
    if (format < 1) return foreign(c, s);
    if (format < NF_STORE_FORMAT)
        return refuse(c, s, "open it again", "%s", "another program has made the store in an older format");
    return nf_store_schema_is(c, s, schema);
}

int nf_store_count_of(nf_ctx *c, nf_store *s, const char *column, int64_t *out)
{
    char sql[256];
    sqlite3_stmt *q = NULL;
    snprintf(sql, sizeof sql, "SELECT %s, " NF_SOUND(NF_COUNT_COLUMNS) " FROM store", column);
    int rc = nf_store_sql(c, s, &q, sql);
    if (!rc) rc = nf_store_step(c, s, q);
    if (rc > 0) *out = sqlite3_column_int64(q, 0);
    bool sound = rc > 0 && sqlite3_column_int(q, 1) == 1;
    sqlite3_finalize(q);
    return rc < 0 ? rc : sound ? NF_OK : nf_store_damaged(c, s, "the counts fail their checksum");
}

/* The counts stand in one sealed row: a row of another table that gets lost is missed. */
int nf_store_count_add(nf_ctx *c, nf_store *s, const char *column, int64_t more)
{
    char sql[256];
    snprintf(sql, sizeof sql, "UPDATE store SET %s = %s + ?1", column, column);
    int rc = nf_store_do(c, s, sql, "i", more);
    return rc ? rc : nf_store_do(c, s, "UPDATE store SET seal = seal(" NF_COUNT_COLUMNS ")", "");
}
