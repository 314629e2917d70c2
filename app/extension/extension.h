/* extension.h - what the parts of the SQLite extension share. Every call of SQLite goes through the host's own copy. */
#ifndef NF_EXTENSION_H
#define NF_EXTENSION_H
#include <sqlite3ext.h>
#include "app.h"
SQLITE_EXTENSION_INIT3

/* One per connection: the store that nf_open() named, else the connection's own main database. */
typedef struct { sqlite3 *db; char *path; nf_ctx *ctx; } nf_connection;

int nf_extension_obs(sqlite3 *, nf_connection *);        /* the table nf_obs */
int nf_extension_trend(sqlite3 *, nf_connection *);      /* the aggregates nf_<method>_<field>(time, value) */
#endif
