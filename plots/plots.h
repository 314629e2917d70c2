/* plots.h - charts and reports. Sees engine/ only: the workspace gathers, charts read.
 *
 * A chart draws into a scene (a display list in CSS pixels, y down); a canvas replays the scene as SVG, PNG,
 * PDF, ... Every chart also pushes the numbers it drew into a sink: the .csv beside the picture.
 *
 * Nothing here owns what it shows: exhibits and dossiers borrow, and must stay while they are drawn. Calls return 0 or
 * a negative nf_err with the words in nf_last(): NF_EINVAL where the exhibit lacks what the chart needs. The same
 * exhibit gives the same bytes on every machine that has the same fonts. */
#ifndef NF_PLOTS_H
#define NF_PLOTS_H
#include "engine.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct {                                 /* what there is to show; zeros where there is nothing */
    const nf_plan *plan;
    const nf_series *series; size_t n_series;
    const nf_result *result; size_t n_result;    /* result[i] belongs to series[i] when n_result == n_series */
    const nf_finding *finding; size_t n_finding;
    const nf_rollup *rollup; size_t n_rollup;
    int64_t now; const char *lang;               /* "en" or "zh": one language a chart */
    const nf_finding *before; size_t n_before;   /* the same targets judged as of `since`; since 0: not asked */
    int64_t since;
} nf_exhibit;
enum { NF_NEEDS_SERIES = 1, NF_NEEDS_RESULT = 2, NF_NEEDS_FINDING = 4, NF_NEEDS_TASKS = 8, NF_NEEDS_VINTAGES = 16 };

typedef struct nf_scene nf_scene;                /* scene.h */
typedef struct {
    nf_row row; unsigned needs; double width, height;            /* default size, CSS px */
    int (*draw)(nf_ctx *, nf_scene *, const nf_exhibit *, const nf_value *opt, nf_sink drawn);
} nf_chart;
extern const nf_chart *const nf_charts[];

typedef enum { NF_LIGHT, NF_DARK, NF_AUTO } nf_theme;
/* zeros: the chart's own. bare: without notes and source, for a page that gives them once for all */
typedef struct { double width, height, scale; nf_theme theme; const char *title; const char *id; bool bare; } nf_page;

typedef struct {                                 /* a file format: svg png pdf ps ... */
    nf_row row; const char *suffix, *mime;
    int (*render)(nf_ctx *, nf_out, const nf_scene *, const nf_page *);
} nf_canvas;
extern const nf_canvas *const nf_canvases[];

/* Draws and renders: the picture into the nf_out, the numbers into drawn (a zero sink: not wanted). opt: the fields of
 * the chart's row in their order, NULL for their defaults. */
int nf_chart_render(nf_ctx *, nf_out, const nf_chart *, const nf_canvas *, const nf_exhibit *, const nf_value *opt,
                    const nf_page *, nf_sink drawn);

/* Files of a report appear whole or not at all: the front end gives the folder. open makes a file of that name; close
 * puts it in its place, or drops it where rc is an error. */
typedef struct { int (*open)(void *self, nf_ctx *, const char *name, nf_out *);
                 int (*close)(void *self, nf_ctx *, int rc); void *self; } nf_folder;

typedef struct {                                 /* everything a report may say */
    nf_exhibit all;                              /* plan, findings in its order, roll-ups, every series they name */
    /* demo's second part, or NULL */
    const nf_plan *public_plan; const nf_finding *public_finding; size_t n_public_finding;
    const nf_rollup *public_rollup; size_t n_public_rollup;
    const char *title, *command, *images;        /* images: svg png pdf */
} nf_dossier;
typedef struct { nf_row row; int (*write)(nf_ctx *, nf_folder, const nf_dossier *); } nf_report;
extern const nf_report *const nf_reports[];
#ifdef __cplusplus
}
#endif
#endif
