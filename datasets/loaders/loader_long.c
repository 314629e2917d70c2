/* loader_long.c - one observation a row: series, time, value, and what else is known of it. */
#include "loader.h"

static const struct { const char *names; nf_role role; } extras[] = {
    { "published", NF_ROLE_PUBLISHED }, { "unit|单位", NF_ROLE_UNIT }, { "status", NF_ROLE_STATUS },
    { "measure", NF_ROLE_MEASURE }, { "place", NF_ROLE_PLACE }, { "quantity", NF_ROLE_QUANTITY },
    { "title", NF_ROLE_TITLE }, { "title_zh", NF_ROLE_TITLE_ZH }, { "publisher|source", NF_ROLE_SOURCE },
    { "document|url", NF_ROLE_DOCUMENT },
    { "licence|license", NF_ROLE_LICENCE }, { "synthetic", NF_ROLE_SYNTHETIC }
};

void nf_map_extras(nf_mapping *m, const nf_peek *p)
{
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        int k = nf_peek_column(p, extras[i].names);
        if (k >= 0 && m->column[k].role == NF_ROLE_IGNORE) m->column[k].role = extras[i].role;
    }
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    int series = nf_peek_column(p, "series|系列|序列"), time = nf_peek_column(p, "time|时间|period");
    int value = nf_peek_column(p, "value|数值|值");
    (void)c;
    if (series < 0 || time < 0 || value < 0) return 0;
    m->column[series].role = NF_ROLE_KEY;
    m->column[time].role = NF_ROLE_TIME;
    m->column[value].role = NF_ROLE_VALUE;
    nf_map_extras(m, p);
    const nf_column_facts *t = &p->facts[time];
    bool years = t->periods && t->whole && t->lo >= 1000;           /* one bad year among good ones is an error */
    m->plain_time = !p->exact && t->cells && t->numbers == t->cells && t->periods < t->cells && !years;
    return 95;
}

const nf_loader nf_loader_long = {
    .row = { .name = "long", .title = { "one observation a row", "每行一个观测值" },
             .use = "columns series, time, value in any order; also read: published, unit, status, measure (ytd), "
                    "place, "
                    "quantity, title, title_zh, publisher, document, licence; other columns are left alone",
             .avoid = "a column per year or per quantity: wide" },
    .bid = bid
};
