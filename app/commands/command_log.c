/* command_log.c - log: who loaded, changed and judged what, and when. */
#include "app.h"

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    (void)argument, (void)opt;
    return nf_workspace_ask_store(c, w, nf_store_log);
}

extern const nf_command nf_command_log;
const nf_command nf_command_log = {
    .row = { .name = "log", .title = { "who loaded, changed and judged what, and when", "谁在何时载入、修改、评判了什么" } },
    .examples = "ninefold log\nninefold log --format csv", .run = run };
