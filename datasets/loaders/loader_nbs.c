/* loader_nbs.c - the National Bureau of Statistics of China: preamble, 2024年 or 2024年4月 as rows or columns, notes
 * below. */
#include "table_roles.h"
#include <string.h>

/* What stands behind a label above the header: "指标：年末常住人口(万人)". NULL: no such line. */
static const char *above(const nf_peek *p, const char *label)
{
    for (size_t i = 0; i < p->header; i++)
        if (p->row[i].n && !strncmp(p->row[i].cell[0], label, strlen(label))) return p->row[i].cell[0] + strlen(label);
    return NULL;
}

static size_t of_month(const nf_mapping *m, const nf_peek *p, int month, size_t *columns)
{
    size_t cells = 0;
    for (size_t i = *columns = 0; i < m->n; i++) {
        nf_period q = m->column[i].period;
        if (m->column[i].role != NF_ROLE_PERIOD || q.freq != NF_MONTH || q.ord % 12 != month) continue;
        ++*columns;
        cells += p->facts[i].cells;
    }
    return cells;
}

/* The bureau publishes no January for many series: what February shows is January and February together. */
static void join_january(nf_mapping *m, const nf_peek *p)
{
    size_t januaries, februaries;
    if (of_month(m, p, 0, &januaries) || januaries < 2 || !of_month(m, p, 1, &februaries)) return;
    for (size_t i = 0; i < m->n; i++) {
        nf_map_column *k = &m->column[i];
        if (k->role == NF_ROLE_PERIOD && k->period.freq == NF_MONTH && k->period.ord % 12 == 1) k->period.span = 2;
    }
    m->words = (nf_text){ "January is never there: February is January and February together (1-2月)",
                          "从无1月数据：2月为1-2月合计" };
}

static void sums_since_january(nf_mapping *m)
{
    for (size_t i = 0; i < m->n; i++) {
        nf_period *q = &m->column[i].period;
        if (m->column[i].role == NF_ROLE_PERIOD && q->freq == NF_MONTH) q->span = (int32_t)(q->ord % 12 + 1);
    }
}

/* Periods across; down go regions (the indicator stands above) or indicators (their units in parentheses). */
static int across(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    char name[128], unit[48];
    const char *indicator = above(p, "指标：");
    bool regions = nf_header_is(p, 0, "地区");
    m->column[0].role = regions ? NF_ROLE_KEY : NF_ROLE_NAME;
    m->column[0].unit_inside = m->column[0].ytd = !regions;
    if (regions && indicator) {
        m->name = m->title = indicator;
        if (nf_unit_in_header(indicator, name, unit)) {
            m->name = m->title = nf_strdup(c, name);
            m->unit = nf_strdup(c, unit);
            if (!m->name || !m->unit) return NF_ENOMEM;
            m->words = (nf_text){ "indicator and unit from the lines above the header", "指标和单位取自表头上方" };
        }
    }
    if (indicator && nf_says_since_january(indicator)) sums_since_january(m);
    else join_january(m, p);
    return NF_OK;
}

/* Time goes down, an indicator a column. */
static int down(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    m->column[0].role = NF_ROLE_TIME;
    for (size_t i = 1; i < p->width; i++) {
        int rc = nf_map_value(c, m, i, p->name[i]);
        if (rc) return rc;
    }
    m->words = (nf_text){ "units from the headers", "单位取自表头" };
    return NF_OK;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    bool preamble = above(p, "数据库：") || above(p, "指标：");
    bool wide = nf_header_is(p, 0, "地区|指标"), tall = nf_header_is(p, 0, "时间");
    size_t periods = wide ? nf_map_periods(c, m, p) : 0;
    if ((!wide || periods + 1 < p->width) && !(tall && preamble)) return 0;
    int rc = wide ? across(c, m, p) : down(c, m, p);
    if (preamble) m->source = "国家统计局";
    return rc ? rc : preamble ? 96 : 82;
}

const nf_loader nf_loader_nbs = {
    .row = { .name = "nbs", .title = { "National Bureau of Statistics of China", "国家统计局" },
             .use = "exports of data.stats.gov.cn: 数据库：, 指标：, 时间：, the table, 注： and 数据来源：; 累计值 are sums since "
                    "January, an ever-empty January is part of February (1-2月)" },
    .bid = bid
};
