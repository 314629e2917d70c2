/* extension.c - ninefold.so, a loadable SQLite extension: a store's series as the table nf_obs, trends as aggregates.
 *
 *   .load ./ninefold
 *   SELECT time, value FROM nf_obs WHERE series = 'shijiazhuang.gdp' AND as_of = '2024-01-31';
 *   SELECT series, nf_sen_slope(time, value) FROM nf_obs GROUP BY series;
 *
 * nf_open('FILE') names another store than the connection's main database. The store is opened for reading by each
 * query and closed when the query ends. */
#include "extension.h"
#include <stdlib.h>
#include <string.h>
#undef SQLITE_EXTENSION_INIT3
SQLITE_EXTENSION_INIT1

static void connection_free(void *p)
{
    nf_connection *k = p;
    sqlite3_free(k->path);
    nf_ctx_free(k->ctx);
    sqlite3_free(k);
}

static void open_other(sqlite3_context *x, int n, sqlite3_value **v)
{
    nf_connection *k = sqlite3_user_data(x);
    const char *name = (const char *)sqlite3_value_text(v[0]);
    nf_store *s;
    (void)n;
    size_t mark = nf_mark(k->ctx);
    if (nf_store_open(k->ctx, &s, name ? name : "", NF_STORE_READ)) {
        const nf_diag *d = nf_last(k->ctx);
        char *words = sqlite3_mprintf("%s: %s%s%s%s", d->file ? d->file : "ninefold", d->what, d->hint ? " (" : "",
                                      d->hint ? d->hint : "", d->hint ? ")" : "");
        sqlite3_result_error(x, words ? words : "out of memory", -1);
        sqlite3_free(words);
    } else {
        sqlite3_result_int64(x, (sqlite3_int64)nf_store_count(s));
        sqlite3_free(k->path);
        k->path = sqlite3_mprintf("%s", name);
        nf_store_close(s);
    }
    nf_release(k->ctx, mark);
}

__attribute__((visibility("default")))
int sqlite3_ninefold_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

int sqlite3_ninefold_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    if (sqlite3_libversion_number() < 3037000) {
        *error = sqlite3_mprintf("ninefold needs SQLite 3.37 or later, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    nf_connection *k = sqlite3_malloc(sizeof *k);
    if (!k) return SQLITE_NOMEM;
    *k = (nf_connection){ db, NULL, nf_ctx_new(NULL) };
    if (!k->ctx) {
        sqlite3_free(k);
        return SQLITE_NOMEM;
    }
    int rc = sqlite3_create_function_v2(db, "nf_open", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, k, open_other, NULL, NULL,
                                        connection_free);
    if (rc == SQLITE_OK) rc = nf_extension_obs(db, k);
    if (rc == SQLITE_OK) rc = nf_extension_trend(db, k);
    if (rc != SQLITE_OK) *error = sqlite3_mprintf("ninefold: %s", sqlite3_errmsg(db));
    return rc;
}
