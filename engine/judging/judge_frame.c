/* judge_frame.c - what the published schemes have in common: facts, a rule over them, a sentence. */
#include "judge.h"
#include <math.h>

static int by_rule(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt, nf_rule rule, bool *aim,
                   double *told)
{
    nf_facts x;
    int rc = nf_facts_of(c, &x, &f->at, k);
    if (rc < 0) return rc;
    *aim = isfinite(x.demand.goal);
    *told = rule(f, &x, opt);
    f->basis = f->grade->level == NF_UNKNOWN ? "" : "pace";
    return NF_OK;
}

int nf_judge_ratio(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt, nf_rule rule)
{
    bool aim;
    double ratio;
    int rc = by_rule(c, f, k, opt, rule, &aim, &ratio);
    return rc < 0 ? rc : nf_say_ratio(c, &f->reason, f->grade, aim, ratio);
}

int nf_judge_part(nf_ctx *c, nf_finding *f, const nf_case *k, const nf_value *opt, nf_rule rule)
{
    bool aim;
    double part;
    int rc = by_rule(c, f, k, opt, rule, &aim, &part);
    return rc < 0 ? rc : nf_say_part(c, &f->reason, f->grade, part);
}

const char *nf_progress_word(double r)
{
    if (isnan(r)) return "not_calculable";
    return r >= .95 ? "significant_progress" : r >= .6 ? "moderate_progress" : r >= 0 ? "insufficient_progress"
                                                                                      : "movement_away";
}
