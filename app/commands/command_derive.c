/* command_derive.c - derive: derived series with their validity, period by period. */
#include "app.h"
#include <math.h>

static const nf_field fields[] = {
    { .name = "series", .type = NF_WORD, .title = { "series", "序列" } },
    { .name = "time", .type = NF_TIME, .title = { "time", "时期" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } },
    { .name = "unit", .type = NF_WORD, .title = { "unit", "单位" } },
    { .name = "validity", .type = NF_WORD, .title = { "validity", "有效性" } },
    { .name = "formula", .type = NF_WORD, .title = { "formula", "公式" } },
    { 0 }
};

static int rows(nf_ctx *c, nf_sink to, const nf_series *s)
{
    int rc = NF_OK;
    for (size_t i = 0; i < s->t.n && !rc; i++)
        rc = to.row(to.self, c, (nf_value[]){ { .s = s->meta->key }, { .t = nf_axis_at(&s->t, i) }, { .f = s->y[i] },
            { .s = s->meta->unit }, { .s = isnan(s->y[i]) ? "not-valid" : "valid" }, { .s = s->meta->formula } });
    return rc;
}

static int run(nf_ctx *c, nf_workspace *w, char **argument, const nf_value *opt)
{
    nf_series_list list;
    nf_sink to;
    (void)opt;
    if (!argument[0]) {
        nf_fail(c, NF_EINVAL, "derive needs a formula or an indicator");
        return nf_hint(c, "'ninefold list formulas' shows them");
    }
    int rc = nf_workspace_gather(c, w, argument, &list);
    if (!rc) rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "derive", fields))) return rc;
    for (size_t i = 0; i < list.n && !rc; i++) rc = rows(c, to, &list.series[i]);
    return to.end(to.self, c, rc);
}

extern const nf_command nf_command_derive;
const nf_command nf_command_derive = {
    .row = { .name = "derive", .title = { "series derived by formulas, with their validity",
                                          "按公式推算的序列及其有效性" } },
    .arguments = "FORMULA(...)|INDICATOR...",
    .examples = "ninefold derive 'annual_mean(pm25@centre)'\nninefold derive gdp --from 2017 --format csv",
    .selects = true, .run = run };
