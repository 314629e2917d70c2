/* report_md.c - Markdown: headings, tables and pictures, for editors, wikis and pandoc. */
#include "outline.h"

typedef struct { nf_setter set; nf_memory page; nf_out out; } md;

static void put(nf_setter *s, const char *markup) { if (!s->rc) s->rc = nf_put(((md *)s)->out, markup); }
static void text(nf_setter *s, const char *words)
{ if (!s->rc && words) s->rc = nf_escape(((md *)s)->out, NF_MD, words); }

static void heading(nf_setter *s, int level, const char *words)
{
    static const char *const marks[] = { "", "# ", "\n## ", "\n### " };
    put(s, marks[level]);
    text(s, words);
    put(s, "\n\n");
}

static void paragraph(nf_setter *s, const char *words, bool warning)
{
    if (warning) put(s, "> ");
    text(s, words);
    put(s, "\n\n");
}

static void cell(nf_setter *s, const char *words)
{
    put(s, " ");
    text(s, words && *words ? words : "–");
    put(s, " |");
}

static void table(nf_setter *s, const nf_text *column, const int *width, size_t n, const nf_line *line, size_t lines)
{
    (void)width;
    put(s, "|");
    for (size_t i = 0; i < n; i++) cell(s, nf_text_in(column[i], s->lang));
    put(s, "\n|");
    for (size_t i = 0; i < n; i++) put(s, "---|");
    put(s, "\n");
    for (size_t k = 0; k < lines; k++) {
        put(s, "|");
        for (size_t i = 0; i < n; i++) cell(s, line[k].cell[i]);
        put(s, "\n");
    }
    put(s, "\n");
}

static void picture(nf_setter *s, const char *alt, const char *chart, const nf_exhibit *e, const char *stem)
{
    s->rc = nf_album_chart(&s->album, chart, e, stem, NULL);
    put(s, "![");
    text(s, alt);
    put(s, "](");
    put(s, stem);                                /* a slug: letters, digits, - and _ */
    put(s, s->album.canvas->suffix);
    put(s, ")\n\n");
}

static int write(nf_ctx *c, nf_folder folder, const nf_dossier *d)
{
    md m = { .set = { .heading = heading, .paragraph = paragraph, .table = table, .picture = picture },
             .page = { .ctx = c } };
    nf_out out;
    m.out = nf_out_memory(&m.page);
    int rc = nf_outline_set(c, &m.set, folder, d, NULL);
    if (!rc) rc = folder.open(folder.self, c, "report.md", &out);
    return rc ? rc : folder.close(folder.self, c, out.write(out.self, m.page.text, m.page.n));
}

const nf_report nf_report_md = {
    .row = { .name = "md", .title = { "Markdown with pictures beside it", "Markdown，图片另存" },
             .use = "editors, wikis, pandoc", .avoid = "Word and LaTeX: take docx and tex" },
    .write = write
};
