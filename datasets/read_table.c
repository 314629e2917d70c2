/* read_table.c - a look at a table's first records: delimiter, preamble, header, and what its columns hold. */
#include "mapping.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum { PEEK_ROWS = 400, PEEK_BYTES = 1 << 20, HEADER_ROWS = 40 };

/* ---- delimiter ---- */

/* How often `delimiter` stands in each line outside quotes; the commonest count and the lines that have it. */
static long regularity(const char *s, size_t n, char delimiter)
{
    enum { LINES = 64, MOST = 256 };
    long lines[MOST] = { 0 }, count = 0, best = 0;
    int line = 0;
    bool quoted = false;
    for (const char *end = s + n; s < end && line < LINES; s++) {
        if (*s == '"') quoted = !quoted;
        else if (!quoted && *s == delimiter) count++;
        else if (!quoted && *s == '\n') {
            if (count && count < MOST) lines[count]++;
            count = 0;
            line++;
        }
    }
    if (line < LINES && count && count < MOST) lines[count]++;
    for (long k = 1; k < MOST; k++)
        if (k * lines[k] > best) best = k * lines[k];
    return best;
}

int nf_sniff_delimiter(nf_ctx *c, nf_text_file *text, char *out)
{
    static const char candidates[] = { '\t', ';', ',', '|' };       /* of equals the first: commas may be decimals */
    const char *block;
    size_t n;
    long best = 0;
    int rc = nf_text_block(c, text, &block, &n);
    if (rc == NF_EDATA) n = 0;                                      /* the reading itself will say it, with its line */
    else if (rc) return rc;
    *out = ',';
    for (size_t i = 0; i < sizeof candidates; i++) {
        long score = regularity(block, n < 1 << 16 ? n : 1 << 16, candidates[i]);
        if (score <= best) continue;
        best = score;
        *out = candidates[i];
    }
    return nf_text_rewind(c, text);
}

/* ---- taking ---- */

typedef struct { nf_record *row; size_t n, bytes; } taking;

static int take(void *self, nf_ctx *c, const nf_record *r)
{
    taking *t = self;
    if (!r->n) return NF_OK;
    const char **cell = nf_alloc(c, r->n * sizeof *cell);
    uint32_t *len = nf_alloc(c, r->n * sizeof *len);
    if (!cell || !len) return NF_ENOMEM;
    for (size_t i = 0; i < r->n; i++) {
        cell[i] = nf_strndup(c, r->cell[i], r->len[i]);
        if (!cell[i]) return NF_ENOMEM;
        len[i] = r->len[i];
        t->bytes += r->len[i] + 64;
    }
    t->row[t->n++] = (nf_record){ cell, len, r->n, r->line };
    return t->n == PEEK_ROWS || t->bytes > PEEK_BYTES;
}

/* ---- header and data ---- */

static bool is_period(const char *cell, size_t len, nf_date_order order)
{
    nf_period p;
    return len && nf_period_scan(&p, cell, len, order);
}

static bool is_number(const char *cell, size_t len)
{
    double v;
    return len && nf_double_scan(cell, len, &v);
}

static size_t filled(const nf_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) n += r->len[i] > 0;
    return n;
}

/* The width most of the records have; a trailing delimiter in every record is no column. */
static size_t common_width(const nf_record *row, size_t n)
{
    size_t best = 0, votes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        if (row[i].n == best) continue;
        for (size_t k = i; k < n; k++) same += row[k].n == row[i].n;
        if (same > votes || (same == votes && row[i].n > best)) votes = same, best = row[i].n;
    }
    for (; best > 1; best--)
        for (size_t i = 0; i < n; i++)
            if (row[i].n >= best && row[i].len[best - 1]) return best;
    return best;
}

/* The header is the first record that is as wide as the table and filled: what stands above is preamble. */
static size_t find_header(const nf_peek *p)
{
    for (size_t i = 0; i < p->n && i < HEADER_ROWS; i++) {
        size_t have = filled(&p->row[i]);
        if (p->row[i].n >= p->width && 2 * have > p->width && (have > 1 || p->width == 1)) return i;
    }
    return 0;
}

/* A first row that itself holds a date or a number under which others stand is data: the table has no header. */
static bool has_header(const nf_peek *p, size_t at)
{
    const nf_record *head = &p->row[at];
    size_t below = at + 1 < p->n ? at + 1 : at, dates = 0, words = 0;
    if (below == at) return true;
    const nf_record *next = &p->row[below];
    for (size_t i = 0; i < head->n && i < next->n; i++) {
        bool date = is_period(head->cell[i], head->len[i], NF_ORDER_DMY) && head->len[i] > 4;
        dates += date && is_period(next->cell[i], next->len[i], NF_ORDER_DMY) && next->len[i] > 4;
        words += is_number(next->cell[i], next->len[i]) && head->len[i] && !is_number(head->cell[i], head->len[i]);
    }
    return !dates || words > 0;
}

static int name_columns(nf_ctx *c, nf_peek *p)
{
    const char **name = nf_alloc(c, p->width * sizeof *name);
    if (!name) return NF_ENOMEM;
    for (size_t i = 0; i < p->width; i++) {
        name[i] = "";
        if (p->header == p->data || i >= p->row[p->header].n) continue;
        const char *s = p->row[p->header].cell[i], *end = s + p->row[p->header].len[i];
        while (s < end && isspace((unsigned char)*s)) s++;
        while (end > s && isspace((unsigned char)end[-1])) end--;
        name[i] = nf_strndup(c, s, (size_t)(end - s));
        if (!name[i]) return NF_ENOMEM;
    }
    p->name = name;
    return NF_OK;
}

static void note_cell(nf_column_facts *f, const char *cell, size_t len)
{
    double v;
    if (!len || nf_is_missing(nf_missing_default, cell, len)) {
        f->empty++;
        return;
    }
    f->cells++;
    f->order = nf_date_order_vote(f->order, cell);
    f->periods += is_period(cell, len, f->order == NF_ORDER_UNKNOWN || f->order == NF_ORDER_CONFLICT ? NF_ORDER_DMY : f->order);
    if (!nf_double_scan(cell, len, &v)) return;
    f->numbers++;
    if (v < f->lo) f->lo = v;
    if (v > f->hi) f->hi = v;
    if (v != floor(v)) f->whole = false;
}

static int note_columns(nf_ctx *c, nf_peek *p)
{
    nf_column_facts *f = nf_alloc(c, (p->width + 1) * sizeof *f);
    if (!f) return NF_ENOMEM;
    for (size_t i = 0; i < p->width; i++) {
        f[i] = (nf_column_facts){ .lo = INFINITY, .hi = -INFINITY, .whole = true };
        for (size_t k = p->data; k < p->n; k++)
            if (i < p->row[k].n && p->row[k].n >= p->width) note_cell(&f[i], p->row[k].cell[i], p->row[k].len[i]);
    }
    p->facts = f;
    return NF_OK;
}

int nf_peek_rows(nf_ctx *c, nf_peek *out, const nf_record *row, size_t n, const char *file, bool exact)
{
    *out = (nf_peek){ .file = file, .exact = exact, .row = row, .n = n, .delimiter = ',' };
    if (!n) {
        nf_fail(c, NF_EDATA, "the file is empty");
        return nf_hint(c, "a table begins with a row that names its columns");
    }
    out->width = exact ? row[0].n : common_width(row, n);
    out->header = exact ? 0 : find_header(out);
    out->data = out->header + (exact || has_header(out, out->header));
    int rc = name_columns(c, out);
    return rc ? rc : note_columns(c, out);
}

int nf_peek_take(nf_ctx *c, nf_peek *out, nf_text_file *text, const char *file, char delimiter, bool exact)
{
    taking t = { nf_alloc(c, PEEK_ROWS * sizeof *t.row), 0, 0 };
    if (!t.row) return NF_ENOMEM;
    int rc = nf_csv_each(c, text, file, delimiter, exact, take, &t);
    if (rc == NF_EDATA && t.n) rc = NF_OK;                          /* the whole reading will meet it again */
    if (!rc) rc = nf_peek_rows(c, out, t.row, t.n, file, exact);
    out->delimiter = delimiter;
    return rc ? rc : nf_text_rewind(c, text);
}

/* ---- by name ---- */

int nf_peek_column(const nf_peek *p, const char *names)
{
    for (const char *s = names; *s; ) {
        size_t n = strcspn(s, "|");
        for (size_t i = 0; i < p->width; i++)
            if (strlen(p->name[i]) == n && !strncasecmp(p->name[i], s, n)) return (int)i;
        s += n + (s[n] == '|');
    }
    return -1;
}
