/* formula.c - an expression, name(series, series, option=value), becomes a derived series. */
#include "formula.h"
#include "unit.h"
#include <math.h>
#include <string.h>

enum { MAX_ARGUMENTS = 64, MAX_DEPTH = 8 };

typedef struct {
    nf_ctx *c; nf_source source; int64_t known; const nf_formula *const *table;
    const char *whole;                             /* the expression as the user wrote it: for every message */
    int depth;
} derivation;

typedef struct { char *name, *argument[MAX_ARGUMENTS]; size_t n; const char *option[2 * MAX_ARGUMENTS + 1]; } call;

static bool name_char(char ch)                     /* ASCII alone: isalnum would ask the locale */
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-';
}

bool nf_is_expression(const char *text)
{
    size_t n = 0;
    while (name_char(text[n])) n++;
    size_t len = strlen(text);
    return n > 0 && text[n] == '(' && text[len - 1] == ')';
}

static char *trimmed(char *from, char *to)
{
    while (from < to && *from == ' ') from++;
    while (to > from && to[-1] == ' ') to--;
    *to = 0;
    return from;
}

/* An option is "word=value" before any bracket; a series key may hold = only after one of . @ : or a space. */
static char *option_split(char *argument)
{
    size_t n = 0;
    while (name_char(argument[n])) n++;
    return n && argument[n] == '=' ? argument + n : NULL;
}

static int take_argument(const derivation *d, call *k, char *argument, size_t *n_option)
{
    char *equals = option_split(argument);
    if (!*argument) return nf_fail(d->c, NF_EINVAL, "an argument of '%s' is empty", d->whole);
    if (equals) {
        *equals = 0;
        k->option[(*n_option)++] = argument;
        k->option[(*n_option)++] = equals + 1;
        return NF_OK;
    }
    k->argument[k->n++] = argument;
    return NF_OK;
}

static int split(const derivation *d, call *k, const char *text)
{
    char *copy = nf_strdup(d->c, text), *open = copy ? strchr(copy, '(') : NULL;
    size_t n_option = 0;
    int depth = 0;
    if (!copy) return NF_ENOMEM;
    *k = (call){ .name = copy };
    char *start = open + 1, *last = copy + strlen(copy) - 1;
    *open = *last = 0;
    for (char *p = start; p <= last; p++) {
        depth += (*p == '(') - (*p == ')');
        if (depth < 0) break;
        if (p < last && (*p != ',' || depth)) continue;
        if (p == last && p == start && !k->n && !n_option) break;          /* name() */
        if (k->n + n_option / 2 == MAX_ARGUMENTS)
            return nf_fail(d->c, NF_EINVAL, "'%s' has more than %d arguments", d->whole, MAX_ARGUMENTS);
        int rc = take_argument(d, k, trimmed(start, p), &n_option);
        if (rc) return rc;
        start = p + 1;
    }
    return depth ? nf_fail(d->c, NF_EINVAL, "the brackets of '%s' do not match", d->whole) : NF_OK;
}

/* ---- inputs ---- */

typedef struct { nf_series *series; size_t n, room; } inputs;

static int push(nf_ctx *c, inputs *in, const nf_series *s)
{
    in->series = nf_grow(c, in->series, in->n, &in->room, sizeof *in->series);
    if (!in->series) return NF_ENOMEM;
    in->series[in->n++] = *s;
    return NF_OK;
}

static int derive(derivation *, nf_series *out, const char *text);

static int gather(derivation *d, inputs *in, const char *argument)
{
    nf_cursor cursor;
    nf_series s;
    size_t before = in->n;
    if (nf_is_expression(argument)) {
        int rc = derive(d, &s, argument);
        return rc ? rc : push(d->c, in, &s);
    }
    int rc = d->source.find(d->source.self, d->c, &(nf_query){ .match = argument, .known = d->known }, &cursor);
    if (rc) return rc;
    while ((rc = cursor.next(cursor.cur, d->c, &s)) > 0)
        if ((rc = push(d->c, in, &s)) < 0) break;
    cursor.close(cursor.cur);
    if (rc < 0) return rc;
    if (in->n > before) return NF_OK;
    return nf_fail(d->c, NF_ENOTFOUND, "no series '%s', which '%s' needs", argument, d->whole);
}

/* The values in the unit the formula wants; the caller's array is never changed. */
static int in_unit(const derivation *d, nf_series *s, const nf_input *want)
{
    const char *unit = s->meta->unit ? s->meta->unit : "";
    if (!want->unit || !*want->unit || !strcmp(want->unit, unit)) return NF_OK;
    double *y = nf_alloc(d->c, s->t.n * sizeof *y);
    nf_meta *meta = nf_alloc(d->c, sizeof *meta);
    if (!y || !meta) return NF_ENOMEM;
    memcpy(y, s->y, s->t.n * sizeof *y);
    int rc = nf_unit_convert(d->c, y, s->t.n, unit, want->unit);
    if (rc) return nf_hint(d->c, "%s, which '%s' needs in %s", s->meta->key, d->whole, want->unit), rc;
    *meta = *s->meta;
    meta->unit = want->unit;
    s->meta = meta;
    s->y = y;
    return NF_OK;
}

static int fit_inputs(const derivation *d, const nf_formula *f, inputs *in)
{
    size_t least = 0;
    bool many = f->n_in && f->in[f->n_in - 1].many;
    for (size_t i = 0; i < f->n_in; i++) least += !f->in[i].optional;
    if (in->n < least || (in->n > f->n_in && !many)) {
        nf_fail(d->c, NF_EINVAL, "%s takes %s%zu series, '%s' gives %zu", f->row.name, many ? "at least " : "", least,
                d->whole, in->n);
        return nf_hint(d->c, "ninefold list formulas");
    }
    for (size_t i = 0; i < in->n; i++) {
        const nf_input *want = &f->in[i < f->n_in ? i : f->n_in - 1];
        if (want->freq > NF_NUMBER && in->series[i].t.start.freq != want->freq)
            return nf_fail(d->c, NF_EINVAL, "%s wants %s figures, %s is by the %s", f->row.name,
                           nf_freq_name((nf_freq)want->freq),
                           in->series[i].meta->key, nf_freq_name((nf_freq)in->series[i].t.start.freq));
        int rc = in_unit(d, &in->series[i], want);
        if (rc) return rc;
    }
    return NF_OK;
}

/* Lineage and everything a derived figure inherits: it is synthetic, and known, as its worst input is. */
static int describe(const derivation *d, nf_series *out, const nf_formula *f, const inputs *in, const char *text)
{
    nf_meta *m = nf_alloc(d->c, sizeof *m);
    if (!m) return NF_ENOMEM;
    if (out->meta) *m = *out->meta;
    const nf_meta *first = in->n ? in->series[0].meta : NULL;
    m->key = nf_strdup(d->c, text);
    m->formula = f->row.name;
    m->from = in->series;
    m->n_from = in->n;
    if (!m->unit) m->unit = strcmp(f->unit, "=0") || !first ? f->unit : first->unit;
    if (!m->title.en) m->title = f->row.title;
    for (size_t i = 0; i < in->n; i++) {
        const nf_meta *from = in->series[i].meta;
        if (from->known > m->known) m->known = from->known;
        m->synthetic |= from->synthetic;
    }
    if (first && !m->place) m->place = first->place;
    if (first && !m->source) m->source = first->source;
    if (first && !m->licence) m->licence = first->licence;
    if (first && !m->dataset) m->dataset = first->dataset;
    out->meta = m;
    return m->key ? NF_OK : NF_ENOMEM;
}

static int derive(derivation *d, nf_series *out, const char *text)
{
    call k;
    inputs in = { 0 };
    const void *row;
    nf_value *opt;
    if (++d->depth > MAX_DEPTH)
        return nf_fail(d->c, NF_EINVAL, "'%s' is nested more than %d deep", d->whole, MAX_DEPTH);
    int rc = split(d, &k, text);
    if (!rc) rc = nf_row_need(d->c, &row, NF_TABLE(d->table), "formula", k.name);
    const nf_formula *f = rc ? NULL : row;
    if (!rc) rc = nf_options(d->c, &opt, &f->row, k.option);
    for (size_t i = 0; !rc && i < k.n; i++) rc = gather(d, &in, k.argument[i]);
    if (!rc) rc = fit_inputs(d, f, &in);
    if (rc) return rc;
    *out = (nf_series){ 0 };
    size_t work = nf_scratch_mark(d->c);
    rc = f->derive(d->c, out, in.series, in.n, opt);
    nf_scratch_rewind(d->c, work);
    d->depth--;
    return rc ? rc : describe(d, out, f, &in, text);
}

int nf_derive(nf_ctx *c, nf_series *out, const char *expression, nf_source source, int64_t known,
              const nf_formula *const *table)
{
    derivation d = { .c = c, .source = source, .known = known, .table = table, .whole = expression };
    if (!nf_is_expression(expression))
        return nf_fail(c, NF_EINVAL, "'%s' is not an expression of the form name(series, ...)", expression);
    return derive(&d, out, expression);
}
