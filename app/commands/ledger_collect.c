/* ledger_collect.c - sheets of the ledger: one to each unit, and back again with a receipt. */
#include "ledger_collect.h"
#include <string.h>

enum { GRACE_DAYS = 10, NAME_MOST = 90 };
typedef struct { nf_text *name; size_t *tasks, n; } units;

static bool full(const char *s) { return s && *s; }
static bool same_unit(nf_text a, nf_text b)
{ return full(a.en) && full(b.en) ? !strcmp(a.en, b.en) : !full(a.en) && !full(b.en); }

/* Every unit that owns a key task, in the plan's order, and how many. */
static int units_of(nf_ctx *c, units *u, const nf_plan *p)
{
    *u = (units){ nf_alloc(c, (p->n_task + 1) * sizeof *u->name), nf_alloc(c, (p->n_task + 1) * sizeof *u->tasks), 0 };
    if (!u->name || !u->tasks) return NF_ENOMEM;
    for (const nf_task *t = p->task; t < p->task + p->n_task; t++) {
        size_t k = 0;
        while (k < u->n && !same_unit(u->name[k], t->owner)) k++;
        if (k == u->n) u->name[u->n++] = t->owner;
        u->tasks[k]++;
    }
    if (u->n) return NF_OK;
    nf_fail(c, NF_EINVAL, "the plan has no key tasks");
    return nf_hint(c, "they stand in its table tasks");
}

static nf_text called(nf_text unit)
{
    static const nf_text none = { "(no unit named)", "（未写责任单位）" };
    return full(unit.en) ? unit : none;
}

/* ---- out ---- */

/* "03-Bureau of Trees-2026-Q2.xlsx": nothing that a file system or a shell would take amiss. */
static char *file_name(nf_ctx *c, size_t number, const char *unit, const char *period)
{
    char *name = nf_format(c, "%02zu-%.*s-%s.xlsx", number, NAME_MOST, unit, period);
    for (char *s = name; s && *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f || strchr("/\\:*?\"<>|'`$&;", *s)) *s = '_';
    return name;
}

static int write_sheet(nf_ctx *c, nf_workspace *w, nf_folder folder, const char *name, const char *unit,
                       nf_period period)
{
    const nf_writer *xlsx = nf_row_find(NF_TABLE(nf_formats), "xlsx", NULL);
    nf_style style = { .lang = w->lang, .spreadsheet = true };
    nf_out out;
    nf_sink to;
    int rc = folder.open(folder.self, c, name, &out);
    if (rc) return rc;
    rc = xlsx->open(c, &to, out, &style);
    if (!rc) rc = nf_ledger_sheet_write(c, to, &w->plan, unit, period, w->lang, w->as_of);
    return folder.close(folder.self, c, rc);
}

static const nf_field given_fields[] = {
    { .name = "unit", .type = NF_PROSE, .title = { "unit", "责任单位" } },
    { .name = "tasks", .type = NF_I64, .title = { "tasks", "任务数" } },
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { 0 }
};

static int give(nf_ctx *c, nf_workspace *w, const units *u, nf_period period, const char *dir)
{
    char when[48];
    nf_folder folder;
    nf_sink to;
    nf_period_text(when, period);
    int rc = nf_folder_open(c, &folder, dir);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "sheets", given_fields))) return rc;
    for (size_t i = 0; i < u->n && !rc; i++) {
        nf_text unit = called(u->name[i]);
        char *name = file_name(c, i + 1, nf_text_in(unit, w->lang), when);
        rc = name ? write_sheet(c, w, folder, name, u->name[i].en, period) : NF_ENOMEM;
        if (!rc) rc = to.row(to.self, c, (nf_value[]){ { .p = unit }, { .i = (int64_t)u->tasks[i] }, { .s = name } });
    }
    return to.end(to.self, c, rc);
}

int nf_ledger_give(nf_ctx *c, nf_workspace *w, const char *period, const char *dir)
{
    const nf_plan *p;
    nf_period when;
    units u;
    int rc = nf_period_parse(c, &when, period, NF_ANY, NF_ORDER_UNKNOWN);
    if (!rc) rc = nf_workspace_plan(c, w, &p);
    if (!rc) rc = units_of(c, &u, p);
    if (!rc) rc = nf_workspace_date(c, w);
    return rc ? rc : give(c, w, &u, when, dir);
}

/* ---- back ---- */

static const nf_field receipt_fields[] = {
    { .name = "unit", .type = NF_PROSE, .title = { "unit", "责任单位" } },
    { .name = "state", .type = NF_PROSE, .title = { "state", "状态" } },
    { .name = "period", .type = NF_TIME, .title = { "period", "报告期" } },
    { .name = "tasks", .type = NF_I64, .title = { "tasks", "任务数" } },
    { .name = "entries", .type = NF_I64, .title = { "entries", "新登记" } },
    { .name = "file", .type = NF_WORD, .title = { "file", "文件" } },
    { .name = "why", .type = NF_WORD, .title = { "why", "原因" } },
    { 0 }
};
static const nf_text received = { "received", "已收" }, late = { "late", "迟交" }, refused = { "refused", "退回" },
                     awaited = { "awaited", "待交" };

typedef struct { nf_store *store; const nf_plan *plan; nf_sink to; bool *seen; units u; nf_period period; int64_t until;
                 size_t n, n_refused; } collecting;

static int64_t last_moment(const collecting *k, nf_period period)
{ return k->until ? k->until : nf_period_end(period) + GRACE_DAYS * 86400; }

static int right_period(nf_ctx *c, const collecting *k, const nf_ledger_return *r)
{
    char is[48], asked[48];
    if (nf_period_is_empty(k->period) || !nf_period_order(k->period, r->period)) return NF_OK;
    nf_period_text(is, r->period);
    nf_period_text(asked, k->period);
    return nf_fail(c, NF_EDATA, "the sheet is of %s, not of %s", is, asked);
}

/* Two sheets of one unit would contradict each other. */
static int first_of_unit(nf_ctx *c, collecting *k, const nf_ledger_return *r)
{
    size_t i = 0;
    while (i < k->u.n && !same_unit(k->u.name[i], r->unit)) i++;
    if (i < k->u.n && k->seen[i])
        return nf_fail(c, NF_EDATA, "a sheet of '%s' has been taken already", called(r->unit).en);
    if (i < k->u.n) k->seen[i] = true;
    return NF_OK;
}

static int row(nf_ctx *c, collecting *k, nf_text unit, nf_text state, const nf_ledger_return *r, const char *file,
               const char *why)
{
    return k->to.row(k->to.self, c, (nf_value[]){ { .p = unit }, { .p = state }, { .t = r ? r->period : k->period },
        { .i = r ? (int64_t)r->tasks : NF_NO_I64 }, { .i = r ? (int64_t)r->n_entry : NF_NO_I64 }, { .s = file },
        { .s = why } });
}

static int refuse(nf_ctx *c, collecting *k, const char *file)
{
    const nf_diag *d = nf_last(c);
    char *why = nf_strdup(c, d->what ? d->what : "");
    nf_complain(d);
    k->n_refused++;
    return why ? row(c, k, (nf_text){ NULL, NULL }, refused, NULL, file, why) : NF_ENOMEM;
}

static int take(nf_ctx *c, nf_workspace *w, collecting *k, const char *file)
{
    nf_ledger_return r;
    int rc = nf_ledger_sheet_read(c, &r, k->plan, file, w->now);
    if (!rc) rc = right_period(c, k, &r);
    if (!rc) rc = first_of_unit(c, k, &r);
    if (rc) nf_at(c, file, 0, 0);
    if (!rc) rc = nf_store_enter(c, k->store, r.entry, r.n_entry);
    if (rc == NF_ENOMEM || rc == NF_EIO) return rc;
    if (rc) return refuse(c, k, file);
    return row(c, k, called(r.unit), w->now > last_moment(k, r.period) ? late : received, &r, file, NULL);
}

static int take_all(nf_ctx *c, nf_workspace *w, collecting *k, char **file)
{
    int rc = NF_OK;
    for (; *file && !rc; file++, k->n++) rc = take(c, w, k, *file);
    for (size_t i = 0; i < k->u.n && !rc; i++)
        if (!k->seen[i]) rc = row(c, k, called(k->u.name[i]), awaited, NULL, NULL, NULL);
    return rc;
}

int nf_ledger_take(nf_ctx *c, nf_workspace *w, char **file, const char *period, const char *until)
{
    collecting k = { 0 };
    int rc = nf_workspace_store(c, w, &k.store, NF_STORE_WRITE);
    if (!rc && period) rc = nf_period_parse(c, &k.period, period, NF_ANY, NF_ORDER_UNKNOWN);
    if (!rc && until) rc = nf_known_parse(c, &k.until, until);
    if (!rc) rc = nf_workspace_plan(c, w, &k.plan);
    if (!rc) rc = units_of(c, &k.u, k.plan);
    if (!rc && !(k.seen = nf_alloc(c, k.u.n * sizeof *k.seen))) rc = NF_ENOMEM;
    if (!rc) rc = nf_workspace_date(c, w);
    if (!rc) rc = nf_workspace_sink(c, w, &k.to);
    if (rc || (rc = k.to.begin(k.to.self, c, "receipt", receipt_fields))) return rc;
    rc = k.to.end(k.to.self, c, take_all(c, w, &k, file));
    return rc || !k.n_refused ? rc : nf_fail(c, NF_EDATA, "%zu of %zu sheets refused, the others are entered",
                                             k.n_refused, k.n);
}
