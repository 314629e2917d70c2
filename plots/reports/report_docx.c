/* report_docx.c - a Word document: WordprocessingML in a ZIP, charts as PNG with their alternative text. */
#include "outline.h"
#include "theme.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

/* A picture's bytes are malloced: the ZIP takes them over. */
typedef struct { char *bytes; size_t n, room; } picture_bytes;
typedef struct { nf_setter set; nf_memory body, relations; nf_out out, links; size_t pictures,
                 room; picture_bytes *picture; } docx;
enum { EMU_A_PIXEL = 9525, TWIPS = 9638, WIDEST = 6120000, TALLEST = 8100000, PICTURES_MOST = 4096 };

static void put(nf_setter *s, const char *markup) { if (!s->rc) s->rc = nf_put(((docx *)s)->out, markup); }
static void text(nf_setter *s, const char *words)
{ if (!s->rc && words) s->rc = nf_escape(((docx *)s)->out, NF_XML, words); }

static void put_number(nf_setter *s, const char *before, long value, const char *after)
{
    char number[32];
    snprintf(number, sizeof number, "%ld", value);
    put(s, before);
    put(s, number);
    put(s, after);
}

static void run(nf_setter *s, const char *properties, const char *words)
{
    put(s, "<w:r>");
    if (*properties) {
        put(s, "<w:rPr>");
        put(s, properties);
        put(s, "</w:rPr>");
    }
    put(s, "<w:t xml:space=\"preserve\">");
    text(s, words);
    put(s, "</w:t></w:r>");
}

static void styled(nf_setter *s, const char *style, const char *words)
{
    put(s, "<w:p><w:pPr><w:pStyle w:val=\"");
    put(s, style);
    put(s, "\"/></w:pPr>");
    run(s, "", words);
    put(s, "</w:p>\n");
}

static void heading(nf_setter *s, int level, const char *words)
{
    static const char *const style[] = { "", "Title", "Heading1", "Heading2" };
    styled(s, style[level], words);
}

static void paragraph(nf_setter *s, const char *words, bool warning)
{ styled(s, warning ? "Warning" : "Normal", words); }

/* ---- tables: real ones, their header row repeated on every page ---- */

static void cell(nf_setter *s, int width, const char *fill, const char *properties, const char *words)
{
    put_number(s, "<w:tc><w:tcPr><w:tcW w:w=\"", (long)width * TWIPS / 100, "\" w:type=\"dxa\"/>");
    put(s, fill);
    put(s, "</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr>");
    run(s, properties, words && *words ? words : "–");
    put(s, "</w:p></w:tc>");
}

static void verdict(nf_setter *s, int width, nf_level level, const char *words)
{
    static const char *const shape[] = { "▬ ", "✕ ", "▼ ", "◆ ", "● ", "✓ " };     /* in the order of nf_level */
    char fill[96], colour[96];
    snprintf(fill, sizeof fill, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%06x\"/>",
             (unsigned)nf_role_rgb(nf_wash(level), NF_LIGHT));
    snprintf(colour, sizeof colour, "<w:b/><w:color w:val=\"%06x\"/>", (unsigned)nf_role_rgb(nf_tone(level), NF_LIGHT));
    cell(s, width, fill, colour, nf_join(s->c, shape[level], "", words));
}

static void table(nf_setter *s, const nf_text *column, const int *width, size_t n, const nf_line *line, size_t lines)
{
    put(s, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>"
           "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < n; i++) put_number(s, "<w:gridCol w:w=\"", (long)width[i] * TWIPS / 100, "\"/>");
    put(s, "</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t i = 0; i < n; i++) cell(s, width[i], "", "<w:b/>", nf_text_in(column[i], s->lang));
    put(s, "</w:tr>\n");
    for (size_t k = 0; k < lines; k++) {
        put(s, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (size_t i = 0; i < n; i++)
            if ((int)i == line[k].verdict) verdict(s, width[i], line[k].level, line[k].cell[i]);
            else cell(s, width[i], "", "", line[k].cell[i]);
        put(s, "</w:tr>\n");
    }
    put(s, "</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>\n");
}

/* ---- pictures ---- */

static int keep(void *self, const char *bytes, size_t n)
{
    picture_bytes *p = self;
    if (p->n + n > p->room) {
        size_t wide = 2 * (p->n + n);
        char *more = realloc(p->bytes, wide);
        if (!more) return NF_ENOMEM;
        p->bytes = more;
        p->room = wide;
    }
    memcpy(p->bytes + p->n, bytes, n);
    p->n += n;
    return NF_OK;
}

static picture_bytes *new_picture(docx *d)
{
    if (d->pictures == d->room) {
        size_t room = d->room ? 2 * d->room : 64;
        picture_bytes *more = d->pictures < PICTURES_MOST ? realloc(d->picture, room * sizeof *more) : NULL;
        if (!more) {
            d->set.rc = nf_fail(d->set.c, NF_ENOMEM, "too many pictures for one document");
            return NULL;
        }
        d->picture = more;
        d->room = room;
    }
    d->picture[d->pictures] = (picture_bytes){ 0 };
    return &d->picture[d->pictures++];
}

/* A side in pixels of the page, from the PNG's own head: two of its dots are one. */
static long side(const picture_bytes *p, size_t at)
{
    const unsigned char *b = (const unsigned char *)p->bytes + at;
    return p->n < 24 ? 1 : ((long)b[0] << 24 | (long)b[1] << 16 | (long)b[2] << 8 | b[3]) / 2;
}

static void extent(nf_setter *s, const char *tag, long w, long h)
{
    put(s, tag);
    put_number(s, " cx=\"", w, "\"");
    put_number(s, " cy=\"", h, "\"/>");
}

static void drawing(nf_setter *s, const picture_bytes *p, long number, const char *alt)
{
    long w = side(p, 16) * EMU_A_PIXEL, h = side(p, 20) * EMU_A_PIXEL;
    if (w > WIDEST) h = (long)((double)h * WIDEST / (double)w), w = WIDEST;
    if (h > TALLEST) w = (long)((double)w * TALLEST / (double)h), h = TALLEST;
    put(s, "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" "
           "distL=\"0\" distR=\"0\">");
    extent(s, "<wp:extent", w, h);
    put_number(s, "<wp:docPr id=\"", number, "\"");
    put_number(s, " name=\"Chart ", number, "\" descr=\"");
    text(s, alt);
    put(s, "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
           "<pic:nvPicPr>");
    put_number(s, "<pic:cNvPr id=\"", number, "\"");
    put_number(s, " name=\"chart", number, ".png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>");
    put_number(s, "<a:blip r:embed=\"chart", number,
               "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
                                                     "<a:off x=\"0\" y=\"0\"/>");
    extent(s, "<a:ext", w, h);
    put(s, "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></"
           "a:graphic></wp:inline>"
           "</w:drawing></w:r></w:p>\n");
}

static void picture(nf_setter *s, const char *alt, const char *chart, const nf_exhibit *e, const char *stem)
{
    docx *d = (docx *)s;
    picture_bytes *p = new_picture(d);
    if (!p) return;
    long number = (long)d->pictures;
    s->rc = nf_album_chart(&s->album, chart, e, stem, &(nf_out){ keep, p });
    drawing(s, p, number, alt);
    styled(s, "Caption", alt);
    nf_out body = d->out;
    d->out = d->links;
    put_number(s, "<Relationship Id=\"chart", number,
               "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\"");
    put_number(s, " Target=\"media/chart", number, ".png\"/>\n");
    d->out = body;
}

/* ---- the package ---- */

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

static const char content_types[] = XML
    "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                              "vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/"
    "vnd.openxmlformats-package.core-properties+xml\"/></Types>";
static const char package_rels[] = XML
    "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"document\" Type=\"" OFFICE "/"
        "officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"core\" Type=\"" PACKAGE "/relationships/metadata/core-properties\" Target=\"docProps/"
                                                "core.xml\"/></Relationships>";
static const char footer[] = XML
    "<w:ftr xmlns:w=\"" WORD "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:fldChar "
                             "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/>"
    "</w:r></w:p></w:ftr>";
#define STYLE(kind, id, name, next, paragraph, run)                                                      \
    "<w:style w:type=\"" kind "\" " id "><w:name w:val=\"" name "\"/>" next "<w:pPr>" paragraph "</w:pPr><w:rPr>" run \
    "</w:rPr></w:style>\n"
#define ON_NORMAL "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
static const char styles[] = XML
    "<w:styles xmlns:w=\"" WORD "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" "
                                "w:hAnsi=\"Calibri\" w:eastAsia=\"Microsoft YaHei\" w:cs=\"Calibri\"/>"
    "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></"
    "w:docDefaults>\n"
    STYLE("paragraph", "w:default=\"1\" w:styleId=\"Normal\"", "Normal", "", "<w:spacing w:after=\"100\"/>", "")
    STYLE("paragraph", "w:styleId=\"Title\"", "Title", ON_NORMAL, "<w:spacing w:after=\"160\"/>",
          "<w:b/><w:sz w:val=\"40\"/>")
    STYLE("paragraph", "w:styleId=\"Heading1\"", "heading 1", ON_NORMAL,
          "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
          "<w:b/><w:sz w:val=\"32\"/>")
    STYLE("paragraph", "w:styleId=\"Heading2\"", "heading 2", ON_NORMAL,
          "<w:keepNext/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
          "<w:b/><w:sz w:val=\"26\"/>")
    STYLE("paragraph", "w:styleId=\"Warning\"", "Warning", ON_NORMAL, "<w:spacing w:before=\"80\" w:after=\"120\"/>",
          "<w:b/><w:color w:val=\"9E3A00\"/>")
    STYLE("paragraph", "w:styleId=\"Cell\"", "Cell", ON_NORMAL, "<w:spacing w:before=\"20\" w:after=\"20\"/>",
          "<w:sz w:val=\"15\"/>")
    STYLE("paragraph", "w:styleId=\"Picture\"", "Picture", ON_NORMAL,
          "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"40\"/>", "")
    STYLE("paragraph", "w:styleId=\"Caption\"", "caption", ON_NORMAL, "<w:spacing w:after=\"200\"/>",
          "<w:color w:val=\"5B5B5B\"/><w:sz w:val=\"18\"/>")
    STYLE("paragraph", "w:styleId=\"Footer\"", "footer", ON_NORMAL, "<w:jc w:val=\"center\"/>",
          "<w:color w:val=\"5B5B5B\"/><w:sz w:val=\"18\"/>")
    "<w:style w:type=\"table\" w:styleId=\"Report\"><w:name w:val=\"Report\"/><w:tblPr><w:tblBorders><w:top "
    "w:val=\"single\" w:sz=\"8\" w:color=\"1A1A1A\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"1A1A1A\"/><w:insideH w:val=\"single\" w:sz=\"4\" "
    "w:color=\"D9D9D9\"/></w:tblBorders>"
    "<w:tblCellMar><w:left w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"40\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></"
    "w:style></w:styles>";
static const char document_head[] = XML
    "<w:document xmlns:w=\"" WORD "\" xmlns:r=\"" OFFICE "\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/"
                                                         "2006/wordprocessingDrawing\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/"
    "drawingml/2006/picture\"><w:body>\n";
static const char document_tail[] =
    "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" "
    "w:gutter=\"0\"/></w:sectPr></w:body></w:document>";
static const char relations_head[] = XML
    "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"styles\" Type=\"" OFFICE "/styles\" "
        "Target=\"styles.xml\"/>"
    "<Relationship Id=\"footer\" Type=\"" OFFICE "/footer\" Target=\"footer1.xml\"/>\n";

static int core(nf_ctx *c, nf_memory *m, const nf_dossier *d)
{
    char when[32];
    nf_out out = nf_out_memory(m);
    m->ctx = c;
    nf_instant_text(when, d->all.now > 0 ? d->all.now - 1 : 0);  /* the day of the data, not of the clock */
    int rc = nf_put(out, XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "/metadata/core-properties\" xmlns:dc=\"http://"
                                                                      "purl.org/dc/elements/1.1/\" "
                         "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/"
                         "XMLSchema-instance\"><dc:title>");
    if (!rc) rc = nf_escape(out, NF_XML, d->title ? d->title : d->all.plan ? nf_text_in(d->all.plan->title, d->all.lang)
                            : "");
    if (!rc) rc = nf_put(out, "</dc:title><dc:creator>ninefold " NF_VERSION "</dc:creator><dcterms:created "
                                                                            "xsi:type=\"dcterms:W3CDTF\">");
    if (!rc) rc = nf_put(out, when);
    return rc ? rc : nf_put(out, "</dcterms:created></cp:coreProperties>");
}

/* The same bytes whenever and wherever it is made: every part is of 1 January 1980. take: the bytes are malloced. */
static bool add_part(zip_t *z, const char *name, const char *bytes, size_t n, bool take, zip_int32_t method)
{
    zip_source_t *from = zip_source_buffer(z, bytes, n, take);
    zip_int64_t at = from ? zip_file_add(z, name, from, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0 && from) zip_source_free(from);
    if (at < 0) return false;
    return !zip_set_file_compression(z, (zip_uint64_t)at, method, 0)
        && !zip_file_set_dostime(z, (zip_uint64_t)at, 0, 1 << 5 | 1, 0);
}

static bool add_parts(zip_t *z, docx *d, const nf_memory *properties)
{
    char name[48];
    const struct { const char *name, *bytes; size_t n; } part[] = {
        { "[Content_Types].xml", content_types, sizeof content_types - 1 },
        { "_rels/.rels", package_rels, sizeof package_rels - 1 },
        { "word/document.xml", d->body.text, d->body.n },
        { "word/_rels/document.xml.rels", d->relations.text, d->relations.n },
        { "word/styles.xml", styles, sizeof styles - 1 }, { "word/footer1.xml", footer, sizeof footer - 1 },
        { "docProps/core.xml", properties->text, properties->n } };
    bool good = true;
    for (size_t i = 0; i < sizeof part / sizeof *part && good; i++)
        good = add_part(z, part[i].name, part[i].bytes, part[i].n, false, ZIP_CM_DEFLATE);
    for (size_t i = 0; i < d->pictures && good; i++) {
        snprintf(name, sizeof name, "word/media/chart%zu.png", i + 1);
        good = add_part(z, name, d->picture[i].bytes, d->picture[i].n, true, ZIP_CM_STORE);
        if (good) d->picture[i].bytes = NULL;
    }
    return good;
}

static int copy_out(nf_ctx *c, zip_source_t *from, nf_out out)
{
    char block[1 << 14];
    zip_int64_t n = zip_source_open(from) ? -1 : 0;
    int rc = NF_OK;
    while (n >= 0 && !rc && (n = zip_source_read(from, block, sizeof block)) > 0)
        rc = out.write(out.self, block, (size_t)n);
    zip_source_close(from);
    return n < 0 ? nf_fail(c, NF_EIO, "the document could not be packed") : rc;
}

static int pack(nf_ctx *c, docx *d, const nf_memory *properties, nf_out out)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *z = bytes ? zip_open_from_source(bytes, ZIP_TRUNCATE, &why) : NULL;
    zip_error_fini(&why);
    if (!z) {
        if (bytes) zip_source_free(bytes);
        return nf_fail(c, NF_ENOMEM, "out of memory");
    }
    zip_source_keep(bytes);
    bool good = add_parts(z, d, properties) && !zip_close(z);
    if (!good) zip_discard(z);
    int rc = good ? copy_out(c, bytes, out) : nf_fail(c, NF_EIO, "the document could not be packed");
    zip_source_free(bytes);
    return rc;
}

static int compose(nf_ctx *c, docx *d, nf_folder folder, const nf_dossier *dossier, nf_memory *properties)
{
    d->set.c = c;
    d->body.ctx = d->relations.ctx = c;
    d->out = nf_out_memory(&d->body);
    d->links = nf_out_memory(&d->relations);
    int rc = nf_put(d->out, document_head);
    if (!rc) rc = nf_put(d->links, relations_head);
    if (!rc) rc = nf_outline_set(c, &d->set, folder, dossier, "png");
    if (!rc) rc = nf_put(d->out, document_tail);
    if (!rc) rc = nf_put(d->links, "</Relationships>");
    return rc ? rc : core(c, properties, dossier);
}

static int write(nf_ctx *c, nf_folder folder, const nf_dossier *dossier)
{
    docx d = { .set = { .heading = heading, .paragraph = paragraph, .table = table, .picture = picture } };
    nf_memory properties = { .ctx = c };
    nf_out out;
    int rc = compose(c, &d, folder, dossier, &properties);
    if (!rc) rc = folder.open(folder.self, c, "report.docx", &out);
    if (!rc) rc = folder.close(folder.self, c, pack(c, &d, &properties, out));
    for (size_t i = 0; i < d.pictures; i++) free(d.picture[i].bytes);
    free(d.picture);
    return rc;
}

const nf_report nf_report_docx = {
    .row = { .name = "docx", .title = { "a Word document", "Word 文档" },
             .use = "Word, WPS, LibreOffice: to be edited and passed on" },
    .write = write
};
