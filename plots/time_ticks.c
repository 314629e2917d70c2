/* time_ticks.c - ticks of a calendar axis: the finest step whose labels still have room. */
#include "scale.h"
#include "scene.h"
#include <math.h>
#include <string.h>

typedef struct { nf_freq freq; int every; double years; } step;
static const step steps[] = {
    { NF_HOUR, 1, 1 / 8766.0 }, { NF_HOUR, 3, 3 / 8766.0 }, { NF_HOUR, 6, 6 / 8766.0 }, { NF_HOUR, 12, 12 / 8766.0 },
    { NF_DAY, 1, 1 / 365.25 }, { NF_DAY, 2, 2 / 365.25 }, { NF_WEEK, 1, 7 / 365.25 }, { NF_WEEK, 2, 14 / 365.25 },
    { NF_MONTH, 1, 1 / 12.0 }, { NF_MONTH, 3, 3 / 12.0 }, { NF_MONTH, 6, 6 / 12.0 }, { NF_YEAR, 1, 1 },
    { NF_YEAR, 2, 2 },
    { NF_YEAR, 5, 5 }, { NF_YEAR, 10, 10 }, { NF_YEAR, 20, 20 }, { NF_YEAR, 50, 50 }, { NF_YEAR, 100, 100 },
    { NF_YEAR, 200, 200 }, { NF_YEAR, 500, 500 }, { NF_YEAR, 1000, 1000 }, { NF_YEAR, 5000, 5000 }
};

double nf_axis_position(const nf_axis *t, size_t i)
{
    if (t->start.freq != NF_NUMBER) return nf_period_years(nf_axis_at(t, i));
    return t->num ? t->num[i] : (double)nf_axis_at(t, i).ord;
}

/* Never finer than the series itself: a monthly axis has no ticks between its months. A year's label is short. */
static const step *choose(nf_freq freq, double years, double labels)
{
    size_t n = sizeof steps / sizeof *steps, i = 0;
    while (i + 1 < n && (years / steps[i].years > labels * (steps[i].freq == NF_YEAR ? 1.3 : 1)
                         || steps[i].freq > freq)) i++;
    return &steps[i];
}

static int64_t on_grid(int64_t ord, int every)
{
    int64_t rest = ord % every;
    return rest ? ord - rest + (rest < 0 ? 0 : every) : ord;
}

/* The period of the axis in which the tick's unit begins. */
static double position(nf_period unit, nf_period first)
{
    int64_t begin = nf_period_begin(unit);
    if (first.freq == NF_YEAR) return nf_period_years(unit);
    nf_period there = nf_period_of_day((nf_freq)first.freq, (begin - (begin % 86400 + 86400) % 86400) / 86400);
    if (first.freq >= NF_HOUR) {
        there.ord = first.freq == NF_HOUR ? begin / 3600 : begin / 60;
        there.span = 1;
    }
    return nf_period_years(there);
}

static size_t ticks_of(nf_ctx *c, nf_time_tick *out, size_t max, const step *s, nf_period first, double to,
                       const char *lang)
{
    double from = nf_period_years(first);
    nf_period unit = nf_period_convert(first, s->freq);
    size_t n = 0;
    unit.span = 1;
    unit.ord = on_grid(unit.ord, s->every);
    for (; n < max; unit.ord += s->every) {
        double at = position(unit, first);
        if (at > to + 1e-9) break;
        if (at < from - 1e-9) continue;
        out[n] = (nf_time_tick){ at, nf_tick_date(c, unit, !n, lang), false };
        n++;
    }
    return n;
}

/* No label touches the next: all of them are shown, or a coarser step is. */
static bool fits(const nf_time_tick *t, size_t n, double scale)
{
    for (size_t i = 1; i < n; i++) {
        double halves = (nf_text_width(t[i - 1].label, 13, false) + nf_text_width(t[i].label, 13, false)) / 2;
        if ((t[i].at - t[i - 1].at) * scale < halves * 1.05 + 6) return false;
    }
    return true;
}

size_t nf_time_ticks(nf_ctx *c, nf_time_tick *out, size_t max, nf_period first, nf_period last, double width,
                     const char *lang)
{
    double from = nf_period_years(first), to = nf_period_years(last);
    const step *s = choose((nf_freq)first.freq, to - from, width / (width < 360 ? 50 : 70)),
               *coarsest = &steps[sizeof steps / sizeof *steps - 1];
    size_t n = ticks_of(c, out, max, s, first, to, lang);
    for (; s < coarsest && !fits(out, n, width / (to - from)); s++) {
        n = ticks_of(c, out, max, s + 1, first, to, lang);
        if (!n) return ticks_of(c, out, max, s, first, to, lang);              /* a crowded axis beats a bare one */
    }
    return n;
}
