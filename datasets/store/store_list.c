/* store_list.c - what a store holds, as tables: datasets, series, vintages, rejects. */
#include "store_read.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { nf_ctx *ctx; nf_store *store; int64_t known; nf_sink to; } listing;

/* ---- series, and datasets as groups of them ---- */

static const nf_field series_fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "title", .type = NF_PROSE, .title = { "title", "名称" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "place", .type = NF_WORD, .title = { "place", "地区" } },
    { .name = "quantity", .type = NF_WORD, .title = { "quantity", "量" } },
    { .name = "frequency", .type = NF_WORD, .title = { "frequency", "频率" } },
    { .name = "n", .type = NF_I64, .title = { "figures", "观测数" } },
    { .name = "first", .type = NF_TIME, .title = { "first", "起" } },
    { .name = "last", .type = NF_TIME, .title = { "last", "止" } },
    { .name = "known", .type = NF_WORD, .title = { "latest publication", "最近发布" } },
    { .name = "dataset", .type = NF_WORD, .title = { "dataset", "数据集" } },
    { .name = "source", .type = NF_WORD, .title = { "source", "来源" } },
    { .name = "licence", .type = NF_WORD, .title = { "licence", "许可" } },
    { .name = "synthetic", .type = NF_FLAG, .title = { "synthetic", "合成" } },
    { 0 }
};

/* What is listed of a series: from its row where that row holds then, else from its figures as known then. */
typedef struct { int64_t n, known; nf_period first, last; bool there; const char *source; } extent;

static nf_period axis_end(const nf_axis *t, size_t i)
{
    return t->num ? nf_period_of_number(t->num[i]) : nf_axis_at(t, i);
}

static int extent_of(listing *l, nf_reading *r, const nf_series_row *row, extent *e)
{
    nf_meta meta = { 0 };
    nf_series s;
    *e = (extent){ row->figures, row->known, { row->first, row->freq, (int32_t)row->wide },
                   { row->last, row->freq, (int32_t)row->narrow }, !l->known || row->known_first <= l->known, "" };
    if (!e->there) return NF_OK;
    if (row->origin >= 0 && (!l->known || row->known <= l->known))
        return nf_origin_line(&r->origins, l->ctx, &row->origin, 1, &e->source);
    int rc = nf_reading_series(r, l->ctx, row, &(nf_query){ .known = l->known }, &meta, &s);
    if (!rc)
        *e = (extent){ (int64_t)s.t.n, meta.known, axis_end(&s.t, 0), axis_end(&s.t, s.t.n - 1), s.t.n > 0,
                       meta.source };
    return rc;
}

/* Plain numbers as time are no period: their cells stay empty. */
static nf_period listed(nf_period p) { return p.freq == NF_NUMBER ? (nf_period){ 0 } : p; }

static int series_row(listing *l, sqlite3_stmt *q, const extent *e)
{
    const char *t[NF_ROW_LICENCE + 1];
    for (int i = NF_ROW_KEY; i <= NF_ROW_LICENCE; i++)
        if (!(t[i] = nf_store_text(l->ctx, q, i))) return NF_ENOMEM;
    const char *known = nf_store_instant(l->ctx, e->known);
    if (!known) return NF_ENOMEM;
    return l->to.row(l->to.self, l->ctx, (nf_value[]){
        { .s = t[NF_ROW_KEY] }, { .p = { t[NF_ROW_TITLE], *t[NF_ROW_TITLE_ZH] ? t[NF_ROW_TITLE_ZH] : NULL } },
        { .s = t[NF_ROW_UNIT] }, { .s = t[NF_ROW_PLACE] }, { .s = t[NF_ROW_QUANTITY] },
        { .s = nf_freq_name((nf_freq)sqlite3_column_int(q, NF_ROW_FREQ)) }, { .i = e->n }, { .t = listed(e->first) },
        { .t = listed(e->last) }, { .s = known }, { .s = t[NF_ROW_DATASET] }, { .s = e->source },
        { .s = t[NF_ROW_LICENCE] }, { .i = sqlite3_column_int(q, NF_ROW_SYNTHETIC) != 0 } });
}

typedef int series_fn(listing *, sqlite3_stmt *, const extent *);

static int series_each(listing *l, const char *order, series_fn *fn)
{
    nf_reading r = { 0 };
    sqlite3_stmt *q = NULL;
    extent e = { 0 };
    char sql[640];
    int64_t rows = 0, want = 0;
    snprintf(sql, sizeof sql, NF_SERIES_SELECT " ORDER BY %s", order);
    int rc = nf_store_count_of(l->ctx, l->store, "series", &want);
    if (!rc) rc = nf_reading_open(&r, l->ctx, l->store);
    if (!rc) rc = nf_store_sql(l->ctx, l->store, &q, sql);
    while (!rc && (rc = nf_store_step(l->ctx, l->store, q)) > 0) {
        nf_series_row row;
        size_t mark = nf_mark(l->ctx);
        rows++;
        if (!(rc = nf_series_row_of(l->ctx, l->store, q, &row))) rc = extent_of(l, &r, &row, &e);
        if (!rc && e.there) rc = fn(l, q, &e);
        nf_release(l->ctx, mark);
    }
    sqlite3_finalize(q);
    nf_reading_close(&r);
    return rc || rows == want ? rc : nf_store_damaged(l->ctx, l->store, "rows of series are missing");
}

static int list_series(listing *l) { return series_each(l, "key", series_row); }

static const nf_field dataset_fields[] = {
    { .name = "dataset", .type = NF_WORD, .title = { "dataset", "数据集" } },
    { .name = "series", .type = NF_I64, .title = { "series", "序列数" } },
    { .name = "n", .type = NF_I64, .title = { "figures", "观测数" } },
    { .name = "first", .type = NF_TIME, .title = { "first", "起" } },
    { .name = "last", .type = NF_TIME, .title = { "last", "止" } },
    { .name = "known", .type = NF_WORD, .title = { "latest publication", "最近发布" } },
    { .name = "synthetic", .type = NF_FLAG, .title = { "synthetic", "合成" } },
    { 0 }
};

/* The sink of the listing is kept; the group under way stands beside it. */
typedef struct { listing l; char *name; int64_t series, n, known; nf_period first, last; bool synthetic; } grouping;

static int group_flush(grouping *g)
{
    if (!g->name) return NF_OK;
    const char *known = nf_store_instant(g->l.ctx, g->known);
    if (!known) return NF_ENOMEM;
    return g->l.to.row(g->l.to.self, g->l.ctx,
                       (nf_value[]){ { .s = g->name }, { .i = g->series }, { .i = g->n }, { .t = g->first },
                                                              { .t = g->last }, { .s = known },
                                                              { .i = g->synthetic } });
}

static int group_add(listing *l, sqlite3_stmt *q, const extent *e)
{
    grouping *g = (grouping *)(void *)l;                         /* l is its first member */
    const char *name = (const char *)sqlite3_column_text(q, NF_ROW_DATASET);
    if (!g->name || strcmp(g->name, name ? name : "")) {
        int rc = group_flush(g);
        free(g->name);                           /* it outlives the rows, whose memory is given back one by one */
        *g = (grouping){ .l = g->l, .name = strdup(name ? name : ""), .known = INT64_MIN };
        if (rc || !g->name) return rc ? rc : nf_fail(l->ctx, NF_ENOMEM, "out of memory");
    }
    nf_period first = listed(e->first), last = listed(e->last);
    if (!nf_period_is_empty(first) && (nf_period_is_empty(g->first) || nf_period_order(first, g->first) < 0))
        g->first = first;
    if (!nf_period_is_empty(last) && (nf_period_is_empty(g->last) || nf_period_order(last, g->last) > 0))
        g->last = last;
    if (e->known > g->known) g->known = e->known;
    g->series++;
    g->n += e->n;
    g->synthetic |= sqlite3_column_int(q, NF_ROW_SYNTHETIC) != 0;
    return NF_OK;
}

static int list_datasets(listing *l)
{
    grouping g = { .l = *l };
    int rc = series_each(&g.l, "dataset, key", group_add);
    if (!rc) rc = group_flush(&g);
    free(g.name);
    return rc;
}

/* ---- vintages and rejects ---- */

static const nf_field vintage_fields[] = {
    { .name = "vintage", .type = NF_I64, .title = { "vintage", "版本" } },
    { .name = "loaded", .type = NF_WORD, .title = { "loaded", "载入时间" } },
    { .name = "dataset", .type = NF_WORD, .title = { "dataset", "数据集" } },
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { .name = "published_first", .type = NF_WORD, .title = { "published from", "最早发布" } },
    { .name = "published_last", .type = NF_WORD, .title = { "to", "最近发布" } },
    { .name = "series", .type = NF_I64, .title = { "series", "序列数" } },
    { .name = "rows", .type = NF_I64, .title = { "rows", "行数" } },
    { .name = "new", .type = NF_I64, .title = { "new", "新增" } },
    { .name = "revised", .type = NF_I64, .title = { "revised", "修订" } },
    { .name = "unchanged", .type = NF_I64, .title = { "unchanged", "未变" } },
    { .name = "rejected", .type = NF_I64, .title = { "rejected", "剔除" } },
    { .name = "duplicates", .type = NF_I64, .title = { "duplicates", "重复" } },
    { .name = "loader", .type = NF_WORD, .title = { "loader", "读取器" } },
    { .name = "program", .type = NF_WORD, .title = { "program", "程序" } },
    { .name = "sha256", .type = NF_WORD, .title = { "sha256", "sha256" } },
    { 0 }
};

static const char *hex(nf_ctx *c, sqlite3_stmt *q, int column)
{
    const unsigned char *b = sqlite3_column_blob(q, column);
    int n = b ? sqlite3_column_bytes(q, column) : 0;
    char *text = nf_alloc(c, 2 * (size_t)n + 1);
    for (int i = 0; text && i < n; i++) snprintf(text + 2 * i, 3, "%02x", b[i]);
    return text;
}

static int vintage_row(listing *l, sqlite3_stmt *q)
{
    nf_ctx *c = l->ctx;
    /* nothing of it was published by then */
    if (l->known && sqlite3_column_int64(q, 10) > l->known) return NF_OK;
    nf_value v[] = { { .i = sqlite3_column_int64(q, 0) }, { .s = nf_store_instant(c, sqlite3_column_int64(q, 9)) },
        { .s = nf_store_text(c, q, 1) }, { .s = nf_store_text(c, q, 2) },
        { .s = nf_store_instant(c, sqlite3_column_int64(q, 10)) },
        { .s = nf_store_instant(c, sqlite3_column_int64(q, 11)) }, { .i = sqlite3_column_int64(q, 12) },
        { .i = sqlite3_column_int64(q, 13) }, { .i = sqlite3_column_int64(q, 14) },
        { .i = sqlite3_column_int64(q, 15) },
        { .i = sqlite3_column_int64(q, 16) }, { .i = sqlite3_column_int64(q, 17) },
        { .i = sqlite3_column_int64(q, 18) },
        { .s = nf_store_text(c, q, 5) }, { .s = nf_store_text(c, q, 8) }, { .s = hex(c, q, 3) } };
    return l->to.row(l->to.self, c, v);
}

static const nf_field reject_fields[] = {
    { .name = "vintage", .type = NF_I64, .title = { "vintage", "版本" } },
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { .name = "line", .type = NF_I64, .title = { "line", "行" } },
    { .name = "reason", .type = NF_WORD, .title = { "reason", "原因" } },
    { .name = "text", .type = NF_WORD, .title = { "text", "原文" } },
    { 0 }
};

static int reject_row(listing *l, sqlite3_stmt *q)
{
    nf_ctx *c = l->ctx;
    nf_value v[] = { { .i = sqlite3_column_int64(q, 0) }, { .s = nf_store_text(c, q, 1) },
                     { .i = sqlite3_column_int64(q, 2) },
                     { .s = nf_store_text(c, q, 3) }, { .s = nf_store_text(c, q, 4) } };
    return l->to.row(l->to.self, c, v);
}

/* Rows of one query whose last column says whether the row is sound; as many as the store counts. */
static int rows_each(listing *l, const char *sql, int sound, const char *counter, int (*fn)(listing *, sqlite3_stmt *))
{
    sqlite3_stmt *q = NULL;
    int64_t want, rows = 0;
    int rc = nf_store_count_of(l->ctx, l->store, counter, &want);
    if (!rc) rc = nf_store_sql(l->ctx, l->store, &q, sql);
    while (!rc && (rc = nf_store_step(l->ctx, l->store, q)) > 0) {
        size_t mark = nf_mark(l->ctx);
        rows++;
        rc = sqlite3_column_int(q, sound) == 1 ? fn(l, q)
            : nf_store_damaged(l->ctx, l->store, "a row fails its checksum");
        nf_release(l->ctx, mark);
    }
    sqlite3_finalize(q);
    return rc || rows == want ? rc : nf_store_damaged(l->ctx, l->store, "rows are missing");
}

static int list_vintages(listing *l)
{
    return rows_each(l, "SELECT " NF_LOAD_COLUMNS ", " NF_SOUND(NF_LOAD_COLUMNS) " FROM load ORDER BY id", 19, "loads",
                     vintage_row);
}

static int list_rejects(listing *l)
{
    return rows_each(l, "SELECT r.load, ifnull(l.file, ''), r.line, r.reason, r.text, seal(r.load, r.line, r.reason, "
                        "r.text) = r.seal "
                        "FROM reject r LEFT JOIN load l ON l.id = r.load ORDER BY r.load, r.line, r.rowid", 5,
                        "rejects", reject_row);
}

/* ---- all of them ---- */

static const struct { const char *name; const nf_field *field; int (*run)(listing *); } lists[] = {
    { "datasets", dataset_fields, list_datasets }, { "series", series_fields, list_series },
    { "vintages", vintage_fields, list_vintages }, { "rejects", reject_fields, list_rejects } };

int nf_store_list(nf_ctx *c, nf_store *s, const char *what, int64_t known, nf_sink to)
{
    listing l = { c, s, known, to };
    const char *names[sizeof lists / sizeof *lists];
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        names[i] = lists[i].name;
        if (strcmp(names[i], what)) continue;
        int rc = to.begin(to.self, c, what, lists[i].field);
        return rc ? rc : to.end(to.self, c, lists[i].run(&l));
    }
    const char *near = nf_nearest(what, names, sizeof lists / sizeof *lists);
    nf_fail(c, NF_ENOTFOUND, "the store has no list '%s'", what);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "datasets, series, vintages or rejects");
}
