/* app.h - the front end's own nouns: the workspace, and a command as a row of a table.
 *
 * workspace.c opens what the options name and returns ONE source, stored and derived series alike; it wires and
 * decides nothing. A command is a const struct in its own file and a row in commands.def; help, completion and the
 * man page are written from the table. The first word in capitals of an option's title names its value: FILE, N. */
#ifndef NF_APP_H
#define NF_APP_H
#include "datasets.h"
#include "indicators.h"
#include "plots.h"

enum { NF_EXIT_FINE = 0, NF_EXIT_JUDGED = 1, NF_EXIT_TROUBLE = 2, NF_EXIT_NOMEM = 71 };

typedef struct nf_workspace nf_workspace;
typedef struct {
    nf_row row;                                  /* name, title, options */
    nf_text wish;                                /* what somebody wants who needs it: "make a chart", or empty */
    const char *arguments;                       /* "[FILE|-|SERIES...]", for the usage line */
    size_t most;                                 /* so many arguments; with "..." in `arguments`, any number */
    const char *examples;                        /* lines that can be pasted */
    bool hidden;                                 /* not in help and completion */
    bool selects;                                /* takes the selection options --where --from --to ... */
    nf_table more;                               /* a registry: its rows' options are taken too, workspace.passed */
    /* argument: NULL-ended; opt: one value per field of row.opt. Returns an exit status >= 0, or an nf_err. */
    int (*run)(nf_ctx *, nf_workspace *, char **argument, const nf_value *opt);
} nf_command;
extern const nf_command *const nf_commands[];
extern const nf_writer *const nf_formats[];      /* the engine's writers and xlsx */

/* An option that takes a word, and one that is there or not: rows of an nf_field list. */
#define NF_WORD_OPTION(id, en_, zh_) { .name = (id), .type = NF_WORD, .title = { (en_), (zh_) } }
#define NF_FLAG_OPTION(id, en_, zh_) { .name = (id), .type = NF_FLAG, .title = { (en_), (zh_) }, .hi = 1 }

/* ---- call_parse.c: the command line, read ---- */
typedef struct {
    const nf_command *command;                   /* NULL: none was named */
    char **argument;
    const nf_value *opt, *pick, *global;         /* one per field of the command, nf_pick_row, nf_global_row */
    const char *const *passed;                   /* name, value, ..., NULL: options of the command's registry */
    const char *program;                         /* as it was called */
    bool help, version;
} nf_call;
int  nf_call_parse(nf_ctx *, nf_call *, int argc, char **argv);

/* ---- option_rows.c ---- */
extern const nf_row nf_global_row, nf_pick_row;  /* the options of every call; of the commands that select */
char nf_option_letter(const char *name);         /* 's' of store; 0: none */
const char *nf_option_of_letter(char letter);    /* the other way round; NULL: none */
const nf_field *nf_option_declared(const nf_field *list, const char *name);      /* NULL: not in the list */
const char *nf_option_operand(nf_ctx *, const nf_field *);       /* "FILE", "a|b|c", "" for a flag */
/* The options passed that the row declares, as values of its fields. */
int nf_passed_options(nf_ctx *, nf_value **out, const nf_row *, const char *const *passed);
/* NF_EINVAL when none of the rows declares one of those passed: it would do nothing. */
int nf_passed_used(nf_ctx *, const nf_row *const *rows, size_t n, const char *const *passed, const char *kind);
int nf_names_split(nf_ctx *, const char *list, const char ***out, size_t *n);    /* "a,b,c" */

/* ---- help.c ---- */
int nf_help_welcome(nf_ctx *, nf_out, const char *lang);
int nf_help_all(nf_ctx *, nf_out, const char *lang);
int nf_help_command(nf_ctx *, nf_out, const nf_command *, const char *lang);

/* ---- messages.c: the one error line, warnings, progress; all on stderr, control bytes shown as \xNN ---- */
nf_hooks nf_messages(void);
void nf_complain(const nf_diag *);
int  nf_remark(const char *text);                /* a line for people, on stderr */

/* ---- outfile.c: files appear whole or not at all ---- */
nf_out nf_standard_output(nf_ctx *);
int nf_standard_output_end(nf_ctx *, int rc);    /* flushed; a full disk or a closed pipe is an error */
typedef struct nf_outfile nf_outfile;
int nf_outfile_open(nf_ctx *, nf_outfile **, const char *path, nf_out *);
int nf_outfile_close(nf_ctx *, nf_outfile *, int rc);            /* rc 0: in place, else gone; returns rc or worse */
int nf_folder_open(nf_ctx *, nf_folder *, const char *dir);      /* made if absent; stale temporaries swept */
int nf_folder_make(nf_ctx *, const char *dir);                   /* the folder and those above it */

/* ---- the workspace: global options, opened lazily ---- */
struct nf_workspace {
    const char *store_path, *plan_path, *format, *lang, *program;
    int64_t as_of, now;                          /* seconds UTC: end of the as-of day; the wall clock */
    const char *as_of_text;                      /* as printed */
    bool as_of_given;
    nf_out out; nf_style style;                  /* stdout, and how it is wanted */
    int jobs;                                    /* threads: all processors, unless a command was told otherwise */
    const char *const *passed;
    nf_store *store; nf_plan plan; bool has_plan;
    nf_source stored; bool has_stored, is_file;  /* the store's series, or those of the file named instead */
    size_t share_rank, share_of;                 /* one rank's share of the series; of 0: all of them */
    bool hypothetical;                           /* targets from a flat file: no one is accused */
    nf_case *cases; size_t n_case;               /* every target with its series, once they were needed */
    /* The selection options; keeps: see pick.h. */
    struct nf_selection { const char *where, *from, *to, *aggregate, *seasons; bool keeps; } pick;
};
int  nf_workspace_open(nf_ctx *, nf_workspace *, const nf_call *);
int  nf_workspace_source(nf_ctx *, nf_workspace *, nf_source *out);             /* stored and derived alike */
int  nf_workspace_series(nf_ctx *, nf_workspace *, char **series, nf_source *out);   /* those named; none: all */
int  nf_workspace_gather(nf_ctx *, nf_workspace *, char **series, nf_series_list *);     /* in memory */
int  nf_workspace_plan(nf_ctx *, nf_workspace *, const nf_plan **out);
/* Files in the store's place: a first argument that is a file or "-" (taken off), data and targets of `check`,
 * the flat sheet of `init`. */
int  nf_workspace_files(nf_ctx *, nf_workspace *, char ***argument);
int  nf_workspace_is_file(nf_ctx *, nf_workspace *, const char *name);          /* 1, 0: a series' name, < 0 */
/* Answers from a long file while it is read, in bounded memory. The answer has a context and a workspace of its own,
 * finds the series once, and is not written before the file was read to its end. done false: nothing was written or
 * said, the file has to be read as a whole. */
typedef int nf_answer(nf_ctx *, nf_workspace *, void *self);
int  nf_workspace_streamed(nf_ctx *, nf_workspace *, const char *path, nf_answer *, void *self, bool *done);
int  nf_workspace_hypothetical(nf_ctx *, nf_workspace *, const char *data, const char *targets);
int  nf_workspace_sheet(nf_ctx *, nf_workspace *, const char *file);
/* Since when a plan counts as known: from the earliest date it names itself, else `now`. */
int64_t nf_plan_known(const nf_plan *, int64_t now);
int  nf_workspace_store(nf_ctx *, nf_workspace *, nf_store **out, nf_store_mode);
/* Asks the store, and prints its answer. */
int  nf_workspace_ask_store(nf_ctx *, nf_workspace *, int (*ask)(nf_ctx *, nf_store *, nf_sink));
int  nf_workspace_sink(nf_ctx *, nf_workspace *, nf_sink *out);                 /* --format on stdout */
int  nf_workspace_sink_over(nf_ctx *, const nf_workspace *, nf_out, nf_sink *out);   /* and over other bytes */
int  nf_workspace_date(nf_ctx *, nf_workspace *);            /* "as of ...": with text on stdout, else on stderr */
bool nf_workspace_for_people(const nf_workspace *);                             /* text, md: few columns; else all */
void nf_workspace_close(nf_workspace *);
/* Every target judged by one scheme, in the plan's order. opt NULL: the options passed, or defaults. */
int  nf_workspace_check(nf_ctx *, nf_workspace *, const nf_scheme *, nf_finding **out, size_t *n);
int  nf_workspace_tasks(nf_ctx *, nf_workspace *, nf_finding **out, size_t *n); /* every key task and its light */
int  nf_workspace_rollup(nf_ctx *, nf_workspace *, const nf_finding *, size_t n, nf_rollup **out, size_t *n_out);
/* What a chart that `needs` shows: of the series named, else of those that targets are judged by. */
int  nf_workspace_exhibit(nf_ctx *, nf_workspace *, unsigned needs, char **series, const char *method, nf_exhibit *out);
int  nf_canvas_for(nf_ctx *, const nf_canvas **out, const char *path);          /* by the file's suffix */

/* ---- sources over sources ---- */
/* Stored keys first, then expressions and the plan's indicators, then globs. plan may be NULL. */
int nf_source_derived(nf_ctx *, nf_source *out, nf_source stored, const nf_plan *, int64_t known);
/* The selection options applied to every series handed out. */
int nf_source_picked(nf_ctx *, nf_source *out, nf_source, const struct nf_selection *);
/* Those named, in the order named; what names nothing is an error. */
int nf_source_named(nf_ctx *, nf_source *out, nf_source, char **name);
/* Those of several sources, one after the other; `from` must outlive it. */
int nf_source_joined(nf_ctx *, nf_source *out, const nf_source *from, size_t n);
/* The rank-th of `of` contiguous ranges of its series. */
int nf_source_share(nf_ctx *, nf_source *out, nf_source, size_t rank, size_t of);

/* Some columns of a table, in another sink: for people, who want few. names ends at NULL. */
int nf_sink_columns(nf_ctx *, nf_sink *out, nf_sink into, const char *const *names);

/* A file of the shipped data: "indicators/plans/shijiazhuang". NF_ENOTFOUND when it is nowhere. */
int nf_shipped(nf_ctx *, const char **out, const char *name);
#endif
