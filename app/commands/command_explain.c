/* command_explain.c - explain: where a number comes from: observations, rule, formula, file, line, vintage. */
#include "app.h"
#include <math.h>
#include <string.h>

static int stored(nf_ctx *c, nf_workspace *w, const char *key, nf_period p)
{
    nf_store *store;
    nf_sink to;
    static const char *const few[] = { "series", "time", "value", "unit", "shown", "published", "source", "document",
                                       "file", "line", "loaded", NULL };
    int rc = nf_workspace_store(c, w, &store, NF_STORE_READ);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (!rc && nf_workspace_for_people(w)) rc = nf_sink_columns(c, &to, to, few);
    return rc ? rc : nf_store_explain(c, store, key, p, w->as_of, to);
}

/* ---- derived series: the value, and what of each input lies in its period ---- */

static const nf_field fields[] = {
    { .name = "depth", .type = NF_I64, .title = { "depth", "层" } },
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "time", .type = NF_TIME, .title = { "period", "时期" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "formula", .type = NF_WORD, .title = { "formula", "公式" } },
    { .name = "observations", .type = NF_I64, .title = { "observations", "观测数" } },
    { .name = "missing", .type = NF_I64, .title = { "missing", "缺失" } },
    { .name = "source", .type = NF_WORD, .title = { "source", "来源" } },
    { 0 }
};

static int lineage(nf_ctx *c, nf_sink to, const nf_series *s, nf_period whole, int depth)
{
    const nf_meta *m = s->meta;
    int64_t begin = nf_period_begin(whole), end = nf_period_end(whole), there = 0, missing = 0;
    nf_period last = { 0 };
    double value = NAN;
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (nf_period_end(p) > end || nf_period_begin(p) < begin) continue;
        if (isnan(s->y[i])) missing++; else there++;
        value = s->y[i];
        last = p;
    }
    bool one = there + missing == 1;
    int rc = to.row(to.self, c, (nf_value[]){ { .i = depth }, { .s = m->key }, { .t = one ? last : whole },
        { .f = one ? value : NAN }, { .s = m->unit }, { .s = m->formula }, { .i = there }, { .i = missing },
        { .s = m->source && *m->source ? m->source : m->dataset } });
    for (size_t i = 0; i < m->n_from && !rc && depth < 16; i++) rc = lineage(c, to, &m->from[i], whole, depth + 1);
    return rc;
}

static int derived(nf_ctx *c, nf_workspace *w, const nf_series *s, nf_period p)
{
    nf_sink to;
    size_t at;
    if (!nf_axis_find(&s->t, p, &at)) {
        char text[48];
        nf_period_text(text, p);
        return nf_fail(c, NF_ENOTFOUND, "'%s' has no figure of %s", s->meta->key, text);
    }
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "explain", fields))) return rc;
    return to.end(to.self, c, lineage(c, to, s, p, 0));
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_series_list list;
    nf_period p;
    (void)opt;
    if (!argument[0] || !argument[1]) {
        nf_fail(c, NF_EINVAL, "explain needs a series and a period");
        return nf_hint(c, "ninefold explain gdp 2023");
    }
    char *one[] = { argument[0], NULL };
    int rc = nf_period_parse(c, &p, argument[1], NF_ANY, NF_ORDER_UNKNOWN);
    if (!rc) rc = nf_workspace_gather(c, w, one, &list);
    if (rc) return rc;
    if (list.n > 1) return nf_fail(c, NF_EINVAL, "'%s' names %zu series: explain takes one", argument[0], list.n);
    const nf_meta *m = list.series[0].meta;
    return m->formula && m->n_from ? derived(c, w, &list.series[0], p) : stored(c, w, m->key, p);
}

extern const nf_command nf_command_explain;
const nf_command nf_command_explain = {
    .row = { .name = "explain", .title = { "where a number comes from, down to file and line", "一个数从何而来，直到文件与行号" } },
    .wish = { "trace a number", "查一个数的出处" },
    .most = 2, .arguments = "SERIES PERIOD",
    .examples = "ninefold explain shijiazhuang.gdp 2020\nninefold explain 'annual_mean(pm25@centre)' 2023",
    .run = run };
