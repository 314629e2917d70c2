/* read_csv.c - text into records of cells, over libcsv: the one function from bytes to cells.
 *
 * A record whose cells are plain, or quoted whole with neither quotes nor line ends inside, is split here, into what
 * libcsv would make of it. Every other one is given to libcsv line by line, until a line ends outside quotes. */
#define _GNU_SOURCE                              /* memrchr */
#include "reading.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* libcsv gives neither lines nor positions: a record ends at its terminator, and newlines inside cells are counted.
 * CSV_REPALL_NL makes blank records heard. */
typedef struct {
    nf_ctx *c; int (*take)(void *self, nf_ctx *, nf_pack **); void *self;
    const nf_csv *csv;
    struct csv_parser parser;
    int rc;
    long line, begin;                            /* this physical line; the first one of this record */
    int last_end;
    bool inside;                                 /* the text that libcsv had last did not end a record */
    size_t first, from;                          /* where in the pack this record's cells begin, and their text */
    nf_pack *pack;
} reader;

/* A pack is taken when it is past these, or the block ends; it has room for one more record of any size. */
enum { PACK_RECORDS = NF_PACK_RECORDS, PACK_CELLS = 2 * PACK_RECORDS, PACK_BYTES = NF_TEXT_BLOCK / 4,
       CELLS = PACK_CELLS + NF_MAX_COLUMNS, BYTES = PACK_BYTES + NF_MAX_RECORD + NF_MAX_FIELD + NF_MAX_COLUMNS + 64 };

/* ---- packs ---- */

nf_pack *nf_pack_new(void)
{
    nf_pack *p = malloc(sizeof *p);
    if (!p) return NULL;
    *p = (nf_pack){ .record = malloc(PACK_RECORDS * sizeof *p->record), .cell = malloc(CELLS * sizeof *p->cell),
                    .len = malloc(CELLS * sizeof *p->len), .bytes = malloc(BYTES) };
    if (p->record && p->cell && p->len && p->bytes) return p;
    nf_pack_free(p);
    return NULL;
}

void nf_pack_free(nf_pack *p)
{
    if (!p) return;
    free(p->record);
    free(p->cell);
    free(p->len);
    free(p->bytes);
    free(p);
}

int nf_pack_each(nf_ctx *c, const nf_pack *p, nf_record_fn *fn, void *self)
{
    int rc = NF_OK;
    for (size_t i = 0; !rc && i < p->n; i++) {
        rc = fn(self, c, &p->record[i]);
        if (rc < 0) nf_at(c, NULL, p->record[i].line, 0);
    }
    return rc;
}

/* The records so far are taken; cells of one that is not complete move on to the next pack. */
static int hand_over(reader *r)
{
    nf_pack *full = r->pack;
    size_t cells = full->cells - r->first;
    if (!full->n) return NF_OK;
    full->done = nf_text_done(r->csv->text);
    int rc = r->take(r->self, r->c, &r->pack);
    if (rc) return rc;
    nf_pack *p = r->pack;
    if (cells) memmove(p->bytes, full->bytes + r->from, full->used - r->from);
    for (size_t i = 0; i < cells; i++) {
        p->cell[i] = p->bytes + (full->cell[r->first + i] - (full->bytes + r->from));
        p->len[i] = full->len[r->first + i];
    }
    p->used = cells ? full->used - r->from : 0;
    p->cells = cells;
    p->n = r->first = r->from = 0;
    return NF_OK;
}

/* Whoever takes records may say something to the context: the error is told when they are gone. */
static int bad(reader *r, nf_err err, const char *what, const char *hint)
{
    int rc = hand_over(r);
    if (rc) return rc;
    nf_fail(r->c, err, "%s", what);
    return hint ? nf_hint(r->c, "%s", hint) : err;
}

static void add_cell(reader *r, const char *s, size_t n)
{
    nf_pack *p = r->pack;
    if (p->cells - r->first == NF_MAX_COLUMNS) r->rc = bad(r, NF_EDATA, "more than 4096 columns", NULL);
    else if (n > NF_MAX_FIELD) r->rc = bad(r, NF_EDATA, "a cell of more than 1 MiB", "a quote that never closes?");
    else if (p->used - r->from + n > NF_MAX_RECORD) r->rc = bad(r, NF_EDATA, "a record of more than 16 MiB", NULL);
    if (r->rc) return;
    char *to = p->bytes + p->used;
    if (n <= 16) memcpy(to, s, 16);              /* both buffers are longer: two moves instead of a call */
    else memcpy(to, s, n);
    to[n] = 0;
    p->used += n + 1;
    p->cell[p->cells] = to;
    p->len[p->cells++] = (uint32_t)n;
}

static void end_record(reader *r, int end)
{
    nf_pack *p = r->pack;
    bool second_half = p->cells == r->first && end == '\n' && r->last_end == '\r';       /* of CR LF */
    r->last_end = end;
    if (second_half) return;
    p->record[p->n++] = (nf_record){ p->cell + r->first, p->len + r->first, p->cells - r->first, r->begin };
    r->begin = ++r->line;
    r->first = p->cells;
    r->from = p->used;
    if (p->n == PACK_RECORDS || p->cells > PACK_CELLS || p->used > PACK_BYTES) r->rc = hand_over(r);
}

/* ---- what libcsv says ---- */

static int no_space(unsigned char c) { (void)c; return 0; }

static void on_cell(void *data, size_t n, void *self)
{
    reader *r = self;
    if (r->rc) return;
    add_cell(r, data, n);
    for (const char *s = data, *end = s + n; (s = memchr(s, '\n', (size_t)(end - s))) != NULL; s++) r->line++;
}

static void on_record(int end, void *self)
{
    reader *r = self;
    if (!r->rc) end_record(r, end);
}

/* Why libcsv stopped, in words. */
static int broken(reader *r)
{
    if (csv_error(&r->parser) == CSV_ENOMEM) return bad(r, NF_ENOMEM, "out of memory", NULL);
    return r->parser.quoted
        ? bad(r, NF_EDATA, "text after a closing quote", "a quote inside a quoted cell is written twice")
        : bad(r, NF_EDATA, "a quote inside a cell that is not quoted", "quote the whole cell");
}

/* [s, end) is a line or part of one. */
static void give(reader *r, const char *s, const char *end)
{
    size_t n = (size_t)(end - s), took = csv_parse(&r->parser, s, n, on_cell, on_record, r);
    if (!r->rc && took != n) r->rc = broken(r);
    if (!r->rc && r->parser.entry_pos > NF_MAX_FIELD)
        r->rc = bad(r, NF_EDATA, "a cell of more than 1 MiB", "a quote that never closes?");
    r->inside = end[-1] != '\n' || r->parser.quoted;
}

/* ---- records that are split here, sixteen bytes at a time where the processor can ---- */

/* The first of four bytes; one of them is there, and sixteen bytes behind it may be read. */
#ifdef __SSE2__
static inline const char *first_of(const char *s, const char set[4])
{
    const __m128i a = _mm_set1_epi8(set[0]), b = _mm_set1_epi8(set[1]), c = _mm_set1_epi8(set[2]),
        d = _mm_set1_epi8(set[3]);
    for (;; s += 16) {
        __m128i w = _mm_loadu_si128((const void *)s);
        __m128i either = _mm_or_si128(_mm_cmpeq_epi8(w, a), _mm_cmpeq_epi8(w, b));
        __m128i or = _mm_or_si128(_mm_cmpeq_epi8(w, c), _mm_cmpeq_epi8(w, d));
        int hits = _mm_movemask_epi8(_mm_or_si128(either, or));
        if (hits) return s + __builtin_ctz((unsigned)hits);
    }
}
#else
static inline const char *first_of(const char *s, const char set[4])
{
    while (*s != set[0] && *s != set[1] && *s != set[2] && *s != set[3]) s++;
    return s;
}
#endif

static bool is_space(const nf_csv *csv, char c)
{
    return !csv->exact && (c == ' ' || c == '\t') && c != csv->delimiter;
}

/* The record at s, which lies in whole lines, is added and what follows it returned; NULL: it is for libcsv. */
static const char *split(reader *r, const char *s)
{
    const nf_csv *csv = r->csv;
    const char ends[4] = { csv->delimiter, '\n', '\r', '"' };
    for (const char *stop, *last;; s = stop + 1) {
        while (is_space(csv, *s)) s++;
        bool quoted = *s == '"';
        stop = last = first_of(s += quoted, quoted ? "\"\n\r\"" : ends);
        if (quoted && *stop != '"') return NULL;
        if (quoted) stop++;
        while (quoted && is_space(csv, *stop)) stop++;
        while (!quoted && last > s && is_space(csv, last[-1])) last--;
        bool more = *stop == csv->delimiter;
        if (!more && *stop != '\n' && *stop != '\r') return NULL;
        if (more || quoted || s < last || r->pack->cells > r->first) add_cell(r, s, (size_t)(last - s));
        if (more && !r->rc) continue;
        if (!r->rc) end_record(r, *stop);
        return stop + 1;
    }
}

static bool split_or_forget(reader *r, const char **s)
{
    const char *next = split(r, *s);
    if (next) return *s = next, true;
    r->pack->cells = r->first;
    r->pack->used = r->from;
    return false;
}

static int feed(reader *r, const char *s, size_t n)
{
    const char *end = s + n, *last = memrchr(s, '\n', n), *lines = last ? last + 1 : s;
    while (s < end && !r->rc) {
        if (!r->inside && s < lines && split_or_forget(r, &s)) continue;
        const char *line = memchr(s, '\n', (size_t)(end - s)), *stop = line ? line + 1 : end;
        give(r, s, stop);
        s = stop;
    }
    return r->rc ? r->rc : hand_over(r);
}

static int finish(reader *r)
{
    if (csv_fini(&r->parser, on_cell, on_record, r) && !r->rc)
        r->rc = bad(r, NF_EDATA, "a quote is opened and never closed", NULL);
    return r->rc ? r->rc : hand_over(r);
}

int nf_csv_packs(nf_ctx *c, const nf_csv *csv, nf_pack *first, int take(void *self, nf_ctx *, nf_pack **), void *self)
{
    reader r = { .c = c, .take = take, .self = self, .csv = csv, .line = 1, .begin = 1, .pack = first };
    const char *block;
    size_t n = 1;
    int rc = NF_OK;
    csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_blk_size(&r.parser, 65536);          /* the default grows cell by cell, which is quadratic */
    csv_set_delim(&r.parser, (unsigned char)csv->delimiter);
    if (csv->exact) csv_set_space_func(&r.parser, no_space);
    while (!rc && n) {
        rc = nf_text_block(c, csv->text, &block, &n);
        if (!rc) rc = n ? feed(&r, block, n) : finish(&r);
    }
    csv_free(&r.parser);
    return rc < 0 ? nf_at(c, csv->name, r.begin, 0) : rc;
}

/* ---- one record after another ---- */

typedef struct { nf_record_fn *fn; void *self; } listener;

static int hear(void *self, nf_ctx *c, nf_pack **pack)
{
    const listener *l = self;
    return nf_pack_each(c, *pack, l->fn, l->self);
}

int nf_csv_each(nf_ctx *c, const nf_csv *csv, nf_record_fn *fn, void *self)
{
    nf_pack *pack = nf_pack_new();
    int rc = pack ? nf_csv_packs(c, csv, pack, hear, &(listener){ fn, self }) : nf_fail(c, NF_ENOMEM, "out of memory");
    if (rc < 0) nf_at(c, csv->name, 0, 0);
    nf_pack_free(pack);
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
    if (!rc) rc = nf_csv_each(c, &(nf_csv){ text, nf_bytes_name(bytes), ',', false }, fn, self);
    nf_text_close(text);
    nf_bytes_close(bytes);
    return rc;
}
