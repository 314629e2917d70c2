/* unit.h - units are parsed, compared and converted; what does not match is refused, never guessed.
 *
 * Known: SI prefixes on g m s W J; µg/m3 ug/m3 mg/m3 ng/m3; % ‰ percentage points, shares; 元 千元 万元 百万元 亿元
 * 千亿元 CNY; 人 万人 人次 万人次 辆 架次 万架次 吨 万吨; years, months, days, hours, min, s; index (and 上年=100); rank; 1. */
#ifndef NF_UNIT_H
#define NF_UNIT_H
#include "ctx.h"
#ifdef __cplusplus
extern "C" {
#endif

/* value in base units = value * scale + offset; dimension is a canonical code ("mass/volume", "money:CNY"). */
typedef struct { double scale, offset; char dimension[40]; } nf_unit;

bool nf_unit_parse(nf_unit *out, const char *text);           /* false: not a unit we know */
/* v in `from` as v in `to`. NF_EINVAL when one is unknown or the dimensions differ; the words name both. */
int  nf_unit_convert(nf_ctx *, double *v, size_t n, const char *from, const char *to);
bool nf_unit_same(const char *a, const char *b);              /* same dimension: conversion is possible */
/* "GDP (亿元)", "PM2.5 [µg/m³]", "产值_万元": the unit glued to a header, cut off; false: none there. */
bool nf_unit_in_header(const char *header, char name[128], char unit[48]);
const char *nf_unit_for_people(const char *unit, const char *lang);   /* "µg/m³", "亿元" / "100 million yuan" */
#ifdef __cplusplus
}
#endif
#endif
