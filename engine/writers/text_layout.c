/* text_layout.c - measures cells, gives each column its width, and writes rows as columns or as records. */
#include "text_layout.h"
#include "scheme.h"
#include "tables/utf8.h"
#include <stdio.h>
#include <string.h>

enum { GAP = 2, PROSE_LEAST = 16, RECORD_LEAST = 20 };

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

static bool is_power(const char *text) { return strstr(text, "×") != NULL; }

/* Columns from the point on, so that points stand below each other; powers of ten are left aside. */
static size_t fraction_of(nf_type type, const char *text)
{
    const char *point = type == NF_F64 && !is_power(text) ? strchr(text, '.') : NULL;
    return point ? strlen(point) : 0;
}

/* ---- deciding ---- */

static void grow(size_t *a, size_t b) { if (*a < b) *a = b; }

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    char word[200];
    for (size_t n; *text; text += n, text += strspn(text, " ")) {
        n = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        grow(&longest, nf_text_columns(word));
    }
    return longest;
}

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
    col->least = type == NF_PROSE && col->width > PROSE_LEAST ? PROSE_LEAST : col->width;
    grow(&col->least, longest_word(title(l, pen, i)));
    grow(&col->width, nf_text_columns(title(l, pen, i)));
}

static size_t total(const nf_layout *l, size_t cols)
{
    size_t sum = 0;
    for (size_t i = 0; i < cols; i++)
        if (l->col[i].shown) sum += l->col[i].width + (sum ? GAP : 0);
    return sum;
}

static nf_column *widest_to_fold(nf_layout *l, size_t cols)
{
    nf_column *best = NULL;
    for (size_t i = 0; i < cols; i++) {
        nf_column *c = &l->col[i];
        if (c->shown && c->width > c->least && (!best || c->width > best->width)) best = c;
    }
    return best;
}

/* Prose and titles give way, the widest first: they are folded. If that is not enough every row becomes a record. */
static void fit(nf_layout *l, size_t cols, size_t width)
{
    for (nf_column *c; total(l, cols) > width && (c = widest_to_fold(l, cols)); ) c->width--;
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

/* ---- columns: prose and titles that do not fit take several lines of a row ---- */

static size_t lines_of(const char *text, size_t width)
{
    size_t n = 1;
    for (text += nf_text_line(text, width); *(text += strspn(text, " ")); text += nf_text_line(text, width)) n++;
    return n;
}

/* Line k of the cell at hand, "" after its last. */
static const char *piece(nf_layout *l, const char *text, size_t width, size_t k)
{
    for (; k && *text; k--) {
        text += nf_text_line(text, width);
        text += strspn(text, " ");
    }
    if (!*text) return "";
    l->cell.n = nf_text_line(text, width);
    memmove(l->cell.text, text, l->cell.n);
    l->cell.text[l->cell.n] = 0;
    return l->cell.text;
}

/* Blanks are owed until something follows them: no line ends with any. */
static void put_cell(nf_pen *pen, size_t *owed, const nf_column *col, nf_type type, const char *colour,
                     const char *text)
{
    bool number = nf_type_is_number(type);
    size_t columns = nf_text_columns(text);
    size_t after = number && !is_power(text) ? beyond(col->fraction, fraction_of(type, text)) : 0;
    size_t blank = beyond(col->width, columns + after);
    if (number) *owed += blank;
    if (*text) {
        repeat(pen, " ", *owed);
        put_coloured(pen, colour, text);
        *owed = 0;
    }
    *owed += after + (number ? 0 : blank) + GAP;
}

static bool folds(const nf_pen *pen, size_t i) { return pen->style.width > 0 && pen->field[i].type == NF_PROSE; }

static void put_columns(nf_layout *l, nf_pen *pen, const nf_value *v)
{
    size_t lines = 1;
    for (size_t i = 0; i < pen->cols; i++)
        if (l->col[i].shown && folds(pen, i)) grow(&lines, lines_of(cell(l, pen, i, &v[i]), l->col[i].width));
    for (size_t k = 0; k < lines; k++) {
        size_t owed = 0;
        for (size_t i = 0; i < pen->cols; i++) {
            const nf_column *col = &l->col[i];
            if (!col->shown) continue;
            const char *text = k && !folds(pen, i) ? "" : cell(l, pen, i, &v[i]);
            if (folds(pen, i)) text = piece(l, text, col->width, k);
            put_cell(pen, &owed, col, pen->field[i].type, colour_of(pen, i, &v[i]), text);
        }
        nf_pen_put(pen, "\n");
    }
}

/* Titles stand on the rule: those of fewer lines begin lower. */
void nf_layout_header(nf_layout *l, nf_pen *pen)
{
    if (l->records) return;
    size_t lines = 1, shown = 0;
    for (size_t i = 0; i < pen->cols; i++)
        if (l->col[i].shown) grow(&lines, lines_of(title(l, pen, i), l->col[i].width));
    for (size_t k = 0; k < lines; k++) {
        size_t owed = 0;
        for (size_t i = 0; i < pen->cols; i++) {
            nf_column col = l->col[i];
            if (!col.shown) continue;
            const char *text = title(l, pen, i);
            size_t above = lines - lines_of(text, col.width);
            col.fraction = 0;
            text = k < above ? "" : piece(l, text, col.width, k - above);
            put_cell(pen, &owed, &col, pen->field[i].type, pen->style.colour ? "\x1b[1m" : "", text);
        }
        nf_pen_put(pen, "\n");
    }
    for (size_t i = 0; i < pen->cols; i++) {
        if (!l->col[i].shown) continue;
        if (shown++) repeat(pen, " ", GAP);
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
