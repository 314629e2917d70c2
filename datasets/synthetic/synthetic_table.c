/* synthetic_table.c - tables of the invented city, written cell by cell, and the chance behind their figures. */
#include "synthetic_table.h"
#include <errno.h>
#include <math.h>
#include <string.h>

static int to_file(void *self, const char *text, size_t n)
{
    synthetic_table *t = self;
    return fwrite(text, 1, n, t->f) == n ? NF_OK : NF_EIO;
}

int synthetic_open(synthetic_table *t, const char *folder, const char *name, const char *header)
{
    t->path = nf_format(t->c, "%s/%s.csv", folder, name);
    if (!t->path) return NF_ENOMEM;
    t->f = fopen(t->path, "wb");
    if (!t->f) {
        nf_fail(t->c, NF_EIO, "cannot write: %s", strerror(errno));
        return nf_at(t->c, t->path, 0, 0);
    }
    t->failed = fprintf(t->f, "%s\n", header) < 0;
    return NF_OK;
}

int synthetic_close(synthetic_table *t)
{
    if ((fclose(t->f) || t->failed)) {
        nf_fail(t->c, NF_EIO, "cannot write: %s", strerror(errno));
        return nf_at(t->c, t->path, 0, 0);
    }
    return NF_OK;
}

static void cell(synthetic_table *t, const char *text)
{
    if (nf_escape((nf_out){ to_file, t }, NF_CSV, text)) t->failed = 1;
}

void synthetic_row(synthetic_table *t, const char *const *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i && putc(',', t->f) == EOF) t->failed = 1;
        cell(t, text[i] ? text[i] : "");
    }
    if (putc('\n', t->f) == EOF) t->failed = 1;
}

uint64_t synthetic_next(uint64_t *s)
{
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

double synthetic_uniform(uint64_t *s) { return (double)(synthetic_next(s) >> 11) * 0x1p-53; }

/* Irwin-Hall: twelve uniforms, close enough to normal for invented noise and made of sums alone. */
double synthetic_normal(uint64_t *s)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += synthetic_uniform(s);
    return sum;
}

uint64_t synthetic_stream(uint64_t seed, const char *name)
{
    for (uint64_t h = seed ^ 0xcbf29ce484222325u;; h = (h ^ (unsigned char)*name++) * 0x100000001b3u)
        if (!*name) return h;
}

const char *synthetic_rounded(char out[32], double v, int decimals)
{
    static const double ten[] = { 1, 10, 100, 1000 };
    nf_double_text(out, rint(v * ten[decimals]) / ten[decimals]);
    return out;
}
