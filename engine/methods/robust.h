/* robust.h - M-estimation of a line by iterated reweighting: what huber and bisquare share. */
#ifndef NF_ROBUST_H
#define NF_ROBUST_H
#include "line.h"

/* Of u = residual over scale: the weight psi(u)/u, and psi'(u). */
typedef struct { double (*weight)(double u), (*slope)(double u); } nf_psi;
extern const nf_field nf_robust_fields[];
/* From least squares to convergence; scale = median |r| / 0.6745 at every step. */
int nf_robust_line(nf_ctx *, nf_result *, const nf_sample *, nf_psi);
#endif
