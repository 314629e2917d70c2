/* load_times.c - the period of a record: one cell, several, or its place in the file. */
#include "load_times.h"
#include "store/store.h"
#include <math.h>
#include <string.h>
#include <strings.h>

static int no_times(nf_ctx *c)
{
    nf_fail(c, NF_EDATA, "no column holds times");
    return nf_hint(c, "name it with --time COLUMN, or give --start PERIOD and --freq FREQ");
}

int nf_times_begin(nf_ctx *c, nf_times *t, const nf_mapping *m, const nf_roles *at, const nf_load_options *opt)
{
    (void)opt;
    *t = (nf_times){ .map = m, .at = at, .measure = at->one[NF_ROLE_MEASURE],
                     .column = (uint32_t)at->one[NF_ROLE_TIME] };
    t->seen = (nf_seen){ .column = &t->column, .columns = 1, .most = NF_TIMES_KEPT, .each = sizeof(nf_period) };
    bool wide = at->n_value && m->column[at->value[0]].role == NF_ROLE_PERIOD;
    if (wide || at->one[NF_ROLE_TIME] >= 0 || at->one[NF_ROLE_YEAR] >= 0 || m->start.span || m->merges) return NF_OK;
    no_times(c);
    return nf_at(c, NULL, 1, 0);
}

static int plain_number(nf_ctx *c, const char *s, size_t len, nf_period *out)
{
    double x;
    if (!nf_double_scan(s, len, &x) || !isfinite(x)) return nf_fail(c, NF_EDATA, "time '%.60s' is not a number", s);
    *out = nf_period_of_number(x);
    return NF_OK;
}

/* Labels of ends name the hour (or minutes) before them. */
static nf_period labelled(const nf_mapping *m, nf_period p)
{
    if (m->hour_end && (p.freq == NF_HOUR || p.freq == NF_MINUTE)) p.ord -= p.span;
    return p;
}

/* A full hour is written as a minute: hh:00. The zone letter is dropped, as everywhere. */
static bool quickly(const nf_mapping *m, int want, const char *s, size_t len, nf_period *p)
{
    if (len == 20 && s[19] == 'Z') len = 19;
    if (!nf_period_scan(p, s, len, m->order)) return false;
    if (want == NF_HOUR && p->freq == NF_MINUTE && p->span == 1 && p->ord % 60 == 0)
        *p = (nf_period){ p->ord / 60, NF_HOUR, 1 };
    return want == NF_ANY || p->freq == want;
}

static int text_period(nf_ctx *c, const nf_mapping *m, int want, const char *s, size_t len, nf_period *p)
{
    if (m->plain_time) return plain_number(c, s, len, p);
    if (!quickly(m, want, s, len, p)) {
        int rc = nf_period_parse(c, p, s, want, m->order);
        if (!rc && m->exact && want == NF_ANY) rc = nf_fail(c, NF_EDATA, "'%.60s' is no ISO 8601 time", s);
        if (rc) return rc;
    }
    if (!m->hour_end && p->freq >= NF_HOUR && memchr(s, '2', len) && nf_period_ends_day(s)) {
        nf_fail(c, NF_EDATA, "24:00 is the end of a day, but the first labels are starts");
        return nf_hint(c, "--hour-label end if every label is an end");
    }
    *p = labelled(m, *p);
    return NF_OK;
}

static int one_cell(nf_ctx *c, nf_times *t, const nf_record *r, nf_period *p)
{
    const char *s = r->cell[t->column];
    size_t len = r->len[t->column];
    if (nf_seen_again(&t->seen, r)) return *p = *(const nf_period *)nf_seen_beside(&t->seen), NF_OK;
    if (!len) return nf_fail(c, NF_EDATA, "the time is empty");
    int want = t->at->one[NF_ROLE_HOUR] >= 0 ? NF_ANY : t->map->freq, rc = text_period(c, t->map, want, s, len, p);
    if (!rc && p->freq >= NF_HOUR) rc = nf_zones_see(c, &t->zones, s, len);
    if (!rc) rc = nf_seen_keep(c, &t->seen, r);
    if (!rc) *(nf_period *)nf_seen_beside(&t->seen) = *p;
    return rc;
}

/* ---- several columns ---- */

static int no_part(nf_ctx *c, nf_role role, const nf_record *r, int column)
{
    nf_fail(c, NF_EDATA, "'%.40s' is no %s", r->cell[column], nf_column_role_name(role));
    return nf_at(c, NULL, 0, column + 1);
}

static int part(nf_ctx *c, const nf_times *t, const nf_record *r, nf_role role, int64_t *out)
{
    int k = t->at->one[role];
    if (k < 0) return *out = INT64_MIN, NF_OK;
    return nf_part_number(role, r->cell[k], r->len[k], out) ? NF_OK : no_part(c, role, r, k);
}

/* Hours 0..23 begin there; where labels are ends, 1..24 are the hours before them. */
static nf_period hour_of(const nf_times *t, int64_t day, int64_t hour, int64_t minute)
{
    nf_period p = minute == INT64_MIN ? (nf_period){ day * 24 + hour, NF_HOUR, 1 }
                                      : (nf_period){ day * 1440 + hour * 60 + minute, NF_MINUTE, 1 };
    return labelled(t->map, p);
}

/* An hour, perhaps with minutes beside it; or a clock: 13:00. */
static int clock_parts(nf_ctx *c, const nf_times *t, const nf_record *r, int64_t day, nf_period *p)
{
    int64_t hour, minute = INT64_MIN;
    int k = t->at->one[NF_ROLE_HOUR];
    char text[64];
    if (k < 0) return NF_OK;
    if (!nf_part_number(NF_ROLE_HOUR, r->cell[k], r->len[k], &hour)) {
        if (!r->len[k] || !nf_clock_text(text, day, r->cell[k])) return no_part(c, NF_ROLE_HOUR, r, k);
        int rc = text_period(c, t->map, t->map->freq, text, strlen(text), p);
        return rc ? nf_at(c, NULL, 0, k + 1) : NF_OK;
    }
    if (hour == 24 && !t->map->hour_end)
        return no_part(c, NF_ROLE_HOUR, r, k), nf_hint(c, "--hour-label end if every label is an end");
    int rc = part(c, t, r, NF_ROLE_MINUTE, &minute);
    if (!rc) *p = hour_of(t, day, hour, minute);
    return rc;
}

/* Words of a quarter or month may be any part of the year: 1-2月, 上半年. */
static int quarter_or_month(nf_ctx *c, const nf_times *t, const nf_record *r, int64_t year, nf_role role,
                            nf_period *p)
{
    int k = t->at->one[role];
    int64_t n;
    if (!nf_part_number(role, r->cell[k], r->len[k], &n))
        return nf_part_of_year(c, p, year, r->cell[k]) ? NF_OK : no_part(c, role, r, k);
    *p = role == NF_ROLE_QUARTER ? (nf_period){ 4 * year + n - 1, NF_QUARTER, 1 }
                                 : (nf_period){ 12 * year + n - 1, NF_MONTH, 1 };
    return NF_OK;
}

static int date_parts(nf_ctx *c, const nf_times *t, const nf_record *r, nf_period *p)
{
    int64_t year, day;
    int rc = part(c, t, r, NF_ROLE_YEAR, &year);
    if (rc) return rc;
    *p = (nf_period){ year, NF_YEAR, 1 };
    if (t->at->one[NF_ROLE_QUARTER] >= 0) return quarter_or_month(c, t, r, year, NF_ROLE_QUARTER, p);
    if (t->at->one[NF_ROLE_MONTH] < 0) return NF_OK;
    rc = quarter_or_month(c, t, r, year, NF_ROLE_MONTH, p);
    if (!rc) rc = part(c, t, r, NF_ROLE_DAY, &day);
    if (rc || day == INT64_MIN) return rc;
    int month = (int)(p->ord % 12) + 1;
    if (p->freq != NF_MONTH || p->span != 1) return no_part(c, NF_ROLE_MONTH, r, t->at->one[NF_ROLE_MONTH]);
    if (!nf_civil_exists(year, month, (int)day))
        return nf_fail(c, NF_EDATA, "%04d-%02d-%02d is no date", (int)year, month, (int)day);
    *p = (nf_period){ nf_day_of_civil(year, month, (int)day), NF_DAY, 1 };
    return clock_parts(c, t, r, p->ord, p);
}

int nf_times_in_year(nf_ctx *c, const nf_times *t, const nf_record *r, nf_period *p)
{
    int64_t year;
    int k = t->at->one[NF_ROLE_YEAR], months = nf_freq_months((nf_freq)p->freq), rc;
    if (k < 0) return NF_OK;
    if (!months) return nf_fail(c, NF_EDATA, "a column beside one of years is a month, a quarter or a half");
    rc = part(c, t, r, NF_ROLE_YEAR, &year);
    if (!rc) p->ord += (year - 1) * 12 / months;
    return rc;
}

/* ---- year to date ---- */

bool nf_is_ytd(const char *measure)
{
    return !strcasecmp(measure, "ytd") || !strcmp(measure, "累计") || !strcasecmp(measure, "cumulative");
}

void nf_since_january(nf_period *p)
{
    if (p->freq == NF_MONTH) p->span = (int32_t)(p->ord % 12 + 1);
    if (p->freq == NF_QUARTER) p->span = (int32_t)(p->ord % 4 + 1);
}

int nf_times_of(nf_ctx *c, nf_times *t, const nf_record *r, nf_period *p)
{
    int k = t->at->one[NF_ROLE_TIME], rc;
    if (k >= 0) {
        rc = one_cell(c, t, r, p);
        if (rc) return nf_at(c, NULL, 0, k + 1);
        if (p->freq == NF_DAY && t->at->one[NF_ROLE_HOUR] >= 0) rc = clock_parts(c, t, r, p->ord, p);
    } else if (t->at->one[NF_ROLE_YEAR] >= 0) {
        rc = date_parts(c, t, r, p);
    } else if (!t->map->start.span) {
        return no_times(c);                      /* SDMX-CSV 2: attributes and deletions need none */
    } else {
        *p = t->map->start;
        p->ord += t->row++ * t->map->step;
        rc = NF_OK;
    }
    if (!rc && t->measure >= 0 && nf_is_ytd(r->cell[t->measure])) nf_since_january(p);
    return rc;
}
