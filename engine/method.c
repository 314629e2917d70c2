/* method.c - one series through one method: prepare, guard, fit, clean; and the words of its answer. */
#include "method.h"
#include <math.h>
#include <string.h>

const char *nf_status_name(nf_status s)
{
    static const char *const name[] = { "fine", "too-few", "constant", "all-missing", "not-converged",
                                        "not-applicable" };
    return s >= 0 && s < (int)(sizeof name / sizeof *name) ? name[s] : "";
}

const char *nf_flag_name(unsigned bit)
{
    static const char *const name[] = { "ties", "gaps", "autocorrelated", "degenerate", "exact", "break", "uneven",
                                        "fallback", "duplicate-times", "clamped", "unsound", "below-limit" };
    return bit < sizeof name / sizeof *name ? name[bit] : NULL;
}

static bool has_value(nf_type type, nf_value v)
{
    if (type == NF_F64) return !isnan(v.f);
    if (type != NF_ARRAY) return type == NF_WORD && v.s;
    size_t j = 0;
    while (j < v.a.n && isnan(v.a.v[j])) j++;
    return j < v.a.n;
}

/* Nothing but finite numbers leaves a method. Its arrays are its own, in nf_alloc. What has no number left, or no p,
 * says so. */
static void clean(nf_result *r)
{
    const nf_field *out = r->by->out;
    bool any = false;
    for (size_t i = 0; out[i].type != NF_END; i++) {
        nf_value *v = &r->v[i];
        if (out[i].type == NF_F64 && !isfinite(v->f)) v->f = NAN;
        for (size_t j = 0; out[i].type == NF_ARRAY && v->a.v && j < v->a.n; j++)
            if (isinf(v->a.v[j])) ((double *)v->a.v)[j] = NAN;
        any = any || has_value(out[i].type, *v);
    }
    if (r->status != NF_FINE) return;
    if (!any) r->status = NF_NOT_APPLICABLE;
    if (!any || (nf_field_index(out, "p") >= 0 && isnan(nf_result_f64(r, "p")))) r->flags |= NF_F_DEGENERATE;
}

static nf_status status_before(const nf_method *m, const nf_sample *in, size_t n_in)
{
    for (size_t k = 0; k < n_in; k++) {
        if (in[k].series->meta && in[k].series->meta->unfit) return NF_NOT_APPLICABLE;
        if (!in[k].n && in[k].series->t.n) return NF_ALL_MISSING;
        if (in[k].n < m->min_n) return NF_TOO_FEW;
    }
    return NF_FINE;
}

static int run(nf_ctx *c, nf_result *r, const nf_sample *in, size_t n_in, const nf_value *opt)
{
    const nf_method *m = r->by;
    nf_value *filled = NULL;
    r->status = status_before(m, in, n_in);
    if (r->status != NF_FINE) return NF_OK;
    if (!opt && m->row.opt) {
        int rc = nf_options(c, &filled, &m->row, NULL);
        if (rc) return rc;
    }
    size_t mark = nf_scratch_mark(c);
    int rc = m->fit(c, r, in, n_in, opt ? opt : filled);
    nf_scratch_rewind(c, mark);
    return rc;
}

int nf_fit_sample(nf_ctx *c, nf_result *r, const nf_method *m, const nf_sample *in, size_t n_in, const nf_value *opt)
{
    size_t fields = nf_field_count(m->out);
    if (n_in < m->min_in || n_in > m->max_in)
        return nf_fail(c, NF_EINVAL, "method '%s' takes %s%zu series, not %zu", m->row.name,
                       m->max_in > m->min_in ? "at least " : "", m->min_in, n_in);
    *r = (nf_result){ .by = m, .v = nf_alloc(c, fields * sizeof *r->v) };
    if (!r->v) return NF_ENOMEM;
    for (size_t i = 0; i < fields; i++) r->v[i] = nf_value_empty(m->out[i].type);
    for (size_t k = 0; k < n_in; k++) r->flags |= in[k].flags;
    int rc = run(c, r, in, n_in, opt);
    if (!rc) clean(r);
    return rc;
}

int nf_fit(nf_ctx *c, nf_result *r, const nf_method *m, const nf_series *series, size_t n_in, const nf_value *opt,
           const nf_setting *set)
{
    size_t mark = nf_scratch_mark(c);
    nf_setting def = nf_setting_default();
    nf_sample *in = nf_scratch(c, n_in * sizeof *in);
    int rc = in ? NF_OK : NF_ENOMEM;
    for (size_t k = 0; !rc && k < n_in; k++) rc = nf_sample_of(c, &in[k], &series[k], set ? set : &def);
    if (!rc) rc = nf_fit_sample(c, r, m, in, n_in, opt);
    nf_scratch_rewind(c, mark);
    return rc;
}

double nf_result_f64(const nf_result *r, const char *field)
{
    int i = nf_field_index(r->by->out, field);
    if (i < 0) return NAN;
    switch (r->by->out[i].type) {
    case NF_F64:              return r->v[i].f;
    case NF_I64: case NF_FLAG: return r->v[i].i == NF_NO_I64 ? NAN : (double)r->v[i].i;
    default:                  return NAN;
    }
}

const char *nf_trend_word(const nf_result *r, double alpha)
{
    static const char *const sign[] = { "slope", "S", "z", "r" };   /* z may be a size alone (cox-stuart) */
    double p = nf_result_f64(r, "p"), s = NAN;
    bool has_sign = false;                         /* else p is about a break, a shift or the errors */
    for (size_t i = 0; i < sizeof sign / sizeof *sign && !(s < 0 || s > 0); i++) {
        s = nf_result_f64(r, sign[i]);
        has_sign = has_sign || nf_field_index(r->by->out, sign[i]) >= 0;
    }
    if (!(p >= 0) || !has_sign) return "";
    if (!(p < alpha) || !(s < 0 || s > 0)) return "no-trend";
    return s > 0 ? "increasing" : "decreasing";
}
