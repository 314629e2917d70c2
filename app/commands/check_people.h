/* check_people.h - verdicts as people read them: few columns, words, the reasons, what changed. */
#ifndef NF_CHECK_PEOPLE_H
#define NF_CHECK_PEOPLE_H
#include "app.h"

int nf_check_people(nf_ctx *, nf_workspace *, const nf_scheme *, const nf_finding *, size_t n);
int nf_check_rollups(nf_ctx *, nf_workspace *, const nf_finding *, size_t n);
/* Every target as it was judged with what was known by the end of `since`; none where there was no plan yet. */
int nf_check_then(nf_ctx *, nf_workspace *, const nf_scheme *, const char *since, nf_finding **was, size_t *n);
/* Only the targets whose word differs from what was to be said at the end of `since`. Any format. */
int nf_check_changes(nf_ctx *, nf_workspace *, const nf_scheme *, const nf_finding *, size_t n, const char *since);
#endif
