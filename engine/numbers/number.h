/* number.h - shared by the number_*.c files alone: digits and powers of ten. */
#ifndef NF_NUMBER_H
#define NF_NUMBER_H
#include "table.h"

enum { NF_POW10_MIN = -342, NF_POW10_MAX = 324 };
typedef struct { uint64_t hi, lo; } nf_pow10;
extern const nf_pow10 nf_powers_of_ten[NF_POW10_MAX - NF_POW10_MIN + 1];

/* floor(log2(10^e)) for |e| <= 1233. */
static inline int nf_log2_of_pow10(int e) { return (int)(((int64_t)e * 1741647) >> 19); }

/* A finite double as digits * 10^exponent: the fewest digits that read back, closest to the true value,
 * without trailing zeros; { 0, 0 } for zero. The sign is left out. */
typedef struct { uint64_t digits; int exponent; } nf_decimal;
nf_decimal nf_decimal_of(double);
uint64_t nf_power_of_ten(int e);                 /* 0 <= e <= 19 */
int    nf_digit_count(uint64_t);                 /* 1 for 0 */
char  *nf_put_digits(char *out, uint64_t, int count);   /* count digits, zeros in front; returns the end */
#endif
