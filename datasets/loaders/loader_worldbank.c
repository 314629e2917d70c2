/* loader_worldbank.c - the World Bank's tables: an indicator and a country a row, years as columns. */
#include "table_roles.h"

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int country = nf_peek_column(p, "Country Code"), name = nf_peek_column(p, "Indicator Code|Series Code");
    int place = nf_peek_column(p, "Country Name"), title = nf_peek_column(p, "Indicator Name|Series Name");
    if (country < 0 || name < 0 || !nf_map_periods(c, m, p)) return 0;
    m->column[name].role = NF_ROLE_NAME;
    m->column[country].role = NF_ROLE_KEY;
    if (place >= 0) m->column[place].role = NF_ROLE_PLACE;
    if (title >= 0) m->column[title].role = NF_ROLE_TITLE, m->column[title].unit_inside = true;
    m->source = "World Bank";
    return 97;
}

const nf_loader nf_loader_worldbank = {
    .row = { .name = "worldbank", .title = { "World Bank indicators", "世界银行指标" },
             .use = "columns Country Name, Country Code, Indicator (or Series) Name, Indicator Code, 1960 or "
                    "1960 [YR1960], ...; the key is INDICATOR@COUNTRY" },
    .bid = bid
};
