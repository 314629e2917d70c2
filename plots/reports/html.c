/* html.c - the markup of a page and its one style sheet: no script, no request, no style attribute. */
#include "html.h"
#include "theme.h"
#include <string.h>

void nf_html_put(nf_html *h, const char *markup) { if (!h->rc) h->rc = nf_put(h->out, markup); }
void nf_html_text(nf_html *h, const char *text) { if (!h->rc && text) h->rc = nf_escape(h->out, NF_XML, text); }
void nf_html_say(nf_html *h, nf_text t) { nf_html_text(h, nf_text_in(t, h->lang)); }

void nf_html_tag(nf_html *h, const char *tag, const char *text)
{
    nf_html_put(h, "<");
    nf_html_put(h, tag);
    nf_html_put(h, ">");
    nf_html_text(h, text);
    nf_html_put(h, "</");
    if (!h->rc) h->rc = h->out.write(h->out.self, tag, strcspn(tag, " "));
    nf_html_put(h, ">\n");
}

void nf_html_tag_say(nf_html *h, const char *tag, nf_text t) { nf_html_tag(h, tag, nf_text_in(t, h->lang)); }

void nf_html_columns(nf_html *h, const nf_text *name, size_t n)
{
    nf_html_put(h, "<table>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) nf_html_tag_say(h, "th scope=\"col\"", name[i]);
    nf_html_put(h, "</tr></thead>\n<tbody>\n");
}

void nf_html_cell(nf_html *h, nf_text label, const char *text)
{
    bool empty = !text || !*text;
    nf_html_put(h, empty ? "<td class=\"no\" data-label=\"" : "<td data-label=\"");
    nf_html_say(h, label);
    nf_html_put(h, "\">");
    nf_html_text(h, empty ? "–" : text);
    nf_html_put(h, "</td>");
}

void nf_html_pill(nf_html *h, nf_level level, const char *word)
{
    static const char *const class[] = { "none", "missed", "off", "risk", "on", "met" },
    *const shape[] = { "▬", "✕", "▼", "◆", "●", "✓" };
    nf_html_put(h, "<span class=\"pill ");
    nf_html_put(h, class[level]);
    nf_html_put(h, "\"><span aria-hidden=\"true\">");
    nf_html_put(h, shape[level]);
    nf_html_put(h, "</span> ");
    nf_html_text(h, word);
    nf_html_put(h, "</span>");
}

void nf_html_chart(nf_html *h, const char *name, const nf_exhibit *e, double width, const char *class)
{
    const nf_chart *chart = nf_row_find(NF_TABLE(nf_charts), name, NULL);
    const nf_canvas *svg = nf_row_find(NF_TABLE(nf_canvases), "svg", NULL);
    size_t mark = nf_mark(h->c);
    char *id = nf_format(h->c, "chart%u", ++h->charts);
    if (h->rc || !chart || !svg || !id) return;
    nf_html_put(h, "<div class=\"");
    nf_html_put(h, class);
    nf_html_put(h, "\">");
    if (!h->rc)
        h->rc = nf_chart_render(h->c, h->out, chart, svg, e, NULL,
                                &(nf_page){ .width = width, .id = id, .bare = !strncmp(class, "chart", 5) },
                                (nf_sink){ 0 });
    nf_html_put(h, "</div>\n");
    nf_release(h->c, mark);
}

static const char style[] =
    "*{box-sizing:border-box}body{margin:0;background:var(--nf-paper);color:var(--nf-ink);line-height:1.5;"
    "font-size:16px}\n"
    "main,header,footer{max-width:1180px;margin:0 auto;padding:0 24px}h1{font-size:1.9rem;line-height:1.2;"
    "margin:1.4rem 0 .4rem}\n"
    "h2{font-size:1.4rem;line-height:1.25;margin:2.6rem 0 .5rem;padding-top:1rem;border-top:2px solid var(--nf-ink)}"
    "h3{font-size:1.25rem;margin:2.4rem 0 .4rem}\n"
    ".lead{font-size:1.15rem;margin:.3rem 0}.sub,small,figcaption,footer{color:var(--nf-sub)}small{display:block;"
    "font-size:.85rem;font-weight:400}\n"
    ".banner{border:2px solid var(--nf-off);background:var(--nf-woff);color:var(--nf-off);padding:.5rem .9rem;"
    "border-radius:6px;font-weight:700;margin:1rem 0}\n"
    ".counts{display:flex;flex-wrap:wrap;gap:.4rem 1.1rem;list-style:none;margin:1rem 0;padding:0}.counts "
    "b{margin-right:.35rem}\n"
    ".pill{display:inline-block;white-space:nowrap;border-radius:1em;padding:.05em .75em;font-weight:700;"
    "font-size:.85rem}\n"
    ".none{color:var(--nf-none);background:var(--nf-wnone)}.missed{color:var(--nf-missed);"
    "background:var(--nf-wmissed)}.off{color:var(--nf-off);background:var(--nf-woff)}\n"
    ".risk{color:var(--nf-risk);background:var(--nf-wrisk)}.on{color:var(--nf-on);background:var(--nf-won)}"
    ".met{color:var(--nf-met);background:var(--nf-wmet)}\n"
    "svg.nf{display:block;max-width:100%;height:auto}.wide{margin:1rem -24px}.slim{display:none}figure{margin:0}\n"
    ".grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,350px),1fr));gap:1.2rem;"
    "margin:1.2rem -14px}.grid svg.nf{width:100%;max-width:400px}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}th,td{text-align:left;"
    "vertical-align:top;padding:.45rem .6rem .45rem 0;border-top:1px solid var(--nf-grid)}\n"
    "thead th{border-top:0;border-bottom:1.5px solid var(--nf-ink);color:var(--nf-sub);vertical-align:bottom}tr.why "
    "td{border-top:0;padding-top:0;color:var(--nf-sub)}\n"
    "td{font-variant-numeric:tabular-nums}ul{padding-left:1.2rem}nav ul{list-style:none;padding:0;display:flex;"
    "flex-wrap:wrap;gap:.2rem 1rem}a{color:var(--nf-obst)}\n"
    "footer{font-size:.85rem;margin-top:3rem;padding-bottom:2rem}code{font-size:.95em;overflow-wrap:anywhere}\n"
    "@media screen and (min-width:1200px){tr:has(+tr.why) td:nth-child(-n+5){white-space:nowrap}}\n"
    "@media screen and (max-width:720px){.wide{display:none}.slim{display:block;margin:1rem -14px}h1{font-size:1.5rem}"
    "main,header,footer{padding:0 16px}\n"
    "thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table,tbody,tr,th{"
    "display:block}td{display:inline-block;margin-right:1rem}td.no{display:none}tr{border-top:1px solid var(--nf-grid);padding:.5rem 0}\n"
    "tr.why{border-top:0;padding-top:0}tr.why td{display:block}th,td{border:0;padding:.1rem 0}td[data-label]::before{content:attr(data-label) "
    "\": \";color:var(--nf-sub)}}\n"
    ".sources th[scope=row]{font-weight:400}.tasks td:nth-child(3){white-space:nowrap}\n"
    "ul.names{columns:2;column-gap:2rem;font-size:.9rem}.paper{display:none}\n"
    "@media screen and (max-width:720px){ul.names{columns:1}}\n"
    "@media print{body{font-size:8.7pt;line-height:1.3}main,header,footer{max-width:none;padding:0}h1{font-size:17pt;"
    "margin-top:0}\n"
    "h2{font-size:13pt;margin-top:1rem;padding-top:.5rem}h3{font-size:10.5pt;margin:.7rem 0 .2rem}"
    ".lead{font-size:10.5pt}p{margin:.25rem 0}\n"
    "h2,h3,h3+p,thead,tr:has(+tr.why){break-after:avoid}tr,figure,.grid>*,.wide{break-inside:avoid}.banner{padding:.2rem "
    ".5rem}\n"
    "small,ul.names{font-size:7pt}th small{display:inline}th small::before{content:\" · \"}table{font-size:7.2pt;"
    "line-height:1.2;margin:.25rem 0}th,td{padding:.12rem .4rem .12rem 0}\n"
    "tr.why td{padding-bottom:.2rem}.pill{font-size:7pt;padding:0 .4em}.tasks table{font-size:7pt}.tasks "
    "th{font-weight:400}.counts{margin:.4rem 0}.wide{margin:.3rem 0}\n"
    ".wide svg.nf{margin:0 auto;max-height:135mm}.grid{grid-template-columns:1fr 1fr 1fr;gap:.2rem .6rem;margin:.3rem "
    "0}\n"
    ".grid svg.nf{max-height:68mm}.grid .fine,nav{display:none}.paper{display:block;font-size:7pt;color:var(--nf-sub)}"
    "a{color:inherit;text-decoration:none}}\n"
    "@page{size:A4;margin:11mm 11mm}\n";

void nf_html_head(nf_html *h, const char *title)
{
    nf_html_put(h, "<!DOCTYPE html>\n<html lang=\"");
    nf_html_put(h, !strcmp(h->lang, "zh") ? "zh-CN" : "en");
    nf_html_put(h, "\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width,"
                   "initial-scale=1\"/>\n"
                   "<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"generator\" "
                   "content=\"ninefold " NF_VERSION "\"/>\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                   "'unsafe-inline'; img-src data:\"/>\n"
                   "<link rel=\"icon\" href=\"data:,\"/>\n");
    nf_html_tag(h, "title", title);
    nf_html_put(h, "<style>\n");
    if (!h->rc) h->rc = nf_theme_css(h->out, ":root", NF_AUTO, NULL);
    nf_html_put(h, "body{font-family:" NF_FONT_LIST "}\n");
    nf_html_put(h, style);
    nf_html_put(h, "</style>\n</head>\n<body>\n");
}
