/* command_manual.c - manual: pages of docs/ from the registries (hidden; tests/manual.sh compares page and print). */
#include "app.h"
#include <math.h>
#include <string.h>

typedef struct { nf_ctx *c; nf_out out; const char *lang; int rc; } page;

static void put(page *p, const char *text)
{
    if (!p->rc) p->rc = text ? nf_put(p->out, text) : NF_ENOMEM;
}

static void prose(page *p, const char *text)
{
    if (!p->rc && text) p->rc = nf_escape(p->out, NF_MD, text);
}

static void said(page *p, const char *label, const char *text)
{
    if (!text) return;
    put(p, nf_format(p->c, "- **%s:** ", label));
    prose(p, text);
    put(p, "\n");
}

static void code(page *p, const char *label, const char *text)
{
    if (text) put(p, nf_format(p->c, "- **%s:** `%s`\n", label, text));
}

/* ---- options and outputs ---- */

static void number(page *p, const char *before, double x)
{
    char text[32];
    nf_double_text(text, x);
    put(p, before);
    put(p, text);
}

static void allowed(page *p, const nf_field *f)
{
    for (const char *const *k = f->choices; k && *k; k++)
        put(p, nf_format(p->c, "%s`%s`%s", k == f->choices ? ": " : ", ", *k,
                         f->word && !strcmp(*k, f->word) ? " (default)" : ""));
    if (f->type != NF_F64 && f->type != NF_I64) return;
    if (isfinite(f->def)) number(p, ": default ", f->def);
    if (fabs(f->lo) < 1e9 && fabs(f->hi) < 1e9 && f->lo < f->hi) {
        number(p, isfinite(f->def) ? ", from " : ": from ", f->lo);
        number(p, " to ", f->hi);
    }
}

static void fields(page *p, const char *label, const nf_field *f, const char *dashes)
{
    if (!f || f->type == NF_END) return;
    put(p, nf_format(p->c, "- **%s:**\n", label));
    for (; f->type != NF_END; f++) {
        put(p, nf_format(p->c, "  - `%s%s`: ", dashes, f->name));
        prose(p, nf_text_in(f->title, p->lang));
        if (*dashes) allowed(p, f);
        put(p, "\n");
    }
}

/* ---- what is a registry's own ---- */

static void method(page *p, const void *row)
{
    const nf_method *m = row;
    put(p, nf_format(p->c, "- **needs:** %zu figures%s\n", m->min_n, m->max_in > 1 ? " in each of several series"
                     : ""));
    fields(p, "gives", m->out, "");
}

static void scheme(page *p, const void *row)
{
    static const char *const level[] = { "grey", "missed", "off track", "at risk", "on track", "met" };
    const nf_scheme *s = row;
    put(p, s->tasks ? "- **words** (of a key task):\n" : "- **words:**\n");
    for (const nf_grade *g = s->grade; g->word; g++) {
        put(p, nf_format(p->c, "  - `%s` (%s): ", g->word, level[g->level]));
        prose(p, nf_text_in(g->title, p->lang));
        put(p, "\n");
    }
    fields(p, "gives", s->out, "");
}

static void formula(page *p, const void *row)
{
    const nf_formula *f = row;
    put(p, "- **inputs:**\n");
    for (const nf_input *in = f->in; in < f->in + f->n_in; in++)
        put(p, nf_format(p->c, "  - %s%s%s%s%s\n", in->quantity, in->unit && *in->unit ? ", in " : "",
                         in->unit ? in->unit : "",
                         in->optional ? ", may be absent" : "", in->many ? ", one or several" : ""));
    if (f->unit && strcmp(f->unit, "=0")) said(p, "unit", *f->unit ? f->unit : "none");
    else said(p, "unit", "that of the first input");
    said(p, "rule sets", f->rules);
}

static void chart(page *p, const void *row)
{
    static const char *const need[] = { "series", "trends", "verdicts", "key tasks", "vintages" };
    const nf_chart *k = row;
    const char *all = NULL;
    for (size_t i = 0; i < sizeof need / sizeof *need; i++)
        if (k->needs >> i & 1) all = all ? nf_format(p->c, "%s, %s", all, need[i]) : need[i];
    said(p, "shows", all);
    number(p, "- **width:** ", k->width);
    put(p, " CSS pixels unless `--size` says otherwise\n");
}

/* ---- the pages ---- */

typedef struct { const char *name, *head, *intro; nf_table table; void (*own)(page *, const void *); } about;

static about about_page(const char *name)
{
    const about all[] = {
        { "methods", "Trend methods", "`ninefold trend --method NAME,…` runs them; `--alpha`, `--per` and "
                                      "`--season-length` are common to all.",
          NF_TABLE(nf_methods), method },
        { "schemes", "Schemes", "`ninefold check --scheme NAME,…` judges every target by each, side by side. How the "
                                "native verdict is "
          "made, at length: [verdicts.md](verdicts.md).", NF_TABLE(nf_schemes), scheme },
        { "formulas", "Formulas", "`NAME(series, …)` stands wherever a series may stand: in `derive`, `trend`, `plot`,"
                                  " `check` and in "
          "the plan's indicators.", NF_TABLE(nf_formulas), formula },
        { "loaders", "Loaders", "`ninefold load FILE` asks every loader and takes the highest bid; `--loader NAME` "
                                "decides instead, "
          "`--dry-run` says what was understood.", NF_TABLE(nf_loaders), NULL },
        { "charts", "Charts", "`ninefold plot NAME -o FILE.svg` draws one; the suffix decides svg, png or pdf.",
          NF_TABLE(nf_charts), chart } };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (name && !strcmp(all[i].name, name)) return all[i];
    return (about){ 0 };
}

static void entry(page *p, const about *a, const nf_row *r)
{
    put(p, nf_format(p->c, "\n## %s\n\n", r->name));
    prose(p, nf_text_in(r->title, p->lang));
    put(p, "\n\n");
    code(p, "formula", r->formula);
    said(p, "source", r->cite);
    said(p, "use", r->use);
    said(p, "not for", r->avoid);
    said(p, "agreement", r->peers);
    fields(p, "options", r->opt, "--");
    if (a->own) a->own(p, r);
}

static void contents(page *p, nf_table rows)
{
    put(p, "\n| | |\n|---|---|\n");
    for (nf_table r = rows; *r; r++) {
        put(p, nf_format(p->c, "| [%s](#%s) | ", (*r)->name, (*r)->name));
        prose(p, nf_text_in((*r)->title, p->lang));
        put(p, " |\n");
    }
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    page p = { c, w->out, w->lang, NF_OK };
    about a = about_page(argument[0]);
    (void)opt;
    if (!a.name) {
        nf_fail(c, NF_EINVAL, "manual needs the name of a page");
        return nf_hint(c, "methods, schemes, formulas, loaders or charts");
    }
    put(&p, nf_format(c, "# %s\n\n<!-- Written by `ninefold manual %s`: edit the registry's rows, not this page. -->"
                         "\n\n%s\n",
                      a.head, a.name, a.intro));
    contents(&p, a.table);
    for (nf_table r = a.table; *r; r++) entry(&p, &a, *r);
    return p.rc;
}

extern const nf_command nf_command_manual;
const nf_command nf_command_manual = {
    .row = { .name = "manual", .title = { "a page of the documents", "文档页" } }, .hidden = true,
    .most = 1, .arguments = "methods|schemes|formulas|loaders|charts", .run = run };
