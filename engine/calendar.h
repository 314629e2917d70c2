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

typedef enum { NF_NUMBER, NF_YEAR, NF_HALF, NF_THIRD, NF_QUARTER, NF_MONTH, NF_WEEK, NF_DAY, NF_HOUR, NF_MINUTE } nf_freq;

/* span 0 is no period at all: an empty cell. NF_NUMBER periods carry no calendar: ord is a row index. */
typedef struct { int64_t ord; int32_t freq, span; } nf_period;

/* Regular when ord and num are NULL: period i ends at start.ord + i * step. Otherwise explicit and strictly
 * ascending: ord[i], with span[i] where span is not NULL, else start.span; num[i] for NF_NUMBER. */
typedef struct {
    nf_period start; int64_t step; size_t n;
    const int64_t *ord; const int32_t *span; const double *num;
} nf_axis;

nf_period nf_axis_at(const nf_axis *, size_t i);
bool      nf_axis_find(const nf_axis *, nf_period, size_t *i);      /* an equal period; binary search */

/* ---- civil days: days since 1970-01-01 ---- */
int64_t nf_day_of_civil(int64_t year, int month, int day);          /* the date must exist: nf_civil_exists */
void    nf_civil_of_day(int64_t day, int64_t *year, int *month, int *day_of_month);
bool    nf_civil_exists(int64_t year, int month, int day);
int     nf_days_in_month(int64_t year, int month);

/* ---- periods ----
 * Ordinals: year y; half 2y+h, third 3y+t, quarter 4y+q, month 12y+m (h, t, q, m from 0); ISO week: weeks
 * since the Monday 0001-01-01; day: since 1970-01-01; hour and minute: since 1970-01-01T00:00. */
nf_period nf_period_of_day(nf_freq, int64_t day);                   /* the unit that holds the day, span 1 */
int64_t   nf_period_begin(nf_period);                               /* first second */
int64_t   nf_period_end(nf_period);                                 /* first second after */
nf_period nf_period_convert(nf_period, nf_freq);                    /* the unit of freq that holds its last second */
int64_t   nf_period_order(nf_period, nf_period);                    /* < 0, 0, > 0 by end, then begin */
double    nf_period_years(nf_period);   /* position on a year axis: month = 1/12, day = (day - 1/2)/days in its year */
bool      nf_period_is_empty(nf_period);

/* ---- text ----
 * One cell in any unambiguous form: 2024 2024年 2024-03 202403 2024年3月 2024Q1 2024-Q1 2024年第1季度 2024-S1 2024-T1
 * 2024-W05 2024-03-01 20240301 2024/3/1 2024-03-01T13 2024-03-01 13:00[:00][Z|+08:00] 24:00 2024-01/P2M
 * 2024-01-01/P2M 2024年1-2月 2000/01 (fiscal: the first year) and plain numbers where want is NF_NUMBER.
 * want >= 0 insists on a frequency, NF_ANY takes what the text says. Day and month in one cell without the
 * year first need an order: a column decides it (nf_date_order_vote), a cell never guesses. */
enum { NF_ANY = -1 };
typedef enum { NF_ORDER_UNKNOWN, NF_ORDER_YMD, NF_ORDER_DMY, NF_ORDER_MDY, NF_ORDER_CONFLICT } nf_date_order;
int  nf_period_parse(nf_ctx *, nf_period *out, const char *text, int want, nf_date_order);
bool nf_period_scan(nf_period *out, const char *text, size_t len, nf_date_order);   /* the same, without words; fast */
nf_date_order nf_date_order_vote(nf_date_order so_far, const char *text);
size_t nf_period_text(char out[48], nf_period);                     /* canonical, read back by nf_period_parse */
const char *nf_freq_name(nf_freq);                                  /* "year" "month" ... stable, for scripts */
bool nf_freq_find(const char *name, nf_freq *out);
/* When a publication date is known from: seconds UTC of its end (a year or month counts from its end). */
int  nf_known_parse(nf_ctx *, int64_t *out, const char *text);
size_t nf_instant_text(char out[32], int64_t seconds);              /* 2024-03-01T13:00:00Z */
#ifdef __cplusplus
}
#endif
#endif
