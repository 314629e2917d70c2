/* unit.c - units read from text, compared and converted. */
#include "unit_words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- one spelling ---- */

static const struct { const char *sign, *plain; } signs[] = {
    { "µ", "u" }, { "μ", "u" }, { "²", "2" }, { "³", "3" }, { "\u00a0", " " }, { "\u3000", " " }, { "·", "*" },
    { "•", "*" }, { "⋅", "*" }, { "℃", "°C" }, { "㎡", "m2" }, { "㎥", "m3" }, { "㎞", "km" }, { "㎍", "ug" },
    { "㎎", "mg" }, { "㎏", "kg" },
    { "￥", "CNY" }, { "¥", "CNY" }, { "−", "-" }, { "⁻", "-" }, { "¹", "1" },
};

/* A full-width letter or sign as its half-width one, or 0. */
static char half_width(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] != 0xef || (s[1] != 0xbc && s[1] != 0xbd)) return 0;
    int c = s[1] == 0xbc ? s[2] - 0x80 + 0x20 : s[2] - 0x80 + 0x60;
    return c > 0x20 && c < 0x7f ? (char)c : 0;
}

/* The next sign of the text as plain text; *taken bytes of it were used. */
static const char *plain_sign(const char *s, char one[2], size_t *taken)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *taken = strlen(signs[i].sign);
        if (!strncmp(s, signs[i].sign, *taken)) return signs[i].plain;
    }
    one[0] = half_width(s);
    *taken = one[0] ? 3 : 1;
    if (!one[0]) one[0] = *s;
    return one;
}

bool nf_unit_tidy(char out[NF_UNIT_ROOM], const char *text)
{
    size_t n = 0, taken;
    char one[2] = "";
    for (const char *s = text + strspn(text, " \t"); *s; s += taken) {
        const char *plain = plain_sign(s, one, &taken);
        size_t len = strlen(plain);
        if (n + len >= NF_UNIT_ROOM) return false;
        memcpy(out + n, plain, len);
        n += len;
    }
    while (n && (out[n - 1] == ' ' || out[n - 1] == '\t')) n--;
    out[n] = '\0';
    return true;
}

/* ---- factors: multipliers before a word ---- */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Words of three letters and more are read in any case; symbols are not, mW is not MW. */
static bool same_word(const char *word, const char *s, size_t n)
{
    if (strlen(word) != n) return false;
    if (!strncmp(word, s, n)) return true;
    for (size_t i = 0; i < n; i++)
        if (n < 3 || lower(s[i]) < 'a' || lower(s[i]) != lower(word[i])) return false;
    return true;
}

static const nf_unit_word *word_of(const char *s)
{
    size_t n = strlen(s);
    for (const nf_unit_word *w = nf_unit_words; w->word; w++)
        if (same_word(w->word, s, n)) return w;
    if (n < 4 || lower(s[n - 1]) != 's') return NULL;
    for (const nf_unit_word *w = nf_unit_words; w->word; w++)           /* vehicles, projects */
        if (strlen(w->word) > 2 && same_word(w->word, s, n - 1)) return w;
    return NULL;
}

static const nf_unit_word *prefixed_word(const char *s, double *scale)
{
    static const struct { char letter; double scale; } prefix[] = {
        { 'n', 1e-9 }, { 'u', 1e-6 }, { 'm', 1e-3 }, { 'k', 1e3 }, { 'M', 1e6 }, { 'G', 1e9 }, { 'T', 1e12 },
        { 'P', 1e15 },
    };
    for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++) {
        if (*s != prefix[i].letter) continue;
        for (const nf_unit_word *w = nf_unit_words; w->word; w++)
            if (w->prefixed && !strcmp(w->word, s + 1)) {
                *scale *= prefix[i].scale;
                return w;
            }
    }
    return NULL;
}

/* 万, 100 million, 10,000: what stands before the word; NULL when nothing does. */
static const char *past_multiplier(const char *s, double *scale)
{
    static const struct { const char *word; double scale; } multiplier[] = {
        { "十", 10 }, { "百", 100 }, { "千", 1e3 }, { "万", 1e4 }, { "亿", 1e8 }, { "hundred ", 100 }, { "thousand ", 1e3 },
        { "million ", 1e6 }, { "billion ", 1e9 }, { "trillion ", 1e12 }, { "mn ", 1e6 }, { "bn ", 1e9 },
    };
    for (size_t i = 0; i < sizeof multiplier / sizeof *multiplier; i++) {
        size_t n = strlen(multiplier[i].word);
        bool same = true;
        for (size_t k = 0; k < n && same; k++) same = lower(s[k]) == multiplier[i].word[k];
        if (!same) continue;
        *scale *= multiplier[i].scale;
        return s + n;
    }
    if (s[0] != '1' || s[1] != '0') return NULL;                        /* only 10, 100, 1000 ... */
    for (s++, *scale *= 1; *s == '0' || (*s == ',' && s[1] == '0'); s++) *scale *= *s == '0' ? 10 : 1;
    return *s == ' ' ? s + 1 : *s & 0x80 ? s : NULL;
}

static bool factor(nf_unit *out, const char *s)
{
    double scale = 1;
    while (s) {
        const nf_unit_word *w = word_of(s);
        if (!w) w = prefixed_word(s, &scale);
        if (w) {
            *out = (nf_unit){ .scale = scale * w->scale, .offset = scale == 1 ? w->offset : 0 };
            snprintf(out->dimension, sizeof out->dimension, "%s", w->dimension);
            return true;
        }
        s = past_multiplier(s, &scale);
    }
    return false;
}

/* ---- whole units ---- */

/* "CNY million" with the multiplier behind, "m-3" for "/m3": the two turned spellings. */
static bool turned(nf_unit *out, const char *s)
{
    static const char *const behind[] = { " thousand", " million", " billion", " trillion" };
    char t[2 * NF_UNIT_ROOM];
    size_t n = strlen(s);
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        size_t k = strlen(behind[i]);
        if (n <= k || strcmp(s + n - k, behind[i])) continue;
        snprintf(t, sizeof t, "%s %.*s", behind[i] + 1, (int)(n - k), s);
        return factor(out, t);
    }
    if (n < 4 || s[n - 2] != '-' || s[n - 1] < '1' || s[n - 1] > '3') return false;
    size_t at = n - 2;
    while (at && s[at - 1] != ' ' && s[at - 1] != '*' && s[at - 1] != '.') at--;
    if (!at) return false;
    snprintf(t, sizeof t, "%.*s/%.*s%s", (int)(at - 1), s, (int)(n - 2 - at), s + at, s[n - 1] == '1' ? "" : s + n - 1);
    return nf_unit_parse(out, t);
}

/* An index knows nothing but its base: 上年=100 and 2015=100 are different units. */
static bool index_with_base(nf_unit *out, const char *s)
{
    size_t k = 6;
    *out = (nf_unit){ .scale = 1, .dimension = "index:" };
    for (; *s && k + 1 < sizeof out->dimension; s++)
        if (*s != ' ') out->dimension[k++] = *s;
    return !*s && k > 10 && !strcmp(out->dimension + k - 4, "=100");
}

/* 999.9999999999999 is a thousand and 3.6000000000000005 is 3.6: factors between units are short decimals. */
static double snapped(double x)
{
    for (double k = 1; k <= 10000; k *= 10) {
        double whole = rint(x * k);
        if (fabs(x * k - whole) <= 8 * 0x1p-53 * x * k) return whole / k;
    }
    return x;
}

static bool quotient(nf_unit *out, const nf_unit *a, const nf_unit *b)
{
    if (a->offset != 0 || b->offset != 0) return false;
    double scale = a->scale >= b->scale ? snapped(a->scale / b->scale) : 1 / snapped(b->scale / a->scale);
    bool plain = !strcmp(a->dimension, b->dimension);
    char dimension[2 * sizeof out->dimension];
    snprintf(dimension, sizeof dimension, "%s/%s", plain ? "share" : a->dimension, plain ? "" : b->dimension);
    if (plain) dimension[5] = '\0';
    if (strlen(dimension) >= sizeof out->dimension) return false;
    *out = (nf_unit){ .scale = scale };
    memcpy(out->dimension, dimension, strlen(dimension) + 1);
    return true;
}

static char *divider(char *s, size_t *width)
{
    static const char *const word[] = { "/", " per ", "每" };
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        char *at = strstr(s, word[i]);
        *width = strlen(word[i]);
        if (at && at != s && at[*width]) return at;
    }
    return NULL;
}

bool nf_unit_parse(nf_unit *out, const char *text)
{
    char s[NF_UNIT_ROOM];
    size_t width;
    if (!text || !nf_unit_tidy(s, text) || !*s) return false;
    if (index_with_base(out, s) || factor(out, s)) return true;
    char *at = divider(s, &width);
    if (!at) return turned(out, s);
    *at = '\0';
    char *below = at + width;
    size_t n = strlen(s);
    while (n && s[n - 1] == ' ') s[--n] = '\0';
    below += strspn(below, " ");
    nf_unit a, b;
    return factor(&a, s) && factor(&b, below) && quotient(out, &a, &b);
}

/* ---- comparing and converting ---- */

static bool same_text(const char *a, const char *b)
{
    char x[NF_UNIT_ROOM], y[NF_UNIT_ROOM];
    if (!strcmp(a, b)) return true;
    return nf_unit_tidy(x, a) && nf_unit_tidy(y, b) && !strcmp(x, y);
}

bool nf_unit_same(const char *a, const char *b)
{
    nf_unit x, y;
    a = a ? a : "";
    b = b ? b : "";
    return same_text(a, b) || (nf_unit_parse(&x, a) && nf_unit_parse(&y, b) && !strcmp(x.dimension, y.dimension));
}

static void apply(double *v, size_t n, const nf_unit *from, const nf_unit *to)
{
    bool up = from->scale >= to->scale;
    double by = snapped(up ? from->scale / to->scale : to->scale / from->scale);
    bool shifted = from->offset != to->offset;
    for (size_t i = 0; i < n; i++) {
        if (shifted) v[i] = (v[i] * from->scale + (from->offset - to->offset)) / to->scale;
        else v[i] = up ? v[i] * by : v[i] / by;
    }
}

int nf_unit_convert(nf_ctx *c, double *v, size_t n, const char *from, const char *to)
{
    nf_unit x, y;
    from = from ? from : "";
    to = to ? to : "";
    if (same_text(from, to)) return NF_OK;
    bool known = nf_unit_parse(&x, from), known_too = nf_unit_parse(&y, to);
    if (known && known_too && !strcmp(x.dimension, y.dimension)) {
        apply(v, n, &x, &y);
        return NF_OK;
    }
    nf_fail(c, NF_EINVAL, "'%s' cannot be converted to '%s'", from, to);
    if (known && known_too) return nf_hint(c, "one measures %s, the other %s", x.dimension, y.dimension);
    return nf_hint(c, "'%s' is not a unit that is known", known ? to : from);
}
