/* package_test.c - data packages: dialects, keys, constraints, inline rows, schemas of their own; refused at
 * FILE:LINE:COL. */
#include "datasets.h"
#include "test.h"
#include <unistd.h>

typedef struct { nf_ctx *c; nf_source source; int rc; char dir[32], notes[512]; } world;
static world w;

static void put(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", w.dir, name);
    FILE *f = fopen(path, "w");
    ok(f && fputs(text, f) >= 0 && !fclose(f));
}

static void on_note(void *host, const nf_diag *d)
{
    (void)host;
    size_t n = strlen(w.notes);
    snprintf(w.notes + n, sizeof w.notes - n, "%s|", d->what);
}

/* One resource called t, with this beside its path, over this table; a resource that has "data" needs none. */
static void load(const char *resource, const char *table, const char *schema)
{
    char json[4096], path[128];
    w = (world){ .dir = "/tmp/nf_package_XXXXXX" };
    ok(mkdtemp(w.dir) != NULL);
    snprintf(json, sizeof json, "{\"resources\":[{\"name\":\"t\"%s%s%s}]}", table ? ",\"path\":\"t.csv\"" : "",
             *resource ? "," : "", resource);
    put("datapackage.json", json);
    if (table) put("t.csv", table);
    if (schema) put("schema.json", schema);
    snprintf(path, sizeof path, "%s/datapackage.json", w.dir);
    w.c = nf_ctx_new(&(nf_hooks){ .note = on_note });
    w.rc = nf_file_source(w.c, &w.source, path, NULL);
}

static void away(void)
{
    char command[64];
    if (!w.rc) nf_file_source_close(w.source);
    nf_ctx_free(w.c);
    snprintf(command, sizeof command, "rm -r %s", w.dir);
    ok(!system(command));
}

static void figures(const char *key, const char *want)
{
    nf_series s;
    char out[512] = "", number[32], when[48];
    if (w.rc) fail_msg("%s:%ld:%ld: %s", nf_last(w.c)->file, nf_last(w.c)->line, nf_last(w.c)->col, nf_last(w.c)->what);
    if (nf_source_get(w.source, w.c, key, 0, &s) != 1) fail_msg("no series '%s'", key);
    for (size_t i = 0, n = 0; i < s.t.n; i++) {
        nf_period_text(when, nf_axis_at(&s.t, i));
        nf_double_text(number, s.y[i]);
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s %s", i ? " " : "", when, isnan(s.y[i]) ? "." : number);
    }
    same(out, want);
    away();
}

static void gives(const char *resource, const char *table, const char *key, const char *want)
{
    load(resource, table, NULL);
    figures(key, want);
}

static void refused(const char *file, long line, long col, const char *what)
{
    char path[128];
    if (!w.rc) fail_msg("not refused: %s", what);
    const nf_diag *d = nf_last(w.c);
    snprintf(path, sizeof path, "%s/%s", w.dir, file);
    if (d->line != line || d->col != col || !strstr(d->what, what)) fail_msg("%ld:%ld: %s", d->line, d->col, d->what);
    same(d->file, path);
    away();
}

static void refuse(const char *resource, const char *table, long line, long col, const char *what)
{
    load(resource, table, NULL);
    refused(table ? "t.csv" : "datapackage.json#t", line, col, what);
}

#define SCHEMA(s, t, v, more) "\"schema\":{\"fields\":[{\"name\":\"series\"" s "},{\"name\":\"time\"" t "}," \
                              "{\"name\":\"value\",\"type\":\"number\"" v "}]" more "}"
#define KEY(more) SCHEMA("", "", "", "," more)
#define RULE(s, t, v) SCHEMA(s, t, v, "")
#define MUST(rules) ",\"constraints\":{" rules "}"
#define TABLE "series,time,value\na,2020,1\na,2021,2\nb,2020,3\n"

TEST(keys_are_unique_and_present)
{
    gives(KEY("\"primaryKey\":[\"series\",\"time\"]"), TABLE, "a", "2020 1 2021 2");
    refuse(KEY("\"primaryKey\":\"series\""), TABLE, 3, 1, "'a' stands twice, it is the schema's primary key");
    refuse(KEY("\"primaryKey\":[\"time\"]"), TABLE, 4, 2, "'2020' stands twice");
    refuse(KEY("\"primaryKey\":[\"value\"]"), "series,time,value\na,2020,1\na,2021,\n", 3, 3, "primary key");
    refuse(KEY("\"primaryKey\":[\"code\"]"), TABLE, 0, 0, "no such column");
    gives(KEY("\"uniqueKeys\":[[\"series\",\"time\"],[\"value\"]]"), TABLE, "b", "2020 3");
    refuse(KEY("\"uniqueKeys\":[[\"series\",\"time\"],[\"value\"]]"), "series,time,value\na,2020,1\na,2021,1\n", 3, 3,
           "unique");
    gives(KEY("\"uniqueKeys\":[[\"value\"]]"), "series,time,value\na,2020,\na,2021,\n", "a",
          "2020 . 2021 ."); /* missing equals nothing */
    load(KEY("\"foreignKeys\":[{\"fields\":\"series\",\"reference\":{\"resource\":\"x\",\"fields\":\"y\"}}]"), TABLE,
         NULL);
    same(w.notes, "foreign keys are not checked|");
    figures("b", "2020 3");
}

TEST(many_rows_are_held_against_each_other)
{
    static char text[400000];
    size_t n = (size_t)snprintf(text, sizeof text, "series,time,value\n");
    for (int i = 0; i < 20000; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "s%d,%d,1\n", i / 100, 1900 + i % 100);
    load(KEY("\"primaryKey\":[\"series\",\"time\"]"), text, NULL);
    ok(!w.rc);
    away();
    snprintf(text + n, sizeof text - n, "s7,1950,1\n");
    refuse(KEY("\"primaryKey\":[\"series\",\"time\"]"), text, 20002, 1, "'s7' stands twice");
}

TEST(constraints_refuse_at_the_cell)
{
    refuse(RULE(MUST("\"minLength\":2"), "", ""), TABLE, 2, 1, "'a' is shorter than the schema's minLength");
    refuse(RULE(MUST("\"maxLength\":1"), "", ""), "series,time,value\n城,2020,1\n城市,2020,2\n", 3, 1,
           "longer"); /* characters */
    refuse(RULE("", "", MUST("\"required\":true")), "series,time,value\na,2020,1\na,2021,\n", 3, 3, "requires it");
    refuse(RULE("", "", MUST("\"exclusiveMaximum\":3")), TABLE, 4, 3, "outside the schema's bounds");
    refuse(RULE("", "", MUST("\"exclusiveMinimum\":1")), TABLE, 2, 3, "outside the schema's bounds");
    refuse(RULE("", "", MUST("\"maximum\":2")), TABLE, 4, 3, "outside -inf to 2");
    refuse(RULE("", ",\"type\":\"year\"" MUST("\"minimum\":\"2021\""), ""), TABLE, 2, 2, "outside the schema's bounds");
    refuse(RULE("", ",\"type\":\"integer\"" MUST("\"maximum\":2020"), ""), TABLE, 3, 2, "outside the schema's bounds");
    load(RULE(MUST("\"jsonSchema\":{\"type\":\"string\"},\"minimum\":\"a\""), "", ""), TABLE, NULL);
    same(w.notes, "the jsonSchema of 'series' is not checked|the bounds of 'series' are no numbers: not checked|");
    figures("b", "2020 3");
}

TEST(dialects)
{
    gives("\"dialect\":{\"delimiter\":\";\"}", "series;time;value\na;2020;1,5\n", "a", "2020 1.5");
    gives("\"dialect\":{\"quoteChar\":\"'\"}", "series,time,value\n'a,''b',2020,1\n", "a,'b", "2020 1");
    gives("\"dialect\":{\"escapeChar\":\"\\\\\"}", "series,time,value\n\"a\\\"b\",2020,1\nc\\,d,2020,2\n", "a\"b",
          "2020 1");
    gives("\"dialect\":{\"escapeChar\":\"\\\\\"}", "series,time,value\n\"a\\\"b\",2020,1\nc\\,d,2020,2\n", "c,d",
          "2020 2");
    gives("\"dialect\":{\"commentChar\":\"#\"}", "# \"made\nseries,time,value\n# here\na,2020,1\na#,2020,2\n", "a#",
          "2020 2");
    gives("\"dialect\":{\"commentRows\":[1,3]}", "made, by\nseries,time,value\nhand, here, x\na,2020,1\n", "a",
          "2020 1");
    gives("\"dialect\":{\"headerRows\":[2]}", "old,names,here\nseries,time,value\na,2020,1\n", "a", "2020 1");
    gives("\"dialect\":{\"headerRows\":[1,2],\"headerJoin\":\"\"}",
          "ser,ti,val\r\nies,me,ue\r\na,2020,1\r\n\r\nb,2020,2", "b", "2020 2");
    gives("\"dialect\":{\"header\":false}," RULE("", "", ""), "a,2020,1\na,2021,2\n", "a", "2020 1 2021 2");
    gives("\"dialect\":{\"nullSequence\":\"-999\"}", "series,time,value\na,2020,-999\na,2021,2\n", "a",
          "2020 . 2021 2");
    gives("\"schema\":{\"missingValues\":[\"-1\",{\"value\":\"9\"}]}",
          "series,time,value\na,2020,-1\na,2021,9\na,2022,19\n", "a", "2020 . 2021 . 2022 19");
    gives("\"dialect\":{\"doubleQuote\":false,\"escapeChar\":\"\\\\\"}", "series,time,value\n\"a\nb\",2020, 1 \n",
          "a\nb", "2020 1");
    gives("\"encoding\":\"gb18030\"", "series,time,value\n\xca\xaf,2020,1\n", "石", "2020 1");
    refuse("\"dialect\":{\"quoteChar\":\"'\"}", "series,time,value\na,2020,1\n'b\n", 3, 1, "never closed");
    refuse("\"dialect\":{\"quoteChar\":\"'\"}", "series,time,value\na,2020,1\n'b'c,2020,1\n", 3, 1,
           "behind a closing quote");
    refuse("\"dialect\":{\"commentChar\":\"#\"}", "series,time,value\n#\n\na,2020,x\n", 4, 3, "not a number");
    load("\"dialect\":{\"delimiter\":\"||\"}", TABLE, NULL);
    refused("datapackage.json", 0, 0, "delimiter '||' is not one character");
}

TEST(rows_in_the_descriptor)
{
    gives("\"data\":[[\"series\",\"time\",\"value\"],[\"a\",2020,1.5],[\"a\",2021,null]]", NULL, "a",
          "2020 1.5 2021 .");
    gives(
        "\"data\":[{\"series\":\"a\",\"time\":\"2020\",\"value\":1},{\"time\":\"2021\",\"series\":\"a\",\"value\":2e300}]",
        NULL, "a", "2020 1 2021 2e+300");
    refuse(
        "\"data\":[{\"series\":\"a\",\"time\":\"2020\",\"value\":1},{\"series\":\"a\",\"time\":2021,\"value\":\"x\"}]",
        NULL, 2, 3, "not a number");
    refuse("\"data\":[{\"series\":\"a\",\"time\":\"2020\",\"value\":1},[1]]", NULL, 2, 1, "all lists or all objects");
    refuse(
        "\"data\":[{\"series\":\"a\",\"time\":\"2020\",\"value\":1},{\"series\":\"a\",\"time\":\"2021\",\"value\":1,\"note\":1}]",
        NULL, 2, 1, "first row has not");
    refuse("\"data\":[[\"series\",\"time\",\"value\"],[\"a\",2020,[1]]]", NULL, 2, 3, "a list or an object");
    load("\"data\":[]", NULL, NULL);
    refused("datapackage.json", 0, 0, "no rows of its own");
}

TEST(fields_and_columns_agree_as_far_as_said)
{
    static const char fields[] =
        "\"schema\":{\"fieldsMatch\":%s,\"fields\":[{\"name\":\"value\"},{\"name\":\"time\"},{\"name\":\"series\"}%s]}";
    char text[400];
    snprintf(text, sizeof text, fields, "\"exact\"", "");
    refuse(text, TABLE, 1, 1, "the column 'series' is not the schema's field 'value'");
    snprintf(text, sizeof text, fields, "\"equal\"", "");
    gives(text, TABLE, "b", "2020 3");
    snprintf(text, sizeof text, fields, "[\"subset\"]", "");
    gives(text, "series,time,value,more\nb,2020,3,x\n", "b", "2020 3");
    refuse(text, "series,time,number\nb,2020,3\n", 1, 1, "field 'value' is no column");
    snprintf(text, sizeof text, fields, "\"superset\"", ",{\"name\":\"more\"}");
    gives(text, TABLE, "b", "2020 3");
    refuse(text, "series,time,value,other\nb,2020,3,x\n", 1, 4, "column 'other' is no field");
    snprintf(text, sizeof text, fields, "\"partial\"", ",{\"name\":\"more\"}");
    gives(text, "series,time,value,other\nb,2020,3,x\n", "b", "2020 3");
    refuse(
        "\"schema\":{\"fields\":[{\"name\":\"series\"},{\"name\":\"time\"},{\"name\":\"value\"},{\"name\":\"more\"}]}",
        TABLE, 1, 4, "'more' is no column");
}

TEST(a_schema_may_be_a_file)
{
    load("\"schema\":\"schema.json\"", TABLE,
         "{\"fields\":[{\"name\":\"series\"},{\"name\":\"time\"},{\"name\":\"value\"}],\"primaryKey\":\"series\"}");
    refused("t.csv", 3, 1, "primary key");
    load("\"schema\":\"schema.json\"", TABLE, "{\"fields\":[}");
    refused("schema.json", 1, 12, "");
    load("\"schema\":\"../schema.json\"", TABLE, NULL);
    refused("datapackage.json", 0, 0, "leads out of the package");
}

/* The schema's types come before anything is guessed. */
TEST(types_say_time_order_and_decimals)
{
    static const char fields[] =
        "\"schema\":{\"fields\":[{\"name\":\"name\"},{\"name\":\"when\",\"type\":\"%s\"%s},"
        "{\"name\":\"amount\",\"type\":\"number\",\"decimalChar\":\",\"}]}";
    char said[512];
    snprintf(said, sizeof said, fields, "year", "");
    gives(said, "name,when,amount\na,2020,\"1 234,5\"\na,2021,\"0,125\"\n", "amount@a", "2020 1234.5 2021 0.125");
    snprintf(said, sizeof said, fields, "date", ",\"format\":\"%d/%m/%Y\"");
    gives(said, "name,when,amount\na,01/02/2020,1\n", "amount@a", "2020-02-01 1");
    snprintf(said, sizeof said, fields, "date", ",\"format\":\"%m/%d/%Y\"");
    gives(said, "name,when,amount\na,01/02/2020,1\n", "amount@a", "2020-01-02 1");
    load("\"schema\":{\"fields\":[{\"name\":\"when\",\"type\":\"date\"},{\"name\":\"b\"}]}",
         "when,b\n2020-13-40,1\n2020-01-05,2\n", NULL);
    refused("t.csv", 2, 1, "no such month");
}
