/* ledger_sheet_test.c - what a sheet of the ledger says on its way out is nothing new on its way back. */
#include "engine.h"
#include "datasets.h"
#include "scratch.h"
#include "test.h"

static const nf_task tasks[] = {
    { .code = "T1", .title = { "Plant \"trees\", many", "植树" }, .owner = { "Bureau, of Trees", "林业局" },
      .start = { 2024, NF_YEAR, 1 }, .due = { 2027, NF_YEAR, 1 } },
    { .code = "T2", .title = { "Close the boilers", "关停锅炉" }, .owner = { "Bureau, of Trees", "林业局" } },
    { .code = "T3", .title = { "=cmd|' /C calc'!A0", "列表" }, .owner = { "Bureau, of Trees", NULL } },
    { .code = "T4", .title = { "Of nobody", NULL } } };
static const nf_entry entries[] = {
    { "T1", 10, "a", "started", "yes", NULL, NULL }, { "T1", 20, "a", "progress", "60%", "half", NULL },
    { "T1", 30, "a", "blocked", "no steel", NULL, NULL }, { "T1", 40, "a", "unblocked", "yes", NULL, NULL },
    { "T2", 10, "a", "finished", "yes", NULL, NULL }, { "T2", 20, "a", "blocked", "yes", NULL, NULL },
    { "T3", 10, "a", "progress", "nonsense", NULL, NULL }, { "T2", 999, "a", "progress", "5", NULL, NULL } };
static const nf_plan plan = { .task = tasks, .n_task = 4, .entry = entries,
                              .n_entry = sizeof entries / sizeof *entries };

static char *written(nf_ctx *c, const char *unit, const char *lang, int64_t now)
{
    const nf_writer *csv = nf_row_find(NF_TABLE(nf_writers), "csv", NULL);
    nf_memory *m = nf_alloc(c, sizeof *m);
    nf_sink to;
    m->ctx = c;
    ok(!csv->open(c, &to, nf_out_memory(m), &(nf_style){ .lang = lang, .spreadsheet = true }));
    ok(!nf_ledger_sheet_write(c, to, &plan, unit, (nf_period){ 4 * 2026 + 1, NF_QUARTER, 1 }, lang, now));
    return m->text;
}

static int read_back(nf_ctx *c, nf_ledger_return *r, const char *text, int64_t now)
{
    const char *path = scratch_path("sheet.csv");
    FILE *f = fopen(path, "w");
    ok(f && fputs(text, f) >= 0 && !fclose(f));
    ok(nf_is_ledger_sheet(c, path) == (strstr(text, "a,b") != text));
    return nf_ledger_sheet_read(c, r, &plan, path, now);
}

TEST(what_goes_out_comes_back_as_nothing_new)
{
    static const char *const langs[] = { "en", "zh" };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_ledger_return r;
    for (size_t l = 0; l < 2; l++) {
        char *text = written(c, langs[l][0] == 'z' ? "林业局" : "Bureau, of Trees", langs[l], 100);
        ok(strstr(text, "60") && !strstr(text, "60%") && !strstr(text, "T4"));
        ok(!read_back(c, &r, text, 100) && r.tasks == 2 + (l == 0) && r.n_entry == 0);
    }
    nf_ctx_free(c);
}

TEST(only_what_differs_is_entered)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_ledger_return r;
    ok(!read_back(c, &r, "任务编号,报告期,责任单位,已启动,进度,已完成,受阻,说明\nT1,2026年第2季度,林业局,是,60,否,否,half\n"
                         "T2,2026-Q2,林业局,,25.5%,是,否,\n", 100));
    ok(r.tasks == 2 && r.n_entry == 2);
    same(r.entry[0].field, "progress");
    same(r.entry[0].value, "25.5");
    same(r.entry[1].field, "unblocked");
    same(r.unit.en, "Bureau, of Trees");
    ok(r.period.freq == NF_QUARTER && r.entry[1].at == 100);
    nf_ctx_free(c);
}

TEST(what_cannot_be_meant_is_refused_at_its_cell)
{
    static const struct { const char *row; long col; } bad[] = {
        { "T1,2026Q2,Bureau of Steel,yes,1,", 0 }, { "T9,2026Q2,林业局,yes,1,", 0 }, { "T1,soon,林业局,yes,1,", 0 },
        { "T1,2026Q2,林业局,maybe,1,", 4 }, { "T1,2026Q2,林业局,yes,101,", 5 }, { "T1,2026Q2,林业局,yes,-1,", 5 },
        { "T1,2026Q2,林业局,yes,nan,", 5 }, { "T1,2026Q2,林业局,yes,inf,", 5 }, { ",2026Q2,林业局,yes,1,", 0 },
        { "T1,2026Q2,林业局,yes,1,\nT2,2026Q1,林业局,yes,1,", 0 }, { "T1,2026Q2,林业局,yes,1,\nT4,2026Q2,,yes,1,", 0 } };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_ledger_return r;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *text = nf_format(c, "task,period,unit,started,progress,note\n%s\n", bad[i].row);
        ok(read_back(c, &r, text, 100) == NF_EDATA);
        if (bad[i].col) ok(nf_last(c)->line == 2 && nf_last(c)->col == bad[i].col);
    }
    ok(read_back(c, &r, "a,b\n1,2\n", 100) == NF_EDATA);
    ok(read_back(c, &r, "task,task,period,unit,started\n", 100) == NF_EDATA);
    ok(read_back(c, &r, "task,period,unit,started\n", 100) == NF_EDATA);
    nf_ctx_free(c);
}
