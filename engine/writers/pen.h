/* pen.h - what the writers share: a row's bytes are gathered and written at once, errors stick. */
#ifndef NF_PEN_H
#define NF_PEN_H
#include "writer.h"

enum { NF_PEN_ROOM = 1 << 14 };
typedef struct {
    nf_ctx *ctx; nf_out to; nf_style style;
    const nf_field *field; size_t cols, rows;    /* the table being written, and its rows so far */
    const char **key;                            /* json: {"name": and ,"name": ready to be put */
    int rc; size_t n; char bytes[NF_PEN_ROOM];
} nf_pen;

/* A sink whose self is a pen, or a struct of that size which begins with one. */
int  nf_pen_open(nf_ctx *, nf_sink *out, nf_out, const nf_style *, size_t size, const nf_sink *verbs);
void nf_pen_table(nf_pen *, const nf_field *);   /* a new table begins */
void nf_pen_bytes(nf_pen *, const char *, size_t);
void nf_pen_put(nf_pen *, const char *);
void nf_pen_char(nf_pen *, char);
void nf_pen_escape(nf_pen *, nf_markup, const char *);
/* Numbers, flags and periods exactly; an empty one writes nothing. */
void nf_pen_exact(nf_pen *, nf_type, const nf_value *);
int  nf_pen_flush(nf_pen *);                     /* writes what was gathered; the first error, in words */
int  nf_pen_end(void *pen, nf_ctx *, int rc);    /* as the sink's end(): flush; the worse of both outcomes */
nf_out nf_out_pen(nf_pen *);

/* ---- for people: text, md, html, tex ---- */
enum { NF_CELL_ROOM = 320 };
/* The cell in the style's language, not escaped: the value's own text, or written into room. */
const char *nf_cell_for_people(char room[NF_CELL_ROOM], nf_type, const nf_value *, const char *lang);
const char *nf_field_title(const nf_field *, const char *lang);
bool nf_type_is_number(nf_type);
int  nf_cell_level(nf_type, const nf_value *);   /* nf_level of a verdict, its word or its title; -1: no verdict */
#endif
