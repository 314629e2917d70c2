/* load_test.c - tables become series: every rule of the lenient default, the strict mode, and what is refused where. */
#include "loading.h"

TEST(long_tables)
{
    gives("series,time,value\na,2020,1\na,2021,\na,2022,NA\na,2023,4\n", "a", "2020..2023 1 . . 4");
    gives("value,note,time,series\n2,x,2021,a\n1,,2020,a\n", "a", "2020..2021 1 2");
    gives("series;time;value\na;2020;1,5\na;2021;1.234,5\n", "a", "2020..2021 1.5 1234.5");
    gives("series\ttime\tvalue\na\t2020\t1.5\n", "a", "2020..2020 1.5");
    gives("series,time,value\na,2020,\"1,234.5\"\na,2021,\"2,000,000\"\n", "a", "2020..2021 1234.5 2000000");
    gives("series,time,value\na,2020,93.70%\n", "a", "2020..2020 93.7");
    gives("系列,时间,数值\n石家庄,2020年3月,5\n", "石家庄", "2020-03..2020-03 5");
    gives("series,time,value\r\na,2020,1\r\n\r\na,2021,2\r\n\r\n", "a", "2020..2021 1 2");
    gives("series,time,value\n'=a,2020,1\n", "=a", "2020..2020 1");
    gives("series,time,value\n'x,2020,1\n", "'x", "2020..2020 1");
    gives("series,time,value,unit\na,2020,1,亿元\na,2021,20000,万元\n", "a", "2020..2021 1 2");
    gives("series,time,value\na,2024-01-01T00:00,1\na,2024-01-01T01:00,2\n", "a", "2024-01-01T00..2024-01-01T01 1 2");
    gives("series,time,value\na,2020,1\nSource: the bureau\n", "a", "2020..2020 1");
}

TEST(the_column_decides_how_dates_are_written)
{
    gives("series,time,value\na,01/02/2024,1\na,13/02/2024,2\n", "a", "2024-02-01..2024-02-13 1 2");
    gives("series,time,value\na,01/02/2024,1\na,02/13/2024,2\n", "a", "2024-01-02..2024-02-13 1 2");
    refuse("series,time,value\na,01/02/2024,1\na,02/03/2024,2\n", 2, 2, "tells day from month", NULL);
    refuse("series,time,value\na,13/02/2024,1\na,02/13/2024,2\n", 2, 2, "both orders", NULL);
    /* the cell that tells is far below what is looked at first */
    char many[20000] = "series,time,value\n";
    for (int i = 0; i < 600; i++) snprintf(many + strlen(many), 40, "s%d,%02d/%02d/2024,1\n", i, i % 12 + 1, i % 9 + 1);
    strcat(many, "last,25/12/2024,7\n");
    gives(many, "last", "2024-12-25..2024-12-25 7");
    gives(many, "s1", "2024-02-02..2024-02-02 1");
}

TEST(hours_are_labelled_by_start_or_end)
{
    gives("time,pm2.5,pm10\n2024-01-01 1:00,1,2\n2024-01-01 23:00,3,4\n2024-01-01 24:00,5,6\n", "pm25",
          "2024-01-01T00..2024-01-01T23 1 3 5");
    gives("date,hour,PM2.5,PM10\n20240101,1,1,2\n20240101,24,3,4\n", "pm25", "2024-01-01T00..2024-01-01T23 1 3");
    gives("date,hour,PM2.5,PM10\n20240101,00,1,2\n20240101,23,3,4\n", "pm25", "2024-01-01T00..2024-01-01T23 1 3");
    gives_with("date,hour,PM2.5,PM10\n20240101,01,1,2\n20240101,23,3,4\n", "pm25", "2024-01-01T00..2024-01-01T22 1 3",
               .hour_label = "end");
    gives("year,month,day,hour,PM2.5,PM10,station\n2024,2,29,5,1,2,A\n2024,2,29,6,3,4,A\n", "pm25@A",
          "2024-02-29T05..2024-02-29T06 1 3");
    refuse("year,month,day,PM2.5,PM10\n2024,2,29,1,2\n2023,2,29,1,2\n", 3, 0, "no date", NULL);
}

/* Civil times stay as they are written: one clock to a column, which daylight saving may move by an hour. */
TEST(time_zones_of_a_column)
{
    gives("series,time,value\na,2024-01-01T00:00Z,1\na,2024-01-01T01:00Z,2\n", "a", "2024-01-01T00..2024-01-01T01 1 2");
    gives("series,time,value\na,2024-01-01 00:00:00+08:00,1\na,2024-01-01 01:00:00+0800,2\n", "a",
          "2024-01-01T00..2024-01-01T01 1 2");
    gives("series,time,value\na,2024-10-27T01:00+02:00,1\na,2024-10-27T03:00+01:00,2\n", "a",
          "2024-10-27T01..2024-10-27T03 1 2");
    gives("series,time,value\na,2024-10-27T00:00+01:00,1\na,2024-10-27T02:00Z,2\n", "a",
          "2024-10-27T00..2024-10-27T02 1 2");
    refuse("series,time,value\na,2024-01-01T00:00+08:00,1\na,2024-01-01T01:00Z,2\n", 3, 2,
           "the time has Z, those before it +08:00", NULL);
    refuse("series,time,value\na,2024-01-01T00:00,1\na,2024-01-01T01:00+08:00,2\n", 3, 2,
           "the time has +08:00, those before it no zone", NULL);
    refuse("series,time,value\na,2024-01-01T00:00-05:00,1\na,2024-01-01T01:00,2\n", 3, 2,
           "the time has no zone, those before it -05:00", NULL);
    refuse("series,time,value\na,2024-01-01T00:00+01:00,1\na,2024-07-01T01:00+02:00,2\na,2024-07-02T01:00+03:00,2\n", 4,
           2, "+03:00", NULL);
    refuse("series,time,value\na,2024-10-27T02:00+02:00,1\na,2024-10-27T02:00+01:00,2\n", 3, 0,
           "two figures for 2024-10-27T02:00", NULL);
    refuse("series,time,value\na,2024-10-27T02:00,1\na,2024-10-27T02:00,2\na,2024-10-27T03:00,2\n", 3, 0, "two figures",
           NULL);
    gives_with("series,time,value\na,2024-10-27T02:00+02:00,1\na,2024-10-27T02:00+01:00,2\n", "a",
               "2024-10-27T02:00..2024-10-27T02:00 1.5",
               .duplicates = "mean");
}

TEST(wide_tables)
{
    gives("region,2022,2023 ,2021\nA,2,3,1\nB,5,,4\n", "A", "2021..2023 1 2 3");
    gives("region,2022,2023 ,2021\nA,2,3,1\nB,5,,4\n", "B", "2021..2022 4 5");
    gives("地区,2024年2月,2024年1月\n甲,2,1\n", "甲", "2024-01..2024-02 1 2");
    gives("date,产值(亿元),speed\n2024-01-01,1,2\n2024-02-01,3,4\n2024-03-01,5,6\n", "产值", "2024-01..2024-03 1 3 5");
    gives("month,city,x\n2024-01,A,1\n2024-01,B,2\n2024-02,A,3\n", "x@B", "2024-01..2024-01 2");
    gives_with("s1,s2\n1,2\n3,4\n5,6\n", "s2", "2024-01-01T00:00/PT5M..2024-01-01T00:10/PT5M 2 4 6",
               .start = "2024-01-01T00:00", .freq = "5minute");
    gives_with("when,a,b,c\n2020,1,2,3\n2021,4,5,6\n", "b", "2020..2021 2 5", .time = "when", .value = "b");
}

TEST(national_statistics)
{
    gives("数据库：年度数据\n指标：人口(万人)\n时间：最近2年\n地区,2024年,2023年\n北京市,2183,2186\n注：一\n数据来源：国家统计局\n",
          "人口@北京市", "2023..2024 2186 2183");
    gives("数据库：月度数据,,\n时间：2024,,\n时间,产量累计值(吨),CPI(上年同月=100)\n2024年3月,30,101\n2024年2月,20,102\n数据来源：国家统计局,,\n",
          "产量累计值", "2024-01/P2M..2024-01/P3M 20 30");
    gives("指标,2024年3月,2024年2月,2024年1月,2023年2月,2023年1月\nA(吨),3,2,,1,\n", "A", "2023-01/P2M..2024-03 1 2 3");
}

TEST(flags_multipliers_and_dimensions)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s;
    nf_source e = load(
        c,
        "\"freq,unit,geo\\TIME_PERIOD\",2020 ,2021 ,2022 \n\"A,EUR,DE\",17151 b,9999 ep,: c\n\"A,EUR,FR\",: ,: ,3 \n",
        NULL);
    same(shown(c, e, "A.EUR.DE"), "2020..2022 17151 9999 .");
    same(shown(c, e, "A.EUR.FR"), "2022..2022 3");
    ok(nf_source_get(e, c, "A.EUR.DE", 0, &s) == 1 && s.status);
    ok(s.status[0] == NF_BREAK && s.status[1] == (NF_ESTIMATED | NF_PROVISIONAL) && s.status[2] == NF_CONFIDENTIAL);
    same(s.meta->unit, "EUR");
    nf_source g = load(c,
                       "Year,Series,Region,Units,Unit multiplier,Value\n2000/01,S,,Percentage (%),Thousands,1.5\n"
                       "2001/02,S,,Percentage (%),Units,2\n2000/01,S,North,GBP,Units,7\n2000/01,S,,GBP,Units,8\n",
                       NULL);
    same(shown(c, g, "S"), "2000..2001 1500 2");
    same(shown(c, g, "S@Region=North"), "2000..2000 7");
    same(shown(c, g, "S@unit=GBP"), "2000..2000 8");
    nf_file_source_close(e);
    nf_file_source_close(g);
    nf_ctx_free(c);
}

TEST(sdmx_csv)
{
    gives("STRUCTURE[|];STRUCTURE_ID;ACTION;FREQ: Frequency;AREA: Area;TIME_PERIOD: Time;OBS_VALUE: Value;UNIT_MULT\n"
          "dataflow;X:Y(1.0);I;A: Annual;DE: Germany;2020: 2020;12,5;3\n", "A.DE", "2020..2020 12500");
    gives("DATAFLOW,FREQ,AREA,TIME_PERIOD,OBS_VALUE\nX,A,DE,2020,1\nX,A,DE,2021,NaN\nX,A,DE,2022,\n", "A.DE",
          "2020..2021 1 .");
    refuse("STRUCTURE,STRUCTURE_ID,ACTION,AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X,Q,A,2020,1\n", 2, 3, "action", NULL);
}

TEST(facts_keep_sums_of_the_year_so_far_apart)
{
    const char *text = "place,code,freq,period,measure,value,published\ncity,gdp,A,2021,level,6606.6,2026\ncity,gdp,M,"
                       "2021-09,ytd,4807.3,2022\n";
    gives(text, "city.gdp", "2021..2021 6606.6");
    gives(text, "city.gdp:ytd", "2021-01/P9M..2021-01/P9M 4807.3");
}

TEST(what_was_known_when)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s;
    int64_t known;
    nf_source g = load(c, "series,time,value,published\ngdp,2020,5935.1,2022-01-19\ngdp,2020,6045.9,2026-01\n", NULL);
    ok(!nf_known_parse(c, &known, "2024-01-31"));
    ok(nf_source_get(g, c, "gdp", known, &s) == 1 && s.y[0] == 5935.1);
    ok(nf_source_get(g, c, "gdp", 0, &s) == 1 && s.y[0] == 6045.9);
    nf_file_source_close(g);
    nf_ctx_free(c);
}

TEST(duplicates_have_a_policy)
{
    const char *text = "series,time,value\na,2020,1\na,2020,3\n";
    refuse(text, 3, 0, "", NULL);
    gives_with(text, "a", "2020..2020 1", .duplicates = "first");
    gives_with(text, "a", "2020..2020 3", .duplicates = "last");
    gives_with(text, "a", "2020..2020 2", .duplicates = "mean");
    gives("series,time,value\na,2020,1\na,2020,1\n", "a", "2020..2020 1");
    refuse("series,time,value\na,2020,1\nb,2020,1\na,2020,1\n", 4, 0, "", &(nf_load_options){ .strict = true });
}

TEST(refusals_name_line_and_column)
{
    nf_load_options strict = { .strict = true };
    refuse("series,time,value\na,2020,abc\n", 2, 3, "'abc' is not a number", NULL);
    refuse("series,time,value\na,2020\n", 2, 0, "2 cells, the header has 3", NULL);
    refuse("series,time,value\na,2020,1,2\n", 2, 0, "4 cells", NULL);
    refuse("series,time,value\n,2020,1\n", 2, 1, "name of the series is empty", NULL);
    refuse("series,time,value\na,,1\n", 2, 2, "time is empty", NULL);
    refuse("series,time,value\na,2020-13,1\n", 2, 2, "2020-13", NULL);
    refuse("series,time,value,value\na,2020,1,2\n", 1, 4, "stands twice", NULL);
    refuse("series,time,value\na,2020,1\nNote: x\na,2021,2\n", 3, 1, "no data", NULL);
    refuse("series,time,value,unit\na,2020,1,%\na,2021,2,亿元\n", 3, 4, "unit", NULL);
    refuse("a,b\nx,y\n", 1, 0, "no loader", NULL);
    refuse("", 0, 0, "empty", NULL);
    refuse("series,time,value\na,2020,\"1,5\"\n", 2, 3, "not a number", &strict);
    refuse("series,time,value\na,2020,12%\n", 2, 3, "not a number", &strict);
    refuse("series,time,value\na,2020,null\n", 2, 3, "not a number", &strict);
    refuse("series;time;value\na;2020;1\n", 1, 0, "header", &strict);
}

TEST(bad_rows_may_be_kept_aside)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_receipt r;
    const char *text = "series,time,value\na,2020,1\na,2021,x\na,20222,1\nb\na,2023,4\n";
    put(text, strlen(text));
    ok(!nf_load(c, NULL, path, &(nf_load_options){ .skip_bad_rows = true, .now = 1 }, &r));
    ok(r.rejected == 3 && r.rows == 2 && r.series == 1);
    same(r.loader, "long");
    same(r.understood.en, "1 series, 2020 to 2023; no unit");
    unlink(path);
    nf_ctx_free(c);
}

/* A series that had a run of figures is put away when the next begins: one that comes back is taken up again. */
TEST(series_come_back_after_their_run)
{
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text, "series,time,value\n");
    for (int i = 0; i < 60; i++) n += (size_t)snprintf(text + n, 40, "%c,%d,%d\n", 'a' + i / 20, 2000 + i % 20, i);
    snprintf(text + n, sizeof text - n, "a,2020,7\na,1999,6\na,2003,3\nb,2020,8\n");
    gives(text, "a", "1999..2020 6 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 7");
    gives(text, "b", "2000..2020 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 8");
    snprintf(text + n, sizeof text - n, "a,2003,4\n");
    refuse(text, 62, 0, "", NULL);
}

/* 60,000 rows that end in `tail`, read by one thread and by two: the same receipt, or the same refusal. */
static void same_by_two(const char *tail, int want)
{
    size_t n = 0, room = 2 << 20;
    char *text = malloc(room);
    nf_receipt r[2];
    ok(text);
    n += (size_t)snprintf(text, room, "series,time,value\n");
    for (int i = 0; i < 60000; i++)
        n += (size_t)snprintf(text + n, 100, i % 7 ? "s%d,%d-01-%02d,%d.5\n" : "\"s%d\",%d-01-%02d,%d\n", i / 600,
                              2000 + i % 600 / 30, i % 30 + 1, i);
    n += (size_t)snprintf(text + n, 100, "%s", tail);
    put(text, n);
    nf_ctx *c[2] = { nf_ctx_new(NULL), nf_ctx_new(NULL) };
    for (int i = 0; i < 2; i++)
        ok(nf_load(c[i], NULL, path, &(nf_load_options){ .now = 1, .jobs = i + 1 }, &r[i]) == want);
    if (want) {
        const nf_diag *a = nf_last(c[0]), *b = nf_last(c[1]);
        ok(a->line == b->line && a->line > 60000 && a->col == b->col);
        same(b->what, a->what);
        same(b->file, path);
    } else {
        same(r[1].understood.en, r[0].understood.en);
        same(r[1].encoding, r[0].encoding);
        ok(r[1].rows == r[0].rows && r[0].rows >= 60000 && r[1].series == r[0].series);
    }
    nf_ctx_free(c[0]);
    nf_ctx_free(c[1]);
    unlink(path);
    free(text);
}

TEST(a_second_thread_loads_and_refuses_the_same)
{
    same_by_two("", NF_OK);
    same_by_two("\xca\xaf\xbc\xd2\xd7\xaf,2001,7\n", NF_OK);              /* GB18030, seen at the end */
    same_by_two("s1,2031-01-01,abc\nx\"y\n", NF_EDATA);                    /* of two faults the first */
    same_by_two("x\"y\n", NF_EDATA);
    same_by_two("s1,2031-01-01,\"never closed\n", NF_EDATA);
    same_by_two("s1,2031-01-01\n", NF_EDATA);
}

TEST(a_mapping_is_written_and_read_back)
{
    nf_ctx *c = nf_ctx_new(NULL);
    char json[64] = "/tmp/nf_map_XXXXXX";
    int fd = mkstemp(json);
    ok(fd >= 0 && !close(fd));
    const char *text = "station,when,x,y\nA,03/04/2024,1,2\nA,05/04/2024,3,4\n";
    nf_receipt r;
    put(text, strlen(text));
    /* nothing tells day from month */
    ok(nf_load(c, NULL, path, &(nf_load_options){ .now = 1 }, &r) == NF_EDATA);
    FILE *f = fopen(json, "w");
    fputs("{\"order\": \"dmy\", \"columns\": [{\"header\": \"station\", \"role\": \"key\"}, {\"header\": \"when\", "
          "\"role\": \"time\"},"
          "{\"header\": \"y\", \"role\": \"value\", \"name\": \"why\", \"unit\": \"%\", \"factor\": 10}]}",
          f);
    fclose(f);
    nf_load_options o = { .mapping = json };
    nf_source s = load(c, text, &o);
    same(shown(c, s, "why@A"), "2024-04-03..2024-04-05 20 40");
    nf_file_source_close(s);
    put(text, strlen(text));
    char again[64] = "/tmp/nf_map_XXXXXX";
    fd = mkstemp(again);
    ok(fd >= 0 && !close(fd));
    o.write_mapping = again;
    o.now = 1;
    ok(!nf_load(c, NULL, path, &o, &r));
    s = load(c, text, &(nf_load_options){ .mapping = again });
    same(shown(c, s, "why@A"), "2024-04-03..2024-04-05 20 40");
    nf_file_source_close(s);
    f = fopen(json, "w");
    fputs("{\"columns\": [{\"header\": \"station\", \"role\": \"kee\"}]}", f);
    fclose(f);
    put(text, strlen(text));
    ok(nf_load(c, NULL, path, &(nf_load_options){ .mapping = json, .now = 1 }, &r) == NF_EDATA);
    same(nf_last(c)->file, json);
    same(nf_last(c)->hint, "did you mean 'key'?");
    unlink(path);
    unlink(json);
    unlink(again);
    nf_ctx_free(c);
}
