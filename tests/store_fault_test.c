/* store_fault_test.c - what a store refuses: foreign, damaged, hostile and contradicting things; and what it
 * survives. */
#include "store/store.h"
#include "store_world.h"
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

typedef struct { unsigned char *byte; size_t n; } bytes;

static bytes file_read(const char *path)
{
    FILE *f = fopen(path, "rb");
    bytes b = { malloc(1 << 22), 0 };
    ok(f != NULL);
    b.n = fread(b.byte, 1, 1 << 22, f);
    fclose(f);
    return b;
}

static void file_write(const char *path, bytes b)
{
    FILE *f = fopen(path, "wb");
    ok(f && fwrite(b.byte, 1, b.n, f) == b.n && !fclose(f));
}

/* Refused in every mode, with words, and not one byte of it changed. */
static void refused(const char *path, nf_err want)
{
    bytes before = file_read(path);
    for (int mode = NF_STORE_READ; mode <= NF_STORE_CREATE; mode++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *s;
        int rc = nf_store_open(c, &s, path, (nf_store_mode)mode);
        if (rc != want) fail_msg("mode %d: %s, %s", mode, nf_err_name(rc), rc ? nf_last(c)->what : "");
        ok(!s && nf_last(c)->hint && strstr(nf_last(c)->file, "/tmp/"));
        nf_ctx_free(c);
    }
    bytes after = file_read(path);
    ok(before.n == after.n && !memcmp(before.byte, after.byte, before.n));
    free(before.byte);
    free(after.byte);
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    char *why = NULL;
    ok(!sqlite3_open(path, &db));
    if (sqlite3_exec(db, text, NULL, NULL, &why)) fail_msg("%s", why);
    sqlite3_close(db);
}

/* A store with a random world in it; three loads, so that there is a past. */
static world *world_stored(const char *path, uint64_t seed)
{
    uint64_t r = seed * 101 + 9;
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_receipt receipt;
    world *w = world_new(&r);
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    for (int i = 0; i < 3; i++) world_load(w, c, s, &r, 3000, &receipt);
    nf_store_close(s);
    nf_ctx_free(c);
    return w;
}

TEST(reading_makes_nothing_and_says_how_a_store_comes_to_be)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    const char *path = scratch_path("none.db");
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_ENOTFOUND && nf_last(c)->hint);
    ok(nf_store_open(c, &s, path, NF_STORE_WRITE) == NF_ENOTFOUND);
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    nf_store_close(s);                                           /* opened to write, but nothing written */
    ok(access(path, F_OK) != 0);
    ok(nf_store_open(c, &s, "/tmp", NF_STORE_READ) == NF_EINVAL);
    ok(nf_store_open(c, &s, "/tmp/no/such/folder/x.db", NF_STORE_CREATE) == NF_EIO
       && strstr(nf_last(c)->what, "/tmp/no/such"));
    ok(nf_store_open(c, &s, "/dev/null", NF_STORE_CREATE) == NF_EINVAL);
    ok(nf_store_open(c, &s, "", NF_STORE_READ) == NF_EINVAL);
    nf_ctx_free(c);
}

TEST(files_of_others_are_refused_untouched)
{
    const char *path = scratch_path("foreign.db");
    file_write(path, (bytes){ (unsigned char *)"series,time,value\na,2020,1\n", 28 });
    refused(path, NF_EDATA);
    unlink(path);
    sql(path, "CREATE TABLE mine(x); INSERT INTO mine VALUES(1)");
    refused(path, NF_EDATA);
}

TEST(newer_formats_and_added_tables_views_and_triggers_are_refused)
{
    static const char *const added[] = {
        "PRAGMA user_version=99", "PRAGMA user_version=0", "CREATE TABLE more(x)",
        "CREATE VIEW v AS SELECT * FROM series",
        "CREATE TRIGGER t AFTER INSERT ON load BEGIN DELETE FROM load; END", "DROP TRIGGER ledger_is_never_shortened",
        "CREATE INDEX i ON load(file)", "DROP TABLE judgement",
        "DROP TRIGGER ledger_is_never_shortened; CREATE TRIGGER t AFTER INSERT ON load BEGIN DELETE FROM load; END" };
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        const char *path = scratch_path("hostile.db");
        world_free(world_stored(path, 1));
        sql(path, added[i]);
        refused(path, NF_EDATA);
    }
}

/* ---- damage ---- */

typedef struct { int rc; uint64_t sum; } answer;

static void mix(answer *a, const void *data, size_t n)
{
    for (size_t i = 0; i < n; i++) a->sum = (a->sum ^ ((const unsigned char *)data)[i]) * 0x100000001b3u;
}

static int ask_all(nf_ctx *c, nf_store *s, int64_t known, answer *a)
{
    nf_cursor cur;
    nf_series out;
    nf_source from = nf_store_source(s);
    int rc = from.find(from.self, c, &(nf_query){ .known = known }, &cur);
    if (rc) return rc;
    while ((rc = cur.next(cur.cur, c, &out)) > 0) {
        mix(a, out.meta->key, strlen(out.meta->key));
        mix(a, out.meta->unit, strlen(out.meta->unit));
        mix(a, &out.meta->known, sizeof out.meta->known);
        mix(a, out.y, out.t.n * sizeof *out.y);
        for (size_t i = 0; i < out.t.n; i++) {
            nf_period p = world_period(&out, i);
            mix(a, &p, sizeof p);
            if (out.status) mix(a, &out.status[i], sizeof *out.status);
        }
    }
    cur.close(cur.cur);
    return rc;
}

static answer answer_of(const char *path)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    answer a = { .sum = 1 };
    a.rc = nf_store_open(c, &s, path, NF_STORE_READ);
    if (!a.rc) a.rc = ask_all(c, s, 0, &a);
    if (!a.rc) a.rc = ask_all(c, s, 1005000, &a);
    nf_store_close(s);
    nf_ctx_free(c);
    return a;
}

static void damage(bytes *b, uint64_t *r)
{
    enum { PAGE = 16384 };
    size_t at = rnd(r) % b->n, pages = b->n / PAGE, p = rnd(r) % pages, q = rnd(r) % pages;
    unsigned char swap[PAGE];
    switch (rnd(r) % 5) {
    case 0: case 1: b->byte[at] ^= (unsigned char)(1 << rnd(r) % 8); break;
    case 2: memset(b->byte + p * PAGE, 0, PAGE); break;
    case 3: b->n = at; break;
    default:
        memcpy(swap, b->byte + p * PAGE, PAGE);
        memcpy(b->byte + p * PAGE, b->byte + q * PAGE, PAGE);
        memcpy(b->byte + q * PAGE, swap, PAGE);
    }
}

TEST(a_damaged_file_never_answers_wrongly)
{
    char path[256];
    snprintf(path, sizeof path, "%s", scratch_path("damage.db"));
    world_free(world_stored(path, 3));
    bytes whole = file_read(path), b = { malloc(whole.n), 0 };
    answer want = answer_of(path);
    ok(want.rc == 0);
    int refusals = 0;
    for_all(seed, 300) {
        uint64_t r = seed * 7 + 2;
        b.n = whole.n;
        memcpy(b.byte, whole.byte, whole.n);
        damage(&b, &r);
        file_write(path, b);
        answer got = answer_of(path);
        if (!got.rc && got.sum != want.sum) fail_msg("CASE=%llu answers wrongly", (unsigned long long)seed);
        refusals += got.rc < 0;
    }
    ok(refusals > 100);
    free(whole.byte);
    free(b.byte);
}

/* ---- verify and backup ---- */

/* Rows are kept apart: who lists gives back between rows what it took from its own context. */
static nf_ctx *apart;
__attribute__((destructor)) static void apart_free(void) { nf_ctx_free(apart); }
static nf_rows rows_apart(void)
{
    if (!apart) apart = nf_ctx_new(NULL);
    return (nf_rows){ .ctx = apart };
}

TEST(verify_names_the_series_whose_chunk_is_damaged_and_a_backup_is_the_same_store)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_rows found = rows_apart();
    struct stat st;
    char path[256], copy[300];
    snprintf(path, sizeof path, "%s", scratch_path("verify.db"));
    snprintf(copy, sizeof copy, "%s.backup", path);
    world_free(world_stored(path, 4));
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK);
    ok(nf_store_verify(c, s, nf_sink_rows(&found)) == NF_OK && found.n == 0);
    ok(!chmod(path, 0600) && nf_store_backup(c, s, copy) == NF_OK);
    ok(!stat(copy, &st) && (st.st_mode & 0777) == 0600);         /* as private as the store */
    ok(nf_store_backup(c, s, copy) == NF_EINVAL);                /* overwrites nothing */
    ok(answer_of(copy).sum == answer_of(path).sum);
    snprintf(copy, sizeof copy, "file:nf-%d?mode=memory", (int)getpid());        /* no URI: the name of a file */
    ok(!chdir("/tmp") && nf_store_backup(c, s, copy) == NF_OK && !unlink(copy));
    nf_store_close(s);
    sql(path, "UPDATE chunk SET data = zeroblob(length(data)) WHERE id = (SELECT min(id) FROM chunk)");
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK);
    ok(nf_store_verify(c, s, nf_sink_rows(&found)) == NF_EDATA && found.n == 1);
    ok(strstr(found.row[0][1].s, "checksum"));
    ok(nf_store_backup(c, s, scratch_path("bad.backup")) == NF_EDATA && access(scratch_path("bad.backup"), F_OK));
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(a_row_changed_behind_our_back_is_noticed)
{
    static const char *const change[] = {
        "UPDATE series SET unit = 't'", "DELETE FROM series WHERE id = 1",
        "UPDATE chunk SET first = first - 1 WHERE id = 1",
        "DELETE FROM chunk WHERE id = 1", "UPDATE series SET known = known - 1 WHERE id = 2",
        "UPDATE chunk SET series = 2, first = -9000 WHERE id = 1", "DELETE FROM store", "DELETE FROM origin",
        "UPDATE origin SET publisher = 'x' || publisher",
        "UPDATE series SET data = zeroblob(9) WHERE data IS NOT NULL OR id = 3" };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        const char *path = scratch_path("changed.db");
        world_free(world_stored(path, 5));
        sql(path, change[i]);
        if (answer_of(path).rc != NF_EDATA) fail_msg("unnoticed: %s", change[i]);
    }
}

/* ---- loads that contradict ---- */

typedef struct { nf_ctx *c; nf_store *s; nf_intake *in; uint32_t h; nf_receipt r; } loading;

static loading load_begin(nf_ctx *c, nf_store *s, const char *policy, nf_freq freq, const char *unit, bool synthetic)
{
    loading l = { .c = c, .s = s };
    ok(nf_intake_begin(c, &l.in, s, &(nf_intake_about){ .dataset = "d", .file = "d.csv", .duplicates = policy,
                                                        .now = 1 }) == NF_OK);
    ok(nf_intake_series(l.in, &(nf_meta){ .key = "x", .unit = unit, .synthetic = synthetic }, freq, &l.h) == NF_OK);
    return l;
}

static void put(loading *l, int year, double v, int64_t line)
{
    ok(nf_intake_put(l->in, l->h, (nf_period){ year, NF_YEAR, 1 }, v, 0, 100, line) == NF_OK);
}

static int finish(loading *l) { return nf_intake_finish(l->in, NULL, 0, &l->r); }

static double value_of(nf_ctx *c, nf_store *s)
{
    nf_series out;
    return nf_source_get(nf_store_source(s), c, "x", 0, &out) == 1 ? out.y[0] : NAN;
}

TEST(two_figures_for_one_period_are_refused_or_settled_as_asked)
{
    static const struct { const char *policy; double value; } way[] = { { "first", 1 }, { "last", 4 }, { "mean", 2 } };
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    loading l = load_begin(c, s, NULL, NF_YEAR, "t", false);
    put(&l, 2020, 1, 2);
    put(&l, 2021, 5, 3);
    put(&l, 2020, 2, 4);
    ok(finish(&l) == NF_EDATA && nf_last(c)->line == 4 && strstr(nf_last(c)->hint, "line 2"));
    same(nf_last(c)->file, "d.csv");
    same(nf_last(c)->what, "series 'x' has two figures for 2020: 1 and 2");
    ok(nf_store_count(s) == 0);
    nf_store_close(s);
    for (size_t i = 0; i < 3; i++) {
        ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
        l = load_begin(c, s, way[i].policy, NF_YEAR, "t", false);
        put(&l, 2020, 1, 2);
        put(&l, 2020, 1, 3);
        put(&l, 2020, 4, 4);
        ok(finish(&l) == NF_OK && l.r.duplicates == 2 && l.r.added == 1);
        near(value_of(c, s), way[i].value, 0);
        nf_store_close(s);
    }
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    l = load_begin(c, s, "refuse", NF_YEAR, "t", false);
    put(&l, 2020, 1, 2);
    put(&l, 2020, 1, 3);
    ok(finish(&l) == NF_EDATA);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(another_unit_frequency_or_origin_than_the_stored_one_is_refused)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    loading l = load_begin(c, s, NULL, NF_YEAR, "t", false);
    put(&l, 2020, 1, 2);
    ok(finish(&l) == NF_OK);
    l = load_begin(c, s, NULL, NF_YEAR, "kg", false);
    put(&l, 2021, 1, 2);
    ok(finish(&l) == NF_EDATA && strstr(nf_last(c)->what, "unit"));
    l = load_begin(c, s, NULL, NF_YEAR, "t", true);
    put(&l, 2021, 1, 2);
    ok(finish(&l) == NF_EDATA && strstr(nf_last(c)->what, "synthetic"));
    l = load_begin(c, s, NULL, NF_MONTH, "t", false);
    ok(nf_intake_put(l.in, l.h, (nf_period){ 2021, NF_YEAR, 1 }, 1, 0, 1, 7) == NF_EDATA && nf_last(c)->line == 7);
    ok(nf_intake_put(l.in, l.h, (nf_period){ 24252, NF_MONTH, 1 }, INFINITY, 0, 1, 8) == NF_EDATA);
    ok(nf_intake_put(l.in, l.h, (nf_period){ 24252, NF_MONTH, 1 }, 1, 0, 1, 9) == NF_OK);
    ok(finish(&l) == NF_EDATA && strstr(nf_last(c)->what, "frequency"));
    nf_series kept;
    ok(nf_source_get(nf_store_source(s), c, "x", 0, &kept) == 1 && kept.t.start.freq == NF_YEAR);
    same(kept.meta->unit, "t");
    ok(nf_source_get(nf_store_source(s), c, "y", 0, &kept) == 0);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(dry_runs_and_aborted_loads_leave_nothing)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    const char *path = scratch_path("dry.db");
    nf_intake *in;
    uint32_t h;
    nf_receipt r;
    ok(nf_store_open(c, &s, path, NF_STORE_CREATE) == NF_OK);
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "d", .file = "d.csv", .dry_run = true }) == NF_OK);
    ok(nf_intake_series(in, &(nf_meta){ .key = "x" }, NF_YEAR, &h) == NF_OK);
    ok(nf_intake_put(in, h, (nf_period){ 2020, NF_YEAR, 1 }, 1, 0, 1, 2) == NF_OK);
    ok(nf_intake_finish(in, NULL, 0, &r) == NF_OK && r.added == 1);
    ok(nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "d", .file = "d.csv" }) == NF_OK);
    nf_intake_abort(in);
    ok(nf_store_count(s) == 0 && access(path, F_OK) != 0);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(rows_left_out_are_kept_with_line_and_reason_and_the_same_file_again_writes_nothing)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_rows list = rows_apart();
    uint8_t sha[32] = { 1, 2 };
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    for (int i = 0; i < 2; i++) {
        loading l = load_begin(c, s, NULL, NF_YEAR, "t", false);
        put(&l, 2020, 1, 2);
        ok(nf_intake_reject(l.in, 3, "'abc' is not a number", "x,2021,abc", 10) == NF_OK);
        ok(nf_intake_finish(l.in, sha, 99, &l.r) == NF_OK && l.r.rejected == 1);
    }
    ok(nf_store_list(c, s, "vintages", 0, nf_sink_rows(&list)) == NF_OK && list.n == 1);
    list = rows_apart();
    ok(nf_store_list(c, s, "rejects", 0, nf_sink_rows(&list)) == NF_OK && list.n == 1);
    ok(list.row[0][2].i == 3);
    same(list.row[0][4].s, "x,2021,abc");
    ok(nf_store_list(c, s, "serie", 0, nf_sink_rows(&list)) == NF_ENOTFOUND && strstr(nf_last(c)->hint, "series"));
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(explain_tells_every_version_with_its_line)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_rows list = rows_apart();
    ok(nf_store_open(c, &s, ":memory:", NF_STORE_CREATE) == NF_OK);
    for (int i = 0; i < 2; i++) {
        loading l = load_begin(c, s, NULL, NF_YEAR, "t", false);
        ok(nf_intake_put(l.in, l.h, (nf_period){ 2020, NF_YEAR, 1 }, 10 + i, 0, 100 * (i + 1), 7 + i) == NF_OK);
        ok(finish(&l) == NF_OK);
    }
    ok(nf_store_explain(c, s, "x", (nf_period){ 2020, NF_YEAR, 1 }, 0, nf_sink_rows(&list)) == NF_OK && list.n == 2);
    ok(list.row[0][2].f == 11 && list.row[0][5].i == 1 && list.row[0][11].i == 8);
    ok(list.row[1][2].f == 10 && list.row[1][5].i == 0 && list.row[1][11].i == 7);
    list = rows_apart();
    ok(nf_store_explain(c, s, "x", (nf_period){ 2020, NF_YEAR, 1 }, 150, nf_sink_rows(&list)) == NF_OK && list.n == 1);
    ok(nf_store_explain(c, s, "x", (nf_period){ 2021, NF_YEAR, 1 }, 0, nf_sink_rows(&list)) == NF_ENOTFOUND);
    ok(nf_store_explain(c, s, "x", (nf_period){ 24240, NF_MONTH, 1 }, 0, nf_sink_rows(&list)) == NF_ENOTFOUND
       && nf_last(c)->hint);
    ok(nf_store_explain(c, s, "y", (nf_period){ 2020, NF_YEAR, 1 }, 0, nf_sink_rows(&list)) == NF_ENOTFOUND);
    nf_store_close(s);
    nf_ctx_free(c);
}

/* ---- several programs, and killed ones ---- */

static int one_load(const char *path, int id, int rows)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    nf_intake *in;
    uint32_t h;
    nf_receipt r;
    char key[32];
    snprintf(key, sizeof key, "writer-%d", id);
    int rc = nf_store_open(c, &s, path, NF_STORE_CREATE);
    if (!rc) rc = nf_intake_begin(c, &in, s, &(nf_intake_about){ .dataset = "d", .file = key, .now = 1 });
    if (!rc) rc = nf_intake_series(in, &(nf_meta){ .key = key }, NF_HOUR, &h);
    for (int i = 0; i < rows && !rc; i++)
        rc = nf_intake_put(in, h, (nf_period){ i, NF_HOUR, 1 }, (i * 7919 % 1000) / 10.0, 0, 1, i);
    if (!rc) rc = nf_intake_finish(in, NULL, 0, &r);
    nf_store_close(s);
    nf_ctx_free(c);
    return rc;
}

TEST(what_was_loaded_is_no_other_load_and_none_is_lost)
{
    static const char *const change[] = { "UPDATE load SET file = 'other.csv'", "DELETE FROM load",
                                          "UPDATE load SET id = id + 9" };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *s;
        nf_rows list = rows_apart();
        const char *path = scratch_path("loads.db");
        ok(one_load(path, 0, 1) == NF_OK);
        sql(path, change[i]);
        ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK);
        ok(nf_store_log(c, s, nf_sink_rows(&list)) == NF_EDATA);
        ok(nf_store_explain(c, s, "writer-0", (nf_period){ 0, NF_HOUR, 1 }, 0, nf_sink_rows(&list)) == NF_EDATA);
        nf_store_close(s);
        nf_ctx_free(c);
    }
}

TEST(writers_queue_and_none_is_lost)
{
    enum { WRITERS = 4 };
    const char *path = scratch_path("writers.db");
    pid_t pid[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        if (!(pid[i] = fork())) _exit(one_load(path, i, 5000) ? 1 : 0);
    for (int i = 0; i < WRITERS; i++) {
        int status;
        ok(waitpid(pid[i], &status, 0) == pid[i] && WIFEXITED(status) && !WEXITSTATUS(status));
    }
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *s;
    ok(nf_store_open(c, &s, path, NF_STORE_READ) == NF_OK && nf_store_count(s) == WRITERS);
    ok(nf_store_verify(c, s, nf_sink_rows(&(nf_rows){ .ctx = rows_apart().ctx })) == NF_OK);
    nf_store_close(s);
    nf_ctx_free(c);
}

TEST(a_killed_load_leaves_the_store_as_it_was_or_as_it_should_be)
{
    const char *path = scratch_path("killed.db");
    int loads = 0;
    for (int i = 0; i < 12; i++) {
        pid_t pid = fork();
        if (!pid) _exit(one_load(path, i, 200000) ? 1 : 0);
        usleep((useconds_t)(3000 * i));
        kill(pid, SIGKILL);
        int status;
        ok(waitpid(pid, &status, 0) == pid);
        bool done = WIFEXITED(status) && !WEXITSTATUS(status);
        nf_ctx *c = nf_ctx_new(NULL);
        nf_store *s;
        int rc = nf_store_open(c, &s, path, NF_STORE_READ);
        if (rc && rc != NF_ENOTFOUND) fail_msg("run %d: %s", i, nf_last(c)->what);
        int now = rc ? 0 : (int)nf_store_count(s);
        ok(now == loads || now == loads + 1);
        if (done) ok(now == loads + 1);
        loads = now;
        if (!rc) ok(nf_store_verify(c, s, nf_sink_rows(&(nf_rows){ .ctx = rows_apart().ctx })) == NF_OK);
        nf_store_close(s);
        nf_ctx_free(c);
    }
}
