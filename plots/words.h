/* words.h - sentences and dates in English or Chinese, never both. */
#ifndef NF_WORDS_H
#define NF_WORDS_H
#include "plots.h"

/* The pattern in that language, with {0} {1} {2} {3} replaced. In nf_alloc; never NULL. */
const char *nf_say(nf_ctx *, const char *lang, nf_text pattern, const char *a, const char *b, const char *x,
                   const char *y);
/* empty sides leave no separator */
const char *nf_join(nf_ctx *, const char *left, const char *separator, const char *right);
/* "City: three of nine improvements ...": the sentence goes on in lower case. place may be NULL. */
const char *nf_head_of(nf_ctx *, const char *lang, const char *place, const char *sentence);
/* "Hospital beds, per 1,000": the unit is left out where the name says it ("Heavy-pollution days", a rank). */
const char *nf_measure(nf_ctx *, const char *lang, const char *name, const char *unit);

const char *nf_date(nf_ctx *, nf_period, const char *lang);      /* "2030", "Mar 2024"; "2030年", "2024年3月" */
const char *nf_tick_date(nf_ctx *, nf_period, bool first, const char *lang);   /* short, the year where it changes */
const char *nf_day(nf_ctx *, int64_t seconds);                   /* "2026-11-22" */
const char *nf_capital(nf_ctx *, const char *text);              /* an ASCII first letter in upper case */
#endif
