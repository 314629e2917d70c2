/* package_schema.c - what a schema's types say before anything is guessed: the time, day and month, decimal commas. */
#include "package_schema.h"
#include <string.h>

static const char *string_of(const json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }

static bool is_time(const char *type)
{
    return type && (!strcmp(type, "date") || !strcmp(type, "datetime") || !strcmp(type, "year")
                    || !strcmp(type, "yearmonth"));
}

/* "%d/%m/%Y": in which order. */
static nf_date_order order_of(const char *format)
{
    const char *day = strstr(format, "%d"), *month = strstr(format, "%m"), *year = strstr(format, "%Y");
    if (!day || !month || !year || year < day) return NF_ORDER_UNKNOWN;
    return day < month ? NF_ORDER_DMY : NF_ORDER_MDY;
}

int nf_schema_says(nf_ctx *c, nf_peek *p, const json_t *schema)
{
    const json_t *fields = json_object_get(schema, "fields"), *f;
    size_t i, times = 0;
    char decimal = 0;
    json_array_foreach(fields, i, f) {
        const char *name = string_of(f, "name"), *format = string_of(f, "format"), *point = string_of(f, "decimalChar");
        if (point && *point) decimal = *point;
        if (!name || !is_time(string_of(f, "type"))) continue;
        p->time = times++ ? -1 : nf_peek_column(p, name);
        p->order = format && times == 1 ? order_of(format) : NF_ORDER_UNKNOWN;
    }
    return decimal && decimal != p->decimal ? nf_peek_decimal(c, p, decimal) : NF_OK;
}
