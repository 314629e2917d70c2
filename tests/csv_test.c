/* csv_test.c - bytes become cells exactly: quotes, lines, encodings, marks, limits. */
#include "readers/reading.h"
#include "test.h"
#include <csv.h>
#include <unistd.h>

typedef struct { char text[4096]; size_t n; long line[64]; } seen;

/* Cells in brackets, one record a line: [a][b] */
static int note(void *self, nf_ctx *c, const nf_record *r)
{
    seen *s = self;
    size_t at = strlen(s->text);
    (void)c;
    for (size_t i = 0; i < r->n && at < 4000; i++) {
        ok(strlen(r->cell[i]) == r->len[i]);
        at += (size_t)snprintf(s->text + at, sizeof s->text - at, "[%.60s]", r->cell[i]);
    }
    snprintf(s->text + at, sizeof s->text - at, "\n");
    if (s->n < 64) s->line[s->n] = r->line;
    s->n++;
    return NF_OK;
}

static const char *file_of(const char *bytes, size_t n)
{
    static char path[64];
    strcpy(path, "/tmp/nf_csv_XXXXXX");
    int fd = mkstemp(path);
    ok(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && !close(fd));
    return path;
}

static bool reading_ahead;                       /* with the second thread */

static int each(nf_ctx *c, nf_text_file *t, char delimiter, bool exact, seen *s)
{
    nf_csv csv = { t, "f", delimiter, exact };
    return reading_ahead ? nf_csv_each_ahead(c, &csv, note, s) : nf_csv_each(c, &csv, note, s);
}

static int read_all(nf_ctx *c, const char *bytes, size_t n, char delimiter, bool exact, const char *encoding, seen *s)
{
    const char *path = file_of(bytes, n);
    nf_bytes *b = NULL;
    nf_text_file *t = NULL;
    *s = (seen){ 0 };
    int rc = nf_bytes_open(c, &b, path);
    if (!rc) rc = nf_text_open(c, &t, b, encoding, exact);
    if (!rc) rc = each(c, t, delimiter, exact, s);
    if (rc && t && nf_text_falls_back(c, t)) {
        *s = (seen){ 0 };
        rc = each(c, t, delimiter, exact, s);
    }
    nf_text_close(t);
    nf_bytes_close(b);
    unlink(path);
    return rc;
}

#define BYTES(literal) literal, sizeof literal - 1
#define gives(bytes_, exact, want) do { nf_ctx *c_ = nf_ctx_new(NULL); seen s_;                        \
    if (read_all(c_, BYTES(bytes_), ',', exact, NULL, &s_)) fail_msg("%s", nf_last(c_)->what);         \
    same(s_.text, want); nf_ctx_free(c_); } while (0)
#define refuses(bytes_, exact, at, words) do { nf_ctx *c_ = nf_ctx_new(NULL); seen s_;                 \
    ok(read_all(c_, BYTES(bytes_), ',', exact, NULL, &s_) == NF_EDATA);                                \
    if (nf_last(c_)->line != (at) || !strstr(nf_last(c_)->what, words))                              \
        fail_msg("%ld: %s", nf_last(c_)->line, nf_last(c_)->what);                                   \
    nf_ctx_free(c_); } while (0)

/* What libcsv makes of the text by itself: no place, no trimming of ours. */
typedef struct { seen *to; size_t cells; int last; bool bad; } judge;

static void judge_cell(void *text, size_t n, void *self)
{
    judge *j = self;
    size_t at = strlen(j->to->text);
    snprintf(j->to->text + at, sizeof j->to->text - at, "[%.*s]", (int)(n < 60 ? n : 60), (char *)text);
    j->cells++;
}

static void judge_record(int end, void *self)
{
    judge *j = self;
    bool second_half = !j->cells && end == '\n' && j->last == '\r';
    j->last = end;
    if (second_half) return;
    strcat(j->to->text, "\n");
    j->cells = 0;
    j->to->n++;
}

static int no_space(unsigned char c) { return c == 0; }

static bool judged(const char *text, char delimiter, bool exact, seen *s)
{
    struct csv_parser p;
    judge j = { .to = s };
    *s = (seen){ 0 };
    csv_init(&p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&p, (unsigned char)delimiter);
    if (exact) csv_set_space_func(&p, no_space);
    bool fine = csv_parse(&p, text, strlen(text), judge_cell, judge_record, &j) == strlen(text);
    fine = fine && !csv_fini(&p, judge_cell, judge_record, &j);
    csv_free(&p);
    return fine;
}

/* Most records are split by hand: the same must come out as from libcsv, and the same refusals. */
static void same_as_libcsv(const char *text, char delimiter, bool exact, bool twice)
{
    nf_ctx *c = nf_ctx_new(NULL);
    seen want, got, ahead;
    bool fine = judged(text, delimiter, exact, &want);
    int rc = read_all(c, text, strlen(text), delimiter, exact, "UTF-8", &got);
    long line = rc ? nf_last(c)->line : 0;
    if (fine != !rc) fail_msg("%s: %s", text, rc ? nf_last(c)->what : "taken");
    if (fine) same(got.text, want.text);
    nf_ctx_free(c);
    if (!twice) return;
    c = nf_ctx_new(NULL);
    reading_ahead = true;
    ok(read_all(c, text, strlen(text), delimiter, exact, "UTF-8", &ahead) == rc);
    reading_ahead = false;
    ok(!rc || nf_last(c)->line == line);
    same(ahead.text, got.text);
    ok(ahead.n == got.n && !memcmp(ahead.line, got.line, sizeof got.line));
    nf_ctx_free(c);
}

TEST(records_are_those_of_libcsv)
{
    static const char *const bits[] = { ",", ",", "\t", " ", "\n", "\r", "\r\n", "a", "12.5", ";", "2024-01-01T00:00",
                                        "约",
                                        "\"", "\"", "\"a b\"", ",\"a, b\",", "\"\"", "\"a\nb\"", ",\"1\"\n", "\",\"",
                                        "\"x\"\"y\"" };
    for_all(seed, 1500) {
        uint64_t state = seed;
        char text[1400] = "";
        size_t known = seed % 3 ? sizeof bits / sizeof *bits : 12;                       /* a third without any quote */
        for (size_t n = rnd(&state) % (seed % 2 ? 80 : 8); n--; ) strcat(text, bits[rnd(&state) % known]);
        if (rnd(&state) % 2) strcat(text, "\n");
        char delimiter = ",\t;"[rnd(&state) % 3];
        same_as_libcsv(text, delimiter, rnd(&state) % 2, seed % 16 == 0);
    }
}

/* Files of many packs: what is read ahead comes in order, ends where it is told to, and names the same line. */
static int until(void *self, nf_ctx *c, const nf_record *r)
{
    struct { size_t n, stop; uint64_t sum; int rc; } *u = self;
    for (size_t i = 0; i < r->n; i++)
        for (const char *s = r->cell[i]; *s; s++) u->sum = 31 * u->sum + (unsigned char)*s;
    u->sum += 7 * (uint64_t)r->line + r->n;
    if (++u->n != u->stop) return NF_OK;
    return u->rc < 0 ? nf_fail(c, u->rc, "enough") : u->rc;
}

TEST(a_second_thread_changes_nothing)
{
    size_t room = 3u << 20, n = 0;
    char *text = malloc(room);
    ok(text);
    for (uint64_t state = 1; n < room - 200; ) {
        bool quoted = rnd(&state) % 9 == 0;
        n += (size_t)snprintf(text + n, 100, quoted ? "\"a, \"\"b\n\",%u\n" : "%06u,2024-01-01T00:00,1.5\n",
                              (unsigned)rnd(&state) % 1000);
    }
    for (int turn = 0; turn < 12; turn++) {
        struct { size_t n, stop; uint64_t sum; int rc; } one =
            { 0, (size_t)(turn % 4) * 30011, 0, turn % 3 == 1 ? 1 : turn % 3 == 2 ? NF_EINVAL : 0 }, two = one;
        size_t size = n + (turn > 7 ? (size_t)snprintf(text + n, 100, turn > 9 ? "x\ny\"z\n" : "\"open") : 0);
        const char *path = file_of(text, size);
        nf_ctx *c = nf_ctx_new(NULL), *d = nf_ctx_new(NULL);
        nf_bytes *b;
        nf_text_file *t;
        ok(!nf_bytes_open(c, &b, path) && !nf_text_open(c, &t, b, NULL, false));
        int rc = nf_csv_each(c, &(nf_csv){ t, "f", ',', false }, until, &one);
        ok(!nf_text_rewind(c, t) && nf_csv_each_ahead(d, &(nf_csv){ t, "f", ',', false }, until, &two) == rc);
        ok(one.n == two.n && one.sum == two.sum);
        ok(!rc || (nf_last(c)->line == nf_last(d)->line && !strcmp(nf_last(c)->what, nf_last(d)->what)));
        ok(!rc || !strcmp(nf_last(c)->file, nf_last(d)->file));
        nf_text_close(t);
        nf_bytes_close(b);
        nf_ctx_free(c);
        nf_ctx_free(d);
        unlink(path);
    }
    free(text);
}

TEST(records_and_cells)
{
    gives("a,b\n1,2\n", true, "[a][b]\n[1][2]\n");
    gives("a,b\r\n1,2\r\n", true, "[a][b]\n[1][2]\n");
    gives("a,b\r1,2", true, "[a][b]\n[1][2]\n");
    gives("a,,\n,,b", true, "[a][][]\n[][][b]\n");
    gives("\"x, y\",\"say \"\"hi\"\"\",\"\"\n", true, "[x, y][say \"hi\"][]\n");
    gives("\"two\nlines\",\"r\r\nn\"\n", true, "[two\nlines][r\r\nn]\n");
    gives(" a , b \n", true, "[ a ][ b ]\n");
    gives(" a , \"b, c\" , \" d \"\n", false, "[a][b, c][ d ]\n");
    gives("a\n\n\nb\n", true, "[a]\n\n\n[b]\n");
    gives("a\r\n\r\nb\r\n", true, "[a]\n\n[b]\n");
    gives("", true, "");
}

TEST(a_record_knows_its_first_physical_line)
{
    nf_ctx *c = nf_ctx_new(NULL);
    seen s;
    ok(!read_all(c, BYTES("h\n\"a\n\n\nb\",\"c\r\nd\"\r\n\r\nx\n"), ',', true, NULL, &s));
    ok(s.n == 4 && s.line[0] == 1 && s.line[1] == 2 && s.line[2] == 7 && s.line[3] == 8);
    nf_ctx_free(c);
}

TEST(what_is_no_table_is_refused_at_its_line)
{
    refuses("a\nb\"c\n", true, 2, "quote inside a cell");
    refuses("a\n\"b\"c\n", true, 2, "text after a closing quote");
    refuses("a\nb\n\"c\nd\n", true, 3, "never closed");
    refuses("a\nb\n\xff\n", true, 3, "UTF-8");
    refuses("a\nb\xe7\x9f", true, 2, "character");
    refuses("a\n\xc0\xaf\n", true, 2, "UTF-8");
    refuses("a\n\xed\xa0\x80\n", true, 2, "UTF-8");
    refuses("a\n\xf4\x90\x80\x80\n", true, 2, "UTF-8");
    refuses("a\nb\0c\n", true, 2, "NUL");
    refuses("a\nb\0c\n", false, 2, "NUL");
}

TEST(encodings_are_seen_by_the_whole_file)
{
    gives("\xef\xbb\xbf" "a,b\n", true, "[a][b]\n");
    gives("a\n\xef\xbb\xbf" "b\n\xef\xbb\xbf\"c\"\n", false, "[a]\n[b]\n[c]\n");
    gives("\xca\xaf\xbc\xd2\xd7\xaf,1\n", false, "[石家庄][1]\n");                   /* GB18030 */
    gives("\xff\xfe" "a\0,\0\x22\x6b\n\0", false, "[a][欢]\n");                      /* UTF-16LE */
    gives("\xfe\xff" "\0a\0,\0b\0\n", false, "[a][b]\n");
    refuses("\xff\xfe" "a\0\n\0", true, 1, "UTF-8");
    nf_ctx *c = nf_ctx_new(NULL);
    seen s;
    ok(!read_all(c, BYTES("\xa5\xdb,\xe9\n"), ',', false, "BIG5", &s) || nf_last(c)->err == NF_EDATA);
    ok(!read_all(c, BYTES("\x80,\xe9\n"), ',', false, "WINDOWS-1252", &s));
    same(s.text, "[€][é]\n");
    ok(read_all(c, BYTES("a\n"), ',', false, "klingon", &s) == NF_EINVAL);
    nf_ctx_free(c);
}

/* Every offset round the end of a block of reading. */
static int last_only(void *self, nf_ctx *c, const nf_record *r)
{
    (void)c;
    snprintf(self, 100, "%s|%s", r->cell[0], r->n > 1 ? r->cell[1] : "");
    return NF_OK;
}

TEST(a_mark_or_character_across_a_block_is_whole)
{
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t shift = 0; shift < 40; shift++) {
        static char text[600000];
        size_t fill = (1u << 18) - 24 + shift;
        memset(text, 'x', fill);
        text[fill - 1] = '\n';
        strcpy(text + fill, "\xef\xbb\xbf石家庄,\"a\"\"b\"");
        const char *path = file_of(text, strlen(text));
        char got[100];
        ok(!nf_csv_file(c, path, last_only, got));
        same(got, "石家庄|a\"b");
        unlink(path);
    }
    nf_ctx_free(c);
}

TEST(sizes_have_limits)
{
    nf_ctx *c = nf_ctx_new(NULL);
    seen s;
    size_t n = 20u << 20;
    char *text = malloc(n);
    ok(text);
    memset(text, 'a', n);
    ok(read_all(c, text, n, ',', true, NULL, &s) == NF_EDATA && nf_last(c)->line == 1);
    ok(strstr(nf_last(c)->what, "1 MiB"));
    memset(text, ',', n);
    ok(read_all(c, text, n, ',', true, NULL, &s) == NF_EDATA && strstr(nf_last(c)->what, "4096 columns"));
    for (size_t i = 0; i < n; i++) text[i] = i % 1000000 ? 'a' : ',';
    ok(read_all(c, text, n, ',', true, NULL, &s) == NF_EDATA && strstr(nf_last(c)->what, "16 MiB"));
    memset(text, 'a', 1 << 20);
    ok(!read_all(c, text, 1 << 20, ',', true, NULL, &s) && s.n == 1);
    free(text);
    nf_ctx_free(c);
}

TEST(the_hash_is_that_of_the_bytes)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_bytes *b;
    char hex[65], room[8];
    size_t got;
    const char *path = file_of("abc", 3);
    ok(!nf_bytes_open(c, &b, path));
    nf_bytes_hashed(b);
    ok(!nf_bytes_read(c, b, room, 8, &got) && got == 3);
    nf_bytes_sha256(b, hex);                     /* FIPS 180-2, appendix B.1 */
    same(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    nf_bytes_close(b);
    unlink(path);
    ok(nf_bytes_open(c, &b, "/nonexistent/x.csv") == NF_ENOTFOUND);
    same(nf_last(c)->file, "/nonexistent/x.csv");
    ok(nf_bytes_open(c, &b, "/tmp") == NF_EIO);
    nf_ctx_free(c);
}
