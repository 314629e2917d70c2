/* command_verify.c - verify: every checksum of the store; a row per fault. */
#include "app.h"

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_store *store;
    nf_sink to;
    (void)argument;
    (void)opt;
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    return rc ? rc : nf_store_verify(c, store, to);
}

extern const nf_command nf_command_verify;
const nf_command nf_command_verify = {
    .row = { .name = "verify", .title = { "check every checksum of the store", "核对数据库的全部校验和" } },
    .examples = "ninefold verify", .run = run };
