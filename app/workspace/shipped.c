/* shipped.c - finds the plans and samples that come with the program. */
#define _GNU_SOURCE
#include "app.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* PREFIX/share/ninefold beside PREFIX/bin/ninefold, so that an installation can be moved. */
static char *beside_program(nf_ctx *c)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return NULL;
    path[n] = 0;
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (!slash) return NULL;
        *slash = 0;
    }
    return nf_format(c, "%s/share/ninefold", path);
}

int nf_shipped(nf_ctx *c, const char **out, const char *name)
{
    const char *root[] = { getenv("NINEFOLD_DATA"), beside_program(c), NF_SOURCE_DIR, NF_DATA_DIR };
    for (size_t i = 0; i < sizeof root / sizeof *root; i++) {
        if (!root[i] || !*root[i]) continue;
        char *path = nf_format(c, "%s/%s", root[i], name);
        if (!path) return NF_ENOMEM;
        if (!access(path, R_OK)) return *out = path, NF_OK;
    }
    nf_fail(c, NF_ENOTFOUND, "'%s' did not come with this program", name);
    return nf_hint(c, "set NINEFOLD_DATA to the folder that holds it");
}
