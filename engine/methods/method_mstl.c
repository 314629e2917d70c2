/* method_mstl.c - trend and several seasons at once, by STL in turn (MSTL). */
#include "stl.h"
#include <math.h>
#include <string.h>

enum { SPREAD, TREND, SEASONAL, SEASONAL_1, SEASONAL_2, SEASONAL_3, REMAINDER };
static const nf_field out[] = {
    [SPREAD]     = { "remainder_sd", NF_F64, NF_OF_DY, { "standard deviation of the remainder", "余项标准差" } },
    [TREND]      = { "trend", NF_ARRAY, NF_OF_Y, { "trend, at every step of the grid", "趋势项" } },
    [SEASONAL]   = { "seasonal", NF_ARRAY, NF_OF_DY, { "all seasons together", "季节项合计" } },
    [SEASONAL_1] = { "seasonal_1", NF_ARRAY, NF_OF_DY, { "the shortest season", "最短季节项" } },
    [SEASONAL_2] = { "seasonal_2", NF_ARRAY, NF_OF_DY, { "the next one", "第二季节项" } },
    [SEASONAL_3] = { "seasonal_3", NF_ARRAY, NF_OF_DY, { "the longest of three", "第三季节项" } },
    [REMAINDER]  = { "remainder", NF_ARRAY, NF_OF_DY, { "what is left; empty where the value is missing", "余项" } },
    { 0 }
};
static const nf_field opt[] = {
    { "cycles", NF_ARRAY, NF_FREE, { "the STEPS of each cycle, up to three; left out: by the calendar", "各季节周期（最多三个）" },
      .lo = 2, .hi = 1e6 },
    { 0 }
};
enum { SEASONS = 3, TURNS = 2 };

/* Cycles in rising order: those asked for, else the calendar's: hours have a day and a week. */
static size_t cycles_of(size_t period[SEASONS], const nf_sample *s, nf_span asked)
{
    size_t n = 0, main = (size_t)nf_season_count(s);
    for (size_t i = 0; asked.v && i < asked.n && n < SEASONS; i++) period[n++] = (size_t)asked.v[i];
    if (!asked.v && main > 1) period[n++] = main;
    if (!asked.v && main == 24 && s->series->t.start.freq == NF_HOUR) period[n++] = 168;
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && period[j] < period[j - 1]; j--) {
            size_t t = period[j];
            period[j] = period[j - 1];
            period[j - 1] = t;
        }
    while (n && s->rows <= 2 * period[n - 1]) n--;
    return n;
}

/* y becomes what the seasons leave; each turn gives one season back and finds it anew. */
static int decompose(nf_ctx *c, double *y, double *trend, double *const *seasonal, const size_t *period, size_t n,
                     size_t rows)
{
    for (int turn = 0; turn < (n > 1 ? TURNS : 1); turn++)
        for (size_t k = 0; k < n; k++) {
            nf_stl_form f = nf_stl_form_of(rows, period[k], 11 + 4 * k, 0, false);
            for (size_t i = 0; i < rows; i++) y[i] += seasonal[k][i];
            int rc = nf_stl(c, seasonal[k], trend, &f, y, rows);
            if (rc) return rc;
            for (size_t i = 0; i < rows; i++) y[i] -= seasonal[k][i];
        }
    return NF_OK;
}

static int fit(nf_ctx *c, nf_result *r, const nf_sample *s, size_t n_in, const nf_value *o)
{
    (void)n_in;
    size_t period[SEASONS], n = cycles_of(period, s, o[0].a), rows = s->rows;
    double *y = nf_scratch(c, rows * sizeof *y), *seasonal[SEASONS] = { NULL };
    if (!y) return NF_ENOMEM;
    if (!nf_has_grid(s) || !n || !nf_stl_grid(y, s, period[n - 1])) {
        r->status = NF_NOT_APPLICABLE;
        return NF_OK;
    }
    double *trend = nf_array_out(c, &r->v[TREND], rows), *all = nf_array_out(c, &r->v[SEASONAL], rows);
    double *remainder = nf_array_out(c, &r->v[REMAINDER], rows);
    for (size_t k = 0; k < n; k++)
        if (!(seasonal[k] = nf_array_out(c, &r->v[SEASONAL_1 + k], rows))) return NF_ENOMEM;
    if (!trend || !all || !remainder) return NF_ENOMEM;
    int rc = decompose(c, y, trend, seasonal, period, n, rows);
    long double mean = 0, ss = 0;
    for (size_t i = 0; !rc && i < rows; i++) {
        for (size_t k = 0; k < n; k++) all[i] += seasonal[k][i];
        remainder[i] = y[i] - trend[i];
        if (!isnan(y[i])) mean += remainder[i] / (long double)s->n;
    }
    for (size_t i = 0; !rc && i < rows; i++)
        if (!isnan(y[i])) ss += (remainder[i] - mean) * (remainder[i] - mean);
    r->v[SPREAD].f = (double)sqrtl(ss / ((long double)s->n - 1));
    return rc;
}

const nf_method nf_method_mstl = {
    .row = { .name = "mstl", .title = { "trend and several seasons (MSTL)", "多重季节趋势分解" },
             .formula = "for each cycle, shortest first, twice: give its season back, find it by STL (window 11, 15, "
                        "19), take it away; "
                        "trend of the last STL",
             .cite = "Bandara, Hyndman and Bergmeir (2021) arXiv 2107.13462",
             .use = "Hourly traffic or air: hours of the day and days of the week at once.",
             .avoid = "One season (stl); cycles that are not whole steps.",
             .peers = "The steps of R forecast mstl (without its interpolation of gaps), over this program's stl.",
             .opt = opt },
    .min_n = 6, .min_in = 1, .max_in = 1, .out = out, .fit = fit
};
