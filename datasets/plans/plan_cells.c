/* plan_cells.c - one cell of a plan's table into the field it stands for. */
#include "plan_tables.h"
#include <math.h>
#include <string.h>
#include <strings.h>

static int number(nf_ctx *c, double *out, const char *text, const char *column)
{
    if (!*text) return *out = NAN, NF_OK;
    if (nf_double_scan(text, strlen(text), out) && isfinite(*out)) return NF_OK;
    nf_fail(c, NF_EDATA, "%s '%.80s' is not a number", column, text);
    return nf_hint(c, "put \"about\" into tolerance, the unit into unit, words into note; empty: not given");
}

static int count(nf_ctx *c, int *out, const char *text, const char *column)
{
    double v = 0;
    if (!*text) return *out = 0, NF_OK;
    if (!nf_double_scan(text, strlen(text), &v) || !(fabs(v) <= 1e9) || v != floor(v))
        return nf_fail(c, NF_EDATA, "%s '%.80s' is not a whole number", column, text);
    *out = (int)v;
    return NF_OK;
}

static int word(nf_ctx *c, const char *text, const char *column, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcasecmp(text, list[i])) return (int)i;
    const char *near = nf_nearest(text, list, n);
    nf_fail(c, NF_EDATA, "%s '%.80s' is none of the words it knows", column, text);
    return near ? nf_hint(c, "did you mean '%s'?", near) : nf_hint(c, "for instance '%s'", list[0]);
}

static int flag(nf_ctx *c, bool *out, const char *text, const char *column)
{
    static const char *const words[] = { "yes", "no", "true", "false", "1", "0", "y", "n", "是", "否" };
    if (!*text) return *out = false, NF_OK;
    int i = word(c, text, column, words, sizeof words / sizeof *words);
    if (i < 0) return i;
    *out = i % 2 == 0;
    return NF_OK;
}

static int sense(nf_ctx *c, int *out, const char *text, const char *column)
{
    static const char *const words[] = { "up", "down", "higher", "lower", "上升", "下降" };
    if (!*text) return *out = 0, NF_OK;
    int i = word(c, text, column, words, sizeof words / sizeof *words);
    if (i < 0) return i;
    *out = i % 2 ? -1 : 1;
    return NF_OK;
}

static int kind(nf_ctx *c, nf_kind *out, const char *text, const char *column)
{
    const char *words[NF_KEEP + 1];
    for (int i = 0; i <= NF_KEEP; i++) words[i] = nf_kind_name((nf_kind)i);
    if (!*text) return *out = NF_REACH, NF_OK;
    int i = word(c, text, column, words, NF_KEEP + 1);
    if (i < 0) return i;
    *out = (nf_kind)i;
    return NF_OK;
}

static int scale(nf_ctx *c, nf_scale *out, const char *text, const char *column)
{
    const char *words[NF_SCALE_LOGIT + 1];
    for (int i = 0; i <= NF_SCALE_LOGIT; i++) words[i] = nf_scale_name((nf_scale)i);
    if (!*text) return *out = NF_SCALE_AUTO, NF_OK;
    int i = word(c, text, column, words, NF_SCALE_LOGIT + 1);
    if (i < 0) return i;
    *out = (nf_scale)i;
    return NF_OK;
}

static int period(nf_ctx *c, nf_period *out, const char *text)
{
    if (*text) return nf_period_parse(c, out, text, NF_ANY, NF_ORDER_UNKNOWN);
    *out = (nf_period){ 0, 0, 0 };
    return NF_OK;
}

enum { MILESTONES = 600 };                       /* a month each for fifty years; what a stored cell has room for */

/* "2022:40;2023:45". path and n_path of nf_target lie side by side. */
static int path(nf_ctx *c, nf_target *target, const char *text)
{
    if (!*text) return NF_OK;
    size_t n = 1;
    for (const char *s = text; *s; s++) n += *s == ';';
    if (n > MILESTONES) return nf_fail(c, NF_EDATA, "a path of over %d milestones", MILESTONES);
    nf_waypoint *way = nf_alloc(c, n * sizeof *way);
    char *copy = nf_strdup(c, text), *rest = copy;
    if (!way || !copy) return NF_ENOMEM;
    target->path = way;
    for (char *part; (part = strsep(&rest, ";")) != NULL; ) {
        char *value = part;
        const char *when = strsep(&value, ":");
        if (!*part && !value) continue;
        if (!value)
            return nf_fail(c, NF_EDATA, "path '%.80s' is not PERIOD:VALUE", part), nf_hint(c, "2022:40;2023:45");
        int rc = period(c, &way[target->n_path].period, when);
        if (!rc) rc = number(c, &way[target->n_path].value, value, "path");
        if (rc) return rc;
        target->n_path++;
    }
    return NF_OK;
}

int nf_plan_cell(nf_ctx *c, void *field, const nf_plan_column *column, const char *text)
{
    switch (column->kind) {
    case NF_CELL_TEXT: case NF_CELL_PROSE:
        *(const char **)field = nf_strdup(c, text);
        return *(const char **)field ? NF_OK : NF_ENOMEM;
    case NF_CELL_NUMBER: return number(c, field, text, column->name);
    case NF_CELL_COUNT:  return count(c, field, text, column->name);
    case NF_CELL_FLAG:   return flag(c, field, text, column->name);
    case NF_CELL_PERIOD: return period(c, field, text);
    case NF_CELL_KNOWN:  return *text ? nf_known_parse(c, field, text) : NF_OK;
    case NF_CELL_KIND:   return kind(c, field, text, column->name);
    case NF_CELL_SENSE:  return sense(c, field, text, column->name);
    case NF_CELL_SCALE:  return scale(c, field, text, column->name);
    case NF_CELL_PATH:   return path(c, (nf_target *)((char *)field - offsetof(nf_target, path)), text);
    }
    return NF_OK;
}
