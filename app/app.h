/* app.h - the front end's own nouns: the workspace, and a command as a row of a table.
 *
 * workspace.c opens what the options name and returns ONE source, stored and derived series alike; it wires and
 * decides nothing. A command is a const struct in its own file and a row in commands.def; help, completion and the
 * man page are written from the table. */
#ifndef NF_APP_H
#define NF_APP_H
#include "datasets.h"
#include "indicators.h"
#include "plots.h"

enum { NF_EXIT_FINE = 0, NF_EXIT_JUDGED = 1, NF_EXIT_TROUBLE = 2, NF_EXIT_NOMEM = 71 };

typedef struct nf_workspace nf_workspace;
typedef struct {
    nf_row row;                                  /* name, title, options */
    const char *arguments;                       /* "[FILE|-|SERIES...]", for the usage line */
    const char *examples;                        /* lines that can be pasted */
    enum { NF_COMMAND_READS, NF_COMMAND_WRITES, NF_COMMAND_ALONE } store;
    bool hidden;
    /* argument: NULL-ended; opt: one value per field of row.opt. Returns an exit status >= 0, or an nf_err. */
    int (*run)(nf_ctx *, nf_workspace *, char **argument, const nf_value *opt);
} nf_command;
extern const nf_command *const nf_commands[];

/* ---- the workspace: global options, opened lazily ---- */
struct nf_workspace {
    const char *store_path, *plan_path, *format, *lang;
    int64_t as_of;                               /* seconds UTC, end of that day */
    const char *as_of_text;                      /* as printed */
    bool as_of_given;
    nf_store *store; nf_plan plan; bool has_plan;
    struct nf_selection { const char *where, *from, *to, *aggregate, *seasons; } pick;
};
int  nf_workspace_source(nf_ctx *, nf_workspace *, nf_source *out);             /* stored and derived alike */
int  nf_workspace_plan(nf_ctx *, nf_workspace *, const nf_plan **out);
int  nf_workspace_store(nf_ctx *, nf_workspace *, nf_store **out, nf_store_mode);
int  nf_workspace_sink(nf_ctx *, nf_workspace *, nf_sink *out);                 /* --format on stdout */
void nf_workspace_close(nf_workspace *);
/* Every target judged by one scheme, in the plan's order. */
int  nf_workspace_check(nf_ctx *, nf_workspace *, const nf_scheme *, nf_finding **out, size_t *n);
#endif
