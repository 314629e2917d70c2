/* export_sdmx.c - SDMX-CSV 2.0: one dimension beside time, the series' name; every cell says what it means. */
#include "export.h"
#include <math.h>
#include <string.h>

static const nf_field fields[] = { { .name = "STRUCTURE[;]", .type = NF_WORD },
                                   { .name = "STRUCTURE_ID", .type = NF_WORD },
                                   { .name = "ACTION", .type = NF_WORD },
                                   { .name = "SERIES", .type = NF_WORD },
                                   { .name = "TIME_PERIOD", .type = NF_WORD },
                                   { .name = "OBS_VALUE", .type = NF_WORD },
                                   { .name = "OBS_STATUS[]", .type = NF_WORD },
                                   { .name = "CONF_STATUS", .type = NF_WORD },
                                   { .name = "UNIT_MEASURE", .type = NF_WORD },
                                   { .name = "PUBLISHED", .type = NF_WORD },
                                   { .name = "PUBLISHER", .type = NF_WORD },
                                   { .name = "DOCUMENT", .type = NF_WORD },
                                   { 0 } };

static int figure(void *self, nf_ctx *c, const nf_meta *m, const nf_version *v)
{
    const nf_sink *to = self;
    char time[64], value[32] = "NaN", status[NF_STATUS_ROOM], published[32];
    if (v->period.freq == NF_NUMBER) {
        nf_fail(c, NF_EINVAL, "series '%s' has plain numbers for times, SDMX has only periods", m->key);
        return nf_hint(c, "name the series to export, or leave --sdmx out");
    }
    nf_export_time(time, v, true);
    if (!isnan(v->value)) nf_double_text(value, v->value);
    return to->row(to->self, c,
                   (nf_value[]){ { .s = "dataflow" },
                                 { .s = "NINEFOLD:SERIES(1.0)" },
                                 { .s = "I" },
                                 { .s = m->key },
                                 { .s = time },
                                 { .s = value },
                                 { .s = nf_export_status(status, v->status, true) },
                                 { .s = v->status & NF_CONFIDENTIAL ? "C" : "F" },
                                 { .s = m->unit },
                                 { .s = nf_export_published(published, v) },
                                 { .s = v->publisher },
                                 { .s = v->document } });
}

int nf_export_sdmx(nf_ctx *c, nf_workspace *w, char **series, bool versions)
{
    nf_sink to;
    if (w->format && strcmp(w->format, "csv")) return nf_fail(c, NF_EINVAL, "--sdmx is CSV, not '%s'", w->format);
    w->format = "csv";
    int rc = nf_workspace_sink(c, w, &to);
    if (rc || (rc = to.begin(to.self, c, "observations", fields))) return rc;
    return to.end(to.self, c, nf_export_each(c, w, series, versions, &(nf_export_to){ .figure = figure, .self = &to }));
}
