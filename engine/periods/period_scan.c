/* period_scan.c - periods in plain ASCII forms, read by hand: ingest calls this once per cell. */
#include "period_scan.h"

typedef struct { const char *p, *end; } cursor;
typedef const char *reason;                        /* NULL: fine; "": not a form that is known; else what is wrong */

static const char UNKNOWN[] = "", NO_YEAR[] = "years run from 1 to 9999", NO_MONTH[] = "there is no such month",
    NO_DAY[] = "there is no such day in that month", NO_PART[] = "there is no such part of that year",
    NO_TIME[] = "there is no such time of day", SECONDS[] = "seconds are not kept", NO_ZONE[] = "there is no such zone",
    NO_ORDER[] = "whether day or month comes first is not known",
    NO_SPAN[] = "no whole number of units has that length",
    FIRST_WEEK_DAY[] = "a week has seven days";

/* ---- letters and digits ---- */

static bool is_digit(char c) { return (unsigned)(c - '0') <= 9; }
static bool at(cursor c, char ch) { return c.p < c.end && *c.p == ch; }
static bool at_digit(cursor c) { return c.p < c.end && is_digit(*c.p); }
static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }
static bool blank(char c) { return c == ' ' || c == '\t'; }

static bool take(cursor *c, char ch)
{
    if (c->p == c->end || upper(*c->p) != ch) return false;
    c->p++;
    return true;
}

/* Between least and most digits; more of them, or fewer, is no number. */
static bool number(cursor *c, int least, int most, int64_t *v)
{
    int n = 0;
    for (*v = 0; at_digit(*c) && n <= most; n++) *v = *v * 10 + (*c->p++ - '0');
    return n >= least && n <= most;
}

/* ---- dates ---- */

reason nf_period_of_civil(nf_period *out, int64_t year, int month, int day)
{
    if (year < 1 || year > 9999) return NO_YEAR;
    if (month < 1 || month > 12) return NO_MONTH;
    if (!nf_civil_exists(year, month, day)) return NO_DAY;
    *out = (nf_period){ nf_day_of_civil(year, month, day), NF_DAY, 1 };
    return NULL;
}

static reason week(nf_period *out, int64_t year, int64_t k)
{
    nf_period first = nf_period_of_day(NF_WEEK, nf_day_of_civil(year, 1, 4));
    nf_period past = nf_period_of_day(NF_WEEK, nf_day_of_civil(year + 1, 1, 4));
    if (k < 1 || k > past.ord - first.ord) return NO_PART;
    *out = (nf_period){ first.ord + k - 1, NF_WEEK, 1 };
    return NULL;
}

reason nf_period_in_year(nf_period *out, int64_t year, nf_freq freq, int64_t k)
{
    if (year < 1 || year > 9999) return NO_YEAR;
    if (freq == NF_WEEK) return week(out, year, k);
    if (freq == NF_DAY) {
        int64_t first = nf_day_of_civil(year, 1, 1);
        if (k < 1 || k > nf_day_of_civil(year + 1, 1, 1) - first) return NO_PART;
        *out = (nf_period){ first + k - 1, NF_DAY, 1 };
        return NULL;
    }
    int parts = 12 / nf_freq_months(freq);
    if (k < 1 || k > parts) return freq == NF_MONTH ? NO_MONTH : NO_PART;
    *out = (nf_period){ year * parts + k - 1, (int32_t)freq, 1 };
    return NULL;
}

/* ---- the time of day ---- */

/* zone: minutes east of UTC. */
typedef struct { int64_t hour, minute, second, zone; bool minutes, fraction; } clock;

static reason zone(cursor *c, int64_t *east)
{
    int64_t hours, minutes = 0;
    if (take(c, 'Z') || c->p == c->end || (*c->p != '+' && *c->p != '-')) return NULL;
    bool west = *c->p++ == '-';
    const char *from = c->p;
    if (!number(c, 2, 4, &hours) || c->p - from == 3) return UNKNOWN;
    if (c->p - from == 4) minutes = hours % 100, hours /= 100;
    else if (take(c, ':') && !number(c, 2, 2, &minutes)) return UNKNOWN;
    *east = (west ? -1 : 1) * (hours * 60 + minutes);
    return hours > 14 || minutes > 59 ? NO_ZONE : NULL;
}

/* 12 AM is midnight, 12 PM noon. */
static reason half_day(cursor *c, int64_t *hour)
{
    cursor back = *c;
    if (take(c, ' ') && c->p == c->end) return UNKNOWN;
    bool pm = at(*c, 'P') || at(*c, 'p');
    if (!(take(c, 'A') || take(c, 'P'))) {
        *c = back;
        return NULL;
    }
    if (!take(c, 'M')) return UNKNOWN;
    if (*hour < 1 || *hour > 12) return NO_TIME;
    *hour = *hour % 12 + (pm ? 12 : 0);
    return NULL;
}

static reason seconds(cursor *c, clock *t)
{
    if (!number(c, 2, 2, &t->second)) return UNKNOWN;
    if (!take(c, '.')) return NULL;
    if (!at_digit(*c)) return UNKNOWN;
    for (; at_digit(*c); c->p++) t->fraction |= *c->p != '0';
    return NULL;
}

static reason read_clock(cursor *c, clock *t)
{
    reason why = NULL;
    *t = (clock){ 0 };
    if (!number(c, 1, 2, &t->hour)) return UNKNOWN;
    t->minutes = take(c, ':');
    if (t->minutes && !number(c, 2, 2, &t->minute)) return UNKNOWN;
    if (t->minutes && take(c, ':') && (why = seconds(c, t))) return why;
    if ((why = half_day(c, &t->hour))) return why;
    if (t->second > 59 || t->minute > 59 || t->hour > 24 || (t->hour == 24 && (t->minute || t->second))) return NO_TIME;
    while (c->p < c->end && blank(*c->p)) c->p++;
    return zone(c, &t->zone);
}

/* The civil time stands as written, whatever its zone. 24:00 is the end of its day: the minute after it. */
static reason time_of_day(cursor *c, nf_period *p)
{
    clock t;
    reason why = read_clock(c, &t);
    if (why) return why;
    if (t.second || t.fraction) return SECONDS;
    *p = t.minutes ? (nf_period){ p->ord * 1440 + t.hour * 60 + t.minute, NF_MINUTE, 1 }
                   : (nf_period){ p->ord * 24 + t.hour, NF_HOUR, 1 };
    return nf_period_exists(*p) ? NULL : NO_YEAR;
}

static reason maybe_time(cursor *c, nf_period *p)
{
    if (c->p == c->end || *c->p == '/') return NULL;
    if (!take(c, 'T')) {
        if (!blank(*c->p)) return UNKNOWN;
        while (c->p < c->end && blank(*c->p)) c->p++;
    }
    return time_of_day(c, p);
}

/* ---- lengths: /P2M, /PT15M ---- */

/* n units of freq from the first second of p on, which must begin a unit. */
static reason units_from(nf_period *p, nf_freq freq, int64_t n)
{
    int64_t begin = nf_period_begin(*p);
    nf_period unit = nf_period_convert((nf_period){ begin / 60, NF_MINUTE, 1 }, freq);
    if (nf_period_begin(unit) != begin || n < 1 || n > INT32_MAX) return NO_SPAN;
    unit = (nf_period){ unit.ord + n - 1, (int32_t)freq, (int32_t)n };
    if (!nf_period_exists(unit)) return NO_YEAR;
    *p = unit;
    return NULL;
}

static reason calendar_length(nf_period *p, char letter, int64_t n)
{
    int unit = nf_freq_months((nf_freq)p->freq);
    if (unit) {
        n *= letter == 'Y' ? 12 : letter == 'M' ? 1 : 0;
        return n % unit ? NO_SPAN : units_from(p, (nf_freq)p->freq, n / unit);
    }
    if (letter == 'W') return units_from(p, NF_WEEK, n) ? units_from(p, NF_DAY, 7 * n) : NULL;
    if (letter == 'D') return units_from(p, NF_DAY, n);
    if (letter == 'Y' && !units_from(p, NF_YEAR, n)) return NULL;
    return units_from(p, NF_MONTH, letter == 'Y' ? 12 * n : n);
}

static reason length(cursor *c, nf_period *p)
{
    int64_t n;
    if (c->p == c->end) return NULL;
    if (!take(c, '/') || !take(c, 'P')) return UNKNOWN;
    bool of_day = take(c, 'T');
    if (!number(c, 1, 8, &n) || c->p + 1 != c->end) return UNKNOWN;
    char letter = upper(*c->p);
    if (of_day && p->freq < NF_DAY) return NO_SPAN;
    if (of_day && letter == 'M') return units_from(p, NF_MINUTE, n);
    if (of_day && letter == 'H') return units_from(p, NF_HOUR, n) ? units_from(p, NF_MINUTE, 60 * n) : NULL;
    if (of_day || (letter != 'Y' && letter != 'M' && letter != 'W' && letter != 'D')) return UNKNOWN;
    return calendar_length(p, letter, n);
}

/* ---- whole forms ---- */

/* 2024Q1 2024-Q1 2024-S1 2024-H1 2024-T1 2024-M03 2024-W05 2024-W05-3 2024-D060 2024-A1 */
static reason lettered(cursor *c, nf_period *p, int64_t year)
{
    static const char letters[] = "AHSTQMWD";
    static const nf_freq freqs[] = { NF_YEAR, NF_HALF, NF_HALF, NF_THIRD, NF_QUARTER, NF_MONTH, NF_WEEK, NF_DAY };
    int64_t k, day;
    int i = 0;
    while (letters[i] && letters[i] != upper(*c->p)) i++;
    if (!letters[i]) return UNKNOWN;
    c->p++;
    if (!number(c, 1, letters[i] == 'D' ? 3 : 2, &k)) return UNKNOWN;
    reason why = nf_period_in_year(p, year, freqs[i], k);
    if (why || freqs[i] != NF_WEEK || !take(c, '-')) return why;
    if (!number(c, 1, 1, &day)) return UNKNOWN;
    if (day < 1 || day > 7) return FIRST_WEEK_DAY;
    *p = (nf_period){ nf_period_begin(*p) / 86400 + day - 1, NF_DAY, 1 };
    return NULL;
}

/* After "2024-" or "2024/": a month, a date, or the second year of a fiscal one (2000/01). */
static reason numbered(cursor *c, nf_period *p, int64_t year, char sep)
{
    int64_t month, day;
    const char *from = c->p;
    if (!number(c, 1, 2, &month)) return UNKNOWN;
    bool two = c->p - from == 2;
    if (take(c, sep) && at_digit(*c)) {
        if (!number(c, 1, 2, &day)) return UNKNOWN;
        reason why = nf_period_of_civil(p, year, (int)month, (int)day);
        return why ? why : maybe_time(c, p);
    }
    if (c->p[-1] == sep) c->p--;
    if (sep == '.') return UNKNOWN;                /* 2024.1 is October as often as January */
    if (sep == '/' && two && month == (year + 1) % 100) return nf_period_in_year(p, year, NF_YEAR, 1);
    return nf_period_in_year(p, year, NF_MONTH, month);
}

static reason year_first(cursor *c, nf_period *p, int64_t year)
{
    char sep = c->p < c->end ? *c->p : '\0';
    bool alone = !sep || (sep == '/' && c->p + 1 < c->end && upper(c->p[1]) == 'P');
    if (alone) return nf_period_in_year(p, year, NF_YEAR, 1);
    if (sep == '-' || sep == '/' || sep == '.') {
        c->p++;
        if (at_digit(*c)) return numbered(c, p, year, sep);
        return sep == '-' && c->p < c->end ? lettered(c, p, year) : UNKNOWN;
    }
    if (sep == ' ' && c->p + 1 < c->end) c->p++;
    return lettered(c, p, year);
}

/* 03/2024, or day, month and year in the order that the column was found to have. */
static reason year_last(cursor *c, nf_period *p, int64_t a, nf_date_order order)
{
    int64_t b, year;
    char sep = c->p < c->end ? *c->p : '\0';
    if (sep != '/' && sep != '-' && sep != '.') return UNKNOWN;
    c->p++;
    const char *from = c->p;
    if (!number(c, 1, 4, &b)) return UNKNOWN;
    if (c->p - from == 4) return sep == '.' ? UNKNOWN : nf_period_in_year(p, b, NF_MONTH, a);
    if (c->p - from > 2 || !take(c, sep) || !number(c, 4, 4, &year)) return UNKNOWN;
    if (order != NF_ORDER_DMY && order != NF_ORDER_MDY) return NO_ORDER;
    bool month_first = order == NF_ORDER_MDY;
    reason why = nf_period_of_civil(p, year, (int)(month_first ? a : b), (int)(month_first ? b : a));
    return why ? why : maybe_time(c, p);
}

static reason whole(cursor *c, nf_period *p, nf_date_order order)
{
    int64_t n;
    const char *from = c->p;
    if (!number(c, 1, 8, &n)) return UNKNOWN;
    switch (c->p - from) {
    case 1: case 2: return year_last(c, p, n, order);
    case 4: return year_first(c, p, n);
    case 6: return nf_period_in_year(p, n / 100, NF_MONTH, n % 100);
    case 8: {
        reason why = nf_period_of_civil(p, n / 10000, (int)(n / 100 % 100), (int)(n % 100));
        return why ? why : maybe_time(c, p);
    }
    default: return UNKNOWN;
    }
}

reason nf_period_scan_why(nf_period *out, const char *text, size_t len, nf_date_order order)
{
    cursor c = { text, text + len };
    nf_period p;
    while (c.p < c.end && blank(*c.p)) c.p++;
    while (c.p < c.end && blank(c.end[-1])) c.end--;
    reason why = whole(&c, &p, order);
    if (!why) why = length(&c, &p);
    if (!why) *out = p;
    return why;
}

/* ---- the fast path: YYYY, YYYY-MM, YYYY-MM-DD, and that before [T ]HH:MM[:00] ---- */

static unsigned two(const char *s)                 /* above 99 where these are not two digits */
{
    unsigned a = (unsigned)(s[0] - '0'), b = (unsigned)(s[1] - '0');
    return a > 9 || b > 9 ? 1000 : a * 10 + b;
}

static bool iso_date(const char *s, int64_t *day)
{
    unsigned century = two(s), y = two(s + 2), m = two(s + 5), d = two(s + 8);
    if ((century | y | m | d) > 127 || s[4] != '-' || s[7] != '-') return false;
    int64_t year = century * 100 + y;
    if (d > 28 ? !nf_civil_exists(year, (int)m, (int)d) : m - 1 > 11 || d < 1 || year < 1) return false;
    *day = nf_day_of_civil(year, (int)m, (int)d);
    return true;
}

static bool iso_month(nf_period *out, const char *s, size_t len)
{
    unsigned century = two(s), y = two(s + 2), m = len == 4 ? 1 : two(s + 5);
    if ((century | y | m) > 127 || century + y == 0 || m - 1 > 11) return false;
    int64_t year = century * 100 + y;
    *out = len == 4 ? (nf_period){ year, NF_YEAR, 1 } : (nf_period){ year * 12 + m - 1, NF_MONTH, 1 };
    return len == 4 || s[4] == '-';
}

static bool iso_minute(nf_period *out, int64_t day, const char *s, size_t len)
{
    unsigned h = two(s + 11), m = two(s + 14);
    if ((s[10] != ' ' && s[10] != 'T') || s[13] != ':' || h > 23 || m > 59) return false;
    if (len == 19 && (s[16] != ':' || s[17] != '0' || s[18] != '0')) return false;
    *out = (nf_period){ day * 1440 + h * 60 + m, NF_MINUTE, 1 };
    return true;
}

bool nf_instant_scan(int64_t *out, const char *s, size_t len)
{
    int64_t day;
    clock t;
    cursor c = { s + 11, s + len };
    if (len < 16 || !iso_date(s, &day) || (s[10] != 'T' && s[10] != ' ')) return false;
    if (read_clock(&c, &t) || c.p != c.end || !t.minutes) return false;
    *out = day * 86400 + t.hour * 3600 + (t.minute - t.zone) * 60 + t.second;
    return true;
}

bool nf_period_scan(nf_period *out, const char *s, size_t len, nf_date_order order)
{
    int64_t day;
    nf_period p;
    bool fast = false;
    if (len == 4 || len == 7) fast = iso_month(&p, s, len);
    else if ((len == 10 || len == 16 || len == 19) && iso_date(s, &day)) {
        p = (nf_period){ day, NF_DAY, 1 };
        fast = len == 10 || iso_minute(&p, day, s, len);
    }
    if (!fast) return !nf_period_scan_why(out, s, len, order);
    *out = p;
    return true;
}
