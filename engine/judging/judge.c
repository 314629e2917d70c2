/* judge.c - one case through one scheme. */
#include "judge.h"
#include <math.h>
#include <string.h>

const nf_grade *nf_grade_of(const nf_grade *g, const char *word)
{
    while (g->word && strcmp(g->word, word)) g++;
    return g->word ? g : NULL;
}

static int defaults(nf_ctx *c, const nf_scheme *s, const nf_value **opt)
{
    nf_value *all;
    if (*opt || !s->row.opt) return NF_OK;
    int rc = nf_options(c, &all, &s->row, NULL);
    if (rc >= 0) *opt = all;
    return rc;
}

static void empty_if_infinite(double *x) { *x = isfinite(*x) ? *x : NAN; }

/* What overflowed is not known. */
static void keep_finite(nf_finding *f, const nf_field *out)
{
    nf_standing *at = &f->at;
    double *const all[] = { &at->baseline, &at->latest, &at->target, &at->completion, &at->elapsed, &at->pace_actual,
                            &at->pace_required, &at->projected, &at->projected_lo80, &at->projected_hi80,
                            &at->projected_lo95, &at->projected_hi95, &at->chance, &at->chance_walk };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) empty_if_infinite(all[i]);
    for (size_t i = 0; out && out[i].type != NF_END; i++)
        if (out[i].type == NF_F64) empty_if_infinite(&f->r.v[i].f);
}

int nf_judge(nf_ctx *c, nf_finding *out, const nf_scheme *s, const nf_case *k, const nf_value *opt)
{
    size_t work = nf_scratch_mark(c), n = nf_field_count(s->out);
    if (s->tasks ? !k->task : !k->target)
        return nf_fail(c, NF_EINVAL, "scheme '%s' judges %s", s->row.name, s->tasks ? "tasks" : "targets");
    *out = (nf_finding){ .of = k, .basis = "", .r = { .v = nf_alloc(c, n * sizeof(nf_value)) } };
    if (!out->r.v) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++) out->r.v[i] = nf_value_empty(s->out[i].type);
    int rc = s->tasks ? NF_OK : nf_standing_of(c, &out->at, k);
    if (rc >= 0) rc = defaults(c, s, &opt);
    if (rc >= 0) rc = s->judge(c, out, k, opt);
    nf_scratch_rewind(c, work);
    keep_finite(out, s->out);
    if (rc >= 0 && nf_last(c)->err == NF_ENOMEM) rc = NF_ENOMEM;      /* a piece of a sentence may be missing */
    return rc < 0 ? rc : NF_OK;
}
