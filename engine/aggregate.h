/* aggregate.h - a series drawn together to longer periods, or cut down to a season, with a rule for gaps.
 *
 * Capture counts against the calendar: units of the series' own grid that have a value, over those that the longer
 * period (and the season) holds. A period below the capture is missing, never a mean of what happened to be there. */
#ifndef NF_AGGREGATE_H
#define NF_AGGREGATE_H
#include "series.h"
#ifdef __cplusplus
extern "C" {
#endif

/* Values go in time's order: first, last. A value over several units (1-2月) is one value; sums and means take it as it
 * is. count is never missing. */
typedef enum { NF_MEAN, NF_SUM, NF_MIN, NF_MAX, NF_MEDIAN, NF_FIRST, NF_LAST, NF_COUNT } nf_stat;
bool nf_stat_find(const char *name, nf_stat *out);

typedef struct { nf_freq freq; nf_stat stat; double capture; const char *rule; } nf_aggregate;  /* capture: a share */
/* FREQ[:STAT[:CAPTURE]], as "month:mean:75%". Without STAT the mean; without CAPTURE 75 %, for sums 100 %, since a
 * sum over gaps is too small. rule is the text, in nf_alloc. NF_EINVAL with the nearest word. */
int nf_aggregate_parse(nf_ctx *, nf_aggregate *out, const char *text);

typedef struct { const char *name; int from, to; } nf_season;     /* months 1-12; 12-4 runs over the new year */
int  nf_seasons_parse(nf_ctx *, const nf_season **out, size_t *n, const char *text);      /* "wet=5-11,dry=12-4" */
bool nf_season_has(const nf_season *, nf_period);       /* by the month of its last second; NULL: every period */

/* The periods of the season, under the key "KEY:SEASON". NF_EINVAL for years and other units longer than a month. */
int nf_series_season(nf_ctx *, nf_series *, const nf_season *);
/* The series by longer periods, from the first to the last of them, those without a month in the season left out.
 * By year a season that runs over the new year counts, whole, in the year in which it ends. Status: the bits of the
 * values used. meta->formula is the rule; the unit of a count is "1". season NULL: all months. NF_EINVAL for plain
 * numbers and for periods that are not made of the series' own. */
int nf_series_aggregate(nf_ctx *, nf_series *, const nf_aggregate *, const nf_season *season);
#ifdef __cplusplus
}
#endif
#endif
