/* calendar.h - periods, axes, and the calendar between them. Proleptic Gregorian, years 0001-9999, int64.
 *
 * A period is a frequency, the ordinal of its last unit, and a span of units ending with it: "1-2月" of 2024
 * is { month, ordinal of February, span 2 }, a quarter hour is { minute, last minute, span 15 }, a year to
 * date is { month, last month, span = month of year }. Ordinals: see nf_period_of_day. Instants are seconds
 * since 1970-01-01T00:00 of the series' own civil time; published times are seconds UTC. */
#ifndef NF_CALENDAR_H
#define NF_CALENDAR_H
#include "ctx.h"
#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NF_NUMBER, NF_YEAR, NF_HALF, NF_THIRD, NF_QUARTER, NF_MONTH, NF_WEEK, NF_DAY, NF_HOUR, NF_MINUTE
} nf_freq;

/* span 0 is no period at all: an empty cell. NF_NUMBER periods carry no calendar: ord is a row index. */
typedef struct { int64_t ord; int32_t freq, span; } nf_period;

/* Regular when ord and num are NULL: period i ends at start.ord + i * step. Otherwise explicit and strictly
 * ascending: ord[i], with span[i] where span is not NULL, else start.span. Plain numbers (NF_NUMBER) are num[i],
 * their ordinals the rows, from start.ord on. */
typedef struct {
    nf_period start; int64_t step; size_t n;
    const int64_t *ord; const int32_t *span; const double *num;
} nf_axis;

nf_period nf_axis_at(const nf_axis *, size_t i);
bool      nf_axis_find(const nf_axis *, nf_period, size_t *i);      /* an equal period; binary search */
int64_t   nf_axis_grid(const nf_axis *);        /* the step, or the common divisor of listed ones; at least 1 */

/* ---- civil days: days since 1970-01-01 ---- */
int64_t nf_day_of_civil(int64_t year, int month, int day);          /* the date must exist: nf_civil_exists */
void    nf_civil_of_day(int64_t day, int64_t *year, int *month, int *day_of_month);
bool    nf_civil_exists(int64_t year, int month, int day);
int     nf_days_in_month(int64_t year, int month);

/* ---- periods ----
 * Ordinals: year y; half 2y+h, third 3y+t, quarter 4y+q, month 12y+m (h, t, q, m from 0); ISO week: weeks
 * since the Monday 0001-01-01; day: since 1970-01-01; hour and minute: since 1970-01-01T00:00. */
nf_period nf_period_of_day(nf_freq, int64_t day);    /* the unit that holds the day's first second, span 1; no number */
int64_t   nf_period_begin(nf_period);                               /* first second */
int64_t   nf_period_end(nf_period);                                 /* first second after */
nf_period nf_period_convert(nf_period, nf_freq);                    /* the unit of freq that holds its last second */
int64_t   nf_period_order(nf_period, nf_period);                    /* < 0, 0, > 0 by end, then begin; empty first */
bool      nf_period_is_empty(nf_period);
bool      nf_period_exists(nf_period);  /* span >= 1, all of it within the years 1-9999: ask before trusting a file's */
/* Position on a year axis. Year, half, third, quarter and month sit where they begin, as R's ts has them (2024 at
 * 2024.0, 2024-Q3 at 2024.5, month = 1/12 year), a span of them at its middle; shorter units at their middle:
 * day = (day - 1/2)/days in its year. A number is itself. */
double    nf_period_years(nf_period);
double    nf_years_between(nf_period from, nf_period to);           /* the difference, rounded once: trends use it */

/* ---- text ----
 * One cell in any unambiguous form: 2024 2024年 2024-03 202403 2024年3月 2024Q1 2024-Q1 2024年第1季度 2024-S1 2024-T1
 * 2024-W05 2024-D060 2024-03-01 20240301 2024/3/1 2024-03-01T13 2024-03-01 13:00[:00][Z|+08:00] 24:00 2024-01/P2M
 * 2024-01-01/P2M 2024年1-2月 前三季度 March 2024, 2000/01 (fiscal: the first year), plain whole numbers where want is
 * NF_NUMBER. hh:mm is a minute, hh alone an hour. A zone is checked and dropped: the period keeps its civil time.
 * 24:00 is the end of its day, hence the unit after it: a column that has one (nf_period_ends_day) is labelled by
 * ends, and its loader moves every label one unit back. Seconds other than :00 are refused.
 * want >= 0 insists on a frequency: a month, date or time that opens or closes a unit of it is taken for that unit
 * (2024-03-01 for the month), and 2010/11 is a month or a fiscal year as wanted. NF_ANY takes what the text says.
 * Day and month in one cell without the year first need an order: a column decides it (nf_date_order_vote), a
 * cell never guesses. Empty text is refused (NF_EDATA). */
enum { NF_ANY = -1 };
typedef enum { NF_ORDER_UNKNOWN, NF_ORDER_YMD, NF_ORDER_DMY, NF_ORDER_MDY, NF_ORDER_CONFLICT } nf_date_order;
int  nf_period_parse(nf_ctx *, nf_period *out, const char *text, int want, nf_date_order);
/* The same with NF_ANY, in plain ASCII without words, half-width only; fast; *out untouched when false. */
bool nf_period_scan(nf_period *out, const char *text, size_t len, nf_date_order);
bool nf_period_ends_day(const char *text);                /* the time in this text is 24, 24:00 or 24:00:00 */
/* Start with UNKNOWN and show every cell. Still UNKNOWN: no cell told, one that needs an order is refused. YMD: cells
 * begin with the year. CONFLICT: 13/01/2024 and 01/13/2024 in one column. */
nf_date_order nf_date_order_vote(nf_date_order so_far, const char *text);
size_t nf_period_text(char out[48], nf_period);       /* canonical, read back by nf_period_parse; "" for no period */
const char *nf_freq_name(nf_freq);                                  /* "year" "month" ... stable, for scripts */
int  nf_freq_months(nf_freq);                          /* months in one unit; 0: a unit is not made of whole months */
bool nf_freq_find(const char *name, nf_freq *out);           /* also "monthly", and SDMX codes: "M" */
/* When a publication date is known from: seconds UTC of its end (a day, month or year counts from its end); a time
 * of day is that instant, in its zone, else in UTC. */
int  nf_known_parse(nf_ctx *, int64_t *out, const char *text);
size_t nf_instant_text(char out[32], int64_t seconds);       /* 2024-03-01T13:00:00Z; "" outside the years 1-9999 */
#ifdef __cplusplus
}
#endif
#endif
