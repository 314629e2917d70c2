/* table_peek.c - a look at a table's first records: delimiter, preamble, header, and what its columns hold. */
#include "mapping.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum { PEEK_ROWS = 400, PEEK_BYTES = 1 << 20, HEADER_ROWS = 40, PERIOD_BYTES = 60 };

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

/* By its digits, else by its words: 2024年3月, Q1 2024. */
static bool is_period(nf_ctx *c, const char *cell, size_t len, nf_date_order order)
{
    nf_period p;
    if (!len || nf_period_scan(&p, cell, len, order)) return len > 0;
    return len < PERIOD_BYTES && strpbrk(cell, "0123456789") && !nf_period_parse(c, &p, cell, NF_ANY, order);
}

bool nf_is_two_years(const char *cell, size_t len)
{
    nf_period year;
    double next;
    return len == 7 && cell[4] == '-' && nf_period_scan(&year, cell, 4, NF_ORDER_YMD)
        && nf_double_scan(cell + 5, 2, &next) && next == (double)((year.ord + 1) % 100);
}

static bool is_number(const char *cell, size_t len)
{
    double v;
    size_t sign = nf_below_sign(cell, len);
    return len && nf_double_scan(cell + sign, len - sign, &v);
}

static size_t filled(const nf_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) n += r->len[i] > 0;
    return n;
}

/* A title over the whole table: one text, once or in every cell of a merged range. */
static bool one_text(const nf_record *r)
{
    const char *text = NULL;
    for (size_t i = 0; i < r->n; i++) {
        if (!r->len[i]) continue;
        if (text && strcmp(text, r->cell[i])) return false;
        text = r->cell[i];
    }
    return true;
}

/* The width most of the records have, those of one cell aside (they are titles and notes), of equals the first;
 * a trailing delimiter in every record is no column. */
static size_t common_width(const nf_record *row, size_t n)
{
    size_t best = 1, votes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        if (row[i].n == best || row[i].n == 1) continue;
        for (size_t k = i; k < n; k++) same += row[k].n == row[i].n;
        if (same > votes) votes = same, best = row[i].n;
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
        if (p->row[i].n >= p->width && 2 * have > p->width && (p->width == 1 || !one_text(&p->row[i]))) return i;
    }
    return 0;
}

/* A first row that itself holds a date or a number under which others stand is data: the table has no header. */
static bool has_header(nf_ctx *c, const nf_peek *p, size_t at)
{
    const nf_record *head = &p->row[at];
    size_t below = at + 1 < p->n ? at + 1 : at, dates = 0, words = 0;
    if (below == at) return true;
    const nf_record *next = &p->row[below];
    for (size_t i = 0; i < head->n && i < next->n; i++) {
        bool date = is_period(c, head->cell[i], head->len[i], NF_ORDER_DMY) && head->len[i] > 4;
        dates += date && is_period(c, next->cell[i], next->len[i], NF_ORDER_DMY) && next->len[i] > 4;
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

/* Merged headers: names that repeat or are blank, and below them words that tell them apart. */
static bool is_second_header(const nf_peek *p)
{
    if (p->data >= p->n || p->row[p->data].n < p->width) return false;
    const nf_record *below = &p->row[p->data];       /* the header may be narrower: a name then is blank */
    size_t open = 0, words = 0;
    for (size_t i = 0; i < p->width; i++) {
        bool repeats = !*p->name[i];
        for (size_t k = 0; k < i && !repeats; k++) repeats = !strcmp(p->name[k], p->name[i]);
        if (i < below->n &&
            (is_number(below->cell[i], below->len[i]) || nf_is_missing("NA,-,:", below->cell[i], below->len[i])) &&
            below->len[i])
            return false;
        open += repeats;
        words += repeats && below->len[i] && strcmp(below->cell[i], p->name[i]);
    }
    return open && words == open;
}

static int second_header(nf_ctx *c, nf_peek *p)
{
    if (!is_second_header(p)) return NF_OK;
    const nf_record *below = &p->row[p->data];
    const char **name = nf_alloc(c, p->width * sizeof *name);
    if (!name) return NF_ENOMEM;
    for (size_t i = 0; i < p->width; i++) {
        const char *upper = p->name[i], *lower = below->cell[i];
        bool same = !*lower || !strcmp(upper, lower), wide = *upper && (unsigned char)upper[strlen(upper) - 1] >= 0x80;
        name[i] = same ? upper : !*upper ? lower : nf_format(c, "%s%s%s", upper, wide ? "" : " ", lower);
        if (!name[i]) return NF_ENOMEM;
    }
    p->name = name;
    p->data++;
    return NF_OK;
}

/* "12,4" is a number only where commas are decimals; a point in another cell speaks against it, unless it groups. */
static char decimal_of(const nf_peek *p)
{
    bool commas = false, points = false;
    double v;
    if (p->delimiter == ',' || p->exact) return '.';
    for (size_t i = p->header; i < p->n; i++)
        for (size_t k = 0; k < p->row[i].n; k++) {
            const char *cell = p->row[i].cell[k];
            size_t len = p->row[i].len[k];
            bool point = nf_number_scan('.', cell, len, &v), comma = nf_number_scan(',', cell, len, &v);
            commas |= comma && memchr(cell, ',', len) && (!point || p->delimiter == ';');
            points |= point && !comma;
        }
    return commas && !points ? ',' : '.';
}

static void note_cell(nf_ctx *c, const nf_peek *p, nf_column_facts *f, const char *cell, size_t len)
{
    double v;
    if (!len || nf_is_missing(nf_missing_default, cell, len)) {
        f->empty++;
        return;
    }
    f->cells++;
    f->order = nf_date_order_vote(f->order, cell);
    f->periods += is_period(c, cell, len,
                            f->order == NF_ORDER_UNKNOWN || f->order == NF_ORDER_CONFLICT ? NF_ORDER_DMY : f->order);
    size_t sign = p->exact ? 0 : nf_below_sign(cell, len);
    if (p->exact ? !nf_double_scan(cell, len, &v) : !nf_number_scan(p->decimal, cell + sign, len - sign, &v)) return;
    f->numbers++;
    f->percents += !p->exact && nf_has_percent(cell, len);
    if (v < f->lo) f->lo = v;
    if (v > f->hi) f->hi = v;
    if (v != floor(v)) f->whole = false;
}

/* Titles and notes fill one cell: they say nothing of the columns. */
static bool is_row(const nf_peek *p, const nf_record *r)
{
    return r->n >= p->width && (p->width <= 2 || p->exact || filled(r) > 1);
}

/* Two different ones at least, and nothing else. */
static bool is_fiscal(const nf_peek *p, size_t column)
{
    const char *first = NULL;
    bool several = false;
    for (size_t k = p->data; k < p->n && !p->exact; k++) {
        const nf_record *r = &p->row[k];
        if (!is_row(p, r) || !r->len[column]) continue;
        if (!nf_is_two_years(r->cell[column], r->len[column])) return false;
        if (!first) first = r->cell[column];
        several |= strcmp(first, r->cell[column]) != 0;
    }
    return several;
}

static int note_columns(nf_ctx *c, nf_peek *p)
{
    nf_column_facts *f = nf_alloc(c, (p->width + 1) * sizeof *f);
    if (!f) return NF_ENOMEM;
    for (size_t i = 0; i < p->width; i++) {
        f[i] = (nf_column_facts){ .lo = INFINITY, .hi = -INFINITY, .whole = true };
        for (size_t k = p->data; k < p->n; k++)
            if (is_row(p, &p->row[k])) note_cell(c, p, &f[i], p->row[k].cell[i], p->row[k].len[i]);
        f[i].fiscal = is_fiscal(p, i);
        if (f[i].fiscal) f[i].periods = f[i].cells;
    }
    p->facts = f;
    return NF_OK;
}

static int look(nf_ctx *c, nf_peek *p)
{
    if (!p->n) {
        nf_fail(c, NF_EDATA, "the table is empty");
        return nf_hint(c, "it begins with a row that names its columns");
    }
    p->width = p->exact ? p->row[0].n : common_width(p->row, p->n);
    p->header = p->exact ? 0 : find_header(p);
    p->data = p->header + (p->exact || has_header(c, p, p->header));
    p->decimal = decimal_of(p);
    int rc = name_columns(c, p);
    if (!rc && !p->exact && p->data > p->header) rc = second_header(c, p);
    return rc ? rc : note_columns(c, p);
}

int nf_peek_decimal(nf_ctx *c, nf_peek *p, char decimal)
{
    p->decimal = decimal;
    return note_columns(c, p);
}

int nf_peek_take(nf_ctx *c, nf_peek *out, nf_grid grid, const char *file, char delimiter, bool exact)
{
    taking t = { nf_alloc(c, PEEK_ROWS * sizeof *t.row), 0, 0 };
    if (!t.row) return NF_ENOMEM;
    int rc = grid.each(grid.self, c, take, &t);
    if (rc && (rc != NF_EDATA || !t.n)) return rc;                  /* the whole reading will meet it again */
    *out = (nf_peek){ .file = file, .exact = exact, .row = t.row, .n = t.n, .delimiter = delimiter, .time = -1 };
    return look(c, out);
}

/* ---- by name ---- */

int nf_peek_column(const nf_peek *p, const char *names)
{
    for (const char *s = names; *s; ) {
        size_t n = strcspn(s, "|");
        for (size_t i = 0; i < p->width; i++)
            if ((*p->name[i] | 32) == (*s | 32) && !strncasecmp(p->name[i], s, n) && !p->name[i][n]) return (int)i;
        s += n + (s[n] == '|');
    }
    return -1;
}
