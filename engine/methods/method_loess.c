/* method_loess.c - local quadratics with exact standard errors (LOESS). */
#include "line.h"
#include <math.h>

enum { SIGMA, ENP, DOF, FIT, SE };
static const nf_field out[] = {
    [SIGMA] = { "sigma", NF_F64, NF_OF_DY, { "residual standard error", "残差标准误" } },
    [ENP]   = { "enp", NF_F64, NF_ONE, { "equivalent number of parameters", "等效参数个数" } },
    [DOF]   = { "dof", NF_F64, NF_ONE, { "degrees of freedom of sigma for t limits", "自由度" } },
    [FIT]   = { "fit", NF_ARRAY, NF_OF_Y, { "smooth value at every observed point", "各观测点的平滑值" } },
    [SE]    = { "se", NF_ARRAY, NF_OF_DY, { "its standard error", "平滑值的标准误" } },
    { 0 }
};
static const nf_field opt[] = {
    { "span", NF_F64, NF_FREE, { "share of the points in each fit", "每次拟合所用点的比例" }, .def = 0.75, .lo = 0.01, .hi = 1 },
    { "degree", NF_I64, NF_FREE, { "of the local polynomial", "局部多项式次数" }, .def = 2, .lo = 0, .hi = 2 },
    { 0 }
};
enum { MOST = 5000 };                              /* the operator has n^2 numbers */

/* Solves the symmetric 3 x 3 system of moments for the row (1 0 0): false where the points do not carry the degree. */
static bool first_row(long double *x, const long double *m, int degree)
{
    long double a[3][4] = { 0 };
    int n = degree + 1;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) a[i][j] = m[i + j];
        a[i][n] = i == 0;
    }
    for (int k = 0; k < n; k++) {
        if (!(a[k][k] > 1e-13L * m[0])) return false;
        for (int i = k + 1; i < n; i++) {
            long double f = a[i][k] / a[k][k];
            for (int j = k; j <= n; j++) a[i][j] -= f * a[k][j];
        }
    }
    for (int i = n - 1; i >= 0; i--) {
        x[i] = a[i][n];
        for (int j = i + 1; j < n; j++) x[i] -= a[i][j] * x[j];
        x[i] /= a[i][i];
    }
    return true;
}

/* Row i of the operator: fit[i] = sum of row[j] y[j]. */
static void operator_row(double *row, size_t i, size_t left, size_t q, int degree, const nf_sample *s)
{
    double h = fmax(s->tick[i] - s->tick[left], s->tick[left + q - 1] - s->tick[i]);
    long double m[5] = { 0 }, x[3] = { 1 };
    for (size_t j = 0; j < s->n; j++) {
        double u = h > 0 ? (s->tick[j] - s->tick[i]) / h : s->tick[j] == s->tick[i] ? 0 : 1, d = fabs(u);
        double k = 1 - d * d * d;
        row[j] = d < 1 ? k * k * k : 0;
        long double power = row[j];
        for (int p = 0; p <= 2 * degree && row[j] > 0; p++, power *= u) m[p] += power;
    }
    while (!first_row(x, m, degree)) degree--;
    for (size_t j = 0; j < s->n; j++) {
        if (!(row[j] > 0)) continue;
        long double u = h > 0 ? (s->tick[j] - s->tick[i]) / h : 0, sum = x[0];
        if (degree > 0) sum += x[1] * u;
        if (degree > 1) sum += x[2] * u * u;
        row[j] = (double)(row[j] * sum);
    }
}

static void operator_of(double *L, size_t q, int degree, const nf_sample *s)
{
    size_t left = 0;
    for (size_t i = 0; i < s->n; i++) {
        while (left + q < s->n && s->tick[i] - s->tick[left] > s->tick[left + q] - s->tick[i]) left++;
        operator_row(L + i * s->n, i, left, q, degree, s);
    }
}

/* delta1 = tr (I-L)(I-L)', delta2 = tr of its square; delta2 costs n^3 and only serves dof. */
static void deltas(double *one, double *two, const double *L, size_t n)
{
    long double d1 = 0, d2 = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++) sum += ((i == k) - L[i * n + k]) * ((j == k) - L[j * n + k]);
            if (i == j) d1 += sum;
            d2 += (i == j ? 1 : 2) * (long double)sum * sum;
        }
    *one = (double)d1;
    *two = (double)d2;
}

static double trace_of_complement(const double *L, size_t n)
{
    long double d = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            long double e = (i == k) - L[i * n + k];
            d += e * e;
        }
    return (double)d;
}

static void fill(nf_result *r, double *smooth, double *se, const double *L, const nf_sample *s)
{
    enum { CUBIC = 600 };                          /* up to here the exact degrees of freedom */
    size_t n = s->n;
    long double sse = 0, trace = 0;
    for (size_t i = 0; i < n; i++) {
        long double sum = 0, norm = 0;
        for (size_t j = 0; j < n; j++) {
            sum += (long double)L[i * n + j] * (s->y[j] - s->y[i]);
            norm += (long double)L[i * n + j] * L[i * n + j];
        }
        smooth[i] = (double)(s->y[i] + sum);
        se[i] = (double)sqrtl(norm);
        sse += sum * sum;
        trace += norm;
    }
    double one, two = NAN;
    if (n <= CUBIC) deltas(&one, &two, L, n);
    else one = trace_of_complement(L, n);
    double sigma = one > 1e-9 ? sqrt((double)sse / one) : 0;
    for (size_t i = 0; i < n; i++) se[i] *= sigma;
    r->v[SIGMA].f = sigma;
    r->v[ENP].f = (double)trace;
    r->v[DOF].f = one * one / two;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t q = (size_t)floor((double)s->n * o[0].f + 1e-5);
    if (s->n > MOST || !(s->tick[s->n - 1] > s->tick[0])) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    q = q < (size_t)o[1].i + 2 ? (size_t)o[1].i + 2 : q;
    q = q > s->n ? s->n : q;
    double *smooth = nf_array_out(c, &r->v[FIT], s->n), *se = nf_array_out(c, &r->v[SE], s->n);
    double *L = nf_scratch(c, s->n * s->n * sizeof *L);
    if (!smooth || !se || !L) return NF_ENOMEM;
    operator_of(L, q, (int)o[1].i, s);
    fill(r, smooth, se, L, s);
    return NF_OK;
}

const nf_method nf_method_loess = {
    .row = { .name = "loess", .title = { "smooth curve with standard errors (LOESS)", "局部多项式回归（LOESS）" },
             .formula = "at each t a quadratic through the nearest span of points, weights (1 - (d/h)^3)^3: fit = L y; "
                        "sigma^2 = sum r^2 / tr (I-L)(I-L)'; se_i = sigma sqrt(sum_j L_ij^2); enp = tr L'L",
             .cite = "Cleveland and Devlin (1988) JASA 83; Cleveland, Grosse and Shyu (1992)",
             .use = "A smooth course with a band around it.",
             .avoid = "Wild values (lowess), serial correlation (the band is too narrow), more than 5,000 points.",
             .peers = "R loess (surface direct, statistics exact) to 1e-10.",
             .opt = opt },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
