/* trend_model.c - gathers observations, trend, fan, goal and required path of one series. */
#include "trend_model.h"
#include "engine.h"
#include <math.h>
#include <string.h>

#define LARGEST 1e300                            /* the length of an axis must stay a number */

static void extend(nf_trend_model *m, double at, double v)
{
    if (isfinite(at)) {
        m->from = fmin(m->from, at);
        m->to = fmax(m->to, at);
    }
    if (isfinite(v)) {
        m->lo = fmin(m->lo, v);
        m->hi = fmax(m->hi, v);
    }
}

static int observe(nf_ctx *c, nf_trend_model *m, const nf_series *s)
{
    size_t huge = 0;
    m->n = s ? s->t.n : 0;
    m->at = nf_alloc(c, (m->n + 1) * sizeof(double));
    m->y = nf_alloc(c, (m->n + 1) * sizeof(double));
    if (!m->at || !m->y) return NF_ENOMEM;
    for (size_t i = 0; i < m->n; i++) {
        m->at[i] = nf_axis_position(&s->t, i);
        m->y[i] = fabs(s->y[i]) <= LARGEST ? s->y[i] : NAN;
        huge += fabs(s->y[i]) > LARGEST;
        if (!isfinite(m->y[i])) continue;
        if (!m->finite++) m->first = i;
        m->last = i;
        extend(m, m->at[i], m->y[i]);
    }
    if (huge) nf_note(c, NULL, 0, 0, "check the unit", "%zu figures beyond 1e300 are not drawn", huge);
    return NF_OK;
}

/* The line of a Theil-Sen (or Siegel) result; its limits turn about the median point. */
static void add_trend(nf_ctx *c, nf_trend_model *m)
{
    const nf_result *r = m->sub.sen;
    double slope = r ? nf_result_f64(r, "slope") : NAN, intercept = r ? nf_result_f64(r, "intercept") : NAN;
    if (!isfinite(slope) || !isfinite(intercept) || m->finite < 2) return;
    double origin = m->sub.series->t.start.freq == NF_NUMBER ? 0 : m->at[0];
    m->has_trend = true;
    for (int end = 0; end < 2; end++) {
        m->trend_at[end] = m->at[end ? m->last : m->first];
        m->trend[end] = intercept + slope * (m->trend_at[end] - origin);
    }
    double *t = nf_alloc(c, m->finite * sizeof *t);
    size_t k = 0;
    for (size_t i = 0; t && i < m->n; i++)
        if (isfinite(m->y[i])) t[k++] = m->at[i];
    /* the axis ascends: its middle is the median */
    m->pivot_at = k ? (t[(k - 1) / 2] + t[k / 2]) / 2 : m->trend_at[0];
    m->pivot = intercept + slope * (m->pivot_at - origin);
    m->slope_lo = nf_result_f64(r, "slope_lo");
    m->slope_hi = nf_result_f64(r, "slope_hi");
    for (int end = 0; end < 2; end++) {
        extend(m, NAN, m->trend[end]);
        extend(m, NAN, m->pivot + m->slope_lo * (m->trend_at[end] - m->pivot_at));
        extend(m, NAN, m->pivot + m->slope_hi * (m->trend_at[end] - m->pivot_at));
    }
}

static double due_position(const nf_series *s, nf_period due)
{
    if (!s || s->t.start.freq == NF_NUMBER || due.freq == NF_NUMBER) return (double)due.ord;
    return nf_period_years(nf_period_convert(due, (nf_freq)s->t.start.freq));
}

static void add_goal(nf_trend_model *m, const nf_finding *f)
{
    const nf_target *t = m->target;
    if (!t) return;
    m->goal = isfinite(f->at.target) ? f->at.target : t->value;
    m->goal_lo = m->goal_hi = m->goal;
    if (t->kind == NF_RANGE && isfinite(t->lo) && isfinite(t->hi)) {
        m->goal_lo = t->lo;
        m->goal_hi = t->hi;
        m->goal = (t->lo + t->hi) / 2;
    }
    m->has_goal = isfinite(m->goal);
    if (!m->has_goal) return;
    double last = m->finite ? m->y[m->last] : NAN;
    m->met = t->kind == NF_RANGE ? last >= t->lo && last <= t->hi : t->sense * (last - m->goal) >= 0;
    m->dated = !nf_period_is_empty(t->due);
    m->due_at = m->dated ? due_position(m->sub.series, t->due) : NAN;
    extend(m, m->due_at, m->goal_lo);
    extend(m, m->due_at, m->goal_hi);
}

static void fan_point(nf_trend_model *m, double at, const double q[7])
{
    size_t k = m->n_fan++;
    m->fan_at[k] = at;
    for (int i = 0; i < 7; i++) m->fan[i][k] = q[i];
}

/* The predictive distribution at up to NF_FAN - 1 periods from the last figure to the deadline. */
static int add_outlook(nf_ctx *c, nf_trend_model *m, const nf_finding *f)
{
    const nf_series *s = m->sub.series;
    nf_period last = nf_axis_at(&s->t, m->last), due = nf_period_convert(m->target->due, (nf_freq)last.freq);
    int64_t steps = due.ord - last.ord;
    for (int64_t k = 1; k < NF_FAN && steps > 0; k++) {
        if (steps < NF_FAN && k > steps) break;
        nf_outlook o;
        nf_status status;
        nf_period p = { last.ord + (steps < NF_FAN ? k : steps * k / (NF_FAN - 1)), last.freq, last.span };
        int rc = nf_outlook_of(c, &o, &status, s, p, NAN, m->target->sense, f->at.scale,
                               nf_under_way(m->target, &f->at));
        if (rc) return rc;
        if (status != NF_FINE || !isfinite(o.lo95 + o.hi95)) continue;
        fan_point(m, nf_period_years(p), (double[]){ o.lo95, o.lo80, o.lo50, o.median, o.hi50, o.hi80, o.hi95 });
    }
    return NF_OK;
}

/* An interval that opens with the square root of time. */
static void open_fan(nf_trend_model *m, double last_at, double last, const double end[7])
{
    m->n_fan = 1;
    for (size_t k = 1; k + 1 < NF_FAN; k++) {
        double share = (double)k / (NF_FAN - 1), middle = last + (end[3] - last) * share, q[7];
        for (int i = 0; i < 7; i++) q[i] = middle + (end[i] - end[3]) * sqrt(share);
        fan_point(m, last_at + (m->due_at - last_at) * share, q);
    }
}

/* The fan ends where the verdict's own projection ends, so that chart and verdict agree to the digit. */
static int add_fan(nf_ctx *c, nf_trend_model *m, const nf_finding *f)
{
    double last = m->finite ? m->y[m->last] : NAN, last_at = m->finite ? m->at[m->last] : NAN;
    if (!m->dated || !(m->due_at > last_at) || !f || !isfinite(f->at.projected) || !isfinite(f->at.projected_lo95))
        return NF_OK;
    fan_point(m, last_at, (double[]){ last, last, last, last, last, last, last });
    int rc = m->sub.series->t.start.freq == NF_NUMBER ? NF_OK : add_outlook(c, m, f);
    if (rc) return rc;
    double end[7] = { f->at.projected_lo95, f->at.projected_lo80, NAN, f->at.projected, NAN, f->at.projected_hi80,
                      f->at.projected_hi95 };
    const double half = 0.67448975 / 1.28155157;   /* quartiles from the 80 % interval of a normal */
    end[2] = end[3] + (end[1] - end[3]) * half;
    end[4] = end[3] + (end[5] - end[3]) * half;
    size_t last_point = m->n_fan - 1;
    if (last_point && fabs(m->fan[3][last_point] - end[3]) <= 0.02 * fabs(end[6] - end[0])) {
        m->n_fan--;
        end[2] = m->fan[2][last_point];
        end[4] = m->fan[4][last_point];
    /* the verdict came from elsewhere: from the last figure to its interval */
    } else open_fan(m, last_at, last, end);
    fan_point(m, m->due_at, end);
    for (size_t k = 0; k < m->n_fan; k++)
        for (int q = 0; q < 7; q += 6) extend(m, NAN, m->fan[q][k]);
    return NF_OK;
}

static double between(double from, double to, double share, bool logs)
{ return logs && from > 0 && to > 0 ? from * nf_pow(to / from, share) : from + (to - from) * share; }

/* From the last figure (or, after the deadline, from the baseline) to the goal; a goal already met is a level line. */
static void add_path(nf_trend_model *m, const nf_finding *f)
{
    if (!f || !m->target || !m->has_goal || !m->dated || !m->finite) return;
    double at = m->at[m->last], v = m->y[m->last];
    if (!(m->due_at > at)) {
        if (nf_period_is_empty(f->at.baseline_period) || !isfinite(f->at.baseline)) return;
        at = due_position(m->sub.series, f->at.baseline_period);
        v = f->at.baseline;
        if (!(m->due_at > at)) return;
        extend(m, at, v);
    } else if (m->met) v = m->goal;
    if (m->target->kind == NF_RANGE && m->met) return;
    /* of a range, the nearer end */
    double goal = m->target->kind != NF_RANGE ? m->goal : v > m->goal_hi ? m->goal_hi : m->goal_lo;
    m->n_path = NF_PATH;
    for (size_t k = 0; k < NF_PATH; k++) {
        double share = (double)k / (NF_PATH - 1);
        m->path_at[k] = at + (m->due_at - at) * share;
        m->path[k] = between(v, goal, share, f->at.scale == NF_SCALE_LOG);
    }
}

int nf_trend_model_of(nf_ctx *c, nf_trend_model *m, const nf_exhibit *e)
{
    const nf_finding *f = e->n_finding ? &e->finding[0] : NULL;
    memset(m, 0, sizeof *m);
    m->from = m->lo = INFINITY;
    m->to = m->hi = -INFINITY;
    nf_subject_of(c, &m->sub, e, e->n_series ? &e->series[0] : NULL, f);
    m->target = f && f->of ? f->of->target : NULL;
    int rc = observe(c, m, m->sub.series);
    if (rc) return rc;
    add_trend(c, m);
    add_goal(m, f);
    rc = add_fan(c, m, f);
    if (rc) return rc;
    add_path(m, f);
    if (!(m->lo <= m->hi)) m->lo = 0, m->hi = 1;
    if (!(m->from <= m->to)) m->from = 0, m->to = 1;
    if (!(m->to > m->from)) m->from -= 1, m->to += 1;
    return NF_OK;
}

/* ---- the numbers behind the marks ---- */

enum { LAYER, TIME, AT, VALUE, LO95, LO80, LO50, HI50, HI80, HI95, COLUMNS };
static const nf_field fields[] = {
    { .name = "layer", .type = NF_WORD, .title = { "layer", "图层" } },
    { .name = "time", .type = NF_TIME, .title = { "time", "时间" } },
    { .name = "at", .type = NF_F64, .title = { "position", "位置" } },
    { .name = "value", .type = NF_F64, .title = { "value", "数值" } }, { .name = "lo95", .type = NF_F64 },
    { .name = "lo80", .type = NF_F64 }, { .name = "lo50", .type = NF_F64 }, { .name = "hi50", .type = NF_F64 },
    { .name = "hi80", .type = NF_F64 }, { .name = "hi95", .type = NF_F64 }, { .name = NULL }
};

static int emit(nf_ctx *c, nf_sink to, const char *layer, nf_period time, double at, double value, const double *range)
{
    nf_value row[COLUMNS];
    for (int i = AT; i < COLUMNS; i++) row[i].f = NAN;
    row[LAYER].s = layer;
    row[TIME].t = time;
    row[AT].f = at;
    row[VALUE].f = value;
    for (int i = 0; range && i < 6; i++) row[LO95 + i].f = range[i];
    return to.row(to.self, c, row);
}

static int rows(nf_ctx *c, const nf_trend_model *m, nf_sink to)
{
    nf_period none = { 0 };
    int rc = 0;
    for (size_t i = 0; !rc && i < m->n; i++)
        if (isfinite(m->y[i])) {
            nf_period p = nf_axis_at(&m->sub.series->t, i);
            rc = emit(c, to, "observed", p.freq == NF_NUMBER ? none : p, m->at[i], m->y[i], NULL);
        }
    for (int end = 0; !rc && m->has_trend && end < 2; end++) {
        double away = m->trend_at[end] - m->pivot_at, a = m->pivot + m->slope_lo * away,
               b = m->pivot + m->slope_hi * away;
        rc = emit(c, to, "trend", none, m->trend_at[end], m->trend[end],
                  (double[]){ fmin(a, b), NAN, NAN, NAN, NAN, fmax(a, b) });
    }
    for (size_t k = 1; !rc && k < m->n_fan; k++)
        rc = emit(c, to, "forecast", none, m->fan_at[k], m->fan[3][k],
                  (double[]){ m->fan[0][k], m->fan[1][k], m->fan[2][k], m->fan[4][k], m->fan[5][k], m->fan[6][k] });
    for (size_t k = 0; !rc && k < m->n_path; k++) rc = emit(c, to, "required", none, m->path_at[k], m->path[k], NULL);
    if (!rc && m->has_goal) rc = emit(c, to, "target", m->target->due, m->due_at, m->goal, NULL);
    return rc;
}

int nf_trend_model_rows(nf_ctx *c, const nf_trend_model *m, nf_sink to)
{
    if (!to.begin) return NF_OK;
    int rc = to.begin(to.self, c, "trend", fields);
    if (!rc) rc = rows(c, m, to);
    return to.end(to.self, c, rc);
}
