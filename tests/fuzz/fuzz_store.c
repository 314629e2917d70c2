/* fuzz_store.c - bytes as damage to a store: triples (page, place, value) over a sound image. Whatever is opened is
 * read to its end: the right figures or a refusal, never others. */
#include "fuzz.h"
#include <fcntl.h>

enum { MOST = 256 };                             /* damages at once */

static uint8_t *sound;
static size_t size;
static uint64_t right;
static char path[64];

/* A hash of every figure; *rc < 0: the store refused. */
static uint64_t figures(int *rc)
{
    nf_ctx *c = fuzz_ctx();
    nf_store *store = NULL;
    nf_cursor cur;
    nf_series s;
    uint64_t h = 1469598103934665603u, bits;
    *rc = nf_store_open(c, &store, path, NF_STORE_READ);
    nf_source source = *rc ? (nf_source){ 0 } : nf_store_source(store);
    if (!*rc) *rc = source.find(source.self, c, &(nf_query){ 0 }, &cur);
    if (!*rc) {
        while ((*rc = cur.next(cur.cur, c, &s)) == 1) {
            for (const char *k = s.meta->key; *k; k++) h = (h ^ (uint8_t)*k) * 1099511628211u;
            for (const char *k = s.meta->source; *k; k++) h = (h ^ (uint8_t)*k) * 1099511628211u;
            for (size_t i = 0; i < s.t.n; i++) {
                memcpy(&bits, s.y + i, sizeof bits);
                h = (h ^ bits ^ (uint64_t)nf_axis_at(&s.t, i).ord) * 1099511628211u;
            }
        }
        cur.close(cur.cur);
    }
    if (*rc < 0) must(nf_last(c)->what != NULL, "refused without a word");
    nf_store_close(store);
    return h;
}

static void build(void)
{
    char table[64];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_store *store;
    nf_receipt receipt;
    int rc;
    FILE *f = fopen(fuzz_path(table, "a.csv"), "w");
    must(f && c, "no room");
    fputs("series,time,value,publisher\n", f);
    for (int i = 0; i < 300; i++)
        fprintf(f, "s%d,%d-%02d,%d.%d,%s\n", i / 60, 2010 + i % 60 / 12, i % 12 + 1, i * 37 % 91, i % 7,
                i < 70 ? "A" : "B");
    for (int i = 0; i < 400; i++) fprintf(f, "years,%d,%d,%s\n", 1600 + i, i * 53 % 1009, i % 9 ? "" : "C");
    fclose(f);
    fuzz_path(path, "fuzz.db");
    must(!nf_store_open(c, &store, path, NF_STORE_CREATE), "no store");
    must(!nf_load(c, store, table, &(nf_load_options){ .published = 1, .now = 2, .dataset = "fuzz" }, &receipt),
         "no load");
    nf_store_close(store);
    nf_ctx_free(c);
    must((f = fopen(path, "rb")) && !fseek(f, 0, SEEK_END), "no image");
    size = (size_t)ftell(f);
    rewind(f);
    must((sound = malloc(size)) && fread(sound, 1, size, f) == size, "no image");
    fclose(f);
    right = figures(&rc);
    must(!rc, "a sound store is refused");
}

static void put(int fd, size_t at, uint8_t byte) { must(pwrite(fd, &byte, 1, (off_t)at) == 1, "no room"); }

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static int fd = -1;
    int rc;
    if (!sound) build();
    if (fd < 0) must((fd = open(path, O_WRONLY | O_CLOEXEC)) >= 0, "no image");
    size_t at[MOST], damages = 0;
    for (size_t i = 0; i + 4 <= n && damages < MOST; i += 4) {
        at[damages] = (bytes[i] * (size_t)4096 + (bytes[i + 1] | (size_t)bytes[i + 2] << 8) % 4096) % size;
        put(fd, at[damages++], bytes[i + 3]);
    }
    uint64_t h = figures(&rc);
    must(rc || h == right, "a wrong answer");
    for (size_t i = 0; i < damages; i++) put(fd, at[i], sound[at[i]]);
    return 0;
}
