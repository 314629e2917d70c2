/* report_test.c - the page is sound markup without script, request or style attribute, whatever the names are. */
#include "exhibit_city.h"
#include "test.h"
#include <expat.h>
#include <jansson.h>
#include <zip.h>

enum { FILES = 128 };
typedef struct { char name[FILES][80]; char *text[FILES]; size_t size[FILES], n; } shelf;

static int keep(void *self, const char *text, size_t n)
{
    shelf *s = self;
    size_t k = s->n - 1;
    s->text[k] = realloc(s->text[k], s->size[k] + n + 1);
    memcpy(s->text[k] + s->size[k], text, n);
    s->text[k][s->size[k] += n] = 0;
    return 0;
}

static int open_file(void *self, nf_ctx *c, const char *name, nf_out *out)
{
    shelf *s = self;
    (void)c;
    ok(s->n < FILES && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(name) && *name != '.');
    for (size_t i = 0; i < s->n; i++) ok(strcmp(s->name[i], name) != 0);
    snprintf(s->name[s->n], sizeof s->name[0], "%s", name);
    s->text[s->n] = calloc(1, 1);
    s->size[s->n++] = 0;
    *out = (nf_out){ keep, s };
    return 0;
}

static int close_file(void *self, nf_ctx *c, int rc) { (void)self, (void)c; return rc; }

static const char *file(const shelf *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(s->name[i], name)) return s->text[i];
    return NULL;
}

static void give_back(shelf *s) { for (size_t i = 0; i < s->n; i++) free(s->text[i]); }

static void report(nf_ctx *c, shelf *s, const char *format, const nf_dossier *d)
{
    const nf_report *r = nf_row_find(NF_TABLE(nf_reports), format, NULL);
    *s = (shelf){ .n = 0 };
    if (r->write(c, (nf_folder){ open_file, close_file, s }, d)) fail_msg("%s", nf_last(c)->what);
}

static void XMLCALL element(void *self, const char *name, const char **a)
{
    (void)self;
    if (!strcmp(name, "script") || !strcmp(name, "img") || !strcmp(name, "iframe")) fail_msg("<%s> in the page", name);
    for (; *a; a += 2) {
        if (!strncmp(a[0], "on", 2) || !strcmp(a[0], "style")) fail_msg("attribute %s in <%s>", a[0], name);
        if ((!strcmp(a[0], "href") || !strcmp(a[0], "src")) && strncmp(a[1], "data:", 5) && *a[1] != '#')
            fail_msg("%s=%s", a[0], a[1]);
    }
}

static void is_sound(const char *page)
{
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetStartElementHandler(p, element);
    if (XML_Parse(p, page, (int)strlen(page), 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(p), XML_ErrorString(XML_GetErrorCode(p)));
    XML_ParserFree(p);
}

static nf_dossier dossier(const nf_exhibit *e) { return (nf_dossier){ .all = *e, .command = "ninefold report" }; }

TEST(the_page_is_sound_and_says_that_data_are_synthetic)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_dossier d = dossier(&e);
    report(c, &s, "html", &d);
    const char *page = file(&s, "index.html");
    ok(page && strstr(page, "Synthetic data") && strstr(page, "Example City") && !strstr(page, "石"));
    is_sound(page);
    ok(file(&s, "scoreboard.svg") && file(&s, "scoreboard.csv") && file(&s, "scoreboard.json")
       && file(&s, "trend-pm25.csv"));
    give_back(&s);
    nf_ctx_free(c);
}

TEST(every_link_of_the_page_leads_somewhere_and_notes_are_told_once)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_dossier d = dossier(&e);
    report(c, &s, "html", &d);
    const char *page = file(&s, "index.html");
    char name[40], id[60];
    size_t links = 0;
    for (const char *p = page; (p = strstr(p, "href=\"#")); links++) {
        p += strlen("href=\"#");
        snprintf(name, sizeof name, "%.*s", (int)strcspn(p, "\""), p);
        snprintf(id, sizeof id, " id=\"%s\"", name);
        if (!strstr(page, id)) fail_msg("no %s in the page", id);
    }
    ok(links == e.n_rollup);
    ok(!strstr(page, ">Fan: ") && strstr(page, "In the charts the fan"));
    ok(strstr(file(&s, "trend-pm25.svg"), ">Fan: "));
    give_back(&s);
    nf_ctx_free(c);
}

TEST(headings_of_markdown_begin_with_the_answer_and_leave_no_level_out)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_dossier d = dossier(&e);
    report(c, &s, "md", &d);
    const char *page = file(&s, "report.md");
    size_t before = 0, level;
    ok(page && !strncmp(page, "# Example City", 14) && strstr(page, "improvements") < strchr(page, '\n'));
    for (const char *p = page; p && *p; p += strcspn(p, "\n"), p += *p == '\n') {
        level = strspn(p, "#");
        if (!level) continue;
        ok(level <= before + 1);
        before = level;
    }
    give_back(&s);
    nf_ctx_free(c);
}

TEST(what_lies_beside_a_chart_is_json)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_dossier d = dossier(&e);
    size_t read = 0;
    report(c, &s, "html", &d);
    for (size_t i = 0; i < s.n; i++) {
        if (!strstr(s.name[i], ".json")) continue;
        json_t *j = json_loads(s.text[i], 0, NULL);
        ok(j && json_string_length(json_object_get(j, "chart")) > 0);
        same(json_string_value(json_object_get(j, "synthetic")), "yes");
        json_decref(j);
        read++;
    }
    ok(read > 5);
    give_back(&s);
    nf_ctx_free(c);
}

/* ---- Word ---- */

static size_t file_size(const shelf *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (!strcmp(s->name[i], name)) return s->size[i];
    return 0;
}

typedef struct { size_t tables, heads, pictures, described, links; } word_count;

static void XMLCALL word_element(void *self, const char *name, const char **a)
{
    word_count *w = self;
    w->tables += !strcmp(name, "w:tbl");
    w->heads += !strcmp(name, "w:tblHeader");
    w->pictures += !strcmp(name, "a:blip");
    w->links += !strcmp(name, "Relationship");
    for (; *a; a += 2) w->described += !strcmp(a[0], "descr") && *a[1];
}

/* Every part that is XML is sound, every picture is a PNG; what the parts say is counted. */
static word_count read_word(const char *bytes, size_t n, char **document)
{
    word_count w = { 0 };
    zip_error_t why;
    zip_source_t *from = zip_source_buffer_create(bytes, n, 0, &why);
    zip_t *z = zip_open_from_source(from, ZIP_RDONLY | ZIP_CHECKCONS, &why);
    ok(z != NULL);
    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
        zip_stat_t st;
        ok(!zip_stat_index(z, (zip_uint64_t)i, 0, &st));
        char *text = calloc(1, (size_t)st.size + 1);
        zip_file_t *f = zip_fopen_index(z, (zip_uint64_t)i, 0);
        ok(f && zip_fread(f, text, st.size) == (zip_int64_t)st.size);
        zip_fclose(f);
        if (strstr(st.name, ".png")) ok(!memcmp(text + 1, "PNG", 3));
        else {
            XML_Parser p = XML_ParserCreate(NULL);
            XML_SetUserData(p, &w);
            XML_SetStartElementHandler(p, word_element);
            if (XML_Parse(p, text, (int)st.size, 1) != XML_STATUS_OK)
                fail_msg("%s:%lu: %s", st.name, XML_GetCurrentLineNumber(p), XML_ErrorString(XML_GetErrorCode(p)));
            XML_ParserFree(p);
        }
        if (document && !strcmp(st.name, "word/document.xml")) *document = text;
        else free(text);
    }
    zip_discard(z);
    return w;
}

TEST(a_word_document_has_real_tables_and_pictures_that_are_described)
{
    static const char *const langs[] = { "en", "zh" };
    nf_ctx *c = nf_ctx_new(NULL);
    for (size_t l = 0; l < 2; l++) {
        shelf s;
        char *document = NULL;
        nf_exhibit e = exhibit_city(c, langs[l]);
        nf_dossier d = dossier(&e);
        report(c, &s, "docx", &d);
        word_count w = read_word(file(&s, "report.docx"), file_size(&s, "report.docx"), &document);
        ok(w.tables > 8 && w.heads == w.tables && w.pictures == 1 + CITY_ROWS && w.described == w.pictures);
        ok(document && strstr(document, l ? "合成数据" : "Synthetic data") && strstr(document, l ? "重点任务" : "Key tasks"));
        ok(file(&s, "trend-pm25.csv") && file(&s, "trend-pm25.png"));
        free(document);
        give_back(&s);
    }
    nf_ctx_free(c);
}

/* ---- LaTeX ---- */

TEST(latex_source_is_balanced_and_names_its_charts)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "zh");
    nf_dossier d = dossier(&e);
    report(c, &s, "tex", &d);
    const char *page = file(&s, "report.tex");
    long depth = 0;
    ok(page && strstr(page, "{ctexart}") && strstr(page, "\\chart{trend-pm25.pdf}{") && file(&s, "trend-pm25.pdf"));
    for (const char *p = page; *p; p++) {
        if (*p == '\\' && p[1]) p++;
        else depth += (*p == '{') - (*p == '}');
        ok(depth >= 0);
    }
    ok(depth == 0 && strstr(page, "\\end{document}"));
    give_back(&s);
    nf_ctx_free(c);
}

TEST(a_chinese_page_is_chinese)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "zh");
    nf_dossier d = dossier(&e);
    report(c, &s, "html", &d);
    const char *page = file(&s, "index.html");
    ok(page && strstr(page, "lang=\"zh-CN\"") && strstr(page, "合成数据") && !strstr(page, "On track")
       && !strstr(page, "Target"));
    is_sound(page);
    give_back(&s);
    nf_ctx_free(c);
}

TEST(the_same_dossier_makes_the_same_bytes)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf a, b;
    nf_exhibit e = exhibit_city(c, "en");
    nf_dossier d = dossier(&e);
    for (const nf_report *const *r = nf_reports; *r; r++) {
        report(c, &a, (*r)->row.name, &d);
        report(c, &b, (*r)->row.name, &d);
        ok(a.n == b.n);
        for (size_t i = 0; i < a.n; i++)
            ok(!strcmp(a.name[i], b.name[i]) && a.size[i] == b.size[i] && !memcmp(a.text[i], b.text[i], a.size[i]));
        give_back(&a);
        give_back(&b);
    }
    nf_ctx_free(c);
}

TEST(hostile_names_stay_text_in_page_and_file_names)
{
    static const char bad[] = "../../<script>alert(1)</script>\" onload=\"x ]]> \x1b[31m \xff=cmd|{0}";
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_plan *plan = (nf_plan *)(uintptr_t)e.plan;
    nf_target *t = (nf_target *)(uintptr_t)plan->target;
    nf_meta *m = (nf_meta *)(uintptr_t)e.series[0].meta;
    plan->title.en = plan->place_title.en = plan->source = plan->place = bad;
    t[0].code = t[0].indicator = t[0].title.en = t[0].publisher = t[0].document = bad;
    m->title.en = m->unit = m->source = m->licence = bad;
    nf_dossier d = { .all = e, .command = bad, .title = bad };
    for (const nf_report *const *r = nf_reports; *r; r++) {
        report(c, &s, (*r)->row.name, &d);
        if (file(&s, "index.html")) is_sound(file(&s, "index.html"));
        if (file(&s, "report.docx")) read_word(file(&s, "report.docx"), file_size(&s, "report.docx"), NULL);
        give_back(&s);
    }
    nf_ctx_free(c);
}

TEST(a_plan_without_figures_still_makes_a_page_that_says_what_is_missing)
{
    nf_ctx *c = nf_ctx_new(NULL);
    shelf s;
    nf_exhibit e = exhibit_city(c, "en");
    nf_finding *f = (nf_finding *)(uintptr_t)e.finding;
    for (size_t i = 0; i < e.n_finding; i++) exhibit_judge(c, &f[i], e.plan, &e.plan->target[i], NULL, CITY_NOW);
    e.n_series = 0;
    nf_dossier d = dossier(&e);
    report(c, &s, "html", &d);
    is_sound(file(&s, "index.html"));
    ok(strstr(file(&s, "index.html"), "Ask: Bureau of Examples"));
    give_back(&s);
    nf_ctx_free(c);
}
