/* calendar_test.c - every frequency round-trips over its whole range; impossible dates are refused. */
#include "periods/period_scan.h"
#include "test.h"

static nf_ctx *ctx(void)
{
    static nf_ctx *c;
    return c ? c : (c = nf_ctx_new(NULL));
}

/* text is read as the period whose canonical text is `canonical` */
static void reads(const char *text, int want, nf_date_order order, const char *canonical, nf_freq freq)
{
    nf_period p;
    char out[48];
    if (nf_period_parse(ctx(), &p, text, want, order)) fail_msg("'%s': %s", text, nf_last(ctx())->what);
    nf_period_text(out, p);
    if (strcmp(out, canonical) || p.freq != (int)freq)
        fail_msg("'%s' is read as %s (%s), not %s", text, out, nf_freq_name((nf_freq)p.freq), canonical);
}

static void refuses(const char *text, int want, nf_date_order order)
{
    nf_period p = { 0 };
    char out[48];
    if (!nf_period_parse(ctx(), &p, text, want, order)) {
        nf_period_text(out, p);
        fail_msg("'%s' is read as %s", text, out);
    }
}

TEST(every_form_is_read)
{
    static const struct { const char *text, *canonical; nf_freq freq; } form[] = {
        { "2024", "2024", NF_YEAR }, { "2024年", "2024", NF_YEAR }, { "1995 ", "1995", NF_YEAR },
        { "2024-03", "2024-03", NF_MONTH }, { "202403", "2024-03", NF_MONTH }, { "2024年3月", "2024-03", NF_MONTH },
        { "2024年3月份", "2024-03", NF_MONTH }, { "2024/3", "2024-03", NF_MONTH }, { "2024-M03", "2024-03", NF_MONTH },
        { "2024年十二月", "2024-12", NF_MONTH }, { "03/2024", "2024-03", NF_MONTH }, { "March 2024", "2024-03", NF_MONTH },
        { "2024Q1", "2024-Q1", NF_QUARTER }, { "2024-Q1", "2024-Q1", NF_QUARTER }, { "2024 q4", "2024-Q4", NF_QUARTER },
        { "2024年第1季度", "2024-Q1", NF_QUARTER }, { "2024年一季度", "2024-Q1", NF_QUARTER },
        { "２０２４年第１季度", "2024-Q1", NF_QUARTER }, { "1Q2024", "2024-Q1", NF_QUARTER },
        { "Q3 2024", "2024-Q3", NF_QUARTER },
        { "2024年前三季度", "2024-Q1/P9M", NF_QUARTER }, { "2024年1-3季度", "2024-Q1/P9M", NF_QUARTER },
        { "2024-S1", "2024-S1", NF_HALF }, { "2024H2", "2024-S2", NF_HALF }, { "2024年上半年", "2024-S1", NF_HALF },
        { "2024年下半年", "2024-S2", NF_HALF }, { "2024-T3", "2024-T3", NF_THIRD },
        { "2021-W05", "2021-W05", NF_WEEK }, { "2020W53", "2020-W53", NF_WEEK }, { "2024年第5周", "2024-W05", NF_WEEK },
        { "2024-03-01", "2024-03-01", NF_DAY }, { "20240301", "2024-03-01", NF_DAY },
        { "2024/3/1", "2024-03-01", NF_DAY },
        { "2024.3.1", "2024-03-01", NF_DAY }, { "2024年3月1日", "2024-03-01", NF_DAY },
        { "2024-D060", "2024-02-29", NF_DAY },
        { "2021-W05-1", "2021-02-01", NF_DAY }, { "1 March 2024", "2024-03-01", NF_DAY },
        { "March 1, 2024", "2024-03-01", NF_DAY },
        { "01-Mar-2024", "2024-03-01", NF_DAY },
        { "2024-03-01T13", "2024-03-01T13", NF_HOUR }, { "2024年3月1日13时", "2024-03-01T13", NF_HOUR },
        { "2024-03-01 13:00", "2024-03-01T13:00", NF_MINUTE }, { "2024-03-01 13:00:00", "2024-03-01T13:00", NF_MINUTE },
        { "2024-03-01T13:05:00Z", "2024-03-01T13:05", NF_MINUTE },
        { "2024-03-01T13:05+08:00", "2024-03-01T13:05", NF_MINUTE },
        { "2024-03-01 1:05:00 PM", "2024-03-01T13:05", NF_MINUTE },
        { "2024-03-01 12:00 AM", "2024-03-01T00:00", NF_MINUTE },
        { "2024年3月1日13时05分", "2024-03-01T13:05", NF_MINUTE },
        { "2024-03-01 24:00", "2024-03-02T00:00", NF_MINUTE }, { "2024-02-29T24", "2024-03-01T00", NF_HOUR },
        { "2024-01/P2M", "2024-01/P2M", NF_MONTH }, { "2024-01-01/P2M", "2024-01/P2M", NF_MONTH },
        { "2024年1-2月", "2024-01/P2M", NF_MONTH }, { "2024年1—2月", "2024-01/P2M", NF_MONTH },
        { "2024年１～２月份", "2024-01/P2M", NF_MONTH }, { "2024年1至11月", "2024-01/P11M", NF_MONTH },
        { "2024年前5个月", "2024-01/P5M", NF_MONTH }, { "2021-01-01/P1Y", "2021", NF_YEAR },
        { "2021-07-01/P1Y", "2021-07/P12M", NF_MONTH },
        { "2024-01-01/P7D", "2024-01-01/P7D", NF_DAY }, { "2024-01-01/P1W", "2024-W01", NF_WEEK },
        { "2024-01-03/P1W", "2024-01-03/P7D", NF_DAY },
        { "2024-03-01T13:00/PT15M", "2024-03-01T13:00/PT15M", NF_MINUTE },
        { "2024-03-01T13:00/PT2H", "2024-03-01T13/PT2H", NF_HOUR }, { "2000/01", "2000", NF_YEAR },
        { "1999/00", "1999", NF_YEAR },
    };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        reads(form[i].text, NF_ANY, NF_ORDER_UNKNOWN, form[i].canonical, form[i].freq);
}

TEST(what_does_not_exist_is_refused)
{
    static const char *const none[] = {
        "", " ", "0000", "0000-01-01", "-0044-03-15", "99999-01-01", "2021-02-30", "2021-02-29", "1900-02-29",
        "2020-13-01",
        "2020-00-01", "2020-01-00", "2020-01-32", "31.01.2020", "01/31/2020", "yesterday", "2020-01-01T25:00:00",
        "2020-01-01T00:60:00", "2020-01-01x", "2020 - 01 - 01", "43831", "2020-01-01 00:00:00 America/Nowhere",
        "2016-12-31T23:59:60Z", "2020-01-01T00:00:30", "2020-01-01T00:00:00.5Z", "2020-01-01T24:01",
        "2020-01-01 13:00 PM",
        "2020-01-01 0:30 AM", "2021-W53", "2020-W54", "2024-W00", "2024-Q5", "2024-Q0", "2024-S3", "2024-T4",
        "2023-D366",
        "2024-W05-8", "2024.1", "2024-", "2024-03-", "2024/", "20240230", "202413", "2024-01-15/P1M", "2024/P2M",
        "2024-Q1/P2M", "2024-01/P0M", "2024-01/P2M3D", "9999-12-31T24:00", "9999/P2Y", "2024年13月", "2024年2月30日",
        "2024年3-1月", "2024年第5季度", "1-2月", "Mar-24", "Foo 2024", "2024-01-01/2024-02-01", "2024-03-01T13:00+15:00",
        "2024-03-01T13:5", "2024-03-01T", "5/6/24",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        refuses(none[i], NF_ANY, NF_ORDER_UNKNOWN);
}

TEST(a_wanted_frequency_is_insisted_on)
{
    reads("1919-01-01", NF_MONTH, NF_ORDER_UNKNOWN, "1919-01", NF_MONTH);
    reads("2024-03-31", NF_QUARTER, NF_ORDER_UNKNOWN, "2024-Q1", NF_QUARTER);
    reads("2024-03-01 00:00:00", NF_DAY, NF_ORDER_UNKNOWN, "2024-03-01", NF_DAY);
    reads("2024-03-01 13:00", NF_HOUR, NF_ORDER_UNKNOWN, "2024-03-01T13", NF_HOUR);
    reads("2010/11", NF_MONTH, NF_ORDER_UNKNOWN, "2010-11", NF_MONTH);
    reads("2010/11", NF_YEAR, NF_ORDER_UNKNOWN, "2010", NF_YEAR);
    reads("2015-16", NF_YEAR, NF_ORDER_UNKNOWN, "2015", NF_YEAR);
    reads("2019-20", NF_YEAR, NF_ORDER_UNKNOWN, "2019", NF_YEAR);
    reads("-17", NF_NUMBER, NF_ORDER_UNKNOWN, "-17", NF_NUMBER);
    reads("1090", NF_NUMBER, NF_ORDER_UNKNOWN, "1090", NF_NUMBER);
    refuses("2024-03-15", NF_MONTH, NF_ORDER_UNKNOWN);
    refuses("2024", NF_MONTH, NF_ORDER_UNKNOWN);
    refuses("2024-Q1", NF_YEAR, NF_ORDER_UNKNOWN);
    refuses("3.5", NF_NUMBER, NF_ORDER_UNKNOWN);
    refuses("99999999999999999999", NF_NUMBER, NF_ORDER_UNKNOWN);
}

TEST(a_column_decides_the_order_of_day_and_month)
{
    reads("01/03/2024", NF_ANY, NF_ORDER_DMY, "2024-03-01", NF_DAY);
    reads("01/03/2024", NF_ANY, NF_ORDER_MDY, "2024-01-03", NF_DAY);
    reads("10/03/2012 01:00:00 PM", NF_ANY, NF_ORDER_MDY, "2012-10-03T13:00", NF_MINUTE);
    refuses("13/01/2024", NF_ANY, NF_ORDER_MDY);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "05/06/2024") == NF_ORDER_UNKNOWN);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "25/06/2024 13:00") == NF_ORDER_DMY);
    ok(nf_date_order_vote(NF_ORDER_DMY, "05/06/2024") == NF_ORDER_DMY);
    ok(nf_date_order_vote(NF_ORDER_DMY, "06/25/2024") == NF_ORDER_CONFLICT);
    ok(nf_date_order_vote(NF_ORDER_CONFLICT, "25/06/2024") == NF_ORDER_CONFLICT);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "2024-06-05") == NF_ORDER_YMD);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "13-12-2024") == NF_ORDER_DMY);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "29/9/1999") == NF_ORDER_DMY);
    ok(nf_date_order_vote(NF_ORDER_UNKNOWN, "12.13.2024") == NF_ORDER_MDY);
    static const char *const silent[] = { "", "12/12/2024", "11/12/2024", "13/13/2024", "13/12", "13/12-2024",
            "13/1/24", "113/2/2024" };
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        ok(nf_date_order_vote(NF_ORDER_UNKNOWN, silent[i]) == NF_ORDER_UNKNOWN);
}

TEST(frequencies_have_names_adverbs_and_codes)
{
    nf_freq f;
    for (int i = NF_NUMBER; i <= NF_MINUTE; i++) ok(nf_freq_find(nf_freq_name((nf_freq)i), &f) && f == (nf_freq)i);
    ok(nf_freq_find("monthly", &f) && f == NF_MONTH && nf_freq_find("Q", &f) && f == NF_QUARTER);
    ok(!nf_freq_find("", &f) && !nf_freq_find("fortnight", &f) && !*nf_freq_name((nf_freq)99));
    ok(nf_freq_months(NF_THIRD) == 4 && nf_freq_months(NF_WEEK) == 0 && nf_freq_months(NF_NUMBER) == 0);
}

static nf_period dense(nf_freq f, uint64_t *s)     /* any period of that frequency */
{
    nf_period first = nf_period_of_day(f, nf_day_of_civil(1, 1, 1));
    nf_period last = nf_period_convert(nf_period_of_day(NF_DAY, nf_day_of_civil(9999, 12, 31)), f);
    uint64_t range = (uint64_t)(last.ord - first.ord + 1);
    nf_period p = { first.ord + (int64_t)(rnd(s) % range), (int32_t)f, 1 };
    int64_t most = p.ord - first.ord + 1;
    if (rnd(s) % 2) p.span = (int32_t)(1 + rnd(s) % (uint64_t)(most < 100 ? most : 100));
    return p;
}

TEST(every_period_is_read_back_from_its_text)
{
    for_all(seed, 20000) {
        uint64_t s = seed;
        for (nf_freq f = NF_YEAR; f <= NF_MINUTE; f++) {
            nf_period p = dense(f, &s), q = { 0 }, r = { 0 };
            char text[48];
            size_t n = nf_period_text(text, p);
            ok(n && n == strlen(text) && nf_period_exists(p));
            if (!nf_period_scan(&q, text, n, NF_ORDER_UNKNOWN) || memcmp(&p, &q, sizeof p)) fail_msg("%s", text);
            ok(!nf_period_parse(ctx(), &r, text, (int)f, NF_ORDER_UNKNOWN) && !memcmp(&p, &r, sizeof p));
        }
    }
}

TEST(every_stretch_is_read_back_in_chinese_and_english)
{
    static const char *const month[] = { "January", "Feb", "March", "Apr", "May", "June", "Jul", "August", "Sept",
            "Oct", "November", "Dec" };
    static const char *const ten[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二" };
    for_all(seed, 5000) {
        uint64_t s = seed;
        int year = 1 + (int)(rnd(&s) % 9999), a = 1 + (int)(rnd(&s) % 12),
            b = a + (int)(rnd(&s) % (uint64_t)(13 - a)), q = 1 + a % 4;
        int day = 1 + (int)(rnd(&s) % (uint64_t)nf_days_in_month(year, a));
        char text[96], is[48];
        snprintf(is, sizeof is, a < b ? "%04d-%02d/P%dM" : "%04d-%02d", year, a, b - a + 1);
        snprintf(text, sizeof text, a < b ? "%04d年%d-%d月" : "%04d年%d月", year, a, b);
        reads(text, NF_ANY, NF_ORDER_UNKNOWN, is, NF_MONTH);
        snprintf(text, sizeof text, a < b ? "%04d 年 %s至%s月份" : "%04d年%s月", year, ten[a - 1], ten[b - 1]);
        reads(text, NF_ANY, NF_ORDER_UNKNOWN, is, NF_MONTH);
        snprintf(is, sizeof is, "%04d-%02d-%02d", year, a, day);
        snprintf(text, sizeof text, "%04d年%d月%d日", year, a, day);
        reads(text, NF_DAY, NF_ORDER_UNKNOWN, is, NF_DAY);
        snprintf(text, sizeof text, "%d %s %04d", day, month[a - 1], year);
        reads(text, NF_ANY, NF_ORDER_UNKNOWN, is, NF_DAY);
        snprintf(text, sizeof text, "%d/%d/%04d", a, day, year);
        reads(text, NF_ANY, NF_ORDER_MDY, is, NF_DAY);
        snprintf(text, sizeof text, "%02d.%02d.%04d", day, a, year);
        reads(text, NF_ANY, NF_ORDER_DMY, is, NF_DAY);
        snprintf(is, sizeof is, "%04d-Q%d", year, q);
        snprintf(text, sizeof text, seed % 2 ? "%04d年第%d季度" : "%04d年%d季度", year, q);
        reads(text, NF_QUARTER, NF_ORDER_UNKNOWN, is, NF_QUARTER);
    }
}

/* A form that is read, with some of its bytes changed, dropped or doubled. */
static size_t spoilt(char text[64], uint64_t *s)
{
    static const char *const form[] = { "2024", "2024-03", "2024-03-01", "2024-03-01 13:05:00", "2024-03-01T13:05Z",
        "01/03/2024 1:05 PM", "2024-W05", "2024-Q1/P9M", "2024-03-01T13/PT2H", "2024年1-2月", "2024年第1季度", "1 March 2024",
        "2024/25", "20240301", "2024-T1", "2024年3月1日13时05分", "Q1 2024", "24:00 2024-02-29", "２０２４年上半年" };
    static const char letters[] = "0123456789-/.: TZPMQWSYDH+~ \t\xe5\xb9\xb4\xff";
    strcpy(text, form[rnd(s) % (sizeof form / sizeof *form)]);
    size_t n = strlen(text);
    for (uint64_t k = rnd(s) % 4; k > 0 && n > 1 && n < 60; k--) {
        size_t at = rnd(s) % n;
        char c = letters[rnd(s) % (sizeof letters - 1)];
        switch (rnd(s) % 3) {
        case 0: text[at] = c; break;
        case 1: memmove(text + at, text + at + 1, n-- - at); break;
        default: memmove(text + at + 1, text + at, ++n - at); text[at] = c;
        }
    }
    return n;
}

TEST(any_text_is_one_period_or_none)
{
    for_all(seed, 100000) {
        uint64_t s = seed;
        char text[64], canonical[48];
        size_t n = spoilt(text, &s);
        nf_date_order order = (nf_date_order)(rnd(&s) % 5);
        int want = (int)(rnd(&s) % 11) - 1;
        nf_period fast = { 0 }, slow = { 0 }, p = { 0 }, again = { 0 };
        bool read = nf_period_scan(&fast, text, n, order);
        ok(read == !nf_period_scan_why(&slow, text, n, order) && !memcmp(&fast, &slow, sizeof fast));
        ok(!read || (!nf_period_parse(ctx(), &p, text, NF_ANY, order) && !memcmp(&p, &fast, sizeof p)));
        if (nf_period_parse(ctx(), &p, text, want, order)) continue;
        ok(want == NF_ANY || p.freq == want);
        ok(nf_period_exists(p) && nf_period_text(canonical, p));
        if (nf_period_parse(ctx(), &again, canonical, p.freq, NF_ORDER_UNKNOWN) || memcmp(&again, &p, sizeof p))
            fail_msg("'%s' gives '%s', which is not read back", text, canonical);
        int64_t known;
        ok(p.freq == NF_NUMBER || !nf_known_parse(ctx(), &known, canonical));
    }
}

TEST(the_end_of_a_day_is_noticed)
{
    ok(nf_period_ends_day("2024-02-29 24:00") && nf_period_ends_day("2024-02-29T24")
       && nf_period_ends_day("29/02/2024 24:00:00"));
    ok(!nf_period_ends_day("2024-02-29 23:00") && !nf_period_ends_day("2024-02-24") && !nf_period_ends_day("24:00"));
    ok(!nf_period_ends_day("2024-02-29 240") && !nf_period_ends_day(""));
}

TEST(begin_and_end_give_the_period_back_and_units_meet)
{
    for_all(seed, 20000) {
        uint64_t s = seed;
        for (nf_freq f = NF_YEAR; f <= NF_MINUTE; f++) {
            nf_period p = dense(f, &s), one = { p.ord, p.freq, 1 }, next = { p.ord + 1, p.freq, 1 };
            ok(nf_period_begin(p) < nf_period_end(p) && nf_period_begin(next) == nf_period_end(p));
            nf_period last_minute = { nf_period_end(p) / 60 - 1, NF_MINUTE, 1 };
            nf_period back = nf_period_convert(last_minute, f);
            ok(!memcmp(&back, &one, sizeof one));
            nf_period first_minute = { nf_period_begin(one) / 60, NF_MINUTE, 1 };
            back = nf_period_convert(first_minute, f);
            ok(!memcmp(&back, &one, sizeof one));
            ok(nf_period_order(p, next) < 0 && nf_period_order(next, p) > 0 && nf_period_order(p, p) == 0);
            for (nf_freq g = NF_YEAR; g <= NF_MINUTE; g++) {
                nf_period in = nf_period_convert(p, g);
                ok(nf_period_begin(in) < nf_period_end(p) && nf_period_end(in) >= nf_period_end(p));
            }
        }
    }
}

TEST(time_begins_with_the_year_1_and_ends_with_9999)
{
    for (nf_freq f = NF_YEAR; f <= NF_MINUTE; f++) {
        nf_period first = nf_period_of_day(f, nf_day_of_civil(1, 1, 1));
        nf_period last = nf_period_convert(nf_period_of_day(NF_DAY, nf_day_of_civil(9999, 12, 31)), f), all = last;
        all.span = (int32_t)(last.ord - first.ord + 1);
        bool fits = last.ord - first.ord < INT32_MAX;
        ok(nf_period_exists(first) && nf_period_exists(last) && (!fits || nf_period_exists(all)));
        first.ord--, last.ord++, all.span++;
        ok(!nf_period_exists(first) && !nf_period_exists(last) && (!fits || !nf_period_exists(all)));
    }
}

TEST(the_civil_calendar_agrees_with_counting_days)
{
    int64_t day = nf_day_of_civil(1, 1, 1), y2;
    int m2, d2;
    ok(day == -719162 && nf_day_of_civil(1970, 1, 1) == 0 && nf_day_of_civil(2000, 2, 29) == 11016);
    for (int64_t y = 1; y <= 9999; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= nf_days_in_month(y, m); d++, day++) {
                nf_civil_of_day(day, &y2, &m2, &d2);
                if (nf_day_of_civil(y, m, d) != day || y2 != y || m2 != m || d2 != d)
                    fail_msg("%d-%d-%d", (int)y, m, d);
            }
    ok(day == nf_day_of_civil(10000, 1, 1));
}

static nf_period period(const char *text)
{
    nf_period p = { 0 };
    if (nf_period_parse(ctx(), &p, text, NF_ANY, NF_ORDER_UNKNOWN)) fail_msg("%s", nf_last(ctx())->what);
    return p;
}

TEST(the_year_axis)
{
    near(nf_period_years(period("2024")), 2024, 0);
    near(nf_period_years(period("2024-Q3")), 2024.5, 0);
    near(nf_period_years(period("2024-04")), 2024.25, 0);
    near(nf_period_years(period("2024年1-2月")), 2024 + 1 / 24.0, 0);
    near(nf_period_years(period("2023-01-01")), 2023 + 0.5 / 365, 0);
    near(nf_period_years(period("2024-12-31")), 2024 + 365.5 / 366, 0);
    near(nf_years_between(period("2000-01"), period("2024-02")), 289 / 12.0, 0);
    near(nf_years_between(period("2023-01-01"), period("2023-07-02")), 182 / 365.0, 0);
    near(nf_years_between(period("2024-01-01T00"), period("2024-01-01T01")), 1 / 8784.0, 0);
    near(nf_years_between(period("2023-12-31"), period("2024-01-01")), 731 / 267180.0, 0);
    near(nf_years_between(period("2022-03-01"), period("2023-03-01")), 1, 0);
}

TEST(publications_are_known_from_their_end)
{
    static const struct { const char *text, *instant; } form[] = {
        { "2021", "2022-01-01T00:00:00Z" }, { "2021-07", "2021-08-01T00:00:00Z" },
        { "2021-07-03", "2021-07-04T00:00:00Z" },
        { "2021年7月", "2021-08-01T00:00:00Z" }, { "2021-07-03T10:20:30Z", "2021-07-03T10:20:30Z" },
        { "2021-07-03 10:20:30+08:00", "2021-07-03T02:20:30Z" }, { "2021-07-03T10:20-03:30", "2021-07-03T13:50:00Z" },
        { "2021-07-03T10", "2021-07-03T11:00:00Z" }, { "2021/7/3 10:20", "2021-07-03T10:20:00Z" },
    };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        int64_t known;
        char text[32];
        ok(!nf_known_parse(ctx(), &known, form[i].text));
        nf_instant_text(text, known);
        same(text, form[i].instant);
    }
    int64_t known = 7;
    ok(nf_known_parse(ctx(), &known, "2021-02-30") == NF_EDATA && known == 7);
    for_all(seed, 5000) {
        uint64_t s = seed;
        int64_t back, at = (int64_t)(rnd(&s) % 315537897600u) - 62135596800;
        char text[32];
        nf_instant_text(text, at);
        ok(!nf_known_parse(ctx(), &back, text) && back == at);
    }
}

TEST(empty_comes_first_and_numbers_go_by_themselves)
{
    nf_period none = { 0 }, year = period("2024"), five = { 5, NF_NUMBER, 1 }, nine = { 9, NF_NUMBER, 1 };
    ok(nf_period_is_empty(none) && !nf_period_is_empty(year) && !nf_period_exists(none));
    ok(nf_period_order(none, year) < 0 && nf_period_order(year, none) > 0 && nf_period_order(none, none) == 0);
    ok(nf_period_order(five, nine) < 0 && nf_period_order(five, year) < 0);
    ok(nf_period_order(period("2024-12"), year) > 0 && nf_period_order(period("2024-11"), year) < 0);
    ok(nf_period_order(period("2024年1-2月"), period("2024-02")) < 0);
    near(nf_years_between(five, nine), 4, 0);
    near(nf_period_years(five), 5, 0);
    const nf_period outside[] = { { INT64_MAX, NF_MINUTE, 1 }, { 0, NF_YEAR, 1 }, { 10000, NF_YEAR, 1 },
            { 2024, NF_YEAR, -1 },
                                  { 3, NF_YEAR, 4 }, { 2024, 99, 1 }, { INT64_MIN, NF_MONTH, INT32_MAX } };
    char text[48];
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        ok(!nf_period_exists(outside[i]) && !nf_period_text(text, outside[i]));
}

TEST(an_axis_is_looked_up_regular_or_not)
{
    size_t i;
    nf_axis regular = { .start = period("2020-01"), .step = 3, .n = 10 };
    ok(nf_axis_find(&regular, period("2020-07"), &i) && i == 2);
    ok(!nf_axis_find(&regular, period("2020-08"), &i) && !nf_axis_find(&regular, period("2020"), &i));
    const int64_t ord[] = { 2024 * 12 + 1, 2024 * 12 + 2, 2024 * 12 + 6 };
    const int32_t span[] = { 2, 1, 1 };
    nf_axis bins = { .start = { 0, NF_MONTH, 1 }, .n = 3, .ord = ord, .span = span };
    ok(nf_axis_find(&bins, period("2024年1-2月"), &i) && i == 0);
    ok(nf_axis_find(&bins, period("2024-07"), &i) && i == 2);
    ok(!nf_axis_find(&bins, period("2024-02"), &i));
    ok(nf_axis_grid(&regular) == 3 && nf_axis_grid(&bins) == 1);
    bins.ord = (const int64_t[]){ 3, 9, 21 };
    ok(nf_axis_grid(&bins) == 6);
    bins.ord = ord;
    near(nf_years_between(nf_axis_at(&bins, 0), nf_axis_at(&bins, 1)), 1.5 / 12, 0);
    near(nf_years_between(nf_axis_at(&bins, 0), nf_axis_at(&bins, 2)), 5.5 / 12, 0);
}
