/* report_tex.c - LaTeX source for XeLaTeX or LuaLaTeX (Chinese by ctex): booktabs tables, charts as PDF. */
#include "outline.h"
#include "theme.h"
#include <stdio.h>
#include <string.h>

typedef struct { nf_setter set; nf_memory page; nf_out out; } tex;

static void put(nf_setter *s, const char *markup) { if (!s->rc) s->rc = nf_put(((tex *)s)->out, markup); }
static void text(nf_setter *s, const char *words)
{ if (!s->rc && words) s->rc = nf_escape(((tex *)s)->out, NF_TEX, words); }

static void braced(nf_setter *s, const char *command, const char *words)
{
    put(s, command);
    put(s, "{");
    text(s, words);
    put(s, "}");
}

static void heading(nf_setter *s, int level, const char *words)
{
    static const char *const command[] = { "", "\\title", "\n\\section*", "\n\\subsection*" };
    braced(s, command[level], words);
    put(s, level == 1 ? "\n\\author{}\\date{}\n\\maketitle\n\n" : "\n\n");
}

static void paragraph(nf_setter *s, const char *words, bool warning)
{
    if (warning) braced(s, "\\warning", words);
    else text(s, words);
    put(s, "\n\n");
}

static void cell(nf_setter *s, const nf_line *line, size_t i)
{
    /* in the order of nf_level */
    static const char *const colour[] = { "none", "missed", "off", "risk", "on", "met" };
    const char *words = line->cell[i] && *line->cell[i] ? line->cell[i] : "–";
    if (i) put(s, " & ");
    if ((int)i != line->verdict) {
        text(s, words);
        return;
    }
    put(s, "\\verdict{");
    put(s, colour[line->level]);
    braced(s, "}", words);
}

/* longtable: it breaks over pages and repeats its head. */
static void table(nf_setter *s, const nf_text *column, const int *width, size_t n, const nf_line *line, size_t lines)
{
    char spec[80];
    put(s, "{\\scriptsize\\setlength{\\tabcolsep}{2pt}\n\\begin{longtable}{@{}");
    for (size_t i = 0; i < n; i++) {
        snprintf(spec, sizeof spec, ">{\\raggedright\\arraybackslash}p{.%02d\\linewidth}", width[i] > 2 ? width[i] - 1
                 : 1);
        put(s, spec);
    }
    put(s, "@{}}\n\\toprule\n");
    for (size_t i = 0; i < n; i++) {
        if (i) put(s, " & ");
        braced(s, "\\textbf", nf_text_in(column[i], s->lang));
    }
    put(s, " \\\\\n\\midrule\n\\endhead\n");
    for (size_t k = 0; k < lines; k++) {
        for (size_t i = 0; i < n; i++) cell(s, &line[k], i);
        put(s, " \\\\\n");
    }
    put(s, "\\bottomrule\n\\end{longtable}}\n\n");
}

static void picture(nf_setter *s, const char *alt, const char *chart, const nf_exhibit *e, const char *stem)
{
    s->rc = nf_album_chart(&s->album, chart, e, stem, NULL);
    put(s, "\\chart{");
    put(s, stem);                                /* a slug: letters, digits, - and _ */
    put(s, s->album.canvas->suffix);
    braced(s, "}", alt);
    put(s, "\n\n");
}

static void preamble(nf_setter *s, bool zh)
{
    static const struct { const char *name; nf_level level; } tone[] = { { "none", NF_UNKNOWN },
        { "missed", NF_MISSED }, { "off", NF_OFF },
        { "risk", NF_RISK }, { "on", NF_ON }, { "met", NF_MET } };
    char line[80];
    put(s, "% !TeX program = xelatex\n");
    put(s, zh ? "\\documentclass[UTF8,a4paper,10pt]{ctexart}\n"
        : "\\documentclass[a4paper,10pt]{article}\n\\usepackage{iftex}\n"
                "\\ifPDFTeX\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{textcomp}"
                "\\else\\usepackage{fontspec}\\fi\n");
    put(s, "\\usepackage[margin=20mm]{geometry}\n\\usepackage{array,booktabs,graphicx,longtable,xcolor}\n");
    for (size_t i = 0; i < sizeof tone / sizeof *tone; i++) {
        snprintf(line, sizeof line, "\\definecolor{%s}{HTML}{%06X}\n", tone[i].name,
                 (unsigned)nf_role_rgb(nf_tone(tone[i].level), NF_LIGHT));
        put(s, line);
    }
    put(s, "\\newcommand{\\verdict}[2]{\\textcolor{#1}{\\textbf{#2}}}\n\\newcommand{\\warning}"
           "[1]{\\noindent\\textcolor{off}{\\textbf{#1}}}\n"
           "\\newcommand{\\chart}[2]{\\par\\noindent\\begin{minipage}{\\linewidth}\\centering\n"
           "  \\includegraphics[width=\\linewidth,height=.85\\textheight,keepaspectratio]{#1}\\par\\small "
           "#2\\end{minipage}\\par\\medskip}\n"
           "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{4pt}\n\\begin{document}\n");
}

static int write(nf_ctx *c, nf_folder folder, const nf_dossier *d)
{
    tex t = { .set = { .c = c, .heading = heading, .paragraph = paragraph, .table = table, .picture = picture },
              .page = { .ctx = c } };
    nf_out out;
    t.out = nf_out_memory(&t.page);
    preamble(&t.set, d->all.lang && !strcmp(d->all.lang, "zh"));
    int rc = t.set.rc ? t.set.rc : nf_outline_set(c, &t.set, folder, d, "pdf");
    if (!rc) rc = nf_put(t.out, "\\end{document}\n");
    if (!rc) rc = folder.open(folder.self, c, "report.tex", &out);
    return rc ? rc : folder.close(folder.self, c, out.write(out.self, t.page.text, t.page.n));
}

const nf_report nf_report_tex = {
    .row = { .name = "tex", .title = { "LaTeX source with charts as PDF", "LaTeX 源文件，图为 PDF" },
             .use = "XeLaTeX or LuaLaTeX; Chinese needs ctex",
             .avoid = "a picture format other than pdf: it is always pdf" },
    .write = write
};
