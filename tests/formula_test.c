/* formula_test.c - expressions: inputs, units, lineage, what is refused; and the years of the calendar. */
#include "indicators.h"
#include "test.h"

static nf_series regular(const nf_meta *m, nf_freq freq, int64_t first, size_t n, const double *y)
{
    return (nf_series){ m, { .start = { first, freq, 1 }, .step = 1, .n = n }, y, NULL };
}

static int derive(nf_ctx *c, nf_series *out, nf_series_list *list, const char *text)
{
    return nf_derive(c, out, text, nf_source_of(list), 0, nf_formulas);
}

TEST(a_year_needs_three_quarters_of_its_months_for_a_mean_and_all_for_a_sum)
{
    nf_ctx *c = nf_ctx_new(NULL);
    double y[36];
    for (int i = 0; i < 36; i++) y[i] = i;
    y[12] = y[13] = y[14] = NAN;                   /* the second year has 9 of 12 */
    y[24] = y[25] = y[26] = y[27] = NAN;           /* the third 8 */
    const nf_meta m = { .key = "out", .unit = "亿元", .place = "X", .synthetic = true, .known = 77 };
    nf_series s = regular(&m, NF_MONTH, 2020 * 12, 36, y), d;
    nf_series_list list = { &s, 1 };
    ok(derive(c, &d, &list, "annual_mean(out)") == NF_OK);
    ok(d.t.n == 3 && d.t.start.freq == NF_YEAR && d.t.start.ord == 2020);
    near(d.y[0], 5.5, 0);
    near(d.y[1], (15 + 23) / 2.0, 1e-15);
    ok(isnan(d.y[2]));
    same(d.meta->unit, "亿元");
    same(d.meta->key, "annual_mean(out)");
    ok(d.meta->synthetic && d.meta->known == 77 && d.meta->n_from == 1 && d.meta->from[0].y == y);
    ok(derive(c, &d, &list, "annual_sum(out)") == NF_OK);
    near(d.y[0], 66, 0);
    ok(isnan(d.y[1]) && isnan(d.y[2]));
    nf_ctx_free(c);
}

TEST(under_gb3095_one_month_of_15_days_makes_the_year_invalid)
{
    nf_ctx *c = nf_ctx_new(NULL);
    enum { HOURS = 8760 + 8784 };
    static double y[HOURS];                        /* 2015 and 2016 */
    for (int i = 0; i < HOURS; i++) y[i] = i < 8760 ? 10 : 20;
    for (int h = 0; h < 5; h++) y[h] = NAN;        /* 19 hours on the first day: that day does not count */
    for (int h = 0; h < 16 * 24; h++) y[8760 + 1416 + h] = NAN;      /* 16 days of March 2016 */
    const nf_meta m = { .key = "pm25@a", .unit = "µg/m3" };
    nf_series s = regular(&m, NF_HOUR, nf_day_of_civil(2015, 1, 1) * 24, HOURS, y), d;
    nf_series_list list = { &s, 1 };
    ok(derive(c, &d, &list, "annual_mean(pm25@*, rules=gb3095-2012)") == NF_OK);
    near(d.y[0], 10, 1e-14);
    ok(isnan(d.y[1]));
    ok(derive(c, &d, &list, "annual_mean(pm25@*)") == NF_OK);
    near(d.y[1], 20, 1e-14);
    nf_ctx_free(c);
}

TEST(the_city_is_the_mean_of_enough_stations)
{
    nf_ctx *c = nf_ctx_new(NULL);
    double a[] = { 10, 20 }, b[] = { 30, NAN }, e[] = { 50, NAN }, f[] = { 70, 40 };
    const nf_meta m[] = { { .key = "q@a", .unit = "%" }, { .key = "q@b", .unit = "%" }, { .key = "q@c", .unit = "%" },
                          { .key = "q@d", .unit = "%" } };
    nf_series s[] = { regular(&m[0], NF_YEAR, 2020, 2, a), regular(&m[1], NF_YEAR, 2020, 2, b),
                      regular(&m[2], NF_YEAR, 2020, 2, e), regular(&m[3], NF_YEAR, 2020, 2, f) }, d;
    nf_series_list list = { s, 4 };
    ok(derive(c, &d, &list, "annual_mean(q@*)") == NF_OK);
    near(d.y[0], 40, 1e-15);
    ok(isnan(d.y[1]));                             /* 2 of 4 stations: fewer than 75 % */
    list.n = 2;
    ok(derive(c, &d, &list, "annual_mean(q@*)") == NF_OK);
    near(d.y[1], 20, 1e-15);                       /* 1 of 2: half is enough below four */
    nf_ctx_free(c);
}

TEST(parts_and_wholes_meet_in_one_unit_and_nest)
{
    nf_ctx *c = nf_ctx_new(NULL);
    double part[] = { 5000, 6000 }, whole[] = { 1, 1.5 };
    const nf_meta m[] = { { .key = "part", .unit = "万元" }, { .key = "whole", .unit = "亿元" },
                          { .key = "air", .unit = "µg/m3" } };
    nf_series s[] = { regular(&m[0], NF_YEAR, 2020, 2, part), regular(&m[1], NF_YEAR, 2020, 2, whole),
                      regular(&m[2], NF_YEAR, 2020, 2, whole) }, d;
    nf_series_list list = { s, 3 };
    ok(derive(c, &d, &list, "share(part, whole)") == NF_OK);
    near(d.y[0], 50, 1e-15);
    near(d.y[1], 40, 1e-15);
    same(d.meta->unit, "%");
    ok(derive(c, &d, &list, "growth( share(part,whole) )") == NF_OK);
    ok(isnan(d.y[0]));
    near(d.y[1], -20, 1e-14);
    ok(derive(c, &d, &list, "share(part, air)") == NF_EINVAL);
    nf_ctx_free(c);
}

TEST(what_is_wrong_with_an_expression_is_said)
{
    nf_ctx *c = nf_ctx_new(NULL);
    double y[] = { 1, 2 };
    const nf_meta m = { .key = "a", .unit = "1" };
    nf_series s = regular(&m, NF_YEAR, 2020, 2, y), d;
    nf_series_list list = { &s, 1 };
    static const struct { const char *text; int err; const char *words; } wrong[] = {
        { "anual_mean(a)", NF_ENOTFOUND, "anual_mean" }, { "annual_mean()", NF_EINVAL, "takes at least 1 series" },
        { "annual_mean(b)", NF_ENOTFOUND, "no series 'b'" }, { "annual_mean(a, rules=xx)", NF_EINVAL, "xx" },
        { "annual_mean(a,)", NF_EINVAL, "empty" }, { "annual_mean((a)", NF_EINVAL, "brackets" },
        { "share(a)", NF_EINVAL, "takes 2 series" }, { "annual_sum(a, a)", NF_EINVAL, "takes 1 series" },
        { "annual_mean(a, rules=gb3095-2012)", NF_EINVAL, "GB 3095" },
        { "growth(growth(growth(growth(growth(growth(growth(growth(growth(a)))))))))", NF_EINVAL, "nested" } };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int rc = derive(c, &d, &list, wrong[i].text);
        if (rc != wrong[i].err || !strstr(nf_last(c)->what, wrong[i].words))
            fail_msg("%s: %s: %s", wrong[i].text, nf_err_name(rc), nf_last(c)->what);
    }
    ok(!nf_is_expression("gdp (亿元)") && !nf_is_expression("pm25@*") && nf_is_expression("a(b)"));
    nf_ctx_free(c);
}
