/* options.c - options of a row: texts checked against type, limits and choices, defaults filled in. */
#include "registry.h"
#include <math.h>
#include <string.h>

enum { OPTIONS_MAX = 64 };

static int not_a(nf_ctx *c, const nf_field *f, const char *text, const char *what)
{
    return nf_fail(c, NF_EINVAL, "option '%s' is '%s', not %s", f->name, text, what);
}

/* Limits hold where they differ; lo = hi = 0 is none. */
static int within(nf_ctx *c, const nf_field *f, double v, const char *text)
{
    char lo[32], hi[32];
    if (!(f->lo < f->hi) || (v >= f->lo && v <= f->hi)) return NF_OK;
    nf_double_text(lo, f->lo);
    nf_double_text(hi, f->hi);
    nf_fail(c, NF_EINVAL, "option '%s' is %s, out of its range", f->name, text);
    if (isinf(f->hi)) return nf_hint(c, "%s or more", lo);
    return isinf(f->lo) ? nf_hint(c, "%s or less", hi) : nf_hint(c, "from %s to %s", lo, hi);
}

static int set_number(nf_ctx *c, nf_value *out, const nf_field *f, const char *text)
{
    double v;
    if (!nf_double_scan(text, strlen(text), &v)) return not_a(c, f, text, "a number");
    if (f->type == NF_I64) {
        if (v != floor(v) || fabs(v) > 0x1p53) return not_a(c, f, text, "a whole number");
        out->i = (int64_t)v;
    } else {
        out->f = v;
    }
    return within(c, f, v, text);
}

static int set_flag(nf_ctx *c, nf_value *out, const nf_field *f, const char *text)
{
    static const char *const yes[] = { "", "1", "yes", "true", "on" }, *const no[] = { "0", "no", "false", "off" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (strcmp(text, yes[i]) == 0) return out->i = 1, NF_OK;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (strcmp(text, no[i]) == 0) return out->i = 0, NF_OK;
    return not_a(c, f, text, "yes or no");
}

static int set_word(nf_ctx *c, nf_value *out, const nf_field *f, const char *text)
{
    if (!f->choices) return (out->s = nf_strdup(c, text)) ? NF_OK : NF_ENOMEM;
    char list[512] = "";
    size_t n = 0, used = 0;
    for (; f->choices[n]; n++) {
        size_t len = strlen(f->choices[n]);
        if (strcmp(f->choices[n], text) == 0) return out->s = f->choices[n], NF_OK;
        if (used + len + 3 > sizeof list) continue;
        if (n) list[used++] = ' ';
        memcpy(list + used, f->choices[n], len + 1);
        used += len;
    }
    nf_fail(c, NF_EINVAL, "option '%s' has no choice '%s'", f->name, text);
    const char *nearest = nf_nearest(text, f->choices, n);
    return nearest ? nf_hint(c, "did you mean '%s'?", nearest) : nf_hint(c, "one of: %s", list);
}

/* Numbers separated by commas. */
static int set_array(nf_ctx *c, nf_value *out, const nf_field *f, const char *text)
{
    size_t n = *text != 0;
    for (const char *p = text; *p; p++) n += *p == ',';
    double *v = nf_alloc(c, n * sizeof *v);
    if (!v) return NF_ENOMEM;
    const char *p = text;
    for (size_t i = 0; i < n; i++, p++) {
        size_t len = strcspn(p, ",");
        if (!nf_double_scan(p, len, &v[i])) return not_a(c, f, text, "a list of numbers");
        if (within(c, f, v[i], text)) return NF_EINVAL;
        p += len;
    }
    out->a = (nf_span){ v, n };
    return NF_OK;
}

int nf_option_set(nf_ctx *c, nf_value *out, const nf_field *f, const char *text)
{
    switch (f->type) {
    case NF_F64: case NF_I64: return set_number(c, out, f, text);
    case NF_FLAG: return set_flag(c, out, f, text);
    case NF_WORD: return set_word(c, out, f, text);
    case NF_ARRAY: return set_array(c, out, f, text);
    case NF_TIME: return nf_period_parse(c, &out->t, text, NF_ANY, NF_ORDER_UNKNOWN);
    case NF_PROSE:
        out->p = (nf_text){ nf_strdup(c, text), NULL };
        return out->p.en ? NF_OK : NF_ENOMEM;
    case NF_END: break;
    }
    return nf_fail(c, NF_EINVAL, "option '%s' takes no value", f->name);
}

static int set_default(nf_ctx *c, nf_value *out, const nf_field *f)
{
    *out = nf_value_empty(f->type);
    switch (f->type) {
    case NF_F64: out->f = f->def; return NF_OK;
    case NF_I64: case NF_FLAG: if (!isnan(f->def)) out->i = (int64_t)f->def; return NF_OK;
    case NF_WORD: out->s = f->word; return NF_OK;
    case NF_PROSE: out->p.en = f->word; return NF_OK;
    case NF_TIME: case NF_ARRAY: return f->word ? nf_option_set(c, out, f, f->word) : NF_OK;
    case NF_END: break;
    }
    return NF_OK;
}

static int no_such_option(nf_ctx *c, const nf_row *row, const char *name)
{
    const char *names[OPTIONS_MAX];
    size_t n = 0;
    for (const nf_field *f = row->opt; f && f->type != NF_END && n < OPTIONS_MAX; f++) names[n++] = f->name;
    nf_fail(c, NF_EINVAL, "'%s' has no option '%s'", row->name, name);
    const char *nearest = nf_nearest(name, names, n);
    return nearest ? nf_hint(c, "did you mean '%s'?", nearest) : NF_EINVAL;
}

int nf_options(nf_ctx *c, nf_value **out, const nf_row *row, const char *const *name_value)
{
    size_t n = nf_field_count(row->opt);
    nf_value *v = nf_alloc(c, (n ? n : 1) * sizeof *v);
    if (!v) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        int rc = set_default(c, &v[i], &row->opt[i]);
        if (rc) return rc;
    }
    for (; name_value && *name_value; name_value += 2) {
        int at = nf_field_index(row->opt, name_value[0]);
        if (at < 0) return no_such_option(c, row, name_value[0]);
        if (!name_value[1]) return nf_fail(c, NF_EINVAL, "option '%s' needs a value", name_value[0]);
        int rc = nf_option_set(c, &v[at], &row->opt[at], name_value[1]);
        if (rc) return rc;
    }
    *out = v;
    return NF_OK;
}
