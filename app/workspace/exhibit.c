/* exhibit.c - gathers what a chart or a report shows: series, their trends, verdicts, tasks. */
#include "app.h"
#include <string.h>

static int native(nf_ctx *c, nf_workspace *w, nf_exhibit *e)
{
    nf_finding *f;
    nf_rollup *r;
    const void *scheme;
    int rc = nf_row_need(c, &scheme, NF_TABLE(nf_schemes), "scheme", "native");
    if (!rc) rc = nf_workspace_check(c, w, scheme, &f, &e->n_finding);
    if (!rc) rc = nf_workspace_rollup(c, w, f, e->n_finding, &r, &e->n_rollup);
    if (rc) return rc;
    e->plan = &w->plan;
    e->finding = f;
    e->rollup = r;
    return NF_OK;
}

static int tasks(nf_ctx *c, nf_workspace *w, nf_exhibit *e)
{
    nf_finding *f;
    int rc = nf_workspace_tasks(c, w, &f, &e->n_finding);
    e->plan = &w->plan;
    e->finding = f;
    return rc;
}

/* Every series that a target is judged by, once, in the plan's order. */
static int series_of_targets(nf_ctx *c, nf_exhibit *e)
{
    nf_series *s = nf_alloc(c, (e->n_finding + 1) * sizeof *s);
    if (!s) return NF_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < e->n_finding; i++) {
        const nf_series *of = e->finding[i].of->series;
        bool seen = !of;
        for (size_t k = 0; k < n && !seen; k++) seen = !strcmp(s[k].meta->key, of->meta->key);
        if (!seen) s[n++] = *of;
    }
    e->series = s;
    e->n_series = n;
    return NF_OK;
}

/* The verdicts that are about the series shown, and no others. */
static int findings_of_series(nf_ctx *c, nf_exhibit *e)
{
    nf_finding *f = nf_alloc(c, (e->n_finding + 1) * sizeof *f);
    if (!f) return NF_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < e->n_finding; i++)
        for (size_t k = 0; k < e->n_series && e->finding[i].of->series; k++)
            if (!strcmp(e->series[k].meta->key, e->finding[i].of->series->meta->key)) {
                f[n++] = e->finding[i];
                break;
            }
    e->finding = f;
    e->n_finding = n;
    return NF_OK;
}

static int fit(nf_ctx *c, const nf_workspace *w, nf_result *out, const char *method, const nf_series *s)
{
    const void *row;
    nf_value *opt;
    nf_setting set = nf_setting_default();
    int rc = nf_row_need(c, &row, NF_TABLE(nf_methods), "method", method);
    if (!rc) rc = nf_passed_options(c, &opt, row, w->passed);
    return rc ? rc : nf_fit(c, out, row, s, 1, opt, &set);
}

/* A slope per series; a single series says how sure it is, too. */
static int trends(nf_ctx *c, const nf_workspace *w, nf_exhibit *e, const char *method)
{
    nf_result *r = nf_alloc(c, (e->n_series + 1) * sizeof *r);
    int rc = r ? NF_OK : NF_ENOMEM;
    for (size_t i = 0; i < e->n_series && !rc; i++) rc = fit(c, w, &r[i], method, &e->series[i]);
    e->result = r;
    e->n_result = e->n_series;
    if (rc || e->n_series != 1) return rc;
    e->n_result = 2;
    return fit(c, w, &r[1], "mann-kendall", &e->series[0]);
}

/* A target is about the series as it is, not about seasons or other periods of it. */
static bool targets_apply(const nf_workspace *w)
{
    return (w->has_plan || w->plan_path) && !w->pick.aggregate && !w->pick.seasons;
}

int nf_workspace_exhibit(nf_ctx *c, nf_workspace *w, unsigned needs, char **series, const char *method, nf_exhibit *e)
{
    nf_series_list list = { 0 };
    int rc = NF_OK;
    *e = (nf_exhibit){ .now = w->as_of, .lang = w->lang };
    if (needs & NF_NEEDS_TASKS) return tasks(c, w, e);
    if (*series && !(rc = nf_workspace_gather(c, w, series, &list))) {
        e->series = list.series;
        e->n_series = list.n;
    }
    /* A series is drawn without a target too; where nothing is named, the targets say what to show. */
    if (!rc && (needs & NF_NEEDS_FINDING || !*series || targets_apply(w))) rc = native(c, w, e);
    if (!rc && !*series) rc = series_of_targets(c, e);
    else if (!rc) rc = findings_of_series(c, e);
    if (!rc && needs & NF_NEEDS_RESULT) rc = trends(c, w, e, method);
    return rc;
}

int nf_canvas_for(nf_ctx *c, const nf_canvas **out, const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    const char *suffix = dot && (!slash || dot > slash) ? dot : "";
    char *all = nf_strdup(c, "");
    for (const nf_canvas *const *k = nf_canvases; *k; k++) {
        if (!strcmp((*k)->suffix, suffix)) return *out = *k, NF_OK;
        if (all) all = nf_format(c, "%s %s", all, (*k)->suffix);
    }
    nf_fail(c, NF_EINVAL, "the suffix of '%s' names no picture format", path);
    return nf_hint(c, "one of:%s", all ? all : "");
}
