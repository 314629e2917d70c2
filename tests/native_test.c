/* native_test.c - the native verdict: its words, and when each is said; Shijiazhuang's GDP as it was known. */
#include "engine.h"
#include "test.h"

static nf_period year(int y) { return (nf_period){ y, NF_YEAR, 1 }; }

static int64_t day(int y, int m, int d) { return (nf_day_of_civil(y, m, d) + 1) * 86400; }

/* A yearly series in the context, from pairs of year and value. */
static nf_series yearly(nf_ctx *c, const char *unit, size_t n, const double (*pair)[2])
{
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    int64_t *ord = nf_alloc(c, n * sizeof *ord);
    double *y = nf_alloc(c, n * sizeof *y);
    *meta = (nf_meta){ .key = "x", .unit = unit };
    for (size_t i = 0; i < n; i++) {
        ord[i] = (int64_t)pair[i][0];
        y[i] = pair[i][1];
    }
    return (nf_series){ meta, { .start = year((int)ord[0]), .n = n, .ord = ord }, y, NULL };
}
#define YEARLY(c, unit, ...) \
    yearly(c, unit, sizeof((const double[][2]){ __VA_ARGS__ }) / sizeof(double[2]), (const double[][2]){ __VA_ARGS__ })

static nf_target target(nf_kind kind, int sense, int base, double value, int due)
{
    return (nf_target){ .code = "t", .indicator = "x", .series = "x", .kind = kind, .sense = sense, .value = value,
                        .base = base ? year(base) : (nf_period){ 0, 0, 0 }, .due = due ? year(due) : (nf_period){ 0,
                            0, 0 },
                        .base_value = NAN, .lo = NAN, .hi = NAN, .tolerance = NAN, .weight = NAN, .limit = NAN };
}

static nf_finding judged(nf_ctx *c, const nf_target *t, const nf_series *s, int64_t now)
{
    nf_finding f;
    nf_case *k = nf_alloc(c, sizeof *k);
    *k = (nf_case){ .target = t, .series = s, .now = now };
    ok(nf_judge(c, &f, nf_schemes[0], k, NULL) == NF_OK);
    return f;
}

/* Published figures of Shijiazhuang's GDP, 亿元: 2017 municipal communiqué; 2020 5935.1 as published in 2022, 6045.9
 * as revised in 2026; 2022 7100.6; 2025 8651.7 municipal work report 2026. Target: at least 10000 in 2025. */
TEST(gdp_of_shijiazhuang_was_at_risk_and_is_missed)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_AT_LEAST, 1, 2020, 10000, 2025);
    nf_series then = YEARLY(c, "亿元", { 2017, 6460.9 }, { 2020, 5935.1 }, { 2022, 7100.6 });
    nf_finding f = judged(c, &t, &then, day(2024, 1, 31));
    same(f.grade->word, "at-risk");
    same(f.basis, "pace");
    near(f.at.pace_required, 0.1209, 1e-3);
    near(f.at.pace_actual, 0.0938, 1e-3);
    ok(isnan(f.at.chance));
    same(f.reason.en, "needs 12.1 % a year to 2025, had 9.4 % a year since 2020; 710.06 billion yuan in 2022");
    same(f.reason.zh, "到2025年年均需增长12.1%，2020年以来年均增长9.4%；2022年为7,100.6亿元");
    nf_series now = YEARLY(c, "亿元", { 2017, 6460.9 }, { 2020, 6045.9 }, { 2021, 6606.6 }, { 2022, 7100.6 }, { 2025,
        8651.7 });
    f = judged(c, &t, &now, day(2026, 11, 22));
    same(f.grade->word, "missed");
    same(f.basis, "final");
    near(f.at.latest, 8651.7, 0);
    same(f.reason.en, "865.17 billion yuan in 2025 misses the target of 1,000 billion yuan by 134.83 billion yuan");
    same(f.reason.zh, "2025年为8,651.7亿元，距目标10,000亿元差1,348.3亿元");
    nf_ctx_free(c);
}

TEST(shares_differ_by_points_and_ranks_by_places)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_AT_LEAST, 1, 2020, 90, 2025);
    nf_series share = YEARLY(c, "%", { 2020, 83.2 }, { 2025, 84.6 });
    nf_finding f = judged(c, &t, &share, day(2026, 11, 22));
    same(f.reason.en, "84.6 % in 2025 misses the target of 90 % by 5.4 points");
    same(f.reason.zh, "2025年为84.6%，距目标90%差5.4个百分点");
    t = target(NF_AT_MOST, -1, 2021, 30, 2025);
    nf_series rank = YEARLY(c, "rank", { 2021, 40 }, { 2025, 34 });
    f = judged(c, &t, &rank, day(2026, 11, 22));
    same(f.reason.en, "rank 34 in 2025 misses the target of rank 30 by 4 places");
    same(f.reason.zh, "2025年为第34位，距目标第30位差4位");
    nf_ctx_free(c);
}

TEST(a_passed_deadline_without_its_figure_is_awaited)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_REACH, 1, 2017, 75, 2025);
    t.tolerance = 1;
    nf_series s = YEARLY(c, "%", { 2017, 61.64 });
    nf_finding f = judged(c, &t, &s, day(2026, 11, 22));
    same(f.grade->word, "awaiting");
    same(f.reason.en, "the deadline 2025 has passed, its figure is not there yet; 61.64 % in 2017");
    same(judged(c, &t, &s, day(2025, 12, 30)).grade->word, "no-data");
    same(judged(c, &t, NULL, day(2026, 11, 22)).grade->word, "no-data");
    nf_ctx_free(c);
}

TEST(every_kind_of_target_is_met_in_its_own_way)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = YEARLY(c, "", { 2020, 40 }, { 2022, 36 }, { 2025, 32.5 });
    struct { nf_kind kind; int sense; double value, lo, hi, tolerance; const char *word; } row[] = {
        { NF_AT_LEAST, 1, 32.5, NAN, NAN, NAN, "achieved" }, { NF_AT_LEAST, 1, 33, NAN, NAN, NAN, "missed" },
        { NF_AT_LEAST, 1, 33, NAN, NAN, .5, "achieved" },    { NF_AT_MOST, -1, 32.5, NAN, NAN, NAN, "achieved" },
        { NF_AT_MOST, -1, 32, NAN, NAN, NAN, "missed" },     { NF_REACH, -1, 33, NAN, NAN, NAN, "achieved" },
        { NF_REACH, -1, 32, NAN, NAN, .5, "achieved" },      { NF_REACH, 0, 32, NAN, NAN, NAN, "missed" },
        { NF_RANGE, 1, NAN, 32, 33, NAN, "achieved" },       { NF_RANGE, 1, NAN, 33, 35, NAN, "missed" },
        { NF_RANGE, 1, NAN, 33, 35, .5, "achieved" },        { NF_CHANGE_PCT, -1, -18, NAN, NAN, NAN, "achieved" },
        { NF_CHANGE_PCT, -1, -20, NAN, NAN, NAN, "missed" }, { NF_KEEP, -1, NAN, NAN, NAN, NAN, "achieved" },
        { NF_KEEP, 1, NAN, NAN, NAN, NAN, "missed" },        { NF_KEEP, 1, NAN, NAN, NAN, 8, "achieved" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        nf_target t = target(row[i].kind, row[i].sense, 2020, row[i].value, 2025);
        t.lo = row[i].lo;
        t.hi = row[i].hi;
        t.tolerance = row[i].tolerance;
        nf_finding f = judged(c, &t, &s, day(2026, 1, 1));
        if (strcmp(f.grade->word, row[i].word)) fail_msg("row %zu: %s: %s", i, f.grade->word, f.reason.en);
    }
    nf_ctx_free(c);
}

TEST(a_target_counted_from_an_unknown_base_is_not_guessed)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = YEARLY(c, "", { 2019, 40 }, { 2022, 36 }, { 2023, 33 });
    nf_target t = target(NF_CHANGE_PCT, -1, 2020, -18, 2025);
    nf_finding f = judged(c, &t, &s, day(2024, 1, 1));
    same(f.grade->word, "no-data");
    ok(strstr(f.reason.en, "counted from a base") && isnan(f.at.target));
    t.kind = NF_KEEP;
    t.value = NAN;
    same(judged(c, &t, &s, day(2024, 1, 1)).grade->word, "no-data");
    t.base_value = 40;
    same(judged(c, &t, &s, day(2024, 1, 1)).grade->word, "met-so-far");
    t = target(NF_AT_MOST, -1, 2020, 30, 2025);            /* a pace may start from the figure before */
    f = judged(c, &t, &s, day(2024, 1, 1));
    same(f.basis, "pace");
    ok(f.at.baseline_period.ord == 2019);
    nf_ctx_free(c);
}

TEST(words_before_the_deadline)
{
    nf_ctx *c = nf_ctx_new(NULL);
    int64_t now = day(2022, 6, 1);
    nf_series s = YEARLY(c, "", { 2020, 40 }, { 2021, 44 });
    struct { int sense; double value; int due; const char *word, *basis; } row[] = {
        { 1, 44, 2025, "met-so-far", "" },   { 1, 60, 2025, "on-track", "pace" },  { 1, 70, 2025, "at-risk", "pace" },
        { 1, 90, 2025, "off-track", "pace" }, { -1, 39, 2025, "off-track", "pace" }, { 1, 44, 0, "met-so-far", "pace" },
        { 1, 60, 0, "open", "pace" },        { 1, NAN, 2025, "open", "pace" },     { 1, NAN, 0, "open", "pace" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        nf_target t = target(row[i].sense > 0 ? NF_AT_LEAST : NF_AT_MOST, row[i].sense, 2020, row[i].value, row[i].due);
        nf_finding f = judged(c, &t, &s, now);
        if (strcmp(f.grade->word, row[i].word) || strcmp(f.basis, row[i].basis))
            fail_msg("row %zu: %s (%s): %s", i, f.grade->word, f.basis, f.reason.en);
        ok(f.reason.en && f.reason.zh && isnan(f.at.chance));
    }
    nf_target t = target(NF_CHANGE_PCT, -1, 0, -20, 2025);
    same(judged(c, &t, NULL, now).grade->word, "no-data");
    nf_ctx_free(c);
}

TEST(within_a_range_of_deadlines_the_first_figure_that_meets_it_counts)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_AT_LEAST, 1, 2021, 5, 2026);
    t.due_from = year(2024);
    t.base_value = 0;
    nf_series s = YEARLY(c, "", { 2023, 6 }, { 2024, 5 }, { 2026, 4 });
    nf_finding f = judged(c, &t, &s, day(2027, 1, 1));
    same(f.grade->word, "achieved");
    same(f.reason.en, "5 in 2024 meets the target of 5");
    nf_series fell = YEARLY(c, "", { 2023, 6 }, { 2024, 4 }, { 2026, 4 });
    same(judged(c, &t, &fell, day(2027, 1, 1)).grade->word, "missed");
    nf_ctx_free(c);
}

/* First case of the five-year hindcast: the published chance of this model to five digits. */
static const double voc[][2] = { { 2003, 194 }, { 2004, 184 }, { 2005, 178 }, { 2006, 175 }, { 2007, 164 },
                                 { 2008, 157 }, { 2009, 146 }, { 2010, 146 } };

TEST(the_chance_is_the_models)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = yearly(c, "kt", 8, voc);
    struct { double goal, chance; } row[] = { { 116.8, .76307 }, { 131.40000000000003, .39999 }, { 145.99999999999997,
        .14314 },
                                              { 175.20000000000002, .01577 } };
    for (size_t i = 0; i < 4; i++) {
        nf_outlook o;
        nf_status status;
        ok(nf_outlook_of(c, &o, &status, &s, year(2015), row[i].goal, 1, NF_SCALE_LOG, false) == NF_OK);
        ok(status == NF_FINE);
        near(o.chance, row[i].chance, 1e-3);
        ok(fabs(o.chance - row[i].chance) <= 5.1e-6);              /* the bits: bytes_are_the_same_everywhere */
        ok(o.lo95 < o.lo80 && o.lo80 < o.lo50 && o.lo50 < o.median && o.median < o.hi50 && o.hi50 < o.hi80
           && o.hi80 < o.hi95);
        nf_outlook at;
        nf_outlook_of(c, &at, &status, &s, year(2015), o.hi80, 1, NF_SCALE_LOG, false);
        near(at.chance, .1, 1e-9);
    }
    nf_ctx_free(c);
}

/* Found with AVX-512, AVX2 and SSE2, gcc and clang, -O0 to -O3 alike. */
TEST(bytes_are_the_same_everywhere)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = yearly(c, "kt", 8, voc);
    nf_outlook o;
    nf_status status;
    nf_outlook_of(c, &o, &status, &s, year(2015), 131.4, 1, NF_SCALE_LOG, false);
    ok(o.chance == 0x1.99963ee3ec4c4p-2 && o.median == 0x1.fd3ca9384de4ap+6 && o.lo95 == 0x1.84d516d8e121ap+6);
    nf_outlook_of(c, &o, &status, &s, year(2015), 131.4, 1, NF_SCALE_LOG, true);
    ok(o.chance == 0x1.be0ab87719b3cp-2 && o.median == 0x1.0120f9c5153fap+7 && o.lo95 == 0x1.7ea2bbf0009fep+6);
    nf_ctx_free(c);
}

TEST(the_verdict_follows_the_chance_and_says_it_in_words)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = yearly(c, "kt", 8, voc);
    nf_target t = target(NF_AT_MOST, -1, 0, 131.4, 2015);
    nf_finding f = judged(c, &t, &s, day(2011, 6, 1));
    same(f.grade->word, "at-risk");
    same(f.basis, "chance");
    near(f.at.chance, 1 - .39999, 1e-4);
    ok(strstr(f.reason.en, "about 6 in 10") && strstr(f.reason.zh, "约六成"));
    t.value = 160;
    same(judged(c, &t, &s, day(2011, 6, 1)).grade->word, "met-so-far");
    t = target(NF_AT_LEAST, 1, 0, 160, 2015);
    same(judged(c, &t, &s, day(2011, 6, 1)).grade->word, "off-track");
    nf_series flat = YEARLY(c, "", { 2003, 5 }, { 2004, 5 }, { 2005, 5 }, { 2006, 5 }, { 2007, 5 }, { 2008, 5 });
    t = target(NF_AT_LEAST, 1, 0, 6, 2015);
    f = judged(c, &t, &flat, day(2011, 6, 1));
    same(f.grade->word, "off-track");
    near(f.at.chance, 0, 0);
    nf_ctx_free(c);
}

static double field(const nf_finding *f, const char *name)
{
    return f->r.v[nf_field_index(nf_schemes[0]->out, name)].f;
}

/* Walk: drift (ln 146 - ln 175) / 4 since 2006, spread about the drift of the whole series, t with n - 2 degrees. */
TEST(once_a_plan_is_under_way_model_and_walk_are_weighed_together)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = yearly(c, "kt", 8, voc);
    nf_target t = target(NF_AT_MOST, -1, 2006, 131.4, 2012);
    nf_finding f = judged(c, &t, &s, day(2011, 6, 1));
    double s2 = 0, drift = log(146 / 194.) / 7;
    for (int i = 1; i < 8; i++) s2 += pow(log(voc[i][1] / voc[i - 1][1]) - drift, 2) / 6;
    double walk = nf_t_upper((log(146) + 2 * log(146 / 175.) / 4 - log(131.4)) / sqrt(s2 * (2 + 4 / 4.)), 6);
    near(f.at.chance_walk, walk, 1e-12);
    double model = field(&f, "chance_model"), x = .811 * log(model / (1 - model)) + .248 * log(walk / (1 - walk));
    near(f.at.chance, 1 / (1 + exp(-x)), 1e-12);
    t.base = year(2010);                                   /* nothing has happened since the base */
    f = judged(c, &t, &s, day(2011, 6, 1));
    ok(isnan(f.at.chance_walk));
    near(f.at.chance, field(&f, "chance_model"), 0);
    nf_ctx_free(c);
}

/* Nobody is told a chance that the rules keep back, unless no one is accused. */
TEST(hypothetical_cases_are_told_the_models_chance)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s = yearly(c, "kt", 4, voc);
    nf_target t = target(NF_AT_MOST, -1, 0, 131.4, 2015);
    nf_case k = { .target = &t, .series = &s, .now = day(2007, 6, 1), .hypothetical = true };
    nf_finding f;
    ok(nf_judge(c, &f, nf_schemes[0], &k, NULL) == NF_OK);
    same(f.basis, "pace");
    ok(f.at.chance > 0 && f.at.chance < 1);
    k.now = day(2020, 6, 1);
    ok(nf_judge(c, &f, nf_schemes[0], &k, NULL) == NF_OK);
    same(f.grade->word, "awaiting");
    ok(f.at.chance > 0 && f.at.chance < 1);
    k.hypothetical = false;
    ok(nf_judge(c, &f, nf_schemes[0], &k, NULL) == NF_OK);
    ok(isnan(f.at.chance));
    nf_ctx_free(c);
}

TEST(the_path_is_followed_as_far_as_figures_have_come)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_AT_LEAST, 1, 2020, 60, 2025);
    nf_waypoint path[] = { { year(2021), 42 }, { year(2022), 50 }, { year(2023), 55 } };
    t.path = path;
    t.n_path = 3;
    nf_series s = YEARLY(c, "%", { 2020, 40 }, { 2021, 43 }, { 2022, 46 });
    nf_finding f = judged(c, &t, &s, day(2023, 6, 1));
    ok(strstr(f.reason.en, "; the path asked for 50 % in 2022, it was 46 %"));
    ok(strstr(f.reason.zh, "；2022年节点目标为50%，实际为46%"));
    ok(f.r.v[nf_field_index(nf_schemes[0]->out, "on_path")].i == 0);
    t.n_path = 1;
    f = judged(c, &t, &s, day(2023, 6, 1));
    ok(!strstr(f.reason.en, "path") && f.r.v[nf_field_index(nf_schemes[0]->out, "on_path")].i == 1);
    nf_ctx_free(c);
}

TEST(a_verdict_says_how_fragile_it_is)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_target t = target(NF_AT_LEAST, 1, 2020, 140, 2025);
    nf_series s = YEARLY(c, "", { 2019, 80 }, { 2020, 100 }, { 2021, 101 }, { 2022, 125 });
    nf_finding f = judged(c, &t, &s, day(2023, 6, 1));
    same(f.grade->word, "on-track");
    const nf_field *out = nf_schemes[0]->out;
    same(f.r.v[nf_field_index(out, "without_last")].s, "off-track");
    same(f.r.v[nf_field_index(out, "other_base")].s, "on-track");
    ok(f.r.v[nf_field_index(out, "fragile")].i == 1);
    ok(f.r.v[nf_field_index(out, "catch_up")].t.ord == 2024);
    s = YEARLY(c, "", { 2019, 91 }, { 2020, 100 }, { 2021, 112 }, { 2022, 124 }, { 2023, 136 });
    f = judged(c, &t, &s, day(2024, 6, 1));                   /* another base, the same word: not fragile */
    same(f.grade->word, "on-track");
    same(f.r.v[nf_field_index(out, "without_last")].s, "on-track");
    same(f.r.v[nf_field_index(out, "other_base")].s, "on-track");
    ok(f.r.v[nf_field_index(out, "fragile")].i == 0);
    nf_ctx_free(c);
}

/* No verdict may depend on the unit: percent or share. */
TEST(percent_and_share_give_the_same_chance)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 40) {
        uint64_t r = seed + 7;
        double percent[9][2], share[9][2];
        for (int i = 0; i < 9; i++) {
            percent[i][0] = share[i][0] = 2010 + i;
            percent[i][1] = 20 + 60 * rnd_unit(&r);
            share[i][1] = percent[i][1] / 100;
        }
        nf_series a = yearly(c, "%", 9, (const double (*)[2])percent), b = yearly(c, "1", 9,
            (const double (*)[2])share);
        nf_target ta = target(NF_AT_LEAST, 1, 2012, 70, 2023), tb = target(NF_AT_LEAST, 1, 2012, .7, 2023);
        nf_finding fa = judged(c, &ta, &a, day(2019, 6, 1)), fb = judged(c, &tb, &b, day(2019, 6, 1));
        same(fa.grade->word, fb.grade->word);
        if (isfinite(fa.at.chance)) near(fa.at.chance, fb.at.chance, 1e-9);
    }
    nf_ctx_free(c);
}

/* More is asked, or less time is given to a falling series: the chance never grows with the goal. */
TEST(the_chance_falls_as_more_is_asked)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 40) {
        uint64_t r = seed + 3;
        size_t n = 3 + rnd(&r) % 40;
        double pair[64][2], before = 1;
        for (size_t i = 0; i < n; i++) {
            pair[i][0] = (i ? pair[i - 1][0] : 1950) + 1 + (double)(rnd(&r) % 5 == 0);
            pair[i][1] = 50 * rnd_unit(&r) - (seed % 2 ? 10 : -1);
        }
        nf_series s = yearly(c, "", n, (const double (*)[2])pair);
        for (double goal = -100; goal <= 200; goal += 25) {
            nf_outlook o;
            nf_status status;
            nf_outlook_of(c, &o, &status, &s, year((int)pair[n - 1][0] + 4), goal, 1, NF_SCALE_AUTO, false);
            ok(status == NF_FINE && o.chance >= 0 && o.chance <= before + 1e-15);
            before = o.chance;
        }
    }
    nf_ctx_free(c);
}

/* y -> a y + b, a > 0, with the goal moved along: nothing changes, however large or small the numbers. */
TEST(the_chance_does_not_depend_on_where_and_how_large_the_numbers_are)
{
    nf_ctx *c = nf_ctx_new(NULL);
    struct { double a, b; } moved[] = { { 1, 0 }, { 3, -7 }, { 1e-160, 0 }, { 1e160, 0 }, { 1e300, 0 }, { 1e-305, 0 } };
    for_all(seed, 20) {
        uint64_t r = seed + 5;
        double pair[12][2], chance = NAN;
        for (int i = 0; i < 12; i++) pair[i][1] = rnd_unit(&r);
        for (size_t k = 0; k < sizeof moved / sizeof *moved; k++) {
            double now[12][2];
            for (int i = 0; i < 12; i++) {
                now[i][0] = 2000 + i;
                now[i][1] = moved[k].a * pair[i][1] + moved[k].b;
            }
            nf_series s = yearly(c, "", 12, (const double (*)[2])now);
            nf_outlook o;
            nf_status status;
            nf_outlook_of(c, &o, &status, &s, year(2014), moved[k].a * .7 + moved[k].b, 1, NF_SCALE_LINEAR, false);
            ok(status == NF_FINE && isfinite(o.lo95) && isfinite(o.hi95));
            if (k) near(o.chance, chance, 1e-10);
            chance = k ? chance : o.chance;
        }
    }
    nf_ctx_free(c);
}

/* No instruction set, horizon, gap or length may bring a chance outside 0..1, or a number that is none. */
TEST(long_series_gaps_and_far_deadlines_stay_finite)
{
    nf_ctx *c = nf_ctx_new(NULL);
    enum { N = 3000 };
    static double pair[N][2];
    uint64_t r = 1;
    for (int i = 0; i < N; i++) {
        pair[i][0] = 1 + i + (i > 1000) * 2500;
        pair[i][1] = 10 + rnd_unit(&r);
    }
    for (size_t n = 3; n <= N; n = n * 3 / 2 + 1) {
        nf_series s = yearly(c, "", n, (const double (*)[2])pair);
        for (int far = 1; far <= 4000; far *= 20) {
            nf_outlook o;
            nf_status status;
            nf_outlook_of(c, &o, &status, &s, year((int)pair[n - 1][0] + far), 11, 1, NF_SCALE_AUTO, false);
            ok(status == NF_FINE && o.chance > 0 && o.chance < 1);
            nf_outlook never;
            nf_outlook_of(c, &never, &status, &s, year((int)pair[n - 1][0] + far), 1e308, 1, NF_SCALE_LINEAR, false);
            ok(never.chance >= 0 && never.chance < 1e-9);
            ok(isfinite(o.lo95) && isfinite(o.median) && isfinite(o.hi95) && o.lo95 <= o.lo80 && o.hi80 <= o.hi95);
        }
    }
    nf_ctx_free(c);
}
