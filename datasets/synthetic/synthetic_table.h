/* synthetic_table.h - private to datasets/: a table being written, and the numbers drawn for it. */
#ifndef NF_SYNTHETIC_TABLE_H
#define NF_SYNTHETIC_TABLE_H
#include "synthetic.h"
#include <stdio.h>

/* What fails while rows are written stays in `failed` and is told by synthetic_close. */
typedef struct { nf_ctx *c; FILE *f; const char *path, *city; uint64_t seed; int failed; } synthetic_table;
int  synthetic_open(synthetic_table *, const char *folder, const char *name, const char *header);
void synthetic_row(synthetic_table *, const char *const *text, size_t n);       /* NULL: an empty cell */
int  synthetic_close(synthetic_table *);
#define ROW(t, ...) \
    synthetic_row(t, (const char *const[]){ __VA_ARGS__ }, \
                  sizeof (const char *const[]){ __VA_ARGS__ } / sizeof(char *))

/* splitmix64 (Steele, Lea and Flood 2014), from the seed and the series' name, so that every series stands alone. */
uint64_t synthetic_stream(uint64_t seed, const char *name);
uint64_t synthetic_next(uint64_t *stream);
double   synthetic_uniform(uint64_t *stream);                    /* 0 <= u < 1 */
double   synthetic_normal(uint64_t *stream);                     /* mean 0, variance 1, nearly normal */
const char *synthetic_rounded(char out[32], double, int decimals);      /* its text; 0 to 3 decimals */

int synthetic_series(synthetic_table *, const char *folder);
int synthetic_plan(synthetic_table *, const char *folder);
#endif
