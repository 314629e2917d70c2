/* table_roles.c - which column is the time, which hold values, which tell the series apart. */
#include "table_roles.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool nf_header_is(const nf_peek *p, size_t column, const char *names) { return nf_word_in(p->name[column], names); }

/* ---- time ---- */

/* Every cell in sight says a period, numbers only where they look like a year or a compact date. */
static bool holds_periods(const nf_peek *p, size_t column)
{
    const nf_column_facts *f = &p->facts[column];
    if (!f->cells || f->periods != f->cells) return false;
    return f->numbers < f->cells || (f->whole && f->lo >= 1000 && (f->hi <= 2999 || f->lo >= 190001));
}

static bool set(nf_mapping *m, int column, nf_role role)
{
    if (column >= 0) m->column[column].role = role;
    return column >= 0;
}

static bool small(const nf_peek *p, int column, double lo, double hi)
{
    return column >= 0 && p->facts[column].cells && p->facts[column].numbers == p->facts[column].cells
        && p->facts[column].lo >= lo && p->facts[column].hi <= hi;
}

static bool parts(nf_mapping *m, const nf_peek *p)
{
    int year = nf_peek_column(p, "year|年|年份|年度|yr"), month = nf_peek_column(p, "month|月|月份|mon");
    int day = nf_peek_column(p, "day|日"), hour = nf_peek_column(p, "hour|时|小时|hr");
    int quarter = nf_peek_column(p, "quarter|季度|季"), minute = nf_peek_column(p, "minute|分|min");
    if (!small(p, year, 1, 9999)) return false;
    set(m, year, NF_ROLE_YEAR);
    if (small(p, quarter, 1, 4)) set(m, quarter, NF_ROLE_QUARTER);
    if (!small(p, month, 1, 12)) return true;
    set(m, month, NF_ROLE_MONTH);
    if (small(p, day, 1, 31) && set(m, day, NF_ROLE_DAY) && small(p, hour, 0, 24) && set(m, hour, NF_ROLE_HOUR) &&
        small(p, minute, 0, 59))
        set(m, minute, NF_ROLE_MINUTE);
    return true;
}

bool nf_map_time(nf_mapping *m, const nf_peek *p)
{
    static const char names[] = "time|date|datetime|date_time|timestamp|time_period|period|observation_date|ref_date|"
                                "时间|日期|统计时间|监测时间|month|月份|year|年份|年度|年|quarter|季度";
    for (const char *s = names; *s; ) {
        size_t n = strcspn(s, "|");
        for (size_t i = 0; i < p->width; i++) {
            if (strlen(p->name[i]) != n || strncasecmp(p->name[i], s, n) || !holds_periods(p, i)) continue;
            if (n == 4 && !strncasecmp(s, "year", 4) && parts(m, p)) return true;
            int hour = nf_peek_column(p, "hour|时|小时|hr");
            m->column[i].role = NF_ROLE_TIME;
            if (small(p, hour, 0, 24)) set(m, hour, NF_ROLE_HOUR);
            return true;
        }
        s += n + (s[n] == '|');
    }
    if (parts(m, p)) return true;
    for (size_t i = 0; i < p->width; i++)        /* by content alone: dates, not years that may be anything */
        if (holds_periods(p, i) && p->facts[i].numbers < p->facts[i].cells && m->column[i].role == NF_ROLE_IGNORE)
            return set(m, (int)i, NF_ROLE_TIME);
    return false;
}

void nf_map_coarse(nf_mapping *m, const nf_peek *p)
{
    const nf_map_column *time = nf_mapping_column(m, NF_ROLE_TIME);
    if (!time || p->exact || nf_mapping_column(m, NF_ROLE_HOUR)) return;
    size_t at = (size_t)(time - m->column), seen = 0;
    bool quarters = true, years = true;
    int64_t last = INT64_MIN;
    for (size_t i = p->data; i < p->n; i++) {
        nf_period q;
        int64_t year;
        int month, day;
        if (at >= p->row[i].n || !p->row[i].len[at]) continue;
        if (!nf_period_scan(&q, p->row[i].cell[at], p->row[i].len[at], p->facts[at].order) || q.freq != NF_DAY) return;
        nf_civil_of_day(q.ord, &year, &month, &day);
        if (day != 1) return;
        quarters &= month % 3 == 1;
        years &= month == 1;
        seen += q.ord != last;
        last = q.ord;
    }
    if (seen >= 3) m->freq = years ? NF_YEAR : quarters ? NF_QUARTER : NF_MONTH;
}

size_t nf_map_periods(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->width; i++) {
        nf_period q;
        char *text = nf_strdup(c, p->name[i]);
        if (!text || !*text || (*text < '0' || *text > '9')) continue;
        if (!nf_period_scan(&q, text, strlen(text), NF_ORDER_UNKNOWN) &&
            nf_period_parse(c, &q, text, NF_ANY, NF_ORDER_UNKNOWN))
            continue;
        if (q.freq == NF_YEAR && (strlen(text) < 4 || q.ord < 1000)) continue;
        m->column[i].role = NF_ROLE_PERIOD;
        m->column[i].period = q;
        n++;
    }
    return n;
}

/* ---- values ---- */

bool nf_is_counter(const nf_peek *p, size_t column)
{
    double v, before = 0;
    for (size_t i = p->data; i < p->n; i++, before = v) {
        if (column >= p->row[i].n || !nf_double_scan(p->row[i].cell[column], p->row[i].len[column], &v)) return false;
        if (i > p->data && v != before + 1) return false;
        if (i == p->data && v != 0 && v != 1) return false;
    }
    return p->n > p->data + 9;
}

int nf_map_value(nf_ctx *c, nf_mapping *m, size_t column, const char *header)
{
    char name[128], unit[48];
    nf_map_column *k = &m->column[column];
    k->role = NF_ROLE_VALUE;
    k->name = k->title = header;
    if (!nf_unit_in_header(header, name, unit) || !*name) return NF_OK;
    k->name = k->title = nf_strdup(c, name);
    k->unit = nf_strdup(c, unit);
    return k->name && k->unit ? NF_OK : NF_ENOMEM;
}

int nf_map_values(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int n = 0;
    for (size_t i = 0; i < p->width; i++) {
        const nf_column_facts *f = &p->facts[i];
        if (m->column[i].role != NF_ROLE_IGNORE || f->numbers < f->cells || (!f->cells && !f->empty)) continue;
        if (nf_header_is(p, i, "id|index|序号|编号") || nf_is_counter(p, i)) continue;
        int rc = nf_map_value(c, m, i, p->name[i]);
        if (rc) return rc;
        n++;
    }
    return n;
}

/* ---- keys ---- */

/* Rows in sight that repeat the time and the key cells of an earlier one. */
static size_t repeats(const nf_mapping *m, const nf_peek *p, size_t extra)
{
    size_t n = 0;
    for (size_t i = p->data; i < p->n; i++)
        for (size_t k = p->data; k < i; k++) {
            bool same = p->row[i].n >= m->n && p->row[k].n >= m->n;
            for (size_t j = 0; same && j < m->n; j++) {
                nf_role role = m->column[j].role;
                if (role != NF_ROLE_KEY && (role < NF_ROLE_TIME || role > NF_ROLE_MINUTE) && j != extra) continue;
                same = p->row[i].len[j] == p->row[k].len[j] &&
                       !memcmp(p->row[i].cell[j], p->row[k].cell[j], p->row[i].len[j]);
            }
            n += same;
            if (same) break;
        }
    return n;
}

static bool may_be_key(const nf_mapping *m, const nf_peek *p, size_t i)
{
    if (m->column[i].role != NF_ROLE_IGNORE || !p->facts[i].cells) return false;
    return p->facts[i].numbers < p->facts[i].cells;
}

static bool constant(const nf_peek *p, size_t i)
{
    for (size_t k = p->data + 1; k < p->n; k++)      /* the first row may be short of the column as well */
        if (i >= p->row[k].n || i >= p->row[p->data].n || strcmp(p->row[k].cell[i], p->row[p->data].cell[i]))
            return false;
    return true;
}

int nf_map_keys(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    static const char places[] =
        "station|city|site|place|counter|region|name|country|location|sensor|area|series|variable|"
        "地区|城市|站点|监测点|名称|指标|区县|line|code";
    size_t left = repeats(m, p, SIZE_MAX);
    (void)c;
    while (left) {
        size_t best = SIZE_MAX, fewest = left;
        for (size_t i = 0; i < p->width; i++) {
            size_t n = may_be_key(m, p, i) ? repeats(m, p, i) : left;
            if (n < fewest) fewest = n, best = i;
        }
        if (best == SIZE_MAX) break;
        m->column[best].role = NF_ROLE_KEY;
        left = fewest;
    }
    for (size_t i = 0; i < p->width && !nf_mapping_count(m, NF_ROLE_KEY); i++)
        if (may_be_key(m, p, i) && nf_header_is(p, i, places) && constant(p, i)) m->column[i].role = NF_ROLE_KEY;
    return NF_OK;
}
