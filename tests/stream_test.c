/* stream_test.c - series of a file while it is read: those of the file read whole, or a refusal where they would not
 * be. */
#include "datasets.h"
#include "test.h"
#include <unistd.h>

enum { ROOM = 1 << 20 };
typedef struct { char text[ROOM]; size_t n; bool failed; } digest;
static digest whole, streamed;

static void say(digest *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(digest *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    d->n += (size_t)vsnprintf(d->text + d->n, ROOM - d->n, fmt, ap);
    va_end(ap);
    ok(d->n < ROOM);
}

/* Everything that whoever asks can see of a series. */
static void say_series(digest *d, const nf_series *s)
{
    const nf_meta *m = s->meta;
    say(d, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%lld|%d|", m->key, m->unit, m->place, m->quantity, m->title.en,
        m->title.zh ? m->title.zh : "-", m->dataset, m->source, m->licence, m->vintage, (long long)m->known,
        m->synthetic);
    say(d, "%d %d %lld:", s->t.ord != NULL, s->t.num != NULL, (long long)s->t.step);
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        say(d, " %lld/%d/%d %a", (long long)p.ord, p.freq, p.span, s->t.num ? s->t.num[i] : 0);
        say(d, "=%a/%d", s->y[i], s->status ? s->status[i] : -1);
    }
    say(d, "\n");
}

static void read_all(digest *d, nf_source from, const nf_query *q)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_cursor in;
    nf_series s;
    int rc = from.find(from.self, c, q, &in);
    *d->text = 0;
    d->n = 0;
    assert_int_equal(rc, NF_OK);
    while ((rc = in.next(in.cur, c, &s)) > 0) say_series(d, &s);
    d->failed = rc < 0;
    if (!rc) assert_int_equal(in.next(in.cur, c, &s), 0);
    in.close(in.cur);
    nf_ctx_free(c);
}

static void both(const char *text, const nf_query *q)
{
    char path[] = "/tmp/nf_stream_XXXXXX.csv";
    int fd = mkstemps(path, 4);
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source from;
    nf_stream *stream;
    nf_load_options o = { .published = 1 };
    ok(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && !close(fd));
    whole.failed = nf_file_source(c, &from, path, &o) != NF_OK;
    if (!whole.failed) {
        read_all(&whole, from, q);
        nf_file_source_close(from);
    }
    assert_int_equal(nf_stream_open(c, &stream, path, &o), 1);
    read_all(&streamed, nf_stream_source(stream), q);
    nf_stream_close(stream);
    nf_ctx_free(c);
    unlink(path);
}

static void agree(const char *text, const nf_query *q)
{
    both(text, q);
    ok(!whole.failed && !streamed.failed && whole.n == streamed.n);
    same(streamed.text, whole.text);
}

static void refused(const char *text)
{
    both(text, &(nf_query){ 0 });
    ok(streamed.failed);
}

TEST(series_are_those_of_the_file_read_whole)
{
    static const char *const files[] = {
        "series,time,value\nb,2020,1\nb,2021,2\nb,2022,3.5\na,2020,4\na,2022,\na,2023,6\nc,2020,1\n",
        "series,time,value\nx,2020-01,1\nx,2020-02,2\nx,2020-04,3\ny,2020-01,1\ny,2020-03,1\ny,2020-05,1\n",
        "series,time,value,unit,place,source\nx,2020,1,kg,Bath,A\nx,2021,2,kg,Bath,A\ny,2020,1,%,York,B\n",
        "series,time,value,status\nx,2020,1,b\nx,2021,2,\nx,2022,3,e\ny,2020,1,\ny,2021,1,\n",
        "series,time,value\nx,0.5,1\nx,1.25,2\nx,7,3\ny,1,2\ny,2,2\ny,3,2\n",
        "series,2019,2020,2021\nx,1,2,3\ny,4,,6\nz,7,8,9\n",
        "series,time,value\n\"a,1\",2020,1\n\"a,1\",2021,2\n\"b\"\"2\",2020,3\n",
        "series,time,value\nx,2020-01-01T00:00,1\nx,2020-01-01T01:00,2\nx,2020-01-01T02:00,3\n",
        "station,date,PM2.5\nA,2020-01-01,1\nA,2020-01-02,2\nB,2020-01-01,3\nB,2020-01-02,4\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) agree(files[i], &(nf_query){ 0 });
    agree(files[0], &(nf_query){ .known = 1 });
    agree(files[2], &(nf_query){ .where_key = "place", .where_value = "York" });
    agree(files[2], &(nf_query){ .where_key = "place", .where_value = "nowhere" });
    agree(files[1], &(nf_query){ .from = { 2020 * 12 + 1, NF_MONTH, 1 } });
}

TEST(what_must_be_settled_over_the_whole_file_is_refused)
{
    refused("series,time,value\na,2020,1\nb,2020,1\na,2021,2\n");                       /* the first key again */
    refused("series,time,value\na,2020,1\nb,2020,1\nc,2020,1\nb,2021,2\n");             /* another one */
    refused("series,time,value\na,2021,1\na,2020,1\n");
    refused("series,time,value\na,2020,1\na,2020,1\n");
    refused("series,time,value,published\na,2020,1,2021-01-01\na,2021,1,2022-01-01\n");
    refused("series,time,value,source\na,2020,1,X\na,2021,1,Y\n");
    refused("series,time,value\na,2020,1\na,2021-01,1\n");
    refused("series,time,value\na,2020,1\na,2021,oops\n");
    refused("time,one,two\n2020,1,2\n2021,3,4\n");
    refused("STRUCTURE,STRUCTURE_ID,ACTION,GEO,TIME_PERIOD,OBS_VALUE\n"
            "dataflow,X:Y(1.0),I,a,2020,1\ndataflow,X:Y(1.0),D,a,2020,\n");
    refused("");
}

/* Many keys in no order: parcels, hashes, and one key that comes back at the very end. */
TEST(keys_in_no_order_are_told_apart)
{
    static char text[ROOM];
    enum { MANY = 20000 };
    size_t n = (size_t)sprintf(text, "series,time,value\n");
    for (size_t i = 0; i < MANY; i++)
        n += (size_t)sprintf(text + n, "k%zu,2020,%zu\nk%zu,2021,1\n", i * 7919 % MANY, i, i * 7919 % MANY);
    both(text, &(nf_query){ .match = "k1999*" });
    ok(!streamed.failed && whole.n == streamed.n && whole.n > 100);
    same(streamed.text, whole.text);
    sprintf(text + n, "k5,2022,1\n");
    both(text, &(nf_query){ .match = "k1999*" });
    ok(streamed.failed && !whole.failed);
}

TEST(a_stream_closed_early_ends_its_thread)
{
    static char text[ROOM];
    char path[] = "/tmp/nf_stream_XXXXXX.csv";
    size_t n = (size_t)sprintf(text, "series,time,value\n");
    for (int i = 0; n + 40 < ROOM; i++) n += (size_t)sprintf(text + n, "k%06d,2020,%d\n", i, i);
    int fd = mkstemps(path, 4);
    ok(fd >= 0 && write(fd, text, n) == (ssize_t)n && !close(fd));
    nf_ctx *c = nf_ctx_new(NULL);
    nf_stream *s;
    nf_cursor in;
    nf_series one;
    assert_int_equal(nf_stream_open(c, &s, path, NULL), 1);
    nf_source from = nf_stream_source(s);
    assert_int_equal(from.find(from.self, c, &(nf_query){ 0 }, &in), NF_OK);
    assert_int_equal(in.next(in.cur, c, &one), 1);
    in.close(in.cur);
    ok(from.find(from.self, c, &(nf_query){ 0 }, &in) < 0);
    nf_stream_close(s);
    nf_ctx_free(c);
    unlink(path);
}
