/* store_plan.c - plans as vintages: every filled cell of their tables, given back as known at a time. */
#include "plans/plan_tables.h"
#include "store_inside.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CELL = 1 << 16 };                          /* a path of as many milestones as may be read fits */

/* ---- a field as the text of its cell: the inverse of nf_plan_cell ---- */

static size_t path_text(char *out, const nf_target *t)
{
    size_t n = 0;
    char period[48], value[32];
    *out = 0;
    for (size_t i = 0; i < t->n_path && n + 96 < CELL; i++) {
        nf_period_text(period, t->path[i].period);
        nf_double_text(value, t->path[i].value);
        n += (size_t)snprintf(out + n, CELL - n, "%s%s:%s", i ? ";" : "", period, value);
    }
    return n;
}

/* "" where the cell is empty. Texts of any length are returned as they are, others are written into room. */
static const char *cell_text(char room[CELL], const void *field, nf_cell_kind kind)
{
    static const char *const senses[] = { "down", "", "up" };
    nf_period p;
    *room = 0;
    switch (kind) {
    case NF_CELL_TEXT: case NF_CELL_PROSE: return *(const char *const *)field ? *(const char *const *)field : "";
    case NF_CELL_NUMBER: nf_double_text(room, *(const double *)field); break;
    case NF_CELL_COUNT:  snprintf(room, CELL, "%d", *(const int *)field); break;
    case NF_CELL_FLAG:   return *(const bool *)field ? "yes" : "";
    case NF_CELL_PERIOD: if (!nf_period_is_empty(p = *(const nf_period *)field)) nf_period_text(room, p); break;
    case NF_CELL_KNOWN:  if (*(const int64_t *)field) nf_instant_text(room, *(const int64_t *)field); break;
    case NF_CELL_KIND:   return nf_kind_name(*(const nf_kind *)field);
    case NF_CELL_SENSE:  return senses[*(const int *)field + 1];
    case NF_CELL_SCALE:  return nf_scale_name(*(const nf_scale *)field);
    case NF_CELL_PATH:   path_text(room, (const nf_target *)(const void *)((const char *)field
            - offsetof(nf_target, path))); break;
    }
    return room;
}

/* Two columns of one name (a place's code and its title) would be one cell: the prose then says its language. */
static void column_name(char out[64], const nf_plan_table *t, const nf_plan_column *k, bool zh)
{
    bool shared = false;
    for (const nf_plan_column *other = t->column; other->name; other++)
        shared |= other != k && !strcmp(other->name, k->name);
    snprintf(out, 64, "%s%s", k->name, zh ? "_zh" : shared && k->kind == NF_CELL_PROSE ? "_en" : "");
}

/* ---- every filled cell of a plan, one after the other ---- */

typedef struct { const char *table, *column, *text; int64_t row; } cell;
/* crc: of each cell, added up, so order is no matter */
typedef struct { int64_t cells, crc; } digest;
typedef int cell_fn(void *to, const cell *);

static void digest_add(digest *d, const cell *x)
{
    uLong crc = crc32_z(0, (const Bytef *)&x->row, sizeof x->row);
    const char *text[] = { x->table, x->column, x->text };
    for (int i = 0; i < 3; i++) crc = crc32_z(crc, (const Bytef *)text[i], strlen(text[i]) + 1);
    d->cells++;
    d->crc = (d->crc + (int64_t)crc) & 0xffffffff;
}

static int field_each(const nf_plan_table *t, const nf_plan_column *k, const char *base, int64_t row, cell_fn *fn,
                      void *to)
{
    char room[CELL], name[64];
    int rc = 0;
    for (int zh = 0; !rc && zh <= (k->kind == NF_CELL_PROSE); zh++) {
        cell x = { t->name, name, cell_text(room, base + k->at + (zh ? offsetof(nf_text, zh) : 0), k->kind), row };
        if (!*x.text) continue;
        column_name(name, t, k, zh);
        rc = fn(to, &x);
    }
    return rc;
}

static int cells_each(const nf_plan *p, cell_fn *fn, void *to)
{
    int rc = 0;
    for (const nf_plan_table *t = nf_plan_tables; t->name && !rc; t++) {
        const char *base = (const char *)p;
        size_t n = 1;
        if (t->list == offsetof(nf_plan, entry)) continue;       /* the ledger has a table of its own */
        if (t->size) {
            memcpy(&base, (const char *)p + t->list, sizeof base);
            memcpy(&n, (const char *)p + t->count, sizeof n);
        }
        for (size_t i = 0; i < n && !rc; i++, base += t->size)
            for (const nf_plan_column *k = t->column; k->name && !rc; k++)
                rc = field_each(t, k, base, (int64_t)i, fn, to);
    }
    return rc;
}

/* ---- save ---- */

typedef struct { nf_ctx *ctx; nf_store *store; sqlite3_stmt *insert; int64_t plan; } saving;

static int count_cell(void *to, const cell *x)
{
    digest_add(to, x);
    return NF_OK;
}

static int save_cell(void *to, const cell *x)
{
    saving *s = to;
    int rc = nf_store_bind(s->ctx, s->store, s->insert, "ititt", s->plan, x->table, x->row, x->column, x->text);
    return rc ? rc : nf_store_step(s->ctx, s->store, s->insert);
}

/* The latest vintage of that plan says the same already. */
static int is_kept(nf_ctx *c, nf_store *s, const nf_plan *p, const digest *d, int64_t published, bool *kept)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(c, s, &q, "SELECT cells = ?2 AND crc = ?3 AND published <= ?4 FROM plan WHERE code = ?1 "
                                    "ORDER BY published DESC, id DESC LIMIT 1");
    if (!rc) rc = nf_store_bind(c, s, q, "tiii", p->code, d->cells, d->crc, published);
    if (!rc) rc = nf_store_step(c, s, q);
    *kept = rc > 0 && sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return rc < 0 ? rc : NF_OK;
}

static int plan_insert(nf_ctx *c, nf_store *s, const nf_plan *p, const digest *d, const char *folder, int64_t published,
                       int64_t now)
{
    saving to = { .ctx = c, .store = s };
    int rc = nf_store_number(c, s, &to.plan, "SELECT ifnull(max(id), 0) + 1 FROM plan");
    if (!rc) rc = nf_store_do(c, s, "INSERT INTO plan VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "ittiitiis", to.plan,
                              p->code, folder, published, now, "ninefold " NF_VERSION, d->cells, d->crc);
    if (!rc) rc = nf_store_sql(c, s, &to.insert, "INSERT INTO plan_cell VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!rc) rc = cells_each(p, save_cell, &to);
    sqlite3_finalize(to.insert);
    return rc ? rc : nf_store_count_add(c, s, "plans", 1);
}

int nf_store_plan_save(nf_ctx *c, nf_store *s, const nf_plan *p, const char *folder, int64_t published, int64_t now)
{
    digest d = { 0 };
    bool kept = false, entered = false;
    int rc = nf_store_write_begin(c, s, now, true);
    if (rc) return rc;
    cells_each(p, count_cell, &d);
    rc = is_kept(c, s, p, &d, published, &kept);
    if (!rc && !kept) rc = plan_insert(c, s, p, &d, folder, published, now);
    if (!rc) rc = nf_store_ledger_import(c, s, p->entry, p->n_entry, &entered);
    return nf_store_write_end(c, s, rc, !kept || entered);
}

/* ---- give back ---- */

typedef struct { nf_ctx *ctx; nf_store *store; nf_plan *plan; digest seen; } filling;

static int damaged(filling *f)
{
    return nf_store_damaged(f->ctx, f->store, "the tables of a plan are not as they were written");
}

static const nf_plan_table *table_find(const char *name)
{
    for (const nf_plan_table *t = nf_plan_tables; t->name; t++)
        if (!strcmp(t->name, name)) return t;
    return NULL;
}

static const nf_plan_column *column_find(const nf_plan_table *t, const char *name, bool *zh)
{
    char candidate[64];
    for (const nf_plan_column *k = t->column; k->name; k++)
        for (int twin = 0; twin <= (k->kind == NF_CELL_PROSE); twin++) {
            column_name(candidate, t, k, twin);
            *zh = twin;
            if (!strcmp(candidate, name)) return k;
        }
    return NULL;
}

/* Rows of a table as zeros, with numbers that are not given as NaN. */
static int table_make(filling *f, const nf_plan_table *t, int64_t rows)
{
    char *base = nf_alloc(f->ctx, (size_t)rows * t->size);
    size_t n = (size_t)rows;
    if (!base) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++)
        for (const nf_plan_column *k = t->column; k->name; k++)
            if (k->kind == NF_CELL_NUMBER) *(double *)(void *)(base + i * t->size + k->at) = NAN;
    memcpy((char *)f->plan + t->list, &base, sizeof base);
    memcpy((char *)f->plan + t->count, &n, sizeof n);
    return NF_OK;
}

static int tables_make(filling *f, int64_t id)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(f->ctx, f->store, &q, "SELECT tab, max(row) + 1 FROM plan_cell WHERE plan = ?1 GROUP BY tab");
    if (!rc) rc = nf_store_bind(f->ctx, f->store, q, "i", id);
    while (!rc && (rc = nf_store_step(f->ctx, f->store, q)) > 0) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        const nf_plan_table *t = name ? table_find(name) : NULL;
        int64_t rows = sqlite3_column_int64(q, 1);
        rc = !t || rows < 1 || rows > 1000000 ? damaged(f) : t->size ? table_make(f, t, rows) : NF_OK;
    }
    sqlite3_finalize(q);
    return rc;
}

static int cell_fill(filling *f, const cell *x)
{
    bool zh;
    const nf_plan_table *t = table_find(x->table);
    const nf_plan_column *k = t ? column_find(t, x->column, &zh) : NULL;
    char *base = (char *)f->plan;
    size_t n = 1;
    digest_add(&f->seen, x);
    if (k && t->size) {
        memcpy(&base, (char *)f->plan + t->list, sizeof base);
        memcpy(&n, (char *)f->plan + t->count, sizeof n);
    }
    if (!k || x->row < 0 || (size_t)x->row >= n) return damaged(f);
    char *field = base + (size_t)x->row * t->size + k->at + (zh ? offsetof(nf_text, zh) : 0);
    return nf_plan_cell(f->ctx, field, k, x->text) ? damaged(f) : NF_OK;
}

static int cells_fill(filling *f, int64_t id)
{
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(f->ctx, f->store, &q,
                          "SELECT tab, row, col, value FROM plan_cell WHERE plan = ?1 ORDER BY tab, row, col");
    if (!rc) rc = nf_store_bind(f->ctx, f->store, q, "i", id);
    while (!rc && (rc = nf_store_step(f->ctx, f->store, q)) > 0) {
        cell x = { .table = (const char *)sqlite3_column_text(q, 0), .row = sqlite3_column_int64(q, 1),
                   .column = (const char *)sqlite3_column_text(q, 2), .text = (const char *)sqlite3_column_text(q, 3) };
        rc = x.table && x.column && x.text ? cell_fill(f, &x) : damaged(f);
    }
    sqlite3_finalize(q);
    return rc;
}

/* Targets that had not been published by then are not in the plan of that day. */
static void targets_known(nf_plan *p, int64_t known)
{
    nf_target *t = (nf_target *)p->target;
    size_t kept = 0;
    for (size_t i = 0; known && i < p->n_target; i++)
        if (t[i].known <= known) t[kept++] = t[i];
    if (known) p->n_target = kept;
}

/* The vintage of that id, or the latest published by then. */
static int plan_find(filling *f, int64_t *id, int64_t known, digest *want)
{
    char text[32];
    sqlite3_stmt *q = NULL;
    int rc = nf_store_sql(f->ctx, f->store, &q,
        "SELECT id, published, cells, crc, " NF_SOUND(NF_PLAN_COLUMNS) " FROM plan "
        "WHERE iif(?2, id = ?2, ?1 = 0 OR published <= ?1) ORDER BY published DESC, id DESC LIMIT 1");
    if (!rc) rc = nf_store_bind(f->ctx, f->store, q, "ii", known, *id);
    if (!rc) rc = nf_store_step(f->ctx, f->store, q);
    if (rc > 0) {
        *id = sqlite3_column_int64(q, 0);
        *want = (digest){ sqlite3_column_int64(q, 2), sqlite3_column_int64(q, 3) };
        nf_instant_text(text, sqlite3_column_int64(q, 1));
        rc = sqlite3_column_int(q, 4) ? 1 : damaged(f);
        if (rc > 0 && !(f->plan->vintage = nf_strdup(f->ctx, text))) rc = NF_ENOMEM;
    } else if (!rc) {
        rc = nf_fail(f->ctx, NF_ENOTFOUND, known ? "no plan had been loaded by then" : "no plan has been loaded");
        nf_hint(f->ctx, "`ninefold plan load DIR`, or --plan DIR");
    }
    sqlite3_finalize(q);
    return rc < 0 ? rc : NF_OK;
}

static int plan_fill(nf_ctx *c, nf_store *s, nf_plan *out, int64_t id, int64_t known)
{
    filling f = { .ctx = c, .store = s, .plan = out };
    digest want = { 0 };
    *out = (nf_plan){ 0 };
    int rc = plan_find(&f, &id, known, &want);
    if (!rc) rc = tables_make(&f, id);
    if (!rc) rc = cells_fill(&f, id);
    if (!rc && (f.seen.cells != want.cells || f.seen.crc != want.crc)) rc = damaged(&f);
    return rc;
}

int nf_store_plan_by_id(nf_ctx *c, nf_store *s, nf_plan *out, int64_t id) { return plan_fill(c, s, out, id, 0); }

/* Else an older plan would answer for one whose row is lost. */
static int none_is_lost(nf_ctx *c, nf_store *s)
{
    int64_t rows, want;
    int rc = nf_store_number(c, s, &rows, "SELECT count(*) FROM plan NOT INDEXED");
    if (!rc) rc = nf_store_count_of(c, s, "plans", &want);
    return rc || rows == want ? rc : nf_store_damaged(c, s, "rows of plans are missing");
}

int nf_store_plan(nf_ctx *c, nf_store *s, nf_plan *out, int64_t known)
{
    int rc = none_is_lost(c, s);
    if (!rc) rc = plan_fill(c, s, out, 0, known);
    if (rc) return rc;
    targets_known(out, known);
    nf_plan_link(out);
    return nf_store_ledger_read(c, s, out, known);
}
