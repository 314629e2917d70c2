/* fuzz_load.c - bytes as a file of any kind, the whole way: into a store in memory and back, or its series out.
 *
 * Held beside the sanitizers: an error names a place inside the file; what loads holds finite values or missing ones
 * under names that are there. */
#include "fuzz.h"
#include <math.h>

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

static void load(const char *path, bool strict, bool out, long lines)
{
    nf_load_options o = { .strict = strict, .published = 1, .dry_run = !out };
    nf_ctx *c = fuzz_ctx();
    nf_source source;
    int rc = out ? nf_file_source(c, &source, path, &o) : nf_load(c, fuzz_store(), path, &o, NULL);
    if (rc)
        must(nf_last(c)->what && nf_last(c)->file && nf_last(c)->line <= lines, "an error without a place in the file");
    else if (out) walk(c, source), nf_file_source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const char *path = fuzz_memory(0, bytes, n);
    long lines = 2;
    for (size_t i = 0; i < n; i++) lines += bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == 0x85;
    uint8_t way = n ? bytes[n - 1] : 0;
    bool book = n > 4 && !memcmp(bytes, "PK\3\4", 4);
    load(path, way & 1 && !book, n % 16 == 0, book ? 1L << 40 : lines);
    return 0;
}
