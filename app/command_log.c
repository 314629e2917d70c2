/* command_log.c - log: who loaded, changed and judged what, and when. */
#include "app.h"

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_store *store;
    nf_sink to;
    (void)argument;
    (void)opt;
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    return rc ? rc : nf_store_log(c, store, to);
}

extern const nf_command nf_command_log;
const nf_command nf_command_log = {
    .row = { .name = "log", .title = { "who loaded, changed and judged what, and when", "谁在何时载入、修改、评判了什么" } },
    .examples = "ninefold log\nninefold log --format csv", .run = run };
