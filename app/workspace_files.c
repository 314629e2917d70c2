/* workspace_files.c - files in place of the store: long tables, the flat sheet, data and targets. */
#include "app.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Figures of a file are known from the first: unless a column says when each was published. */
enum { ALWAYS_KNOWN = 1 };

static int use(nf_ctx *c, nf_workspace *w, const char *path)
{
    int rc = nf_file_source(c, &w->stored, path, &(nf_load_options){ .published = ALWAYS_KNOWN, .now = w->now, .jobs = w->jobs });
    w->has_stored = w->is_file = !rc;
    return rc;
}

/* A stored series of that name comes before the file. */
static int is_stored(nf_ctx *c, nf_workspace *w, const char *name)
{
    nf_source stored;
    nf_series s;
    if (access(w->store_path, F_OK)) return 0;
    int rc = nf_workspace_source(c, w, &stored);
    size_t mark = nf_mark(c);
    if (!rc) rc = nf_source_get(w->stored, c, name, w->as_of, &s);
    nf_release(c, mark);
    return rc;
}

int nf_workspace_files(nf_ctx *c, nf_workspace *w, char ***argument)
{
    struct stat s;
    const char *name = **argument;
    if (!name) return NF_OK;
    if (strcmp(name, "-")) {
        if (stat(name, &s) || S_ISDIR(s.st_mode)) return NF_OK;
        int stored = is_stored(c, w, name);
        if (stored) return stored < 0 ? stored : NF_OK;
    }
    ++*argument;
    return use(c, w, name);
}

int nf_workspace_hypothetical(nf_ctx *c, nf_workspace *w, const char *data, const char *targets)
{
    int rc = nf_targets_read(c, &w->plan, targets);
    if (!rc) rc = use(c, w, data);
    w->has_plan = !rc;
    w->hypothetical = true;
    return rc;
}

int nf_workspace_sheet(nf_ctx *c, nf_workspace *w, const char *file)
{
    nf_series_list *list = nf_alloc(c, sizeof *list);
    if (!list) return NF_ENOMEM;
    int rc = nf_sheet_read(c, &w->plan, list, file);
    w->stored = nf_source_of(list);
    w->has_plan = w->has_stored = !rc;
    return rc;
}
