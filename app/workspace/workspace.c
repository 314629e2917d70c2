/* workspace.c - opens what the global options name, when it is first needed; wires and decides nothing. */
#define _GNU_SOURCE
#include "app.h"
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const nf_value *value_of(const nf_value *values, const nf_row *row, const char *name)
{
    return values ? &values[nf_field_index(row->opt, name)] : NULL;
}

static const char *global(const nf_call *call, const char *name, const char *otherwise)
{
    const nf_value *v = value_of(call->global, &nf_global_row, name);
    return v && v->s ? v->s : otherwise;
}

static const char *picked(const nf_call *call, const char *name)
{
    const nf_value *v = value_of(call->pick, &nf_pick_row, name);
    return v ? v->s : NULL;
}

static const char *environment(const char *name)
{
    const char *v = getenv(name);
    return v && *v ? v : NULL;
}

static const char *locale_language(void)
{
    const char *locale = environment("LC_ALL");
    if (!locale) locale = environment("LC_MESSAGES");
    if (!locale) locale = environment("LANG");
    return locale && !strncmp(locale, "zh", 2) ? "zh" : "en";
}

/* Published by the end of that day. Without --as-of it is today here, and whatever is known at this moment. */
static int set_as_of(nf_ctx *c, nf_workspace *w, const char *given)
{
    char today[32];
    struct tm day;
    time_t now = time(NULL);
    localtime_r(&now, &day);
    strftime(today, sizeof today, "%Y-%m-%d", &day);
    w->now = now;
    w->as_of_given = given != NULL;
    w->as_of_text = nf_strdup(c, given ? given : today);
    if (!w->as_of_text) return NF_ENOMEM;
    int rc = nf_known_parse(c, &w->as_of, w->as_of_text);
    if (!rc && !given && w->as_of < w->now) w->as_of = w->now;
    return rc ? nf_at(c, "--as-of", 0, 0) : NF_OK;
}

static nf_style style_of(const char *lang)
{
    nf_style s = { .lang = lang, .terminal = isatty(STDOUT_FILENO) };
    struct winsize size;
    const char *term = environment("TERM");
    s.colour = s.terminal && !environment("NO_COLOR") && !(term && !strcmp(term, "dumb"));
    if (s.terminal && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) s.width = size.ws_col;
    return s;
}

static int set_language(nf_ctx *c, nf_workspace *w, const char *given)
{
    w->lang = given ? given : locale_language();
    if (!strcmp(w->lang, "en") || !strcmp(w->lang, "zh")) return NF_OK;
    nf_fail(c, NF_EINVAL, "no language '%s'", w->lang);
    return nf_hint(c, "en or zh");
}

/* Those that this process may run on. */
static int processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
}

int nf_workspace_open(nf_ctx *c, nf_workspace *w, const nf_call *call)
{
    const char *from_environment = environment("NINEFOLD_STORE");
    *w = (nf_workspace){ .program = call->program,
        .store_path = global(call, "store", from_environment ? from_environment : "ninefold.db"),
        .plan_path = global(call, "plan", NULL), .format = global(call, "format", NULL),
        .out = nf_standard_output(c), .jobs = processors(), .passed = call->passed,
        .pick = { picked(call, "where"), picked(call, "from"), picked(call, "to"), picked(call, "aggregate"),
                  picked(call, "seasons") } };
    int rc = set_language(c, w, global(call, "lang", NULL));
    if (!rc) rc = set_as_of(c, w, global(call, "as-of", NULL));
    w->style = style_of(w->lang);
    return rc;
}

void nf_workspace_close(nf_workspace *w)
{
    if (w->is_file) nf_file_source_close(w->stored);
    nf_store_close(w->store);
}

/* ---- store and plan ---- */

int nf_workspace_store(nf_ctx *c, nf_workspace *w, nf_store **out, nf_store_mode mode)
{
    if (!strcmp(w->store_path, ":memory:")) {
        nf_fail(c, NF_EINVAL, "a store in memory keeps nothing");
        nf_hint(c, "name a file with --store");
        return nf_at(c, w->store_path, 0, 0);
    }
    if (!w->store && mode != NF_STORE_CREATE && access(w->store_path, F_OK) && errno == ENOENT) {
        nf_fail(c, NF_ENOTFOUND, "there is no store yet");
        nf_hint(c, "'ninefold load FILE' makes it, 'ninefold demo -o DIR' shows the way on samples");
        return nf_at(c, w->store_path, 0, 0);
    }
    int rc = w->store ? NF_OK : nf_store_open(c, &w->store, w->store_path, mode);
    *out = w->store;
    return rc ? nf_at(c, w->store_path, 0, 0) : NF_OK;
}

static bool is_folder_or_file(const char *path) { return strchr(path, '/') || !access(path, F_OK); }

static int read_plan(nf_ctx *c, nf_workspace *w)
{
    const char *folder = w->plan_path;
    if (!is_folder_or_file(folder)) {
        char *name = nf_format(c, "indicators/plans/%s", w->plan_path);
        int rc = name ? nf_shipped(c, &folder, name) : NF_ENOMEM;
        if (rc) return nf_fail(c, NF_ENOTFOUND, "no plan '%s': neither a folder nor a shipped plan", w->plan_path);
    }
    return nf_plan_read(c, &w->plan, folder);
}

static int stored_plan(nf_ctx *c, nf_workspace *w)
{
    nf_store *s = NULL;
    int rc = nf_workspace_store(c, w, &s, NF_STORE_READ);
    if (!rc) rc = nf_store_plan(c, s, &w->plan, w->as_of);
    if (rc != NF_ENOTFOUND || !w->store) return rc;
    nf_fail(c, NF_ENOTFOUND, "no plan had been loaded by %s", w->as_of_text);
    return nf_hint(c, "'ninefold plan load DIR', or --plan DIR");
}

int64_t nf_plan_known(const nf_plan *p, int64_t now)
{
    int64_t known = nf_period_is_empty(p->start) ? now : nf_period_begin(p->start);
    for (const nf_target *t = p->target; t < p->target + p->n_target; t++)
        if (t->known && t->known < known) known = t->known;
    return known < now ? known : now;
}

int nf_workspace_plan(nf_ctx *c, nf_workspace *w, const nf_plan **out)
{
    int rc = w->has_plan ? NF_OK : w->plan_path ? read_plan(c, w) : stored_plan(c, w);
    w->has_plan = !rc;
    *out = &w->plan;
    return rc;
}

/* ---- series ---- */

/* A plan is welcome for its indicators' names, but series can be had without one. */
static int plan_if_any(nf_ctx *c, nf_workspace *w, const nf_plan **out)
{
    if (!w->has_plan && !w->plan_path && w->store && nf_store_plan(c, w->store, &w->plan, w->as_of) == NF_OK)
        w->has_plan = true;
    *out = NULL;
    return w->has_plan || w->plan_path ? nf_workspace_plan(c, w, out) : NF_OK;
}

int nf_workspace_source(nf_ctx *c, nf_workspace *w, nf_source *out)
{
    nf_store *s = NULL;
    const nf_plan *plan;
    int rc = w->has_stored ? NF_OK : nf_workspace_store(c, w, &s, NF_STORE_READ);
    if (rc) return rc;
    if (!w->has_stored) w->stored = nf_store_source(s);
    w->has_stored = true;
    rc = plan_if_any(c, w, &plan);
    if (!rc) rc = nf_source_derived(c, out, w->stored, plan, w->as_of);
    return rc ? rc : nf_source_picked(c, out, *out, &w->pick);
}

int nf_workspace_series(nf_ctx *c, nf_workspace *w, char **series, nf_source *out)
{
    nf_source all;
    int rc = nf_workspace_source(c, w, &all);
    if (rc) return rc;
    *out = all;
    if (*series) rc = nf_source_named(c, out, all, series);
    return !rc && w->share_of > 1 ? nf_source_share(c, out, *out, w->share_rank, w->share_of) : rc;
}

int nf_workspace_gather(nf_ctx *c, nf_workspace *w, char **series, nf_series_list *out)
{
    nf_source source;
    nf_cursor cursor;
    nf_series *all = NULL, one;
    size_t n = 0, room = 0;
    int rc = nf_workspace_series(c, w, series, &source), more;
    if (!rc) rc = source.find(source.self, c, &(nf_query){ .known = w->as_of }, &cursor);
    if (rc) return rc;
    while ((more = cursor.next(cursor.cur, c, &one)) > 0) {
        if (!(all = nf_grow(c, all, n, &room, sizeof *all)) && (more = NF_ENOMEM)) break;
        all[n++] = one;
    }
    cursor.close(cursor.cur);
    *out = (nf_series_list){ all, n };
    return more;
}

/* ---- answers ---- */

bool nf_workspace_for_people(const nf_workspace *w)
{
    return !w->format || !strcmp(w->format, "text") || !strcmp(w->format, "md") || !strcmp(w->format, "html")
        || !strcmp(w->format, "tex");
}

int nf_workspace_sink_over(nf_ctx *c, const nf_workspace *w, nf_out bytes, nf_sink *out)
{
    const void *writer;
    int rc = nf_row_need(c, &writer, NF_TABLE(nf_formats), "format", w->format ? w->format : "text");
    return rc ? rc : ((const nf_writer *)writer)->open(c, out, bytes, &w->style);
}

int nf_workspace_sink(nf_ctx *c, nf_workspace *w, nf_sink *out) { return nf_workspace_sink_over(c, w, w->out, out); }

int nf_workspace_ask_store(nf_ctx *c, nf_workspace *w, int (*ask)(nf_ctx *, nf_store *, nf_sink))
{
    nf_store *store = NULL;
    nf_sink to = { 0 };
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    return rc ? rc : ask(c, store, to);
}

int nf_workspace_date(nf_ctx *c, nf_workspace *w)
{
    bool zh = !strcmp(w->lang, "zh"), text = !w->format || !strcmp(w->format, "text");
    char *line = nf_format(c, zh ? "截至 %s" : "as of %s", w->as_of_text);
    if (!line) return NF_ENOMEM;
    if (!text) return nf_remark(line);
    int rc = nf_put(w->out, line);
    return rc ? rc : nf_put(w->out, "\n");
}
