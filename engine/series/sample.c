/* sample.c - the finite points of one series on the axis asked for, in order, with what must be flagged. */
#include "methods/rank.h"
#include <math.h>
#include <string.h>

nf_setting nf_setting_default(void) { return (nf_setting){ .alpha = 0.05, .per = NF_PER_YEAR }; }

/* ---- the axis: how periods become ticks ---- */

/* tick = (ordinal - first ordinal) * mul, ticks to a unit; or, where the calendar is not that regular, years, months
 * or days since the first period by `since`. */
typedef struct { int64_t mul; double ticks; double (*since)(nf_period first, nf_period); } scale;

static double months_since(nf_period first, nf_period p) { return 12 * nf_years_between(first, p); }
static double days_since(nf_period first, nf_period p)
{
    return (double)(nf_period_begin(p) - nf_period_begin(first)) / 86400;
}

static scale scale_of(int32_t freq, nf_per per)
{
    int months = nf_freq_months((nf_freq)freq);
    if (per == NF_PER_YEAR) return months ? (scale){ 1, 12 / months, NULL } : (scale){ 1, 1, nf_years_between };
    if (per == NF_PER_MONTH) return months ? (scale){ months, 1, NULL } : (scale){ 1, 1, months_since };
    switch (freq) {
    case NF_WEEK:   return (scale){ 7, 1, NULL };
    case NF_DAY:    return (scale){ 1, 1, NULL };
    case NF_HOUR:   return (scale){ 1, 24, NULL };
    case NF_MINUTE: return (scale){ 1, 1440, NULL };
    default:        return (scale){ 1, 1, days_since };
    }
}

/* ---- the grid ---- */

static int64_t ord_at(const nf_axis *t, size_t i)
{
    return t->ord ? t->ord[i] : t->start.ord + (int64_t)i * t->step;
}

static double number_at(const nf_axis *t, size_t i) { return t->num ? t->num[i] : (double)ord_at(t, i); }

/* The step of plain numbers: the smallest difference, where it divides every other one exactly and all are
 * whole; 0 where there is none. */
static int64_t number_grid(const double *x, size_t n)
{
    enum { MOST = 64 };                            /* steps a point: a sparser set is no grid */
    double least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (x[i] != rint(x[i]) || fabs(x[i]) > 0x1p53) return 0;
        double d = i ? x[i] - x[i - 1] : 0;
        if (d > 0 && d < least) least = d;
    }
    if (!(least < 0x1p53) || (x[n - 1] - x[0]) / least > (double)n * MOST) return 0;
    int64_t g = (int64_t)least;
    for (size_t i = 1; i < n; i++)
        if (x[i] - x[i - 1] != least && (int64_t)(x[i] - x[i - 1]) % g) return 0;
    return g;
}

/* ---- points ---- */

typedef struct { double x, y; size_t i; } point;

static bool before(const point *a, const point *b) { return a->x < b->x || (a->x == b->x && a->y < b->y); }

/* Rarely needed: a calendar axis is in order, plain numbers nearly always are. */
static int sort_points(nf_ctx *c, point *p, size_t n)
{
    point *t = nf_scratch(c, n * sizeof *t), *from = p, *to = t;
    if (!t) return NF_ENOMEM;
    for (size_t w = 1; w < n; w *= 2) {
        for (size_t i = 0; i < n; i += 2 * w) {
            size_t m = i + w < n ? i + w : n, e = i + 2 * w < n ? i + 2 * w : n, l = i, r = m;
            for (size_t k = i; k < e; k++)
                to[k] = l == m || (r < e && before(&from[r], &from[l])) ? from[r++] : from[l++];
        }
        point *swap = from;
        from = to;
        to = swap;
    }
    if (from != p) memcpy(p, from, n * sizeof *p);
    return NF_OK;
}

typedef struct { double *x, *y, *tick; size_t *row, n; bool *below; } points;

static int order_numbers(nf_ctx *c, points *p)
{
    bool sorted = true;
    for (size_t i = 1; i < p->n && sorted; i++)
        sorted = p->tick[i] > p->tick[i - 1] || (p->tick[i] == p->tick[i - 1] && p->y[i] >= p->y[i - 1]);
    if (sorted) return NF_OK;
    point *q = nf_scratch(c, p->n * sizeof *q);
    bool *below = nf_scratch(c, p->n);
    if (!q || !below) return NF_ENOMEM;
    for (size_t i = 0; i < p->n; i++) q[i] = (point){ p->tick[i], p->y[i], i };
    int rc = sort_points(c, q, p->n);
    if (rc) return rc;
    if (p->below) memcpy(below, p->below, p->n);
    for (size_t i = 0; i < p->n; i++) {
        p->tick[i] = q[i].x;
        p->y[i] = q[i].y;
        if (p->below) p->below[i] = below[q[i].i];
    }
    for (size_t i = 1; i < p->n; i++) p->row[i] = p->row[i - 1] + (q[i].x > q[i - 1].x);
    return NF_OK;
}

/* Plain numbers: rows by the grid where there is one. Returns whether the steps are even. */
static bool number_rows(points *p, size_t rows_listed, size_t *rows)
{
    int64_t g = p->n > 1 ? number_grid(p->tick, p->n) : 0;
    *rows = rows_listed;
    if (!g) return p->n < 2;
    double first = p->tick[0];
    size_t lead = p->row[0];
    for (size_t i = 0; i < p->n; i++) p->row[i] = lead + (size_t)((p->tick[i] - first) / (double)g);
    if (p->row[p->n - 1] >= *rows) *rows = p->row[p->n - 1] + 1;
    return true;
}

/* Point p->n is that of period i. */
static void note_limit(points *p, const nf_series *s, size_t i)
{
    if (p->below) p->below[p->n] = s->status[i] & NF_BELOW_LIMIT;
}

static int fill_numbers(nf_ctx *c, points *p, nf_sample *s)
{
    const nf_axis *t = &s->series->t;
    for (size_t i = 0; i < t->n; i++) {
        double y = s->series->y[i], x = number_at(t, i);
        if (!isfinite(y) || !isfinite(x)) continue;
        note_limit(p, s->series, i);
        p->tick[p->n] = x;
        p->y[p->n] = y;
        p->row[p->n++] = i;
    }
    int rc = order_numbers(c, p);
    if (rc) return rc;
    if (!number_rows(p, t->n, &s->rows)) s->flags |= NF_F_UNEVEN;
    for (size_t i = 1; i < p->n; i++)
        if (p->tick[i] == p->tick[i - 1]) s->flags |= NF_F_DUPLICATE_TIMES;
    s->ticks = 1;
    return NF_OK;
}

static void fill_calendar(points *p, nf_sample *s)
{
    const nf_axis *t = &s->series->t;
    scale by = scale_of(t->start.freq, s->set.per);
    nf_period first = t->n ? nf_axis_at(t, 0) : t->start;
    s->grid = nf_axis_grid(t);
    s->first = t->n ? ord_at(t, 0) : 0;
    s->rows = t->n ? (size_t)((ord_at(t, t->n - 1) - s->first) / s->grid) + 1 : 0;
    s->ticks = by.ticks;
    for (size_t i = 0; i < t->n; i++) {
        double y = s->series->y[i];
        if (!isfinite(y)) continue;
        int64_t step = ord_at(t, i) - s->first;
        note_limit(p, s->series, i);
        p->y[p->n] = y;
        p->row[p->n] = t->ord ? (size_t)(step / s->grid) : i;
        p->tick[p->n++] = by.since ? by.since(first, nf_axis_at(t, i)) : (double)(step * by.mul);
    }
}

/* A period that says where a plain number stands: the number where it is whole, else its row. */
static nf_period number_period(double x, size_t row)
{
    bool whole = x == rint(x) && fabs(x) < 0x1p53;
    return (nf_period){ .ord = whole ? (int64_t)x : (int64_t)row, .freq = NF_NUMBER, .span = 1 };
}

static void find_ends(nf_sample *s)
{
    const nf_axis *t = &s->series->t;
    if (!s->n) return;
    if (t->start.freq == NF_NUMBER) {
        s->from = number_period(s->tick[0], s->row[0]);
        s->to = number_period(s->tick[s->n - 1], s->row[s->n - 1]);
        return;
    }
    size_t a = 0, b = t->n - 1;
    while (!isfinite(s->series->y[a])) a++;
    while (!isfinite(s->series->y[b])) b--;
    s->from = nf_axis_at(t, a);
    s->to = nf_axis_at(t, b);
}

static void flag_what_is_seen(nf_sample *s)
{
    size_t steps = 0;
    for (size_t i = 0; i < s->n; i++) steps += !i || s->row[i] != s->row[i - 1];
    if (steps < s->rows) s->flags |= NF_F_GAPS;
    for (size_t i = 0; s->series->status && i < s->series->t.n; i++)
        if (s->series->status[i] & NF_BREAK) s->flags |= NF_F_BREAK;
    for (size_t i = 0; s->below && i < s->n; i++)
        if (s->below[i]) s->flags |= NF_F_BELOW_LIMIT;
}

/* FNV-1a of the key: the same series draws the same random numbers wherever it stands. */
static uint64_t seed_of(const nf_series *series)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const char *k = series->meta ? series->meta->key : NULL; k && *k; k++)
        h = (h ^ (unsigned char)*k) * 0x100000001b3u;
    return h;
}

/* Room to mark points in, where any period has a limit for a value. */
static int room_for_limits(nf_ctx *c, points *p, const nf_series *s)
{
    size_t i = 0, n = s->status ? s->t.n : 0;
    while (i < n && !(s->status[i] & NF_BELOW_LIMIT)) i++;
    if (i < n && !(p->below = nf_scratch(c, n))) return NF_ENOMEM;
    return NF_OK;
}

static void per_step(points *p, nf_sample *s)
{
    for (size_t i = 0; i < p->n; i++) p->tick[i] = (double)(p->row[i] + 1);
    s->flags &= ~(uint32_t)(NF_F_UNEVEN);
    s->ticks = 1;
}

int nf_sample_of(nf_ctx *c, nf_sample *s, const nf_series *series, const nf_setting *set)
{
    size_t n = series->t.n;
    double *room = nf_scratch(c, 3 * n * sizeof *room);
    size_t *row = nf_scratch(c, n * sizeof *row);
    struct nf_shared *shared = nf_scratch(c, sizeof *shared);
    double *sorted = nf_scratch(c, 2 * n * sizeof *sorted);
    if (!room || !row || !shared || !sorted) return NF_ENOMEM;
    *shared = (struct nf_shared){ .room = sorted };
    points p = { .x = room, .y = room + n, .tick = room + 2 * n, .row = row };
    *s = (nf_sample){ .series = series, .set = *set, .seed = seed_of(series), .grid = 1, .shared = shared };
    int rc = room_for_limits(c, &p, series);
    if (!rc && series->t.start.freq == NF_NUMBER) rc = fill_numbers(c, &p, s);
    else if (!rc) fill_calendar(&p, s);
    if (rc) return rc;
    s->n = p.n;
    s->tick = p.tick;
    s->y = p.y;
    s->row = p.row;
    s->below = p.below;
    find_ends(s);
    flag_what_is_seen(s);
    if (set->per == NF_PER_STEP) per_step(&p, s);
    for (size_t i = 0; i < p.n && s->ticks != 1; i++) p.x[i] = p.tick[i] / s->ticks;
    s->x = s->ticks == 1 ? p.tick : p.x;
    return NF_OK;
}

/* ---- seasons ---- */

int nf_season_count(const nf_sample *s)
{
    if (s->set.season_length > 0) return s->set.season_length;
    switch (s->series->t.start.freq) {
    case NF_HALF: case NF_THIRD: case NF_QUARTER: case NF_MONTH:
        return 12 / nf_freq_months((nf_freq)s->series->t.start.freq);
    case NF_DAY:  return 7;
    case NF_HOUR: return 24;
    default:      return 0;
    }
}

int nf_season_of(const nf_sample *s, size_t i)
{
    int64_t n = nf_season_count(s), at = (int64_t)s->row[i];
    if (!n) return 0;
    if (s->set.season_length <= 0) at = s->first + s->grid * at;   /* January is season 0 wherever the series begins */
    return (int)((at % n + n) % n);
}
