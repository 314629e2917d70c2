/* method_andrews.c - is there a break of the mean or the line, at a time that is not known (Andrews 1993)? */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

enum { SUP_F, K, PERIOD, P, LOG10_P, STEP, F };
static const nf_field out[] = {
    [SUP_F]   = { "sup_F", NF_F64, NF_ONE, { "greatest Chow statistic", "最大 Chow 统计量" } },
    [K]       = { "k", NF_I64, NF_ONE, { "last row before the break, from 1", "断点前最后一行（从 1 起）" } },
    [PERIOD]  = { "period", NF_TIME, NF_FREE, { "its period", "断点前最后一期" } },
    [P]       = { "p", NF_F64, NF_ONE, { "p of no break", "无断点的 p 值" } },
    [LOG10_P] = { "log10_p", NF_F64, NF_ONE, { "log10 of p", "p 的常用对数" } },
    [STEP]    = { "step", NF_F64, NF_OF_DY, { "mean after less mean before", "断点前后均值之差" } },
    [F]       = { "F", NF_ARRAY, NF_ONE, { "the statistic for a break after each row it may follow", "各可能断点处的统计量" } },
    { 0 }
};
static const char *const models[] = { "mean", "trend", NULL };
static const nf_field opt[] = {
    { "model", NF_WORD, NF_FREE, { "what breaks: the mean or the line", "断点模型：均值或直线" },
      .word = "mean", .choices = models },
    { "trim", NF_F64, NF_FREE, { "least share of the points in a segment", "每段最小占比" },
      .def = 0.15, .lo = 0.02, .hi = 0.5 },
    { 0 }
};

/* ---- p (Hansen 1997): the upper tail is near a chi-square's of c degrees at a + b F ---- */

/* a, b, c for one and two coefficients that break, and trims of .49, .47, ... .01. Hansen (1997), his table for the sup
 * statistic. */
enum { TRIMS = 25 };
static const double hansen[2][TRIMS][3] = {
    { { -.0648467, .99671156, 1.2573241 }, { -.15305667, .96757645, 1.43651315 },
      { -.23071675, .95825013, 1.56531261 }, { -.29247661, .95715782, 1.68851898 },
      { -.35706588, .95237505, 1.77889686 }, { -.40514715, .96055795, 1.89761322 },
      { -.45248386, .95810999, 1.98370422 }, { -.50458517, .96149538, 2.07086519 },
      { -.55009159, .96684273, 2.17244338 }, { -.60241623, .96518399, 2.23509053 },
      { -.64308746, .97354902, 2.33722161 }, { -.68833676, .97829106, 2.42776524 },
      { -.73136161, .9820687, 2.50833918 }, { -.78078198, .99475319, 2.6209551 },
      { -.82894221, 1.00023473, 2.70286643 }, { -.88430133, 1.00162529, 2.77835798 },
      { -.9499265, 1.00384268, 2.84325795 }, { -.98828874, 1.01604712, 2.96752918 },
      { -1.04892713, 1.02570939, 3.08442682 }, { -1.11527783, 1.03526033, 3.19770394 },
      { -1.14992644, 1.06643436, 3.44739573 }, { -1.24010871, 1.06929468, 3.54993605 },
      { -1.38522113, 1.06808543, 3.61667211 }, { -1.48296473, 1.1283969, 4.07202473 },
      { -1.78738608, 1.17220925, 4.4726701 } },
    { { -.03933112, .99525784, 2.44239332 }, { -.14650989, .9938654, 2.78837829 },
      { -.28765583, .98139359, 2.93724618 }, { -.35528752, .9942739, 3.18187129 },
      { -.49538961, .96923268, 3.19484388 }, { -.58780544, .97339124, 3.32763253 },
      { -.66900489, .97444133, 3.44170617 }, { -.77825803, .96678414, 3.48652761 },
      { -.87260977, .97626434, 3.61709836 }, { -.96782445, .97636983, 3.6779502 },
      { -1.07358977, .97407744, 3.71945379 }, { -1.12531079, .99897105, 3.95114475 },
      { -1.16041007, 1.01629918, 4.14932643 }, { -1.2975797, 1.015268, 4.17103882 },
      { -1.36743697, 1.03004743, 4.3223804 }, { -1.43012785, 1.05139461, 4.53836755 },
      { -1.53311747, 1.05280599, 4.61175851 }, { -1.65273586, 1.05932633, 4.69340428 },
      { -1.79350728, 1.04936541, 4.68380985 }, { -1.9117747, 1.0588459, 4.8073354 },
      { -2.02659329, 1.07200268, 4.97772701 }, { -2.18499383, 1.08674781, 5.14231666 },
      { -2.3765858, 1.11342895, 5.40268693 }, { -2.51267262, 1.15305027, 5.88573096 },
      { -3.05559851, 1.17629253, 6.11067794 } }
};

typedef struct { double p, log10_p; } tail;

static tail chi2_tail(double x, double dof)
{
    return (tail){ nf_chi2_upper(x, dof), nf_chi2_log10_upper(x, dof) };
}

static tail hansen_tail(const double h[3], double x) { return chi2_tail(fmax(h[0] + h[1] * x, 0), h[2]); }

/* w of a and 1 - w of b, also where both underflow. */
static tail between(tail a, tail b, double w)
{
    double p = w * a.p + (1 - w) * b.p, most = fmax(a.log10_p, b.log10_p), ten = 2.3025850929940457;
    double sum = w * nf_exp(ten * (a.log10_p - most)) + (1 - w) * nf_exp(ten * (b.log10_p - most));
    return (tail){ p, most + nf_log10(sum) };
}

/* The greatest statistic x of breaks after points from .. to of n, with `terms` coefficients that break. */
static tail p_of(double x, size_t from, size_t to, size_t n, size_t terms)
{
    double lambda = (double)(n - from) * (double)to / ((double)from * (double)(n - to));
    double trim = 1 / (1 + sqrt(lambda));
    if (from == to) {
        double p = nf_f_upper(x / (double)terms, (double)terms, (double)(n - 2 * terms));
        return (tail){ p, nf_log10(p) };
    }
    const double (*h)[3] = hansen[terms - 1];
    if (trim >= 0.49) return between(hansen_tail(h[0], x), chi2_tail(x, (double)terms), (0.5 - trim) * 100);
    double place = (0.51 - trim) * 50;
    size_t i = (size_t)floor(place);
    if (i >= TRIMS) return hansen_tail(h[TRIMS - 1], x);
    return between(hansen_tail(h[i - 1], x), hansen_tail(h[i], x), (double)(i + 1) - place);
}

/* ---- the statistic ---- */

static double chow(const nf_sums *s, size_t k, size_t n, size_t terms)
{
    bool line = terms > 1;
    long double whole = nf_sums_rss(s, 0, n, line), parts = nf_sums_rss(s, 0, k, line) + nf_sums_rss(s, k, n, line);
    return (double)((whole - parts) / (parts / (long double)(n - 2 * terms)));
}

static void fill(nf_result *r, const nf_sample *s, const nf_sums *sums, size_t k, tail t)
{
    double n = (double)(s->n - k);
    r->v[K].i = nf_point_place(s, k - 1);
    r->v[PERIOD].t = nf_point_period(s, k - 1);
    r->v[P].f = t.p;
    r->v[LOG10_P].f = t.log10_p;
    r->v[STEP].f = (double)((sums[s->n].y - sums[k].y) / n - sums[k].y / (long double)k);
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    nf_line l = nf_line_of(s);
    size_t n = s->n, terms = strcmp(o[0].s, "trend") ? 1 : 2, best = 0;
    size_t from = (size_t)floor(o[1].f * (double)n), to = n - from;
    if (from < terms + 1) from = terms + 1;
    if (to > n - terms - 1) to = n - terms - 1;
    if (n < 2 * terms + 3 || from > to) r->status = NF_TOO_FEW;
    else if (!nf_line_stands(r, &l)) return NF_OK;
    if (r->status != NF_FINE) return NF_OK;
    nf_sums *sums = nf_sums_of(c, &l);
    double *f = sums ? nf_array_out(c, &r->v[F], to - from + 1) : NULL;
    if (!f) return NF_ENOMEM;
    for (size_t k = from; k <= to; k++) {
        f[k - from] = chow(sums, k, n, terms);
        if (f[k - from] > f[best]) best = k - from;
    }
    if (!isfinite(f[best])) {                      /* nothing is left about the segments */
        r->status = NF_NOT_APPLICABLE;
        r->flags |= NF_F_DEGENERATE;
        return NF_OK;
    }
    r->v[SUP_F].f = f[best];
    fill(r, s, sums, from + best, p_of(f[best], from, to, n, terms));
    return NF_OK;
}

const nf_method nf_method_andrews = {
    .row = { .name = "andrews", .title = { "one break at an unknown time (Andrews)", "未知时点的单一断点检验（Andrews）" },
             .formula = "sup F over breaks of (RSS - RSS_k)/(RSS_k/(n - 2q)), q coefficients before and after, between "
                        "trim n and (1 - trim) n; p by Hansen's chi-square approximation to the tail",
             .cite = "Andrews (1993) Econometrica 61; p: Hansen (1997) Journal of Business & Economic Statistics 15",
             .use = "Did the level, or with model=trend the line, change once? The time need not be known.",
             .avoid = "Serial correlation: p is too small. Several breaks (bai-perron). A trend with model=mean: it "
                      "looks "
                      "like a break.",
             .peers = "R strucchange Fstats, sctest(type = \"supF\") to 1e-10.",
             .opt = opt },
    .min_n = 5, .min_in = 1, .max_in = 1, .out = out, .stat = "sup_F", .fit = fit
};
