/* extension_api.h - put before every file of datasets/ that goes into the extension: SQLite is the host's. */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
