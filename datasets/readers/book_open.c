/* book_open.c - a workbook's table of contents: sheets, shared strings, formats. */
#include "book.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define OLD_BOOK "\xd0\xcf\x11\xe0"               /* a compound file: .xls, or a workbook with a password */

typedef struct {
    nf_ctx *c;
    nf_book *b;
    int rc;
    bool in_text, in_phonetic;
    uint8_t custom[NF_MAX_STYLES];               /* nf_cell_style + 1 of a format's number, 0: not there */
    bool in_formats;
} opening;

static bool begins_with(const char *path, const char *magic)
{
    char bytes[4] = "";
    FILE *f = strcmp(path, "-") ? fopen(path, "rb") : NULL;
    if (!f) return false;
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    return n == 4 && !memcmp(bytes, magic, 4);
}

bool nf_is_book(const char *path) { return begins_with(path, "PK\3\4") || begins_with(path, OLD_BOOK); }

/* ---- workbook.xml ---- */

static void keep(opening *o, char **out, const char *text)
{
    *out = text ? strdup(text) : strdup("");
    if (!*out) o->rc = nf_fail(o->c, NF_ENOMEM, "out of memory");
}

static void on_workbook(void *self, const char *name, const char **attribute)
{
    opening *o = self;
    nf_book *b = o->b;
    if (!strcmp(name, "workbookPr")) {
        const char *system = nf_attribute(attribute, "date1904");
        b->from_1904 = system && (!strcmp(system, "1") || !strcmp(system, "true"));
    }
    if (strcmp(name, "sheet")) return;
    if (b->sheets == NF_MAX_SHEETS) {
        o->rc = nf_fail(o->c, NF_EDATA, "more than 256 sheets");
        return;
    }
    void *more = realloc(b->sheet, (b->sheets + 1) * sizeof *b->sheet);
    if (!more) {
        o->rc = nf_fail(o->c, NF_ENOMEM, "out of memory");
        return;
    }
    b->sheet = more;
    size_t at = b->sheets++;
    memset(&b->sheet[at], 0, sizeof *b->sheet);
    keep(o, &b->sheet[at].name, nf_attribute(attribute, "name"));
    keep(o, &b->sheet[at].id, nf_attribute(attribute, "id"));
    const char *state = nf_attribute(attribute, "state");
    b->sheet[at].hidden = state && strcmp(state, "visible") != 0;
}

static void on_relation(void *self, const char *name, const char **attribute)
{
    opening *o = self;
    const char *id = nf_attribute(attribute, "Id"), *target = nf_attribute(attribute, "Target");
    char path[512];
    if (strcmp(name, "Relationship") || !id || !target) return;
    snprintf(path, sizeof path, *target == '/' ? "%s" : "xl/%s", *target == '/' ? target + 1 : target);
    for (size_t i = 0; i < o->b->sheets; i++)
        if (!strcmp(o->b->sheet[i].id, id) && !o->b->sheet[i].path) keep(o, &o->b->sheet[i].path, path);
}

/* ---- sharedStrings.xml: the texts of an <si>, without the reading aids in <rPh> ---- */

static void on_string(void *self, const char *name, const char **attribute)
{
    opening *o = self;
    nf_book *b = o->b;
    (void)attribute;
    if (!strcmp(name, "rPh")) o->in_phonetic = true;
    if (!strcmp(name, "t")) o->in_text = !o->in_phonetic;
    if (strcmp(name, "si")) return;
    if (b->n_strings == b->room_strings) {
        size_t room = 2 * b->room_strings + 1024;
        uint32_t *more = realloc(b->string, room * sizeof *more);
        if (!more) {
            o->rc = nf_fail(o->c, NF_ENOMEM, "out of memory");
            return;
        }
        b->string = more;
        b->room_strings = room;
    }
    b->string[b->n_strings++] = (uint32_t)b->strings.n;
}

static void on_string_text(void *self, const char *s, int n)
{
    opening *o = self;
    if (o->in_text) o->rc = nf_growing_add(o->c, &o->b->strings, s, (size_t)n, 128 << 20);
}

static void on_string_end(void *self, const char *name)
{
    opening *o = self;
    if (!strcmp(name, "rPh")) o->in_phonetic = false;
    if (!strcmp(name, "t")) o->in_text = false;
    if (!strcmp(name, "si")) o->rc = nf_growing_add(o->c, &o->b->strings, "", 1, 128 << 20);
}

/* ---- styles.xml ---- */

static void on_style(void *self, const char *name, const char **attribute)
{
    opening *o = self;
    nf_book *b = o->b;
    const char *id = nf_attribute(attribute, "numFmtId");
    long n = id ? strtol(id, NULL, 10) : 0;
    if (!strcmp(name, "cellXfs")) o->in_formats = true;
    if (!strcmp(name, "numFmt") && n >= 0 && n < NF_MAX_STYLES && nf_attribute(attribute, "formatCode"))
        o->custom[n] = (uint8_t)(nf_style_of_format(nf_attribute(attribute, "formatCode")) + 1);
    if (strcmp(name, "xf") || !o->in_formats || b->styles >= NF_MAX_STYLES) return;
    if (!b->style) b->style = calloc(NF_MAX_STYLES, 1);
    if (!b->style) {
        o->rc = nf_fail(o->c, NF_ENOMEM, "out of memory");
        return;
    }
    int custom = n >= 0 && n < NF_MAX_STYLES ? o->custom[n] : 0;
    b->style[b->styles++] = (uint8_t)(custom ? custom - 1 : (int)nf_style_of_builtin(n));
}

static void on_style_end(void *self, const char *name)
{
    if (!strcmp(name, "cellXfs")) ((opening *)self)->in_formats = false;
}

/* ---- opening ---- */

static int optional(nf_ctx *c, struct zip *z, const char *part, const nf_part_handlers *to, void *self)
{
    return zip_name_locate(z, part, 0) < 0 ? NF_OK : nf_part_read(c, z, part, to, self);
}

static int contents(nf_ctx *c, nf_book *b)
{
    opening o = { .c = c, .b = b };
    int *stop = &o.rc;
    int rc = nf_part_read(c, b->zip, "xl/workbook.xml", &(nf_part_handlers){ on_workbook, NULL, NULL, stop }, &o);
    if (rc == NF_ENOTFOUND) {
        nf_fail(c, NF_EDATA, "a zip archive that is no workbook");
        return nf_hint(c, "unpack it and load what is inside");
    }
    if (!rc)
        rc = nf_part_read(c, b->zip, "xl/_rels/workbook.xml.rels", &(nf_part_handlers){ on_relation, NULL, NULL, stop },
                          &o);
    if (!rc) rc = optional(c, b->zip, "xl/sharedStrings.xml",
                           &(nf_part_handlers){ on_string, on_string_end, on_string_text, stop }, &o);
    if (!rc) rc = optional(c, b->zip, "xl/styles.xml", &(nf_part_handlers){ on_style, on_style_end, NULL, stop }, &o);
    return rc;
}

/* What the archive says it unpacks to; what really comes out is counted part by part. */
static int check_size(nf_ctx *c, struct zip *z)
{
    zip_int64_t n = zip_get_num_entries(z, 0);
    zip_uint64_t total = 0;
    if (n > 10000) return nf_fail(c, NF_EDATA, "a workbook of more than 10000 parts");
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        if (zip_stat_index(z, (zip_uint64_t)i, 0, &st) || !(st.valid & ZIP_STAT_SIZE)) continue;
        total += st.size < (zip_uint64_t)1 << 40 ? st.size : (zip_uint64_t)1 << 40;
    }
    return total > (zip_uint64_t)1 << 30 ? nf_fail(c, NF_EDATA, "a workbook that unpacks to over 1 GiB") : NF_OK;
}

int nf_book_open(nf_ctx *c, nf_book **out, const char *path)
{
    int error = 0, rc;
    nf_book *b = calloc(1, sizeof *b);
    if (!b) return nf_fail(c, NF_ENOMEM, "out of memory");
    b->zip = zip_open(path, ZIP_RDONLY, &error);
    if (!b->zip && begins_with(path, OLD_BOOK)) {
        rc = nf_fail(c, NF_EDATA, "an old workbook (.xls), or one with a password");
        nf_hint(c, "save it as .xlsx, without a password");
    } else if (!b->zip) {
        zip_error_t e;
        zip_error_init_with_code(&e, error);
        rc = nf_fail(c, NF_EDATA, "the workbook cannot be opened: %s", zip_error_strerror(&e));
        zip_error_fini(&e);
    } else {
        rc = check_size(c, b->zip);
        if (!rc) rc = contents(c, b);
    }
    if (!rc) return *out = b, NF_OK;
    nf_at(c, path, 0, 0);
    nf_book_close(b);
    return rc;
}

void nf_book_close(nf_book *b)
{
    if (!b) return;
    for (size_t i = 0; i < b->sheets; i++) {
        free(b->sheet[i].name);
        free(b->sheet[i].path);
        free(b->sheet[i].id);
    }
    if (b->zip) zip_discard(b->zip);
    free(b->sheet);
    free(b->strings.text);
    free(b->string);
    free(b->style);
    free(b);
}

size_t nf_book_sheets(const nf_book *b) { return b->sheets; }
const char *nf_book_sheet(const nf_book *b, size_t i) { return b->sheet[i].name; }
bool nf_book_hides(const nf_book *b, size_t i) { return b->sheet[i].hidden; }
