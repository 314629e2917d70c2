/* native.h - the native verdict's parts, shared by the native_*.c files and scheme_native.c alone. */
#ifndef NF_NATIVE_H
#define NF_NATIVE_H
#include "judging/judge.h"

typedef enum { NF_FAULT, NF_NO_FIGURE, NF_ONE_FIGURE, NF_DIRECTION_ONLY, NF_NO_DEADLINE, NF_FINAL, NF_DEADLINE_PASSED,
               NF_MET_ALREADY, NF_BY_CHANCE, NF_BY_PACE } nf_cause;

typedef struct {
    nf_facts facts; nf_standing at;
    const nf_grade *grade; const char *basis;
    nf_cause cause; size_t decisive;                 /* the figure that decided, where final */
    double model;                                    /* the chance by the model alone */
    const nf_waypoint *path; double path_asked, path_figure;     /* the last milestone with a figure, or NULL */
} nf_native;

extern const nf_grade nf_native_grade[];
int nf_native_decide(nf_ctx *, nf_native *, const nf_case *);
bool nf_native_on_path(const nf_native *);           /* where there is a path */
int nf_native_reason(nf_ctx *, nf_text *out, const nf_native *, const nf_case *);
/* The verdict's word without the last figure, and with the base moved by one; NULL where that cannot be asked. */
int nf_native_fragility(nf_ctx *, const nf_native *, const nf_case *, const char **without_last,
                        const char **other_base);
#endif
