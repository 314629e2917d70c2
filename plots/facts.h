/* facts.h - what reports and the brief say of a target, as words: gathered once, set by the writers. */
#ifndef NF_FACTS_H
#define NF_FACTS_H
#include "prose.h"
#include "engine.h"

typedef struct {
    const nf_finding *finding; const nf_target *target; nf_level level;
    const char *name, *unit, *elsewhere;         /* elsewhere: the place, where it is not the plan's; else "" */
    const char *latest, *latest_date, *goal, *due, *needed, *actual, *projected, *chance, *verdict, *owner, *reason;
    const char *publisher, *document, *file;     /* file: stem of its chart's files, safe for every file system */
    bool has_figures;
} nf_fact;
void nf_fact_of(nf_ctx *, nf_fact *, const nf_exhibit *, const nf_finding *);

/* A name that no file system, shell or page misreads: ASCII of the text, and a hash of all of it. */
const char *nf_slug(nf_ctx *, const char *prefix, const char *text);
bool nf_belongs(const nf_finding *, const nf_group *improvement);
#endif
