/* loader_eurostat.c - Eurostat's own tables: packed keys, years as columns, flags glued to the values. */
#include "table_roles.h"
#include <string.h>
#include <strings.h>

/* "freq,age,unit,geo\TIME_PERIOD": which of the parts is the unit, from 1; 0: none. */
static int unit_part(const char *header)
{
    int part = 1;
    for (const char *s = header; *s && *s != '\\'; part++) {
        size_t n = strcspn(s, ",\\");
        if (n == 4 && !strncasecmp(s, "unit", 4)) return part;
        s += n + (s[n] == ',');
    }
    return 0;
}

static int bid(nf_ctx *c, nf_mapping *m, const nf_peek *p)
{
    const char *slash = strrchr(p->name[0], '\\');
    if (!slash || (strcasecmp(slash, "\\time") && strcasecmp(slash, "\\TIME_PERIOD")) || !nf_map_periods(c, m, p))
        return 0;
    m->column[0].role = NF_ROLE_KEY;
    m->column[0].packed = true;
    m->column[0].unit_part = unit_part(p->name[0]);
    m->flags = true;
    m->missing = ":";
    m->source = "Eurostat";
    m->words = (nf_text){ "flags behind the values kept as status", "数值后的标记存为状态" };
    return 98;
}

const nf_loader nf_loader_eurostat = {
    .row = { .name = "eurostat", .title = { "Eurostat tables (TSV or CSV)", "欧盟统计局表格" },
             .use = "the first header cell ends in \\time or \\TIME_PERIOD; 17151 b is a break, : is missing",
             .cite = "Eurostat, bulk download guidelines" },
    .bid = bid
};
