/* unit.h - units are parsed, compared and converted; what does not match is refused, never guessed.
 *
 * Known: SI prefixes on g t m s W J Wh L Pa; µg/m3 ug/m3 mg/m3 ng/m3 and any other quotient; % ‰ and shares (1);
 * percentage points, which are not percent; 元 千元 万元 百万元 亿元 千亿元 CNY and other money, never exchanged; 人 人次 辆
 * 架次 吨 and counted things (projects, zones, 户 ...), each only with itself; 千 万 亿, thousand, million, 10,000 before
 * any of them; s min h days and months years, never one into the other; km/h; °C; rank; index, and 上年=100, where every
 * base is a unit of its own; 1. Full-width and superscript signs and both micro signs are read. */
#ifndef NF_UNIT_H
#define NF_UNIT_H
#include "series.h"
#ifdef __cplusplus
extern "C" {
#endif

/* value in base units = value * scale + offset; dimension is a canonical code ("mass/volume", "money:CNY"). */
typedef struct { double scale, offset; char dimension[40]; } nf_unit;

bool nf_unit_parse(nf_unit *out, const char *text);           /* false: not a unit we know */
/* v in `from` as v in `to`, rounded once. The same text is the identity even where the unit is unknown. NF_EINVAL
 * when one is unknown or the dimensions differ; the words name both. NULL is "". */
int  nf_unit_convert(nf_ctx *, double *v, size_t n, const char *from, const char *to);
bool nf_unit_same(const char *a, const char *b);              /* nf_unit_convert would do it */
/* "GDP (亿元)", "PM2.5 [µg/m³]", "产值_万元": the unit glued to a header, cut off; false: none that is known.
 * After "_", "," or a blank a bare English word counts as part of the name: co_min is no minute. */
bool nf_unit_in_header(const char *header, char name[128], char unit[48]);
/* "µg/m³", "亿元" / "100 million yuan", "万元/人" / "10,000 yuan per person": static, in nf_alloc, or the unit itself
 * where there is no better. Never NULL. This is what stands beside a column or an axis of figures as they were
 * published. */
const char *nf_unit_for_people(nf_ctx *, const char *unit, const char *lang);
/* An amount in a sentence, to so many digits. Chinese keeps the unit: 7,100.6亿元. English cannot count in units that
 * begin with a number, so it moves the point and nothing else, and the digits stay those of the table: 710.06 billion
 * yuan; 1,123.5 万人 is 11.235 million people, 7.2 万元/人 is 72,000 yuan per person. Strings in nf_alloc. */
nf_text nf_amount_for_people(nf_ctx *, double v, const char *unit, int digits);
#ifdef __cplusplus
}
#endif
#endif
