/* command_export.c - export: series as long rows that `load` takes back exactly. */
#include "exports/export.h"

enum { VINTAGES, SDMX, PACKAGE };
static const nf_field options[] = {
    NF_FLAG_OPTION("vintages", "every version of every figure, not only the latest known", "每个数的全部版本，而不仅是最新的"),
    NF_FLAG_OPTION("sdmx", "as SDMX-CSV 2.0", "导出为 SDMX-CSV 2.0"),
    NF_WORD_OPTION("package", "a data package in DIR: a CSV and what it means", "在 DIR 中写数据包：CSV 及其说明"),
    { 0 }
};

static const nf_field fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "time", .type = NF_WORD, .title = { "time", "时期" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "status", .type = NF_WORD, .title = { "status", "状态" } },
    { .name = "published", .type = NF_WORD, .title = { "published", "发布" } },
    { .name = "publisher", .type = NF_WORD, .title = { "publisher", "发布者" } },
    { .name = "document", .type = NF_WORD, .title = { "document", "文献" } },
    { 0 }
};

static int figure(void *self, nf_ctx *c, const nf_meta *m, const nf_version *v)
{
    const nf_sink *to = self;
    char time[64], published[32], status[NF_STATUS_ROOM];
    nf_export_time(time, v, false);
    return to->row(to->self, c, (nf_value[]){ { .s = m->key }, { .s = time }, { .f = v->value }, { .s = m->unit },
        { .s = nf_export_status(status, v->status, false) }, { .s = nf_export_published(published, v) },
        { .s = v->publisher }, { .s = v->document } });
}

static int rows(nf_ctx *c, nf_workspace *w, char **series, bool versions)
{
    nf_sink to;
    if (!w->format) w->format = "csv";
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "observations", fields))) return rc;
    return to.end(to.self, c, nf_export_each(c, w, series, versions, &(nf_export_to){ .figure = figure, .self = &to }));
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    bool versions = opt[VINTAGES].i == 1, sdmx = opt[SDMX].i == 1;
    w->style.guard = true;
    if (sdmx && opt[PACKAGE].s) return nf_fail(c, NF_EINVAL, "--sdmx and --package are two ways to export");
    if (sdmx) return nf_export_sdmx(c, w, argument, versions);
    return opt[PACKAGE].s ? nf_export_package(c, w, argument, versions, opt[PACKAGE].s)
                          : rows(c, w, argument, versions);
}

extern const nf_command nf_command_export;
const nf_command nf_command_export = {
    .row = { .name = "export", .title = { "series as rows that load takes back exactly", "导出序列，可原样再载入" },
             .opt = options },
    .arguments = "[SERIES...]",
    .examples = "ninefold export > all.csv\nninefold export 'pm25@*' --from 2024 --format xlsx > pm25.xlsx\n"
                "ninefold export --vintages > every-version.csv\nninefold export --sdmx > all.sdmx.csv\n"
                "ninefold export --package DIR",
    .selects = true, .run = run };
