/* read_csv.c - text into records of cells, over libcsv: the one function from bytes to cells. */
#define _GNU_SOURCE                              /* memrchr */
#include "reading.h"
#include <csv.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

/* libcsv gives neither lines nor positions: a record ends at its terminator, and newlines inside cells are
 * counted where a block has quotes at all. CSV_REPALL_NL makes blank records heard. */
typedef struct {
    nf_ctx *c; nf_record_fn *fn; void *self;
    struct csv_parser parser;
    int rc;
    long line, begin;                            /* this physical line; the first one of this record */
    int last_end; bool quotes;
    char delimiter; bool exact;
    bool inside;                                 /* the text that libcsv had last did not end with a line */
    size_t used;
    nf_record record;
    char *arena;                                 /* the cells of one record: reserved whole, touched as needed */
    const char *cell[NF_MAX_COLUMNS];
    uint32_t len[NF_MAX_COLUMNS];
} reader;

enum { ARENA = NF_MAX_RECORD + NF_MAX_FIELD + NF_MAX_COLUMNS + 64 };

static int no_space(unsigned char c) { (void)c; return 0; }

static int bad(reader *r, const char *what, const char *hint)
{
    nf_fail(r->c, NF_EDATA, "%s", what);
    return hint ? nf_hint(r->c, "%s", hint) : NF_EDATA;
}

static long newlines(const char *s, size_t n)
{
    long lines = 0;
    for (const char *end = s + n; s < end && (s = memchr(s, '\n', (size_t)(end - s))) != NULL; s++) lines++;
    return lines;
}

static void on_cell(void *data, size_t n, void *self)
{
    reader *r = self;
    if (r->rc) return;
    if (r->record.n == NF_MAX_COLUMNS) r->rc = bad(r, "more than 4096 columns", NULL);
    else if (n > NF_MAX_FIELD) r->rc = bad(r, "a cell of more than 1 MiB", "a quote that never closes?");
    else if (r->used + n > NF_MAX_RECORD) r->rc = bad(r, "a record of more than 16 MiB", NULL);
    if (r->rc) return;
    char *to = r->arena + r->used;
    if (n <= 16) memcpy(to, data, 16);           /* both buffers are longer: two moves instead of a call */
    else memcpy(to, data, n);
    to[n] = 0;
    r->used += n + 1;
    r->cell[r->record.n] = to;
    r->len[r->record.n++] = (uint32_t)n;
    if (r->quotes) r->line += newlines(to, n);
}

static void on_record(int end, void *self)
{
    reader *r = self;
    if (r->rc) return;
    bool second_half = !r->record.n && end == '\n' && r->last_end == '\r';   /* of CR LF */
    r->last_end = end;
    if (second_half) return;
    r->record.line = r->begin;
    r->rc = r->fn(r->self, r->c, &r->record);
    if (r->rc < 0) nf_at(r->c, NULL, r->begin, 0);
    r->begin = ++r->line;
    r->record.n = r->used = 0;
}

/* Why libcsv stopped, in words. */
static int broken(reader *r)
{
    if (csv_error(&r->parser) == CSV_ENOMEM) return nf_fail(r->c, NF_ENOMEM, "out of memory");
    return r->parser.quoted ? bad(r, "text after a closing quote", "a quote inside a quoted cell is written twice")
                            : bad(r, "a quote inside a cell that is not quoted", "quote the whole cell");
}

/* ---- lines without a quote: split eight bytes at a time, into what libcsv would make of them ---- */

static uint64_t is_zero(uint64_t w) { return (w - 0x0101010101010101u) & ~w & 0x8080808080808080u; }

/* The first delimiter, CR or LF; there is one, and eight bytes behind it may be read. */
static const char *cell_end(const char *s, char delimiter)
{
    static const uint64_t ones = 0x0101010101010101u;
    for (uint64_t w, hit;; s += 8) {
        memcpy(&w, s, 8);
        w = le64toh(w);
        hit = is_zero(w ^ ones * (unsigned char)delimiter) | is_zero(w ^ ones * '\n') | is_zero(w ^ ones * '\r');
        if (hit) return s + __builtin_ctzll(hit) / 8;
    }
}

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* Every record of [s, end), which ends with a line. */
static int plain(reader *r, const char *s, const char *end)
{
    for (const char *stop; s < end && !r->rc; s = stop + 1) {
        const char *last = stop = cell_end(s, r->delimiter);
        while (!r->exact && s < last && is_space(*s)) s++;
        while (!r->exact && s < last && is_space(last[-1])) last--;
        bool more = *stop == r->delimiter;
        if (more || s < last || r->record.n) on_cell((void *)(uintptr_t)s, (size_t)(last - s), r);
        if (!more) on_record(*stop, r);
    }
    return r->rc;
}

static int feed(reader *r, const char *block, size_t n)
{
    r->quotes = memchr(block, '"', n) || r->parser.quoted;
    const char *line = r->quotes || r->inside ? NULL : memrchr(block, '\n', n);
    if (line && plain(r, block, line + 1)) return r->rc;
    n -= line ? (size_t)(line + 1 - block) : 0;
    block = line ? line + 1 : block;
    if (!n) return NF_OK;
    r->inside = block[n - 1] != '\n';
    size_t took = csv_parse(&r->parser, block, n, on_cell, on_record, r);
    if (!r->rc && took != n) r->rc = broken(r);
    if (!r->rc && r->parser.entry_pos > NF_MAX_FIELD)
        r->rc = bad(r, "a cell of more than 1 MiB", "a quote that never closes?");
    return r->rc;
}

static int finish(reader *r)
{
    if (csv_fini(&r->parser, on_cell, on_record, r) && !r->rc)
        r->rc = bad(r, "a quote is opened and never closed", NULL);
    return r->rc;
}

static int each(reader *r, nf_text_file *text)
{
    const char *block;
    size_t n;
    do {
        int rc = nf_text_block(r->c, text, &block, &n);
        if (rc) return rc;
        rc = n ? feed(r, block, n) : finish(r);
        if (rc) return rc;
    } while (n);
    return NF_OK;
}

int nf_csv_each(nf_ctx *c, nf_text_file *text, const char *name, char delimiter, bool exact, nf_record_fn *fn,
                void *self)
{
    reader *r = malloc(sizeof *r);
    char *arena = malloc(ARENA);
    int rc = NF_ENOMEM;
    if (!r || !arena) nf_fail(c, NF_ENOMEM, "out of memory");
    else {
        *r = (reader){ .c = c, .fn = fn, .self = self, .line = 1, .begin = 1, .arena = arena,
                       .delimiter = delimiter, .exact = exact };
        r->record.cell = r->cell;
        r->record.len = r->len;
        csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
        csv_set_blk_size(&r->parser, 65536);     /* the default grows cell by cell, which is quadratic */
        csv_set_delim(&r->parser, (unsigned char)delimiter);
        if (exact) csv_set_space_func(&r->parser, no_space);
        rc = each(r, text);
        csv_free(&r->parser);
    }
    if (rc < 0) nf_at(c, name, r && arena ? r->begin : 0, 0);
    free(arena);
    free(r);
    return rc > 0 ? NF_OK : rc;
}

/* To the end once, so that the encoding is settled before the first record is handed out. */
static int decode_all(nf_ctx *c, nf_text_file *text)
{
    const char *block;
    size_t n = 1;
    int rc = NF_OK;
    while (!rc && n) rc = nf_text_block(c, text, &block, &n);
    if (rc && nf_text_falls_back(c, text)) return NF_OK;
    return rc == NF_EDATA || !rc ? nf_text_rewind(c, text) : rc;      /* what is wrong is met again, with its line */
}

int nf_csv_file(nf_ctx *c, const char *path, nf_record_fn *fn, void *self)
{
    nf_bytes *bytes = NULL;
    nf_text_file *text = NULL;
    int rc = nf_bytes_open(c, &bytes, path);
    if (!rc) rc = nf_text_open(c, &text, bytes, NULL, false);
    if (!rc) rc = decode_all(c, text);
    if (!rc) rc = nf_csv_each(c, text, nf_bytes_name(bytes), ',', false, fn, self);
    nf_text_close(text);
    nf_bytes_close(bytes);
    return rc;
}
