/* calendar.c - civil days, and periods as stretches of them. */
#include "calendar.h"

enum { DAY_SECONDS = 86400 };
#define FIRST_DAY INT64_C(-719162)                 /* 0001-01-01, a Monday */
#define PAST_DAY INT64_C(2932897)                  /* 10000-01-01 */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* ---- civil days ---- */

static bool leap(int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

int nf_days_in_month(int64_t year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && leap(year));
}

bool nf_civil_exists(int64_t year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= nf_days_in_month(year, month);
}

/* Years are counted from March, so that the leap day comes last, and from an era far enough back that 32 bits without
 * a sign hold every day from the year -3999 on. */
enum { YEARS_BACK = 4000 };
static const int64_t DAYS_BACK = 719468 + 10 * 146097;            /* 1970-01-01 since that era began */

int64_t nf_day_of_civil(int64_t year, int month, int day)
{
    static const uint16_t before[] = { 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275 };
    uint32_t y = (uint32_t)(year + YEARS_BACK - (month <= 2)), century = y / 100;
    return (int64_t)(y * 365 + y / 4 - century + century / 4 + before[month - 1]) + day - 1 - DAYS_BACK;
}

/* C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar algorithms", 2023. */
void nf_civil_of_day(int64_t day, int64_t *year, int *month, int *day_of_month)
{
    uint32_t n = 4 * (uint32_t)(day + DAYS_BACK) + 3, century = n / 146097;
    uint64_t of_century = 2939745 * (uint64_t)(n % 146097 | 3);
    uint32_t of_year = (uint32_t)of_century / 2939745 / 4, m = 2141 * of_year + 197913;
    bool next_year = of_year >= 306;                              /* January and February */
    *year = (int64_t)(100 * century + (uint32_t)(of_century >> 32)) - YEARS_BACK + next_year;
    *month = (int)(m >> 16) - (next_year ? 12 : 0);
    *day_of_month = (int)((m & 0xffff) / 2141) + 1;
}

/* ---- units: one step of a frequency ---- */

int nf_freq_months(nf_freq freq)
{
    static const int months[] = { [NF_YEAR] = 12, [NF_HALF] = 6, [NF_THIRD] = 4, [NF_QUARTER] = 3, [NF_MONTH] = 1 };
    return freq >= NF_YEAR && freq <= NF_MONTH ? months[freq] : 0;
}

static int months_in(int freq) { return nf_freq_months((nf_freq)freq); }

static int seconds_in(int freq)
{
    return freq == NF_WEEK ? 7 * DAY_SECONDS : freq == NF_DAY ? DAY_SECONDS : freq == NF_HOUR ? 3600 : 60;
}

/* The first second of unit ord; ord one past the last unit is allowed, it is the end of time. */
static int64_t unit_begin(int freq, int64_t ord)
{
    int months = months_in(freq);
    if (months) {
        int64_t m = ord * months, year = floor_div(m, 12);
        return nf_day_of_civil(year, (int)(m - year * 12) + 1, 1) * DAY_SECONDS;
    }
    return ord * seconds_in(freq) + (freq == NF_WEEK ? FIRST_DAY * DAY_SECONDS : 0);
}

static int64_t unit_of_second(int freq, int64_t second)
{
    int months = months_in(freq);
    if (months) {
        int64_t year;
        int month, day;
        nf_civil_of_day(floor_div(second, DAY_SECONDS), &year, &month, &day);
        return floor_div(year * 12 + month - 1, months);
    }
    return floor_div(second - (freq == NF_WEEK ? FIRST_DAY * DAY_SECONDS : 0), seconds_in(freq));
}

/* ---- periods ---- */

bool nf_period_is_empty(nf_period p) { return p.span == 0; }

bool nf_period_exists(nf_period p)
{
    static const struct { int64_t first, last; } range[] = {
        [NF_NUMBER] = { INT64_MIN, INT64_MAX }, [NF_YEAR] = { 1, 9999 }, [NF_HALF] = { 2, 19999 },
        [NF_THIRD] = { 3, 29999 }, [NF_QUARTER] = { 4, 39999 }, [NF_MONTH] = { 12, 119999 },
        [NF_WEEK] = { 0, (PAST_DAY - 1 - FIRST_DAY) / 7 },        /* the last one runs two days over */
        [NF_DAY] = { FIRST_DAY, PAST_DAY - 1 }, [NF_HOUR] = { 24 * FIRST_DAY, 24 * PAST_DAY - 1 },
        [NF_MINUTE] = { 1440 * FIRST_DAY, 1440 * PAST_DAY - 1 },
    };
    if (p.span < 1 || p.freq < NF_NUMBER || p.freq > NF_MINUTE) return false;
    if (p.ord < range[p.freq].first || p.ord > range[p.freq].last) return false;
    return p.freq == NF_NUMBER || p.ord - range[p.freq].first >= p.span - 1;
}

nf_period nf_period_of_day(nf_freq freq, int64_t day)
{
    return (nf_period){ unit_of_second(freq, day * DAY_SECONDS), (int32_t)freq, 1 };
}

int64_t nf_period_begin(nf_period p) { return unit_begin(p.freq, p.ord - p.span + 1); }
int64_t nf_period_end(nf_period p) { return unit_begin(p.freq, p.ord + 1); }

nf_period nf_period_convert(nf_period p, nf_freq freq)
{
    if (p.span == 0 || p.freq == NF_NUMBER || freq == NF_NUMBER) return p;
    return (nf_period){ p.freq == (int)freq ? p.ord : unit_of_second(freq, nf_period_end(p) - 1), (int32_t)freq, 1 };
}

static int sign(int64_t a, int64_t b) { return (a > b) - (a < b); }

int64_t nf_period_order(nf_period a, nf_period b)
{
    if (a.span == 0 || b.span == 0) return sign(a.span != 0, b.span != 0);
    if (a.freq == b.freq) return a.ord != b.ord ? sign(a.ord, b.ord) : sign(b.span, a.span);
    if (a.freq == NF_NUMBER || b.freq == NF_NUMBER) return sign(a.freq, b.freq);
    int by_end = sign(nf_period_end(a), nf_period_end(b));
    return by_end ? by_end : sign(nf_period_begin(a), nf_period_begin(b));
}

/* ---- the year axis ---- */

/* A position as a year and half minutes into it, of those that it has: whole numbers, so that a difference is rounded
 * once and loses nothing to the size of the year. */
typedef struct { int64_t year, into, length; } position;

/* Units of whole months sit where they begin (2024-Q3 at 2024.5), several of them at their middle unit. Twice the month
 * keeps that whole. Shorter units sit at their middle. */
static position position_of(nf_period p)
{
    enum { IN_DAY = 2880 };
    int64_t twice_month = (2 * p.ord - p.span + 1) * months_in(p.freq), year = floor_div(twice_month, 24);
    if (months_in(p.freq)) return (position){ year, twice_month - year * 24, 24 };
    int64_t middle = (nf_period_begin(p) + nf_period_end(p)) / 60;
    int month, day;
    nf_civil_of_day(floor_div(middle, IN_DAY), &year, &month, &day);
    return (position){ year, middle - IN_DAY * nf_day_of_civil(year, 1, 1), IN_DAY * (leap(year) ? 366 : 365) };
}

double nf_period_years(nf_period p)
{
    if (p.freq == NF_NUMBER) return (double)p.ord;
    position at = position_of(p);
    return (double)(at.year * at.length + at.into) / (double)at.length;
}

double nf_years_between(nf_period from, nf_period to)
{
    if (from.freq == NF_NUMBER || to.freq == NF_NUMBER) return (double)to.ord - (double)from.ord;
    position a = position_of(from), b = position_of(to);
    int64_t years = b.year - a.year;
    if (a.length == b.length) return (double)(years * a.length + b.into - a.into) / (double)a.length;
    return (double)(years * a.length * b.length + b.into * a.length
                    - a.into * b.length) / (double)(a.length * b.length);
}
