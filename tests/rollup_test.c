/* rollup_test.c - from verdicts to an improvement: colour, score, veto, chances, weights, means; the row of check. */
#include "engine.h"
#include "test.h"

static const nf_grade grades[] = { { "u", NF_UNKNOWN, { 0 } }, { "m", NF_MISSED, { 0 } }, { "f", NF_OFF, { 0 } },
                                   { "r", NF_RISK, { 0 } }, { "o", NF_ON, { 0 } }, { "a", NF_MET, { 0 } } };

typedef struct { nf_target target[32]; nf_case of[32]; nf_finding finding[32]; size_t n; } board;

/* One finding per letter: u m f r o a; a capital is binding. Chances from the end: .9, .8, ... */
static const nf_finding *findings(board *b, const char *letters)
{
    static const char small[] = "umfroa", capital[] = "UMFROA";
    memset(b, 0, sizeof *b);
    for (; letters[b->n]; b->n++) {
        const char *s = strchr(small, letters[b->n]), *binding = strchr(capital, letters[b->n]);
        size_t level = (size_t)(s ? s - small : binding - capital);
        b->target[b->n] = (nf_target){ .weight = NAN, .binding = !s };
        b->of[b->n] = (nf_case){ .target = &b->target[b->n] };
        b->finding[b->n] = (nf_finding){ .of = &b->of[b->n], .grade = &grades[level], .basis = level == 1 ? "final"
                                         : "chance" };
        b->finding[b->n].at.chance = .9 - .1 * (double)b->n;
    }
    return b->finding;
}

static nf_rollup rolled(nf_ctx *c, board *b, const char *letters)
{
    static const nf_group group = { .code = "I1" };
    nf_rollup r;
    const nf_finding *f = findings(b, letters);
    ok(nf_rollup_of(c, &r, &group, f, b->n) == NF_OK);
    return r;
}

TEST(the_colour_is_that_of_the_two_worst)
{
    nf_ctx *c = nf_ctx_new(NULL);
    board b;
    struct { const char *letters; nf_level level; } row[] = {
        { "", NF_UNKNOWN }, { "u", NF_UNKNOWN }, { "uua", NF_UNKNOWN }, { "ua", NF_MET }, { "a", NF_MET }, { "aa",
            NF_MET },
        { "ao", NF_ON },    { "oof", NF_RISK },  { "orr", NF_RISK },    { "off", NF_OFF }, { "ofm", NF_OFF }, { "mm",
            NF_MISSED },
        { "m", NF_MISSED }, { "aam", NF_RISK },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) ok(rolled(c, &b, row[i].letters).level == row[i].level);
    nf_ctx_free(c);
}

TEST(counts_score_veto_and_the_worst)
{
    nf_ctx *c = nf_ctx_new(NULL);
    board b;
    nf_rollup r = rolled(c, &b, "aorfu");
    ok(r.n == 5 && r.count[NF_UNKNOWN] == 1 && r.count[NF_MET] == 1 && r.count[NF_OFF] == 1);
    near(r.score, (100 + 75 + 50 + 25) / 4., 1e-15);
    ok(!r.veto && r.n_binding == 0 && isnan(r.chance_binding));
    ok(r.worst == &b.finding[3]);
    r = rolled(c, &b, "aFoo");
    ok(r.veto && r.n_binding == 1);
    r = rolled(c, &b, "OaR");
    ok(!r.veto && r.n_binding == 2);
    near(r.chance_binding, .9 * .7, 1e-15);
    r = rolled(c, &b, "OM");
    near(r.chance_binding, 0, 0);                          /* missed for good */
    r = rolled(c, &b, "ffr");
    ok(r.worst == &b.finding[1]);                           /* the smaller chance of the two */
    r = rolled(c, &b, "uu");
    ok(isnan(r.score) && !r.worst && isnan(r.stable));
    nf_ctx_free(c);
}

TEST(weights_can_turn_the_colour_of_a_score_near_an_edge)
{
    nf_ctx *c = nf_ctx_new(NULL);
    board b;
    near(rolled(c, &b, "oooo").stable, 1, 0);
    near(rolled(c, &b, "oorr").stable, rolled(c, &b, "oorr").stable, 0);
    double edge = rolled(c, &b, "or").stable;               /* 62.5, just where at risk ends */
    ok(edge > .3 && edge < .7);
    ok(rolled(c, &b, "ooor").stable > .9);
    nf_ctx_free(c);
}

TEST(one_family_of_means)
{
    double x[] = { 90, 40, 20 }, w[] = { 1, 1, 2 };
    near(nf_ces_mean(x, NULL, 3, -1), 50, 1e-15);
    near(nf_ces_mean(x, w, 3, -1), 42.5, 1e-15);
    near(nf_ces_mean(x, NULL, 3, 0), cbrt(72000), 1e-14);
    near(nf_ces_mean(x, NULL, 3, 1), 3 / (1 / 90. + 1 / 40. + 1 / 20.), 1e-14);
    near(nf_ces_mean(x, NULL, 3, INFINITY), 20, 0);
    near(nf_ces_mean(x, NULL, 3, 200), 20, 1e-2);
    near(nf_ces_mean((double[]){ 0, 50 }, NULL, 2, 0), 0, 0);
    ok(isnan(nf_ces_mean(x, NULL, 0, -1)));
    for_all(seed, 100) {                                    /* the larger rho, the smaller the mean */
        uint64_t r = seed + 11;
        double v[6], before = INFINITY;
        for (int i = 0; i < 6; i++) v[i] = 1 + 99 * rnd_unit(&r);
        for (double rho = -1; rho <= 6; rho += .5) {
            double m = nf_ces_mean(v, NULL, 6, rho);
            ok(m <= before * (1 + 1e-12));
            before = m;
        }
    }
}

TEST(the_row_of_check_has_every_column)
{
    nf_ctx *c = nf_ctx_new(NULL);
    static const char columns[] =
        "improvement,indicator,series,unit,direction,baseline_period,baseline,latest_period,latest,target_period,target,"
        "completion,elapsed,pace_actual,pace_required,projected,projected_lo,projected_hi,chance,verdict,basis,scheme,"
        "judgement,owner,reason";
    char text[512] = "";
    for (const nf_field *f = nf_check_fields; f->type != NF_END; f++) {
        strcat(text, text[0] ? "," : "");
        strcat(text, f->name);
        ok(f->title.en && f->title.zh);
    }
    same(text, columns);
    nf_indicator indicator = { .code = "gdp", .owner = { "Bureau of Statistics", "统计局" } };
    nf_judgement said[] = { { "gdp", "off-track", "Li", "slow", 100 }, { "gdp", "at-risk", "Wang", "recovering", 200 },
                            { "gdp", "on-track", "Li", "later", 2000000000000 } };
    nf_plan plan = { .indicator = &indicator, .n_indicator = 1, .judgement = said, .n_judgement = 3 };
    nf_target t = { .code = "t", .indicator = "gdp", .series = "gdp", .unit = "亿元", .kind = NF_AT_LEAST, .sense = 1,
                    .value = 10000, .base_value = NAN, .lo = NAN, .hi = NAN, .tolerance = NAN, .weight = NAN,
                        .limit = NAN };
    nf_case k = { .plan = &plan, .target = &t, .now = 1000 };
    nf_finding f;
    nf_value row[32];
    ok(nf_judge(c, &f, nf_schemes[0], &k, NULL) == NF_OK);
    ok(nf_check_row(c, row, &f, nf_schemes[0]) == NF_OK);
    same(row[nf_field_index(nf_check_fields, "verdict")].s, "no-data");
    same(row[nf_field_index(nf_check_fields, "judgement")].s, "at-risk");
    same(row[nf_field_index(nf_check_fields, "basis")].s, "judgement");
    same(row[nf_field_index(nf_check_fields, "owner")].p.zh, "统计局");
    same(row[nf_field_index(nf_check_fields, "unit")].s, "亿元");
    same(row[nf_field_index(nf_check_fields, "scheme")].s, "native");
    nf_ctx_free(c);
}
