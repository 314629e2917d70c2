/* command_report.c - report: every target on pages that stand alone, with the charts and their numbers. */
#include "app.h"
#include <string.h>

static const char *const pictures[] = { "svg", "png", "pdf", NULL };

enum { OUTPUT, TITLE, IMAGES };
static const nf_field options[] = {
    NF_WORD_OPTION("output", "the folder DIR for page, charts, numbers", "输出文件夹 DIR"),
    NF_WORD_OPTION("title", "TEXT at the head of the page", "页首标题 TEXT"),
    { .name = "images", .type = NF_WORD, .word = "svg", .choices = pictures,
      .title = { "charts of html and md as (docx has png, tex has pdf)",
                 "html 和 md 的图片格式（docx 用 png，tex 用 pdf）" } },
    { 0 }
};

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    const void *row;
    nf_dossier d = { .images = opt[IMAGES].s, .command = "ninefold report" };
    char *none[] = { NULL };
    nf_folder folder;
    int rc = nf_row_need(c, &row, NF_TABLE(nf_reports), "report format", w->format ? w->format : "html");
    if (!rc && !opt[OUTPUT].s) rc = nf_fail(c, NF_EINVAL, "report needs a folder: -o DIR");
    if (!rc && *argument) rc = nf_workspace_sheet(c, w, *argument);
    if (!rc) rc = nf_workspace_exhibit(c, w, NF_NEEDS_FINDING | NF_NEEDS_RESULT | NF_NEEDS_SERIES, none, "sen", &d.all);
    if (!rc) rc = nf_folder_open(c, &folder, opt[OUTPUT].s);
    if (rc) return rc;
    d.title = opt[TITLE].s;
    rc = ((const nf_report *)row)->write(c, folder, &d);
    w->format = NULL;
    return rc ? rc : nf_workspace_date(c, w);
}

extern const nf_command nf_command_report;
const nf_command nf_command_report = {
    .row = { .name = "report", .title = { "pages with every target, charts and their numbers",
                                          "含全部目标、图表及其数据的报告" },
             .opt = options },
    .wish = { "write the report", "写报告" },
    .most = 1, .arguments = "[FILE] [--format html|md|tex|docx] -o DIR",
    .examples = "ninefold report -o report/\nninefold report --format docx -o report/\nninefold report --format tex "
                "--lang zh -o report/\n"
                "ninefold report mycity.xlsx --lang zh -o report/",
    .selects = true, .run = run };
