/* line.c - least squares about the means, and what a slope says with its standard error. */
#include "line.h"
#include "real.h"
#include <math.h>
#include <string.h>

nf_line nf_line_weighted(const nf_sample *s, const double *w)
{
    nf_line l = { .s = s };
    for (size_t i = 0; i < s->n; i++) {
        long double m = w ? w[i] : 1;
        l.n += m;
        l.mx += m * s->tick[i];
        l.my += m * s->y[i];
    }
    l.mx /= l.n;
    l.my /= l.n;
    for (size_t i = 0; i < s->n; i++) {
        long double m = w ? w[i] : 1, dx = nf_line_dx(&l, i), dy = s->y[i] - l.my;
        l.sxx += m * dx * dx;
        l.sxy += m * dx * dy;
        l.syy += m * dy * dy;
    }
    l.b = l.sxx > 0 ? l.sxy / l.sxx : 0;
    for (size_t i = 0; i < s->n; i++) {
        long double e = nf_line_residual(&l, i);
        l.sse += (w ? w[i] : 1) * e * e;
    }
    return l;
}

nf_line nf_line_of(const nf_sample *s) { return nf_line_weighted(s, NULL); }

double nf_line_slope(const nf_line *l) { return (double)(l->b * l->s->ticks); }
double nf_line_intercept(const nf_line *l) { return (double)(l->my - l->b * l->mx); }

double nf_durbin_watson(const nf_line *l)
{
    long double sum = 0, last = nf_line_residual(l, 0);
    for (size_t i = 1; i < l->s->n; i++) {
        long double e = nf_line_residual(l, i);
        sum += (e - last) * (e - last);
        last = e;
    }
    return l->sse > 0 ? (double)(sum / l->sse) : NAN;
}

nf_sums *nf_sums_of(nf_ctx *c, const nf_line *l)
{
    size_t n = l->s->n;
    nf_sums *to = nf_scratch(c, (n + 1) * sizeof *to);
    if (!to) return NULL;
    to[0] = (nf_sums){ 0 };
    for (size_t i = 0; i < n; i++) {
        long double x = nf_line_dx(l, i), y = l->s->y[i] - l->my;
        to[i + 1] = (nf_sums){ to[i].x + x, to[i].y + y, to[i].xx + x * x, to[i].xy + x * y, to[i].yy + y * y };
    }
    return to;
}

long double nf_sums_rss(const nf_sums *s, size_t a, size_t b, bool line)
{
    const nf_sums *p = &s[a], *q = &s[b];
    long double n = (long double)(b - a), x = q->x - p->x, y = q->y - p->y;
    long double syy = q->yy - p->yy - y * y / n, sxx = q->xx - p->xx - x * x / n, sxy = q->xy - p->xy - x * y / n;
    if (line && sxx > 0) syy -= sxy * sxy / sxx;
    return syy > 0 ? syy : 0;
}

bool nf_line_stands(nf_result *r, const nf_line *l)
{
    if (!(l->sxx > 0)) {
        r->status = NF_NOT_APPLICABLE;
        return false;
    }
    if (l->syy > 0) return true;
    r->status = NF_CONSTANT;
    r->flags |= NF_F_DEGENERATE;
    return false;
}

void nf_line_fill(nf_result *r, const nf_line *l, long double var_slope, long double var_intercept)
{
    double dof = (double)l->s->n - 2, b = nf_line_slope(l), se = (double)sqrtl(var_slope) * l->s->ticks;
    double q = nf_t_quantile(1 - l->s->set.alpha / 2, dof);
    r->v[NF_LS_SLOPE].f = b;
    r->v[NF_LS_INTERCEPT].f = nf_line_intercept(l);
    r->v[NF_LS_SE_SLOPE].f = se;
    r->v[NF_LS_SE_INTERCEPT].f = (double)sqrtl(var_intercept);
    r->v[NF_LS_SIGMA].f = (double)sqrtl(l->sse / (l->n - 2));
    r->v[NF_LS_SLOPE_LO].f = b - q * se;
    r->v[NF_LS_SLOPE_HI].f = b + q * se;
    if (se > 0) {
        r->v[NF_LS_T].f = b / se;
        r->v[NF_LS_P].f = nf_t_two_sided(b / se, dof);
        r->v[NF_LS_LOG10_P].f = nf_t_log10_two_sided(b / se, dof);
    }
    if (!(l->syy > 0)) return;
    r->v[NF_LS_R2].f = (double)(1 - l->sse / l->syy);
    r->v[NF_LS_DW].f = nf_durbin_watson(l);
}

double *nf_array_out(nf_ctx *c, nf_value *v, size_t n)
{
    double *room = nf_alloc(c, n * sizeof *room);
    if (room) v->a = (nf_span){ room, n };
    return room;
}

int64_t nf_point_place(const nf_sample *s, size_t i) { return (int64_t)s->row[i] + 1; }

double nf_point_time(const nf_sample *s, size_t i)
{
    return s->series->t.start.freq == NF_NUMBER ? s->tick[i] : (double)(s->first + s->grid * (int64_t)s->row[i]);
}

nf_period nf_point_period(const nf_sample *s, size_t i)
{
    nf_period p = s->series->t.start;
    if (p.freq != NF_NUMBER) {
        p.ord = s->first + s->grid * (int64_t)s->row[i];
        return p;
    }
    bool whole = s->tick[i] == rint(s->tick[i]) && fabs(s->tick[i]) < 0x1p53 && s->set.per != NF_PER_STEP;
    return (nf_period){ whole ? (int64_t)s->tick[i] : nf_point_place(s, i), NF_NUMBER, 1 };
}

bool nf_has_grid(const nf_sample *s)
{
    return s->rows <= 64 * s->n + 1024 && !(s->flags & (NF_F_DUPLICATE_TIMES | NF_F_UNEVEN));
}

char *nf_point_periods(nf_ctx *c, const nf_sample *s, const size_t *last, size_t m)
{
    char *text = nf_alloc(c, m * 40 + 1);
    size_t used = 0;
    for (size_t j = 0; text && j < m; j++) {
        char one[64];
        nf_period_text(one, nf_point_period(s, last[j] - 1));
        size_t len = strnlen(one, 38);
        if (j) text[used++] = ' ';
        memcpy(text + used, one, len);
        used += len;
    }
    return text;
}
