/* loader_industry.c - industry and economy by month, quarter or year: a table of the bureau's indicators. */
#include "table_roles.h"

#define MONEY "亿元", false, 0, NULL
#define RATE  "%", true, 0, NULL
static const nf_family_column columns[] = {
    { "gdp|地区生产总值|国内生产总值", "gdp", "economy.gdp", MONEY },
    { "industrial_output|工业总产值|规模以上工业总产值", "output", "industry.output", MONEY },
    { "value_added|工业增加值|规模以上工业增加值", "value_added", "industry.value_added", MONEY },
    { "value_added_growth|工业增加值增速|工业增加值同比", "value_added_growth", "industry.growth", RATE },
    { "gdp_growth|gdp增速|地区生产总值增速", "gdp_growth", "economy.growth", RATE },
    { "investment|固定资产投资", "investment", "economy.investment", MONEY },
    { "retail|社会消费品零售总额", "retail", "economy.retail", MONEY },
    { "revenue|营业收入|主营业务收入", "revenue", "industry.revenue", MONEY },
    { "profit|利润总额", "profit", "industry.profit", MONEY },
    { "exports|出口总值|出口总额", "exports", "economy.exports", MONEY },
    { "electricity|用电量|工业用电量", "electricity", "industry.electricity", "万kWh", false, 0, NULL },
    { "ppi|工业生产者出厂价格指数", "ppi", "industry.ppi", "index", true, 0, NULL },
    { "cpi|居民消费价格指数", "cpi", "economy.cpi", "index", true, 0, NULL },
    { "indpro|industrial_production", "indpro", "industry.production", "index", true, 0, NULL },
    { "production_index|工业生产指数", "production", "industry.production", "index", true, 0, NULL },
    { NULL, NULL, NULL, NULL, false, 0, NULL }
};
static const nf_family industry = { columns, "region|industry|sector|city|地区|行业|城市|区县", NULL, 2 };

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int rc = nf_family_bid(c, m, p, &industry);
    if (rc > 0) nf_map_coarse(m, p);
    return rc;
}

const nf_loader nf_loader_industry = {
    .row = { .name = "industry", .title = { "industry and economy by month, quarter or year", "工业与经济月度、季度、年度数据" },
             .use = "columns such as 工业增加值, 地区生产总值, ppi beside a time; units from the headers" },
    .bid = bid
};
