/* writer.h - a table format is a row: it opens a sink over bytes. */
#ifndef NF_WRITER_H
#define NF_WRITER_H
#include "registry.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef struct {                                 /* how people want it; zeros are fine everywhere */
    const char *lang;                            /* "en" or "zh": NF_PROSE and titles */
    bool colour;                                 /* text: verdict words coloured for a terminal */
    bool terminal;                               /* csv: control bytes shown as \xNN (text always shows them so) */
    int width;                                   /* text: columns of the terminal, 0 unknown */
    bool spreadsheet;                            /* csv: BOM first, and the formula guard */
    bool guard;                                  /* csv: the formula guard alone, which load takes away again */
} nf_style;

typedef struct {
    nf_row row; const char *suffix, *mime;
    int (*open)(nf_ctx *, nf_sink *out, nf_out, const nf_style *);   /* the sink lives in ctx */
} nf_writer;
extern const nf_writer *const nf_writers[];      /* text csv json jsonl md html tex; xlsx is added by app/ */
#ifdef __cplusplus
}
#endif
#endif
