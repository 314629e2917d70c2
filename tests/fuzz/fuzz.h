/* fuzz.h - what fuzz targets share: a promise, files of bytes, lines of text, the replay of seeds in every build. */
#ifndef NF_FUZZ_H
#define NF_FUZZ_H
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "datasets.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static inline void must(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz_: broken: %s\n", what);
    abort();
}

/* A context as good as new: what was handed out by the one before is gone. */
static inline nf_ctx *fuzz_ctx(void)
{
    static nf_ctx *c;
    if (!c) must((c = nf_ctx_new(NULL)) != NULL, "no memory");
    nf_release(c, 0);
    nf_scratch_rewind(c, 0);
    return c;
}

/* A file without a name that holds the bytes, one per slot: opened by its path, never on a disk. */
static inline const char *fuzz_memory(int slot, const void *bytes, size_t n)
{
    static struct { int fd; char path[40]; } file[4];
    if (!*file[slot].path) {
        file[slot].fd = memfd_create("fuzz", 0);
        snprintf(file[slot].path, sizeof file[slot].path, "/proc/self/fd/%d", file[slot].fd);
    }
    /* its pages stay */
    must(pwrite(file[slot].fd, bytes, n, 0) == (ssize_t)n && !ftruncate(file[slot].fd, (off_t)n), "no memory file");
    return file[slot].path;
}

/* The lines of a text in turn, cut in place; past the last one, empty ones. */
static inline char *fuzz_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    *text = end ? end + 1 : line + strlen(line);
    if (end) *end = 0;
    return line;
}

static inline char *fuzz_text(const uint8_t *bytes, size_t n)
{
    char *text = malloc(n + 1);
    must(text != NULL, "no memory");
    if (n) memcpy(text, bytes, n);
    text[n] = 0;
    return text;
}

/* A store in memory, made once: loads are tried on it (dry_run) and taken back. */
static inline nf_store *fuzz_store(void)
{
    static nf_store *store;
    static nf_ctx *c;
    if (!c) must((c = nf_ctx_new(NULL)) && !nf_store_open(c, &store, ":memory:", NF_STORE_CREATE), "no store");
    return store;
}

/* ---- where a file needs neighbours: a folder of this process ---- */

static char fuzz_folder[40], fuzz_files[8][64];

static inline void fuzz_clean(void)
{
    for (int i = 0; i < 8; i++) unlink(fuzz_files[i]);
    rmdir(fuzz_folder);
}

/* The file NAME of that folder; call it once a file. */
static inline const char *fuzz_path(char path[64], const char *name)
{
    static int made;
    if (!made) {
        strcpy(fuzz_folder, access("/dev/shm", W_OK) ? "/tmp/nf_fuzz_XXXXXX" : "/dev/shm/nf_fuzz_XXXXXX");
        must(mkdtemp(fuzz_folder) != NULL && !atexit(fuzz_clean), "no temporary folder");
    }
    snprintf(path, 64, "%s/%s", fuzz_folder, name);
    return memcpy(fuzz_files[made++], path, 64);
}

static inline void fuzz_write(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    must(f && fwrite(bytes, 1, n, f) == n && !fclose(f), "no room for a file");
}

#ifdef NF_FUZZ_FILES
int main(int argc, char **argv)
{
    static uint8_t bytes[1 << 24];
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) return 2;
        size_t n = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        LLVMFuzzerTestOneInput(bytes, n);
    }
    return 0;
}
#endif
#endif
