/* command_csvdump.c - csvdump: the records of a file as JSON lines, untouched (hidden, for acid tests). */
#include "app.h"
#include "readers/reading.h"

static int cell(nf_out out, const char *text, const char *before)
{
    int rc = nf_put(out, before);
    return rc ? rc : nf_escape(out, NF_JSON, text);
}

/* A blank record is one empty cell. */
static int record(void *self, nf_ctx *c, const nf_record *r)
{
    nf_out out = *(nf_out *)self;
    (void)c;
    int rc = nf_put(out, "[");
    if (!rc && !r->n) rc = cell(out, "", "");
    for (size_t i = 0; i < r->n && !rc; i++) rc = cell(out, r->cell[i], i ? "," : "");
    return rc ? rc : nf_put(out, "]\n");
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_bytes *bytes = NULL;
    nf_text_file *text = NULL;
    (void)opt;
    if (!argument[0]) return nf_fail(c, NF_EINVAL, "csvdump needs a file");
    int rc = nf_bytes_open(c, &bytes, argument[0]);
    if (!rc) rc = nf_text_open(c, &text, bytes, NULL, true);
    if (!rc) rc = nf_csv_each(c, &(nf_csv){ text, nf_bytes_name(bytes), ',', true }, record, &w->out);
    if (text) nf_text_close(text);
    nf_bytes_close(bytes);
    return rc;
}

extern const nf_command nf_command_csvdump;
const nf_command nf_command_csvdump = {
    .row = { .name = "csvdump", .title = { "the records of a file as JSON lines", "把文件的记录逐行输出为 JSON" } },
    .most = 1, .arguments = "FILE", .hidden = true, .run = run };
