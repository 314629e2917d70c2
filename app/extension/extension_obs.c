/* extension_obs.c - nf_obs(series, time, value, status, vintage), with hidden as_of, publisher, document: series as
 * rows.
 *
 * series = 'x' is a stored key, an indicator of the plan or an expression; series GLOB 'x*' looks at those alone.
 * time = is that very period; >= and <= (BETWEEN) compare calendar periods, both ends included, as --from and --to do,
 * > and < leave the end out. Where time is plain numbers they compare numbers. as_of = 'DATE' asks what had been
 * published by then. vintage is the day the figure was published, publisher and document say by whom and where; for a
 * derived figure vintage is the latest among the figures of its inputs, and nobody said it. */
#include "extension.h"
#include "sources/pick.h"
#include <math.h>
#include <string.h>

enum { SERIES, TIME, VALUE, STATUS, VINTAGE, AS_OF, PUBLISHER, DOCUMENT };
/* what idxNum says was passed, in this order */
enum { EXACT = 1, GLOB = 2, AT = 4, FROM = 8, AFTER = 16, TO = 32, BEFORE = 64, KNOWN = 128, PARTS = 8,
       TIMES = AT | FROM | AFTER | TO | BEFORE };

typedef struct { sqlite3_vtab base; nf_connection *connection; } table;
typedef struct {
    sqlite3_vtab_cursor base;
    nf_ctx *ctx; nf_store *store; size_t mark;   /* mark: where the memory of one query begins */
    nf_cursor series; bool reading;
    nf_series now; size_t i; bool end; char *exact; sqlite3_int64 row;
    nf_pick pick; nf_period when; bool bounded, none;            /* none: a time that nothing compares with */
    /* of the series under way, once a vintage is asked for */
    int64_t known; nf_version *version; size_t versions; bool looked;
    size_t series_mark;
} cursor;

/* ---- the table ---- */

static int obs_connect(sqlite3 *db, void *connection, int argc, const char *const *argv, sqlite3_vtab **out,
                       char **error)
{
    (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(db, "CREATE TABLE nf_obs(series TEXT, time TEXT, value REAL, status INTEGER, "
                                      "vintage TEXT, "
                                      "as_of TEXT HIDDEN, publisher TEXT HIDDEN, document TEXT HIDDEN)");
    table *t = rc ? NULL : sqlite3_malloc(sizeof *t);
    if (!t) return rc ? rc : SQLITE_NOMEM;
    *t = (table){ .connection = connection };
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    *out = &t->base;
    return SQLITE_OK;
}

static int obs_disconnect(sqlite3_vtab *t)
{
    sqlite3_free(t);
    return SQLITE_OK;
}

/* Which part of a query this constraint is; 0: SQLite looks at it itself. */
static int part_of(int column, int op)
{
    if (column == SERIES)
        return op == SQLITE_INDEX_CONSTRAINT_EQ ? EXACT : op == SQLITE_INDEX_CONSTRAINT_GLOB ? GLOB : 0;
    if (column == AS_OF) return op == SQLITE_INDEX_CONSTRAINT_EQ ? KNOWN : 0;
    if (column != TIME) return 0;
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ: return AT;
    case SQLITE_INDEX_CONSTRAINT_GE: return FROM;
    case SQLITE_INDEX_CONSTRAINT_GT: return AFTER;
    case SQLITE_INDEX_CONSTRAINT_LE: return TO;
    case SQLITE_INDEX_CONSTRAINT_LT: return BEFORE;
    default: return 0;
    }
}

/* Rows come by key and within a series by time. */
static bool in_that_order(const sqlite3_index_info *info)
{
    for (int i = 0; i < info->nOrderBy; i++)
        if (i > 1 || info->aOrderBy[i].desc || info->aOrderBy[i].iColumn != (i ? TIME : SERIES)) return false;
    return info->nOrderBy > 0;
}

/* The first constraint of each part that can be used. */
static int parts_take(const sqlite3_index_info *info, int taken[PARTS])
{
    for (int k = 0; k < PARTS; k++) taken[k] = -1;
    for (int i = 0; i < info->nConstraint; i++) {
        int part = part_of(info->aConstraint[i].iColumn, info->aConstraint[i].op);
        if (part == KNOWN && !info->aConstraint[i].usable) return SQLITE_CONSTRAINT;    /* not to be looked at later */
        for (int k = 0; k < PARTS; k++)
            if (part == 1 << k && info->aConstraint[i].usable && taken[k] < 0) taken[k] = i;
    }
    return SQLITE_OK;
}

static int obs_best_index(sqlite3_vtab *t, sqlite3_index_info *info)
{
    int taken[PARTS], next = 0, rc = parts_take(info, taken);
    (void)t;
    info->idxNum = 0;
    for (int k = 0; !rc && k < PARTS; k++) {
        int part = 1 << k, instead = part == GLOB ? EXACT : part == AFTER ? FROM : part == BEFORE ? TO : 0;
        if (taken[k] < 0 || info->idxNum & instead || (part != AT && part & TIMES && info->idxNum & AT)) continue;
        info->aConstraintUsage[taken[k]] = (struct sqlite3_index_constraint_usage){ ++next, 1 };
        info->idxNum |= part;
    }
    info->orderByConsumed = in_that_order(info);
    info->estimatedCost = (info->idxNum & EXACT ? 1e3 : 1e8) / (info->idxNum & AT ? 500 : info->idxNum & TIMES ? 4 : 1);
    info->estimatedRows = (sqlite3_int64)info->estimatedCost;
    return rc;
}

/* ---- a query ---- */

static int complain(cursor *at)
{
    const nf_diag *d = nf_last(at->ctx);
    sqlite3_vtab *t = at->base.pVtab;
    sqlite3_free(t->zErrMsg);
    t->zErrMsg = sqlite3_mprintf("%s%s%s%s%s%s", d->file ? d->file : "", d->file ? ": " : "", d->what,
                                 d->hint ? " (" : "", d->hint ? d->hint : "", d->hint ? ")" : "");
    return d->err == NF_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
}

static void query_end(cursor *at)
{
    if (at->reading) at->series.close(at->series.cur);
    at->reading = false;
    nf_release(at->ctx, at->mark);
}

static int obs_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out)
{
    (void)t;
    cursor *at = sqlite3_malloc(sizeof *at);
    if (!at) return SQLITE_NOMEM;
    *at = (cursor){ .ctx = nf_ctx_new(NULL) };
    *out = &at->base;
    if (at->ctx) return SQLITE_OK;
    sqlite3_free(at);
    return SQLITE_NOMEM;
}

static int obs_close(sqlite3_vtab_cursor *cur)
{
    cursor *at = (cursor *)(void *)cur;
    query_end(at);
    nf_store_close(at->store);
    nf_ctx_free(at->ctx);
    sqlite3_free(at);
    return SQLITE_OK;
}

static int store_open(cursor *at)
{
    const nf_connection *k = ((table *)(void *)at->base.pVtab)->connection;
    const char *path = k->path ? k->path : sqlite3_db_filename(k->db, "main");
    if (at->store) return NF_OK;
    if (!path || !*path) {
        nf_fail(at->ctx, NF_ENOTFOUND, "the main database is no file");
        return nf_hint(at->ctx, "open a store, or name one: SELECT nf_open('ninefold.db')");
    }
    return nf_store_open(at->ctx, &at->store, path, NF_STORE_READ);
}

/* Nothing compares with NULL, and no period is one that cannot be read. */
static int time_of(cursor *at, int part, sqlite3_value *v)
{
    nf_pick *p = &at->pick;
    const char *text = (const char *)sqlite3_value_text(v);
    nf_period period = { 0 };
    double number = part & (TO | BEFORE) ? INFINITY : -INFINITY;
    int rc = text ? nf_pick_bound(at->ctx, &period, &number, text, "time") : NF_OK;
    at->bounded = true;
    if (!text || (rc && part == AT)) return at->none = true, NF_OK;
    if (part == AT) at->when = period;
    if (part == AFTER) period = (nf_period){ period.ord + 1, period.freq, period.span > 0 };
    if (part == BEFORE) period = (nf_period){ period.ord - period.span, period.freq, period.span > 0 };
    if (part & (AFTER | BEFORE)) number = nextafter(number, part == AFTER ? INFINITY : -INFINITY);
    if (part & (AT | FROM | AFTER)) p->from = period, p->from_number = number;
    if (part & (AT | TO | BEFORE)) p->to = period, p->to_number = part == AT && isinf(number) ? INFINITY : number;
    return rc;
}

static int known_of(nf_ctx *c, sqlite3_value *v, int64_t *out)
{
    const char *text = (const char *)sqlite3_value_text(v);
    return nf_known_parse(c, out, text ? text : "");
}

static int query_of(cursor *at, int parts, sqlite3_value **v, nf_query *q)
{
    int rc = NF_OK;
    at->exact = NULL;
    at->pick = (nf_pick){ .from_number = -INFINITY, .to_number = INFINITY };
    at->when = (nf_period){ 0 };
    at->bounded = at->none = false;
    if (parts & (EXACT | GLOB)) {
        const char *text = (const char *)sqlite3_value_text(*v++);
        char *copy = nf_strdup(at->ctx, text ? text : "");
        if (!copy) return NF_ENOMEM;
        q->match = copy;
        at->exact = parts & EXACT ? copy : NULL;
    }
    for (int part = AT; part <= BEFORE && !rc; part <<= 1)
        if (parts & part) rc = time_of(at, part, *v++);
    q->from = at->pick.from;
    q->to = at->pick.to;
    if (!rc && parts & KNOWN) rc = known_of(at->ctx, *v++, &q->known);
    return rc;
}

/* An equality is none with what a name only matches as a pattern. */
static bool is_asked_for(const cursor *at)
{
    return !at->exact || !strcmp(at->exact, at->now.meta->key) || nf_is_expression(at->exact)
        || !strpbrk(at->exact, "*?[");
}

/* What lies between the times asked for; nothing where they are of another kind than the series' own. */
static int cut(cursor *at)
{
    nf_series *s = &at->now;
    size_t i = 0;
    if (!at->bounded) return NF_OK;
    int rc = nf_pick_cut(at->ctx, &at->pick, s);
    if (rc == NF_EINVAL) return nf_series_keep(s, 0, 0), NF_OK;
    if (rc || !at->when.span || s->t.num) return rc;
    bool same = s->t.start.freq == at->when.freq;
    while (i < s->t.n && (!same || nf_period_order(nf_axis_at(&s->t, i), at->when))) i++;
    nf_series_keep(s, i, i < s->t.n ? i + 1 : i);
    return NF_OK;
}

static int next_series(cursor *at)
{
    int rc;
    do {
        nf_release(at->ctx, at->series_mark);
        rc = at->series.next(at->series.cur, at->ctx, &at->now);
        if (rc > 0 && cut(at)) rc = nf_last(at->ctx)->err;
    } while (rc > 0 && (!at->now.t.n || !is_asked_for(at)));
    at->i = 0;
    at->looked = false;
    at->end = rc <= 0;
    return rc < 0 ? complain(at) : SQLITE_OK;
}

static int is_stored(cursor *at)
{
    nf_cursor found;
    nf_series s;
    nf_source all = nf_store_source(at->store);
    int rc = all.find(all.self, at->ctx, &(nf_query){ .match = at->exact, .names = true }, &found);
    if (rc) return rc;
    rc = found.next(found.cur, at->ctx, &s);
    found.close(found.cur);
    return rc > 0 ? !strcmp(s.meta->key, at->exact) : rc;
}

/* The plan of that day, for its indicators' names: asked for only where the name is no stored one. */
static int plan_of(cursor *at, int64_t known, nf_plan **out)
{
    *out = NULL;
    if (!at->exact || nf_is_expression(at->exact)) return NF_OK;
    int stored = is_stored(at);
    if (stored) return stored < 0 ? stored : NF_OK;
    nf_plan *plan = nf_alloc(at->ctx, sizeof *plan);
    int rc = plan ? nf_store_plan(at->ctx, at->store, plan, known) : NF_ENOMEM;
    if (!rc) *out = plan;
    return rc == NF_ENOTFOUND ? NF_OK : rc;
}

static int obs_filter(sqlite3_vtab_cursor *cur, int parts, const char *name, int argc, sqlite3_value **argv)
{
    cursor *at = (cursor *)(void *)cur;
    nf_query q = { 0 };
    nf_plan *plan;
    nf_source source;
    (void)name, (void)argc;
    query_end(at);
    at->row = 0;
    int rc = store_open(at);
    if (!rc) rc = query_of(at, parts, argv, &q);
    if (!rc && at->none) return at->end = true, SQLITE_OK;
    if (!rc) rc = plan_of(at, q.known, &plan);
    if (!rc) rc = nf_source_derived(at->ctx, &source, nf_store_source(at->store), plan, q.known);
    if (!rc) rc = source.find(source.self, at->ctx, &q, &at->series);
    if (rc) return complain(at);
    at->reading = true;
    at->known = q.known;
    at->series_mark = nf_mark(at->ctx);
    return next_series(at);
}

static int obs_next(sqlite3_vtab_cursor *cur)
{
    cursor *at = (cursor *)(void *)cur;
    at->row++;
    return ++at->i < at->now.t.n ? SQLITE_OK : next_series(at);
}

static int obs_eof(sqlite3_vtab_cursor *cur) { return ((cursor *)(void *)cur)->end; }

static void time_result(sqlite3_context *x, const nf_axis *t, size_t i)
{
    char text[48];
    nf_period p = nf_axis_at(t, i);
    if (p.freq == NF_NUMBER) sqlite3_result_double(x, t->num ? t->num[i] : (double)p.ord);
    else sqlite3_result_text(x, text, (int)nf_period_text(text, p), SQLITE_TRANSIENT);
}

/* The stored figures of the series under way, with the day each was published; none where it is derived. */
static int versions_look(cursor *at)
{
    const nf_meta *m = at->now.meta;
    if (at->looked) return NF_OK;
    at->looked = true;
    at->versions = 0;
    int rc = m->formula ? 0 : nf_store_versions(at->ctx, at->store, m->key, at->known, false, &at->version,
                                                &at->versions);
    return rc < 0 ? rc : NF_OK;
}

static bool is_of(const nf_version *v, const nf_axis *t, size_t i)
{
    return t->num ? v->number == t->num[i] : nf_period_order(v->period, nf_axis_at(t, i)) == 0;
}

static void text_result(sqlite3_context *x, const char *text)
{
    if (text && *text) sqlite3_result_text(x, text, -1, SQLITE_TRANSIENT);
}

/* Versions stand in the order of the axis, which may begin later: the place of the first is looked for once. */
static int version_result(cursor *at, sqlite3_context *x, int column)
{
    char text[32] = "";
    const nf_series *s = &at->now;
    int rc = versions_look(at);
    if (rc) return complain(at);
    while (at->versions && !is_of(at->version, &s->t, at->i)) at->version++, at->versions--;
    const nf_version *v = at->versions ? at->version : NULL;
    int64_t known = v ? v->published : s->meta->known;
    if (known) nf_instant_text(text, known);
    if (column == VINTAGE) text_result(x, text);
    else if (v) text_result(x, column == PUBLISHER ? v->publisher : v->document);
    return SQLITE_OK;
}

static int obs_column(sqlite3_vtab_cursor *cur, sqlite3_context *x, int column)
{
    cursor *at = (cursor *)(void *)cur;
    const nf_series *s = &at->now;
    switch (column) {
    case SERIES:  sqlite3_result_text(x, s->meta->key, -1, SQLITE_TRANSIENT); break;
    case TIME:    time_result(x, &s->t, at->i); break;
    case VALUE:   if (!isnan(s->y[at->i])) sqlite3_result_double(x, s->y[at->i]); break;
    case STATUS:  sqlite3_result_int(x, s->status ? s->status[at->i] : 0); break;
    case VINTAGE: case PUBLISHER: case DOCUMENT: return version_result(at, x, column);
    default: break;
    }
    return SQLITE_OK;
}

static int obs_rowid(sqlite3_vtab_cursor *cur, sqlite3_int64 *row)
{
    *row = ((cursor *)(void *)cur)->row;
    return SQLITE_OK;
}

/* No xCreate: the table is there without being made, and leaves nothing in the file. */
int nf_extension_obs(sqlite3 *db, nf_connection *connection)
{
    static const sqlite3_module module = { .iVersion = 0, .xConnect = obs_connect, .xBestIndex = obs_best_index,
        .xDisconnect = obs_disconnect, .xOpen = obs_open, .xClose = obs_close, .xFilter = obs_filter, .xNext = obs_next,
        .xEof = obs_eof, .xColumn = obs_column, .xRowid = obs_rowid };
    return sqlite3_create_module(db, "nf_obs", &module, connection);
}
