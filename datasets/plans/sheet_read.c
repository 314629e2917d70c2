/* sheet_read.c - the one flat sheet of `init`: a row per indicator, a column per year, made into a plan and its
 * series. */
#include "readers/book.h"
#include "mapping/mapping.h"
#include <math.h>
#include <string.h>
#include <strings.h>

enum { NAME, UNIT, BETTER, TARGET, WHEN, OWNER, FIXED, PERIOD, OTHER };
static const char *const names[FIXED] = {
    "name|indicator|名称|指标|指标名称", "unit|单位", "better|direction|方向|优劣", "target|goal|目标|目标值",
    "by when|by|due|deadline|期限|完成时限|目标年|目标年份", "owner|责任单位|负责单位|牵头单位"
};

typedef struct {
    size_t cols, n, room;
    int kind[NF_MAX_COLUMNS];
    nf_period *period; size_t *order, periods;   /* per column; columns in ascending time */
    nf_indicator *indicator; nf_target *target; nf_series *series;
} sheet;

static int kind_of(nf_ctx *c, const char *cell, nf_period *p)
{
    for (int k = 0; k < FIXED; k++)
        if (nf_word_in(cell, names[k])) return k;
    bool digit = *cell >= '0' && *cell <= '9';
    return digit && !nf_period_parse(c, p, cell, NF_ANY, NF_ORDER_UNKNOWN) ? PERIOD : OTHER;
}

/* Years stand in any order; the series needs them ascending, and each once. */
static int sort_periods(nf_ctx *c, sheet *s, long line)
{
    for (size_t i = 0; i < s->cols; i++) {
        if (s->kind[i] != PERIOD) continue;
        size_t at = s->periods++;
        for (; at && nf_period_order(s->period[i], s->period[s->order[at - 1]]) < 0; at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = i;
        nf_period before = at ? s->period[s->order[at - 1]] : (nf_period){ 0, 0, 0 };
        bool twice = at && !nf_period_order(s->period[i], before),
             mixed = s->period[i].freq != s->period[s->order[0]].freq;
        if (twice || mixed) {
            nf_fail(c, NF_EDATA,
                    twice ? "the period of this column stands twice"
                          : "years and other periods are mixed in the header");
            return nf_at(c, NULL, line, (long)i + 1);
        }
    }
    if (s->periods) return NF_OK;
    nf_fail(c, NF_EDATA, "no column is a year");
    nf_hint(c, "name, unit, better, target, by when, owner, 2021, 2022, ...");
    return nf_at(c, NULL, line, 0);
}

static int header(nf_ctx *c, sheet *s, const nf_record *r)
{
    bool named = false;
    s->cols = r->n;
    s->period = nf_alloc(c, r->n * sizeof *s->period);
    s->order = nf_alloc(c, r->n * sizeof *s->order);
    if (!s->period || !s->order) return NF_ENOMEM;
    for (size_t i = 0; i < r->n; i++) {
        s->kind[i] = r->len[i] ? kind_of(c, r->cell[i], &s->period[i]) : OTHER;
        named |= s->kind[i] == NAME;
        if (s->kind[i] == OTHER && r->len[i])
            nf_note(c, NULL, r->line, (long)i + 1, "it stays as a note of yours", "the column '%.40s' is not read",
                    r->cell[i]);
    }
    if (named) return sort_periods(c, s, r->line);
    nf_fail(c, NF_EDATA, "no column is called name");
    return nf_hint(c, "the first row: name, unit, better, target, by when, owner, 2021, 2022, ...");
}

static int number(nf_ctx *c, const nf_record *r, size_t i, double *v)
{
    *v = NAN;
    if (!r->len[i] || nf_number_scan('.', r->cell[i], r->len[i], v)) return NF_OK;
    nf_fail(c, NF_EDATA, "'%.60s' is not a number", r->cell[i]);
    nf_hint(c, "write the figure alone; leave the cell empty where there is none");
    return nf_at(c, NULL, r->line, (long)i + 1);
}

static int better(nf_ctx *c, const nf_record *r, size_t i, int *sense)
{
    if (nf_word_in(r->cell[i], "higher|up|more|高|越高越好|上升")) return *sense = 1, NF_OK;
    if (nf_word_in(r->cell[i], "lower|down|less|低|越低越好|下降")) return *sense = -1, NF_OK;
    if (!r->len[i]) return *sense = 1, NF_OK;
    nf_fail(c, NF_EDATA, "better is '%.40s'", r->cell[i]);
    nf_hint(c, "higher or lower");
    return nf_at(c, NULL, r->line, (long)i + 1);
}

static int figures(nf_ctx *c, sheet *s, const nf_record *r, nf_series *to)
{
    int64_t *ord = nf_alloc(c, s->periods * sizeof *ord);
    double *y = nf_alloc(c, s->periods * sizeof *y);
    if (!ord || !y) return NF_ENOMEM;
    for (size_t k = 0; k < s->periods; k++) {
        int rc = number(c, r, s->order[k], &y[k]);
        if (rc) return rc;
        ord[k] = s->period[s->order[k]].ord;
    }
    nf_period first = s->period[s->order[0]];
    to->t = (nf_axis){ .start = first, .step = 1, .n = s->periods, .ord = ord };
    to->y = y;
    return NF_OK;
}

static int grow(nf_ctx *c, sheet *s)
{
    if (s->n < s->room) return NF_OK;
    size_t room = s->room ? 2 * s->room : 64;
    nf_indicator *indicator = nf_alloc(c, room * sizeof *indicator);
    nf_target *target = nf_alloc(c, room * sizeof *target);
    nf_series *series = nf_alloc(c, room * sizeof *series);
    if (!indicator || !target || !series) return NF_ENOMEM;
    if (s->n) {
        memcpy(indicator, s->indicator, s->n * sizeof *indicator);
        memcpy(target, s->target, s->n * sizeof *target);
        memcpy(series, s->series, s->n * sizeof *series);
    }
    s->indicator = indicator;
    s->target = target;
    s->series = series;
    s->room = room;
    return NF_OK;
}

static int fixed_cells(nf_ctx *c, sheet *s, const nf_record *r, nf_indicator *k, nf_target *t)
{
    int rc = NF_OK;
    t->sense = 1;
    for (size_t i = 0; !rc && i < s->cols; i++) {
        char *text = s->kind[i] < FIXED ? nf_strdup(c, r->cell[i]) : NULL;
        if (s->kind[i] < FIXED && !text) return NF_ENOMEM;
        if (s->kind[i] == NAME) k->code = text;
        if (s->kind[i] == UNIT) k->unit = text;
        if (s->kind[i] == OWNER) k->owner.en = text;
        if (s->kind[i] == BETTER) rc = better(c, r, i, &t->sense);
        if (s->kind[i] == TARGET) rc = number(c, r, i, &t->value);
        if (s->kind[i] == WHEN && r->len[i]) {
            rc = nf_period_parse(c, &t->due, text, NF_ANY, NF_ORDER_UNKNOWN);
            if (rc) nf_at(c, NULL, r->line, (long)i + 1);
        }
    }
    if (!rc && (!k->code || !*k->code)) rc = nf_fail(c, NF_EDATA, "the name is empty");
    return rc;
}

static int twice(nf_ctx *c, const sheet *s, const char *code)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(s->indicator[i].code, code)) return nf_fail(c, NF_EDATA, "'%.60s' stands twice", code);
    return NF_OK;
}

static int record(void *self, nf_ctx *c, const nf_record *r)
{
    sheet *s = self;
    bool blank = true;
    for (size_t i = 0; i < r->n; i++) blank &= !r->len[i];
    if (blank) return NF_OK;
    if (!s->cols) return header(c, s, r);
    if (r->n != s->cols) return nf_fail(c, NF_EDATA, "%zu cells, the header has %zu", r->n, s->cols);
    nf_indicator k = { 0 };
    nf_target t = {
        .base_value = NAN, .value = NAN, .lo = NAN, .hi = NAN, .tolerance = NAN, .weight = NAN, .limit = NAN
    };
    int rc = grow(c, s);
    if (!rc) rc = fixed_cells(c, s, r, &k, &t);
    if (!rc && k.code) rc = twice(c, s, k.code);
    if (rc) return rc;
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    if (!meta) return NF_ENOMEM;
    k.title = (nf_text){ k.code, NULL };
    k.expression = k.code;
    *meta = (nf_meta){ .key = k.code, .unit = k.unit, .title = k.title };
    t.code = t.indicator = t.series = k.code;
    t.title = k.title;
    t.unit = k.unit;
    t.kind = t.sense > 0 ? NF_AT_LEAST : NF_AT_MOST;
    s->indicator[s->n] = k;
    s->target[s->n] = t;
    s->series[s->n].meta = meta;
    rc = figures(c, s, r, &s->series[s->n]);
    s->n += !rc;
    return rc;
}

int nf_sheet_read(nf_ctx *c, nf_plan *out, nf_series_list *list, const char *file)
{
    sheet *s = nf_alloc(c, sizeof *s);
    if (!s) return NF_ENOMEM;
    *out = (nf_plan){ 0 };
    *list = (nf_series_list){ 0 };
    int rc = nf_table_file(c, file, record, s);
    if (!rc && !s->cols) rc = nf_fail(c, NF_EDATA, "the sheet is empty");
    if (rc) return nf_at(c, file, 0, 0);
    const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    char *code = nf_strndup(c, base, strcspn(base, "."));
    if (!code) return NF_ENOMEM;
    *out = (nf_plan){ .code = code, .title = { code, NULL }, .source = file, .indicator = s->indicator,
                      .n_indicator = s->n,
                      .target = s->target, .n_target = s->n };
    *list = (nf_series_list){ s->series, s->n };
    return NF_OK;
}
