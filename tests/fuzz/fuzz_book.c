/* fuzz_book.c - bytes as the sheet of a workbook whose other parts are sound: what lies behind the zip's checksums. */
#include "fuzz.h"
#include "datasets.h"
#include <zip.h>

static const struct { const char *name, *text; } parts[] = {
    { "[Content_Types].xml", "<Types/>" },
    { "_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                     "relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
    { "xl/workbook.xml", "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                         "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/"
        "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
    { "xl/sharedStrings.xml", "<sst><si><t>series</t></si><si><t>time</t></si><si><t>value</t></si><si><t>a</t></si></sst>" },
    { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" } };

static void add(zip_t *zip, const char *name, const void *bytes, size_t n)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, n, 0);
    zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);
    must(source && at >= 0 && !zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0), "no part of a workbook");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char path[64];
    nf_ctx *c = nf_ctx_new(NULL);
    nf_source source;
    if (!*path) fuzz_path(path, "a.xlsx");
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    must(c && zip, "no workbook");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) add(zip, parts[i].name, parts[i].text, strlen(parts[i].text));
    add(zip, "xl/worksheets/sheet1.xml", bytes, n);
    must(!zip_close(zip), "no workbook");
    if (nf_file_source(c, &source, path, &(nf_load_options){ .published = 1 })) must(nf_last(c)->what != NULL, "refused without a word");
    else nf_file_source_close(source);
    nf_ctx_free(c);
    return 0;
}
