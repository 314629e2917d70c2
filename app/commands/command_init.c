/* command_init.c - init: one flat sheet to start with, which check and report take as it is. */
#include "app.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FIXED = 6, YEARS = 6, COLS = FIXED + YEARS };
static const struct { nf_text name; nf_type type; } fixed[FIXED] = {
    { { "name", "名称" }, NF_WORD }, { { "unit", "单位" }, NF_WORD }, { { "better", "方向" }, NF_WORD },
    { { "target", "目标" }, NF_F64 }, { { "by when", "期限" }, NF_WORD }, { { "owner", "责任单位" }, NF_WORD } };

/* Rows to be overwritten; they say so. */
static const nf_text higher = { "higher", "越高越好" }, lower = { "lower", "越低越好" };
static const struct { nf_text name, unit; const nf_text *better; double target; nf_text owner; double y[YEARS];
                      } example[] = {
    { { "Example: days with good air", "示例：优良天数" }, { "days", "天" }, &higher, 300,
      { "Environment bureau", "生态环境局" }, { 210, 226, 237, 249, 251, 268 } },
    { { "Example: PM2.5", "示例：PM2.5浓度" }, { "µg/m3", "µg/m3" }, &lower, 35,
      { "Environment bureau", "生态环境局" }, { 58, 52, 50, 46, 44, 41 } },
    { { "Example: key projects finished", "示例：重点项目完成率" }, { "%", "%" }, &higher, 100,
      { "Planning bureau", "发展和改革委员会" }, { 12, 25, 41, 52, 70, 81 } } };

static int fill(nf_ctx *c, nf_sink to, const char *by_when, const char *lang)
{
    int rc = NF_OK;
    for (size_t i = 0; i < sizeof example / sizeof *example && !rc; i++) {
        nf_value v[COLS] = { { .s = nf_text_in(example[i].name, lang) }, { .s = nf_text_in(example[i].unit, lang) },
                             { .s = nf_text_in(*example[i].better, lang) }, { .f = example[i].target },
                             { .s = by_when }, { .s = nf_text_in(example[i].owner, lang) } };
        for (int y = 0; y < YEARS; y++) v[FIXED + y].f = example[i].y[y];
        rc = to.row(to.self, c, v);
    }
    return rc;
}

/* Columns of the six years before this one; the example's targets are due four years on. */
static int write_sheet(nf_ctx *c, nf_workspace *w, const nf_writer *writer, nf_out bytes)
{
    nf_field field[COLS + 1] = { 0 };
    char name[YEARS + 1][16];
    int64_t year, day = (w->as_of - 1) / 86400;
    int month, dom;
    nf_sink to;
    nf_civil_of_day(day, &year, &month, &dom);
    for (int i = 0; i < FIXED; i++)
        field[i] = (nf_field){ .name = nf_text_in(fixed[i].name, w->lang), .type = fixed[i].type };
    for (int i = 0; i <= YEARS; i++) snprintf(name[i], sizeof name[i], "%d", (int)year - YEARS + i);
    for (int i = 0; i < YEARS; i++) field[FIXED + i] = (nf_field){ .name = name[i], .type = NF_F64 };
    snprintf(name[YEARS], sizeof name[YEARS], "%d", (int)year + 4);
    int rc = writer->open(c, &to, bytes, &(nf_style){ .lang = w->lang, .spreadsheet = true });
    if (rc || (rc = to.begin(to.self, c, "ninefold", field))) return rc;
    return to.end(to.self, c, fill(c, to, name[YEARS], w->lang));
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    const char *path = argument[0], *dot = path ? strrchr(path, '.') : NULL;
    const nf_writer *writer = dot ? nf_row_find(NF_TABLE(nf_formats), dot + 1, NULL) : NULL;
    nf_outfile *file;
    nf_out bytes;
    (void)opt;
    if (!path || !writer || (strcmp(dot, ".xlsx") && strcmp(dot, ".csv"))) {
        nf_fail(c, NF_EINVAL, path ? "'%s' is neither .xlsx nor .csv" : "init needs the name of the sheet%s",
                path ? path : "");
        return nf_hint(c, "ninefold init mycity.xlsx");
    }
    if (!access(path, F_OK)) {
        nf_fail(c, NF_EINVAL, "the file is already there and stays as it is");
        return nf_at(c, path, 0, 0);
    }
    int rc = nf_outfile_open(c, &file, path, &bytes);
    return rc ? rc : nf_outfile_close(c, file, write_sheet(c, w, writer, bytes));
}

extern const nf_command nf_command_init;
const nf_command nf_command_init = {
    .row = { .name = "init", .title = { "one flat sheet to start with, checked as it is",
                                        "一张起步用的表格，可直接检查" } },
    .wish = { "start from one sheet", "从一张表开始" },
    .most = 1, .arguments = "FILE.xlsx|FILE.csv", .examples = "ninefold init mycity.xlsx\nninefold check mycity.xlsx",
    .run = run };
