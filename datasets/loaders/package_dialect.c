/* package_dialect.c - tables of a data package with other quotes, escapes, comments or headers than RFC 4180 has. */
#include "package_dialect.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- what the descriptor says ---- */

static int one_character(nf_ctx *c, const json_t *d, const char *name, char *out)
{
    const json_t *o = json_object_get(d, name);
    const char *s = json_string_value(o);
    if (!o || json_is_null(o)) return NF_OK;
    if (s && strlen(s) <= 1) return *out = *s, NF_OK;
    return nf_fail(c, NF_EDATA, "the dialect's %s '%.10s' is not one character", name, s ? s : "");
}

static int header_rows(nf_ctx *c, nf_dialect *to, const json_t *rows, bool *plain)
{
    const json_t *row;
    size_t i;
    if (!json_is_array(rows) || !json_array_size(rows)) return NF_OK;
    if (json_array_size(rows) > NF_HEADER_ROWS)
        return nf_fail(c, NF_EDATA, "a header of more than %d rows", NF_HEADER_ROWS);
    json_array_foreach(rows, i, row) {
        if (!json_is_integer(row) || json_integer_value(row) < 1 || json_integer_value(row) > 1000000)
            return nf_fail(c, NF_EDATA, "\"headerRows\" are the numbers of rows");
        to->header[to->n_header++] = (long)json_integer_value(row);
    }
    *plain &= to->n_header == 1 && to->header[0] == 1;
    return NF_OK;
}

int nf_dialect_read(nf_ctx *c, nf_dialect *to, const json_t *resource, char *delimiter, bool *plain)
{
    const json_t *d = json_object_get(resource, "dialect");
    const char *path = json_string_value(json_object_get(resource, "path")),
               *join = json_string_value(json_object_get(d, "headerJoin"));
    size_t n = path ? strlen(path) : 0;
    *delimiter = n > 4 && !strcasecmp(path + n - 4, ".tsv") ? '\t' : ',';
    *to = (nf_dialect){ .quote = '"',
                        .join = join ? join : " ",
                        .null = json_string_value(json_object_get(d, "nullSequence")),
                        .fields = json_object_get(json_object_get(resource, "schema"), "fields"),
                        .comment_rows = json_object_get(d, "commentRows"),
                        .no_header = json_is_false(json_object_get(d, "header")),
                        .single_quotes = json_is_false(json_object_get(d, "doubleQuote")) };
    int rc = one_character(c, d, "delimiter", delimiter);
    if (!rc) rc = one_character(c, d, "quoteChar", &to->quote);
    if (!rc) rc = one_character(c, d, "escapeChar", &to->escape);
    if (!rc) rc = one_character(c, d, "commentChar", &to->comment);
    *plain = to->quote == '"' && !to->escape && !to->comment && !to->single_quotes && !to->no_header
             && !json_array_size(to->comment_rows);
    return rc ? rc : header_rows(c, to, json_object_get(d, "headerRows"), plain);
}

/* ---- splitting ---- */

/* QUOTE: a first one within; BEHIND: the last */
typedef enum { BEGIN, BARE, QUOTED, QUOTE, BEHIND, COMMENT } state;

typedef struct {
    nf_dialect *d; nf_ctx *c; nf_record_fn *fn; void *to;
    state at; bool escaped, return_before;
    long line, first, number;                    /* this line, the record's first, the record's number */
    char *text; size_t used, room, begin; bool was_quoted;       /* cells one after the other, NUL-ended */
    size_t end[NF_MAX_COLUMNS]; size_t n;
    const char *cell[NF_MAX_COLUMNS]; uint32_t len[NF_MAX_COLUMNS];
    const char *header[NF_MAX_COLUMNS]; size_t n_header; bool header_done;
} splitter;

static int refused(splitter *s, const char *what)
{
    nf_fail(s->c, NF_EDATA, "%s", what);
    return nf_at(s->c, NULL, s->first, (long)s->n + 1);
}

static int put(splitter *s, char ch)
{
    if (!ch) return refused(s, "a NUL byte");
    if (s->used - s->begin >= NF_MAX_FIELD) return refused(s, "a cell of more than 1 MiB");
    if (s->used >= NF_MAX_RECORD) return refused(s, "a record of more than 16 MiB");
    if (!s->text || s->used + 2 > s->room) {
        char *more = realloc(s->text, s->room = 2 * s->room + 4096);
        if (!more) return nf_fail(s->c, NF_ENOMEM, "out of memory");
        s->text = more;
    }
    s->text[s->used++] = ch;
    return NF_OK;
}

/* Spaces round a cell are no data, within quotes they are. */
static int end_cell(splitter *s)
{
    if (s->n == NF_MAX_COLUMNS) return refused(s, "more than 4096 columns");
    int rc = put(s, ' ');
    if (rc || !s->text) return rc;
    size_t n = s->used - 1;
    while (!s->was_quoted && n > s->begin && s->text[n - 1] == ' ') n--;
    s->text[n] = 0;
    s->used = n + 1;
    s->end[s->n++] = s->used;
    s->begin = s->used;
    s->at = BEGIN;
    s->was_quoted = false;
    return NF_OK;
}

static int give(splitter *s, const char *const *cell, size_t n, long line)
{
    for (size_t i = 0; i < n; i++) s->len[i] = (uint32_t)strlen(cell[i]);
    int rc = s->fn(s->to, s->c, &(nf_record){ cell, s->len, n, line });
    return rc < 0 ? nf_at(s->c, NULL, line, 0) : rc;
}

static bool is_commented(const splitter *s)
{
    const json_t *row;
    size_t i;
    json_array_foreach(s->d->comment_rows, i, row)
        if (json_integer_value(row) == s->number) return true;
    return false;
}

/* Rows of a header are joined column by column; those before it that are none of it are passed over. */
static int header_row(splitter *s)
{
    long last = 0;
    bool part = false;
    for (size_t i = 0; i < s->d->n_header; i++) {
        part |= s->d->header[i] == s->number;
        last = s->d->header[i] > last ? s->d->header[i] : last;
    }
    for (size_t i = 0; part && i < s->n; i++) {
        bool first = i >= s->n_header || !*s->header[i], blank = !*s->cell[i];
        const char *joined = first   ? nf_strdup(s->c, s->cell[i])
                             : blank ? s->header[i]
                                     : nf_format(s->c, "%s%s%s", s->header[i], s->d->join, s->cell[i]);
        if (!joined) return NF_ENOMEM;
        s->header[i] = joined;
        if (i >= s->n_header) s->n_header = i + 1;
    }
    s->header_done = s->number >= last;
    return s->header_done ? give(s, s->header, s->n_header, s->first) : NF_OK;
}

static int header_of_fields(splitter *s)
{
    const json_t *field;
    size_t i;
    s->header_done = true;
    json_array_foreach(s->d->fields, i, field) {
        const char *name = json_string_value(json_object_get(field, "name"));
        if (i < NF_MAX_COLUMNS) s->header[s->n_header++] = name ? name : "";
    }
    return s->n_header ? give(s, s->header, s->n_header, 0)
                       : refused(s, "a table without a header needs the schema's fields");
}

static int end_record(splitter *s)
{
    int rc = s->at == COMMENT ? NF_OK : end_cell(s);
    bool comment = s->at == COMMENT || (s->n == 1 && s->end[0] == 1);
    s->number++;
    for (size_t i = 0, from = 0; !rc && i < s->n; from = s->end[i++]) s->cell[i] = s->text + from;
    if (!rc && !comment && !is_commented(s)) {
        if (!s->header_done && s->d->n_header && !s->d->no_header) rc = header_row(s);
        else {
            if (!s->header_done && s->d->no_header) rc = header_of_fields(s);
            if (!rc) rc = give(s, s->cell, s->n, s->first);
        }
    }
    s->n = s->used = s->begin = 0;
    s->at = BEGIN;
    s->first = s->line + 1;
    return rc;
}

static int one_character_of(splitter *s, char ch)
{
    const nf_dialect *d = s->d;
    if (s->escaped) {
        s->escaped = false;
        s->at = s->at == BEGIN ? BARE : s->at;
        return put(s, ch);
    }
    if (s->at == COMMENT) return NF_OK;
    if (d->escape && ch == d->escape && (ch != d->quote || s->at == QUOTED)) return s->escaped = true, NF_OK;
    if (s->at == BEGIN && d->comment && ch == d->comment && !s->n) return s->at = COMMENT, NF_OK;
    if (s->at == QUOTE && ch == d->quote && !d->single_quotes) return s->at = QUOTED, put(s, ch);
    if (s->at == QUOTE) s->at = BEHIND;
    if (s->at == QUOTED) return ch == d->quote ? (s->at = QUOTE, NF_OK) : put(s, ch);
    if (ch == d->csv->delimiter) return end_cell(s);
    if (s->at == BEGIN && ch == ' ') return NF_OK;
    if (s->at == BEGIN && d->quote && ch == d->quote) return s->at = QUOTED, s->was_quoted = true, NF_OK;
    if (s->at == BEHIND) return ch == ' ' ? NF_OK : refused(s, "text behind a closing quote");
    s->at = BARE;
    return put(s, ch);
}

static int split(splitter *s, const char *block, size_t n)
{
    int rc = NF_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        char ch = block[i];
        bool second = ch == '\n' && s->return_before,
             ends = (ch == '\n' || ch == '\r') && s->at != QUOTED && !s->escaped;
        s->return_before = ch == '\r';
        if (second && s->at != QUOTED) continue;
        if (ch == '\n' || ch == '\r') s->line += !second;
        rc = ends ? end_record(s) : one_character_of(s, ch);
    }
    return rc;
}

static int each(void *self, nf_ctx *c, nf_record_fn *fn, void *to)
{
    nf_dialect *d = self;
    const char *block;
    size_t n = 1;
    splitter *s = calloc(1, sizeof *s);
    if (!s) return nf_fail(c, NF_ENOMEM, "out of memory");
    *s = (splitter){ .d = d, .c = c, .fn = fn, .to = to, .first = 1 };
    int rc = nf_text_rewind(c, d->csv->text);
    while (!rc && n) {
        rc = nf_text_block(c, d->csv->text, &block, &n);
        if (!rc) rc = split(s, block, n);
    }
    if (!rc && s->at == QUOTED) rc = refused(s, "a quote is never closed");
    if (!rc && (s->n || s->used || s->at != BEGIN)) rc = end_record(s);
    free(s->text);
    free(s);
    return rc < 0 ? rc : NF_OK;
}

nf_grid nf_grid_of_dialect(nf_dialect *d) { return (nf_grid){ each, d }; }
