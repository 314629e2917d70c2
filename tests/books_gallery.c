/* books_gallery.c - thirty workbooks as thirty departments send them, for the CLI case: books_gallery FOLDER */
#include <stdio.h>
#include <xlsxwriter.h>

static const char *const half[] = { "上半年", "下半年", "上半年", "下半年" };

static void words(lxw_worksheet *s, lxw_row_t row, const char *const *word, int n)
{
    for (int i = 0; i < n; i++) worksheet_write_string(s, row, (lxw_col_t)i, word[i], NULL);
}

/* A title, a header of two merged rows, a note under the table. */
static void merged(lxw_workbook *book, int k)
{
    lxw_worksheet *s = workbook_add_worksheet(book, "工业");
    char name[32];
    worksheet_merge_range(s, 0, 0, 0, 4, "各地区工业增加值（亿元）", NULL);
    worksheet_merge_range(s, 1, 0, 2, 0, "地区", NULL);
    worksheet_merge_range(s, 1, 1, 1, 2, "2022年", NULL);
    worksheet_merge_range(s, 1, 3, 1, 4, "2023年", NULL);
    for (int i = 0; i < 4; i++) worksheet_write_string(s, 2, (lxw_col_t)(i + 1), half[i], NULL);
    for (int r = 0; r < 3; r++) {
        snprintf(name, sizeof name, "地区%d-%d", k, r);
        worksheet_write_string(s, (lxw_row_t)(3 + r), 0, name, NULL);
        for (int i = 0; i < 4; i++)
            worksheet_write_number(s, (lxw_row_t)(3 + r), (lxw_col_t)(i + 1), k + r + i * 0.1, NULL);
    }
    worksheet_write_string(s, 6, 0, "注：数据为初步核算数", NULL);
}

/* Numbers stored as text, with thousands, blanks and a percent sign. */
static void texts(lxw_workbook *book, int k)
{
    static const char *const number[] = { "1,234.5", " 99", "7.25", "NA" };
    lxw_worksheet *s = workbook_add_worksheet(book, "Sheet1");
    char cell[32];
    words(s, 0, (const char *const[]){ "series", "time", "value" }, 3);
    for (int i = 0; i < 4; i++) {
        snprintf(cell, sizeof cell, "text-%d", k);
        worksheet_write_string(s, (lxw_row_t)(i + 1), 0, cell, NULL);
        snprintf(cell, sizeof cell, "%d", 2020 + i);
        worksheet_write_string(s, (lxw_row_t)(i + 1), 1, cell, NULL);
        worksheet_write_string(s, (lxw_row_t)(i + 1), 2, number[i], NULL);
    }
}

/* Days as dates of the spreadsheet; two value columns with their units. */
static void dates(lxw_workbook *book, int k)
{
    lxw_worksheet *s = workbook_add_worksheet(book, "监测");
    lxw_format *day = workbook_add_format(book);
    char header[48];
    format_set_num_format(day, "yyyy-mm-dd");
    snprintf(header, sizeof header, "流量%d(辆)", k);
    words(s, 0, (const char *const[]){ "日期", header }, 2);
    for (int i = 0; i < 40; i++) {
        worksheet_write_datetime(s, (lxw_row_t)(i + 1), 0, &(lxw_datetime){ 2024, 1 + i / 31, 1 + i % 31, 0, 0, 0 },
                                 day);
        worksheet_write_number(s, (lxw_row_t)(i + 1), 1, 1000 + k + i, NULL);
    }
}

/* A sheet a year, an empty one before them and a page of words behind. */
static void sheets(lxw_workbook *book, int k)
{
    char name[32];
    workbook_add_worksheet(book, "Sheet1");
    for (int year = 2022; year < 2024; year++) {
        snprintf(name, sizeof name, "%d", year);
        lxw_worksheet *s = workbook_add_worksheet(book, name);
        words(s, 0, (const char *const[]){ "series", "time", "value", "unit" }, 4);
        snprintf(name, sizeof name, "years-%d", k);
        words(s, 1, (const char *const[]){ name }, 1);
        worksheet_write_number(s, 1, 1, year, NULL);
        worksheet_write_number(s, 1, 2, year * 0.1 + k, NULL);
        worksheet_write_string(s, 1, 3, "亿元", NULL);
    }
    worksheet_write_string(workbook_add_worksheet(book, "说明"), 0, 0, "联系人：统计科", NULL);
}

/* A word where a figure belongs. */
static void about(lxw_workbook *book, int k)
{
    lxw_worksheet *s = workbook_add_worksheet(book, "上报");
    worksheet_write_string(s, 0, 0, "地区", NULL);
    for (int i = 0; i < 2; i++) worksheet_write_number(s, 0, (lxw_col_t)(i + 1), 2022 + i, NULL);
    worksheet_write_string(s, 1, 0, "甲", NULL);
    worksheet_write_number(s, 1, 1, k, NULL);
    worksheet_write_string(s, 1, 2, "约75%", NULL);
}

static void nothing(lxw_workbook *book, int k)
{
    (void)k;
    workbook_add_worksheet(book, "Sheet1");
}

int main(int argc, char **argv)
{
    static void (*const kinds[])(lxw_workbook *, int) = { merged, texts, dates, sheets };
    char path[4096];
    for (int k = 1; argc > 1 && k <= 30; k++) {
        snprintf(path, sizeof path, "%s/%02d.xlsx", argv[1], k);
        lxw_workbook *book = workbook_new(path);
        (k == 29 ? about : k == 30 ? nothing : kinds[k % 4])(book, k);
        if (workbook_close(book)) return 2;
    }
    return argc > 1 ? 0 : 2;
}
