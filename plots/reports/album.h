/* album.h - the charts of a report as files of their own, and the part of an exhibit that each shows. */
#ifndef NF_ALBUM_H
#define NF_ALBUM_H
#include "facts.h"

typedef struct {                                 /* a chart's files beside the page: picture, numbers, metadata */
    nf_ctx *c; nf_folder folder; const nf_dossier *dossier; const nf_canvas *canvas;
} nf_album;
/* images: of the pictures, by the name of a canvas; NULL: as the dossier asks. */
int nf_album_open(nf_ctx *, nf_album *, nf_folder, const nf_dossier *, const char *images);
/* One chart: STEM.svg, STEM.csv, STEM.json. copy: where the picture's bytes go too, or NULL. */
int nf_album_chart(nf_album *, const char *chart, const nf_exhibit *, const char *stem, const nf_out *copy);
/* The scoreboards and a trend chart for every target with figures, of both parts. */
int nf_album_write(nf_ctx *, nf_album *, nf_folder, const nf_dossier *);
/* The exhibit of one target alone: its series, trend and verdict. */
nf_exhibit nf_exhibit_of(const nf_exhibit *, const nf_finding *);
/* the demo's second part; n_finding 0: there is none */
nf_exhibit nf_exhibit_public(const nf_dossier *);
#endif
