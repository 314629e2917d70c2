/* unit_test.c - units convert exactly, round-trip, and are refused when they do not match. */
#include "unit.h"
#include "test.h"

static nf_ctx *ctx(void)
{
    static nf_ctx *c;
    return c ? c : (c = nf_ctx_new(NULL));
}

static double converted(double v, const char *from, const char *to)
{
    if (nf_unit_convert(ctx(), &v, 1, from, to)) fail_msg("%s (%s)", nf_last(ctx())->what, nf_last(ctx())->hint);
    return v;
}

TEST(units_convert_to_the_last_digit)
{
    static const struct { double v; const char *from, *to; double is; } case_[] = {
        { 5935.1, "亿元", "万元", 59351000 }, { 59351000, "万元", "亿元", 5935.1 }, { 1, "千亿元", "亿元", 1000 },
        { 10, "千亿元", "CNY", 1e12 }, { 8651.7, "亿元", "100 million yuan", 8651.7 }, { 1, "亿元", "million yuan", 100 },
        { 3, "CNY million", "元", 3e6 }, { 1, "万亿元", "trillion yuan", 1 }, { 7, "billion yuan", "亿元", 70 },
        { 300, "µg/m3", "mg/m3", 0.3 }, { 300, "μg/m³", "ug/m3", 300 }, { 0.3, "mg/m3", "µg/m³", 300 },
        { 35, "㎍/㎥", "ng/m3", 35000 }, { 35, "微克/立方米", "µg/m3", 35 }, { 35, "ug m-3", "µg/m3", 35 },
        { 35, "µg·m⁻³", "µg/m3", 35 },
        { 64.3, "%", "1", 0.643 }, { 0.643, "1", "%", 64.3 }, { 0.643, "share", "percent", 64.3 }, { 5, "‰", "%", 0.5 },
        { 64.3, "％", "%", 64.3 }, { 2, "百分点", "percentage points", 2 }, { 15, "千分点", "百分点", 1.5 },
        { 380, "万人次", "人次", 3800000 }, { 1123.5, "万人", "人", 11235000 }, { 10.5, "万架次", "架次", 105000 },
        { 2, "万辆", "vehicles", 20000 }, { 1, "万吨", "t", 10000 }, { 1, "吨", "kg", 1000 }, { 1, "亿吨", "万吨", 10000 },
        { 90, "km/h", "m/s", 25 }, { 90, "公里/小时", "km/h", 90 }, { 90, "km h-1", "m·s⁻¹", 25 }, { 60, "min", "h", 1 },
        { 2, "days", "hours", 48 },
        { 3, "years", "months", 36 }, { 5, "quarters", "个月", 15 }, { 1, "kWh", "J", 3.6e6 }, { 3, "亿千瓦时", "GWh", 300 },
        { 1, "km2", "ha", 100 }, { 3, "亩", "平方米", 2000 }, { 20, "℃", "K", 293.15 }, { 5, "clusters", "Clusters", 5 },
        { 1, "元/人", "yuan per person", 1 }, { 2, "万元/人", "元/人", 20000 }, { 5, "tce/万元", "吨标准煤/万元", 5 },
        { 1000, "辆/小时", "vehicles/h", 1000 }, { 100, "g/kg", "%", 10 }, { 5, "widgets", "widgets", 5 },
        { 5, "10,000 persons", "人", 50000 }, { 5, "thousand persons", "persons", 5000 },
        { 104.5, "上年=100", "上年 ＝ 100", 104.5 },
    };
    for (size_t i = 0; i < sizeof case_ / sizeof *case_; i++)
        near(converted(case_[i].v, case_[i].from, case_[i].to), case_[i].is, 1e-16);
}

TEST(there_and_back_again)
{
    static const char *const pair[][2] = { { "亿元", "元" }, { "µg/m3", "mg/m3" }, { "%", "1" }, { "万人次", "人次" },
                                           { "km/h", "m/s" }, { "kWh", "TJ" }, { "亩", "ha" } };
    for_all(seed, 500) {
        uint64_t s = seed;
        double v = (rnd_unit(&s) - .5) * 1e6;
        for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
            near(converted(converted(v, pair[i][0], pair[i][1]), pair[i][1], pair[i][0]), v, 3e-16);
    }
}

TEST(what_does_not_match_is_refused_and_both_are_named)
{
    static const char *const pair[][2] = {
        { "亿元", "µg/m3" }, { "%", "百分点" }, { "index", "上年=100" }, { "上年=100", "上年同月=100" }, { "万人", "万人次" },
        { "rank", "1" }, { "days", "months" }, { "projects", "zones" }, { "widgets", "gadgets" }, { "widgets", "%" },
        { "", "%" },
        { "CNY", "USD" }, { "km", "km/h" }, { "kW", "kWh" },
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        double v = 3;
        if (nf_unit_convert(ctx(), &v, 1, pair[i][0], pair[i][1]) != NF_EINVAL)
            fail_msg("%s %s", pair[i][0], pair[i][1]);
        ok(v == 3 && strstr(nf_last(ctx())->what, pair[i][0]) && strstr(nf_last(ctx())->what, pair[i][1]));
        ok(!nf_unit_same(pair[i][0], pair[i][1]));
    }
    double v = 3;
    nf_unit_convert(ctx(), &v, 1, "亿元", "µg/m3");
    same(nf_last(ctx())->hint, "one measures money:CNY, the other mass/volume");
    nf_unit_convert(ctx(), &v, 1, "%", "widgets");
    same(nf_last(ctx())->hint, "'widgets' is not a unit that is known");
}

TEST(what_is_no_unit_is_not_known)
{
    static const char *const none[] = { "", " ", "widgets", "current US$", "万", "100", "million", "total", "M2",
            "mw2", "/", "/m3",
                                        "m3/", "kkg", "a/b/c", "亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿亿", "=100" };
    nf_unit u;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (nf_unit_parse(&u, none[i])) fail_msg("'%s' is read as %g %s", none[i], u.scale, u.dimension);
}

TEST(symbols_keep_their_case)
{
    nf_unit a, b;
    ok(nf_unit_parse(&a, "mW") && nf_unit_parse(&b, "MW"));
    near(b.scale / a.scale, 1e9, 1e-15);
    ok(nf_unit_parse(&a, "Percent") && nf_unit_parse(&b, "cny"));
}

TEST(a_header_gives_its_unit)
{
    static const struct { const char *header, *name, *unit; } with[] = {
        { "GDP (亿元)", "GDP", "亿元" }, { " GDP  ( 亿元 ) ", "GDP", "亿元" }, { "PM2.5 [µg/m³]", "PM2.5", "µg/m³" },
        { "产值_万元", "产值", "万元" },
        { "货币和准货币(M2)供应量期末值(亿元)", "货币和准货币(M2)供应量期末值", "亿元" },
        { "居民消费价格指数（上年同月=100）", "居民消费价格指数", "上年同月=100" }, { "货币和准货币(M2)供应量同比增长(%)",
          "货币和准货币(M2)供应量同比增长", "%" }, { "旅客量：万人次", "旅客量", "万人次" }, { "Speed (km/h) ", "Speed", "km/h" },
        { "GDP, 亿元", "GDP", "亿元" }, { "share %", "share", "%" },
    };
    static const char *const without[] = { "GDP", "GDP (current US$)", "Population (total)", "co_min", "rain_1h",
            "PM2.5", "", "()",
                                           "M2", "station_m", "(", "Employment by day" };
    char name[128], unit[48];
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        if (!nf_unit_in_header(with[i].header, name, unit)) fail_msg("%s", with[i].header);
        same(name, with[i].name);
        same(unit, with[i].unit);
    }
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (nf_unit_in_header(without[i], name, unit)) fail_msg("%s: %s", without[i], unit);
}

TEST(people_read_units_in_their_language)
{
    nf_ctx *c = ctx();
    same(nf_unit_for_people(c, "ug/m3", "en"), "µg/m³");
    same(nf_unit_for_people(c, "µg/m3", "zh"), "µg/m³");
    same(nf_unit_for_people(c, "亿元", "zh"), "亿元");
    same(nf_unit_for_people(c, "亿元", "en"), "100 million yuan");
    same(nf_unit_for_people(c, "projects", "zh"), "个");
    same(nf_unit_for_people(c, "万人次", "en"), "10,000 visits");
    same(nf_unit_for_people(c, "widgets", "zh"), "widgets");
    same(nf_unit_for_people(c, NULL, "zh"), "");
    same(nf_unit_for_people(c, "万元/人", "en"), "10,000 yuan per person");
    same(nf_unit_for_people(c, "10,000 yuan/person", "zh"), "万元/人");
    same(nf_unit_for_people(c, "张/千人", "en"), "beds per 1,000 people");
    same(nf_unit_for_people(c, "吨标准煤/万元", "en"), "tce per 10,000 yuan");
    same(nf_unit_for_people(c, "列", "en"), "trains");
    same(nf_unit_for_people(c, "万列", "en"), "10,000 trains");
    same(nf_unit_for_people(c, "tasks", "zh"), "项");
    same(nf_unit_for_people(c, "widgets/人", "zh"), "widgets/人");
}

TEST(people_read_amounts_with_the_digits_of_the_table)
{
    nf_ctx *c = ctx();
    static const struct { double v; const char *unit, *en, *zh; } row[] = {
        { 7100.6, "亿元", "710.06 billion yuan", "7,100.6亿元" }, { 1123.5, "万人", "11.235 million people", "1,123.5万人" },
        { 7.2, "万元/人", "72,000 yuan per person", "7.2万元/人" },
        { 0.5, "吨标准煤/万元", "0.5 tce per 10,000 yuan", "0.5吨标准煤/万元" },
        { -12, "亿元", "−1.2 billion yuan", "−12亿元" }, { 1, "列", "1 train", "1列" },
        { 41, "ug/m3", "41 µg/m³", "41µg/m³" },
        { 12000, "亿元", "1,200 billion yuan", "12,000亿元" }, { 1349084, "亿元", "134.908 trillion yuan", "1,349,084亿元" },
        { 0, "万人次", "0 visits", "0万人次" }, { 3, "widgets", "3 widgets", "3widgets" } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        nf_text text = nf_amount_for_people(c, row[i].v, row[i].unit, 6);
        same(text.en, row[i].en);
        same(text.zh, row[i].zh);
    }
}
