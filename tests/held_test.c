/* held_test.c - a file's series are the same whether its load hands them out or a store made of it does. */
#include "datasets.h"
#include "test.h"
#include <unistd.h>

static nf_source open_file(nf_ctx *c, const char *text)
{
    char path[] = "/tmp/nf_held_XXXXXX.csv";
    int fd = mkstemps(path, 4);
    nf_source s;
    ok(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && !close(fd));
    int rc = nf_file_source(c, &s, path, &(nf_load_options){ .published = 1 });
    assert_int_equal(rc, NF_OK);
    unlink(path);
    return s;
}

/* Every series that matches, in order: "key first..last: values; ". */
static const char *listed(nf_ctx *c, nf_source from, const nf_query *q)
{
    static char out[4096];
    nf_cursor in;
    nf_series s;
    int rc;
    size_t n = 0;
    *out = 0;
    assert_int_equal(from.find(from.self, c, q, &in), NF_OK);
    while ((rc = in.next(in.cur, c, &s)) > 0) {
        n += (size_t)snprintf(out + n, sizeof out - n, "%s", s.meta->key);
        for (size_t i = 0; i < s.t.n; i++) n += (size_t)snprintf(out + n, sizeof out - n, " %lld=%g",
                                                                 (long long)nf_axis_at(&s.t, i).ord, s.y[i]);
        n += (size_t)snprintf(out + n, sizeof out - n, "; ");
    }
    assert_int_equal(rc, 0);
    assert_int_equal(in.next(in.cur, c, &s), 0);
    in.close(in.cur);
    return out;
}

/* The last record says one figure again, the same: that much has to be settled by a store. */
static void both(const char *text, const char *again, nf_query q, const char *want)
{
    for (int k = 0; k < 2; k++) {
        char all[512];
        nf_ctx *c = nf_ctx_new(NULL);
        snprintf(all, sizeof all, "series,time,value\n%s%s", text, k ? again : "");
        nf_source s = open_file(c, all);
        same(listed(c, s, &q), want);
        nf_file_source_close(s);
        nf_ctx_free(c);
    }
}

TEST(a_key_that_comes_again_is_the_same_series)
{
    both("b,2020,1\nb,2021,2\na,2020,3\nb,2022,4\na,2021,5\n", "b,2020,1\n", (nf_query){ 0 },
         "b 2020=1 2021=2 2022=4; a 2020=3 2021=5; ");
}

TEST(times_out_of_order_are_put_in_order)
{
    both("b,2022,4\nb,2020,1\na,2021,5\nb,2021,2\n", "a,2021,5\n", (nf_query){ 0 },
         "b 2020=1 2021=2 2022=4; a 2021=5; ");
}

TEST(queries_take_the_same_series)
{
    nf_period y21 = { 2021, NF_YEAR, 1 };
    const char *text = "b@x,2020,1\nb@x,2021,2\na@x,2020,3\na@x,2021,5\na@y,2021,6\na*,2021,7\n";
    const char *again = "b@x,2020,1\n";
    both(text, again, (nf_query){ .match = "a@*" }, "a@x 2020=3 2021=5; a@y 2021=6; ");
    both(text, again, (nf_query){ .match = "a*" }, "a* 2021=7; ");
    both(text, again, (nf_query){ .match = "a@y" }, "a@y 2021=6; ");
    both(text, again, (nf_query){ .match = "none" }, "");
    both(text, again, (nf_query){ .first = 1, .count = 2 }, "a@x 2020=3 2021=5; a@y 2021=6; ");
    both(text, again, (nf_query){ .match = "*@x", .from = y21, .to = y21 }, "b@x 2021=2; a@x 2021=5; ");
    both(text, again, (nf_query){ .known = 1, .match = "b@x" }, "b@x 2020=1 2021=2; ");
}
