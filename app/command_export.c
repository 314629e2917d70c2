/* command_export.c - export: series as long rows that `load` takes back exactly. */
#include "app.h"
#include <stdio.h>

enum { VINTAGES };
static const nf_field options[] = {
    NF_FLAG_OPTION("vintages", "every version of every figure, not only the latest known", "每个数的全部版本，而不仅是最新的"),
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

/* "break|estimated": the words that load reads. */
enum { STATUS_ROOM = 128 };
static const char *status_words(char text[STATUS_ROOM], unsigned bits)
{
    static const char *const word[] = { "break", "estimated", "provisional", "unreliable", "forecast", "confidential",
                                        "not-available", "imputed", "below-limit" };
    size_t n = 0;
    text[0] = 0;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (bits >> i & 1) n += (size_t)snprintf(text + n, STATUS_ROOM - n, "%s%s", n ? "|" : "", word[i]);
    return n ? text : NULL;
}

static int one_row(nf_ctx *c, nf_sink to, const nf_meta *m, const nf_version *v)
{
    char time[48], published[32] = "", status[STATUS_ROOM];
    if (v->period.freq == NF_NUMBER) nf_double_text(time, v->number);
    else nf_period_text(time, v->period);
    if (v->published > 1) nf_instant_text(published, v->published);
    return to.row(to.self, c, (nf_value[]){ { .s = m->key }, { .s = time }, { .f = v->value }, { .s = m->unit },
        { .s = status_words(status, v->status) }, { .s = *published ? published : NULL },
        { .s = v->publisher }, { .s = v->document } });
}

/* A view has lost when and by whom each figure was published: the latest of the days and the line of names stand for all. */
static int rows_of_view(nf_ctx *c, nf_sink to, const nf_series *s)
{
    int rc = NF_OK;
    for (size_t i = 0; i < s->t.n && !rc; i++) {
        nf_version v = { .period = nf_axis_at(&s->t, i), .number = s->t.num ? s->t.num[i] : 0, .value = s->y[i],
                         .status = s->status ? s->status[i] : 0, .published = s->meta->known, .publisher = s->meta->source };
        rc = one_row(c, to, s->meta, &v);
    }
    return rc;
}

/* Whether the period is one that the selection left in the view: views are cut at their ends only. */
static bool in_view(const nf_series *s, const nf_version *v)
{
    if (s->t.num) return s->t.n && v->number >= s->t.num[0] && v->number <= s->t.num[s->t.n - 1];
    return s->t.n && nf_period_order(v->period, nf_axis_at(&s->t, 0)) >= 0
        && nf_period_order(v->period, nf_axis_at(&s->t, s->t.n - 1)) <= 0;
}

static bool is_as_stored(const nf_workspace *w, const nf_series *s)
{
    return w->store && !s->meta->formula && !w->pick.aggregate && !w->pick.seasons;
}

static int rows(nf_ctx *c, const nf_workspace *w, nf_sink to, const nf_series *s, bool all)
{
    nf_version *v;
    size_t n = 0;
    int found = is_as_stored(w, s) ? nf_store_versions(c, w->store, s->meta->key, w->as_of, all, &v, &n) : 0;
    int rc = found < 0 ? found : found ? NF_OK : rows_of_view(c, to, s);
    for (size_t i = 0; i < n && !rc; i++)
        if (in_view(s, &v[i])) rc = one_row(c, to, s->meta, &v[i]);
    return rc;
}

static int every_series(nf_ctx *c, nf_workspace *w, char **series, nf_sink to, bool all)
{
    nf_source from;
    nf_cursor cursor;
    nf_series s;
    int more = 0;
    int rc = nf_workspace_series(c, w, series, &from);
    if (!rc) rc = from.find(from.self, c, &(nf_query){ .known = w->as_of }, &cursor);
    if (rc) return rc;
    size_t mark = nf_mark(c);
    while (!rc && (more = cursor.next(cursor.cur, c, &s)) > 0) {
        rc = rows(c, w, to, &s, all);
        nf_release(c, mark);
    }
    cursor.close(cursor.cur);
    return rc ? rc : more;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_sink to;
    if (!w->format) w->format = "csv";
    w->style.guard = true;
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "observations", fields))) return rc;
    return to.end(to.self, c, every_series(c, w, argument, to, opt[VINTAGES].i == 1));
}

extern const nf_command nf_command_export;
const nf_command nf_command_export = {
    .row = { .name = "export", .title = { "series as rows that load takes back exactly", "导出序列，可原样再载入" },
             .opt = options },
    .arguments = "[SERIES...]",
    .examples = "ninefold export > all.csv\nninefold export 'pm25@*' --from 2024 --format xlsx > pm25.xlsx\n"
                "ninefold export --vintages > every-version.csv",
    .selects = true, .run = run };
