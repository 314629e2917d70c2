/* figures.c - the figures of a series as a target sees them: finite, in order, at their places in time. */
#include "judge.h"
#include <math.h>

const char *nf_case_unit(const nf_case *k)
{
    return k->series && k->series->meta ? k->series->meta->unit : NULL;
}

static nf_period unit_of(const nf_figures *f, nf_period p)
{
    return nf_period_convert(p, (nf_freq)f->of->t.start.freq);
}

static bool is_figure(const nf_series *s, size_t i)
{
    return isfinite(s->y[i]) && !(s->status && s->status[i] & NF_FORECAST);
}

static int places_in_year(int32_t freq)
{
    return freq == NF_MONTH ? 12 : freq == NF_QUARTER ? 4 : freq == NF_THIRD ? 3 : freq == NF_HALF ? 2 : 0;
}

/* Every period goes from the start of its year to its place in it, and not all are the first. */
int nf_year_to_date(const nf_series *s)
{
    int places = s && s->t.n ? places_in_year(s->t.start.freq) : 0;
    bool longer = false;
    if (!places || (!s->t.span && s->t.n > 1)) return 0;
    for (size_t i = 0; i < s->t.n; i++) {
        nf_period p = nf_axis_at(&s->t, i);
        if (p.span != p.ord % places + 1) return 0;
        longer |= p.span > 1;
    }
    return longer ? places : 0;
}

/* The step is the span (15 minutes) where all figures keep to it, else one unit of the frequency. */
static int64_t step_of(const nf_figures *f)
{
    int64_t span = f->n ? f->of->t.start.span : 1;
    if (span <= 1) return 1;
    for (size_t i = 1; i < f->n; i++)
        if ((f->ord[i] - f->ord[0]) % span) return 1;
    return span;
}

/* The place in the year at which figures of different years can be compared. */
static int64_t comparable(const nf_series *s, int places, nf_period due)
{
    nf_period p = nf_period_is_empty(due) ? nf_axis_at(&s->t, s->t.n - 1) : nf_period_convert(due,
        (nf_freq)s->t.start.freq);
    return p.ord % places;
}

int nf_figures_of(nf_ctx *c, nf_figures *f, const nf_series *s, nf_period due)
{
    size_t rows = s ? s->t.n : 0;
    int places = nf_year_to_date(s);
    int64_t place = places ? comparable(s, places, due) : 0;
    *f = (nf_figures){ .of = s, .step = 1 };
    f->row = nf_scratch(c, rows * sizeof *f->row);
    f->y = nf_scratch(c, rows * sizeof *f->y);
    f->year = nf_scratch(c, rows * sizeof *f->year);
    f->ord = nf_scratch(c, rows * sizeof *f->ord);
    f->end = nf_scratch(c, rows * sizeof *f->end);
    if (!f->row || !f->y || !f->year || !f->ord || !f->end) return NF_ENOMEM;
    for (size_t i = 0; i < rows; i++) {
        if (!is_figure(s, i)) continue;
        nf_period p = nf_axis_at(&s->t, i);
        if (places && p.ord % places != place) continue;
        f->row[f->n] = i;
        f->y[f->n] = s->y[i];
        f->year[f->n] = nf_period_years(p);
        f->ord[f->n] = p.ord;
        f->end[f->n++] = nf_period_end(p);
    }
    f->step = places ? places : step_of(f);
    return NF_OK;
}

nf_period nf_figure_period(const nf_figures *f, size_t i) { return nf_axis_at(&f->of->t, f->row[i]); }

bool nf_figure_find(const nf_figures *f, nf_period p, size_t *at)
{
    if (!f->n || nf_period_is_empty(p)) return false;
    int64_t end = nf_period_end(unit_of(f, p));
    for (size_t i = f->n; i-- > 0 && f->end[i] >= end;)
        if (f->end[i] == end) {
            *at = i;
            return true;
        }
    return false;
}

double nf_figure_year(const nf_figures *f, nf_period p)
{
    if (nf_period_is_empty(p)) return NAN;
    return nf_period_years(f->n ? unit_of(f, p) : p);
}

int64_t nf_figure_steps(const nf_figures *f, nf_period p)
{
    int64_t ahead = unit_of(f, p).ord - f->ord[f->n - 1];
    return ahead >= 0 ? (ahead + f->step - 1) / f->step : ahead / f->step;
}
