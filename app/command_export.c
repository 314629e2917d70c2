/* command_export.c - export: series as long rows that `load` takes back exactly. */
#include "app.h"
#include <stdio.h>

static const nf_field fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "time", .type = NF_TIME, .title = { "time", "时期" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "status", .type = NF_WORD, .title = { "status", "状态" } },
    { .name = "published", .type = NF_WORD, .title = { "published", "发布" } },
    { 0 }
};

/* "break|estimated": the words that load reads. */
enum { STATUS_ROOM = 128 };
static const char *status_words(char text[STATUS_ROOM], unsigned bits)
{
    static const char *const word[] = { "break", "estimated", "provisional", "unreliable", "forecast", "confidential",
                                        "not-available", "imputed" };
    size_t n = 0;
    text[0] = 0;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (bits >> i & 1) n += (size_t)snprintf(text + n, STATUS_ROOM - n, "%s%s", n ? "|" : "", word[i]);
    return n ? text : NULL;
}

static int rows(nf_ctx *c, nf_sink to, const nf_series *s)
{
    char published[32] = "", status[STATUS_ROOM];
    int rc = NF_OK;
    if (s->meta->known > 1) nf_instant_text(published, s->meta->known);
    for (size_t i = 0; i < s->t.n && !rc; i++)
        rc = to.row(to.self, c, (nf_value[]){ { .s = s->meta->key }, { .t = nf_axis_at(&s->t, i) }, { .f = s->y[i] },
            { .s = s->meta->unit }, { .s = s->status ? status_words(status, s->status[i]) : NULL },
            { .s = *published ? published : NULL } });
    return rc;
}

static int all(nf_ctx *c, nf_workspace *w, char **series, nf_sink to)
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
        rc = rows(c, to, &s);
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
    (void)opt;
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "observations", fields))) return rc;
    return to.end(to.self, c, all(c, w, argument, to));
}

extern const nf_command nf_command_export;
const nf_command nf_command_export = {
    .row = { .name = "export", .title = { "series as rows that load takes back exactly", "导出序列，可原样再载入" } },
    .arguments = "[SERIES...]",
    .examples = "ninefold export > all.csv\nninefold export 'pm25@*' --from 2024 --format xlsx > pm25.xlsx",
    .selects = true, .run = run };
