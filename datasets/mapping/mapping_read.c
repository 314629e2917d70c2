/* mapping_read.c - a mapping from a JSON file: the same fields that --write-mapping prints. */
#include "mapping.h"
#include <jansson.h>
#include <string.h>

/* A string field into nf_alloc; left alone where it is absent. */
static int text(nf_ctx *c, const json_t *o, const char *name, const char **out)
{
    const json_t *v = json_object_get(o, name);
    if (!v) return NF_OK;
    if (!json_is_string(v)) return nf_fail(c, NF_EDATA, "\"%s\" must be a string", name);
    *out = nf_strdup(c, json_string_value(v));
    return *out ? NF_OK : NF_ENOMEM;
}

static int truth(nf_ctx *c, const json_t *o, const char *name, bool *out)
{
    const json_t *v = json_object_get(o, name);
    if (!v) return NF_OK;
    if (!json_is_boolean(v)) return nf_fail(c, NF_EDATA, "\"%s\" must be true or false", name);
    *out = json_is_true(v);
    return NF_OK;
}

static int choice(nf_ctx *c, const json_t *o, const char *name, const char *const *words, size_t n, int *out)
{
    const char *s = NULL;
    int rc = text(c, o, name, &s);
    if (rc || !s) return rc;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(s, words[i])) return *out = (int)i, NF_OK;
    const char *near = nf_nearest(s, words, n);
    nf_fail(c, NF_EDATA, "\"%s\" is '%.40s'", name, s);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "for instance '%s'", words[0]);
}

static int period(nf_ctx *c, const json_t *o, const char *name, nf_period *out)
{
    const char *s = NULL;
    int rc = text(c, o, name, &s);
    return rc || !s ? rc : nf_period_parse(c, out, s, NF_ANY, NF_ORDER_UNKNOWN);
}

static int column(nf_ctx *c, nf_map_column *k, const json_t *o)
{
    const char *words[NF_ROLES];
    int role = NF_ROLE_IGNORE;
    for (int i = 0; i < NF_ROLES; i++) words[i] = nf_column_role_name((nf_role)i);
    int rc = choice(c, o, "role", words, NF_ROLES, &role);
    k->role = (nf_role)role;
    if (!rc) rc = text(c, o, "name", &k->name);
    if (!rc) rc = text(c, o, "unit", &k->unit);
    if (!rc) rc = text(c, o, "quantity", &k->quantity);
    if (!rc) rc = text(c, o, "title", &k->title);
    if (!rc) rc = text(c, o, "dimension", &k->dimension);
    if (!rc) rc = text(c, o, "missing", &k->missing);
    if (!rc) rc = period(c, o, "period", &k->period);
    if (!rc) rc = truth(c, o, "packed", &k->packed);
    if (!rc) rc = truth(c, o, "unit_inside", &k->unit_inside);
    if (!rc) rc = truth(c, o, "ytd", &k->ytd);
    if (!rc) rc = truth(c, o, "percent", &k->percent);
    if (!rc) rc = truth(c, o, "labelled", &k->labelled);
    if (!rc) rc = truth(c, o, "sparse", &k->sparse);
    k->unit_part = (int)json_integer_value(json_object_get(o, "unit_part"));
    k->factor = json_number_value(json_object_get(o, "factor"));
    return rc;
}

static int columns(nf_ctx *c, nf_mapping *m, const json_t *list)
{
    if (!json_is_array(list)) return nf_fail(c, NF_EDATA, "\"columns\" must be a list");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        const char *header = NULL;
        size_t at = i;
        int rc = text(c, o, "header", &header);
        for (size_t k = 0; header && k < m->n; k++)
            if (!strcmp(header, m->column[k].header)) at = k;
        if (!rc && (at >= m->n || (header && strcmp(header, m->column[at].header)))) {
            nf_fail(c, NF_EDATA, "the file has no column '%.60s'", header ? header : "");
            return nf_hint(c, "the mapping was made for another file?");
        }
        if (!rc) rc = column(c, &m->column[at], o);
        if (rc) return rc;
    }
    return NF_OK;
}

static int single(nf_ctx *c, const json_t *o, const char *name, char *out)
{
    const char *s = NULL;
    int rc = text(c, o, name, &s);
    if (rc || !s) return rc;
    if (strlen(s) != 1) return nf_fail(c, NF_EDATA, "\"%s\" must be one character", name);
    *out = *s;
    return NF_OK;
}

static int whole(nf_ctx *c, nf_mapping *m, const json_t *o)
{
    static const char *const orders[] = { "unknown", "ymd", "dmy", "mdy" }, *const labels[] = { "start", "end" };
    int order = (int)m->order, label = m->hour_end, rc = single(c, o, "delimiter", &m->delimiter);
    const char *freq = NULL;
    nf_freq f;
    if (!rc) rc = single(c, o, "decimal", &m->decimal);
    if (!rc) rc = truth(c, o, "footer", &m->footer);
    if (!rc) rc = truth(c, o, "flags", &m->flags);
    if (!rc) rc = truth(c, o, "merges", &m->merges);
    if (!rc) rc = truth(c, o, "unit_splits", &m->unit_splits);
    if (!rc) rc = truth(c, o, "plain_time", &m->plain_time);
    if (!rc) rc = choice(c, o, "order", orders, 4, &order);
    if (!rc) rc = choice(c, o, "hour_label", labels, 2, &label);
    if (!rc) rc = text(c, o, "loader", &m->loader);
    if (!rc) rc = text(c, o, "missing", &m->missing);
    if (!rc) rc = text(c, o, "name", &m->name);
    if (!rc) rc = text(c, o, "unit", &m->unit);
    if (!rc) rc = text(c, o, "quantity", &m->quantity);
    if (!rc) rc = text(c, o, "place", &m->place);
    if (!rc) rc = text(c, o, "title", &m->title);
    if (!rc) rc = text(c, o, "source", &m->source);
    if (!rc) rc = text(c, o, "licence", &m->licence);
    if (!rc) rc = period(c, o, "start", &m->start);
    if (!rc) rc = text(c, o, "freq", &freq);
    if (!rc && freq && !nf_freq_find(freq, &f)) rc = nf_fail(c, NF_EDATA, "no frequency '%s'", freq);
    if (!rc && freq) m->freq = (int)f;
    m->order = (nf_date_order)order;
    m->hour_end = label;
    m->step =
        json_is_integer(json_object_get(o, "step")) ? json_integer_value(json_object_get(o, "step")) : m->start.span;
    if (json_is_integer(json_object_get(o, "data_line")))
        m->data_line = (long)json_integer_value(json_object_get(o, "data_line"));
    return rc;
}

int nf_mapping_read(nf_ctx *c, nf_mapping *m, const char *file)
{
    json_error_t e;
    json_t *o = json_load_file(file, JSON_REJECT_DUPLICATES, &e);
    if (!o) {
        nf_fail(c, NF_EDATA, "%s", e.text);
        return nf_at(c, file, e.line > 0 ? e.line : 0, e.column > 0 ? e.column : 0);
    }
    int rc = json_is_object(o) ? whole(c, m, o) : nf_fail(c, NF_EDATA, "a mapping is a JSON object");
    if (!rc && json_object_get(o, "columns")) rc = columns(c, m, json_object_get(o, "columns"));
    json_decref(o);
    return rc ? nf_at(c, file, 0, 0) : NF_OK;
}
