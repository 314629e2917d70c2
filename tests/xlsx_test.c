/* xlsx_test.c - workbooks as departments send them: merged headers, dates, percentages, numbers as text, several
 * sheets. */
#include "datasets.h"
#include "test.h"
#include <unistd.h>
#include <xlsxwriter.h>

static char path[64];
static lxw_workbook *book;

static lxw_worksheet *fresh(const char *sheet)
{
    strcpy(path, "/tmp/nf_book_XXXXXX.xlsx");
    int fd = mkstemps(path, 5);
    ok(fd >= 0 && !close(fd));
    book = workbook_new(path);
    return workbook_add_worksheet(book, sheet);
}

static int load(nf_ctx *c, nf_source *source)
{
    ok(!workbook_close(book));
    int rc = nf_file_source(c, source, path, NULL);
    unlink(path);
    return rc;
}

static void row(lxw_worksheet *s, lxw_row_t r, const char *name, const double *v, size_t n)
{
    worksheet_write_string(s, r, 0, name, NULL);
    for (size_t i = 0; i < n; i++) worksheet_write_number(s, r, (lxw_col_t)(i + 1), v[i], NULL);
}

static nf_series get(nf_ctx *c, nf_source source, const char *key)
{
    nf_series s;
    if (nf_source_get(source, c, key, 0, &s) != 1) fail_msg("no series '%s'", key);
    return s;
}

TEST(a_title_and_a_merged_header_of_two_rows)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    lxw_worksheet *s = fresh("2023");
    worksheet_merge_range(s, 0, 0, 0, 4, "各地区工业增加值（亿元）", NULL);
    worksheet_merge_range(s, 1, 0, 2, 0, "地区", NULL);
    worksheet_merge_range(s, 1, 1, 1, 2, "2022年", NULL);
    worksheet_merge_range(s, 1, 3, 1, 4, "2023年", NULL);
    const char *halves[] = { "上半年", "下半年", "上半年", "下半年" };
    for (int i = 0; i < 4; i++) worksheet_write_string(s, 2, (lxw_col_t)(i + 1), halves[i], NULL);
    row(s, 3, "长安区", (double[]){ 1.5, 2.25, 3, 4.1 }, 4);
    row(s, 4, "桥西区", (double[]){ 10, 20, 30, 40 }, 4);
    worksheet_write_string(s, 5, 0, "注：数据为初步核算数", NULL);
    if (load(c, &source)) fail_msg("%s %s", nf_last(c)->file, nf_last(c)->what);
    nf_series y = get(c, source, "长安区");
    char text[48];
    nf_period_text(text, nf_axis_at(&y.t, 0));
    same(text, "2022-S1");
    ok(y.t.n == 4 && y.y[3] == 4.1);
    same(y.meta->unit, "亿元");
    nf_file_source_close(source);
    nf_ctx_free(c);
}

TEST(dates_percentages_and_numbers_as_text)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    lxw_worksheet *s = fresh("数据");
    lxw_format *month = workbook_add_format(book), *percent = workbook_add_format(book);
    format_set_num_format(month, "yyyy\"年\"m\"月\"");
    format_set_num_format(percent, "0.0%");
    worksheet_write_string(s, 0, 0, "时间", NULL);
    worksheet_write_string(s, 0, 1, "产值(亿元)", NULL);
    worksheet_write_string(s, 0, 2, "比重", NULL);
    const char *text[] = { "1,234.5", "99", " 7 " };
    for (int i = 0; i < 3; i++) {
        worksheet_write_datetime(s, (lxw_row_t)(i + 1), 0, &(lxw_datetime){ 2024, i + 1, 1, 0, 0, 0 }, month);
        worksheet_write_string(s, (lxw_row_t)(i + 1), 1, text[i], NULL);
        worksheet_write_number(s, (lxw_row_t)(i + 1), 2, 0.07 * (i + 1), percent);
    }
    if (load(c, &source)) fail_msg("%s %s", nf_last(c)->file, nf_last(c)->what);
    nf_series y = get(c, source, "产值"), share = get(c, source, "比重");
    same(y.meta->unit, "亿元");
    ok(y.t.n == 3 && y.t.start.freq == NF_MONTH && y.y[0] == 1234.5 && y.y[2] == 7);
    near(share.y[0], 7, 1e-15);
    near(share.y[1], 14, 1e-15);
    nf_file_source_close(source);
    nf_ctx_free(c);
}

/* A date beside a clock; an error is no missing value; what is hidden was not sent. */
TEST(clocks_errors_and_hidden_sheets)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    nf_series y;
    lxw_worksheet *s = fresh("hours"), *kept;
    lxw_format *day = workbook_add_format(book), *clock = workbook_add_format(book);
    format_set_num_format(day, "yyyy-mm-dd");
    format_set_num_format(clock, "hh:mm");
    const char *head[] = { "date", "time", "flow" };
    for (int i = 0; i < 3; i++) worksheet_write_string(s, 0, (lxw_col_t)i, head[i], NULL);
    for (int i = 0; i < 3; i++) {
        worksheet_write_datetime(s, (lxw_row_t)(i + 1), 0, &(lxw_datetime){ 2024, 3, 1, 0, 0, 0 }, day);
        worksheet_write_number(s, (lxw_row_t)(i + 1), 1, (12 + i) / 24., clock);
        worksheet_write_number(s, (lxw_row_t)(i + 1), 2, i, NULL);
    }
    kept = workbook_add_worksheet(book, "last year");
    row(kept, 0, "time", (double[]){ 1 }, 1);
    row(kept, 1, "2020", (double[]){ 5 }, 1);
    worksheet_hide(kept);
    if (load(c, &source)) fail_msg("%s %s", nf_last(c)->file, nf_last(c)->what);
    char text[48];
    y = get(c, source, "flow");
    nf_period_text(text, nf_axis_at(&y.t, 1));
    same(text, "2024-03-01T13");
    ok(nf_source_get(source, c, "1", 0, &y) == 0);
    nf_file_source_close(source);
    s = fresh("sums");
    worksheet_write_string(s, 0, 0, "time", NULL);
    worksheet_write_string(s, 0, 1, "a", NULL);
    for (int i = 1; i < 4; i++) worksheet_write_number(s, (lxw_row_t)i, 0, 2020 + i, NULL);
    worksheet_write_formula_num(s, 1, 1, "=1+2", NULL, 3);
    worksheet_write_formula_str(s, 2, 1, "=1/0", NULL, "#DIV/0!");
    worksheet_write_formula_num(s, 3, 1, "=1+2", NULL, 3);
    ok(load(c, &source) == NF_EDATA && strstr(nf_last(c)->file, "sums!B3"));
    nf_ctx_free(c);
}

TEST(a_cell_that_is_no_number_is_named_by_sheet_and_cell)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    char want[128];
    lxw_worksheet *s = fresh("上报");
    worksheet_write_string(s, 0, 0, "地区", NULL);
    worksheet_write_number(s, 0, 1, 2022, NULL);
    worksheet_write_number(s, 0, 2, 2023, NULL);
    row(s, 1, "甲", (double[]){ 70, 72 }, 2);
    row(s, 2, "乙", (double[]){ 71 }, 1);
    worksheet_write_string(s, 2, 2, "约75%", NULL);
    ok(load(c, &source) == NF_EDATA);
    snprintf(want, sizeof want, "%s:上报!C3", path);
    same(nf_last(c)->file, want);
    ok(nf_last(c)->line == 0 && strstr(nf_last(c)->what, "约75%") && strstr(nf_last(c)->hint, "about"));
    nf_ctx_free(c);
}

TEST(several_sheets_and_empty_ones)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    lxw_worksheet *s = fresh("empty");
    for (int year = 2022; year < 2024; year++) {
        char name[8];
        snprintf(name, sizeof name, "%d", year);
        s = workbook_add_worksheet(book, name);
        const char *head[] = { "series", "time", "value" };
        for (int i = 0; i < 3; i++) worksheet_write_string(s, 0, (lxw_col_t)i, head[i], NULL);
        worksheet_write_string(s, 1, 0, "a", NULL);
        worksheet_write_number(s, 1, 1, year, NULL);
        worksheet_write_number(s, 1, 2, year * 0.1, NULL);
    }
    ok(!load(c, &source));
    nf_series a = get(c, source, "a");
    ok(a.t.n == 2 && a.y[0] == 202.2 && a.y[1] == 202.3);
    nf_file_source_close(source);
    fresh("nothing");
    ok(load(c, &source) == NF_EDATA && strstr(nf_last(c)->what, "empty"));
    nf_ctx_free(c);
}

/* Sheet by sheet the unit may differ: converted where it can be, else refused; never mixed. */
static int two_sheets(nf_ctx *c, const char *first, const char *second, bool header, nf_source *source)
{
    const char *unit[] = { first, second };
    char text[32];
    for (int i = 0; i < 2; i++) {
        lxw_worksheet *s = i ? workbook_add_worksheet(book, "b") : fresh("a");
        const char *head[] = { "series", "time", "value", "unit" };
        for (int k = 0; k < (header ? 3 : 4); k++) worksheet_write_string(s, 0, (lxw_col_t)k, head[k], NULL);
        snprintf(text, sizeof text, "value (%s)", unit[i]);
        if (header) worksheet_write_string(s, 0, 2, text, NULL);
        else worksheet_write_string(s, 1, 3, unit[i], NULL);
        worksheet_write_string(s, 1, 0, "x", NULL);
        worksheet_write_number(s, 1, 1, 2022 + i, NULL);
        worksheet_write_number(s, 1, 2, 5, NULL);
    }
    return load(c, source);
}

TEST(a_series_keeps_its_unit_from_sheet_to_sheet)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    ok(!two_sheets(c, "亿元", "万元", false, &source));
    nf_series x = get(c, source, "x");
    ok(x.t.n == 2 && x.y[0] == 5);
    near(x.y[1], 0.0005, 1e-15);
    nf_file_source_close(source);
    ok(two_sheets(c, "亿元", "µg/m3", false, &source) == NF_EDATA && strstr(nf_last(c)->file, ":b!D2"));
    ok(two_sheets(c, "亿元", "万元", true, &source) == NF_EDATA && strstr(nf_last(c)->what, "that of the series '亿元'"));
    nf_ctx_free(c);
}

TEST(the_flat_sheet_is_a_plan_and_its_series)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    nf_series_list list;
    char want[128];
    lxw_worksheet *s = fresh("ninefold");
    const char *head[] = { "name", "unit", "better", "target", "by when", "owner" };
    for (int i = 0; i < 6; i++) worksheet_write_string(s, 0, (lxw_col_t)i, head[i], NULL);
    for (int i = 0; i < 3; i++) worksheet_write_number(s, 0, (lxw_col_t)(6 + i), 2023 - i, NULL);
    const char *pm[] = { "PM2.5", "µg/m3", "lower" };
    for (int i = 0; i < 3; i++) worksheet_write_string(s, 1, (lxw_col_t)i, pm[i], NULL);
    worksheet_write_number(s, 1, 3, 35, NULL);
    worksheet_write_number(s, 1, 4, 2025, NULL);
    worksheet_write_string(s, 1, 5, "Bureau", NULL);
    worksheet_write_number(s, 1, 6, 41, NULL);
    worksheet_write_number(s, 1, 8, 46, NULL);
    ok(!workbook_close(book));
    if (nf_sheet_read(c, &p, &list, path)) fail_msg("%s %s", nf_last(c)->file, nf_last(c)->what);
    ok(p.n_target == 1 && p.n_indicator == 1 && list.n == 1);
    ok(p.target[0].sense == -1 && p.target[0].value == 35 && p.target[0].due.ord == 2025 &&
       p.target[0].kind == NF_AT_MOST);
    same(p.indicator[0].owner.en, "Bureau");
    ok(list.series[0].t.n == 3 && list.series[0].y[0] == 46 && isnan(list.series[0].y[1]) && list.series[0].y[2] == 41);
    ok(nf_axis_at(&list.series[0].t, 2).ord == 2023);
    unlink(path);
    s = fresh("ninefold");
    for (int i = 0; i < 6; i++) worksheet_write_string(s, 0, (lxw_col_t)i, head[i], NULL);
    worksheet_write_number(s, 0, 6, 2023, NULL);
    worksheet_write_string(s, 1, 0, "x", NULL);
    worksheet_write_string(s, 1, 6, "约75%", NULL);
    ok(!workbook_close(book));
    ok(nf_sheet_read(c, &p, &list, path) == NF_EDATA);
    snprintf(want, sizeof want, "%s:ninefold!G2", path);
    same(nf_last(c)->file, want);
    unlink(path);
    nf_ctx_free(c);
}

TEST(a_plan_may_be_one_workbook)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_plan p;
    const char *cells[2][3] = { { "code", "title", "expression" }, { "gdp", "GDP", "city.gdp" } };
    lxw_worksheet *s = fresh("Indicators");
    for (int i = 0; i < 6; i++)
        worksheet_write_string(s, (lxw_row_t)(i / 3), (lxw_col_t)(i % 3), cells[i / 3][i % 3], NULL);
    s = workbook_add_worksheet(book, "targets");
    const char *head[] = { "target", "indicator", "value" };
    for (int i = 0; i < 3; i++) worksheet_write_string(s, 0, (lxw_col_t)i, head[i], NULL);
    worksheet_write_string(s, 1, 0, "t", NULL);
    worksheet_write_string(s, 1, 1, "gdp", NULL);
    worksheet_write_number(s, 1, 2, 10000, NULL);
    workbook_add_worksheet(book, "my own notes");
    ok(!workbook_close(book));
    if (nf_plan_read(c, &p, path)) fail_msg("%s %s", nf_last(c)->file, nf_last(c)->what);
    ok(p.n_indicator == 1 && p.n_target == 1 && p.target[0].value == 10000);
    same(p.target[0].series, "city.gdp");
    unlink(path);
    nf_ctx_free(c);
}

static int broken(const char *bytes, size_t n)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    strcpy(path, "/tmp/nf_book_XXXXXX.xlsx");
    int fd = mkstemps(path, 5);
    ok(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && !close(fd));
    int rc = nf_file_source(c, &source, path, NULL);
    if (!rc) nf_file_source_close(source);
    unlink(path);
    nf_ctx_free(c);
    return rc;
}

/* Every cut and every flipped byte of a workbook is refused or read, never a crash. */
TEST(damaged_workbooks_are_refused)
{
    static char bytes[65536];
    lxw_worksheet *s = fresh("x");
    worksheet_write_string(s, 0, 0, "地区", NULL);
    worksheet_write_number(s, 0, 1, 2022, NULL);
    worksheet_write_number(s, 0, 2, 2023, NULL);
    row(s, 1, "甲", (double[]){ 70, 72 }, 2);
    ok(!workbook_close(book));
    FILE *f = fopen(path, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    unlink(path);
    ok(broken(bytes, n) == NF_OK);
    for (size_t cut = 4; cut < n; cut += n / 23) ok(broken(bytes, cut) < 0);
    for_all(seed, 150) {
        uint64_t r = seed + 7;
        size_t at = 4 + rnd(&r) % (n - 4);
        char was = bytes[at];
        bytes[at] = (char)(was ^ (char)(1 + rnd(&r) % 255));
        ok(broken(bytes, n) <= 0);
        bytes[at] = was;
    }
}
