/* export_package.c - a data package (Frictionless, version 2): observations.csv, and a datapackage.json that says what
 * it means, who published it under which licence, and by what hash it is known. */
#include "export.h"
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

/* ---- the texts that series bring ---- */

/* Columns after those of every export, where any series has something to say. */
static const struct { const char *name, *title; } shared_texts[] = {
    { "place", "place" }, { "quantity", "quantity" }, { "title", "title in English" },
    { "title_zh", "title in Chinese" }, { "licence", "licence" }, { "synthetic", "invented data say yes" } };
enum { FIXED = 8, LICENCE = 4, TEXTS = sizeof shared_texts / sizeof *shared_texts };

static void texts_of(const nf_meta *m, const char *out[TEXTS])
{
    const char *text[TEXTS] = {
        m->place, m->quantity, m->title.en, m->title.zh, m->licence, m->synthetic ? "yes" : ""
    };
    for (size_t i = 0; i < TEXTS; i++) out[i] = text[i] ? text[i] : "";
}

/* Different texts in the order met. */
typedef struct { const char **text; size_t n, room; } set;

static int set_add(nf_ctx *c, set *s, const char *text)
{
    for (size_t i = s->n; i-- > 0;)
        if (!strcmp(s->text[i], text)) return NF_OK;
    s->text = nf_grow(c, s->text, s->n, &s->room, sizeof *s->text);
    if (!s->text) return NF_ENOMEM;
    return (s->text[s->n++] = nf_strdup(c, text)) ? NF_OK : NF_ENOMEM;
}

/* The first walk, over names alone: which columns there will be, and what the descriptor lists. Its texts live in a
 * context of their own, since the walk gives a series' memory back. */
typedef struct { nf_ctx *own; bool used[TEXTS], numbers; size_t series; set units, sources, licences; } survey;

static int survey_series(void *self, nf_ctx *c, const nf_meta *m)
{
    survey *s = self;
    const char *text[TEXTS];
    texts_of(m, text);
    int rc = m->unit && *m->unit ? set_add(s->own, &s->units, m->unit) : NF_OK;
    for (size_t i = 0; i < TEXTS; i++) s->used[i] |= *text[i] != 0;
    for (const char *name = m->source; !rc && name && *name; ) {         /* "A; B" */
        const char *end = strstr(name, "; ");
        char *one = nf_strndup(s->own, name, end ? (size_t)(end - name) : strlen(name));
        rc = one ? set_add(s->own, &s->sources, one) : NF_ENOMEM;
        name = end ? end + 2 : NULL;
    }
    if (!rc && *text[LICENCE]) rc = set_add(s->own, &s->licences, text[LICENCE]);
    s->series++;
    return rc ? nf_fail(c, NF_ENOMEM, "out of memory") : NF_OK;
}

/* ---- the table ---- */

static const char csv_name[] = "observations.csv";

/* Bytes on their way into the file, counted and hashed. */
typedef struct { nf_out to; struct sha256_ctx sha; uint64_t bytes; } hashed;

static int hashed_write(void *self, const char *bytes, size_t n)
{
    hashed *h = self;
    sha256_update(&h->sha, n, (const uint8_t *)bytes);
    h->bytes += n;
    return h->to.write(h->to.self, bytes, n);
}

typedef struct { const survey *seen; nf_sink to; } table;

static int figure(void *self, nf_ctx *c, const nf_meta *m, const nf_version *v)
{
    table *t = self;
    char time[64], published[32], status[NF_STATUS_ROOM];
    const char *text[TEXTS];
    nf_export_time(time, v, false);
    nf_value cell[FIXED + TEXTS] = { { .s = m->key }, { .s = time }, { .f = v->value }, { .s = m->unit },
        { .s = nf_export_status(status, v->status, false) }, { .s = nf_export_published(published, v) },
        { .s = v->publisher }, { .s = v->document } };
    texts_of(m, text);
    for (size_t i = 0, n = FIXED; i < TEXTS; i++)
        if (t->seen->used[i]) cell[n++].s = *text[i] ? text[i] : NULL;
    return t->to.row(t->to.self, c, cell);
}

static const nf_field fixed[FIXED] = {
    { .name = "series", .type = NF_WORD },    { .name = "time", .type = NF_WORD },
    { .name = "value", .type = NF_F64 },      { .name = "unit", .type = NF_WORD },
    { .name = "status", .type = NF_WORD },    { .name = "published", .type = NF_WORD },
    { .name = "publisher", .type = NF_WORD }, { .name = "document", .type = NF_WORD }
};

static int write_table(nf_ctx *c, nf_workspace *w, char **series, bool versions, const survey *seen, nf_out out)
{
    nf_field fields[FIXED + TEXTS + 1] = { { 0 } };
    const void *csv;
    table t = { .seen = seen };
    memcpy(fields, fixed, sizeof fixed);
    for (size_t i = 0, n = FIXED; i < TEXTS; i++)
        if (seen->used[i]) fields[n++] = (nf_field){ .name = shared_texts[i].name, .type = NF_WORD };
    int rc = nf_row_need(c, &csv, NF_TABLE(nf_formats), "format", "csv");
    if (!rc) rc = ((const nf_writer *)csv)->open(c, &t.to, out, &(nf_style){ .lang = w->style.lang, .guard = true });
    if (rc || (rc = t.to.begin(t.to.self, c, "observations", fields))) return rc;
    return t.to.end(t.to.self, c,
                    nf_export_each(c, w, series, versions, &(nf_export_to){ .figure = figure, .self = &t }));
}

/* ---- the descriptor ---- */

typedef struct { nf_out to; int rc; } page;

static void put(page *p, const char *text) { p->rc = p->rc ? p->rc : nf_put(p->to, text); }
static void put_string(page *p, const char *text) { p->rc = p->rc ? p->rc : nf_escape(p->to, NF_JSON, text); }

static void put_pair(page *p, const char *before, const char *name, const char *value)
{
    put(p, before);
    put_string(p, name);
    put(p, ": ");
    put_string(p, value);
}

/* A licence's name is an identifier of [-a-zA-Z0-9._]; others have a title alone, and the name says that it is one. */
static void put_titles(page *p, const char *name, const set *s, bool named)
{
    if (!s->n) return;
    put(p, ",\n  ");
    put_string(p, name);
    put(p, ": [");
    for (size_t i = 0; i < s->n; i++) {
        bool plain =
            s->text[i][strspn(s->text[i], "-._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] == 0;
        put_pair(p, i ? ",\n    { " : "\n    { ", "title", s->text[i]);
        if (named) put_pair(p, ", ", "name", plain ? s->text[i] : "other");
        put(p, " }");
    }
    put(p, "\n  ]");
}

static void put_field(page *p, const char *before, const char *name, const char *type, const char *title, bool required)
{
    put_pair(p, before, "name", name);
    put_pair(p, ", ", "type", type);
    put_pair(p, ", ", "description", title);
    put(p, required ? ", \"constraints\": { \"required\": true } }" : " }");
}

static void put_schema(page *p, const survey *seen, bool versions)
{
    static const char next[] = ",\n        { ";
    put(p, "      \"schema\": {\n        \"fields\": [\n        { ");
    put_field(p, "", "series", "string", "series", true);
    put_field(p, next, "time", "string",
              "period: 2024, 2024-03, 2024-Q1, 2024-W05, 2024-03-01, 2024-03-01T13, 2024-01/P2M", true);
    put_field(p, next, "value", "number", "value; empty is missing", false);
    put_field(p, next, "unit", "string", "unit of the value", false);
    put_field(p, next, "status", "string",
              "flags joined by |: break estimated provisional unreliable forecast confidential not-available imputed",
              false);
    put_field(p, next, "published", "datetime", "known from then on", false);
    put_field(p, next, "publisher", "string", "who published the figure", false);
    put_field(p, next, "document", "string", "in which document", false);
    for (size_t i = 0; i < TEXTS; i++)
        if (seen->used[i]) put_field(p, next, shared_texts[i].name, "string", shared_texts[i].title, false);
    put(p, versions ? "\n        ],\n        \"primaryKey\": [\"series\", \"time\", \"published\"],\n"
                    : "\n        ],\n        \"primaryKey\": [\"series\", \"time\"],\n");
    put(p, "        \"missingValues\": [\"\"]\n      },\n");
}

static void put_resource(page *p, const survey *seen, bool versions, const hashed *h, const char *hex)
{
    char number[32];
    put(p, ",\n  \"resources\": [\n    {\n      \"name\": \"observations\",\n      \"type\": \"table\"");
    put(p, ",\n      \"path\": ");
    put_string(p, csv_name);
    put(p, ",\n      \"format\": \"csv\",\n      \"mediatype\": \"text/csv\",\n      \"encoding\": \"utf-8\"");
    put(p, ",\n      \"bytes\": ");
    nf_i64_text(number, (int64_t)h->bytes);
    put(p, number);
    put(p, ",\n      \"hash\": \"sha256:");
    put(p, hex);
    put(p, "\",\n      \"dialect\": { \"delimiter\": \",\", \"lineTerminator\": \"\\n\", \"quoteChar\": \"\\\"\", ");
    put(p, "\"doubleQuote\": true },\n");
    put_schema(p, seen, versions);
    put(p, "      \"ninefold\": { \"time\": \"time\", \"value\": \"value\", \"by\": \"series\", ");
    put(p, "\"unit_column\": \"unit\", \"units\": [");
    for (size_t i = 0; i < seen->units.n; i++) {
        put(p, i ? ", " : "");
        put_string(p, seen->units.text[i]);
    }
    put(p, "] }\n    }\n  ]\n}\n");
}

static int write_descriptor(const nf_workspace *w, const survey *seen, bool versions, hashed *h, nf_out out)
{
    page p = { .to = out };
    char hex[65];
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(&h->sha, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    put(&p, "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n");
    put(&p, "  \"name\": \"observations\",\n  ");
    put_pair(&p, "", "description", "Series exported by ninefold " NF_VERSION);
    put_pair(&p, ",\n  ", "version", w->as_of_text);
    put_titles(&p, "sources", &seen->sources, false);
    put_titles(&p, "licenses", &seen->licences, true);
    put_resource(&p, seen, versions, h, hex);
    return p.rc;
}

/* The descriptor comes last: a package that it describes is whole. */
static int write_files(nf_ctx *c, nf_workspace *w, char **series, bool versions, const survey *seen, nf_folder folder)
{
    hashed h = { .bytes = 0 };
    nf_out out;
    sha256_init(&h.sha);
    int rc = folder.open(folder.self, c, csv_name, &h.to);
    if (rc) return rc;
    rc = folder.close(folder.self, c, write_table(c, w, series, versions, seen, (nf_out){ hashed_write, &h }));
    if (!rc) rc = folder.open(folder.self, c, "datapackage.json", &out);
    return rc ? rc : folder.close(folder.self, c, write_descriptor(w, seen, versions, &h, out));
}

int nf_export_package(nf_ctx *c, nf_workspace *w, char **series, bool versions, const char *dir)
{
    survey seen = { .own = nf_ctx_new(NULL) };
    nf_folder folder;
    if (w->format)
        return nf_ctx_free(seen.own),
               nf_fail(c, NF_EINVAL, "--package writes CSV and JSON, --format '%s' does not go with it", w->format);
    int rc = seen.own
                 ? nf_export_each(c, w, series, versions, &(nf_export_to){ .series = survey_series, .self = &seen })
                 : nf_fail(c, NF_ENOMEM, "out of memory");
    if (!rc) rc = nf_folder_open(c, &folder, dir);
    if (!rc) rc = write_files(c, w, series, versions, &seen, folder);
    nf_ctx_free(seen.own);
    return rc;
}
