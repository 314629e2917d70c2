/* period_scan.h - between the readers of periods: what the scanner of plain forms can say, and what it refused. */
#ifndef NF_PERIOD_SCAN_H
#define NF_PERIOD_SCAN_H
#include "calendar.h"

/* nf_period_scan with its reason: NULL when *out is set, "" when the text has no form that is known, else a
 * clause ("there is no such month"). */
const char *nf_period_scan_why(nf_period *out, const char *text, size_t len, nf_date_order);
/* Words: 2024年第1季度, 1-2月, March 2024. text is UTF-8 with half-width signs. The reason as above. */
const char *nf_period_words(nf_period *out, const char *text);
/* YYYY-MM-DD HH:MM[:SS[.f]][zone] as seconds UTC; without a zone it is UTC. Fractions are cut off. */
bool nf_instant_scan(int64_t *out, const char *text, size_t len);
/* The day, or the reason why there is none. */
const char *nf_period_of_civil(nf_period *out, int64_t year, int month, int day);
/* Part k (from 1) of a year cut by freq: quarter 3, week 53, ...; or the reason why there is none. */
const char *nf_period_in_year(nf_period *out, int64_t year, nf_freq, int64_t k);
#endif
