/* messy_test.c - tables as bureaus keep them: nothing is left out unseen, months in words, clocks beside dates. */
#include "loading.h"

TEST(a_bad_cell_never_hides_its_column)
{
    refuse("time,a,b\n2020,1,2\n2021,3,n.a.\n2022,4,5\n", 3, 3, "'n.a.' is not a number", NULL);
    refuse("station,time,PM2.5,PM10,SO2\nx,2020-01-01,1,2,3\nx,2020-01-02,3,约4,5\nx,2020-01-03,4,5,6\n", 3, 4, "约4",
           NULL);
    gives_with("time,a,b\n2020,1,2\n2021,3,n.a.\n2022,4,5\n", "b", "2020..2022 2 . 5", .missing = "n.a.");
    gives("time,a,备注\n2020,1,初步\n2021,3,\n", "a", "2020..2021 1 3");
}

TEST(time_in_several_columns)
{
    gives("年份,月份,产值\n2023,12月,1\n2024,1-2月,2\n2024,3月,3\n", "产值", "2023-12..2024-03 1 2 3");
    gives("年份,月份,产值\n2024,3,3\n2024,4,4\n", "产值", "2024-03..2024-04 3 4");
    gives("年份,季度,产值\n2023年,4季度,1\n2024年,一季度,2\n2024年,Q2,3\n", "产值", "2023-Q4..2024-Q2 1 2 3");
    gives("年份,季度,产值\n2024,1,1\n2024,2,2\n", "产值", "2024-Q1..2024-Q2 1 2");
    gives("year,month,day,rain\n2024,Jan,1,10\n2024,Feb,1,11\n", "rain", "2024-01-01..2024-02-01 10 11");
    gives("年,月,日,时,PM2.5\n2024,1,1,1,10\n2024,1,1,2,11\n2024,1,1,24,12\n", "PM2.5",
          "2024-01-01T00..2024-01-01T23 10 11 12");
    gives("date,time,a\n2024-01-01,00:00,10\n2024-01-01,01:00,11\n", "a", "2024-01-01T00..2024-01-01T01 10 11");
    gives("date,time,a\n2024-01-01,01:00,10\n2024-01-01,24:00,12\n", "a", "2024-01-01T00..2024-01-01T23 10 12");
    gives("日期,时间,PM2.5,PM10\n2024-01-01,1时,10,20\n2024-01-01,2时,11,22\n", "pm10",
          "2024-01-01T01..2024-01-01T02 20 22");
    gives("date,time,a\n2024-01-01,00:05,10\n2024-01-01,00:10,11\n", "a", "2024-01-01T00:05..2024-01-01T00:10 10 11");
    refuse("年份,月份,产值\n2024,1月,1\n2024,13月,2\n2024,3月,3\n", 3, 2, "'13月' is no month", NULL);
}

TEST(periods_in_words_make_a_column_of_time)
{
    gives("地区,时间,总人口(万人)\n长安区,2020年,60.5\n桥西区,2020年,70.1\n长安区,2021年,61\n", "总人口@长安区",
          "2020..2021 60.5 61");
    gives("时间,产值\n2024年1-2月,5\n2024年3月,6\n", "产值", "2024-01/P2M..2024-03 5 6");
    gives("时间,产值\n2024年1月-2月,5\n2024年3月,6\n", "产值", "2024-01/P2M..2024-03 5 6");
    gives("period,a\nQ1 2024,5\nQ2 2024,6\n", "a", "2024-Q1..2024-Q2 5 6");
    refuse("time,a\n31/01/24,10\n28/02/24,11\n", 2, 1, "'31/01/24' is not a period", NULL);
    refuse("time,a\n2024-01-01 00:00:30,10\n2024-01-01 00:01:30,11\n", 2, 1, "seconds are not kept", NULL);
    refuse("年份,GDP\n2020,1\n2021,2\n合计,3\n", 4, 1, "'合计'", NULL);
}

/* 2010-11 is a November only where other cells are months too. */
TEST(fiscal_years)
{
    gives("time,a\n2009-10,1\n2010-11,2\n2011-12,3\n", "a", "2009..2011 1 2 3");
    gives("region,2010-11,2011-12,2012-13\nA,1,2,3\n", "A", "2010..2012 1 2 3");
    gives("region,2010-11,2010-12,2011-01\nA,1,2,3\n", "A", "2010-11..2011-01 1 2 3");
    gives("series,time,value\na,2011-12,1\nb,2011-12,2\n", "a", "2011-12..2011-12 1");
}

TEST(months_and_quarters_across_years_down)
{
    gives_with("年份,1月,2月,3月\n2023,1,2,3\n2024,4,5,\n", "rain", "2023-01..2024-02 1 2 3 4 5", .dataset = "rain");
    gives_with("Year,Jan,Feb,Mar,J-D\n2023,1,2,3,2\n2024,4,5,6,5\n", "rain", "2023-01..2024-03 1 2 3 4 5 6",
               .dataset = "rain");
    gives("station,year,Q1,Q2\nA,2023,1,2\nA,2024,3,4\nB,2023,5,6\n", "A", "2023-Q1..2024-Q2 1 2 3 4");
    gives_with("Year,1,2,3,4,5,6,7,8,9,10,11,12\n2024,1,2,3,4,5,6,7,8,9,10,11,12\n", "t",
               "2024-01..2024-12 1 2 3 4 5 6 7 8 9 10 11 12", .dataset = "t");
}

TEST(thousands_of_several_countries)
{
    gives("time;a\n2020;1 234,5\n2021;12 345,6\n", "a", "2020..2021 1234.5 12345.6");
    gives("time;a\n2020;1\u00a0234,5\n2021;12\u202f345,6\n", "a", "2020..2021 1234.5 12345.6");
    gives("time;a\n2020;1'234.50\n2021;12’345.60\n", "a", "2020..2021 1234.5 12345.6");
    gives("time,a\n2020,−5\n2021,－２．５\n", "a", "2020..2021 -5 -2.5");
    refuse("series,time,value\na,2020,\"0,123\"\n", 2, 3, "'0,123'", NULL);
    refuse("series,time,value\na,2020,\"1,23\"\n", 2, 3, "'1,23'", NULL);
    refuse("series,time,value\na,2020,\"1,234 567\"\n", 2, 3, "'1,234 567'", NULL);
}

/* The sign is the unit; 45% and 0.45 in one series are a hundredfold apart. */
TEST(percent_signs)
{
    refuse("time,share\n2020,45%\n2021,0.465\n", 3, 2, "'0.465' is no percentage", NULL);
    refuse("time,share(亿元)\n2020,45%\n", 2, 2, "'45%' is a percentage", NULL);
    refuse("name,2020,2021\nA,45%,0.46\nB,3%,4%\n", 2, 3, "'0.46' is no percentage", NULL);
    gives("time,share(%)\n2020,45%\n2021,46\n", "share", "2020..2021 45 46");
    gives("time,share\n2019,-\n2020,45%\n2021,46％\n", "share", "2019..2021 . 45 46");
    gives("series,time,value\nrate,2020,5.1%\ngdp,2020,100\nrate,2021,5.2%\n", "rate", "2020..2021 5.1 5.2");
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s;
    nf_source source = load(c, "series,time,value\nrate,2020,5.1%\ngdp,2020,100\n", NULL);
    ok(nf_source_get(source, c, "rate", 0, &s) == 1);
    same(s.meta->unit, "%");
    nf_file_source_close(source);
    nf_ctx_free(c);
}

/* Multipliers move the point: 4.35 hundreds are not 434.99999999999994. */
TEST(powers_of_ten_are_exact)
{
    gives("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nX:Y(1.0),CN,2020,4.35,2\nX:Y(1.0),CN,2021,9,-3\n", "CN",
          "2020..2021 435 0.009");
    refuse("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nX:Y(1.0),CN,2020,1e300,12\n", 2, 4, "too large", NULL);
}

TEST(the_unit_stands_above_the_header)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_series s;
    nf_source source = load(c, "主要指标,,\n,,单位：亿元\n时间,产值,增速(%)\n2020,1,2\n2021,3,4\n", NULL);
    ok(nf_source_get(source, c, "产值", 0, &s) == 1);
    same(s.meta->unit, "亿元");
    ok(nf_source_get(source, c, "增速", 0, &s) == 1);
    same(s.meta->unit, "%");
    nf_file_source_close(source);
    nf_ctx_free(c);
}

TEST(sums_since_january_say_so)
{
    gives("数据库：月度数据,,\n指标,2024年3月,2024年2月\n\"产量_累计值(吨)\",30,20\n产量_当期值(吨),10,\n", "产量_累计值",
          "2024-01/P2M..2024-01/P3M 20 30");
    gives("时间,零售额_累计值(亿元)\n2024年2月,10\n2024年3月,15\n", "零售额_累计值", "2024-01/P2M..2024-01/P3M 10 15");
    gives("time,sales YTD,sales\n2024-02,10,5\n2024-03,15,5\n", "sales", "2024-02..2024-03 5 5");
}

TEST(tables_of_statistical_offices)
{
    gives("DATE,INDPRO\n2020-01-01,5\n2020-02-01,.\n2020-03-01,7\n", "INDPRO", "2020-01..2020-03 5 . 7");
    gives("Country Name,Country Code,Series Name,Series Code,1960 [YR1960],1961 [YR1961]\nChina,CHN,GDP,NY.GDP,5,..\n",
          "NY.GDP@CHN", "1960..1960 5");
    gives_with("Year,Sex,Value\n2020,,5\n2020,F,6\n", "8-1-1", "2020..2020 5", .dataset = "8-1-1");
    gives("time,a,b\n2020,1,2\n2021,2,3\n* provisional,,\n", "a", "2020..2021 1 2");
    gives("name,备注,2020年,2021年\n甲,,1,2\n乙,初步数,4,5\n", "甲", "2020..2021 1 2");
    gives("station_id,time,flow\n101,2020,5\n102,2020,6\n101,2021,7\n", "flow@101", "2020..2021 5 7");
    gives("name,when,amount\na,2020-01,1\nb,2020-02,2\n", "amount@a", "2020-01..2020-01 1");
}

/* Western bytes make rare Chinese characters: nobody's names are guessed. */
TEST(what_is_hardly_chinese_is_refused)
{
    refuse("region;time;value\nK\xf6ln;2020;60,5\nM\xfcnchen;2020;70,1\n", 4, 0, "nor likely Chinese", NULL);
    gives_with("region;time;value\nK\xf6ln;2020;60,5\n", "Köln", "2020..2020 60.5", .encoding = "windows-1252");
    gives("series,time,value\n\xca\xaf\xbc\xd2\xd7\xaf,2020,5\n", "石家庄", "2020..2020 5");
}
