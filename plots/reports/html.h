/* html.h - markup of a page: text is escaped unless it is the writer's own. The first failure is kept in rc. */
#ifndef NF_HTML_H
#define NF_HTML_H
#include "album.h"

typedef struct { nf_ctx *c; nf_out out; const char *lang; int rc; unsigned charts, part; } nf_html;
void nf_html_put(nf_html *, const char *markup);
void nf_html_text(nf_html *, const char *text);
void nf_html_say(nf_html *, nf_text);
/* tag may have attributes: "th scope=\"col\"" */
void nf_html_tag(nf_html *, const char *tag, const char *text);
void nf_html_tag_say(nf_html *, const char *tag, nf_text);
void nf_html_columns(nf_html *, const nf_text *name, size_t n);              /* a table up to its first row */
void nf_html_cell(nf_html *, nf_text label, const char *text);               /* td, its column's name kept for phones */
void nf_html_pill(nf_html *, nf_level, const char *word);
/* width 0: the chart's own; a chart in the grid leaves notes and source to the page */
void nf_html_chart(nf_html *, const char *chart, const nf_exhibit *, double width, const char *class);
void nf_html_head(nf_html *, const char *title);                             /* up to and with <body> */

/* The parts of the page; each is a section of its own. */
void nf_html_summary(nf_html *, const nf_exhibit *);
void nf_html_improvements(nf_html *, const nf_exhibit *);
void nf_html_tasks(nf_html *, const nf_plan *, int64_t now);
void nf_html_sources(nf_html *, const nf_exhibit *);
void nf_html_missing(nf_html *, const nf_exhibit *);
#endif
