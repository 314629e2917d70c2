/* loader_opensdg.c - Open SDG indicator files: Year first, Value last, disaggregations between; blank is the total. */
#include "table_roles.h"

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    (void)c;
    if (p->width < 3 || !nf_header_is(p, 0, "Year") || !nf_header_is(p, p->width - 1, "Value")) return 0;
    if (nf_peek_column(p, "month|quarter|day") >= 0) return 0;
    for (size_t i = 1; i + 1 < p->width; i++) {
        nf_map_column *k = &m->column[i];
        k->role = nf_header_is(p, i, "Series") ? NF_ROLE_NAME : nf_header_is(p, i, "Units") ? NF_ROLE_UNIT
                : nf_header_is(p, i, "Unit multiplier") ? NF_ROLE_MULTIPLIER
                : nf_header_is(p, i, "Observation status") ? NF_ROLE_STATUS
                : nf_header_is(p, i, "GeoCode") ? NF_ROLE_IGNORE : NF_ROLE_KEY;
        if (k->role == NF_ROLE_KEY) k->dimension = p->name[i];
    }
    m->column[0].role = NF_ROLE_TIME;
    m->column[p->width - 1].role = NF_ROLE_VALUE;
    m->freq = NF_YEAR;
    m->unit_splits = true;
    return 90;
}

const nf_loader nf_loader_opensdg = {
    .row = { .name = "opensdg", .title = { "Open SDG indicators", "Open SDG 指标" },
             .use = "columns Year, (Series, disaggregations, Units, Unit multiplier, Observation status, GeoCode), "
                    "Value; the key "
                    "is Series@Dimension=value;..., blank dimensions are totals and left out; 2000/01 is a fiscal year" },
    .bid = bid
};
