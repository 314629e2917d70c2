/* extension_test.c - the store as SQL sees it: in this process, from the sqlite3 shell, from Python. */
#include "store/store.h"
#include "scratch.h"
#include "test.h"
#include <sqlite3.h>

/* GDP in two vintages, and 30 months of a series that rises by 2 a month with one figure missing. */
static char *store_made(const char *name)
{
    char *path = scratch_path(name);
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_receipt r;
    nf_intake *in;
    uint32_t gdp, rise, number;
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "d", .file = "d.csv", .now = 9 }) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "gdp" }, NF_YEAR, &gdp) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "rise" }, NF_MONTH, &rise) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "ruler" }, NF_NUMBER, &number) == NF_OK);
    ok(nf_intake_origin(in, "Evening News", NULL) == NF_OK);
    ok(nf_intake_put(in, gdp, (nf_period){ 2020, NF_YEAR, 1 }, 5935.1, 0, 1642550400, 2) == NF_OK);   /* 2022-01-19 */
    ok(nf_intake_origin(in, "Bureau", "page 3") == NF_OK);
    ok(nf_intake_put(in, gdp, (nf_period){ 2020, NF_YEAR, 1 }, 6045.9, 2, 1768867200, 3) == NF_OK);   /* 2026-01-20 */
    ok(nf_intake_origin(in, NULL, NULL) == NF_OK);
    for (int i = 0; i < 30; i++)
        ok(nf_intake_put(in, rise, (nf_period){ 2020 * 12 + i, NF_MONTH, 1 }, i == 7 ? (double)NAN : 100 + 2 * i, 0,
                         i == 3 ? 1642550400 : 5, i) == NF_OK);
    for (int i = 0; i < 5; i++) ok(nf_intake_put(in, number, nf_period_of_number(i * 0.5), 3 * i, 0, 5, i) == NF_OK);
    ok(nf_intake_finish(in, NULL, 0, &r) == NF_OK);
    nf_store_close(s);
    nf_ctx_free(c);
    return path;
}

static sqlite3 *opened(const char *path)
{
    sqlite3 *db;
    char *why = NULL;
    ok(!sqlite3_open(path, &db) && !sqlite3_enable_load_extension(db, 1));
    if (sqlite3_load_extension(db, NF_EXTENSION, NULL, &why)) fail_msg("%s", why);
    return db;
}

/* Rows with | between columns and ; between rows; an error as "error: words". */
static const char *asked(sqlite3 *db, const char *sql)
{
    static char out[4000];
    sqlite3_stmt *q = NULL;
    size_t n = 0;
    *out = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK)
        while (sqlite3_step(q) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(q); i++) {
                const char *cell = (const char *)sqlite3_column_text(q, i);
                n += (size_t)snprintf(out + n, sizeof out - n, "%s%s", i ? "|" : n ? ";" : "", cell ? cell : "-");
            }
    if (sqlite3_errcode(db) != SQLITE_DONE && sqlite3_errcode(db) != SQLITE_OK && sqlite3_errcode(db) != SQLITE_ROW)
        snprintf(out, sizeof out, "error: %s", sqlite3_errmsg(db));
    sqlite3_finalize(q);
    return out;
}

TEST(series_are_rows_and_as_of_is_asked_in_sql)
{
    sqlite3 *db = opened(store_made("sql.db"));
    same(asked(db, "SELECT * FROM nf_obs WHERE series = 'gdp'"), "gdp|2020|6045.9|2|2026-01-20T00:00:00Z");
    same(asked(db, "SELECT value, status FROM nf_obs WHERE series = 'gdp' AND as_of = '2024-01-31'"), "5935.1|0");
    same(asked(db, "SELECT value FROM nf_obs('2024-01-31') WHERE series = 'gdp'"), "5935.1");
    same(asked(db, "SELECT count(*) FROM nf_obs WHERE series = 'gdp' AND as_of = '2021'"), "0");
    same(asked(db, "SELECT series, count(*), count(value) FROM nf_obs GROUP BY series"),
         "gdp|1|1;rise|30|29;ruler|5|5");
    same(asked(db, "SELECT time, value FROM nf_obs WHERE series = 'ruler' AND value > 6"), "1.5|9.0;2.0|12.0");
    same(asked(db, "SELECT count(*) FROM nf_obs a JOIN nf_obs b ON b.series = a.series AND b.time = a.time WHERE "
                   "a.series = 'rise'"),
         "30");
    sqlite3_close(db);
}

TEST(vintage_and_publisher_are_those_of_each_figure)
{
    sqlite3 *db = opened(store_made("vintage.db"));
    same(asked(db, "SELECT vintage, count(*) FROM nf_obs WHERE series = 'rise' GROUP BY 1"),
         "1970-01-01T00:00:05Z|29;2022-01-19T00:00:00Z|1");
    same(asked(db, "SELECT time FROM nf_obs WHERE series = 'rise' AND vintage > '2000'"), "2020-04");
    same(asked(db, "SELECT vintage FROM nf_obs WHERE series = 'rise' AND time >= '2020-04' AND value > 101 LIMIT 2"),
         "2022-01-19T00:00:00Z;1970-01-01T00:00:05Z");
    same(asked(db, "SELECT vintage, publisher, document FROM nf_obs WHERE series = 'gdp' AND as_of = '2024-01-31'"),
         "2022-01-19T00:00:00Z|Evening News|-");
    same(asked(db, "SELECT vintage, publisher, document FROM nf_obs WHERE series = 'gdp'"),
         "2026-01-20T00:00:00Z|Bureau|page 3");
    same(asked(db, "SELECT count(vintage), count(publisher) FROM nf_obs WHERE series = 'ruler'"), "5|0");
    same(asked(db, "SELECT vintage, publisher FROM nf_obs WHERE series = 'growth(rise)' AND time = '2021-04'"),
         "2022-01-19T00:00:00Z|-");
    sqlite3_close(db);
}

TEST(series_and_time_are_looked_for_not_filtered)
{
    sqlite3 *db = opened(store_made("pushed.db"));
    same(asked(db, "SELECT min(time), max(time), count(*) FROM nf_obs WHERE series = 'rise' AND time BETWEEN "
                   "'2020-06' AND '2021'"),
         "2020-06|2021-12|19");
    same(asked(db, "SELECT count(*) FROM nf_obs WHERE series = 'rise' AND time > '2022-05'"), "1");
    same(asked(db, "SELECT time FROM nf_obs WHERE series = 'rise' AND time = '2021-03'"), "2021-03");
    same(asked(db, "SELECT count(*) FROM nf_obs WHERE series GLOB 'r*'"), "35");
    same(asked(db, "SELECT count(*) FROM nf_obs WHERE series = 'r*'"), "0");
    same(asked(db, "SELECT count(*) FROM nf_obs WHERE series IN ('gdp', 'rise', 'none')"), "31");
    ok(strstr(asked(db, "EXPLAIN QUERY PLAN SELECT series, sum(value) FROM nf_obs WHERE time >= '2020' GROUP BY "
                        "series"), "INDEX 8"));
    ok(strstr(asked(db, "EXPLAIN QUERY PLAN SELECT * FROM nf_obs WHERE series = 'rise' AND time = '2021-03'"),
              "INDEX 5"));
    ok(!strstr(asked(db, "EXPLAIN QUERY PLAN SELECT series, sum(value) FROM nf_obs GROUP BY series"), "B-TREE"));
    same(asked(db, "SELECT series FROM nf_obs WHERE series = 'growth(gdp)'"), "growth(gdp)");
    sqlite3_close(db);
}

TEST(times_compare_as_what_they_are)
{
    static const struct { const char *where, *want; } time[] = {
        { "series = 'rise' AND time > '2021'", "6" }, { "series = 'rise' AND time < '2020-03'", "2" },
        { "series = 'rise' AND time = '2021'", "0" }, { "series = 'rise' AND time IN ('2021-03', '2021-04')", "2" },
        { "series = 'rise' AND time = 'soon'", "0" }, { "series = 'rise' AND time >= NULL", "0" },
        { "series = 'rise' AND time >= 1.5", "0" }, { "series = 'gdp' AND time = 2020", "1" },
        { "series = 'ruler' AND time >= 1", "3" }, { "series = 'ruler' AND time > 1", "2" },
        { "series = 'ruler' AND time < 1", "2" }, { "series = 'ruler' AND time = 1", "1" },
        { "series = 'ruler' AND time BETWEEN 0.5 AND 1", "2" }, { "series = 'ruler' AND time <= '2020-01'", "0" },
        { "series = 'growth(rise)' AND time BETWEEN '2020' AND '2020'", "12" },
        { "time BETWEEN '2020-01' AND '2020'", "13" } };
    sqlite3 *db = opened(store_made("times.db"));
    for (size_t i = 0; i < sizeof time / sizeof *time; i++) {
        char sql[200];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM nf_obs WHERE %s", time[i].where);
        if (strcmp(asked(db, sql), time[i].want)) fail_msg("%s: %s", time[i].where, asked(db, sql));
    }
    ok(strstr(asked(db, "SELECT * FROM nf_obs WHERE time >= 'soon'"), "error: time: 'soon'"));
    sqlite3_close(db);
}

TEST(every_number_of_every_method_is_an_aggregate)
{
    sqlite3 *db = opened(store_made("trend.db"));
    same(asked(db, "SELECT nf_sen_slope(time, value), nf_ols_slope(time, value) FROM nf_obs WHERE series = 'rise'"),
         "24.0|24.0");
    same(asked(db, "SELECT nf_mann_kendall_S(time, value) FROM nf_obs WHERE series = 'rise'"), "406.0");
    same(asked(db, "SELECT nf_sen_slope(time, value) FROM nf_obs WHERE series = 'ruler'"), "6.0");
    same(asked(db, "SELECT nf_sen_slope(t, v) FROM (SELECT 3 t, 6 v UNION ALL SELECT 1, 2 UNION ALL SELECT 2, 4)"),
         "2.0");
    same(asked(db, "SELECT nf_sen_slope(t, v) FROM (SELECT 3 t, 6 v)"), "-");
    same(asked(db, "SELECT nf_sen_slope(time, value) FROM nf_obs WHERE series = 'none'"), "-");
    ok(strstr(asked(db, "SELECT nf_sen_slope('spring', 1)"), "error: the time is neither"));
    ok(strstr(asked(db, "SELECT nf_sen_slope(9e999, 1)"), "error: the time is not finite"));
    ok(strstr(asked(db, "SELECT nf_sen_slope(1, 'NA')"), "error: the value is not a number"));
    same(asked(db, "SELECT nf_sen_slope(t, v) FROM (SELECT 1 t, '6.5' v UNION ALL SELECT 2, '8.5' UNION ALL "
                   "SELECT 3, NULL)"),
         "2.0");
    ok(strstr(asked(db, "SELECT nf_sen_slope(t, 1) FROM (SELECT '2020' t UNION ALL SELECT '2020-03')"),
              "error: the times are of"));
    ok(strstr(asked(db, "SELECT nf_sen_slope(t, 1) FROM (SELECT '2020' t UNION ALL SELECT '2020')"),
              "error: a period stands twice"));
    for (const nf_method *const *m = nf_methods; *m; m++)
        for (const nf_field *f = (*m)->out; f->type != NF_END; f++) {
            char sql[200];
            if (f->type != NF_F64 || (*m)->min_in > 1) continue;
            snprintf(sql, sizeof sql, "SELECT nf_%s_%s(time, value) FROM nf_obs WHERE series = 'rise'", (*m)->row.name,
                     f->name);
            for (char *s = sql; *s != '('; s++) if (*s == '-') *s = '_';
            if (!strncmp(asked(db, sql), "error", 5)) fail_msg("%s: %s", sql, asked(db, sql));
        }
    sqlite3_close(db);
}

TEST(what_cannot_be_answered_is_said)
{
    const char *path = store_made("other.db");
    char sql[400];
    sqlite3 *db = opened(":memory:");
    ok(strstr(asked(db, "SELECT * FROM nf_obs"), "error: the main database is no file"));
    snprintf(sql, sizeof sql, "SELECT nf_open('%s')", path);
    same(asked(db, sql), "3");
    same(asked(db, "SELECT count(*) FROM nf_obs"), "36");
    ok(strstr(asked(db, "SELECT nf_open('/tmp/none.db')"), "error: /tmp/none.db: there is no store"));
    ok(strstr(asked(db, "SELECT * FROM nf_obs WHERE as_of = 'soon'"), "error: 'soon'"));
    ok(strstr(asked(db, "CREATE VIEW v AS SELECT * FROM nf_obs"), "error")
       || strstr(asked(db, "SELECT * FROM v"), "error"));
    sqlite3_close(db);
}

/* ---- from outside; skipped where the program is not there ---- */

__attribute__((unused)) static const char *printed(const char *command)
{
    static char out[1000];
    FILE *f = popen(command, "r");
    size_t n = fread(out, 1, sizeof out - 1, f);
    out[n] = 0;
    return pclose(f) ? "" : out;
}

/* A sanitized extension loads only into a sanitized program. */
#ifndef __SANITIZE_ADDRESS__
TEST(the_shell_and_python_read_it_too)
{
    const char *path = store_made("outside.db");
    char command[900];
    if (*printed("sqlite3 --version 2>/dev/null")) {
        snprintf(command, sizeof command, "sqlite3 %s -cmd '.load %s' \"SELECT nf_sen_slope(time, value) FROM nf_obs "
                                          "WHERE series = 'rise'\"", path, NF_EXTENSION);
        same(printed(command), "24.0\n");
    }
    snprintf(command, sizeof command, "/usr/bin/python3 -c \"import sqlite3\nd = "
                                      "sqlite3.connect('%s')\nd.enable_load_extension(True)\n"
             "d.load_extension('%s')\nprint(d.execute(\\\"SELECT value FROM nf_obs WHERE series = 'gdp' AND as_of = '2024'\\\").fetchall())\""
             " 2>/dev/null", path, NF_EXTENSION);
    const char *said = printed(command);
    if (*said) same(said, "[(5935.1,)]\n");
}
#endif
