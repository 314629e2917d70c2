/* options_test.c - options are filled with defaults, checked and set. */
#include "registry.h"
#include "test.h"

static const char *const kinds[] = { "auto", "exact", NULL };
static const nf_field opts[] = {
    { .name = "alpha", .type = NF_F64, .def = 0.05, .lo = 0, .hi = 1 },
    { .name = "lags", .type = NF_I64, .def = NAN, .lo = 0, .hi = INFINITY },
    { .name = "adjust", .type = NF_FLAG },
    { .name = "mk", .type = NF_WORD, .word = "auto", .choices = kinds },
    { .name = "at", .type = NF_ARRAY, .word = "1,2.5" },
    { .type = NF_END }
};
static const nf_row row = { .name = "thing", .opt = opts };

TEST(options_are_filled_with_defaults_and_then_set)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_value *v;
    ok(nf_options(c, &v, &row, NULL) == NF_OK);
    ok(v[0].f == 0.05 && v[1].i == NF_NO_I64 && v[2].i == 0 && v[4].a.n == 2 && v[4].a.v[1] == 2.5);
    same(v[3].s, "auto");
    ok(nf_options(c, &v, &row, (const char *[]){ "alpha", "0.1", "lags", "3", "adjust", "yes", "mk", "exact", "at", "",
                                                 NULL }) == NF_OK);
    ok(v[0].f == 0.1 && v[1].i == 3 && v[2].i == 1 && v[4].a.n == 0);
    same(v[3].s, "exact");
    nf_ctx_free(c);
}

static void refused(const char *name, const char *value, const char *what, const char *hint)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_value *v;
    ok(nf_options(c, &v, &row, (const char *[]){ name, value, NULL }) == NF_EINVAL);
    same(nf_last(c)->what, what);
    if (hint) same(nf_last(c)->hint, hint); else ok(!nf_last(c)->hint);
    nf_ctx_free(c);
}

TEST(a_wrong_option_is_refused_with_a_hint)
{
    refused("alhpa", "1", "'thing' has no option 'alhpa'", "did you mean 'alpha'?");
    refused("alpha", "x", "option 'alpha' is 'x', not a number", NULL);
    refused("alpha", "2", "option 'alpha' is 2, out of its range", "from 0 to 1");
    refused("lags", "-1", "option 'lags' is -1, out of its range", "0 or more");
    refused("lags", "1.5", "option 'lags' is '1.5', not a whole number", NULL);
    refused("adjust", "maybe", "option 'adjust' is 'maybe', not yes or no", NULL);
    refused("mk", "exakt", "option 'mk' has no choice 'exakt'", "did you mean 'exact'?");
    refused("mk", "zzzzzz", "option 'mk' has no choice 'zzzzzz'", "one of: auto exact");
    refused("at", "1,,2", "option 'at' is '1,,2', not a list of numbers", NULL);
    refused("alpha", NULL, "option 'alpha' needs a value", NULL);
}
