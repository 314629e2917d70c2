/* workspace_check.c - every target and key task of the plan with its series, through a scheme. */
#include "app.h"
#include <string.h>

/* The target's own series or expression, else its indicator's. */
static const char *name_of(const nf_plan *p, const nf_target *t)
{
    if (t->series && *t->series) return t->series;
    const nf_indicator *i = t->indicator ? nf_plan_indicator(p, t->indicator) : NULL;
    return i && i->expression && *i->expression ? i->expression : t->indicator;
}

/* 1 with the series of that name, 0 when nothing is loaded for it. */
static int series_of(nf_ctx *c, const nf_workspace *w, nf_source from, const char *name, nf_series *out)
{
    nf_cursor cursor;
    if (!name || !*name) return 0;
    int rc = from.find(from.self, c, &(nf_query){ .match = name, .known = w->as_of }, &cursor);
    if (rc) return rc == NF_ENOTFOUND ? 0 : rc;
    rc = cursor.next(cursor.cur, c, out);
    cursor.close(cursor.cur);
    return rc == NF_ENOTFOUND ? 0 : rc;
}

static int judge(nf_ctx *c, nf_finding *f, const nf_scheme *scheme, nf_case *k, const nf_value *opt)
{
    size_t work = nf_scratch_mark(c);
    int rc = nf_judge(c, f, scheme, k, opt);
    nf_scratch_rewind(c, work);
    return rc;
}

static int one_target(nf_ctx *c, nf_workspace *w, nf_source from, const nf_target *t, nf_case *k)
{
    nf_series *s = nf_alloc(c, sizeof *s);
    if (!s) return NF_ENOMEM;
    int found = series_of(c, w, from, name_of(&w->plan, t), s);
    *k = (nf_case){ .plan = &w->plan, .target = t, .series = found > 0 ? s : NULL, .now = w->as_of,
                    .hypothetical = w->hypothetical };
    return found < 0 ? found : NF_OK;
}

/* The cases are made once: several schemes judge the same ones. */
static int cases(nf_ctx *c, nf_workspace *w)
{
    const nf_plan *p;
    nf_source from;
    int rc = w->cases ? NF_OK : nf_workspace_plan(c, w, &p);
    if (!rc && !w->cases) rc = nf_workspace_source(c, w, &from);
    if (rc || w->cases) return rc;
    nf_case *k = nf_alloc(c, (p->n_target + 1) * sizeof *k);
    if (!k) return NF_ENOMEM;
    size_t n = 0;
    for (const nf_target *t = p->target; t < p->target + p->n_target && !rc; t++)
        if (t->known <= w->as_of) rc = one_target(c, w, from, t, &k[n++]);
    w->n_case = n;
    w->cases = rc ? NULL : k;
    return rc;
}

int nf_workspace_check(nf_ctx *c, nf_workspace *w, const nf_scheme *scheme, nf_finding **out, size_t *n)
{
    nf_value *opt = NULL;
    int rc = cases(c, w);
    if (!rc) rc = nf_passed_options(c, &opt, &scheme->row, w->passed);
    nf_finding *f = rc ? NULL : nf_alloc(c, (w->n_case + 1) * sizeof *f);
    if (!rc && !f) rc = NF_ENOMEM;
    for (size_t i = 0; i < w->n_case && !rc; i++) rc = judge(c, &f[i], scheme, &w->cases[i], opt);
    *out = f;
    *n = rc ? 0 : w->n_case;
    return rc;
}

static const nf_scheme *task_scheme(void)
{
    for (const nf_scheme *const *s = nf_schemes; *s; s++)
        if ((*s)->tasks) return *s;
    return NULL;
}

int nf_workspace_tasks(nf_ctx *c, nf_workspace *w, nf_finding **out, size_t *n)
{
    const nf_plan *p;
    const nf_scheme *scheme = task_scheme();
    nf_value *opt = NULL;
    int rc = nf_workspace_plan(c, w, &p);
    if (!rc && !scheme) rc = nf_fail(c, NF_ENOTFOUND, "no scheme judges key tasks");
    if (!rc) rc = nf_passed_options(c, &opt, &scheme->row, w->passed);
    nf_finding *f = rc ? NULL : nf_alloc(c, (p->n_task + 1) * sizeof *f);
    nf_case *k = rc ? NULL : nf_alloc(c, (p->n_task + 1) * sizeof *k);
    if (!rc && (!f || !k)) rc = NF_ENOMEM;
    for (size_t i = 0; !rc && i < p->n_task; i++) {
        k[i] = (nf_case){ .plan = p, .task = &p->task[i], .now = w->as_of };
        rc = judge(c, &f[i], scheme, &k[i], opt);
    }
    *out = f;
    *n = rc ? 0 : p->n_task;
    return rc;
}

static const char *improvement_of(const nf_plan *p, const nf_target *t)
{
    if (t->improvement && *t->improvement) return t->improvement;
    const nf_indicator *i = t->indicator ? nf_plan_indicator(p, t->indicator) : NULL;
    return i && i->improvement ? i->improvement : "";
}

/* The findings side by side, improvement by improvement: copies, which the roll-ups point into. */
int nf_workspace_rollup(nf_ctx *c, nf_workspace *w, const nf_finding *f, size_t n, nf_rollup **out, size_t *n_out)
{
    const nf_plan *p = &w->plan;
    nf_rollup *r = nf_alloc(c, (p->n_improvement + 1) * sizeof *r);
    nf_finding *own = nf_alloc(c, (n + 1) * sizeof *own);
    if (!r || !own) return NF_ENOMEM;
    int rc = NF_OK;
    for (size_t i = 0; i < p->n_improvement && !rc; i++) {
        size_t kept = 0;
        for (size_t k = 0; k < n; k++)
            if (!strcmp(improvement_of(p, f[k].of->target), p->improvement[i].code)) own[kept++] = f[k];
        rc = nf_rollup_of(c, &r[i], &p->improvement[i], own, kept);
        own += kept;
    }
    *out = r;
    *n_out = p->n_improvement;
    return rc;
}
