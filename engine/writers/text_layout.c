/* text_layout.c - measures cells, gives each column its width, and writes rows as columns or as records. */
#include "text_layout.h"
#include "scheme.h"
#include "tables/utf8.h"
#include <string.h>

enum { GAP = 2, PROSE_LEAST = 24, RECORD_LEAST = 20 };

/* ---- cells: escaped for a terminal, in a memory used again for every cell ---- */

static const char *escaped(nf_layout *l, const char *text)
{
    l->cell.n = 0;
    if (nf_escape(nf_out_memory(&l->cell), NF_TTY, text)) l->failed = true;
    return l->cell.n ? l->cell.text : "";
}

static const char *cell(nf_layout *l, const nf_pen *pen, size_t i, const nf_value *v)
{
    char room[NF_CELL_ROOM];
    return escaped(l, nf_cell_for_people(room, pen->field[i].type, v, pen->style.lang));
}

static const char *title(nf_layout *l, const nf_pen *pen, size_t i)
{
    return escaped(l, nf_field_title(&pen->field[i], pen->style.lang));
}

/* Bytes of text that fit into so many columns. */
static size_t bytes_within(const char *text, size_t columns)
{
    size_t at = 0, used = 0, len = strlen(text);
    for (size_t bytes; at < len; at += bytes) {
        used += (size_t)nf_char_columns(nf_utf8_next(text + at, len - at, &bytes));
        if (used > columns) break;
    }
    return at;
}

static const char *shortened(nf_layout *l, size_t width)
{
    l->cell.n = bytes_within(l->cell.text, width - 1);
    if (nf_put(nf_out_memory(&l->cell), "…")) l->failed = true;
    return l->cell.text;
}

static bool is_power(const char *text) { return strstr(text, "×") != NULL; }

/* Columns from the point on, so that points stand below each other; powers of ten are left aside. */
static size_t fraction_of(nf_type type, const char *text)
{
    const char *point = type == NF_F64 && !is_power(text) ? strchr(text, '.') : NULL;
    return point ? strlen(point) : 0;
}

/* ---- deciding ---- */

static void grow(size_t *a, size_t b) { if (*a < b) *a = b; }

static void measure(nf_layout *l, const nf_pen *pen, const nf_rows *seen, bool complete, size_t i)
{
    nf_column *col = &l->col[i];
    nf_type type = pen->field[i].type;
    size_t whole = 0, power = 0;
    col->shown = !complete || seen->n == 0;
    for (size_t r = 0; r < seen->n; r++) {
        const nf_value *v = &seen->row[r][i];
        const char *text = cell(l, pen, i, v);
        size_t fraction = fraction_of(type, text), columns = nf_text_columns(text);
        grow(&col->fraction, fraction);
        grow(is_power(text) ? &power : &whole, columns - fraction);
        if (!nf_value_is_empty(type, v)) col->shown = true;
    }
    col->width = whole + col->fraction;
    grow(&col->width, power);
    grow(&col->width, nf_text_columns(title(l, pen, i)));
    col->least = type == NF_PROSE && col->width > PROSE_LEAST ? PROSE_LEAST : col->width;
}

static size_t total(const nf_layout *l, size_t cols)
{
    size_t sum = 0;
    for (size_t i = 0; i < cols; i++)
        if (l->col[i].shown) sum += l->col[i].width + (sum ? GAP : 0);
    return sum;
}

static nf_column *widest_to_cut(nf_layout *l, size_t cols)
{
    nf_column *best = NULL;
    for (size_t i = 0; i < cols; i++) {
        nf_column *c = &l->col[i];
        if (c->shown && c->width > c->least && (!best || c->width > best->width)) best = c;
    }
    return best;
}

/* Prose gives way, the widest first (it is cut, and in the last column wrapped); if that is not enough every
 * row becomes a record. */
static void fit(nf_layout *l, size_t cols, size_t width)
{
    for (nf_column *c; total(l, cols) > width && (c = widest_to_cut(l, cols)); ) {
        size_t over = total(l, cols) - width, spare = c->width - c->least;
        c->width -= over < spare ? over : spare;
    }
    l->records = total(l, cols) > width;
}

int nf_layout_decide(nf_layout *l, nf_ctx *c, const nf_pen *pen, const nf_rows *seen, bool complete)
{
    *l = (nf_layout){ .cell = { .ctx = c }, .col = nf_alloc(c, pen->cols * sizeof *l->col) };
    if (!l->col) return NF_ENOMEM;
    for (size_t i = 0; i < pen->cols; i++) {
        measure(l, pen, seen, complete, i);
        if (l->col[i].shown) grow(&l->label, nf_text_columns(title(l, pen, i)));
    }
    for (size_t i = pen->cols; i-- > 0; )
        if (l->col[i].shown) {
            l->col[i].last = true;
            break;
        }
    if (pen->style.width > 0) fit(l, pen->cols, (size_t)pen->style.width);
    return NF_OK;
}

/* ---- writing ---- */

static void repeat(nf_pen *pen, const char *s, size_t n) { while (n--) nf_pen_put(pen, s); }
/* What a has more than b: later rows may be wider than those the layout was decided from. */
static size_t beyond(size_t a, size_t b) { return a > b ? a - b : 0; }
static void pad(nf_pen *pen, size_t width, size_t used) { repeat(pen, " ", beyond(width, used)); }

static const char *colour_of(const nf_pen *pen, size_t i, const nf_value *v)
{
    static const char *const by_level[] = { [NF_UNKNOWN] = "", [NF_MISSED] = "\x1b[31m", [NF_OFF] = "\x1b[31m",
                                            [NF_RISK] = "\x1b[33m", [NF_ON] = "\x1b[32m", [NF_MET] = "\x1b[32m" };
    int level = pen->style.colour ? nf_cell_level(pen->field[i].type, v) : -1;
    return level < 0 ? "" : by_level[level];
}

static void put_coloured(nf_pen *pen, const char *colour, const char *text)
{
    nf_pen_put(pen, colour);
    nf_pen_put(pen, text);
    if (*colour) nf_pen_put(pen, "\x1b[0m");
}

static void put_number(nf_pen *pen, nf_type type, const nf_column *col, const char *text)
{
    size_t after = is_power(text) ? 0 : beyond(col->fraction, fraction_of(type, text));
    pad(pen, col->width, nf_text_columns(text) + after);
    nf_pen_put(pen, text);
    if (!col->last) repeat(pen, " ", after);
}

/* Text over several lines, each within width, all but the first indented. */
static void put_wrapped(nf_pen *pen, const char *text, size_t width, size_t indent)
{
    while (nf_text_columns(text) > width) {
        size_t at = nf_text_line(text, width);
        nf_pen_bytes(pen, text, at);
        text += at;
        text += strspn(text, " ");
        if (!*text) return;
        nf_pen_put(pen, "\n");
        repeat(pen, " ", indent);
    }
    nf_pen_put(pen, text);
}

static void put_words(nf_pen *pen, const nf_column *col, const char *colour, const char *text)
{
    put_coloured(pen, colour, text);
    if (!col->last) pad(pen, col->width, nf_text_columns(text));
}

/* What comes before column i: the gap, unless it is the first shown. */
static void put_gap(const nf_layout *l, nf_pen *pen, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (l->col[k].shown) {
            repeat(pen, " ", GAP);
            return;
        }
}

static void put_columns(nf_layout *l, nf_pen *pen, const nf_value *v)
{
    for (size_t i = 0; i < pen->cols; i++) {
        nf_column *col = &l->col[i];
        nf_type type = pen->field[i].type;
        if (!col->shown) continue;
        put_gap(l, pen, i);
        const char *text = cell(l, pen, i, &v[i]);
        bool cut = type == NF_PROSE && pen->style.width > 0 && nf_text_columns(text) > col->width;
        if (nf_type_is_number(type)) put_number(pen, type, col, text);
        else if (cut && col->last) put_wrapped(pen, text, col->width, total(l, i) + GAP);
        else put_words(pen, col, colour_of(pen, i, &v[i]), cut ? shortened(l, col->width) : text);
    }
    nf_pen_put(pen, "\n");
}

void nf_layout_header(nf_layout *l, nf_pen *pen)
{
    if (l->records) return;
    const char *bold = pen->style.colour ? "\x1b[1m" : "";
    for (size_t i = 0; i < pen->cols; i++) {
        const nf_column *col = &l->col[i];
        if (!col->shown) continue;
        put_gap(l, pen, i);
        const char *text = title(l, pen, i);
        if (nf_type_is_number(pen->field[i].type)) pad(pen, col->width, nf_text_columns(text));
        put_coloured(pen, bold, text);
        if (!nf_type_is_number(pen->field[i].type) && !col->last) pad(pen, col->width, nf_text_columns(text));
    }
    nf_pen_put(pen, "\n");
    for (size_t i = 0; i < pen->cols; i++) {
        if (!l->col[i].shown) continue;
        put_gap(l, pen, i);
        repeat(pen, "─", l->col[i].width);
    }
    nf_pen_put(pen, "\n");
}

/* A line a field that has a value, a blank line between records. */
static void put_record(nf_layout *l, nf_pen *pen, const nf_value *v)
{
    size_t indent = l->label + GAP, width = (size_t)pen->style.width;
    if (pen->rows) nf_pen_put(pen, "\n");
    for (size_t i = 0; i < pen->cols; i++) {
        if (nf_value_is_empty(pen->field[i].type, &v[i])) continue;
        const char *text = title(l, pen, i);
        put_coloured(pen, pen->style.colour ? "\x1b[1m" : "", text);
        pad(pen, indent, nf_text_columns(text));
        text = cell(l, pen, i, &v[i]);
        const char *colour = colour_of(pen, i, &v[i]);
        if (*colour) put_coloured(pen, colour, text);
        else put_wrapped(pen, text, width > indent + RECORD_LEAST ? width - indent : RECORD_LEAST, indent);
        nf_pen_put(pen, "\n");
    }
}

void nf_layout_row(nf_layout *l, nf_pen *pen, const nf_value *v)
{
    if (l->records) put_record(l, pen, v);
    else put_columns(l, pen, v);
    pen->rows++;
}
