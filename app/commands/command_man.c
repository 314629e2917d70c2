/* command_man.c - man: the manual page, from the table of commands (hidden: the installation asks for it). */
#include "app.h"
#include <string.h>

typedef struct { nf_ctx *c; nf_out out; int rc; } page;

static void put(page *p, const char *text)
{
    if (!p->rc) p->rc = text ? nf_put(p->out, text) : NF_ENOMEM;
}

/* roff: hyphens that can be copied, no line that begins with a request. */
static void text(page *p, const char *s)
{
    char one[2] = "";
    for (bool start = true; s && *s; s++) {
        one[0] = *s;
        if (start && (*s == '.' || *s == '\'')) put(p, "\\&");
        put(p, *s == '-' ? "\\-" : *s == '\\' ? "\\e" : one);
        start = *s == '\n';
    }
}

static void section(page *p, const char *name)
{
    put(p, ".SH ");
    put(p, name);
    put(p, "\n");
}

static void option(page *p, const nf_field *f)
{
    char letter = nf_option_letter(f->name);
    const char *value = nf_option_operand(p->c, f);
    put(p, ".TP\n\\fB");
    if (letter) put(p, nf_format(p->c, "\\-%c\\fR, \\fB", letter));
    put(p, "\\-\\-");
    text(p, f->name);
    put(p, "\\fR \\fI");
    text(p, value);
    put(p, "\\fR\n");
    text(p, f->title.en);
    put(p, "\n");
}

static void options(page *p, const nf_field *f)
{
    for (; f && f->type != NF_END; f++) option(p, f);
}

/* The options that rows of a registry add, each once. */
static void more(page *p, nf_table rows)
{
    char *seen = nf_strdup(p->c, " ");
    for (nf_table r = rows; seen && r && *r; r++)
        for (const nf_field *f = (*r)->opt; f && f->type != NF_END; f++) {
            if (!seen || strstr(seen, nf_format(p->c, " %s ", f->name))) continue;
            option(p, f);
            seen = nf_format(p->c, "%s%s ", seen, f->name);
        }
}

static void command(page *p, const nf_command *k)
{
    put(p, ".SS ");
    text(p, k->row.name);
    put(p, "\n\\fBninefold ");
    text(p, k->row.name);
    put(p, "\\fR [OPTIONS] ");
    text(p, k->arguments);
    put(p, "\n.PP\n");
    text(p, k->row.title.en);
    put(p, ".\n");
    options(p, k->row.opt);
    more(p, k->more);
    if (!k->examples) return;
    put(p, ".PP\n.nf\n");
    text(p, k->examples);
    put(p, "\n.fi\n");
}

static void rest(page *p)
{
    section(p, "SELECTION");
    put(p, "On trend, derive, plot, report, export and check. An argument equal to a stored name is that series, "
           "before "
           "it is read as a glob or a formula.\n");
    options(p, nf_pick_row.opt);
    section(p, "EVERYWHERE");
    options(p, nf_global_row.opt);
    section(p, "EXIT STATUS");
    put(p, "0: fine. 1: only with \\-\\-fail\\-on. 2: bad input, option or I/O. 71: out of memory.\n");
    section(p, "ENVIRONMENT");
    put(p, "NINEFOLD_STORE: the store. NINEFOLD_DATA: where the shipped plans and samples are. NO_COLOR: no colour.\n");
    section(p, "FILES");
    put(p, "ninefold.db: the store, in the current folder unless said otherwise; the first load makes it.\n");
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    page p = { c, w->out, NF_OK };
    (void)argument;
    (void)opt;
    put(&p, ".TH NINEFOLD 1 \"\" \"ninefold " NF_VERSION "\"\n");
    section(&p, "NAME");
    put(&p, "ninefold \\- are the city's targets on track?\n");
    section(&p, "SYNOPSIS");
    put(&p, "\\fBninefold\\fR \\fICOMMAND\\fR [OPTIONS] [ARGUMENTS]\n");
    section(&p, "COMMANDS");
    for (const nf_command *const *k = nf_commands; *k; k++)
        if (!(*k)->hidden) command(&p, *k);
    rest(&p);
    return p.rc;
}

extern const nf_command nf_command_man;
const nf_command nf_command_man = {
    .row = { .name = "man", .title = { "the manual page", "手册页" } }, .hidden = true, .run = run };
