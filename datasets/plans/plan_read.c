/* plan_read.c - a folder of CSV tables, made into a plan. */
#include "readers/book.h"
#include "plan_tables.h"
#include <math.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct nf_plan_intake {
    nf_plan *plan; const nf_plan_table *table;
    size_t cols;
    const nf_plan_column *column[64];            /* by position in the file; NULL: a blank, unnamed column */
    bool twin[64];
    char *row; size_t n, room;
};

int nf_plan_intake_new(nf_ctx *c, nf_plan_intake **out, nf_plan *plan, const nf_plan_table *table)
{
    *out = nf_alloc(c, sizeof **out);
    if (!*out) return NF_ENOMEM;
    **out = (nf_plan_intake){ .plan = plan, .table = table };
    return NF_OK;
}

/* The column of that name; *zh: its Chinese twin. */
static const nf_plan_column *find(const nf_plan_table *table, const char *name, bool *zh)
{
    size_t n = strlen(name), stem = n > 3 && !strcmp(name + n - 3, "_zh") ? n - 3 : n;
    for (const nf_plan_column *k = table->column; k->name; k++) {
        bool prose = k->kind == NF_CELL_PROSE, twin = prose && stem < n;
        if (strncmp(k->name, name, twin ? stem : n) || k->name[twin ? stem : n]) continue;
        *zh = twin;
        return k;
    }
    return NULL;
}

static int unknown_column(nf_ctx *c, const nf_plan_table *table, const char *name)
{
    const char *known[64];
    size_t n = 0;
    for (const nf_plan_column *k = table->column; k->name; k++) known[n++] = k->name;
    const char *near = nf_nearest(name, known, n);
    nf_fail(c, NF_EDATA, "the table %s has no column '%.80s'", table->name, name);
    return near ? nf_hint(c, "did you mean '%s'?", near) : NF_EDATA;
}

static int header(nf_plan_intake *in, nf_ctx *c, const nf_record *r)
{
    if (r->n > sizeof in->column / sizeof *in->column) return nf_fail(c, NF_EDATA, "%zu columns", r->n);
    for (size_t i = 0; i < r->n; i++) {
        if (!r->len[i]) continue;
        in->column[i] = find(in->table, r->cell[i], &in->twin[i]);
        if (!in->column[i]) return unknown_column(c, in->table, r->cell[i]), nf_at(c, NULL, r->line, (long)i + 1);
        for (size_t k = 0; k < i; k++)
            if (in->column[k] == in->column[i] && in->twin[k] == in->twin[i])
                return nf_fail(c, NF_EDATA, "the column '%s' stands twice", r->cell[i]),
                       nf_at(c, NULL, r->line, (long)i + 1);
    }
    for (const nf_plan_column *k = in->table->column; k->name; k++) {
        bool there = !k->needed;
        for (size_t i = 0; i < r->n; i++) there |= in->column[i] == k;
        if (!there) return nf_fail(c, NF_EDATA, "the table %s needs a column '%s'", in->table->name, k->name);
    }
    in->cols = r->n;
    return NF_OK;
}

/* Numbers that are not given are NaN; everything else starts as zero. */
static void empty_row(const nf_plan_table *table, char *row)
{
    static const double none = NAN;
    for (const nf_plan_column *k = table->column; k->name; k++)
        if (k->kind == NF_CELL_NUMBER) memcpy(row + k->at, &none, sizeof none);
}

static int next_row(nf_plan_intake *in, nf_ctx *c, char **row)
{
    if (!in->table->size) {
        if (in->n++) return nf_fail(c, NF_EDATA, "the table %s has one row", in->table->name);
        return *row = (char *)in->plan, NF_OK;
    }
    in->row = nf_grow(c, in->row, in->n, &in->room, in->table->size);
    if (!in->row) return NF_ENOMEM;
    *row = in->row + in->n++ * in->table->size;
    empty_row(in->table, *row);
    return NF_OK;
}

/* A header may feed two fields: the place's code is also its title until a better one is given. */
static int cells(nf_plan_intake *in, nf_ctx *c, const nf_record *r, char *row, size_t i)
{
    for (const nf_plan_column *k = in->table->column; k->name; k++) {
        if (strcmp(k->name, in->column[i]->name)) continue;
        if (in->twin[i] != (in->twin[i] && k->kind == NF_CELL_PROSE)) continue;
        if (k->needed && !r->len[i]) return nf_fail(c, NF_EDATA, "%s is empty", k->name);
        size_t twin = in->twin[i] ? offsetof(nf_text, zh) : 0;
        int rc = r->len[i] || k->kind != NF_CELL_PROSE ? nf_plan_cell(c, row + k->at + twin, k, r->cell[i]) : NF_OK;
        if (rc) return rc;
    }
    return NF_OK;
}

static bool blank(const nf_record *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->len[i]) return false;
    return true;
}

int nf_plan_intake_record(void *self, nf_ctx *c, const nf_record *r)
{
    nf_plan_intake *in = self;
    char *row = NULL;
    if (blank(r)) return NF_OK;
    if (!in->cols) return header(in, c, r);
    if (r->n != in->cols) return nf_fail(c, NF_EDATA, "%zu cells, the header has %zu", r->n, in->cols);
    int rc = next_row(in, c, &row);
    for (size_t i = 0; !rc && i < r->n; i++) {
        if (!in->column[i]) continue;
        rc = cells(in, c, r, row, i);
        if (rc) nf_at(c, NULL, r->line, (long)i + 1);
    }
    return rc;
}

int nf_plan_intake_end(nf_ctx *c, nf_plan_intake *in)
{
    if (!in->cols)
        return nf_fail(c, NF_EDATA, "the table %s is empty", in->table->name),
               nf_hint(c, "its first row names the columns");
    if (!in->table->size) return in->n ? NF_OK : nf_fail(c, NF_EDATA, "the table %s has no row", in->table->name);
    memcpy((char *)in->plan + in->table->list, &in->row, sizeof in->row);
    memcpy((char *)in->plan + in->table->count, &in->n, sizeof in->n);
    return NF_OK;
}

/* ---- what follows from the rest of the plan ---- */

static int default_sense(const nf_target *t)
{
    if (t->kind == NF_AT_LEAST) return 1;
    if (t->kind == NF_AT_MOST) return -1;
    if (t->kind == NF_CHANGE_PCT && t->value < 0) return -1;
    if (t->kind == NF_REACH && t->value < t->base_value) return -1;
    return t->kind == NF_RANGE || t->kind == NF_KEEP ? 0 : 1;
}

/* A target says what is its own; series, unit and titles come from its indicator. */
static void link_target(const nf_plan *plan, nf_target *t)
{
    const nf_indicator *k = nf_plan_indicator(plan, t->indicator);
    if (!t->sense) t->sense = default_sense(t);
    if (!k) return;
    if (!t->series || !*t->series) t->series = k->expression && *k->expression ? k->expression : k->code;
    if (!t->unit || !*t->unit) t->unit = t->kind == NF_CHANGE_PCT ? "%" : k->unit;
    if (!t->improvement || !*t->improvement) t->improvement = k->improvement;
    if (!t->title.en) t->title = k->title;
    if (t->scale == NF_SCALE_AUTO) t->scale = k->scale;
}

void nf_plan_link(nf_plan *plan)
{
    for (size_t i = 0; i < plan->n_target; i++) link_target(plan, (nf_target *)&plan->target[i]);
}

static int read_table(nf_ctx *c, nf_plan *plan, const nf_plan_table *table, const char *path)
{
    nf_plan_intake *in;
    int rc = nf_plan_intake_new(c, &in, plan, table);
    if (!rc) rc = nf_csv_file(c, path, nf_plan_intake_record, in);
    if (!rc) rc = nf_plan_intake_end(c, in);
    return rc ? nf_at(c, path, 0, 0) : NF_OK;
}

static int read_sheet(nf_ctx *c, nf_plan *plan, const nf_plan_table *table, nf_book *book, size_t sheet,
                      const char *path)
{
    nf_plan_intake *in;
    int rc = nf_plan_intake_new(c, &in, plan, table);
    if (!rc) rc = nf_book_each(c, book, sheet, nf_plan_intake_record, in);
    if (!rc) rc = nf_plan_intake_end(c, in);
    return rc ? nf_book_at(c, path, nf_book_sheet(book, sheet)) : NF_OK;
}

static int read_folder(nf_ctx *c, nf_plan *out, const char *folder, size_t *tables)
{
    for (const nf_plan_table *t = nf_plan_tables; t->name; t++) {
        const char *path = nf_format(c, "%s/%s.csv", folder, t->name);
        if (!path) return NF_ENOMEM;
        if (access(path, F_OK)) continue;
        int rc = read_table(c, out, t, path);
        if (rc) return rc;
        ++*tables;
    }
    return NF_OK;
}

/* The sheets are called like the tables; others are the planner's own. */
static int read_book(nf_ctx *c, nf_plan *out, const char *path, size_t *tables)
{
    nf_book *book;
    int rc = nf_book_open(c, &book, path);
    if (rc) return rc;
    for (const nf_plan_table *t = nf_plan_tables; !rc && t->name; t++)
        for (size_t i = 0; !rc && i < nf_book_sheets(book); i++) {
            if (strcasecmp(nf_book_sheet(book, i), t->name)) continue;
            rc = read_sheet(c, out, t, book, i, path);
            ++*tables;
        }
    nf_book_close(book);
    return rc;
}

int nf_plan_read(nf_ctx *c, nf_plan *out, const char *folder)
{
    size_t mark = nf_mark(c), tables = 0;
    *out = (nf_plan){ 0 };
    int rc = nf_is_book(folder) ? read_book(c, out, folder, &tables) : read_folder(c, out, folder, &tables);
    if (!rc && !tables) {
        rc = nf_fail(c, NF_ENOTFOUND, "no plan is here");
        nf_hint(c, "a plan is a folder with programme.csv, indicators.csv, targets.csv and the like, or a workbook of "
                   "such sheets");
        nf_at(c, folder, 0, 0);
    }
    if (rc) return *out = (nf_plan){ 0 }, nf_release(c, mark), rc;
    for (size_t i = 0; i < out->n_target; i++) link_target(out, (nf_target *)&out->target[i]);
    return NF_OK;
}

int nf_targets_read(nf_ctx *c, nf_plan *out, const char *file)
{
    *out = (nf_plan){ 0 };
    int rc = read_table(c, out, &nf_targets_table, file);
    for (size_t i = 0; !rc && i < out->n_target; i++) {
        nf_target *t = (nf_target *)&out->target[i];
        t->code = t->indicator;
        if (!t->sense) t->sense = default_sense(t);
    }
    return rc;
}
