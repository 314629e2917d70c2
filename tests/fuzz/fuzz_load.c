/* fuzz_load.c - bytes into the loader: tables, workbooks, data packages. One source, three engines.
 *
 *   libFuzzer  clang -fsanitize=fuzzer,address,undefined ... fuzz_load.c     ./fuzz_load -max_len=4096 seeds/
 *   AFL++      afl-clang-fast -DNF_FUZZ_FILES ... ; afl-fuzz -i seeds -o out -- ./fuzz_load @@
 *   replay     cc -DNF_FUZZ_FILES ... ; ./fuzz_load seeds/...                (a test of every build)
 *
 * Held beside the sanitizers: an error names a place inside the file; what loads holds finite values or missing ones
 * under names that are there; strict mode takes nothing that the lenient mode refuses for its structure. */
#include "fuzz.h"
#include "datasets.h"
#include <math.h>
#include <sys/mman.h>

static void walk(nf_ctx *c, nf_source source)
{
    nf_cursor cur;
    nf_series s;
    if (source.find(source.self, c, &(nf_query){ 0 }, &cur)) return;
    while (cur.next(cur.cur, c, &s) == 1) {
        must(s.meta->key && *s.meta->key && nf_utf8_valid(s.meta->key, strlen(s.meta->key), NULL),
             "a series without a name");
        for (size_t i = 0; i < s.t.n; i++) must(!isinf(s.y[i]), "an infinite value");
    }
    cur.close(cur.cur);
}

static int load(const char *path, bool strict, long lines)
{
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    if (!c) return 0;
    int rc = nf_file_source(c, &source, path, &(nf_load_options){ .strict = strict, .published = 1 });
    if (rc)
        must(nf_last(c)->what && nf_last(c)->file && nf_last(c)->line <= lines, "an error without a place in the file");
    else walk(c, source), nf_file_source_close(source);
    nf_ctx_free(c);
    return rc;
}

static void package(const uint8_t *bytes, size_t n)
{
    static const char table[] = "station,month,pm\nA,2024-01,1\nA,2024-02,2\n";
    static char path[64];
    if (!*path) {
        fuzz_write(fuzz_path(path, "a.csv"), table, sizeof table - 1);
        fuzz_path(path, "datapackage.json");
    }
    fuzz_write(path, bytes, n);
    load(path, false, 1L << 40);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char path[64];
    long lines = 2;
    int fd = memfd_create("fuzz", 0);
    must(fd >= 0 && write(fd, bytes, n) == (ssize_t)n, "no memory file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == 0x85 || bytes[i] == 0x0a;
    bool book = n > 4 && !memcmp(bytes, "PK\3\4", 4);
    load(path, false, book ? 1L << 40 : lines);
    if (!book) load(path, true, lines);
    close(fd);
    if (n && *bytes == '{') package(bytes, n);
    return 0;
}
