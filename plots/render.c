/* render.c - a chart drawn once into a scene, replayed by a canvas. */
#include "scene.h"
#include "engine.h"

static int need(nf_ctx *c, const nf_chart *chart, const nf_exhibit *e)
{
    if ((chart->needs & NF_NEEDS_SERIES) && !e->n_series && !e->n_finding)
        return nf_fail(c, NF_EINVAL, "chart '%s' needs a series", chart->row.name);
    if ((chart->needs & NF_NEEDS_FINDING) && !e->n_finding && !e->n_rollup)
        return nf_fail(c, NF_EINVAL, "chart '%s' needs targets: load a plan first", chart->row.name);
    if ((chart->needs & NF_NEEDS_TASKS) && (!e->plan || !e->plan->n_task))
        return nf_fail(c, NF_EINVAL, "chart '%s' needs a plan with tasks", chart->row.name);
    return NF_OK;
}

int nf_chart_render(nf_ctx *c, nf_out out, const nf_chart *chart, const nf_canvas *canvas, const nf_exhibit *e,
                    const nf_value *opt, const nf_page *page, nf_sink drawn)
{
    nf_page p = page ? *page : (nf_page){ 0 };
    nf_value *defaults = NULL;
    int rc = need(c, chart, e);
    if (!rc && !opt && chart->row.opt) rc = nf_options(c, &defaults, &chart->row, NULL);
    if (rc) return rc;
    if (p.width > 0 && !(p.width >= 40 && p.width <= 10000))
        return nf_fail(c, NF_EINVAL, "a width of %.0f pixels", p.width);
    double width = p.width > 0 ? p.width : chart->width, height = p.height > 0 ? p.height : chart->height > 0
        ? chart->height : 0.65 * width;
    nf_scene *s = nf_scene_new(c, width, height, e->lang);
    if (!s) return NF_ENOMEM;
    s->fixed = p.height > 0;
    s->bare = p.bare;
    s->title = p.title;
    s->now = e->now;
    rc = chart->draw(c, s, e, opt ? opt : defaults, drawn);
    if (!rc) rc = nf_scene_check(s);
    return rc ? rc : canvas->render(c, out, s, &p);
}
