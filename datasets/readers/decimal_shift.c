/* decimal_shift.c - a number times a power of ten as its digits say: 4.35 hundreds are 435, not 434.99999999999994. */
#include "reading.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double nf_shifted(double v, int places)
{
    char digits[48];
    size_t n = isfinite(v) && places ? nf_double_text(digits, v) : 0;
    const char *e = n ? memchr(digits, 'e', n) : NULL;
    if (!n) return v;
    if (e) places += atoi(e + 1), n = (size_t)(e - digits);
    n += (size_t)snprintf(digits + n, sizeof digits - n, "e%d", places);
    return nf_double_scan(digits, n, &v) ? v : INFINITY;
}

int nf_places_of(double factor)
{
    static const double ten[] = { 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1,
                                  1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12 };
    for (int i = 0; i < 25; i++)
        if (factor == ten[i]) return i - 12;
    return 0;
}
