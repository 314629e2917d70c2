/* fuzz_csv.c - bytes -> cells -> rows: a table looked at, understood and read into an intake, which is then dropped.
 *
 * Held: a cell is UTF-8 without NULs, lines grow, an error names a place inside the file; text without quotes, which
 * is split eight bytes at a time, gives the records that libcsv makes of it, with a second thread and without; what
 * reaches the intake is at a period that exists, under a name, with its line. */
#include "fuzz.h"
#include "load/load.h"
#include <math.h>

static long lines;

/* The linker puts this in the intake's place (--wrap): what a row hands over is looked at on its way. */
int __real_nf_intake_put(nf_intake *, uint32_t, nf_period, double, unsigned, int64_t, int64_t);
int __wrap_nf_intake_put(nf_intake *, uint32_t, nf_period, double, unsigned, int64_t, int64_t);

int __wrap_nf_intake_put(nf_intake *in, uint32_t handle, nf_period p, double v, unsigned status, int64_t published,
                         int64_t line)
{
    size_t len = 0;
    const char *key = nf_intake_key(in, handle, &len);
    must(handle < nf_intake_count(in) && len && nf_utf8_valid(key, len, NULL), "a series without a name");
    must(p.freq == NF_NUMBER || !p.span || nf_period_exists(p), "a period outside the years 1-9999");
    must(line >= 1 && line <= lines, "a figure without a line");
    return __real_nf_intake_put(in, handle, p, v, status, published, line);
}

static uint64_t hash(uint64_t h, const void *bytes, size_t n)
{
    for (const uint8_t *p = bytes; n--; p++) h = (h ^ *p) * 1099511628211u;
    return h;
}

/* ---- records ---- */

typedef struct { uint64_t hash; size_t skip; long line, before; } seen;

static int see(void *self, nf_ctx *c, const nf_record *r)
{
    seen *s = self;
    (void)c;
    must(r->line > s->line && r->line <= lines + 1, "a record's line");
    s->line = r->line;
    if (s->skip) return s->skip--, NF_OK;
    s->hash = hash(s->hash, &r->n, sizeof r->n);
    for (size_t i = 0; i < r->n; i++) {
        must(strlen(r->cell[i]) == r->len[i] && nf_utf8_valid(r->cell[i], r->len[i], NULL), "a cell that is no text");
        s->hash = hash(s->hash, r->cell[i], r->len[i] + 1u);
    }
    long line = r->line - s->before;
    s->hash = hash(s->hash, &line, sizeof line);
    return NF_OK;
}

/* Every record of the bytes, as one number. */
static uint64_t records(const char *path, bool exact, size_t skip)
{
    nf_ctx *c = fuzz_ctx();
    nf_csv_grid g;
    seen s = { .hash = 1, .skip = skip, .before = (long)skip };
    must(!nf_csv_grid_open(c, &g, path, "UTF-8", ',', false), "no table");
    g.csv.exact = exact;
    nf_grid grid = nf_grid_of_csv(&g);
    int rc = grid.each(grid.self, c, see, &s);
    if (rc) must(nf_last(c)->line >= 1 && nf_last(c)->line <= lines + 1, "an error without a place");
    nf_csv_grid_close(&g);
    return hash(s.hash, &rc, sizeof rc);
}

/* A quoted record in front sends all of the text through libcsv. */
static void two_ways(const uint8_t *bytes, size_t n, bool exact)
{
    static const char quoted[] = "\"\"\n";
    static uint8_t more[1 << 16];
    if (!n || n + sizeof quoted > sizeof more || memchr(bytes, '"', n)) return;
    memcpy(more, quoted, 3);
    memcpy(more + 3, bytes, n);
    uint64_t plain = records(fuzz_memory(0, bytes, n), exact, 0);
    must(plain == records(fuzz_memory(1, more, n + 3), exact, 1), "two ways to split a line that differ");
}

/* ---- rows ---- */

static int rows(nf_ctx *c, nf_csv_grid *g, const nf_load_options *o, bool written, bool ahead)
{
    nf_peek peek;
    nf_mapping m;
    char *json = NULL;
    nf_grid grid = nf_grid_of_csv(g);
    nf_intake *in;
    nf_intake_about about = { .dataset = "fuzz", .now = 1 };
    int rc = nf_peek_take(c, &peek, grid, g->csv.name, g->csv.delimiter, g->csv.exact);
    if (!rc) rc = nf_choose(c, &m, &peek, o, grid);
    if (!rc && written) rc = nf_mapping_json(c, &m, &json);
    g->ahead = ahead;
    if (!rc) rc = nf_intake_begin(c, &in, fuzz_store(), &about);
    if (rc) return rc;
    rc = nf_load_table(c, in, &m, o, g->csv.name, grid);
    nf_intake_abort(in);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    uint8_t way = n ? bytes[n - 1] : 0;
    nf_load_options o = { .published = 1, .strict = way & 1, .skip_bad_rows = way & 2,
                          .loader = way & 16 ? "long" : NULL };
    nf_csv_grid g;
    lines = 2;
    for (size_t i = 0; i < n; i++) lines += bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == 0x85;
    if (way & 4) two_ways(bytes, n, way & 8);
    nf_ctx *c = fuzz_ctx();
    int rc = nf_csv_grid_open(c, &g, fuzz_memory(0, bytes, n), NULL, 0, o.strict);
    if (!rc) {
        rc = rows(c, &g, &o, way & 32, way >= 0xf8);
        if (rc && nf_text_falls_back(c, g.csv.text)) rc = rows(c, &g, &o, way & 32, way >= 0xf8);
        if (rc) nf_at(c, g.csv.name, 0, 0);
        nf_csv_grid_close(&g);
    }
    if (rc) must(nf_last(c)->file && nf_last(c)->line <= lines, "an error without a place in the file");
    return 0;
}
