/* writer_test.c - every writer on the same small table, expected text in full; memory and errors of the sinks. */
#include "writer.h"
#include "test.h"

static const nf_field fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "n", .type = NF_I64, .title = { "n", "个数" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "p", .type = NF_F64 },
    { .name = "due", .type = NF_TIME, .title = { "due", "期限" } },
    { .name = "ok", .type = NF_FLAG, .title = { "ok", "合格" } },
    { .name = "reason", .type = NF_PROSE, .title = { "reason", "原因" } },
    { .name = "path", .type = NF_ARRAY, .title = { "path", "路径" } },
    { .type = NF_END }
};

static const double path[] = { 1, -2.5, NAN };

static void table(nf_value rows[2][8])
{
    rows[0][0].s = "GDP|<b>,\"石家庄\"";
    rows[0][1].i = 1234567;
    rows[0][2].f = 8651.7;
    rows[0][3].f = 6.75e-47;
    rows[0][4].t = (nf_period){ 2025, NF_YEAR, 1 };
    rows[0][5].i = 1;
    rows[0][6].p = (nf_text){ "falls short by 5 %", "低于目标5%" };
    rows[0][7].a = (nf_span){ path, 3 };
    for (size_t i = 0; i < 8; i++) rows[1][i] = nf_value_empty(fields[i].type);
    rows[1][0].s = "=1+1";
    rows[1][2].f = -0.25;
    rows[1][3].f = 0.04;
}

static const nf_writer *writer_of(const char *name)
{
    return nf_row_find(NF_TABLE(nf_writers), name, NULL);
}

/* A sink of that format into m, its table begun. */
static nf_sink begun(nf_ctx *c, const char *name, nf_memory *m, nf_style style, const nf_field *f)
{
    nf_sink s;
    m->ctx = c;
    ok(writer_of(name)->open(c, &s, nf_out_memory(m), &style) == NF_OK);
    ok(s.begin(s.self, c, "test", f) == NF_OK);
    return s;
}

static void writes(const char *name, nf_style style, const char *want)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .n = 0 };
    nf_value rows[2][8];
    table(rows);
    nf_sink s = begun(c, name, &m, style, fields);
    for (int i = 0; i < 2; i++) ok(s.row(s.self, c, rows[i]) == NF_OK);
    ok(s.end(s.self, c, NF_OK) == NF_OK);
    same(m.text, want);
    nf_ctx_free(c);
}

TEST(csv_is_exact)
{
    writes("csv", (nf_style){ .lang = "en" },
           "series,n,value,p,due,ok,reason,path\n"
           "\"GDP|<b>,\"\"石家庄\"\"\",1234567,8651.7,6.75e-47,2025,true,falls short by 5 %,1;-2.5;\n"
           "=1+1,,-0.25,0.04,,,,\n");
}

TEST(csv_for_spreadsheets_has_a_mark_and_runs_nothing)
{
    writes("csv", (nf_style){ .lang = "zh", .spreadsheet = true },
           "\xef\xbb\xbfseries,n,value,p,due,ok,reason,path\n"
           "\"GDP|<b>,\"\"石家庄\"\"\",1234567,8651.7,6.75e-47,2025,true,低于目标5%,1;-2.5;\n"
           "'=1+1,,-0.25,0.04,,,,\n");
}

#define JSON_FIRST "{\"series\":\"GDP|\\u003cb\\u003e,\\\"石家庄\\\"\",\"n\":1234567,\"value\":8651.7,\"p\":6.75e-47," \
                   "\"due\":\"2025\",\"ok\":true,\"reason\":\"falls short by 5 %\",\"path\":[1,-2.5,null]}"
#define JSON_SECOND "{\"series\":\"=1+1\",\"n\":null,\"value\":-0.25,\"p\":0.04," \
                    "\"due\":null,\"ok\":null,\"reason\":null,\"path\":null}"

TEST(json_and_jsonl_are_exact)
{
    writes("json", (nf_style){ .lang = "en" }, "[\n" JSON_FIRST ",\n" JSON_SECOND "\n]\n");
    writes("jsonl", (nf_style){ .lang = NULL }, JSON_FIRST "\n" JSON_SECOND "\n");
}

TEST(markdown_html_and_latex_round_for_people)
{
    writes("md", (nf_style){ .lang = "zh" },
           "| 序列 | 个数 | 数值 | p | 期限 | 合格 | 原因 | 路径 |\n|:---|---:|---:|---:|:---|:---|:---|:---|\n"
           "| GDP\\|&lt;b&gt;,\"石家庄\" | 1,234,567 | 8,651.7 | 6.75×10⁻⁴⁷ | 2025 | 是 | 低于目标5% | 1; −2.5; – |\n"
           "| \\=1+1 | – | −0.25 | 0.04 | – | – | – | – |\n");
    writes("html", (nf_style){ .lang = "en" },
           "<table>\n<thead>\n<tr><th scope=\"col\">series</th><th scope=\"col\" class=\"number\">n</th>"
           "<th scope=\"col\" class=\"number\">value</th><th scope=\"col\" class=\"number\">p</th>"
           "<th scope=\"col\">due</th><th scope=\"col\">ok</th>"
           "<th scope=\"col\">reason</th><th scope=\"col\">path</th></tr>\n</thead>\n<tbody>\n"
           "<tr><td>GDP|&lt;b&gt;,&quot;石家庄&quot;</td><td class=\"number\">1,234,567</td>"
           "<td class=\"number\">8,651.7</td><td class=\"number\">6.75×10⁻⁴⁷</td><td>2025</td><td>yes</td>"
           "<td>falls short by 5 %</td><td>1; −2.5; –</td></tr>\n"
           "<tr><td>=1+1</td><td class=\"number\">–</td><td class=\"number\">−0.25</td><td class=\"number\">0.04</td>"
           "<td>–</td><td>–</td><td>–</td><td>–</td></tr>\n</tbody>\n</table>\n");
    writes("tex", (nf_style){ .lang = "en" },
           "\\begin{tabular}{lrrrllll}\n\\toprule\nseries & n & value & p & due & ok & reason & path \\\\\n\\midrule\n"
           "GDP$|$\\textless{}b\\textgreater{},\\char34{}石家庄\\char34{} & 1,234,567 & 8,651.7 & "
           "6.75×10\\textsuperscript{$-$}\\textsuperscript{4}\\textsuperscript{7} & 2025 & yes & "
           "falls short by 5 \\% & 1; $-$2.5; – \\\\\n"
           "=1+1 & – & $-$0.25 & 0.04 & – & – & – & – \\\\\n\\bottomrule\n\\end{tabular}\n");
}

TEST(text_is_aligned_by_display_columns)
{
    writes("text", (nf_style){ .lang = "zh" },
           "序列                   个数      数值           p  期限  合格  原因        路径\n"
           "────────────────  ─────────  ────────  ──────────  ────  ────  ──────────  ──────────\n"
           "GDP|<b>,\"石家庄\"  1,234,567  8,651.7   6.75×10⁻⁴⁷  2025  是    低于目标5%  1; −2.5; –\n"
           "=1+1                      –     −0.25        0.04  –     –     –           –\n");
}

TEST(text_too_wide_for_the_terminal_becomes_records)
{
    writes("text", (nf_style){ .lang = "en", .width = 50 },
           "series  GDP|<b>,\"石家庄\"\nn       1,234,567\nvalue   8,651.7\np       6.75×10⁻⁴⁷\n"
           "due     2025\nok      yes\nreason  falls short by 5 %\npath    1; −2.5; –\n\n"
           "series  =1+1\nvalue   −0.25\np       0.04\n");
}

TEST(a_spreadsheet_runs_no_cell_and_the_guard_can_be_taken_away)
{
    static const char *const cells[][2] = {
        { "=1+1", "'=1+1" }, { "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0" }, { "-1+2", "'-1+2" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "'\t=1" }, { "\r=1", "\"'\r=1\"" }, { "\n=1", "\"'\n=1\"" }, { "＝1", "'＝1" }, { "＠a", "'＠a" },
        { "'=1", "''=1" }, { "'tis", "'tis" }, { "-5", "-5" }, { "+1e3", "+1e3" }, { "-", "'-" }, { "a=1", "a=1" },
        { "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" } };
    static const nf_field one[] = { { .name = "a", .type = NF_WORD }, { .name = "b", .type = NF_F64 }, { 0 } };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_memory m = { .n = 0 };
        char want[128];
        snprintf(want, sizeof want, "\xef\xbb\xbf" "a,b\n%s,-5\n", cells[i][1]);
        nf_sink s = begun(c, "csv", &m, (nf_style){ .spreadsheet = true }, one);
        ok(!s.row(s.self, c, (nf_value[]){ { .s = cells[i][0] }, { .f = -5 } }) && !s.end(s.self, c, NF_OK));
        same(m.text, want);
        nf_ctx_free(c);
    }
}

static const nf_field judged[] = {
    { .name = "word", .type = NF_WORD }, { .name = "note", .type = NF_PROSE }, { .name = "none", .type = NF_F64 }, { 0 }
};

TEST(csv_on_a_terminal_shows_control_characters)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .n = 0 };
    nf_value row[] = { { .s = "a\x1b]52;c;x\x07,b" }, { .p = { "", NULL } }, { .f = 1 } };
    nf_sink s = begun(c, "csv", &m, (nf_style){ .terminal = true }, judged);
    ok(!s.row(s.self, c, row) && !s.end(s.self, c, NF_OK));
    same(m.text, "word,note,none\n\"a\\x1b]52;c;x\\x07,b\",,1\n");
    nf_ctx_free(c);
}

/* ---- prose, colour, many rows ---- */

static char *text_of(nf_ctx *c, nf_style style, size_t n, const nf_value *row)
{
    nf_memory m = { .n = 0 };
    nf_sink s = begun(c, "text", &m, style, judged);
    for (size_t i = 0; i < n; i++) ok(s.row(s.self, c, row) == NF_OK);
    ok(s.end(s.self, c, NF_OK) == NF_OK);
    return m.text;
}

TEST(prose_gives_way_and_what_is_empty_everywhere_is_not_shown)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_text note = { "a long explanation that no narrow terminal can hold at all", NULL };
    nf_value row[] = { { .s = "a\x1b[2J" }, { .p = note }, { .f = NAN } };
    same(text_of(c, (nf_style){ .width = 40 }, 1, row),
         "word      note\n────────  ──────────────────────────────\na\\x1b[2J  a long explanation that no\n"
         "          narrow terminal can hold at\n          all\n");
    row[2].f = 1;
    same(text_of(c, (nf_style){ .width = 46 }, 1, row),
         "word      note                            none\n────────  ──────────────────────────────  ────\n"
         "a\\x1b[2J  a long explanation that no         1\n          narrow terminal can hold at\n          all\n");
    same(text_of(c, (nf_style){ .width = 30 }, 1, row),
         "word  a\\x1b[2J\nnote  a long explanation that\n      no narrow terminal can\n      hold at all\nnone  1\n");
    nf_ctx_free(c);
}

TEST(titles_are_folded_before_a_table_becomes_records)
{
    static const nf_field wide[] = { { .name = "k", .type = NF_WORD, .title = { "key", "键" } },
        { .name = "n", .type = NF_I64, .title = { "a binding target lags", NULL } },
        { .name = "u", .type = NF_WORD }, { 0 } };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .n = 0 };
    nf_sink s = begun(c, "text", &m, (nf_style){ .width = 18 }, wide);
    ok(!s.row(s.self, c, (nf_value[]){ { .s = "a" }, { .i = 7 }, { .s = "%" } }) && !s.end(s.self, c, NF_OK));
    same(m.text, "      a binding\n         target\nkey        lags  u\n───  ──────────  ─\na             7  %\n");
    nf_ctx_free(c);
}

TEST(chinese_is_wrapped_between_characters_but_numbers_and_stops_stay)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_value row[] = { { .s = "w" }, { .p = { "每年需增长12.1%，按此速度2026年达到（晚一年）", NULL } }, { .f = NAN } };
    same(text_of(c, (nf_style){ .width = 30 }, 1, row),
         "word  note\n────  ────────────────────────\nw     每年需增长12.1%，按此速\n      度2026年达到（晚一年）\n");
    row[1].p.en = "每年需增长，目标按此速度2026年达到（晚一年多）";
    same(text_of(c, (nf_style){ .width = 30 }, 1, row),
         "word  note\n────  ────────────────────────\nw     每年需增长，目标按此速度\n      2026年达到（晚一年多）\n");
    nf_ctx_free(c);
}

TEST(rows_beyond_those_kept_follow_as_they_come)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_value row[] = { { .s = "w" }, { .p = { "note", NULL } }, { .f = NAN } };
    char *text = text_of(c, (nf_style){ .width = 40 }, 5100, row);
    size_t lines = 0;
    for (char *p = text; *p; p++) lines += *p == '\n';
    ok(lines == 5102);
    same(strrchr(text, 'w'), "w     note     –\n");
    static const nf_field number[] = { { .name = "x", .type = NF_F64 }, { .name = "y", .type = NF_F64 }, { 0 } };
    nf_memory m = { .n = 0 };
    nf_sink s = begun(c, "text", &m, (nf_style){ .width = 0 }, number);
    for (int i = 0; i < 5000; i++) ok(!s.row(s.self, c, (nf_value[]){ { .f = 1.5 }, { .f = 2 } }));
    ok(!s.row(s.self, c, (nf_value[]){ { .f = -9999.25 }, { .f = 2 } }));
    ok(!s.end(s.self, c, NF_OK));
    same(strstr(m.text, "−"), "−9,999.25  2\n");
    nf_ctx_free(c);
}

TEST(a_cell_of_one_column_is_never_a_blank_line)
{
    static const nf_field one[] = { { .name = "x", .type = NF_F64 }, { .type = NF_END } };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .n = 0 };
    nf_sink s = begun(c, "csv", &m, (nf_style){ .width = 0 }, one);
    ok(!s.row(s.self, c, &(nf_value){ .f = NAN }) && !s.end(s.self, c, NF_OK));
    same(m.text, "x\n\"\"\n");
    nf_ctx_free(c);
}

/* ---- errors ---- */

TEST(json_cut_short_by_an_error_does_not_read_as_whole)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .n = 0 };
    nf_sink s = begun(c, "json", &m, (nf_style){ .width = 0 }, judged);
    ok(s.end(s.self, c, NF_EDATA) == NF_EDATA);
    same(m.text, "[");
    s = begun(c, "json", &m, (nf_style){ .width = 0 }, judged);
    ok(s.end(s.self, c, NF_OK) == NF_OK);
    same(m.text, "[[]\n");
    nf_ctx_free(c);
}

static int full(void *self, const char *bytes, size_t n)
{
    (void)bytes;
    size_t *room = self;
    if (n > *room) return NF_EIO;
    *room -= n;
    return NF_OK;
}

TEST(a_full_disk_is_an_error_of_every_writer)
{
    for (const nf_writer *const *w = nf_writers; *w; w++)
        for (size_t room = 0; room < 400; room += 7) {
            nf_ctx *c = nf_ctx_new(NULL);
            nf_value rows[2][8];
            size_t left = room;
            nf_sink s;
            table(rows);
            ok((*w)->open(c, &s, (nf_out){ full, &left }, &(nf_style){ .lang = "en" }) == NF_OK);
            int rc = s.begin(s.self, c, "test", fields);
            bool begun = !rc;
            for (int i = 0; i < 10 && !rc; i++) rc = s.row(s.self, c, rows[0]);
            if (begun) rc = s.end(s.self, c, rc);
            ok(rc == NF_EIO && nf_last(c)->err == NF_EIO);
            nf_ctx_free(c);
        }
}

TEST(rows_kept_are_deep_copies)
{
    nf_ctx *c = nf_ctx_new(NULL), *work = nf_ctx_new(NULL);
    char word[] = "word";
    double array[] = { 1, 2 };
    nf_rows r = { .ctx = c };
    nf_sink s = nf_sink_rows(&r);
    nf_field f[] = { { .name = "w", .type = NF_WORD }, { .name = "a", .type = NF_ARRAY },
                     { .name = "p", .type = NF_PROSE }, { 0 } };
    ok(s.begin(s.self, work, "t", f) == NF_OK);
    for (int i = 0; i < 1000; i++)
        ok(s.row(s.self, work, (nf_value[]){ { .s = word }, { .a = { array, 2 } }, { .p = { word, NULL } } }) == NF_OK);
    word[0] = 'x';
    array[0] = 9;
    memset(f, 0, sizeof f);
    nf_ctx_free(work);
    ok(s.end(s.self, c, NF_EDATA) == NF_EDATA);
    ok(r.n == 1000 && r.cols == 3);
    for (size_t i = 0; i < r.n; i++) {
        same(r.row[i][0].s, "word");
        ok(r.row[i][1].a.v[0] == 1 && r.row[i][1].a.n == 2);
        same(r.row[i][2].p.en, "word");
    }
    nf_rows again = { .ctx = c };
    ok(nf_rows_emit(&r, c, nf_sink_rows(&again)) == NF_OK && again.n == 1000);
    same(again.field[1].name, "a");
    nf_ctx_free(c);
}
