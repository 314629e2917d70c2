/* pick_parse.c - the texts of --where --from --to --aggregate --seasons, understood or refused. */
#include "pick.h"
#include <math.h>
#include <string.h>

static int where(nf_ctx *c, nf_pick *p, const char *text)
{
    static const char *const keys[] = { "place", "quantity", "dataset", "unit" };
    const char *equals = strchr(text, '=');
    if (!equals) {
        nf_fail(c, NF_EINVAL, "--where needs KEY=VALUE, not '%s'", text);
        return nf_hint(c, "place=Shijiazhuang");
    }
    p->where_key = nf_strndup(c, text, (size_t)(equals - text));
    p->where_value = equals + 1;
    if (!p->where_key) return NF_ENOMEM;
    for (size_t i = 0; i < 4; i++)
        if (!strcmp(keys[i], p->where_key)) return NF_OK;
    const char *near = nf_nearest(p->where_key, keys, 4);
    int rc = nf_fail(c, NF_EINVAL, "--where knows no '%s'", p->where_key);
    return near ? nf_hint(c, "did you mean '%s'?", near) : rc ? nf_hint(c, "place, quantity, dataset or unit") : rc;
}

int nf_pick_bound(nf_ctx *c, nf_period *period, double *number, const char *text, const char *place)
{
    double given;
    bool is_number = nf_double_scan(text, strlen(text), &given);
    if (is_number) *number = given;
    if (nf_period_scan(period, text, strlen(text), NF_ORDER_UNKNOWN)) return NF_OK;
    if (is_number) return *period = (nf_period){ 0 }, NF_OK;
    int rc = nf_period_parse(c, period, text, NF_ANY, NF_ORDER_UNKNOWN);
    return rc ? nf_at(c, place, 0, 0) : NF_OK;
}

int nf_pick_parse(nf_ctx *c, nf_pick *p, const struct nf_selection *s)
{
    *p = (nf_pick){ .from_number = -INFINITY, .to_number = INFINITY, .keeps = s->keeps };
    int rc = s->where ? where(c, p, s->where) : NF_OK;
    if (!rc && s->from) rc = nf_pick_bound(c, &p->from, &p->from_number, s->from, "--from");
    if (!rc && s->to) rc = nf_pick_bound(c, &p->to, &p->to_number, s->to, "--to");
    p->aggregate = s->aggregate != NULL;
    if (!rc && s->aggregate && (rc = nf_aggregate_parse(c, &p->rule, s->aggregate))) nf_at(c, "--aggregate", 0, 0);
    if (!rc && s->seasons && (rc = nf_seasons_parse(c, &p->season, &p->n_season, s->seasons)))
        nf_at(c, "--seasons", 0, 0);
    return rc;
}
