/* real.h - transcendental functions with the same bits on every instruction set.
 *
 * glibc picks other code for exp, log, pow and erfc where the processor has FMA, and the last bit differs.
 * These go through one static implementation (long double, rounded once), so results are byte-identical
 * with and without AVX2 and FMA. Nothing else in engine/ may call libm's dispatched functions: house.sh
 * checks it. sqrt, fabs, floor, rint, fma are exact and allowed. */
#ifndef NF_REAL_H
#define NF_REAL_H
#include "ctx.h"
#ifdef __cplusplus
extern "C" {
#endif
double nf_exp(double);
double nf_expm1(double);
double nf_log(double);                           /* natural */
double nf_log1p(double);
double nf_log10(double);
double nf_pow(double x, double y);               /* x > 0 */
double nf_sin(double);
double nf_cos(double);
double nf_lgamma(double);                        /* x > 0 */

/* Tails of the distributions that trend tests need. p is never 0 or 1 by underflow alone: log10 forms go on. */
double nf_normal_upper(double z);                /* P(Z > z) */
double nf_normal_two_sided(double z);            /* P(|Z| > |z|) */
double nf_normal_log10_two_sided(double z);      /* its log10, exact far beyond underflow */
double nf_normal_quantile(double p);             /* inverse of P(Z <= z) */
double nf_t_upper(double t, double dof);         /* P(T > t), dof >= 1 */
double nf_t_two_sided(double t, double dof);
double nf_t_log10_two_sided(double t, double dof);
double nf_t_quantile(double p, double dof);
double nf_chi2_upper(double x, double dof);
double nf_chi2_log10_upper(double x, double dof);
double nf_f_upper(double x, double d1, double d2);
#ifdef __cplusplus
}
#endif
#endif
