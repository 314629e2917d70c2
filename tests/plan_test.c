/* plan_test.c - the plan's tables are read by their columns, and what is wrong is named with its place. */
#include "datasets.h"
#include "test.h"
#include <unistd.h>

static char folder[64];

static void put(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *f = fopen(path, "w");
    ok(f && fputs(text, f) >= 0 && !fclose(f));
}

static void fresh(void)
{
    strcpy(folder, "/tmp/nf_plan_XXXXXX");
    ok(mkdtemp(folder));
}

static void gone(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ok(!system(command));
}

TEST(a_target_takes_series_unit_and_title_from_its_indicator)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    fresh();
    put("programme", "code,title,title_zh,place,place_zh,start,finish,source\nP,Plan,规划,City,某市,2021,2025,a book\n");
    put("indicators", "code,title,title_zh,improvement,unit,scale,expression,owner,owner_zh\n"
                      "gdp,GDP,地区生产总值,I3,亿元,log,city.gdp,Bureau,统计局\n");
    put("targets",
        "target,indicator,kind,direction,baseline_period,baseline,value,period,path,binding,published,tolerance\n"
        "\"gdp, \"\"2025\"\"\",gdp,at-least,up,2020,,10000,2025,2022:7000;2023:8000.5,yes,2021-07-03,\n"
        "\n"
        "pm,gdp,change-pct,,2020,,-20,2025,,no,,1\n");
    ok(nf_plan_read(c, &p, folder) == NF_OK);
    same(p.title.zh, "规划");
    same(p.place, "City");
    same(p.place_title.zh, "某市");
    ok(p.start.ord == 2021 && p.finish.ord == 2025 && p.n_target == 2);
    const nf_target *t = p.target;
    same(t->code, "gdp, \"2025\"");
    same(t->series, "city.gdp");
    same(t->unit, "亿元");
    same(t->title.zh, "地区生产总值");
    ok(t->kind == NF_AT_LEAST && t->sense == 1 && t->scale == NF_SCALE_LOG && t->binding && t->due.ord == 2025);
    ok(isnan(t->base_value) && isnan(t->tolerance) && isnan(t->limit) && t->value == 10000 && t->known > 0);
    ok(t->n_path == 2 && t->path[1].period.ord == 2023 && t->path[1].value == 8000.5);
    ok(t[1].sense == -1 && t[1].tolerance == 1 && !t[1].binding && t[1].n_path == 0 && t[1].known == 0);
    same(p.indicator[0].owner.zh, "统计局");
    gone();
    nf_ctx_free(c);
}

static void refused(const char *table, const char *text, long line, long col, const char *what, const char *hint)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    fresh();
    put(table, text);
    ok(nf_plan_read(c, &p, folder) == NF_EDATA);
    const nf_diag *d = nf_last(c);
    ok(strstr(d->file, table) && strstr(d->file, folder));
    if (d->line != line || d->col != col || !strstr(d->what, what))
        fail_msg("%s:%ld:%ld: %s", d->file, d->line, d->col, d->what);
    if (hint) ok(d->hint && strstr(d->hint, hint));
    ok(!p.n_target && !p.n_indicator);
    gone();
    nf_ctx_free(c);
}

TEST(what_is_wrong_in_a_plan_is_named_with_its_place)
{
    refused("targets", "target,indicator,value\na,b,1\nc,d,abc\n", 3, 3, "'abc' is not a number", "tolerance");
    refused("targets", "target,indicator,vallue\n", 1, 3, "no column 'vallue'", "'value'");
    refused("targets", "target,value\n", 1, 0, "needs a column 'indicator'", NULL);
    refused("targets", "target,indicator,value,value\n", 1, 4, "stands twice", NULL);
    refused("targets", "target,indicator,kind\na,b,atleast\n", 2, 3, "kind 'atleast'", "'at-least'");
    refused("targets", "target,indicator,direction\na,b,sideways\n", 2, 3, "direction 'sideways'", NULL);
    refused("targets", "target,indicator,period\na,b,2025-13\n", 2, 3, "2025-13", NULL);
    refused("targets", "target,indicator,value\na,b,1\nc,d\n", 3, 0, "2 cells, the header has 3", NULL);
    refused("targets", "target,indicator\na,\n", 2, 2, "indicator is empty", NULL);
    refused("targets", "target,indicator,path\na,b,2022=40\n", 2, 3, "PERIOD:VALUE", NULL);
    char many[900] = "target,indicator,path\na,b,";
    memset(many + strlen(many), ';', 800);
    refused("targets", strcat(many, "\n"), 2, 3, "milestones", NULL);
    refused("targets", "target,indicator,value\na,b,nan\n", 2, 3, "'nan' is not a number", NULL);
    refused("indicators", "code,title\ngdp,\"open\n", 2, 0, "never closed", NULL);
    refused("programme", "code\na\nb\n", 3, 0, "one row", NULL);
    refused("tasks", "", 0, 0, "is empty", NULL);
}

TEST(a_folder_without_tables_is_no_plan)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    fresh();
    ok(nf_plan_read(c, &p, folder) == NF_ENOTFOUND);
    same(nf_last(c)->file, folder);
    gone();
    nf_ctx_free(c);
}

TEST(the_flat_table_of_targets_is_read)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    char path[160];
    fresh();
    put("t", "indicator,series,direction,kind,baseline_period,baseline,target_period,target,unit,scale,limit\n"
             "a,s1,down,at-most,2010,80,2030,,µg/m3,log,\nb,s2,up,reach,,,2030,95,%,,100\n");
    snprintf(path, sizeof path, "%s/t.csv", folder);
    ok(nf_targets_read(c, &p, path) == NF_OK);
    ok(p.n_target == 2 && isnan(p.target[0].value) && p.target[0].base_value == 80 && p.target[1].limit == 100);
    same(p.target[1].series, "s2");
    same(p.target[1].code, "b");
    ok(p.target[0].sense == -1 && p.target[0].scale == NF_SCALE_LOG && p.target[1].scale == NF_SCALE_AUTO);
    gone();
    nf_ctx_free(c);
}

TEST(the_shipped_plans_are_read)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    ok(nf_plan_read(c, &p, NF_SOURCE "/indicators/plans/shijiazhuang") == NF_OK);
    ok(p.n_improvement == 9 && p.n_project == 9 && p.n_task == 39 && p.n_target > 10);
    same(nf_plan_indicator(&p, "gdp")->expression, "shijiazhuang.gdp");
    ok(nf_plan_read(c, &p, NF_SOURCE "/indicators/plans/hebei") == NF_OK);
    nf_ctx_free(c);
}
