/* load_choose.c - who reads this table: the loaders' bids, then what the options say otherwise. */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- bids ---- */

static int nobody(nf_ctx *c, const nf_peek *p)
{
    char seen[240] = "";
    size_t n = 0;
    for (size_t i = 0; i < p->width && n + 40 < sizeof seen; i++)
        n += (size_t)snprintf(seen + n, sizeof seen - n, "%s%.30s", i ? ", " : "", p->name[i]);
    nf_fail(c, NF_EDATA, p->exact ? "the header names no series, time and value" : "no loader knows this table");
    if (p->exact) nf_hint(c, "columns seen: %s", seen);
    else nf_hint(c, "columns seen: %s; say --time COLUMN --value COLUMN [--by COLUMN], or give a --mapping", seen);
    return nf_at(c, NULL, p->row[p->header].line, 0);
}

static int best_bid(nf_ctx *c, nf_mapping *out, const nf_peek *p, const nf_loader *only, int *won)
{
    *won = 0;
    for (const nf_loader *const *l = nf_loaders; *l; l++) {
        nf_mapping m;
        if ((only && *l != only) || !(*l)->bid || (p->exact && !only && strcmp((*l)->row.name, "long"))) continue;
        int rc = nf_mapping_start(c, &m, p);
        if (!rc) rc = (*l)->bid(c, &m, p);
        if (rc < 0) return rc;
        if (rc <= *won) continue;
        *won = rc;
        *out = m;
        out->loader = (*l)->row.name;
    }
    return NF_OK;
}

/* ---- options ---- */

/* Gives a role to every column of a comma-separated list. */
static int assign(nf_ctx *c, nf_mapping *m, const nf_peek *p, const char *list, nf_role role)
{
    char *copy = nf_strdup(c, list), *rest = copy;
    if (!copy) return NF_ENOMEM;
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == role || (role == NF_ROLE_VALUE && m->column[i].role == NF_ROLE_PERIOD))
            m->column[i].role = NF_ROLE_IGNORE;
    for (char *name; (name = strsep(&rest, ",")) != NULL; ) {
        int k = nf_peek_column(p, name);
        if (k < 0) {
            const char *near = nf_nearest(name, p->name, p->width);
            nf_fail(c, NF_EINVAL, "no column '%s'", name);
            return near ? nf_hint(c, "did you mean '%s'?", near) : NF_EINVAL;
        }
        m->column[k].role = role;
        if (role == NF_ROLE_VALUE && strcmp(list, name)) m->column[k].name = p->name[k];
    }
    return NF_OK;
}

/* One column is the time; several are its parts, known by their names. */
static int assign_time(nf_ctx *c, nf_mapping *m, const nf_peek *p, const char *list)
{
    static const nf_role parts[] = { NF_ROLE_YEAR, NF_ROLE_QUARTER, NF_ROLE_MONTH,
                                     NF_ROLE_DAY,  NF_ROLE_HOUR,    NF_ROLE_MINUTE };
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role >= NF_ROLE_TIME && m->column[i].role <= NF_ROLE_MINUTE)
            m->column[i].role = NF_ROLE_IGNORE;
    int rc = assign(c, m, p, list, NF_ROLE_TIME);
    if (rc || !strchr(list, ',')) return rc;
    for (size_t i = 0; i < m->n; i++) {
        if (m->column[i].role != NF_ROLE_TIME) continue;
        nf_role role = NF_ROLE_TIME;
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            if (!strcasecmp(p->name[i], nf_column_role_name(parts[k]))) role = parts[k];
        m->column[i].role = role;
    }
    return nf_mapping_count(m, NF_ROLE_TIME) <= 1 ? NF_OK
         : nf_fail(c, NF_EINVAL, "--time takes one column, or columns called year, month, day, hour, minute");
}

/* "hour", "5minute", "15min", "month": a frequency and how many units a row covers. */
static int frequency(nf_ctx *c, const char *text, nf_freq *freq, int *span)
{
    char *rest;
    long n = strtol(text, &rest, 10);
    *span = rest == text ? 1 : (int)n;
    if (n >= 0 && n <= 1440 && *span > 0 && (nf_freq_find(rest, freq) || (!strcmp(rest, "min") && (*freq = NF_MINUTE))))
        return NF_OK;
    nf_fail(c, NF_EINVAL, "no frequency '%s'", text);
    return nf_hint(c, "year, quarter, month, week, day, hour, minute, 5minute");
}

static int apply_times(nf_ctx *c, nf_mapping *m, const nf_load_options *o)
{
    nf_freq freq = NF_YEAR;
    int span = 1, rc = o->freq ? frequency(c, o->freq, &freq, &span) : NF_OK;
    if (!rc && o->freq) m->freq = (int)freq;
    if (!rc && o->start) rc = nf_period_parse(c, &m->start, o->start, m->freq, NF_ORDER_UNKNOWN);
    if (rc) return rc;
    if (o->start) {
        m->start.ord += span - 1;
        m->start.span = span;
        m->step = span;
        for (size_t i = 0; i < m->n; i++)
            if (m->column[i].role >= NF_ROLE_TIME && m->column[i].role <= NF_ROLE_MINUTE)
                m->column[i].role = NF_ROLE_IGNORE;
    }
    if (!o->hour_label) return NF_OK;
    m->hour_end = !strcmp(o->hour_label, "end");
    return m->hour_end || !strcmp(o->hour_label, "start") ? NF_OK
                                                          : nf_fail(c, NF_EINVAL, "--hour-label is start or end");
}

static int apply(nf_ctx *c, nf_mapping *m, const nf_peek *p, const nf_load_options *o)
{
    int rc = o->time ? assign_time(c, m, p, o->time) : NF_OK;
    if (!rc && o->value) rc = assign(c, m, p, o->value, NF_ROLE_VALUE);
    if (!rc && o->by) rc = assign(c, m, p, o->by, NF_ROLE_KEY);
    if (!rc) rc = apply_times(c, m, o);
    if (!rc && o->missing) m->missing = *m->missing ? nf_format(c, "%s,%s", m->missing, o->missing) : o->missing;
    return rc || m->missing ? rc : NF_ENOMEM;
}

/* ---- what the time column shows ---- */

static int vote(void *self, nf_ctx *c, const nf_record *r)
{
    struct { long from; int at; nf_date_order order; } *v = self;
    (void)c;
    if (r->line >= v->from && (size_t)v->at < r->n) v->order = nf_date_order_vote(v->order, r->cell[v->at]);
    return v->order == NF_ORDER_DMY || v->order == NF_ORDER_MDY;
}

/* Day and month: the first rows decide, else the whole file; where nothing tells, it is refused. */
static int date_order(nf_ctx *c, nf_mapping *m, const nf_peek *p, int at, nf_grid grid)
{
    struct { long from; int at; nf_date_order order; } v = { m->data_line, at, p->facts[at].order };
    if (v.order == NF_ORDER_YMD || m->order != NF_ORDER_UNKNOWN) return NF_OK;
    nf_period period;
    bool needed = p->data < p->n && (size_t)at < p->row[p->data].n
        && !nf_period_scan(&period, p->row[p->data].cell[at], p->row[p->data].len[at], NF_ORDER_UNKNOWN)
        && nf_period_scan(&period, p->row[p->data].cell[at], p->row[p->data].len[at], NF_ORDER_DMY);
    if (v.order == NF_ORDER_UNKNOWN && !needed) return NF_OK;
    if (v.order == NF_ORDER_UNKNOWN) {
        int rc = grid.each(grid.self, c, vote, &v);
        if (rc) return rc;
    }
    m->order = v.order;
    if (v.order == NF_ORDER_DMY || v.order == NF_ORDER_MDY) return NF_OK;
    if (v.order == NF_ORDER_CONFLICT)
        nf_fail(c, NF_EDATA, "column '%s' has days and months in both orders", p->name[at]);
    else nf_fail(c, NF_EDATA, "nothing in column '%s' tells day from month", p->name[at]);
    nf_hint(c, "write dates as 2024-03-01, or give a --mapping with \"order\": \"dmy\" or \"mdy\"");
    return nf_at(c, NULL, m->data_line, at + 1);
}

/* The time of a record in sight, from its one column or from that of its clock; NULL: it says none. */
static const char *time_text(const nf_peek *p, const nf_record *r, int at, int clock, char room[64])
{
    int k = clock >= 0 ? clock : at;
    if (k < 0 || (size_t)k >= r->n || r->n < p->width || !r->len[k]) return NULL;
    return clock < 0 ? r->cell[at] : nf_clock_text(room, 0, r->cell[clock]) ? room : NULL;
}

static bool ends_of_hours(const nf_peek *p, int at, int clock)
{
    char room[64];
    if (clock >= 0 && p->facts[clock].numbers) return p->facts[clock].hi == 24 && p->facts[clock].lo >= 1;
    for (size_t i = p->data; i < p->n; i++) {
        const char *s = time_text(p, &p->row[i], at, clock, room);
        if (s && nf_period_ends_day(s)) return true;
    }
    return false;
}

/* 13:00 is a minute by its text; a column of nothing but full hours is hourly. */
static bool full_hours(nf_ctx *c, const nf_peek *p, const nf_mapping *m, int at, int clock)
{
    nf_period q, first = { 0, 0, 0 };
    bool several = false;
    char room[64];
    for (size_t i = p->data; i < p->n; i++) {
        const char *s = time_text(p, &p->row[i], at, clock, room);
        if (!s) continue;
        if (clock >= 0 ? nf_period_parse(c, &q, s, NF_ANY, NF_ORDER_YMD) < 0
                       : !nf_period_scan(&q, s, strlen(s), m->order)) return false;
        if (q.freq != NF_MINUTE || q.ord % 60 || strstr(s, "/P")) return false;
        if (!first.span) first = q;
        several |= q.ord != first.ord;
    }
    return several;
}

static int column_at(const nf_mapping *m, nf_role role)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == role) return (int)i;
    return -1;
}

static int look_at_times(nf_ctx *c, nf_mapping *m, const nf_peek *p, const nf_load_options *o, nf_grid grid)
{
    int at = column_at(m, NF_ROLE_TIME), clock = column_at(m, NF_ROLE_HOUR);
    if (m->exact || m->plain_time) return NF_OK;
    int rc = at >= 0 ? date_order(c, m, p, at, grid) : NF_OK;
    if (rc) return rc;
    if (at >= 0 && m->freq == NF_ANY && p->facts[at].fiscal) m->freq = NF_YEAR;
    if (m->freq == NF_ANY && full_hours(c, p, m, at, clock)) m->freq = NF_HOUR;
    if (!o->hour_label && !o->mapping) m->hour_end = m->hour_end || ends_of_hours(p, at, clock);
    return NF_OK;
}

/* ---- all together ---- */

/* "单位：亿元", or a title that ends in it: "工业增加值（亿元）". NULL: neither, or no unit. */
static const char *unit_in(nf_ctx *c, const char *cell)
{
    static const char *const words[] = { "单位：", "单位:", "Unit:", "Units:" };
    char name[128], unit[48];
    nf_unit known;
    size_t n = strlen(cell);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        const char *at = strstr(cell, words[w]);
        if (!at) continue;
        at += strlen(words[w]) + strspn(at + strlen(words[w]), " ");
        char *text = nf_strdup(c, at), *end = text ? strstr(text, "）") : NULL;
        if (text && !end) end = strchr(text, ')');
        if (end) *end = 0;
        return text && nf_unit_parse(&known, text) ? text : NULL;
    }
    bool brackets = n > 3 && (cell[n - 1] == ')' || !strcmp(cell + n - 3, "）"));
    return brackets && nf_unit_in_header(cell, name, unit) ? nf_strdup(c, unit) : NULL;
}

/* What stands above the header, where no column says otherwise. */
static const char *unit_above(nf_ctx *c, const nf_peek *p)
{
    for (size_t i = 0; i < p->header; i++)
        for (size_t k = 0; k < p->row[i].n; k++) {
            const char *unit = unit_in(c, p->row[i].cell[k]);
            if (unit) return unit;
        }
    return NULL;
}

static void percentages(nf_mapping *m, const nf_peek *p)
{
    for (size_t i = 0; i < m->n; i++) {
        nf_map_column *k = &m->column[i];
        bool value = k->role == NF_ROLE_VALUE || k->role == NF_ROLE_PERIOD;
        k->percent |= value && !k->unit && p->facts[i].percents && p->facts[i].percents == p->facts[i].numbers;
    }
}

static int twice(nf_ctx *c, const nf_mapping *m, const nf_peek *p)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < i; k++) {
            bool used = m->column[i].role != NF_ROLE_IGNORE || m->column[k].role != NF_ROLE_IGNORE;
            if (!used || !*p->name[i] || strcasecmp(p->name[i], p->name[k])) continue;
            nf_fail(c, NF_EDATA, "the column '%.60s' stands twice", p->name[i]);
            return nf_at(c, NULL, p->row[p->header].line, (long)i + 1);
        }
    return NF_OK;
}

/* Columns of numbers that nobody reads are named, so that nothing is lost unseen. */
static int left_out(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    const char *names = "";
    for (size_t i = 0; i < m->n && strlen(names) < 160; i++) {
        const nf_column_facts *f = &p->facts[i];
        bool unread = m->column[i].role == NF_ROLE_IGNORE || m->column[i].role == NF_ROLE_ATTRIBUTE;
        if (!unread || !f->cells || f->numbers < f->cells || !*p->name[i]) continue;
        names = nf_format(c, "%s%s%.40s", names, *names ? ", " : "", p->name[i]);
        if (!names) return NF_ENOMEM;
    }
    if (!*names) return NF_OK;
    m->left_out = names;
    return NF_OK;
}

int nf_choose(nf_ctx *c, nf_mapping *m, const nf_peek *seen, const nf_load_options *o, nf_grid grid)
{
    nf_peek said = *seen;
    const nf_peek *p = &said;
    const nf_loader *only = NULL;
    if (o->time) said.time = nf_peek_column(p, o->time);
    int won = 1, rc = NF_OK;
    if (o->loader) rc = nf_row_need(c, (const void **)&only, NF_TABLE(nf_loaders), "loader", o->loader);
    if (!rc) rc = nf_mapping_start(c, m, p);
    if (!rc && o->mapping) rc = nf_mapping_read(c, m, o->mapping);
    else if (!rc) rc = best_bid(c, m, p, only, &won);
    if (rc) return rc;
    if (!won && !(o->value && (o->time || o->start))) return nobody(c, p);
    if (!m->loader) m->loader = "mapping";
    rc = apply(c, m, p, o);
    if (!rc) rc = look_at_times(c, m, p, o, grid);
    if (rc) return rc;
    if (!m->exact) {
        if (!m->unit && !o->mapping) m->unit = unit_above(c, p);
        percentages(m, p);
        nf_map_plausible(m);
    }
    rc = left_out(c, m, p);
    return rc ? rc : twice(c, m, p);
}
