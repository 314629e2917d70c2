/* trend_row.c - the trend table: its columns, and one result as a row of it, in short or with every field. */
#include "trend_row.h"
#include <math.h>
#include <string.h>

const nf_field nf_trend_fields[] = {
    [NF_ROW_SERIES]    = { "series", NF_WORD, NF_FREE, { "series", "序列" } },
    [NF_ROW_METHOD]    = { "method", NF_WORD, NF_FREE, { "method", "方法" } },
    [NF_ROW_N]         = { "n", NF_I64, NF_ONE, { "values", "数值个数" } },
    [NF_ROW_MISSING]   = { "missing", NF_I64, NF_ONE, { "periods without a value", "缺值期数" } },
    [NF_ROW_FIRST]     = { "first", NF_TIME, NF_FREE, { "first", "起始" } },
    [NF_ROW_LAST]      = { "last", NF_TIME, NF_FREE, { "last", "截止" } },
    [NF_ROW_STAT]      = { "stat", NF_F64, NF_FREE, { "statistic", "统计量" } },
    [NF_ROW_Z]         = { "z", NF_F64, NF_ONE, { "z", "z" } },
    [NF_ROW_P]         = { "p", NF_F64, NF_ONE, { "p", "p 值" } },
    [NF_ROW_LOG10_P]   = { "log10_p", NF_F64, NF_ONE, { "log10 p", "p 的常用对数" } },
    [NF_ROW_P_ADJ]     = { "p_adj", NF_F64, NF_ONE, { "p, adjusted for all series", "校正后的 p 值" } },
    [NF_ROW_SLOPE]     = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope", "斜率" } },
    [NF_ROW_SLOPE_LO]  = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit", "斜率下限" } },
    [NF_ROW_SLOPE_HI]  = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit", "斜率上限" } },
    [NF_ROW_SLOPE_PCT] = { "slope_pct", NF_F64, NF_FREE, { "slope, % of the median", "斜率（占中位数 %）" } },
    [NF_ROW_INTERCEPT] = { "intercept", NF_F64, NF_FREE, { "intercept", "截距" } },
    [NF_ROW_TREND]     = { "trend", NF_WORD, NF_ONE, { "trend", "趋势" } },
    [NF_ROW_STATUS]    = { "status", NF_WORD, NF_ONE, { "status", "状态" } },
    [NF_ROW_FLAGS]     = { "flags", NF_WORD, NF_ONE, { "flags", "提示" } },
    { 0 }
};

/* The columns before a method's own in the wide form. */
static const int lead[] = { NF_ROW_SERIES, NF_ROW_METHOD, NF_ROW_N, NF_ROW_MISSING, NF_ROW_STATUS, NF_ROW_FLAGS };
enum { LEAD = sizeof lead / sizeof *lead };

int nf_row_form_of(nf_ctx *c, nf_row_form *f, const nf_method *m, bool wide, bool adjusts)
{
    *f = (nf_row_form){ .by = m, .wide = wide, .field = nf_trend_fields, .columns = NF_ROW_COLUMNS, .p_adj = SIZE_MAX };
    for (int i = 0; i < NF_ROW_COLUMNS; i++) f->from[i] = nf_field_index(m->out, nf_trend_fields[i].name);
    f->from[NF_ROW_STAT] = m->stat ? nf_field_index(m->out, m->stat) : -1;
    if (!wide) return NF_OK;
    size_t own = nf_field_count(m->out);
    nf_field *field = nf_alloc(c, (LEAD + own + 2) * sizeof *field), *at = field;
    if (!field) return NF_ENOMEM;
    if (adjusts && f->from[NF_ROW_P] >= 0) f->p_adj = (size_t)f->from[NF_ROW_P] + 1;
    for (size_t i = 0; i < LEAD; i++) *at++ = nf_trend_fields[lead[i]];
    for (size_t i = 0; i <= own; i++) {
        if (i == f->p_adj) *at++ = nf_trend_fields[NF_ROW_P_ADJ];
        if (i < own) *at++ = m->out[i];
    }
    f->field = field;
    f->columns = (size_t)(at - field);
    return NF_OK;
}

/* The flags' names, and why a series could not be had as asked. */
static const char *flags_text(nf_ctx *c, uint32_t flags, const nf_series *series)
{
    char text[256] = "";
    size_t len = 0;
    if (series->meta && series->meta->unfit) return series->meta->unfit;
    if (!flags) return "";
    for (unsigned bit = 0; nf_flag_name(bit); bit++) {
        if (!(flags >> bit & 1)) continue;
        size_t n = strlen(nf_flag_name(bit));
        if (len) text[len++] = ' ';
        memcpy(text + len, nf_flag_name(bit), n);
        len += n;
    }
    return nf_strndup(c, text, len);
}

static void head(nf_value *cell[NF_ROW_COLUMNS], const nf_row_form *f, const char *name, const nf_sample *s)
{
    cell[NF_ROW_SERIES]->s = name;
    cell[NF_ROW_METHOD]->s = f->by->row.name;
    cell[NF_ROW_N]->i = (int64_t)s->n;
    cell[NF_ROW_MISSING]->i = (int64_t)(s->series->t.n - s->n);
}

static void body(nf_value *row, const nf_row_form *f, const nf_sample *s, const nf_result *r, double median_y)
{
    row[NF_ROW_FIRST].t = s->from;
    row[NF_ROW_LAST].t = s->to;
    for (int i = NF_ROW_STAT; i <= NF_ROW_INTERCEPT; i++) row[i].f = f->from[i] < 0 ? NAN : r->v[f->from[i]].f;
    double pct = 100 * row[NF_ROW_SLOPE].f / fabs(median_y);
    row[NF_ROW_SLOPE_PCT].f = isfinite(pct) ? pct : NAN;
    const char *word = nf_trend_word(r, s->set.alpha);
    row[NF_ROW_TREND].s = *word ? word : NULL;
}

static void own_fields(nf_value *to, const nf_row_form *f, const nf_result *r)
{
    size_t before = f->p_adj, own = f->columns - LEAD;
    if (before == SIZE_MAX) before = own;
    memcpy(to, r->v, before * sizeof *to);
    if (before == own) return;
    to[before].f = NAN;
    memcpy(to + before + 1, r->v + before, (own - before - 1) * sizeof *to);
}

int nf_row_of(nf_ctx *c, nf_value **out, const nf_row_form *f, const char *name, const nf_sample *s, const nf_result *r,
              double median_y)
{
    nf_value *row = nf_alloc(c, f->columns * sizeof *row), *cell[NF_ROW_COLUMNS];
    const char *flags = flags_text(c, r->flags, s->series);
    if (!row || !flags) return NF_ENOMEM;
    for (size_t i = 0; f->wide && i < LEAD; i++) cell[lead[i]] = &row[i];
    for (size_t i = 0; !f->wide && i < NF_ROW_COLUMNS; i++) cell[i] = &row[i];
    head(cell, f, name, s);
    cell[NF_ROW_STATUS]->s = nf_status_name(r->status);
    cell[NF_ROW_FLAGS]->s = flags;
    if (f->wide) own_fields(row + LEAD, f, r);
    else body(row, f, s, r, median_y);
    *out = row;
    return NF_OK;
}
