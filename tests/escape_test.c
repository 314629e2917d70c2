/* escape_test.c - hostile names come out inert in every markup. */
#include "table.h"
#include "test.h"

#define BAD "\xef\xbf\xbd"

static void becomes(nf_markup markup, const char *text, const char *want)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_memory m = { .ctx = c };
    ok(nf_escape(nf_out_memory(&m), markup, text) == NF_OK);
    same(m.n ? m.text : "", want);
    nf_ctx_free(c);
}

TEST(what_is_not_utf8_is_replaced)
{
    becomes(NF_PLAIN, "a\xff\xc0\xaf\xed\xa0\x80z", "a" BAD BAD BAD BAD BAD BAD "z");
    becomes(NF_PLAIN, "\xf4\x90\x80\x80 \xe7\x9f", BAD BAD BAD BAD " " BAD BAD);
    becomes(NF_PLAIN, "石家庄 PM₂.₅ 🏭", "石家庄 PM₂.₅ 🏭");
    becomes(NF_PLAIN, "\xe0\x80\xaf" "\xf0\x80\x80\xaf", BAD BAD BAD BAD BAD BAD BAD);
    becomes(NF_TTY, "a\xffz", "a\\xffz");
    becomes(NF_XML, "a\xffz", "a" BAD "z");
}

TEST(a_terminal_sees_no_control)
{
    becomes(NF_TTY, "\x1b]52;c;x\x07", "\\x1b]52;c;x\\x07");
    becomes(NF_TTY, "a\nb\tc\r\x7f", "a\\x0ab\\x09c\\x0d\\x7f");
    becomes(NF_TTY, "\xc2\x9b" "31m", "\\xc2\\x9b31m");
    becomes(NF_TTY, "abc\xe2\x80\xae" "fdp", "abc\\xe2\\x80\\xaefdp");
    becomes(NF_TTY, "\xe2\x80\xa8", "\\xe2\\x80\\xa8");
    becomes(NF_TTY, "北京 µg/m³", "北京 µg/m³");
}

TEST(csv_is_quoted_as_needed)
{
    becomes(NF_CSV, "plain text", "plain text");
    becomes(NF_CSV, "a,b", "\"a,b\"");
    becomes(NF_CSV, "say \"x\"", "\"say \"\"x\"\"\"");
    becomes(NF_CSV, "two\nlines", "\"two\nlines\"");
    becomes(NF_CSV, " lead", "\" lead\"");
    becomes(NF_CSV, "trail\t", "\"trail\t\"");
    becomes(NF_CSV, "", "");
    becomes(NF_CSV, "\"\xff\"", "\"\"\"" BAD "\"\"\"");
}

TEST(json_is_a_string_also_inside_a_page)
{
    becomes(NF_JSON, "</script>", "\"\\u003c/script\\u003e\"");
    becomes(NF_JSON, "\"\\\x01\n\t", "\"\\\"\\\\\\u0001\\n\\t\"");
    becomes(NF_JSON, "a\xe2\x80\xa8" "b\xe2\x80\xae", "\"a\\u2028b\\u202e\"");
    becomes(NF_JSON, "石", "\"石\"");
    becomes(NF_JSON, NULL, "null");
}

TEST(xml_is_text_and_attribute)
{
    becomes(NF_XML, "<img src=x onerror='a()'>&\"", "&lt;img src=x onerror=&#39;a()&#39;&gt;&amp;&quot;");
    becomes(NF_XML, "]]>", "]]&gt;");
    becomes(NF_XML, "\x01\x1b\xc2\x85\xef\xbf\xbe\n\t", BAD BAD BAD BAD "\n\t");
    becomes(NF_XML, "\xe2\x80\xae", BAD);
}

TEST(markdown_says_nothing_of_its_own)
{
    becomes(NF_MD, "[x](javascript:a)", "\\[x\\](javascript:a)");
    becomes(NF_MD, "a|b`c`*d*_e_", "a\\|b\\`c\\`\\*d\\*\\_e\\_");
    becomes(NF_MD, "# head", "\\# head");
    becomes(NF_MD, "a # b", "a # b");
    becomes(NF_MD, "- item", "\\- item");
    becomes(NF_MD, "12. item", "12\\. item");
    becomes(NF_MD, "12.5", "12.5");
    becomes(NF_MD, "3)", "3\\)");
    becomes(NF_MD, "v1.5", "v1.5");
    becomes(NF_MD, "<b>&amp;", "&lt;b&gt;&amp;amp;");
    becomes(NF_MD, "see http://x and www.y", "see http\\://x and www\\.y");
    becomes(NF_MD, "a\nb", "a b");
    becomes(NF_MD, "a--b...", "a-\\-b.\\.\\.");
    becomes(NF_MD, "$x$ ~~y~~ \\", "\\$x\\$ \\~\\~y\\~\\~ \\\\");
}

TEST(latex_runs_nothing)
{
    becomes(NF_TEX, "\\input{x}", "\\textbackslash{}input\\{x\\}");
    becomes(NF_TEX, "50% & $5 #1 a_b ^~", "50\\% \\& \\$5 \\#1 a\\_b \\textasciicircum{}\\textasciitilde{}");
    becomes(NF_TEX, "[x] *", "{[}x{]} {*}");
    becomes(NF_TEX, "×10⁻⁴", "×10\\textsuperscript{$-$}\\textsuperscript{4}");
    becomes(NF_TEX, "a|\"b\"", "a$|$\\char34{}b\\char34{}");
    becomes(NF_TEX, "a--b", "a-{-}b");
    becomes(NF_TEX, "µg/m³ −5 ≤ 7", "µg/m³ $-$5 $\\leq$ 7");
}

TEST(columns_of_a_terminal)
{
    ok(nf_text_columns("") == 0 && nf_text_columns("abc") == 3 && nf_text_columns("石家庄") == 6);
    ok(nf_text_columns("e\xcc\x81") == 1 && nf_text_columns("（1）") == 5 && nf_text_columns("µg/m³") == 5);
    ok(nf_text_columns("−–…─") == 4 && nf_text_columns("🏭") == 2 && nf_text_columns("\xff") == 1);
    ok(nf_text_columns("한글") == 4);
}

TEST(a_line_is_folded_at_blanks_choices_and_between_wide_characters)
{
    ok(nf_text_line("", 5) == 0 && nf_text_line("short", 5) == 5 && nf_text_line("two words", 5) == 3);
    ok(nf_text_line("two words", 3) == 3 && nf_text_line("endless", 4) == 4 && nf_text_line("x y", 1) == 1);
    ok(nf_text_line("bash|zsh|fish", 10) == 9);
    ok(nf_text_line("数据保存", 5) == 6 && nf_text_line("数据，保存", 4) == 3 && nf_text_line("宽", 1) == 3);
}

TEST(utf8_is_valid_or_says_where_not)
{
    size_t bad = 9;
    ok(nf_utf8_valid("石家庄", 9, NULL) && nf_utf8_valid("", 0, NULL) && nf_utf8_valid("a\0b", 3, NULL));
    ok(!nf_utf8_valid("ab\xc0\x80", 4, &bad) && bad == 2);
    ok(!nf_utf8_valid("\xe7\x9f\xb3\xe7\x9f", 5, &bad) && bad == 3);
    ok(!nf_utf8_valid("石家", 5, &bad) && bad == 3);
}

TEST(whatever_the_bytes_what_comes_out_is_utf8_without_controls)
{
    for_all(seed, 20000) {
        static const char *const bits[] = { "\xe2\x80", "<", "\\", "\"", "\x1b", "石", "\xff", "\xc2", "\x85", "|", "--",
                                            "w.", "1.", "'", "[" };
        nf_ctx *c = nf_ctx_new(NULL);
        char text[64] = "";
        uint64_t s = seed;
        for (int i = 0; i < 8; i++) strcat(text, bits[rnd(&s) % (sizeof bits / sizeof *bits)]);
        for (nf_markup m = NF_PLAIN; m <= NF_TEX; m++) {
            nf_memory out = { .ctx = c };
            size_t bad;
            ok(nf_escape(nf_out_memory(&out), m, text) == NF_OK);
            ok(nf_utf8_valid(out.text, out.n, &bad) && strlen(out.text) == out.n);
            if (m != NF_PLAIN && m != NF_CSV) ok(!strchr(out.text, 0x1b));
            if (m == NF_XML) ok(!strpbrk(out.text, "<\"'"));
        }
        nf_ctx_free(c);
    }
}
