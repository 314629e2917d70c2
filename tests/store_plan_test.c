/* store_plan_test.c - a plan comes back from the store field by field, as it was known at a time. */
#include "plans/plan_tables.h"
#include "scratch.h"
#include "store/store.h"
#include "test.h"
#include <sqlite3.h>

static bool same_text(const char *a, const char *b) { return !strcmp(a ? a : "", b ? b : ""); }

static bool same_path(const nf_target *a, const nf_target *b)
{
    if (a->n_path != b->n_path) return false;
    for (size_t i = 0; i < a->n_path; i++)
        if (memcmp(&a->path[i].period, &b->path[i].period, sizeof(nf_period)) || a->path[i].value != b->path[i].value)
            return false;
    return true;
}

static bool same_field(const nf_plan_column *k, const char *a, const char *b)
{
    const nf_text *p = (const void *)a, *q = (const void *)b;
    const double *x = (const void *)a, *y = (const void *)b;
    switch (k->kind) {
    case NF_CELL_TEXT:   return same_text(*(const char *const *)(const void *)a, *(const char *const *)(const void *)b);
    case NF_CELL_PROSE:  return same_text(p->en, q->en) && same_text(p->zh, q->zh);
    case NF_CELL_NUMBER: return *x == *y || (isnan(*x) && isnan(*y));
    case NF_CELL_PERIOD: return !memcmp(a, b, sizeof(nf_period));
    case NF_CELL_KNOWN:  return !memcmp(a, b, sizeof(int64_t));
    case NF_CELL_FLAG:   return *a == *b;
    case NF_CELL_PATH:   return same_path((const void *)(a - offsetof(nf_target, path)),
                                          (const void *)(b - offsetof(nf_target, path)));
    default:             return !memcmp(a, b, sizeof(int));
    }
}

static void same_plan(const nf_plan *a, const nf_plan *b)
{
    for (const nf_plan_table *t = nf_plan_tables; t->name; t++) {
        const char *x = (const char *)a, *y = (const char *)b;
        size_t n = 1, m = 1;
        if (t->size) {
            memcpy(&n, x + t->count, sizeof n);
            memcpy(&m, y + t->count, sizeof m);
            memcpy(&x, (const char *)a + t->list, sizeof x);
            memcpy(&y, (const char *)b + t->list, sizeof y);
        }
        if (n != m) fail_msg("%s: %zu rows, expected %zu", t->name, m, n);
        for (size_t i = 0; i < n; i++, x += t->size, y += t->size)
            for (const nf_plan_column *k = t->column; k->name; k++)
                if (!same_field(k, x + k->at, y + k->at)) fail_msg("%s row %zu: %s differs", t->name, i, k->name);
    }
    for (size_t i = 0; i < a->n_target; i++) {
        same(a->target[i].series, b->target[i].series);
        ok(a->target[i].scale == b->target[i].scale);
    }
}

static nf_store *memory(nf_ctx *c)
{
    nf_store *s;
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    return s;
}

TEST(the_shipped_plan_comes_back_whole)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s = memory(c);
    nf_plan plan, back;
    ok(nf_store_plan(c, s, &back, 0) == NF_ENOTFOUND);
    ok(nf_plan_read(c, &plan, NF_SOURCE "/indicators/plans/shijiazhuang") == NF_OK);
    ok(plan.n_target > 10 && plan.n_task == 39);
    ok(nf_store_plan_save(c, s, &plan, "plans/shijiazhuang", 1000, 2000) == NF_OK);
    /* the same again: no vintage */
    ok(nf_store_plan_save(c, s, &plan, "plans/shijiazhuang", 1500, 2500) == NF_OK);
    ok(nf_store_plan(c, s, &back, 0) == NF_OK);
    same_plan(&plan, &back);
    same(back.vintage, "1970-01-01T00:16:40Z");
    ok(nf_store_plan(c, s, &back, 999) == NF_ENOTFOUND);
    nf_store_close(s);
    nf_ctx_free(c);
}

enum { MILESTONES = 600 };

/* One target known from 100 on, another from 200. */
static nf_plan small_plan(nf_ctx *c, double value)
{
    nf_indicator *k = nf_alloc(c, sizeof *k);
    nf_target *t = nf_alloc(c, 2 * sizeof *t);
    nf_waypoint *way = nf_alloc(c, MILESTONES * sizeof *way);
    *k = (nf_indicator){ .code = "gdp", .title = { "GDP", "生产总值" }, .expression = "sjz_gdp", .unit = "亿元" };
    for (int i = 0; i < MILESTONES; i++) way[i] = (nf_waypoint){ { 2000 * 12 + i, NF_MONTH, 1 }, i + 0.1 + 0.2 };
    for (int i = 0; i < 2; i++)
        t[i] = (nf_target){ .code = i ? "b" : "a", .indicator = "gdp", .value = value, .base_value = NAN, .lo = NAN,
                            .hi = NAN,
                            .tolerance = NAN, .weight = NAN, .limit = NAN, .due = { 2025, NF_YEAR, 1 },
                            .known = 100 + 100 * i,
                            .sense = 1, .path = way, .n_path = MILESTONES, .official = true };
    return (nf_plan){ .code = "city", .title = { "a city", NULL }, .indicator = k, .n_indicator = 1, .target = t,
                      .n_target = 2 };
}

TEST(the_plan_of_a_day_has_the_targets_published_by_then)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s = memory(c);
    nf_plan first = small_plan(c, 10000), second = small_plan(c, 9000), back;
    ok(nf_store_plan_save(c, s, &first, "city", 100, 5000) == NF_OK);
    ok(nf_store_plan_save(c, s, &second, "city", 300, 6000) == NF_OK);
    ok(nf_store_plan(c, s, &back, 150) == NF_OK && back.n_target == 1 && back.target[0].value == 10000);
    ok(nf_store_plan(c, s, &back, 250) == NF_OK && back.n_target == 2 && back.target[1].value == 10000);
    ok(nf_store_plan(c, s, &back, 300) == NF_OK && back.target[0].value == 9000);
    ok(back.target[0].path[0].value == 0.1 + 0.2);
    nf_plan_link(&second);
    same_plan(&second, &back);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(a_lost_plan_is_missed)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_plan plan = small_plan(c, 10000), later = small_plan(c, 9000), back;
    const char *path = scratch_path("plans.db");
    sqlite3 *db;
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    ok(nf_store_plan_save(c, s, &plan, "city", 100, 5000) == NF_OK);
    ok(nf_store_plan_save(c, s, &later, "city", 300, 6000) == NF_OK);
    nf_store_close(s);
    ok(!sqlite3_open(path, &db) && !sqlite3_exec(db, "DELETE FROM plan WHERE id = 2", NULL, NULL, NULL));
    sqlite3_close(db);
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK);
    ok(nf_store_plan(c, s, &back, 0) == NF_EDATA);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(the_ledger_only_grows_and_is_read_as_of_a_day)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s = memory(c);
    nf_entry e[] = { { "t1", 50, "Li", "status", "begun", "", "" },
                     { "t1", 90, "Li", "status", "done", "note", "http://x" } };
    nf_plan plan = small_plan(c, 1), back;
    plan.entry = e;
    plan.n_entry = 1;
    ok(nf_store_plan_save(c, s, &plan, "city", 10, 10) == NF_OK);
    ok(nf_store_enter(c, s, &e[1], 1) == NF_OK);
    plan.n_entry = 2;
    ok(nf_store_plan_save(c, s, &plan, "city", 10, 10) == NF_OK);                          /* both are there already */
    ok(nf_store_judge(c, s, &(nf_judgement){ "gdp", "at-risk", "Li", "two plants open late", 95 }) == NF_OK);
    ok(nf_store_plan(c, s, &back, 60) == NF_OK && back.n_entry == 1 && back.n_judgement == 0);
    ok(nf_store_plan(c, s, &back, 0) == NF_OK && back.n_entry == 2 && back.n_judgement == 1);
    same(back.entry[1].evidence, "http://x");
    same(back.judgement[0].reason, "two plants open late");
    ok(nf_store_enter(c, s, &(nf_entry){ .task = "", .field = "status" }, 1) == NF_EINVAL);
    ok(nf_store_judge(c, s, &(nf_judgement){ .indicator = "gdp" }) == NF_EINVAL);
    nf_store_close(s);
    nf_ctx_free(c);
}
