/* outline.h - what a written report says, in its order; a format sets it: headings, paragraphs, tables, pictures. */
#ifndef NF_OUTLINE_H
#define NF_OUTLINE_H
#include "album.h"

enum { NF_CELLS = 9 };
/* A row of a table. verdict: the cell that is one, whose level gives its colour; -1: none. */
typedef struct { const char *cell[NF_CELLS]; int verdict; nf_level level; } nf_line;

/* The format's hand. Text is plain; the first failure is kept in rc and nothing is set after it. */
typedef struct nf_setter nf_setter;
struct nf_setter {
    nf_ctx *c; nf_album album; const char *lang; int rc;
    void (*heading)(nf_setter *, int level, const char *text);                 /* 1: the title; 2; 3 */
    void (*paragraph)(nf_setter *, const char *text, bool warning);
    /* width: parts of the line each column takes; they add up to 100 */
    void (*table)(nf_setter *, const nf_text *column, const int *width, size_t n, const nf_line *, size_t lines);
    void (*picture)(nf_setter *, const char *alt, const char *chart, const nf_exhibit *, const char *stem);
};
/* The whole dossier through the hand. album and lang are filled in; images: the format that the hand's pictures need,
 * NULL: the dossier's. */
int nf_outline_set(nf_ctx *, nf_setter *, nf_folder, const nf_dossier *, const char *images);
#endif
