/* mapping_json.c - mappings as JSON: --write-mapping and --mapping. */
#include "mapping.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const orders[] = { "unknown", "ymd", "dmy", "mdy" };

/* Only what says something is written. */
static void text(json_t *o, const char *name, const char *value)
{
    if (value && *value) json_object_set_new(o, name, json_string(value));
}

static json_t *column_json(const nf_map_column *k)
{
    char period[48];
    json_t *o = json_object();
    text(o, "header", k->header);
    text(o, "role", nf_column_role_name(k->role));
    text(o, "name", k->name);
    text(o, "unit", k->unit);
    text(o, "quantity", k->quantity);
    text(o, "title", k->title);
    text(o, "dimension", k->dimension);
    text(o, "missing", k->missing);
    if (k->period.span) {
        nf_period_text(period, k->period);
        text(o, "period", period);
    }
    if (k->packed) json_object_set_new(o, "packed", json_true());
    if (k->unit_part) json_object_set_new(o, "unit_part", json_integer(k->unit_part));
    if (k->unit_inside) json_object_set_new(o, "unit_inside", json_true());
    if (k->labelled) json_object_set_new(o, "labelled", json_true());
    if (k->sparse) json_object_set_new(o, "sparse", json_true());
    if (k->ytd) json_object_set_new(o, "ytd", json_true());
    if (k->percent) json_object_set_new(o, "percent", json_true());
    if (k->factor != 0) json_object_set_new(o, "factor", json_real(k->factor));
    return o;
}

static json_t *mapping_json(const nf_mapping *m)
{
    char start[48], one[2] = { m->delimiter, 0 }, decimal[2] = { m->decimal, 0 };
    json_t *o = json_object(), *columns = json_array();
    text(o, "loader", m->loader);
    text(o, "delimiter", one);
    text(o, "decimal", decimal);
    json_object_set_new(o, "data_line", json_integer(m->data_line));
    json_object_set_new(o, "footer", json_boolean(m->footer));
    json_object_set_new(o, "flags", json_boolean(m->flags));
    if (m->merges) json_object_set_new(o, "merges", json_true());
    if (m->unit_splits) json_object_set_new(o, "unit_splits", json_true());
    json_object_set_new(o, "hour_label", json_string(m->hour_end ? "end" : "start"));
    json_object_set_new(o, "plain_time", json_boolean(m->plain_time));
    if (m->freq != NF_ANY) text(o, "freq", nf_freq_name((nf_freq)m->freq));
    if (m->order <= NF_ORDER_MDY) text(o, "order", m->order ? orders[m->order] : NULL);
    text(o, "missing", m->missing);
    text(o, "name", m->name);
    text(o, "unit", m->unit);
    text(o, "quantity", m->quantity);
    text(o, "place", m->place);
    text(o, "title", m->title);
    text(o, "source", m->source);
    text(o, "licence", m->licence);
    if (m->start.span) {
        nf_period_text(start, m->start);
        text(o, "start", start);
        json_object_set_new(o, "step", json_integer(m->step));
    }
    for (size_t i = 0; i < m->n; i++) json_array_append_new(columns, column_json(&m->column[i]));
    json_object_set_new(o, "columns", columns);
    return o;
}

int nf_mapping_json(nf_ctx *c, const nf_mapping *m, char **out)
{
    json_t *o = mapping_json(m);
    char *dump = o ? json_dumps(o, JSON_INDENT(2)) : NULL;
    *out = dump ? nf_strdup(c, dump) : NULL;
    free(dump);
    json_decref(o);
    return *out ? NF_OK : nf_fail(c, NF_ENOMEM, "out of memory");
}

int nf_mapping_write(nf_ctx *c, const nf_mapping *m, const char *file)
{
    json_t *o = mapping_json(m);
    int rc =
        o && !json_dump_file(o, file, JSON_INDENT(2)) ? NF_OK : nf_fail(c, NF_EIO, "the mapping cannot be written");
    json_decref(o);
    return rc ? nf_at(c, file, 0, 0) : NF_OK;
}
