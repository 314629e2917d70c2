/* album.c - the files beside a report: every chart with its numbers (.csv) and what it shows (.json). */
#include "album.h"
#include <string.h>

int nf_album_open(nf_ctx *c, nf_album *a, nf_folder folder, const nf_dossier *d, const char *images)
{
    const void *canvas;
    if (!images) images = d->images && *d->images ? d->images : "svg";
    int rc = nf_row_need(c, &canvas, NF_TABLE(nf_canvases), "image format", images);
    if (!rc) *a = (nf_album){ c, folder, d, canvas };
    return rc;
}

nf_exhibit nf_exhibit_of(const nf_exhibit *e, const nf_finding *f)
{
    nf_exhibit one = { .plan = e->plan, .finding = f, .n_finding = 1, .now = e->now, .lang = e->lang };
    one.series = f->of ? f->of->series : NULL;
    one.n_series = one.series != NULL;
    const nf_series *known = one.series && one.series->meta ? nf_exhibit_series(e, one.series->meta->key) : NULL;
    if (known && e->n_result == e->n_series) {
        one.result = &e->result[known - e->series];
        one.n_result = 1;
    }
    return one;
}

nf_exhibit nf_exhibit_public(const nf_dossier *d)
{
    nf_exhibit e = { .now = d->all.now, .lang = d->all.lang };
    if (!d->public_plan) return e;
    e.plan = d->public_plan;
    e.finding = d->public_finding;
    e.n_finding = d->n_public_finding;
    e.rollup = d->public_rollup;
    e.n_rollup = d->n_public_rollup;
    return e;
}

static int write_numbers(nf_album *a, const nf_rows *drawn, const char *stem)
{
    const nf_writer *csv = nf_row_find(NF_TABLE(nf_writers), "csv", NULL);
    nf_out out;
    nf_sink to;
    int rc = a->folder.open(a->folder.self, a->c, nf_format(a->c, "%s.csv", stem), &out);
    if (rc) return rc;
    rc = csv ? csv->open(a->c, &to, out, &(nf_style){ .lang = "en" }) : NF_ENOTFOUND;
    if (!rc) rc = nf_rows_emit(drawn, a->c, to);
    return a->folder.close(a->folder.self, a->c, rc);
}

static int put_pair(nf_out out, const char *key, const char *value, bool last)
{
    int rc = nf_put(out, "  ");
    if (!rc) rc = nf_escape(out, NF_JSON, key);
    if (!rc) rc = nf_put(out, ": ");
    if (!rc) rc = nf_escape(out, NF_JSON, value ? value : "");
    return rc ? rc : nf_put(out, last ? "\n" : ",\n");
}

static int write_metadata(nf_album *a, const nf_exhibit *e, const char *chart, const char *stem, const char *picture)
{
    const nf_meta *m = e->n_series == 1 ? e->series->meta : NULL;
    const nf_finding *f = e->n_finding == 1 ? e->finding : NULL;
    const char *pair[][2] = {
        { "chart", chart }, { "picture", picture }, { "numbers", nf_format(a->c, "%s.csv", stem) }, { "lang", e->lang },
        { "as_of", nf_day(a->c, e->now) },
        { "plan", e->plan ? e->plan->code : NULL }, { "place", m ? m->place : e->plan ? e->plan->place : NULL },
        { "series", m ? m->key : NULL },
        { "unit", m ? m->unit : NULL }, { "source", m ? m->source : NULL }, { "dataset", m ? m->dataset : NULL },
        { "licence", m ? m->licence : NULL },
        { "verdict", f && f->grade ? f->grade->word : NULL }, { "basis", f ? f->basis : NULL },
        { "synthetic", nf_exhibit_synthetic(e) ? "yes" : "no" }, { "program", "ninefold " NF_VERSION } };
    nf_out out;
    size_t n = sizeof pair / sizeof *pair;
    int rc = a->folder.open(a->folder.self, a->c, nf_format(a->c, "%s.json", stem), &out);
    if (rc) return rc;
    rc = nf_put(out, "{\n");
    for (size_t i = 0; !rc && i < n; i++) rc = put_pair(out, pair[i][0], pair[i][1], i + 1 == n);
    if (!rc) rc = nf_put(out, "}\n");
    return a->folder.close(a->folder.self, a->c, rc);
}

/* Bytes into the file, and into memory where they are wanted there too. */
typedef struct { nf_out file, copy; } tee;

static int write_both(void *self, const char *bytes, size_t n)
{
    tee *t = self;
    int rc = t->file.write(t->file.self, bytes, n);
    return rc || !t->copy.write ? rc : t->copy.write(t->copy.self, bytes, n);
}

int nf_album_chart(nf_album *a, const char *name, const nf_exhibit *e, const char *stem, const nf_out *copy)
{
    nf_rows drawn = { .ctx = a->c };
    const void *chart;
    tee both = { .copy = copy ? *copy : (nf_out){ 0 } };
    size_t mark = nf_mark(a->c);
    bool paper = strcmp(a->canvas->row.name, "svg") != 0;        /* 800 px on 17 cm: the smallest text has 7 points */
    nf_page page = { .width = paper ? 800 : 0, .scale = 2, .theme = NF_LIGHT };
    const char *picture = nf_format(a->c, "%s%s", stem, a->canvas->suffix);
    int rc = nf_row_need(a->c, &chart, NF_TABLE(nf_charts), "chart", name);
    if (!rc) rc = a->folder.open(a->folder.self, a->c, picture, &both.file);
    if (rc) return rc;
    nf_out out = { write_both, &both };
    rc = nf_chart_render(a->c, out, chart, a->canvas, e, NULL, &page, nf_sink_rows(&drawn));
    rc = a->folder.close(a->folder.self, a->c, rc);
    if (!rc) rc = write_numbers(a, &drawn, stem);
    if (!rc) rc = write_metadata(a, e, name, stem, picture);
    nf_release(a->c, mark);
    return rc;
}

static int album_targets(nf_album *a, const nf_exhibit *e)
{
    int rc = 0;
    for (size_t i = 0; i < e->n_finding && !rc; i++) {
        nf_fact x;
        nf_fact_of(a->c, &x, e, &e->finding[i]);
        if (!x.has_figures) continue;
        nf_exhibit one = nf_exhibit_of(e, &e->finding[i]);
        rc = nf_album_chart(a, "trend", &one, x.file, NULL);
        if (!rc) rc = nf_progress(a->c, "report", (double)i + 1, (double)e->n_finding);
    }
    return rc;
}

int nf_album_write(nf_ctx *c, nf_album *a, nf_folder folder, const nf_dossier *d)
{
    nf_exhibit known = nf_exhibit_public(d);
    int rc = nf_album_open(c, a, folder, d, NULL);
    if (!rc && d->all.n_rollup) rc = nf_album_chart(a, "scoreboard", &d->all, "scoreboard", NULL);
    if (!rc) rc = album_targets(a, &d->all);
    if (!rc && known.n_rollup) rc = nf_album_chart(a, "scoreboard", &known, "scoreboard-public", NULL);
    return rc ? rc : album_targets(a, &known);
}
