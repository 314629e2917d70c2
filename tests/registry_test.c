/* registry_test.c - names are found, typos are answered with the closest name. */
#include "registry.h"
#include "test.h"

static const char *const words[] = { "sen", "mann-kendall", "hamed-rao", "ols", "季节", NULL };

TEST(the_nearest_word_is_within_two_typos_or_begins_so)
{
    same(nf_nearest("sne", words, 5), "sen");
    same(nf_nearest("Mann_Kendall", words, 5), "mann-kendall");
    same(nf_nearest("man-kendal", words, 5), "mann-kendall");
    same(nf_nearest("hamed", words, 5), "hamed-rao");
    same(nf_nearest("季結", words, 5), "季节");
    ok(!nf_nearest("xyz", words, 5));
    ok(!nf_nearest("x", words, 5));
    ok(!nf_nearest("", words, 5));
    ok(!nf_nearest("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", words, 5));
    ok(!nf_nearest("\xff\xfe", words, 5));
}

static const nf_row row = { .name = "thing" };
static const nf_row *const rows[] = { &row, NULL };

TEST(a_row_is_found_or_the_words_say_what_was_meant)
{
    nf_ctx *c = nf_ctx_new(NULL);
    const void *got;
    ok(nf_row_need(c, &got, NF_TABLE(rows), "method", "thing") == NF_OK && got == &row);
    ok(nf_row_need(c, &got, NF_TABLE(rows), "method", "thnig") == NF_ENOTFOUND && !got);
    same(nf_last(c)->what, "no method 'thnig'");
    same(nf_last(c)->hint, "did you mean 'thing'?");
    ok(nf_row_need(c, &got, NF_TABLE(rows), "method", "zzz") == NF_ENOTFOUND);
    same(nf_last(c)->hint, "one of: thing");
    ok(!nf_row_find(NF_TABLE(rows), "zzz", NULL));
    nf_ctx_free(c);
}
