/* ctx_test.c - errors keep their words and place; the stacks survive each other and reuse their blocks. */
#include "ctx.h"
#include "test.h"

TEST(an_error_keeps_its_words_when_the_place_is_added)
{
    nf_ctx *c = nf_ctx_new(NULL);
    ok(nf_fail(c, NF_EDATA, "'%s' is not a number", "abc") == NF_EDATA);
    ok(nf_hint(c, "empty means missing") == NF_EDATA);
    ok(nf_at(c, "a.csv", 7, 3) == NF_EDATA);
    nf_at(c, "outer.csv", 1, 1);
    same(nf_last(c)->what, "'abc' is not a number");
    same(nf_last(c)->hint, "empty means missing");
    same(nf_last(c)->file, "a.csv");
    ok(nf_last(c)->line == 7 && nf_last(c)->col == 3);
    nf_fail(c, NF_EINVAL, "wrapped: %s", nf_last(c)->what);
    same(nf_last(c)->what, "wrapped: 'abc' is not a number");
    ok(!nf_last(c)->file && !nf_last(c)->hint);
    nf_ctx_free(c);
}

TEST(what_is_handed_out_survives_the_scratch_that_made_it)
{
    nf_ctx *c = nf_ctx_new(NULL);
    size_t work = nf_scratch_mark(c);
    char *scratch = nf_scratch(c, 100000);
    memset(scratch, 'x', 100000);
    char *kept = nf_strdup(c, "kept");
    nf_scratch_rewind(c, work);
    memset(nf_scratch(c, 100000), 'y', 100000);
    same(kept, "kept");
    nf_ctx_free(c);
}

TEST(release_goes_back_and_memory_is_zeroed_and_reused)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for_all(seed, 50) {
        uint64_t s = seed + 1;
        size_t mark = nf_mark(c);
        char *first = nf_alloc(c, 10);
        for (int i = 0; i < 20; i++) {
            size_t n = rnd(&s) % 300000;
            unsigned char *p = nf_alloc(c, n);
            for (size_t k = 0; k < n; k += 997) ok(p[k] == 0);
            memset(p, 0xff, n);
            ok(((uintptr_t)p & 63) == 0);
        }
        nf_release(c, mark);
        ok(nf_mark(c) == mark);
        ok(nf_alloc(c, 10) == first);
        nf_release(c, mark);
    }
    ok(!nf_alloc(c, SIZE_MAX - 8));
    ok(nf_last(c)->err == NF_ENOMEM);
    nf_ctx_free(c);
}
