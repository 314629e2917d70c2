/* sdmx_test.c - SDMX-CSV messages into a store: the actions in the order of their rows, what a row leaves unsaid,
 * wildcards. */
#include "datasets.h"
#include "store/store.h"
#include "test.h"
#include <unistd.h>

#define HEAD "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
#define ROW(action, rest) "dataflow,X:Y(1.0)," action "," rest "\n"

typedef struct { nf_ctx *c; nf_store *store; size_t notes; char note[256]; } world;

static void on_note(void *host, const nf_diag *d)
{
    world *w = host;
    w->notes++;
    snprintf(w->note, sizeof w->note, "%s", d->what);
}

static void begin(world *w)
{
    *w = (world){ 0 };
    w->c = nf_ctx_new(&(nf_hooks){ .note = on_note, .host = w });
    ok(!nf_store_open(w->c, &w->store, ":memory:", NF_STORE_CREATE));
}

static void end(world *w)
{
    nf_store_close(w->store);
    nf_ctx_free(w->c);
}

static int load_at(world *w, const char *text, const nf_load_options *o, nf_receipt *r)
{
    char path[64] = "/tmp/nf_sdmx_XXXXXX.csv";
    int fd = mkstemps(path, 4);
    ok(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && !close(fd));
    w->notes = 0;
    int rc = nf_load(w->c, w->store, path, o, r);
    unlink(path);
    return rc;
}

static nf_receipt load(world *w, const char *text, int64_t published)
{
    nf_receipt r;
    if (load_at(w, text, &(nf_load_options){ .now = 5000, .published = published }, &r))
        fail_msg("%ld:%ld: %s", nf_last(w->c)->line, nf_last(w->c)->col, nf_last(w->c)->what);
    return r;
}

/* Every figure of a series, as "2020 1 2021 2b 2022 ." with the letters of its status. */
static const char *shown(world *w, const char *key)
{
    static char out[512];
    nf_version *v;
    size_t n, used = 0;
    char when[48], number[32];
    if (nf_store_versions(w->c, w->store, key, 0, false, &v, &n) != 1) return "none";
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        nf_period_text(when, v[i].period);
        nf_double_text(number, v[i].value);
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%s %s%s%s%s%s", i ? " " : "", when,
                                 isnan(v[i].value) ? "." : number, v[i].status & NF_BREAK ? "b" : "",
                                 v[i].status & NF_ESTIMATED ? "e" : "", v[i].status & NF_PROVISIONAL ? "p" : "",
                                 v[i].status & NF_NOT_AVAILABLE ? "n" : "");
    }
    return out;
}

static void two_areas(world *w)
{
    begin(w);
    load(w, HEAD ROW("I", "A,DE,2020,1,p") ROW("I", "A,DE,2021,2,") ROW("I", "A,FR,2020,3,") ROW("I", "A,FR,2021,4,e")
              ROW("I", "Q,FR,2021-Q1,5,"), 1000);
}

TEST(what_a_row_leaves_unsaid_stays)
{
    world w;
    two_areas(&w);
    nf_receipt r = load(&w, HEAD ROW("M", "A,DE,2020,1.5,") ROW("A", "A,DE,2021,,b") ROW("M", "A,FR,2021,4,"), 2000);
    ok(r.revised == 2 && r.unchanged == 1 && r.added == 0);
    same(shown(&w, "A.DE"), "2020 1.5p 2021 2b");
    r = load(&w, HEAD ROW("R", "A,DE,2020,7,") ROW("R", "A,DE,2021,,e"), 3000);
    ok(r.revised == 2);
    same(shown(&w, "A.DE"), "2020 7 2021 .e");
    r = load(&w, HEAD ROW("M", "A,DE,2020,NaN,") ROW("M", "A,DE,2022,,p"), 4000);          /* NaN: said to be missing */
    same(shown(&w, "A.DE"), "2020 . 2021 .e 2022 .p");
    ok(r.revised == 1 && r.added == 1);
    end(&w);
}

TEST(rows_count_in_their_order)
{
    world w;
    begin(&w);
    nf_receipt r = load(&w,
                        HEAD ROW("I", "A,DE,2020,1,p") ROW("M", "A,DE,2020,2,") ROW("D", "A,DE,2020,,")
                            ROW("I", "A,DE,2020,3,") ROW("I", "A,DE,2021,4,") ROW("D", "A,DE,2021,,"),
                        1000);
    ok(r.added == 1);
    same(shown(&w, "A.DE"), "2020 3");
    load(&w, HEAD ROW("D", "A,DE,2020,,") ROW("I", "A,DE,2020,8,"), 2000);
    same(shown(&w, "A.DE"), "2020 8");
    load(&w, HEAD ROW("I", "A,DE,2020,9,") ROW("D", "A,DE,2020,,"), 3000);
    same(shown(&w, "A.DE"), "2020 .n");
    load(&w, HEAD ROW("D", ",,,,") ROW("I", "A,DE,2022,9,e"), 4000);                      /* away with all, then anew */
    same(shown(&w, "A.DE"), "2020 .n 2022 9e");
    load(&w, HEAD ROW("I", "A,DE,2023,1,") ROW("I", "A,FR,2023,1,") ROW("D", ",FR,,,"), 4500);
    same(shown(&w, "A.DE"), "2020 .n 2022 9e 2023 1");
    same(shown(&w, "A.FR"), "none");
    end(&w);
}

/* Without actions two figures for one period are as wrong as anywhere. */
TEST(figures_that_differ_are_refused_without_actions)
{
    world w;
    nf_receipt r;
    nf_load_options o = { .now = 5000, .published = 1000 };
    begin(&w);
    ok(load_at(&w, "STRUCTURE,STRUCTURE_ID,AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X,A,2020,1\ndataflow,X,A,2020,2\n", &o,
               &r)
       == NF_EDATA);
    ok(nf_last(w.c)->line == 3);
    r = load(&w, "STRUCTURE,STRUCTURE_ID,AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X,A,2020,1\ndataflow,X,A,2020,1\n", 1000);
    ok(r.added == 1 && r.duplicates == 1);
    end(&w);
}

/* Every wildcard takes each figure back once: forty of them are not 2^40. */
TEST(many_wildcards_do_not_multiply)
{
    world w;
    static char text[8000];
    size_t n = (size_t)snprintf(text, sizeof text, "%s", HEAD);
    two_areas(&w);
    for (int i = 0; i < 40; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, ROW("D", ",%s,,,"), i % 2 ? "DE" : "");
    nf_receipt r = load(&w, text, 2000);
    ok(r.revised == 5 && r.rows < 1000);
    same(shown(&w, "A.FR"), "2020 .n 2021 .n");
    end(&w);
}

TEST(deletions_go_to_the_lowest_level_named)
{
    world w;
    two_areas(&w);
    load(&w, HEAD ROW("D", "A,DE,2020,,-") ROW("D", "A,FR,2021,-,"), 2000);                /* its status; its value */
    same(shown(&w, "A.DE"), "2020 1 2021 2");
    same(shown(&w, "A.FR"), "2020 3 2021 .en");
    load(&w, HEAD ROW("D", ",FR,,,"), 3000);
    same(shown(&w, "A.FR"), "2020 .n 2021 .n");
    same(shown(&w, "Q.FR"), "2021-Q1 .n");
    same(shown(&w, "A.DE"), "2020 1 2021 2");
    load(&w, HEAD ROW("D", ",,2020,,"), 4000);
    same(shown(&w, "A.DE"), "2020 .n 2021 2");
    end(&w);
}

/* Columns that the message leaves out are wildcards too; their order is another than that of the figures. */
TEST(dimensions_are_known_by_name)
{
    world w;
    two_areas(&w);
    load(&w, "STRUCTURE,STRUCTURE_ID,ACTION,AREA,FREQ\ndataflow,X:Y(1.0),D,FR,Q\n", 2000);
    same(shown(&w, "Q.FR"), "2021-Q1 .n");
    same(shown(&w, "A.FR"), "2020 3 2021 4e");
    load(&w, "STRUCTURE,STRUCTURE_ID,ACTION,AREA\ndataflow,X:Y(1.0),D,DE\n", 3000);
    same(shown(&w, "A.DE"), "2020 .n 2021 .n");
    load(&w, "STRUCTURE,STRUCTURE_ID,ACTION\ndataflow,X:Y(1.0),D\n", 4000);
    same(shown(&w, "A.FR"), "2020 .n 2021 .n");
    end(&w);
}

TEST(a_deletion_stays_within_its_structure)
{
    world w;
    two_areas(&w);
    load(&w, "series,time,value\nmine,2020,1\n", 1000);
    load(&w, "STRUCTURE,STRUCTURE_ID,ACTION\ndataflow,X:Z(1.0),D\n", 2000);
    ok(w.notes == 1 && strstr(w.note, "1 deletion finds nothing"));
    load(&w, "STRUCTURE,STRUCTURE_ID,ACTION\ndataflow,X:Y(1.0),D\n", 2000);
    ok(w.notes == 0);
    same(shown(&w, "mine"), "2020 1");
    same(shown(&w, "A.DE"), "2020 .n 2021 .n");
    nf_series s;
    ok(nf_source_get(nf_store_source(w.store), w.c, "A.DE", 1500, &s) == 1 && s.y[0] == 1); /* what was known then */
    end(&w);
}

/* What a wildcard found must still be so when the load is committed. */
TEST(a_store_that_changes_meanwhile_refuses_the_load)
{
    world w = { .c = nf_ctx_new(NULL) };
    nf_store *other;
    nf_intake *in;
    nf_receipt r;
    size_t n;
    char path[] = "/tmp/nf_sdmx_XXXXXX", file[80];
    ok(mkdtemp(path) != NULL);
    snprintf(file, sizeof file, "%s/s.db", path);
    ok(!nf_store_open(w.c, &w.store, file, NF_STORE_CREATE));
    load(&w, HEAD ROW("I", "A,DE,2020,1,"), 1000);
    ok(!nf_intake_begin(w.c, &in, w.store, &(nf_intake_about){ .dataset = "d", .file = "f", .now = 9 }));
    ok(!nf_intake_take_back(in, "A.DE", (nf_period){ 0 }, NF_NOT_AVAILABLE, 2000, 1, &n) && n == 1);
    ok(!nf_store_open(w.c, &other, file, NF_STORE_WRITE));
    nf_store *mine = w.store;
    w.store = other;
    load(&w, HEAD ROW("I", "A,DE,2021,2,"), 1000);
    ok(nf_intake_finish(in, NULL, 0, &r) == NF_EIO);
    ok(strstr(nf_last(w.c)->what, "another load changed the store") != NULL);
    same(shown(&w, "A.DE"), "2020 1 2021 2");
    nf_store_close(mine);
    nf_store_close(other);
    nf_ctx_free(w.c);
    snprintf(file, sizeof file, "rm -r %s", path);
    ok(!system(file));
}

TEST(rows_of_attributes_alone_are_counted)
{
    world w;
    begin(&w);
    nf_receipt r = load(&w, "STRUCTURE,STRUCTURE_ID,ACTION,AREA,TIME_PERIOD,ATTR_1\ndataflow,X:Y(1.0),I,DE,2020,N\n"
                            "dataflow,X:Y(1.0),I,FR,2020,Y\n", 1000);
    ok(r.series == 0 && r.rows == 0 && w.notes == 1);
    same(w.note, "2 rows hold attributes alone: nothing to store");
    end(&w);
}

TEST(what_cannot_be_obeyed_is_refused)
{
    world w;
    nf_receipt r;
    begin(&w);
    nf_load_options o = { .now = 5000, .published = 1000 };
    load(
        &w,
        "STRUCTURE,STRUCTURE_ID,ACTION,SERIES_KEY,FREQ,AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X:Y(1.0),I,A.DE,A,DE,2020,1\n",
        1000);
    ok(load_at(&w, HEAD ROW("D", ",DE,,,"), &o, &r) == NF_EDATA && nf_last(w.c)->line == 2);
    ok(strstr(nf_last(w.c)->what, "SERIES_KEY") != NULL);
    same(shown(&w, "A.DE"), "2020 1");
    ok(load_at(&w, "STRUCTURE,STRUCTURE_ID,ACTION,DIM,MEAS\ndataflow,X,I,A,word\n", &o, &r) == NF_EDATA);
    ok(nf_last(w.c)->line == 2 && nf_last(w.c)->col == 5);
    ok(load_at(&w, "STRUCTURE,STRUCTURE_ID,ACTION,DIM,MEAS\ndataflow,X,I,A,5\n", &o, &r) == NF_EDATA);
    same(nf_last(w.c)->what, "no column holds times");
    load(&w, HEAD ROW("D", ",,,,"), 2000);
    same(shown(&w, "A.DE"), "2020 .n");
    end(&w);
}

/* Many figures, so that blocks and chunks are crossed; against a plain reading of the same rows. */
TEST(a_long_message_is_the_same_as_its_rows_one_by_one)
{
    world one, all;
    begin(&one);
    begin(&all);
    uint64_t seed = 7;
    static char text[400000];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", HEAD);
    for (int i = 0; i < 6000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        unsigned pick = (unsigned)(seed >> 33);
        int day = i < 3000 ? i : (int)(pick / 7 % 3000);
        char when[48];
        nf_period_text(when, (nf_period){ day, NF_DAY, 1 });
        const char *action = i < 3000 || pick % 3 ? "M" : pick % 2 ? "R" : "D";
        used += (size_t)snprintf(text + used, sizeof text - used, "dataflow,X:Y(1.0),%s,D,DE,%s,%s,%s\n", action, when,
                                 *action == 'D' ? ""
                                 : pick % 5     ? "1.5"
                                 : i < 3000     ? "2"
                                                : "",
                                 *action == 'D' ? ""
                                 : pick % 4     ? ""
                                                : "p");
    }
    load(&all, text, 1000);
    char *line = strchr(text, '\n') + 1, part[20000];
    for (int i = 0; i < 60; i++) {                           /* a hundred rows at a time */
        char *past = line;
        for (int k = 0; k < 100; k++) past = strchr(past, '\n') + 1;
        snprintf(part, sizeof part, "%s%.*s", HEAD, (int)(past - line), line);
        load(&one, part, 1000);
        line = past;
    }
    nf_series a, b;
    ok(nf_source_get(nf_store_source(all.store), all.c, "D.DE", 0, &a) == 1);
    ok(nf_source_get(nf_store_source(one.store), one.c, "D.DE", 0, &b) == 1);
    size_t missing = 0, compared = 0;
    for (size_t i = 0; i < b.t.n; i++) {
        size_t k;
        bool there = nf_axis_find(&a.t, nf_axis_at(&b.t, i), &k);
        unsigned status = b.status ? b.status[i] : 0;
        if (!there) {                                        /* it came and went within the message */
            ok(isnan(b.y[i]));
            missing++;
            continue;
        }
        compared++;
        ok((isnan(a.y[k]) && isnan(b.y[i])) || a.y[k] == b.y[i]);
        ok(isnan(a.y[k]) || (a.status ? a.status[k] : 0) == status);
    }
    ok(compared > 2000 && missing > 100);
    end(&one);
    end(&all);
}
