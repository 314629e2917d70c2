/* number_labels.c - numbers for people: how many decimals, and the labels of a value axis. */
#include "scale.h"
#include "engine.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double power_of_ten(int n) { return nf_pow(10, n); }

int nf_decimals(const double *v, size_t n, int most)
{
    double largest = 0, lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < n; i++)
        if (isfinite(v[i])) largest = fmax(largest, fabs(v[i])), lo = fmin(lo, v[i]), hi = fmax(hi, v[i]);
    while (most > 0 && largest * power_of_ten(most) > 1e6) most--;
    for (int d = 0; d <= most; d++) {
        double scale = power_of_ten(d);
        size_t i = 0;
        while (i < n && (!isfinite(v[i]) || fabs(v[i] * scale - floor(v[i] * scale + 0.5)) < 1e-6)) i++;
        if (i == n && (largest == 0 || largest * scale >= 1)) return d;
    }
    int d = 0;                                   /* more decimals than can be shown: three to four digits are enough, */
    while (d < most && largest * power_of_ten(d) < 500) d++;
    while (d < most && hi > lo && (hi - lo) * power_of_ten(d) < 5) d++;        /* if they tell the values apart */
    return d;
}

int nf_step_decimals(double step)
{
    int d = 0;
    while (d < 12 && fabs(step - floor(step * power_of_ten(d) + 0.5) / power_of_ten(d)) > 1e-9 * step) d++;
    return d;
}

static const struct { double size, from; const char *en, *zh; } larger[] = {
    { 1e12, 1e12, "tn", "万亿" }, { 1e9, 1e9, "bn", NULL }, { 1e8, 1e9, NULL, "亿" }, { 1e6, 1e7, "M", NULL },
    { 1e4, 1e7, NULL, "万" }
};

/* "1.5×10⁻⁶" */
static const char *scientific(nf_ctx *c, double v, double largest)
{
    static const char *const digit[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
    int exponent = (int)floor(nf_log10(largest));
    char mantissa[48], power[32] = "";
    double m = v / power_of_ten(exponent);
    if (v == 0) return "0";
    nf_double_fixed(mantissa, m, nf_decimals(&m, 1, 2));
    char text[16];
    snprintf(text, sizeof text, "%d", exponent < 0 ? -exponent : exponent);
    for (const char *p = text; *p; p++) strcat(power, digit[*p - '0']);
    return nf_format(c, "%s×10%s%s", mantissa, exponent < 0 ? "⁻" : "", power);
}

/* The factor and name of the larger unit for numbers of that size; 1 and "" where they are said in full. */
static double unit_for(double size, const char *lang, const char **name)
{
    bool zh = !strcmp(lang, "zh");
    for (size_t k = 0; k < sizeof larger / sizeof *larger; k++) {
        *name = zh ? larger[k].zh : larger[k].en;
        if (*name && size >= larger[k].from) return larger[k].size;
    }
    *name = "";
    return 1;
}

static const char *kept(const char *text) { return text ? text : ""; }

const char *nf_figure(nf_ctx *c, double v, int decimals, const char *lang)
{
    char text[48];
    const char *name;
    double size = fabs(v), unit = unit_for(size, lang, &name), shown = v / unit;
    if (size >= 1e16 || (size > 0 && size < 1e-4)) return scientific(c, v, size);
    nf_double_fixed(text, shown, unit > 1 ? nf_decimals(&shown, 1, 2) : decimals);
    return kept(nf_format(c, "%s%s", text, name));
}

const char *nf_pace_figure(nf_ctx *c, double v)
{
    char text[48];
    int decimals = 0;
    if (!isfinite(v)) return "";
    while (decimals < 6 && fabs(v) * power_of_ten(decimals) < 10) decimals++;
    if (v == 0) decimals = 0;
    nf_double_fixed(text, v, decimals);
    return kept(nf_format(c, "%s%s", v > 0 ? "+" : "", text));
}

const char *nf_tick_label(nf_ctx *c, const nf_ticks *t, size_t i, const char *lang)
{
    double largest = fmax(fabs(t->v[0]), fabs(t->v[t->n - 1]));
    char text[48];
    const char *name;
    if (largest >= 1e16 || t->step < 1e-4) return scientific(c, t->v[i], largest);
    double unit = unit_for(largest, lang, &name);
    nf_double_fixed(text, t->v[i] / unit, nf_step_decimals(t->step / unit));
    return kept(nf_format(c, "%s%s", text, t->v[i] == 0 ? "" : name));
}
