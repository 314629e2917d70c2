/* store_log.c - who loaded, changed and judged what, when; and where one figure comes from. */
#include "store_read.h"
#include <stdlib.h>
#include <string.h>

/* ---- the log ---- */

static const nf_field log_fields[] = {
    { .name = "at", .type = NF_WORD, .title = { "when", "时间" } },
    { .name = "what", .type = NF_WORD, .title = { "what", "事项" } },
    { .name = "who", .type = NF_WORD, .title = { "by", "经手" } },
    { .name = "about", .type = NF_WORD, .title = { "about", "对象" } },
    { .name = "detail", .type = NF_WORD, .title = { "detail", "内容" } },
    { 0 }
};

/* The four kinds of entry in one order; of equal times as they stand here. */
static const char log_sql[] =
    "SELECT at, kind, what, who, about, detail, sound FROM ("
    "SELECT loaded AS at, 1 AS kind, id AS n, 'load' AS what, program AS who, file AS about, "
    "printf('%d new, %d revised, %d unchanged, %d rejected', added, revised, unchanged, rejected) AS detail, "
    NF_SOUND(NF_LOAD_COLUMNS) " AS sound FROM load "
    "UNION ALL SELECT loaded, 2, id, 'plan', program, folder, printf('%s, %d cells', code, cells), "
    NF_SOUND(NF_PLAN_COLUMNS) " FROM plan "
    "UNION ALL SELECT at, 3, id, 'ledger', author, task, field || ': ' || value || iif(note = '', '', ' (' || note || ')'), "
    NF_SOUND(NF_LEDGER_COLUMNS) " FROM ledger "
    "UNION ALL SELECT at, 4, id, 'judge', by, indicator, verdict || ': ' || reason, "
    NF_SOUND(NF_JUDGEMENT_COLUMNS) " FROM judgement) ORDER BY at, kind, n";

static int log_rows(nf_ctx *c, nf_store *s, nf_sink to)
{
    sqlite3_stmt *q = NULL;
    int64_t want, rows = 0;
    int rc = nf_store_count_of(c, s, "loads + plans + entries + judgements", &want);
    if (!rc) rc = nf_store_sql(c, s, &q, log_sql);
    while (!rc && (rc = nf_store_step(c, s, q)) > 0) {
        size_t mark = nf_mark(c);
        rows++;
        rc = sqlite3_column_int(q, 6) != 1 ? nf_store_damaged(c, s, "a row fails its checksum")
           : to.row(to.self, c, (nf_value[]){ { .s = nf_store_instant(c, sqlite3_column_int64(q, 0)) },
                                              { .s = nf_store_text(c, q, 2) },
                 { .s = nf_store_text(c, q, 3) }, { .s = nf_store_text(c, q, 4) }, { .s = nf_store_text(c, q, 5) } });
        nf_release(c, mark);
    }
    sqlite3_finalize(q);
    return rc || rows == want ? rc : nf_store_damaged(c, s, "rows are missing");
}

int nf_store_log(nf_ctx *c, nf_store *s, nf_sink to)
{
    int rc = to.begin(to.self, c, "log", log_fields);
    return rc ? rc : to.end(to.self, c, log_rows(c, s, to));
}

/* ---- where a figure comes from ---- */

static const nf_field origin_fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "time", .type = NF_TIME, .title = { "period", "时期" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "status", .type = NF_I64, .title = { "status bits", "状态位" } },
    { .name = "shown", .type = NF_FLAG, .title = { "holds", "现行" } },
    { .name = "published", .type = NF_WORD, .title = { "published", "发布" } },
    { .name = "source", .type = NF_WORD, .title = { "source", "来源" } },
    { .name = "document", .type = NF_WORD, .title = { "document", "文献" } },
    { .name = "dataset", .type = NF_WORD, .title = { "dataset", "数据集" } },
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { .name = "line", .type = NF_I64, .title = { "line", "行" } },
    { .name = "vintage", .type = NF_I64, .title = { "vintage", "版本" } },
    { .name = "loaded", .type = NF_WORD, .title = { "loaded", "载入时间" } },
    { .name = "loader", .type = NF_WORD, .title = { "loader", "读取器" } },
    { .name = "mapping", .type = NF_WORD, .title = { "mapping", "对应关系" } },
    { .name = "sha256", .type = NF_WORD, .title = { "sha256", "sha256" } },
    { 0 }
};

typedef struct {
    nf_ctx *ctx; nf_store *store; const char *key, *unit; int freq; sqlite3_stmt *load; nf_origin_reader *origins;
} tracing;

static int origin_row(tracing *o, const nf_figure *f, bool shown, nf_sink to)
{
    nf_ctx *c = o->ctx;
    nf_origin said;
    int rc = nf_origin_read(o->origins, c, f->origin, &said);
    if (!rc) rc = nf_store_bind(c, o->store, o->load, "i", f->load);
    if (!rc) rc = nf_store_step(c, o->store, o->load);
    if (rc < 0) return rc;
    if (!rc || sqlite3_column_int(o->load, 6) != 1)
        return nf_store_damaged(c, o->store, rc ? "the load of a figure fails its checksum"
                                                : "the load of a figure is missing");
    nf_period p = { f->ord, o->freq, (int32_t)f->span };
    rc = to.row(to.self, c, (nf_value[]){
        { .s = o->key }, { .t = o->freq == NF_NUMBER ? (nf_period){ 0 } : p }, { .f = f->value }, { .s = o->unit },
        { .i = f->status }, { .i = shown }, { .s = nf_store_instant(c, f->published) }, { .s = said.publisher },
        { .s = said.document }, { .s = nf_store_text(c, o->load, 0) }, { .s = nf_store_text(c, o->load, 1) },
        { .i = f->line ? f->line : NF_NO_I64 }, { .i = f->load },
        { .s = nf_store_instant(c, sqlite3_column_int64(o->load, 2)) }, { .s = nf_store_text(c, o->load, 3) },
        { .s = nf_store_text(c, o->load, 4) }, { .s = nf_store_text(c, o->load, 5) } });
    sqlite3_reset(o->load);
    return rc;
}

/* The latest version first: it is the one that holds. */
static int origin_rows(tracing *o, const nf_series_row *row, nf_period p, int64_t known, nf_sink to)
{
    nf_reading r = { 0 };
    nf_figure *f = NULL;
    size_t n = 0, mark = nf_scratch_mark(o->ctx);
    bool shown = true;
    int64_t span = o->freq == NF_NUMBER ? 1 : p.span;
    int rc = nf_reading_open(&r, o->ctx, o->store);
    o->origins = &r.origins;
    if (!rc) rc = nf_reading_versions(&r, o->ctx, row, known, &f, &n);
    for (size_t i = n; !rc && i-- > 0;) {
        if (nf_when_order(f[i].ord, f[i].span, p.ord, span)) continue;
        rc = origin_row(o, &f[i], shown, to);
        shown = false;
    }
    o->origins = NULL;
    nf_reading_close(&r);
    nf_scratch_rewind(o->ctx, mark);
    return rc ? rc : shown ? NF_ENOTFOUND : NF_OK;
}

static int not_there(tracing *o, nf_period p)
{
    char text[48];
    nf_period_text(text, p);
    if (p.freq != o->freq) {
        nf_fail(o->ctx, NF_ENOTFOUND, "series '%s' has no figure for %s", o->key, text);
        return nf_hint(o->ctx, "its periods are of the frequency %s", nf_freq_name((nf_freq)o->freq));
    }
    return nf_fail(o->ctx, NF_ENOTFOUND, "series '%s' has no figure for %s", o->key, text);
}

static int trace(tracing *o, const nf_series_row *row, nf_period p, int64_t known, nf_sink to)
{
    if (p.freq != o->freq) return not_there(o, p);
    int rc = nf_store_sql(o->ctx, o->store, &o->load,
                          "SELECT dataset, file, loaded, loader, mapping, lower(hex(sha256)), "
                          NF_SOUND(NF_LOAD_COLUMNS) " FROM load WHERE id = ?1");
    if (!rc && !(rc = to.begin(to.self, o->ctx, "origin", origin_fields))) {
        rc = origin_rows(o, row, p, known, to);
        if (rc == NF_ENOTFOUND) rc = not_there(o, p);
        rc = to.end(to.self, o->ctx, rc);
    }
    sqlite3_finalize(o->load);
    return rc;
}

int nf_store_explain(nf_ctx *c, nf_store *s, const char *key, nf_period p, int64_t known, nf_sink to)
{
    tracing o = { .ctx = c, .store = s, .key = key };
    nf_series_row row;
    sqlite3_stmt *q;
    int rc = nf_series_row_find(c, s, key, &row, &q);
    if (rc <= 0) return rc ? rc : nf_fail(c, NF_ENOTFOUND, "the store has no series '%s'", key);
    o.freq = row.freq;
    o.unit = nf_store_text(c, q, NF_ROW_UNIT);
    rc = o.unit ? trace(&o, &row, p, known, to) : NF_ENOMEM;
    nf_store_done(s, q);
    return rc;
}
