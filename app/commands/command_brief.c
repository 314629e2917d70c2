/* command_brief.c - brief: the mayor's page, one sheet of A4, with what changed since a day. */
#include "app.h"
#include "check_people.h"

enum { OUTPUT, SINCE, TITLE };
static const nf_field options[] = {
    NF_WORD_OPTION("output", "the page goes to FILE.pdf or FILE.png", "输出到 FILE.pdf 或 FILE.png"),
    NF_WORD_OPTION("since", "what changed since DATE (a year before)", "DATE 以来的变化（默认一年前）"),
    NF_WORD_OPTION("title", "TEXT instead of the sentence that states the finding", "用 TEXT 代替结论式标题"),
    { 0 }
};

/* The same day a year before; 29 February goes back to the 28th. */
static const char *year_before(nf_ctx *c, const nf_workspace *w)
{
    int64_t year, day = (w->as_of - 1) / 86400;
    int month, dom;
    nf_civil_of_day(day, &year, &month, &dom);
    if (month == 2 && dom == 29) dom = 28;
    return nf_format(c, "%04lld-%02d-%02d", (long long)year - 1, month, dom);
}

static int compare(nf_ctx *c, nf_workspace *w, nf_exhibit *e, const char *since)
{
    nf_finding *was;
    const void *scheme;
    int rc = since ? nf_row_need(c, &scheme, NF_TABLE(nf_schemes), "scheme", "native") : NF_ENOMEM;
    if (!rc) rc = nf_known_parse(c, &e->since, since);
    if (!rc) rc = nf_check_then(c, w, scheme, since, &was, &e->n_before);
    if (!rc) e->before = was;
    return rc;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    const void *chart;
    const nf_canvas *canvas;
    nf_exhibit e;
    nf_outfile *file;
    nf_out bytes;
    char *none[] = { NULL };
    if (!opt[OUTPUT].s) return nf_fail(c, NF_EINVAL, "brief needs a file: -o brief.pdf");
    int rc = nf_canvas_for(c, &canvas, opt[OUTPUT].s);
    if (!rc) rc = nf_row_need(c, &chart, NF_TABLE(nf_charts), "chart", "brief");
    if (!rc && *argument) rc = nf_workspace_sheet(c, w, *argument);
    if (!rc) rc = nf_workspace_exhibit(c, w, NF_NEEDS_FINDING, none, "sen", &e);
    if (!rc && (opt[SINCE].s || !*argument)) rc = compare(c, w, &e, opt[SINCE].s ? opt[SINCE].s : year_before(c, w));
    if (!rc) rc = nf_outfile_open(c, &file, opt[OUTPUT].s, &bytes);
    if (rc) return rc;
    nf_page page = { .scale = 2, .title = opt[TITLE].s };
    rc = nf_outfile_close(c, file, nf_chart_render(c, bytes, chart, canvas, &e, NULL, &page, (nf_sink){ 0 }));
    return rc ? rc : nf_workspace_date(c, w);
}

extern const nf_command nf_command_brief;
const nf_command nf_command_brief = {
    .row = { .name = "brief", .title = { "the mayor's page: one sheet of A4", "市长一页纸：一张 A4" }, .opt = options },
    .wish = { "put it on one page", "浓缩成一页" },
    .most = 1, .arguments = "[FILE] -o FILE.pdf|png",
    .examples = "ninefold brief -o brief.pdf\nninefold brief --since 2026-01-01 --lang zh -o brief.png",
    .run = run };
