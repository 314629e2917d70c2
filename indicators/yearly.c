/* yearly.c - folding into years: counts against the calendar, not against the rows that happen to be there. */
#include "yearly.h"
#include <math.h>
#include <string.h>

static int64_t year_of(nf_period p) { return nf_period_convert(p, NF_YEAR).ord; }

/* Periods of this axis that a calendar year has. Step and span are equal on a gapless axis. */
static double periods_in_year(const nf_axis *t, int64_t year)
{
    nf_period one = t->start, whole = { year, NF_YEAR, 1 };
    double days = (double)(nf_period_end(whole) - nf_period_begin(whole)) / 86400;
    double units = one.freq == NF_MINUTE ? days * 1440 : one.freq == NF_HOUR ? days * 24 : one.freq == NF_DAY ? days
                 : one.freq == NF_WEEK ? days / 7 : one.freq == NF_MONTH ? 12 : one.freq == NF_QUARTER ? 4
                 : one.freq == NF_THIRD ? 3 : one.freq == NF_HALF ? 2 : 1;
    return units / one.span;
}

static int years_new(nf_ctx *c, nf_years *out, const nf_series *s)
{
    int64_t first = year_of(nf_axis_at(&s->t, 0)), last = year_of(nf_axis_at(&s->t, s->t.n - 1));
    *out = (nf_years){ first, (size_t)(last - first + 1), NULL };
    out->y = nf_alloc(c, out->n * sizeof *out->y);
    return out->y ? NF_OK : NF_ENOMEM;
}

static int fold_by_share(nf_ctx *c, nf_years *out, const nf_series *s, double share, bool mean)
{
    double *count = nf_scratch(c, out->n * sizeof *count);
    if (!count) return NF_ENOMEM;
    memset(count, 0, out->n * sizeof *count);
    for (size_t i = 0; i < s->t.n; i++) {
        if (isnan(s->y[i])) continue;
        size_t k = (size_t)(year_of(nf_axis_at(&s->t, i)) - out->first);
        out->y[k] += s->y[i];
        count[k] += 1;
    }
    for (size_t k = 0; k < out->n; k++) {
        bool valid = count[k] > 0 && count[k] >= share * floor(periods_in_year(&s->t, out->first + (int64_t)k));
        out->y[k] = !valid ? NAN : mean ? out->y[k] / count[k] : out->y[k];
    }
    return NF_OK;
}

typedef struct { double sum; int hours; } day_sum;

/* Days first, from their hours; then the year from its valid days, if every month has enough of them. */
static int fold_by_gb3095(nf_ctx *c, nf_years *out, const nf_series *s)
{
    enum { HOURS = 20, DAYS = 324, IN_MONTH = 27, IN_FEBRUARY = 25 };
    int64_t first = nf_period_begin((nf_period){ out->first, NF_YEAR, 1 }) / 86400;
    int64_t end = nf_period_end((nf_period){ out->first + (int64_t)out->n - 1, NF_YEAR, 1 }) / 86400;
    day_sum *day = nf_scratch(c, (size_t)(end - first) * sizeof *day);
    if (!day) return NF_ENOMEM;
    memset(day, 0, (size_t)(end - first) * sizeof *day);
    for (size_t i = 0; i < s->t.n; i++) {
        if (isnan(s->y[i])) continue;
        day_sum *d = &day[nf_period_convert(nf_axis_at(&s->t, i), NF_DAY).ord - first];
        d->sum += s->y[i];
        d->hours += s->t.start.freq == NF_HOUR ? 1 : 24;
    }
    for (size_t k = 0; k < out->n; k++) {
        int valid = 0, poor = 0;
        double sum = 0;
        for (int month = 1; month <= 12; month++) {
            int64_t from = nf_day_of_civil(out->first + (int64_t)k, month, 1) - first;
            int days = nf_days_in_month(out->first + (int64_t)k, month), good = 0;
            for (int64_t i = from; i < from + days; i++)
                if (day[i].hours >= HOURS) {
                    sum += day[i].sum / (s->t.start.freq == NF_HOUR ? day[i].hours : 1);
                    good++;
                }
            valid += good;
            poor += good < (month == 2 ? IN_FEBRUARY : IN_MONTH);
        }
        out->y[k] = valid >= DAYS && !poor ? sum / valid : NAN;
    }
    return NF_OK;
}

int nf_years_fold(nf_ctx *c, nf_years *out, const nf_series *s, nf_year_rule rule, bool mean)
{
    *out = (nf_years){ 0 };
    if (!s->t.n) return NF_OK;
    if (s->t.start.freq == NF_NUMBER) return nf_fail(c, NF_EINVAL, "%s has no calendar, so no years", s->meta->key);
    if (rule == NF_YEAR_GB3095 && s->t.start.freq != NF_HOUR && s->t.start.freq != NF_DAY)
        return nf_fail(c, NF_EINVAL, "the rules of GB 3095 count hours or days, %s has neither", s->meta->key);
    int rc = years_new(c, out, s);
    if (rc) return rc;
    return rule == NF_YEAR_GB3095 ? fold_by_gb3095(c, out, s)
        : fold_by_share(c, out, s, rule == NF_YEAR_WHOLE ? 1 : .75, mean);
}

int nf_years_over(nf_ctx *c, nf_series *out, const nf_series *in, size_t n, nf_year_rule rule, bool mean)
{
    nf_years *one = nf_scratch(c, n * sizeof *one);
    int64_t first = INT64_MAX, last = INT64_MIN;
    if (!one) return NF_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        int rc = nf_years_fold(c, &one[i], &in[i], rule, mean);
        if (rc) return rc;
        if (!one[i].n) continue;
        if (one[i].first < first) first = one[i].first;
        if (one[i].first + (int64_t)one[i].n - 1 > last) last = one[i].first + (int64_t)one[i].n - 1;
    }
    size_t years = last < first ? 0 : (size_t)(last - first + 1), valid;
    double *y = nf_alloc(c, (years + 1) * sizeof *y);
    if (!y) return NF_ENOMEM;
    for (size_t k = 0; k < years; k++) {
        y[k] = 0;
        valid = 0;
        for (size_t i = 0; i < n; i++) {
            int64_t at = first + (int64_t)k - one[i].first;
            if (at < 0 || at >= (int64_t)one[i].n || isnan(one[i].y[at])) continue;
            y[k] += one[i].y[at];
            valid++;
        }
        bool enough = valid && (double)valid >= (n < 4 ? .5 : .75) * (double)n;
        y[k] = enough ? y[k] / (double)valid : NAN;
    }
    *out = (nf_series){ NULL, { .start = { years ? first : 0, NF_YEAR, 1 }, .step = 1, .n = years }, y, NULL };
    return NF_OK;
}
