/* fuzz_book.c - bytes as the sheet of a workbook whose other parts are sound: what lies behind the zip's checksums. */
#include "fuzz.h"
#include <zip.h>

static const struct { const char *name, *text; } parts[] = {
    { "[Content_Types].xml", "<Types/>" },
    { "_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/"
                     "officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
    { "xl/workbook.xml", "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                         "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/"
        "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
    { "xl/sharedStrings.xml", "<sst><si><t>series</t></si><si><t>time</t></si>"
                               "<si><t>value</t></si><si><t>a</t></si></sst>" },
    { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" } };

static void add(zip_t *zip, const char *name, const void *bytes, size_t n)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, n, 0);
    zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);
    must(source && at >= 0 && !zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0),
         "no part of a workbook");
}

/* The workbook with that sheet; returns its size. */
static size_t workbook(const uint8_t *sheet, size_t n, uint8_t *out, size_t room)
{
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    must(memory != NULL, "no memory");
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);
    must(zip != NULL, "no workbook");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add(zip, parts[i].name, parts[i].text, strlen(parts[i].text));
    add(zip, "xl/worksheets/sheet1.xml", sheet, n);
    must(!zip_close(zip) && !zip_source_open(memory), "no workbook");
    zip_int64_t got = zip_source_read(memory, out, room);
    must(got > 0 && (size_t)got < room, "no workbook");
    zip_source_close(memory);
    zip_source_free(memory);
    return (size_t)got;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static uint8_t book[1 << 18];
    if (n > sizeof book / 2) return 0;
    size_t size = workbook(bytes, n, book, sizeof book);
    nf_load_options o = { .published = 1, .dry_run = true };
    nf_ctx *c = fuzz_ctx();
    if (nf_load(c, fuzz_store(), fuzz_memory(0, book, size), &o, NULL))
        must(nf_last(c)->what != NULL, "refused without a word");
    return 0;
}
