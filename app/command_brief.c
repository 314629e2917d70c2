/* command_brief.c - brief: the mayor's page, one sheet of A4. */
#include "app.h"

enum { OUTPUT };
static const nf_field options[] = {
    NF_WORD_OPTION("output", "the page goes to FILE.pdf or FILE.png", "输出到 FILE.pdf 或 FILE.png"),
    { 0 }
};

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    (void)w;
    (void)argument;
    (void)opt;
    return nf_fail(c, NF_EINVAL, "brief: not yet");
}

extern const nf_command nf_command_brief;
const nf_command nf_command_brief = {
    .row = { .name = "brief", .title = { "the mayor's page: one sheet of A4", "市长一页纸：一张 A4" }, .opt = options },
    .arguments = "-o FILE.pdf|png", .examples = "ninefold brief -o brief.pdf", .hidden = true, .run = run };
