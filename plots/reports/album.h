/* album.h - the charts of a report as files of their own, and the part of an exhibit that each shows. */
#ifndef NF_ALBUM_H
#define NF_ALBUM_H
#include "facts.h"

typedef struct {                                 /* a chart's files beside the page: picture, numbers, metadata */
    nf_ctx *c; nf_folder folder; const nf_dossier *dossier; const nf_canvas *canvas;
} nf_album;
/* The scoreboards and a trend chart for every target with figures, of both parts. */
int nf_album_write(nf_ctx *, nf_album *, nf_folder, const nf_dossier *);
/* The exhibit of one target alone: its series, trend and verdict. */
nf_exhibit nf_exhibit_of(const nf_exhibit *, const nf_finding *);
nf_exhibit nf_exhibit_public(const nf_dossier *);                /* the demo's second part; n_finding 0: there is none */
#endif
