/* command_backup.c - backup: a consistent copy of the store, also while others write. */
#include "app.h"

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_store *store;
    (void)opt;
    if (!argument[0]) {
        nf_fail(c, NF_EINVAL, "backup needs the name of the copy");
        return nf_hint(c, "ninefold backup ninefold-2026-11-22.db");
    }
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    return rc ? rc : nf_store_backup(c, store, argument[0]);
}

extern const nf_command nf_command_backup;
const nf_command nf_command_backup = {
    .row = { .name = "backup", .title = { "a consistent copy of the store", "数据库的一致副本" } },
    .most = 1, .arguments = "FILE", .examples = "ninefold backup ninefold-2026-11-22.db", .run = run };
