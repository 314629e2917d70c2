/* command_verify.c - verify: every checksum of the store; a row per fault. */
#include "app.h"

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    (void)argument, (void)opt;
    return nf_workspace_ask_store(c, w, nf_store_verify);
}

extern const nf_command nf_command_verify;
const nf_command nf_command_verify = {
    .row = { .name = "verify", .title = { "check every checksum of the store", "核对数据库的全部校验和" } },
    .examples = "ninefold verify", .run = run };
