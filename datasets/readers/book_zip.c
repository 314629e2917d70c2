/* book_zip.c - one part of a package through expat, with limits on what it may unpack to. */
#include "book.h"
#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct { nf_ctx *c; XML_Parser parser; const nf_part_handlers *to; void *self; int depth, rc; } parsing;

static const char *local(const char *name) { return strrchr(name, ':') ? strrchr(name, ':') + 1 : name; }

static bool stopped(parsing *p)
{
    if (!p->rc && p->to->rc) p->rc = *p->to->rc;
    if (p->rc) XML_StopParser(p->parser, XML_FALSE);
    return p->rc != 0;
}

static void on_open(void *self, const char *name, const char **attribute)
{
    parsing *p = self;
    if (stopped(p)) return;
    if (++p->depth > 64) p->rc = nf_fail(p->c, NF_EDATA, "elements nested over 64 deep");
    else if (p->to->open) p->to->open(p->self, local(name), attribute);
    stopped(p);
}

static void on_close(void *self, const char *name)
{
    parsing *p = self;
    p->depth--;
    if (stopped(p)) return;
    if (p->to->close) p->to->close(p->self, local(name));
    stopped(p);
}

static void on_text(void *self, const char *s, int n)
{
    parsing *p = self;
    if (!stopped(p) && p->to->text) p->to->text(p->self, s, n);
}

/* No part of a workbook has a document type; entities could only be an attack. */
static void on_doctype(void *self, const char *name, const char *system, const char *public, int internal)
{
    parsing *p = self;
    (void)name, (void)system, (void)public, (void)internal;
    if (!p->rc) p->rc = nf_fail(p->c, NF_EDATA, "a workbook part with a document type");
    XML_StopParser(p->parser, XML_FALSE);
}

static int feed(parsing *p, zip_file_t *f)
{
    char block[32768];
    size_t total = 0;
    zip_int64_t n;
    do {
        n = zip_fread(f, block, sizeof block);
        if (n < 0) return nf_fail(p->c, NF_EDATA, "the workbook is damaged: %s", zip_file_strerror(f));
        total += (size_t)n;
        if (total > NF_MAX_PART) return nf_fail(p->c, NF_EDATA, "a workbook part unpacks to over 256 MiB");
        if (XML_Parse(p->parser, block, (int)n, n == 0) == XML_STATUS_ERROR && !p->rc)
            return nf_fail(p->c, NF_EDATA, "the workbook is damaged: %s", XML_ErrorString(XML_GetErrorCode(p->parser)));
    } while (n > 0 && !p->rc);
    return p->rc;
}

int nf_part_read(nf_ctx *c, struct zip *z, const char *name, const nf_part_handlers *to, void *self)
{
    zip_file_t *f = zip_fopen(z, name, 0);
    if (!f) return nf_fail(c, NF_ENOTFOUND, "the workbook has no part %s", name);
    parsing p = { .c = c, .parser = XML_ParserCreate(NULL), .to = to, .self = self };
    int rc = p.parser ? NF_OK : nf_fail(c, NF_ENOMEM, "out of memory");
    if (!rc) {
        XML_SetUserData(p.parser, &p);
        XML_SetElementHandler(p.parser, on_open, on_close);
        XML_SetCharacterDataHandler(p.parser, on_text);
        XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
        rc = feed(&p, f);
        XML_ParserFree(p.parser);
    }
    zip_fclose(f);
    return rc;
}

const char *nf_attribute(const char **attribute, const char *name)
{
    for (; *attribute; attribute += 2)
        if (!strcmp(local(*attribute), name)) return attribute[1];
    return NULL;
}

int nf_growing_add(nf_ctx *c, nf_growing *g, const char *s, size_t n, size_t limit)
{
    if (g->n + n > limit) return nf_fail(c, NF_EDATA, "a text of over %zu MiB", limit >> 20);
    if (g->n + n + 1 > g->room) {
        size_t room = 2 * (g->n + n + 1) + 256;
        char *text = realloc(g->text, room);
        if (!text) return nf_fail(c, NF_ENOMEM, "out of memory");
        g->text = text;
        g->room = room;
    }
    memcpy(g->text + g->n, s, n);
    g->n += n;
    g->text[g->n] = 0;
    return NF_OK;
}
