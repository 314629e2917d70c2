/* series_test.c - globs, queries, cuts, seasons and aggregates: what is taken, what is missing, what is refused. */
#include "aggregate.h"
#include "test.h"

static nf_ctx *ctx(void)
{
    static nf_ctx *c;
    return c ? c : (c = nf_ctx_new(NULL));
}

static nf_period period(const char *text)
{
    nf_period p = { 0 };
    if (*text && nf_period_parse(ctx(), &p, text, NF_ANY, NF_ORDER_UNKNOWN)) fail_msg("%s", nf_last(ctx())->what);
    return p;
}

TEST(globs)
{
    static const struct { const char *pattern, *text; bool fits; } case_[] = {
        { "", "", true }, { "*", "", true }, { "?", "", false }, { "pm25@*", "pm25@center", true },
        { "pm25@*", "pm10@center", false },
        { "*@c?nter", "pm25@center", true }, { "[a-c]x", "bx", true }, { "[!a-c]x", "bx", false }, { "[]]", "]", true },
        { "[a", "[a", true }, { "a[-z]", "a-", true }, { "*a*b*c", "xxaxxbxxc", true }, { "*a*b*c", "xxaxxbxx", false },
        { "**", "abc", true }, { "a*", "ba", false }, { "石*", "石家庄", true }, { "a]", "a]", true },
    };
    for (size_t i = 0; i < sizeof case_ / sizeof *case_; i++)
        if (nf_glob(case_[i].pattern, case_[i].text) != case_[i].fits)
            fail_msg("%s %s", case_[i].pattern, case_[i].text);
    char many[201] = "", text[20001];                      /* a pattern of stars against a long text ends at once */
    for (int i = 0; i < 100; i++) memcpy(many + 2 * i, "*a", 3);
    memset(text, 'a', 20000);
    text[20000] = '\0';
    ok(nf_glob(many, text));
    text[19999] = 'b';
    ok(!nf_glob(many, text));
}

/* ---- queries ---- */

static const double value[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
static const nf_meta metas[] = {
    { .key = "gdp", .unit = "亿元", .place = "Shijiazhuang", .known = 100 },
    { .key = "pm25@a", .place = "Shijiazhuang", .known = 200 },
    { .key = "pm25@b", .place = "Hebei", .known = 300 }, { .key = "pm25@*", .place = "Hebei" },
};
static nf_series list[4];

static nf_source listed(void)
{
    static nf_series_list l = { list, 4 };
    for (size_t i = 0; i < 4; i++)
        list[i] = (nf_series){ &metas[i], { .start = period("2020-01"), .step = 1, .n = 12 }, value, NULL };
    return nf_source_of(&l);
}

static void hands_out(nf_query q, const char *keys)
{
    nf_source from = listed();
    nf_cursor cur;
    nf_series s;
    char got[200] = "";
    ok(!from.find(from.self, ctx(), &q, &cur));
    while (cur.next(cur.cur, ctx(), &s) == 1) strcat(strcat(got, s.meta->key), " ");
    ok(cur.next(cur.cur, ctx(), &s) == 0);
    cur.close(cur.cur);
    same(got, keys);
}

TEST(a_source_in_memory_answers_queries)
{
    hands_out((nf_query){ 0 }, "gdp pm25@a pm25@b pm25@* ");
    hands_out((nf_query){ .match = "pm25@?" }, "pm25@a pm25@b pm25@* ");
    hands_out((nf_query){ .match = "pm25@*" }, "pm25@* ");           /* a key is itself before it is a glob */
    hands_out((nf_query){ .where_key = "place", .where_value = "Hebei" }, "pm25@b pm25@* ");
    hands_out((nf_query){ .where_key = "unit", .where_value = "" }, "pm25@a pm25@b pm25@* ");
    hands_out((nf_query){ .where_key = "colour", .where_value = "*" }, "");
    hands_out((nf_query){ .first = 1, .count = 2 }, "pm25@a pm25@b ");
    hands_out((nf_query){ .known = 200 }, "gdp pm25@a pm25@* ");
    nf_series s;
    ok(nf_source_get(listed(), ctx(), "pm25@b", 0, &s) == 1 && s.meta == &metas[2]);
    ok(nf_source_get(listed(), ctx(), "pm25@*", 0, &s) == 1 && s.meta == &metas[3]);
    ok(nf_source_get(listed(), ctx(), "pm25@?", 0, &s) == 0 && nf_source_get(listed(), ctx(), "gdp", 99, &s) == 0);
}

/* ---- cuts ---- */

static void cuts(nf_axis t, const char *from, const char *to, size_t n, const char *first, const char *last)
{
    nf_series s = { metas, t, value, NULL };
    char text[48];
    ok(!nf_series_cut(ctx(), &s, period(from), period(to)));
    if (s.t.n != n) fail_msg("%s..%s: %zu periods, expected %zu", from, to, s.t.n, n);
    if (!n) return;
    nf_period_text(text, nf_axis_at(&s.t, 0));
    same(text, first);
    nf_period_text(text, nf_axis_at(&s.t, n - 1));
    same(text, last);
    size_t at;
    ok(nf_axis_find(&t, nf_axis_at(&s.t, 0), &at) && s.y == value + at);
}

TEST(a_cut_keeps_what_ends_within)
{
    nf_axis months = { .start = period("2020-01"), .step = 1, .n = 12 },
        years = { .start = period("2015"), .step = 1, .n = 12 };
    cuts(months, "", "", 12, "2020-01", "2020-12");
    cuts(months, "2020-03", "2020-05", 3, "2020-03", "2020-05");
    cuts(months, "2020-03-15", "2020-Q2", 4, "2020-03", "2020-06");
    cuts(months, "2019", "2020", 12, "2020-01", "2020-12");
    cuts(months, "2021", "", 0, NULL, NULL);
    cuts(months, "2020-06", "2020-05", 0, NULL, NULL);
    cuts(years, "2020-07", "", 7, "2020", "2026");
    cuts(years, "", "2020-06", 5, "2015", "2019");
    const int64_t ord[] = { 2024 * 12 + 1, 2024 * 12 + 2, 2024 * 12 + 6 };
    const int32_t span[] = { 2, 1, 1 };
    cuts((nf_axis){ .start = { 0, NF_MONTH, 1 }, .n = 3, .ord = ord, .span = span }, "2024-02", "2024-03", 2,
         "2024-01/P2M", "2024-03");
    nf_series s = { metas, months, value, NULL };
    ok(nf_series_cut(ctx(), &s, (nf_period){ 3, NF_NUMBER, 1 }, (nf_period){ 0 }) == NF_EINVAL);
}

TEST(a_cut_of_plain_numbers)
{
    const double num[] = { -1.5, 0, 2.5, 3, 3.5 };
    nf_series s = { metas, { .start = { 0, NF_NUMBER, 1 }, .step = 1, .n = 5, .num = num }, value, NULL };
    ok(!nf_series_cut(ctx(), &s, (nf_period){ 0, NF_NUMBER, 1 }, (nf_period){ 3, NF_NUMBER, 1 }));
    ok(s.t.n == 3 && s.t.num == num + 1 && s.y == value + 1);
    ok(nf_series_cut(ctx(), &s, period("2020"), (nf_period){ 0 }) == NF_EINVAL);
}

/* ---- aggregates ---- */

static nf_aggregate rule(const char *text)
{
    nf_aggregate a = { 0 };
    if (nf_aggregate_parse(ctx(), &a, text)) fail_msg("%s (%s)", nf_last(ctx())->what, nf_last(ctx())->hint);
    return a;
}

static nf_series drawn(const nf_series *s, const char *text, const nf_season *season)
{
    nf_series out = *s;
    nf_aggregate a = rule(text);
    if (nf_series_aggregate(ctx(), &out, &a, season)) fail_msg("%s", nf_last(ctx())->what);
    return out;
}

TEST(every_statistic)
{
    static const struct { const char *text; double is; } stat[] = {
        { "year", 6.5 }, { "year:mean", 6.5 }, { "year:sum", 78 }, { "year:min", 1 }, { "year:max", 12 },
        { "year:median", 6.5 },
        { "year:first", 1 }, { "year:last", 12 }, { "year:count", 12 }, { "annual:mean:100%", 6.5 },
    };
    nf_series s = { metas, { .start = period("2020-01"), .step = 1, .n = 12 }, value, NULL };
    for (size_t i = 0; i < sizeof stat / sizeof *stat; i++) {
        nf_series y = drawn(&s, stat[i].text, NULL);
        ok(y.t.n == 1 && y.t.start.freq == NF_YEAR && y.t.start.ord == 2020);
        near(y.y[0], stat[i].is, 0);
    }
    nf_series q = drawn(&s, "quarter:sum", NULL);
    ok(q.t.n == 4 && !q.t.ord && q.t.step == 1);
    near(q.y[3], 33, 0);
    same(q.meta->formula, "quarter:sum");
    same(drawn(&s, "year:count", NULL).meta->unit, "1");
}

TEST(capture_counts_against_the_calendar)
{
    double y[24 * 60];
    nf_series s = { metas, { .start = period("2023-02-01T00"), .step = 1, .n = 24 * 60 }, y, NULL };
    for (size_t i = 0; i < s.t.n; i++) y[i] = 1;
    for (size_t i = 0; i < 168; i++) y[i] = NAN;              /* 504 of February's 672 hours: 75 % exactly */
    nf_series m = drawn(&s, "month:mean:75%", NULL);
    ok(m.t.n == 3);                                           /* April 1st is there with one day */
    near(m.y[0], 1, 0);
    near(m.y[1], 1, 0);
    near(m.y[2], NAN, 0);
    y[168] = NAN;
    near(drawn(&s, "month:mean:75%", NULL).y[0], NAN, 0);
    near(drawn(&s, "month:mean:0.7", NULL).y[0], 1, 0);
    near(drawn(&s, "month:sum", NULL).y[0], NAN, 0);          /* a sum over gaps is too small */
    near(drawn(&s, "month:count", NULL).y[0], 503, 0);
}

TEST(a_grid_of_several_units_and_bins_count_as_what_they_cover)
{
    double y[288];
    int64_t ord[280];
    for (size_t i = 0; i < 288; i++) y[i] = (double)i;
    nf_series five = { metas, { .start = period("2023-02-01T00:00"), .step = 5, .n = 288 }, y, NULL };
    near(drawn(&five, "day:count:100%", NULL).y[0], 288, 0);
    near(drawn(&five, "day:mean:100%", NULL).y[0], 143.5, 0);
    for (size_t i = 0; i < 280; i++) ord[i] = five.t.start.ord + 5 * (int64_t)(i < 100 ? i : i + 8);
    nf_series gaps = { metas, { .start = { ord[0], NF_MINUTE, 1 }, .n = 280, .ord = ord }, y, NULL };
    nf_series hour = drawn(&gaps, "hour:mean:100%", NULL);
    ok(hour.t.n == 24 && isnan(hour.y[8]) && !isnan(hour.y[7]) && !isnan(hour.y[9]));
    near(drawn(&gaps, "day:mean:97%", NULL).y[0], 139.5, 0);
    near(drawn(&gaps, "day:mean:98%", NULL).y[0], NAN, 0);
    const int64_t bins[] = { 24276 + 13, 24276 + 14, 24276 + 15, 24276 + 16, 24276 + 17, 24276 + 18, 24276 + 19,
            24276 + 20, 24276 + 21,
                             24276 + 22, 24276 + 23 };
    const int32_t span[] = { 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    nf_series year = { metas, { .start = { 0, NF_MONTH, 1 }, .n = 11, .ord = bins, .span = span }, y, NULL };
    near(drawn(&year, "year:sum:100%", NULL).y[0], 55, 0);    /* January and February come as one figure */
}

TEST(empty_periods_between_are_there_and_missing)
{
    const int64_t ord[] = { 2020 * 12, 2022 * 12 + 5 };
    const uint16_t status[] = { NF_PROVISIONAL, NF_BREAK };
    nf_series s = { metas, { .start = { 0, NF_MONTH, 1 }, .n = 2, .ord = ord }, value, status };
    nf_series y = drawn(&s, "year:max:0", NULL);
    ok(y.t.n == 3 && !y.t.ord);
    near(y.y[0], 1, 0);
    near(y.y[1], NAN, 0);
    near(y.y[2], 2, 0);
    ok(y.status[0] == NF_PROVISIONAL && y.status[1] == 0 && y.status[2] == NF_BREAK);
}

TEST(a_season_over_the_new_year_counts_where_it_ends)
{
    double y[36];
    const nf_season *season;
    size_t n;
    for (size_t i = 0; i < 36; i++) y[i] = (double)i;
    nf_series s = { metas, { .start = period("2020-01"), .step = 1, .n = 36 }, y, NULL };
    ok(!nf_seasons_parse(ctx(), &season, &n, "wet=5-11,dry=12-4") && n == 2);
    same(season[1].name, "dry");
    nf_series dry = s;
    ok(!nf_series_season(ctx(), &dry, &season[1]) && dry.t.n == 15);
    same(dry.meta->key, "gdp:dry");
    nf_series by_year = drawn(&dry, "year:mean:100%", &season[1]);
    ok(by_year.t.n == 4 && by_year.t.start.ord == 2020);
    near(by_year.y[0], NAN, 0);                               /* December 2019 is not there */
    near(by_year.y[1], (11 + 12 + 13 + 14 + 15) / 5.0, 0);
    near(by_year.y[2], (23 + 24 + 25 + 26 + 27) / 5.0, 0);
    near(by_year.y[3], NAN, 0);
    nf_series wet = drawn(&s, "year:mean:100%", &season[0]);
    ok(wet.t.n == 3);
    near(wet.y[0], 7, 0);
    ok(!nf_seasons_parse(ctx(), &season, &n, "july=7-7") && !nf_season_has(season, period("2020-06")));
    ok(nf_season_has(season, period("2020-07")) && !nf_season_has(season, period("2020-08")));
    ok(!nf_seasons_parse(ctx(), &season, &n, "wet=5-11,dry=12-4"));
    nf_series months = drawn(&s, "month:mean", &season[0]);
    ok(months.t.n == 21 && months.t.ord && months.t.ord[7] == 2021 * 12 + 4);
}

TEST(what_cannot_be_aggregated_is_refused)
{
    nf_series s = { metas, { .start = period("2020"), .step = 1, .n = 12 }, value, NULL };
    nf_aggregate a = rule("month:mean");
    ok(nf_series_aggregate(ctx(), &s, &a, NULL) == NF_EINVAL);
    s.t.start = period("2020-Q1");
    a = rule("third:mean");
    ok(nf_series_aggregate(ctx(), &s, &a, NULL) == NF_EINVAL);
    ok(nf_series_season(ctx(), &s, &(nf_season){ "wet", 5, 11 }) == NF_EINVAL);
    s.t.start = (nf_period){ 0, NF_NUMBER, 1 };
    a = rule("year");
    ok(nf_series_aggregate(ctx(), &s, &a, NULL) == NF_EINVAL);
    const int64_t far[] = { 0, 60LL * 24 * 366 * 100 };
    s.t = (nf_axis){ .start = { 0, NF_MINUTE, 1 }, .n = 2, .ord = far };
    a = rule("minute");
    ok(nf_series_aggregate(ctx(), &s, &a, NULL) == NF_EINVAL);
    static const char *const bad[] = { "", "yaer", "year:maen", "year:mean:101%", "year:mean:x", "number",
            "year:mean:75%:1" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (nf_aggregate_parse(ctx(), &a, bad[i]) != NF_EINVAL) fail_msg("%s", bad[i]);
    const nf_season *season;
    size_t n;
    ok(!nf_seasons_parse(ctx(), &season, &n, "all=1-12") && n == 1 && season->from == 1 && season->to == 12);
    static const char *const none[] = { "", "wet", "wet=", "wet=5", "wet=0-3", "wet=5-13", "=1-2", "wet=1-2,",
            "wet=1-2x" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (nf_seasons_parse(ctx(), &season, &n, none[i]) != NF_EINVAL) fail_msg("%s", none[i]);
}

/* The capture and the mean, found the slow way: second by second through every hour of the longer period. */
TEST(aggregates_agree_with_counting_hours)
{
    static const nf_freq to[] = { NF_DAY, NF_WEEK, NF_MONTH, NF_QUARTER, NF_YEAR };
    for_all(seed, 60) {
        uint64_t r = seed;
        size_t n = 1 + rnd(&r) % 5000;
        double *y = malloc(n * sizeof *y), share = rnd_unit(&r);
        nf_freq f = to[rnd(&r) % 5];
        for (size_t i = 0; i < n; i++) y[i] = rnd_unit(&r) < share ? (double)(rnd(&r) % 100) : NAN;
        nf_period start = { (int64_t)(rnd(&r) % 400000), NF_HOUR, 1 };
        nf_series s = { metas, { .start = start, .step = 1, .n = n }, y, NULL }, got = s;
        nf_aggregate a = { f, NF_MEAN, 0.5, "rule" };
        size_t mark = nf_mark(ctx());
        ok(!nf_series_aggregate(ctx(), &got, &a, NULL));
        for (size_t k = 0; k < got.t.n; k++) {
            nf_period whole = nf_axis_at(&got.t, k);
            double sum = 0;
            int64_t there = 0, all = 0;
            for (int64_t h = nf_period_begin(whole) / 3600; h < nf_period_end(whole) / 3600; h++, all++)
                if (h >= start.ord && h < start.ord + (int64_t)n && !isnan(y[h - start.ord])) {
                    sum += y[h - start.ord];
                    there++;
                }
            near(got.y[k], 2 * there >= all ? sum / (double)there : NAN, 0);
        }
        nf_release(ctx(), mark);
        free(y);
    }
}
