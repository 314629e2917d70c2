/* method_segmented.c - straight lines joined at unknown breaks: the exact least squares (Hudson 1966; Muggeo 2003). */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { N_BREAKS, P, LOG10_P, BREAKS, LO, HI, PERIODS, SLOPES, SLOPE_FIRST, SLOPE_LAST, INTERCEPT, SSE, SIGMA, BIC };
static const nf_field out[] = {
    [N_BREAKS]    = { "n_breaks", NF_I64, NF_ONE, { "breaks", "断点个数" } },
    [P]           = { "p", NF_F64, NF_ONE, { "p of no break at all (Davies)", "无断点的 p 值（Davies 检验）" } },
    [LOG10_P]     = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [BREAKS]      = { "breaks", NF_ARRAY, NF_FREE, { "times of the breaks", "断点时间" } },
    [LO]          = { "breaks_lo", NF_ARRAY, NF_FREE, { "their lower limits", "断点下限" } },
    [HI]          = { "breaks_hi", NF_ARRAY, NF_FREE, { "their upper limits", "断点上限" } },
    [PERIODS]     = { "periods", NF_WORD, NF_FREE, { "last periods at or before them", "断点当期或前一期" } },
    [SLOPES]      = { "slopes", NF_ARRAY, NF_FREE, { "slope of each line", "各段斜率" } },
    [SLOPE_FIRST] = { "slope_first", NF_F64, NF_OF_Y_PER_T, { "slope of the first line", "首段斜率" } },
    [SLOPE_LAST]  = { "slope_last", NF_F64, NF_OF_Y_PER_T, { "slope of the last line", "末段斜率" } },
    [INTERCEPT]   = { "intercept", NF_F64, NF_FREE, { "value of the first line at t = 0", "首段直线在 t = 0 处的值" } },
    [SSE]         = { "sse", NF_F64, NF_OF_DY2, { "sum of squared residuals", "残差平方和" } },
    [SIGMA]       = { "sigma", NF_F64, NF_OF_DY, { "residual standard deviation", "残差标准差" } },
    [BIC]         = { "bic", NF_ARRAY, NF_FREE, { "BIC with 0, 1, 2, ... breaks", "0、1、2…个断点的 BIC" } },
    { 0 }
};
enum { MOST = 6, BY_BIC = 3, COLUMNS = 2 + 2 * MOST };
static const nf_field opt[] = {
    { "breaks", NF_I64, NF_FREE, { "N of them; -1: 0 to 3, by the least BIC", "断点个数；-1 为按 BIC 取 0 至 3" }, .def = -1,
      .lo = -1, .hi = MOST },
    { "least-points", NF_I64, NF_FREE, { "points of each line, 0: a tenth of all, at least 3",
                                       "每段最少点数，0 为总数的十分之一（至少 3）" },
      .def = 0, .lo = 0, .hi = 1e6 },
    { 0 }
};

/* A column of the model: a + b x from point `from` on, 0 before. Sums of 1, x, x^2, y, x y over points i and after make
 * every product of two columns; x and y are about their means. */
typedef struct { size_t from; long double a, b; } column;
typedef struct { long double n, x, xx, y, xy; } sums;
typedef struct { nf_line line; const nf_sample *s; sums *after; size_t n, least; } task;
/* A break: its time, and the first point after it. */
typedef struct { long double at; size_t from; } joint;
typedef struct { joint j[MOST]; size_t n; long double sse; } model;

static long double product(const task *k, const column *p, const column *q)
{
    const sums *s = &k->after[p->from > q->from ? p->from : q->from];
    return p->a * q->a * s->n + (p->a * q->b + p->b * q->a) * s->x + p->b * q->b * s->xx;
}

static long double with_y(const task *k, const column *p)
{
    return p->a * k->after[p->from].y + p->b * k->after[p->from].xy;
}

/* ---- least squares of up to COLUMNS columns by Cholesky ---- */

/* half: the solution of factor half = right. */
typedef struct {
    long double factor[COLUMNS][COLUMNS], half[COLUMNS], coef[COLUMNS], sse;
    size_t d; bool sound;
} solution;

static solution solve(const task *k, const column *c, size_t d)
{
    solution f = { .d = d, .sse = k->line.syy, .sound = true };
    for (size_t i = 0; i < d; i++) {
        long double own = product(k, &c[i], &c[i]), whole = own, right = with_y(k, &c[i]);
        for (size_t j = 0; j < i; j++) {
            long double v = product(k, &c[i], &c[j]);
            for (size_t q = 0; q < j; q++) v -= f.factor[i][q] * f.factor[j][q];
            f.factor[i][j] = v /= f.factor[j][j];
            own -= v * v;
            right -= v * f.half[j];
        }
        if (!(own > 1e-13L * whole)) f.sound = false;
        if (!f.sound) return f;
        f.factor[i][i] = sqrtl(own);
        f.half[i] = right / f.factor[i][i];
        f.sse -= f.half[i] * f.half[i];
    }
    for (size_t i = d; i-- > 0;) {
        f.coef[i] = f.half[i];
        for (size_t j = i + 1; j < d; j++) f.coef[i] -= f.factor[j][i] * f.coef[j];
        f.coef[i] /= f.factor[i][i];
    }
    if (f.sse < 0) f.sse = 0;
    return f;
}

/* Element (i, i) of the inverse of the normal matrix. */
static long double inverse_at(const solution *f, size_t i)
{
    long double e[COLUMNS] = { 0 }, sum = 0;
    for (size_t r = i; r < f->d; r++) {
        e[r] = r == i;
        for (size_t q = i; q < r; q++) e[r] -= f->factor[r][q] * e[q];
        e[r] /= f->factor[r][r];
        sum += e[r] * e[r];
    }
    return sum;
}

static column hinge(joint j) { return (column){ j.from, -j.at, 1 }; }

static size_t columns_of(column *c, const model *m)
{
    c[0] = (column){ 0, 1, 0 };
    c[1] = (column){ 0, 0, 1 };
    for (size_t i = 0; i < m->n; i++) c[2 + i] = hinge(m->j[i]);
    return 2 + m->n;
}

/* ---- the best place for one more break ---- */

static long double x_of(const task *k, size_t i) { return nf_line_dx(&k->line, i); }

/* Does every line keep its points where one more break comes after point i? */
static bool has_room(const task *k, const model *m, size_t i)
{
    size_t before = 0, after = k->n;
    if (i + 1 >= k->n || k->s->tick[i] == k->s->tick[i + 1]) return false;
    for (size_t b = 0; b < m->n; b++) {
        if (m->j[b].from <= i + 1 && m->j[b].from > before) before = m->j[b].from;
        if (m->j[b].from > i + 1 && m->j[b].from < after) after = m->j[b].from;
    }
    return i + 1 >= before + k->least && i + 1 + k->least <= after;
}

/* Two free lines either side of the gap after point i meet within it, or else the best break there is at an end. */
static bool best_in_gap(const task *k, joint *best, long double *sse, column *c, size_t d, size_t i)
{
    bool better = false;
    long double left = x_of(k, i), right = x_of(k, i + 1);
    joint ends[] = { { left, i + 1 }, { right, i + 1 } };
    c[d] = (column){ i + 1, 1, 0 };
    c[d + 1] = (column){ i + 1, 0, 1 };
    solution f = solve(k, c, d + 2);
    long double meet = f.sound ? -f.coef[d] / f.coef[d + 1] : left;
    if (f.sound && meet > left && meet < right && f.sse < *sse) {
        *best = (joint){ meet, i + 1 };
        *sse = f.sse;
        return true;
    }
    for (size_t e = 0; e < 2; e++) {
        c[d] = hinge(ends[e]);
        f = solve(k, c, d + 1);
        if (!f.sound || !(f.sse < *sse)) continue;
        *best = ends[e];
        *sse = f.sse;
        better = true;
    }
    return better;
}

static void insert(model *m, joint j)
{
    size_t at = m->n++;
    for (; at > 0 && m->j[at - 1].at > j.at; at--) m->j[at] = m->j[at - 1];
    m->j[at] = j;
}

/* Puts the break in the best place into m; false where there is no room. */
static bool add(const task *k, model *m)
{
    column c[COLUMNS];
    size_t d = columns_of(c, m);
    joint best = { 0, 0 };
    long double sse = INFINITY;
    for (size_t i = 0; i + 1 < k->n; i++)
        if (has_room(k, m, i)) best_in_gap(k, &best, &sse, c, d, i);
    if (isinf(sse)) return false;
    insert(m, best);
    m->sse = sse;
    return true;
}

/* The hinge at a point less its part in the model's columns (w), and its products with itself and with y. */
typedef struct { long double w[COLUMNS], own, right; joint j; size_t at; } knot;

static knot knot_at(const task *k, const solution *f, const column *c, size_t i)
{
    knot t = { .j = { x_of(k, i), i + 1 }, .at = i };
    column h = hinge(t.j);
    t.own = product(k, &h, &h);
    t.right = with_y(k, &h);
    for (size_t r = 0; r < f->d; r++) {
        t.w[r] = product(k, &h, &c[r]);
        for (size_t q = 0; q < r; q++) t.w[r] -= f->factor[r][q] * t.w[q];
        t.w[r] /= f->factor[r][r];
        t.own -= t.w[r] * t.w[r];
        t.right -= t.w[r] * f->half[r];
    }
    return t;
}

/* What two hinges together take from the sum of squares. */
static long double gain(const task *k, const knot *p, const knot *q, size_t d)
{
    column a = hinge(p->j), b = hinge(q->j);
    long double cross = product(k, &a, &b);
    for (size_t r = 0; r < d; r++) cross -= p->w[r] * q->w[r];
    long double free = p->own * q->own - cross * cross;
    if (!(free > 1e-9L * p->own * q->own)) return 0;
    return (p->right * p->right * q->own - 2 * p->right * q->right * cross + q->right * q->right * p->own) / free;
}

/* Puts the best pair of points, of up to KNOTS, into m: two breaks that only together gain (a step, a short dip). */
static int add_pair(nf_ctx *c, const task *k, model *m)
{
    enum { KNOTS = 512 };
    column col[COLUMNS];
    size_t d = columns_of(col, m), stride = (k->n + KNOTS - 1) / KNOTS, count = 0, mark = nf_scratch_mark(c);
    solution f = solve(k, col, d);
    knot *t = nf_scratch(c, KNOTS * sizeof *t), best[2] = { { .at = 0 } };
    long double most = 0;
    if (!t) return NF_ENOMEM;
    for (size_t i = 0; f.sound && i < k->n; i += stride)
        if (has_room(k, m, i)) t[count++] = knot_at(k, &f, col, i);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            if (t[j].at < t[i].at + k->least) continue;
            long double g = gain(k, &t[i], &t[j], d);
            if (!(g > most)) continue;
            most = g;
            best[0] = t[i];
            best[1] = t[j];
        }
    for (size_t i = 0; i < 2 && most > 0; i++) insert(m, best[i].j);
    m->sse = most > 0 ? f.sse - most : INFINITY;
    nf_scratch_rewind(c, mark);
    return NF_OK;
}

/* Each break in turn is taken out and put back in its best place, until that gains nothing. */
static void settle(const task *k, model *m)
{
    enum { ROUNDS = 100 };
    for (int i = 0; i < ROUNDS && m->n > 1; i++) {
        long double was = m->sse;
        for (size_t b = 0; b < m->n; b++) {
            model less = *m;
            memmove(less.j + b, less.j + b + 1, (less.n - b - 1) * sizeof *less.j);
            less.n--;
            if (add(k, &less) && less.sse < m->sse) *m = less;
        }
        if (!(m->sse < was * (1 - 1e-12L))) return;
    }
}

/* ---- is there a break? ---- */

/* Davies (2002), for errors of unknown variance, over breaks at every point but the outer two: P(T > max |t|) and how
 * much the angle of the hinge with the residuals turns on the way. */
static void davies(nf_result *r, const task *k)
{
    static const double LN10 = 2.302585092994046, HALF_LN_PI = 0.5723649429247001;
    column c[3];
    size_t d = columns_of(c, &(model){ .n = 0 });
    long double line = solve(k, c, d).sse, turned = 0, last = NAN, most = 0;
    double dof = (double)k->n - 3;
    for (size_t i = 1; i + 1 < k->n; i++) {
        if (k->s->tick[i] == k->s->tick[i + 1]) continue;
        c[2] = hinge((joint){ x_of(k, i), i + 1 });
        solution f = solve(k, c, 3);
        if (!f.sound) continue;
        long double share = line > f.sse ? (line - f.sse) / line : 0;
        long double angle = atanl(sqrtl(share / fmaxl(1 - share, 1e-30L)));
        if (f.coef[2] < 0) angle = -angle;
        if (!isnan(last)) turned += fabsl(angle - last);
        last = angle;
        most = fmaxl(most, share);
    }
    if (!(most > 0) || !(most < 1)) return;
    double t = (double)sqrtl(most / (1 - most) * dof), tail = nf_t_log10_two_sided(t, dof) * LN10, ways = -INFINITY;
    if (turned > 0)
        ways = nf_log((double)turned) + (dof - 1) / 2 * nf_log1p(-(double)most) + nf_lgamma(dof / 2 + 0.5) -
               nf_lgamma(dof / 2) - HALF_LN_PI;
    double big = fmax(tail, ways), log_p = fmin(big + nf_log(nf_exp(tail - big) + nf_exp(ways - big)), 0);
    r->v[LOG10_P].f = log_p / LN10;
    r->v[P].f = fmax(nf_exp(log_p), 0x1p-1074);
}

/* ---- the answer ---- */

/* Standard errors by linearising in the breaks (Muggeo 2003): beside each hinge the step -1 after it. At a point the
 * step may count it or not: the larger error is taken. */
static double error_of_break(const task *k, const model *m, const solution *f, size_t b, double sigma)
{
    double most = 0;
    for (size_t on = 0; on < 2; on++) {
        column c[COLUMNS];
        size_t d = columns_of(c, m);
        for (size_t i = 0; i < m->n; i++) {
            size_t from = m->j[i].from, there = x_of(k, from) == m->j[i].at, here = x_of(k, from - 1) == m->j[i].at;
            c[d++] = (column){ on ? from - here : from + there, -1, 0 };
        }
        solution s = solve(k, c, d);
        if (s.sound) most = fmax(most, sigma * (double)(sqrtl(inverse_at(&s, 2 + m->n + b)) / fabsl(f->coef[2 + b])));
    }
    return most > 0 ? most : NAN;
}

static int breaks_out(nf_ctx *c, nf_result *r, const task *k, const model *m, const solution *f)
{
    double *at = nf_array_out(c, &r->v[BREAKS], m->n), *slope = nf_array_out(c, &r->v[SLOPES], m->n + 1);
    double *lo = nf_array_out(c, &r->v[LO], m->n), *hi = nf_array_out(c, &r->v[HI], m->n);
    double ticks = k->s->ticks, dof = (double)k->n - 2 - 2 * (double)m->n;
    double q = nf_t_quantile(1 - k->s->set.alpha / 2, dof);
    long double b = f->coef[1];
    size_t last[MOST];
    if (!at || !lo || !hi || !slope) return NF_ENOMEM;
    slope[0] = (double)(b * ticks);
    for (size_t i = 0; i < m->n; i++) {
        double se = error_of_break(k, m, f, i, r->v[SIGMA].f), x = (double)(m->j[i].at + k->line.mx);
        at[i] = x / ticks;
        lo[i] = (x - q * se) / ticks;
        hi[i] = (x + q * se) / ticks;
        last[i] = x_of(k, m->j[i].from) == m->j[i].at ? m->j[i].from + 1 : m->j[i].from;
        slope[i + 1] = (double)((b += f->coef[2 + i]) * ticks);
    }
    r->v[SLOPE_FIRST].f = slope[0];
    r->v[SLOPE_LAST].f = slope[m->n];
    r->v[PERIODS].s = nf_point_periods(c, k->s, last, m->n);
    return r->v[PERIODS].s ? NF_OK : NF_ENOMEM;
}

static double bic_of(const task *k, const model *m)
{
    double n = (double)k->n;
    return n * (nf_log((double)m->sse / n) + 1 + 1.8378770664093453) + (3 + 2 * (double)m->n) * nf_log(n);
}

/* m with one break more: added to m, or two to the model before m, whichever ends better. False: no room. */
static int one_more(nf_ctx *c, const task *k, model *m, const model *before, bool *has)
{
    model pair = *before;
    int rc = m->n ? add_pair(c, k, &pair) : NF_OK;
    *has = add(k, m);
    if (rc || !*has || m->n == 1) return rc;
    settle(k, m);
    settle(k, &pair);
    if (pair.sse < m->sse) *m = pair;
    return rc;
}

/* One break after another; the model asked for, or that of the least BIC, ends in *best. */
static int grow(nf_ctx *c, nf_result *r, const task *k, model *best, int64_t breaks)
{
    size_t most = breaks < 0 ? BY_BIC : (size_t)breaks;
    double *bic = nf_array_out(c, &r->v[BIC], most + 1);
    model m = *best, before = *best;
    if (!bic) return NF_ENOMEM;
    long double none = 1e-24L * k->line.syy;       /* nothing left to explain */
    bool has = true;
    for (size_t b = 0; has; b++) {
        r->v[BIC].a.n = b + 1;
        bic[b] = m.sse > none ? bic_of(k, &m) : NAN;
        if (breaks >= 0 || b == 0 || !(bic[b] >= bic[best->n])) *best = m;
        if (b == most || !(m.sse > none)) break;
        model now = m;
        int rc = one_more(c, k, &m, &before, &has);
        if (rc) return rc;
        before = now;
    }
    return NF_OK;
}

static int room_for(nf_ctx *c, task *k)
{
    k->after = nf_scratch(c, (k->n + 1) * sizeof *k->after);
    if (!k->after) return NF_ENOMEM;
    k->after[k->n] = (sums){ 0 };
    for (size_t i = k->n; i-- > 0;) {
        long double x = x_of(k, i), y = k->s->y[i] - k->line.my;
        const sums *p = &k->after[i + 1];
        k->after[i] = (sums){ p->n + 1, p->x + x, p->xx + x * x, p->y + y, p->xy + x * y };
    }
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    task k = { .line = nf_line_of(s), .s = s, .n = s->n, .least = o[1].i ? (size_t)o[1].i : s->n / 10 };
    column col[COLUMNS];
    if (k.least < 3) k.least = o[1].i ? 2 : 3;
    if (!nf_line_stands(r, &k.line)) return NF_OK;
    int rc = room_for(c, &k);
    if (rc) return rc;
    model best = { .n = 0, .sse = solve(&k, col, columns_of(col, &(model){ .n = 0 })).sse };
    if ((rc = grow(c, r, &k, &best, o[0].i))) return rc;
    if (o[0].i > 0 && best.n < (size_t)o[0].i) {
        r->status = NF_TOO_FEW;
        return NF_OK;
    }
    davies(r, &k);
    solution f = solve(&k, col, columns_of(col, &best));
    long double sse = 0;
    for (size_t i = 0; i < k.n; i++) {             /* from the residuals: the sums lose digits where little is left */
        long double e = s->y[i] - k.line.my;
        for (size_t q = 0; q < f.d; q++)
            if (i >= col[q].from) e -= f.coef[q] * (col[q].a + col[q].b * x_of(&k, i));
        sse += e * e;
    }
    r->v[N_BREAKS].i = (int64_t)best.n;
    r->v[SSE].f = (double)sse;
    r->v[SIGMA].f = (double)sqrtl(sse / ((long double)k.n - 2 - 2 * (long double)best.n));
    r->v[INTERCEPT].f = (double)(k.line.my + f.coef[0] - f.coef[1] * k.line.mx);
    return breaks_out(c, r, &k, &best, &f);
}

const nf_method nf_method_segmented = {
    .row = { .name = "segmented", .title = { "Lines joined at unknown breaks", "分段线性回归（未知断点）" },
             .formula = "y = a + b t + sum d_k (t - psi_k)+; the exact least squares for one break (every gap "
                        "between two times by its free lines, or an end of it), breaks in turn for more; limits psi "
                        "+- t se, se linearised in psi; p by Davies; BIC with 3 + 2 k parameters",
             .cite = "Hudson (1966) JASA 61; Muggeo (2003) Statistics in Medicine 22; Davies (2002) Biometrika 89",
             .use = "When did the pace change, and how sure is that? A plan that bent a curve without a jump.",
             .avoid = "Jumps (bai-perron, pettitt). Serial correlation: p is then too small. Limits of breaks are "
                      "rough where p is not small.",
             .peers = "R segmented: sum of squares never above, breaks, slopes and errors to 1e-5 where it finds the "
                      "same optimum. Davies' p over all points with signed angles; R takes them without their sign, "
                      "which makes its p up to 2 % smaller.",
             .opt = opt },
    .min_n = 8, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
