/* catalogue.c - the charts, canvases and reports, made into tables. */
#include "plots.h"

#define NF_CHART(id) extern const nf_chart nf_chart_##id;
#include "charts.def"
#undef NF_CHART
const nf_chart *const nf_charts[] = {
#define NF_CHART(id) &nf_chart_##id,
#include "charts.def"
#undef NF_CHART
    NULL
};

#define NF_CANVAS(id) extern const nf_canvas nf_canvas_##id;
#include "canvases.def"
#undef NF_CANVAS
const nf_canvas *const nf_canvases[] = {
#define NF_CANVAS(id) &nf_canvas_##id,
#include "canvases.def"
#undef NF_CANVAS
    NULL
};

#define NF_REPORT(id) extern const nf_report nf_report_##id;
#include "reports.def"
#undef NF_REPORT
const nf_report *const nf_reports[] = {
#define NF_REPORT(id) &nf_report_##id,
#include "reports.def"
#undef NF_REPORT
    NULL
};
