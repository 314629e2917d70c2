/* cell_value.c - one cell into a value: missing tokens, glued flags, thousands, decimal comma, percent. */
#include "mapping.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

/* Tokens of statistical offices. A lone "-" or "0" may be a real zero somewhere, so a column can be told otherwise. */
const char nf_missing_default[] =
    "NA,N/A,n/a,NaN,nan,null,NULL,None,none,ND,nd,#N/A,:,..,...,-,--,—,——,－,…,…,missing,缺失,缺测,无";
const char nf_missing_strict[] = "NA";

bool nf_is_missing(const char *tokens, const char *cell, size_t len)
{
    if (!len) return true;
    for (const char *s = tokens; s && *s; ) {
        size_t n = strcspn(s, ",");
        if (n == len && !memcmp(s, cell, n)) return true;
        s += n + (s[n] == ',');
    }
    return false;
}

/* ---- numbers as people write them ---- */

/* Signs of three bytes or two that stand for one: full width, minus, thin and hard blanks, apostrophe. */
static size_t plain_sign(const char *s, size_t len, char *out)
{
    static const struct { const char *sign; char plain; } signs[] = {
        { "\u00a0", ' ' }, { "\u202f", ' ' }, { "\u2009", ' ' }, { "\u3000", ' ' }, { "\u2019", '\'' },
        { "\u2212", '-' }, { "－", '-' }, { "＋", '+' }, { "．", '.' }, { "，", ',' }, { "％", '%' }
    };
    const unsigned char *u = (const unsigned char *)s;
    if (len > 2 && u[0] == 0xef && u[1] == 0xbc && u[2] >= 0x90 && u[2] <= 0x99)
        return *out = (char)(u[2] - 0x90 + '0'), 3;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].sign);
        if (len >= n && !memcmp(s, signs[i].sign, n)) return *out = signs[i].plain, n;
    }
    return *out = *s, 1;
}

/* Without blanks at the ends; its length, 0: too long. */
static size_t tidy(char out[64], const char *s, size_t len)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < len; n++) {
        if (n + 1 == 64) return 0;
        i += plain_sign(s + i, len - i, out + n);
    }
    while (n && out[n - 1] == ' ') n--;
    while (first < n && out[first] == ' ') first++;
    if (first) memmove(out, out + first, n - first);
    return n - first;
}

/* Takes the separators out of "1,234,567.8": one kind of them, groups of three, the first of one to three digits and
 * no nought. False: they stand anywhere else. */
static bool ungroup(char decimal, char *s, size_t *len)
{
    size_t n, group = 0, i = *len && (*s == '-' || *s == '+');
    char separator = 0;
    n = i;
    for (; i < *len && s[i] != decimal && s[i] != 'e' && s[i] != 'E'; i++) {
        if (isdigit((unsigned char)s[i])) {
            s[n++] = s[i];
            group++;
            continue;
        }
        bool known = s[i] == ' ' || s[i] == '\'' || s[i] == (decimal == ',' ? '.' : ',');
        if (!known || (separator ? s[i] != separator || group != 3 : !group || group > 3 || s[n - group] == '0'))
            return false;
        separator = s[i];
        group = 0;
    }
    if (separator && group != 3) return false;
    for (; i < *len; i++) s[n++] = s[i] == decimal ? '.' : s[i] == '.' ? ',' : s[i];
    *len = n;
    return true;
}

bool nf_number_scan(char decimal, const char *s, size_t len, double *v)
{
    char plain[64];
    if (decimal == '.' && nf_double_scan(s, len, v)) return isfinite(*v);
    size_t n = tidy(plain, s, len);
    if (n > 1 && plain[n - 1] == '%') n--;
    while (n && plain[n - 1] == ' ') n--;
    return n && ungroup(decimal, plain, &n) && nf_double_scan(plain, n, v) && isfinite(*v);
}

static bool number(const nf_mapping *m, const char *s, size_t len, double *v)
{
    if ((m->exact || m->decimal == '.') && nf_double_scan(s, len, v)) return true;       /* nearly all are that */
    return !m->exact && nf_number_scan(m->decimal, s, len, v);
}

/* ---- status: SDMX CL_OBS_STATUS, Eurostat's letters, Open SDG's words ---- */

static const struct { char letter; unsigned status; } letters[] = {
    { 'b', NF_BREAK }, { 'e', NF_ESTIMATED }, { 's', NF_ESTIMATED }, { 'p', NF_PROVISIONAL }, { 'u', NF_UNRELIABLE },
    { 'f', NF_FORECAST }, { 'c', NF_CONFIDENTIAL }, { 'i', NF_IMPUTED }, { 'n', NF_NOT_AVAILABLE },
    { 'z', NF_NOT_AVAILABLE }, { 'm', NF_NOT_AVAILABLE }, { 'o', NF_NOT_AVAILABLE }, { 'l', NF_NOT_AVAILABLE },
    { 'd', 0 }, { 'r', 0 }, { 'a', 0 }
};
static const struct { const char *word; unsigned status; } words[] = {
    { "normal value", 0 }, { "normal", 0 }, { "break", NF_BREAK }, { "time series break", NF_BREAK },
    { "estimated value", NF_ESTIMATED }, { "estimated", NF_ESTIMATED }, { "estimate", NF_ESTIMATED },
    { "provisional value", NF_PROVISIONAL }, { "provisional", NF_PROVISIONAL }, { "preliminary", NF_PROVISIONAL },
    { "low reliability", NF_UNRELIABLE }, { "unreliable", NF_UNRELIABLE }, { "forecast", NF_FORECAST },
    { "forecast value", NF_FORECAST }, { "imputed", NF_IMPUTED }, { "imputed value", NF_IMPUTED },
    { "confidential", NF_CONFIDENTIAL }, { "missing value", NF_NOT_AVAILABLE }, { "not available", NF_NOT_AVAILABLE },
    { "not-available", NF_NOT_AVAILABLE }, { "definition differs", 0 }, { "revised", 0 },
    { "undefined", 0 }, { "non applicable", NF_NOT_AVAILABLE }, { "below-limit", NF_BELOW_LIMIT },
    { "below limit", NF_BELOW_LIMIT }, { "below detection limit", NF_BELOW_LIMIT }, { "<", NF_BELOW_LIMIT }
};

static bool one_status(const char *s, size_t n, unsigned *status)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == n && !strncasecmp(words[i].word, s, n)) return *status |= words[i].status, true;
    unsigned bits = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0, count = sizeof letters / sizeof *letters;
        while (k < count && letters[k].letter != tolower((unsigned char)s[i])) k++;
        if (k == count) return false;
        bits |= letters[k].status;
    }
    return *status |= bits, true;
}

/* Several may stand together, as export writes them: "break|estimated". */
bool nf_status_scan(const char *text, unsigned *status)
{
    *status = 0;
    for (const char *s = text; *s; ) {
        size_t n = strcspn(s, "|;+");
        if (n && !one_status(s, n, status)) return false;
        s += n + (s[n] != 0);
    }
    return true;
}

size_t nf_below_sign(const char *cell, size_t len)
{
    static const char wide[] = "＜";
    size_t n = len && *cell == '<' ? 1 : len >= sizeof wide - 1
        && !memcmp(cell, wide, sizeof wide - 1) ? sizeof wide - 1 : 0;
    while (n && n < len && cell[n] == ' ') n++;
    return n;
}

/* "17151 b", ": c", "9999 bep": the letters behind the last space. */
static size_t flags_behind(const char *cell, size_t len, unsigned *status)
{
    char letters_[8];
    while (len && cell[len - 1] == ' ') len--;
    size_t at = len;
    while (at && isalpha((unsigned char)cell[at - 1])) at--;
    if (at == len || !at || len - at >= sizeof letters_) return len;
    if (cell[at - 1] != ' ' && cell[at - 1] != ':' && !isdigit((unsigned char)cell[at - 1])) return len;
    memcpy(letters_, cell + at, len - at);
    letters_[len - at] = 0;
    if (!nf_status_scan(letters_, status)) return len;
    while (at && cell[at - 1] == ' ') at--;
    return at;
}

/* Powers of ten move the point; other factors are rounded once, as any product. */
static double scaled(double v, double factor)
{
    int places = nf_places_of(factor);
    return places ? nf_shifted(v, places) : v * factor;
}

nf_scan nf_cell_value(const nf_mapping *m, const nf_map_column *k, const char *cell, size_t len, double *v,
                      unsigned *status)
{
    *v = NAN;
    if (!m->exact && m->flags) len = flags_behind(cell, len, status);
    else while (!m->exact && len && cell[len - 1] == ' ') len--;
    while (!m->exact && len && *cell == ' ') cell++, len--;
    if (!len) return NF_SCAN_MISSING;
    if (k->missing && nf_is_missing(k->missing, cell, len)) return NF_SCAN_MISSING;
    size_t sign = m->exact ? 0 : nf_below_sign(cell, len);
    if (number(m, cell + sign, len - sign, v)) {
        if (sign) *status |= NF_BELOW_LIMIT;
        if (k->factor != 0) *v = scaled(*v, k->factor);
        return isfinite(*v) ? NF_SCAN_VALUE : NF_SCAN_BAD;
    }
    *v = NAN;
    return nf_is_missing(m->missing, cell, len) ? NF_SCAN_MISSING : NF_SCAN_BAD;
}
