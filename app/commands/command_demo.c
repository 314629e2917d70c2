/* command_demo.c - demo: the whole way on an invented city and on what Shijiazhuang has published. */
#include "app.h"
#include <string.h>

enum { OUTPUT };
static const nf_field options[] = {
    { .name = "output", .type = NF_WORD, .word = "ninefold-demo",
      .title = { "the folder DIR for store, data and pages", "输出文件夹 DIR" } },
    { 0 }
};

enum { CITY_SEED = 1 };

/* ---- load ---- */

static int load(nf_ctx *c, nf_workspace *w, const char *folder, const char *file)
{
    nf_receipt r = { 0 };
    char *path = nf_format(c, "%s/%s", folder, file);
    size_t work = nf_scratch_mark(c);
    int rc = path ? nf_load(c, w->store, path, &(nf_load_options){ .now = w->now, .jobs = w->jobs }, &r) : NF_ENOMEM;
    nf_scratch_rewind(c, work);
    return rc;
}

static int load_city(nf_ctx *c, nf_workspace *w, const char *city)
{
    static const char *const files[] = { "data/synthetic_indicators_yearly.csv", "data/synthetic_industry_monthly.csv",
                                         "data/synthetic_air_hourly.csv", "data/synthetic_traffic_hourly.csv" };
    nf_plan plan;
    char *folder = nf_format(c, "%s/plan", city);
    int rc = folder ? nf_synthetic_city(c, NULL, CITY_SEED, city) : NF_ENOMEM;
    for (size_t i = 0; i < sizeof files / sizeof *files && !rc; i++) rc = load(c, w, city, files[i]);
    if (!rc) rc = nf_plan_read(c, &plan, folder);
    return rc ? rc : nf_store_plan_save(c, w->store, &plan, folder, nf_plan_known(&plan, w->now), w->now);
}

static int load_published(nf_ctx *c, nf_workspace *w)
{
    const char *samples;
    int rc = nf_shipped(c, &samples, "datasets/samples");
    if (!rc) rc = load(c, w, samples, "shijiazhuang_published.csv");
    return rc ? rc : load(c, w, samples, "hebei_published.csv");
}

/* ---- report ---- */

static int exhibit(nf_ctx *c, nf_workspace *w, nf_exhibit *e)
{
    char *none[] = { NULL };
    return nf_workspace_exhibit(c, w, NF_NEEDS_SERIES | NF_NEEDS_FINDING | NF_NEEDS_RESULT, none, "sen", e);
}

/* The invented city is the store's plan; the public facts are judged by the shipped one. */
static int report(nf_ctx *c, nf_workspace *w, const char *dir, const char *command)
{
    nf_workspace public = *w;
    nf_exhibit facts;
    nf_dossier d = { .images = "svg", .command = command };
    nf_folder folder;
    const void *html;
    public.plan_path = "shijiazhuang";
    int rc = nf_row_need(c, &html, NF_TABLE(nf_reports), "report format", "html");
    if (!rc) rc = exhibit(c, w, &d.all);
    if (!rc) rc = exhibit(c, &public, &facts);
    if (!rc) rc = nf_folder_open(c, &folder, dir);
    if (rc) return rc;
    d.public_plan = facts.plan;
    d.public_finding = facts.finding;
    d.n_public_finding = facts.n_finding;
    d.public_rollup = facts.rollup;
    d.n_public_rollup = facts.n_rollup;
    return ((const nf_report *)html)->write(c, folder, &d);
}

/* ---- the last words ---- */

/* A word that a shell takes as one. */
static const char *quoted(nf_ctx *c, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=@%:,";
    if (*word && strspn(word, plain) == strlen(word)) return word;
    char *out = nf_strdup(c, "'");
    for (const char *p = word; out && *p; p++) out = nf_format(c, *p == '\'' ? "%s'\\''" : "%s%c", out, *p);
    return out ? nf_format(c, "%s'", out) : NULL;
}

static int farewell(nf_ctx *c, const nf_workspace *w, const char *dir)
{
    bool zh = !strcmp(w->lang, "zh");
    const char *me = quoted(c, w->program), *in = quoted(c, dir);
    const char *lang = zh ? " --lang zh" : "";
    char *text = !me || !in ? NULL : nf_format(c, zh
        ? "请打开：%s/index.html\n\n接着可以试：\n"
          "  %s check -s %s/ninefold.db%s\n"
          "  %s check -s %s/ninefold.db --plan shijiazhuang --as-of 2024-01-31%s\n"
          "  %s plot trend shijiazhuang.gdp -s %s/ninefold.db --plan shijiazhuang -o %s/gdp.png%s\n\n"
          "换成您的数据：%s init mycity.xlsx，填好这张表，再运行 %s check mycity.xlsx\n"
        : "Open the page: %s/index.html\n\nThen try:\n"
          "  %s check -s %s/ninefold.db%s\n"
          "  %s check -s %s/ninefold.db --plan shijiazhuang --as-of 2024-01-31%s\n"
          "  %s plot trend shijiazhuang.gdp -s %s/ninefold.db --plan shijiazhuang -o %s/gdp.png%s\n\n"
          "Now your data: %s init mycity.xlsx, fill the sheet in, then %s check mycity.xlsx\n",
        in, me, in, lang, me, in, lang, me, in, in, lang, me, me);
    return text ? nf_put(w->out, text) : NF_ENOMEM;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    const char *dir = opt[OUTPUT].s;
    char *city = nf_format(c, "%s/city", dir), *command = nf_format(c, "ninefold demo -o %s", dir);
    nf_store *store;
    (void)argument;
    w->plan_path = NULL;
    w->store_path = nf_format(c, "%s/ninefold.db", dir);
    if (!city || !command || !w->store_path) return NF_ENOMEM;
    int rc = nf_folder_make(c, dir);
    if (!rc) rc = nf_workspace_store(c, w, &store, NF_STORE_CREATE);
    if (!rc) rc = load_city(c, w, city);
    if (!rc) rc = load_published(c, w);
    if (!rc) rc = report(c, w, dir, command);
    if (!rc) rc = nf_workspace_date(c, w);
    return rc ? rc : farewell(c, w, dir);
}

extern const nf_command nf_command_demo;
const nf_command nf_command_demo = {
    .row = { .name = "demo", .title = { "the whole way on an invented city and on public facts",
                                        "用虚构城市和公开数据走完全程" },
             .opt = options },
    .wish = { "see it work", "看看效果" },
    .arguments = "-o DIR", .examples = "ninefold demo -o demo/", .run = run };
