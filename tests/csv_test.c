/* csv_test.c - bytes become cells exactly: quotes, lines, encodings, marks, limits. */
#include "reading.h"
#include "test.h"
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

static int read_all(nf_ctx *c, const char *bytes, size_t n, char delimiter, bool exact, const char *encoding, seen *s)
{
    const char *path = file_of(bytes, n);
    nf_bytes *b = NULL;
    nf_text_file *t = NULL;
    *s = (seen){ 0 };
    int rc = nf_bytes_open(c, &b, path);
    if (!rc) rc = nf_text_open(c, &t, b, encoding, exact);
    if (!rc) rc = nf_csv_each(c, t, "f", delimiter, exact, note, s);
    if (rc && t && nf_text_falls_back(c, t)) {
        *s = (seen){ 0 };
        rc = nf_csv_each(c, t, "f", delimiter, exact, note, s);
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

/* A quote anywhere in the block hands the whole block to libcsv: the same records must come out without it. */
TEST(lines_without_quotes_are_split_as_libcsv_does)
{
    static const char *const bits[] = { ",", ",", "\t", " ", "\n", "\r", "\r\n", "a", "12.5", ";", "2024-01-01T00:00", "约" };
    for_all(seed, 400) {
        uint64_t state = seed;
        char text[1024] = "", quoted[1040], want[4096 + 8];
        seen fast, slow;
        nf_ctx *c = nf_ctx_new(NULL);
        for (size_t n = rnd(&state) % 80; n--; ) strcat(text, bits[rnd(&state) % (sizeof bits / sizeof *bits)]);
        strcat(text, "\n");
        snprintf(quoted, sizeof quoted, "%s\"q\"\n", text);
        char delimiter = ",\t;"[rnd(&state) % 3];
        bool exact = rnd(&state) % 2;
        ok(!read_all(c, text, strlen(text), delimiter, exact, "UTF-8", &fast));
        ok(!read_all(c, quoted, strlen(quoted), delimiter, exact, "UTF-8", &slow));
        snprintf(want, sizeof want, "%s[q]\n", fast.text);
        same(slow.text, want);
        ok(slow.n == fast.n + 1 && !memcmp(slow.line, fast.line, (fast.n < 63 ? fast.n : 63) * sizeof *fast.line));
        nf_ctx_free(c);
    }
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
