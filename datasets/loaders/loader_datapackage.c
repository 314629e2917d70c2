/* loader_datapackage.c - Frictionless Data Packages, v1 and v2: the descriptor says what the tables are. */
#include "package_dialect.h"
#include "package_schema.h"
#include "package_limits.h"
#include <jansson.h>
#include <math.h>
#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

typedef struct {
    nf_ctx *c;
    const nf_load_job *job;
    const char *folder;
    json_t *package;
    nf_intake *in;
    nf_mapping used;
    size_t loaded;
} package;

static const char *string_of(const json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }

/* Relative, inside the package: no way out by "..", a root, or another machine. */
static bool safe(const char *path)
{
    if (!*path || *path == '/' || *path == '~' || strchr(path, '\\') || strstr(path, "://")) return false;
    for (const char *s = path; s; s = strchr(s, '/')) {
        s += *s == '/';
        if (!strncmp(s, "..", 2) && (!s[2] || s[2] == '/')) return false;
    }
    return true;
}

/* ---- schema and dialect ---- */

static const json_t *field_of(const json_t *schema, const char *header, size_t i)
{
    const json_t *fields = json_object_get(schema, "fields"), *f;
    size_t k;
    json_array_foreach(fields, k, f)
        if (string_of(f, "name") && !strcmp(string_of(f, "name"), header)) return f;
    return *header ? NULL : json_array_get(fields, i);
}

/* ["", "NA"] or [{"value": "NA"}] as "NA": a blank is missing anyway. NULL: not said. */
static const char *missing_of(nf_ctx *c, const json_t *o)
{
    const json_t *list = json_object_get(o, "missingValues"), *v;
    const char *all = "";
    size_t i;
    if (!json_is_array(list)) return NULL;
    json_array_foreach(list, i, v) {
        const char *token = json_is_object(v) ? string_of(v, "value") : json_string_value(v);
        if (token && *token && !strchr(token, ',')) all = nf_format(c, "%s%s%s", all, *all ? "," : "", token);
        if (!all) return "";
    }
    return all;
}

static void constraints(nf_map_column *k, const json_t *field)
{
    const json_t *o = json_object_get(field, "constraints"), *lo = json_object_get(o, "minimum"),
                 *hi = json_object_get(o, "maximum");
    if (!json_is_number(lo) && !json_is_number(hi)) return;
    k->lo = json_is_number(lo) ? json_number_value(lo) : -INFINITY;
    k->hi = json_is_number(hi) ? json_number_value(hi) : INFINITY;
    k->bounded = k->hard = true;
}

static int one_field(nf_ctx *c, nf_mapping *m, const json_t *schema, size_t i)
{
    const json_t *f = field_of(schema, m->column[i].header, i);
    if (!f) return NF_OK;
    nf_map_column *k = &m->column[i];
    const char *decimal = string_of(f, "decimalChar"), *missing = missing_of(c, f), *title = string_of(f, "title");
    if (k->role == NF_ROLE_VALUE) constraints(k, f);
    if (decimal && *decimal) m->decimal = *decimal;
    if (missing) k->missing = missing;
    if (title && k->role == NF_ROLE_VALUE && !(k->title = nf_strdup(c, title))) return NF_ENOMEM;
    return NF_OK;
}

static bool has_field(const json_t *fields, const char *name)
{
    const json_t *f;
    size_t i;
    json_array_foreach(fields, i, f)
        if (string_of(f, "name") && !strcmp(string_of(f, "name"), name)) return true;
    return false;
}

static bool has_column(const nf_peek *p, const char *name)
{
    for (size_t i = 0; i < p->width; i++)
        if (!strcmp(p->name[i], name)) return true;
    return false;
}

static int mismatch(nf_ctx *c, const nf_peek *p, size_t column, const char *what, const char *name)
{
    nf_fail(c, NF_EDATA, what, name);
    return nf_at(c, NULL, p->row[p->header].line, (long)column + 1);
}

/* exact: the same names in the same order. */
static int fields_exact(nf_ctx *c, const nf_peek *p, const json_t *fields)
{
    for (size_t i = 0; i < p->width; i++) {
        const char *name = string_of(json_array_get(fields, i), "name");
        if (name && (!strcmp(name, p->name[i]) || !*p->name[i])) continue;
        nf_fail(c, NF_EDATA, "the column '%.60s' is not the schema's field '%.60s'", p->name[i], name ? name : "");
        return nf_at(c, NULL, p->row[p->header].line, (long)i + 1);
    }
    if (json_array_size(fields) <= p->width) return NF_OK;
    const char *name = string_of(json_array_get(fields, p->width), "name");
    return mismatch(c, p, p->width, "the schema's field '%.60s' is no column of the table", name ? name : "");
}

/* fieldsMatch (version 2): equal names in any order; subset: a column for every field; superset: a field for every
 * column; partial: one of them. Version 1 knows exact alone. */
static int fields_match(nf_ctx *c, const nf_peek *p, const json_t *schema)
{
    const json_t *fields = json_object_get(schema, "fields"), *said = json_object_get(schema, "fieldsMatch"), *f;
    const char *match = json_string_value(json_is_array(said) ? json_array_get(said, 0) : said);
    size_t i, common = 0;
    if (!json_is_array(fields)) return NF_OK;
    if (!match || !strcmp(match, "exact")) return fields_exact(c, p, fields);
    bool equal = !strcmp(match, "equal"), every_field = equal || !strcmp(match, "subset"),
         every_column = equal || !strcmp(match, "superset");
    if (!every_field && !every_column && strcmp(match, "partial"))
        return nf_fail(c, NF_EDATA, "no fieldsMatch '%.40s'", match);
    for (i = 0; i < p->width; i++) {
        bool known = has_field(fields, p->name[i]);
        common += known;
        if (every_column && !known)
            return mismatch(c, p, i, "the column '%.60s' is no field of the schema", p->name[i]);
    }
    json_array_foreach(fields, i, f) {
        const char *name = string_of(f, "name");
        if (every_field && name && !has_column(p, name))
            return mismatch(c, p, 0, "the schema's field '%.60s' is no column of the table", name);
    }
    return common ? NF_OK : mismatch(c, p, 0, "no column is a field of the schema%s", "");
}

/* ---- "ninefold": what the standard cannot say ---- */

static const char *joined(nf_ctx *c, const json_t *v)
{
    const json_t *item;
    const char *all = json_is_string(v) ? nf_strdup(c, json_string_value(v)) : json_is_array(v) ? "" : NULL;
    size_t i;
    json_array_foreach(v, i, item)
        if (json_is_string(item) && all) all = nf_format(c, "%s%s%s", all, *all ? "," : "", json_string_value(item));
    return all;
}

static int own_words(nf_ctx *c, nf_load_options *o, const json_t *own)
{
    o->time = json_object_get(own, "time") ? joined(c, json_object_get(own, "time")) : o->time;
    o->value = json_object_get(own, "value") ? joined(c, json_object_get(own, "value")) : o->value;
    o->by = json_object_get(own, "by") ? joined(c, json_object_get(own, "by")) : o->by;
    o->freq = json_object_get(own, "freq") ? joined(c, json_object_get(own, "freq")) : o->freq;
    return NF_OK;
}

static int column_named(const nf_mapping *m, const char *name)
{
    for (size_t i = 0; name && i < m->n; i++)
        if (!strcmp(m->column[i].header, name)) return (int)i;
    return -1;
}

/* Of several columns in "by" the first is the name of what is measured. */
static int own_roles(nf_ctx *c, nf_mapping *m, const json_t *own)
{
    const char *unit = string_of(own, "unit"), *place = string_of(own, "place");
    const json_t *by = json_object_get(own, "by");
    int first = json_array_size(by) > 1 ? column_named(m, json_string_value(json_array_get(by, 0))) : -1;
    int unit_column = column_named(m, string_of(own, "unit_column"));
    if (first >= 0) m->column[first].role = NF_ROLE_NAME;
    if (unit_column >= 0) m->column[unit_column].role = NF_ROLE_UNIT;
    if (unit && !(m->unit = nf_strdup(c, unit))) return NF_ENOMEM;
    if (place && !(m->place = nf_strdup(c, place))) return NF_ENOMEM;
    for (size_t i = 0; i < m->n; i++) {
        if (m->column[i].role != NF_ROLE_VALUE) continue;
        if (unit || unit_column >= 0) m->column[i].unit = NULL;
        if (nf_mapping_count(m, NF_ROLE_VALUE) > 1) continue;
        m->column[i].name =
            nf_mapping_count(m, NF_ROLE_KEY) + nf_mapping_count(m, NF_ROLE_NAME) ? NULL : m->column[i].header;
    }
    return NF_OK;
}

/* ---- integrity ---- */

static int hash_md5(nf_ctx *c, nf_csv_grid *g, char hex[65])
{
    struct md5_ctx md5;
    uint8_t digest[MD5_DIGEST_SIZE];
    size_t got = 1, mark = nf_scratch_mark(c);
    uint8_t *block = nf_scratch(c, 65536);
    int rc = block ? nf_bytes_rewind(c, g->bytes) : NF_ENOMEM;
    md5_init(&md5);
    while (!rc && got) {
        rc = nf_bytes_read(c, g->bytes, block, 65536, &got);
        if (!rc) md5_update(&md5, got, block);
    }
    nf_scratch_rewind(c, mark);
    md5_digest(&md5, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return rc;
}

/* After the table was read whole, so that the SHA-256 is there; nothing is stored yet. */
static int intact(nf_ctx *c, nf_csv_grid *g, const json_t *resource)
{
    const json_t *bytes = json_object_get(resource, "bytes");
    const char *hash = string_of(resource, "hash"), *sum = hash && strchr(hash, ':') ? strchr(hash, ':') + 1 : hash;
    char hex[65];
    int rc = NF_OK;
    if (json_is_integer(bytes) && (double)json_integer_value(bytes) != nf_bytes_size(g->bytes))
        return nf_fail(c, NF_EDATA, "the file has %.0f bytes, the package says %.0f", nf_bytes_size(g->bytes),
                       (double)json_integer_value(bytes));
    if (!hash) return NF_OK;
    if (!strncmp(hash, "sha256:", 7)) nf_bytes_sha256(g->bytes, hex);
    else if (!strncmp(hash, "md5:", 4) || !strchr(hash, ':')) rc = hash_md5(c, g, hex);
    else return nf_note(c, g->csv.name, 0, 0, NULL, "the hash %.20s cannot be checked", hash), NF_OK;
    if (rc || !strcasecmp(hex, sum)) return rc;
    nf_fail(c, NF_EDATA, "the file is not the one the package was made with: its hash differs");
    return nf_hint(c, "the package says %.70s", hash);
}

/* ---- resources ---- */

typedef struct { nf_grid grid; const char *name, *null; char delimiter; } table;

static int choose(package *p, nf_mapping *m, const table *t, const json_t *resource)
{
    const json_t *schema = json_object_get(resource, "schema"), *own = json_object_get(resource, "ninefold");
    nf_load_options o = *p->job->opt;
    nf_peek peek;
    int rc = own_words(p->c, &o, own);
    if (!rc) rc = nf_peek_take(p->c, &peek, t->grid, t->name, t->delimiter, false);
    if (!rc) rc = fields_match(p->c, &peek, schema);
    if (!rc) rc = nf_schema_says(p->c, &peek, schema);
    if (!rc) rc = nf_choose(p->c, m, &peek, &o, t->grid);
    const char *missing = missing_of(p->c, schema);
    if (!rc && missing) m->missing = missing;
    if (!rc && t->null && *t->null) m->missing = *m->missing ? nf_format(p->c, "%s,%s", m->missing, t->null) : t->null;
    if (!rc && !m->missing) return NF_ENOMEM;
    for (size_t i = 0; !rc && (missing || t->null) && i < m->n; i++)
        if (!m->column[i].missing) m->column[i].missing = m->missing;        /* also where it is a number */
    for (size_t i = 0; !rc && i < m->n; i++) rc = one_field(p->c, m, schema, i);
    if (!rc && own) rc = own_roles(p->c, m, own);
    if (rc) return rc;
    const json_t *licence = json_array_get(json_object_get(p->package, "licenses"), 0);
    const json_t *source = json_array_get(json_object_get(p->package, "sources"), 0);
    const char *name = string_of(licence, "title") ? string_of(licence, "title") : string_of(licence, "name");
    if (name && !nf_mapping_column(m, NF_ROLE_LICENCE) && !(m->licence = nf_strdup(p->c, name))) return NF_ENOMEM;
    if (string_of(source, "title") && !nf_mapping_column(m, NF_ROLE_SOURCE)
        && !(m->source = nf_strdup(p->c, string_of(source, "title"))))
        return NF_ENOMEM;
    m->loader = "datapackage";
    return NF_OK;
}

static int one_table(package *p, const json_t *resource, const table *t)
{
    nf_mapping m;
    nf_limits *limits = NULL;
    int rc = choose(p, &m, t, resource);
    if (!rc && !p->in) rc = nf_load_begin(p->c, &p->in, p->job, &m);
    if (!rc) rc = nf_limits_begin(p->c, &limits, &m, json_object_get(resource, "schema"), t->grid, t->name);
    if (!rc) rc = nf_load_table(p->c, p->in, &m, p->job->opt, t->name, nf_grid_limited(limits));
    nf_limits_end(limits);
    if (!rc && !p->loaded++) p->used = m;
    return rc ? nf_at(p->c, t->name, 0, 0) : NF_OK;
}

static int outside(nf_ctx *c, const char *path)
{
    nf_fail(c, NF_EDATA, "the path '%.80s' leads out of the package", path ? path : "");
    return nf_hint(c, "paths are relative, inside the package's folder");
}

/* The file of that path: it stays inside also where links lead, and nobody is waited for. */
static int file_of(package *p, const char *path, const char **full)
{
    struct stat st;
    if (!path || !safe(path)) return outside(p->c, path);
    if (!(*full = nf_format(p->c, "%s%s", p->folder, path))) return NF_ENOMEM;
    char *real = realpath(*full, NULL), *root = realpath(*p->folder ? p->folder : ".", NULL);
    size_t n = root ? strlen(root) : 0;
    bool inside = !real || !root || (!strncmp(real, root, n) && (n == 1 || real[n] == '/'));
    free(real);
    free(root);
    if (!inside) return outside(p->c, path);
    if (stat(*full, &st) || S_ISREG(st.st_mode)) return NF_OK;
    nf_fail(p->c, NF_EDATA, "is not a regular file");
    return nf_at(p->c, *full, 0, 0);
}

static int one_file(package *p, const json_t *resource, const char *path)
{
    nf_csv_grid g;
    nf_dialect dialect;
    bool plain;
    char delimiter;
    const char *full = NULL;
    int rc = file_of(p, path, &full);
    if (!rc) rc = nf_dialect_read(p->c, &dialect, resource, &delimiter, &plain);
    if (rc) return rc;
    const char *encoding = string_of(resource, "encoding") ? string_of(resource, "encoding") : "UTF-8";
    rc = nf_csv_grid_open(p->c, &g, full, encoding, delimiter, false);
    if (rc) return rc;
    dialect.csv = &g.csv;
    nf_bytes_hashed(g.bytes);
    nf_csv_grid_whole(&g, p->job->opt);
    rc = one_table(
        p, resource,
        &(table){ plain ? nf_grid_of_csv(&g) : nf_grid_of_dialect(&dialect), g.csv.name, dialect.null, delimiter });
    if (!rc) rc = intact(p->c, &g, resource);
    if (rc) nf_at(p->c, g.csv.name, 0, 0);
    nf_csv_grid_close(&g);
    return rc;
}

/* Rows in the descriptor: their place is FILE#RESOURCE, the line the row's number. */
static int one_inline(package *p, const json_t *resource)
{
    const json_t *data = json_object_get(resource, "data");
    const char *name = string_of(resource, "name");
    nf_inline rows = { .data = data, .fields = json_object_get(json_object_get(resource, "schema"), "fields") };
    if (!json_array_size(data))
        return nf_fail(p->c, NF_EDATA, "the resource '%.60s' has no rows of its own", name ? name : "");
    char *place = nf_format(p->c, "%s#%s", p->job->path, name ? name : "data");
    return place ? one_table(p, resource, &(table){ nf_grid_of_inline(&rows), place, NULL, ',' }) : NF_ENOMEM;
}

static bool tabular(const json_t *resource)
{
    const char *format = string_of(resource, "format"), *path = string_of(resource, "path");
    size_t n = path ? strlen(path) : 0;
    if (json_is_array(json_object_get(resource, "data"))) return true;
    if (format) return !strcasecmp(format, "csv") || !strcasecmp(format, "tsv");
    return json_is_array(json_object_get(resource, "path")) ||
           (n > 4 && (!strcasecmp(path + n - 4, ".csv") || !strcasecmp(path + n - 4, ".tsv")));
}

/* A schema or dialect may be a file of its own in the package. */
static int referred(package *p, json_t *resource)
{
    static const char *const parts[] = { "schema", "dialect" };
    json_error_t e;
    for (size_t i = 0; i < 2; i++) {
        const char *path = string_of(resource, parts[i]);
        const char *full = NULL;
        if (!path) continue;
        int rc = file_of(p, path, &full);
        if (rc) return rc;
        json_t *part = json_load_file(full, JSON_REJECT_DUPLICATES, &e);
        if (!part)
            return nf_fail(p->c, NF_EDATA, "%s", e.text),
                   nf_at(p->c, full, e.line > 0 ? e.line : 0, e.column > 0 ? e.column : 0);
        if (json_object_set_new(resource, parts[i], part)) return nf_fail(p->c, NF_ENOMEM, "out of memory");
    }
    return NF_OK;
}

static int one_resource(package *p, json_t *resource)
{
    const json_t *path = json_object_get(resource, "path"), *part;
    const char *name = string_of(resource, "name");
    size_t i;
    int rc = tabular(resource) ? referred(p, resource) : NF_OK;
    if (!tabular(resource))
        return nf_note(p->c, p->job->path, 0, 0, NULL, "the resource '%.60s' is no CSV table: left out",
                       name ? name : ""),
               NF_OK;
    if (rc) return rc;
    if (!path) return one_inline(p, resource);
    if (json_is_string(path)) return one_file(p, resource, json_string_value(path));
    json_array_foreach(path, i, part)
        if (!rc) rc = one_file(p, resource, json_string_value(part));
    return rc;
}

static int resources(package *p)
{
    const json_t *list = json_object_get(p->package, "resources");
    json_t *resource;
    size_t i;
    int rc = NF_OK;
    if (!json_is_array(list)) return nf_fail(p->c, NF_EDATA, "no data package: it has no \"resources\"");
    json_array_foreach(list, i, resource)
        if (!rc) rc = one_resource(p, resource);
    if (!rc && !p->loaded) rc = nf_fail(p->c, NF_EDATA, "the package has no table");
    return rc;
}

static int finish(package *p)
{
    nf_bytes *b;
    char block[4096];
    size_t got = 1;
    int rc = nf_bytes_open(p->c, &b, p->job->path);
    if (rc) {
        nf_intake_abort(p->in);
        return rc;
    }
    nf_bytes_hashed(b);
    while (!rc && got) rc = nf_bytes_read(p->c, b, block, sizeof block, &got);
    if (rc) nf_intake_abort(p->in);
    else rc = nf_load_finish(p->c, p->in, p->job, &p->used, b);
    nf_bytes_close(b);
    return rc;
}

static int load(nf_ctx *c, const nf_load_job *j)
{
    json_error_t e;
    const char *slash = strrchr(j->path, '/');
    package p = { .c = c, .job = j, .folder = nf_strndup(c, j->path, slash ? (size_t)(slash + 1 - j->path) : 0) };
    if (!p.folder) return NF_ENOMEM;
    p.package = json_load_file(j->path, JSON_REJECT_DUPLICATES, &e);
    if (!p.package) {
        nf_fail(c, NF_EDATA, "%s", e.text);
        return nf_at(c, j->path, e.line > 0 ? e.line : 0, e.column > 0 ? e.column : 0);
    }
    int rc = resources(&p);
    if (rc) nf_intake_abort(p.in);
    else rc = finish(&p);
    j->receipt->encoding = "UTF-8";
    json_decref(p.package);
    return rc ? nf_at(c, j->path, 0, 0) : NF_OK;
}

static bool holds(const nf_load_job *j)
{
    size_t n = strlen(j->path);
    return n > 5 && !strcmp(j->path + n - 5, ".json");
}

const nf_loader nf_loader_datapackage = {
    .row = { .name = "datapackage",
             .title = { "Frictionless Data Packages", "Frictionless 数据包" },
             .use = "a datapackage.json, version 1 or 2: dialect, schema, missing values, keys, constraints, bytes "
                    "and hash are "
                    "obeyed; every CSV resource inside the folder, and rows in the descriptor, are read by whoever knows "
                    "them, all in one transaction",
             .cite = "Frictionless Data, Data Package Standard 2.0" },
    .holds = holds,
    .load = load
};
