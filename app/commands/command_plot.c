/* command_plot.c - plot: a chart by its name, in the format that the file's suffix says. */
#include "app.h"
#include <string.h>

static const char *const themes[] = { "light", "dark", "auto", NULL };                   /* in nf_theme's order */
static const char *const uses[] = { "word", "slide", "wechat", "latex", "phone", "print", NULL };
/* CSS px, in the order of uses */
static const struct { double width, height, scale; } sizes[] = {
    { 640, 416, 2 }, { 960, 540, 2 }, { 540, 720, 2 }, { 560, 364, 1 }, { 390, 520, 2 }, { 800, 520, 3 } };

enum { OUTPUT, SIZE, SCALE, TITLE, THEME, FOR, METHOD, NUMBERS };
static const nf_field options[] = {
    NF_WORD_OPTION("output", "draw to FILE; its suffix says the format: svg png pdf ...",
                   "画到 FILE，后缀决定格式：svg png pdf …"),
    NF_WORD_OPTION("size", "in pixels: WxH, as 800x520", "尺寸（像素）WxH，如 800x520"),
    { .name = "scale", .type = NF_F64, .def = 0, .lo = 0, .hi = 16,
      .title = { "png: NUMBER dots a pixel (2)", "png：每像素点数（2）" } },
    NF_WORD_OPTION("title", "TEXT instead of the sentence that states the finding", "用 TEXT 代替结论式标题"),
    { .name = "theme", .type = NF_WORD, .word = "light", .choices = themes, .title = { "colours", "配色" } },
    { .name = "for", .type = NF_WORD, .choices = uses,
      .title = { "size and resolution for a purpose", "按用途设定尺寸和清晰度" } },
    { .name = "method", .type = NF_WORD, .word = "sen",
      .title = { "the trend by METHOD (sen)", "趋势方法 METHOD（sen）" } },
    NF_WORD_OPTION("numbers", "the numbers drawn to FILE.csv too", "同时把所画数字写入 FILE.csv"),
    { 0 }
};

static int set_page(nf_ctx *c, nf_page *page, const nf_value *opt)
{
    *page = (nf_page){ .title = opt[TITLE].s, .scale = opt[SCALE].f };
    for (int i = 0; themes[i]; i++)
        if (!strcmp(themes[i], opt[THEME].s)) page->theme = (nf_theme)i;
    for (int i = 0; opt[FOR].s && uses[i]; i++)
        if (!strcmp(uses[i], opt[FOR].s)) {
            page->width = sizes[i].width;
            page->height = sizes[i].height;
            if (!(page->scale > 0)) page->scale = sizes[i].scale;
        }
    if (!(page->scale > 0)) page->scale = 2;
    if (!opt[SIZE].s) return NF_OK;
    const char *by = strchr(opt[SIZE].s, 'x');
    if (by && nf_double_scan(opt[SIZE].s, (size_t)(by - opt[SIZE].s), &page->width)
        && nf_double_scan(by + 1, strlen(by + 1), &page->height)
        && page->width >= 40 && page->width <= 20000 && page->height >= 40 && page->height <= 20000) return NF_OK;
    nf_fail(c, NF_EINVAL, "--size '%s' is no size", opt[SIZE].s);
    return nf_hint(c, "WxH in pixels, 40 to 20000 each, as 800x520");
}

static int draw(nf_ctx *c, const nf_chart *chart, const nf_exhibit *e, const nf_workspace *w, const nf_value *opt,
                nf_rows *drawn)
{
    const nf_canvas *canvas = NULL;
    nf_page page;
    nf_value *chart_opt;
    nf_outfile *file;
    nf_out bytes;
    int rc = nf_canvas_for(c, &canvas, opt[OUTPUT].s);
    if (!rc) rc = set_page(c, &page, opt);
    if (!rc) rc = nf_passed_options(c, &chart_opt, &chart->row, w->passed);
    if (!rc) rc = nf_outfile_open(c, &file, opt[OUTPUT].s, &bytes);
    if (rc) return rc;
    rc = nf_chart_render(c, bytes, chart, canvas, e, chart_opt, &page, nf_sink_rows(drawn));
    return nf_outfile_close(c, file, rc);
}

static int write_numbers(nf_ctx *c, const nf_rows *drawn, const char *path)
{
    const nf_writer *csv = nf_row_find(NF_TABLE(nf_formats), "csv", NULL);
    nf_outfile *file;
    nf_out bytes;
    nf_sink to;
    int rc = nf_outfile_open(c, &file, path, &bytes);
    if (rc) return rc;
    rc = csv->open(c, &to, bytes, &(nf_style){ .lang = "en" });
    if (!rc) rc = nf_rows_emit(drawn, c, to);
    return nf_outfile_close(c, file, rc);
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    const void *row;
    nf_exhibit e;
    nf_rows drawn = { .ctx = c };
    if (!argument[0]) {
        nf_fail(c, NF_EINVAL, "plot needs the name of a chart");
        return nf_hint(c, "'ninefold list charts' shows them");
    }
    int rc = nf_row_need(c, &row, NF_TABLE(nf_charts), "chart", argument[0]);
    if (rc) return rc;
    if (!opt[OUTPUT].s) return nf_fail(c, NF_EINVAL, "plot needs a file to draw to: -o FILE.svg");
    const nf_chart *chart = row;
    char **series = argument + 1;
    rc = nf_passed_used(c, (const nf_row *const[]){ &chart->row }, 1, w->passed, "chart");
    if (!rc) rc = nf_workspace_files(c, w, &series);
    if (!rc) rc = nf_workspace_exhibit(c, w, chart->needs, series, opt[METHOD].s, &e);
    if (!rc) rc = draw(c, chart, &e, w, opt, &drawn);
    return rc || !opt[NUMBERS].s ? rc : write_numbers(c, &drawn, opt[NUMBERS].s);
}

extern const nf_command nf_command_plot;
const nf_command nf_command_plot = {
    .row = { .name = "plot", .title = { "a chart by its name", "按名称画图" }, .opt = options },
    .wish = { "make a chart", "画图" },
    .arguments = "CHART [SERIES...] -o FILE",
    .examples = "ninefold plot scoreboard -o board.png\nninefold plot trend shijiazhuang.gdp -o gdp.svg\n"
                "ninefold plot trend 'pm25@centre' --aggregate year:mean:75% -o pm25.pdf",
    .selects = true, .more = NF_TABLE(nf_charts), .run = run };
