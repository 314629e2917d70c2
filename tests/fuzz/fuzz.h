/* fuzz.h - what fuzz targets share: a promise, a file of bytes, and the replay of seeds in every build. */
#ifndef NF_FUZZ_H
#define NF_FUZZ_H
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static inline void must(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz_: broken: %s\n", what);
    abort();
}

static char fuzz_folder[] = "/tmp/nf_fuzz_XXXXXX", fuzz_files[8][64];

static inline void fuzz_clean(void)
{
    for (int i = 0; i < 8; i++) unlink(fuzz_files[i]);
    rmdir(fuzz_folder);
}

/* The file NAME of this process's temporary folder; call it once a file. */
static inline const char *fuzz_path(char path[64], const char *name)
{
    static int made;
    if (!made) must(mkdtemp(fuzz_folder) != NULL && !atexit(fuzz_clean), "no temporary folder");
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
