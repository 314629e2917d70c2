/* sources.h - where figures and targets come from: a row for all that share publisher, document and days. */
#ifndef NF_SOURCES_H
#define NF_SOURCES_H
#include "facts.h"

/* names: all that share the row. document: of targets the document, of figures the licence. Strings are never NULL. */
typedef struct { const char *names, *place, *publisher, *document, *latest, *known; } nf_origin;
/* In the order first met; each array has room for one row a finding. */
int nf_origins_of_figures(nf_ctx *, nf_origin **out, size_t *n, const nf_exhibit *);
int nf_origins_of_targets(nf_ctx *, nf_origin **out, size_t *n, const nf_exhibit *);
#endif
