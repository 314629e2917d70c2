/* number_labels.c - numbers for people: how many decimals, and the labels of a value axis. */
#include "scale.h"
#include "engine.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double power_of_ten(int n) { return nf_pow(10, n); }

int nf_decimals(const double *v, size_t n, int most)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(v[i])) largest = fmax(largest, fabs(v[i]));
    while (most > 0 && largest * power_of_ten(most) > 1e7) most--;      /* seven digits are enough to read */
    for (int d = 0; d < most; d++) {
        double scale = power_of_ten(d);
        size_t i = 0;
        while (i < n && (!isfinite(v[i]) || fabs(v[i] * scale - floor(v[i] * scale + 0.5)) < 1e-6)) i++;
        if (i == n && (largest == 0 || largest * scale >= 1)) return d;
    }
    return most;
}

int nf_step_decimals(double step)
{
    int d = 0;
    while (d < 12 && fabs(step - floor(step * power_of_ten(d) + 0.5) / power_of_ten(d)) > 1e-9 * step) d++;
    return d;
}

const char *nf_figure(nf_ctx *c, double v, int decimals)
{
    char text[48];
    double size = fabs(v);
    if (size >= 1e12 || (size > 0 && size < 1e-4)) nf_double_for_people(text, v, 3);
    else nf_double_fixed(text, v, decimals);
    const char *out = nf_strdup(c, text);
    return out ? out : "";
}

static const struct { double size, from; const char *en, *zh; } larger[] = {
    { 1e12, 1e13, "tn", "万亿" }, { 1e9, 1e10, "bn", NULL }, { 1e8, 1e9, NULL, "亿" }, { 1e6, 1e6, "M", NULL }, { 1e4, 1e6, NULL, "万" }
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

const char *nf_tick_label(nf_ctx *c, const nf_ticks *t, size_t i, const char *lang)
{
    double largest = fmax(fabs(t->v[0]), fabs(t->v[t->n - 1]));
    bool zh = !strcmp(lang, "zh");
    char text[48];
    if (largest >= 1e16 || t->step < 1e-4) return scientific(c, t->v[i], largest);
    for (size_t k = 0; k < sizeof larger / sizeof *larger; k++) {
        const char *unit = zh ? larger[k].zh : larger[k].en;
        if (!unit || largest < larger[k].from || t->v[i] == 0) continue;
        nf_double_fixed(text, t->v[i] / larger[k].size, nf_step_decimals(t->step / larger[k].size));
        return nf_format(c, "%s%s", text, unit);
    }
    nf_double_fixed(text, t->v[i], nf_step_decimals(t->step));
    return nf_strdup(c, text);
}
