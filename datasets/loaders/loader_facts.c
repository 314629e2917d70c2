/* loader_facts.c - published facts: place, code, period, measure, value, and who published it when. */
#include "loader.h"

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int place = nf_peek_column(p, "place"), code = nf_peek_column(p, "code"), period = nf_peek_column(p, "period");
    int measure = nf_peek_column(p, "measure"), value = nf_peek_column(p, "value");
    (void)c;
    if (place < 0 || code < 0 || period < 0 || measure < 0 || value < 0 || code < place) return 0;
    m->column[place].role = m->column[code].role = NF_ROLE_KEY;
    m->column[period].role = NF_ROLE_TIME;
    m->column[value].role = NF_ROLE_VALUE;
    nf_map_extras(m, p);
    return 96;
}

const nf_loader nf_loader_facts = {
    .row = { .name = "facts", .title = { "published facts with place, code and source", "带来源的公布数据" },
             .use = "columns place, code, period, measure, value; the key is place.code, and place.code:ytd where "
                    "measure is ytd" },
    .bid = bid
};
