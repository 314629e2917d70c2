/* loader_wide.c - any other table: a column per period, or a time column beside columns of numbers. */
#include "table_roles.h"

static void forget_periods(nf_mapping *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->column[i].role == NF_ROLE_PERIOD || m->column[i].role == NF_ROLE_YEAR)
            m->column[i].role = NF_ROLE_IGNORE;
}

/* "产值_累计值(亿元)": the unit, and whether it sums since January, stand in the name. */
static void name_of_rows(nf_map_column *k)
{
    k->role = NF_ROLE_NAME;
    k->unit_inside = k->ytd = true;
}

static int text_keys(nf_mapping *m, const nf_peek *p)
{
    int keys = 0;
    for (size_t i = 0; i < p->width; i++) {
        if (m->column[i].role != NF_ROLE_IGNORE || p->facts[i].numbers == p->facts[i].cells) continue;
        if (nf_header_is(p, i, "note|notes|remark|remarks|comment|comments|备注|说明|注释")) continue;
        m->column[i].role = NF_ROLE_KEY;
        if (!keys++ && nf_header_is(p, i, "项目|项目名称|指标|指标名称|indicator")) name_of_rows(&m->column[i]);
    }
    return keys;
}

static int bid_periods(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    size_t n = nf_map_periods(c, m, p);
    if (!n) n = nf_map_parts_of_year(c, m, p);
    if (n >= 2 && 2 * n >= p->width - 1) {
        nf_map_extras(m, p);
        text_keys(m, p);
        return 60;
    }
    forget_periods(m);
    return 0;
}

/* One column of values that is called no more than that gives its series no name. */
static void unname(nf_mapping *m, const nf_peek *p)
{
    for (size_t i = 0; i < p->width; i++)
        if (m->column[i].role == NF_ROLE_VALUE && nf_header_is(p, i, "value|values|obs_value|数值|值|数据") &&
            nf_mapping_count(m, NF_ROLE_VALUE) == 1 && nf_mapping_count(m, NF_ROLE_KEY)) m->column[i].name = NULL;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int won = bid_periods(c, m, p);
    if (won) return won;
    bool time = nf_map_time(c, m, p);
    nf_map_extras(m, p);
    int values = nf_map_values(c, m, p), rc = values < 0 ? values : nf_map_keys(c, m, p);
    if (rc || !values || p->header == p->data) return rc;
    unname(m, p);
    if (time) nf_map_coarse(m, p);
    return time ? 50 : 20;
}

const nf_loader nf_loader_wide = {
    .row = { .name = "wide", .title = { "a column per period, or per quantity", "每期一列或每个指标一列" },
             .use = "tables whose header is 2017, 2018, ... or 2024年1月, ..., beside columns of names; 1月, 2月, ... or "
                    "Q1, Q2, ... beside a column of years; and tables with a time column beside columns of numbers; "
                    "units in headers: 产值(亿元)" },
    .bid = bid
};
