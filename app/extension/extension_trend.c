/* extension_trend.c - every number that a trend method gives, as an aggregate: nf_<method>_<field>(time, value).
 *
 * time is a calendar period as text, one frequency in a group, or a number; value may be NULL, but no other text than
 * that of a number, which SQLite would take for 0. Rows may come in any order. Too little data, a constant series and
 * the like give NULL. */
#include "extension.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct { nf_connection *connection; const nf_method *method; size_t field; } wanted;
typedef struct { int64_t ord; double number, value; int32_t span; } point;
typedef struct { point *p; size_t n, room; int freq; } group;    /* freq: of the first row */

/* What is wrong with a row, or NULL. */
static const char *point_of(point *p, int *freq, sqlite3_value *time, sqlite3_value *value)
{
    nf_period t;
    int number = sqlite3_value_numeric_type(value), kind = sqlite3_value_type(time);
    if (number == SQLITE_TEXT || number == SQLITE_BLOB) return "the value is not a number (a missing one is NULL)";
    *p = (point){ .value = number == SQLITE_NULL ? NAN : sqlite3_value_double(value) };
    *freq = NF_NUMBER;
    if (kind == SQLITE_INTEGER || kind == SQLITE_FLOAT) {
        p->number = sqlite3_value_double(time);
        return isfinite(p->number) ? NULL : "the time is not finite";
    }
    const char *text = kind == SQLITE_TEXT ? (const char *)sqlite3_value_text(time) : NULL;
    if (!text || !nf_period_scan(&t, text, strlen(text), NF_ORDER_UNKNOWN))
        return "the time is neither a number nor a period such as 2024-03";
    p->ord = t.ord;
    p->span = t.span;
    *freq = t.freq;
    return NULL;
}

static bool point_add(group *g, const point *p)
{
    if (g->n == g->room) {
        size_t room = g->room ? 2 * g->room : 64;
        point *more = sqlite3_realloc64(g->p, room * sizeof *more);
        if (!more) return false;
        g->p = more;
        g->room = room;
    }
    g->p[g->n++] = *p;
    return true;
}

static void step(sqlite3_context *x, int n, sqlite3_value **v)
{
    group *g = sqlite3_aggregate_context(x, sizeof *g);
    point p;
    int freq;
    (void)n;
    if (!g) return sqlite3_result_error_nomem(x);
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    const char *wrong = point_of(&p, &freq, v[0], v[1]);
    if (!wrong && g->n && freq != g->freq) wrong = "the times are of different frequencies";
    if (wrong) return sqlite3_result_error(x, wrong, -1);
    g->freq = freq;
    if (!point_add(g, &p)) sqlite3_result_error_nomem(x);
}

static int by_time(const void *x, const void *y)
{
    const point *a = x, *b = y;
    if (a->ord != b->ord) return a->ord < b->ord ? -1 : 1;
    if (a->span != b->span) return a->span > b->span ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return isnan(a->value) || isnan(b->value) ? (isnan(a->value) != 0) - (isnan(b->value) != 0)
                                              : (a->value > b->value) - (a->value < b->value);
}

static int fit(nf_ctx *c, group *g, const nf_method *m, nf_result *r)
{
    static const nf_meta meta = { .key = "sql" };
    size_t n = g->n;
    int64_t *ord = nf_alloc(c, n * sizeof *ord);
    int32_t *span = nf_alloc(c, n * sizeof *span);
    double *y = nf_alloc(c, n * sizeof *y), *num = nf_alloc(c, n * sizeof *num);
    nf_value *opt;
    if (!ord || !span || !y || !num) return NF_ENOMEM;
    qsort(g->p, n, sizeof *g->p, by_time);
    for (size_t i = 0; i < n; i++) {
        ord[i] = g->p[i].ord;
        span[i] = g->p[i].span;
        num[i] = g->p[i].number;
        y[i] = g->p[i].value;
        bool twice = i && g->freq != NF_NUMBER && ord[i] == ord[i - 1] && span[i] == span[i - 1];
        if (twice) return nf_fail(c, NF_EDATA, "a period stands twice; GROUP BY series");
    }
    bool plain = g->freq == NF_NUMBER;
    nf_series s = { &meta, { .start = { plain ? 0 : ord[0], g->freq, plain ? 1 : span[0] }, .step = 1, .n = n,
                             .ord = plain ? NULL : ord, .span = plain ? NULL : span, .num = plain ? num : NULL }, y,
                             NULL };
    int rc = nf_options(c, &opt, &m->row, NULL);
    return rc ? rc : nf_fit(c, r, m, &s, 1, opt, NULL);
}

static void result(sqlite3_context *x, nf_type type, const nf_value *v)
{
    if (type == NF_F64 && isfinite(v->f)) sqlite3_result_double(x, v->f);
    else if (type != NF_F64 && v->i != NF_NO_I64) sqlite3_result_int64(x, v->i);
}

static void final(sqlite3_context *x)
{
    const wanted *w = sqlite3_user_data(x);
    group *g = sqlite3_aggregate_context(x, 0);
    nf_ctx *c = w->connection->ctx;
    nf_result r = { 0 };
    if (!g || !g->n) return;
    size_t mark = nf_mark(c);
    if (fit(c, g, w->method, &r)) sqlite3_result_error(x, nf_last(c)->what, -1);
    else if (r.v && r.status == NF_FINE) result(x, w->method->out[w->field].type, &r.v[w->field]);
    nf_release(c, mark);
    sqlite3_free(g->p);
}

static int add(sqlite3 *db, nf_connection *k, const nf_method *m, size_t field)
{
    char *name = sqlite3_mprintf("nf_%s_%s", m->row.name, m->out[field].name);
    wanted *w = sqlite3_malloc(sizeof *w);
    int rc = SQLITE_NOMEM;
    if (name && w) {
        *w = (wanted){ k, m, field };
        for (char *s = name; *s; s++) if (*s == '-') *s = '_';
        rc = sqlite3_create_function_v2(db, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, w, NULL, step, final,
                                        sqlite3_free);
    } else {
        sqlite3_free(w);
    }
    sqlite3_free(name);
    return rc;
}

int nf_extension_trend(sqlite3 *db, nf_connection *k)
{
    int rc = SQLITE_OK;
    for (const nf_method *const *m = nf_methods; *m && rc == SQLITE_OK; m++) {
        if ((*m)->min_in > 1) continue;
        for (size_t i = 0; (*m)->out[i].type != NF_END && rc == SQLITE_OK; i++) {
            nf_type type = (*m)->out[i].type;
            if (type == NF_F64 || type == NF_I64 || type == NF_FLAG) rc = add(db, k, *m, i);
        }
    }
    return rc;
}
