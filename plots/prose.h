/* prose.h - what charts and reports say, in English or Chinese, never both. */
#ifndef NF_PROSE_H
#define NF_PROSE_H
#include "scale.h"

nf_text     nf_level_word(nf_level);             /* "On track" 进度正常 */
nf_level    nf_finding_level(const nf_finding *);                /* NULL: NF_UNKNOWN */
/* the scheme's own word, capital first */
const char *nf_finding_word(nf_ctx *, const nf_finding *, const char *lang);
bool        nf_finding_is(const nf_finding *, const char *word);
const char *nf_chance_words(nf_ctx *, double chance, const char *lang);   /* nf_say_chance; "" for NaN */
/* "+9.4 % a year", "+0.4 points a year" where the figures themselves are in % */
const char *nf_pace_words(nf_ctx *, double pace, nf_scale, const char *unit, const char *lang);

/* One series with all that is known of it, found once. Strings are never NULL. */
typedef struct {
    const nf_series *series; const nf_finding *finding; const nf_result *sen, *test;
    const char *name, *unit, *place, *source, *lang, *goal;      /* goal: the target's value for people */
    int decimals; bool synthetic;
} nf_subject;
void nf_subject_of(nf_ctx *, nf_subject *, const nf_exhibit *, const nf_series *, const nf_finding *);
const char *nf_trend_headline(nf_ctx *, const nf_subject *);     /* a sentence that states the finding */
const char *nf_trend_subtitle(nf_ctx *, const nf_subject *);     /* measure, unit, place, direction of good */
const char *nf_trend_verdict(nf_ctx *, const nf_subject *);      /* the numbers beside the pill */
const char *nf_source_line(nf_ctx *, const nf_subject *, int64_t now);
/* "A; B; C" with the names that are known in that language. */
const char *nf_publishers_in(nf_ctx *, const nf_plan *, const char *list, const char *lang);

/* ---- about a whole plan ---- */
bool        nf_exhibit_synthetic(const nf_exhibit *);            /* any of its series, or the plan, is invented */
const char *nf_rollup_word(const nf_rollup *, const char *lang);
/* "Four of nine improvements are on track" */
const char *nf_rollup_headline(nf_ctx *, const nf_rollup *, size_t n, const char *lang);
const char *nf_exhibit_place(const nf_exhibit *);                /* of the plan, as its language calls it; or "" */
/* "Ninefold City: four of nine improvements are on track", the title of a page about the whole plan */
const char *nf_exhibit_headline(nf_ctx *, const nf_exhibit *);
/* "Of 22 targets 3 are on track, ..." */
const char *nf_verdict_counts(nf_ctx *, const nf_finding *, size_t n, const char *lang);
const nf_series *nf_exhibit_series(const nf_exhibit *, const char *key);
/* What stands under a picture of many series, or of the plan: invented or not, the sources, the day. */
const char *nf_exhibit_source(nf_ctx *, const nf_exhibit *, bool of_series, const char *lang);
#endif
