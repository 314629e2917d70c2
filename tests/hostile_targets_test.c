/* hostile_targets_test.c - whatever a plan asks of whatever figures, every scheme answers: a word, a sentence, no
 * infinity. */
#include "engine.h"
#include "test.h"

static double wild(uint64_t *r)
{
    static const double hard[] = { 0, -0., 1, -1, 100, .5, 1e-308, 5e-324, 1e308, -1e308, 1e154, 1e-154, 2025,
                                   99.999999999 };
    uint64_t k = rnd(r) % 20;
    return k < sizeof hard / sizeof *hard ? hard[k] : k == 18 ? NAN : 200 * rnd_unit(r) - 20;
}

static nf_period some_period(uint64_t *r, int64_t around)
{
    static const nf_freq freq[] = { NF_YEAR, NF_YEAR, NF_YEAR, NF_MONTH, NF_QUARTER, NF_DAY };
    if (rnd(r) % 5 == 0) return (nf_period){ 0, 0, 0 };
    int64_t year = around + (int64_t)(rnd(r) % 21) - 10;
    return nf_period_convert((nf_period){ year < 1 ? 1 : year > 9998 ? 9998 : year, NF_YEAR, 1 }, freq[rnd(r) % 6]);
}

/* Yearly, monthly or daily, with gaps, forecasts and missing values. */
static nf_series some_series(nf_ctx *c, uint64_t *r, int64_t year)
{
    static const nf_freq freq[] = { NF_YEAR, NF_MONTH, NF_DAY, NF_NUMBER };
    static const char *const unit[] = { "%", "1", "", "亿元", "rank", "furlongs" };
    size_t n = rnd(r) % 14;
    nf_meta *meta = nf_alloc(c, sizeof *meta);
    int64_t *ord = nf_alloc(c, (n + 1) * sizeof *ord);
    double *y = nf_alloc(c, (n + 1) * sizeof *y);
    uint16_t *status = nf_alloc(c, (n + 1) * sizeof *status);
    *meta = (nf_meta){ .key = "x", .unit = unit[rnd(r) % 6] };
    nf_period p = nf_period_convert((nf_period){ year, NF_YEAR, 1 }, freq[rnd(r) % 4]);
    bool tame = rnd(r) % 2;
    for (size_t i = 0; i < n; i++) {
        p.ord += 1 + (int64_t)(rnd(r) % 3 == 0) * (int64_t)(rnd(r) % 9);
        ord[i] = p.ord;
        y[i] = tame ? 10 + 80 * rnd_unit(r) : wild(r);
        status[i] = rnd(r) % 9 == 0 ? NF_FORECAST : 0;
    }
    return (nf_series){ meta, { .start = { n ? ord[0] : 0, p.freq, 1 }, .n = n, .ord = ord }, y, status };
}

static nf_target some_target(uint64_t *r, int64_t year)
{
    static const char *const unit[] = { "", "%", "share", "亿元", "万元", "furlongs" };
    return (nf_target){ .code = "t", .indicator = "x", .series = "x", .unit = unit[rnd(r) % 6],
                        .kind = (nf_kind)(rnd(r) % 6),
                        .sense = (int)(rnd(r) % 3) - 1, .scale = (nf_scale)(rnd(r) % 4), .base = some_period(r, year),
                        .base_value = rnd(r) % 3 ? NAN : wild(r), .due = some_period(r, year + 12),
                        .due_from = rnd(r) % 3 ? (nf_period){ 0, 0, 0 } : some_period(r, year + 8), .value = wild(r),
                        .lo = wild(r), .hi = wild(r), .tolerance = rnd(r) % 3 ? NAN : fabs(wild(r)), .weight = NAN,
                        .limit = rnd(r) % 3 ? NAN : wild(r) };
}

static void answered(nf_ctx *c, const nf_case *k, const nf_scheme *s, uint64_t seed)
{
    nf_finding f;
    nf_value row[32];
    if (nf_judge(c, &f, s, k, NULL) != NF_OK) fail_msg("case %d, %s: %s", (int)seed, s->row.name, nf_last(c)->what);
    ok(f.grade && f.grade->word && f.basis && f.reason.en && *f.reason.en && f.reason.zh && *f.reason.zh);
    ok(!strstr(f.reason.en, "(null)") && !strstr(f.reason.en, "nan") && !strstr(f.reason.en, "inf "));
    ok(nf_check_row(c, row, &f, s) == NF_OK);
    for (int i = 0; nf_check_fields[i].type != NF_END; i++)
        if (nf_check_fields[i].type == NF_F64 && isinf(row[i].f))
            fail_msg("case %d, %s: %s is infinite", (int)seed, s->row.name, nf_check_fields[i].name);
    for (int i = 0; s->out[i].type != NF_END; i++)
        if (s->out[i].type == NF_F64 && isinf(f.r.v[i].f))
            fail_msg("case %d, %s: %s is infinite", (int)seed, s->row.name, s->out[i].name);
    ok(!(f.at.chance < 0 || f.at.chance > 1));
}

TEST(every_scheme_answers_whatever_is_asked)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 2000) {
        uint64_t r = seed * 7919 + 1;
        int64_t year = rnd(&r) % 50 == 0 ? (rnd(&r) % 2 ? 1 : 9980) : 2010;
        size_t mark = nf_mark(c);
        nf_series s = some_series(c, &r, year);
        nf_target t = some_target(&r, year);
        nf_case k = { .target = &t, .series = rnd(&r) % 20 ? &s : NULL, .hypothetical = rnd(&r) % 2,
                      .now = nf_period_end((nf_period){ year + (int64_t)(rnd(&r) % 20), NF_YEAR, 1 }) };
        for (size_t i = 0; nf_schemes[i]; i++)
            if (!nf_schemes[i]->tasks) answered(c, &k, nf_schemes[i], seed);
        nf_release(c, mark);
    }
    nf_ctx_free(c);
}
