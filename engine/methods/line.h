/* line.h - the least-squares line that every regression method starts from, and the arrays methods hand out. */
#ifndef NF_LINE_H
#define NF_LINE_H
#include "method.h"

/* Sums about the means, per tick, in long double: an offset of 1e15 leaves the slope its digits. */
typedef struct { long double n, mx, my, sxx, sxy, syy, b, sse; const nf_sample *s; } nf_line;
nf_line nf_line_of(const nf_sample *);
/* The same with a weight on each point; sse is weighted too. */
nf_line nf_line_weighted(const nf_sample *, const double *w);
static inline long double nf_line_dx(const nf_line *l, size_t i) { return l->s->tick[i] - l->mx; }
static inline long double nf_line_residual(const nf_line *l, size_t i)
{
    return l->s->y[i] - l->my - l->b * nf_line_dx(l, i);
}
double nf_line_slope(const nf_line *);           /* per x */
double nf_line_intercept(const nf_line *);       /* at x = 0 */
double nf_durbin_watson(const nf_line *);        /* NaN where the residuals vanish */

/* Sums of x, y, x^2, xy, y^2 about the means over the first 0, 1, ... n points, in scratch; and the squares that a
 * mean, or a line, leaves of points [a, b). */
typedef struct { long double x, y, xx, xy, yy; } nf_sums;
nf_sums    *nf_sums_of(nf_ctx *, const nf_line *);
long double nf_sums_rss(const nf_sums *, size_t a, size_t b, bool line);

/* What a slope and an intercept with their variances (per tick) say: the fields of ols and ols-hac. */
enum { NF_LS_SLOPE, NF_LS_INTERCEPT, NF_LS_SE_SLOPE, NF_LS_SE_INTERCEPT, NF_LS_T, NF_LS_P, NF_LS_LOG10_P, NF_LS_R2,
       NF_LS_SIGMA, NF_LS_SLOPE_LO, NF_LS_SLOPE_HI, NF_LS_DW, NF_LS_COUNT };
#define NF_LS_FIELDS \
    [NF_LS_SLOPE]        = { "slope", NF_F64, NF_OF_Y_PER_T, { "slope", "斜率" } }, \
    [NF_LS_INTERCEPT]    = { "intercept", NF_F64, NF_FREE, { "value of the line at t = 0", "t = 0 处的值" } }, \
    [NF_LS_SE_SLOPE]     = { "se_slope", NF_F64, NF_OF_Y_PER_T, { "standard error of the slope", "斜率标准误" } }, \
    [NF_LS_SE_INTERCEPT] = { "se_intercept", NF_F64, NF_FREE, { "standard error of the intercept", "截距标准误" } }, \
    [NF_LS_T]            = { "t", NF_F64, NF_ONE, { "slope over its standard error", "斜率与标准误之比" } }, \
    [NF_LS_P]            = { "p", NF_F64, NF_ONE, { "two-sided p", "双侧 p 值" } }, \
    [NF_LS_LOG10_P]      = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } }, \
    [NF_LS_R2]           = { "r2", NF_F64, NF_ONE, { "share of variance explained", "决定系数" } }, \
    [NF_LS_SIGMA]        = { "sigma", NF_F64, NF_OF_DY, { "residual standard deviation", "残差标准差" } }, \
    [NF_LS_SLOPE_LO]     = { "slope_lo", NF_F64, NF_OF_Y_PER_T, { "lower limit of the slope", "斜率下限" } }, \
    [NF_LS_SLOPE_HI]     = { "slope_hi", NF_F64, NF_OF_Y_PER_T, { "upper limit of the slope", "斜率上限" } }, \
    [NF_LS_DW]           = { "dw", NF_F64, NF_ONE, { "Durbin-Watson", "DW 统计量" } }
void nf_line_fill(nf_result *, const nf_line *, long double var_slope, long double var_intercept);
/* Times that are all the same have no line, values that are all the same only a flat one: false, with
 * the status set. */
bool nf_line_stands(nf_result *, const nf_line *);

/* Room for n numbers in nf_alloc, handed out as the array v. */
double *nf_array_out(nf_ctx *, nf_value *v, size_t n);
/* Is there a grid that steps can be counted on: not too sparse, one value a step at most? */
bool      nf_has_grid(const nf_sample *);
/* The period of point i, and its place from 1 on the grid. */
nf_period nf_point_period(const nf_sample *, size_t i);
/* Those of the points last[] - 1, with blanks between; in nf_alloc. */
char     *nf_point_periods(nf_ctx *, const nf_sample *, const size_t *last, size_t m);
int64_t   nf_point_place(const nf_sample *, size_t i);
/* in absolute time, alike for all series of one frequency */
double    nf_point_time(const nf_sample *, size_t i);
#endif
