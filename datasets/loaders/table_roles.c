/* table_roles.c - which column is the time, which hold values, which tell the series apart. */
#include "table_roles.h"
#include <math.h>
#include <stdio.h>
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

static const char *cell_of(const nf_peek *p, size_t row, int column)
{
    const nf_record *r = &p->row[row];
    return r->n < p->width || nf_is_missing(nf_missing_default, r->cell[column], r->len[column]) ? NULL
                                                                                                  : r->cell[column];
}

/* A year, a quarter ..: a number in its bounds, or words; or a clock for an hour. */
static bool is_part(nf_ctx *c, nf_role role, const char *s)
{
    nf_period q;
    int64_t n;
    char clock[64];
    if (nf_part_number(role, s, strlen(s), &n)) return true;
    if (role == NF_ROLE_QUARTER || role == NF_ROLE_MONTH) return nf_part_of_year(c, &q, 2000, s);
    return role == NF_ROLE_HOUR && strchr("0123456789", *s) && nf_clock_text(clock, 0, s)
        && !nf_period_parse(c, &q, clock, NF_ANY, NF_ORDER_YMD);
}

/* Most cells in sight are: the others are errors of the file. */
static bool holds_parts(nf_ctx *c, const nf_peek *p, int column, nf_role role)
{
    size_t cells = 0, fit = 0;
    for (size_t i = p->data; i < p->n; i++) {
        const char *s = cell_of(p, i, column);
        cells += s != NULL;
        fit += s && is_part(c, role, s);
    }
    return cells && 2 * fit >= cells;
}

static const char year_names[] = "year|年|年份|年度|yr", hours[] = "hour|时|小时|hr", clocks[] = "time|时间|时刻|clock|监测时间";

/* The column of that name, if its cells fit. */
static bool set_part(nf_ctx *c, nf_mapping *m, const nf_peek *p, const char *names, nf_role role)
{
    int column = nf_peek_column(p, names);
    if (column < 0 || m->column[column].role != NF_ROLE_IGNORE || !holds_parts(c, p, column, role)) return false;
    m->column[column].role = role;
    return true;
}

static bool parts(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    if (!set_part(c, m, p, year_names, NF_ROLE_YEAR)) return false;
    if (set_part(c, m, p, "quarter|季度|季", NF_ROLE_QUARTER)) return true;
    if (!set_part(c, m, p, "month|月|月份|mon", NF_ROLE_MONTH)) return true;
    if (set_part(c, m, p, "day|日", NF_ROLE_DAY) && set_part(c, m, p, hours, NF_ROLE_HOUR))
        set_part(c, m, p, "minute|分|min", NF_ROLE_MINUTE);
    return true;
}

static bool set_time(nf_ctx *c, nf_mapping *m, const nf_peek *p, size_t column)
{
    m->column[column].role = NF_ROLE_TIME;
    if (!set_part(c, m, p, hours, NF_ROLE_HOUR)) set_part(c, m, p, clocks, NF_ROLE_HOUR);
    return true;
}

typedef bool holds_fn(const nf_peek *, size_t column);
static bool holds_any(const nf_peek *p, size_t column) { return p->facts[column].cells > 0; }

static bool named_time(nf_ctx *c, nf_mapping *m, const nf_peek *p, holds_fn *holds)
{
    static const char names[] = "time|date|datetime|date_time|timestamp|time_period|period|observation_date|ref_date|"
                                "时间|日期|统计时间|监测时间|month|月份|year|年份|年度|年|quarter|季度";
    for (const char *s = names; *s; ) {
        char name[32];
        size_t n = strcspn(s, "|");
        snprintf(name, sizeof name, "%.*s", (int)n, s);
        int column = nf_peek_column(p, name);
        if (column >= 0 && holds(p, (size_t)column))
            return (nf_word_in(name, year_names) && parts(c, m, p)) || set_time(c, m, p, (size_t)column);
        s += n + (s[n] == '|');
    }
    return false;
}

/* By name and content; by content alone dates, not years that may be anything; at last by name alone, so that the
 * cell that is no time is shown. */
bool nf_map_time(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    if (p->time >= 0) return set_time(c, m, p, (size_t)p->time);
    if (named_time(c, m, p, holds_periods) || parts(c, m, p)) return true;
    for (size_t i = 0; i < p->width; i++)
        if (holds_periods(p, i) && p->facts[i].numbers < p->facts[i].cells && m->column[i].role == NF_ROLE_IGNORE)
            return set_time(c, m, p, i);
    return named_time(c, m, p, holds_any);
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

/* "1960 [YR1960]" is 1960. */
static char *bare_period(nf_ctx *c, const char *header)
{
    const char *code = strstr(header, " [YR");
    return nf_strndup(c, header, code ? (size_t)(code - header) : strlen(header));
}

static bool period_of(nf_ctx *c, nf_period *q, const char *header, int want)
{
    const char *text = bare_period(c, header);
    if (!text || *text < '0' || *text > '9') return false;
    if (want == NF_ANY && nf_period_scan(q, text, strlen(text), NF_ORDER_UNKNOWN)) return true;
    return !nf_period_parse(c, q, text, want, NF_ORDER_UNKNOWN);
}

/* 2010-11, 2011-12: two headers or more of that kind, and no month among them, are years. */
static bool fiscal_headers(const nf_peek *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->width; i++) {
        bool years = nf_is_two_years(p->name[i], strlen(p->name[i]));
        if (!years && strlen(p->name[i]) == 7 && p->name[i][4] == '-') return false;
        n += years;
    }
    return n > 1;
}

size_t nf_map_periods(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    size_t n = 0;
    int want = fiscal_headers(p) ? NF_YEAR : NF_ANY;
    for (size_t i = 0; i < p->width; i++) {
        nf_period q;
        if (!period_of(c, &q, p->name[i], want)) continue;
        if (q.freq == NF_YEAR && (strlen(p->name[i]) < 4 || q.ord < 1000)) continue;
        m->column[i].role = NF_ROLE_PERIOD;
        m->column[i].period = q;
        n++;
    }
    return n;
}

static bool twelve_numbers(const nf_peek *p)
{
    char number[8];
    for (int month = 1; month <= 12; month++) {
        snprintf(number, sizeof number, "%d", month);
        if (nf_peek_column(p, number) < 0) return false;
    }
    return true;
}

static bool part_header(nf_ctx *c, nf_period *q, const char *header, bool numbers)
{
    char month[64];
    snprintf(month, sizeof month, numbers ? "%.50s月" : "%.50s", header);
    return nf_part_of_year(c, q, 1, month) && q->freq > NF_YEAR && q->freq < NF_WEEK;
}

size_t nf_map_parts_of_year(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int year = nf_peek_column(p, year_names), freq = NF_ANY;
    size_t n = 0;
    bool numbers = twelve_numbers(p);
    if (year < 0 || !holds_parts(c, p, year, NF_ROLE_YEAR)) return 0;
    for (size_t i = 0; i < p->width; i++) {
        nf_period q;
        if (!part_header(c, &q, p->name[i], numbers) || (freq != NF_ANY && q.freq != freq)) continue;
        freq = q.freq;
        m->column[i].role = NF_ROLE_PERIOD;
        m->column[i].period = q;
        n++;
    }
    if (n) m->column[year].role = NF_ROLE_YEAR;
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
    k->ytd = nf_says_since_january(header);
    if (!nf_unit_in_header(header, name, unit) || !*name) return NF_OK;
    k->name = k->title = nf_strdup(c, name);
    k->unit = nf_strdup(c, unit);
    return k->name && k->unit ? NF_OK : NF_ENOMEM;
}

/* station_id, 区划代码: numbers that name something. */
static bool is_identifier(const nf_peek *p, size_t column)
{
    static const char *const ends[] = { "_id", " id", "_code", " code", "编号", "代码", "编码" };
    const char *name = p->name[column];
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && !strcasecmp(name + n - strlen(ends[i]), ends[i])) return true;
    return nf_word_in(name, "code|代码|编码");
}

int nf_map_values(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int n = 0;
    for (size_t i = 0; i < p->width; i++) {
        const nf_column_facts *f = &p->facts[i];
        if (m->column[i].role != NF_ROLE_IGNORE || !nf_holds_numbers(f) || (!f->cells && !f->empty)) continue;
        if (nf_header_is(p, i, "id|index|序号|编号") || is_identifier(p, i) || nf_is_counter(p, i)) continue;
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

static bool may_be_key(const nf_mapping *m, const nf_peek *p, size_t i, bool ids)
{
    if (m->column[i].role != NF_ROLE_IGNORE || !p->facts[i].cells) return false;
    return ids ? is_identifier(p, i) : !nf_holds_numbers(&p->facts[i]);
}

/* As few columns as leave no repeats, or none that more would take away; how many are left. */
static size_t add_keys(nf_mapping *m, const nf_peek *p, size_t left, bool ids)
{
    while (left) {
        size_t best = SIZE_MAX, fewest = left;
        for (size_t i = 0; i < p->width; i++) {
            size_t n = may_be_key(m, p, i, ids) ? repeats(m, p, i) : left;
            if (n < fewest) fewest = n, best = i;
        }
        if (best == SIZE_MAX) break;
        m->column[best].role = NF_ROLE_KEY;
        left = fewest;
    }
    return left;
}

int nf_map_keys(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    static const char places[] =
        "station|city|site|place|counter|region|name|country|location|sensor|area|series|variable|"
        "地区|城市|站点|监测点|名称|指标|区县|line|code";
    size_t left = add_keys(m, p, repeats(m, p, SIZE_MAX), false);
    (void)c;
    add_keys(m, p, left, true);
    for (size_t i = 0; i < p->width && !nf_mapping_count(m, NF_ROLE_KEY); i++)
        if (may_be_key(m, p, i, false) && nf_header_is(p, i, places)) m->column[i].role = NF_ROLE_KEY;
    return NF_OK;
}
